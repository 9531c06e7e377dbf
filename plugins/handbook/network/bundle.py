"""The graph as the explorer loads it: nodes and edges in columns, packed, and its script."""

from __future__ import annotations

from typing import Any, get_args

from handbook.bundles import bundle
from handbook.graph import EdgeKind, Origin, edges_of
from handbook.packing import packed, script
from handbook.pipeline import Handbook
from handbook.views.links import Places

KINDS: tuple[str, ...] = tuple(kind for kind in get_args(EdgeKind) if kind != "part-of")
ORIGINS: tuple[str, ...] = get_args(Origin)
SHOWN = ("clause", "term", "method", "parameter", "reference", "document")


def graph_data(handbook: Handbook) -> dict[str, Any]:
    """Nodes [id, kind, label zh, label en, page, anchor] without headings, edges as numbers without `part-of`.

    `edges` holds, in turn, the places of start, end, kind, origin and the likeness in hundredths (0: none).
    """
    places = Places(handbook)
    nodes: list[list[Any]] = []
    at: dict[str, int] = {}
    for name, data in handbook.graph.nodes(data=True):
        kind: str = data["kind"]
        if kind not in SHOWN:
            continue
        ref = places.of(kind, name)
        record = handbook.by_id[name].entry.record if kind == "clause" else None
        label = (record.zh, record.en) if record else (ref.label.zh, ref.label.en)
        at[name] = len(nodes)
        nodes.append([name, SHOWN.index(kind), _short(label[0], 40), _short(label[1], 70), ref.path, ref.anchor or ""])
    flat: list[int] = []
    for edge in edges_of(handbook.graph):
        if edge.kind in KINDS and edge.start in at and edge.end in at:
            score = round(100 * edge.score) if edge.score is not None else 0
            flat += (at[edge.start], at[edge.end], KINDS.index(edge.kind), ORIGINS.index(edge.origin), score)
    return {"kinds": list(KINDS), "records": list(SHOWN), "origins": list(ORIGINS), "nodes": nodes, "edges": flat}


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def graph_files(handbook: Handbook, edition: str) -> dict[str, str]:
    """Path in the site to text."""
    return {
        "app/graph.js": bundle("graph"),
        "graph/data.js": f"const handbookGraph = {script(packed(graph_data(handbook), edition))}\n",
    }
