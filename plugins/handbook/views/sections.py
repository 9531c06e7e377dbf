"""How the clauses of a document are spread over pages, and where each heading and clause is found.

A document of up to `MOST` clauses is one page. A longer one is cut at its headings, from the top level down as far
as needed; small neighbours under one heading share a page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from handbook.link import LinkedClause
from handbook.model import Document, Heading, Text

MOST = 60
MOST_BYTES = 110_000


@dataclass(frozen=True)
class Block:
    """A heading with the clauses that stand directly under it; `anchor` marks it on its page."""

    heading: Heading
    anchor: str
    clauses: tuple[LinkedClause, ...]


@dataclass(frozen=True)
class Sheet:
    """What goes on one page: its path, its title, its blocks."""

    path: str
    title: Text
    blocks: tuple[Block, ...]

    @property
    def clauses(self) -> tuple[LinkedClause, ...]:
        """The clauses of the page, in order."""
        return tuple(clause for block in self.blocks for clause in block.clauses)


def document_path(document: str) -> str:
    """The path of a document's page."""
    return f"documents/{document}"


def sheets_of(document: Document, clauses: Iterable[LinkedClause]) -> tuple[Sheet, ...]:
    """The pages that hold the cards of `document`; when it is only one, that is the document's own page."""
    blocks = _blocks(document, clauses)
    whole = tuple(blocks)
    if _fits(whole):
        return (Sheet(document_path(document.id), document.title, whole),)
    slugs = _Names()
    return tuple(
        Sheet(f"{document_path(document.id)}/{slugs.of(piece.blocks[0].heading.key)}", piece.title, piece.blocks)
        for piece in _pieces_of(tuple(_trees(blocks)))
    )


def heading_title(heading: Heading) -> Text:
    """The heading as people write it: number and words."""
    number = heading.number
    if not number:
        return Text(zh=heading.zh, en=heading.en)
    gap = "" if number[-1] in "、．）" else " "
    return Text(zh=f"{number}{gap}{heading.zh}", en=f"{english_number(number)} {heading.en}")


_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_NUMERAL = re.compile("[〇一二三四五六七八九十百]+")
_INSETS = {"表": "Table", "图": "Figure", "附件": "Annex", "附录": "Appendix", "附表": "Annexed table"}
_DIVISIONS = {"编": "Part", "章": "Chapter", "节": "Section", "条": "Article", "款": "Paragraph"}


def english_number(number: str) -> str:
    """A number as printed, for English readers: 一、 is 1., （二） is (2), 第三章 is Chapter 3."""
    number = _NUMERAL.sub(lambda found: str(_count(found.group())), number)
    inset = re.fullmatch(r"(附?[表图件录])\s*([\dA-Z.-]*)", number)
    if inset and inset[1] in _INSETS:
        return f"{_INSETS[inset[1]]} {inset[2]}".rstrip()
    division = re.fullmatch(r"第(\d+)([编章节条款])", number)
    if division:
        return f"{_DIVISIONS[division[2]]} {division[1]}"
    return number.translate(str.maketrans("、（）．", ".()."))


def _count(numeral: str) -> int:
    """The value of a Chinese numeral below 1,000."""
    total, digit = 0, 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
    return total + digit


# ------------------------------------------------------------------------------------ cutting


@dataclass
class _Tree:
    block: Block
    below: list[_Tree] = field(default_factory=list)

    def all(self) -> Iterator[Block]:
        yield self.block
        for tree in self.below:
            yield from tree.all()


@dataclass(frozen=True)
class _Piece:
    blocks: tuple[Block, ...]
    title: Text
    roots: tuple[Heading, ...] = ()  # the headings that it holds whole; only pieces that hold such are put together


def _blocks(document: Document, clauses: Iterable[LinkedClause]) -> list[Block]:
    under: dict[str, list[LinkedClause]] = defaultdict(list)
    for clause in clauses:
        under[clause.entry.record.heading].append(clause)
    names = _Names()
    return [Block(heading, f"h_{names.of(heading.key)}", tuple(under[heading.key])) for heading in document.headings]


def _fits(blocks: Iterable[Block]) -> bool:
    clauses = [clause.entry.record for block in blocks for clause in block.clauses]
    return len(clauses) <= MOST and sum(3 * len(c.zh) + len(c.en) for c in clauses) <= MOST_BYTES


def _trees(blocks: Iterable[Block]) -> Iterator[_Tree]:
    """The headings as trees, top level first."""
    above: list[_Tree] = []
    tops: list[_Tree] = []
    for block in blocks:
        while above and above[-1].block.heading.level >= block.heading.level:
            above.pop()
        tree = _Tree(block)
        (above[-1].below if above else tops).append(tree)
        above.append(tree)
    yield from tops


def _pieces_of(trees: Iterable[_Tree]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for tree in trees:
        blocks = tuple(tree.all())
        title = heading_title(tree.block.heading)
        if _fits(blocks):
            pieces.append(_Piece(blocks, title, (tree.block.heading,)))
            continue
        pieces += _cut(tree.block, title)
        pieces += [replace(piece, roots=()) for piece in _pieces_of(tree.below)]
    return _together(pieces)


def _cut(block: Block, title: Text) -> Iterator[_Piece]:
    """The clauses that stand directly under one heading, in portions when they are too many for a page."""
    portions: list[list[LinkedClause]] = [[]]
    for clause in block.clauses:
        if not _fits([replace(block, clauses=(*portions[-1], clause))]) and portions[-1]:
            portions.append([])
        portions[-1].append(clause)
    for number, portion in enumerate((portion for portion in portions if portion), start=1):
        if number == 1:
            yield _Piece((replace(block, clauses=tuple(portion)),), title)
        else:
            later = replace(block, clauses=tuple(portion), anchor=f"{block.anchor}_{number}")
            yield _Piece((later,), Text(zh=f"{title.zh}（{number}）", en=f"{title.en} ({number})"))


def _together(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Neighbours that fit on one page, put together."""
    kept: list[_Piece] = []
    for piece in pieces:
        last = kept[-1] if kept else None
        if last and last.roots and piece.roots and _fits((*last.blocks, *piece.blocks)):
            roots = (*last.roots, *piece.roots)
            kept[-1] = _Piece((*last.blocks, *piece.blocks), _joint_title(roots), roots)
        else:
            kept.append(piece)
    return kept


def _joint_title(roots: tuple[Heading, ...]) -> Text:
    titles = [heading_title(root) for root in roots]
    if len(titles) > 2:
        return Text(zh=f"{titles[0].zh} 至 {titles[-1].zh}", en=f"{titles[0].en} to {titles[-1].en}")
    return Text(zh=" · ".join(title.zh for title in titles), en=" · ".join(title.en for title in titles))


class _Names:
    """Short names for headings, fit for paths and anchors, each given once."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def of(self, key: str) -> str:
        plain = re.sub(r"[^a-z0-9.]+", "-", key.lower()).strip("-.") or "section"
        name, number = plain, 1
        while name in self.taken:
            number += 1
            name = f"{plain}-{number}"
        self.taken.add(name)
        return name
