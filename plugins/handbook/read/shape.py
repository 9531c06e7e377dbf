"""Plain values to records: every failure of one file at once, each at its line and column."""

from __future__ import annotations

import typing
from functools import cache
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from handbook.marks import Marks
from handbook.problems import Code, Problem, did_you_mean

R = TypeVar("R", bound=BaseModel)

PLAIN = {
    "model_type": "expected a mapping of keys",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "dict_type": "expected a mapping of keys",
    "int_type": "expected a whole number",
    "float_type": "expected a number",
    "bool_type": "expected true or false",
    "int_parsing": "expected a whole number",
    "int_from_float": "expected a whole number",
}
BRANCHES = {"int", "float", "constrained-str", "str"}


def shape(kind: type[R], value: object, marks: Marks) -> tuple[R | None, list[Problem]]:
    """`value` as a record of `kind`, or None with every reason why it is none."""
    try:
        return kind.model_validate(value), []
    except ValidationError as error:
        return None, _problems(kind, error.errors(include_url=False), marks)


def shape_each(kind: type[R], values: object, marks: Marks) -> tuple[list[tuple[R, Marks]], list[Problem]]:
    """The good records of a list, each with its marks, and the problems of the bad ones."""
    if not isinstance(values, list):
        return [], [Problem(marks.at(), Code.SHAPE, "expected a list")]
    good: list[tuple[R, Marks]] = []
    problems: list[Problem] = []
    for index, value in enumerate(values):
        below = marks.below(index)
        record, found = shape(kind, value, below)
        problems += found
        if record is not None:
            good.append((record, below))
    return good, problems


def _problems(kind: type[BaseModel], errors: list[ErrorDetails], marks: Marks) -> list[Problem]:
    found: dict[tuple[object, ...], Problem] = {}
    for error in errors:
        loc = tuple(part for part in error["loc"] if not (isinstance(part, str) and part in BRANCHES))
        code, message = _say(kind, error, loc)
        at = loc[:-1] if code is Code.MISSING_KEY else loc
        found.setdefault(loc, Problem(marks.at(*at), code, message))
    return list(found.values())


def _say(kind: type[BaseModel], error: ErrorDetails, loc: tuple[int | str, ...]) -> tuple[Code, str]:
    name, given, sort = _name(loc), error.get("input"), error["type"]
    if sort == "extra_forbidden":
        return Code.UNKNOWN_KEY, f"unknown key '{name}'{did_you_mean(name, known_keys(kind))}"
    if sort == "missing":
        return Code.MISSING_KEY, f"key '{name}' is missing"
    if sort in ("string_type", "string_sub_type"):
        return Code.SHAPE, _text_wanted(name, given)
    if sort in ("literal_error", "enum"):
        expected = error.get("ctx", {}).get("expected", "")
        names = [part for part in expected.replace(" or ", ", ").replace("'", "").split(", ") if part]
        return Code.SHAPE, f"'{name}' cannot be '{given}'{did_you_mean(str(given), names)}: one of {', '.join(names)}"
    if sort in ("string_too_short", "string_pattern_mismatch"):
        return Code.SHAPE, _pattern(name, given)
    if sort in ("too_short", "too_long"):
        return Code.SHAPE, f"'{name}' has the wrong number of items: {_lower(error['msg'])}"
    return Code.SHAPE, f"'{name}': {PLAIN.get(sort) or _lower(error['msg'])}"


def _name(loc: tuple[int | str, ...]) -> str:
    """What a part is called: its key; for an item of a list the list's key and the item's number, from 1."""
    if not loc:
        return "record"
    return f"{_name(loc[:-1])}, item {loc[-1] + 1}" if isinstance(loc[-1], int) else loc[-1]


def _text_wanted(name: str, given: object) -> str:
    if isinstance(given, bool | int | float):
        sort = "truth value" if isinstance(given, bool) else "number"
        return f"'{name}' is read as the {sort} {given}: put it in quotes"
    return f"'{name}' must be text" if given is not None else f"'{name}' is empty"


def _pattern(name: str, given: object) -> str:
    if not str(given).strip():
        return f"'{name}' is empty"
    return f"'{name}' cannot be '{given}': lower-case letters, digits, dots and hyphens only"


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


@cache
def known_keys(kind: type[BaseModel]) -> frozenset[str]:
    """Every key that a record of `kind` or of a record inside it may have."""
    keys: set[str] = set()
    todo, seen = [kind], set[type[BaseModel]]()
    while todo:
        model = todo.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in model.model_fields.items():
            keys.add(name)
            todo += _models_in(field.annotation)
    return frozenset(keys)


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in typing.get_args(annotation) for model in _models_in(part)]
