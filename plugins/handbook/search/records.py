"""From the handbook to what the search engine loads: clauses in columns, concepts, documents, vocabularies.

The shape is the engine's (js/3-index.js, js/6-engine.js). Columns of one kind stand together, because that halves what
has to be sent. Numbers that stand for words are places in the lists beside them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from opencc import OpenCC

from handbook.link import LinkedClause
from handbook.model import Concept, Quantity, Span
from handbook.pipeline import Handbook
from handbook.scope import applies_to
from handbook.views.labels import FORCES, MODALITIES
from handbook.views.links import Places

K = TypeVar("K", bound=Hashable)
SCHEMA = 1
NEEDS = ("required", "conditional", "not-required")
GROUPS = {"topic": "topics", "product": "products", "stage": "stages", "point": "sampling_points"}


def search_data(handbook: Handbook) -> dict[str, Any]:
    """Everything that the engine needs, as plain values; the same for the same content."""
    return _Columns(handbook).data()


class _Columns:
    def __init__(self, handbook: Handbook) -> None:
        self.handbook = handbook
        corpus = handbook.corpus
        self.places = Places(handbook)
        self.documents = {name: place for place, name in enumerate(handbook.documents)}
        self.facets = {
            group: {entry.record.id: place for place, entry in enumerate(corpus.facets.get(name, ()))}
            for group, name in GROUPS.items()
        }
        self.concepts: dict[tuple[str, str], int] = {}
        kinds = (("term", corpus.terms), ("method", corpus.methods), ("parameter", corpus.parameters))
        for kind, entries in kinds:
            for entry in entries:
                self.concepts[kind, entry.record.id] = len(self.concepts)
        for work in corpus.references:
            self.concepts["reference", work.record.id] = len(self.concepts)
        self.headings: dict[tuple[str, str], int] = {}
        self.sheets: dict[str, int] = {}
        self.scopes: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}

    def data(self) -> dict[str, Any]:
        corpus = self.handbook.corpus
        clauses = self._clauses()
        return {
            "schema": SCHEMA,
            "documents": [self._document(name) for name in self.documents],
            "forces": [force.value for force in FORCES],
            "modalities": [modality.value for modality in MODALITIES],
            "vocabularies": {
                group: [
                    [entry.record.id, entry.record.label.zh, entry.record.label.en]
                    for entry in corpus.facets.get(name, ())
                ]
                for group, name in GROUPS.items()
            },
            "concepts": list(self._concepts()),
            "defines": self._defines(),
            "clauses": clauses,
            "headings": [list(pair) for pair in self.headings],
            "sheets": list(self.sheets),
            "scopes": [[list(products), list(stages)] for products, stages in self.scopes],
            "simplified": _simplified(clauses["zh"]),
        }

    def _document(self, name: str) -> list[Any]:
        record = self.handbook.documents[name].record
        return [
            record.id,
            record.title.zh,
            record.title.en,
            record.short.zh,
            record.short.en,
            record.kind,
            FORCES.index(self.handbook.forces[name]),
            self.places.of("document", name).path,
            record.original.file,
            list(record.aliases),
        ]

    def _concepts(self) -> Iterable[list[Any]]:
        corpus = self.handbook.corpus
        for kind, entries in enumerate((corpus.terms, corpus.methods, corpus.parameters)):
            for entry in entries:
                yield _concept(kind, entry.record)
        for work in corpus.references:
            record = work.record
            aliases_zh = [name for name in record.aliases if not name.isascii()]
            aliases_en = [name for name in record.aliases if name.isascii()]
            parts = [part.part for part in record.parts]
            yield [
                3,
                record.id,
                record.title.zh,
                record.title.en,
                aliases_zh,
                aliases_en,
                list(record.misprints),
                parts,
            ]

    def _defines(self) -> list[list[Any]]:
        order = {clause.id: place for place, clause in enumerate(self.handbook.clauses)}
        found = []
        for entry in self.handbook.corpus.concepts:
            sources = [order[name] for name in entry.record.source if name in order]
            if sources:
                kind = type(entry.record).__name__.lower()
                found.append([self.concepts[kind, entry.record.id], sources])
        return found

    def _clauses(self) -> dict[str, Any]:
        clauses = self.handbook.clauses
        records = [clause.entry.record for clause in clauses]
        return {
            "id": "\n".join(record.id for record in records),
            "doc": [self.documents[clause.entry.document] for clause in clauses],
            "sheet": [_place(self.sheets, self.places.of("clause", clause.id).path) for clause in clauses],
            "heading": [_place(self.headings, self._heading(clause)) for clause in clauses],
            "lines": _steps(record.lines for record in records),
            "modality": [MODALITIES.index(record.modality) for record in records],
            "zh": "\n".join(" ".join(record.zh.split()) for record in records),
            "en": "\n".join(" ".join(record.en.split()) for record in records),
            "concepts": [self._linked(clause) for clause in clauses],
            "tests": [
                _once([self.concepts["method", test.method], NEEDS.index(test.need)] for test in record.tests)
                for record in records
            ],
            "limits": [[self._limit(quantity) for quantity in record.quantities] for record in records],
            "topics": [[self.facets["topic"][name] for name in record.topics] for record in records],
            "points": [self._points(clause) for clause in clauses],
            "scope": [_place(self.scopes, self._scope(clause)) for clause in clauses],
        }

    def _heading(self, clause: LinkedClause) -> tuple[str, str]:
        label = self.places.heading(clause.entry.document, clause.entry.record.heading).label
        return label.zh, label.en

    def _linked(self, clause: LinkedClause) -> list[int]:
        parameters = (*(q.parameter for q in clause.entry.record.quantities), *clause.named("parameter"))
        named = (
            *(("term", name) for name in clause.terms),
            *(("method", name) for name in clause.methods),
            *(("parameter", name) for name in parameters),
            *(("reference", cited.to) for cited in clause.cites),
        )
        places = sorted({self.concepts[key] for key in named if key in self.concepts})
        return [place - before for before, place in pairwise([0, *places])]  # small numbers pack well

    def _limit(self, quantity: Quantity) -> list[Any]:
        low = quantity.low if quantity.relation == "range" else quantity.value
        return [self.concepts["parameter", quantity.parameter], quantity.relation, low, quantity.high, quantity.unit]

    def _points(self, clause: LinkedClause) -> list[int]:
        record = clause.entry.record
        names = (*(test.at for test in record.tests), *(quantity.at for quantity in record.quantities))
        return sorted({self.facets["point"][name] for name in names if name})

    def _scope(self, clause: LinkedClause) -> tuple[tuple[int, ...], tuple[int, ...]]:
        scope = applies_to(clause.entry.record, self.handbook.documents[clause.entry.document].record)
        products = tuple(sorted(self.facets["product"][name] for name in scope.products))
        return products, tuple(sorted(self.facets["stage"][name] for name in scope.stages))


def _concept(kind: int, concept: Concept) -> list[Any]:
    misprints = [misprint.text for misprint in concept.misprints]
    return [
        kind,
        concept.id,
        concept.label.zh,
        concept.label.en,
        [*concept.alt.zh, *concept.abbr],
        list(concept.alt.en),
        [*concept.hidden.zh, *concept.hidden.en, *misprints],
    ]


def _place(places: dict[K, int], key: K) -> int:
    """The place of `key`, which gets the next one when it is new."""
    return places.setdefault(key, len(places))


def _steps(spans: Iterable[Span]) -> list[int]:
    """Spans as (begin less the begin before, length), in turn: neighbours are near, and small numbers pack well."""
    flat: list[int] = []
    before = 0
    for first, last in spans:
        flat += (first - before, last - first)
        before = first
    return flat


def _once(pairs: Iterable[Sequence[int]]) -> list[list[int]]:
    return [list(pair) for pair in dict.fromkeys(tuple(pair) for pair in pairs)]


def _simplified(text: str) -> dict[str, str]:
    """Traditional characters, and what they are in the texts (by OpenCC, only what the texts hold)."""
    held = {character for character in text if "\u3400" <= character <= "\u9fff"}
    all_characters = [chr(code) for code in range(0x4E00, 0xA000)]
    converted = OpenCC("t2s").convert("\n".join(all_characters)).split("\n")
    pairs = zip(all_characters, converted, strict=True)
    return {one: other for one, other in pairs if one != other and one not in held and other in held}
