"""What changed from one wording to another, word by word: Han characters singly, Latin words and figures whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "gone", "new"]
_TOKEN = re.compile(r"[A-Za-z]+(?:[-'][A-Za-z]+)*|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)
ISLAND = 2


@dataclass(frozen=True)
class Run:
    """A stretch of text that both wordings share, or that only the old or only the new one has."""

    change: Change
    text: str


def word_diff(old: str, new: str) -> tuple[Run, ...]:
    """The runs that lead from `old` to `new`.

    All but the "new" runs make up `old`, all but the "gone" runs make up `new`. Shared stretches of fewer than `ISLAND`
    tokens between two changes are taken into the change: a diff of single characters is none that people can read.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    pieces = [("same" if tag == "equal" else "changed", before[i:j], after[k:n]) for tag, i, j, k, n in steps]
    merged: list[tuple[str, list[str], list[str]]] = []
    for place, (kind, gone, come) in enumerate(pieces):
        inside = 0 < place < len(pieces) - 1
        what = "changed" if inside and len(gone) < ISLAND else kind
        if merged and merged[-1][0] == what == "changed":
            merged[-1] = (what, merged[-1][1] + gone, merged[-1][2] + come)
        else:
            merged.append((what, gone, come))
    return tuple(_runs(merged))


def _runs(pieces: list[tuple[str, list[str], list[str]]]) -> Iterator[Run]:
    for kind, gone, come in pieces:
        if kind == "same":
            yield Run("same", "".join(gone))
            continue
        if gone:
            yield Run("gone", "".join(gone))
        if come:
            yield Run("new", "".join(come))
