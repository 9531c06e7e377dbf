"""JSON Schemas of the author's files, made from the records, so that editors complete and check while typing."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from handbook import model
from handbook.checklists.record import Assessment
from handbook.exports.schema import export_schema
from handbook.releases import Release

FOLDER = Path(__file__).parent / "schemas"

KINDS: dict[str, type[BaseModel]] = {
    "document": model.Document,
    "clauses": model.ClauseFile,
    "coverage": model.CoverageFile,
    "fingerprints": model.FingerprintFile,
    "lineage": model.AlignmentFile,
    "references": model.ReferenceFile,
    "verdicts": model.VerdictFile,
    "checklist": model.Audit,
    "assessment": Assessment,
    "release": Release,
    "probes": model.ProbeFile,
    "terms": model.TermFile,
    "methods": model.MethodFile,
    "parameters": model.ParameterFile,
    "evidence": model.EvidenceFile,
    "facets": model.FacetFile,
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_texts() -> dict[str, str]:
    """File name to JSON text of every schema, as it has to stand in `FOLDER`."""
    schemas = {f"{name}.schema.json": _schema(kind) for name, kind in KINDS.items()}
    schemas["handbook-export.schema.json"] = export_schema()
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in schemas.items()}


def _schema(kind: type[BaseModel]) -> dict[str, object]:
    _, definitions = models_json_schema([(kind, "validation")], ref_template="#/$defs/{model}")
    root = definitions["$defs"].pop(kind.__name__)
    return {"$schema": DIALECT, **root, "$defs": definitions["$defs"]}


def stale_schemas(folder: Path = FOLDER) -> list[str]:
    """Names of schema files that are missing, changed or left over."""
    wanted = schema_texts()
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def write_schemas(folder: Path = FOLDER) -> list[str]:
    """Bring the schema files up to date; the names of those that changed."""
    stale = stale_schemas(folder)
    wanted = schema_texts()
    folder.mkdir(exist_ok=True)
    for name in stale:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return stale
