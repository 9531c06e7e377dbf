"""Limits on one parameter, set beside each other: in one unit, with what speaks against comparing them.

`survey_limits` makes a row of every figure in the corpus. `judge` says of two rows whether they can be compared and
which asks more; `pairs_of` gives every pair of rows from different documents with that judgement, the ones that
cannot be compared too, so that a reader may overrule it. `compare_limits` turns the comparable ones into the edges
stricter-than and conflicts-with. Which row is the strictest of its binding force is the matter of
`handbook.strictest`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import Literal

from handbook.corpus import Corpus
from handbook.force import Force, forces_of
from handbook.link import LinkedClause
from handbook.modality import Modality
from handbook.model import Document, Parameter, Quantity
from handbook.scope import applies_to
from handbook.units import convert

SCOPE_FACETS = ("products", "sources", "modifications", "donors")
Branch = tuple[str, ...]  # a value of a vocabulary after those above it: cell-therapy, stem-cell, msc


class Obstacle(StrEnum):
    """Why a limit stands in no comparison, or why two limits cannot be compared."""

    # of one limit
    REPORTED = "reported"  # a finding, not a limit
    MERE_CONDITION = "mere-condition"  # says when something else holds
    FORMULA = "formula"  # says how to compute, sets no value
    DIMENSION = "dimension"  # its unit measures or counts something else
    ABOUT = "about"  # an approximate figure bounds nothing
    NO_DIRECTION = "no-direction"  # neither more nor less of the parameter is stricter
    OTHER_SIDE = "other-side"  # bounds the side that is not the strict one
    # of two limits
    SAME_DOCUMENT = "same-document"  # a document that gives two figures tells two cases apart
    POINT = "point"  # each for another sampling point
    CONDITION = "condition"  # each under another condition
    SCOPE = "scope"  # for products, sources, modifications or donors that exclude each other


class Reserve(StrEnum):
    """What a reader must keep in mind when two limits are compared all the same."""

    EXAMPLE = "example"  # one is an example, not a limit
    CONDITIONAL = "conditional"  # one holds under a condition only
    POINT_UNNAMED = "point-unnamed"  # one names no sampling point
    PRODUCT = "product"  # for different products of one family


@dataclass(frozen=True)
class Interval:
    """The values that a limit allows; None is without end."""

    low: float | None = None
    high: float | None = None
    above: bool = False  # the low end itself is not allowed
    below: bool = False  # the high end itself is not allowed

    def excludes(self, other: Interval) -> bool:
        """Whether no value satisfies both."""
        return self._ends_before(other) or other._ends_before(self)

    def _ends_before(self, other: Interval) -> bool:
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.below or other.above))


@dataclass(frozen=True)
class Limit:
    """One figure of one clause."""

    clause: str
    quantity: Quantity


@dataclass(frozen=True)
class Row:
    """One figure of one clause with all that decides what it is worth.

    `interval` is in the unit of the parameter; None where the figure has no value or cannot be converted.
    `strictness` grows with what the limit asks and is comparable within one parameter; None where nothing is asked on
    the strict side. `obstacles` are those of the row alone: with none of them it can be compared with others.
    """

    limit: Limit
    document: Document
    force: Force
    modality: Modality
    interval: Interval | None
    strictness: tuple[float, bool] | None
    obstacles: tuple[Obstacle, ...]
    scope: tuple[frozenset[Branch], ...] = field(repr=False, default=())

    @property
    def clause(self) -> str:
        """The id of the clause."""
        return self.limit.clause

    @property
    def quantity(self) -> Quantity:
        """The figure as the clause gives it."""
        return self.limit.quantity

    @property
    def example(self) -> bool:
        """Whether it is an example rather than a limit: comparable as a figure, never the strictest rule."""
        return self.quantity.sense == "example"


@dataclass(frozen=True)
class Subject:
    """A parameter with every figure on it, in the order of the clauses."""

    parameter: Parameter
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Judgement:
    """Whether two rows can be compared (no obstacles), under which reserves, and which asks more.

    `stricter` is 1 when the first asks more, -1 when the second does, 0 when they ask the same or one asks nothing on
    the strict side. `exclusive`: no value satisfies both.
    """

    obstacles: tuple[Obstacle, ...]
    reserves: tuple[Reserve, ...]
    stricter: int
    exclusive: bool

    @property
    def comparable(self) -> bool:
        """Whether nothing speaks against the comparison."""
        return not self.obstacles


@dataclass(frozen=True)
class Pair:
    """Two rows on one parameter from different documents that differ in what they ask; the stricter one first."""

    parameter: Parameter
    first: Row
    second: Row
    judgement: Judgement


@dataclass(frozen=True)
class Comparison:
    """`first` is stricter than, or conflicts with, `second`; `reserves` is what a reader must keep in mind."""

    first: str
    second: str
    kind: Literal["stricter-than", "conflicts-with"]
    why: str
    reserves: tuple[Reserve, ...] = ()


# --------------------------------------------------------------------------------------------- rows


def survey_limits(corpus: Corpus, clauses: Iterable[LinkedClause]) -> dict[str, Subject]:
    """Every figure of the corpus as a row under its parameter; parameters without figures are left out."""
    survey = _Survey.of(corpus)
    by_parameter: dict[str, list[Row]] = defaultdict(list)
    for clause in clauses:
        for quantity in clause.entry.record.quantities:
            if quantity.parameter in survey.parameters:
                by_parameter[quantity.parameter].append(survey.row(clause, quantity))
    return {name: Subject(survey.parameters[name], tuple(rows)) for name, rows in sorted(by_parameter.items())}


@dataclass(frozen=True)
class _Survey:
    """What the rows of a corpus are made with."""

    parameters: Mapping[str, Parameter]
    documents: Mapping[str, Document]
    forces: Mapping[str, Force]
    broader: Mapping[tuple[str, str], str | None]

    @classmethod
    def of(cls, corpus: Corpus) -> _Survey:
        documents = {entry.record.id: entry.record for entry in corpus.documents}
        parameters = {entry.record.id: entry.record for entry in corpus.parameters}
        return cls(parameters, documents, forces_of(documents.values()), _broader(corpus))

    def row(self, clause: LinkedClause, quantity: Quantity) -> Row:
        parameter, document = self.parameters[quantity.parameter], self.documents[clause.entry.document]
        interval = interval_of(quantity, parameter.unit)
        strictness = _strictness(interval, parameter)
        return Row(
            limit=Limit(clause.id, quantity),
            document=document,
            force=self.forces[document.id],
            modality=clause.entry.record.modality,
            interval=interval,
            strictness=strictness,
            obstacles=tuple(_obstacles(quantity, parameter, interval, strictness)),
            scope=_branches(clause, document, self.broader),
        )


def interval_of(quantity: Quantity, unit: str) -> Interval | None:
    """The values that a figure allows, in `unit`; an approximate figure stands as its value."""
    ends = (quantity.low, quantity.high) if quantity.relation == "range" else (quantity.value, quantity.value)
    low, high = (None if end is None else convert(end, quantity.unit, unit) for end in ends)
    if low is None or high is None:
        return None
    if quantity.relation in (">=", ">"):
        return Interval(low=low, above=quantity.relation == ">")
    if quantity.relation in ("<=", "<"):
        return Interval(high=high, below=quantity.relation == "<")
    return Interval(low, high)


def _strictness(interval: Interval | None, parameter: Parameter) -> tuple[float, bool] | None:
    if interval is None:
        return None
    if parameter.stricter == "higher" and interval.low is not None:
        return interval.low, interval.above
    if parameter.stricter == "lower" and interval.high is not None:
        return -interval.high, interval.below
    return None


def _obstacles(
    quantity: Quantity, parameter: Parameter, interval: Interval | None, strictness: tuple[float, bool] | None
) -> Iterator[Obstacle]:
    if quantity.sense == "reported":
        yield Obstacle.REPORTED
    if quantity.sense == "condition":
        yield Obstacle.MERE_CONDITION
    if quantity.formula:
        yield Obstacle.FORMULA
    elif interval is None:
        yield Obstacle.DIMENSION
    if quantity.relation == "~":
        yield Obstacle.ABOUT
    if parameter.stricter == "none":
        yield Obstacle.NO_DIRECTION
    elif interval is not None and strictness is None:
        yield Obstacle.OTHER_SIDE


# ------------------------------------------------------------------------------------ applicability


def _broader(corpus: Corpus) -> dict[tuple[str, str], str | None]:
    return {
        (facet, entry.record.id): entry.record.broader
        for facet in SCOPE_FACETS
        for entry in corpus.facets.get(facet, ())
    }


def _branches(
    clause: LinkedClause, document: Document, above: Mapping[tuple[str, str], str | None]
) -> tuple[frozenset[Branch], ...]:
    scope = applies_to(clause.entry.record, document)
    return tuple(frozenset(_branch(facet, value, above) for value in getattr(scope, facet)) for facet in SCOPE_FACETS)


def _branch(facet: str, value: str, above: Mapping[tuple[str, str], str | None]) -> Branch:
    path = [value]
    while (parent := above.get((facet, path[0]))) and parent not in path:
        path.insert(0, parent)
    return tuple(path)


def _overlap(one: frozenset[Branch], other: frozenset[Branch]) -> bool:
    """Whether something falls under both; a side that says nothing restricts nothing."""
    return not one or not other or any(a[: len(b)] == b or b[: len(a)] == a for a in one for b in other)


def families(row: Row) -> frozenset[str]:
    """The families of products to which the row applies; empty when it names none."""
    return frozenset(path[0] for path in row.scope[0]) if row.scope else frozenset()


# ---------------------------------------------------------------------------------------- judgement


def judge(one: Row, other: Row) -> Judgement:
    """What speaks against comparing two rows of one parameter, and which asks more.

    Products are kept apart by family only (cell therapy, raw material …): within a family the vocabulary overlaps,
    since a CAR-T cell is an immune cell and a gene-modified cell; there it is a reserve.
    """
    a, b = one.quantity, other.quantity
    obstacles = list(dict.fromkeys((*one.obstacles, *other.obstacles)))
    if one.document.id == other.document.id:
        obstacles.append(Obstacle.SAME_DOCUMENT)
    if a.at and b.at and a.at != b.at:
        obstacles.append(Obstacle.POINT)
    if a.condition and b.condition and a.condition != b.condition:
        obstacles.append(Obstacle.CONDITION)
    kin, same = kinship(one, other)
    if not kin:
        obstacles.append(Obstacle.SCOPE)
    return Judgement(
        obstacles=tuple(obstacles),
        reserves=tuple(_reserves(one, other, same=same)),
        stricter=_order(one.strictness, other.strictness),
        exclusive=bool(one.interval and other.interval and one.interval.excludes(other.interval)),
    )


def kinship(one: Row, other: Row) -> tuple[bool, bool]:
    """Whether the scopes have a common family, and whether something falls under both."""
    if not one.scope or not other.scope:
        return True, True
    rest = all(_overlap(a, b) for a, b in zip(one.scope[1:], other.scope[1:], strict=True))
    mine, theirs = families(one), families(other)
    family = not mine or not theirs or bool(mine & theirs)
    return rest and family, rest and _overlap(one.scope[0], other.scope[0])


def _reserves(one: Row, other: Row, *, same: bool) -> Iterator[Reserve]:
    a, b = one.quantity, other.quantity
    if one.example or other.example:
        yield Reserve.EXAMPLE
    if bool(a.condition) != bool(b.condition):
        yield Reserve.CONDITIONAL
    if bool(a.at) != bool(b.at):
        yield Reserve.POINT_UNNAMED
    if not same:
        yield Reserve.PRODUCT


def _order(one: tuple[float, bool] | None, other: tuple[float, bool] | None) -> int:
    if one is None or other is None:
        return 0
    return (one > other) - (one < other)


# --------------------------------------------------------------------------------------------- edges


def pairs_of(subject: Subject) -> Iterator[Pair]:
    """Pairs of rows from different documents that ask for different things, with what speaks against comparing them.

    Left out are rows that are no limits (reported, mere conditions, formulas, figures in no common unit); a pair with
    obstacles is for a reader to judge.
    """
    barred = {Obstacle.REPORTED, Obstacle.MERE_CONDITION, Obstacle.FORMULA, Obstacle.DIMENSION}
    rows = [row for row in subject.rows if not barred.intersection(row.obstacles)]
    for one, other in combinations(rows, 2):
        if one.document.id == other.document.id:
            continue
        judgement = judge(one, other)
        if judgement.stricter < 0:
            yield Pair(subject.parameter, other, one, judge(other, one))
        elif judgement.stricter > 0 or judgement.exclusive:
            yield Pair(subject.parameter, one, other, judgement)


def compare_limits(corpus: Corpus, clauses: Iterable[LinkedClause]) -> Iterator[Comparison]:
    """Stricter-than and conflicts-with between comparable limits of different documents, in converted units.

    Of ever stricter limits only the nearest are compared: that 90 is stricter than 80 follows from 90 over 85 and 85
    over 80. Limits of which no value satisfies both conflict, unless one of the documents itself sets limits that
    exclude each other: such figures divide cases (risk bands, grades of response), they do not contradict.
    """
    for subject in survey_limits(corpus, clauses).values():
        pairs = [pair for pair in pairs_of(subject) if _edge_worthy(pair)]
        dividing = _dividing(subject)
        yield from _conflicts(pairs, dividing)
        yield from _nearest(pair for pair in pairs if not pair.judgement.exclusive and pair.judgement.stricter)


def _edge_worthy(pair: Pair) -> bool:
    """Comparable; for a conflict alone, which needs no strict side, what concerns that side is no obstacle."""
    if pair.judgement.exclusive:
        return not set(pair.judgement.obstacles) - {Obstacle.OTHER_SIDE, Obstacle.NO_DIRECTION}
    return pair.judgement.comparable


def _dividing(subject: Subject) -> frozenset[str]:
    """Documents that set limits which exclude each other: they tell cases apart."""
    rows: dict[str, list[Interval]] = defaultdict(list)
    for row in subject.rows:
        if row.interval and row.quantity.sense in ("limit", "example"):
            rows[row.document.id].append(row.interval)
    return frozenset(
        name for name, intervals in rows.items() if any(a.excludes(b) for a, b in combinations(intervals, 2))
    )


def _conflicts(pairs: Iterable[Pair], dividing: frozenset[str]) -> Iterator[Comparison]:
    for pair in pairs:
        first, second = sorted((pair.first, pair.second), key=_least)
        if pair.judgement.exclusive and not dividing & {first.document.id, second.document.id}:
            why = f"{pair.parameter.id}: {_say(first.quantity)} and {_say(second.quantity)} exclude each other"
            yield Comparison(first.clause, second.clause, "conflicts-with", why, pair.judgement.reserves)


def _least(row: Row) -> tuple[bool, float, str]:
    """The row that asks for more of the parameter comes first, whatever is strict."""
    low = row.interval.low if row.interval else None
    return low is None, -(low or 0), row.clause


def _nearest(pairs: Iterable[Pair]) -> Iterator[Comparison]:
    """Each row against the strictest of those that it exceeds."""
    below: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        below[id(pair.first.limit)].append(pair)
    for found in below.values():
        nearest = max(pair.second.strictness for pair in found if pair.second.strictness)
        for pair in found:
            if pair.second.strictness == nearest:
                first, second = pair.first, pair.second
                why = f"{pair.parameter.id}: {_say(first.quantity)} against {_say(second.quantity)}"
                yield Comparison(first.clause, second.clause, "stricter-than", why, pair.judgement.reserves)


def _say(quantity: Quantity) -> str:
    if quantity.relation == "range":
        return f"{quantity.low} to {quantity.high} {quantity.unit}"
    return f"{quantity.relation} {quantity.value} {quantity.unit}"
