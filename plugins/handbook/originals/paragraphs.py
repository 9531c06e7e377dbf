"""Joins the body lines of a layout to paragraphs.

Originals from PDF end a line where the column ends, so a line end says nothing by itself: a paragraph ends where
a line stops short of the column, where the next one begins with a mark, or where the role of the line changes.
Tables and captions that stand inside a paragraph do not end it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from handbook.originals.hints import hints_for
from handbook.originals.layout import Layout, LineLayout, LineRole
from handbook.originals.markers import Marker, marker
from handbook.originals.wording import Part, Wording, join, width

ParagraphKind = Literal["body", "title", "heading", "table-row", "caption", "reference"]

_ENDED = re.compile(r"[。！？；：:;!?][”’）)」》]*$")
_CLOSED = re.compile(r"[。！？][”’）)」》]*$")
_GOES_ON = re.compile(r"[，、,（(《“—/~～×=＝≥≤＞＜+及和与或的]$")
_CONTINUES = re.compile(r"^[，。；、）)》”×/%％~～=＝＋+≥≤℃°]")
_LABEL = re.compile(
    r"^(?:摘要|关键词|关键字|Abstract|Keywords?\b|Key words|中图分类号|文献标志码|DOI|收稿日期|[（(]收稿日期|Received|"
    r"基金项目|作者简介|\*?通信作者|\*?通讯作者|\*?Corresponding|联系人|电话|传真|电子邮箱|地址|邮政编码|附件[：:]|定义[：:]|"
    r"计算公式[：:]|意义[：:]|作者贡献|利益冲突|Foundation item|注[：:]|编者按|Editor)"
)
_FORMULA = re.compile(r"^计算公式[：:]")
_REFERENCE = re.compile(r"^(?:\[\d+\]|\d{1,2}[.．]\s)")
_FULL = 0.75  # of the usual width: a line that is shorter ends a paragraph
_WINDOW = 8
_LONG = 110  # a document whose usual line is longer keeps every paragraph on one raw line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, with the mark at their head."""

    kind: ParagraphKind
    mark: Marker | None
    wording: Wording

    @property
    def first(self) -> int:
        """The raw line with which it begins."""
        return self.wording.lines[0]


@dataclass(slots=True)
class _Open:
    kind: ParagraphKind
    mark: Marker | None
    parts: list[Part]
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
        widths = sorted(width(line.text) for line in self._lines)
        self._long_lines = bool(widths) and widths[len(widths) // 2] > _LONG
        self._usual = self._usual_widths()
        self._last_values: dict[str, int] = {}
        self._done: list[_Open] = []
        self._flow: _Open | None = None
        self._flow_width = 0.0
        self._table: _Open | None = None

    def run(self) -> tuple[Paragraph, ...]:
        for index, line in enumerate(self._lines):
            if line.role is LineRole.BODY:
                self._body(index, line)
            elif line.role is LineRole.REFERENCE:
                self._reference(line)
            elif line.role is LineRole.TABLE_ROW:
                self._row(line)
            elif line.role is LineRole.CAPTION:
                self._done.append(_Open("caption", None, [Part(line.number, line.text)]))
            else:
                self._close()
                kind: ParagraphKind = "title" if line.role is LineRole.TITLE else "heading"
                self._done.append(_Open(kind, self._mark(line.text), [Part(line.number, line.text)]))
        self._close()
        finished = [Paragraph(done.kind, done.mark, join(done.parts)) for done in self._done]
        return tuple(sorted((done for done in finished if done.wording.text), key=lambda done: done.first))

    def _usual_widths(self) -> list[int]:
        """For every line the width that its neighbourhood reaches: near the upper quartile."""
        widths = [width(line.text) for line in self._lines]
        usual = []
        for index in range(len(widths)):
            near = sorted(widths[max(0, index - _WINDOW) : index + _WINDOW + 1])
            usual.append(near[(3 * len(near)) // 4])
        return usual

    def _mark(self, text: str) -> Marker | None:
        return marker(text, plain_numbers=self._plain_numbers)

    def _close(self) -> None:
        if self._flow:
            self._done.append(self._flow)
            self._flow = None

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
        mark = self._mark(line.text)
        part = Part(line.number, line.text)
        if self._flow and not self._breaks(index, line, mark):
            self._flow.parts.append(part)
            self._flow.ends = bool(self._flow.mark and not self._flow.mark.rest and len(self._flow.parts) == 2)
        else:
            self._close()
            self._flow = _Open("body", mark, [part], ends=bool(mark and mark.style in "章节" and mark.rest))
            if mark:
                self._last_values[mark.style] = mark.value
        self._flow_width = width(line.text) / max(1, self._usual[index])

    def _breaks(self, index: int, line: LineLayout, mark: Marker | None) -> bool:
        flow = self._flow
        assert flow is not None
        if flow.ends or flow.kind != "body":
            return True
        if flow.mark and not flow.mark.rest and len(flow.parts) == 1 and not mark:
            return False  # a number alone on its line: its title follows
        ended = bool(_ENDED.search(flow.tail))
        if _FORMULA.match(flow.parts[0].text):
            return bool(_LABEL.match(line.text) or (mark and mark.style in ("一、", "（一）")))
        if not mark and not ended and (width(line.text) <= 3 or width(flow.tail) <= 3):
            return False  # a piece that the layout broke off: a superscript, a single character
        short = self._stops_short(index)
        if mark and (ended or short or self._goes_on_counting(mark, flow)):
            return True
        if _LABEL.match(line.text) and (ended or short or self._long_lines):
            return True
        if _CLOSED.search(flow.tail):
            return self._long_lines or self._flow_width < 0.9
        return short and not mark and not _GOES_ON.search(flow.tail) and not _CONTINUES.match(line.text)

    def _stops_short(self, index: int) -> bool:
        if self._long_lines:
            return width(self._lines[index - 1].text) < 60 and width(self._lines[index].text) < 60
        return self._flow_width < _FULL

    def _goes_on_counting(self, mark: Marker, flow: _Open) -> bool:
        """A mark that continues its series is one even where the line before it is full and ends without a stop."""
        if mark.style in ("1.1", "1", "1.", "a.", "•") or _GOES_ON.search(flow.tail):
            return False
        return mark.value == self._last_values.get(mark.style, 0) + 1 or (mark.style in "章节条" and bool(mark.rest))
