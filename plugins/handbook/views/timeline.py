"""The time line: a drawing from top to bottom with arrows for what succeeded what, and the same as a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from unicodedata import east_asian_width

from handbook.force import Force
from handbook.model import Text
from handbook.timeline import Succession, Tie, Timeline, Work, timeline_of
from handbook.views.labels import FORCES
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.shelf import HOME
from handbook.views.view import Stop, View

PAPERS = ("journal-article", "web")
# Units of the drawing, about one pixel on a phone: years left, arrows, marks, then names.
WIDTH, ROW, TOP, MARK, NAME, FONT = 360.0, 19.0, 8.0, 112.0, 124.0, 11.5
NEAREST, FARTHEST = 12.0, 66.0
ROWS_ON_PAPER = 28


@dataclass(frozen=True)
class Tied:
    """What a work succeeded, or what succeeded it."""

    ref: Ref
    label: Text
    tie: Tie
    basis: str | None


@dataclass(frozen=True)
class Item:
    """A work as listed; `force` is None for a work that the corpus only names."""

    ref: Ref
    label: Text
    date: str | None
    basis: str | None
    force: Force | None
    kind: str
    before: tuple[Tied, ...]
    after: tuple[Tied, ...]


@dataclass(frozen=True)
class Year:
    """The works of one year."""

    year: str
    items: tuple[Item, ...]
    papers: tuple[Item, ...]


@dataclass(frozen=True)
class Mark:
    """A work in the drawing; `label` is cut to the width that there is."""

    y: float
    ref: Ref
    label: Text
    shape: str


@dataclass(frozen=True)
class Band:
    """The rows of one year."""

    year: str
    y: float
    height: float


@dataclass(frozen=True)
class Arrow:
    """From a work to the one that succeeded it, bulging to the left."""

    path: str
    y: float
    tie: Tie
    label: Text


@dataclass(frozen=True)
class Drawing:
    """Coordinates only: `marks` are all works but papers, `windows` parts (y, height) that fit on a sheet of paper."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    bands: tuple[Band, ...]
    arrows: tuple[Arrow, ...]
    shapes: tuple[str, ...]
    windows: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Page:
    """The whole time line."""

    first: str
    last: str
    drawing: Drawing
    years: tuple[Year, ...]
    undated: tuple[Item, ...]
    unnamed: tuple[Item, ...]
    held: int
    named: int
    papers: int
    successions: int


def timeline_views(lookup: Lookup) -> Iterator[View]:
    """The page of the time line."""
    line = timeline_of(lookup.handbook.corpus)
    ties = _ties(line, lookup)
    items = [_item(work, ties, lookup) for work in line.dated]
    years = tuple(_years(items))
    undated = [_item(work, ties, lookup) for work in line.undated]
    papers = sum(item.kind in PAPERS for item in items)
    page = Page(
        first=years[0].year if years else "",
        last=years[-1].year if years else "",
        drawing=_drawing(years, line, lookup),
        years=years,
        undated=tuple(item for item in undated if item.force),
        unnamed=tuple(item for item in undated if not item.force),
        held=sum(item.force is not None for item in items),
        named=sum(item.force is None for item in items),
        papers=papers,
        successions=len(line.successions),
    )
    stops = [Stop(None, "_drawing", 2, "timeline.drawing"), Stop(None, "_list", 2, "timeline.list")]
    if undated:
        stops.append(Stop(None, "_undated", 2, "timeline.undated"))
    yield View(
        "timeline",
        "timeline.html",
        None,
        page,
        phrase="nav.timeline",
        stops=tuple(stops),
        steps=HOME,
        hide=("navigation",),
    )


def _place(work: str, lookup: Lookup) -> Ref:
    ref = lookup.places.work(work)
    assert ref is not None, f"'{work}' is a work of the corpus"
    return ref


def _label(work: str, lookup: Lookup) -> Text:
    document = lookup.documents.get(work)
    return document.short if document else lookup.references[work].title


def _ties(line: Timeline, lookup: Lookup) -> dict[str, tuple[list[Tied], list[Tied]]]:
    """For every work what it succeeded and what succeeded it."""
    ties: dict[str, tuple[list[Tied], list[Tied]]] = {work.id: ([], []) for work in line.works}
    for one in line.successions:
        basis = one.basis
        ties[one.newer][0].append(Tied(_place(one.older, lookup), _label(one.older, lookup), one.tie, basis))
        ties[one.older][1].append(Tied(_place(one.newer, lookup), _label(one.newer, lookup), one.tie, basis))
    return ties


def _item(work: Work, ties: dict[str, tuple[list[Tied], list[Tied]]], lookup: Lookup) -> Item:
    before, after = ties[work.id]
    return Item(
        ref=_place(work.id, lookup),
        label=_label(work.id, lookup),
        date=work.date,
        basis=work.basis,
        force=lookup.forces[work.id] if work.held else None,
        kind="" if work.held else lookup.references[work.id].kind,
        before=tuple(before),
        after=tuple(after),
    )


def _years(items: list[Item]) -> Iterator[Year]:
    """The papers that the corpus names stand apart: they are many, and succeed nothing."""
    for year, members in groupby(items, key=lambda item: (item.date or "")[:4]):
        works = tuple(members)
        papers = tuple(item for item in works if item.kind in PAPERS)
        yield Year(year, tuple(item for item in works if item.kind not in PAPERS), papers)


# ------------------------------------------------------------------------------------ drawing


def _drawing(years: tuple[Year, ...], line: Timeline, lookup: Lookup) -> Drawing:
    marks: list[Mark] = []
    bands: list[Band] = []
    y = TOP
    for year in years:
        if not year.items:
            continue
        bands.append(Band(year.year, y, ROW * len(year.items)))
        for item in year.items:
            label = Text(zh=_cut(item.label.zh), en=_cut(item.label.en))
            marks.append(Mark(y + ROW / 2, item.ref, label, item.force.value if item.force else "named"))
            y += ROW
    places = {mark.ref.id: mark.y for mark in marks}
    drawn = Counter(mark.shape for mark in marks)
    return Drawing(
        width=WIDTH,
        height=y + TOP,
        marks=tuple(marks),
        bands=tuple(bands),
        arrows=tuple(_arrows(line.successions, places, lookup)),
        shapes=tuple(shape for shape in (*(force.value for force in FORCES), "named") if drawn[shape]),
        windows=tuple(_windows(len(marks))),
    )


def _windows(rows: int) -> Iterator[tuple[float, float]]:
    """Cut between rows; an arrow that crosses a cut goes on in the next part."""
    for start in range(0, rows, ROWS_ON_PAPER):
        yield TOP + ROW * start, ROW * min(ROWS_ON_PAPER, rows - start)


def _arrows(successions: tuple[Succession, ...], places: dict[str, float], lookup: Lookup) -> Iterator[Arrow]:
    """Far arrows bulge more than near ones, so that they do not lie on each other."""
    longest = max((abs(places[s.newer] - places[s.older]) for s in successions if _drawn(s, places)), default=1) or 1
    for one in successions:
        if not _drawn(one, places):
            continue
        start, end = places[one.older], places[one.newer]
        bulge = NEAREST + (FARTHEST - NEAREST) * (abs(end - start) / longest) ** 0.5
        left, tip = round(MARK - 6 - bulge * 4 / 3, 1), MARK - 7
        path = f"M{MARK - 5} {start}C{left} {start} {left} {end} {tip} {end}"
        older, newer = _label(one.older, lookup), _label(one.newer, lookup)
        yield Arrow(path, end, one.tie, Text(zh=f"{older.zh} → {newer.zh}", en=f"{older.en} → {newer.en}"))


def _drawn(succession: Succession, places: dict[str, float]) -> bool:
    return succession.older in places and succession.newer in places


def _cut(text: str) -> str:
    """As much of a name as the drawing has room for: a Han character takes an em, a Latin letter less."""
    room = (WIDTH - NAME) / FONT
    used = 0.0
    for place, letter in enumerate(text):
        used += 1.0 if east_asian_width(letter) in "WF" else 0.6
        if used > room - 1:
            return text if place == len(text) - 1 else text[:place].rstrip() + "…"
    return text
