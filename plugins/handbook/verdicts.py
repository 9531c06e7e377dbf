"""Verdicts on candidate differences: which were read for the clauses as they stand, and how they are stamped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from handbook.corpus import ClauseEntry, Corpus
from handbook.lineage import stamp_of
from handbook.model import Verdict
from handbook.problems import Code, HandbookError, Place, Problem

PATH = "content/verdicts.yml"
HEAD = (
    "# yaml-language-server: $schema=../plugins/handbook/schemas/verdicts.schema.json\n"
    "# Pairs found by `handbook conflicts` or added by a reader; verdicts are the reader's, stamps the command's.\n"
)


def pair_stamp(verdict: Verdict, clauses: Mapping[str, ClauseEntry]) -> str:
    """The fingerprint of both clauses, whatever their order; they must exist."""
    one, other = sorted(verdict.clauses)
    return stamp_of([clauses[one].record], [clauses[other].record])


def stamp_verdicts(corpus: Corpus, root: Path) -> Path:
    """Writes the stamps of all verdicts for the clauses as they stand; the path of the file.

    Raises `HandbookError` when there is no file of verdicts. Unknown clauses are errors before it comes to this.
    """
    if corpus.verdicts is None:
        raise HandbookError([Problem(Place(PATH), Code.FILE, "there are no verdicts to stamp")])
    clauses = {entry.id: entry for entry in corpus.clauses}
    record = corpus.verdicts.record
    stamped = [one.model_copy(update={"stamp": pair_stamp(one, clauses)}) for one in record.verdicts]
    body = record.model_copy(update={"verdicts": tuple(stamped)}).model_dump(mode="json")
    path = root / PATH
    path.write_text(HEAD + yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=120), encoding="utf-8")
    return path
