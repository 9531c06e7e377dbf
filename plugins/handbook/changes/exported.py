"""An export read back, of this edition or of an older one: what an older program did not write yet may be absent."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from handbook.modality import Modality
from handbook.model import Citation, Quantity, Test, Text
from handbook.problems import Code, HandbookError, Place, Problem

SCHEMA = 1
MOST = 10


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ReadQuantity(Quantity):
    """A quantity, with whatever else another edition wrote left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ReadTest(Test):
    """A test, with whatever else another edition wrote left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ReadCitation(Citation):
    """A citation, with whatever else another edition wrote left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ReadClause(_Read):
    """A clause of an export."""

    id: str
    document: str
    modality: Modality
    zh: str
    en: str
    heading: str = ""
    lines: tuple[int, ...] = ()
    type: str = ""
    quantities: tuple[ReadQuantity, ...] = ()
    tests: tuple[ReadTest, ...] = ()
    topics: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    cites: tuple[ReadCitation, ...] = ()
    applies: dict[str, tuple[str, ...]] = {}
    note: Text | None = None
    fingerprint: str = ""

    @property
    def stamp(self) -> str:
        """The clause's fingerprint; made here for an export that holds none (see `handbook.fingerprint`)."""
        if self.fingerprint:
            return self.fingerprint
        quantities = [Quantity.model_validate(one.model_dump()).model_dump(mode="json") for one in self.quantities]
        content = {"modality": self.modality.value, "zh": self.zh, "en": self.en, "quantities": quantities}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:12]


class ReadDocument(_Read):
    """A document of an export."""

    id: str
    title: Text
    short: Text | None = None
    status: str = ""
    kind: str = ""
    force: str = ""
    date: str | None = None
    dated: dict[str, Any] | None = None
    issuer: Text | None = None
    currency: Text | None = None
    lineage: tuple[dict[str, Any], ...] = ()
    scope: dict[str, tuple[str, ...]] = {}


class ReadWithdrawn(_Read):
    """A withdrawn id of an export."""

    id: str
    since: str = ""
    to: tuple[str, ...] = ()


class ReadExport(_Read):
    """A whole export."""

    number: int = Field(alias="schema")
    documents: tuple[ReadDocument, ...]
    clauses: tuple[ReadClause, ...]
    withdrawn: tuple[ReadWithdrawn, ...] = ()
    terms: tuple[dict[str, Any], ...] = ()
    methods: tuple[dict[str, Any], ...] = ()
    parameters: tuple[dict[str, Any], ...] = ()
    references: tuple[dict[str, Any], ...] = ()
    evidence: tuple[dict[str, Any], ...] = ()
    checklists: dict[str, tuple[str, ...]] = {}

    @cached_property
    def standing(self) -> dict[str, tuple[str, ...]]:
        """The checklists in which each clause stands, by its id; nothing for an export that names no checklists."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, clauses in self.checklists.items():
            for clause in clauses:
                found[clause].append(name)
        return {clause: tuple(names) for clause, names in found.items()}

    @property
    def edition(self) -> str:
        """The fingerprint over all clauses, as `handbook.fingerprint.edition_fingerprint` makes it."""
        lines = "\n".join(f"{clause.id} {clause.stamp}" for clause in self.clauses)
        return hashlib.sha256(lines.encode()).hexdigest()[:12]


def open_export(path: Path) -> ReadExport:
    """The export in a file.

    Raises `HandbookError` for a file that is missing, is no JSON or ends too early, has another schema number, or is
    no export.
    """
    place = Place(str(path))
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise _refused(place, "there is no such file") from error
    except (UnicodeDecodeError, OSError) as error:
        raise _refused(place, f"cannot be read as UTF-8 text: {error.__class__.__name__}") from error
    except json.JSONDecodeError as error:
        at = Place(str(path), error.lineno, error.colno)
        cut = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
        raise _refused(at, "the JSON ends too early: is the file whole?" if cut else f"no JSON: {error.msg}") from error
    except RecursionError as error:
        raise _refused(place, "nested too deeply") from error
    return read_export(value, place)


def read_export(value: object, place: Place) -> ReadExport:
    """Plain values as an export; `place` is where they come from."""
    if not isinstance(value, dict) or "schema" not in value:
        raise _refused(place, "no export of the handbook: key 'schema' is missing (see `handbook export json`)")
    if value["schema"] != SCHEMA:
        raise _refused(place, f"schema {value['schema']!r}; this program reads schema {SCHEMA}")
    try:
        export = ReadExport.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_url=False)
        said = [f"{_path(one['loc'])}: {one['msg'][:1].lower()}{one['msg'][1:]}" for one in found[:MOST]]
        more = [f"and {len(found) - MOST} more faults"] if len(found) > MOST else []
        raise HandbookError(Problem(place, Code.SHAPE, message) for message in (*said, *more)) from error
    names = [clause.id for clause in export.clauses]
    if len(set(names)) != len(names):
        twice = sorted({name for name in names if names.count(name) > 1})[0]
        raise _refused(place, f"clause '{twice}' stands twice")
    return export


def _path(parts: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in parts)


def _refused(place: Place, message: str) -> HandbookError:
    return HandbookError([Problem(place, Code.FILE, message)])
