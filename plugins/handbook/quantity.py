"""Quantities of clauses: the figures that they state, and how they read in one line."""

from __future__ import annotations

import re
from decimal import Decimal

from handbook.model import Quantity

POWER = re.compile(r"^10\*(\d+)")


def stated(quantity: Quantity) -> tuple[frozenset[Decimal], ...]:
    """Each figure of a quantity as the set of numbers that a text may print for it.

    A figure with a unit such as 10*9/L may stand as 0.5 (×10⁹/L) or as the whole number, 500 000 000 per litre.
    """
    given = (quantity.value, quantity.low, quantity.high)
    power = POWER.match(quantity.unit)
    factors = (Decimal(1), Decimal(10) ** int(power.group(1))) if power else (Decimal(1),)
    return tuple(
        frozenset((Decimal(str(number)) * factor).normalize() for factor in factors)
        for number in given
        if number is not None
    )


def numbers(quantity: Quantity) -> frozenset[Decimal]:
    """Every number that may stand for a figure of the quantity, the factor of its formula included."""
    factor = {Decimal(str(quantity.formula.factor)).normalize()} if quantity.formula else set()
    return frozenset(number for figure in stated(quantity) for number in figure) | factor


def say_quantity(quantity: Quantity) -> str:
    """A quantity in one line: relation, value, unit, sampling point."""
    at = f" at {quantity.at}" if quantity.at else ""
    if quantity.formula:
        return f"formula, {quantity.unit}{at}"
    if quantity.relation == "range":
        return f"{quantity.low} to {quantity.high} {quantity.unit}{at} ({quantity.sense})"
    return f"{quantity.relation} {quantity.value} {quantity.unit}{at} ({quantity.sense})"
