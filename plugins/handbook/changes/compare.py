"""Two editions compared: clauses, documents, limits, glossary, and the checklists in which something changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from handbook.changes.exported import ReadClause, ReadDocument, ReadExport
from handbook.model import Stricter
from handbook.releases import CONCEPTS, Aspect, ConceptKind
from handbook.stricter import FigureChange, figure_changes

Lists = Callable[[ReadClause], Iterable[str]]
DOCUMENT_FIELDS = ("status", "force", "date", "dated", "title", "issuer", "kind", "currency", "lineage", "scope")


@dataclass(frozen=True)
class Modified:
    """A clause under the same id that changed, and in what."""

    old: ReadClause
    new: ReadClause
    what: tuple[Aspect, ...]
    figures: tuple[FigureChange, ...]


@dataclass(frozen=True)
class Gone:
    """A clause that is no longer there, and where what it said went, as far as that is known."""

    old: ReadClause
    to: tuple[str, ...]


@dataclass(frozen=True)
class Concepts:
    """The ids of one part of the glossary that came, went, or say something else."""

    kind: ConceptKind
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Touched:
    """A checklist and how many of its clauses came, changed or went."""

    id: str
    added: int
    modified: int
    withdrawn: int


@dataclass(frozen=True)
class Changes:
    """Everything that differs; `added` and `withdrawn` include the clauses of whole documents."""

    old: ReadExport
    new: ReadExport
    documents_added: tuple[ReadDocument, ...]
    documents_removed: tuple[ReadDocument, ...]
    documents_changed: tuple[tuple[ReadDocument, ReadDocument, tuple[str, ...]], ...]
    added: tuple[ReadClause, ...]
    modified: tuple[Modified, ...]
    withdrawn: tuple[Gone, ...]
    moved: tuple[tuple[ReadClause, ReadClause], ...]
    concepts: tuple[Concepts, ...]
    lists: tuple[Touched, ...]

    @property
    def nothing(self) -> bool:
        """Whether both editions say the same."""
        parts = (self.documents_added, self.documents_removed, self.documents_changed, self.added, self.modified)
        return not any((*parts, self.withdrawn, self.moved, self.concepts))


def lists_of(clause: ReadClause) -> Iterator[str]:
    """The ready-made checklists in which a clause stands, by id: its document, its topics, its sampling points."""
    yield f"document/{clause.document}"
    for topic in dict.fromkeys(clause.topics):
        yield f"topic/{topic}"
    points = (*(one.at for one in clause.quantities), *(one.at for one in clause.tests))
    for point in dict.fromkeys(point for point in points if point):
        yield f"point/{point}"


def standing_in(*editions: ReadExport) -> Lists:
    """The checklists of a clause as the editions name them; of an export that names none, by `lists_of`."""

    def lists(clause: ReadClause) -> Iterable[str]:
        if not any(edition.checklists for edition in editions):
            return lists_of(clause)
        return dict.fromkeys(name for edition in editions for name in edition.standing.get(clause.id, ()))

    return lists


def list_sizes(edition: ReadExport) -> dict[str, int]:
    """How many clauses each checklist has, by id."""
    if edition.checklists:
        return {name: len(clauses) for name, clauses in sorted(edition.checklists.items())}
    return dict(sorted(Counter(name for clause in edition.clauses for name in lists_of(clause)).items()))


def compare(old: ReadExport, new: ReadExport, lists: Lists | None = None) -> Changes:
    """What changed from `old` to `new`; `lists` names the checklists of a clause (default: as both editions do)."""
    lists = lists or standing_in(old, new)
    before, after = {one.id: one for one in old.clauses}, {one.id: one for one in new.clauses}
    moved = dict(_moved(before, after))
    added = tuple(one for one in new.clauses if one.id not in before and one.id not in moved.values())
    to = {one.id: one.to for one in new.withdrawn}
    withdrawn = tuple(Gone(one, to.get(one.id, ())) for one in old.clauses if one.id not in after.keys() | moved.keys())
    modified = tuple(_modified(before, new))
    documents = {one.id: one for one in old.documents}
    known = {one.id for one in new.documents}
    return Changes(
        old=old,
        new=new,
        documents_added=tuple(one for one in new.documents if one.id not in documents),
        documents_removed=tuple(one for one in old.documents if one.id not in known),
        documents_changed=tuple(_changed_documents(documents, new)),
        added=added,
        modified=modified,
        withdrawn=withdrawn,
        moved=tuple((before[a], after[b]) for a, b in moved.items()),
        concepts=tuple(_concepts(old, new)),
        lists=tuple(_touched(added, modified, withdrawn, lists)),
    )


def _moved(before: dict[str, ReadClause], after: dict[str, ReadClause]) -> Iterator[tuple[str, str]]:
    """Ids that went, each with the new id that says the very same; where two do, none is guessed."""
    fresh: dict[tuple[str, str], list[str]] = {}
    for name, clause in after.items():
        if name not in before:
            fresh.setdefault((clause.document, clause.stamp), []).append(name)
    gone = [clause for name, clause in before.items() if name not in after]
    often = Counter((clause.document, clause.stamp) for clause in gone)
    for clause in gone:
        key = (clause.document, clause.stamp)
        if often[key] == 1 and len(fresh.get(key, ())) == 1:
            yield clause.id, fresh[key][0]


def _modified(before: dict[str, ReadClause], new: ReadExport) -> Iterator[Modified]:
    stricter: dict[str, Stricter] = {one["id"]: one.get("stricter", "none") for one in new.parameters}
    for clause in new.clauses:
        old = before.get(clause.id)
        if old and (what := tuple(_aspects(old, clause))):
            yield Modified(old, clause, what, figure_changes(old.quantities, clause.quantities, stricter))


def _aspects(old: ReadClause, new: ReadClause) -> Iterator[Aspect]:
    pairs: tuple[tuple[Aspect, object, object], ...] = (
        ("modality", old.modality, new.modality),
        ("limits", old.quantities, new.quantities),
        ("tests", set(old.tests), set(new.tests)),
        ("text", (old.zh, old.en), (new.zh, new.en)),
        ("evidence", set(old.evidence), set(new.evidence)),
        ("topics", set(old.topics), set(new.topics)),
        ("applies", _given(old.applies), _given(new.applies)),
        ("cites", set(old.cites), set(new.cites)),
        ("type", old.type, new.type),
        ("place", old.heading, new.heading),
        ("lines", old.lines, new.lines),
        ("note", old.note, new.note),
    )
    for name, before, after in pairs:
        if before != after:
            yield name


def _given(applies: dict[str, tuple[str, ...]]) -> dict[str, set[str]]:
    return {facet: set(values) for facet, values in applies.items() if values}


def _changed_documents(
    before: dict[str, ReadDocument], new: ReadExport
) -> Iterator[tuple[ReadDocument, ReadDocument, tuple[str, ...]]]:
    for document in new.documents:
        old = before.get(document.id)
        fields = tuple(name for name in DOCUMENT_FIELDS if old and getattr(old, name) != getattr(document, name))
        if old and fields:
            yield old, document, fields


def _concepts(old: ReadExport, new: ReadExport) -> Iterator[Concepts]:
    for kind in CONCEPTS:
        before, after = _by_id(getattr(old, kind)), _by_id(getattr(new, kind))
        both = [name for name in after if name in before]
        changed = tuple((name, fields) for name in both if (fields := _fields(before[name], after[name])))
        added = tuple(sorted(after.keys() - before.keys()))
        removed = tuple(sorted(before.keys() - after.keys()))
        if added or removed or changed:
            yield Concepts(kind, added, removed, changed)


def _by_id(records: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(record.get("id", "")): record for record in records}


def _fields(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, ...]:
    """The fields that both editions write and that differ: one that only the newer program writes is no change."""
    return tuple(name for name in new if name in old and old[name] != new[name])


def _touched(
    added: Iterable[ReadClause], modified: Iterable[Modified], withdrawn: Iterable[Gone], lists: Lists
) -> Iterator[Touched]:
    """A clause that went to another list counts as changed in both."""
    came = Counter(name for clause in added for name in lists(clause))
    changed = Counter(name for one in modified for name in {*lists(one.old), *lists(one.new)})
    went = Counter(name for one in withdrawn for name in lists(one.old))
    for name in sorted(came.keys() | changed.keys() | went.keys()):
        yield Touched(name, came[name], changed[name], went[name])
