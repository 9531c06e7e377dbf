"""Key figures of the graph: counted right, the same each time, and a map that names every document."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from bs4 import BeautifulSoup
from builders import clause, document, project
from handbook.centrality import key_figures
from handbook.network.bundle import graph_data
from handbook.pages import BuildFacts, render_pages
from handbook.pipeline import compile_handbook

ROOT = Path(__file__).parent.parent


@functools.cache
def real():
    return compile_handbook(ROOT)


def test_figures_of_a_small_handbook(tmp_path):
    cited = [{"to": "cn-rules"}]
    first = [clause(cites=cited), clause(id="1-viability.2", cites=[{"to": "beta"}, {"to": "alpha"}])]
    own = {"title": {"zh": "乙", "en": "Other"}, "original": {"file": "b.txt", "lines": [1, 10]}}
    beta = {
        "content/beta/document.yml": document(id="beta", **own),
        "content/beta/01-x.yml": {"clauses": [clause(cites=cited)]},
    }
    figures = key_figures(compile_handbook(project(tmp_path, beta, first)))
    assert [(row.id, row.documents, row.clauses) for row in figures.cited] == [("cn-rules", 2, 2), ("beta", 1, 1)]
    assert [(row.id, row.documents, row.clauses) for row in figures.used] == [("drug-product", 2, 3)]
    assert [(tie.first, tie.second) for tie in figures.ties] == [("alpha", "beta")]


def test_figures_are_the_same_each_time_and_bridges_join_documents():
    figures = key_figures(real())
    assert figures == key_figures(real())
    assert len(figures.bridges) == len(figures.cited) == len(figures.used) == 15
    assert all(row.documents >= 1 and 0 < row.share < 1 for row in figures.bridges)
    assert figures.cited[0].documents >= figures.cited[-1].documents > 1


def test_the_map_names_every_document_once():
    pages = render_pages(real(), ROOT / "site_templates", build=BuildFacts("1", "2026-01-01", False))
    for page in (one for one in pages if one.path == "network"):
        soup = BeautifulSoup(page.html, "html.parser")
        names = [link["href"] for link in soup.select("svg a")]
        assert len(names) == len(set(names)) == len(real().documents)
        assert len(soup.select("details table tbody tr")) == len(names)


def test_the_explorer_gets_every_relation():
    data = graph_data(real())
    edges = [data["edges"][at : at + 5] for at in range(0, len(data["edges"]), 5)]
    graph = real().graph
    heading = {name for name, kind in graph.nodes(data="kind") if kind == "heading"}
    expected = sum(
        1 for start, end, kind in graph.edges(data="kind") if kind != "part-of" and not {start, end} & heading
    )
    assert len(edges) == expected
    names = {node[0]: place for place, node in enumerate(data["nodes"])}
    start, end = names["cde-msc-pharm-2026-draft/4.3-activity.3"], names["cell-viability"]
    assert [start, end, data["kinds"].index("limits"), 0, 0] in edges
    assert json.loads(json.dumps(data)) == data
