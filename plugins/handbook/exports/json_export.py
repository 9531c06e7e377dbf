"""The handbook as JSON: the contract for whoever measures it or builds on it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from handbook.corpus import DocumentEntry, Entry
from handbook.fingerprint import clause_fingerprint
from handbook.graph import edges_of
from handbook.link import LinkedClause
from handbook.lists import ready_lists
from handbook.model import Record
from handbook.pages import clause_urls
from handbook.pipeline import Handbook
from handbook.scope import applies_to


def export_json(handbook: Handbook) -> str:
    """The whole handbook as JSON text, the same bytes for the same content (schema: handbook-export)."""
    return json.dumps(exported(handbook), ensure_ascii=False, separators=(",", ":")) + "\n"


def exported(handbook: Handbook) -> dict[str, Any]:
    """The export as plain values."""
    corpus, urls = handbook.corpus, clause_urls(handbook)
    return {
        "schema": 1,
        "documents": [_document(handbook, document) for document in corpus.documents],
        "clauses": [_clause(handbook, clause, urls[clause.id]) for clause in handbook.clauses],
        "withdrawn": [
            {"id": gone.id, **gone.record.model_dump(mode="json", exclude={"id"})}
            for document in corpus.documents
            for gone in document.withdrawn
        ],
        "terms": _dump(corpus.terms),
        "methods": _dump(corpus.methods),
        "parameters": _dump(corpus.parameters),
        "references": _dump(corpus.references),
        "evidence": _dump(corpus.evidence),
        "facets": {name: _dump(entries) for name, entries in corpus.facets.items()},
        "checklists": {one.id: list(one.clauses) for one in ready_lists(handbook)},
        "edges": [
            {
                "from": edge.start,
                "to": edge.end,
                "kind": edge.kind,
                "why": edge.why,
                "origin": edge.origin,
                **({} if edge.score is None else {"score": edge.score}),
            }
            for edge in edges_of(handbook.graph)
        ],
    }


def _dump(entries: Iterable[Entry[Record]]) -> list[dict[str, Any]]:
    return [entry.record.model_dump(mode="json") for entry in entries]


def _document(handbook: Handbook, document: DocumentEntry) -> dict[str, Any]:
    record = document.record
    return {
        **record.model_dump(mode="json"),
        "force": handbook.forces[record.id].value,
        "clauses": [clause.id for clause in handbook.by_document[record.id]],
    }


def _clause(handbook: Handbook, clause: LinkedClause, url: str) -> dict[str, Any]:
    record = clause.entry.record
    document = handbook.documents[clause.entry.document]
    written = record.model_dump(mode="json")
    return {
        "id": clause.id,
        "document": clause.entry.document,
        "file": document.record.original.file,
        "lines": list(record.lines),
        "heading": record.heading,
        "number": record.number,
        "type": record.type,
        "modality": record.modality.value,
        "cue": record.cue,
        "zh": record.zh,
        "en": record.en,
        "quantities": written["quantities"],
        "tests": written["tests"],
        "terms": list(clause.terms),
        "methods": list(clause.methods),
        "cites": [{"to": cited.to, "part": cited.part} for cited in clause.cites],
        "topics": list(record.topics),
        "applies": applies_to(record, document.record).model_dump(mode="json"),
        "evidence": list(record.evidence),
        "note": written["note"],
        "fingerprint": clause_fingerprint(record),
        "original_fingerprint": document.fingerprints.clauses.get(record.id),
        "url": {"zh": f"zh/{url}", "en": f"en/{url}"},
    }
