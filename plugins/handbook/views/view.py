"""A page before it is rendered: the same for both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from handbook.model import Text
from handbook.views.lookup import Group, Line

MOST_BYTES = 330_000


@dataclass(frozen=True)
class Stop:
    """An entry of a page's table of contents."""

    title: Text | None
    anchor: str
    level: int
    phrase: str | None = None


@dataclass(frozen=True)
class Step:
    """One step of the way from the home page to here; `title` may name a phrase instead of words."""

    path: str
    title: Text | None = None
    phrase: str | None = None


@dataclass(frozen=True)
class View:
    """A page: where it goes, which template shows it, and what that shows."""

    path: str
    template: str
    title: Text | None
    data: object
    phrase: str | None = None
    stops: tuple[Stop, ...] = ()
    steps: tuple[Step, ...] = ()
    bilingual: bool = False
    hide: tuple[str, ...] = ()


@dataclass(frozen=True)
class Portion:
    """A part of a long list: the groups on this page, and how many pages there are."""

    path: str
    number: int
    of: int
    base: str
    groups: tuple[Group, ...]


def portions(base: str, groups: Iterable[Group]) -> tuple[Portion, ...]:
    """The groups on as many pages as it takes to keep each one light; always at least one."""
    sheets: list[list[tuple[Group, Line]]] = [[]]
    used = 0
    for group in groups:
        for line in group.lines:
            if used + line.weight > MOST_BYTES and used:
                sheets.append([])
                used = 0
            sheets[-1].append((group, line))
            used += line.weight
    return tuple(
        Portion(base if number == 1 else f"{base}/{number}", number, len(sheets), base, tuple(_regrouped(sheet)))
        for number, sheet in enumerate(sheets, start=1)
    )


def _regrouped(sheet: list[tuple[Group, Line]]) -> Iterator[Group]:
    """The lines of one page in their groups; a group that began on an earlier page is marked."""
    for _, members in groupby(sheet, key=lambda pair: pair[0].document.id):
        pairs = list(members)
        group, lines = pairs[0][0], tuple(line for _, line in pairs)
        yield replace(group, lines=lines, continued=lines[0] is not group.lines[0])
