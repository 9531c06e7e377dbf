"""Two editions compared: every kind of change is found, nothing is invented, and bad files are told in a line."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import clause, project
from click.testing import CliRunner
from handbook.changes.compare import Changes, compare
from handbook.changes.exported import read_export
from handbook.cli import main
from handbook.exports.json_export import exported
from handbook.fingerprint import edition_fingerprint
from handbook.model import Quantity
from handbook.pipeline import compile_handbook
from handbook.problems import HandbookError, Place
from handbook.releases import version_key
from handbook.stricter import direction
from handbook.views.lookup import Lookup
from handbook.views.releases import Sheet, release_views

ROOT = Path(__file__).parent.parent
SECOND = {
    "id": "1-bank.1", "lines": [5, 6], "zh": "主细胞库应检测无菌。", "en": "The master cell bank shall be tested.",
    "modality": "shall", "cue": "应", "quantities": None, "tests": None,
}  # fmt: skip


@pytest.fixture
def edition(tmp_path: Path) -> dict[str, Any]:
    return exported(compile_handbook(project(tmp_path, clauses=[clause(), clause(**SECOND)])))


def changed(old: dict[str, Any], new: dict[str, Any]) -> Changes:
    return compare(read_export(old, Place("old")), read_export(new, Place("new")))


def edited(edition: dict[str, Any], place: int, **fields: Any) -> dict[str, Any]:
    """The edition with fields of one clause changed; its fingerprint is made anew on reading."""
    new = copy.deepcopy(edition)
    new["clauses"][place].update(fields)
    del new["clauses"][place]["fingerprint"]
    return new


def test_the_same_edition_has_no_changes(edition: dict[str, Any]) -> None:
    assert changed(edition, copy.deepcopy(edition)).nothing


def test_an_export_without_fingerprints_is_the_same_edition(edition: dict[str, Any], tmp_path: Path) -> None:
    bare = copy.deepcopy(edition)
    for one in bare["clauses"]:
        del one["fingerprint"]
    for part in ("withdrawn", "evidence", "facets", "edges"):
        del bare[part]
    again = changed(bare, edition)
    assert (again.added, again.modified, again.withdrawn, again.moved) == ((), (), (), ())
    assert again.old.edition == again.new.edition
    corpus = compile_handbook(tmp_path).corpus
    assert again.new.edition == edition_fingerprint(corpus.clauses)


@pytest.mark.parametrize(
    ("place", "fields", "what"),
    [
        (0, {"zh": "成品的存活率建议不低于85%。"}, ("text",)),
        (0, {"modality": "shall"}, ("modality",)),
        (0, {"tests": [{"method": "viability-assay", "at": "drug-product", "need": "conditional"}]}, ("tests",)),
        (0, {"evidence": []}, ("evidence",)),
        (1, {"topics": ["quality-control"]}, ("topics",)),
        (1, {"heading": "2"}, ("place",)),
        (1, {"note": {"zh": "注", "en": "note"}}, ("note",)),
    ],
)
def test_each_aspect_is_told_alone(edition: dict[str, Any], place: int, fields: Any, what: tuple[str, ...]) -> None:
    (one,) = changed(edition, edited(edition, place, **fields)).modified
    assert one.what == what


def test_a_limit_tells_its_direction_and_touches_its_lists(edition: dict[str, Any]) -> None:
    figure = {**edition["clauses"][0]["quantities"][0], "value": 80}
    changes = changed(edition, edited(edition, 0, quantities=[figure]))
    (one,) = changes.modified
    assert [(turn.parameter, turn.direction) for turn in one.figures] == [("viability", "looser")]
    assert {(row.id, row.modified) for row in changes.lists} == {
        ("document/alpha", 1), ("topic/cell-viability", 1), ("topic/quality-control", 1), ("point/drug-product", 1)
    }  # fmt: skip


def test_a_clause_that_goes_is_withdrawn_with_its_destination_or_renumbered(edition: dict[str, Any]) -> None:
    new = copy.deepcopy(edition)
    gone = new["clauses"].pop(1)
    new["withdrawn"] = [
        {"id": gone["id"], "since": "2", "reason": {"zh": "并", "en": "m"}, "to": ["alpha/1-viability.1"]}
    ]
    assert [(one.old.id, one.to) for one in changed(edition, new).withdrawn] == [(gone["id"], ("alpha/1-viability.1",))]
    new["clauses"].append({**gone, "id": "alpha/2-bank.1"})
    changes = changed(edition, new)
    assert [(old.id, one.id) for old, one in changes.moved] == [(gone["id"], "alpha/2-bank.1")]
    assert (changes.added, changes.withdrawn) == ((), ())


@pytest.mark.parametrize(
    ("stricter", "old", "new", "expected"),
    [
        ("higher", (">=", 80, "%"), (">=", 85, "%"), "stricter"),
        ("higher", (">=", 80, "%"), (">", 80, "%"), "stricter"),
        ("lower", ("<=", 5, "%"), ("<", 5, "%"), "stricter"),
        ("lower", ("<=", 5, "%"), ("<=", 10, "%"), "looser"),
        ("higher", (">=", 5, "a"), (">=", 60, "mo"), None),
        ("higher", (">=", 5, "a"), (">=", 15, "a"), "stricter"),
        ("higher", (">=", 12, "mo"), (">=", 2, "a"), "stricter"),
        ("none", (">=", 80, "%"), (">=", 85, "%"), None),
        ("higher", (">=", 80, "%"), (">=", 85, "Cel"), None),
        ("higher", (">=", 80, "%"), ("<=", 85, "%"), None),
    ],
)
def test_which_figure_asks_more(stricter: Any, old: Any, new: Any, expected: str | None) -> None:
    before, after = (Quantity(parameter="p", relation=r, value=v, unit=u) for r, v, u in (old, new))
    assert direction(before, after, stricter) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "there is no such file"),
        ('{"schema": 1, "documents": [', "the JSON ends too early"),
        ("no json", "no JSON: Expecting value"),
        ('{"schema": 2}', "schema 2; this program reads schema 1"),
        ("[]", "no export of the handbook"),
        ('{"schema": 1, "clauses": [{}], "documents": []}', "clauses.0.id: field required"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_file_is_told_in_a_line(tmp_path: Path, edition: dict[str, Any], text: str | None, expected: str) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(edition), encoding="utf-8")
    if text is not None:
        bad.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["diff", str(bad), str(good)])
    assert result.exit_code == 1
    assert expected in result.output
    assert "Traceback" not in result.output


# ------------------------------------------------------------------------------------ releases


@pytest.fixture
def released(tmp_path: Path) -> Iterator[Path]:
    """Release 0.1.0, then a clause that changes twice: once for 0.2.0, once after it."""
    root = project(tmp_path / "h", clauses=[clause(), clause(**SECOND)])
    old = tmp_path / "old.json"
    old.write_text(json.dumps(exported(compile_handbook(root))), encoding="utf-8")
    record(root, "0.1.0", "2026-01-01")
    rewrite(root, "成品制剂的存活率应不低于90%。", modality="shall", cue="应", figure=90)
    record(root, "0.2.0", "2026-02-01", "--against", str(old))
    yield root


def record(root: Path, version: str, date: str, *more: str) -> None:
    result = CliRunner().invoke(main, ["release", version, "--date", date, "--root", str(root), *more])
    assert result.exit_code == 0, result.output


def rewrite(root: Path, zh: str, *, modality: str, cue: str, figure: int) -> None:
    path = root / "content/alpha/01-requirements.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["clauses"][0].update(zh=zh, modality=modality, cue=cue, en=f"At least {figure} % shall be alive.")
    data["clauses"][0]["quantities"][0]["value"] = figure
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def sheet(root: Path, version: str) -> Sheet:
    views = {view.path: view for view in release_views(Lookup(compile_handbook(root)), "")}
    data = views[f"releases/{version}"].data
    assert isinstance(data, Sheet)
    return data


def test_a_release_tells_what_it_changed(released: Path) -> None:
    (one,) = sheet(released, "0.2.0").told.clauses
    assert (one.was, one.became, one.since) == ("should", "shall", False)
    assert [run.text for run in one.zh if run.change == "new"][-1] == "90"
    assert [turn.direction for turn in one.figures] == ["stricter"]


def test_a_later_release_does_not_rewrite_an_earlier_one(released: Path, tmp_path: Path) -> None:
    middle = tmp_path / "middle.json"
    middle.write_text(json.dumps(exported(compile_handbook(released))), encoding="utf-8")
    before = sheet(released, "0.2.0").told
    rewrite(released, "成品制剂的存活率应不低于95%。", modality="shall", cue="应", figure=95)
    (unrecorded,) = sheet(released, "0.2.0").told.clauses
    assert unrecorded.since
    record(released, "0.10.0", "2026-03-01", "--against", str(middle))
    assert sheet(released, "0.2.0").told == before


def test_a_record_is_not_overwritten_and_keeps_its_note(released: Path) -> None:
    path = released / "content/releases/0.1.0.yml"
    path.write_text(path.read_text(encoding="utf-8") + "note: {zh: 首版, en: The first.}\n", encoding="utf-8")
    again = ["release", "0.1.0", "--date", "2026-01-01", "--root", str(released)]
    assert "recorded already" in CliRunner().invoke(main, again).output
    assert CliRunner().invoke(main, [*again, "--again"]).exit_code == 0
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["note"]["en"] == "The first."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("date: '2026-02-01'", "date: '2025-02-01'", "0.2.0 is of 2025-02-01, before 0.1.0"),
        ("version: 0.2.0", "version: 0.3.0", "differs from the file's name"),
        ("against: ", "against: x", "not told against 0.1.0"),
    ],
)
def test_releases_that_do_not_follow_each_other_are_refused(released: Path, old: str, new: str, expected: str) -> None:
    path = released / "content/releases/0.2.0.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(HandbookError, match=expected):
        compile_handbook(released)


def test_versions_are_sorted_as_numbers() -> None:
    assert sorted(["0.10.0", "0.9.1", "0.2.0"], key=version_key) == ["0.2.0", "0.9.1", "0.10.0"]
