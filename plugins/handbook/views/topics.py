"""The tree of topics, and one topic across all documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.model import Text
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.sides import Asked, Row, Shared, Sheet, Work, sheets_of, table_of
from handbook.views.view import Portion, Step, Stop, View


@dataclass(frozen=True)
class Branch:
    """A topic in the tree: its own clauses, those of its narrower topics too, and how many documents speak of it."""

    ref: Ref
    level: int
    own: int
    all: int
    works: int


@dataclass(frozen=True)
class TopicPage:
    """One topic: a part of what its documents say, and on the first page the table and who is silent."""

    ref: Ref
    definition: Text | None
    broader: Ref | None
    narrower: tuple[Branch, ...]
    clauses: int
    works: int
    silent: tuple[Work, ...]
    table: tuple[Row, ...]
    several: int
    versions: int
    shared: tuple[Shared, ...]
    asked: tuple[Asked, ...]
    portion: Portion


def topic_views(lookup: Lookup) -> Iterator[View]:
    """The tree and the page of every topic."""
    yield View(
        path="topics",
        template="topics.html",
        title=None,
        phrase="nav.topics",
        data=tuple(_tree("", 0, lookup)),
        steps=(Step("", phrase="nav.home"),),
        hide=("navigation",),
    )
    for entry in lookup.handbook.corpus.facets.get("topics", ()):
        yield from _pages(entry.record.id, entry.record.broader, entry.record.definition, lookup)


def _tree(topic: str, level: int, lookup: Lookup) -> Iterator[Branch]:
    for name in lookup.by_topic.get(topic, ()):
        yield _branch(name, level, lookup)
        yield from _tree(name, level + 1, lookup)


def _branch(name: str, level: int, lookup: Lookup) -> Branch:
    clauses = _with_narrower(name, lookup)
    return Branch(
        lookup.places.of("topic", name),
        level,
        len(lookup.using.get(("topic", name), ())),
        len(clauses),
        len({lookup.document_of(clause) for clause in clauses}),
    )


def _with_narrower(name: str, lookup: Lookup) -> set[str]:
    clauses = set(lookup.using.get(("topic", name), ()))
    return clauses.union(*(_with_narrower(below, lookup) for below in lookup.by_topic.get(name, ())))


def _pages(name: str, broader: str | None, definition: Text | None, lookup: Lookup) -> Iterator[View]:
    ref = lookup.places.of("topic", name)
    clauses = lookup.using.get(("topic", name), [])
    sheets = sheets_of(ref.path, clauses, lookup)
    table = table_of(clauses, sheets, lookup)
    spoken = {row.work.ref.id for row in table}
    silent = tuple(Work.of(other, lookup) for other in sorted(lookup.documents, key=lookup.rank.__getitem__))
    for sheet in sheets:
        first = sheet.number == 1
        label = ref.label
        yield View(
            path=sheet.path,
            template="topic.html",
            title=label if first else Text(zh=f"{label.zh}（{sheet.number}）", en=f"{label.en} ({sheet.number})"),
            data=TopicPage(
                ref=ref,
                definition=definition,
                broader=lookup.places.find("topic", broader) if broader else None,
                narrower=tuple(_branch(below, 0, lookup) for below in lookup.by_topic.get(name, ())),
                clauses=len(clauses),
                works=len(table),
                silent=tuple(work for work in silent if work.ref.id not in spoken),
                table=table,
                several=sum(not one.versions for each in sheets for one in each.shared),
                versions=sum(one.versions for each in sheets for one in each.shared),
                shared=sheet.shared,
                asked=sheet.asked,
                portion=Portion(sheet.path, sheet.number, len(sheets), ref.path, ()),
            ),
            stops=tuple(_stops(sheet, bool(table))),
            steps=(Step("", phrase="nav.home"), Step("topics", phrase="nav.topics"))
            + (() if first else (Step(ref.path, label),)),
            bilingual=True,
            hide=("navigation",),
        )


def _stops(sheet: Sheet, table: bool) -> Iterator[Stop]:
    if table and sheet.number == 1:
        yield Stop(None, "asks", 2, phrase="topic.table")
    for versions, heading in ((False, "several"), (True, "versions")):
        shared = [one for one in sheet.shared if one.versions == versions]
        if shared:
            yield Stop(None, heading, 2, phrase=f"topic.{heading}")
        yield from (Stop(one.title, one.anchor, 3) for one in shared)
    for asked in sheet.asked:
        yield Stop(None, asked.anchor, 2, phrase=f"topic.ask.{asked.modality}")
