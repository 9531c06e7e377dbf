"""The graph page: a map of the documents, key figures, and what the explorer of neighbourhoods says."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from handbook.centrality import key_figures
from handbook.force import Force
from handbook.graph import EdgeKind
from handbook.model import Text
from handbook.views.links import Ref
from handbook.views.lookup import Line, Lookup
from handbook.views.view import Step, Stop, View

SIDE, RADIUS, MIDDLE = 1000.0, 300.0, 500.0
LEAST = 3  # edges that a line of the map stands for
RECORDS = ("clause", "term", "method", "parameter", "reference", "document")
KINDS: tuple[str, ...] = tuple(kind for kind in get_args(EdgeKind) if kind != "part-of")
SAID = ("opening", "failed", "find", "none", "node", "open", "more", "out", "in", "filters", "drawing", "lead", "begin")


@dataclass(frozen=True)
class Spot:
    """A document on the map; `turn` is the angle of its label in degrees, `flip` says that it is read from outside."""

    ref: Ref
    short: Text
    force: Force
    clauses: int
    x: float
    y: float
    r: float
    turn: float
    flip: bool
    near: tuple[tuple[Ref, Text, int], ...]


@dataclass(frozen=True)
class Arc:
    """A line between two documents, bent towards the middle."""

    d: str
    width: float


@dataclass(frozen=True)
class Counted:
    """A row of a table of key figures."""

    ref: Ref
    clauses: int
    documents: int


@dataclass(frozen=True)
class Bridging:
    """A clause that joins documents."""

    line: Line
    short: Text
    share: float
    documents: int


@dataclass(frozen=True)
class NetworkPage:
    """Everything on the page."""

    spots: tuple[Spot, ...]
    arcs: tuple[Arc, ...]
    cited: tuple[Counted, ...]
    used: tuple[Counted, ...]
    bridges: tuple[Bridging, ...]
    words: dict[str, str]


def network_views(lookup: Lookup) -> Iterator[View]:
    """The page `network`."""
    figures = key_figures(lookup.handbook)
    near: dict[str, list[tuple[str, int]]] = {name: [] for name in lookup.documents}
    for tie in figures.ties:
        near[tie.first].append((tie.second, tie.weight))
        near[tie.second].append((tie.first, tie.weight))
    spots = tuple(_spots(lookup, near))
    at = {spot.ref.id: spot for spot in spots}
    arcs = tuple(_arc(at[tie.first], at[tie.second], tie.weight) for tie in figures.ties if tie.weight >= LEAST)
    words = {name: f"network.{name}" for name in SAID}
    words |= {f"edge.{kind}": f"edge.{kind}" for kind in KINDS}
    words |= {f"record.{name}": f"search.record.{name}" for name in RECORDS}
    words |= {f"origin.{name}": f"network.origin.{name}" for name in ("authored", "matched", "computed")}
    page = NetworkPage(
        spots,
        arcs,
        tuple(_counted(row.id, row.clauses, row.documents, lookup) for row in figures.cited),
        tuple(_counted(row.id, row.clauses, row.documents, lookup) for row in figures.used),
        tuple(
            Bridging(lookup.lines[row.id], lookup.documents[lookup.document_of(row.id)].short, row.share, row.documents)
            for row in figures.bridges
        ),
        words,
    )
    yield View(
        path="network",
        template="network.html",
        title=None,
        phrase="nav.network",
        data=page,
        stops=tuple(
            Stop(None, anchor, 2, phrase=f"network.{name}")
            for anchor, name in (("_explore", "explore"), ("_map", "map"), ("_figures", "figures"))
        ),
        steps=(Step("", phrase="nav.home"),),
        hide=("navigation",),
    )


def _counted(name: str, clauses: int, documents: int, lookup: Lookup) -> Counted:
    ref = lookup.places.find("term", name) or lookup.places.work(name)
    assert ref is not None, name
    return Counted(ref, clauses, documents)


def _spots(lookup: Lookup, near: dict[str, list[tuple[str, int]]]) -> Iterator[Spot]:
    """Documents on a circle, what binds first, from the top and with the clock."""
    names = sorted(lookup.documents, key=lookup.rank.__getitem__)
    for place, name in enumerate(names):
        angle = 2 * math.pi * place / max(1, len(names)) - math.pi / 2
        clauses = len(lookup.handbook.by_document[name])
        degrees = math.degrees(angle)
        yield Spot(
            lookup.places.of("document", name),
            lookup.documents[name].short,
            lookup.forces[name],
            clauses,
            round(MIDDLE + RADIUS * math.cos(angle), 1),
            round(MIDDLE + RADIUS * math.sin(angle), 1),
            round(3 + math.sqrt(clauses) / 2.2, 1),
            round(degrees, 1),
            math.cos(angle) < -1e-9,
            tuple(
                (lookup.places.of("document", other), lookup.documents[other].short, weight)
                for other, weight in near[name][:6]
            ),
        )


def _arc(one: Spot, other: Spot, weight: int) -> Arc:
    """A quadratic curve whose handle lies between the chord and the middle."""
    x, y = ((one.x + other.x) / 2 + MIDDLE) / 2, ((one.y + other.y) / 2 + MIDDLE) / 2
    return Arc(f"M{one.x},{one.y}Q{x:.1f},{y:.1f} {other.x},{other.y}", round(min(9.0, 0.5 + math.sqrt(weight) / 2), 1))
