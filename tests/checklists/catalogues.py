"""Small catalogues and assessments as plain values, in the shape of engine/types.ts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Record = dict[str, Any]
DATA = Path(__file__).parent / "data"
GROUPS = ("products", "sources", "modifications", "donors", "stages", "roles")
KINDS = ("topics", "points", "documents", "forces", "modalities")
NOW, LATER, LAST = "2026-11-26T07:00:00Z", "2026-11-27T07:00:00Z", "2026-11-28T07:00:00Z"


def text(zh: str, en: str | None = None) -> Record:
    return {"zh": zh, "en": zh if en is None else en}


def profile(**chosen: list[str]) -> Record:
    return {name: [] for name in GROUPS + KINDS} | chosen


def entry(name: str, wording: str = "", **said: Any) -> Record:
    document = name.split("/", maxsplit=1)[0]
    wording = wording or f"应满足 {name}"
    return {
        "id": name,
        "code": name.replace("/", "-").upper(),
        "fingerprint": f"{abs(hash_of(wording)):012x}"[:12],
        "document": document,
        "heading": text("细胞库", "Cell banks"),
        "number": None,
        "lines": [1, 2],
        "type": "provision",
        "modality": "shall",
        "audited": True,
        "zh": wording,
        "en": wording,
        "scope": {group: [] for group in GROUPS},
        "topics": ["bank"],
        "points": [],
        "look": [],
        "evidence": ["report"],
        "note": None,
        "url": f"documents/{document}/index.html#x",
    } | said


def hash_of(wording: str) -> int:
    return int.from_bytes(wording.encode()[-6:], "big") + 7 * len(wording)


def catalogue(
    entries: list[Record],
    lists: dict[str, list[str]] | None = None,
    moves: list[Record] | None = None,
    edition: int = 1,
) -> Record:
    documents = dict.fromkeys(one["document"] for one in entries)
    facet: Record = {"broader": None, "implies": []}
    vocabularies: Record = {group: [] for group in (*GROUPS, "points")}
    vocabularies["topics"] = [{"id": "bank", "label": text("细胞库", "Cell bank"), "covers": ["bank"], **facet}]
    vocabularies["evidence"] = [{"id": "report", "label": text("批检验报告", "Batch report"), "covers": [], **facet}]
    return {
        "schema": 1,
        "edition": {"version": f"0.{edition}.0", "fingerprint": f"{edition:012x}", "date": f"2026-11-0{edition}"},
        "documents": [
            {
                "id": name,
                "title": text(name),
                "short": text(name),
                "force": "guidance",
                "kind": "guideline",
                "file": "a.txt",
            }
            for name in documents
        ],
        "vocabularies": vocabularies,
        "forces": [],
        "modalities": [],
        "entries": entries,
        "lists": [
            {"id": name, "title": text(name), "purpose": None, "profile": profile(), "items": items}
            for name, items in (lists or {}).items()
        ],
        "moves": moves or [],
    }


def move(verb: str, old: list[str], new: list[str], reason: str | None = None) -> Record:
    return {"verb": verb, "from": old, "to": new, "reason": None if reason is None else text(reason)}


def mark(**said: Any) -> Record:
    return {"result": "not-checked", "severity": None, "evidence": "", "remark": "", "reason": "", "capa": ""} | said


def answer(**said: Any) -> Record:
    return mark(changed=NOW, samples={}, review=None) | said


def two_editions(left_out: dict[str, set[int]] | None = None) -> tuple[Record, Record]:
    """One document of the handbook before and after its third reading; `left_out` takes clauses out of an edition."""
    data = json.loads((DATA / "two-editions.json").read_text(encoding="utf-8"))
    made = []
    for number, name in enumerate(("old", "new"), 1):
        clauses = [one["old"] | (one["new"] if name == "new" else {}) for one in data["clauses"]]
        gone = (left_out or {}).get(name, set())
        entries = [entry(one["id"], **one) for place, one in enumerate(clauses) if place not in gone]
        listed = {f"document/{data['document']['id']}": [one["id"] for one in entries]}
        made.append(catalogue(entries, listed, edition=number))
    return made[0], made[1]
