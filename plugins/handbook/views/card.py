"""The clause card: everything that is known of one clause, the same for both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.force import Force
from handbook.link import LinkedClause, Mention
from handbook.modality import Modality
from handbook.model import Applicability, Document, Formula, Quantity, Test, Text
from handbook.scope import applies_to
from handbook.views.labels import both, figure, number
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.relations import Role, roles_of


@dataclass(frozen=True)
class Piece:
    """A stretch of text; with `ref` it names something."""

    text: str
    ref: Ref | None = None


@dataclass(frozen=True)
class Figure:
    """One quantity as people read it."""

    parameter: Ref
    figure: str
    unit: str
    formula: Formula | None
    factor: str
    at: Text | None
    condition: Text | None
    sense: str
    printed: str | None


@dataclass(frozen=True)
class Called:
    """A test that the clause calls for, with the chapters that describe it and the parameters that it measures."""

    method: Ref
    at: Text | None
    need: str
    chapters: tuple[tuple[Ref, str | None], ...]
    parameters: tuple[Ref, ...]


@dataclass(frozen=True)
class Scope:
    """One facet of what the clause applies to."""

    facet: str
    labels: tuple[Text, ...]
    inherited: bool


@dataclass(frozen=True)
class Card:
    """A clause as shown."""

    id: str
    anchor: str
    ref: Ref
    document: Ref
    force: Force
    modality: Modality
    cue: str | None
    type: str
    number: str | None
    heading: Ref
    gist: Text
    file: str
    lines: tuple[int, int]
    zh: tuple[Piece, ...]
    en: tuple[Piece, ...]
    figures: tuple[Figure, ...]
    tests: tuple[Called, ...]
    scopes: tuple[Scope, ...]
    topics: tuple[Ref, ...]
    terms: tuple[Ref, ...]
    cites: tuple[tuple[Ref, str | None], ...]
    evidence: tuple[Text, ...]
    roles: tuple[Role, ...]
    related: int
    note: Text | None
    wording: str | None
    citation: Text

    @property
    def inherits(self) -> bool:
        """Whether something of what it applies to comes from its document."""
        return any(scope.inherited for scope in self.scopes)


def card_of(clause: LinkedClause, lookup: Lookup) -> Card:
    """The card of `clause`."""
    record, document = clause.entry.record, lookup.documents[clause.entry.document]
    places, words = lookup.places, lookup.words
    heading = places.heading(document.id, record.heading)
    roles = roles_of(clause, lookup)
    topics = tuple(
        places.find("topic", name) or Ref("topic", name, both(name), f"topics/{name}") for name in record.topics
    )
    return Card(
        id=clause.id,
        anchor=record.id,
        ref=places.of("clause", clause.id),
        document=places.of("document", document.id),
        force=lookup.forces[document.id],
        modality=record.modality,
        cue=record.cue,
        type=record.type,
        number=record.number,
        heading=heading,
        gist=topics[0].label if topics else heading.label,
        file=document.original.file,
        lines=record.lines,
        zh=tuple(_pieces(record.zh, clause.zh, lookup)),
        en=tuple(_pieces(record.en, clause.en, lookup)),
        figures=tuple(figure_row(quantity, lookup) for quantity in record.quantities),
        tests=tuple(_called(test, lookup) for test in record.tests),
        scopes=tuple(_scopes(clause, document, lookup)),
        topics=topics,
        terms=tuple(places.of("term", name) for name in record.terms),
        cites=tuple((ref, cited.part) for cited in clause.cites if (ref := places.work(cited.to))),
        evidence=words.records(record.evidence),
        roles=roles,
        related=sum(role.count for role in roles),
        note=record.note,
        wording=lookup.wording.get(clause.id) if lookup.wording else None,
        citation=citation(clause, document),
    )


def _called(test: Test, lookup: Lookup) -> Called:
    """A test with the rest of its chain, as far as the glossary has it."""
    chain = lookup.chains.by_method[test.method]
    chapters = (link.chapter for link in chain.chapters if link.origin != "clause")
    return Called(
        lookup.places.of("method", test.method),
        lookup.words.point(test.at),
        test.need,
        tuple((ref, chapter.part) for chapter in chapters if (ref := lookup.places.work(chapter.to))),
        tuple(
            lookup.places.of("parameter", link.parameter)
            for link in chain.limits
            if link.origin == "glossary" and link.parameter in lookup.chains.limits
        ),
    )


def _pieces(text: str, mentions: tuple[Mention, ...], lookup: Lookup) -> Iterator[Piece]:
    """`text` cut at what it names; a concept is linked where it stands first, so that the text stays readable."""
    position = 0
    seen: set[str] = set()
    for mention in mentions:
        ref = lookup.places.find(mention.kind, mention.id)
        if ref is None or ref.key in seen:
            continue
        seen.add(ref.key)
        if mention.start > position:
            yield Piece(text[position : mention.start])
        yield Piece(text[mention.start : mention.end], ref)
        position = mention.end
    if position < len(text):
        yield Piece(text[position:])


def figure_row(quantity: Quantity, lookup: Lookup) -> Figure:
    """A quantity as people read it."""
    return Figure(
        parameter=lookup.places.of("parameter", quantity.parameter),
        figure=figure(quantity),
        unit=quantity.unit,
        formula=quantity.formula,
        factor=number(quantity.formula.factor) if quantity.formula and quantity.formula.factor != 1 else "",
        at=lookup.words.point(quantity.at),
        condition=quantity.condition,
        sense=quantity.sense,
        printed=quantity.printed,
    )


def _scopes(clause: LinkedClause, document: Document, lookup: Lookup) -> Iterator[Scope]:
    own = clause.entry.record.applies
    whole = applies_to(clause.entry.record, document)
    for facet in Applicability.model_fields:
        names: tuple[str, ...] = getattr(whole, facet)
        if names:
            inherited = own is None or facet not in own.model_fields_set
            yield Scope(facet, tuple(lookup.words.facet(facet, name) for name in names), inherited)


# ------------------------------------------------------------------------------------ citing

_ZH_TYPES = {"review": "J", "journal-article": "J", "self-discipline-standard": "S"}


def citation(clause: LinkedClause, document: Document) -> Text:
    """How to cite the clause: after GB/T 7714 in Chinese, author and date in English."""
    record = clause.entry.record
    first, last = record.lines
    dated = f"{document.date}" if document.date else None
    where = f"第{record.number.rstrip('、')}项，" if record.number else ""
    zh = (
        f"{document.issuer.zh}. {document.title.zh}[{_ZH_TYPES.get(document.kind, 'Z')}]. {dated or '日期不详'}: "
        f"{where}条款{record.id}（原文{document.original.file}第{first}–{last}行）"
    )
    en = (
        f"{document.issuer.en} ({dated or 'n.d.'}). {document.title.en}. Clause {record.id}, "
        f"lines {first}–{last} of {document.original.file}"
    )
    return Text(zh=zh, en=en)
