"""Verification: the clauses of a document proven against its original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from handbook.corpus import DocumentEntry
from handbook.figures import find_figures, values
from handbook.link import LinkedClause
from handbook.modality import Modality, find_cues
from handbook.originals.copies import Originals
from handbook.originals.coverage import Covering, asking, cover
from handbook.originals.findings import Check, DocumentReport, Finding, Report
from handbook.originals.fingerprint import fingerprint
from handbook.originals.layout import Layout
from handbook.originals.official import layout_of, wording_of
from handbook.originals.paragraphs import Paragraph, paragraphs
from handbook.originals.segment import Segment, SegmentKind, segment_layout
from handbook.originals.source import Inventory, OriginalsError, open_inventory
from handbook.originals.translations import Translations
from handbook.pipeline import Handbook
from handbook.problems import did_you_mean
from handbook.quantity import numbers, stated

WIDE = 20
CROWD = 4
ROOMY = 60  # Han characters a clause needs on a line before the line counts as crowded: journals print long lines
NO_FIGURES = (SegmentKind.HEADING, SegmentKind.TITLE, SegmentKind.REFERENCE, SegmentKind.CAPTION)


def verify_corpus(handbook: Handbook, originals: Path, documents: tuple[str, ...] = ()) -> Report:
    """The report on `documents` (all when none is named) against the texts in the folder `originals`.

    Raises `OriginalsError` when a text, the inventory or a named document is missing.
    """
    inventory = open_inventory(originals)
    for name in documents:
        if name not in handbook.documents:
            raise OriginalsError(f"no document '{name}' in content/{did_you_mean(name, handbook.documents)}")
    chosen = [entry for entry in handbook.corpus.documents if not documents or entry.record.id in documents]
    copies = _originals(inventory)
    translations = Translations(handbook)
    return Report(tuple(_Verifier(handbook, entry, inventory, copies, translations).report() for entry in chosen))


def _originals(inventory: Inventory) -> Originals:
    files = {entry.file: inventory.original(entry) for entry in inventory.entries}
    titles = [entry.title_zh for entry in inventory.entries if entry.title_zh]
    return Originals(("".join(original.lines) for original in files.values()), titles)


@dataclass(frozen=True)
class _Verifier:
    handbook: Handbook
    document: DocumentEntry
    inventory: Inventory
    copies: Originals
    translations: Translations

    @cached_property
    def layout(self) -> Layout:
        return layout_of(self.inventory, self.document)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(paragraphs(self.layout))

    @cached_property
    def clauses(self) -> tuple[LinkedClause, ...]:
        return self.handbook.by_document[self.document.record.id]

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        return segment_layout(self.layout).segments

    @cached_property
    def coverings(self) -> tuple[Covering, ...]:
        return cover(self.segments, self.clauses, [waiver.record for waiver in self.document.waivers])

    @cached_property
    def asking(self) -> frozenset[int]:
        return frozenset(segment.index for segment in asking(self.segments))

    @cached_property
    def wording(self) -> dict[str, str]:
        return {clause.id: wording_of(self.paragraphs, *clause.entry.record.lines) for clause in self.clauses}

    def report(self) -> DocumentReport:
        normative = [covering for covering in self.coverings if covering.segment.index in self.asking]
        checks = {
            Check.UNCOVERED: self.uncovered(normative),
            Check.FIGURES_NOT_IN_LINES: self.figures_not_in_lines(),
            Check.FIGURES_NOT_HELD: self.figures_not_held(),
            Check.CUES: (*self.cues(), *self.lost_modalities(normative)),
            Check.FINGERPRINTS: self.fingerprints(),
            Check.COPIED: self.copied(),
            Check.TRANSLATIONS: self.translated(),
            Check.UNUSED_WAIVERS: self.unused_waivers(),
        }
        return DocumentReport(
            document=self.document.record.id,
            clauses=len(self.clauses),
            segments=len(self.segments),
            normative=len(normative),
            covered=sum(covering.covered for covering in normative),
            waived=tuple(
                Finding(_lines(covering.segment), None, covering.waiver.reason.en)
                for covering in normative
                if covering.waived and covering.waiver
            ),
            waivers=tuple(Finding(w.record.lines, None, w.record.reason.en) for w in self.document.waivers),
            findings={check: tuple(sorted(found)) for check, found in checks.items()},
            remarks=tuple(sorted((*self.wide(), *self.crowded(), *self.thin(normative)))),
        )

    # ------------------------------------------------------------------------------ coverage

    def uncovered(self, normative: list[Covering]) -> Iterator[Finding]:
        for covering in normative:
            if not covering.covered and not covering.waived:
                why = "lines not claimed" if not covering.lines_covered else "clauses on its lines say too little of it"
                near = ", ".join(speaker.id.split("/")[1] for speaker in covering.near) or "none near"
                yield Finding(_lines(covering.segment), None, f"{covering.segment.text} [{why}: {near}]")

    def lost_modalities(self, normative: list[Covering]) -> Iterator[Finding]:
        for covering in normative:
            if covering.covered and not covering.waiver and covering.lost_modalities:
                words = "、".join(covering.lost_modalities)
                about = ", ".join(speaker.id.split("/")[1] for speaker in covering.about)
                message = f"no clause about it carries the cue {words}: {covering.segment.text} [{about}]"
                yield Finding(_lines(covering.segment), None, message)

    def unused_waivers(self) -> Iterator[Finding]:
        needed = {id(covering.waiver) for covering in self.coverings if covering.waiver and self.lacking(covering)}
        for waiver in self.document.waivers:
            if id(waiver.record) not in needed:
                yield Finding(waiver.record.lines, None, "the waiver is not needed: delete it")

    def lacking(self, covering: Covering) -> bool:
        """Whether a segment would be a finding if nothing waived it."""
        uncovered = covering.segment.index in self.asking and (not covering.covered or bool(covering.lost_modalities))
        return uncovered or bool(self.unheld(covering))

    # ------------------------------------------------------------------------------- figures

    def figures_not_in_lines(self) -> Iterator[Finding]:
        for clause in self.clauses:
            record = clause.entry.record
            there = set(values(self.wording[clause.id], spelled=True)) | _printed(clause)
            figures = (figure for quantity in record.quantities for figure in stated(quantity))
            missing = {min(figure) for figure in figures if not figure & there} | (set(values(record.zh)) - there)
            if missing:
                yield Finding(record.lines, clause.id, f"not in its lines: {_say(missing)}")

    def figures_not_held(self) -> Iterator[Finding]:
        for covering in self.coverings:
            missing = set() if covering.waiver else self.unheld(covering)
            if missing:
                message = f"no clause on these lines holds {_say(missing)}: {covering.segment.text}"
                yield Finding(_lines(covering.segment), None, message)

    def unheld(self, covering: Covering) -> set[Decimal]:
        """Figures of a segment that no clause on its lines holds; a segment without clauses is no matter of figures."""
        segment = covering.segment
        if segment.kind in NO_FIGURES or not covering.near:
            return set()
        near = [self.handbook.by_id[speaker.id] for speaker in covering.near]
        held = {value for clause in near for value in (*_data(clause), *_printed(clause), *_text(clause))}
        return {figure.value.normalize() for figure in segment.figures if not figure.spelled} - held

    # ---------------------------------------------------------------------------- the others

    def cues(self) -> Iterator[Finding]:
        for clause in self.clauses:
            record = clause.entry.record
            wording = self.wording[clause.id]
            if record.cue and record.cue not in wording:
                yield Finding(record.lines, clause.id, f"the cue '{record.cue}' is not in its lines")
            elif record.modality is not Modality.NONE:
                carried = {cue.modality for cue in find_cues(wording)}
                if record.modality not in carried:
                    message = f"no word of its lines carries '{record.modality}' (cue '{record.cue}')"
                    yield Finding(record.lines, clause.id, message)

    def fingerprints(self) -> Iterator[Finding]:
        for clause in self.clauses:
            record = clause.entry.record
            stamped = self.document.fingerprints.clauses.get(record.id)
            if stamped is None:
                yield Finding(record.lines, clause.id, "not stamped: run 'handbook stamp'")
            elif stamped != fingerprint(self.layout, *record.lines):
                yield Finding(record.lines, clause.id, "suspect: its lines are not those it was stamped against")

    def copied(self) -> Iterator[Finding]:
        for heading in self.document.record.headings:
            for run in self.copies.shared(heading.zh):
                message = f"heading '{heading.key}': {len(run)} characters in a row as in an original: {run}"
                yield Finding(heading.lines, None, message)
        for clause in self.clauses:
            record = clause.entry.record
            for text in (record.zh, *((record.note.zh,) if record.note else ())):
                for run in self.copies.shared(text):
                    yield Finding(record.lines, clause.id, f"{len(run)} characters in a row as in an original: {run}")

    def translated(self) -> Iterator[Finding]:
        for clause in self.clauses:
            for zh, en in self.translations.missing(clause):
                message = f"'{zh}' is not translated as the glossary says ('{en}')"
                yield Finding(clause.entry.record.lines, clause.id, message)

    # ------------------------------------------------------------------------------- remarks

    def wide(self) -> Iterator[Finding]:
        for clause in self.clauses:
            first, last = clause.entry.record.lines
            lines = sum(1 for line in self.layout.between(first, last) if line.text.strip())
            if lines > WIDE:
                yield Finding((first, last), clause.id, f"spans {lines} lines that are not blank")

    def thin(self, normative: list[Covering]) -> Iterator[Finding]:
        for covering in normative:
            if covering.thin and not covering.waiver:
                yield Finding(
                    _lines(covering.segment), None, f"clauses hold {covering.share:.0%} of its words: nothing lost?"
                )

    def crowded(self) -> Iterator[Finding]:
        claims = Counter(
            line for c in self.clauses for line in range(c.entry.record.lines[0], c.entry.record.lines[1] + 1)
        )
        for line in self.layout.lines:
            if claims[line.number] > max(CROWD, len(line.text) / ROOMY):
                yield Finding((line.number, line.number), None, f"claimed by {claims[line.number]} clauses")


def _lines(segment: Segment) -> tuple[int, int]:
    return segment.first, segment.last


def _data(clause: LinkedClause) -> set[Decimal]:
    return {number for quantity in clause.entry.record.quantities for number in numbers(quantity)}


def _text(clause: LinkedClause) -> set[Decimal]:
    return {figure.value.normalize() for figure in find_figures(clause.entry.record.zh)}


def _printed(clause: LinkedClause) -> set[Decimal]:
    """Figures that a clause prints otherwise than its original, and the original's own form of them."""
    found: set[Decimal] = set()
    for quantity in clause.entry.record.quantities:
        if quantity.printed:
            found |= {*values(quantity.printed, spelled=True), *numbers(quantity)}
    return found


def _say(numbers: Iterable[Decimal]) -> str:
    return ", ".join(f"{number:f}" for number in sorted(numbers))
