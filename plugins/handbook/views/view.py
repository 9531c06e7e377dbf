"""A page before it is rendered: the same for both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from handbook.model import Text
from handbook.views.lookup import Group

MOST_BYTES = 330_000


@dataclass(frozen=True)
class Stop:
    """An entry of a page's table of contents."""

    title: Text
    anchor: str
    level: int


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
    sheets: list[list[Group]] = [[]]
    room = MOST_BYTES
    for group in groups:
        for part, first in _parts(group, room):
            weight = sum(line.weight for line in part.lines)
            if not first or (weight > room and sheets[-1]):
                sheets.append([])
                room = MOST_BYTES
            sheets[-1].append(part)
            room -= weight
    count = len(sheets)
    return tuple(
        Portion(base if number == 1 else f"{base}/{number}", number, count, base, tuple(sheet))
        for number, sheet in enumerate(sheets, start=1)
    )


def _parts(group: Group, room: int) -> Iterator[tuple[Group, bool]]:
    """A group cut so that its first part fits into `room` (or on a fresh page) and each other one on a page."""
    total = sum(line.weight for line in group.lines)
    room = room if total <= room or room > MOST_BYTES // 3 else MOST_BYTES
    start, used, first = 0, 0, True
    for end, line in enumerate(group.lines):
        if used + line.weight > room and end > start:
            yield replace(group, lines=group.lines[start:end], continued=not first), first
            start, used, room, first = end, 0, MOST_BYTES, False
        used += line.weight
    yield replace(group, lines=group.lines[start:], continued=not first), first
