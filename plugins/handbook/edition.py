"""An edition: one compiled handbook with its rendered pages, ready for a site generator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from handbook.checklists.catalogue import EditionFacts
from handbook.fingerprint import edition_fingerprint
from handbook.listed import hold_lists
from handbook.originals.official import official_wording
from handbook.pages import BuildFacts, Coverage, RenderedPage, render_pages
from handbook.phrases import Phrases
from handbook.pipeline import Handbook, compile_handbook


@dataclass(frozen=True)
class Settings:
    """What an edition is made from. `originals` is the folder with the original texts, or None."""

    root: Path
    templates: Path
    originals: Path | None
    strict: bool
    version: str
    date: str


@dataclass(frozen=True)
class Edition:
    """A handbook and its pages in both languages."""

    handbook: Handbook
    facts: EditionFacts
    phrases: Phrases
    pages: tuple[RenderedPage, ...]

    @property
    def fingerprint(self) -> str:
        """What the edition says, in short (`handbook.fingerprint`)."""
        return self.facts.fingerprint

    @cached_property
    def by_source(self) -> dict[str, RenderedPage]:
        """Pages by the path of their source, as `source_of` gives it."""
        return {source_of(page.language, page.path): page for page in self.pages}


def source_of(language: str, path: str) -> str:
    """The source path of a page: zh/documents/x/index.md; every page is an index, so that folders open as pages."""
    return "/".join(part for part in (language, path, "index.md") if part)


def compile_edition(settings: Settings) -> Edition:
    """Compiles and renders everything.

    Raises `HandbookError` when the content is wrong and `OriginalsError` when the originals are not where they
    should be.
    """
    handbook = compile_handbook(settings.root, strict=settings.strict)
    hold_lists(handbook, settings.root)
    wording = official_wording(handbook.corpus, settings.originals) if settings.originals else None
    fingerprint = edition_fingerprint(handbook.corpus.clauses)
    facts = BuildFacts(settings.version, settings.date, wording is not None, fingerprint, stamped_coverage(handbook))
    pages = render_pages(handbook, settings.templates, build=facts, wording=wording)
    phrases = Phrases(settings.templates / "phrases.yml")
    return Edition(handbook, EditionFacts(settings.version, fingerprint, settings.date), phrases, pages)


def stamped_coverage(handbook: Handbook) -> dict[str, Coverage]:
    """Coverage by document, as it was when the document was last stamped against its original."""
    stamps = {name: entry.fingerprints.coverage for name, entry in handbook.documents.items()}
    return {
        name: Coverage(stamp.normative, stamp.covered, stamp.waived, stamp.normative - stamp.covered - stamp.waived)
        for name, stamp in stamps.items()
        if stamp
    }
