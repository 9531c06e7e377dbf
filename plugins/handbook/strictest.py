"""The strictest limit on a parameter: of what binds first, and of what only guides or informs where it asks more.

A paper or a draft is never the strictest rule: each binding force has a strictest of its own, and one without binding
force is named only where it asks more than what binds. Limits meet in one contest when they hold at one sampling point
for products of one family; a limit that names no point stands in every contest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from handbook.force import Force
from handbook.limits import Obstacle, Row, Subject, judge, kinship

FORCES = tuple(Force)


@dataclass(frozen=True)
class Best:
    """The strictest rows of one binding force, all asking the same; `conditional`: they hold under a condition only.

    A limit that holds without condition is named even where another asks more under a condition.
    """

    force: Force
    conditional: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Contest:
    """The limits that meet at one sampling point (None: no point is named), and the strictest of them by force."""

    at: str | None
    rows: tuple[Row, ...]
    best: tuple[Best, ...]

    @property
    def documents(self) -> int:
        """How many documents set limits here."""
        return len({row.document.id for row in self.rows})

    @property
    def bound(self) -> bool:
        """Whether something that binds sets a limit here."""
        return any(row.force is Force.BINDING for row in self.rows)


@dataclass(frozen=True)
class Standing:
    """A row in its parameter: what it is the strictest of, and why it can be compared with no other document.

    `apart` holds the row's own obstacles or, where it has none, what keeps it apart from the limits of every other
    document; `alone`: no other document sets a limit at all.
    """

    row: Row
    marks: tuple[Best, ...]
    apart: tuple[Obstacle, ...]
    alone: bool


def contests(subject: Subject) -> tuple[Contest, ...]:
    """The contests of a parameter: by sampling point in alphabetical order, within it by scope."""
    able = [row for row in subject.rows if not row.obstacles and not row.example]
    points: list[str | None] = [*sorted({row.quantity.at for row in able if row.quantity.at})]
    return tuple(
        Contest(point, rows, tuple(_best(rows)))
        for point in points or [None]
        for rows in _by_scope([row for row in able if row.quantity.at in (point, None)])
    )


def _by_scope(rows: list[Row]) -> Iterator[tuple[Row, ...]]:
    """Rows in groups whose scopes do not exclude each other, directly or through a third."""
    kin: nx.Graph[int] = nx.Graph()
    first: dict[tuple[frozenset[tuple[str, ...]], ...], int] = {}
    for number, row in enumerate(rows):
        kin.add_edge(number, first.setdefault(row.scope, number))
    for number in first.values():
        kin.add_edges_from((number, other) for other in first.values() if kinship(rows[number], rows[other])[0])
    for group in sorted(nx.connected_components(kin), key=min):
        yield tuple(rows[number] for number in sorted(group))


def _best(rows: tuple[Row, ...]) -> Iterator[Best]:
    binding = max((asked(row) for row in rows if row.force is Force.BINDING), default=None)
    for force in FORCES:
        own = [row for row in rows if row.force is force]
        free = _foremost(row for row in own if not row.quantity.condition)
        tied = _foremost(row for row in own if row.quantity.condition)
        if tied and free and asked(tied[0]) <= asked(free[0]):
            tied = ()
        for conditional, found in ((False, free), (True, tied)):
            if found and (force is Force.BINDING or binding is None or asked(found[0]) > binding):
                yield Best(force, conditional, found)


def _foremost(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows that ask most."""
    found = tuple(rows)
    most = max((asked(row) for row in found), default=None)
    return tuple(row for row in found if asked(row) == most)


def asked(row: Row) -> tuple[float, bool]:
    """How much a row asks; only of rows that can be compared."""
    assert row.strictness is not None, f"{row.clause} asks nothing on the strict side"
    return row.strictness


def standings(subject: Subject) -> tuple[Standing, ...]:
    """Every row of a parameter with its marks and, where it can be compared with nothing, the reasons.

    A row is marked only where at least two documents meet: one alone is the strictest of nothing.
    """
    marks: dict[int, list[Best]] = defaultdict(list)
    for contest in contests(subject):
        for best in contest.best if contest.documents > 1 else ():
            for row in best.rows:
                if best not in marks[id(row)]:
                    marks[id(row)].append(best)
    able = [row for row in subject.rows if not row.obstacles]
    return tuple(_standing(row, tuple(marks[id(row)]), able) for row in subject.rows)


def _standing(row: Row, marks: tuple[Best, ...], able: list[Row]) -> Standing:
    if row.obstacles:
        return Standing(row, marks, row.obstacles, alone=False)
    verdicts = [judge(row, other) for other in able if other.document.id != row.document.id]
    if not verdicts or any(verdict.comparable for verdict in verdicts):
        return Standing(row, marks, (), alone=not verdicts)
    apart = {obstacle for verdict in verdicts for obstacle in verdict.obstacles}
    return Standing(row, marks, tuple(obstacle for obstacle in Obstacle if obstacle in apart), alone=False)
