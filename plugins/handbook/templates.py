"""Rendering: views and the folder of templates in, HTML out. Both are plain values; nothing of MkDocs is known here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from markupsafe import Markup

from handbook.model import Profile, Text
from handbook.phrases import Phrases
from handbook.problems import Code, HandbookError, Place, Problem
from handbook.views.checklists import Row
from handbook.views.links import Ref
from handbook.views.lookup import Line
from handbook.views.view import View


class Templates:
    """The templates, compiled once, for both languages."""

    def __init__(self, folder: Path) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(folder / "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.folder = folder
        self.phrases = Phrases(folder / "phrases.yml")
        self._kept: dict[tuple[str, str, int, str], Markup] = {}

    def render(self, view: View, language: str, title: str, shared: Mapping[str, object]) -> str:
        """The body of `view` in `language`; `shared` holds what every page is given."""
        page = _Page(self, language, view.path, paper=view.template == "paper.html")
        given = {**shared, **page.words(), "view": view, "page": view.data, "title": title}
        try:
            return self.template(view.template).render(given, tips=page.tips, line=page.line, row=page.row)
        except TemplateError as error:
            raise HandbookError([self._problem(error, view.template)]) from error

    def _problem(self, error: TemplateError, template: str) -> Problem:
        """A broken template as a finding, so that it is told like a broken clause file."""
        name = getattr(error, "name", None) or template
        place = Place(f"{self.folder.name}/pages/{name}", getattr(error, "lineno", None) or 1)
        return Problem(place, Code.FILE, f"the template fails: {error.message}")

    def template(self, name: str) -> Template:
        """A compiled template."""
        return self.environment.get_template(name)

    def kept(self, template: str, name: str, value: object, key: str, page: _Page) -> Markup:
        """A small template over one value; the same on every page of one language and depth."""
        at = (template, page.language, page.depth, key)
        if at not in self._kept:
            self._kept[at] = Markup(self.template(template).render(**page.words(), **{name: value}))
        return self._kept[at]


@dataclass
class _Page:
    """What the templates need to know of the page that they are on."""

    templates: Templates
    language: str
    path: str
    paper: bool = False
    named: dict[str, Ref] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        """How many folders the page lies below the root of its language."""
        return self.path.count("/") + 1 if self.path else 0

    def words(self) -> dict[str, object]:
        """The functions that templates call."""
        language, phrases = self.language, self.templates.phrases

        def t(key: str, **values: object) -> str:
            return phrases.say(language, key, **values)

        def of(text: Text) -> str:
            return text.of(language)

        functions: dict[str, Callable[..., object]] = {
            "t": t,
            "of": of,
            "other": lambda text: text.of("en" if language == "zh" else "zh"),
            "unit": lambda code: phrases.unit(language, code),
            "href": self.href,
            "to": lambda ref: self.href(ref.path, ref.anchor),
            "name": self.name,
            "choice": _choice,
            "words": lambda keys: _script({said: phrases.say(language, key) for said, key in keys.items()}),
        }
        return {**functions, "lang": language, "paper": self.paper}

    def href(self, path: str, anchor: str | None = None) -> str:
        """A relative address that works from a local folder too."""
        up = "../" * self.depth
        target = f"{up}{path}/index.html" if path else f"{up}index.html"
        return f"{target}#{anchor}" if anchor else target

    def name(self, ref: Ref) -> str:
        """Notes that the page names `ref`, so that its popup can speak; the key of the popup."""
        self.named[ref.key] = ref
        return ref.key

    def tips(self) -> Markup:
        """What the popups say, as JSON that cannot end the script it stands in."""
        data = {
            key: {"k": ref.kind, "zh": ref.label.zh, "en": ref.label.en, **_tip(ref.tip)}
            for key, ref in sorted(self.named.items())
        }
        return _script(data)

    def line(self, line: Line) -> Markup:
        """A clause in a list."""
        return self.templates.kept("line.html", "line", line, line.ref.id, self)

    def row(self, row: Row) -> Markup:
        """A clause in a checklist."""
        return self.templates.kept("row.html", "row", row, row.id, self)


def _choice(profile: Profile) -> str:
    """A choice of clauses as the query of an address, as app/parts/profile.ts reads it."""
    chosen = profile.model_dump(mode="json")
    return urlencode([(key, value) for key, values in chosen.items() for value in values])


def _script(data: object) -> Markup:
    """`data` as JSON that cannot end the script that it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _tip(tip: Text | None) -> dict[str, str]:
    return {"dzh": tip.zh, "den": tip.en} if tip else {}
