"""Wording: both languages say the same, with the modality and the figures that the data say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from handbook.corpus import ClauseEntry, Corpus
from handbook.figures import values
from handbook.modality import Modality, cue_words, find_cues, modality_of
from handbook.model import Clause
from handbook.problems import Code, Problem, did_you_mean
from handbook.quantity import stated
from handbook.titles import quoted_titles

HAN = re.compile(r"[㐀-鿿]")
LETTER = re.compile(r"[A-Za-z㐀-鿿]")
NORMATIVE = (Modality.SHALL, Modality.SHALL_NOT, Modality.SHOULD, Modality.SHOULD_NOT)

# ISO/IEC Directives Part 2, clause 7: the verbal forms for requirement, recommendation and permission.
VERBS = {
    Modality.SHALL: re.compile(r"\bshall\b", re.I),
    Modality.SHALL_NOT: re.compile(
        r"\bshall (not|never|no\b)|\b(no|neither|nothing|none)\b.*\bshall\b|\bshall\b.*\bno\b", re.I
    ),
    Modality.SHOULD: re.compile(r"\bshould\b", re.I),
    Modality.SHOULD_NOT: re.compile(r"\bshould (not|never)\b|\bno\b.*\bshould\b", re.I),
    Modality.MAY: re.compile(r"\bmay\b|\bcan\b", re.I),
}
FORBIDDEN = {
    Modality.SHOULD: re.compile(r"\bshall\b", re.I),
    Modality.SHOULD_NOT: re.compile(r"\bshall\b", re.I),
    Modality.MAY: re.compile(r"\b(shall|should)\b", re.I),
    Modality.NONE: re.compile(r"\b(shall|should)\b", re.I),
}


def languages(corpus: Corpus) -> Iterator[Problem]:
    """A Chinese text in an English field and the reverse."""
    for entry in corpus.clauses:
        for path, zh, en in _pairs(entry.record):
            yield from _language(entry, path, zh, en)
    for concept in corpus.concepts:
        definition = concept.record.definition
        if HAN.search(definition.en):
            yield Problem(concept.at("definition", "en"), Code.LANGUAGE, "Chinese text in an English field")
        if not HAN.search(definition.zh):
            yield Problem(concept.at("definition", "zh"), Code.LANGUAGE, "no Chinese text in a Chinese field")


def _pairs(clause: Clause) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    yield (), clause.zh, clause.en
    for number, quantity in enumerate(clause.quantities):
        if quantity.condition:
            yield ("quantities", number, "condition"), quantity.condition.zh, quantity.condition.en


def _language(entry: ClauseEntry, path: tuple[str | int, ...], zh: str, en: str) -> Iterator[Problem]:
    letters, han = len(LETTER.findall(zh)), len(HAN.findall(zh))
    if not han or (not path and han < letters / 5):
        yield Problem(entry.at(*path, "zh"), Code.LANGUAGE, "no Chinese text in a Chinese field")
    if HAN.search(en):
        yield Problem(entry.at(*path, "en"), Code.LANGUAGE, "Chinese text in an English field")


def figures(corpus: Corpus) -> Iterator[Problem]:
    """Figures that stand in one of zh, en and quantities and not in the others."""
    for entry in corpus.clauses:
        clause = entry.record
        named = set(values(" ".join(title for title, _, _ in quoted_titles(clause.zh))))
        zh, en = set(values(clause.zh)), set(values(clause.en))
        en -= named - zh  # an English title stands without 《》, which hide the years in a Chinese one
        if zh != en:
            parts = [f"only in zh: {_say(zh - en)}"] * bool(zh - en) + [f"only in en: {_say(en - zh)}"] * bool(en - zh)
            yield Problem(entry.at("en"), Code.FIGURES, f"figures differ: {'; '.join(parts)}")
        for number, quantity in enumerate(clause.quantities):
            missing = {min(figure) for figure in stated(quantity) if not figure & (zh | en)}
            if missing:
                message = f"the text does not hold the figure {_say(missing)} of '{quantity.parameter}'"
                yield Problem(entry.at("quantities", number), Code.FIGURES, message)


def _say(numbers: set[Decimal]) -> str:
    return ", ".join(f"{number.normalize():f}" for number in sorted(numbers))


def cues(corpus: Corpus) -> Iterator[Problem]:
    """A cue that is unknown, missing, or of another modality than the clause."""
    for entry in corpus.clauses:
        clause = entry.record
        if clause.modality is Modality.NONE:
            if clause.cue:
                message = f"cue '{clause.cue}' with modality 'none': give the modality or drop the cue"
                yield Problem(entry.at("cue"), Code.MODALITY, message)
            continue
        if not clause.cue:
            message = f"modality '{clause.modality}' without a cue: give the word of the original that carries it"
            yield Problem(entry.at("modality"), Code.MODALITY, message)
            continue
        means = modality_of(clause.cue)
        if means is None:
            yield Problem(
                entry.at("cue"), Code.MODALITY, f"unknown cue '{clause.cue}'{did_you_mean(clause.cue, cue_words())}"
            )
        elif means is not clause.modality:
            message = f"cue '{clause.cue}' means '{means}', but the modality is '{clause.modality}'"
            yield Problem(entry.at("cue"), Code.MODALITY, message)


def verbs(corpus: Corpus) -> Iterator[Problem]:
    """Texts whose own words carry another modality than the clause."""
    for entry in corpus.clauses:
        clause = entry.record
        wanted, forbidden = VERBS.get(clause.modality), FORBIDDEN.get(clause.modality)
        if wanted and not wanted.search(clause.en):
            message = (
                f"modality '{clause.modality}', but the English text has no '{str(clause.modality).replace('-', ' ')}'"
            )
            yield Problem(entry.at("en"), Code.MODALITY, message)
        if forbidden and (found := forbidden.search(clause.en)):
            message = f"modality '{clause.modality}', but the English text says '{found.group()}'"
            yield Problem(entry.at("en"), Code.MODALITY, message)
        if clause.modality in NORMATIVE and not any(cue.modality is clause.modality for cue in find_cues(clause.zh)):
            message = f"modality '{clause.modality}', but no word of the Chinese text carries it"
            yield Problem(entry.at("zh"), Code.MODALITY, message)


def evidence(corpus: Corpus) -> Iterator[Problem]:
    """A normative clause for which an auditor would not know what to ask for."""
    for entry in corpus.clauses:
        if entry.record.modality in NORMATIVE and not entry.record.evidence:
            message = "a normative clause needs at least one kind of evidence"
            yield Problem(entry.at("modality"), Code.EVIDENCE, message)
