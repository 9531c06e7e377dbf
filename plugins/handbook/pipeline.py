"""From folders to a handbook: the table of contents of the program."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import networkx as nx

from handbook.corpus import Corpus, DocumentEntry
from handbook.force import Force, forces_of
from handbook.graph import build_graph
from handbook.link import LinkedClause, link
from handbook.problems import HandbookError, Problem, fatal
from handbook.read.content import read_corpus
from handbook.validate import validate


@dataclass(frozen=True)
class Handbook:
    """The compiled handbook: what was read, what it names, and how it hangs together."""

    corpus: Corpus
    clauses: tuple[LinkedClause, ...]
    graph: nx.MultiDiGraph[str]
    warnings: tuple[Problem, ...]

    @cached_property
    def by_id(self) -> dict[str, LinkedClause]:
        """Clauses by full id."""
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def by_document(self) -> dict[str, tuple[LinkedClause, ...]]:
        """Clauses of each document, in the order of the original."""
        return {
            document.record.id: tuple(clause for clause in self.clauses if clause.entry.document == document.record.id)
            for document in self.corpus.documents
        }

    @cached_property
    def forces(self) -> dict[str, Force]:
        """Binding force of each document, by id."""
        return forces_of(document.record for document in self.corpus.documents)

    @cached_property
    def documents(self) -> dict[str, DocumentEntry]:
        """Documents by id."""
        return {document.record.id: document for document in self.corpus.documents}


def compile_handbook(root: Path, *, strict: bool = False) -> Handbook:
    """The handbook in `root`/content and `root`/glossary.

    Raises `HandbookError` with every problem found when one of them is an error (in strict mode: a warning too).
    """
    corpus, problems = read_corpus(root)
    problems += validate(corpus)
    clauses, found = link(corpus)
    problems += found
    if fatal(problems, strict=strict):
        raise HandbookError(problems)
    return Handbook(corpus, clauses, build_graph(corpus, clauses), tuple(sorted(set(problems))))
