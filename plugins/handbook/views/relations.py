"""What a clause has to do with other clauses and works, by role, in both directions, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from handbook.force import Force
from handbook.link import LinkedClause
from handbook.model import Text
from handbook.similarity import features_of
from handbook.units import convertible
from handbook.views.labels import figure, force_rank
from handbook.views.links import Ref
from handbook.views.lookup import Lookup

SHOWN = 6
# Edge kind: the role that its end plays for the start, and the one that the start plays for the end.
ROLES = {
    "cites": ("cites", "cited-by"),
    "defines": ("defines", "defined-by"),
    "conflicts-with": ("conflicts-with", "conflicts-with"),
    "differs-from": ("differs-from", "differs-from"),
    "stricter-than": ("stricter-than", "looser-than"),
    "similar-to": ("similar-to", "similar-to"),
    "revises": ("revises", "revised-by"),
    "supersedes": ("supersedes", "superseded-by"),
    "related": ("related", "related"),
}
ORDER = tuple(dict.fromkeys(role for pair in ROLES.values() for role in pair))


@dataclass(frozen=True)
class Compared:
    """Two figures on one parameter."""

    parameter: Ref
    own: str
    own_unit: str
    other: str
    other_unit: str


@dataclass(frozen=True)
class Related:
    """The other end of a relation and why it is there; `said` holds the matched words, where there are some."""

    ref: Ref
    work: Text | None
    force: Force | None
    why: str
    said: str | None = None
    score: float | None = None
    shared: tuple[Ref, ...] = ()
    compared: tuple[Compared, ...] = ()


@dataclass(frozen=True)
class Role:
    """All relations of one role; `count` of them, of which `items` are shown."""

    name: str
    count: int
    items: tuple[Related, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.items)


def roles_of(clause: LinkedClause, lookup: Lookup) -> tuple[Role, ...]:
    """The relations of `clause`."""
    found: dict[str, dict[str, Related]] = defaultdict(dict)
    for role, related in _edges(clause.id, lookup):
        found[role].setdefault(related.ref.key, related)
    return tuple(
        Role(name, len(found[name]), tuple(_with_reasons(sorted(found[name].values(), key=_order), clause, lookup)))
        for name in ORDER
        if name in found
    )


def _edges(clause: str, lookup: Lookup) -> Iterator[tuple[str, Related]]:
    """The role and the other end of every edge at the clause."""
    graph = lookup.handbook.graph
    for _, end, data in graph.out_edges(clause, data=True):
        if data["kind"] in ROLES and (related := _related(end, data, lookup)):
            yield ROLES[data["kind"]][0], related
    for start, _, data in graph.in_edges(clause, data=True):
        if data["kind"] in ROLES and (related := _related(start, data, lookup)):
            yield ROLES[data["kind"]][1], related


def _related(other: str, data: Mapping[str, object], lookup: Lookup) -> Related | None:
    ref = lookup.places.work(other) or lookup.places.concept(other)
    if ref is None:
        return None
    work, force = None, None
    if ref.kind == "clause":
        document = lookup.document_of(other)
        work, force = lookup.documents[document].short, lookup.forces[document]
    elif ref.kind == "document":
        force = lookup.forces[other]
    score = data["score"]
    said = str(data["why"]) if data["kind"] == "cites" and data["origin"] == "matched" else None
    why = f"{data['kind']}.{data['origin']}"
    return Related(ref, work, force, why, said, score if isinstance(score, float) else None)


def _order(related: Related) -> tuple[float, int, str]:
    return -(related.score or 0), force_rank(related.force) if related.force else 0, related.ref.id


def _with_reasons(items: list[Related], clause: LinkedClause, lookup: Lookup) -> Iterable[Related]:
    """The first items, each with what it shares with `clause`."""
    for item in items[:SHOWN]:
        kind = item.why.split(".")[0]
        if kind == "similar-to":
            shared = _shared(clause, lookup.handbook.by_id[item.ref.id], lookup)
            yield replace(item, shared=shared, why=item.why if shared else "similar-to.worded")
        elif kind in ("stricter-than", "conflicts-with"):
            yield replace(item, compared=_compared(clause, lookup.handbook.by_id[item.ref.id], lookup))
        else:
            yield item


def _shared(one: LinkedClause, other: LinkedClause, lookup: Lookup) -> tuple[Ref, ...]:
    both = sorted(features_of(one) & features_of(other))
    return tuple(ref for name in both if (ref := lookup.places.concept(name)))


def _compared(one: LinkedClause, other: LinkedClause, lookup: Lookup) -> tuple[Compared, ...]:
    return tuple(
        Compared(lookup.places.of("parameter", a.parameter), figure(a), a.unit, figure(b), b.unit)
        for a in one.entry.record.quantities
        for b in other.entry.record.quantities
        if a.parameter == b.parameter and convertible(a.unit, b.unit)
    )
