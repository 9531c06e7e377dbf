"""Limits on one parameter, compared: which is stricter, and which exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Literal

from handbook.link import LinkedClause
from handbook.model import Parameter, Quantity

LOWER, UPPER = (">=", ">"), ("<=", "<")


@dataclass(frozen=True)
class Comparison:
    """`first` is stricter than, or conflicts with, `second`."""

    first: str
    second: str
    kind: Literal["stricter-than", "conflicts-with"]
    why: str


@dataclass(frozen=True)
class Limit:
    """One limit of one clause."""

    clause: str
    quantity: Quantity


def limits_by_parameter(clauses: tuple[LinkedClause, ...]) -> dict[str, list[Limit]]:
    """Every quantity of every clause, by parameter, in the order of the clauses."""
    limits: dict[str, list[Limit]] = defaultdict(list)
    for clause in clauses:
        for quantity in clause.entry.record.quantities:
            limits[quantity.parameter].append(Limit(clause.id, quantity))
    return dict(limits)


def compare_limits(clauses: tuple[LinkedClause, ...], parameters: Mapping[str, Parameter]) -> Iterator[Comparison]:
    """Stricter-than and conflicts-with between limits of different clauses.

    Two limits are comparable when they stand on the same parameter in the same unit, at the same sampling point or
    where one names none, and neither is a reported finding or a mere condition. Of a row of ever stricter limits only
    neighbours are compared: that 90 is stricter than 80 follows from 90 over 85 and 85 over 80.
    """
    for parameter, limits in sorted(limits_by_parameter(clauses).items()):
        if parameter in parameters:
            for group in _comparable(limits):
                yield from _stricter(group, parameters[parameter])
                yield from _conflicts(group, parameters[parameter])


def _comparable(limits: Iterable[Limit]) -> Iterator[list[Limit]]:
    """Groups of limits with one unit and one sampling point; a limit that names no point stands in every group."""
    units: dict[str, list[Limit]] = defaultdict(list)
    for limit in limits:
        if limit.quantity.sense not in ("reported", "condition") and limit.quantity.value is not None:
            units[limit.quantity.unit].append(limit)
    for _, group in sorted(units.items()):
        points = sorted({limit.quantity.at for limit in group if limit.quantity.at})
        if not points:
            yield group
        for point in points:
            yield [limit for limit in group if limit.quantity.at in (point, None)]


def _stricter(group: list[Limit], parameter: Parameter) -> Iterator[Comparison]:
    for side, stricter in ((LOWER, "higher"), (UPPER, "lower")):
        if parameter.stricter != stricter:
            continue
        rows: dict[float, list[Limit]] = defaultdict(list)
        for limit in group:
            if limit.quantity.relation in side and limit.quantity.value is not None:
                rows[limit.quantity.value].append(limit)
        for strict, loose in pairwise(sorted(rows, reverse=stricter == "higher")):
            for one, other in product(rows[strict], rows[loose]):
                if one.clause != other.clause:
                    why = f"{parameter.id}: {_say(one.quantity)} against {_say(other.quantity)}"
                    yield Comparison(one.clause, other.clause, "stricter-than", why)


def _conflicts(group: list[Limit], parameter: Parameter) -> Iterator[Comparison]:
    lower = [limit for limit in group if limit.quantity.relation in LOWER]
    upper = [limit for limit in group if limit.quantity.relation in UPPER]
    for low, high in product(lower, upper):
        if low.clause != high.clause and (low.quantity.value or 0) > (high.quantity.value or 0):
            why = f"{parameter.id}: {_say(low.quantity)} and {_say(high.quantity)} exclude each other"
            yield Comparison(low.clause, high.clause, "conflicts-with", why)


def _say(quantity: Quantity) -> str:
    return f"{quantity.relation} {quantity.value} {quantity.unit}"
