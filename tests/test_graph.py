"""The graph: every relation once, typed and with its reason."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from builders import clause, document, project
from handbook.graph import Edge, edges_of
from handbook.pipeline import compile_handbook

LIMIT = {"parameter": "viability", "unit": "%", "at": "drug-product"}


def edges(root: Path) -> list[Edge]:
    return list(edges_of(compile_handbook(root).graph))


def two_documents(root: Path, first: dict[str, Any], second: dict[str, Any]) -> Path:
    files = {
        "content/beta/document.yml": document(
            id="beta",
            original={"file": "b.txt", "lines": [1, 10]},
            lineage=[{"relation": "draft_of", "to": "alpha", "basis": "corpus"}],
        ),
        "content/beta/01-requirements.yml": {"clauses": [second]},
    }
    return project(root, files, [first])


def test_edges_of_one_clause(tmp_path: Path) -> None:
    found = {
        (e.start, e.end, e.kind, e.origin) for e in edges(project(tmp_path, None, [clause(cites=[{"to": "cn-rules"}])]))
    }
    one = "alpha/1-viability.1"
    assert {
        ("alpha#1", "alpha", "part-of", "authored"),
        (one, "alpha#1", "part-of", "authored"),
        (one, "cn-rules", "cites", "authored"),
        (one, "drug-product", "uses-term", "matched"),
        (one, "viability-assay", "calls-for-test", "authored"),
        (one, "viability", "limits", "authored"),
    } <= found


def test_each_sampling_point_of_a_test_is_an_edge(tmp_path: Path) -> None:
    tests = [
        {"method": "viability-assay", "at": at, "need": need}
        for at, need in (("mcb", "conditional"), ("drug-product", "required"))
    ]
    calls = [
        edge.why for edge in edges(project(tmp_path, None, [clause(tests=tests)])) if edge.kind == "calls-for-test"
    ]
    assert calls == ["conditional at mcb", "required at drug-product"]


def test_the_stricter_limit_points_at_the_looser_one(tmp_path: Path) -> None:
    loose = clause(
        zh="成品制剂的存活率建议不低于80%。",
        en="The drug product should keep at least 80 % of its cells alive.",
        quantities=[LIMIT | {"relation": ">=", "value": 80}],
    )
    found = [edge for edge in edges(two_documents(tmp_path, clause(), loose)) if edge.kind == "stricter-than"]
    assert [(edge.start, edge.end) for edge in found] == [("alpha/1-viability.1", "beta/1-viability.1")]
    assert found[0].why == "viability: >= 85 % against >= 80 %"


def test_limits_that_exclude_each_other_conflict(tmp_path: Path) -> None:
    upper = clause(
        zh="成品制剂的存活率建议不超过80%。",
        en="The drug product should keep at most 80 % of its cells alive.",
        quantities=[LIMIT | {"relation": "<=", "value": 80}],
    )
    assert any(edge.kind == "conflicts-with" for edge in edges(two_documents(tmp_path, clause(), upper)))


def test_a_reported_figure_is_no_limit(tmp_path: Path) -> None:
    reported = clause(
        zh="成品制剂的存活率建议参考80%。",
        en="The drug product should look at 80 %.",
        quantities=[LIMIT | {"relation": ">=", "value": 80, "sense": "reported"}],
    )
    assert not any(e.kind == "stricter-than" for e in edges(two_documents(tmp_path, clause(), reported)))


def test_similar_clauses_and_drafts_are_related(tmp_path: Path) -> None:
    found = {edge.kind: edge for edge in edges(two_documents(tmp_path, clause(), clause()))}
    assert (found["revises"].start, found["revises"].end) == ("alpha", "beta")
    assert found["similar-to"].score is not None
    assert found["similar-to"].score > 0.9


def test_the_same_content_gives_the_same_edges_in_any_order_of_files(tmp_path: Path) -> None:
    rows = [clause(id=f"1-x.{n}") for n in range(9)]
    one = edges(project(tmp_path / "one", None, rows))
    files: dict[str, Any] = {"content/alpha/01-requirements.yml": None}
    names = [f"content/alpha/{n:02}-part.yml" for n in range(1, 10)]
    pairs = list(zip(names, rows, strict=True))
    random.Random(3).shuffle(pairs)
    other = edges(project(tmp_path / "other", files | {name: {"clauses": [row]} for name, row in pairs}))
    assert one == other
