"""From the handbook to pages: every page in both languages, the navigation, and where each clause is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handbook.model import Text
from handbook.phrases import Phrases
from handbook.pipeline import Handbook
from handbook.templates import Templates
from handbook.views.assessments import assessment_views
from handbook.views.builder import builder_views
from handbook.views.chain import chain_views
from handbook.views.checklists import checklist_views
from handbook.views.concepts import concept_views
from handbook.views.conflicts import conflict_views
from handbook.views.document import document_views
from handbook.views.labels import KINDS
from handbook.views.limits import limit_views
from handbook.views.lineage import lineage_views
from handbook.views.lookup import Lookup
from handbook.views.matrix import matrix_views
from handbook.views.network import network_views
from handbook.views.overview import BuildFacts, Coverage, overview_views
from handbook.views.references import reference_views
from handbook.views.releases import release_views
from handbook.views.search import search_views
from handbook.views.sections import sheets_of
from handbook.views.shelf import WAYS
from handbook.views.timeline import timeline_views
from handbook.views.topics import topic_views
from handbook.views.view import View

__all__ = [
    "BuildFacts",
    "Coverage",
    "NavEntry",
    "RenderedPage",
    "TocEntry",
    "clause_urls",
    "navigation",
    "render_pages",
]

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class TocEntry:
    """An entry of a page's table of contents, in page order."""

    title: str
    anchor: str
    level: int


@dataclass(frozen=True)
class RenderedPage:
    """A page of one language. `path` is the same in both languages; `html` is the whole body."""

    language: str
    path: str
    title: str
    html: str
    toc: tuple[TocEntry, ...]
    hide: tuple[str, ...] = ()


@dataclass(frozen=True)
class NavEntry:
    """An entry of the navigation; one with children has no page of its own."""

    title: str
    path: str | None
    children: tuple[NavEntry, ...] = ()


def render_pages(
    handbook: Handbook, templates: Path, *, build: BuildFacts, wording: Mapping[str, str] | None = None
) -> tuple[RenderedPage, ...]:
    """All pages of `handbook`.

    `wording` gives the official text by clause id; without it nothing of it shows.
    """
    lookup = Lookup(handbook, wording)
    renderer = Templates(templates)
    shared = {"build": build}
    return tuple(
        _rendered(view, language, renderer, shared)
        for view in _views(lookup, build, renderer.phrases)
        for language in LANGUAGES
    )


def _views(lookup: Lookup, build: BuildFacts, phrases: Phrases) -> Iterator[View]:
    yield from overview_views(lookup, build)
    yield from document_views(lookup)
    yield from concept_views(lookup)
    yield from matrix_views(lookup)
    yield from chain_views(lookup)
    yield from limit_views(lookup)
    yield from topic_views(lookup)
    yield from lineage_views(lookup)
    yield from conflict_views(lookup)
    yield from timeline_views(lookup)
    yield from network_views(lookup)
    yield from search_views()
    yield from checklist_views(lookup, phrases)
    yield from builder_views()
    yield from assessment_views()
    yield from reference_views(lookup)
    yield from release_views(lookup, build.edition)


def _rendered(view: View, language: str, renderer: Templates, shared: Mapping[str, object]) -> RenderedPage:
    say = renderer.phrases.say
    title = view.title.of(language) if view.title else say(language, view.phrase or "")
    toc = tuple(
        TocEntry(stop.title.of(language) if stop.title else say(language, stop.phrase or ""), stop.anchor, stop.level)
        for stop in view.stops
    )
    html = renderer.render(view, language, title, shared)
    return RenderedPage(language, view.path, title, html, (TocEntry(title, "_top", 1), *toc), view.hide)


# -------------------------------------------------------------------------------- navigation

# Pages of their own, and sections with their pages, in the order of the tabs.
SECTIONS: dict[str, tuple[str, ...]] = {
    "search": (),
    "compare": ("topics", "limits", "matrix", "chains", "conflicts", "lineage", "timeline", "network"),
    "audit": ("checklists", "builder", "assessments", "collection"),
    "glossary": ("terms", "methods", "parameters", "references"),
    "more": ("about", "releases"),
}
# The same words as in phrases.yml (a test compares them): the navigation is made without templates.
NAMES: dict[str, Text] = {
    "nav.home": Text(zh="首页", en="Home"),
    "nav.documents": Text(zh="文件", en="Documents"),
    "nav.all-documents": Text(zh="全部文件", en="All documents"),
    "nav.search": Text(zh="搜索", en="Search"),
    "nav.collection": Text(zh="我的收集", en="Collected clauses"),
    "nav.compare": Text(zh="跨文件比较", en="Across documents"),
    "nav.audit": Text(zh="检查与审计", en="Audit"),
    "nav.glossary": Text(zh="词表", en="Glossary"),
    "nav.more": Text(zh="关于", en="About"),
    "nav.builder": Text(zh="自选检查表", en="Build a checklist"),
    "nav.checklists": Text(zh="检查表", en="Checklists"),
    "nav.assessments": Text(zh="我的检查", en="Assessments"),
    "nav.by-body": Text(zh="按发布机构", en="By issuing body"),
    "nav.by-year": Text(zh="按年份", en="By year"),
    "nav.by-product": Text(zh="按产品", en="By product"),
    "nav.record": Text(zh="概况与目录", en="Record and headings"),
    "nav.terms": Text(zh="术语", en="Terms"),
    "nav.methods": Text(zh="检测方法", en="Test methods"),
    "nav.matrix": Text(zh="检测矩阵", en="Test matrix"),
    "nav.chains": Text(zh="要求链", en="Requirement chains"),
    "nav.parameters": Text(zh="参数与限值", en="Parameters"),
    "nav.limits": Text(zh="限值比较", en="Limits"),
    "nav.topics": Text(zh="主题", en="Topics"),
    "nav.conflicts": Text(zh="差异与空白", en="Conflicts and gaps"),
    "nav.lineage": Text(zh="版本对照", en="Versions"),
    "nav.timeline": Text(zh="时间线", en="Time line"),
    "nav.network": Text(zh="关系图", en="Graph"),
    "nav.releases": Text(zh="更新记录", en="Releases"),
    "nav.references": Text(zh="引用文献", en="References"),
    "nav.about": Text(zh="关于本手册", en="About"),
    "kind.regulation": Text(zh="法规与规章", en="Regulations"),
    "kind.guideline": Text(zh="指导原则", en="Guidelines"),
    "kind.self-discipline-standard": Text(zh="行业自律规范", en="Self-discipline standards"),
    "kind.quality-indicators": Text(zh="质量控制指标", en="Quality indicators"),
    "kind.form": Text(zh="申报表格", en="Forms"),
    "kind.review": Text(zh="综述文献", en="Reviews"),
    "kind.journal-article": Text(zh="期刊论文", en="Journal articles"),
}


def navigation(handbook: Handbook, language: str) -> tuple[NavEntry, ...]:
    """The navigation of one language: the documents by kind, then the indexes."""
    ways = (NavEntry(_name(f"by-{way}", language), path) for way, path in WAYS.items() if way != "kind")
    documents = (NavEntry(_name("all-documents", language), "documents"), *ways, *_kinds(handbook, language))
    return (
        NavEntry(_name("home", language), ""),
        NavEntry(_name("documents", language), None, documents),
        *(_section(part, pages, language) for part, pages in SECTIONS.items()),
    )


def _section(part: str, pages: tuple[str, ...], language: str) -> NavEntry:
    if not pages:
        return NavEntry(_name(part, language), part)
    return NavEntry(_name(part, language), None, tuple(NavEntry(_name(page, language), page) for page in pages))


def _name(part: str, language: str) -> str:
    return NAMES[f"nav.{part}"].of(language)


def _kinds(handbook: Handbook, language: str) -> Iterator[NavEntry]:
    for kind in KINDS:
        members = tuple(
            _document(handbook, name, language)
            for name, document in handbook.documents.items()
            if document.record.kind == kind
        )
        if members:
            yield NavEntry(NAMES[f"kind.{kind}"].of(language), None, members)


def _document(handbook: Handbook, name: str, language: str) -> NavEntry:
    document = handbook.documents[name].record
    sheets = sheets_of(document, handbook.by_document[name])
    short = document.short.of(language)
    if len(sheets) == 1:
        return NavEntry(short, sheets[0].path)
    sections = (NavEntry(sheet.title.of(language), sheet.path) for sheet in sheets)
    return NavEntry(short, None, (NavEntry(_name("record", language), f"documents/{name}"), *sections))


def clause_urls(handbook: Handbook) -> dict[str, str]:
    """Where each clause is found, by id and without the language: documents/<id>/…/index.html#<anchor>."""
    return {
        clause.id: f"{sheet.path}/index.html#{clause.entry.record.id}"
        for document in handbook.corpus.documents
        for sheet in sheets_of(document.record, handbook.by_document[document.record.id])
        for clause in sheet.clauses
    }
