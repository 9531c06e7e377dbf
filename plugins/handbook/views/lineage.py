"""A draft against its final, clause by clause, and the index of such pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.corpus import DocumentEntry
from handbook.link import LinkedClause
from handbook.modality import Modality
from handbook.model import Alignment, LineageVerb, Text
from handbook.views.balance import Balance, balance_of
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
# The verbs of clauses that ask other things than before, or anew, or no longer.
CHANGED: tuple[LineageVerb, ...] = ("modified", "added", "deleted", "split-to", "merged-to", "covered-by")


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
class Filter:
    """A choice of verbs and the page that shows it; `verb` is None for all, "changed" for all that ask other things."""

    verb: str | None
    path: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Comparison:
    """One page of a comparison; the balance stands on the first page of all verbs alone."""

    earlier: Listed
    later: Listed
    confirmed: Text
    filters: tuple[Filter, ...]
    balance: Balance | None
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
    """All turns, and for each verb a page of its own: a choice that works without scripts and has an address."""
    assert entry.lineage is not None
    earlier, later = _earlier(entry), entry.record.id
    clauses = lookup.handbook.by_id
    alignments = entry.lineage.record.alignments
    turns = [_turn(one, earlier, later, clauses, lookup) for one in alignments]
    records = {name: clause.entry.record for name, clause in clauses.items()}
    balance = balance_of(alignments, earlier, later, records, lookup)
    changed = [turn for turn in turns if turn.verb in CHANGED]
    verbs = Counter(turn.verb for turn in turns)
    choices: list[tuple[str | None, list[Turn]]] = [(None, turns)]
    if len({turn.verb for turn in changed}) > 1:
        choices.append(("changed", changed))
    choices += [(verb, [turn for turn in turns if turn.verb == verb]) for verb in VERBS if verbs[verb]]
    for chosen, shown in choices:
        filters = tuple(
            Filter(verb, _choice_path(later, verb), len(members), verb == chosen) for verb, members in choices
        )
        yield from _sheets(entry, shown, filters, None if chosen else balance, lookup)


def _choice_path(later: str, verb: str | None) -> str:
    return f"{lineage_path(later)}/{verb}" if verb else lineage_path(later)


def _sheets(
    entry: DocumentEntry, turns: list[Turn], filters: tuple[Filter, ...], balance: Balance | None, lookup: Lookup
) -> Iterator[View]:
    assert entry.lineage is not None
    later = entry.record
    short = later.short
    title = Text(zh=f"{short.zh}：与前一版对照", en=f"{short.en}: against the earlier version")
    base = next(one.path for one in filters if one.chosen)
    steps = [*HOME, Step("lineage", phrase="nav.lineage")]
    if base != lineage_path(later.id):
        steps.append(Step(lineage_path(later.id), title=short))
    sheets = [turns[start : start + ON_A_PAGE] for start in range(0, len(turns), ON_A_PAGE)] or [[]]
    for number, sheet in enumerate(sheets, start=1):
        whole = balance if number == 1 else None
        stops = [Stop(None, "_balance", 2, "lineage.balance")] if whole else []
        yield View(
            path=base if number == 1 else f"{base}/{number}",
            template="lineage.html",
            title=title if number == 1 else Text(zh=f"{title.zh}（{number}）", en=f"{title.en} ({number})"),
            data=Comparison(
                earlier=listed_document(lookup.documents[_earlier(entry)], lookup),
                later=listed_document(later, lookup),
                confirmed=entry.lineage.record.confirmed,
                filters=filters,
                balance=whole,
                turns=tuple(sheet),
                base=base,
                number=number,
                of=len(sheets),
            ),
            stops=(*stops, Stop(None, "_turns", 2, "lineage.turns")),
            steps=tuple(steps),
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
