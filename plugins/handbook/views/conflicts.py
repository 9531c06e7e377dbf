"""Differences between documents and their gaps: an overview, a page for each kind of difference, topics × documents."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from handbook.conflicts import Candidate, Ground, find_candidates
from handbook.corpus import ClauseEntry
from handbook.force import Force
from handbook.model import DifferenceKind, Text, Verdict
from handbook.silence import find_silence
from handbook.verdicts import pair_stamp
from handbook.views.labels import force_rank
from handbook.views.links import Ref
from handbook.views.lookup import Line, Lookup
from handbook.views.sides import Work
from handbook.views.view import Step, Stop, View

BASE = "conflicts"
ON_A_PAGE = 60
MOST_UNREAD = 100
KINDS: tuple[DifferenceKind, ...] = get_args(DifferenceKind)
State = Literal["confirmed", "unread", "dismissed"]
STATES: tuple[State, ...] = ("confirmed", "unread", "dismissed")
HOME = (Step("", phrase="nav.home"),)
UP = (*HOME, Step(BASE, phrase="nav.conflicts"))


@dataclass(frozen=True)
class Side:
    """One of the two clauses."""

    line: Line
    work: Ref
    short: Text
    force: Force
    file: str
    lines: tuple[int, int]


@dataclass(frozen=True)
class Difference:
    """A pair as shown, binding first; `stricter` is the place of the side that asks more, where that is known."""

    anchor: str
    kind: DifferenceKind
    state: State
    sides: tuple[Side, Side]
    stricter: int | None
    confidence: float | None
    likeness: float
    topics: tuple[Ref, ...]
    concepts: tuple[Ref, ...]
    about: tuple[Ref, ...]
    doubts: tuple[str, ...]
    reason: Text | None
    stale: bool

    @property
    def path(self) -> str:
        """The page of its kind."""
        return f"{BASE}/{self.kind}"


@dataclass(frozen=True)
class Overview:
    """All differences in short."""

    counts: tuple[tuple[DifferenceKind, tuple[int, int, int]], ...]
    total: tuple[int, int, int]
    shown: tuple[tuple[Difference, str], ...]
    by: Text | None
    topics: tuple[Ref, ...]
    works: tuple[Work, ...]


@dataclass(frozen=True)
class KindPage:
    """The differences of one kind, side by side; the dismissed ones stand on the last page."""

    kind: DifferenceKind
    shown: tuple[Difference, ...]
    dismissed: tuple[Difference, ...]
    by: Text | None
    base: str
    number: int
    of: int


@dataclass(frozen=True)
class TopicRow:
    """One topic: clauses by document (None: silent), which silences are gaps, and all silent documents."""

    ref: Ref
    level: int
    cells: tuple[tuple[int, bool], ...]
    gaps: tuple[tuple[Work, int, int], ...]
    silent: tuple[Work, ...]


@dataclass(frozen=True)
class Matrix:
    """Topics × documents."""

    works: tuple[Work, ...]
    rows: tuple[TopicRow, ...]


def conflict_views(lookup: Lookup) -> Iterator[View]:
    """The overview, the pages of each kind and the matrix."""
    differences = _Differences(lookup)
    pages = {kind: _sheets(differences.all, kind) for kind in KINDS}
    paths = {
        one.anchor: _path(kind, number)
        for kind, sheets in pages.items()
        for number, sheet in enumerate(sheets, start=1)
        for one in sheet
    }
    yield _overview(differences, paths, lookup)
    for kind in KINDS:
        yield from _pages(kind, pages[kind], differences)
    yield View(
        f"{BASE}/silence",
        "silence.html",
        None,
        _matrix(lookup),
        phrase="silence.title",
        stops=(Stop(None, "_gaps", 2, "silence.gaps"), Stop(None, "_matrix", 2, "silence.matrix")),
        steps=UP,
        hide=("navigation", "toc"),
    )


def _path(kind: str, number: int) -> str:
    return f"{BASE}/{kind}" if number == 1 else f"{BASE}/{kind}/{number}"


class _Differences:
    """Candidates and verdicts joined."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        handbook = lookup.handbook
        self.clauses: dict[str, ClauseEntry] = {clause.id: clause.entry for clause in handbook.clauses}
        entry = handbook.corpus.verdicts
        self.by = entry.record.by if entry else None
        self.verdicts = {frozenset(one.clauses): one for one in entry.record.verdicts} if entry else {}

    @cached_property
    def all(self) -> tuple[Difference, ...]:
        """Every difference: confirmed, unread, dismissed; binding and certain first."""
        handbook = self.lookup.handbook
        found = {one.pair: one for one in find_candidates(handbook.corpus, handbook.clauses, handbook.graph)}
        added = [one for pair, one in self.verdicts.items() if pair not in found]
        shown = [self._shown(one, self.verdicts.get(pair)) for pair, one in found.items()]
        shown += [self._shown(Candidate(one.kind, *one.clauses, -1, Ground((), (), 0)), one) for one in added]
        return tuple(sorted(shown, key=_order))

    def _shown(self, one: Candidate, verdict: Verdict | None) -> Difference:
        sides = [self._side(one.first), self._side(one.second)]
        turned = force_rank(sides[1].force) < force_rank(sides[0].force)
        stricter = int(turned) if one.kind == "stricter-than" else None
        topics = (self.lookup.places.find("topic", name) for name in self._topics(one))
        return Difference(
            anchor=_anchor(one),
            kind=verdict.kind if verdict else one.kind,
            state=verdict.verdict if verdict else "unread",
            sides=(sides[1], sides[0]) if turned else (sides[0], sides[1]),
            stricter=stricter,
            confidence=one.confidence if one.confidence >= 0 else None,
            likeness=one.ground.likeness,
            topics=tuple(ref for ref in topics if ref),
            concepts=self._concepts(name for name in one.ground.concepts if name not in one.about),
            about=self._concepts(iter(one.about)),
            doubts=one.ground.doubts,
            reason=verdict.reason if verdict else None,
            stale=bool(verdict and verdict.stamp != pair_stamp(verdict, self.clauses)),
        )

    def _topics(self, one: Candidate) -> tuple[str, ...]:
        sides = (self.clauses[name].record.topics for name in (one.first, one.second))
        return one.ground.topics or tuple(dict.fromkeys(topic for topics in sides for topic in topics))

    def _concepts(self, names: Iterator[str]) -> tuple[Ref, ...]:
        return tuple(ref for name in names if (ref := self.lookup.places.concept(name)))

    def _side(self, clause: str) -> Side:
        entry = self.clauses[clause]
        document = self.lookup.documents[entry.document]
        return Side(
            self.lookup.lines[clause],
            self.lookup.places.of("document", document.id),
            document.short,
            self.lookup.forces[document.id],
            document.original.file,
            entry.record.lines,
        )


def _anchor(one: Candidate) -> str:
    return "d-" + hashlib.sha256(" ".join(sorted(one.pair)).encode()).hexdigest()[:8]


def _order(one: Difference) -> tuple[int, int, int, float, str, str]:
    first, second = one.sides
    ranks = force_rank(first.force), force_rank(second.force)
    return STATES.index(one.state), *ranks, -(one.confidence or 0), first.line.ref.id, second.line.ref.id


def _sheets(differences: tuple[Difference, ...], kind: str) -> list[tuple[Difference, ...]]:
    shown = [one for one in differences if one.kind == kind and one.state != "dismissed"]
    return [tuple(shown[start : start + ON_A_PAGE]) for start in range(0, len(shown), ON_A_PAGE)] or [()]


def _overview(differences: _Differences, paths: dict[str, str], lookup: Lookup) -> View:
    counted = Counter((one.kind, one.state) for one in differences.all)
    rows = tuple((kind, _three(counted, kind)) for kind in KINDS)
    confirmed = [one for one in differences.all if one.state == "confirmed"]
    unread = [one for one in differences.all if one.state == "unread"][:MOST_UNREAD]  # the pages of the kinds have all
    shown = tuple((one, paths[one.anchor]) for one in (*confirmed, *unread))
    topics = {ref.id: ref for one, _ in shown for ref in one.topics}
    works = {side.work.id for one, _ in shown for side in one.sides}
    page = Overview(
        rows,
        (sum(three[0] for _, three in rows), sum(three[1] for _, three in rows), sum(three[2] for _, three in rows)),
        shown,
        differences.by,
        tuple(sorted(topics.values(), key=lambda ref: ref.id)),
        tuple(_work(name, lookup) for name in sorted(works, key=lookup.rank.__getitem__)),
    )
    stops = (Stop(None, "_counts", 2, "conflicts.counts"), Stop(None, "_list", 2, "conflicts.list"))
    hide = ("navigation",)
    return View(BASE, "conflicts.html", None, page, phrase="nav.conflicts", stops=stops, steps=HOME, hide=hide)


def _three(counted: Counter[tuple[DifferenceKind, State]], kind: DifferenceKind) -> tuple[int, int, int]:
    return counted[kind, "confirmed"], counted[kind, "unread"], counted[kind, "dismissed"]


def _work(name: str, lookup: Lookup) -> Work:
    return Work(lookup.places.of("document", name), lookup.documents[name].short, lookup.forces[name])


def _pages(kind: DifferenceKind, sheets: list[tuple[Difference, ...]], differences: _Differences) -> Iterator[View]:
    dismissed = tuple(one for one in differences.all if one.kind == kind and one.state == "dismissed")
    for number, sheet in enumerate(sheets, start=1):
        last = number == len(sheets)
        yield View(
            _path(kind, number),
            "differences.html",
            None,
            KindPage(kind, sheet, dismissed if last else (), differences.by, f"{BASE}/{kind}", number, len(sheets)),
            phrase=f"difference.{kind}",
            stops=(Stop(None, "_pairs", 2, "conflicts.pairs"),),
            steps=UP,
            bilingual=True,
            hide=("navigation",),
        )


def _matrix(lookup: Lookup) -> Matrix:
    silence = find_silence(lookup.handbook.corpus, lookup.handbook.clauses)
    names = sorted(lookup.documents, key=lookup.rank.__getitem__)
    works = {name: _work(name, lookup) for name in names}
    rows = []
    for topic, level in _tree("", 0, lookup):
        spoken, gaps = silence.counts[topic], {gap.document: gap for gap in silence.gaps[topic]}
        rows.append(
            TopicRow(
                lookup.places.of("topic", topic),
                level,
                tuple((spoken.get(name, 0), name in gaps) for name in names),
                tuple((works[name], gaps[name].speaking, gaps[name].peers) for name in names if name in gaps),
                tuple(works[name] for name in names if name not in spoken),
            )
        )
    return Matrix(tuple(works.values()), tuple(rows))


def _tree(topic: str, level: int, lookup: Lookup) -> Iterator[tuple[str, int]]:
    for name in lookup.by_topic.get(topic, ()):
        yield name, level
        yield from _tree(name, level + 1, lookup)
