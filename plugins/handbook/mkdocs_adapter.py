"""The plugins that MkDocs loads: configuration in, files out. The only module that imports MkDocs.

Everything that can fail in the content happens in `on_config`, before MkDocs empties the site folder, so a broken
clause file leaves the last good site as it was. While serving, the last good pages are shown with the errors on top.
"""

from __future__ import annotations

import copy
import html
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import yaml
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from handbook.checklists.bundle import checklist_files
from handbook.edition import Edition, Settings, compile_edition, source_of
from handbook.exports.json_export import export_json
from handbook.exports.matrix_xlsx import matrix_files
from handbook.network.bundle import graph_files
from handbook.originals.source import OriginalsError
from handbook.pages import NavEntry, RenderedPage, TocEntry, navigation
from handbook.phrases import Phrases
from handbook.problems import HandbookError
from handbook.search.bundle import search_files
from handbook.search.probes import proven

log = get_plugin_logger(__name__)

LANGUAGES = ("zh", "en")
SITE_NAMES = {"zh": "细胞治疗合规手册", "en": "Cell Therapy Compliance Handbook"}
FIND = {
    "zh": {
        "label": "搜索条款、术语、限值",
        "go": "搜索",
        "kinds": {
            "clause": "条款",
            "term": "术语",
            "method": "检测方法",
            "parameter": "参数",
            "reference": "引用文献",
            "document": "文件",
        },
    },
    "en": {
        "label": "Search clauses, terms, limits",
        "go": "Search",
        "kinds": {
            "clause": "clause",
            "term": "term",
            "method": "test method",
            "parameter": "parameter",
            "reference": "reference",
            "document": "document",
        },
    },
}
LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


class HandbookConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin `handbook` in mkdocs.yml."""

    root = option.Type(str, default=".")
    templates = option.Type(str, default="site_templates")
    originals = option.Optional(option.Type(str))
    strict = option.Type(bool, default=False)


class ExportConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin `handbook-export` has no options."""


class ChecklistsConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin `handbook-checklists` has no options."""


class SearchConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin `handbook-search` has no options."""


class HandbookPlugin(BasePlugin[HandbookConfig]):  # type: ignore[no-untyped-call]
    """Compiles the handbook and hands its pages to MkDocs.

    It has an `on_startup`, which makes MkDocs keep one instance through all rebuilds of `serve`: that is how the
    last good edition outlives a broken clause file. No other state is kept from one build to the next.
    """

    edition: Edition | None = None
    serving: bool = False
    problems: tuple[str, ...] = ()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Notes whether a broken file shall end the build or be shown on the last good pages."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compiles and renders everything; MkDocs has not touched the site folder yet."""
        try:
            self.edition = compile_edition(self._settings(config))
            self.problems = ()
        except HandbookError as error:
            self._failed([str(problem) for problem in error.problems], error)
        except (OriginalsError, OSError) as error:
            self._failed([str(error)], error)
        assert self.edition is not None
        for warning in self.edition.handbook.warnings:
            log.warning(str(warning))
        config.nav = [{language: _nav(navigation(self.edition.handbook, language), language)} for language in LANGUAGES]
        return config

    def _settings(self, config: MkDocsConfig) -> Settings:
        root = (Path(config.config_file_path).parent / self.config.root).resolve()
        originals = os.environ.get("HANDBOOK_ORIGINALS") or self.config.originals
        return Settings(
            root=root,
            templates=root / self.config.templates,
            originals=(root / originals).resolve() if originals else None,
            strict=self.config.strict,
            version=version("cell-therapy-handbook"),
            date=_build_date(),
        )

    def _failed(self, lines: list[str], error: Exception) -> None:
        if not self.serving or self.edition is None:
            raise PluginError("the content is not ready to be built\n" + "\n".join(lines)) from error
        self.problems = tuple(lines)
        for line in lines:
            log.error(line)
        log.info("Serving the last good pages until this is mended")

    @event_priority(50)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Adds the pages; their Markdown is nothing but a title, so that no data ever passes through Markdown."""
        assert self.edition is not None
        for page in self.edition.pages:
            files.append(File.generated(config, source_of(page.language, page.path), content=_front_matter(page)))
        files.append(File.generated(config, "index.html", content=_front_door()))
        return files

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Puts the rendered body into its page."""
        rendered = self._rendered.get(page.file.src_uri)
        if rendered is None:
            return html
        page.toc = _toc(rendered.toc)
        return _banner(self.problems) + rendered.html

    @property
    def _rendered(self) -> Mapping[str, RenderedPage]:
        assert self.edition is not None
        return self.edition.by_source

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Shows the theme the site in the page's own language: its name, its words, its half of the navigation."""
        rendered = self._rendered.get(page.file.src_uri)
        if rendered is not None:
            context["config"] = _localised(config, rendered)
            context["nav"] = _half(nav, rendered.language)
        return context

    def on_serve(
        self, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Rebuilds when a clause, a word or a template changes."""
        settings = self._settings(config)
        for folder in (settings.root / "content", settings.root / "glossary", settings.templates):
            server.watch(str(folder))
        return server


class HandbookExportPlugin(BasePlugin[ExportConfig]):  # type: ignore[no-untyped-call]
    """Writes the handbook as data beside the pages."""

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Writes data/handbook.json and the workbooks of the test matrix into the site."""
        handbook = config.plugins["handbook"]
        assert isinstance(handbook, HandbookPlugin)
        assert handbook.edition is not None
        target = Path(config.site_dir) / "data" / "handbook.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(export_json(handbook.edition.handbook), encoding="utf-8")
        folder = Path(config.config_file_path).parent / handbook.config.root / handbook.config.templates
        created = datetime.fromisoformat(_build_date())
        for name, data in matrix_files(handbook.edition.handbook, Phrases(folder / "phrases.yml"), created):
            target = Path(config.site_dir) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


class HandbookChecklistsPlugin(BasePlugin[ChecklistsConfig]):  # type: ignore[no-untyped-call]
    """Writes what the pages of checklists and assessments load, beside the pages."""

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Writes the catalogue, the graph, the scripts and the schema of assessments into the site."""
        handbook = config.plugins["handbook"]
        assert isinstance(handbook, HandbookPlugin)
        assert handbook.edition is not None
        edition = handbook.edition
        try:
            files = checklist_files(edition.handbook, edition.phrases, edition.facts)
            files |= graph_files(edition.handbook, edition.fingerprint)
        except HandbookError as error:
            raise PluginError(str(error)) from error
        _write(Path(config.site_dir), files)


class HandbookSearchPlugin(BasePlugin[SearchConfig]):  # type: ignore[no-untyped-call]
    """Writes the search beside the pages, and proves it with the probe queries."""

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Writes search/*.js into the site; fails the build when the probes find less than they should."""
        handbook = config.plugins["handbook"]
        assert isinstance(handbook, HandbookPlugin)
        assert handbook.edition is not None
        _write(Path(config.site_dir), search_files(handbook.edition.handbook, handbook.edition.fingerprint))
        root = Path(config.config_file_path).parent / handbook.config.root
        if handbook.serving:
            return  # an author who is at work is not held up by what the build will prove
        try:
            quality = proven(handbook.edition.handbook, root)
        except HandbookError as error:
            raise PluginError("the probe queries of the search are not met\n" + str(error)) from error
        if quality.outcomes:
            log.info(quality.text())


# ------------------------------------------------------------------------------- conversions


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _build_date() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch and epoch.isdigit() else datetime.now(UTC)
    return now.date().isoformat()


def _nav(entries: Iterable[NavEntry], language: str) -> list[dict[str, Any]]:
    return [
        {
            html.escape(entry.title): _nav(entry.children, language)
            if entry.children
            else source_of(language, entry.path or "")
        }
        for entry in entries
    ]


def _front_matter(page: RenderedPage) -> str:
    facts = {"title": html.escape(page.title), "hide": list(page.hide)}
    return f"---\n{yaml.safe_dump(facts, allow_unicode=True)}---\n"


def _front_door() -> str:
    """The page at the root: to the reader's language, Chinese first; without scripts both are offered."""
    links = " · ".join(f'<a href="{code}/index.html">{SITE_NAMES[code]}</a>' for code in LANGUAGES)
    choose = 'location.replace((/^zh/i.test(navigator.language)?"zh":"en")+"/index.html"+location.hash)'
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{SITE_NAMES['zh']} · {SITE_NAMES['en']}</title><script>{choose}</script></head>"
        f'<body style="font-family:sans-serif;margin:3rem">{links}</body></html>'
    )


def _toc(entries: Iterable[TocEntry]) -> TableOfContents:
    top: list[AnchorLink] = []
    open_links: list[AnchorLink] = []
    for entry in entries:
        link = AnchorLink(html.escape(entry.title), entry.anchor, entry.level)
        while open_links and open_links[-1].level >= entry.level:
            open_links.pop()
        (open_links[-1].children if open_links else top).append(link)
        open_links.append(link)
    return TableOfContents(top)


def _banner(problems: tuple[str, ...]) -> str:
    if not problems:
        return ""
    lines = "".join(f"<li><code>{html.escape(line)}</code></li>" for line in problems)
    return (
        '<div class="admonition failure"><p class="admonition-title">'
        "内容有错误，显示的是上一个正确版本 · The content has errors; these are the last good pages</p>"
        f"<ul>{lines}</ul></div>"
    )


def _localised(config: MkDocsConfig, page: RenderedPage) -> MkDocsConfig:
    """The configuration as a page of one language sees it; the site's own is left alone."""
    view = copy.copy(config)
    view.site_name = SITE_NAMES[page.language]
    view.theme = copy.copy(config.theme)
    view.theme["language"] = page.language
    view.extra = copy.copy(config.extra)
    view.extra["find"] = {**FIND[page.language], "action": _address(page.language, "search")}
    view.extra["homepage"] = f"{page.language}/index.html"
    view.extra["alternate"] = [
        {"name": LANGUAGE_NAMES[code], "link": _address(code, page.path), "lang": code} for code in LANGUAGES
    ]
    return view


def _address(language: str, path: str) -> str:
    return source_of(language, path).removesuffix("md") + "html"


def _half(nav: Navigation, language: str) -> Navigation:
    half = next(item for item in nav.items if isinstance(item, Section) and item.title == language)
    view = Navigation(half.children, nav.pages)
    view.homepage = next((page for page in nav.pages if page.file.src_uri == source_of(language, "")), nav.homepage)
    return view
