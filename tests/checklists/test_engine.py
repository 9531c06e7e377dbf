"""The engine of assessments: the bundled script in V8."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import Any

import pytest
from catalogues import LAST, LATER, NOW, Record, answer, catalogue, entry, mark, move, profile, text, two_editions
from handbook.checklists.engine import ChecklistEngine
from handbook.checklists.record import Assessment
from handbook.schemas import FOLDER
from handbook.worddiff import word_diff
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

IDS = [f"guide/part.{number}" for number in range(1, 7)]
GIVEN = {"id": "a-1", "now": NOW, "language": "zh"}
LINK = '=HYPERLINK("http://example.invalid","y")'
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def edition(number: int = 1, **changes: str) -> Record:
    entries = [entry(name, changes.get(name.split(".")[-1].join(("n", "")), "")) for name in IDS]
    return catalogue(entries, {"audit/all": IDS}, edition=number)


def made(engine: ChecklistEngine, answers: Record | None = None, samples: tuple[str, ...] = ()) -> Record:
    fresh = engine.create(edition(), {"list": "audit/all"}, GIVEN)
    return fresh | {"answers": answers or {}, "samples": [{"id": one, "label": f"批 {one}"} for one in samples]}


def codes(messages: list[Record]) -> list[tuple[str, str | None]]:
    return [(one["code"], one.get("row")) for one in messages]


# ------------------------------------------------------------------------------------------------- making


def test_an_assessment_is_made_of_a_list_a_choice_or_single_clauses(engine: ChecklistEngine) -> None:
    data = edition()
    data["entries"][1]["audited"] = False
    listed = engine.create(data, {"list": "audit/all"}, GIVEN)
    assert [one["id"] for one in listed["items"]] == IDS and listed["edition"] == data["edition"]
    assert listed["items"][0]["evidence"] == [text("批检验报告", "Batch report")]
    assert listed["items"][0]["topic"] == {"id": "bank", "label": text("细胞库", "Cell bank")}
    built = engine.create(data, {"profile": profile(documents=["guide"])}, GIVEN)
    assert [one["id"] for one in built["items"]] == [name for name in IDS if name != IDS[1]]
    picked = engine.create(data, {"clauses": [IDS[3], "guide/none", IDS[0], IDS[3]], "title": " 我的 "}, GIVEN)
    assert [one["id"] for one in picked["items"]] == [IDS[3], IDS[0]] and picked["title"] == "我的"
    for one in (listed, built, picked):
        Assessment.model_validate_json(json.dumps(one))


# ---------------------------------------------------------------------------------------------- answering


def test_what_is_refused_changes_nothing(engine: ChecklistEngine) -> None:
    a = made(engine, {IDS[1]: answer(result="not-applicable", reason="不适用于此")})
    cases: list[tuple[str, str | None, Record, str]] = [
        (IDS[0], None, {"result": "not-applicable"}, "reason-needed"),
        (IDS[0], None, {"result": "not-applicable", "reason": " \n"}, "reason-needed"),
        (IDS[1], None, {"reason": ""}, "reason-needed"),
        (IDS[0], None, {"result": "mostly"}, "result-unknown"),
        (IDS[0], None, {"severity": "huge"}, "severity-unknown"),
        (IDS[0], "s9", {"result": "conforms"}, "sample-unknown"),
        ("guide/none", None, {"result": "conforms"}, "item-unknown"),
        ("constructor", None, {"result": "conforms"}, "item-unknown"),
    ]
    for item, sample, patch, code in cases:
        done = engine.call("setMark", a, item, sample, patch, LATER)
        assert (done["refused"]["code"], done["assessment"]) == (code, a)
    done = engine.call("setMark", a, IDS[0], None, {"result": "not-applicable", "reason": "无此工序"}, LATER)
    assert done["refused"] is None and done["assessment"]["changed"] == LATER


def test_doubtful_marks_are_warned_of(engine: ChecklistEngine) -> None:
    def warned(**said: Any) -> list[str]:
        return [one["code"] for one in engine.call("warningsOf", mark(**said))]

    assert warned(result="conforms") == ["evidence-missing"] and warned(result="conforms", evidence="SOP-1") == []
    assert warned(result="partly") == ["severity-missing"] and warned(result="partly", severity="minor") == []
    assert warned(result="conforms", evidence="x", severity="major") == ["severity-idle"]


def test_the_worst_sample_counts_and_unchecked_is_never_conforming(engine: ChecklistEngine) -> None:
    a = made(engine, samples=("s1", "s2"))

    def overall(**marks: str) -> str:
        a["answers"] = {IDS[0]: answer(samples={name: mark(result=result) for name, result in marks.items()})}
        return str(engine.call("overall", a, IDS[0]))

    assert overall(s1="conforms") == "not-checked"
    assert overall(s1="conforms", s2="conforms") == "conforms"
    assert overall(s1="conforms", s2="not-applicable") == "conforms"
    assert overall(s1="partly") == "partly" and overall(s1="partly", s2="does-not-conform") == "does-not-conform"
    # What was found before the samples were added is not hidden by them.
    a["answers"] = {IDS[0]: answer(result="does-not-conform", samples={"s1": mark(result="conforms")})}
    assert engine.call("overall", a, IDS[0]) == "does-not-conform"
    assert [one["sample"] for one in engine.call("findingsOf", a)] == [None]


def test_a_sample_is_taken_out_only_when_sure_and_its_answers_stay_as_words(engine: ChecklistEngine) -> None:
    a = engine.call("addSample", made(engine), {"id": "s1", "label": "批 1"}, NOW)["assessment"]
    assert engine.call("addSample", a, {"id": "s2", "label": " 批 1 "}, NOW)["refused"]["code"] == "sample-label"
    assert engine.call("addSample", a, {"id": "__proto__", "label": "x"}, NOW)["refused"]["code"] == "sample-id"
    a = engine.call("setMark", a, IDS[0], "s1", {"result": "partly", "remark": "标签缺失"}, NOW)["assessment"]
    refused = engine.call("removeSample", a, "s1", LATER)
    assert refused["refused"]["code"] == "sample-answered" and refused["assessment"] == a
    gone = engine.call("removeSample", a, "s1", LATER, True)["assessment"]
    assert gone["samples"] == [] and gone["answers"][IDS[0]]["samples"] == {}
    assert gone["answers"][IDS[0]]["remark"] == "[批 1] 部分符合 Partly conforms · 标签缺失"


def test_progress_findings_and_the_next_unanswered(engine: ChecklistEngine) -> None:
    a = made(
        engine,
        {
            IDS[0]: answer(result="conforms"),
            IDS[1]: answer(samples={"s1": mark(result="does-not-conform", severity="critical")}),
            IDS[2]: answer(result="partly", samples={"s1": mark(result="conforms"), "s2": mark(result="conforms")}),
        },
        ("s1", "s2"),
    )
    progress = engine.call("progressOf", a)
    assert (progress["total"], progress["answered"], progress["findings"]) == (6, 1, 2)
    assert progress["byResult"]["not-checked"] == 4  # the first was answered as a whole, its samples were not
    assert engine.call("countsOf", engine.call("findingsOf", a)) == {
        "critical": 1,
        "major": 0,
        "minor": 0,
        "unrated": 1,
    }
    assert engine.call("nextUnanswered", a, IDS, IDS[1]) == IDS[3]
    assert engine.call("nextUnanswered", a, IDS[:3], IDS[1]) == IDS[0]
    assert engine.call("nextUnanswered", a, [IDS[2]], None) is None
    assert [(one["id"], len(one["items"])) for one in engine.call("groupsOf", a, "document")] == [("guide", 6)]


def test_a_thousand_items_answer_a_key_press_in_five_milliseconds(engine: ChecklistEngine) -> None:
    many = [entry(f"guide/part.{number}") for number in range(1000)]
    a = engine.create(catalogue(many), {"profile": profile()}, GIVEN)
    a["answers"] = {one["id"]: answer(result="conforms", remark="x" * 200) for one in a["items"]}
    script = f"""(() => {{
      let a = {json.dumps(a)}
      const times = []
      for (let at = 0; at < 60; at++) {{
        const from = Date.now()
        for (let each = 0; each < 5; each++) {{
          a = handbookChecklists.setMark(a, "guide/part." + at, null, {{ remark: String(each) }}, "{LATER}").assessment
          handbookChecklists.progressOf(a)
        }}
        times.push((Date.now() - from) / 5)
      }}
      return times.sort((one, other) => one - other)[30]
    }})()"""
    assert float(str(engine.eval(script))) < 5


# -------------------------------------------------------------------------------------------------- files


def filled(engine: ChecklistEngine) -> Record:
    answers = {
        IDS[2]: answer(result="does-not-conform", severity="major", remark=LINK, capa="CAPA-7"),
        IDS[0]: answer(
            result="conforms", evidence=SCRIPT, samples={"s1": mark(result="conforms", remark="é\u2028'\"")}
        ),
        IDS[1]: answer(result="not-applicable", reason="无"),
    }
    return made(engine, answers, ("s1",))


def test_a_file_comes_back_as_it_was_and_bears_its_schema(engine: ChecklistEngine) -> None:
    a = filled(engine)
    written = engine.to_file(a)
    assert engine.read(written) == {"assessment": a, "notes": []}
    assert list(json.loads(written)["answers"]) == IDS[:3]
    shuffled = json.loads(json.dumps(a, sort_keys=True))
    assert engine.to_file(shuffled) == written and engine.to_file(engine.read(written)["assessment"]) == written
    Assessment.model_validate_json(written)
    schema = json.loads((FOLDER / "assessment.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(json.loads(written))
    a["answers"][IDS[0]]["remark"] = "长" * 1_000_000
    assert engine.read(engine.to_file(a))["assessment"] == a


def spoiled(a: Record, path: list[Any], value: Any) -> str:
    a = json.loads(json.dumps(a))
    place = a
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(a)


@pytest.mark.parametrize(
    ("path", "value", "code", "row"),
    [
        (["answers", IDS[2], "result"], "mostly", "field-scale", "GUIDE-PART.3"),
        (["answers", IDS[2], "severity"], "huge", "field-scale", "GUIDE-PART.3"),
        (["answers", IDS[0], "samples", "s1", "result"], 5, "field-scale", "GUIDE-PART.1"),
        (["answers", IDS[0], "remark"], {"a": 1}, "field-wrong", "GUIDE-PART.1"),
        (["answers", IDS[0], "score"], 1, "field-unknown", "GUIDE-PART.1"),
        (["answers", IDS[0], "__proto__"], {"x": 1}, "field-unknown", "GUIDE-PART.1"),
        (["answers", IDS[0], "changed"], "2026-13-45T99:99", "field-date", "GUIDE-PART.1"),
        (["answers", "__proto__"], {"result": "conforms"}, "field-unknown", "__proto__"),
        (["answers", IDS[0], "samples", "constructor"], mark(), "sample-id", "constructor"),
        (["items", 3, "zh"], None, "field-wrong", "GUIDE-PART.4"),
        (["items", 3, "id"], IDS[2], "item-twice", "GUIDE-PART.4"),
        (["created"], "yesterday", "field-wrong", None),
        (["version"], 2, "file-newer", None),
        (["version"], "1", "file-version", None),
        (["version"], 0, "file-version", None),
        (["format"], "other", "file-foreign", None),
    ],
)
def test_a_damaged_file_is_refused_with_its_row(
    engine: ChecklistEngine, path: list[Any], value: Any, code: str, row: str | None
) -> None:
    found = engine.read(spoiled(filled(engine), path, value))
    assert codes(found["refused"]) == [(code, row)]
    assert all(one["text"]["zh"] and one["text"]["en"] for one in found["refused"])


def test_what_is_no_file_of_ours_is_refused(engine: ChecklistEngine) -> None:
    written = engine.to_file(filled(engine))
    cases = {"": "file-empty", written[:2000]: "file-not-json", "PK\x03\x04": "file-not-json", "[1]": "file-foreign"}
    for found, code in cases.items():
        assert [one["code"] for one in engine.read(found)["refused"]] == [code]
    missing = json.loads(written)
    del missing["answers"][IDS[0]]["remark"]
    assert codes(engine.read(json.dumps(missing))["refused"]) == [("field-missing", "GUIDE-PART.1")]
    bad = json.loads(written)
    bad["answers"] = {name: answer(result="?") for name in IDS} | {
        f"guide/x.{n}": answer(result="?") for n in range(90)
    }
    told = engine.read(json.dumps(bad))["refused"]
    assert len(told) == 51 and told[-1]["code"] == "more-problems" and "46" in told[-1]["text"]["en"]


def test_twice_the_same_key_and_a_key_of_every_object_do_no_harm(engine: ChecklistEngine) -> None:
    a = filled(engine)
    written = engine.to_file(a).replace('"title":', '"title": "first",\n "title":', 1)
    assert engine.read("\ufeff" + written)["assessment"] == a
    assert engine.eval("({}).x === undefined && ({}).result === undefined") is True


def test_answers_without_an_item_or_sample_are_kept_and_named(engine: ChecklistEngine) -> None:
    a = filled(engine)
    a["answers"]["guide/gone.1"] = answer(result="partly", remark="旧")
    a["answers"][IDS[3]] = answer(samples={"s7": mark(result="conforms")})
    a["answers"][IDS[4]] = answer(result="not-applicable")
    a["head"]["begins"] = "十一月"
    found = engine.read(json.dumps(a))
    assert codes(found["notes"]) == [
        ("answer-homeless", "guide/gone.1"),
        ("sample-homeless", "GUIDE-PART.4"),
        ("head-date", None),
        ("reason-lacking", "GUIDE-PART.5"),
    ]
    back = found["assessment"]
    assert [(one["item"]["id"], one["answer"]["remark"]) for one in back["archive"]] == [("guide/gone.1", "旧")]
    assert back["samples"][-1] == {"id": "s7", "label": "s7"} and "guide/gone.1" not in back["answers"]
    again = engine.read(engine.to_file(back))
    assert again["assessment"] == back and codes(again["notes"])[0] == ("head-date", None)


def test_an_earlier_format_is_brought_forward_step_by_step(engine: ChecklistEngine) -> None:
    """There has been one format so far; the steps are tried with a made-up one before it, that knew no samples."""
    old = json.loads(engine.to_file(made(engine))) | {"version": 0}
    del old["samples"]
    steps = "{ 0: (file) => ({ ...file, samples: [] }) }"
    script = f"JSON.stringify(handbookChecklists.migrated({json.dumps(old)}, {steps}))"
    found = json.loads(str(engine.eval(script)))
    assert found["file"] == made(engine) and [one["code"] for one in found["notes"]] == ["file-migrated"]


# ------------------------------------------------------------------------------------------------- import


def test_an_import_says_first_what_it_would_do(engine: ChecklistEngine) -> None:
    ours = made(engine, {IDS[0]: answer(result="conforms"), IDS[1]: answer(result="partly")})
    theirs = json.loads(json.dumps(ours))

    def plan(existing: Record | None = ours) -> tuple[str, list[tuple[str, str | None]]]:
        found = engine.call("importPlan", theirs, existing)
        return found["kind"], codes(found["changes"])

    assert plan(None) == ("new", [("import-new", None)]) and plan() == ("same", [])
    theirs["answers"][IDS[0]] |= {"result": "does-not-conform", "changed": LATER}
    assert plan() == ("newer", [("import-answer-newer", "GUIDE-PART.1")])
    ours["answers"][IDS[2]] = answer(result="conforms", changed=LATER)
    assert plan() == ("differs", [("import-answer-newer", "GUIDE-PART.1"), ("import-answer-lost", "GUIDE-PART.3")])
    theirs["answers"][IDS[0]] = ours["answers"][IDS[0]]
    assert plan() == ("older", [("import-answer-lost", "GUIDE-PART.3")])
    theirs["head"]["site"] = "二厂"
    theirs["changed"] = LAST
    assert plan()[0] == "differs"


def test_two_answers_put_together_lose_neither(engine: ChecklistEngine) -> None:
    ours = made(engine, {IDS[0]: answer(result="conforms"), IDS[1]: answer(result="partly", changed=LATER)}, ("s1",))
    theirs = made(engine, {IDS[0]: answer(result="partly", changed=LATER), IDS[2]: answer(capa="C-1")}, ("s2",))
    both = engine.call("importMerged", theirs, ours, LAST)
    assert {name: (one["result"], one["capa"]) for name, one in both["answers"].items()} == {
        IDS[0]: ("partly", ""),
        IDS[1]: ("partly", ""),
        IDS[2]: ("not-checked", "C-1"),
    }
    assert [(one["item"]["id"], one["answer"]["result"]) for one in both["archive"]] == [(IDS[0], "conforms")]
    assert [one["id"] for one in both["samples"]] == ["s1", "s2"]


# ------------------------------------------------------------------------------------------------- update


def said(one: Record) -> tuple[str, ...]:
    return tuple(str(one[field]) for field in ("result", "severity", "evidence", "remark", "reason", "capa"))


def marks(a: Record) -> Counter[tuple[str, ...]]:
    """Every mark that says something, of items and samples, archived ones too."""
    answers = [*a["answers"].values(), *(one["answer"] for one in a["archive"])]
    found = [said(one) for each in answers for one in (each, *each["samples"].values())]
    return Counter(one for one in found if one != said(mark()))


def proven(engine: ChecklistEngine, before: Record, data: Record, document: str | None = None) -> Record:
    """An update, and that it lost no answer, bears the schema, and does nothing a second time."""
    name, values = ("applyUpdate", ()) if document is None else ("applySuccession", (document,))
    done: Record = engine.call(name, before, data, *values, LAST)
    after = done["assessment"]
    assert marks(before) <= marks(after)
    Assessment.model_validate_json(json.dumps(after))
    assert len({one["id"] for one in after["items"]}) == len(after["items"])
    assert set(after["answers"]) <= {one["id"] for one in after["items"]}
    again = engine.update(after, data, "2027-01-01T00:00:00Z")
    assert again["assessment"] == after and again["plan"]["nothing"]
    return done


def test_two_real_editions(engine: ChecklistEngine) -> None:
    """Wordings are as they were before and after the third reading. Ids did not change in it, so what is added and
    what goes is made by taking clauses out of one of the editions."""
    old, new = two_editions({"old": {3, 40}, "new": {7, 8}})
    name = old["lists"][0]["id"]
    a = engine.create(old, {"list": name}, GIVEN)
    ids = [one["id"] for one in a["items"]]
    texts = {one["id"]: one for one in old["entries"]}
    now = {one["id"]: one for one in new["entries"]}
    reworded = [one for one in ids if one in now and now[one]["fingerprint"] != texts[one]["fingerprint"]]
    gone = [one for one in ids if one not in now]
    assert len(ids) == 42 and len(reworded) == 4 and len(gone) == 2
    for each in ids:
        if each != gone[1]:
            a["answers"][each] = answer(result="conforms", evidence=f"记录 {each}")
    done = proven(engine, a, new)
    plan, after = done["plan"], done["assessment"]
    assert [(one["kind"], one["item"]["id"]) for one in plan["changed"]] == [("reworded", one) for one in reworded]
    assert plan["kept"] == 36 and len(plan["added"]) == 2 and after["edition"] == new["edition"]
    assert [one["item"]["id"] for one in plan["archived"]] == gone[:1]
    assert [one["id"] for one in plan["removed"]] == gone[1:]
    assert [one["id"] for one in after["items"]] == [one["id"] for one in new["entries"]]
    for each in reworded:
        was = after["answers"][each]["review"]
        assert was["kind"] == "reworded" and was["from"][0]["zh"] == texts[each]["zh"] != now[each]["zh"]
        assert was["from"][0]["edition"] == old["edition"]
        diff = engine.call("wordDiff", was["from"][0]["zh"], now[each]["zh"])
        assert diff == runs(texts[each]["zh"], now[each]["zh"]) and {"gone", "new"} & {one["change"] for one in diff}
    confirmed = engine.call("confirmReview", after, reworded[0], LAST)
    assert engine.call("progressOf", confirmed)["toReview"] == 3
    # Back on the old edition the wordings answered on have come back: only what was archived wants another look.
    back = engine.update(after, old, LAST)["assessment"]["answers"]
    reviews = {each: one["review"] for each, one in back.items() if one["review"]}
    assert len(back) == 41 and list(reviews) == gone[:1]
    assert reviews[gone[0]]["from"][0]["edition"] == old["edition"]


LINEAGE = [
    move("withdrawn", [IDS[0]], ["guide/new.1"], "编号改动"),
    move("withdrawn", [IDS[1]], ["guide/new.2", "guide/new.3"]),
    move("withdrawn", [IDS[2]], ["guide/new.4"]),
    move("withdrawn", [IDS[3]], ["guide/new.4"]),
    move("withdrawn", [IDS[4]], [], "重复"),
]
NEW = [f"guide/new.{number}" for number in range(1, 5)]


def successor(moves: list[Record] | None = None) -> Record:
    entries = [entry(name) for name in (*NEW, IDS[5])]
    return catalogue(entries, {"audit/all": [*NEW, IDS[5]]}, moves if moves is not None else LINEAGE, 2)


def test_answers_go_along_with_clauses_that_were_moved_split_or_merged(engine: ChecklistEngine) -> None:
    answers = {name: answer(result="conforms", evidence=f"E{at}") for at, name in enumerate(IDS)}
    answers[IDS[3]] = answer(result="partly", severity="minor", evidence="E3", changed=LATER)
    done = proven(engine, made(engine, answers), successor())
    after = done["assessment"]
    kinds = {name: (one["review"]["kind"], one["evidence"]) for name, one in after["answers"].items() if one["review"]}
    merged = "GUIDE-PART.3: E2\nGUIDE-PART.4: E3"
    assert kinds == dict(zip(NEW, [("moved", "E0"), ("split", "E1"), ("split", "E1"), ("merged", merged)], strict=True))
    four = after["answers"]["guide/new.4"]
    assert (four["result"], four["severity"], four["changed"]) == ("partly", "minor", LATER)
    assert [one["id"] for one in four["review"]["from"]] == [IDS[2], IDS[3]]
    whys = {one["item"]["id"]: one["why"]["zh"] for one in after["archive"]}
    assert whys[IDS[4]] == "手册已撤下这一条：重复" and whys[IDS[2]].endswith("GUIDE-NEW.4") and len(whys) == 3


def test_what_was_unchecked_stays_unchecked_when_clauses_are_merged(engine: ChecklistEngine) -> None:
    a = made(engine, {IDS[2]: answer(result="conforms", evidence="E2")})
    after = proven(engine, a, successor())["assessment"]
    assert after["answers"]["guide/new.4"]["result"] == "not-checked"
    assert after["answers"]["guide/new.4"]["evidence"] == "GUIDE-PART.3: E2"
    assert after["archive"][0]["answer"] == a["answers"][IDS[2]]


def test_an_answer_that_arrives_where_one_was_given_is_combined_with_it(engine: ChecklistEngine) -> None:
    data = catalogue([entry(IDS[0], "新的文字")], {"audit/all": [IDS[0]]}, [move("withdrawn", [IDS[1]], [IDS[0]])], 2)
    a = made(engine, {IDS[0]: answer(result="conforms", capa="A"), IDS[1]: answer(result="partly", capa="B")})
    after = proven(engine, a, data)["assessment"]
    combined = after["answers"][IDS[0]]
    assert (combined["result"], combined["capa"]) == ("partly", "GUIDE-PART.1: A\nGUIDE-PART.2: B")
    assert (
        combined["review"]["kind"] == "merged" and len(combined["review"]["from"]) == 2 and len(after["archive"]) == 2
    )


def test_moves_are_followed_to_the_end_and_circles_end_in_the_archive(engine: ChecklistEngine) -> None:
    moves = [
        move("withdrawn", [IDS[0]], ["guide/gone.1"]),
        move("withdrawn", ["guide/gone.1"], ["guide/new.1"]),
        move("withdrawn", [IDS[1]], ["guide/gone.2"]),
        move("withdrawn", ["guide/gone.2"], [IDS[1]]),
        move("covered-by", [IDS[2]], ["guide/new.2"], "范围更广"),
    ]
    a = made(engine, {name: answer(result="conforms", evidence=name) for name in IDS[:3]})
    after = proven(engine, a, successor(moves))["assessment"]
    assert after["answers"]["guide/new.1"]["review"]["kind"] == "moved"
    whys = [(one["item"]["id"], one["why"]["en"]) for one in after["archive"]]
    assert whys == [
        (IDS[1], "The handbook no longer lists this item"),
        (IDS[2], "The later version covers this by other clauses (GUIDE-NEW.2): 范围更广"),
    ]


def test_what_comes_back_is_taken_out_of_the_archive(engine: ChecklistEngine) -> None:
    a = made(engine, {IDS[4]: answer(result="partly", remark="旧答案", samples={"s9": mark(result="conforms")})})
    gone = proven(engine, a, successor())["assessment"]
    assert [one["item"]["id"] for one in gone["archive"]] == [IDS[4]]
    done = proven(engine, gone, edition(3))
    back = done["assessment"]
    assert [one["id"] for one in done["plan"]["restored"]] == [IDS[4]] and back["archive"] == []
    assert (back["answers"][IDS[4]]["remark"], back["answers"][IDS[4]]["review"]["kind"]) == ("旧答案", "reworded")
    assert back["samples"] == [{"id": "s9", "label": "s9"}]


def test_collected_clauses_and_lists_that_are_gone_get_nothing_added(engine: ChecklistEngine) -> None:
    picked = engine.create(edition(), {"clauses": IDS[:2]}, GIVEN)
    assert len(proven(engine, picked, edition(2))["assessment"]["items"]) == 2
    data = edition(2) | {"lists": []}
    done = proven(engine, made(engine), data)
    assert [one["code"] for one in done["plan"]["notes"]] == ["update-list-gone"]


def test_the_final_version_takes_the_place_of_a_draft_only_when_asked_to(engine: ChecklistEngine) -> None:
    draft, final = [f"draft/a.{n}" for n in range(1, 4)], [f"final/a.{n}" for n in range(1, 4)]
    moves = [
        move("wording", [draft[0]], [final[0]]),
        move("merged-to", draft[1:2], [final[1]]),
        move("deleted", [draft[2]], [], "另行规定"),
        move("added", [], [final[2]]),
    ]
    lists = {"document/draft": draft, "document/final": final, "audit/all": draft + final}
    data = catalogue([entry(name) for name in draft + final], lists, moves, 2)
    for checklist in ("document/draft", "audit/all"):
        a = engine.create(data, {"list": checklist}, GIVEN)
        a["answers"] = {name: answer(result="conforms", evidence=name) for name in draft}
        plain = proven(engine, a, data)
        assert plain["assessment"] == a
        assert [(one["from"]["id"], one["to"]["id"], one["items"]) for one in plain["plan"]["successions"]] == [
            ("draft", "final", 3)
        ]
        after = proven(engine, a, data, "draft")["assessment"]
        assert [one["id"] for one in after["items"]] == final
        assert {name: one["review"]["kind"] for name, one in after["answers"].items()} == dict.fromkeys(
            final[:2], "succeeded"
        )
        assert [(one["item"]["id"], one["why"]["zh"]) for one in after["archive"]] == [
            (draft[2], "后一版本删去了这一条：另行规定")
        ]
        assert engine.read(engine.to_file(after))["assessment"] == after


SOME = st.sampled_from([*IDS, *NEW])
ANSWERS = st.builds(
    lambda result, remark, sample: answer(
        result=result,
        remark=remark,
        reason="r" if result == "not-applicable" else "",
        samples={"s1": mark(result=sample, evidence=remark)} if sample else {},
    ),
    st.sampled_from(["conforms", "partly", "does-not-conform", "not-applicable", "not-checked"]),
    st.text("甲乙", max_size=2),
    st.sampled_from([None, "conforms", "partly"]),
)
MOVES = st.lists(
    st.builds(
        move,
        st.sampled_from(["withdrawn", "moved-to", "split-to", "merged-to", "covered-by", "deleted"]),
        st.lists(SOME, min_size=1, max_size=2, unique=True),
        st.lists(SOME, max_size=3, unique=True),
    ),
    max_size=5,
)
EDITIONS = st.tuples(st.dictionaries(SOME, st.sampled_from(["", "甲文", "乙文"])), MOVES)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(IDS), ANSWERS), st.lists(EDITIONS, min_size=1, max_size=3))
def test_no_update_loses_an_answer(engine: ChecklistEngine, answers: Record, editions: list[Any]) -> None:
    a = made(engine, answers, ("s1",))
    for number, (wordings, moves) in enumerate(editions, 2):
        entries = [entry(name, wording) for name, wording in sorted(wordings.items())]
        data = catalogue(entries, {"audit/all": [one["id"] for one in entries]}, moves, number)
        a = proven(engine, a, data)["assessment"]
        assert engine.read(engine.to_file(a)) == {"assessment": a, "notes": []}


# ---------------------------------------------------------------------------------------------------- csv


def test_csv_has_stable_columns_and_runs_nothing(engine: ChecklistEngine) -> None:
    a = filled(engine)
    a["answers"][IDS[3]] = answer(remark="'=1", evidence="+1", capa='a,"b"\nc')
    data = engine.csv(a, "both")
    assert data.startswith("\ufeff代码 Code [code],") and data.replace("\r\n", "").count("\r") == 0
    rows = list(csv.reader(io.StringIO(data[1:], newline="")))
    ids = [head[head.index("[") + 1 : -1] for head in rows[0]]
    assert ids == [
        "code",
        "id",
        "topic",
        "document",
        "heading",
        "number",
        "file",
        "lines",
        "force",
        "modality",
        "zh",
        "en",
        "look",
        "ask",
        "sample",
        "sample-id",
        "result",
        "result-word",
        "severity",
        "severity-word",
        "evidence",
        "remark",
        "reason",
        "capa",
        "review",
        "changed",
    ]
    table = [dict(zip(ids, row, strict=True)) for row in rows[1:]]
    # Items answered as a whole have a row for that beside the one of the sample.
    assert [(one["code"][-1], one["sample"]) for one in table][:3] == [("1", ""), ("1", "批 s1"), ("2", "")]
    assert len(table) == 10
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == []
    finding = next(one for one in table if one["severity"] == "major")
    assert (finding["remark"], finding["result-word"]) == (f"'{LINK}", "不符合 Does not conform")
    assert engine.call("unguarded", finding["remark"]) == LINK
    tricky = next(one for one in table if one["evidence"] == "'+1")
    assert engine.call("unguarded", tricky["remark"]) == "'=1" and tricky["capa"] == 'a,"b"\nc'
    only = engine.csv(a, "en").split("\r\n")[0]
    assert "[zh]" not in only and "Result [result-word]" in only


# ------------------------------------------------------------------------------------------------ wording


def runs(old: str, new: str) -> list[Record]:
    return [{"change": run.change, "text": run.text} for run in word_diff(old, new)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("", "新"),
        ("活率不低于80%，须检测", "活率不低于85%，应检测"),
        ("Cells shall be tested within 24.5 h.", "Cells should be tested within 36 h, and again."),
        ("甲乙丙丁", "丁丙乙甲"),
        ("第１２条 𠮷野", "第１３条 𠮷田"),
        ("a\u00a0b\u3000c\ufeffd\x85e\x1cf", "a b\u3000c d\x85e"),
        ("mother-cell's mRNA", "mother-cells mRNA"),
        ("一二一二一二三", "二一二三一二"),
    ],
)
def test_the_page_and_the_build_tell_one_difference(engine: ChecklistEngine, old: str, new: str) -> None:
    assert engine.call("wordDiff", old, new) == runs(old, new)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("应须检测MCB 8.5%-'。\u3000", max_size=30), st.text("应须检测MCB 8.5%-'。\u3000", max_size=30))
def test_they_tell_it_of_any_wordings(engine: ChecklistEngine, old: str, new: str) -> None:
    assert engine.call("wordDiff", old, new) == runs(old, new)
