"""The works of the corpus and those that it names, in time, with what succeeded what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from handbook.corpus import Corpus
from handbook.model import Basis, Document, Reference

Tie = Literal["draft", "successor", "announced"]


@dataclass(frozen=True)
class Work:
    """A document of the corpus, or a work that it names; without a date when none is known.

    `basis` is None for a date that the work itself, or the corpus where it cites the work, prints.
    """

    id: str
    held: bool
    date: str | None
    basis: Basis | None

    @property
    def year(self) -> str | None:
        """The year alone."""
        return self.date[:4] if self.date else None


@dataclass(frozen=True)
class Succession:
    """`newer` is the final of the draft `older`, or takes its place, or is itself a draft that would take it.

    `basis` is None where a reference says so.
    """

    older: str
    newer: str
    tie: Tie
    basis: Basis | None


@dataclass(frozen=True)
class Timeline:
    """All works, the dated ones in the order of time, and who succeeded whom."""

    works: tuple[Work, ...]
    successions: tuple[Succession, ...]

    @property
    def dated(self) -> tuple[Work, ...]:
        """The works with a date."""
        return tuple(work for work in self.works if work.date)

    @property
    def undated(self) -> tuple[Work, ...]:
        """The works of which no date is known."""
        return tuple(work for work in self.works if not work.date)


def timeline_of(corpus: Corpus) -> Timeline:
    """Everything in time: a date as printed before one known from elsewhere; the years before the months of one."""
    works = chain(
        (_document(entry.record) for entry in corpus.documents),
        (_reference(entry.record) for entry in corpus.references),
    )
    ordered = sorted(works, key=lambda work: (work.date is None, work.date or "", work.id))
    known = {work.id for work in ordered}
    found: dict[tuple[str, str], Succession] = {}
    for one in _successions(corpus):
        first = found.get((one.older, one.newer))
        # Both works may tell the same succession; that it was a draft says more.
        if {one.older, one.newer} <= known and (first is None or (first.tie, one.tie) == ("successor", "draft")):
            found[one.older, one.newer] = one
    return Timeline(tuple(ordered), tuple(sorted(found.values(), key=lambda one: (one.older, one.newer))))


def _document(document: Document) -> Work:
    if document.date or document.dated is None:
        return Work(document.id, True, document.date, None)
    return Work(document.id, True, document.dated.date, document.dated.basis)


def _reference(reference: Reference) -> Work:
    return Work(reference.id, False, reference.date, None)


def _successions(corpus: Corpus) -> Iterator[Succession]:
    for document in corpus.documents:
        own = document.record.id
        for link in document.record.lineage:
            if link.relation in ("draft_of", "superseded_by"):
                tie: Tie = "draft" if link.relation == "draft_of" else "successor"
                yield Succession(own, link.to, tie, link.basis)
            elif link.relation == "supersedes":
                # A draft replaces nothing yet.
                announced = document.record.status == "consultation-draft"
                yield Succession(link.to, own, "announced" if announced else "successor", link.basis)
    for entry in corpus.references:
        if entry.record.superseded_by:
            yield Succession(entry.record.id, entry.record.superseded_by, "successor", None)
