"""Limits set beside each other: units, what can be compared, what is the strictest, and the known cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from builders import FACETS, clause, document, project
from handbook.force import Force
from handbook.limits import Obstacle, Reserve, Row, Subject, compare_limits, judge, pairs_of, survey_limits
from handbook.pipeline import Handbook, compile_handbook
from handbook.strictest import contests, standings
from handbook.units import convert, convertible
from handbook.views.limit_rows import comparison_of, kin_of
from handbook.views.lookup import Lookup
from handbook.views.scale import Drawn, scale_of

ROOT = Path(__file__).parent.parent
MSC = "cde-msc-pharm-2026-draft"
REVIEW = "review-msc-commercial-production-2025"
CAR_T = "nifdc-cart-qc-nonclinical-2018"
FOLLOW_UP = "cde-gene-ltfu"
IMMUNE = "cde-immune-clinical-trial"
MEASURES = "nhfpc-stem-cell-clinical-measures-2015"


@pytest.fixture(scope="module")
def corpus() -> Handbook:
    return compile_handbook(ROOT)


@pytest.fixture(scope="module")
def subjects(corpus: Handbook) -> dict[str, Subject]:
    return survey_limits(corpus.corpus, corpus.clauses)


def rows(subject: Subject) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in subject.rows:
        found.setdefault(row.clause, []).append(row)
    return found


# -------------------------------------------------------------------------------------------- units


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        (24, "mo", "a", 2),
        (3, "wk", "d", 21),
        (2, "h", "min", 120),
        (1, "10*5/kg", "10*6/kg", 0.1),
        (50, "%", "1", 0.5),
        (310.15, "K", "Cel", 37),
        (30, "ng/{dose}", "ug/{dose}", 0.03),
        (5, "{cells}/mL", "{cells}/uL", 0.005),
        (0.1, "um", "um", 0.1),
    ],
)
def test_figures_are_converted(value: float, unit: str, to: str, expected: float) -> None:
    assert convert(value, unit, to) == expected


@pytest.mark.parametrize(
    ("unit", "to"),
    [
        ("d", "%"),
        ("mmol/L", "ug/mL"),
        ("{spheres}/mL", "{cells}/mL"),
        ("{working_day}", "d"),
        ("{plates}", "1"),
        ("{copies}", "{copies}/{cell}"),
    ],
)
def test_what_measures_or_counts_other_things_is_not_converted(unit: str, to: str) -> None:
    assert not convertible(unit, to)


# ---------------------------------------------------------------------------------- small handbooks


LIMIT = {"parameter": "viability", "relation": ">=", "value": 85, "unit": "%", "at": "drug-product"}
SAID = {"zh": "冻存后", "en": "after thawing"}


def said(value: float, **changes: Any) -> dict[str, Any]:
    quantity = {**LIMIT, "value": value, **changes}
    quantity = {key: one for key, one in quantity.items() if one is not None}
    return clause(
        zh=f"存活率建议为{value}，规定见本条。",
        en=f"The share of living cells should be {value}, as set out here.",
        quantities=[quantity],
    )


def handbook(root: Path, works: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> Handbook:
    """A handbook of several documents: changes to the record, and the figures of each."""
    files: dict[str, Any] = {"content/alpha/document.yml": None, "content/alpha/01-requirements.yml": None}
    facets = FACETS | {"products": [*FACETS["products"], {"id": "serum", "label": {"zh": "血清", "en": "serum"}}]}
    files["glossary/facets.yml"] = facets
    for number, (changes, clauses) in enumerate(works):
        name = f"d{number}"
        record = document(id=name, original={"file": f"{name}.txt", "lines": [1, 10]}, **changes)
        files[f"content/{name}/document.yml"] = record
        files[f"content/{name}/01-x.yml"] = {
            "clauses": [one | {"id": f"1-v.{place}"} for place, one in enumerate(clauses, start=1)]
        }
    files["glossary/terms.yml"] = {"terms": []}
    return compile_handbook(project(root, files))


BINDING = {"kind": "regulation"}
DRAFT = {"status": "consultation-draft"}
PAPER = {"kind": "review", "status": "journal-article"}


def best(book: Handbook) -> list[tuple[str | None, str, bool, list[str]]]:
    subject = survey_limits(book.corpus, book.clauses)["viability"]
    return [
        (contest.at, one.force.value, one.conditional, [row.clause for row in one.rows])
        for contest in contests(subject)
        for one in contest.best
    ]


def test_draft_and_paper_are_never_the_strictest_rule(tmp_path: Path) -> None:
    book = handbook(tmp_path, [(BINDING, [said(70)]), (DRAFT, [said(85)]), (PAPER, [said(90)]), ({}, [said(60)])])
    assert best(book) == [
        ("drug-product", "binding", False, ["d0/1-v.1"]),
        ("drug-product", "draft", False, ["d1/1-v.1"]),
        ("drug-product", "literature", False, ["d2/1-v.1"]),
    ]
    subject = survey_limits(book.corpus, book.clauses)["viability"]
    marks = {one.row.clause: [best.force for best in one.marks] for one in standings(subject)}
    assert marks["d0/1-v.1"] == [Force.BINDING]
    assert marks["d3/1-v.1"] == []  # guidance that asks less than what binds


def test_a_limit_under_a_condition_does_not_hide_the_one_without(tmp_path: Path) -> None:
    book = handbook(tmp_path, [(BINDING, [said(70), said(90, condition=SAID)]), (BINDING, [said(60)])])
    assert best(book) == [
        ("drug-product", "binding", False, ["d0/1-v.1"]),
        ("drug-product", "binding", True, ["d0/1-v.2"]),
    ]


def test_sampling_points_have_a_strictest_each(tmp_path: Path) -> None:
    book = handbook(tmp_path, [(BINDING, [said(70)]), (BINDING, [said(90, at="mcb")])])
    assert [(at, rows) for at, _, _, rows in best(book)] == [
        ("drug-product", ["d0/1-v.1"]),
        ("mcb", ["d1/1-v.1"]),
    ]
    assert list(compare_limits(book.corpus, book.clauses)) == []


@pytest.mark.parametrize(
    ("other", "obstacles"),
    [
        (said(90, sense="reported"), {Obstacle.REPORTED}),
        (said(90, sense="condition"), {Obstacle.MERE_CONDITION}),
        (said(90, relation="~"), {Obstacle.ABOUT}),
        (said(90, relation="<="), {Obstacle.OTHER_SIDE}),
        (said(9, unit="d"), {Obstacle.DIMENSION}),
        (said(90, at="mcb"), {Obstacle.POINT}),
        (said(90) | {"applies": {"products": ["serum"]}}, {Obstacle.SCOPE}),
    ],
)
def test_what_speaks_against_a_comparison_is_said(
    tmp_path: Path, other: dict[str, Any], obstacles: set[Obstacle]
) -> None:
    book = handbook(tmp_path, [({}, [said(85)]), ({}, [other])])
    one, two = survey_limits(book.corpus, book.clauses)["viability"].rows
    assert set(judge(one, two).obstacles) == obstacles
    assert not [edge for edge in compare_limits(book.corpus, book.clauses) if edge.kind == "stricter-than"]


def test_units_are_converted_before_limits_are_compared(tmp_path: Path) -> None:
    book = handbook(tmp_path, [({}, [said(85)]), ({}, [said(0.9, unit="1")])])
    assert [(edge.first, edge.second, edge.why) for edge in compare_limits(book.corpus, book.clauses)] == [
        ("d1/1-v.1", "d0/1-v.1", "viability: >= 0.9 1 against >= 85 %")
    ]


def test_more_than_is_stricter_than_at_least(tmp_path: Path) -> None:
    book = handbook(tmp_path, [({}, [said(85)]), ({}, [said(85, relation=">")])])
    assert [edge.first for edge in compare_limits(book.corpus, book.clauses)] == ["d1/1-v.1"]


def test_bands_of_one_document_are_no_conflict(tmp_path: Path) -> None:
    bands = [said(90), said(50, relation="<")]
    assert list(compare_limits(*_parts(handbook(tmp_path / "a", [({}, bands), (DRAFT, bands)])))) == []
    (edge,) = compare_limits(*_parts(handbook(tmp_path / "b", [({}, bands[:1]), (DRAFT, bands[1:])])))
    assert (edge.kind, edge.first, edge.second) == ("conflicts-with", "d0/1-v.1", "d1/1-v.1")


def _parts(book: Handbook) -> tuple[Any, Any]:
    return book.corpus, book.clauses


# ------------------------------------------------------------------------------ the cases of the corpus


def test_viability_of_the_msc_draft_against_the_review(subjects: dict[str, Subject]) -> None:
    found = rows(subjects["cell-viability"])
    (draft,), (review,) = found[f"{MSC}/4.3-activity.3"], found[f"{REVIEW}/4.2.2-viability.1"]
    (car_t,) = found[f"{CAR_T}/6.4.1-count.7"]
    verdict = judge(draft, review)
    assert (verdict.comparable, verdict.stricter) == (True, 1)
    assert set(verdict.reserves) == {Reserve.EXAMPLE, Reserve.CONDITIONAL}
    assert Obstacle.POINT in judge(draft, car_t).obstacles
    assert [best.force for contest in contests(subjects["cell-viability"]) for best in contest.best] == [
        Force.DRAFT,
        Force.LITERATURE,
    ]


def test_vector_copies_stand_together_but_for_other_points(subjects: dict[str, Subject]) -> None:
    found = rows(subjects["vector-copy-number"])
    usual, interval = found[f"{MSC}/4.2.3.2-vcn.2"]
    (car_t,) = found[f"{CAR_T}/6.4.8-vcn.4"]
    assert judge(usual, car_t).stricter == 1  # < 5 asks more than <= 5
    assert judge(interval, car_t).stricter == -1
    assert judge(usual, car_t).obstacles == (Obstacle.POINT, Obstacle.CONDITION)


def test_years_of_follow_up(subjects: dict[str, Subject]) -> None:
    subject = subjects["long-term-follow-up-time"]
    (contest,) = contests(subject)
    strictest = {row.clause for row in contest.best[0].rows}
    assert contest.best[0].force is Force.GUIDANCE
    assert contest.best[0].conditional
    assert {f"{FOLLOW_UP}/2.2.3-years.1", f"{IMMUNE}/3.1-years.4"} <= strictest
    assert {row.interval.low for row in contest.best[0].rows if row.interval} == {15}
    pairs = {(pair.first.clause, pair.second.clause): pair.judgement for pair in pairs_of(subject)}
    stem = "cde-stem-clinical-2020-draft/3.1-follow-up.7"
    assert pairs[f"{IMMUNE}/3.1-years.4", stem].comparable
    assert pairs[f"{FOLLOW_UP}/2.2.3-years.1", f"{IMMUNE}/3.1-years.3"].obstacles == (Obstacle.CONDITION,)


def test_retention_of_records(subjects: dict[str, Subject]) -> None:
    subject = subjects["record-retention-period"]
    (contest,) = contests(subject)
    (binding,) = contest.best  # the drafts ask no more than what binds
    assert binding.force is Force.BINDING
    assert {row.clause for row in binding.rows} == {f"{MEASURES}/27-retention.1", f"{MEASURES}/29-retention.1"}
    drafts = ("nhc-somatic-cell-measures-draft/20-retention.1", "nhc-iit-measures-draft/38-retention.1")
    pairs = {(pair.first.clause, pair.second.clause): pair.judgement for pair in pairs_of(subject)}
    assert pairs[drafts].obstacles == (Obstacle.CONDITION,)


def test_two_ways_to_say_how_sensitive_the_residual_psc_assay_is(corpus: Handbook) -> None:
    lookup = Lookup(corpus)
    assert [row.clause for row in lookup.subjects["psc-assay-sensitivity"].rows] == [f"{MSC}/4.3-psc-residue.3"]
    assert [row.clause for row in lookup.subjects["psc-detection-limit"].rows] == [f"{MSC}/4.3-psc-residue.5"]
    assert [ref.id for ref in kin_of("psc-assay-sensitivity", lookup)] == ["psc-detection-limit"]


def test_every_figure_of_the_corpus_is_a_row_and_says_why_it_is_not_compared(
    corpus: Handbook, subjects: dict[str, Subject]
) -> None:
    figures = sum(len(one.entry.record.quantities) for one in corpus.clauses)
    assert sum(len(subject.rows) for subject in subjects.values()) == figures
    lookup = Lookup(corpus)
    for subject in subjects.values():
        for row in comparison_of(subject, lookup).rows:
            assert row.sort is not None or row.apart


def test_edges_of_the_corpus_are_between_documents_and_few(corpus: Handbook) -> None:
    edges = list(compare_limits(corpus.corpus, corpus.clauses))
    assert all(edge.first.split("/")[0] != edge.second.split("/")[0] for edge in edges)
    assert (f"{MSC}/4.3-activity.3", f"{REVIEW}/4.2.2-viability.1", "stricter-than") in {
        (edge.first, edge.second, edge.kind) for edge in edges
    }
    risk_bands = [edge for edge in edges if edge.kind == "conflicts-with" and "long-gcsf" in edge.first]
    assert risk_bands == []


# ------------------------------------------------------------------------------------------ the scale


def test_a_scale_shows_open_ends_and_keeps_order(subjects: dict[str, Subject]) -> None:
    at_least, below, between = (
        next(row.interval for row in rows(subjects[parameter])[name] if row.interval)
        for parameter, name in (
            ("cell-viability", f"{MSC}/4.3-activity.3"),
            ("severe-agvhd-incidence", "nhfpc-hsct-standard-2017/3.4-agvhd.1"),
            ("car-positive-rate", f"{CAR_T}/6.4.3-car.4"),
        )
    )
    scale = scale_of(Drawn(n, one, Force.DRAFT) for n, one in enumerate((at_least, below, between), start=1))
    assert scale is not None
    high, low, middle = scale.bars
    assert (high.open_left, high.open_right) == (False, True)
    assert (low.open_left, low.open_right) == (True, False)
    assert middle.x1 < low.x2 < middle.x2 < high.x1
    assert next(tick.label for tick in scale.ticks) == "20"
    assert not scale.logarithmic


def test_no_scale_for_one_limit_or_one_value(subjects: dict[str, Subject]) -> None:
    one = rows(subjects["cell-viability"])[f"{MSC}/4.3-activity.3"][0].interval
    assert one is not None
    assert scale_of([Drawn(1, one, Force.DRAFT)]) is None
    assert scale_of([Drawn(1, one, Force.DRAFT), Drawn(2, one, Force.GUIDANCE)]) is None
