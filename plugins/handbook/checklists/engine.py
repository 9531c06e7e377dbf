"""The engine of checklists and assessments in the command line: the pages' own script, run by V8 without a browser.

What it does is in engine/*.ts; here it is only called. Catalogues, assessments and plans are plain values in the shape
of engine/types.ts.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Mapping
from typing import Any, Literal

from py_mini_racer import MiniRacer

from handbook.bundles import bundle

Shown = Literal["zh", "en", "both"]
Values = Mapping[str, Any]

# Everything goes in and out as JSON text, so that a page and the command line see the very same values.
CALL = """
function called(text) {
  const [name, values] = JSON.parse(text)
  return JSON.stringify(handbookChecklists[name](...values)) ?? "null"
}
"""


class ChecklistEngine:
    """The script in a V8 of its own; it holds nothing between calls."""

    def __init__(self) -> None:
        self._context = MiniRacer()
        # One that is still open when Python ends makes the process hang now and then.
        weakref.finalize(self, self._context.close)
        self._context.eval(bundle("engine"))
        self._context.eval(CALL)

    def call(self, name: str, *values: object) -> Any:  # noqa: ANN401 - a plain value of any shape
        """What a function that main.ts exports gives for these values."""
        return json.loads(str(self._context.call("called", json.dumps([name, values]))))

    def eval(self, script: str) -> object:
        """What a script gives that uses the engine as `handbookChecklists`."""
        return self._context.eval(script)

    def create(self, catalogue: Values, choice: Values, given: Values) -> dict[str, Any]:
        """A new assessment of a list, a profile or single clauses; `given` holds its id, the ISO time, the language."""
        made: dict[str, Any] = self.call("createAssessment", catalogue, choice, given)
        return made

    def to_file(self, assessment: Values) -> str:
        """The text of the file of an assessment."""
        return str(self.call("toFile", assessment))

    def read(self, text: str) -> dict[str, Any]:
        """`{assessment, notes}` of the text of a file, or `{refused: messages}`."""
        found: dict[str, Any] = self.call("readFile", text)
        return found

    def csv(self, assessment: Values, shown: Shown) -> str:
        """The assessment as CSV, byte order mark included."""
        return str(self.call("toCsv", assessment, shown))

    def update(self, assessment: Values, catalogue: Values, now: str) -> dict[str, Any]:
        """`{assessment, plan}`: the assessment on the edition of the catalogue, and what that changed."""
        updated: dict[str, Any] = self.call("applyUpdate", assessment, catalogue, now)
        return updated
