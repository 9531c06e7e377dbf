"""Stamping: writes the fingerprint of every clause's original span, and the coverage found, beside the clauses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from handbook.corpus import DocumentEntry
from handbook.originals.fingerprint import fingerprint
from handbook.originals.official import layout_of
from handbook.originals.source import open_inventory
from handbook.originals.verify import verify_corpus
from handbook.pipeline import Handbook

HEAD = (
    "# yaml-language-server: $schema=../../plugins/handbook/schemas/fingerprints.schema.json\n"
    "# Made by `handbook stamp`: what the clauses were checked against. Do not edit.\n"
)


def stamp_documents(handbook: Handbook, root: Path, originals: Path, documents: tuple[str, ...] = ()) -> Iterator[Path]:
    """Writes fingerprints.yml of each document named (all when none is); yields the paths written."""
    inventory = open_inventory(originals)
    report = verify_corpus(handbook, originals, documents)
    for result in report.documents:
        document = handbook.documents[result.document]
        coverage = {
            "segments": result.segments,
            "normative": result.normative,
            "covered": result.covered,
            "waived": len(result.waived),
        }
        layout = layout_of(inventory, document)
        clauses = {c.record.id: fingerprint(layout, *c.record.lines) for c in document.clauses}
        path = _path(root, document)
        body = yaml.safe_dump({"coverage": coverage, "clauses": clauses}, sort_keys=False, allow_unicode=True)
        path.write_text(HEAD + body, encoding="utf-8")
        yield path


def _path(root: Path, document: DocumentEntry) -> Path:
    return (root / document.marks.file).parent / "fingerprints.yml"
