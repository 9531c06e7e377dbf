"""Titles of works: which document or reference a title in 《》 means, although written differently.

Titles are compared without brackets, blanks and the words that every guideline has. Equal titles and aliases
match at once; otherwise the nearest by rapidfuzz counts when it is near enough and clearly nearer than the next.
The two thresholds are justified by tests/test_titles.py on every title that the corpus cites.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from handbook.corpus import Corpus

SURE = 92.0
DOUBTFUL = 80.0
MARGIN = 4.0

QUOTED = re.compile(r"《([^《》]+)》")
NOISE = re.compile(r"[\s《》〈〉()（）\[\]〔〕“”\"'，,.。:：、·-]")
STATE = re.compile(r"试行|征求意见稿|修订|修正|解读|检查手册|\d{4}年?版?")


@dataclass(frozen=True)
class Match:
    """What a title was taken for: the work's id, how near it is (0 to 100), and whether that is sure."""

    work: str
    score: float
    sure: bool


def quoted_titles(text: str) -> Iterator[tuple[str, int, int]]:
    """Every title in 《》 in `text`, with start and end (brackets included)."""
    for found in QUOTED.finditer(text):
        yield found.group(1), found.start(), found.end()


def plain(title: str) -> str:
    """A title without width, brackets, blanks and punctuation."""
    return NOISE.sub("", unicodedata.normalize("NFKC", title)).casefold()


class Titles:
    """The titles and aliases of all works, to look a printed title up."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self.exact: dict[str, str] = {}
        for work, titles in names.items():
            for title in titles:
                self.exact.setdefault(plain(title), work)
        self.known = list(self.exact)

    @classmethod
    def of(cls, corpus: Corpus) -> Titles:
        """The titles of the documents and references of `corpus`, in both languages."""
        names: dict[str, list[str]] = {}
        for document in corpus.documents:
            record = document.record
            names[record.id] = [record.title.zh, record.title.en, *record.aliases]
        for entry in corpus.references:
            work = entry.record
            names[work.id] = [work.title.zh, work.title.en, *work.aliases, *work.misprints]
        return cls(names)

    def find(self, title: str) -> Match | None:
        """The work that `title` means, or None when nothing is near.

        A trial version, a draft, an edition and an interpretation are different works, so when only such a word differs
        the match is never sure.
        """
        wanted = plain(title)
        if wanted in self.exact:
            return Match(self.exact[wanted], 100.0, True)
        ranked = process.extract(wanted, self.known, scorer=fuzz.ratio, limit=6, score_cutoff=DOUBTFUL)
        if not ranked:
            return None
        best, score, _ = ranked[0]
        rivals = [other for name, other, _ in ranked[1:] if self.exact[name] != self.exact[best]]
        clear = not rivals or score - rivals[0] >= MARGIN
        same_state = STATE.findall(wanted) == STATE.findall(best)
        return Match(self.exact[best], score, score >= SURE and clear and same_state)
