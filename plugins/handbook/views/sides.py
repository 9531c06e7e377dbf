"""What the documents say on one topic: side by side where several say the same, the rest by what it asks.

Both are ours: the groups are computed (`handbook.similarity`), and no document knows of the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import networkx as nx

from handbook.force import Force
from handbook.modality import Modality
from handbook.model import Text
from handbook.overlap import ONE_TEXT
from handbook.similarity import Pair, clusters, features_of
from handbook.views.card import Figure, figure_row
from handbook.views.labels import MODALITIES, modality_rank
from handbook.views.links import Ref
from handbook.views.lookup import Group, Line, Lookup
from handbook.views.view import MOST_BYTES

WORDS = 3
BESIDE = 500  # bytes of HTML that a clause takes beside its line when it stands among others


@dataclass(frozen=True)
class Work:
    """A document by its short name."""

    ref: Ref
    short: Text
    force: Force

    @classmethod
    def of(cls, name: str, lookup: Lookup) -> Work:
        """The document `name`."""
        return cls(lookup.places.of("document", name), lookup.documents[name].short, lookup.forces[name])


@dataclass(frozen=True)
class Said:
    """A clause with its figures and where the original says it."""

    line: Line
    figures: tuple[Figure, ...]
    number: str | None
    file: str
    lines: tuple[int, int]


@dataclass(frozen=True)
class Side:
    """What one document says of a subject."""

    work: Work
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Difference:
    """Two clauses of a subject that were read and found to ask for different things, and what differs."""

    first: Ref
    second: Ref
    reason: Text


@dataclass(frozen=True)
class Shared:
    """A subject of several documents: what it is about in words, and each document's side, what binds first.

    `versions`: the documents are a draft and what became of it, or the like, so that no two bodies speak here.
    """

    anchor: str
    title: Text
    sides: tuple[Side, ...]
    versions: bool
    differences: tuple[Difference, ...]

    @property
    def weight(self) -> int:
        """About how many bytes of HTML it makes."""
        return sum(BESIDE + said.line.weight + BESIDE * len(said.figures) for side in self.sides for said in side.said)


@dataclass(frozen=True)
class Asked:
    """The other clauses of one modality by document; `continued` where an earlier page began it."""

    modality: Modality
    groups: tuple[Group, ...]
    continued: bool = False

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return f"m_{self.modality}"


@dataclass(frozen=True)
class Sheet:
    """One of the pages of a topic."""

    path: str
    number: int
    shared: tuple[Shared, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Cell:
    """How many clauses of one document have one modality, and where the first of them stands."""

    count: int
    path: str
    anchor: str


@dataclass(frozen=True)
class Row:
    """What a document asks on the topic: a cell for each modality, strongest first; None for none."""

    work: Work
    cells: tuple[Cell | None, ...]
    total: int


# ----------------------------------------------------------------------------------- side by side


def shared_of(clauses: Iterable[str], lookup: Lookup) -> tuple[Shared, ...]:
    """The subjects among `clauses` of which several documents speak: versions of one text last, what binds first."""
    members = set(clauses)
    graph = lookup.handbook.graph
    pairs = [
        Pair(one, other, float(data["score"] or 0), "")
        for one, other, data in graph.out_edges(sorted(members), data=True)
        if data["kind"] == "similar-to" and other in members
    ]
    found = _told_apart([_shared(group, lookup) for group in clusters(pairs)])
    return tuple(sorted(found, key=lambda one: (one.versions, _first_rank(one, lookup), -len(one.sides), one.anchor)))


def _told_apart(found: list[Shared]) -> list[Shared]:
    """The same, those of one title with the heading of their first clause beside it."""
    counts = Counter(one.title for one in found)
    return [replace(one, title=_beside(one)) if counts[one.title] > 1 else one for one in found]


def _beside(one: Shared) -> Text:
    heading = one.sides[0].said[0].line.heading
    if heading == one.title:
        return one.title
    return Text(zh=f"{one.title.zh}（{heading.zh}）", en=f"{one.title.en} ({heading.en})")


def _first_rank(shared: Shared, lookup: Lookup) -> int:
    return lookup.rank[shared.sides[0].work.ref.id]


def _shared(group: tuple[str, ...], lookup: Lookup) -> Shared:
    by_document: dict[str, list[str]] = defaultdict(list)
    for clause in sorted(group, key=lambda name: (modality_rank(lookup.lines[name].modality), lookup.order[name])):
        by_document[lookup.document_of(clause)].append(clause)
    sides = tuple(
        Side(Work.of(name, lookup), tuple(_said(clause, lookup) for clause in by_document[name]))
        for name in sorted(by_document, key=lookup.rank.__getitem__)
    )
    first = sides[0].said[0].line
    anchor = f"s_{first.ref.id.replace('/', '_')}"
    differences = tuple(_differences(set(group), lookup))
    return Shared(anchor, _title(group, first, lookup), sides, _is_one_text(by_document, lookup), differences)


def _differences(group: set[str], lookup: Lookup) -> Iterator[Difference]:
    judged = lookup.handbook.corpus.verdicts
    for one in judged.record.verdicts if judged else ():
        if one.verdict == "confirmed" and group.issuperset(one.clauses):
            first, second = (lookup.places.of("clause", name) for name in one.clauses)
            yield Difference(first, second, one.reason)


def _is_one_text(names: Iterable[str], lookup: Lookup) -> bool:
    """Whether every document is a state or part of another one among them."""
    near: nx.Graph[str] = nx.Graph()
    near.add_nodes_from(names)
    near.add_edges_from(
        (name, link.to)
        for name in tuple(near)
        for link in lookup.documents[name].lineage
        if link.relation in ONE_TEXT and link.to in near
    )
    return nx.is_connected(near)


def _title(group: tuple[str, ...], first: Line, lookup: Lookup) -> Text:
    """The rarest concepts that at least half of the clauses share; without any, the heading of the first clause."""
    counts = Counter(name for clause in group for name in features_of(lookup.handbook.by_id[clause]))
    refs = [ref for name, count in counts.items() if 2 * count >= len(group) if (ref := lookup.places.concept(name))]
    refs.sort(key=lambda ref: (-counts[ref.id], len(lookup.using.get((ref.kind, ref.id), ())), ref.id))
    labels = list(dict.fromkeys(ref.label for ref in refs if counts[ref.id] > 1))[:WORDS]
    if not labels:
        return first.heading
    return Text(zh="、".join(label.zh for label in labels), en=", ".join(label.en for label in labels))


def _said(clause: str, lookup: Lookup) -> Said:
    linked = lookup.handbook.by_id[clause]
    record = linked.entry.record
    figures = tuple(figure_row(quantity, lookup) for quantity in record.quantities)
    original = lookup.documents[linked.entry.document].original
    return Said(lookup.lines[clause], figures, record.number, original.file, record.lines)


# ------------------------------------------------------------------------------ pages and table


def sheets_of(base: str, clauses: list[str], lookup: Lookup) -> tuple[Sheet, ...]:
    """What is said, on as many pages as it takes to keep each light: subjects whole, the rest cut anywhere."""
    shared = shared_of(clauses, lookup)
    beside = {said.line.ref.id for one in shared for side in one.sides for said in side.said}
    parts: list[Shared | tuple[Modality, Group, Line]] = [*shared]
    for modality in MODALITIES:
        rest = (name for name in clauses if name not in beside and lookup.lines[name].modality == modality)
        parts += [(modality, group, line) for group in lookup.groups(rest) for line in group.lines]
    filled: list[list[Shared | tuple[Modality, Group, Line]]] = [[]]
    used = 0
    for part in parts:
        weight = part.weight if isinstance(part, Shared) else part[2].weight
        if used + weight > MOST_BYTES and filled[-1]:
            filled.append([])
            used = 0
        filled[-1].append(part)
        used += weight
    return tuple(_sheet(base, number, parts) for number, parts in enumerate(filled, start=1))


def _sheet(base: str, number: int, parts: list[Shared | tuple[Modality, Group, Line]]) -> Sheet:
    shared = tuple(part for part in parts if isinstance(part, Shared))
    rest = [part for part in parts if not isinstance(part, Shared)]
    asked = tuple(_asked(modality, list(lines)) for modality, lines in groupby(rest, key=lambda part: part[0]))
    return Sheet(base if number == 1 else f"{base}/{number}", number, shared, asked)


def _asked(modality: Modality, parts: list[tuple[Modality, Group, Line]]) -> Asked:
    groups = []
    for _, members in groupby(parts, key=lambda part: part[1].document.id):
        pairs = list(members)
        group, lines = pairs[0][1], tuple(line for _, _, line in pairs)
        groups.append(replace(group, lines=lines, continued=lines[0] is not group.lines[0]))
    return Asked(modality, tuple(groups), groups[0].continued)


def table_of(clauses: list[str], sheets: tuple[Sheet, ...], lookup: Lookup) -> tuple[Row, ...]:
    """For each document that speaks of the topic how many clauses of which modality, and where they begin."""
    counts = Counter((lookup.document_of(name), lookup.lines[name].modality) for name in clauses)
    begins: dict[tuple[str, Modality], tuple[str, str]] = {}
    for document, modality, path, anchor in _places(sheets):
        begins.setdefault((document, modality), (path, anchor))
    rows = []
    for name in sorted({document for document, _ in counts}, key=lookup.rank.__getitem__):
        cells = tuple(
            Cell(counts[name, modality], *begins[name, modality]) if counts[name, modality] else None
            for modality in MODALITIES
        )
        rows.append(Row(Work.of(name, lookup), cells, sum(cell.count for cell in cells if cell)))
    return tuple(rows)


def _places(sheets: tuple[Sheet, ...]) -> Iterator[tuple[str, Modality, str, str]]:
    """Document, modality, page and anchor of everything, in the order of the pages."""
    for sheet in sheets:
        for shared in sheet.shared:
            for side in shared.sides:
                for said in side.said:
                    yield side.work.ref.id, said.line.modality, sheet.path, shared.anchor
        for asked in sheet.asked:
            for group in asked.groups:
                yield group.document.id, asked.modality, sheet.path, f"{asked.anchor}_{group.document.id}"
