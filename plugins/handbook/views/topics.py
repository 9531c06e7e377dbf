"""The tree of topics, and one topic across all documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.force import Force
from handbook.model import Text
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.view import Portion, Step, Stop, View, portions


@dataclass(frozen=True)
class Branch:
    """A topic in the tree: its own clauses, those of its narrower topics too, and how many documents speak of it."""

    ref: Ref
    level: int
    own: int
    all: int
    works: int


@dataclass(frozen=True)
class Work:
    """A document by its short name."""

    ref: Ref
    short: Text
    force: Force


@dataclass(frozen=True)
class TopicPage:
    """One topic."""

    ref: Ref
    definition: Text | None
    broader: Ref | None
    narrower: tuple[Branch, ...]
    clauses: int
    works: int
    silent: tuple[Work, ...]
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
    groups = lookup.groups(lookup.using.get(("topic", name), ()))
    spoken = {group.document.id for group in groups}
    silent = tuple(
        Work(lookup.places.of("document", other), lookup.documents[other].short, lookup.forces[other])
        for other in sorted(lookup.documents, key=lookup.rank.__getitem__)
        if other not in spoken
    )
    for portion in portions(ref.path, groups):
        first = portion.number == 1
        label = ref.label
        yield View(
            path=portion.path,
            template="topic.html",
            title=label if first else Text(zh=f"{label.zh}（{portion.number}）", en=f"{label.en} ({portion.number})"),
            data=TopicPage(
                ref=ref,
                definition=definition,
                broader=lookup.places.find("topic", broader) if broader else None,
                narrower=tuple(_branch(below, 0, lookup) for below in lookup.by_topic.get(name, ())),
                clauses=sum(len(group.lines) for group in groups),
                works=len(groups),
                silent=silent,
                portion=portion,
            ),
            stops=tuple(Stop(group.short, f"d_{group.document.id}", 2) for group in portion.groups),
            steps=(Step("", phrase="nav.home"), Step("topics", phrase="nav.topics"))
            + (() if first else (Step(ref.path, label),)),
            bilingual=True,
            hide=("navigation",),
        )
