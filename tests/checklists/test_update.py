"""Assessments on a newer edition, beyond the cases of test_engine.py: what a checklist no longer asks, and that no
chain of updates and successions loses an answer, whatever the assessment was made of."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from catalogues import LAST, NOW, Record, answer, catalogue, entry, mark, move, profile, two_editions
from handbook.checklists.engine import ChecklistEngine
from handbook.checklists.record import Assessment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

GIVEN = {"id": "a-1", "now": NOW, "language": "zh"}
FIELDS = ("result", "severity", "evidence", "remark", "reason", "capa")
BLANK = tuple(str(mark()[field]) for field in FIELDS)
GUIDE = [f"guide/part.{number}" for number in range(1, 5)]
DRAFT = [f"draft/part.{number}" for number in range(1, 4)]
FINAL = [f"final/part.{number}" for number in range(1, 4)]
ALL = [*GUIDE, *DRAFT, *FINAL]


def marks(a: Record) -> Counter[tuple[str, ...]]:
    """Every mark that says something, of items and samples, archived ones too."""
    answers = [*a["answers"].values(), *(one["answer"] for one in a["archive"])]
    found = [
        tuple(str(one[field]) for field in FIELDS) for each in answers for one in (each, *each["samples"].values())
    ]
    return Counter(one for one in found if one != BLANK)


def proven(engine: ChecklistEngine, before: Record, data: Record, document: str | None = None) -> Record:
    """An update or succession that lost no answer and no place for one, reads back, and does nothing a second time."""
    values = [before, data, *([] if document is None else [document]), LAST]
    done: Record = engine.call("applyUpdate" if document is None else "applySuccession", *values)
    after = done["assessment"]
    ids = [one["id"] for one in after["items"]]
    assert marks(before) <= marks(after)
    assert len(set(ids)) == len(ids) and set(after["answers"]) <= set(ids)
    assert after["edition"] == data["edition"]
    Assessment.model_validate_json(json.dumps(after))
    assert engine.read(engine.to_file(after)) == {"assessment": after, "notes": []}
    again = engine.update(after, data, "2027-01-01T00:00:00Z")
    assert again["assessment"] == after and again["plan"]["nothing"]
    return done


def ids_of(items: list[Record]) -> list[str]:
    return [one["id"] for one in items]


# ------------------------------------------------------------------------------ what a checklist no longer asks


def test_of_what_the_list_no_longer_asks_the_answered_stays_and_the_rest_goes(engine: ChecklistEngine) -> None:
    before = catalogue([entry(name) for name in GUIDE], {"audit/all": GUIDE})
    a = engine.create(before, {"list": "audit/all"}, GIVEN)
    a["answers"] = {GUIDE[0]: answer(result="conforms", evidence="SOP-1")}
    after = catalogue([entry(name) for name in GUIDE], {"audit/all": GUIDE[2:]}, edition=2)
    done = proven(engine, a, after)
    assert ids_of(done["assessment"]["items"]) == [GUIDE[0], *GUIDE[2:]]
    assert (ids_of(done["plan"]["outside"]), ids_of(done["plan"]["removed"])) == (GUIDE[:1], GUIDE[1:2])
    assert done["plan"]["kept"] == 3 and done["assessment"]["answers"] == a["answers"]
    assert done["assessment"]["archive"] == []


def test_a_choice_by_facets_asks_what_the_rule_asks_now(engine: ChecklistEngine) -> None:
    before = catalogue([entry(name) for name in GUIDE])
    a = engine.create(before, {"profile": profile(topics=["bank"])}, GIVEN)
    a["answers"] = {GUIDE[1]: answer(result="partly", severity="minor")}
    entries = [entry(name, topics=["bank"] if name in GUIDE[2:] else []) for name in [*GUIDE, "guide/part.5"]]
    entries[-1]["topics"] = ["bank"]
    done = proven(engine, a, catalogue(entries, edition=2))
    assert ids_of(done["assessment"]["items"]) == [*GUIDE[1:], "guide/part.5"]
    assert (ids_of(done["plan"]["removed"]), ids_of(done["plan"]["added"])) == (GUIDE[:1], ["guide/part.5"])


def test_a_successor_outside_the_list_is_asked_only_for_an_answer(engine: ChecklistEngine) -> None:
    moves = [move("withdrawn", [GUIDE[0]], [FINAL[0]]), move("withdrawn", [GUIDE[1]], [FINAL[1]])]
    a = engine.create(catalogue([entry(name) for name in GUIDE], {"audit/all": GUIDE}), {"list": "audit/all"}, GIVEN)
    a["answers"] = {GUIDE[0]: answer(result="conforms", remark="R")}
    data = catalogue([entry(name) for name in [*GUIDE[2:], *FINAL]], {"audit/all": GUIDE[2:]}, moves, 2)
    done = proven(engine, a, data)
    assert ids_of(done["assessment"]["items"]) == [*GUIDE[2:], FINAL[0]]
    assert ids_of(done["plan"]["removed"]) == [GUIDE[1]]
    assert done["assessment"]["answers"][FINAL[0]]["review"]["kind"] == "moved"


def test_merged_answers_are_joined_batch_by_batch(engine: ChecklistEngine) -> None:
    a = engine.create(catalogue([entry(name) for name in GUIDE], {"audit/all": GUIDE}), {"list": "audit/all"}, GIVEN)
    a["samples"] = [{"id": "s1", "label": "批 1"}, {"id": "s2", "label": "批 2"}]
    one = {"s1": mark(result="conforms", evidence="E1"), "s2": mark(result="conforms", evidence="E2")}
    two = {"s1": mark(result="does-not-conform", severity="major", capa="C1"), "s2": mark(result="conforms")}
    a["answers"] = {GUIDE[0]: answer(samples=one), GUIDE[1]: answer(samples=two)}
    moves = [move("merged-to", GUIDE[:2], FINAL[:1])]
    names = [*GUIDE[2:], FINAL[0]]
    done = proven(engine, a, catalogue([entry(name) for name in names], {"audit/all": names}, moves, 2))
    assert done["assessment"]["answers"][FINAL[0]]["samples"] == {
        "s1": mark(result="does-not-conform", severity="major", evidence="GUIDE-PART.1: E1", capa="GUIDE-PART.2: C1"),
        "s2": mark(result="conforms", evidence="GUIDE-PART.1: E2"),
    }


def test_a_list_that_is_gone_and_collected_clauses_turn_nothing_away(engine: ChecklistEngine) -> None:
    before = catalogue([entry(name) for name in GUIDE], {"audit/all": GUIDE})
    for choice in ({"list": "audit/all"}, {"clauses": GUIDE}):
        a = engine.create(before, choice, GIVEN)
        done = proven(engine, a, catalogue([entry(name) for name in ALL], edition=2))
        assert ids_of(done["assessment"]["items"]) == GUIDE and done["plan"]["removed"] == []


def test_real_wordings_there_and_back_ask_nothing_more(engine: ChecklistEngine) -> None:
    """A document of the handbook before and after a revision, every clause answered: the revision asks for another
    look at what it reworded alone, and going back takes that away again."""
    old, new = two_editions()
    a = engine.create(old, {"list": old["lists"][0]["id"]}, GIVEN)
    a["answers"] = {one["id"]: answer(result="conforms", evidence=one["code"]) for one in a["items"]}
    turned = {one["id"] for one, now in zip(old["entries"], new["entries"], strict=True) if one["zh"] != now["zh"]}
    turned |= {one["id"] for one, now in zip(old["entries"], new["entries"], strict=True) if one["en"] != now["en"]}
    there = proven(engine, a, new)["assessment"]
    assert {name for name, one in there["answers"].items() if one["review"]} == turned and turned
    assert {name: one["evidence"] for name, one in there["answers"].items()} == {
        one["id"]: one["code"] for one in a["items"]
    }
    back = proven(engine, there, old)["assessment"]
    assert (back["answers"], back["items"]) == (a["answers"], a["items"])


# --------------------------------------------------------------------------------------- whatever changes


WORDS = st.text("甲乙", max_size=2)
MARKS = st.builds(
    lambda result, severity, evidence, remark, capa: mark(
        result=result,
        severity=severity,
        evidence=evidence,
        remark=remark,
        capa=capa,
        reason="无此工序" if result == "not-applicable" else "",
    ),
    st.sampled_from(["conforms", "partly", "does-not-conform", "not-applicable", "not-checked"]),
    st.sampled_from([None, "critical", "minor"]),
    WORDS,
    WORDS,
    WORDS,
)
ANSWERS = st.builds(
    lambda own, samples: answer(**own, samples=samples),
    MARKS,
    st.dictionaries(st.sampled_from(["s1", "s2"]), MARKS, max_size=2),
)
SOME = st.sampled_from([*GUIDE, *DRAFT, *FINAL])
VERBS = ["unchanged", "wording", "moved-to", "split-to", "merged-to", "covered-by", "deleted", "withdrawn"]
MOVES = st.lists(
    st.builds(
        move,
        st.sampled_from(VERBS),
        st.lists(SOME, min_size=1, max_size=2, unique=True),
        st.lists(SOME, max_size=3, unique=True),
    ),
    max_size=6,
)
CLAUSES = st.dictionaries(SOME, st.tuples(st.sampled_from(["", "甲文", "乙文"]), st.sampled_from([["bank"], []])))
LISTED = st.one_of(st.none(), st.lists(SOME, unique=True))
# What an edition holds, what of it the list names (or that the list is gone), and the documents then succeeded.
EDITIONS = st.tuples(CLAUSES, LISTED, MOVES, st.sampled_from([None, None, "draft", "guide"]))
CHOICES = st.sampled_from(
    [{"list": "audit/all"}, {"clauses": ALL}, {"profile": profile(topics=["bank"])}, {"profile": profile()}]
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHOICES, st.dictionaries(SOME, ANSWERS, max_size=5), st.lists(EDITIONS, min_size=1, max_size=3))
def test_whatever_changes_every_mark_is_kept(
    engine: ChecklistEngine, choice: Record, answers: Record, editions: list[Any]
) -> None:
    first = catalogue([entry(name) for name in ALL], {"audit/all": ALL})
    a = engine.create(first, choice, GIVEN)
    a |= {"answers": answers, "samples": [{"id": one, "label": one} for one in ("s1", "s2")]}
    for number, (clauses, listed, moves, document) in enumerate(editions, 2):
        entries = [entry(name, wording, topics=topics) for name, (wording, topics) in sorted(clauses.items())]
        lists = None if listed is None else {"audit/all": [name for name in listed if name in clauses]}
        data = catalogue(entries, lists, moves, number)
        done = proven(engine, a, data)
        said = {name for name, one in a["answers"].items() if marks({"answers": {name: one}, "archive": []})}
        assert not said & set(ids_of(done["plan"]["removed"]))
        a = proven(engine, done["assessment"], data, document)["assessment"] if document else done["assessment"]
