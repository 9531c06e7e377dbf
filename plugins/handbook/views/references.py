"""All works that the corpus cites and does not hold, with what cites them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from handbook.model import Reference, ReferenceKind, Text
from handbook.views.chain import ChapterRow, chapter_chains
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.view import Step, Stop, View

SHOWN = 40


@dataclass(frozen=True)
class Citing:
    """The clauses of one document that cite a work; `count` of them, of which some are shown."""

    document: Ref
    short: Text
    clauses: tuple[Ref, ...]
    count: int


@dataclass(frozen=True)
class Work:
    """A cited work."""

    record: Reference
    superseded_by: Ref | None
    supersedes: tuple[Ref, ...]
    citing: tuple[Citing, ...]
    count: int
    methods: tuple[Ref, ...]
    chapters: tuple[ChapterRow, ...]


@dataclass(frozen=True)
class Shelf:
    """The works of one kind."""

    kind: str
    works: tuple[Work, ...]


def reference_views(lookup: Lookup) -> Iterator[View]:
    """The page of references."""
    shelves = tuple(_shelves(lookup))
    yield View(
        path="references",
        template="references.html",
        title=None,
        phrase="nav.references",
        data=shelves,
        stops=tuple(Stop(None, f"k_{shelf.kind}", 2, f"reference-kind.{shelf.kind}") for shelf in shelves),
        steps=(Step("", phrase="nav.home"),),
        hide=("navigation",),
    )


def _shelves(lookup: Lookup) -> Iterator[Shelf]:
    described = _described(lookup)
    older: dict[str, list[Ref]] = {}
    for record in lookup.references.values():
        if record.superseded_by:
            older.setdefault(record.superseded_by, []).append(lookup.places.of("reference", record.id))
    for kind in get_args(ReferenceKind):
        works = tuple(
            _work(record, tuple(described.get(record.id, ())), tuple(older.get(record.id, ())), lookup)
            for record in sorted(lookup.references.values(), key=lambda record: (record.title.en.casefold(), record.id))
            if record.kind == kind
        )
        if works:
            yield Shelf(kind, works)


def _described(lookup: Lookup) -> dict[str, list[Ref]]:
    """The methods that each work describes."""
    found: dict[str, list[Ref]] = {}
    for entry in lookup.handbook.corpus.methods:
        for work in dict.fromkeys(chapter.to for chapter in entry.record.chapters):
            found.setdefault(work, []).append(lookup.places.of("method", entry.record.id))
    return found


def _work(record: Reference, methods: tuple[Ref, ...], older: tuple[Ref, ...], lookup: Lookup) -> Work:
    by_document: dict[str, list[Ref]] = {}
    for clause in lookup.citing.get(record.id, ()):
        by_document.setdefault(lookup.document_of(clause), []).append(lookup.places.of("clause", clause))
    citing = tuple(
        Citing(lookup.places.of("document", name), lookup.documents[name].short, tuple(clauses[:SHOWN]), len(clauses))
        for name, clauses in sorted(by_document.items(), key=lambda item: lookup.rank[item[0]])
    )
    return Work(
        record=record,
        superseded_by=lookup.places.work(record.superseded_by) if record.superseded_by else None,
        supersedes=older,
        citing=citing,
        count=sum(work.count for work in citing),
        methods=methods,
        chapters=chapter_chains(record, lookup),
    )
