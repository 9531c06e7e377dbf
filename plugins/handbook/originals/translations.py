"""Whether the English of a clause names what its Chinese names, in the glossary's words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.link import LinkedClause
from handbook.model import Concept
from handbook.pipeline import Handbook

WORD = re.compile(r"[a-z0-9]+")
SMALL = {"of", "the", "a", "an", "and", "or", "in", "at", "for", "to", "with", "by", "on"}


class Translations:
    """Whether the terms of a Chinese text stand in the English one as the glossary translates them."""

    def __init__(self, handbook: Handbook) -> None:
        self.concepts: dict[str, Concept] = {entry.record.id: entry.record for entry in handbook.corpus.concepts}
        self.kin: dict[str, set[str]] = {}
        for name, concept in self.concepts.items():
            for other in (*concept.broader, *concept.related):
                self.kin.setdefault(name, set()).add(other)
                self.kin.setdefault(other, set()).add(name)

    def missing(self, clause: LinkedClause) -> Iterator[tuple[str, str]]:
        """Chinese label and English label of each concept that only the Chinese text names."""
        text = clause.entry.record.en
        there = {mention.id for mention in clause.en}
        loose, stems = _loose(text), _stems(text)
        for mention in clause.zh:
            concept = self.concepts.get(mention.id)
            if concept is None or mention.id in there or self.kin.get(mention.id, set()) & there:
                continue
            words = (concept.label.en, *concept.alt.en, *concept.hidden.en, *concept.abbr)
            if not any(_loose(word) in loose or _within(_stems(word), stems) for word in words):
                yield clause.entry.record.zh[mention.start : mention.end], concept.label.en
                there.add(mention.id)


def _loose(text: str) -> str:
    """A text without case, hyphens and blanks, so that 'off-the-shelf' and 'off the shelf' agree."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _stems(text: str) -> set[str]:
    """The words of a text cut to their stems, so that 'depyrogenated' agrees with 'depyrogenation'."""
    words = (word for word in WORD.findall(text.casefold()) if word not in SMALL)
    return {word[: max(4, len(word) * 2 // 3)] if len(word) > 5 else word.rstrip("s") for word in words}


def _within(wanted: set[str], there: set[str]) -> bool:
    """Whether every stem begins, or is begun by, a stem that is there."""
    return all(any(one.startswith(stem) or stem.startswith(one) for one in there) for stem in wanted)
