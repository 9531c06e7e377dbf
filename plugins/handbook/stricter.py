"""Whether one figure asks more than another on the same parameter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from handbook.model import Quantity, Stricter
from handbook.units import convert

Direction = Literal["stricter", "looser"]
LOWER, UPPER, POINT = (">=", ">"), ("<=", "<"), ("=", "~")


@dataclass(frozen=True)
class FigureChange:
    """What became of a figure: none before, none after, or both with the direction where it can be told."""

    parameter: str
    old: Quantity | None
    new: Quantity | None
    direction: Direction | None


def figure_changes(
    old: Iterable[Quantity], new: Iterable[Quantity], stricter: dict[str, Stricter]
) -> tuple[FigureChange, ...]:
    """The figures that differ; two are one that changed when nothing else stands on their parameter and point.

    `stricter` gives the direction of each parameter.
    """
    before, after = list(old), list(new)
    gone = [one for one in before if one not in after]
    come = [one for one in after if one not in before]
    changes: list[FigureChange] = []
    for key in dict.fromkeys(_subject(one) for one in (*gone, *come)):
        mine = [one for one in gone if _subject(one) == key]
        yours = [one for one in come if _subject(one) == key]
        if len(mine) == len(yours) == 1:
            way = direction(mine[0], yours[0], stricter.get(key[0], "none"))
            changes.append(FigureChange(key[0], mine[0], yours[0], way))
        else:
            changes += [FigureChange(key[0], one, None, None) for one in mine]
            changes += [FigureChange(key[0], None, one, None) for one in yours]
    return tuple(changes)


def _subject(quantity: Quantity) -> tuple[str, str | None]:
    return quantity.parameter, quantity.at


def direction(old: Quantity, new: Quantity, stricter: Stricter) -> Direction | None:
    """Whether `new` is stricter or looser than `old`; None where that has no sense or they cannot be compared.

    They are comparable where `handbook.units` brings them to one unit, when both are limits or both examples, on the
    side on which the parameter is strict: of a viability the lower bounds, of a residue the upper ones.
    """
    if stricter == "none" or old.sense != new.sense or new.sense not in ("limit", "example"):
        return None
    before, after = _bound(old, stricter, new.unit), _bound(new, stricter, new.unit)
    if before is None or after is None or before == after:
        return None
    return "stricter" if (after > before) == (stricter == "higher") else "looser"


def _bound(quantity: Quantity, stricter: Stricter, unit: str) -> tuple[float, int] | None:
    """The bound on the strict side in `unit`; of two with one figure the open one (> 80) is the stricter."""
    if quantity.relation == "range":
        end, open_end = (quantity.low if stricter == "higher" else quantity.high), 0
    elif quantity.relation in (*(LOWER if stricter == "higher" else UPPER), *POINT):
        end, open_end = quantity.value, (1 if stricter == "higher" else -1) * (quantity.relation in (">", "<"))
    else:
        return None
    value = None if end is None else convert(end, quantity.unit, unit)
    return None if value is None else (value, open_end)
