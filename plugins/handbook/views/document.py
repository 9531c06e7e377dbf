"""The pages of one document: head, headings, clause cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handbook.force import Force
from handbook.model import Document, Text
from handbook.views.card import Card, Scope, card_of
from handbook.views.labels import MODALITIES, both
from handbook.views.lineage import lineage_path
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.sections import Block, Sheet, heading_title
from handbook.views.view import Step, Stop, View


@dataclass(frozen=True)
class Kin:
    """A document of the same lineage; `ref` is missing when it is nowhere in the handbook."""

    role: str
    ref: Ref | None
    name: Text
    date: str | None
    force: Force | None
    basis: str
    note: Text | None


@dataclass(frozen=True)
class Cited:
    """A work and how many clauses stand behind the citation."""

    ref: Ref
    count: int
    clauses: tuple[Ref, ...]


@dataclass(frozen=True)
class Branch:
    """A heading in the tree, with its place and the number of clauses in its section."""

    title: Text
    level: int
    ref: Ref
    count: int


@dataclass(frozen=True)
class Part:
    """A heading on a page and the cards under it."""

    title: Text
    anchor: str
    level: int
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Neighbour:
    """A page before or after this one."""

    path: str
    title: Text


@dataclass(frozen=True)
class Sheets:
    """A section page: its parts, and the pages beside it."""

    document: Ref
    short: Text
    force: Force
    parts: tuple[Part, ...]
    before: Neighbour | None
    after: Neighbour | None


@dataclass(frozen=True)
class Head:
    """All that a document's page shows above its cards."""

    record: Document
    ref: Ref
    force: Force
    scopes: tuple[Scope, ...]
    kin: tuple[Kin, ...]
    compared: tuple[str, ...]
    listed: int
    tests: int
    cites: tuple[Cited, ...]
    cited_by: tuple[Cited, ...]
    tree: tuple[Branch, ...]
    modalities: tuple[tuple[str, int], ...]
    clauses: int
    withdrawn: tuple[tuple[str, str, Text], ...]
    pages: tuple[Neighbour, ...]
    parts: tuple[Part, ...]


STEPS = (Step("", phrase="nav.home"), Step("documents", phrase="nav.documents"))


def document_views(lookup: Lookup) -> Iterator[View]:
    """The pages of every document."""
    for name, document in lookup.documents.items():
        sheets = lookup.places.sheets[name]
        alone = len(sheets) == 1
        yield _main(document, sheets, lookup, alone=alone)
        if not alone:
            yield from _sections(document, sheets, lookup)


def _main(document: Document, sheets: tuple[Sheet, ...], lookup: Lookup, *, alone: bool) -> View:
    parts = tuple(_parts(sheets[0].blocks, lookup)) if alone else ()
    head = _head(document, sheets, lookup, parts)
    stops = (Stop(None, "_record", 2, "document.record"), Stop(None, "_tree", 2, "document.tree"))
    return View(
        path=head.ref.path,
        template="document.html",
        title=document.title,
        data=head,
        stops=(*stops, *_stops(parts)),
        steps=STEPS,
        bilingual=alone,
    )


def _sections(document: Document, sheets: tuple[Sheet, ...], lookup: Lookup) -> Iterator[View]:
    ref = lookup.places.of("document", document.id)
    pages = [Neighbour(sheet.path, sheet.title) for sheet in sheets]
    for number, sheet in enumerate(sheets):
        parts = tuple(_parts(sheet.blocks, lookup))
        before = pages[number - 1] if number else Neighbour(ref.path, document.short)
        after = pages[number + 1] if number + 1 < len(pages) else None
        yield View(
            path=sheet.path,
            template="section.html",
            title=sheet.title,
            data=Sheets(ref, document.short, lookup.forces[document.id], parts, before, after),
            stops=_stops(parts),
            steps=(*STEPS, Step(ref.path, document.short)),
            bilingual=True,
        )


def _parts(blocks: Iterable[Block], lookup: Lookup) -> Iterator[Part]:
    for block in blocks:
        cards = tuple(card_of(clause, lookup) for clause in block.clauses)
        yield Part(heading_title(block.heading), block.anchor, block.heading.level, cards)


def _stops(parts: Iterable[Part]) -> tuple[Stop, ...]:
    return tuple(Stop(part.title, part.anchor, min(part.level + 1, 5)) for part in parts)


# -------------------------------------------------------------------------------------- head


def _head(document: Document, sheets: tuple[Sheet, ...], lookup: Lookup, parts: tuple[Part, ...]) -> Head:
    clauses = lookup.handbook.by_document[document.id]
    counted = Counter(clause.entry.record.modality for clause in clauses)
    return Head(
        record=document,
        ref=lookup.places.of("document", document.id),
        force=lookup.forces[document.id],
        scopes=tuple(
            Scope(facet, tuple(lookup.words.facet(facet, name) for name in names), False)
            for facet in type(document.scope).model_fields
            if (names := getattr(document.scope, facet))
        ),
        kin=tuple(_kin(document, lookup)),
        tests=lookup.matrix.tests[document.id],
        listed=next((len(one.clauses) for one in lookup.lists if one.id == f"document/{document.id}"), 0),
        compared=tuple(
            lineage_path(entry.record.id)
            for entry in lookup.handbook.corpus.documents
            if entry.lineage and document.id in (entry.record.id, entry.lineage.record.earlier)
        ),
        cites=_cites(document, lookup),
        cited_by=_cited_by(document, lookup),
        tree=tuple(_tree(document, lookup)),
        modalities=tuple((modality.value, counted[modality]) for modality in MODALITIES if counted[modality]),
        clauses=len(clauses),
        withdrawn=tuple(
            (entry.record.id, entry.record.since, entry.record.reason)
            for entry in lookup.handbook.documents[document.id].withdrawn
        ),
        pages=tuple(Neighbour(sheet.path, sheet.title) for sheet in sheets) if not parts else (),
        parts=parts,
    )


def _kin(document: Document, lookup: Lookup) -> Iterator[Kin]:
    for link in document.lineage:
        yield _relative(link.relation, link.to, link.basis, link.note, lookup)
    for other in lookup.documents.values():
        for link in other.lineage:
            if link.to == document.id:
                yield _relative(f"{link.relation}.reverse", other.id, link.basis, link.note, lookup)


def _relative(role: str, name: str, basis: str, note: Text | None, lookup: Lookup) -> Kin:
    ref = lookup.places.work(name)
    document = lookup.documents.get(name)
    reference = lookup.references.get(name)
    date = document.date if document else reference.date if reference else None
    return Kin(role, ref, ref.label if ref else both(name), date, lookup.forces.get(name), basis, note)


def _cites(document: Document, lookup: Lookup) -> tuple[Cited, ...]:
    found: dict[str, list[Ref]] = {}
    for clause in lookup.handbook.by_document[document.id]:
        for work in dict.fromkeys(cited.to.split("/")[0] for cited in clause.cites):
            if work != document.id:
                found.setdefault(work, []).append(lookup.places.of("clause", clause.id))
    return _counted(found, lookup)


def _cited_by(document: Document, lookup: Lookup) -> tuple[Cited, ...]:
    found: dict[str, list[Ref]] = {}
    for clause in lookup.citing.get(document.id, ()):
        if (other := lookup.document_of(clause)) != document.id:
            found.setdefault(other, []).append(lookup.places.of("clause", clause))
    return _counted(found, lookup)


def _counted(found: dict[str, list[Ref]], lookup: Lookup) -> tuple[Cited, ...]:
    works = ((lookup.places.work(name), clauses) for name, clauses in found.items())
    cited = [Cited(ref, len(clauses), tuple(clauses)) for ref, clauses in works if ref]
    return tuple(sorted(cited, key=lambda work: (-work.count, work.ref.id)))


def _tree(document: Document, lookup: Lookup) -> Iterator[Branch]:
    own = Counter(clause.entry.record.heading for clause in lookup.handbook.by_document[document.id])
    headings = document.headings
    for place, heading in enumerate(headings):
        count = own[heading.key]
        for below in headings[place + 1 :]:
            if below.level <= heading.level:
                break
            count += own[below.key]
        yield Branch(heading_title(heading), heading.level, lookup.places.heading(document.id, heading.key), count)
