"""The JSON Schema of the JSON export, from the same records that the export writes."""

from __future__ import annotations

from typing import Literal, NotRequired

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from handbook import model
from handbook.force import Force
from handbook.graph import EdgeKind, Origin
from handbook.modality import Modality


class Urls(TypedDict):
    """Addresses of a clause below the site's root, with its anchor."""

    zh: str
    en: str


class ExportedClause(TypedDict):
    """A clause with its links resolved; `terms` and `methods` hold the author's ids and those found in the texts."""

    id: str
    document: str
    file: str
    lines: tuple[int, int]
    heading: str
    number: str | None
    type: model.ClauseType
    modality: Modality
    cue: str | None
    zh: str
    en: str
    quantities: list[model.Quantity]
    tests: list[model.Test]
    terms: list[str]
    methods: list[str]
    cites: list[model.Citation]
    topics: list[str]
    applies: model.Applicability
    evidence: list[str]
    note: model.Text | None
    fingerprint: str
    original_fingerprint: str | None
    url: Urls


class ExportedDocument(model.Document):
    """A document with its binding force and its clauses' ids in order."""

    force: Force
    clauses: tuple[str, ...]


class ExportedWithdrawn(TypedDict):
    """A clause id that is out of use, and where what it said went."""

    id: str
    since: str
    reason: model.Text
    to: list[str]


ExportedEdge = TypedDict(
    "ExportedEdge",
    {"from": str, "to": str, "kind": EdgeKind, "why": str, "origin": Origin, "score": NotRequired[float]},
)


class Export(TypedDict):
    """The whole export."""

    schema: Literal[1]
    documents: list[ExportedDocument]
    clauses: list[ExportedClause]
    withdrawn: NotRequired[list[ExportedWithdrawn]]
    terms: list[model.Term]
    methods: list[model.Method]
    parameters: list[model.Parameter]
    references: list[model.Reference]
    evidence: list[model.Evidence]
    facets: dict[str, list[model.Facet]]
    checklists: NotRequired[dict[str, list[str]]]
    edges: list[ExportedEdge]


def export_schema() -> dict[str, object]:
    """JSON Schema of the export, without defaults for what is always written."""
    schema = TypeAdapter(Export).json_schema(mode="serialization", ref_template="#/$defs/{model}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
