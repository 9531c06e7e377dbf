"""The catalogue: every clause with what a checklist needs to know, for the pages and the command line.

The shape is `Catalogue` in engine/types.ts. It holds all clauses, also those that ask nothing, because who puts a
checklist together wants to see what was left out, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from handbook.applicability import Hierarchy, Subject, subjects_of
from handbook.codes import code_of
from handbook.corpus import Entry
from handbook.fingerprint import clause_fingerprint
from handbook.link import LinkedClause
from handbook.lists import ready_lists
from handbook.model import Applicability, Facet, Text
from handbook.pages import clause_urls
from handbook.phrases import Phrases
from handbook.pipeline import Handbook
from handbook.views.labels import FORCES, MODALITIES
from handbook.views.links import Places
from handbook.views.look import look_for

SCHEMA = 1
SCOPE = tuple(Applicability.model_fields)
GROUPS = (*((name, name) for name in SCOPE), ("topics", "topics"), ("points", "sampling_points"))


@dataclass(frozen=True)
class EditionFacts:
    """Which edition this is: version, fingerprint of its clauses, date of the build (ISO)."""

    version: str
    fingerprint: str
    date: str


def catalogue(handbook: Handbook, phrases: Phrases, edition: EditionFacts) -> dict[str, Any]:
    """The catalogue as plain values, the same for the same content."""
    subjects = subjects_of(handbook.corpus, handbook.clauses)
    entries = _Entries(handbook, phrases, subjects)
    return {
        "schema": SCHEMA,
        "edition": {"version": edition.version, "fingerprint": edition.fingerprint, "date": edition.date},
        "documents": [_work(handbook, name) for name in handbook.documents],
        "vocabularies": _vocabularies(handbook),
        "forces": [{"id": force.value, "label": phrase(phrases, f"force.{force.value}")} for force in FORCES],
        "modalities": [
            {"id": modality.value, "label": phrase(phrases, f"check.modality.{modality.value}")}
            for modality in MODALITIES
        ],
        "entries": [entries.of(clause) for clause in handbook.clauses],
        "lists": [
            {
                "id": one.id,
                "title": said(one.title),
                "purpose": said(one.purpose) if one.purpose else None,
                "profile": {name: list(values) for name, values in one.profile.model_dump(mode="json").items()},
                "items": list(one.clauses),
            }
            for one in ready_lists(handbook)
        ],
        "moves": list(_moves(handbook)),
    }


def said(text: Text) -> dict[str, str]:
    """A text as plain values."""
    return {"zh": text.zh, "en": text.en}


def phrase(phrases: Phrases, key: str) -> dict[str, str]:
    """A phrase of the pages in both languages."""
    return {language: phrases.say(language, key) for language in ("zh", "en")}


def _work(handbook: Handbook, name: str) -> dict[str, Any]:
    record = handbook.documents[name].record
    return {
        "id": name,
        "title": said(record.title),
        "short": said(record.short),
        "force": handbook.forces[name].value,
        "kind": record.kind,
        "file": record.original.file,
    }


def _vocabularies(handbook: Handbook) -> dict[str, list[dict[str, Any]]]:
    hierarchy = Hierarchy.of(handbook.corpus)

    def value(group: str, entry: Entry[Facet]) -> dict[str, Any]:
        facet = entry.record
        covers = sorted(hierarchy.above(group, facet.id))
        return {
            "id": facet.id,
            "label": said(facet.label),
            "broader": facet.broader,
            "covers": covers,
            "implies": list(facet.implies),
        }

    made = {group: [value(group, entry) for entry in handbook.corpus.facets.get(name, ())] for group, name in GROUPS}
    made["evidence"] = [
        {"id": entry.record.id, "label": said(entry.record.label), "broader": None, "covers": [], "implies": []}
        for entry in handbook.corpus.evidence
    ]
    return made


class _Entries:
    """Clauses as the catalogue holds them."""

    def __init__(self, handbook: Handbook, phrases: Phrases, subjects: dict[str, Subject]) -> None:
        self.subjects = subjects
        self.places = Places(handbook)
        self.urls = clause_urls(handbook)
        self.look: Callable[[LinkedClause], list[Text]] = look_for(handbook, phrases)

    def of(self, clause: LinkedClause) -> dict[str, Any]:
        record, subject = clause.entry.record, self.subjects[clause.id]
        return {
            "id": clause.id,
            "code": code_of(clause.id),
            "fingerprint": clause_fingerprint(record),
            "document": subject.document,
            "heading": said(self.places.heading(subject.document, record.heading).label),
            "number": record.number,
            "lines": list(record.lines),
            "type": record.type,
            "modality": subject.modality,
            "audited": subject.asks,
            "zh": record.zh,
            "en": record.en,
            "scope": {name: list(getattr(subject.scope, name)) for name in SCOPE},
            "topics": list(subject.topics),
            "points": list(subject.points),
            "look": [said(text) for text in self.look(clause)],
            "evidence": list(record.evidence),
            "note": said(record.note) if record.note else None,
            "url": self.urls[clause.id],
        }


def _moves(handbook: Handbook) -> Iterator[dict[str, Any]]:
    """What became of clauses: of a draft's in its final, and of those that were withdrawn."""
    for later, document in handbook.documents.items():
        if document.lineage:
            earlier = document.lineage.record.earlier
            for one in document.lineage.record.alignments:
                if one.old:
                    yield {
                        "verb": one.verb,
                        "from": [f"{earlier}/{name}" for name in one.old],
                        "to": [f"{later}/{name}" for name in one.new],
                        "reason": said(one.note) if one.note else None,
                    }
        for entry in document.withdrawn:
            yield {
                "verb": "withdrawn",
                "from": [entry.id],
                "to": list(entry.record.to),
                "reason": said(entry.record.reason),
            }
