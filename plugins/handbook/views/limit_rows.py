"""Limits arranged for a page: rows of the tables, and the strictest by binding force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.force import Force
from handbook.limits import Interval, Obstacle, Row, Subject
from handbook.modality import Modality
from handbook.model import Quantity, Text
from handbook.strictest import Best, Contest, Standing, contests, standings
from handbook.views.card import Figure, figure_row
from handbook.views.labels import figure, force_rank, number
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.scale import Drawn, Scale, scale_of

DRAWN = 24


@dataclass(frozen=True)
class Mark:
    """That a limit is the strictest of its force; `conditional`: under its condition only."""

    force: Force
    conditional: bool


@dataclass(frozen=True)
class LimitRow:
    """One figure in a table. `converted` gives it in the unit of the parameter where it is printed in another one."""

    number: int
    figure: Figure
    relation: str
    plain: str
    converted: str | None
    sort: float | None
    modality: Modality
    force: Force
    status: str
    document: Ref
    short: Text
    date: str | None
    clause: Ref
    at: str | None
    marks: tuple[Mark, ...]
    apart: tuple[Obstacle, ...]
    alone: bool

    @property
    def ruled(self) -> bool:
        """Whether it is the strictest of what binds."""
        return any(mark.force is Force.BINDING for mark in self.marks)

    @property
    def tied(self) -> bool:
        """Whether nothing but the conditions keeps it apart from the limits of other documents."""
        return self.apart == (Obstacle.CONDITION,)

    @property
    def conditional(self) -> bool:
        """Whether it can be compared, but holds under a condition only."""
        return not self.apart and not self.alone and self.figure.condition is not None


@dataclass(frozen=True)
class BestLine:
    """The strictest of one force, with its rows."""

    mark: Mark
    rows: tuple[LimitRow, ...]


@dataclass(frozen=True)
class Meeting:
    """What is asked at one sampling point, the strictest by force; `products` where several meet there apart."""

    at: Text | None
    products: tuple[Text, ...]
    documents: int
    bound: bool
    best: tuple[BestLine, ...]


@dataclass(frozen=True)
class Comparison:
    """The figures on one parameter: table, strictest, drawing. `several`: more than one document sets limits."""

    parameter: Ref
    unit: str
    rows: tuple[LimitRow, ...]
    meetings: tuple[Meeting, ...]
    several: bool
    scale: Scale | None
    undrawn: int


def comparison_of(subject: Subject, lookup: Lookup) -> Comparison:
    """The figures on a parameter: what can be compared first, within that the sampling points, then by value."""
    ordered = sorted(standings(subject), key=lambda standing: _order(standing, lookup))
    numbers = {id(standing.row): place for place, standing in enumerate(ordered, start=1)}
    rows = tuple(_row(standing, numbers[id(standing.row)], subject, lookup) for standing in ordered)
    able = [s.row for s in ordered if Obstacle.REPORTED not in s.apart and Obstacle.MERE_CONDITION not in s.apart]
    drawn = [Drawn(numbers[id(row)], row.interval, row.force, row.example) for row in able if row.interval]
    return Comparison(
        parameter=lookup.places.of("parameter", subject.parameter.id),
        unit=subject.parameter.unit,
        rows=rows,
        meetings=tuple(_meetings(contests(subject), rows, numbers, lookup)),
        several=len({row.document.id for row in able}) > 1,
        scale=scale_of(drawn[:DRAWN]),
        undrawn=len(drawn[DRAWN:]),
    )


def _order(standing: Standing, lookup: Lookup) -> tuple[bool, bool, str, float, int, int]:
    row = standing.row
    return (
        bool(row.obstacles),
        row.quantity.sense in ("reported", "condition"),
        row.quantity.at or "",
        middle(row.interval) if row.interval else 0,
        force_rank(row.force),
        lookup.order[row.clause],
    )


def middle(interval: Interval) -> float:
    """One value by which an interval is sorted: its lower end, or the upper one where it has no lower."""
    return interval.low if interval.low is not None else interval.high or 0


def _row(standing: Standing, place: int, subject: Subject, lookup: Lookup) -> LimitRow:
    row = standing.row
    quantity, unit = row.quantity, subject.parameter.unit
    return LimitRow(
        number=place,
        figure=figure_row(quantity, lookup),
        relation="formula" if quantity.formula else quantity.relation,
        plain=_plain(quantity),
        converted=converted(row, unit) if row.interval and quantity.unit != unit else None,
        sort=middle(row.interval) if row.interval else None,
        modality=row.modality,
        force=row.force,
        status=row.document.status,
        document=lookup.places.of("document", row.document.id),
        short=row.document.short,
        date=row.document.date,
        clause=lookup.places.of("clause", row.clause),
        at=quantity.at,
        marks=tuple(Mark(best.force, best.conditional) for best in standing.marks),
        apart=standing.apart,
        alone=standing.alone,
    )


def _plain(quantity: Quantity) -> str:
    """The figure as a spreadsheet reads it."""
    if quantity.relation == "range":
        return f"{quantity.low:g}–{quantity.high:g}"
    return "" if quantity.value is None else f"{quantity.value:.12g}"


def converted(row: Row, unit: str) -> str:
    """The figure of a row in another unit, with its relation."""
    quantity, interval = row.quantity, row.interval
    assert interval is not None, f"{row.clause} has no value in {unit}"
    if quantity.relation == "range":
        return f"{number(interval.low)}–{number(interval.high)}"
    value = interval.low if interval.low is not None else interval.high
    return figure(quantity.model_copy(update={"value": value}))


def _meetings(
    met: tuple[Contest, ...], rows: tuple[LimitRow, ...], numbers: dict[int, int], lookup: Lookup
) -> Iterator[Meeting]:
    def line(best: Best) -> BestLine:
        places = sorted(numbers[id(row)] for row in best.rows)
        return BestLine(Mark(best.force, best.conditional), tuple(rows[place - 1] for place in places))

    points = Counter(contest.at for contest in met)
    for contest in met:
        yield Meeting(
            at=lookup.words.point(contest.at),
            products=_products(contest, lookup) if points[contest.at] > 1 else (),
            documents=contest.documents,
            bound=contest.bound,
            best=tuple(line(best) for best in contest.best),
        )


def _products(contest: Contest, lookup: Lookup) -> tuple[Text, ...]:
    names = sorted({branch[-1] for row in contest.rows for branch in row.scope[0]})
    return tuple(lookup.words.facet("products", name) for name in names)


def kin_of(parameter: str, lookup: Lookup) -> tuple[Ref, ...]:
    """Other parameters with figures on the same matter: the glossary relates them, or both to one concept."""
    parameters = {name: subject.parameter for name, subject in lookup.subjects.items()}
    own = set(parameters[parameter].related)
    return tuple(
        lookup.places.of("parameter", name)
        for name, other in parameters.items()
        if name != parameter and (name in own or parameter in other.related or own & set(other.related))
    )
