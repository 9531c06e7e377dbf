"""The limits of one parameter drawn on a scale: coordinates only."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from handbook.force import Force
from handbook.model import Quantity
from handbook.views.labels import number

LEFT, RIGHT, ROW, TOP = 40.0, 620.0, 22.0, 14.0


@dataclass(frozen=True)
class Bar:
    """One limit: from `x1` to `x2`; `open_left` and `open_right` say that it goes on."""

    row: int
    y: float
    x1: float
    x2: float
    open_left: bool
    open_right: bool
    force: Force


@dataclass(frozen=True)
class Tick:
    """A mark on the axis."""

    x: float
    label: str


@dataclass(frozen=True)
class Scale:
    """A drawing of several limits in one unit."""

    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    logarithmic: bool

    @property
    def axis(self) -> float:
        """Where the axis lies."""
        return self.height - 24


def scale_of(limits: Iterable[tuple[int, Quantity, Force]]) -> Scale | None:
    """The drawing of numbered limits; None when fewer than two have figures, or all the same one."""
    drawn = [(row, quantity, force) for row, quantity, force in limits if _ends(quantity)]
    values = sorted(value for _, quantity, _ in drawn for value in _ends(quantity))
    if len(drawn) < 2 or values[0] == values[-1]:
        return None
    low, high = values[0], values[-1]
    logarithmic = low > 0 and high / low > 100
    place = _place(low, high, logarithmic=logarithmic)
    bars = tuple(_bar(index, row, quantity, force, place) for index, (row, quantity, force) in enumerate(drawn))
    ticks = tuple(Tick(place(value), number(value)) for value in _spread(values, place))
    return Scale(TOP + ROW * len(drawn) + 30, bars, ticks, logarithmic)


def _ends(quantity: Quantity) -> tuple[float, ...]:
    if quantity.relation == "range" and quantity.low is not None and quantity.high is not None:
        return (quantity.low, quantity.high)
    return () if quantity.value is None else (quantity.value,)


def _place(low: float, high: float, *, logarithmic: bool) -> Callable[[float], float]:
    """From a value to its x; a tenth of the width is left on both sides for arrows."""
    first, last = (math.log(low), math.log(high)) if logarithmic else (low, high)
    width = (RIGHT - LEFT) * 0.8
    start = LEFT + (RIGHT - LEFT) * 0.1
    return lambda value: round(
        start + width * ((math.log(value) if logarithmic else value) - first) / (last - first), 1
    )


def _bar(index: int, row: int, quantity: Quantity, force: Force, place: Callable[[float], float]) -> Bar:
    ends = _ends(quantity)
    lower, upper = quantity.relation in (">=", ">"), quantity.relation in ("<=", "<")
    return Bar(
        row=row,
        y=TOP + ROW * index + ROW / 2,
        x1=LEFT if upper else place(ends[0]),
        x2=RIGHT if lower else place(ends[-1]),
        open_left=upper,
        open_right=lower,
        force=force,
    )


def _spread(values: list[float], place: Callable[[float], float]) -> list[float]:
    """Values whose labels have room beside each other: both ends, and what fits between."""
    kept = [values[0]]
    for value in sorted(set(values))[1:-1]:
        if place(value) - place(kept[-1]) > 60 and place(values[-1]) - place(value) > 60:
            kept.append(value)
    return [*kept, values[-1]]
