"""Linking: which terms, methods, parameters and works the texts of the clauses speak of."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ahocorasick_rs import AhoCorasick
from rapidfuzz import fuzz

from handbook.corpus import ClauseEntry, Corpus, Entry
from handbook.model import Concept
from handbook.problems import Code, Problem, Severity
from handbook.titles import Match, Titles, plain, quoted_titles

NodeKind = Literal["term", "method", "parameter", "reference", "document"]
Origin = Literal["authored", "matched"]
AUTHORED_IS_MEANT = 60.0


@dataclass(frozen=True)
class Mention:
    """A stretch of a text, [start, end), that names something."""

    start: int
    end: int
    kind: NodeKind
    id: str


@dataclass(frozen=True)
class Cited:
    """A work that a clause cites, and how we know."""

    to: str
    part: str | None
    origin: Origin
    why: str


@dataclass(frozen=True)
class LinkedClause:
    """A clause with everything that its texts name."""

    entry: ClauseEntry
    zh: tuple[Mention, ...]
    en: tuple[Mention, ...]
    cites: tuple[Cited, ...]

    @property
    def id(self) -> str:
        """The full id."""
        return self.entry.id

    def named(self, kind: NodeKind) -> tuple[str, ...]:
        """The ids of one kind that the texts name, in order of appearance, each once."""
        return tuple(dict.fromkeys(mention.id for mention in (*self.zh, *self.en) if mention.kind == kind))

    @property
    def terms(self) -> tuple[str, ...]:
        """Terms of the clause: the author's and those found."""
        return tuple(dict.fromkeys((*self.entry.record.terms, *self.named("term"))))

    @property
    def methods(self) -> tuple[str, ...]:
        """Methods of the clause: those of its tests and those found."""
        return tuple(dict.fromkeys((*(test.method for test in self.entry.record.tests), *self.named("method"))))


def link(corpus: Corpus) -> tuple[tuple[LinkedClause, ...], list[Problem]]:
    """Every clause of `corpus` with its links, and the titles that could not be placed."""
    zh, en, titles = Labels.of(corpus, "zh"), Labels.of(corpus, "en"), Titles.of(corpus)
    linked: list[LinkedClause] = []
    problems: list[Problem] = []
    documents = {document.record.id for document in corpus.documents}
    editions = {e.record.id: e.record.edition_of for e in corpus.references if e.record.edition_of}
    for entry in corpus.clauses:
        mentions, cites, found = _works(entry, titles, documents)
        problems += found
        in_zh = _without_overlap((*mentions, *zh.find(entry.record.zh)))
        in_en = en.longest(entry.record.en)
        cites = _with_named_works(cites, (*in_zh, *in_en), editions)
        linked.append(LinkedClause(entry, in_zh, in_en, cites))
    return tuple(linked), problems


# ------------------------------------------------------------------------------------- words


@dataclass(frozen=True)
class Label:
    """A word that names a concept or work; `exact` labels (abbreviations) keep their case."""

    text: str
    kind: NodeKind
    id: str
    exact: bool


class Labels:
    """All labels of one language, found in a text in one pass."""

    def __init__(self, labels: Iterable[Label]) -> None:
        first: dict[str, list[Label]] = {}
        for label in labels:
            first.setdefault(fold(label.text), []).append(label)
        self.labels = list(first.values())
        self.automaton = AhoCorasick(list(first))

    @classmethod
    def of(cls, corpus: Corpus, language: Literal["zh", "en"]) -> Labels:
        """The labels of the concepts and works of `corpus` that may be linked in `language`."""
        groups: tuple[tuple[NodeKind, Iterable[Entry[Concept]]], ...] = (
            ("term", corpus.terms),
            ("method", corpus.methods),
            ("parameter", corpus.parameters),
        )
        labels = [
            label
            for kind, entries in groups
            for entry in entries
            if entry.record.link
            for label in _labels(entry.record, kind, language)
        ]
        for reference in corpus.references:
            work = reference.record
            for name in (*work.aliases, *((work.title.en,) if language == "en" else ())):
                if name.isascii():
                    labels.append(Label(name, "reference", work.id, exact=True))
        return cls(labels)

    def find(self, text: str) -> Iterator[Mention]:
        """Every label in `text` that stands between word boundaries; matches may overlap."""
        folded = fold(text)
        for index, start, stop in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            end = _with_plural(folded, start, stop)
            if not _stands_alone(folded, start, end):
                continue
            for label in self.labels[index]:
                if not label.exact or narrow(text[start : start + len(label.text)]) == label.text:
                    yield Mention(start, end, label.kind, label.id)
                    break

    def longest(self, text: str) -> tuple[Mention, ...]:
        """The longest labels from left to right, none inside or across another one."""
        return _without_overlap(self.find(text))


def _labels(concept: Concept, kind: NodeKind, language: Literal["zh", "en"]) -> Iterator[Label]:
    words = (concept.label.of(language), *getattr(concept.alt, language), *getattr(concept.hidden, language))
    for word in words:
        yield Label(word, kind, concept.id, _is_abbreviation(word))
        if plural := _irregular_plural(word):
            yield Label(plural, kind, concept.id, _is_abbreviation(word))
    for word in (*concept.abbr, *(misprint.text for misprint in concept.misprints)):
        yield Label(word, kind, concept.id, _is_abbreviation(word))


def _irregular_plural(word: str) -> str | None:
    """The plural of an English word that does not simply add s: assay stays, factory, analysis and medium change."""
    for ending, plural in (("ary", "aries"), ("ory", "ories"), ("ity", "ities"), ("sis", "ses"), ("dium", "dia")):
        if word.isascii() and word.endswith(ending):
            return word.removesuffix(ending) + plural
    return None


def _is_abbreviation(word: str) -> bool:
    return word.isascii() and " " not in word and any(letter.isupper() for letter in word[1:])


def fold(text: str) -> str:
    """`text` in lower case and half width, each character in its old place."""
    return "".join(lower if len(lower := letter.lower()) == 1 else letter for letter in narrow(text))


def narrow(text: str) -> str:
    """`text` in half width, each character in its old place."""
    return "".join(half if len(half := unicodedata.normalize("NFKC", one)) == 1 else one for one in text)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _with_plural(text: str, start: int, end: int) -> int:
    for ending in ("s", "es"):
        if _latin(text[end - 1]) and text.startswith(ending, end) and not _latin(text[end + len(ending) :][:1] or " "):
            return end + len(ending)
    return end


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (_latin(text[start]) and _latin(before)) and not (_latin(text[end - 1]) and _latin(after))


def _without_overlap(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The longest mentions from left to right; what lies inside or across another one is dropped."""
    chosen: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start, m.id)):
        if all(mention.end <= other.start or other.end <= mention.start for other in chosen):
            chosen.append(mention)
    return tuple(sorted(chosen, key=lambda m: m.start))


# ------------------------------------------------------------------------------------- works


def _works(
    entry: ClauseEntry, titles: Titles, documents: set[str]
) -> tuple[list[Mention], tuple[Cited, ...], list[Problem]]:
    """The works that the Chinese text names in 《》, and the clause's citations with them."""
    authored = [Cited(cite.to, cite.part, "authored", "given by the author") for cite in entry.record.cites]
    mentions: list[Mention] = []
    found: list[Cited] = []
    problems: list[Problem] = []
    for title, start, end in quoted_titles(entry.record.zh):
        match = _authored(title, authored, titles) or titles.find(title)
        if match is None or not match.sure:
            problems.append(_doubt(entry, title, match))
            continue
        mentions.append(Mention(start, end, "document" if match.work in documents else "reference", match.work))
        if all(cited.to != match.work for cited in (*authored, *found)):
            found.append(
                Cited(match.work, None, "matched", f"《{title}》 in the text, likeness {match.score:.0f} of 100")
            )
    return mentions, (*authored, *found), problems


def _authored(title: str, cites: list[Cited], titles: Titles) -> Match | None:
    """The cited work that a title means: the author's word counts before any likeness."""
    cited = {cite.to for cite in cites}
    names = [(name, work) for name, (work, _) in titles.exact.items() if work in cited]
    scored = [(fuzz.partial_ratio(plain(title), name), work) for name, work in names]
    score, work = max(scored, default=(0.0, ""))
    return Match(work, score, True) if score >= AUTHORED_IS_MEANT else None


def _doubt(entry: ClauseEntry, title: str, match: Match | None) -> Problem:
    if match is None:
        message = f"《{title}》 is no work that content/references.yml or a document names"
    else:
        message = f"《{title}》 may be '{match.work}' ({match.score:.0f} of 100): cite it, or add the title as an alias"
    return Problem(entry.at("zh"), Code.TITLE, message, Severity.WARNING)


def _with_named_works(
    cites: tuple[Cited, ...], mentions: Iterable[Mention], editions: Mapping[str, str]
) -> tuple[Cited, ...]:
    """The citations and the works that the texts name by code, such as ICH Q5A(R2).

    A work of which the author cites an edition is not cited a second time without one.
    """
    known = {cite.to for cite in cites} | {editions[cite.to] for cite in cites if cite.to in editions}
    named = [m.id for m in mentions if m.kind in ("reference", "document") and m.id not in known]
    found = (Cited(work, None, "matched", "named in the text") for work in dict.fromkeys(named))
    dropped = {editions[cite.to] for cite in cites if cite.origin == "authored" and cite.to in editions}
    authored = {cite.to for cite in cites if cite.origin == "authored"}
    return (*(cite for cite in cites if cite.to in authored or cite.to not in dropped), *found)
