"""What a later version of a document asks more or less firmly than the earlier one: the sum of a comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from handbook.modality import Modality, strength
from handbook.model import Alignment, Clause, Need, Stricter, Test, Text
from handbook.stricter import Direction, figure_changes
from handbook.views.card import Figure, figure_row
from handbook.views.labels import MODALITIES
from handbook.views.links import Ref
from handbook.views.lookup import Lookup

Way = Literal["stricter", "looser", "other"]
WAYS: tuple[Way, ...] = ("stricter", "looser", "other")
NEEDS: dict[Need, int] = {"required": 3, "conditional": 2, "not-required": 1}


@dataclass(frozen=True)
class Degree:
    """The modality of a clause before and after."""

    was: Modality
    became: Modality


@dataclass(frozen=True)
class Measure:
    """A figure before and after; one of them is absent where it came or went."""

    parameter: Ref
    old: Figure | None
    new: Figure | None


@dataclass(frozen=True)
class Testing:
    """The need for a test before and after; None where the clause did not call for it, or no longer does."""

    method: Ref
    at: Text | None
    was: Need | None
    became: Need | None


@dataclass(frozen=True)
class Shift:
    """One change of what clauses ask; `old` and `new` are the clauses on both sides."""

    way: Way
    old: tuple[Ref, ...]
    new: tuple[Ref, ...]
    degree: Degree | None = None
    measure: Measure | None = None
    testing: Testing | None = None


@dataclass(frozen=True)
class Balance:
    """What got stricter, what looser, what changed without a direction; what is asked anew, and no longer."""

    shifts: tuple[tuple[Way, tuple[Shift, ...]], ...]
    added: tuple[tuple[Modality, tuple[Ref, ...]], ...]
    deleted: tuple[tuple[Modality, tuple[Ref, ...]], ...]


def balance_of(
    alignments: Iterable[Alignment], earlier: str, later: str, clauses: Mapping[str, Clause], lookup: Lookup
) -> Balance:
    """The balance of a comparison; `clauses` holds those of both documents by full id."""
    weigher = _Weigher(earlier, later, clauses, lookup)
    shifts: list[Shift] = []
    added: list[str] = []
    deleted: list[str] = []
    for one in alignments:
        if one.verb == "added":
            added += [f"{later}/{name}" for name in one.new]
        elif one.verb == "deleted":
            deleted += [f"{earlier}/{name}" for name in one.old]
        elif one.verb != "covered-by":  # the clauses that cover it have origins of their own, and are weighed there
            shifts += weigher.shifts(one)
    grouped = tuple((way, tuple(shift for shift in shifts if shift.way == way)) for way in WAYS)
    return Balance(
        tuple((way, members) for way, members in grouped if members),
        tuple(weigher.by_modality(added)),
        tuple(weigher.by_modality(deleted)),
    )


class _Weigher:
    def __init__(self, earlier: str, later: str, clauses: Mapping[str, Clause], lookup: Lookup) -> None:
        self.earlier, self.later, self.clauses, self.lookup = earlier, later, clauses, lookup
        parameters = lookup.handbook.corpus.parameters
        self.stricter: dict[str, Stricter] = {entry.record.id: entry.record.stricter for entry in parameters}

    def by_modality(self, names: list[str]) -> Iterator[tuple[Modality, tuple[Ref, ...]]]:
        found: dict[Modality, list[Ref]] = defaultdict(list)
        for name in names:
            found[self.clauses[name].modality].append(self.lookup.places.of("clause", name))
        for modality in MODALITIES:
            if found[modality]:
                yield modality, tuple(found[modality])

    def shifts(self, one: Alignment) -> Iterator[Shift]:
        olds = [f"{self.earlier}/{name}" for name in one.old]
        news = [f"{self.later}/{name}" for name in one.new]
        before, after = [self.clauses[name] for name in olds], [self.clauses[name] for name in news]
        places = self.lookup.places
        old = tuple(places.of("clause", name) for name in olds)
        new = tuple(places.of("clause", name) for name in news)
        was, became = before[0].modality, after[0].modality
        # A statement that became a requirement, or the reverse, may owe it to how the sentence was cut.
        if len(before) == len(after) == 1 and was != became and strength(was) and strength(became):
            yield Shift(_way(strength(became) - strength(was)), old, new, degree=Degree(was, became))
        for measure, direction in self._measures(before, after):
            yield Shift(direction or "other", old, new, measure=measure)
        for testing in self._testings(before, after):
            change = _needed(testing.became) - _needed(testing.was)
            yield Shift(_way(change), old, new, testing=testing)

    def _measures(self, before: list[Clause], after: list[Clause]) -> Iterator[tuple[Measure, Direction | None]]:
        old = [figure for clause in before for figure in clause.quantities]
        new = [figure for clause in after for figure in clause.quantities]
        for turn in figure_changes(old, new, self.stricter):
            yield (
                Measure(
                    self.lookup.places.of("parameter", turn.parameter),
                    figure_row(turn.old, self.lookup) if turn.old else None,
                    figure_row(turn.new, self.lookup) if turn.new else None,
                ),
                turn.direction,
            )

    def _testings(self, before: list[Clause], after: list[Clause]) -> Iterator[Testing]:
        """Tests by method and sampling point; the strongest need of several clauses counts."""
        old, new = _needs(before), _needs(after)
        for method, at in dict.fromkeys((*old, *new)):
            was, became = old.get((method, at)), new.get((method, at))
            if was != became:
                place = self.lookup.places.of("method", method)
                yield Testing(place, self.lookup.words.point(at), was, became)


def _needs(clauses: list[Clause]) -> dict[tuple[str, str | None], Need]:
    tests: list[Test] = sorted((test for clause in clauses for test in clause.tests), key=lambda test: NEEDS[test.need])
    return {(test.method, test.at): test.need for test in tests}


def _needed(need: Need | None) -> int:
    return NEEDS[need] if need else 1  # what no clause calls for is as little needed as what one says is not


def _way(change: int) -> Way:
    return "stricter" if change > 0 else "looser" if change < 0 else "other"
