"""Limits on one parameter, compared: which is stricter, and which exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
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
    where one names none, and neither is a reported finding.
    """
    for parameter, limits in sorted(limits_by_parameter(clauses).items()):
        if parameter not in parameters:
            continue
        for one, other in combinations([limit for limit in limits if limit.quantity.sense != "reported"], 2):
            if one.clause != other.clause and _comparable(one.quantity, other.quantity):
                yield from _compare(one, other, parameters[parameter])


def _comparable(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit and (one.at == other.at or not one.at or not other.at)


def _compare(one: Limit, other: Limit, parameter: Parameter) -> Iterator[Comparison]:
    a, b = one.quantity, other.quantity
    if a.value is None or b.value is None:
        return
    for side, stricter in ((LOWER, "higher"), (UPPER, "lower")):
        if a.relation in side and b.relation in side and parameter.stricter == stricter and a.value != b.value:
            first_is_stricter = (a.value > b.value) == (stricter == "higher")
            strict, loose = (one, other) if first_is_stricter else (other, one)
            why = f"{parameter.id}: {_say(strict.quantity)} against {_say(loose.quantity)}"
            yield Comparison(strict.clause, loose.clause, "stricter-than", why)
    for low, high in ((a, b), (b, a)):
        if low.relation in LOWER and high.relation in UPPER and (low.value or 0) > (high.value or 0):
            why = f"{parameter.id}: {_say(a)} and {_say(b)} exclude each other"
            yield Comparison(one.clause, other.clause, "conflicts-with", why)


def _say(quantity: Quantity) -> str:
    return f"{quantity.relation} {quantity.value} {quantity.unit}"
