"""Key figures of the graph: what is cited and used most, which clauses join documents, how documents hang together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx

from handbook.pipeline import Handbook

MOST = 15
PIVOTS = 150
JOINING = ("similar-to", "differs-from", "stricter-than", "conflicts-with")
BETWEEN = ("cites", "similar-to", "differs-from", "revises", "supersedes", "stricter-than", "conflicts-with")


@dataclass(frozen=True)
class Figure:
    """A node with the number of clauses and of documents that point to it."""

    id: str
    clauses: int
    documents: int


@dataclass(frozen=True)
class Bridge:
    """A clause on many of the shortest ways between other clauses; `share` of them, from 0 to 1."""

    id: str
    share: float
    documents: int


@dataclass(frozen=True)
class Tie:
    """How much joins two documents: edges between their clauses, or between themselves."""

    first: str
    second: str
    weight: int


@dataclass(frozen=True)
class KeyFigures:
    """All key figures, the largest first."""

    cited: tuple[Figure, ...]
    used: tuple[Figure, ...]
    bridges: tuple[Bridge, ...]
    ties: tuple[Tie, ...]


def key_figures(handbook: Handbook) -> KeyFigures:
    """The key figures of a handbook; the same for the same content."""
    return KeyFigures(_cited(handbook), _used(handbook), _bridges(handbook), _ties(handbook))


def _edges(handbook: Handbook) -> Iterator[tuple[str, str, str]]:
    for start, end, data in handbook.graph.edges(data=True):
        yield start, end, data["kind"]


def _cited(handbook: Handbook) -> tuple[Figure, ...]:
    """Works by the documents that cite them; a cited clause counts as its document, a document's own as nothing."""
    found: dict[str, set[str]] = defaultdict(set)
    for start, end, kind in _edges(handbook):
        if kind == "cites":
            work = end.split("/")[0]
            if start.split("/")[0] != work:
                found[work].add(start)
    return _ranked(found)


def _used(handbook: Handbook) -> tuple[Figure, ...]:
    """Terms by the clauses that use them."""
    found: dict[str, set[str]] = defaultdict(set)
    for start, end, kind in _edges(handbook):
        if kind == "uses-term":
            found[end].add(start)
    return _ranked(found)


def _ranked(found: dict[str, set[str]]) -> tuple[Figure, ...]:
    rows = [Figure(name, len(ids), len({one.split("/")[0] for one in ids})) for name, ids in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row.documents, -row.clauses, row.id))[:MOST])


def _bridges(handbook: Handbook) -> tuple[Bridge, ...]:
    """Betweenness (Brandes 2001, from a fixed sample of pivots) among clauses joined by likeness or difference."""
    joined: nx.Graph[str] = nx.Graph()
    joined.add_edges_from(sorted((start, end) for start, end, kind in _edges(handbook) if kind in JOINING))
    if not joined:
        return ()
    share = nx.betweenness_centrality(joined, k=min(PIVOTS, len(joined)), seed=1)
    best = sorted(share, key=lambda name: (-share[name], name))[:MOST]
    return tuple(
        Bridge(name, share[name], len({other.split("/")[0] for other in joined[name]} - {name.split("/")[0]}))
        for name in best
        if share[name] > 0
    )


def _ties(handbook: Handbook) -> tuple[Tie, ...]:
    """Pairs of documents with the number of edges between them, whichever way these go."""
    weights: Counter[tuple[str, str]] = Counter()
    for start, end, kind in _edges(handbook):
        one, other = start.split("/")[0], end.split("/")[0]
        if kind in BETWEEN and one != other and one in handbook.documents and other in handbook.documents:
            weights[min(one, other), max(one, other)] += 1
    return tuple(Tie(*pair, weight) for pair, weight in sorted(weights.items(), key=lambda row: (-row[1], row[0])))
