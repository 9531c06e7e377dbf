"""Of what a document says nothing: by topic, and where documents like it would lead one to expect otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handbook.corpus import Corpus
from handbook.link import LinkedClause
from handbook.model import Document
from handbook.overlap import Overlap

ASKING = ("regulation", "guideline", "self-discipline-standard", "quality-indicators")
LEAST_PEERS = 3


@dataclass(frozen=True)
class Gap:
    """A document that says nothing of a topic, of `peers` documents like it `speaking` do."""

    document: str
    speaking: int
    peers: int


@dataclass(frozen=True)
class Silence:
    """`counts`: clauses by topic and document, narrower topics included; `gaps`: unexpected silence by topic."""

    counts: Mapping[str, Mapping[str, int]]
    gaps: Mapping[str, tuple[Gap, ...]]


def find_silence(corpus: Corpus, clauses: Iterable[LinkedClause]) -> Silence:
    """How many clauses each document has on each topic, and the gaps.

    A document is like another when both set rules, neither has been replaced within the corpus, they have a product
    and (where both name stages) a stage in common, and they are no states of one text. Silence is a gap when at least
    two thirds of no fewer than three such documents speak of the topic.
    """
    clauses = tuple(clauses)
    counts = _counts(corpus, clauses)
    peers = _peers(corpus, Overlap(corpus, clauses))
    gaps: dict[str, tuple[Gap, ...]] = {}
    for topic, spoken in counts.items():
        found = (
            Gap(name, sum(1 for peer in others if peer in spoken), len(others))
            for name, others in peers.items()
            if name not in spoken and len(others) >= LEAST_PEERS
        )
        gaps[topic] = tuple(gap for gap in found if 3 * gap.speaking >= 2 * gap.peers)
    return Silence(counts, gaps)


def _counts(corpus: Corpus, clauses: tuple[LinkedClause, ...]) -> dict[str, dict[str, int]]:
    broader = {entry.record.id: entry.record.broader for entry in corpus.facets.get("topics", ())}
    members: dict[tuple[str, str], set[str]] = defaultdict(set)
    for clause in clauses:
        for topic in clause.entry.record.topics:
            name: str | None = topic
            while name:
                members[name, clause.entry.document].add(clause.id)
                name = broader.get(name)
    counts: dict[str, dict[str, int]] = {topic: {} for topic in broader}
    for (topic, document), ids in members.items():
        counts.setdefault(topic, {})[document] = len(ids)
    return counts


def _peers(corpus: Corpus, overlap: Overlap) -> dict[str, tuple[str, ...]]:
    rules = {
        entry.record.id: entry.record
        for entry in corpus.documents
        if entry.record.kind in ASKING and entry.record.id not in overlap.lapsed and entry.record.status != "notice"
    }
    return {
        name: tuple(other for other, there in rules.items() if other != name and _alike(document, there, overlap))
        for name, document in rules.items()
    }


def _alike(one: Document, other: Document, overlap: Overlap) -> bool:
    stages = not one.scope.stages or not other.scope.stages or set(one.scope.stages) & set(other.scope.stages)
    apart = frozenset((one.id, other.id)) not in overlap.one_text
    named = bool(one.scope.products) == bool(other.scope.products)
    return apart and named and bool(stages) and overlap.products_of(one.scope, other.scope)
