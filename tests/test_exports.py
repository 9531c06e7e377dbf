"""The JSON export keeps its contract, and the schemas are those of the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import clause, project
from click.testing import CliRunner
from handbook.cli import main
from handbook.exports.json_export import export_json, exported
from handbook.pipeline import compile_handbook
from handbook.schemas import FOLDER, KINDS, stale_schemas
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parent.parent
CONTRACT = {
    "id", "document", "file", "lines", "heading", "type", "modality", "zh", "en", "quantities", "tests", "terms",
    "methods", "cites", "topics", "applies", "evidence", "url",
}  # fmt: skip


def schema(name: str) -> Draft202012Validator:
    value = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(value)
    return Draft202012Validator(value)


@pytest.fixture(scope="module")
def real() -> dict[str, Any]:
    return exported(compile_handbook(ROOT))


def test_the_committed_schemas_are_current() -> None:
    assert stale_schemas() == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_files_of_the_project_fit_their_schemas_and_name_them(kind: str) -> None:
    check = schema(kind)
    files = [
        path
        for path in ROOT.glob("*/**/*.yml")
        if path.is_relative_to(ROOT / "content") or path.is_relative_to(ROOT / "glossary")
    ]
    named = [
        path for path in files if f"/schemas/{kind}.schema.json" in path.read_text(encoding="utf-8").splitlines()[0]
    ]
    # Not every document has waivers or an earlier version, and no assessment belongs into the project.
    assert named or kind in ("coverage", "lineage", "probes", "assessment")
    for path in named:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        target = (path.parent / first.split("$schema=")[1]).resolve()
        assert target == (FOLDER / f"{kind}.schema.json").resolve(), path
        assert [error.message for error in check.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8")))] == []


def test_every_yaml_file_names_a_schema() -> None:
    files = [*(ROOT / "content").rglob("*.yml"), *(ROOT / "glossary").rglob("*.yml")]
    assert [
        path
        for path in files
        if "yaml-language-server: $schema=" not in path.read_text(encoding="utf-8").splitlines()[0]
    ] == []


def test_the_export_fits_its_schema(real: dict[str, Any]) -> None:
    errors = [f"{list(e.absolute_path)[:4]}: {e.message[:200]}" for e in schema("handbook-export").iter_errors(real)]
    assert errors[:5] == []


def test_every_clause_has_the_contract(real: dict[str, Any]) -> None:
    assert real["schema"] == 1
    assert real["clauses"]
    for one in real["clauses"]:
        assert one.keys() >= CONTRACT
        assert one["id"].startswith(one["document"] + "/")
        first, last = one["lines"]
        assert 1 <= first <= last


def test_every_end_of_an_edge_exists(real: dict[str, Any]) -> None:
    known = {
        record["id"]
        for kind in ("documents", "clauses", "terms", "methods", "parameters", "references")
        for record in real[kind]
    }
    known |= {f"{d['id']}#{heading['key']}" for d in real["documents"] for heading in d["headings"]}
    dangling = [edge for edge in real["edges"] if edge["from"] not in known or edge["to"] not in known]
    assert dangling == []
    assert {edge["kind"] for edge in real["edges"]} >= {
        "part-of",
        "cites",
        "defines",
        "uses-term",
        "calls-for-test",
        "limits",
        "similar-to",
        "stricter-than",
    }
    assert all(edge["why"] for edge in real["edges"])


def test_no_id_names_two_things(real: dict[str, Any]) -> None:
    seen: dict[str, str] = {}
    twice = []
    for kind in ("documents", "references", "terms", "methods", "parameters"):
        for record in real[kind]:
            if seen.setdefault(record["id"], kind) != kind:
                twice.append((record["id"], seen[record["id"]], kind))
    assert twice == []


def test_known_facts_of_the_four_documents(real: dict[str, Any]) -> None:
    """What an auditor would look up first, by clause: each was read in the original."""
    limits = {
        (one["document"], q["parameter"], q["relation"], q["value"])
        for one in real["clauses"]
        for q in one["quantities"]
    }
    draft, review = "cde-msc-pharm-2026-draft", "review-msc-commercial-production-2025"
    assert (draft, "cell-viability", ">=", 85) in limits
    assert (review, "cell-viability", ">=", 80) in limits
    assert (draft, "donor-test-interval", ">=", 90) in limits
    assert (draft, "vector-copy-number", "<", 5) in limits
    assert (draft, "vector-copy-number", "<", 10) in limits
    assert (draft, "sequencing-depth", ">=", 50) in limits
    assert any(one[:3] == (draft, "psc-assay-sensitivity", "<=") and one[3] == 1e-6 for one in limits)
    stricter = [(e["from"].split("/")[0], e["to"].split("/")[0]) for e in real["edges"] if e["kind"] == "stricter-than"]
    assert (draft, review) in stricter
    bank = {
        (test["method"], test["at"]): test["need"]
        for one in real["clauses"]
        if one["document"] == review and one["heading"] == "4.2.1-table-4"
        for test in one["tests"]
    }
    assert bank["virus-in-vivo-assay", "mcb"] == "required"
    assert bank["virus-in-vivo-assay", "wcb"] == "not-required"
    assert bank["virus-in-vivo-assay", "dcb"] == "required"
    assert bank["tumorigenicity-test", "mcb"] == "conditional"
    assert bank["biological-function-test", "mcb"] == "not-required"
    indicators = [
        one
        for one in real["clauses"]
        if one["document"] == "nhfpc-hsct-quality-indicators-2017" and one["type"] == "indicator"
    ]
    assert len(indicators) == 10
    assert all(any(q["formula"] for q in one["quantities"]) for one in indicators)


def test_the_command_writes_the_same_bytes_as_the_function(tmp_path: Path) -> None:
    root = project(tmp_path / "p", None, [clause()])
    target = tmp_path / "out.json"
    result = CliRunner().invoke(main, ["export", "json", "--root", str(root), "-o", str(target)])
    assert result.exit_code == 0, result.output
    assert target.read_text(encoding="utf-8") == export_json(compile_handbook(root))
