"""The test matrix as Excel workbooks: of all documents, and of each document.

Both languages stand in every cell. Every cell is written as a string, so that text which begins with "=" is never a
formula, and the same content gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Protocol
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from handbook.fingerprint import edition_fingerprint
from handbook.matrix import NEEDS, Call, Cell, Matrix, Weight, matrix_of
from handbook.model import Need, Text
from handbook.phrases import Phrases
from handbook.pipeline import Handbook
from handbook.views.labels import Vocabulary, both

SIGNS: dict[Need, str] = {"required": "●", "conditional": "◐", "not-required": "○"}
A4, LONGEST = 9, 32_767
# A line of 9 points, and the highest row that Excel has.
LINE, HIGHEST = 12.0, 409.0
Points = tuple[str | None, ...]


class Moment(Protocol):
    """A point in time (`datetime`): no stage before the edge of the program reads the clock, or imports it."""

    def strftime(self, format: str, /) -> str:
        """The moment as text."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its head and its width in characters."""

    head: Text
    width: float


def matrix_files(handbook: Handbook, phrases: Phrases, created: Moment) -> Iterator[tuple[str, bytes]]:
    """The workbooks of a site with their paths: data/matrix.xlsx, and data/matrix/<document>.xlsx for each document."""
    books = _Books(handbook, phrases, created)
    yield "data/matrix.xlsx", books.workbook(None)
    for document in books.matrix.documents:
        yield f"data/matrix/{document}.xlsx", books.workbook(document)


def matrix_xlsx(handbook: Handbook, phrases: Phrases, created: Moment, document: str | None = None) -> bytes:
    """One workbook: of all documents, or of `document`, which has to call for tests."""
    return _Books(handbook, phrases, created).workbook(document)


class _Books:
    """What all workbooks share."""

    def __init__(self, handbook: Handbook, phrases: Phrases, created: Moment) -> None:
        self.handbook = handbook
        self.phrases = phrases
        self.created = created
        self.matrix = matrix_of(handbook)
        self.words = Vocabulary.of(handbook.corpus)
        self.fingerprint = edition_fingerprint(handbook.corpus.clauses)

    def workbook(self, document: str | None) -> bytes:
        """The bytes of the workbook of one document, or of all."""
        buffer = BytesIO()
        as_written = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(buffer, {"in_memory": True, **as_written})
        title = self._title(document)
        book.set_properties({"title": f"{title.zh} · {title.en}", "created": self.created})
        shown = self.matrix.of(document) if document else self.matrix
        plain = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFC7C9", "font_size": 9}
        sheets = _Sheets(
            add=book.add_worksheet,
            head=book.add_format({**plain, "bold": True, "bg_color": "#E3ECEB"}),
            cell=book.add_format(plain),
            running=f"&L{_header(title.zh)}&R{self.created.strftime('%Y-%m-%d')} · {self.fingerprint}",
        )
        self._legend(sheets, title, shown)
        for name, points in (("细胞 Cells", shown.way), ("其他 Others", shown.beside)):
            if points:
                sheets.fill(name, self._matrix_columns(points), self._matrix_rows(shown, points, document), frozen=2)
        sheets.fill("条款 Clauses", CLAUSE_COLUMNS, self._clause_rows(shown), frozen=2)
        sheets.fill("差异 Differences", DIFFERENCE_COLUMNS, self._difference_rows(document), frozen=1)
        sheets.fill("空白 Gaps", GAP_COLUMNS, self._gap_rows(document), frozen=2)
        book.close()
        return buffer.getvalue()

    # ---------------------------------------------------------------------------------- words

    def _say(self, key: str, **values: object) -> Text:
        return Text(zh=self.phrases.say("zh", key, **values), en=self.phrases.say("en", key, **values))

    def _point(self, at: str | None) -> Text:
        return self.words.point(at) or self._say("method.any")

    def _short(self, document: str) -> Text:
        return self.handbook.documents[document].record.short

    def _need(self, need: Need) -> str:
        said = self._say(f"need.{need}")
        return f"{SIGNS[need]} {said.zh} {said.en}"

    def _title(self, document: str | None) -> Text:
        name = self._say("nav.matrix")
        if document is None:
            return name
        short = self._short(document)
        return Text(zh=f"{name.zh}：{short.zh}", en=f"{name.en}: {short.en}")

    # --------------------------------------------------------------------------------- sheets

    def _legend(self, sheets: _Sheets, title: Text, shown: Matrix) -> None:
        rows = [
            ("", title),
            ("", both(f"{self.created.strftime('%Y-%m-%d')} · {self.fingerprint}")),
            *((self._need(need), self._say(f"matrix.need.{need}.why")) for need in NEEDS),
            (_stacked(self._say("matrix.weight.drafts")), self._say("matrix.weight.why")),
            (_stacked(self._say("matrix.weight.other")), self._say("matrix.weight.why")),
            ("≠", self._say("matrix.differs")),
            (_stacked(self._say("matrix.empty")), self._say("matrix.empty.why")),
            ("差异 Differences", self._say("matrix.differences.lead")),
            ("空白 Gaps", self._say("matrix.gaps.holes.why")),
        ]
        documents = (
            (_stacked(self._say(f"force.{self.handbook.forces[name]}")), self.handbook.documents[name].record.title)
            for name in shown.documents
        )
        lines = ((sign, text.zh, text.en) for sign, text in (*rows, *documents))
        sheets.fill("说明 Legend", LEGEND_COLUMNS, lines, frozen=0)

    def _matrix_columns(self, points: Points) -> tuple[Column, ...]:
        columns = (Column(self._point(at), 10.5) for at in points)
        return (Column(Text(zh="质量属性", en="Quality attribute"), 11), Column(METHOD, 20), *columns)

    def _matrix_rows(self, shown: Matrix, points: Points, document: str | None) -> Iterator[list[str]]:
        for attribute, methods in shown.by_attribute.items():
            for method in methods:
                cells = [shown.cells.get((method, at)) for at in points]
                if any(cells):
                    yield [
                        _stacked(self.words.facet("attributes", attribute)),
                        _stacked(shown.methods[method].label),
                        *(self._cell(cell, document) if cell else "" for cell in cells),
                    ]

    def _cell(self, cell: Cell, document: str | None) -> str:
        """What a cell says: for one document its clauses, for all the strongest need and the count by weight."""
        if document:
            own = cell.sayings[0]
            mark = self._weight(own.weight)
            return "\n".join(f"{mark}{self._need(call.need)}: {call.clause.split('/')[1]}" for call in own.calls)
        lines = []
        for weight in Weight:
            needs = [saying.need for saying in cell.of(weight)]
            if needs:
                lines.append(f"{self._weight(weight)}{self._need(min(needs, key=NEEDS.index))}: {len(needs)}")
        return "\n".join([*lines, *(["≠"] if cell.differs else [])])

    def _weight(self, weight: Weight) -> str:
        if weight is Weight.RULES:
            return ""
        said = self._say(f"matrix.weight.{weight}")
        return f"[{said.zh} {said.en}] "

    def _clause_rows(self, shown: Matrix) -> Iterator[list[str]]:
        order = {name: number for number, name in enumerate(self.matrix.methods)}
        points = {name: number for number, name in enumerate(self.matrix.points)}

        def place(call: Call) -> tuple[int, int, int, str]:
            return order[call.method], points[call.at], self.matrix.rank[call.document], call.clause

        for call in sorted(shown.calls, key=place):
            record = self.handbook.by_id[call.clause].entry.record
            document = self.handbook.documents[call.document].record
            first, last = record.lines
            yield [
                _stacked(shown.methods[call.method].label),
                _stacked(self._point(call.at)),
                self._need(call.need),
                _stacked(document.short),
                _stacked(self._say(f"force.{self.handbook.forces[call.document]}")),
                _stacked(self._say(f"modality.{call.modality}")),
                call.clause,
                f"{document.original.file}: {first}–{last}",
                record.zh,
                record.en,
            ]

    def _difference_rows(self, document: str | None) -> Iterator[list[str]]:
        for cell in self.matrix.differences:
            if document and all(saying.document != document for saying in cell.sayings):
                continue
            yield [
                _stacked(self.matrix.methods[cell.method].label),
                _stacked(self._point(cell.at)),
                *(
                    "\n".join(
                        f"{self._told(saying.document)} {', '.join(self._ids(saying.calls, need))}"
                        for saying in cell.sayings
                        if saying.need == need
                    )
                    for need in NEEDS
                ),
            ]

    @staticmethod
    def _ids(calls: Iterable[Call], need: Need) -> list[str]:
        return list(dict.fromkeys(call.clause.split("/")[1] for call in calls if call.need == need))

    def _told(self, document: str) -> str:
        """A document by its short names, and its binding force."""
        short, force = self._short(document), self._say(f"force.{self.handbook.forces[document]}")
        return f"{short.zh} {short.en} [{force.zh} {force.en}]"

    def _gap_rows(self, document: str | None) -> Iterator[list[str]]:
        for gap in self.matrix.gaps:
            if document in (None, gap.document):
                yield [
                    self._told(gap.document),
                    _stacked(self.matrix.methods[gap.method].label),
                    _stacked(self._point(gap.at)),
                    "\n".join(f"{point.zh} {point.en}" for point in map(self._point, gap.elsewhere)),
                    "\n".join(self._told(other) for other in gap.others),
                ]


@dataclass(frozen=True)
class _Sheets:
    """How sheets look: head and cells, and the line that runs above every printed page."""

    add: Callable[[str], Worksheet]
    head: Format
    cell: Format
    running: str

    def fill(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], frozen: int) -> None:
        """A sheet with its head and rows; head and `frozen` columns stay in sight, on paper the head is repeated."""
        sheet = self.add(name)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, _stacked(column.head), self.head)
        sheet.set_row(0, _height([_stacked(column.head) for column in columns], columns))
        last = 0
        for last, row in enumerate(rows, start=1):
            sheet.set_row(last, _height(row, columns))
            for number, text in enumerate(row):
                sheet.write_string(last, number, text[:LONGEST], self.cell)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.set_header(self.running)
        sheet.set_footer("&L&A&R&P / &N")


def _stacked(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh}\n{text.en}"


def _height(row: Sequence[str], columns: Sequence[Column]) -> float:
    """The height that wrapped text needs: programs other than Excel do not find it out by themselves."""
    lines = (
        sum(max(1, ceil(_width(part) / (column.width * 0.98))) for part in text.split("\n"))
        for text, column in zip(row, columns, strict=True)
    )
    return min(HIGHEST, max(lines) * LINE + 3)


def _width(text: str) -> float:
    """How many digits wide a text of 9 points is in a column measured in digits of 11 points."""
    return sum(1.65 if east_asian_width(sign) in "WF" else 0.87 for sign in text)


def _header(text: str) -> str:
    """Text for a page header, where & begins a code."""
    return text.replace("&", "&&")[:120]


METHOD = Text(zh="方法", en="Method")
POINT = Text(zh="取样点", en="Sampling point")
DOCUMENT = Text(zh="文件", en="Document")
LEGEND_COLUMNS = (
    Column(Text(zh="符号", en="Sign"), 26),
    Column(Text(zh="含义", en="Meaning (Chinese)"), 60),
    Column(Text(zh="英文", en="Meaning (English)"), 70),
)
CLAUSE_COLUMNS = (
    Column(METHOD, 22),
    Column(POINT, 16),
    Column(Text(zh="要求程度", en="Need"), 14),
    Column(DOCUMENT, 24),
    Column(Text(zh="效力", en="Binding force"), 12),
    Column(Text(zh="程度", en="Modality"), 10),
    Column(Text(zh="条款编号", en="Clause"), 26),
    Column(Text(zh="原文件与行", en="Original file and lines"), 24),
    Column(Text(zh="中文", en="Chinese"), 50),
    Column(Text(zh="英文", en="English"), 60),
)
DIFFERENCE_COLUMNS = (
    Column(METHOD, 22),
    Column(POINT, 16),
    Column(Text(zh="● 需检", en="required"), 48),
    Column(Text(zh="◐ 视情况", en="conditional"), 48),
    Column(Text(zh="○ 不需检", en="not required"), 36),
)
GAP_COLUMNS = (
    Column(DOCUMENT, 34),
    Column(METHOD, 22),
    Column(Text(zh="未提及之处", en="Silent at"), 18),
    Column(Text(zh="本文件在何处要求", en="Asks for it at"), 24),
    Column(Text(zh="在此要求它的文件", en="Asked for there by"), 60),
)
