"""What every view needs to know of a handbook, gathered once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from handbook.chain import Chains, chains_of
from handbook.force import Force
from handbook.limits import Subject, survey_limits
from handbook.link import LinkedClause
from handbook.lists import Checklist, ready_lists
from handbook.matrix import Matrix, matrix_of
from handbook.modality import Modality
from handbook.model import Document, Text
from handbook.pipeline import Handbook
from handbook.views.labels import Vocabulary, force_rank, modality_rank
from handbook.views.links import Places, Ref


@dataclass(frozen=True)
class Line:
    """A clause in one line of a list: where it is, what it says, what it is worth."""

    ref: Ref
    modality: Modality
    force: Force
    heading: Text
    zh: str
    en: str

    @property
    def weight(self) -> int:
        """About how many bytes of HTML it makes."""
        return 700 + 3 * len(self.zh) + len(self.en)


@dataclass(frozen=True)
class Group:
    """The lines of one document."""

    document: Ref
    short: Text
    force: Force
    lines: tuple[Line, ...]
    continued: bool = False


class Lookup:
    """Indexes over a handbook that all views share."""

    def __init__(self, handbook: Handbook, wording: Mapping[str, str] | None = None) -> None:
        self.handbook = handbook
        self.wording = wording
        self.places = Places(handbook)
        self.words = Vocabulary.of(handbook.corpus)
        self.documents: dict[str, Document] = {name: entry.record for name, entry in handbook.documents.items()}
        self.references = {entry.record.id: entry.record for entry in handbook.corpus.references}
        self.forces = handbook.forces
        ranked = sorted(self.documents, key=lambda name: (force_rank(self.forces[name]), name))
        self.rank = {name: rank for rank, name in enumerate(ranked)}
        self.order = {clause.id: place for place, clause in enumerate(handbook.clauses)}
        self.lines = {clause.id: self._line(clause) for clause in handbook.clauses}

    def _line(self, clause: LinkedClause) -> Line:
        record, document = clause.entry.record, clause.entry.document
        heading = self.places.heading(document, record.heading).label
        place = self.places.of("clause", clause.id)
        return Line(place, record.modality, self.forces[document], heading, record.zh, record.en)

    # ------------------------------------------------------------------------ who uses what

    @cached_property
    def using(self) -> dict[tuple[str, str], list[str]]:
        """For every term, method, parameter and topic the ids of the clauses that use it."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for clause in self.handbook.clauses:
            record = clause.entry.record
            parameters = (*(quantity.parameter for quantity in record.quantities), *clause.named("parameter"))
            names = {
                "term": clause.terms,
                "method": clause.methods,
                "parameter": parameters,
                "topic": record.topics,
            }
            for kind, ids in names.items():
                for name in dict.fromkeys(ids):
                    found[kind, name].append(clause.id)
        return dict(found)

    @cached_property
    def citing(self) -> dict[str, list[str]]:
        """For every work (a clause counts as its document) the ids of the clauses that cite it."""
        found: dict[str, list[str]] = defaultdict(list)
        for clause in self.handbook.clauses:
            for work in dict.fromkeys(cited.to.split("/")[0] for cited in clause.cites):
                found[work].append(clause.id)
        return dict(found)

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """All figures as rows, by parameter."""
        return survey_limits(self.handbook.corpus, self.handbook.clauses)

    @cached_property
    def lists(self) -> tuple[Checklist, ...]:
        """All ready-made checklists."""
        return ready_lists(self.handbook)

    @cached_property
    def by_topic(self) -> dict[str, tuple[str, ...]]:
        """The narrower topics of each topic, as the vocabulary orders them."""
        below: dict[str, list[str]] = defaultdict(list)
        for entry in self.handbook.corpus.facets.get("topics", ()):
            below[entry.record.broader or ""].append(entry.record.id)
        return {name: tuple(ids) for name, ids in below.items()}

    @cached_property
    def matrix(self) -> Matrix:
        """Which document asks for which test at which sampling point."""
        return matrix_of(self.handbook)

    @cached_property
    def chains(self) -> Chains:
        """From requirement to limit, by method."""
        return chains_of(self.handbook)

    # ------------------------------------------------------------------------------ grouping

    def document_of(self, clause: str) -> str:
        """The id of a clause's document."""
        return self.handbook.by_id[clause].entry.document

    def groups(self, clauses: Iterable[str]) -> tuple[Group, ...]:
        """Clauses by document, what binds first; within a document the strongest modality first."""
        by_document: dict[str, list[str]] = defaultdict(list)
        for clause in clauses:
            by_document[self.document_of(clause)].append(clause)
        return tuple(
            Group(
                self.places.of("document", name),
                self.documents[name].short,
                self.forces[name],
                tuple(sorted((self.lines[c] for c in ids), key=self._strength)),
            )
            for name, ids in sorted(by_document.items(), key=lambda item: self.rank[item[0]])
        )

    def _strength(self, line: Line) -> tuple[int, int]:
        return modality_rank(line.modality), self.order[line.ref.id]
