"""What a release of the handbook held, and what it changed against the one before: content/releases/<version>.yml."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from handbook.modality import Modality
from handbook.model import NodeId, Quantity, Record, Slug, Text, Whole, Words

Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Aspect = Literal[
    "modality", "limits", "tests", "text", "evidence", "topics", "applies", "cites", "type", "place", "lines", "note"
]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
# What a clause asks or says; the other aspects are how the handbook files it.
SUBSTANCE: tuple[Aspect, ...] = ("modality", "limits", "tests", "text")
ConceptKind = Literal["terms", "methods", "parameters", "references", "evidence"]
CONCEPTS: tuple[ConceptKind, ...] = get_args(ConceptKind)


class Counts(Record):
    """How much an edition holds."""

    documents: Whole
    clauses: Whole
    terms: Whole
    methods: Whole
    parameters: Whole
    references: Whole


class WholeDocument(Record):
    """A document that came or went as a whole."""

    id: Slug
    clauses: Whole


class ChangedDocument(Record):
    """A document whose own record says something else."""

    id: Slug
    fields: tuple[Words, ...] = Field(description="status, date, title, currency, lineage, force …")


class ModifiedClause(Record):
    """A clause under the same id: what changed, and how it read before (only what changed)."""

    id: NodeId
    what: tuple[Aspect, ...]
    now: Words = Field(description="fingerprint of the clause in this release")
    zh: Words | None = Field(None, description="the Chinese text before")
    en: Words | None = Field(None, description="the English text before")
    modality: Modality | None = Field(None, description="the modality before")
    quantities: tuple[Quantity, ...] | None = Field(None, description="the figures before")


class WithdrawnClause(Record):
    """A clause id that the release no longer holds, and where what it said went."""

    id: NodeId
    to: tuple[NodeId, ...] = ()
    zh: Words
    en: Words


class MovedClause(Record):
    """A clause that says the same under another id."""

    id: NodeId
    to: NodeId


class ConceptChange(Record):
    """What happened in one part of the glossary; `added` are many, so they are only counted."""

    kind: ConceptKind
    added: Whole = 0
    removed: tuple[Slug, ...] = ()
    changed: tuple[Slug, ...] = ()


class TouchedList(Record):
    """A checklist in which something changed, and how many of its clauses."""

    id: NodeId
    added: Whole = 0
    modified: Whole = 0
    withdrawn: Whole = 0


class ReleaseChanges(Record):
    """What a release changed; clauses of documents that are new as a whole are counted and not named."""

    against: Words = Field(description="fingerprint of the edition before")
    documents_added: tuple[WholeDocument, ...] = ()
    documents_removed: tuple[WholeDocument, ...] = ()
    documents_changed: tuple[ChangedDocument, ...] = ()
    added: tuple[NodeId, ...] = ()
    modified: tuple[ModifiedClause, ...] = ()
    withdrawn: tuple[WithdrawnClause, ...] = ()
    moved: tuple[MovedClause, ...] = ()
    concepts: tuple[ConceptChange, ...] = ()
    lists: tuple[TouchedList, ...] = ()


class Release(Record):
    """content/releases/<version>.yml: made by `handbook release`; only `note` is written by hand."""

    version: Version
    date: Day
    edition: Words = Field(description="fingerprint over all clauses")
    note: Text | None = Field(None, description="what a reader should know of this release, in a sentence or two")
    counts: Counts
    lists: dict[str, Whole] = Field(description="how many clauses each ready-made checklist has")
    changes: ReleaseChanges | None = Field(None, description="absent in the first release")


def version_key(version: str) -> tuple[int, ...]:
    """What versions are sorted by: 0.10.0 comes after 0.9.0."""
    return tuple(int(part) for part in version.split("."))
