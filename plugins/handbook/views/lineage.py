"""A draft against its final, clause by clause, and the index of such pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.corpus import DocumentEntry
from handbook.link import LinkedClause
from handbook.modality import Modality, strength
from handbook.model import Alignment, LineageVerb, Text
from handbook.views.card import Figure, figure_row
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.shelf import HOME, Listed, Shelf, listed_document, shelf_of
from handbook.views.view import Step, Stop, View
from handbook.worddiff import Run, word_diff

ON_A_PAGE = 70
VERBS: tuple[LineageVerb, ...] = (
    "modified",
    "added",
    "deleted",
    "split-to",
    "merged-to",
    "covered-by",
    "moved-to",
    "wording",
    "unchanged",
)


@dataclass(frozen=True)
class Turn:
    """What became of clauses: the verb, both sides, the texts with their changes, and changes of degree or figures."""

    verb: LineageVerb
    old: tuple[Ref, ...]
    new: tuple[Ref, ...]
    zh: tuple[Run, ...]
    en: tuple[Run, ...]
    was: Modality | None
    became: Modality | None
    figures_gone: tuple[Figure, ...]
    figures_new: tuple[Figure, ...]
    note: Text | None


@dataclass(frozen=True)
class Weighed:
    """A clause of the later version that asks more, or less, than its earlier one."""

    ref: Ref
    was: Modality
    became: Modality


@dataclass(frozen=True)
class Comparison:
    """One page of a comparison."""

    earlier: Listed
    later: Listed
    confirmed: Text
    counts: tuple[tuple[LineageVerb, int], ...]
    firmer: tuple[Weighed, ...]
    softer: tuple[Weighed, ...]
    turns: tuple[Turn, ...]
    base: str
    number: int
    of: int


@dataclass(frozen=True)
class Index:
    """All pairs of versions, and the shelf for drafts without a final here."""

    pairs: tuple[tuple[Ref, Listed, Listed, tuple[tuple[LineageVerb, int], ...]], ...]
    shelf: Shelf


def lineage_path(later: str) -> str:
    """The path of the comparison of a document with its earlier version."""
    return f"lineage/{later}"


def lineage_views(lookup: Lookup) -> Iterator[View]:
    """The index and the pages of every comparison."""
    entries = [entry for entry in lookup.handbook.corpus.documents if entry.lineage]
    pairs = tuple(
        (
            Ref("lineage", entry.record.id, entry.record.title, lineage_path(entry.record.id)),
            listed_document(lookup.documents[_earlier(entry)], lookup),
            listed_document(entry.record, lookup),
            _counts(entry),
        )
        for entry in entries
    )
    yield View(
        "lineage",
        "lineages.html",
        None,
        Index(pairs, shelf_of(lookup)),
        phrase="nav.lineage",
        stops=(Stop(None, "_pairs", 2, "lineage.pairs"), Stop(None, "_drafts", 2, "documents.drafts")),
        steps=HOME,
        hide=("navigation",),
    )
    for entry in entries:
        yield from _pages(entry, lookup)


def _earlier(entry: DocumentEntry) -> str:
    assert entry.lineage is not None
    return entry.lineage.record.earlier


def _counts(entry: DocumentEntry) -> tuple[tuple[LineageVerb, int], ...]:
    assert entry.lineage is not None
    counted = Counter(one.verb for one in entry.lineage.record.alignments)
    return tuple((verb, counted[verb]) for verb in VERBS if counted[verb])


def _pages(entry: DocumentEntry, lookup: Lookup) -> Iterator[View]:
    assert entry.lineage is not None
    earlier, later = lookup.documents[_earlier(entry)], entry.record
    clauses = lookup.handbook.by_id
    turns = [_turn(one, earlier.id, later.id, clauses, lookup) for one in entry.lineage.record.alignments]
    weighed = tuple(_weighed(turns))
    title = Text(zh=f"{later.short.zh}：与前一版对照", en=f"{later.short.en}: against the earlier version")
    base = lineage_path(later.id)
    sheets = [turns[start : start + ON_A_PAGE] for start in range(0, len(turns), ON_A_PAGE)] or [[]]
    for number, sheet in enumerate(sheets, start=1):
        yield View(
            path=base if number == 1 else f"{base}/{number}",
            template="lineage.html",
            title=title if number == 1 else Text(zh=f"{title.zh}（{number}）", en=f"{title.en} ({number})"),
            data=Comparison(
                earlier=listed_document(earlier, lookup),
                later=listed_document(later, lookup),
                confirmed=entry.lineage.record.confirmed,
                counts=_counts(entry),
                firmer=tuple(one for one in weighed if strength(one.became) > strength(one.was)),
                softer=tuple(one for one in weighed if strength(one.became) < strength(one.was)),
                turns=tuple(sheet),
                base=base,
                number=number,
                of=len(sheets),
            ),
            stops=(Stop(None, "_turns", 2, "lineage.turns"),),
            steps=(*HOME, Step("lineage", phrase="nav.lineage")),
            bilingual=True,
            hide=("navigation",),
        )


def _turn(one: Alignment, earlier: str, later: str, clauses: Mapping[str, LinkedClause], lookup: Lookup) -> Turn:
    before = [clauses[f"{earlier}/{name}"].entry.record for name in one.old]
    after = [clauses[f"{later}/{name}"].entry.record for name in one.new]
    alone = len(before) == len(after) == 1
    old_figures = [figure for clause in before for figure in clause.quantities]
    new_figures = [figure for clause in after for figure in clause.quantities]
    return Turn(
        verb=one.verb,
        old=tuple(lookup.places.of("clause", f"{earlier}/{name}") for name in one.old),
        new=tuple(lookup.places.of("clause", f"{later}/{name}") for name in one.new),
        zh=word_diff("".join(clause.zh for clause in before), "".join(clause.zh for clause in after)),
        en=word_diff(" ".join(clause.en for clause in before), " ".join(clause.en for clause in after)),
        was=before[0].modality if alone and before[0].modality != after[0].modality else None,
        became=after[0].modality if alone and before[0].modality != after[0].modality else None,
        figures_gone=tuple(figure_row(figure, lookup) for figure in old_figures if figure not in new_figures),
        figures_new=tuple(figure_row(figure, lookup) for figure in new_figures if figure not in old_figures),
        note=one.note,
    )


def _weighed(turns: list[Turn]) -> Iterator[Weighed]:
    for turn in turns:
        # A statement that became a requirement, or the reverse, may owe it to how the sentence was cut.
        if turn.was and turn.became and strength(turn.was) and strength(turn.became):
            yield Weighed(turn.new[0], turn.was, turn.became)
