"""One assessment in two tabs, one bringing it to a newer edition while the other answers: the page's own join."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from catalogues import LATER, NOW, Record, answer, catalogue, entry, move
from handbook.checklists.engine import ChecklistEngine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
GUIDE = [f"guide/part.{number}" for number in range(1, 5)]
FINAL = [f"final/part.{number}" for number in range(1, 4)]


@pytest.fixture(scope="session")
def tabs(bundles: None, tmp_path_factory: pytest.TempPathFactory) -> ChecklistEngine:
    """The engine with the page's `join` beside it, as the global `tabs`."""
    made = tmp_path_factory.mktemp("tabs") / "merge.js"
    source = ROOT / "site_templates/app/assessment/merge.ts"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    options = ["--bundle", "--format=iife", "--global-name=tabs", "--log-level=warning", f"--outfile={made}"]
    command = [str(ROOT / "node_modules/.bin/esbuild"), str(source), *options]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PATH": path})
    engine = ChecklistEngine()
    engine.eval(made.read_text(encoding="utf-8"))
    return engine


def joined(tabs: ChecklistEngine, base: Record, mine: Record, theirs: Record) -> Record:
    """Two tabs as one, and that every answer has an item to show it."""
    values = ", ".join(json.dumps(one) for one in (base, mine, theirs))
    found: Record = json.loads(str(tabs.eval(f"JSON.stringify(tabs.join({values}))")))
    a = found["assessment"]
    ids = [one["id"] for one in a["items"]]
    assert set(a["answers"]) <= set(ids) and len(set(ids)) == len(ids)
    return found


def edited(a: Record, said: dict[str, str], at: str) -> Record:
    answers = {name: answer(result="partly", remark=remark, changed=at) for name, remark in said.items()}
    return a | {"answers": a["answers"] | answers, "changed": at}


def started(tabs: ChecklistEngine, answered: dict[str, str]) -> Record:
    data = catalogue([entry(name) for name in [*GUIDE, *FINAL]], {"audit/all": GUIDE})
    return edited(tabs.create(data, {"list": "audit/all"}, {"id": "a-1", "now": NOW, "language": "zh"}), answered, NOW)


def newer(moves: list[Record], gone: list[str]) -> Record:
    names = [name for name in [*GUIDE, *FINAL] if name not in gone]
    return catalogue([entry(name) for name in names], {"audit/all": names}, moves, 2)


@pytest.mark.parametrize("updating_saves_last", [True, False])
def test_an_answer_to_what_another_tab_moved_away_stays_to_be_seen(
    tabs: ChecklistEngine, updating_saves_last: bool
) -> None:
    base = started(tabs, {GUIDE[0]: "before", GUIDE[1]: "alone"})
    data = newer([move("withdrawn", GUIDE[:1], FINAL[:1])], GUIDE[:1])
    updated = tabs.update(base, data, LATER)["assessment"]
    answering = edited(base, {GUIDE[0]: "meanwhile"}, LATER)
    sides = (updated, answering) if updating_saves_last else (answering, updated)
    a = joined(tabs, base, *sides)["assessment"]
    assert a["edition"] == data["edition"]
    assert {name: one["remark"] for name, one in a["answers"].items()} == {FINAL[0]: "before", GUIDE[1]: "alone"}
    assert [(one["item"]["id"], one["answer"]["remark"]) for one in a["archive"]] == [(GUIDE[0], "meanwhile")]
    assert tabs.read(tabs.to_file(a)) == {"assessment": a, "notes": []}


def test_a_succession_in_one_tab_is_not_undone_by_the_other(tabs: ChecklistEngine) -> None:
    base = started(tabs, {GUIDE[0]: "before"})
    data = newer([move("wording", GUIDE[:1], FINAL[:1])], []) | {"edition": base["edition"]}
    base = tabs.update(base, data, NOW)["assessment"]
    after = tabs.call("applySuccession", base, data, "guide", LATER)["assessment"]
    for sides in ((after, edited(base, {GUIDE[1]: "meanwhile"}, LATER)), (edited(base, {}, LATER), after)):
        a = joined(tabs, base, *sides)["assessment"]
        assert (a["items"], a["checklist"]) == (after["items"], after["checklist"])


SOME = st.sampled_from(GUIDE)
EDITS = st.lists(SOME, unique=True)
MOVES = st.lists(
    st.builds(
        move,
        st.sampled_from(["withdrawn", "split-to", "merged-to", "covered-by", "deleted"]),
        st.lists(SOME, min_size=1, max_size=2, unique=True),
        st.lists(st.sampled_from([*GUIDE, *FINAL]), max_size=2, unique=True),
    ),
    max_size=4,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(EDITS, EDITS, EDITS), st.builds(newer, MOVES, EDITS), st.booleans(), st.booleans())
def test_what_two_tabs_said_is_kept_whichever_updates(
    tabs: ChecklistEngine, said: tuple[list[str], ...], data: Record, succeeds: bool, turned: bool
) -> None:
    first, here, there = (
        {name: f"{who} {name};" for name in names} for who, names in zip(("first", "here", "there"), said, strict=True)
    )
    base = started(tabs, first)
    name, values = ("applySuccession", ["guide"]) if succeeds else ("applyUpdate", [])
    updated = tabs.call(name, edited(base, here, NOW), data, *values, LATER)["assessment"]
    sides = (updated, edited(base, there, LATER))
    found = json.dumps(joined(tabs, base, *(reversed(sides) if turned else sides)))
    untouched = [remark for one, remark in first.items() if one not in here and one not in there]
    assert [remark for remark in (*untouched, *here.values(), *there.values()) if remark not in found] == []
