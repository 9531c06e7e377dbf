"""The official wording of each clause's lines, for those who have the originals."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from handbook.corpus import Corpus, DocumentEntry
from handbook.originals.joining import join
from handbook.originals.layout import Layout, lay_out
from handbook.originals.paragraphs import Paragraph, paragraphs
from handbook.originals.source import Inventory, OriginalsError, open_inventory


def official_wording(corpus: Corpus, folder: Path) -> dict[str, str]:
    """Clause id to the cleaned text of its lines, paragraphs parted by newlines.

    Raises `OriginalsError` when the folder does not hold what the documents name.
    """
    inventory = open_inventory(folder)
    wording: dict[str, str] = {}
    for document in corpus.documents:
        found = paragraphs(layout_of(inventory, document))
        for clause in document.clauses:
            wording[clause.id] = wording_of(found, *clause.record.lines)
    return wording


def layout_of(inventory: Inventory, document: DocumentEntry) -> Layout:
    """The layout of a document's original; the inventory and the document's record must agree."""
    entry = inventory.entry(document.record.id)
    own = document.record.original
    if (entry.file, entry.first, entry.last) != (own.file, *own.lines):
        raise OriginalsError(
            f"{document.at('original')}: the inventory says {entry.file} lines {entry.first}-{entry.last}, "
            f"the document {own.file} lines {own.lines[0]}-{own.lines[1]}"
        )
    return lay_out(inventory.original(entry), entry)


def wording_of(found: Iterable[Paragraph], first: int, last: int) -> str:
    """What the raw lines `first` to `last` say, clean, one paragraph a line."""
    texts = []
    for paragraph in found:
        lines = paragraph.wording.lines
        if lines[0] <= last and first <= lines[-1]:
            parts = [part for part in paragraph.wording.parts if first <= part.line <= last]
            if parts:
                texts.append(join(parts).text)
    return "\n".join(texts)
