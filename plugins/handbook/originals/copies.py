"""Copied wording: runs of Han characters that a clause shares with an original.

Enumerations (three or more 、 within the run) and titles of works are facts and may agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

RUN = 30
HAN = re.compile(r"[㐀-鿿]")
KEPT = re.compile(r"[㐀-鿿、]")


class Originals:
    """Every run of `RUN` Han characters in a set of texts."""

    def __init__(self, texts: Iterable[str], titles: Iterable[str]) -> None:
        self.runs: set[str] = set()
        for text in texts:
            han = "".join(HAN.findall(text))
            self.runs.update(han[i : i + RUN] for i in range(len(han) - RUN + 1))
        self.titles = tuple("".join(HAN.findall(title)) for title in titles)

    def shared(self, text: str) -> list[str]:
        """The longest runs of `RUN` or more Han characters that `text` shares with the originals."""
        kept = "".join(KEPT.findall(text))
        at = [i for i, character in enumerate(kept) if character != "、"]
        han = "".join(kept[i] for i in at)
        found: list[str] = []
        start = 0
        while start + RUN <= len(han):
            end = start
            while end + RUN <= len(han) and han[end : end + RUN] in self.runs:
                end += 1
            if end == start:
                start += 1
                continue
            run = han[start : end + RUN - 1]
            marks = kept[at[start] : at[end + RUN - 2] + 1].count("、")
            if marks < 3 and not self.is_title(run):
                found.append(run)
            start = end + RUN - 1
        return found

    def is_title(self, run: str) -> bool:
        """Whether a run is nothing but a title and a few characters around it."""
        return any(run in title or (title in run and len(run) - len(title) < RUN) for title in self.titles)
