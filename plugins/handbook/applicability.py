"""Whether a clause belongs to a checklist, and if not, why: one rule, explained clause by clause.

The same rule stands in checklists/engine/applicability.ts for the page where a checklist is put together; both are
held to one table of cases (tests/data/applicability.yml) and to each other over the whole corpus.

- Scope (products, sources, modifications, donors, stages, roles): a clause that names no value restricts nothing. One
  that names values applies when one of them is a chosen value, is more general than one (what holds for stem cells
  holds for MSC), or is a kind of one (who chooses all stem cells sees what is said of MSC). What a modification
  implies counts as a chosen product, upwards only: a modified MSC is a gene-modified cell, but no CAR-T cell.
- Subject: with topics or sampling points chosen, a clause must be of one of these topics or at one of these points.
- Document, binding force and modality: with values chosen, the clause's own must be among them.
- A statement, definition or permission asks nothing: it is never an item unless its modality is chosen outright.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from handbook.corpus import Corpus
from handbook.force import Force, forces_of
from handbook.link import LinkedClause
from handbook.model import Applicability, Clause, Document, Facet, Profile
from handbook.scope import applies_to

Facets = Literal[
    "asks", "products", "sources", "modifications", "donors", "stages", "roles", "subject", "document", "force",
    "modality",
]  # fmt: skip
SCOPE = tuple(Applicability.model_fields)
DEMANDING = ("shall", "shall-not", "should", "should-not")
ASKING = ("provision", "indicator", "table-row", "form-field")


@dataclass(frozen=True)
class Reason:
    """Why a clause is left out: which facet, and what the clause says there (ids)."""

    facet: Facets
    has: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """What the rule needs to know of a clause."""

    document: str
    force: Force
    modality: str
    asks: bool
    scope: Applicability
    topics: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class Hierarchy:
    """Which values are more general than which; `covers[group][value]` holds the value itself too."""

    covers: Mapping[str, Mapping[str, frozenset[str]]]
    implies: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, corpus: Corpus) -> Hierarchy:
        """The hierarchies of the vocabularies of `corpus`; sampling points stand under `points`."""
        groups = {name: {entry.record.id: entry.record for entry in entries} for name, entries in corpus.facets.items()}
        groups["points"] = groups.pop("sampling_points", {})
        covers = {name: {value: _upwards(value, values) for value in values} for name, values in groups.items()}
        implies = {value: facet.implies for value, facet in groups.get("modifications", {}).items()}
        return cls(covers, implies)

    def above(self, group: str, value: str) -> frozenset[str]:
        """`value` and everything more general."""
        return self.covers.get(group, {}).get(value, frozenset((value,)))

    def kin(self, group: str, one: str, other: str) -> bool:
        """Whether one of the two is the other, or more general."""
        return one in self.above(group, other) or other in self.above(group, one)

    @cached_property
    def implied(self) -> Mapping[str, frozenset[str]]:
        """By modification: the products that it implies, with everything more general."""
        return {
            value: frozenset(
                above
                for own in self.above("modifications", value)
                for product in self.implies.get(own, ())
                for above in self.above("products", product)
            )
            for value in self.implies
        }


def _upwards(value: str, values: Mapping[str, Facet]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [value]
    while waiting:
        name = waiting.pop()
        if name in found or name not in values:
            continue
        found.add(name)
        facet = values[name]
        waiting += [*facet.also, *((facet.broader,) if facet.broader else ())]
    return frozenset(found)


def asks(clause: Clause) -> bool:
    """Whether there is something to comply with: no mere statement, definition or permission."""
    return clause.modality in DEMANDING or (clause.modality == "none" and clause.type in ASKING)


def points_of(clause: Clause) -> tuple[str, ...]:
    """The sampling points of a clause's tests and quantities, each once."""
    named = (*(test.at for test in clause.tests), *(quantity.at for quantity in clause.quantities))
    return tuple(dict.fromkeys(name for name in named if name))


def subjects_of(corpus: Corpus, clauses: tuple[LinkedClause, ...]) -> dict[str, Subject]:
    """What the rule needs to know of every clause, by full id, in their order."""
    documents = {entry.record.id: entry.record for entry in corpus.documents}
    forces = forces_of(documents.values())
    return {
        clause.id: _subject(clause.entry.record, documents[name], forces[name])
        for clause in clauses
        for name in (clause.entry.document,)
    }


def _subject(clause: Clause, document: Document, force: Force) -> Subject:
    return Subject(
        document=document.id,
        force=force,
        modality=clause.modality.value,
        asks=asks(clause),
        scope=applies_to(clause, document),
        topics=clause.topics,
        points=points_of(clause),
    )


def judge(profile: Profile, subject: Subject, hierarchy: Hierarchy) -> tuple[Reason, ...]:
    """Every reason why a clause is left out of a checklist; none when it belongs to it."""
    return tuple(_reasons(profile, subject, hierarchy))


def _reasons(profile: Profile, subject: Subject, hierarchy: Hierarchy) -> Iterator[Reason]:
    if not subject.asks and subject.modality not in profile.modalities:
        yield Reason("asks", ())
    elif profile.modalities and subject.modality not in profile.modalities:
        yield Reason("modality", (subject.modality,))
    for group in SCOPE:
        has: tuple[str, ...] = getattr(subject.scope, group)
        chosen: tuple[str, ...] = getattr(profile, group)
        if has and chosen and not _fits(group, has, chosen, profile, hierarchy):
            yield Reason(group, has)  # type: ignore[arg-type]
    if (profile.topics or profile.points) and not _is_about(profile, subject, hierarchy):
        yield Reason("subject", (*subject.topics, *subject.points))
    if profile.documents and subject.document not in profile.documents:
        yield Reason("document", (subject.document,))
    if profile.forces and subject.force not in profile.forces:
        yield Reason("force", (subject.force.value,))


def _fits(group: str, has: tuple[str, ...], chosen: tuple[str, ...], profile: Profile, hierarchy: Hierarchy) -> bool:
    if any(hierarchy.kin(group, one, other) for one in has for other in chosen):
        return True
    return group == "products" and any(
        one in hierarchy.implied.get(modification, ()) for one in has for modification in profile.modifications
    )


def _is_about(profile: Profile, subject: Subject, hierarchy: Hierarchy) -> bool:
    """Topics take in their narrower ones; a point is met by the point itself and by its kinds and its kind."""
    return any(topic in hierarchy.above("topics", own) for own in subject.topics for topic in profile.topics) or any(
        hierarchy.kin("points", point, own) for own in subject.points for point in profile.points
    )
