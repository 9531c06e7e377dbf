"""The test matrix: which test each document asks for at which sampling point, where documents differ, what is missing.

The matrix says nothing that a clause does not say: an empty cell is silence, never "not required".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from handbook.force import Force
from handbook.modality import Modality
from handbook.model import Facet, Method, Need
from handbook.pipeline import Handbook

NEEDS: tuple[Need, ...] = ("required", "conditional", "not-required")

# The way of the cells from donor to bedside; other points (materials, vectors, patients) stand in a second table.
CELL_WAY = (
    "donor",
    "tissue",
    "seed",
    "cell-bank",
    "mcb",
    "wcb",
    "dcb",
    "in-process",
    "intermediate",
    "drug-substance",
    "drug-product",
    "release",
    "stability",
)
TIERS = frozenset({"mcb", "wcb", "dcb"})
LOT = frozenset({"drug-product", "release"})
ENOUGH = 2


class Weight(StrEnum):
    """What stands behind a cell: rules, guidelines and standards in force; drafts; papers and lapsed works."""

    RULES = "rules"
    DRAFTS = "drafts"
    OTHER = "other"


def weight_of(force: Force) -> Weight:
    """The weight of a document of this binding force."""
    if force in (Force.LITERATURE, Force.SUPERSEDED):
        return Weight.OTHER
    return Weight.DRAFTS if force is Force.DRAFT else Weight.RULES


@dataclass(frozen=True)
class Call:
    """One test of one clause."""

    clause: str
    document: str
    method: str
    at: str | None
    need: Need
    modality: Modality
    weight: Weight


@dataclass(frozen=True)
class Saying:
    """What one document says of a method at a sampling point: its strongest need, and every clause behind it."""

    document: str
    weight: Weight
    need: Need
    calls: tuple[Call, ...]


@dataclass(frozen=True)
class Cell:
    """A method at a sampling point (None: the clauses name no point), over all documents that speak of it."""

    method: str
    at: str | None
    sayings: tuple[Saying, ...]

    def of(self, weight: Weight) -> tuple[Saying, ...]:
        """The sayings of one weight."""
        return tuple(saying for saying in self.sayings if saying.weight is weight)

    @property
    def differs(self) -> Weight | None:
        """The weight down to which one has to read before documents differ; None where all agree."""
        seen: set[Need] = set()
        for weight in Weight:
            seen |= {saying.need for saying in self.of(weight)}
            if len(seen) > 1:
                return weight
        return None


def strongest(needs: Iterable[Need]) -> Need:
    """The strongest of several needs."""
    return min(needs, key=NEEDS.index)


@dataclass(frozen=True)
class Gap:
    """A document asks for the method, and tests other things at `at`, but says nothing of the method there.

    `others` do ask for it there; `elsewhere` is where the document asks for it (None: it names no point).
    """

    document: str
    method: str
    at: str
    elsewhere: tuple[str | None, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """All calls for tests, and what follows from them."""

    calls: tuple[Call, ...]
    methods: Mapping[str, Method]
    attributes: tuple[str, ...]
    way: tuple[str, ...]
    beside: tuple[str | None, ...]
    rank: Mapping[str, int]

    @cached_property
    def cells(self) -> dict[tuple[str, str | None], Cell]:
        """The filled cells by method and point."""
        found: dict[tuple[str, str | None], list[Call]] = defaultdict(list)
        for call in self.calls:
            found[call.method, call.at].append(call)
        return {key: Cell(*key, tuple(self._sayings(calls))) for key, calls in found.items()}

    def _sayings(self, calls: Iterable[Call]) -> Iterator[Saying]:
        by_document: dict[str, list[Call]] = defaultdict(list)
        for call in calls:
            by_document[call.document].append(call)
        for document in sorted(by_document, key=self.rank.__getitem__):
            own = by_document[document]
            yield Saying(document, own[0].weight, strongest(call.need for call in own), tuple(own))

    @cached_property
    def by_attribute(self) -> dict[str, tuple[str, ...]]:
        """The methods called for, by the attribute that they test; both in the order of the vocabulary."""
        called = {call.method for call in self.calls}
        groups = {
            name: tuple(id for id, method in self.methods.items() if method.attribute == name and id in called)
            for name in self.attributes
        }
        return {name: methods for name, methods in groups.items() if methods}

    @property
    def points(self) -> tuple[str | None, ...]:
        """All columns that hold something: the way of the cells, what stands beside it, last what names no point."""
        return (*self.way, *self.beside)

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """Documents that call for tests, what binds first."""
        return tuple(sorted({call.document for call in self.calls}, key=self.rank.__getitem__))

    @cached_property
    def tests(self) -> Counter[str]:
        """How many tests each document calls for."""
        return Counter(call.document for call in self.calls)

    def of(self, document: str) -> Matrix:
        """The matrix of one document alone."""
        return _matrix(tuple(call for call in self.calls if call.document == document), self)

    @cached_property
    def differences(self) -> tuple[Cell, ...]:
        """The cells in which documents differ, by attribute, method and point."""
        ordered = (
            self.cells[method, at]
            for methods in self.by_attribute.values()
            for method in methods
            for at in self.points
            if (method, at) in self.cells
        )
        return tuple(cell for cell in ordered if cell.differs)

    @cached_property
    def uncalled(self) -> tuple[str, ...]:
        """Methods of the glossary that no clause calls for."""
        called = {call.method for call in self.calls}
        return tuple(name for name in self.methods if name not in called)

    @cached_property
    def pointless(self) -> tuple[Call, ...]:
        """Calls that name no sampling point, document by document."""
        return tuple(
            sorted((call for call in self.calls if call.at is None), key=lambda call: self.rank[call.document])
        )

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Tests that a rule or draft asks for, but not at a point where two or more other rules or drafts ask for them.

        Only points at which the document tests something are looked at: of the others it does not speak at all.
        What is asked of any cell bank is asked of each tier, and release is a test of the drug product.
        """
        order = {name: number for number, name in enumerate(self.methods)}
        points = {name: number for number, name in enumerate(self.points)}

        def place(gap: Gap) -> tuple[int, int, int, int]:
            return self.rank[gap.document], -len(gap.others), order[gap.method], points[gap.at]

        return tuple(sorted((gap for name in self.documents for gap in self._gaps_of(name)), key=place))

    def _gaps_of(self, document: str) -> Iterator[Gap]:
        elsewhere: dict[str, list[str | None]] = defaultdict(list)
        for call in self.calls:
            if call.document == document and call.weight is not Weight.OTHER:
                elsewhere[call.method].append(call.at)
        spoken = _widest({point for points in elsewhere.values() for point in points if point})
        for method, own in elsewhere.items():
            silent = spoken.difference(*(covered(point) for point in own if point))
            for at in silent:
                others = self._asking(method, at)
                if len(others) >= ENOUGH:
                    yield Gap(document, method, at, tuple(dict.fromkeys(own)), others)

    def _asking(self, method: str, at: str) -> tuple[str, ...]:
        """The rules and drafts that ask for `method` at `at`, what binds first."""
        found = {
            saying.document
            for point in covered(at)
            if (method, point) in self.cells
            for saying in self.cells[method, point].sayings
            if saying.need != "not-required" and saying.weight is not Weight.OTHER
        }
        return tuple(sorted(found, key=self.rank.__getitem__))


def _widest(points: set[str]) -> set[str]:
    """The points without those that a wider one among them covers."""
    narrow = (TIERS if "cell-bank" in points else set()) | ({"release"} if "drug-product" in points else set())
    return points - narrow


def covered(point: str) -> frozenset[str]:
    """The points of which a document speaks when it asks for a test at `point`."""
    if point == "cell-bank":
        return TIERS | {point}
    if point in TIERS:
        return frozenset({point, "cell-bank"})
    return LOT if point in LOT else frozenset({point})


def matrix_of(handbook: Handbook) -> Matrix:
    """The matrix of all documents of `handbook`."""
    forces = handbook.forces
    order = tuple(Force)
    ranked = sorted(forces, key=lambda name: (order.index(forces[name]), name))
    calls = tuple(
        Call(
            clause.id,
            clause.entry.document,
            test.method,
            test.at,
            test.need,
            clause.entry.record.modality,
            weight_of(forces[clause.entry.document]),
        )
        for clause in handbook.clauses
        for test in clause.entry.record.tests
    )
    facets = handbook.corpus.facets
    points = _ids(entry.record for entry in facets.get("sampling_points", ()))
    every = Matrix(
        calls=calls,
        methods={entry.record.id: entry.record for entry in handbook.corpus.methods},
        attributes=_ids(entry.record for entry in facets.get("attributes", ())),
        way=CELL_WAY,
        beside=(*(point for point in points if point not in CELL_WAY), None),
        rank={name: number for number, name in enumerate(ranked)},
    )
    return _matrix(calls, every)


def _ids(facets: Iterable[Facet]) -> tuple[str, ...]:
    return tuple(facet.id for facet in facets)


def _matrix(calls: tuple[Call, ...], like: Matrix) -> Matrix:
    """A matrix of `calls` with the columns that they use."""
    used = {call.at for call in calls}
    return Matrix(
        calls=calls,
        methods=like.methods,
        attributes=like.attributes,
        way=tuple(point for point in like.way if point in used),
        beside=tuple(point for point in like.beside if point in used),
        rank=like.rank,
    )
