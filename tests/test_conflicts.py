"""Differences between documents: which pairs are proposed, what verdicts do, which silences count."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from builders import clause, document, project
from click.testing import CliRunner
from handbook.cli import main
from handbook.conflicts import Candidate, find_candidates
from handbook.model import Clause
from handbook.pipeline import Handbook, compile_handbook
from handbook.problems import HandbookError
from handbook.silence import find_silence
from handbook.stance import Stance, stance_of

ROOT = Path(__file__).parent.parent
BY = {"zh": "机器核读", "en": "machine reading"}
MSC, STEM, CART = "cde-msc-pharm-2026-draft", "cde-human-stem-pharm-draft", "nifdc-cart-qc-nonclinical-2018"
REVIEW, IND = "review-msc-commercial-production-2025", "cde-cart-ind-cmc-considerations"
SOMATIC, RESEARCH = "nhc-somatic-cell-measures-draft", "nhfpc-stem-cell-clinical-measures-2015"


@pytest.fixture(scope="module")
def corpus() -> Handbook:
    return compile_handbook(ROOT)


@pytest.fixture(scope="module")
def found(corpus: Handbook) -> dict[frozenset[str], Candidate]:
    candidates = find_candidates(corpus.corpus, corpus.clauses, corpus.graph)
    return {one.pair: one for one in candidates}


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (f"{MSC}/4.3-activity.3", f"{REVIEW}/4.2.2-viability.1", "stricter-than"),
        (f"{MSC}/4.1.2-antibiotics.2", f"{STEM}/5.1.2-raw.15", "same-subject-other-modality"),
        (f"{MSC}/4.1.2-antibiotics.2", f"{IND}/1-antibiotic.1", "same-subject-other-modality"),
        (f"{MSC}/4.1.2-antibiotics.2", "sda-somatic-cell-therapy/2.3.1.5-antibiotics.1", "same-subject-other-modality"),
        (f"{MSC}/4.1.2-serum.1", "nhfpc-stem-cell-qc-2015-trial/2.2.1-serum.1", "same-subject-other-modality"),
        (f"{MSC}/4.1.2-serum.1", "sfda-cell-therapy-rd-trial/4.2.2.1-serum.1", "same-subject-other-modality"),
        (f"{REVIEW}/4.2.1-table-4-virus-in-vivo.1", f"{MSC}/4.2.3.1-virus.8", "test-need-differs"),
        (f"{REVIEW}/4.2.1-table-4-virus-in-vivo.1", f"{STEM}/5.1.1.1.3-bank.2", "test-need-differs"),
        (f"{MSC}/4.3-psc-residue.3", f"{STEM}/7.1.3.1-tumour.3", "figure-in-one"),
        (f"{MSC}/4.3-psc-residue.5", f"{STEM}/7.1.3.1-tumour.3", "figure-in-one"),
        (f"{MSC}/4.2.3.2-vcn.2", f"{CART}/6.4.8-vcn.4", "figures-differ"),
        (f"{MSC}/4.2.3.2-vcn.2", f"{STEM}/7.2-gene.1", "figure-in-one"),
        ("cde-gene-ltfu/2.2.3-years.1", "cde-stem-clinical-2020-draft/3.1-follow-up.7", "stricter-than"),
        ("cde-gene-ltfu/2.2.3-years.1", "cde-immune-clinical-trial/3.1-years.3", "figures-differ"),
        (f"{SOMATIC}/20-retention.1", "nhc-iit-measures-draft/38-retention.1", "figures-differ"),
        (f"{RESEARCH}/29-retention.1", "nhc-iit-measures-draft/38-retention.1", "figures-differ"),
    ],
)
def test_the_known_differences_come_out_by_rule_and_stand_confirmed(
    corpus: Handbook, found: dict[frozenset[str], Candidate], first: str, second: str, kind: str
) -> None:
    assert found[frozenset((first, second))].kind == kind
    related = corpus.graph.get_edge_data(first, second) or corpus.graph.get_edge_data(second, first) or {}
    assert "differs-from" in {data["kind"] for data in related.values()}


def test_no_pair_stands_in_one_text_or_in_a_text_that_was_replaced(found: dict[frozenset[str], Candidate]) -> None:
    documents = [{name.split("/")[0] for name in pair} for pair in found]
    assert all(len(two) == 2 for two in documents)
    assert not [two for two in documents if "cde-gene-nonclinical-draft" in two]
    assert not [two for two in documents if {"cde-long-gcsf-draft", "cde-long-gcsf-final"} <= two]


@pytest.mark.parametrize(
    ("modality", "zh", "stance"),
    [
        ("shall-not", "不得使用该物质。", Stance("against", 3)),
        ("shall", "生产中应避免使用该物质。", Stance("against", 2.5)),
        ("shall", "应尽量避免使用该物质。", Stance("against", 2)),
        ("shall", "应有措施避免交叉污染。", Stance("for", 3)),
        ("shall-not", "随访时间不应短于十年。", Stance("for", 3)),
        ("shall", "必须使用血清的，应说明理由。", Stance("if-used", 3)),
        ("none", "血清含有多种蛋白。", None),
    ],
)
def test_a_stance_is_read_from_degree_and_words(modality: str, zh: str, stance: Stance | None) -> None:
    assert stance_of(Clause.model_validate(clause(modality=modality, zh=zh))) == stance


def two_documents(root: Path, verdicts: object = None, second: str = "beta") -> Path:
    """alpha asks for 85 % of living cells, beta for 80 %."""
    looser = clause(
        zh="成品制剂的存活率建议不低于80%。",
        en="The drug product should keep at least 80 % of its cells alive.",
        quantities=[{"parameter": "viability", "relation": ">=", "value": 80, "unit": "%", "at": "drug-product"}],
    )
    files = {
        f"content/{second}/document.yml": document(id=second, original={"file": "b.txt", "lines": [1, 10]}),
        f"content/{second}/01-all.yml": {"clauses": [looser]},
        "content/verdicts.yml": verdicts,
    }
    return project(root, files)


def verdict(*clauses: str, **changes: object) -> dict[str, object]:
    reason = {"zh": "数值不同。", "en": "The figures differ."}
    base = {"clauses": list(clauses), "kind": "stricter-than", "verdict": "confirmed", "reason": reason, "stamp": "-"}
    return {**base, **changes}


PAIR = ("alpha/1-viability.1", "beta/1-viability.1")


def test_the_stricter_figure_comes_first(tmp_path: Path) -> None:
    handbook = compile_handbook(two_documents(tmp_path))
    (one,) = find_candidates(handbook.corpus, handbook.clauses, handbook.graph)
    assert (one.kind, one.first, one.second) == ("stricter-than", *PAIR)


def test_a_verdict_goes_stale_when_a_clause_changes_and_is_stamped_anew(tmp_path: Path) -> None:
    root = two_documents(tmp_path, {"by": BY, "verdicts": [verdict(*PAIR)]})
    assert [w.code for w in compile_handbook(root).warnings if "'beta/1-viability.1'" in w.message] == ["stale"]
    runner = CliRunner()
    assert runner.invoke(main, ["conflicts", "--root", str(root), "--stamp"]).exit_code == 0
    handbook = compile_handbook(root)
    assert not [w for w in handbook.warnings if w.code == "stale"]
    assert handbook.graph.has_edge(*PAIR)
    assert "0 without a verdict" in runner.invoke(main, ["conflicts", "--root", str(root)]).output
    path = root / "content/beta/01-all.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("建议不低于", "建议至少不低于"), encoding="utf-8")
    assert [w.code for w in compile_handbook(root).warnings if w.code == "stale"] == ["stale"]


def test_a_dismissed_pair_makes_no_edge(tmp_path: Path) -> None:
    root = two_documents(tmp_path, {"by": BY, "verdicts": [verdict(*PAIR, verdict="dismissed")]})
    kinds = {data["kind"] for *_, data in compile_handbook(root).graph.edges(data=True)}
    assert "differs-from" not in kinds


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ([verdict("alpha/1-viability.1", "beta/1-viabilty.1")], "did you mean 'beta/1-viability.1'?"),
        ([verdict(*PAIR), verdict(*reversed(PAIR))], "are judged twice"),
        ([verdict(PAIR[0], PAIR[0])], "stand in one document"),
        ([verdict(*PAIR, verdict="maybe")], "one of confirmed, dismissed"),
    ],
)
def test_a_bad_verdict_is_an_error_with_its_place(tmp_path: Path, verdicts: list[object], said: str) -> None:
    root = two_documents(tmp_path, {"by": BY, "verdicts": verdicts})
    with pytest.raises(HandbookError) as caught:
        compile_handbook(root)
    told = [str(problem) for problem in caught.value.problems if said in problem.message]
    assert told and told[0].startswith("content/verdicts.yml:")


def test_verdicts_are_sorted_out_by_pair_and_every_shown_pair_was_read(
    corpus: Handbook, found: dict[frozenset[str], Candidate]
) -> None:
    assert corpus.corpus.verdicts is not None
    judged = yaml.safe_load((ROOT / "content/verdicts.yml").read_text(encoding="utf-8"))["verdicts"]
    confirmed = {frozenset(one["clauses"]) for one in judged if one["verdict"] == "confirmed"}
    assert len(confirmed & found.keys()) >= 80


def test_silence_counts_narrower_topics_and_gaps_need_peers(corpus: Handbook) -> None:
    silence = find_silence(corpus.corpus, corpus.clauses)
    counts = silence.counts["material-control"]
    assert counts["sfda-cell-therapy-rd-trial"] > silence.counts["serum"]["sfda-cell-therapy-rd-trial"] > 0
    for topic, gaps in silence.gaps.items():
        assert all(
            gap.document not in silence.counts[topic] and gap.speaking / gap.peers >= 2 / 3 and gap.peers >= 3
            for gap in gaps
        )
    assert any(silence.gaps.values())
