"""Joins the body lines of a layout to paragraphs.

Originals from PDF end a line where the column ends, so a line end says nothing by itself: a paragraph ends where
a line stops short of the column, where the next one begins with a mark, or where the role of the line changes.
Tables and captions that stand inside a paragraph do not end it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from handbook.originals.hints import hints_for
from handbook.originals.joining import Part, Wording, close_up, join, width
from handbook.originals.layout import NOTE, Layout, LineLayout, LineRole
from handbook.originals.markers import Marker, marker

ParagraphKind = Literal["body", "title", "heading", "table-row", "caption", "reference"]

_ENDED = re.compile(r"[。！？；：:;!?][”’）)」》]*$")
_CLOSED = re.compile(r"[。！？][”’）)」》]*$")
_GOES_ON = re.compile(r"[，、,（(《“—/~～×=＝≥≤＞＜+及和与或的]$")
_CONTINUES = re.compile(r"^[，。；、）)》”×/%％~～=＝＋+≥≤℃°]|^年(?=[一二三四五六七八九十])")
_LABEL = re.compile(
    r"^(?:摘要|关键词|关键字|Abstract|Keywords?\b|Key words|中图分类号|文献标志码|DOI|收稿日期|[（(]收稿日期|Received|"
    r"基金项目|作者简介|\*?通信作者|\*?通讯作者|\*?Corresponding|联系人|电话|传真|电子邮箱|地址|邮政编码|附件[：:]|定义[：:]|"
    r"计算公式[：:]|意义[：:]|作者贡献|利益冲突|Foundation item|注[：:]|编者按|Editor)"
)
_FIELD = re.compile(r"^(?:定义|计算公式|意义|联系人|电话|传真|电子邮箱|地址|邮政编码|附件)[：:]")
_KEYWORDS = re.compile(r"^(?:关键词|关键字|Key ?words)")
_FORMULA = re.compile(r"^计算公式[：:]")
_NOTE_ENDED = re.compile(r"[。.）]$")
_REFERENCE = re.compile(r"^(?:\[\d+\]|\d{1,2}[.．]\s)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FULL = 0.75  # of the usual width: a line that is shorter ends a paragraph
_WINDOW = 8
_LONG = 110  # a document whose usual line is longer keeps every paragraph on one raw line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, with the mark at their head."""

    kind: ParagraphKind
    mark: Marker | None
    wording: Wording
    label: str = ""

    @property
    def first(self) -> int:
        """The raw line with which it begins."""
        return self.wording.lines[0]


@dataclass(slots=True)
class _Open:
    kind: ParagraphKind
    mark: Marker | None
    parts: list[Part]
    label: str = ""
    ends: bool = False  # the next line begins a new paragraph whatever it looks like

    @property
    def tail(self) -> str:
        return self.parts[-1].text


def paragraphs(layout: Layout) -> tuple[Paragraph, ...]:
    """The paragraphs of `layout` in the order of their first lines."""
    return _Joiner(layout).run()


class _Joiner:
    def __init__(self, layout: Layout) -> None:
        self._lines = [line for line in layout.lines if line.text]
        self._hints = hints_for(layout.entry.id)
        structure = layout.entry.structure
        self._plain_numbers = structure.startswith(("1/", "一/1"))
        widths = sorted(width(line.text) for line in self._lines if line.role is LineRole.BODY)
        self._long_lines = bool(widths) and widths[len(widths) // 2] > _LONG
        gaps = sum(after.number > line.number + 1 for line, after in pairwise(self._lines))
        self._gaps_tell = gaps < 0.5 * len(self._lines)
        self._usual, self._widest = self._usual_widths()
        self._glued = _after_marks(layout)
        self._single_lines = layout.entry.kind == "front-matter"
        self._last_values: dict[str, int] = {}
        self._done: list[_Open] = []
        self._flow: _Open | None = None
        self._flow_width = self._flow_share = 0.0  # of its last line, to the narrower and the wider usual width
        self._table: _Open | None = None
        self._note: _Open | None = None  # a note to a table or at the foot that goes on in the next line

    def run(self) -> tuple[Paragraph, ...]:
        for index, line in enumerate(self._lines):
            if line.role is LineRole.BODY:
                self._body(index, line)
            elif line.role is LineRole.REFERENCE:
                self._reference(line)
            elif line.role is LineRole.TABLE_ROW:
                self._row(line)
            elif line.role is LineRole.CAPTION:
                self._caption(line)
            else:
                self._close()
                self._note = None
                kind: ParagraphKind = "title" if line.role is LineRole.TITLE else "heading"
                self._done.append(_Open(kind, self._mark(line.text), [Part(line.number, line.text)]))
        self._close()
        finished = [Paragraph(done.kind, done.mark, join(done.parts), done.label) for done in self._done]
        return tuple(sorted((done for done in finished if done.wording.text), key=lambda done: done.first))

    def _usual_widths(self) -> tuple[list[int], list[int]]:
        """For every line the width that its neighbourhood reaches: the upper quartile of the lines before it and
        after it, of the narrower and of the wider side (the two differ where a wide abstract ends)."""
        body = [index for index, line in enumerate(self._lines) if line.role is LineRole.BODY]
        widths = [width(self._lines[index].text) for index in body]
        usual, widest = [0] * len(self._lines), [0] * len(self._lines)
        for place, index in enumerate(body):
            sides = widths[max(0, place - _WINDOW) : place + 1], widths[place : place + _WINDOW + 1]
            reached = [_upper_quartile(side) for side in sides if len(side) > 3 or len(widths) < 8]
            usual[index], widest[index] = min(reached), max(reached)
        return usual, widest

    def _gap_before(self, index: int) -> bool:
        """Whether a blank line tells paragraphs apart here: not where every line is followed by one."""
        return self._gaps_tell and self._lines[index].number > self._lines[index - 1].number + 1

    def _mark(self, text: str) -> Marker | None:
        closed_up = re.sub(
            r"(?<=^[（(])\s+|(?<=^[（(].)\s+(?=[）)])|(?<=^[（(]..)\s+(?=[）)])", "", close_up(text.strip())
        )
        return marker(closed_up, plain_numbers=self._plain_numbers)

    def _close(self) -> None:
        if self._flow:
            self._done.append(self._flow)
            self._flow = None

    def _caption(self, line: LineLayout) -> None:
        caption = _Open("caption", None, [Part(line.number, line.text)])
        self._done.append(caption)
        self._note = caption if NOTE.match(line.text) and not _NOTE_ENDED.search(line.text) else None

    def _reference(self, line: LineLayout) -> None:
        if self._flow and self._flow.kind == "reference" and not _REFERENCE.match(line.text):
            self._flow.parts.append(Part(line.number, line.text))
            return
        self._close()
        self._flow = _Open("reference", None, [Part(line.number, line.text)])

    def _row(self, line: LineLayout) -> None:
        table = self._hints.table_at(line.number)
        part = Part(line.number, line.text.replace("\t", " | "))
        if table and table.rows and line.number not in table.rows and self._table:
            self._table.parts.append(part)
            return
        self._table = _Open("table-row", None, [part])
        self._done.append(self._table)

    def _body(self, index: int, line: LineLayout) -> None:
        if self._note:
            self._note.parts.append(Part(line.number, line.text))
            self._note = None if _NOTE_ENDED.search(line.text) else self._note
            return
        mark = self._mark(line.text)
        part = Part(line.number, line.text)
        if self._flow and not self._breaks(index, line, mark):
            self._flow.parts.append(part)
            self._flow.ends = bool(self._flow.mark and not self._flow.mark.rest and len(self._flow.parts) == 2)
        else:
            self._close()
            self._flow = _Open("body", mark, [part], line.label, ends=bool(mark and mark.style in "章节" and mark.rest))
            if mark:
                self._last_values[mark.style] = mark.value
        self._flow_width = width(line.text) / max(1, self._usual[index])
        self._flow_share = width(line.text) / max(1, self._widest[index])

    def _breaks(self, index: int, line: LineLayout, mark: Marker | None) -> bool:
        """Whether `line` begins a new paragraph after the open one."""
        flow = self._flow
        assert flow is not None
        for rule in (self._by_what_is_open, self._by_mark, self._by_label):
            decided = rule(index, line, mark, flow)
            if decided is not None:
                return decided
        if _CLOSED.search(flow.tail):
            return self._long_lines or self._flow_width < 0.9
        if _GOES_ON.search(flow.tail) or _CONTINUES.match(line.text) or _is_inside_brackets(flow):
            return False
        return not mark and (self._stops_short(index) or self._follows_short_item(index, line, flow))

    def _by_what_is_open(self, index: int, line: LineLayout, mark: Marker | None, flow: _Open) -> bool | None:
        if flow.ends or flow.kind != "body" or self._single_lines:
            return True
        if flow.mark and flow.tail.endswith("？") and len(flow.parts) <= 3:
            return True  # a question as heading
        if _KEYWORDS.match(flow.parts[0].text) and (self._long_lines or self._flow_width < 0.9):
            return True
        if _FORMULA.match(flow.parts[0].text):
            return bool(_LABEL.match(line.text) or (mark and mark.style in ("一、", "（一）")))
        if mark:
            return None
        if line.number in self._glued or (flow.mark and not flow.mark.rest and len(flow.parts) == 1):
            return False  # the text after a mark of its own line, the title after a number alone on its line
        if not _ENDED.search(flow.tail) and min(width(line.text), width(flow.tail)) <= 3:
            return False  # a piece that the layout broke off: a superscript, a single character
        return None

    def _by_mark(self, index: int, line: LineLayout, mark: Marker | None, flow: _Open) -> bool | None:
        if mark is None:
            return None
        short = self._stops_short(index) or (self._flow_share < _FULL and not self._long_lines)
        if _ENDED.search(flow.tail) or short:
            return not _is_inside_brackets(flow)
        return True if self._goes_on_counting(mark, flow) else None

    def _by_label(self, index: int, line: LineLayout, mark: Marker | None, flow: _Open) -> bool | None:
        ended = bool(_ENDED.search(flow.tail))
        if _FIELD.match(line.text) or (ended and not flow.tail.endswith("；") and self._gap_before(index)):
            return True
        if _LABEL.match(line.text) and (ended or self._stops_short(index) or self._long_lines):
            return True
        english = not any(_HAN.search(part.text) for part in flow.parts[-3:])
        if english and len(_HAN.findall(line.text)) >= 6 and (flow.tail.endswith(".") or len(flow.parts) >= 3):
            return True  # from an English abstract to the Chinese text
        return None

    def _stops_short(self, index: int) -> bool:
        if self._long_lines:
            return width(self._lines[index - 1].text) < 60 and width(self._lines[index].text) < 60
        return self._flow_width < _FULL

    def _follows_short_item(self, index: int, line: LineLayout, flow: _Open) -> bool:
        """A full line after a list member that fills little of its one line."""
        full = width(line.text) > 0.9 * self._widest[index]
        between_words = _HAN.match(flow.tail[-1]) and _HAN.match(line.text)  # no long Latin word kept the line short
        most = 0.85 if between_words else 0.6
        return flow.mark is not None and len(flow.parts) == 1 and self._flow_share < most and full

    def _goes_on_counting(self, mark: Marker, flow: _Open) -> bool:
        """A mark that continues its series is one even where the line before it is full and ends without a stop."""
        if _GOES_ON.search(flow.tail) or _is_inside_brackets(flow):
            return False
        if flow.mark and flow.mark.style == mark.style:
            return mark.value == flow.mark.value + 1 or mark.style == "•"
        if flow.mark and mark.value == 1 and len(flow.parts) == 1:
            return True  # a heading that fills its line, and the first of what it heads
        if mark.style in ("1.1", "1", "1.", "a.", "A.", "•"):
            return False
        return mark.value == self._last_values.get(mark.style, 0) + 1 or (mark.style in "章节条" and bool(mark.rest))


def _is_inside_brackets(flow: _Open) -> bool:
    near = "".join(part.text for part in flow.parts[-3:])
    return near.count("（") > near.count("）") or near.count("(") > near.count(")")


def _after_marks(layout: Layout) -> frozenset[int]:
    """Lines that go on behind a reference mark which the layout printed on a line of its own."""
    glued = set()
    after_mark = False
    for line in layout.lines:
        if line.text:
            if after_mark:
                glued.add(line.number)
            after_mark = after_mark and width(line.text) < 12
        elif line.role is LineRole.REFERENCE_MARK:
            after_mark = True
    return frozenset(glued)


def _upper_quartile(widths: list[int]) -> int:
    return sorted(widths)[(3 * len(widths)) // 4]
