"""Figures in one unit: UCUM codes are read by ucumvert and converted by pint.

UCUM takes what stands in braces for a remark and drops it, so that {cells}/mL and {spheres}/mL would be one unit.
Here the remark counts: two units are convertible only when they count the same things.
"""

from __future__ import annotations

import re
from functools import cache

from pint import DimensionalityError
from ucumvert import PintUcumRegistry

ANNOTATION = re.compile(r"(^|[/.(])?\{([^}]*)\}")
DIGITS = 12  # enough for every printed figure, few enough to drop what binary fractions add


def convert(value: float, unit: str, to: str) -> float | None:
    """`value` in the unit `to`; None when the units measure or count different things.

    A month is a twelfth of a year and a year 365.25 days, as UCUM has it.
    """
    if unit == to:
        return value
    if things(unit) != things(to):
        return None
    registry = _registry()
    source, target = registry.from_ucum(_bare(unit)), registry.from_ucum(_bare(to))
    try:
        if source.units == target.units:
            return value
        converted = registry.Quantity(value * source.magnitude, source.units).to(target.units).magnitude
    except DimensionalityError:
        return None
    return float(f"{float(converted) / float(target.magnitude):.{DIGITS}g}")


def convertible(unit: str, to: str) -> bool:
    """Whether figures in `unit` can be given in `to`."""
    return convert(1, unit, to) is not None


def things(unit: str) -> tuple[str, ...]:
    """What a unit counts, by its remarks in braces: {copies}/{cell} counts copies and cells."""
    return tuple(match.group(2) for match in ANNOTATION.finditer(unit))


def _bare(unit: str) -> str:
    """The code without remarks: a remark alone is the number one."""
    return ANNOTATION.sub(lambda match: "" if match.group(1) is None else f"{match.group(1)}1", unit)


@cache
def _registry() -> PintUcumRegistry:
    return PintUcumRegistry()
