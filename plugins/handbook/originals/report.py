"""Segments as an author reads them, with the glossary's words and the works that they name."""

from __future__ import annotations

import json
from typing import Any

from handbook.link import Labels
from handbook.originals.segment import Segment, Segmentation, segment
from handbook.originals.source import Entry, Inventory


def segments_as_json(inventory: Inventory, entry: Entry, labels: Labels) -> str:
    """The segmentation of a document as JSON: `segments` and what was `removed` with its reason."""
    found = _segmentation(inventory, entry)
    data = {
        "document": entry.id,
        "segments": [_data(one, labels) for one in found.segments],
        "removed": [{"line": r.line, "text": r.text, "reason": r.reason} for r in found.removed],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def segments_as_text(inventory: Inventory, entry: Entry, labels: Labels) -> str:
    """The segmentation of a document for reading: one block a segment, headings as they change."""
    lines: list[str] = [f"# {entry.id} ({entry.file}, lines {entry.first}-{entry.last})"]
    path: tuple[tuple[str, str], ...] = ()
    for one in _segmentation(inventory, entry).segments:
        if one.heading_path != path:
            path = one.heading_path
            lines.append("\n## " + " / ".join(" ".join(filter(None, step)) for step in path))
        lines.append(_text(one, labels))
    return "\n".join(lines)


def _segmentation(inventory: Inventory, entry: Entry) -> Segmentation:
    return segment(inventory.original(entry), entry)


def _candidates(one: Segment, labels: Labels) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for mention in labels.longest(one.text):
        names = found.setdefault(mention.kind, [])
        if mention.id not in names:
            names.append(mention.id)
    return found


def _data(one: Segment, labels: Labels) -> dict[str, Any]:
    return {
        "index": one.index,
        "heading_path": [list(step) for step in one.heading_path],
        "kind": one.kind.value,
        "lines": [one.first, one.last],
        "text": one.text,
        "normative": one.normative,
        "cues": [{"word": cue.word, "modality": cue.modality.value} for cue in one.cues],
        "figures": [
            {
                "raw": f.raw,
                "value": str(f.value),
                "unit": f.unit,
                "relation": f.relation,
                "flattened": f.exponent_flattened,
            }
            for f in one.figures
        ],
        "identifiers": [identifier.code for identifier in one.identifiers],
        "works": list(one.works),
        "candidates": _candidates(one, labels),
    }


def _text(one: Segment, labels: Labels) -> str:
    where = f"{one.first}" if one.first == one.last else f"{one.first}-{one.last}"
    facts = [f"{cue.word}={cue.modality.value}" for cue in one.cues]
    facts += [f"{figure.raw}{' (flattened exponent?)' if figure.exponent_flattened else ''}" for figure in one.figures]
    facts += [identifier.code for identifier in one.identifiers]
    facts += [name for names in _candidates(one, labels).values() for name in names]
    sign = "!" if one.normative else " "
    return f"{sign} {where} [{one.kind.value}] {one.text}" + (f"\n      {' · '.join(facts)}" if facts else "")
