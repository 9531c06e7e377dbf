"""All documents on one shelf, and the ways to look along it: by kind, issuing body, year and product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from handbook.force import Force
from handbook.model import Document, Text
from handbook.scope import applies_to
from handbook.views.labels import FORCES, KINDS
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.view import Step, Stop, View


@dataclass(frozen=True)
class Listed:
    """A document in an index; `date` is printed, `about` is known from elsewhere, and `basis` says where from."""

    ref: Ref
    short: Text
    issuer: Text
    date: str | None
    about: str | None
    basis: str | None
    date_note: Text | None
    status: str
    force: Force
    clauses: int
    checked: str
    newer: tuple[Ref, ...]

    @property
    def when(self) -> str | None:
        """What the document is sorted by in time."""
        return self.date or self.about


@dataclass(frozen=True)
class Row:
    """A group of documents: its name (words, or a phrase), and for each document how many clauses belong there."""

    anchor: str
    name: Text | None
    phrase: str | None
    note: Text | None
    level: int
    documents: tuple[tuple[Listed, int], ...]


@dataclass(frozen=True)
class Kindred:
    """The documents of one kind."""

    kind: str
    documents: tuple[Listed, ...]


@dataclass(frozen=True)
class Year:
    """The documents of one year; None for those of which no date is known."""

    year: str | None
    documents: tuple[Listed, ...]


@dataclass(frozen=True)
class Pair:
    """A draft and what it became."""

    draft: Listed
    final: Ref


@dataclass(frozen=True)
class Shelf:
    """All documents, by kind and by year."""

    kinds: tuple[Kindred, ...]
    years: tuple[Year, ...]
    pairs: tuple[Pair, ...]
    drafts: tuple[Listed, ...]
    forces: tuple[tuple[Force, int], ...]


@dataclass(frozen=True)
class Index:
    """The shelf seen one way."""

    way: str
    rows: tuple[Row, ...]
    shelf: Shelf


HOME = (Step("", phrase="nav.home"),)
WAYS = {
    "kind": "documents",
    "body": "documents-by-body",
    "year": "documents-by-year",
    "product": "documents-by-product",
}


def shelf_of(lookup: Lookup) -> Shelf:
    """All documents of the handbook."""
    listed = [listed_document(document, lookup) for document in lookup.documents.values()]
    kinds = {document.id: document.kind for document in lookup.documents.values()}
    ordered = sorted(listed, key=lambda item: (lookup.rank[item.ref.id], item.ref.id))
    forces = Counter(item.force for item in listed)
    return Shelf(
        kinds=tuple(
            Kindred(kind, members)
            for kind in KINDS
            if (members := tuple(item for item in ordered if kinds[item.ref.id] == kind))
        ),
        years=tuple(_years(listed)),
        pairs=tuple(Pair(item, final) for item in ordered for final in item.newer),
        drafts=tuple(item for item in ordered if item.force is Force.DRAFT and not item.newer),
        forces=tuple((force, forces[force]) for force in FORCES if forces[force]),
    )


def listed_document(document: Document, lookup: Lookup) -> Listed:
    """One document as an index lists it."""
    newer = [link.to for link in document.lineage if link.relation in ("draft_of", "superseded_by")]
    newer += [
        other.id
        for other in lookup.documents.values()
        for link in other.lineage
        if link.relation == "supersedes" and link.to == document.id
    ]
    about = None if document.date else document.dated
    return Listed(
        ref=lookup.places.of("document", document.id),
        short=document.short,
        issuer=document.issuer,
        date=document.date,
        about=about.date if about else None,
        basis=about.basis if about else None,
        date_note=document.date_note,
        status=document.status,
        force=lookup.forces[document.id],
        clauses=len(lookup.handbook.by_document[document.id]),
        checked=document.review.restated,
        newer=tuple(ref for name in dict.fromkeys(newer) if (ref := lookup.places.work(name))),
    )


def _years(listed: Iterable[Listed]) -> Iterator[Year]:
    dated = sorted((item for item in listed if item.when), key=lambda item: (item.when or "", item.ref.id))
    for year, members in groupby(dated, key=lambda item: (item.when or "")[:4]):
        yield Year(year, tuple(members))
    undated = tuple(item for item in listed if not item.when)
    if undated:
        yield Year(None, undated)


# ------------------------------------------------------------------------------------- ways


def shelf_views(lookup: Lookup) -> Iterator[View]:
    """The index of documents, seen in each of the four ways."""
    shelf = shelf_of(lookup)
    rows: dict[str, Callable[[Lookup, Shelf], Iterable[Row]]] = {
        "kind": _by_kind,
        "body": _by_body,
        "year": _by_year,
        "product": _by_product,
    }
    for way, path in WAYS.items():
        index = Index(way, tuple(rows[way](lookup, shelf)), shelf)
        stops = [Stop(row.name, row.anchor, 2, row.phrase) for row in index.rows]
        if way == "year":
            stops.append(Stop(None, "_drafts", 2, "documents.drafts"))
        steps = HOME if way == "kind" else (*HOME, Step("documents", phrase="nav.documents"))
        phrase = "nav.documents" if way == "kind" else f"nav.by-{way}"
        yield View(path, "documents.html", None, index, phrase=phrase, stops=tuple(stops), steps=steps)


def _whole(items: Iterable[Listed]) -> tuple[tuple[Listed, int], ...]:
    return tuple((item, item.clauses) for item in items)


def _items(shelf: Shelf) -> list[Listed]:
    return [item for kindred in shelf.kinds for item in kindred.documents]


def _by_kind(lookup: Lookup, shelf: Shelf) -> Iterator[Row]:
    for kindred in shelf.kinds:
        yield Row(f"k_{kindred.kind}", None, f"kind.{kindred.kind}", None, 2, _whole(kindred.documents))


def _by_body(lookup: Lookup, shelf: Shelf) -> Iterator[Row]:
    """A document of two bodies stands under both."""
    for entry in lookup.handbook.corpus.facets.get("bodies", ()):
        body = entry.record
        members = [item for item in _items(shelf) if body.id in lookup.documents[item.ref.id].bodies]
        if members:
            yield Row(f"b_{body.id}", body.label, None, body.definition, 2, _whole(members))
    orphans = [item for item in _items(shelf) if not lookup.documents[item.ref.id].bodies]
    if orphans:
        yield Row("b_", None, "documents.no-body", None, 2, _whole(orphans))


def _by_year(lookup: Lookup, shelf: Shelf) -> Iterator[Row]:
    for year in reversed(shelf.years):
        name = Text(zh=f"{year.year}年", en=year.year) if year.year else None
        yield Row(f"y_{year.year or ''}", name, None if name else "undated", None, 2, _whole(year.documents))


def _by_product(lookup: Lookup, shelf: Shelf) -> Iterator[Row]:
    """The products as their vocabulary has them; each with the documents that have clauses for just that product."""
    counts: dict[str, Counter[str]] = {}
    for clause in lookup.handbook.clauses:
        document = lookup.documents[clause.entry.document]
        for name in applies_to(clause.entry.record, document).products:
            counts.setdefault(name, Counter())[document.id] += 1
    items = {item.ref.id: item for item in _items(shelf)}
    levels = {"": 1}
    for entry in lookup.handbook.corpus.facets.get("products", ()):
        product = entry.record
        levels[product.id] = level = levels.get(product.broader or "", 1) + 1
        found = counts.get(product.id, Counter())
        if found:
            members = sorted(found, key=lambda name: (-found[name], name))
            documents = tuple((items[name], found[name]) for name in members)
            yield Row(f"p_{product.id}", product.label, None, product.definition, min(level, 4), documents)
