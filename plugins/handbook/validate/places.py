"""Places: line ranges lie where they can lie, and everything stands in the order of the original."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.corpus import Corpus, DocumentEntry
from handbook.model import Span
from handbook.problems import Code, Place, Problem


def _span(place: Place, span: Span, outer: Span, of: str) -> Iterator[Problem]:
    first, last = span
    if first < 1:
        yield Problem(place, Code.LINES, f"lines {first}-{last}: lines are counted from 1")
    elif first > last:
        yield Problem(place, Code.LINES, f"lines {first}-{last} are reversed")
    elif first < outer[0] or last > outer[1]:
        yield Problem(place, Code.LINES, f"lines {first}-{last} are outside {of} ({outer[0]}-{outer[1]})")


def spans_of_documents(corpus: Corpus) -> Iterator[Problem]:
    """Documents of one file do not overlap."""
    last: dict[str, tuple[int, str]] = {}
    for document in sorted(corpus.documents, key=lambda d: (d.record.original.file, d.record.original.lines)):
        original, place = document.record.original, document.at("original", "lines")
        yield from _span(place, original.lines, (1, original.lines[1]), "the file")
        end, other = last.get(original.file, (0, ""))
        if original.lines[0] <= end:
            yield Problem(place, Code.LINES, f"lines overlap with those of document '{other}'")
        last[original.file] = max((end, other), (original.lines[1], document.record.id))


def spans_of_headings(corpus: Corpus) -> Iterator[Problem]:
    """Headings lie in their document, in order, and nest as their levels say."""
    for document in corpus.documents:
        whole = document.record.original.lines
        above: list[tuple[int, Span, str]] = []
        before = 0
        for number, heading in enumerate(document.record.headings):
            place = document.at("headings", number, "lines")
            while above and above[-1][0] >= heading.level:
                above.pop()
            outer, of = (above[-1][1], f"heading '{above[-1][2]}'") if above else (whole, "the document")
            yield from _span(place, heading.lines, outer, of)
            if heading.lines[0] < before:
                yield Problem(
                    place, Code.ORDER, f"heading '{heading.key}' is out of order: it begins before the last one"
                )
            before = heading.lines[0]
            above.append((heading.level, heading.lines, heading.key))


def spans_of_clauses(corpus: Corpus) -> Iterator[Problem]:
    """A clause lies within its heading, a waiver within its document."""
    for document in corpus.documents:
        headings = {heading.key: heading.lines for heading in document.record.headings}
        for entry in document.clauses:
            outer = headings.get(entry.record.heading, document.record.original.lines)
            yield from _span(entry.at("lines"), entry.record.lines, outer, f"heading '{entry.record.heading}'")
        for waiver in document.waivers:
            yield from _span(waiver.at("lines"), waiver.record.lines, document.record.original.lines, "the document")


def order_of_clauses(corpus: Corpus) -> Iterator[Problem]:
    """Clauses follow the order of the original: by heading, and by first line within it."""
    for document in corpus.documents:
        yield from _order(document)


def _order(document: DocumentEntry) -> Iterator[Problem]:
    rank = {heading.key: number for number, heading in enumerate(document.record.headings)}
    before = (-1, 0)
    for entry in document.clauses:
        here = (rank.get(entry.record.heading, before[0]), entry.record.lines[0])
        if here[0] < before[0]:
            message = f"heading '{entry.record.heading}' is out of order: a later heading came before it"
            yield Problem(entry.at("heading"), Code.ORDER, message)
        elif here < before:
            message = f"clause '{entry.record.id}' begins before the one above it (line {here[1]} after {before[1]})"
            yield Problem(entry.at("lines"), Code.ORDER, message)
        before = max(before, here)
