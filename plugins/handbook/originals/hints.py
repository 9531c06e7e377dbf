"""Reads hints.yml: what the layout of a document does not tell by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_PATH = Path(__file__).with_name("hints.yml")


@dataclass(frozen=True, slots=True)
class Table:
    """A flattened table: its raw lines and the lines with which a row begins (none: every line is a row)."""

    first: int
    last: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hints:
    """The hints for one document; lines are raw and 1-based, the value is the reason for the removal."""

    tables: tuple[Table, ...] = ()
    removed: tuple[tuple[int, str], ...] = ()

    def table_at(self, line: int) -> Table | None:
        """The table that holds raw line `line`."""
        return next((table for table in self.tables if table.first <= line <= table.last), None)


@cache
def hints_for(document: str) -> Hints:
    """The hints for `document`; empty when it needs none."""
    record: dict[str, Any] = yaml.safe_load(_PATH.read_text(encoding="utf-8")).get(document, {})
    tables = tuple(
        Table(table["lines"][0], table["lines"][1], tuple(table.get("rows", ()))) for table in record.get("tables", ())
    )
    removed = [(hint["line"], hint["reason"]) for hint in record.get("displaced", ())]
    for hint in record.get("figures", ()):
        first, last = hint["lines"]
        removed += [(line, hint["reason"]) for line in range(first, last + 1)]
    return Hints(tables, tuple(removed))
