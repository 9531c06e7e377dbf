"""Titles of works: which document or reference a title in 《》 means, although written differently.

Titles are compared without brackets, blanks and the words that every guideline has. Equal titles and aliases
match at once; otherwise the nearest by rapidfuzz counts when it is near enough and clearly nearer than the next.
The two thresholds are justified by tests/test_titles.py on every title that the corpus cites.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
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
    """What a title was taken for: the work's id, how near it is (0 to 100), whether that is sure, and which part."""

    work: str
    score: float
    sure: bool
    part: str | None = None


def quoted_titles(text: str) -> Iterator[tuple[str, int, int]]:
    """Every title in 《》 in `text`, with start and end (brackets included)."""
    for found in QUOTED.finditer(text):
        yield found.group(1), found.start(), found.end()


def plain(title: str) -> str:
    """A title without width, brackets, blanks and punctuation."""
    return NOISE.sub("", unicodedata.normalize("NFKC", title)).casefold()


class Titles:
    """The titles and aliases of all works and of their chapters, to look a printed title up."""

    def __init__(self, names: Iterable[tuple[str, str, str | None]]) -> None:
        self.exact: dict[str, tuple[str, str | None]] = {}
        for title, work, part in names:
            self.exact.setdefault(plain(title), (work, part))
        self.known = list(self.exact)

    @classmethod
    def of(cls, corpus: Corpus) -> Titles:
        """The titles of the documents and references of `corpus`, in both languages."""
        return cls(titles_of(corpus))

    def find(self, title: str) -> Match | None:
        """The work that `title` means, or None when nothing is near.

        A trial version, a draft, an edition and an interpretation are different works, so when only such a word
        differs the match is never sure.
        """
        wanted = plain(title)
        if wanted in self.exact:
            work, part = self.exact[wanted]
            return Match(work, 100.0, True, part)
        ranked = process.extract(wanted, self.known, scorer=fuzz.ratio, limit=6, score_cutoff=DOUBTFUL)
        if not ranked:
            return None
        best, score, _ = ranked[0]
        rivals = [other for name, other, _ in ranked[1:] if self.exact[name][0] != self.exact[best][0]]
        clear = not rivals or score - rivals[0] >= MARGIN
        same_state = STATE.findall(wanted) == STATE.findall(best)
        work, part = self.exact[best]
        return Match(work, score, score >= SURE and clear and same_state, part)


def titles_of(corpus: Corpus) -> Iterator[tuple[str, str, str | None]]:
    """Every title with its work, and with the chapter where it is the title of one."""
    for document in corpus.documents:
        record = document.record
        for title in (record.title.zh, record.title.en, *record.aliases):
            yield title, record.id, None
    for entry in corpus.references:
        work = entry.record
        for title in (work.title.zh, work.title.en, *work.aliases, *work.misprints):
            yield title, work.id, None
    for entry in corpus.references:
        for part in entry.record.parts:
            yield part.title.zh, entry.record.id, part.part
            yield part.title.en, entry.record.id, part.part
