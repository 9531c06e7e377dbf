"""Coverage: which segments of an original its clauses speak of.

A normative segment is covered when the clauses whose lines overlap it and whose Chinese speaks of the same things
take up its lines and enough of its words. Lines alone would not do: a journal puts a whole paragraph on one line,
and twenty sentences would be covered by one clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from handbook.link import LinkedClause
from handbook.modality import Modality
from handbook.model import Waiver
from handbook.originals.segment import Segment, SegmentKind

HAN = re.compile(r"[㐀-鿿]")
WORDS = re.compile(r"[A-Za-z][A-Za-z0-9-]+")

# Restated sentences of the first nineteen documents all pass these values; tests/originals/test_verify.py takes
# clauses away one at a time and counts how many of the losses show. Below THIN a sentence is worth a second look.
SPEAKS = 0.30
ENOUGH = 0.30
THIN = 0.45

STRONG = (Modality.SHALL, Modality.SHALL_NOT, Modality.SHOULD, Modality.SHOULD_NOT)
DEGREES = ("尽可能", "尽量")


def features(text: str) -> frozenset[str]:
    """Pairs of neighbouring Han characters and Latin words: what a text speaks of, whatever its build."""
    han = "".join(HAN.findall(text))
    pairs = {han[i : i + 2] for i in range(len(han) - 1)} or set(han)
    return frozenset(pairs | {word.lower() for word in WORDS.findall(text)})


@dataclass(frozen=True)
class Speaker:
    """A clause as coverage sees it."""

    id: str
    first: int
    last: int
    words: frozenset[str]
    modality: Modality

    def speaks_of(self, words: frozenset[str]) -> bool:
        """Whether the clause shares enough with a segment of these words to be about it."""
        smaller = min(len(self.words), len(words)) or 1
        return len(self.words & words) / smaller >= SPEAKS


def speakers(clauses: Iterable[LinkedClause]) -> tuple[Speaker, ...]:
    """The clauses of a document, by first line."""
    found = [
        Speaker(c.id, *c.entry.record.lines, features(c.entry.record.zh), c.entry.record.modality) for c in clauses
    ]
    return tuple(sorted(found, key=lambda speaker: (speaker.first, speaker.last, speaker.id)))


@dataclass(frozen=True)
class Covering:
    """One segment and the clauses that speak of it."""

    segment: Segment
    near: tuple[Speaker, ...]
    waiver: Waiver | None

    @cached_property
    def words(self) -> frozenset[str]:
        """What the segment speaks of."""
        return features(self.segment.text)

    @cached_property
    def about(self) -> tuple[Speaker, ...]:
        """The near clauses that speak of the segment."""
        return tuple(speaker for speaker in self.near if speaker.speaks_of(self.words))

    @property
    def lines_covered(self) -> bool:
        """Whether the clauses take up every line of the segment that a clause could name."""
        claimed = {line for s in self.about for line in range(s.first, s.last + 1)}
        return set(self.segment.body_lines) <= claimed

    @cached_property
    def share(self) -> float:
        """How much of the segment's words the clauses about it take up, from 0 to 1."""
        said = frozenset(word for speaker in self.about for word in speaker.words)
        return len(said & self.words) / len(self.words) if self.words else 1.0

    @property
    def covered(self) -> bool:
        """Whether the clauses take up the segment's lines and enough of its words."""
        return self.lines_covered and self.share >= ENOUGH

    @property
    def thin(self) -> bool:
        """Whether it is covered, but by so few of its words that something may be lost."""
        return self.covered and self.share < THIN

    @property
    def waived(self) -> bool:
        """Whether a waiver stands in for clauses."""
        return self.waiver is not None and not self.covered

    @property
    def lost_modalities(self) -> tuple[str, ...]:
        """Cue words of the segment whose modality no clause about it carries.

        Words of degree (应 … 尽可能: shall … as far as possible) only soften a requirement that a clause carries.
        """
        carried = {speaker.modality for speaker in self.about}
        lost = [cue.word for cue in self.segment.cues if cue.modality in STRONG and cue.modality not in carried]
        if Modality.SHALL in carried:
            lost = [word for word in lost if word not in DEGREES]
        return tuple(dict.fromkeys(lost))


def asking(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The segments that ask for something: those with a cue, and the members of a list whose lead-in has one."""
    found: list[Segment] = []
    lead = False
    for segment in segments:
        member = segment.kind is SegmentKind.LIST_ITEM
        if segment.normative or (member and lead):
            found.append(segment)
        if segment.text.endswith(("：", ":")):
            lead = segment.normative or (member and lead)
        elif not member:
            lead = False
    return tuple(found)


def cover(
    segments: Iterable[Segment], clauses: Iterable[LinkedClause], waivers: Iterable[Waiver]
) -> tuple[Covering, ...]:
    """Every segment with the clauses near it, in order. Linear: both sides are walked once, sorted by line."""
    waiting = list(speakers(clauses))
    waivers = tuple(waivers)
    found: list[Covering] = []
    active: list[Speaker] = []
    position = 0
    for segment in sorted(segments, key=lambda s: (s.first, s.last, s.index)):
        while position < len(waiting) and waiting[position].first <= segment.last:
            active.append(waiting[position])
            position += 1
        active = [speaker for speaker in active if speaker.last >= segment.first]
        near = tuple(active)
        waiver = next((w for w in waivers if w.lines[0] <= segment.first and segment.last <= w.lines[1]), None)
        found.append(Covering(segment, near, waiver))
    return tuple(found)
