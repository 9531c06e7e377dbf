"""The overview of limits: every parameter with figures, and every figure in one table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from handbook.force import Force
from handbook.limits import Subject
from handbook.model import Text
from handbook.views.labels import both, number
from handbook.views.limit_rows import Comparison, LimitRow, comparison_of, kin_of
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.view import Step, Stop, View

DIMENSIONS: dict[str, Text] = {
    "fraction": Text(zh="比例", en="Fractions"),
    "ratio": Text(zh="比值", en="Ratios"),
    "count": Text(zh="数目", en="Counts"),
    "duration": Text(zh="时间", en="Durations"),
    "temperature": Text(zh="温度", en="Temperatures"),
    "concentration": Text(zh="浓度", en="Concentrations"),
    "cells per mass": Text(zh="每单位体重的细胞数", en="Cells per mass"),
    "mass per dose": Text(zh="每剂质量", en="Mass per dose"),
    "osmolality": Text(zh="渗透压", en="Osmolality"),
    "length": Text(zh="长度", en="Lengths"),
    "area": Text(zh="面积", en="Areas"),
    "volume": Text(zh="体积", en="Volumes"),
    "mass": Text(zh="质量", en="Masses"),
    "frequency": Text(zh="频率", en="Frequencies"),
    "rate": Text(zh="频次", en="Rates"),
    "class": Text(zh="级别", en="Classes"),
    "probability": Text(zh="概率", en="Probabilities"),
    "currency": Text(zh="金额", en="Amounts of money"),
    "date": Text(zh="日期", en="Dates"),
}


@dataclass(frozen=True)
class Entry:
    """A parameter in the overview; `span` is that of its limits, `kin` are parameters on the same matter."""

    comparison: Comparison
    limits: int
    others: int
    works: int
    span: str
    kin: tuple[Ref, ...]


@dataclass(frozen=True)
class Section:
    """Parameters that belong together; the first section has those on which several documents set limits."""

    anchor: str
    title: Text | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Overview:
    """The overview."""

    sections: tuple[Section, ...]
    parameters: int
    rows: int
    limits: int
    works: int


@dataclass(frozen=True)
class TableRow:
    """A figure in the table of all."""

    parameter: Ref
    unit: str
    row: LimitRow


@dataclass(frozen=True)
class Choice:
    """A value by which the table can be narrowed."""

    id: str
    label: Text | None


@dataclass(frozen=True)
class Table:
    """All figures, and what they can be narrowed by."""

    rows: tuple[TableRow, ...]
    forces: tuple[Force, ...]
    relations: tuple[str, ...]
    points: tuple[Choice, ...]
    works: tuple[Choice, ...]


def limit_views(lookup: Lookup) -> Iterator[View]:
    """The overview of parameters and the table of all figures."""
    subjects = tuple(lookup.subjects.values())
    comparisons = {subject.parameter.id: comparison_of(subject, lookup) for subject in subjects}
    sections = tuple(_sections(subjects, comparisons, lookup))
    steps = (Step("", phrase="nav.home"),)
    yield View(
        path="limits",
        template="limits.html",
        title=None,
        phrase="nav.limits",
        data=_overview(sections, subjects),
        stops=tuple(Stop(s.title, s.anchor, 2, None if s.title else "limits.several") for s in sections),
        steps=steps,
        hide=("navigation",),
    )
    yield View(
        path="limits/table",
        template="limit-table.html",
        title=None,
        phrase="limits.table",
        data=_table(subjects, comparisons, lookup),
        steps=(*steps, Step("limits", phrase="nav.limits")),
        hide=("navigation", "toc"),
    )


# ------------------------------------------------------------------------------------------ overview


def _overview(sections: tuple[Section, ...], subjects: tuple[Subject, ...]) -> Overview:
    rows = [row for subject in subjects for row in subject.rows]
    return Overview(
        sections=sections,
        parameters=len(subjects),
        rows=len(rows),
        limits=sum(row.quantity.sense == "limit" for row in rows),
        works=len({row.document.id for row in rows}),
    )


def _sections(subjects: tuple[Subject, ...], comparisons: dict[str, Comparison], lookup: Lookup) -> Iterator[Section]:
    several: list[Entry] = []
    by_dimension: dict[str, list[Entry]] = defaultdict(list)
    for subject in subjects:
        entry = _entry(subject, comparisons, lookup)
        home = several if entry.comparison.several else by_dimension[subject.parameter.dimension]
        home.append(entry)
    if several:
        yield Section("_several", None, tuple(sorted(several, key=_weight)))
    places = {name: place for place, name in enumerate(DIMENSIONS)}
    for name, entries in sorted(by_dimension.items(), key=lambda item: (places.get(item[0], len(places)), item[0])):
        yield Section(f"_{name.replace(' ', '-')}", DIMENSIONS.get(name) or both(name), tuple(entries))


def _weight(entry: Entry) -> tuple[bool, bool, int]:
    """What binds comes first, then what can be ranked, then what most documents speak of."""
    meetings = entry.comparison.meetings
    return not any(meeting.bound for meeting in meetings), not meetings, -entry.works


def _entry(subject: Subject, comparisons: dict[str, Comparison], lookup: Lookup) -> Entry:
    limits = [row for row in subject.rows if row.quantity.sense == "limit"]
    return Entry(
        comparison=comparisons[subject.parameter.id],
        limits=len(limits),
        others=len(subject.rows) - len(limits),
        works=len({row.document.id for row in subject.rows}),
        span=_span(subject),
        kin=kin_of(subject.parameter.id, lookup),
    )


def _span(subject: Subject) -> str:
    """From the lowest to the highest figure; limits where there are some, else whatever is reported."""
    intervals = [row.interval for row in subject.rows if row.interval and row.quantity.sense == "limit"]
    intervals = intervals or [row.interval for row in subject.rows if row.interval]
    ends = sorted(end for one in intervals for end in (one.low, one.high) if end is not None)
    if not ends:
        return ""
    return number(ends[0]) if ends[0] == ends[-1] else f"{number(ends[0])} – {number(ends[-1])}"


# --------------------------------------------------------------------------------------------- table


def _table(subjects: tuple[Subject, ...], comparisons: dict[str, Comparison], lookup: Lookup) -> Table:
    rows = [
        TableRow(comparison.parameter, comparison.unit, replace(row, number=0))
        for subject in subjects
        for comparison in (comparisons[subject.parameter.id],)
        for row in comparison.rows
    ]
    points = {row.row.at for row in rows if row.row.at}
    order = [entry.record.id for entry in lookup.handbook.corpus.facets.get("sampling_points", ())]
    return Table(
        rows=tuple(rows),
        forces=tuple(force for force in Force if any(row.row.force is force for row in rows)),
        relations=tuple(
            sign
            for sign in (">=", ">", "<=", "<", "=", "~", "range", "formula")
            if any(r.row.relation == sign for r in rows)
        ),
        points=tuple(Choice(name, lookup.words.facet("sampling_points", name)) for name in order if name in points),
        works=tuple(
            Choice(name, lookup.documents[name].short)
            for name in sorted({row.row.document.id for row in rows}, key=lambda name: lookup.rank[name])
        ),
    )
