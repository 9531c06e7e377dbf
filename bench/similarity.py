"""How the search for similar clauses grows: the committed clauses once, twice, four and eight times over.

usage: python bench/similarity.py

A copy counts as clauses of other documents, with the same texts, which is the worst case: everything has a twin.
Prints the comparisons that the blocking lets through, what scoring all pairs would take, and seconds; linear work
gives 2 in the last columns, the square gives 4.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from handbook.link import LinkedClause
from handbook.pipeline import compile_handbook
from handbook.similarity import comparisons, similar_clauses

ROOT = Path(__file__).resolve().parent.parent
TIMES = (1, 2, 4, 8, 16)


def repeated(clauses: tuple[LinkedClause, ...], times: int) -> Iterator[LinkedClause]:
    """The clauses several times, each time as those of other documents."""
    for turn in range(times):
        for one in clauses:
            yield replace(one, entry=replace(one.entry, document=f"{one.entry.document}-{turn}"))


def main() -> None:
    """Prints the table."""
    clauses = compile_handbook(ROOT).clauses
    before: tuple[int, float] | None = None
    print(f"{'clauses':>8}{'all pairs':>15}{'compared':>12}{'seconds':>9}{'x compared':>12}{'x seconds':>11}")
    for times in TIMES:
        many = tuple(repeated(clauses, times))
        met = comparisons(many)
        start = time.perf_counter()
        similar_clauses(many)
        seconds = time.perf_counter() - start
        growth = f"{met / before[0]:12.2f}{seconds / before[1]:11.2f}" if before else ""
        print(f"{len(many):>8}{math.comb(len(many), 2):>15,}{met:>12,}{seconds:9.2f}{growth}", flush=True)
        before = met, seconds


if __name__ == "__main__":
    main()
