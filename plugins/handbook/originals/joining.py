"""Joins the texts of lines and cleans what is joined, while every character still knows its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_CJK = "\u3000-\u303f\u3400-\u9fff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’…—"
_BLANK = "[ \t\u3000\xa0]+"
_LOOSE_BLANK = re.compile(
    rf"(?<=[{_CJK}]){_BLANK}(?=[{_CJK}])|(?<=[（《〈“，。；：、！？]){_BLANK}|{_BLANK}(?=[）》〉”，。；：、！？])"
)
_RUN = re.compile(r"[ \t\u3000\xa0]{2,}|\t|\u3000|\xa0")


@dataclass(frozen=True, slots=True)
class Part:
    """The share of one raw line in a text."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A clean text of which every character knows the raw line that it comes from."""

    text: str
    lines: tuple[int, ...]

    def slice(self, start: int, end: int) -> Wording:
        """The characters from `start` to `end`, white space at the ends left out."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Wording(self.text[start:end], self.lines[start:end])

    @property
    def parts(self) -> tuple[Part, ...]:
        """The text cut at the borders of raw lines."""
        cuts = [0, *(index for index in range(1, len(self.lines)) if self.lines[index] != self.lines[index - 1])]
        spans = zip(cuts, [*cuts[1:], len(self.text)], strict=True)
        return tuple(Part(self.lines[start], self.text[start:end]) for start, end in spans if end > start)


def width(text: str) -> int:
    """Columns that `text` takes in print: a full-width character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def join(parts: Iterable[Part]) -> Wording:
    """The parts as one text: no blanks between Han characters, one between Latin words that a line end parted."""
    text: list[str] = []
    lines: list[int] = []
    for part in parts:
        added = close_up(part.text.strip())
        if text and added and _needs_blank(text[-1], added[0]):
            added = " " + added
        text += added
        lines += [part.line] * len(added)
    return _cleaned("".join(text), lines)


def _needs_blank(before: str, after: str) -> bool:
    if before in "-‐‑/(（" or not (before.isascii() and after.isascii()):
        return False
    if before.isdigit() and after.isdigit():
        return False
    return (before.isalnum() or before in ".,;:)!?") and (after.isalnum() or after == "(")


def close_up(text: str) -> str:
    """A letter-spaced line ("2 9 3 T 细 胞") without the blanks between its letters."""
    letters = text.split()
    single = sum(len(letter) == 1 and letter.isalnum() for letter in letters)
    if len(letters) < 6 or single < 0.7 * len(letters):
        return text
    return re.sub(r"(?<=\S)[ \u3000](?=\S)", "", text)


def _cleaned(text: str, lines: list[int]) -> Wording:
    kept_text: list[str] = []
    kept_lines: list[int] = []
    position = 0
    for start, end, blank in _blanks(text):
        kept_text.append(text[position:start] + blank)
        kept_lines += [*lines[position:start], *lines[start : start + len(blank)]]
        position = end
    kept_text.append(text[position:])
    kept_lines += lines[position:]
    return Wording("".join(kept_text), tuple(kept_lines))


def _blanks(text: str) -> Iterator[tuple[int, int, str]]:
    loose = {match.start(): (match.start(), match.end(), "") for match in _LOOSE_BLANK.finditer(text)}
    runs = {match.start(): (match.start(), match.end(), " ") for match in _RUN.finditer(text)}
    spans = runs | loose
    last = 0
    for start in sorted(spans):
        if start >= last:
            last = spans[start][1]
            yield spans[start]
