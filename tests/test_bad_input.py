"""Everything that an author can get wrong is named with file, line, column and a cure."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import REFERENCES, TERMS, clause, document, project
from click.testing import CliRunner
from handbook.cli import main
from handbook.pipeline import compile_handbook
from handbook.problems import HandbookError
from hypothesis import given, settings
from hypothesis import strategies as st

CLAUSES = "content/alpha/01-requirements.yml"
PLACE = re.compile(r"^[\w./-]+:\d+:\d+: ")


def messages(root: Path, *, strict: bool = False) -> list[str]:
    try:
        compile_handbook(root, strict=strict)
    except HandbookError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_the_sample_is_clean(tmp_path: Path) -> None:
    assert messages(project(tmp_path), strict=True) == []


QUANTITY = {"parameter": "viability", "relation": ">=", "value": 85, "unit": "%", "at": "drug-product"}

BAD_CLAUSES: list[tuple[str, dict[str, Any], str]] = [
    ("unknown key", {"topiks": ["x"]}, "unknown key 'topiks' (did you mean 'topics'?)"),
    ("missing key", {"topics": None}, "key 'topics' is missing"),
    ("no topic", {"topics": []}, "'topics' has the wrong number of items"),
    ("wrong type", {"lines": "2-4"}, "'lines': expected a list"),
    ("lines not whole", {"lines": [2, 3.5]}, "'lines, item 2': expected a whole number"),
    ("one line", {"lines": [2]}, "key 'lines, item 2' is missing"),
    ("three lines", {"lines": [2, 3, 4]}, "'lines' has the wrong number of items"),
    ("unknown heading", {"heading": "11"}, "unknown heading '11'"),
    ("unknown topic", {"topics": ["cell-viabilty"]}, "unknown topic 'cell-viabilty' (did you mean 'cell-viability'?)"),
    ("unknown term", {"terms": ["drug-produkt"]}, "unknown term 'drug-produkt' (did you mean 'drug-product'?)"),
    ("unknown evidence", {"evidence": ["test-reports"]}, "(did you mean 'test-report'?)"),
    ("unknown method", {"tests": [{"method": "viabilty-assay"}]}, "unknown method 'viabilty-assay' (did you mean"),
    ("unknown point", {"tests": [{"method": "viability-assay", "at": "mbc"}]}, "unknown sampling point 'mbc'"),
    ("unknown need", {"tests": [{"method": "viability-assay", "need": "requird"}]}, "(did you mean 'required'?)"),
    (
        "unknown work",
        {"cites": [{"to": "cn-rule"}]},
        "unknown document or reference 'cn-rule' (did you mean 'cn-rules'?)",
    ),
    ("unknown part", {"cites": [{"to": "cn-rules", "part": "0243"}]}, "lists no part '0243' (did you mean '0234'?)"),
    (
        "part as number",
        {"cites": [{"to": "cn-rules", "part": 234}]},
        "'part' is read as the number 234: put it in quotes",
    ),
    ("number as float", {"number": 1.10}, "'number' is read as the number 1.1: put it in quotes"),
    ("unknown facet", {"applies": {"products": ["mcs"]}}, "unknown product 'mcs' (did you mean 'msc'?)"),
    ("reversed lines", {"lines": [4, 2]}, "lines 4-2 are reversed"),
    ("lines outside", {"lines": [4, 8]}, "outside heading '1' (2-6)"),
    ("lines from nought", {"lines": [0, 2]}, "counted from 1"),
    ("empty zh", {"zh": " "}, "'zh' is empty"),
    ("missing en", {"en": None}, "key 'en' is missing"),
    ("zh in en", {"en": "成品存活率 should be 85 %"}, "Chinese text in an English field"),
    ("en in zh", {"zh": "The drug product should be at least 85 %."}, "no Chinese text in a Chinese field"),
    ("unknown cue", {"cue": "建意"}, "unknown cue '建意' (did you mean"),
    ("cue disagrees", {"cue": "应"}, "cue '应' means 'shall', but the modality is 'should'"),
    ("cue missing", {"cue": None}, "without a cue"),
    ("modality unknown", {"modality": "shoud"}, "(did you mean 'should'?)"),
    (
        "english too strong",
        {"en": "The drug product shall keep at least 85 %, it should."},
        "the English text says 'shall'",
    ),
    ("no evidence", {"evidence": []}, "needs at least one kind of evidence"),
    (
        "figures differ",
        {"en": "The drug product should keep at least 80 %."},
        "figures differ: only in zh: 85; only in en: 80",
    ),
    ("figure not in text", {"quantities": [QUANTITY | {"value": 90}]}, "the text does not hold the figure 90"),
    ("unknown parameter", {"quantities": [QUANTITY | {"parameter": "viabillity"}]}, "(did you mean 'viability'?)"),
    ("unit", {"quantities": [QUANTITY | {"unit": "percent"}]}, "unit 'percent' is not UCUM"),
    ("value no number", {"quantities": [QUANTITY | {"value": "abc"}]}, "'value'"),
    ("value missing", {"quantities": [{**QUANTITY, "value": None}]}, "relation '>=' needs a value"),
    (
        "empty range",
        {"quantities": [{"parameter": "viability", "relation": "range", "low": 85, "high": 85, "unit": "%"}]},
        "the range 85 to 85 is empty",
    ),
    ("relation", {"quantities": [QUANTITY | {"relation": "=>"}]}, "'relation' cannot be '=>'"),
    ("impossible", {"quantities": [QUANTITY | {"value": 185}]}, ">= 185 % cannot be met"),
    ("id", {"id": "1 Viability"}, "lower-case letters, digits, dots and hyphens only"),
]


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in BAD_CLAUSES], ids=[c[0] for c in BAD_CLAUSES])
def test_a_bad_clause_is_named_at_its_place(tmp_path: Path, changes: dict[str, Any], expected: str) -> None:
    found = messages(project(tmp_path, clauses=[clause(**changes)]))
    assert any(expected in message for message in found), found
    assert all(message.startswith(f"{CLAUSES}:") and PLACE.match(message) for message in found), found


def test_the_place_is_that_of_the_value(tmp_path: Path) -> None:
    text = yaml.safe_dump({"clauses": [clause()]}, allow_unicode=True).replace("viability-assay", "viability-asay")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "viability-asay" in row)
    (found,) = messages(project(tmp_path, {CLAUSES: text}))
    assert found.startswith(f"{CLAUSES}:{line}:")


BAD_FILES: list[tuple[str, dict[str, Any], str]] = [
    ("broken yaml", {CLAUSES: "clauses:\n  - id: [1\n"}, f"{CLAUSES}:3:1: not valid YAML"),
    ("tabs", {CLAUSES: "clauses:\n\t- id: x\n"}, "not valid YAML"),
    ("not utf-8 text", {CLAUSES: "clauses: \x00"}, "not valid YAML"),
    ("a list", {CLAUSES: "- 1\n"}, "expected a mapping of keys"),
    ("empty", {CLAUSES: ""}, "expected a mapping of keys"),
    ("key twice", {CLAUSES: "clauses: []\nclauses: []\n"}, f"{CLAUSES}:2:1: key 'clauses' is given twice"),
    ("deep", {CLAUSES: "clauses: " + "[" * 5000}, "not valid YAML"),
    ("self", {CLAUSES: "clauses: &a\n  - *a\n"}, "an alias that contains itself"),
    ("no facets", {"glossary/facets.yml": None}, "glossary/facets.yml:1:1: the file is missing"),
    ("other name", {"content/alpha/requirements.yml": {"clauses": []}}, "no clause file has this name"),
    ("folder", {"content/alpha/document.yml": document(id="beta")}, "differs from the folder's name 'alpha'"),
    ("status", {"content/alpha/document.yml": document(status="final")}, "'status' cannot be 'final'"),
    (
        "date",
        {"content/alpha/document.yml": document(date=2026)},
        "'date' is read as the number 2026: put it in quotes",
    ),
    (
        "lineage",
        {
            "content/alpha/document.yml": document(
                lineage=[{"relation": "draft_of", "to": "cn-rulez", "basis": "corpus"}]
            )
        },
        "unknown document or reference 'cn-rulez' (did you mean 'cn-rules'?)",
    ),
    (
        "lineage cycle",
        {
            "content/alpha/document.yml": document(
                lineage=[{"relation": "supersedes", "to": "alpha", "basis": "printed"}]
            )
        },
        "lineage goes in a circle: alpha → alpha",
    ),
    (
        "headings",
        {
            "content/alpha/document.yml": document(
                headings=[
                    {"key": "2", "level": 1, "zh": "乙", "en": "B", "lines": [5, 6]},
                    {"key": "1", "level": 1, "zh": "甲", "en": "A", "lines": [2, 4]},
                ]
            )
        },
        "heading '1' is out of order",
    ),
    (
        "reference is a document",
        {"content/references.yml": {"references": [{**REFERENCES["references"][0], "id": "alpha"}]}},
        "is now a document of the corpus",
    ),
    (
        "label twice",
        {"glossary/terms.yml": {"terms": [TERMS["terms"][0], {**TERMS["terms"][0], "id": "other"}]}},
        "already names 'drug-product'",
    ),
    (
        "broader cycle",
        {"glossary/terms.yml": {"terms": [{**TERMS["terms"][0], "broader": ["drug-product"]}]}},
        "broader goes in a circle",
    ),
    ("no record", {CLAUSES: {"clauses": ["a word"]}}, "'record': expected a mapping of keys"),
    (
        "coverage",
        {"content/alpha/coverage.yml": {"waivers": [{"lines": [9, 12], "reason": {"zh": "无", "en": "none"}}]}},
        "outside the document (1-10)",
    ),
]


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in BAD_FILES], ids=[case[0] for case in BAD_FILES])
def test_a_bad_file_is_named(tmp_path: Path, files: dict[str, Any], expected: str) -> None:
    found = messages(project(tmp_path, files))
    assert any(expected in message for message in found), found
    assert all(PLACE.match(message) for message in found), found


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / CLAUSES).write_bytes(b"\xff\xfe\x00clauses")
    assert any("cannot be read as UTF-8 text" in message for message in messages(tmp_path))


def test_duplicate_and_withdrawn_ids_across_files(tmp_path: Path) -> None:
    files = {
        CLAUSES: {"clauses": [clause(), clause(id="1-old.1")]},
        "content/alpha/02-more.yml": {
            "clauses": [clause()],
            "withdrawn": [{"id": "1-old.1", "since": "0.1", "reason": {"zh": "合并", "en": "merged"}}],
        },
    }
    found = "\n".join(messages(project(tmp_path, files)))
    assert "content/alpha/02-more.yml:2:3: clause 'alpha/1-viability.1' is given twice; first at" in found
    assert "clause id '1-old.1' was withdrawn at content/alpha/02-more.yml" in found


def test_order_of_clauses(tmp_path: Path) -> None:
    later = clause(id="2-b.1", heading="2", lines=[7, 7])
    found = messages(project(tmp_path, clauses=[later, clause()]))
    assert any("heading '1' is out of order" in message for message in found), found


def test_all_problems_at_once_sorted_and_exit_status_1(tmp_path: Path) -> None:
    rows = [clause(id=f"1-x.{n}", topics=["nowhere"], heading="9") for n in range(5)]
    result = CliRunner().invoke(main, ["check", "--root", str(project(tmp_path, clauses=rows))])
    lines = [line for line in result.stderr.splitlines() if PLACE.match(line)]
    assert result.exit_code == 1
    assert len(lines) >= 10
    places = [(line.split(":")[0], int(line.split(":")[1]), int(line.split(":")[2])) for line in lines]
    assert places == sorted(places)
    assert "Traceback" not in result.output


def test_shuffled_problems_print_the_same(tmp_path: Path) -> None:
    files = [f"content/alpha/0{n}-x.yml" for n in range(1, 6)]
    random.Random(7).shuffle(files)
    content = {name: {"clauses": [clause(id=f"1-{name[-6]}{name[14]}.1", topics=["no"])]} for name in files}
    one = messages(project(tmp_path / "one", {CLAUSES: None, **content}))
    other = messages(project(tmp_path / "other", {CLAUSES: None, **dict(sorted(content.items()))}))
    assert one == other != []


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
keys = st.sampled_from(
    ["id", "heading", "lines", "modality", "cue", "zh", "en", "quantities", "topics", "tests", "note"]
)


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(keys, trees, max_size=6))
def test_any_value_in_any_field_is_a_problem_or_a_clause(tmp_path_factory: Any, changes: dict[str, Any]) -> None:
    root = tmp_path_factory.mktemp("project")
    text = yaml.safe_dump({"clauses": [{**clause(), **changes}]}, allow_unicode=True)
    for message in messages(project(root, {CLAUSES: text})):
        assert PLACE.match(message)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_in_a_file_is_a_problem_not_a_traceback(tmp_path_factory: Any, text: str) -> None:
    root = project(tmp_path_factory.mktemp("project"))
    (root / CLAUSES).write_text(text, encoding="utf-8", errors="surrogatepass")
    for message in messages(root):
        assert PLACE.match(message)


def test_a_folder_that_is_no_project_is_said_in_one_line(tmp_path: Path) -> None:
    (message,) = messages(tmp_path)
    assert message.startswith(".:1:1: no handbook here")


def test_a_broken_clause_file_is_not_buried_under_its_fingerprints(tmp_path: Path) -> None:
    stamps = {"clauses": {f"1-old.{number}": "0" * 12 for number in range(30)}}
    found = messages(project(tmp_path, {CLAUSES: "", "content/alpha/fingerprints.yml": stamps}))
    assert found == [f"{CLAUSES}:1:1: expected a mapping of keys"]
