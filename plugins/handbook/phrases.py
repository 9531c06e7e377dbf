"""The words of the pages themselves: site_templates/phrases.yml."""

from __future__ import annotations

from pathlib import Path

from handbook.problems import Code, HandbookError, Place, Problem, did_you_mean
from handbook.read.positions import load
from handbook.views.labels import superscript


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
