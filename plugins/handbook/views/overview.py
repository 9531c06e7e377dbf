"""The pages about the whole: home, the index of documents, how the handbook is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from handbook.census import Tally, census
from handbook.force import Force
from handbook.model import Document
from handbook.views.labels import FORCES, MODALITIES
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.shelf import HOME, Listed, Shelf, listed_document, shelf_of, shelf_views
from handbook.views.view import Stop, View


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
    edition: str = ""
    verify: Mapping[str, Coverage] | None = None


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
    vocabularies: tuple[tuple[str, int, tuple[Tally, ...], tuple[Tally, ...]], ...]
    warnings: int


def overview_views(lookup: Lookup, build: BuildFacts) -> Iterator[View]:
    """Home, index of documents, about."""
    shelf = shelf_of(lookup)
    counts = _counts(lookup)
    home = Home(shelf, counts, tuple(_busiest("topic", 16, lookup)), tuple(_busiest("parameter", 12, lookup)))
    yield View("", "home.html", None, home, phrase="site.title", hide=("navigation", "toc"))
    yield from shelf_views(lookup)
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


ABOUT = ("made", "checked", "located", "force", "figures", "coverage", "vocabularies", "licence")


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
        vocabularies=tuple(_vocabularies(lookup)),
        warnings=len(lookup.handbook.warnings),
    )


def _vocabularies(lookup: Lookup) -> Iterator[tuple[str, int, tuple[Tally, ...], tuple[Tally, ...]]]:
    """Each vocabulary with its size, its lonely and its crowded values."""
    for group, members in groupby(census(lookup.handbook), key=lambda tally: tally.group):
        tallies = tuple(members)
        lonely = tuple(tally for tally in tallies if tally.state == "lonely")
        yield group, len(tallies), lonely, tuple(tally for tally in tallies if tally.state == "crowded")


def _covered(document: Document, lookup: Lookup, verify: Mapping[str, Coverage]) -> Covered:
    readings = document.review.readings
    return Covered(
        listed_document(document, lookup),
        verify.get(document.id),
        len(readings),
        sum(reading.clauses for reading in readings),
        sum(reading.wrong for reading in readings),
        sum(reading.mended for reading in readings),
    )
