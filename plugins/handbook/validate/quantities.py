"""Quantities: units are UCUM, and relation and value make sense together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lark import Lark
from lark.exceptions import LarkError
from ucumvert import get_ucum_parser

from handbook.corpus import Corpus
from handbook.model import Quantity
from handbook.problems import Code, Place, Problem, did_you_mean

FREQUENT = (
    "%", "1", "d", "h", "min", "mo", "a", "wk", "Cel", "um", "mm", "mL", "L", "ug", "mg", "g", "kg", "mosm/kg",
    "10*9/L", "10*6/kg", "{copies}/{cell}", "{cells}/{dose}", "{X}", "[EU]/mL", "[ppm]",
)  # fmt: skip
PLAIN_WORDS = {"day": "d", "days": "d", "year": "a", "years": "a", "month": "mo", "months": "mo", "week": "wk",
               "weeks": "wk", "hour": "h", "hours": "h", "°C": "Cel", "℃": "Cel", "C": "Cel", "µm": "um", "μm": "um",
               "ppm": "[ppm]", "EU/mL": "[EU]/mL", "copies/cell": "{copies}/{cell}", "X": "{X}", "x": "{X}",
               "mOsmol/kg": "mosm/kg"}  # fmt: skip


@cache
def is_ucum(unit: str) -> bool:
    """Whether `unit` is a valid UCUM code (case-sensitive)."""
    try:
        _parser().parse(unit)
    except LarkError:
        return False
    return True


@cache
def _parser() -> Lark:
    parser: Lark = get_ucum_parser()
    return parser


def units(corpus: Corpus) -> Iterator[Problem]:
    """Units of clauses and parameters that are not UCUM."""
    for entry in corpus.clauses:
        for number, quantity in enumerate(entry.record.quantities):
            if not is_ucum(quantity.unit):
                yield _unit(entry.at("quantities", number, "unit"), quantity.unit)
    for parameter in corpus.parameters:
        if not is_ucum(parameter.record.unit):
            yield _unit(parameter.at("unit"), parameter.record.unit)


def _unit(place: Place, unit: str) -> Problem:
    plain = PLAIN_WORDS.get(unit)
    hint = f" (did you mean '{plain}'?)" if plain else did_you_mean(unit, FREQUENT)
    return Problem(place, Code.UNIT, f"unit '{unit}' is not UCUM{hint}")


def relations(corpus: Corpus) -> Iterator[Problem]:
    """Relation and value that do not fit: a range without ends, an empty range, two values …"""
    for entry in corpus.clauses:
        for number, quantity in enumerate(entry.record.quantities):
            for key, message in _nonsense(quantity):
                yield Problem(entry.at("quantities", number, key), Code.QUANTITY, message)


def _nonsense(quantity: Quantity) -> Iterator[tuple[str, str]]:
    if quantity.relation == "range":
        if quantity.low is None or quantity.high is None:
            yield "relation", "a range needs low and high"
        elif quantity.low >= quantity.high:
            yield "low", f"the range {quantity.low} to {quantity.high} is empty"
        if quantity.value is not None or quantity.formula:
            yield "relation", "a range takes low and high, not value or formula"
        return
    if quantity.low is not None or quantity.high is not None:
        yield "relation", f"relation '{quantity.relation}' takes value, not low and high"
    if quantity.formula and quantity.relation != "=":
        yield "formula", "a formula takes the relation '='"
    if (quantity.value is None) == (quantity.formula is None):
        yield (
            "relation",
            f"relation '{quantity.relation}' needs a value"
            + (" or a formula, not both" if quantity.relation == "=" else ""),
        )
    if quantity.unit == "%" and quantity.relation in (">", ">=") and (quantity.value or 0) > 100:
        yield "value", f"{quantity.relation} {quantity.value} % cannot be met"
