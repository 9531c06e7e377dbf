"""Tells, line by line, what of an original is body and what is layout.

Every pass takes the drafts of all lines of a document and marks some of them; what it takes away is kept with
its reason. The rules rest on regularities of the text itself: the sequence of a number column, dots that lead to
page numbers, single characters set one under the other, heads that come back. What cannot be told so stands in
hints.yml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from handbook.originals.columns import find_column
from handbook.originals.hints import hints_for
from handbook.originals.source import Entry, Original


class LineRole(StrEnum):
    """What a raw line is; the roles from `contents` on have no body left."""

    BODY = "body"
    TITLE = "title"
    HEADING = "heading"
    TABLE_ROW = "table-row"
    CAPTION = "caption"
    REFERENCE = "reference-list-entry"
    BLANK = "blank"
    CONTENTS = "contents"
    LINE_NUMBER = "line-number"
    PAGE_FOOTER = "page-footer"
    RUNNING_HEAD = "running-head"
    WATERMARK = "watermark"
    REFERENCE_MARK = "reference-mark"
    URL_FRAGMENT = "url-fragment"
    DISPLACED = "displaced"


@dataclass(frozen=True, slots=True)
class Removed:
    """Text of a line that is not body, and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class LineLayout:
    """A raw line: its number, its role, the body text that is left, and what was removed.

    `label` is a run-in heading at the head of the line, known by bold type or by the wide blank after it.
    """

    number: int
    role: LineRole
    text: str
    removed: tuple[Removed, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of one document, in order."""

    entry: Entry
    lines: tuple[LineLayout, ...]

    @property
    def removed(self) -> tuple[Removed, ...]:
        """Everything that was removed, in order."""
        return tuple(removed for line in self.lines for removed in line.removed)

    def between(self, first: int, last: int) -> tuple[LineLayout, ...]:
        """The lines `first` to `last` (raw numbers) as far as they belong to the document."""
        start = self.lines[0].number
        return self.lines[max(0, first - start) : max(0, last - start + 1)]


@dataclass(slots=True)
class _Draft:
    number: int
    text: str
    role: LineRole = LineRole.BODY
    removed: list[Removed] = field(default_factory=list)
    label: str = ""

    def drop(self, role: LineRole, reason: str) -> None:
        if self.text.strip():
            self.removed.append(Removed(self.number, self.text.strip(), reason))
        self.text, self.role = "", role

    def cut(self, start: int, end: int, reason: str) -> None:
        self.removed.append(Removed(self.number, self.text[start:end], reason))
        self.text = self.text[:start] + self.text[end:]

    @property
    def is_open(self) -> bool:
        return bool(self.text.strip())


_LEADER = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|\.{2,}\s*\d{1,3}|\t\s*\d{1,3})\s*\d{0,3}\s*$")
_FIRST_HEADING = re.compile(r"^(?:[一1][、.．]|第一[章节]|1(?=[\u4e00-\u9fff])).{2,}")
_FOOTER = re.compile(r"^\s*-\s?\d{1,3}\s?-\s*$")
_RUNNING = re.compile(r"^中国药事\s+\d{4}\s*年|CHINESE PHARMACEUTICAL AFFAIRS|^中华人民共和国卫生部\s+www\.")
_OWN_LINE_MARK = re.compile(r"^\s*[（(]\d{1,2}(?:\s?[,，~～、-]\s?\d{1,2})*[)）]\s*$")
_SUPERSCRIPT = re.compile(r"(?<!10)<sup>.*?</sup>")
_MARKDOWN = re.compile(r"^#{1,6}\s+|\*\*|^- (?=\[|\S)|\\(?=\*)|(?<=\S)\*(?=[A-Z])|(?<=[a-z.])\*(?=[,.\s])")
_BOLD = re.compile(r"^\*\*([^*]{2,60}?)[：:]?\s*\*\*(?=\s*\S)")
_WIDE_LABEL = re.compile(r"^(\d(?:\.\d{1,2}){1,3}\u3000[^\u3000，。；]{2,24})\u3000(?=\S)")
_LINK = re.compile(r"\[[^\]\s]*\]\(https?:[^)]*\)")
_URL_REST = re.compile(r"^\s*(?=.*[/\d])[\w/.?=&:-]{12,}\.?\s*$")
_CAPTION = re.compile(r"^(?:续?表|图|Table|Tab\.|Fig\.)\s?\d+(?:[\s\u3000]|(?=[\u4e00-\u9fff]))(?!.*。)|^续表\s?\d+$")
_ASIDE = re.compile(
    r"^(?:\d\s)?注\s?[：:]|^“[✓+]”|^MR=|^NMPA[:：]|^GVHD[:：]|^\W?(?:基金项目|作者简介|通信作者|通讯作者|收稿日期)|"
    r"^\W?(?:Corresponding author|Received|Foundation item)|^中图分类号|^DOI[:：]"
)
NOTE = re.compile(r"^(?:\d\s)?注\s?[：:]|^“[✓+]”|^MR=|^NMPA[:：]|^GVHD[:：]")
_COVER = re.compile(
    r"^附件\s?\d*(?:-\d+)?$|^[（(](?:征求意见稿|试行|20\d\d\s?年版)[)）]$|^20\d\d\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?(?:制定|修订)?$"
)
_REFERENCES = re.compile(r"^(?:[一二三四五六七八九十]+、)?\s*参考文献(?:\s*\(References\))?\s*[：:]?$")
_HAN = re.compile(r"[\u3400-\u9fff]")


def lay_out(original: Original, entry: Entry) -> Layout:
    """The layout of the document `entry` in `original`: every raw line of its range, in order."""
    raw = original.lines[entry.first - 1 : entry.last]
    drafts = [_Draft(entry.first + index, line.replace("\r", "")) for index, line in enumerate(raw)]
    for draft in drafts:
        if not draft.is_open:
            draft.role = LineRole.BLANK
    passes: tuple[Callable[[list[_Draft], Entry], None], ...] = (
        _hints, _contents, _number_column, _page_furniture, _watermarks, _marks, _titles, _tables, _references, _labels,
    )  # fmt: skip
    for mark in passes:
        mark(drafts, entry)
    return Layout(entry, tuple(_finished(draft) for draft in drafts))


def squeeze(text: str) -> str:
    """`text` without white space, brackets and commas in one form: for comparing titles and headings."""
    return re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）")


def _finished(draft: _Draft) -> LineLayout:
    text = draft.text.strip()
    role = draft.role
    if not text and not draft.removed and role is LineRole.BODY:
        role = LineRole.BLANK
    return LineLayout(draft.number, role, text, tuple(draft.removed), draft.label)


def _open(drafts: list[_Draft]) -> list[_Draft]:
    return [draft for draft in drafts if draft.is_open]


def _hints(drafts: list[_Draft], entry: Entry) -> None:
    for line, reason in hints_for(entry.id).removed:
        drafts[line - entry.first].drop(LineRole.DISPLACED, reason)


def _contents(drafts: list[_Draft], entry: Entry) -> None:
    inside = False
    for draft in _open(drafts):
        text = squeeze(draft.text)
        if text == "目录":
            inside = True
            draft.drop(LineRole.CONTENTS, "contents list")
        elif _LEADER.search(draft.text) and (inside or "...." in draft.text):
            draft.drop(LineRole.CONTENTS, "contents list")
        elif inside and entry.kind == "front-matter" and text.isdigit():
            draft.drop(LineRole.PAGE_FOOTER, "page number of a contents list")
    _contents_without_leaders(drafts)


def _contents_without_leaders(drafts: list[_Draft]) -> None:
    """A list of headings at the front that comes back, from its first line on, as the text itself."""
    lines = _open(drafts)
    texts = [squeeze(draft.text) for draft in lines]
    for first, text in enumerate(texts[:25]):
        if not _FIRST_HEADING.match(text):
            continue
        again = next((index for index in range(first + 3, min(60, len(texts))) if texts[index] == text), None)
        if again is None or any(len(line) >= 40 or "。" in line for line in texts[first:again]):
            continue
        later = set(texts[again:])
        if sum(line in later for line in texts[first:again]) >= 0.5 * (again - first):
            for draft in lines[first:again]:
                draft.drop(LineRole.CONTENTS, "contents list")
            return


def _number_column(drafts: list[_Draft], _entry: Entry) -> None:
    column = find_column([draft.text for draft in drafts])
    if column is None:
        return
    edge, numbers = column
    for index, number in numbers.items():
        draft = drafts[index]
        text = draft.text.strip()
        draft.removed.append(Removed(draft.number, number, f"{edge} column of line numbers"))
        draft.text = text[len(number) :] if edge == "leading" else text[: -len(number)]
        if not draft.is_open:
            draft.role = LineRole.LINE_NUMBER


def _page_furniture(drafts: list[_Draft], _entry: Entry) -> None:
    repeated = Counter(squeeze(draft.text) for draft in drafts)
    in_head = False
    for index, draft in enumerate(drafts):
        text = squeeze(draft.text)
        if not text:
            continue
        in_head = in_head and _is_head(text)
        if _FOOTER.match(draft.text):
            draft.drop(LineRole.PAGE_FOOTER, "page number")
        elif _RUNNING.search(draft.text.strip()):
            draft.drop(LineRole.RUNNING_HEAD, "running head")
        elif in_head or (repeated[text] >= 3 and _is_head(text) and not _before_factor(drafts, index)):
            in_head = True
            draft.drop(LineRole.RUNNING_HEAD, "running head that comes back")
        elif _OWN_LINE_MARK.match(draft.text):
            draft.drop(LineRole.REFERENCE_MARK, "reference mark, printed as a superscript")


def _is_head(text: str) -> bool:
    return len(_HAN.findall(text)) >= 4 and bool(re.search(r"^关于.*通知$|〔\d{4}〕第?\d+号$|^发布时间", text))


def _before_factor(drafts: list[_Draft], index: int) -> bool:
    following = next((draft.text for draft in drafts[index + 1 : index + 4] if draft.is_open), "")
    return following.strip().startswith(("×", "=", "＝"))


def _watermarks(drafts: list[_Draft], entry: Entry) -> None:
    run: list[_Draft] = []
    for draft in [*_open(drafts), _Draft(0, "end")]:
        text = draft.text.strip()
        if len(text) == 1 and (_HAN.match(text) or text in "（）"):
            run.append(draft)
            continue
        if len(run) >= 3:
            reason = "title set one character under the other" if entry.kind == "front-matter" else "vertical watermark"
            for letter in run:
                letter.drop(LineRole.WATERMARK, reason)
        run = []


def _marks(drafts: list[_Draft], entry: Entry) -> None:
    """Marks of HTML and Markdown, links and what their wrapping left over."""
    if not any(draft.text.lstrip().startswith(("#", "**")) or "**" in draft.text for draft in drafts):
        return
    linked = False
    for draft in drafts:
        if bold := _BOLD.match(draft.text.strip()):
            draft.label = bold.group(1)
        if re.match(r"\s*#{1,6}\s", draft.text):
            draft.role = LineRole.HEADING
        for pattern, reason in (
            (_SUPERSCRIPT, "reference mark, a superscript"),
            (_LINK, "link"),
            (_MARKDOWN, "Markdown mark"),
        ):
            while match := pattern.search(draft.text):
                draft.cut(*match.span(), reason)
                linked = linked or reason == "link"
        if linked and entry.kind == "guideline" and _URL_REST.match(draft.text):
            draft.drop(LineRole.URL_FRAGMENT, "rest of a web address")


def _titles(drafts: list[_Draft], entry: Entry) -> None:
    title = squeeze(entry.title_zh or "")
    issuers = squeeze(entry.issuer_zh or "")
    heading = True
    previous = ""
    for draft in _open(drafts):
        text = squeeze(draft.text)
        cover = bool(_COVER.match(draft.text.strip()))
        if heading and (cover or (len(text) > 1 and (text in title or text.strip("（）") in issuers))):
            draft.role = LineRole.TITLE
        elif text == title and len(title) > 6:
            heading = False
            if previous[-1:] in "。：；）》？" or not previous or draft.role is LineRole.HEADING:
                draft.role = LineRole.TITLE
            else:
                draft.drop(LineRole.DISPLACED, "title, printed inside a paragraph")
                continue
        else:
            heading = False
        previous = text


def _tables(drafts: list[_Draft], entry: Entry) -> None:
    hints = hints_for(entry.id)
    for draft in _open(drafts):
        if draft.role is not LineRole.BODY:
            continue
        if hints.table_at(draft.number) or draft.text.count("\t") >= 2:
            draft.role = LineRole.TABLE_ROW
        elif (_CAPTION.match(draft.text.strip()) and len(draft.text) < 160) or _ASIDE.match(draft.text.strip()):
            draft.role = LineRole.CAPTION


def _labels(drafts: list[_Draft], _entry: Entry) -> None:
    for draft in _open(drafts):
        if wide := _WIDE_LABEL.match(draft.text.strip()):
            draft.label = wide.group(1)


def _references(drafts: list[_Draft], _entry: Entry) -> None:
    inside = False
    for draft in _open(drafts):
        text = draft.text.strip()
        if _REFERENCES.match(text):
            inside = True
            draft.role = LineRole.HEADING
        elif inside and (draft.role is LineRole.HEADING or re.match(r"[一二三四五六七八九十]+、", text)):
            inside = False
        elif inside:
            draft.role = LineRole.REFERENCE
