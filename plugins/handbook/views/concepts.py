"""The pages of terms, methods and parameters, and their indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handbook.corpus import Entry
from handbook.force import Force
from handbook.model import Concept, Method, Parameter, Term, Text
from handbook.views.chain import ChainRow, method_chain, parameter_chains
from handbook.views.labels import both
from handbook.views.limit_rows import Comparison, comparison_of, kin_of
from handbook.views.links import Ref
from handbook.views.lookup import Group, Lookup
from handbook.views.matrix import cell_anchor
from handbook.views.view import Portion, Step, Stop, View, portions

ROWS = 300


@dataclass(frozen=True)
class Item:
    """A concept in an index."""

    ref: Ref
    label: Text
    abbr: tuple[str, ...]
    other: tuple[str, ...]
    definition: Text
    uses: int
    class_: Text | None


@dataclass(frozen=True)
class IndexGroup:
    """The entries of an index under one letter."""

    letter: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Index:
    """An index in the order of each language."""

    kind: str
    zh: tuple[IndexGroup, ...]
    en: tuple[IndexGroup, ...]


@dataclass(frozen=True)
class Chaptered:
    """A chapter that describes a method."""

    ref: Ref
    part: str | None


@dataclass(frozen=True)
class Source:
    """The clauses of one document."""

    short: Text
    force: Force
    clauses: tuple[Ref, ...]


@dataclass(frozen=True)
class Called:
    """Where a method is called for: a sampling point and the clauses by need."""

    anchor: str
    at: Text | None
    required: tuple[Source, ...]
    conditional: tuple[Source, ...]
    not_required: tuple[Source, ...]


@dataclass(frozen=True)
class ConceptPage:
    """A term, method or parameter."""

    kind: str
    concept: Concept
    ref: Ref
    sources: tuple[Ref, ...]
    misprints: tuple[tuple[str, Text, int], ...]
    broader: tuple[Ref, ...]
    narrower: tuple[Ref, ...]
    related: tuple[Ref, ...]
    valid_in: tuple[Ref, ...]
    attribute: Text | None
    chapters: tuple[Chaptered, ...]
    points: tuple[Text, ...]
    called: tuple[Called, ...]
    limits: Comparison | None
    kin: tuple[Ref, ...]
    chain: tuple[ChainRow, ...]
    uses: int
    works: int
    portion: Portion


def concept_views(lookup: Lookup) -> Iterator[View]:
    """The three indexes and the page of every concept."""
    corpus = lookup.handbook.corpus
    groups: tuple[tuple[str, Iterable[Entry[Concept]]], ...] = (
        ("term", corpus.terms),
        ("method", corpus.methods),
        ("parameter", corpus.parameters),
    )
    for kind, entries in groups:
        concepts = [entry.record for entry in entries]
        items = [_item(kind, concept, lookup) for concept in concepts]
        yield View(
            path=f"{kind}s",
            template="concepts.html",
            title=None,
            phrase=f"nav.{kind}s",
            data=Index(kind, _grouped(items, "zh"), _grouped(items, "en")),
            steps=(Step("", phrase="nav.home"),),
            hide=("navigation",),
        )
        below: dict[str, list[Ref]] = {}
        for concept in concepts:
            for parent in concept.broader:
                below.setdefault(parent, []).append(lookup.places.of(kind, concept.id))
        for concept in concepts:
            yield from _pages(kind, concept, tuple(below.get(concept.id, ())), lookup)


# ----------------------------------------------------------------------------------- indexes


def _item(kind: str, concept: Concept, lookup: Lookup) -> Item:
    class_ = None
    if isinstance(concept, Method):
        class_ = lookup.words.facet("attributes", concept.attribute)
    return Item(
        ref=lookup.places.of(kind, concept.id),
        label=concept.label,
        abbr=concept.abbr,
        other=(
            *(*concept.alt.zh, *concept.alt.en, *concept.hidden.zh, *concept.hidden.en),
            *(misprint.text for misprint in concept.misprints),
        ),
        definition=concept.definition,
        uses=len(lookup.using.get((kind, concept.id), ())),
        class_=class_,
    )


def _grouped(items: Iterable[Item], language: str) -> tuple[IndexGroup, ...]:
    """Methods by the attribute they test, the others by first letter; Chinese labels stand in code-point order."""
    ordered = sorted(items, key=lambda item: (_plain(item.label.of(language)), item.ref.id))
    groups: dict[str, list[Item]] = {}
    for item in ordered:
        letter = item.class_.of(language) if item.class_ else _letter(item.label.of(language), language)
        groups.setdefault(letter, []).append(item)
    return tuple(IndexGroup(letter, tuple(members)) for letter, members in sorted(groups.items()))


def _plain(label: str) -> str:
    """A label as it is sorted: without quotes and brackets before it."""
    return label.casefold().lstrip("“‘《（(\"'") or label


def _letter(label: str, language: str) -> str:
    """Latin letters one by one in English and together in Chinese, where Han characters follow them."""
    first = _plain(label)[0].upper()
    if not first.isascii():
        return "汉字" if first >= "\u2e80" else "A–Z" if language == "zh" else first
    if language == "zh":
        return "A–Z"
    return first if first.isalpha() else "0–9"


# ------------------------------------------------------------------------------------- pages


@dataclass(frozen=True)
class _Subject:
    """A concept with what all its pages share."""

    kind: str
    concept: Concept
    narrower: tuple[Ref, ...]
    groups: tuple[Group, ...]


def _pages(kind: str, concept: Concept, narrower: tuple[Ref, ...], lookup: Lookup) -> Iterator[View]:
    ref = lookup.places.of(kind, concept.id)
    subject = _Subject(kind, concept, narrower, lookup.groups(lookup.using.get((kind, concept.id), [])))
    for portion in portions(ref.path, subject.groups):
        page = _page(subject, portion, lookup)
        yield View(
            path=portion.path,
            template="concept.html",
            title=_numbered(concept.label, portion),
            data=page,
            stops=tuple(_stops(page)),
            steps=_steps(kind, concept, portion, ref),
            bilingual=True,
            hide=("navigation",),
        )


def _numbered(label: Text, portion: Portion) -> Text:
    if portion.number == 1:
        return label
    return Text(zh=f"{label.zh}（{portion.number}）", en=f"{label.en} ({portion.number})")


def _steps(kind: str, concept: Concept, portion: Portion, ref: Ref) -> tuple[Step, ...]:
    steps = (Step("", phrase="nav.home"), Step(f"{kind}s", phrase=f"nav.{kind}s"))
    return steps if portion.number == 1 else (*steps, Step(ref.path, concept.label))


def _page(subject: _Subject, portion: Portion, lookup: Lookup) -> ConceptPage:
    kind, concept, places = subject.kind, subject.concept, lookup.places
    figures = isinstance(concept, Parameter) and portion.number == 1 and concept.id in lookup.subjects
    return ConceptPage(
        kind=kind,
        concept=concept,
        ref=places.of(kind, concept.id),
        sources=tuple(ref for name in concept.source if (ref := places.work(name))),
        misprints=tuple(
            (m.text, lookup.documents[m.document].short if m.document in lookup.documents else both(m.document), m.line)
            for m in concept.misprints
        ),
        broader=tuple(ref for name in concept.broader if (ref := places.find(kind, name))),
        narrower=subject.narrower,
        related=tuple(ref for name in concept.related if (ref := places.find(kind, name) or places.concept(name))),
        valid_in=tuple(ref for name in concept.valid_in if (ref := places.find("document", name)))
        if isinstance(concept, Term)
        else (),
        attribute=lookup.words.facet("attributes", concept.attribute) if isinstance(concept, Method) else None,
        chapters=tuple(Chaptered(ref, c.part) for c in concept.chapters if (ref := places.work(c.to)))
        if isinstance(concept, Method)
        else (),
        points=tuple(lookup.words.facet("sampling_points", name) for name in concept.sampling_points)
        if isinstance(concept, Method)
        else (),
        called=tuple(_called(concept.id, lookup)) if isinstance(concept, Method) and portion.number == 1 else (),
        limits=comparison_of(lookup.subjects[concept.id], lookup) if figures else None,
        kin=kin_of(concept.id, lookup) if figures else (),
        chain=_chain(concept, lookup) if portion.number == 1 else (),
        uses=sum(len(group.lines) for group in subject.groups),
        works=len(subject.groups),
        portion=portion,
    )


def _stops(page: ConceptPage) -> Iterator[Stop]:
    if page.limits:
        yield Stop(None, "_limits", 2, "parameter.limits")
    if page.called:
        yield Stop(None, "_called", 2, "method.called")
    if page.portion.groups:
        yield Stop(None, "_uses", 2, "concept.uses")
    for group in page.portion.groups:
        yield Stop(group.short, f"d_{group.document.id}", 3)


# ------------------------------------------------------------------------- methods, parameters


def _called(method: str, lookup: Lookup) -> Iterator[Called]:
    found: dict[str | None, dict[str, list[str]]] = {}
    for clause in lookup.using.get(("method", method), ()):
        for test in lookup.handbook.by_id[clause].entry.record.tests:
            if test.method == method:
                found.setdefault(test.at, {}).setdefault(test.need, []).append(clause)
    points = [entry.record.id for entry in lookup.handbook.corpus.facets.get("sampling_points", ())]
    for at in sorted(found, key=lambda name: points.index(name) if name in points else -1):
        needs = {need: _sources(clauses[:ROWS], lookup) for need, clauses in found[at].items()}
        yield Called(
            cell_anchor(at),
            lookup.words.point(at),
            needs.get("required", ()),
            needs.get("conditional", ()),
            needs.get("not-required", ()),
        )


def _chain(concept: Concept, lookup: Lookup) -> tuple[ChainRow, ...]:
    if isinstance(concept, Method):
        return method_chain(concept.id, lookup)
    return parameter_chains(concept.id, lookup) if isinstance(concept, Parameter) else ()


def _sources(clauses: Iterable[str], lookup: Lookup) -> tuple[Source, ...]:
    return tuple(
        Source(group.short, group.force, tuple(line.ref for line in group.lines)) for group in lookup.groups(clauses)
    )
