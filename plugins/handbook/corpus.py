"""The whole of the input as read: every record with the place it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from handbook.marks import Marks
from handbook.model import (
    AlignmentFile,
    Audit,
    Clause,
    Concept,
    Document,
    Evidence,
    Facet,
    FacetFile,
    FingerprintFile,
    Method,
    Parameter,
    Record,
    Reference,
    Term,
    VerdictFile,
    Waiver,
    Withdrawn,
)
from handbook.problems import Place
from handbook.releases import Release

R = TypeVar("R", bound=Record, covariant=True)

FACETS = tuple(FacetFile.model_fields)


@dataclass(frozen=True)
class Entry(Generic[R]):
    """A record and where it stands."""

    record: R
    marks: Marks

    def at(self, *path: str | int) -> Place:
        """The place of a part of the record."""
        return self.marks.at(*path)


@dataclass(frozen=True)
class ClauseEntry(Entry[Clause]):
    """A clause, its document and its file."""

    document: str

    @property
    def id(self) -> str:
        """The full id: <document>/<clause>."""
        return f"{self.document}/{self.record.id}"


@dataclass(frozen=True)
class WithdrawnEntry(Entry[Withdrawn]):
    """A withdrawn clause id and its document."""

    document: str

    @property
    def id(self) -> str:
        """The full id: <document>/<clause>."""
        return f"{self.document}/{self.record.id}"


@dataclass(frozen=True)
class DocumentEntry(Entry[Document]):
    """A document with what belongs to it."""

    clauses: tuple[ClauseEntry, ...] = ()
    withdrawn: tuple[WithdrawnEntry, ...] = ()
    waivers: tuple[Entry[Waiver], ...] = ()
    fingerprints: FingerprintFile = field(default_factory=lambda: FingerprintFile(clauses={}))
    lineage: Entry[AlignmentFile] | None = None


@dataclass(frozen=True)
class Corpus:
    """Everything in content/ and glossary/, in a stable order (documents by id, the rest as written)."""

    documents: tuple[DocumentEntry, ...] = ()
    references: tuple[Entry[Reference], ...] = ()
    terms: tuple[Entry[Term], ...] = ()
    methods: tuple[Entry[Method], ...] = ()
    parameters: tuple[Entry[Parameter], ...] = ()
    evidence: tuple[Entry[Evidence], ...] = ()
    facets: dict[str, tuple[Entry[Facet], ...]] = field(default_factory=dict)
    verdicts: Entry[VerdictFile] | None = None
    audits: tuple[Entry[Audit], ...] = ()
    releases: tuple[Entry[Release], ...] = ()

    @property
    def clauses(self) -> tuple[ClauseEntry, ...]:
        """All clauses, document by document, in the order of the originals."""
        return tuple(clause for document in self.documents for clause in document.clauses)

    @property
    def concepts(self) -> tuple[Entry[Concept], ...]:
        """Terms, methods and parameters together."""
        return (*self.terms, *self.methods, *self.parameters)
