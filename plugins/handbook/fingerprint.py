"""The fingerprint of a clause's own text: what translations, lineage and filled checklists were made against."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from handbook.corpus import ClauseEntry
from handbook.model import Clause

FIELDS = {"modality", "zh", "en", "quantities"}


def clause_fingerprint(clause: Clause) -> str:
    """First 12 hex digits of the SHA-256 of a clause's modality, texts and quantities."""
    content = clause.model_dump(mode="json", include=FIELDS)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def edition_fingerprint(clauses: Iterable[ClauseEntry]) -> str:
    """First 12 hex digits over all clauses and their fingerprints: what an edition says."""
    lines = "\n".join(f"{entry.id} {clause_fingerprint(entry.record)}" for entry in clauses)
    return hashlib.sha256(lines.encode()).hexdigest()[:12]
