"""Requirement chains: requirement → quality attribute → method → pharmacopoeia chapter → limit, and where they break.

Nothing is guessed from words: a link is written in the glossary, or one clause holds both of its ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from handbook.link import LinkedClause
from handbook.matrix import NEEDS
from handbook.model import Method, Need, Quantity, Reference
from handbook.pipeline import Handbook

Origin = Literal["glossary", "broader", "clause"]
# A clause that tests more methods than this does not say which of them its figure, or the chapter it cites, is for.
CLEAR = 3
LIMITING = ("limit", "example")
# Points at which nothing is sampled for the laboratory of the product: limits there seldom have a method.
PEOPLE_AND_PLACES = ("donor", "patient", "facility")


@dataclass(frozen=True, order=True)
class Chapter:
    """A chapter of a pharmacopoeia or guideline; without `part`, the work as a whole."""

    to: str
    part: str | None


@dataclass(frozen=True)
class ChapterLink:
    """That a method is described in a chapter, how we know, and the clauses that say so."""

    chapter: Chapter
    origin: Origin
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class LimitLink:
    """That a method measures a parameter with limits, how we know, and the clauses that hold both."""

    parameter: str
    origin: Origin
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chain:
    """One method with both directions of its chain."""

    method: str
    attribute: str
    calls: Mapping[Need, tuple[str, ...]]
    chapters: tuple[ChapterLink, ...]
    limits: tuple[LimitLink, ...]

    @property
    def called(self) -> tuple[str, ...]:
        """The clauses that call for the method, whatever the need, each once."""
        return tuple(dict.fromkeys(clause for need in NEEDS[:2] for clause in self.calls.get(need, ())))

    @property
    def named(self) -> tuple[ChapterLink, ...]:
        """The links that name a chapter, not only a work."""
        return tuple(link for link in self.chapters if link.chapter.part or link.origin != "clause")


@dataclass(frozen=True)
class Broken:
    """Where chains break. None of it is a fault by itself: many tests have no chapter, and many limits no test."""

    without_chapter: tuple[str, ...]
    without_limit: tuple[str, ...]
    unmeasured: tuple[str, ...]
    unmeasured_elsewhere: tuple[str, ...]
    unused_chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Chains:
    """The chains of all methods, in the order of the glossary."""

    by_method: Mapping[str, Chain]
    limits: Mapping[str, tuple[tuple[str, Quantity], ...]]
    cited: Mapping[Chapter, tuple[str, ...]]
    references: Mapping[str, Reference]

    @cached_property
    def by_parameter(self) -> dict[str, tuple[tuple[str, LimitLink], ...]]:
        """For each parameter the methods that measure it."""
        found: dict[str, list[tuple[str, LimitLink]]] = defaultdict(list)
        for name, chain in self.by_method.items():
            for link in chain.limits:
                found[link.parameter].append((name, link))
        return {name: tuple(links) for name, links in found.items()}

    @cached_property
    def by_chapter(self) -> dict[Chapter, tuple[tuple[str, ChapterLink], ...]]:
        """For each chapter the methods that it describes."""
        found: dict[Chapter, list[tuple[str, ChapterLink]]] = defaultdict(list)
        for name, chain in self.by_method.items():
            for link in chain.chapters:
                found[link.chapter].append((name, link))
        return {chapter: tuple(links) for chapter, links in sorted(found.items(), key=lambda item: _key(item[0]))}

    @cached_property
    def broken(self) -> Broken:
        """The links that are missing."""
        called = [chain for chain in self.by_method.values() if chain.called]
        loose = [name for name in self.limits if name not in self.by_parameter]
        sampled = {
            name
            for name in loose
            if any(quantity.at and quantity.at not in PEOPLE_AND_PLACES for _, quantity in self.limits[name])
        }
        return Broken(
            without_chapter=tuple(chain.method for chain in called if not chain.named),
            without_limit=tuple(c.method for c in called if c.calls.get("required") and not self.with_limit(c)),
            unmeasured=tuple(name for name in loose if name in sampled),
            unmeasured_elsewhere=tuple(name for name in loose if name not in sampled),
            unused_chapters=tuple(chapter for chapter in self.cited if not self._used(chapter)),
        )

    def with_limit(self, chain: Chain) -> bool:
        """Whether any clause limits what the method measures."""
        return any(link.parameter in self.limits for link in chain.limits)

    def _used(self, chapter: Chapter) -> bool:
        """Whether a method is described in the chapter, or in the chapter of the same title of another edition."""
        if chapter in self.by_chapter:
            return True
        return any(self._same(chapter, other) for other in self.by_chapter if other.part)

    def _same(self, one: Chapter, other: Chapter) -> bool:
        return self._family(one.to) == self._family(other.to) and self.title(one) == self.title(other)

    def _family(self, work: str) -> str:
        reference = self.references.get(work)
        return reference.edition_of or work if reference else work

    def title(self, chapter: Chapter) -> str | None:
        """The Chinese title of a chapter, or its number where no title is recorded."""
        reference = self.references.get(chapter.to)
        titles = {part.part: part.title.zh for part in reference.parts} if reference else {}
        return titles.get(chapter.part or "", chapter.part)


def chains_of(handbook: Handbook) -> Chains:
    """The chains of `handbook`."""
    references = {entry.record.id: entry.record for entry in handbook.corpus.references}
    methods = {entry.record.id: entry.record for entry in handbook.corpus.methods}
    limiting = _Gathered(_limited)
    citing = _Gathered(lambda clause: ((chapter, None) for chapter in _cited(clause, references)))
    calls: dict[str, dict[Need, list[str]]] = defaultdict(lambda: defaultdict(list))
    for clause in handbook.clauses:
        tests = clause.entry.record.tests
        limiting.add(clause)
        citing.add(clause)
        for test in tests:
            calls[test.method][test.need].append(clause.id)
    parameters = _measured(handbook)
    return Chains(
        by_method={
            name: Chain(
                method=name,
                attribute=method.attribute,
                calls={need: tuple(dict.fromkeys(ids)) for need, ids in calls.get(name, {}).items()},
                chapters=tuple(_chapters(method, methods, citing.of(name))),
                limits=tuple(_limits(parameters.get(name, ()), limiting.of(name))),
            )
            for name, method in methods.items()
        },
        limits=_all_limits(handbook),
        cited=_all_cited(handbook, references),
        references=references,
    )


class _Gathered:
    """What the clauses that clearly test a method hold besides: by method, the thing and the clauses."""

    def __init__(self, things: Callable[[LinkedClause], Iterable[tuple[str | Chapter, str | None]]]) -> None:
        self.things = things
        self.found: dict[str, dict[str | Chapter, list[str]]] = defaultdict(lambda: defaultdict(list))

    def add(self, clause: LinkedClause) -> None:
        tests = [test for test in clause.entry.record.tests if test.need != "not-required"]
        methods = {test.method for test in tests}
        things = tuple(self.things(clause))
        # Two methods beside two figures: which is for which, the clause's record does not say.
        if len(methods) > CLEAR or (len(methods) > 1 and len({thing for thing, _ in things}) > 1):
            return
        for test in tests:
            for thing, at in things:
                if at == test.at or not at or not test.at:
                    self.found[test.method][thing].append(clause.id)

    def of(self, method: str) -> dict[str | Chapter, tuple[str, ...]]:
        return {thing: tuple(dict.fromkeys(ids)) for thing, ids in self.found.get(method, {}).items()}


def _limited(clause: LinkedClause) -> Iterator[tuple[str, str | None]]:
    for quantity in clause.entry.record.quantities:
        if quantity.sense in LIMITING:
            yield quantity.parameter, quantity.at


def _cited(clause: LinkedClause, references: Mapping[str, Reference]) -> Iterator[Chapter]:
    for cited in clause.cites:
        reference = references.get(cited.to)
        if reference and reference.kind == "pharmacopoeia":
            yield Chapter(cited.to, cited.part)


def _measured(handbook: Handbook) -> dict[str, tuple[str, ...]]:
    """For each method the parameters to which the glossary relates it, in either direction."""
    parameters = {entry.record.id for entry in handbook.corpus.parameters}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in handbook.corpus.methods:
        for name in entry.record.related:
            if name in parameters:
                found[entry.record.id][name] = None
    for parameter in handbook.corpus.parameters:
        for name in parameter.record.related:
            found[name][parameter.record.id] = None
    return {name: tuple(related) for name, related in found.items()}


def _chapters(
    method: Method, methods: Mapping[str, Method], cited: Mapping[str | Chapter, tuple[str, ...]]
) -> Iterator[ChapterLink]:
    seen: set[str | Chapter] = set()
    origin: Origin = "glossary"
    level = [method]
    while level:
        for one in level:
            for chapter in (Chapter(c.to, c.part) for c in one.chapters):
                if chapter not in seen:
                    seen.add(chapter)
                    yield ChapterLink(chapter, origin, cited.get(chapter, ()))
        if seen:
            break  # a chapter of its own says more than one of a wider method
        origin = "broader"
        level = [methods[name] for one in level for name in one.broader if name in methods]
    for thing, clauses in cited.items():
        if isinstance(thing, Chapter) and thing not in seen:
            yield ChapterLink(thing, "clause", clauses)


def _limits(related: Iterable[str], held: Mapping[str | Chapter, tuple[str, ...]]) -> Iterator[LimitLink]:
    named = tuple(related)
    for parameter in named:
        yield LimitLink(parameter, "glossary", held.get(parameter, ()))
    for thing, clauses in held.items():
        if isinstance(thing, str) and thing not in named:
            yield LimitLink(thing, "clause", clauses)


def _all_limits(handbook: Handbook) -> dict[str, tuple[tuple[str, Quantity], ...]]:
    """The limits and examples of every parameter, with their clauses, in the order of the glossary."""
    found: dict[str, list[tuple[str, Quantity]]] = defaultdict(list)
    for clause in handbook.clauses:
        for quantity in clause.entry.record.quantities:
            if quantity.sense in LIMITING:
                found[quantity.parameter].append((clause.id, quantity))
    names = (entry.record.id for entry in handbook.corpus.parameters)
    return {name: tuple(found[name]) for name in names if name in found}


def _all_cited(handbook: Handbook, references: Mapping[str, Reference]) -> dict[Chapter, tuple[str, ...]]:
    """The chapters of pharmacopoeias that clauses cite, with these clauses."""
    found: dict[Chapter, dict[str, None]] = defaultdict(dict)
    for clause in handbook.clauses:
        for chapter in _cited(clause, references):
            if chapter.part:
                found[chapter][clause.id] = None
    return {chapter: tuple(ids) for chapter, ids in sorted(found.items(), key=lambda item: _key(item[0]))}


def _key(chapter: Chapter) -> tuple[str, str]:
    return chapter.to, chapter.part or ""
