"""A release told with the records of today: what its changes say, and where what they name is found.

A record holds how a clause read before a release. How it read after it stands in the next record that changed the
clause, or, when none did, in the clause of today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handbook.fingerprint import clause_fingerprint
from handbook.force import Force
from handbook.modality import Modality
from handbook.model import Clause, Quantity, Stricter, Text
from handbook.releases import (
    ASPECTS,
    SUBSTANCE,
    Aspect,
    ConceptKind,
    ModifiedClause,
    Release,
    ReleaseChanges,
    WholeDocument,
    WithdrawnClause,
)
from handbook.stricter import Direction, figure_changes
from handbook.views.card import Figure, figure_row
from handbook.views.labels import both
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.worddiff import Run, word_diff

KINDS: dict[ConceptKind, str] = {
    "terms": "term",
    "methods": "method",
    "parameters": "parameter",
    "references": "reference",
    "evidence": "evidence",
}


@dataclass(frozen=True)
class Named:
    """Something that a release names: with its place as long as it is there, always with a label."""

    id: str
    label: Text
    ref: Ref | None


@dataclass(frozen=True)
class Whole:
    """A document that came or went as a whole."""

    document: Named
    force: Force | None
    clauses: int


@dataclass(frozen=True)
class FigureTurn:
    """A figure before and after; `direction` where it can be told."""

    clause: Named
    parameter: Named
    old: Figure | None
    new: Figure | None
    direction: Direction | None


@dataclass(frozen=True)
class Change:
    """A clause that came, changed, went or got another id; `since`: it changed once more, unrecorded as yet."""

    kind: str
    clause: Named
    document: Named
    what: tuple[Aspect, ...] = ()
    zh: tuple[Run, ...] = ()
    en: tuple[Run, ...] = ()
    was: Modality | None = None
    became: Modality | None = None
    figures: tuple[FigureTurn, ...] = ()
    to: tuple[Named, ...] = ()
    since: bool = False


@dataclass(frozen=True)
class Filed:
    """Clauses of which only the handbook's own filing changed in one aspect: evidence, topics, notes."""

    aspect: Aspect
    documents: tuple[tuple[Named, tuple[Named, ...]], ...]
    count: int


@dataclass(frozen=True)
class Glossary:
    """What happened in one part of the glossary."""

    kind: ConceptKind
    added: int
    removed: tuple[Named, ...]
    changed: tuple[Named, ...]


@dataclass(frozen=True)
class TouchedRow:
    """A checklist in which something changed; `size` is what it held in the release."""

    list: Named
    size: int
    added: int
    modified: int
    withdrawn: int

    @property
    def kind(self) -> str:
        """Whether it is the checklist of a document, a topic, a sampling point or an audit."""
        return self.list.id.partition("/")[0]


@dataclass(frozen=True)
class Told:
    """All that a release changed."""

    documents_added: tuple[Whole, ...]
    documents_removed: tuple[Whole, ...]
    documents_changed: tuple[tuple[Named, tuple[str, ...]], ...]
    clauses: tuple[Change, ...]
    filed: tuple[Filed, ...]
    glossary: tuple[Glossary, ...]
    lists: tuple[TouchedRow, ...]

    @property
    def limits(self) -> tuple[FigureTurn, ...]:
        """Every figure that changed, by parameter."""
        turns = (turn for one in self.clauses for turn in one.figures)
        return tuple(sorted(turns, key=lambda turn: (turn.parameter.id, turn.clause.id)))


NOTHING = Told((), (), (), (), (), (), ())


def told(release: Release, later: Iterable[Release], lookup: Lookup) -> Told:
    """What `release` changed; `later` are the releases after it, the next one first."""
    changes = release.changes
    if changes is None:
        return NOTHING
    teller = _Teller([one.changes for one in later if one.changes], lookup)
    filed = [one for one in changes.modified if not substantial(one)]
    return Told(
        documents_added=tuple(map(teller.whole, changes.documents_added)),
        documents_removed=tuple(map(teller.whole, changes.documents_removed)),
        documents_changed=tuple((teller.named("document", one.id), one.fields) for one in changes.documents_changed),
        clauses=tuple(sorted(teller.clauses(changes), key=lambda one: (one.document.id, teller.place(one.clause.id)))),
        filed=tuple(teller.filed(filed)),
        glossary=tuple(
            Glossary(
                one.kind,
                one.added,
                tuple(teller.named(KINDS[one.kind], name) for name in one.removed),
                tuple(teller.named(KINDS[one.kind], name) for name in one.changed),
            )
            for one in changes.concepts
        ),
        lists=tuple(
            TouchedRow(teller.checklist(one.id), release.lists.get(one.id, 0), one.added, one.modified, one.withdrawn)
            for one in changes.lists
        ),
    )


def substantial(one: ModifiedClause) -> bool:
    """Whether what a clause says changed, and not only how it is filed."""
    return not set(SUBSTANCE).isdisjoint(one.what)


class _Teller:
    def __init__(self, later: list[ReleaseChanges], lookup: Lookup) -> None:
        self.lookup = lookup
        self.changed = [{one.id: one for one in changes.modified} for changes in later]
        self.gone = [{one.id: one for one in changes.withdrawn} for changes in later]
        parameters = lookup.handbook.corpus.parameters
        self.stricter: dict[str, Stricter] = {entry.record.id: entry.record.stricter for entry in parameters}

    # ------------------------------------------------------------------------------- names

    def named(self, kind: str, name: str) -> Named:
        ref = self.lookup.places.find(kind, name)
        label = ref.label if ref else both(name)
        if kind == "document" and name in self.lookup.documents:
            label = self.lookup.documents[name].short
        elif kind == "evidence":
            label = self.lookup.words.records((name,))[0]
        return Named(name, label, ref)

    def clause(self, name: str) -> Named:
        return Named(name, both(name.partition("/")[2]), self.lookup.places.find("clause", name))

    def place(self, clause: str) -> tuple[int, str]:
        """Clauses of today in their order, those that are gone after them."""
        return self.lookup.order.get(clause, len(self.lookup.order)), clause

    def checklist(self, name: str) -> Named:
        kind, _, rest = name.partition("/")
        if kind == "point":
            return Named(name, self.lookup.words.facet("sampling_points", rest), None)
        inner = self.named(kind, rest)
        return Named(name, inner.label, inner.ref)

    def whole(self, one: WholeDocument) -> Whole:
        return Whole(self.named("document", one.id), self.lookup.forces.get(one.id), one.clauses)

    # ----------------------------------------------------------------------------- clauses

    def clauses(self, changes: ReleaseChanges) -> Iterator[Change]:
        for name in changes.added:
            zh, en = self._texts(name)
            yield self._change("added", name, zh=word_diff("", zh), en=word_diff("", en))
        for one in changes.modified:
            if substantial(one):
                yield self._modified(one)
        for gone in changes.withdrawn:
            yield self._withdrawn(gone)
        for moved in changes.moved:
            yield self._change("moved", moved.id, to=(self.clause(moved.to),))

    def _change(self, kind: str, name: str, **given: object) -> Change:
        document = self.named("document", name.partition("/")[0])
        return Change(kind, self.clause(name), document, **given)  # type: ignore[arg-type]

    def _withdrawn(self, gone: WithdrawnClause) -> Change:
        to = tuple(self.clause(name) for name in gone.to)
        return self._change("withdrawn", gone.id, zh=word_diff(gone.zh, ""), en=word_diff(gone.en, ""), to=to)

    def _modified(self, one: ModifiedClause) -> Change:
        zh, en = self._texts(one.id)
        today = self._today(one.id)
        settled = any(one.id in {**changed, **gone} for changed, gone in zip(self.changed, self.gone, strict=True))
        return self._change(
            "modified",
            one.id,
            what=one.what,
            zh=word_diff(one.zh or zh, zh),
            en=word_diff(one.en or en, en),
            was=one.modality,
            became=self._modality(one.id) if one.modality else None,
            figures=tuple(self._figures(one)) if one.quantities is not None else (),
            since=not settled and (today is None or clause_fingerprint(today) != one.now),
        )

    def _figures(self, one: ModifiedClause) -> Iterator[FigureTurn]:
        for turn in figure_changes(one.quantities or (), self._quantities(one.id), self.stricter):
            yield FigureTurn(
                clause=Named(one.id, both(one.id), self.lookup.places.find("clause", one.id)),
                parameter=self.named("parameter", turn.parameter),
                old=self._figure(turn.old),
                new=self._figure(turn.new),
                direction=turn.direction,
            )

    def _figure(self, quantity: Quantity | None) -> Figure | None:
        """None too for a figure on a parameter that is there no more: its name alone is told."""
        known = quantity is not None and self.lookup.places.find("parameter", quantity.parameter)
        return figure_row(quantity, self.lookup) if quantity and known else None

    # ------------------------------------------------------------- as it read after the release

    def _today(self, name: str) -> Clause | None:
        clause = self.lookup.handbook.by_id.get(name)
        return clause.entry.record if clause else None

    def _texts(self, name: str) -> tuple[str, str]:
        return self._text(name, "zh"), self._text(name, "en")

    def _text(self, name: str, language: str) -> str:
        for changed, gone in zip(self.changed, self.gone, strict=True):
            before = getattr(changed.get(name) or gone.get(name), language, None)
            if before is not None:
                return str(before)
        today = self._today(name)
        return getattr(today, language) if today else ""

    def _modality(self, name: str) -> Modality | None:
        found = (changed[name].modality for changed in self.changed if name in changed)
        today = self._today(name)
        return next((modality for modality in found if modality), today.modality if today else None)

    def _quantities(self, name: str) -> tuple[Quantity, ...]:
        found = (changed[name].quantities for changed in self.changed if name in changed)
        today = self._today(name)
        return next((one for one in found if one is not None), today.quantities if today else ())

    # ------------------------------------------------------------------------------- filing

    def filed(self, modified: list[ModifiedClause]) -> Iterator[Filed]:
        for aspect in ASPECTS:
            names = [one.id for one in modified if aspect in one.what]
            documents: dict[str, list[str]] = defaultdict(list)
            for name in sorted(names, key=self.place):
                documents[name.partition("/")[0]].append(name)
            if names:
                rows = tuple(
                    (self.named("document", document), tuple(map(self.clause, clauses)))
                    for document, clauses in sorted(documents.items())
                )
                yield Filed(aspect, rows, len(names))
