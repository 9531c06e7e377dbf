"""Labels: a word names one concept only, or a link would be a guess."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.corpus import Corpus, Entry
from handbook.model import Concept
from handbook.problems import Code, Place, Problem


def claimed_twice(corpus: Corpus) -> Iterator[Problem]:
    """A label, abbreviation, variant or misprint that two concepts claim."""
    claimed: dict[str, tuple[str, Place]] = {}
    for entry in corpus.concepts:
        own: set[str] = set()
        for path, label in labels_of(entry):
            key = label.casefold()
            if key in own:
                continue
            own.add(key)
            other = claimed.setdefault(key, (entry.record.id, entry.at(*path)))
            if other[0] != entry.record.id:
                message = f"'{label}' already names '{other[0]}' at {other[1]}"
                yield Problem(entry.at(*path), Code.DUPLICATE_LABEL, message)


def labels_of(entry: Entry[Concept]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every label of a concept with its path in the record."""
    record = entry.record
    yield ("label", "zh"), record.label.zh
    yield ("label", "en"), record.label.en
    for key in ("alt", "hidden"):
        for language in ("zh", "en"):
            for number, label in enumerate(getattr(getattr(record, key), language)):
                yield (key, language, number), label
    for number, label in enumerate(record.abbr):
        yield ("abbr", number), label
    for number, misprint in enumerate(record.misprints):
        yield ("misprints", number, "text"), misprint.text
