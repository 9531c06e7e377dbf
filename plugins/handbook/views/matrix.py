"""The test matrix: of all documents, of each document, where documents differ, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handbook.force import Force
from handbook.matrix import NEEDS, Call, Cell, Gap, Matrix, Saying, Weight
from handbook.model import Need, Text
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.shelf import HOME
from handbook.views.view import Step, Stop, View


@dataclass(frozen=True)
class Work:
    """A document by its short name; `ref` leads to its own matrix."""

    ref: Ref
    short: Text
    force: Force
    tests: int = 0


@dataclass(frozen=True)
class Part:
    """What the documents of one weight say in a cell: the strongest need, and how many documents speak."""

    weight: Weight
    need: Need
    works: int


@dataclass(frozen=True)
class Box:
    """A cell: `ref` leads to its clauses on the page of the method; `own` are clauses of a document's own matrix."""

    ref: Ref
    parts: tuple[Part, ...]
    differs: Weight | None
    own: tuple[tuple[Need, tuple[Ref, ...]], ...] = ()


@dataclass(frozen=True)
class Row:
    """A method with its cells, one a column."""

    method: Ref
    boxes: tuple[Box | None, ...]


@dataclass(frozen=True)
class Block:
    """The methods that test one attribute."""

    id: str
    label: Text
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """One table of the matrix; a column without a label holds what names no sampling point."""

    name: str
    columns: tuple[Text | None, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Figures:
    """How much of everything there is."""

    works: int
    methods: int
    cells: int
    clauses: int
    differences: int
    gaps: int


@dataclass(frozen=True)
class MatrixPage:
    """The matrix of all documents, or of one."""

    tables: tuple[Table, ...]
    figures: Figures
    works: tuple[Work, ...]
    work: Work | None
    differences: tuple[Difference, ...] = ()
    gaps: tuple[Hole, ...] = ()
    download: str = "data/matrix.xlsx"


@dataclass(frozen=True)
class Side:
    """What one document says of the method there, and where."""

    work: Work
    need: Need
    clauses: tuple[Ref, ...]


@dataclass(frozen=True)
class Difference:
    """A method at a point of which documents say different things."""

    method: Ref
    at: Text | None
    weight: Weight
    sides: tuple[tuple[Need, tuple[Side, ...]], ...]


@dataclass(frozen=True)
class DifferenceBlock:
    """The differences of one attribute."""

    id: str
    label: Text
    rows: tuple[Difference, ...]


@dataclass(frozen=True)
class DifferencesPage:
    """All differences; `works` are the documents that take part in one."""

    blocks: tuple[DifferenceBlock, ...]
    count: int
    works: tuple[Work, ...]


@dataclass(frozen=True)
class Hole:
    """A gap: where the document asks for the method, where it is silent, and who asks for it there."""

    method: Ref
    at: Text
    there: Ref
    elsewhere: tuple[Text | None, ...]
    others: tuple[Work, ...]


@dataclass(frozen=True)
class Unplaced:
    """The clauses of a document that call for a method and name no sampling point."""

    method: Ref
    clauses: tuple[Ref, ...]


@dataclass(frozen=True)
class GapsPage:
    """What is missing, in three lists."""

    holes: tuple[tuple[Work, tuple[Hole, ...]], ...]
    uncalled: tuple[Ref, ...]
    unplaced: tuple[tuple[Work, tuple[Unplaced, ...]], ...]
    counts: tuple[int, int, int]


def matrix_path(document: str) -> str:
    """The path of a document's own matrix."""
    return f"matrix/{document}"


def cell_anchor(at: str | None) -> str:
    """The anchor of a sampling point on the page of a method."""
    return f"_at-{at or 'any'}"


def matrix_views(lookup: Lookup) -> Iterator[View]:
    """The matrix, its differences and gaps, and the matrix of every document that calls for tests."""
    matrix = lookup.matrix
    works = tuple(_work(name, lookup) for name in matrix.documents)
    yield View(
        "matrix",
        "matrix.html",
        None,
        MatrixPage(_tables(matrix, lookup), _figures(matrix), works, None),
        phrase="nav.matrix",
        steps=HOME,
        hide=("navigation", "toc"),
    )
    above = (*HOME, Step("matrix", phrase="nav.matrix"))
    page = _differences(matrix, lookup)
    stops = tuple(Stop(block.label, f"a_{block.id}", 2) for block in page.blocks)
    where = "matrix/differences"
    yield View(where, "matrix-differences.html", None, page, "matrix.differences", stops, above, hide=("navigation",))
    kinds = tuple(Stop(None, f"_{name}", 2, f"matrix.gaps.{name}") for name in ("holes", "uncalled", "unplaced"))
    gaps = _gaps(matrix, lookup)
    yield View("matrix/gaps", "matrix-gaps.html", None, gaps, "matrix.gaps", kinds, above, hide=("navigation",))
    for work in works:
        yield _own_page(work, works, lookup, above)


def _own_page(work: Work, works: tuple[Work, ...], lookup: Lookup, above: tuple[Step, ...]) -> View:
    name = work.ref.id
    whole, own = lookup.matrix, lookup.matrix.of(name)
    differences = [cell for cell in whole.differences if any(saying.document == name for saying in cell.sayings)]
    gaps = [gap for gap in whole.gaps if gap.document == name]
    title = Text(zh=f"检测矩阵：{work.short.zh}", en=f"Test matrix: {work.short.en}")
    figures = Figures(1, len({c.method for c in own.calls}), len(own.cells), len({c.clause for c in own.calls}), 0, 0)
    return View(
        matrix_path(name),
        "matrix.html",
        title,
        MatrixPage(
            _tables(own, lookup, whole),
            figures,
            works,
            work,
            tuple(_difference(cell, lookup) for cell in differences),
            tuple(_hole(gap, lookup) for gap in gaps),
            f"data/matrix/{name}.xlsx",
        ),
        steps=above,
        hide=("navigation", "toc"),
    )


# ------------------------------------------------------------------------------------ tables


def _tables(matrix: Matrix, lookup: Lookup, whole: Matrix | None = None) -> tuple[Table, ...]:
    """The way of the cells and what stands beside it: two tables, so that each fits on a sheet of paper."""
    parts = (("way", matrix.way), ("beside", matrix.beside))
    return tuple(
        Table(name, _labels(points, lookup), tuple(_blocks(matrix, points, lookup, whole)))
        for name, points in parts
        if points
    )


def _labels(points: Iterable[str | None], lookup: Lookup) -> tuple[Text | None, ...]:
    return tuple(lookup.words.point(point) for point in points)


def _blocks(
    matrix: Matrix, points: tuple[str | None, ...], lookup: Lookup, whole: Matrix | None = None
) -> Iterator[Block]:
    """The rows of `points` that hold something. With `whole`, `matrix` is that of one document beside all others."""
    for attribute, methods in matrix.by_attribute.items():
        rows = tuple(
            Row(
                lookup.places.of("method", method),
                tuple(_box(matrix.cells.get((method, at)), lookup, whole) for at in points),
            )
            for method in methods
            if any((method, at) in matrix.cells for at in points)
        )
        if rows:
            yield Block(attribute, lookup.words.facet("attributes", attribute), rows)


def _box(cell: Cell | None, lookup: Lookup, whole: Matrix | None) -> Box | None:
    if cell is None:
        return None
    ref = _place(cell.method, cell.at, lookup)
    if whole is None:
        return Box(ref, tuple(_parts(cell.sayings)), cell.differs)
    everywhere = whole.cells[cell.method, cell.at]
    own = cell.sayings[0]
    others = [saying for saying in everywhere.sayings if saying.document != own.document]
    return Box(
        ref,
        tuple(_parts(others)),
        everywhere.differs if any(other.need != own.need for other in others) else None,
        tuple((need, _clauses(own, need, lookup)) for need in NEEDS if any(call.need == need for call in own.calls)),
    )


def _parts(sayings: Iterable[Saying]) -> Iterator[Part]:
    listed = list(sayings)
    for weight in Weight:
        needs = [saying.need for saying in listed if saying.weight is weight]
        if needs:
            yield Part(weight, min(needs, key=NEEDS.index), len(needs))


def _clauses(saying: Saying, need: Need, lookup: Lookup) -> tuple[Ref, ...]:
    names = dict.fromkeys(call.clause for call in saying.calls if call.need == need)
    return tuple(lookup.places.of("clause", name) for name in names)


def _place(method: str, at: str | None, lookup: Lookup) -> Ref:
    """Where the clauses of a cell are listed."""
    ref = lookup.places.of("method", method)
    return Ref("method", f"{method}@{at}", ref.label, ref.path, cell_anchor(at))


def _work(document: str, lookup: Lookup) -> Work:
    title = lookup.documents[document]
    ref = Ref("matrix", document, title.title, matrix_path(document))
    return Work(ref, title.short, lookup.forces[document], lookup.matrix.tests[document])


def _figures(matrix: Matrix) -> Figures:
    return Figures(
        works=len(matrix.documents),
        methods=len({call.method for call in matrix.calls}),
        cells=len(matrix.cells),
        clauses=len({call.clause for call in matrix.calls}),
        differences=len(matrix.differences),
        gaps=len(matrix.gaps),
    )


# -------------------------------------------------------------------------- differences, gaps


def _differences(matrix: Matrix, lookup: Lookup) -> DifferencesPage:
    blocks: dict[str, list[Difference]] = {}
    for cell in matrix.differences:
        blocks.setdefault(matrix.methods[cell.method].attribute, []).append(_difference(cell, lookup))
    involved = {saying.document for cell in matrix.differences for saying in cell.sayings}
    return DifferencesPage(
        tuple(DifferenceBlock(n, lookup.words.facet("attributes", n), tuple(rows)) for n, rows in blocks.items()),
        len(matrix.differences),
        tuple(_work(name, lookup) for name in matrix.documents if name in involved),
    )


def _difference(cell: Cell, lookup: Lookup) -> Difference:
    assert cell.differs is not None
    sides = ((need, tuple(_side(saying, lookup) for saying in cell.sayings if saying.need == need)) for need in NEEDS)
    return Difference(
        _place(cell.method, cell.at, lookup),
        lookup.words.point(cell.at),
        cell.differs,
        tuple((need, members) for need, members in sides if members),
    )


def _side(saying: Saying, lookup: Lookup) -> Side:
    return Side(_work(saying.document, lookup), saying.need, _clauses(saying, saying.need, lookup))


def _gaps(matrix: Matrix, lookup: Lookup) -> GapsPage:
    holes: dict[str, list[Hole]] = {}
    for gap in matrix.gaps:
        holes.setdefault(gap.document, []).append(_hole(gap, lookup))
    unplaced: dict[str, dict[str, list[Call]]] = {}
    for call in matrix.pointless:
        unplaced.setdefault(call.document, {}).setdefault(call.method, []).append(call)
    return GapsPage(
        tuple((_work(name, lookup), tuple(found)) for name, found in holes.items()),
        tuple(lookup.places.of("method", name) for name in matrix.uncalled),
        tuple((_work(name, lookup), tuple(_unplaced(calls, lookup))) for name, calls in unplaced.items()),
        (len(matrix.gaps), len(matrix.uncalled), len(matrix.pointless)),
    )


def _unplaced(calls: dict[str, list[Call]], lookup: Lookup) -> Iterator[Unplaced]:
    for method, members in calls.items():
        names = dict.fromkeys(call.clause for call in members)
        yield Unplaced(lookup.places.of("method", method), tuple(lookup.places.of("clause", name) for name in names))


def _hole(gap: Gap, lookup: Lookup) -> Hole:
    return Hole(
        lookup.places.of("method", gap.method),
        lookup.words.facet("sampling_points", gap.at),
        _place(gap.method, gap.at, lookup),
        _labels(gap.elsewhere, lookup),
        tuple(_work(name, lookup) for name in gap.others),
    )
