"""Rendering: views and the folder of templates in, HTML out. Both are plain values; nothing of MkDocs is known here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from markupsafe import Markup

from handbook.model import Text
from handbook.problems import Code, HandbookError, Place, Problem, did_you_mean
from handbook.read.positions import load
from handbook.views.labels import superscript
from handbook.views.links import Ref
from handbook.views.lookup import Line
from handbook.views.view import View


class Phrases:
    """The words of the pages themselves, by key, in both languages."""

    def __init__(self, path: Path) -> None:
        self.path = path
        name = f"{path.parent.name}/{path.name}"
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, OSError) as error:
            raise HandbookError([Problem(Place(name), Code.FILE, f"cannot be read: {error}")]) from error
        words, marks, problems = load(text, name)
        if not isinstance(words, dict):
            raise HandbookError(problems or [Problem(Place(name), Code.SHAPE, "expected a mapping of keys")])
        problems += [
            Problem(marks.at(key), Code.SHAPE, f"'{key}' must give zh and en as text")
            for key, phrase in words.items()
            if not isinstance(phrase, dict) or not all(isinstance(said, str) for said in phrase.values())
        ]
        if problems:
            raise HandbookError(problems)
        self.words: dict[str, dict[str, str]] = words

    def say(self, language: str, key: str, **values: object) -> str:
        """The phrase `key`, its {places} filled; a key or language that is missing is an error."""
        phrase = self.words.get(key, {}).get(language)
        if phrase is None:
            message = f"no phrase '{key}' in '{language}'{did_you_mean(key, self.words)}"
            place = Place(f"{self.path.parent.name}/{self.path.name}")
            raise HandbookError([Problem(place, Code.MISSING_KEY, message)])
        return phrase.format(**values) if values else phrase

    def unit(self, language: str, code: str) -> str:
        """A UCUM unit as people write it."""
        named = self.words.get(f"unit.{code}")
        if named:
            return named[language]
        return _plain_unit(code)


def _plain_unit(code: str) -> str:
    """A unit without a phrase: braces off, 10*9 as ×10⁹."""
    plain = code.replace("{", "").replace("}", "")
    if plain.startswith("10*"):
        power, _, rest = plain.removeprefix("10*").partition("/")
        return f"×10{superscript(power)}" + (f"/{rest}" if rest else "")
    return "" if plain == "1" else plain


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
        self._lines: dict[tuple[str, int, str], Markup] = {}

    def render(self, view: View, language: str, title: str, shared: Mapping[str, object]) -> str:
        """The body of `view` in `language`; `shared` holds what every page is given."""
        page = _Page(self, language, view.path)
        given = {**shared, **page.words(), "view": view, "page": view.data, "title": title}
        try:
            return self.template(view.template).render(given, tips=page.tips, line=page.line)
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

    def line(self, line: Line, page: _Page) -> Markup:
        """A clause in a list; the same on every page of one depth."""
        key = (page.language, page.depth, line.ref.id)
        if key not in self._lines:
            self._lines[key] = Markup(self.template("line.html").render(**page.words(), line=line))
        return self._lines[key]


@dataclass
class _Page:
    """What the templates need to know of the page that they are on."""

    templates: Templates
    language: str
    path: str
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
            "words": lambda keys: _script({said: phrases.say(language, key) for said, key in keys.items()}),
        }
        return {**functions, "lang": language}

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
        return self.templates.line(line, self)


def _script(data: object) -> Markup:
    """`data` as JSON that cannot end the script that it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _tip(tip: Text | None) -> dict[str, str]:
    return {"dzh": tip.zh, "den": tip.en} if tip else {}
