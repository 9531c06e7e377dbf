"""Families: lineage and hierarchies have no cycles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import networkx as nx

from handbook.corpus import Corpus, Entry
from handbook.model import Record
from handbook.problems import Code, Place, Problem

OLDER_TO_NEWER = {"draft_of": False, "supersedes": True, "superseded_by": False}


def lineage_cycles(corpus: Corpus) -> Iterator[Problem]:
    """A document that would succeed, or be part of, itself."""
    succession, parts = _Links(), _Links()
    for document in corpus.documents:
        for number, link in enumerate(document.record.lineage):
            place = document.at("lineage", number, "to")
            if link.relation in OLDER_TO_NEWER:
                older_first = OLDER_TO_NEWER[link.relation]
                pair = (link.to, document.record.id) if older_first else (document.record.id, link.to)
                succession.add(*pair, place)
            elif link.relation in ("part_of", "interprets"):
                parts.add(document.record.id, link.to, place)
    for entry in corpus.references:
        if entry.record.superseded_by:
            succession.add(entry.record.id, entry.record.superseded_by, entry.at("superseded_by"))
    yield from succession.cycles("lineage", Code.LINEAGE)
    yield from parts.cycles("lineage", Code.LINEAGE)


def hierarchy_cycles(corpus: Corpus) -> Iterator[Problem]:
    """A concept or facet that would be broader than itself."""
    groups: list[Iterable[Entry[Record]]] = [corpus.terms, corpus.methods, corpus.parameters, *corpus.facets.values()]
    for group in groups:
        links = _Links()
        for entry in group:
            broader = getattr(entry.record, "broader")  # noqa: B009 - Record itself has none
            for parent in (broader,) if isinstance(broader, str) else broader or ():
                links.add(getattr(entry.record, "id"), parent, entry.at("broader"))  # noqa: B009
        yield from links.cycles("broader", Code.HIERARCHY)


class _Links:
    """Directed links, each with the place where it was written."""

    def __init__(self) -> None:
        self.graph: nx.DiGraph[str] = nx.DiGraph()
        self.places: dict[tuple[str, str], Place] = {}

    def add(self, start: str, end: str, place: Place) -> None:
        self.graph.add_edge(start, end)
        self.places.setdefault((start, end), place)

    def cycles(self, what: str, code: Code) -> Iterator[Problem]:
        for component in nx.strongly_connected_components(self.graph):
            start = min(component)
            if len(component) == 1 and not self.graph.has_edge(start, start):
                continue
            ring = [edge[0] for edge in nx.find_cycle(self.graph.subgraph(component), start)]
            place = min(self.places[edge] for edge in self.graph.subgraph(component).edges)
            yield Problem(place, code, f"{what} goes in a circle: {' → '.join([*ring, ring[0]])}")
