"""The browser's engine in the command line and the build: the same script, run by V8."""

from __future__ import annotations

import json
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

FOLDER = Path(__file__).parent / "js"


def engine_source() -> str:
    """The engine as one script that defines `createHandbookSearch(data)`."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js")))


class SearchEngine:
    """A searcher over `records.search_data`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._context = MiniRacer()
        weakref.finalize(self, self._context.close)  # left open, V8 can hang when Python ends
        self._context.eval(
            f"var searcher, searcher_of; (function () {{ {engine_source()}\nsearcher_of = createHandbookSearch }})()"
        )
        self._context.eval("function load(text) { searcher = searcher_of(JSON.parse(text)); return searcher.size }")
        self._context.eval("function ask(text) { return JSON.stringify(searcher.search(JSON.parse(text))) }")
        self.size: int = self._context.call("load", json.dumps(data, ensure_ascii=False))

    def search(
        self, words: str, *, limit: int = 20, filters: Mapping[str, Sequence[str]] | None = None, expand: bool = True
    ) -> dict[str, Any]:
        """The answer as the search page gets it: total, units, facets and up to `limit` ranked results."""
        question = {"q": words, "limit": limit, "filters": filters or {}, "expand": expand}
        answer: dict[str, Any] = json.loads(self._context.call("ask", json.dumps(question)))
        return answer

    def ids(self, words: str, limit: int = 10) -> list[str]:
        """The node ids of the first results."""
        return [result["id"] for result in self.search(words, limit=limit)["results"]]
