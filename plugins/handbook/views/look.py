"""What to look for: the limits and tests of a clause in words, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handbook.link import LinkedClause
from handbook.model import Quantity, Test, Text
from handbook.phrases import Phrases
from handbook.pipeline import Handbook
from handbook.views.labels import Vocabulary, figure, number


def look_for(handbook: Handbook, phrases: Phrases) -> Callable[[LinkedClause], list[Text]]:
    """A function that puts the limits and tests of a clause into words."""
    words = _Words(handbook, phrases)
    return lambda clause: list(words.of(clause))


class _Words:
    def __init__(self, handbook: Handbook, phrases: Phrases) -> None:
        corpus = handbook.corpus
        self.phrases = phrases
        self.vocabulary = Vocabulary.of(corpus)
        self.methods = {entry.record.id: entry.record.label for entry in corpus.methods}
        self.parameters = {entry.record.id: entry.record.label for entry in corpus.parameters}

    def of(self, clause: LinkedClause) -> Iterator[Text]:
        record = clause.entry.record
        for quantity in record.quantities:
            if quantity.sense != "condition":
                yield Text(zh=self._limit(quantity, "zh"), en=self._limit(quantity, "en"))
        for test in record.tests:
            yield Text(zh=self._test(test, "zh"), en=self._test(test, "en"))

    def _limit(self, quantity: Quantity, language: str) -> str:
        label = self.parameters[quantity.parameter].of(language)
        unit = self.phrases.unit(language, quantity.unit)
        value = f"{figure(quantity)} {unit}".strip() if not quantity.formula else self._formula(quantity, language)
        point = self.vocabulary.point(quantity.at)
        where = [text.of(language) for text in (point, quantity.condition) if text]
        if quantity.sense in ("example", "reported"):
            where.append(self.phrases.say(language, f"sense.{quantity.sense}"))
        return f"{label} {value}{self._within(where, language)}"

    def _formula(self, quantity: Quantity, language: str) -> str:
        formula = quantity.formula
        assert formula is not None
        factor = f" × {number(formula.factor)}" if formula.factor != 1 else ""
        unit = self.phrases.unit(language, quantity.unit)
        ratio = f"= {formula.numerator.of(language)} ÷ {formula.denominator.of(language)}{factor}"
        return f"{ratio} {unit}".strip()

    def _test(self, test: Test, language: str) -> str:
        point = self.vocabulary.point(test.at)
        where = [*([point.of(language)] if point else []), self.phrases.say(language, f"need.{test.need}")]
        return f"{self.methods[test.method].of(language)}{self._within(where, language)}"

    def _within(self, words: list[str], language: str) -> str:
        if not words:
            return ""
        return f"（{'；'.join(words)}）" if language == "zh" else f" ({'; '.join(words)})"
