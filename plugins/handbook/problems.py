"""What is wrong with the input, as data: where, which rule, how bad, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA


class Severity(StrEnum):
    """An error means that the site would be wrong, a warning that it would be incomplete."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """The closed list of things that can be wrong with the content."""

    BROKEN_YAML = "broken-yaml"
    SHAPE = "shape"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    UNKNOWN_ID = "unknown-id"
    DUPLICATE_ID = "duplicate-id"
    WITHDRAWN_ID = "withdrawn-id"
    DUPLICATE_LABEL = "duplicate-label"
    LINES = "lines"
    ORDER = "order"
    UNIT = "unit"
    QUANTITY = "quantity"
    LANGUAGE = "language"
    FIGURES = "figures"
    MODALITY = "modality"
    EVIDENCE = "evidence"
    LINEAGE = "lineage"
    STALE = "stale"
    HIERARCHY = "hierarchy"
    TITLE = "title"
    SEARCH = "search"
    FILE = "file"


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file of the project: path relative to its root, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One finding. Sorts by place, then by code and message."""

    place: Place
    code: Code
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        warning = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.place}: {warning}{self.message}"


class HandbookError(Exception):
    """The one exception that users meet: the input cannot become a handbook.

    `problems` holds every finding, sorted; `str()` prints them one a line.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def fatal(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether the problems stop a build: any error does, and in strict mode any warning too."""
    return any(strict or problem.severity is Severity.ERROR for problem in problems)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """` (did you mean 'x'?)` for the nearest known name, or an empty string when none is near.

    Near is an optimal string alignment distance (insert, delete, replace, swap neighbours) of one for every three
    characters of the name, and of one at least.
    """
    slips = max(1, len(name) // 3)
    best = process.extractOne(name, sorted(known), scorer=OSA.distance, score_cutoff=slips)
    return f" (did you mean '{best[0]}'?)" if best else ""
