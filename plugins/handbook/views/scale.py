"""The limits of one parameter drawn on a scale: coordinates only.

Each limit has a line of text and a bar below it, so that names and figures can be read on a phone and on paper.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from handbook.force import Force
from handbook.limits import Interval
from handbook.views.labels import number

WIDTH, LEFT, RIGHT = 480.0, 14.0, 466.0
TOP, ROW, TEXT, BAR, FOOT = 4.0, 38.0, 14.0, 26.0, 24.0
ROOM = 64.0  # what the label of a tick needs


@dataclass(frozen=True)
class Drawn:
    """A limit to be drawn: its number in the table, its values, and whether it is less than a limit."""

    number: int
    interval: Interval
    force: Force
    faint: bool = False


@dataclass(frozen=True)
class Bar:
    """One limit: from `x1` to `x2`; `open_left` and `open_right` say that it goes on."""

    row: int
    text: float
    y: float
    x1: float
    x2: float
    open_left: bool
    open_right: bool
    force: Force
    faint: bool


@dataclass(frozen=True)
class Tick:
    """A mark on the axis."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True)
class Scale:
    """A drawing of several limits in one unit; `low` and `high` are the figures between which it lies."""

    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    logarithmic: bool
    low: str
    high: str

    @property
    def axis(self) -> float:
        """Where the axis lies."""
        return self.height - FOOT

    @property
    def forces(self) -> tuple[Force, ...]:
        """The binding forces drawn, what binds first."""
        return tuple(force for force in Force if any(bar.force is force for bar in self.bars))


def scale_of(limits: Iterable[Drawn]) -> Scale | None:
    """The drawing of `limits`; None when fewer than two, or when all stand at the same figure."""
    drawn = [limit for limit in limits if _ends(limit.interval)]
    values = sorted(value for limit in drawn for value in _ends(limit.interval))
    if len(drawn) < 2 or values[0] == values[-1]:
        return None
    low, high = values[0], values[-1]
    logarithmic = low > 0 and high / low > 100
    place = _place(low, high, logarithmic=logarithmic)
    return Scale(
        height=TOP + ROW * len(drawn) + FOOT,
        bars=tuple(_bar(index, limit, place) for index, limit in enumerate(drawn)),
        ticks=tuple(_tick(value, values, place) for value in _spread(values, place)),
        logarithmic=logarithmic,
        low=number(low),
        high=number(high),
    )


def _ends(interval: Interval) -> tuple[float, ...]:
    return tuple(end for end in (interval.low, interval.high) if end is not None)


def _place(low: float, high: float, *, logarithmic: bool) -> Callable[[float], float]:
    """From a value to its x; a tenth of the width is left on both sides for arrows."""
    first, last = (math.log(low), math.log(high)) if logarithmic else (low, high)
    width = (RIGHT - LEFT) * 0.8
    start = LEFT + (RIGHT - LEFT) * 0.1
    return lambda value: round(
        start + width * ((math.log(value) if logarithmic else value) - first) / (last - first), 1
    )


def _bar(index: int, limit: Drawn, place: Callable[[float], float]) -> Bar:
    low, high = limit.interval.low, limit.interval.high
    return Bar(
        row=limit.number,
        text=TOP + ROW * index + TEXT,
        y=TOP + ROW * index + BAR,
        x1=LEFT if low is None else place(low),
        x2=RIGHT if high is None else place(high),
        open_left=low is None,
        open_right=high is None,
        force=limit.force,
        faint=limit.faint,
    )


def _tick(value: float, values: list[float], place: Callable[[float], float]) -> Tick:
    anchor = "start" if value == values[0] else "end" if value == values[-1] else "middle"
    return Tick(place(value), number(value), anchor)


def _spread(values: list[float], place: Callable[[float], float]) -> list[float]:
    """Values whose labels have room beside each other: both ends, and what fits between."""
    kept = [values[0]]
    for value in sorted(set(values))[1:-1]:
        if place(value) - place(kept[-1]) > ROOM and place(values[-1]) - place(value) > ROOM:
            kept.append(value)
    return [*kept, values[-1]]
