"""Ready-made checklists: views of the clauses, never a second copy.

One for each document, topic and sampling point that asks something, and the common audits of content/checklists/.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from handbook.applicability import Hierarchy, Subject, judge, subjects_of
from handbook.force import Force
from handbook.model import Profile, Text
from handbook.pipeline import Handbook

Kind = Literal["audit", "document", "topic", "point"]
# What one audits against: a paper asks nothing of anybody, and what was superseded no longer does.
LIVING = (Force.BINDING, Force.GUIDANCE, Force.SELF_DISCIPLINE, Force.DRAFT)


@dataclass(frozen=True)
class Checklist:
    """A ready-made checklist: id (audit/cell-bank), title, the choice that makes it, and its clauses in order."""

    id: str
    kind: Kind
    title: Text
    purpose: Text | None
    profile: Profile
    clauses: tuple[str, ...]


def ready_lists(handbook: Handbook) -> tuple[Checklist, ...]:
    """All ready-made checklists that hold something: audits, documents, topics, sampling points.

    An audit that holds nothing is among them, because it is a mistake (`handbook.check_lists` says so).
    """
    subjects = subjects_of(handbook.corpus, handbook.clauses)
    hierarchy = Hierarchy.of(handbook.corpus)
    made = (
        *_audits(handbook, subjects, hierarchy),
        *_of_documents(handbook, subjects, hierarchy),
        *_of_facet("topic", handbook, subjects, hierarchy),
        *_of_facet("point", handbook, subjects, hierarchy),
    )
    return tuple(one for one in made if one.clauses or one.kind == "audit")


def taken(
    profile: Profile, subjects: dict[str, Subject], hierarchy: Hierarchy, among: Iterable[str] | None = None
) -> tuple[str, ...]:
    """The ids of the clauses that belong to a checklist, of all or of those in `among`, in their order."""
    names = subjects if among is None else among
    return tuple(name for name in names if not judge(profile, subjects[name], hierarchy))


def _audits(handbook: Handbook, subjects: dict[str, Subject], hierarchy: Hierarchy) -> Iterator[Checklist]:
    for entry in handbook.corpus.audits:
        audit = entry.record
        clauses = taken(audit.profile, subjects, hierarchy)
        yield Checklist(f"audit/{audit.id}", "audit", audit.title, audit.purpose, audit.profile, clauses)


def _of_documents(handbook: Handbook, subjects: dict[str, Subject], hierarchy: Hierarchy) -> Iterator[Checklist]:
    for name, entry in handbook.documents.items():
        profile = Profile(documents=(name,))
        own = (clause.id for clause in handbook.by_document[name])
        clauses = taken(profile, subjects, hierarchy, own)
        yield Checklist(f"document/{name}", "document", entry.record.title, None, profile, clauses)


def _of_facet(
    kind: Literal["topic", "point"], handbook: Handbook, subjects: dict[str, Subject], hierarchy: Hierarchy
) -> Iterator[Checklist]:
    """One list for each value of a vocabulary; only clauses that name a related value are looked at."""
    group, field = ("topics", "topics") if kind == "topic" else ("sampling_points", "points")
    naming: dict[str, list[str]] = defaultdict(list)
    for name, subject in subjects.items():
        for value in subject.topics if kind == "topic" else subject.points:
            naming[value].append(name)
    order = {name: place for place, name in enumerate(subjects)}
    for entry in handbook.corpus.facets.get(group, ()):
        own = entry.record.id
        kin = {name for value, names in naming.items() if hierarchy.kin(field, value, own) for name in names}
        profile = Profile.model_validate({field: (own,), "forces": tuple(force.value for force in LIVING)})
        clauses = taken(profile, subjects, hierarchy, sorted(kin, key=order.__getitem__))
        yield Checklist(f"{kind}/{own}", kind, entry.record.label, None, profile, clauses)
