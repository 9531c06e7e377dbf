"""The pages about the whole: home, the index of documents, how the handbook is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from handbook.force import Force
from handbook.model import Document, Text
from handbook.views.labels import FORCES, KINDS, MODALITIES
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.view import Step, Stop, View


@dataclass(frozen=True)
class Coverage:
    """What `verify` found in one document."""

    normative: int
    covered: int
    waived: int
    uncovered: int


@dataclass(frozen=True)
class BuildFacts:
    """What is known of the build: nothing here is read from a clock."""

    version: str
    date: str
    originals: bool
    verify: Mapping[str, Coverage] | None = None


@dataclass(frozen=True)
class Listed:
    """A document in an index."""

    ref: Ref
    short: Text
    issuer: Text
    date: str | None
    date_note: Text | None
    status: str
    force: Force
    clauses: int
    checked: str
    newer: tuple[Ref, ...]


@dataclass(frozen=True)
class Kindred:
    """The documents of one kind."""

    kind: str
    documents: tuple[Listed, ...]


@dataclass(frozen=True)
class Year:
    """The documents of one year; None for those that print no date."""

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
class Home:
    """The home page."""

    shelf: Shelf
    counts: tuple[tuple[str, str, int], ...]
    topics: tuple[tuple[Ref, int], ...]
    parameters: tuple[tuple[Ref, int], ...]


@dataclass(frozen=True)
class Covered:
    """A document's line in the table of coverage."""

    document: Listed
    coverage: Coverage | None
    readings: int
    read: int
    wrong: int
    mended: int


@dataclass(frozen=True)
class About:
    """How the handbook is made, with its figures."""

    counts: tuple[tuple[str, str, int], ...]
    modalities: tuple[tuple[str, int], ...]
    types: tuple[tuple[str, int], ...]
    edges: tuple[tuple[str, int], ...]
    covered: tuple[Covered, ...]
    verified: bool
    forces: tuple[Force, ...]
    warnings: int


HOME = (Step("", phrase="nav.home"),)


def overview_views(lookup: Lookup, build: BuildFacts) -> Iterator[View]:
    """Home, index of documents, about."""
    shelf = _shelf(lookup)
    counts = _counts(lookup)
    home = Home(shelf, counts, tuple(_busiest("topic", 16, lookup)), tuple(_busiest("parameter", 12, lookup)))
    yield View("", "home.html", None, home, phrase="site.title", hide=("navigation", "toc"))
    yield View(
        "documents",
        "documents.html",
        None,
        shelf,
        phrase="nav.documents",
        stops=(
            *(Stop(None, f"k_{kindred.kind}", 2, f"kind.{kindred.kind}") for kindred in shelf.kinds),
            Stop(None, "_time", 2, "documents.time"),
            Stop(None, "_drafts", 2, "documents.drafts"),
        ),
        steps=HOME,
    )
    yield View(
        "about",
        "about.html",
        None,
        _about(lookup, build, counts),
        phrase="nav.about",
        stops=tuple(Stop(None, f"_{name}", 2, f"about.{name}") for name in ABOUT),
        steps=HOME,
        hide=("navigation",),
    )


ABOUT = ("made", "checked", "located", "force", "figures", "coverage", "licence")


def _shelf(lookup: Lookup) -> Shelf:
    listed = [_listed(document, lookup) for document in lookup.documents.values()]
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


def _listed(document: Document, lookup: Lookup) -> Listed:
    newer = [link.to for link in document.lineage if link.relation in ("draft_of", "superseded_by")]
    newer += [
        other.id
        for other in lookup.documents.values()
        for link in other.lineage
        if link.relation == "supersedes" and link.to == document.id
    ]
    return Listed(
        ref=lookup.places.of("document", document.id),
        short=document.short,
        issuer=document.issuer,
        date=document.date,
        date_note=document.date_note,
        status=document.status,
        force=lookup.forces[document.id],
        clauses=len(lookup.handbook.by_document[document.id]),
        checked=document.review.restated,
        newer=tuple(ref for name in dict.fromkeys(newer) if (ref := lookup.places.work(name))),
    )


def _years(listed: Iterable[Listed]) -> Iterator[Year]:
    dated = sorted((item for item in listed if item.date), key=lambda item: (item.date or "", item.ref.id))
    for year, members in groupby(dated, key=lambda item: (item.date or "")[:4]):
        yield Year(year, tuple(members))
    undated = tuple(item for item in listed if not item.date)
    if undated:
        yield Year(None, undated)


def _counts(lookup: Lookup) -> tuple[tuple[str, str, int], ...]:
    """Phrase, path and number of each kind of thing."""
    corpus = lookup.handbook.corpus
    return (
        ("nav.documents", "documents", len(corpus.documents)),
        ("count.clauses", "documents", len(lookup.handbook.clauses)),
        ("nav.terms", "terms", len(corpus.terms)),
        ("nav.methods", "methods", len(corpus.methods)),
        ("nav.parameters", "parameters", len(corpus.parameters)),
        ("nav.references", "references", len(corpus.references)),
    )


def _busiest(kind: str, most: int, lookup: Lookup) -> Iterator[tuple[Ref, int]]:
    uses = {name: len(clauses) for (k, name), clauses in lookup.using.items() if k == kind}
    for name in sorted(uses, key=lambda name: (-uses[name], name))[:most]:
        if ref := lookup.places.find(kind, name):
            yield ref, uses[name]


def _about(lookup: Lookup, build: BuildFacts, counts: tuple[tuple[str, str, int], ...]) -> About:
    records = [clause.entry.record for clause in lookup.handbook.clauses]
    modalities = Counter(record.modality for record in records)
    types = Counter(record.type for record in records)
    edges = Counter(str(data["kind"]) for _, _, data in lookup.handbook.graph.edges(data=True))
    return About(
        counts=counts,
        modalities=tuple((modality.value, modalities[modality]) for modality in MODALITIES),
        types=tuple(sorted(types.items(), key=lambda item: -item[1])),
        edges=tuple(sorted(edges.items(), key=lambda item: (-item[1], item[0]))),
        covered=tuple(
            _covered(document, lookup, build.verify or {})
            for document in sorted(lookup.documents.values(), key=lambda document: document.id)
        ),
        verified=bool(build.verify),
        forces=FORCES,
        warnings=len(lookup.handbook.warnings),
    )


def _covered(document: Document, lookup: Lookup, verify: Mapping[str, Coverage]) -> Covered:
    readings = document.review.readings
    return Covered(
        _listed(document, lookup),
        verify.get(document.id),
        len(readings),
        sum(reading.clauses for reading in readings),
        sum(reading.wrong for reading in readings),
        sum(reading.mended for reading in readings),
    )
