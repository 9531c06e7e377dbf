"""The record of a release, from an edition and the one before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from handbook.changes.compare import Changes, Modified
from handbook.changes.exported import ReadExport
from handbook.model import Quantity
from handbook.problems import Code, HandbookError, Place, Problem
from handbook.releases import (
    ChangedDocument,
    ConceptChange,
    Counts,
    ModifiedClause,
    MovedClause,
    Release,
    ReleaseChanges,
    TouchedList,
    WholeDocument,
    WithdrawnClause,
)

HEAD = (
    "# yaml-language-server: $schema=../../plugins/handbook/schemas/release.schema.json\n"
    "# Made by `handbook release`; only `note` is written by hand.\n"
)


def release_of(
    version: str, date: str, edition: ReadExport, lists: Mapping[str, int], changes: Changes | None
) -> Release:
    """The record of `edition`; `lists` gives the size of each checklist, `changes` what differs from the one before."""
    counts = Counts(
        documents=len(edition.documents),
        clauses=len(edition.clauses),
        terms=len(edition.terms),
        methods=len(edition.methods),
        parameters=len(edition.parameters),
        references=len(edition.references),
    )
    return Release(
        version=version,
        date=date,
        edition=edition.edition,
        counts=counts,
        lists=dict(sorted(lists.items())),
        changes=_changes(changes) if changes else None,
    )


def _changes(changes: Changes) -> ReleaseChanges:
    new = {one.id for one in changes.documents_added}
    gone = {one.id for one in changes.documents_removed}
    return ReleaseChanges(
        against=changes.old.edition,
        documents_added=tuple(_whole(new, changes.new)),
        documents_removed=tuple(_whole(gone, changes.old)),
        documents_changed=tuple(
            ChangedDocument(id=one.id, fields=fields) for _, one, fields in changes.documents_changed
        ),
        added=tuple(one.id for one in changes.added if one.document not in new),
        modified=tuple(_modified(one) for one in changes.modified),
        withdrawn=tuple(
            WithdrawnClause(id=one.old.id, to=one.to, zh=one.old.zh, en=one.old.en)
            for one in changes.withdrawn
            if one.old.document not in gone
        ),
        moved=tuple(MovedClause(id=old.id, to=new.id) for old, new in changes.moved),
        concepts=tuple(
            ConceptChange(
                kind=one.kind,
                added=len(one.added),
                removed=one.removed,
                changed=tuple(name for name, _ in one.changed),
            )
            for one in changes.concepts
        ),
        lists=tuple(
            TouchedList(id=one.id, added=one.added, modified=one.modified, withdrawn=one.withdrawn)
            for one in changes.lists
        ),
    )


def _whole(names: set[str], edition: ReadExport) -> Iterable[WholeDocument]:
    for name in sorted(names):
        yield WholeDocument(id=name, clauses=sum(one.document == name for one in edition.clauses))


def _modified(one: Modified) -> ModifiedClause:
    old, new = one.old, one.new
    figures = tuple(Quantity.model_validate(quantity.model_dump()) for quantity in old.quantities)
    return ModifiedClause(
        id=new.id,
        what=one.what,
        now=new.stamp,
        zh=old.zh if old.zh != new.zh else None,
        en=old.en if old.en != new.en else None,
        modality=old.modality if "modality" in one.what else None,
        quantities=figures if "limits" in one.what else None,
    )


def write_release(release: Release, root: Path, *, again: bool = False) -> Path:
    """Writes `root`/content/releases/<version>.yml and returns its path.

    A record is not overwritten unless `again` says so; its note is kept then.
    """
    path = root / "content" / "releases" / f"{release.version}.yml"
    body = release.model_dump(mode="json", exclude_defaults=True)
    if path.exists():
        if not again:
            message = "this release is recorded already; --again writes it anew and keeps its note"
            raise HandbookError([Problem(Place(f"content/releases/{path.name}"), Code.FILE, message)])
        there = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(there, dict) and "note" in there:
            body["note"] = there["note"]
    ordered = {name: body[name] for name in Release.model_fields if name in body}
    path.parent.mkdir(parents=True, exist_ok=True)
    # Flow style for what holds plain values only: short lists and counts stand on one line.
    text = yaml.safe_dump(ordered, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)
    path.write_text(HEAD + text, encoding="utf-8")
    return path
