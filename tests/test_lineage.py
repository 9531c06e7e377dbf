"""Draft and final, clause by clause: what is proposed, what is kept, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from builders import clause, document, project
from click.testing import CliRunner
from handbook.cli import main
from handbook.lineage import propose
from handbook.modality import Modality, strength
from handbook.model import Clause
from handbook.pipeline import compile_handbook
from handbook.problems import HandbookError
from handbook.views.lineage import Comparison, lineage_views
from handbook.views.lookup import Lookup
from handbook.worddiff import word_diff
from hypothesis import given
from hypothesis import strategies as st

TEXTS = {
    "a": "供者应在采集前三十日内完成病原体检测并留存记录",
    "b": "主细胞库须逐支编号，存放于两处相互隔开的液氮罐中",
    "c": "成品放行前检查无菌、支原体与内毒素，结果合格方可使用",
    "d": "随访自回输之日起计，至少持续十五年，每年一次",
}


def made(name: str, zh: str, **changes: object) -> Clause:
    given = {"id": name, "zh": zh, "quantities": [], "tests": [], **changes}
    return Clause.model_validate(clause(**given))


def verbs(old: list[Clause], new: list[Clause]) -> dict[tuple[tuple[str, ...], tuple[str, ...]], str]:
    return {(one.old, one.new): one.verb for one in propose(old, new)}


def test_each_verb_is_proposed_where_it_fits() -> None:
    old = [made(f"o.{key}", text) for key, text in TEXTS.items()]
    assert verbs(old[:1], [made("n.a", TEXTS["a"])]) == {(("o.a",), ("n.a",)): "unchanged"}
    assert verbs(old[:1], [made("n.a", TEXTS["a"] + "。")]) == {(("o.a",), ("n.a",)): "wording"}
    assert verbs(old[:1], [made("n.a", TEXTS["a"], modality="shall", cue="应")]) == {(("o.a",), ("n.a",)): "modified"}
    assert verbs(old[:1], [made("n.b", TEXTS["b"])]) == {((), ("n.b",)): "added", (("o.a",), ()): "deleted"}
    moved = verbs(old[:3], [made("n.c", TEXTS["c"]), made("n.a", TEXTS["a"]), made("n.b", TEXTS["b"])])
    assert moved[("o.c",), ("n.c",)] == "moved-to"
    assert moved[("o.a",), ("n.a",)] == "unchanged"
    whole = made("o.x", TEXTS["a"] + "；" + TEXTS["b"])
    assert verbs([whole], [made("n.a", TEXTS["a"]), made("n.b", TEXTS["b"])]) in (
        {(("o.x",), ("n.a", "n.b")): "split-to"},
        {(("o.x",), ("n.b", "n.a")): "split-to"},
    )


@given(st.permutations(list(TEXTS)), st.sets(st.sampled_from(list(TEXTS))))
def test_no_clause_is_left_out_of_the_proposals(order: list[str], gone: set[str]) -> None:
    old = [made(f"o.{key}", text) for key, text in TEXTS.items()]
    new = [made(f"n.{key}", TEXTS[key]) for key in order if key not in gone]
    proposals = propose(old, new)
    assert sorted(name for one in proposals for name in one.old) == sorted(one.id for one in old)
    assert sorted(name for one in proposals for name in one.new) == sorted(one.id for one in new)


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """alpha, and beta, which is its draft."""
    clauses = [
        clause(id="1-a.1", lines=[2, 2]),
        clause(id="1-b.1", lines=[3, 3], zh=TEXTS["b"], quantities=[], modality="none", cue=None, en="Banks are kept."),
    ]
    draft = document(
        id="beta",
        status="consultation-draft",
        original={"file": "b.txt", "lines": [1, 10]},
        lineage=[{"relation": "draft_of", "to": "alpha", "basis": "printed"}],
    )
    files = {"content/beta/document.yml": draft, "content/beta/01-all.yml": {"clauses": clauses[:1]}}
    return project(tmp_path, files, clauses)


def align(root: Path) -> Path:
    result = CliRunner().invoke(main, ["align", "beta", "alpha", "--root", str(root)])
    assert result.exit_code == 0, result.output
    return root / "content" / "alpha" / "lineage.yml"


def change(path: Path, **changes: object) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["alignments"][0].update(changes)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def test_alignments_are_edges_with_their_verb(versions: Path) -> None:
    align(versions)
    graph = compile_handbook(versions).graph
    revises = [(a, b, d["why"]) for a, b, d in graph.edges(data=True) if d["kind"] == "revises" and "/" in a]
    assert revises == [("alpha/1-a.1", "beta/1-a.1", "unchanged")]


def test_what_was_confirmed_is_kept(versions: Path) -> None:
    path = align(versions)
    change(path, note={"zh": "核读", "en": "Read."}, verb="wording")
    align(versions)
    first = yaml.safe_load(path.read_text(encoding="utf-8"))["alignments"][0]
    assert (first["verb"], first["note"]) == ("wording", {"zh": "核读", "en": "Read."})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"old": ["1-x.1"]}, r"unknown clause '1-x\.1' \(did you mean '1-a\.1'\?\)"),
        ({"verb": "split-to"}, r"'split-to' takes at least 2 clause\(s\) in 'new', not 1"),
        ({"new": ["1-b.1"]}, r"'unchanged', but the Chinese texts or the modalities differ"),
        ({"new": ["1-b.1"]}, r"no alignment names '1-a\.1' \(new\)"),
        ({"new": ["1-b.1"]}, r"'1-b\.1' \(new\) is in two alignments"),
    ],
)
def test_what_does_not_hold_is_refused(versions: Path, changes: dict[str, object], expected: str) -> None:
    change(align(versions), **changes)
    with pytest.raises(HandbookError, match=expected):
        compile_handbook(versions)


@pytest.mark.parametrize(
    "changes", [{"zh": "成品制剂的存活率建议不低于85%。", "en": "It should stay above 85 %."}, {"tests": []}]
)
def test_a_changed_clause_makes_its_alignment_stale(versions: Path, changes: dict[str, object]) -> None:
    align(versions)
    assert compile_handbook(versions).warnings == ()
    path = versions / "content" / "beta" / "01-all.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["clauses"][0].update(changes)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    assert ["read it again" in str(problem) for problem in compile_handbook(versions).warnings] == [True]


def test_no_document_is_its_own_draft(versions: Path) -> None:
    result = CliRunner().invoke(main, ["align", "alpha", "alpha", "--root", str(versions)])
    assert result.exit_code == 1
    assert "no earlier version of itself" in result.output


def test_an_empty_file_of_versions_is_told(versions: Path) -> None:
    (versions / "content" / "alpha" / "lineage.yml").write_text("{}", encoding="utf-8")
    with pytest.raises(HandbookError, match=r"alpha/lineage\.yml:1:1: key 'earlier' is missing"):
        compile_handbook(versions)


def test_only_a_change_of_strength_is_firmer_or_softer() -> None:
    assert strength(Modality.SHALL) == strength(Modality.SHALL_NOT) > strength(Modality.SHOULD) > strength(Modality.MAY)
    assert strength(Modality.NONE) == 0


# ------------------------------------------------------------------------------------- words


@given(st.text("应须检测MCB 85%。", max_size=40), st.text("应须检测MCB 85%。", max_size=40))
def test_a_diff_holds_both_wordings(old: str, new: str) -> None:
    runs = word_diff(old, new)
    assert "".join(run.text for run in runs if run.change != "new") == old
    assert "".join(run.text for run in runs if run.change != "gone") == new


def test_a_diff_shows_words_and_figures_whole() -> None:
    runs = word_diff("活率不低于80%，须检测", "活率不低于85%，应检测")
    assert [(run.change, run.text) for run in runs] == [
        ("same", "活率不低于"),
        ("gone", "80"),
        ("new", "85"),
        ("same", "%，"),
        ("gone", "须"),
        ("new", "应"),
        ("same", "检测"),
    ]


# ----------------------------------------------------------------------------------- balance


def compared(root: Path) -> dict[str, Comparison]:
    views = lineage_views(Lookup(compile_handbook(root)))
    return {view.path: view.data for view in views if isinstance(view.data, Comparison)}


def test_the_balance_tells_what_got_stricter_and_looser(versions: Path) -> None:
    path = versions / "content" / "beta" / "01-all.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    one = data["clauses"][0]
    one.update(zh=one["zh"].replace("建议", "应").replace("85", "80"), en="At least 80 % shall be alive.")
    one.update(modality="shall", cue="应", tests=[{**one["tests"][0], "need": "conditional"}])
    one["quantities"][0]["value"] = 80
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    align(versions)
    balance = compared(versions)["lineage/alpha"].balance
    assert balance is not None
    told = {way: [(bool(s.degree), bool(s.measure), bool(s.testing)) for s in shifts] for way, shifts in balance.shifts}
    assert told == {"stricter": [(False, True, False), (False, False, True)], "looser": [(True, False, False)]}
    assert [(modality, [ref.id for ref in refs]) for modality, refs in balance.added] == [("none", ["alpha/1-b.1"])]


def test_every_verb_has_an_address_with_all_its_turns(versions: Path) -> None:
    align(versions)
    pages = compared(versions)
    assert set(pages) == {"lineage/alpha", "lineage/alpha/unchanged", "lineage/alpha/added"}
    for path, page in pages.items():
        (chosen,) = [one for one in page.filters if one.chosen]
        assert (chosen.path, chosen.count) == (path, len(page.turns))
        assert chosen.verb is None or {turn.verb for turn in page.turns} == {chosen.verb}
