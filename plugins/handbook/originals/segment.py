"""Cuts an original into segments: one a sentence, a list member, a table row, a heading, a reference.

Segments are the author's starting point and the denominator of coverage, so nothing may be lost: every character
of the range is in one segment or in `removed` with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from handbook.figures import Figure, Identifier, find_figures, find_identifiers
from handbook.modality import Cue, find_cues
from handbook.originals.joining import Part, Wording
from handbook.originals.layout import Layout, Removed, lay_out
from handbook.originals.paragraphs import Paragraph, paragraphs
from handbook.originals.source import Entry, Original

HeadingPath = tuple[tuple[str, str], ...]


class SegmentKind(StrEnum):
    """What a segment is in the original."""

    SENTENCE = "sentence"
    HEADING = "heading"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"
    TITLE = "title"
    REFERENCE = "reference"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Segment:
    """The smallest piece of an original that an author restates.

    `parts` says which piece of which raw line the text is made of; `first` and `last` are the lines that hold it.
    The heading path ends with the segment's own heading, article or list number, `("（一）", "")` when untitled.
    """

    index: int
    heading_path: HeadingPath
    kind: SegmentKind
    text: str
    parts: tuple[Part, ...]
    normative: bool
    cues: tuple[Cue, ...]
    figures: tuple[Figure, ...]
    identifiers: tuple[Identifier, ...]
    works: tuple[str, ...]

    @property
    def first(self) -> int:
        """The raw line in which it begins."""
        return min(part.line for part in self.parts)

    @property
    def last(self) -> int:
        """The raw line in which it ends."""
        return max(part.line for part in self.parts)

    @property
    def body_lines(self) -> tuple[int, ...]:
        """The raw lines that hold words or figures of it: those that a clause must name to cover it."""
        return tuple(sorted({part.line for part in self.parts if any(map(str.isalnum, part.text))}))

    @property
    def exponent_flattened(self) -> bool:
        """Whether a power in it lost its superscript in the original."""
        return any(figure.exponent_flattened for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The segments of a document in the order of their first lines, and what was removed on the way."""

    entry: Entry
    segments: tuple[Segment, ...]
    removed: tuple[Removed, ...]


@dataclass(frozen=True, slots=True)
class _Level:
    style: str
    number: str
    title: str
    heading: bool


_STOP = re.compile(r"[。！？；!?;]+[”’）)」》]*")
_ENGLISH_STOP = re.compile(r"[.?!;]\s+(?=[A-Z])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PARENTHESIS = re.compile(r"[（(][^（()）]{0,300}[)）]")
_UNFIT_FOR_HEADING = re.compile(r"[。；]|;(?=[\u3400-\u9fff])|[：:，、]$")
_PLAIN_HEADING = re.compile(r"^[\u3400-\u9fffA-Z/-]{2,20}$")
_KEYWORDS = re.compile(r"^(?:关键词|关键字|Key ?words)")
_BRACKETED = re.compile(r"^[（(]([^（()）]{2,16})[)）]")
_WORK = re.compile(r"《([^《》]+(?:《[^》]*》[^《》]*)?)》")
_NOT_NORMATIVE = (SegmentKind.HEADING, SegmentKind.TITLE, SegmentKind.REFERENCE)
_LONGEST_HEADING = 100
_SHORT_HEADING = 25


def segment(original: Original, entry: Entry) -> Segmentation:
    """The segments of the document `entry` of `original`."""
    return segment_layout(lay_out(original, entry))


def segment_layout(layout: Layout) -> Segmentation:
    """The segments of a document of which the layout is known."""
    cut = sorted(_cut(layout), key=lambda piece: piece[2].lines[0])
    segments = tuple(_segment(index, path, kind, wording) for index, (path, kind, wording) in enumerate(cut))
    return Segmentation(layout.entry, segments, layout.removed)


def _segment(index: int, path: HeadingPath, kind: SegmentKind, wording: Wording) -> Segment:
    text = wording.text
    cues = () if kind in _NOT_NORMATIVE else find_cues(text)
    own_number = path[-1][0] if path and text.startswith(path[-1][0]) else ""
    figures = tuple(figure for figure in find_figures(text) if figure.start >= len(own_number))
    works = tuple(dict.fromkeys(_WORK.findall(text)))
    return Segment(index, path, kind, text, wording.parts, bool(cues), cues, figures, find_identifiers(text), works)


def _cut(layout: Layout) -> Iterator[tuple[HeadingPath, SegmentKind, Wording]]:
    stack: list[_Level] = []
    found = paragraphs(layout)
    for index, paragraph in enumerate(found):
        if paragraph.kind in ("title", "reference", "caption", "table-row"):
            yield _path(stack), SegmentKind(paragraph.kind), paragraph.wording
            continue
        is_heading = _is_heading(paragraph, _next_in_flow(found, index), stack)
        _enter(stack, paragraph, is_heading=is_heading)
        if is_heading:
            yield _path(stack), SegmentKind.HEADING, paragraph.wording
            continue
        if _KEYWORDS.match(paragraph.wording.text):
            yield _path_of_text(stack), SegmentKind.SENTENCE, paragraph.wording
            continue
        listed = paragraph.mark is not None and paragraph.mark.style != "条"
        path = _path(stack) if paragraph.mark else _path_of_text(stack)
        for sentence in _sentences(paragraph.wording):
            member = listed or sentence.text.endswith(("；", ";"))
            yield path, SegmentKind.LIST_ITEM if member else SegmentKind.SENTENCE, sentence


def _path(stack: list[_Level]) -> HeadingPath:
    return tuple((level.number, level.title) for level in stack)


def _path_of_text(stack: list[_Level]) -> HeadingPath:
    """The path of an unmarked paragraph: it stands under the last heading or article, not under a list number."""
    depth = len(stack)
    while depth and not stack[depth - 1].heading and stack[depth - 1].style != "条":
        depth -= 1
    return _path(stack[:depth])


def _next_in_flow(found: tuple[Paragraph, ...], index: int) -> Paragraph | None:
    return next((other for other in found[index + 1 : index + 40] if other.kind in ("body", "heading")), None)


def _is_heading(paragraph: Paragraph, following: Paragraph | None, stack: list[_Level]) -> bool:
    """A marked line is a heading when it is no sentence and has something of its own below it."""
    if paragraph.kind == "heading":
        return True
    mark, text = paragraph.mark, paragraph.wording.text
    if mark is None:
        return _is_plain_heading(text, following)
    if mark.style in "章节":
        return True
    if following is None or following.kind == "heading" or mark.style == "条" or len(text) > _LONGEST_HEADING:
        return False
    styles = [level.style for level in stack]
    above = styles[: styles.index(mark.style) + 1] if mark.style in styles else [*styles, mark.style]
    if following.mark is not None and following.mark.style in above:
        return False
    if len(text) <= _SHORT_HEADING and following.mark is not None:
        text = text.rstrip("。")  # a heading with a full stop, followed by a list of its own
    return not _UNFIT_FOR_HEADING.search(text)


def _is_plain_heading(text: str, following: Paragraph | None) -> bool:
    """A short line without mark and stop is a heading when running text follows it."""
    if not _PLAIN_HEADING.match(text) or following is None or following.mark is not None:
        return False
    return following.kind == "body" and len(following.wording.text) > len(text) and "。" in following.wording.text


def _enter(stack: list[_Level], paragraph: Paragraph, *, is_heading: bool) -> None:
    """Brings the stack of headings and list numbers to where `paragraph` stands."""
    mark, text = paragraph.mark, paragraph.wording.text
    label = paragraph.label
    if mark is None and is_heading:
        _pop_to(stack, "plain")
        stack.append(_Level("plain", "", text, heading=True))
    elif mark is None and label and not is_heading:
        _pop_to(stack, "run-in")
        stack.append(_Level("run-in", "", label, heading=True))
    elif mark is not None:
        _pop_to(stack, mark.style)
        rest = text[len(mark.number) :].strip() if text.startswith(mark.number) else mark.rest
        if label:
            rest, is_heading = label.removeprefix(mark.number).strip(), True
        bracketed = _BRACKETED.match(rest) if mark.style == "条" else None
        title = bracketed.group(1) if bracketed else rest if is_heading else ""
        stack.append(_Level(mark.style, mark.number, title, heading=is_heading))


def _pop_to(stack: list[_Level], style: str) -> None:
    """Leaves on the stack what stands above a mark of `style`."""
    if style == "章":
        stack.clear()
    for index, level in enumerate(stack):
        if level.style == style or (level.style == "plain" and index == 0 and style != "run-in"):
            del stack[index:]
            return
    if style == "条":
        while stack and stack[-1].style not in ("章", "节"):
            stack.pop()


def _sentences(wording: Wording) -> Iterator[Wording]:
    text = wording.text
    start = 0
    for end in _stops(text):
        sentence = wording.slice(start, end)
        if sentence.text:
            yield sentence
        start = end
    rest = wording.slice(start, len(text))
    if rest.text:
        yield rest


def _stops(text: str) -> Iterator[int]:
    """Where sentences end: not inside short parentheses, and at a half-width mark only between Chinese words."""
    if not _HAN.search(text):
        yield from (match.end() for match in _ENGLISH_STOP.finditer(text))
        return
    inside = bytearray(len(text) + 1)
    for match in _PARENTHESIS.finditer(text):
        inside[match.start() : match.end()] = b"\x01" * len(match.group())
    for match in _STOP.finditer(text):
        if inside[match.start()]:
            continue
        half_width = match.group()[0] in "!?;"
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        if not half_width or _HAN.search(around):
            yield match.end()
