"""Finds the column of line numbers that a consultation draft carries at one edge of its lines.

A column is known by its sequence, not by its place: every number follows that of the line before, whether it is
set apart, glued to a word or glued to a figure ("…201773" is 2017 and line 73). It may begin at any number and
may begin again at 1 on every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Edge = Literal["leading", "trailing"]

_MOST_GAP = 3  # numbers that may be lost between two lines
_LEAST_SHARE = 0.5  # of the lines that must carry a number before it is a column


def find_column(lines: Sequence[str]) -> tuple[Edge, dict[int, str]] | None:
    """Which edge of `lines` carries a column, and the number of every line (by index) that has one."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    best: tuple[Edge, dict[int, str]] | None = None
    for edge in ("trailing", "leading"):
        texts = [lines[index].strip() for index in filled]
        if edge == "leading":
            texts = [_first_token(text) for text in texts]
        for start in _starts(texts):
            found = _follow(texts, start)
            if len(found) >= max(5, _LEAST_SHARE * len(filled)) and (best is None or len(found) > len(best[1])):
                best = (edge, {filled[index]: number for index, number in found.items()})
    return best


def _first_token(text: str) -> str:
    """The leading number of a line if one stands there by itself: only such can belong to a leading column."""
    token = text.split(maxsplit=1)[0]
    return token if token.isdigit() else ""


def _starts(texts: Sequence[str]) -> list[int]:
    """The numbers with which a column could begin: the digits at the edge of the first lines, cut at any place."""
    starts: list[int] = []
    for text in texts[:12]:
        digits = text[len(text.rstrip("0123456789")) :]
        starts += [int(digits[cut:]) for cut in range(len(digits)) if digits[cut] != "0" and len(digits) - cut <= 4]
    return list(dict.fromkeys(starts))


def _follow(texts: Sequence[str], start: int) -> dict[int, str]:
    found: dict[int, str] = {}
    expected = start
    for index, text in enumerate(texts):
        number = _next_number(texts, index, expected, started=bool(found))
        if number is not None and text:
            found[index] = str(number)
            expected = number + 1
    return _without_false_start(found)


def _without_false_start(found: dict[int, str]) -> dict[int, str]:
    """Drops a first number that the second does not follow: a date on a cover, the page of a contents entry."""
    first, second, *_ = (*found.items(), (0, ""), (0, ""))
    if second[1] and int(second[1]) != int(first[1]) + 1:
        return {index: number for index, number in found.items() if index != first[0]}
    return found


def _next_number(texts: Sequence[str], index: int, expected: int, *, started: bool) -> int | None:
    text = texts[index]
    if text.endswith(str(expected)):
        return expected
    if not started or not text or not text[-1].isdigit():
        return None
    following = texts[index + 1 : index + 6]
    candidates: list[int] = [*range(expected + 1, expected + 1 + _MOST_GAP), 1]
    for number in candidates:
        confirmed = any(other.endswith(str(number + 1)) for other in following)
        if text.endswith(str(number)) and not text[: -len(str(number))][-1:].isdigit() and confirmed:
            return number
    return None
