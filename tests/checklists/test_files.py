"""Files damaged in any way at all: taken whole or refused with a word, never half."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from catalogues import NOW, Record, answer, catalogue, entry, mark
from handbook.checklists.engine import ChecklistEngine
from handbook.checklists.record import Assessment
from handbook.schemas import FOLDER
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

IDS = [f"guide/part.{number}" for number in range(1, 4)]
FIELDS = ("result", "severity", "evidence", "remark", "reason", "capa")
SCHEMA = Draft202012Validator(json.loads((FOLDER / "assessment.schema.json").read_text(encoding="utf-8")))
VALUES = [None, 0, -1, 1.5, False, "", "x", [], {}, "conforms", NOW, ["a"], {"zh": "甲", "en": "a"}]
REMOVED = object()


def filled(engine: ChecklistEngine) -> Record:
    data = catalogue([entry(name) for name in IDS], {"audit/all": IDS})
    a = engine.create(data, {"list": "audit/all"}, {"id": "a-1", "now": NOW, "language": "zh"})
    samples = {"s1": mark(result="conforms", evidence="记录 3")}
    answers = {
        IDS[0]: answer(result="partly", severity="minor", remark="=1+1", samples=samples),
        IDS[2]: answer(result="not-applicable", reason="无此工序"),
    }
    return a | {"answers": answers, "samples": [{"id": "s1", "label": "批 1"}]}


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a file, the outer before the inner; the file itself is none."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*path, key)
        yield from places(each, (*path, key))


def spoiled(a: Record, path: tuple[str | int, ...], value: object) -> Record:
    a = json.loads(json.dumps(a))
    place: Any = a
    for step in path[:-1]:
        place = place[step]
    if value is REMOVED:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return a


def said(a: Record) -> set[tuple[str, ...]]:
    """Every mark that says something, archived ones too."""
    answers = [*a["answers"].values(), *(one["answer"] for one in a["archive"])]
    marks = [one for each in answers for one in (each, *each["samples"].values())]
    return {tuple(str(one[field]) for field in FIELDS) for one in marks} - {tuple(str(mark()[f]) for f in FIELDS)}


def fits(text: str) -> bool:
    try:
        Assessment.model_validate_json(text)
    except ValidationError:
        return False
    return True


def prove(engine: ChecklistEngine, changed: Record) -> None:
    text = json.dumps(changed)
    found = engine.read(text)
    # The published schema and the record that it is made from say the same of every file.
    assert SCHEMA.is_valid(changed) == fits(text)
    if "assessment" in found:
        assert SCHEMA.is_valid(changed) and said(changed) <= said(found["assessment"])
    else:
        assert found["refused"] and all(one["text"]["zh"] and one["text"]["en"] for one in found["refused"])


def test_a_file_with_anything_taken_out_is_taken_without_loss_or_refused(engine: ChecklistEngine) -> None:
    a = filled(engine)
    for path in places(a):
        prove(engine, spoiled(a, path, REMOVED))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_with_anything_changed_is_taken_without_loss_or_refused(engine: ChecklistEngine, data: Any) -> None:
    a = filled(engine)
    path = data.draw(st.sampled_from(list(places(a))))
    prove(engine, spoiled(a, path, data.draw(st.sampled_from(VALUES))))


def test_a_file_cut_off_anywhere_is_refused(engine: ChecklistEngine) -> None:
    text = engine.to_file(filled(engine)).rstrip()
    taken = [end for end in range(0, len(text), 11) if "refused" not in engine.read(text[:end])]
    assert taken == [] and "assessment" in engine.read(text)


def test_values_nested_without_end_are_refused_by_row(engine: ChecklistEngine) -> None:
    text = json.dumps(spoiled(filled(engine), ("answers", IDS[0], "remark"), "?"))
    deep = 100_000
    found = engine.read(text.replace('"?"', "[" * deep + "]" * deep))
    assert [(one["code"], one["row"]) for one in found["refused"]] == [("field-wrong", "GUIDE-PART.1")]
