"""What verification finds, as data: findings of a document, their totals, and how they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Check(StrEnum):
    """What was checked; the names are the keys of the JSON report."""

    UNCOVERED = "uncovered"
    FIGURES_NOT_IN_LINES = "figures_not_in_lines"
    FIGURES_NOT_HELD = "figures_not_held"
    CUES = "cues"
    FINGERPRINTS = "fingerprints"
    COPIED = "copied"
    TRANSLATIONS = "translations"
    UNUSED_WAIVERS = "unused_waivers"


TITLES = {
    Check.UNCOVERED: "normative segments that no clause covers",
    Check.FIGURES_NOT_IN_LINES: "figures of clauses that their lines do not hold",
    Check.FIGURES_NOT_HELD: "figures of the original that no clause holds",
    Check.CUES: "modality cues that disagree",
    Check.FINGERPRINTS: "clauses not stamped, or suspect because their lines changed",
    Check.COPIED: "wording shared with an original",
    Check.TRANSLATIONS: "terms not translated as the glossary says",
    Check.UNUSED_WAIVERS: "waivers that waive nothing",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, with the raw lines it concerns. Sorts by lines; findings of no clause come first."""

    lines: tuple[int, int]
    clause: str | None
    message: str

    def __lt__(self, other: Finding) -> bool:
        return (self.lines, self.clause or "", self.message) < (other.lines, other.clause or "", other.message)

    def as_data(self) -> dict[str, Any]:
        """The finding for JSON."""
        return {"lines": list(self.lines), "clause": self.clause, "message": self.message}


@dataclass(frozen=True)
class DocumentReport:
    """The result for one document.

    `waived` are normative segments that no clause covers and a waiver excuses; `waivers` are all waivers of the
    document, those included that excuse a cue or a figure. `remarks` are worth a look and wrong in nothing.
    """

    document: str
    clauses: int
    segments: int
    normative: int
    covered: int
    waived: tuple[Finding, ...]
    waivers: tuple[Finding, ...]
    findings: dict[Check, tuple[Finding, ...]]
    remarks: tuple[Finding, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not any(self.findings.values())

    def as_data(self) -> dict[str, Any]:
        """The report for JSON."""
        return {
            "document": self.document,
            "clauses": self.clauses,
            "segments": self.segments,
            "normative": self.normative,
            "covered": self.covered,
            "waived": [finding.as_data() for finding in self.waived],
            "waivers": [finding.as_data() for finding in self.waivers],
            "clauses_per_normative": round(self.clauses / self.normative, 2) if self.normative else None,
            **{check.value: [finding.as_data() for finding in self.findings.get(check, ())] for check in Check},
            "remarks": [finding.as_data() for finding in self.remarks],
            "clean": self.clean,
        }


@dataclass(frozen=True)
class Report:
    """The results for all documents asked for."""

    documents: tuple[DocumentReport, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong in any document."""
        return all(document.clean for document in self.documents)

    def as_data(self) -> dict[str, Any]:
        """The report for JSON."""
        return {"schema": 1, "clean": self.clean, "documents": [document.as_data() for document in self.documents]}


def report_text(report: Report) -> str:
    """The report for the terminal: totals a document, then its findings and remarks."""
    return "\n".join(line for document in report.documents for line in _lines(document)) + (
        "\nclean" if report.clean else "\nnot clean"
    )


def _lines(document: DocumentReport) -> Iterable[str]:
    yield (
        f"{document.document}: {document.segments} segments, {document.normative} normative, "
        f"{document.covered} covered, {len(document.waived)} waived, {document.clauses} clauses, "
        f"{len(document.waivers)} waivers"
    )
    for check in Check:
        found = document.findings.get(check, ())
        if found:
            yield f"  {len(found)} {TITLES[check]}:"
            yield from (f"    {_line(finding)}" for finding in found)
    for title, group in (("waivers", document.waivers), ("remarks", document.remarks)):
        if group:
            yield f"  {title}:"
            yield from (f"    {_line(finding)}" for finding in group)


def _line(finding: Finding) -> str:
    first, last = finding.lines
    where = f"{first}" if first == last else f"{first}-{last}"
    return f"{where}{f' {finding.clause}' if finding.clause else ''}: {finding.message}"
