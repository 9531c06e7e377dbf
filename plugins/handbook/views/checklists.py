"""Ready-made checklists as pages that read and print without a script, and their index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from handbook.codes import code_of
from handbook.force import Force
from handbook.link import LinkedClause
from handbook.lists import Checklist, Kind
from handbook.modality import Modality
from handbook.model import Text
from handbook.phrases import Phrases
from handbook.views.links import Ref
from handbook.views.look import look_for
from handbook.views.lookup import Lookup
from handbook.views.view import Step, Stop, View

ON_A_PAGE = 240
KINDS: tuple[Kind, ...] = ("audit", "document", "topic", "point")


@dataclass(frozen=True)
class Row:
    """One item: what is asked, where it stands, what to look for and which records to ask for."""

    id: str
    code: str
    ref: Ref
    short: Text
    heading: Text
    number: str | None
    file: str
    lines: tuple[int, int]
    force: Force
    modality: Modality
    zh: str
    en: str
    look: tuple[Text, ...]
    evidence: tuple[Text, ...]


@dataclass(frozen=True)
class Part:
    """The rows of one heading or document, one after the other."""

    anchor: str
    label: Text
    force: Force | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class ListPage:
    """A checklist, or one sheet of a long one."""

    list: Checklist
    items: int
    forces: tuple[tuple[Force, int], ...]
    parts: tuple[Part, ...]
    sheet: int
    sheets: int
    base: str


@dataclass(frozen=True)
class Entry:
    """A checklist in the index."""

    id: str
    path: str
    title: Text
    purpose: Text | None
    items: int


def path_of(checklist: str) -> str:
    """Where the page of a checklist is, by the checklist's id."""
    return f"checklists/{checklist}"


def checklist_views(lookup: Lookup, phrases: Phrases) -> Iterator[View]:
    """The index of ready-made checklists and the page, or pages, of each."""
    lists = lookup.lists
    yield View(
        path="checklists",
        template="checklists.html",
        title=None,
        phrase="nav.checklists",
        data={kind: tuple(_entry(one) for one in lists if one.kind == kind) for kind in KINDS},
        stops=tuple(Stop(None, f"k_{kind}", 2, phrase=f"check.kind.{kind}") for kind in KINDS),
        steps=(Step("", phrase="nav.home"),),
        hide=("navigation",),
    )
    rows = Rows(lookup, phrases)
    for one in lists:
        yield from _pages(one, rows)


def _entry(one: Checklist) -> Entry:
    return Entry(one.id, path_of(one.id), one.title, one.purpose, len(one.clauses))


class Rows:
    """Rows by clause, each made once."""

    def __init__(self, lookup: Lookup, phrases: Phrases) -> None:
        self.lookup = lookup
        self.look: Callable[[LinkedClause], list[Text]] = look_for(lookup.handbook, phrases)
        self.made: dict[str, Row] = {}

    def of(self, clause: str) -> Row:
        """The row of a clause."""
        if clause not in self.made:
            self.made[clause] = self._row(self.lookup.handbook.by_id[clause])
        return self.made[clause]

    def _row(self, clause: LinkedClause) -> Row:
        lookup, record = self.lookup, clause.entry.record
        document = lookup.documents[clause.entry.document]
        return Row(
            id=clause.id,
            code=code_of(clause.id),
            ref=lookup.places.of("clause", clause.id),
            short=document.short,
            heading=lookup.places.heading(document.id, record.heading).label,
            number=record.number,
            file=document.original.file,
            lines=record.lines,
            force=lookup.forces[document.id],
            modality=record.modality,
            zh=record.zh,
            en=record.en,
            look=tuple(self.look(clause)),
            evidence=lookup.words.records(record.evidence),
        )


def ordered(one: Checklist, lookup: Lookup) -> tuple[str, ...]:
    """The clauses as the list shows them: a document's own order; across documents what binds first."""
    if one.kind == "document":
        return one.clauses
    return tuple(sorted(one.clauses, key=lambda c: (lookup.rank[lookup.document_of(c)], lookup.order[c])))


def parts_of(one: Checklist, rows: tuple[Row, ...]) -> tuple[Part, ...]:
    """Rows under their headings (a document's list) or under their documents (all other lists)."""
    in_document = one.kind == "document"
    parts = []
    for number, (_, members) in enumerate(groupby(rows, key=lambda row: row.heading if in_document else row.short)):
        own = tuple(members)
        label = own[0].heading if in_document else own[0].short
        parts.append(Part(f"p_{number + 1}", label, None if in_document else own[0].force, own))
    return tuple(parts)


def _pages(one: Checklist, rows: Rows) -> Iterator[View]:
    whole = tuple(rows.of(clause) for clause in ordered(one, rows.lookup))
    sheets = tuple(whole[at : at + ON_A_PAGE] for at in range(0, len(whole), ON_A_PAGE)) or ((),)
    counted = [row.force for row in whole]
    forces = tuple((force, counted.count(force)) for force in Force if force in counted)
    base = path_of(one.id)
    for number, sheet in enumerate(sheets, start=1):
        first = number == 1
        mark = "" if first else f" ({number})"
        parts = parts_of(one, sheet)
        yield View(
            path=base if first else f"{base}/{number}",
            template="checklist.html",
            title=Text(zh=f"检查表：{one.title.zh}{mark}", en=f"Checklist: {one.title.en}{mark}"),
            data=ListPage(one, len(whole), forces, parts, number, len(sheets), base),
            stops=tuple(Stop(part.label, part.anchor, 2) for part in parts),
            steps=(Step("", phrase="nav.home"), Step("checklists", phrase="nav.checklists"))
            + (() if first else (Step(base, one.title),)),
            bilingual=True,
            hide=("navigation",),
        )
