"""Assessments as Excel workbooks, and back: the pages' own script, run by V8 without a browser.

What the script does is in engine/workbook/; here it is only called. Assessments and catalogues are plain values in the
shape of engine/types.ts.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from py_mini_racer import MiniRacer

from handbook.bundles import bundle

Shown = Literal["zh", "en", "both"]
SECONDS = 300.0
LABELS = ("forces", "modalities", "vocabularies", "documents")

# Reading and merging go together, so that what was read need not travel out and in again.
CALLS = """
function written(assessment, shown, given) {
  return handbookWorkbook.toWorkbook(assessment, shown, given).then((bytes) => bytes.slice().buffer)
}
function read(text) {
  return handbookWorkbook.readWorkbook(Uint8Array.fromBase64(text))
}
function merged(assessment, text, now, options) {
  return read(text).then((found) =>
    found.refused ? found : handbookWorkbook.mergeWorkbook(assessment, found, now, options))
}
"""


def write_workbook(
    assessment: Mapping[str, Any], shown: Shown, now: str, catalogue: Mapping[str, Any] | None = None
) -> bytes:
    """The workbook (.xlsx) of an assessment: the bytes that the page makes from the same values.

    `now` is the ISO time that the workbook bears; `catalogue` gives forces, modalities and choices their names (without
    it their ids stand there).
    """
    given: dict[str, Any] = {"now": now}
    if catalogue is not None:
        given["labels"] = {name: catalogue[name] for name in LABELS}
    return bytes(_call("written", assessment, shown, given))


def read_workbook(data: bytes) -> dict[str, Any]:
    """What a workbook says (marker, head, rows, notes), or `{"refused": message}` when it is not one of ours."""
    return _read_json("read", _text(data))


def merge_workbook(assessment: Mapping[str, Any], data: bytes, now: str, *, clear: bool = False) -> dict[str, Any]:
    """A filled workbook in an assessment: `{assessment, placed, set, cleared, unplaced, notes}`, or `{"refused": message}`.

    Emptied cells are listed under `cleared`; only with `clear` do they empty the answers too.
    """
    return _read_json("merged", assessment, _text(data), now, {"clear": clear})


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _read_json(name: str, *values: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_call(name, *values, then=".then(JSON.stringify)"))
    return found


def _call(name: str, *values: Any, then: str = "") -> Any:
    """What the promise of a function of CALLS comes to."""
    given = ", ".join(json.dumps(value) for value in values)
    return _context().eval(f"{name}({given}){then}").get(timeout=SECONDS)


@cache
def _context() -> MiniRacer:
    context = MiniRacer()
    context.eval(bundle("workbook"))
    context.eval(CALLS)
    return context
