"""Assessments as Excel workbooks, and back: the pages' own script, run by V8 without a browser.

What the script does is in engine/workbook/; here it is only called. Assessments and catalogues are plain values in the
shape of engine/types.ts.
"""

from __future__ import annotations

import atexit
import json
from base64 import b64encode
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Literal

from py_mini_racer import JSPromise, MiniRacer

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
    made = _call("written", assessment, shown, given)
    if not isinstance(made, memoryview):
        raise TypeError(f"the script gave {type(made).__name__} in place of bytes")
    return bytes(made)


def read_workbook(data: bytes) -> dict[str, Any]:
    """What a workbook says (marker, head, rows, notes), or `{"refused": message}` when it is not one of ours."""
    return _read_json("read", _text(data))


def merge_workbook(assessment: Mapping[str, Any], data: bytes, now: str, *, clear: bool = False) -> dict[str, Any]:
    """A filled workbook in an assessment: `{assessment, placed, set, cleared, unplaced, notes}`.

    Emptied cells are listed under `cleared`; only with `clear` do they empty the answers too. A file that is not one of
    ours gives `{"refused": message}`.
    """
    return _read_json("merged", assessment, _text(data), now, {"clear": clear})


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _read_json(name: str, *values: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(str(_call(name, *values, then=".then(JSON.stringify)")))
    return found


def _call(name: str, *values: object, then: str = "") -> object:
    """What the promise of a function of CALLS comes to."""
    given = ", ".join(json.dumps(value) for value in values)
    # Promises may not be waited for where an event loop runs (as in browser tests), so a thread waits.
    with ThreadPoolExecutor(max_workers=1) as waiting:
        return waiting.submit(_settled, f"{name}({given}){then}").result()


def _settled(script: str) -> object:
    promise = _context().eval(script)
    if not isinstance(promise, JSPromise):
        raise TypeError("the script gave no promise")
    return promise.get(timeout=SECONDS)


@cache
def _context() -> MiniRacer:
    context = MiniRacer()
    atexit.register(context.close)  # left open, V8 can hang when Python ends
    context.eval(bundle("workbook"))
    context.eval(CALLS)
    return context
