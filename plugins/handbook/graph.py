"""The cross-reference graph: what depends on what, each edge with its reason.

Nodes carry `kind` (document, heading, clause, term, method, parameter, reference). Edges carry `kind`, `why` (a
sentence for the reader), `origin` (authored, matched, computed) and, where computed, `score` from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

import networkx as nx

from handbook.corpus import Corpus, DocumentEntry
from handbook.limits import compare_limits
from handbook.link import LinkedClause
from handbook.model import Document
from handbook.quantity import say_quantity
from handbook.similarity import similar_clauses

EdgeKind = Literal[
    "part-of",
    "cites",
    "defines",
    "uses-term",
    "mentions",
    "calls-for-test",
    "limits",
    "similar-to",
    "stricter-than",
    "conflicts-with",
    "differs-from",
    "revises",
    "supersedes",
    "interprets",
    "related",
    "broader",
    "described-in",
]
Origin = Literal["authored", "matched", "computed"]


@dataclass(frozen=True)
class Edge:
    """One relation of the graph."""

    start: str
    end: str
    kind: EdgeKind
    why: str
    origin: Origin
    score: float | None = None


def build_graph(corpus: Corpus, clauses: tuple[LinkedClause, ...]) -> nx.MultiDiGraph[str]:
    """The graph of everything in `corpus`, with nodes and edges in a stable order."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, kind in _nodes(corpus, clauses):
        graph.add_node(node, kind=kind)
    for edge in _edges(corpus, clauses):
        if edge.start in graph and edge.end in graph:
            data = {"kind": edge.kind, "why": edge.why, "origin": edge.origin, "score": edge.score}
            graph.add_edge(edge.start, edge.end, f"{edge.kind}: {edge.why}", **data)
    return graph


def edges_of(graph: nx.MultiDiGraph[str]) -> Iterator[Edge]:
    """Every edge of `graph`, sorted by start, end and kind."""
    for start, end, data in sorted(graph.edges(data=True), key=lambda e: (e[0], e[1], e[2]["kind"], e[2]["why"])):
        yield Edge(start, end, data["kind"], data["why"], data["origin"], data["score"])


def _nodes(corpus: Corpus, clauses: Iterable[LinkedClause]) -> Iterator[tuple[str, str]]:
    for document in corpus.documents:
        yield document.record.id, "document"
        for heading in document.record.headings:
            yield heading_id(document.record.id, heading.key), "heading"
    for clause in clauses:
        yield clause.id, "clause"
    for kind, entries in (("term", corpus.terms), ("method", corpus.methods), ("parameter", corpus.parameters)):
        for entry in entries:
            yield entry.record.id, kind
    for reference in corpus.references:
        yield reference.record.id, "reference"


def heading_id(document: str, key: str) -> str:
    """The node id of a heading."""
    return f"{document}#{key}"


def _edges(corpus: Corpus, clauses: tuple[LinkedClause, ...]) -> Iterator[Edge]:
    for document in corpus.documents:
        yield from _tree(document.record)
        yield from _lineage(document)
        yield from _aligned(document)
    for clause in clauses:
        yield from _of_clause(clause)
    yield from _of_concepts(corpus)
    for reference in corpus.references:
        if reference.record.superseded_by:
            yield Edge(
                reference.record.superseded_by, reference.record.id, "supersedes", "said by its record", "authored"
            )
    yield from _computed(corpus, clauses)
    yield from _judged(corpus)


def _tree(document: Document) -> Iterator[Edge]:
    above: list[tuple[int, str]] = []
    for heading in document.headings:
        while above and above[-1][0] >= heading.level:
            above.pop()
        node = heading_id(document.id, heading.key)
        parent = above[-1][1] if above else document.id
        yield Edge(node, parent, "part-of", "heading of the original", "authored")
        above.append((heading.level, node))


def _aligned(document: DocumentEntry) -> Iterator[Edge]:
    """From each clause of a later version to those of the earlier one that it comes from."""
    if document.lineage is None:
        return
    earlier = document.lineage.record.earlier
    for one in document.lineage.record.alignments:
        for new, old in product(one.new, one.old):
            yield Edge(f"{document.record.id}/{new}", f"{earlier}/{old}", "revises", one.verb, "authored")


LINEAGE_EDGES: dict[str, tuple[EdgeKind, bool]] = {
    "draft_of": ("revises", True),
    "supersedes": ("supersedes", False),
    "superseded_by": ("supersedes", True),
    "part_of": ("part-of", False),
    "interprets": ("interprets", False),
    "related": ("related", False),
}
BASIS = {
    "printed": "printed in the document",
    "corpus": "said elsewhere in the corpus",
    "general-knowledge": "general knowledge, ours",
}


def _lineage(document: DocumentEntry) -> Iterator[Edge]:
    for link in document.record.lineage:
        kind, reverse = LINEAGE_EDGES[link.relation]
        ends = (link.to, document.record.id) if reverse else (document.record.id, link.to)
        yield Edge(*ends, kind, BASIS[link.basis], "authored")


def _of_clause(clause: LinkedClause) -> Iterator[Edge]:
    record = clause.entry.record
    yield Edge(
        clause.id, heading_id(clause.entry.document, record.heading), "part-of", "stands under the heading", "authored"
    )
    for cited in clause.cites:
        part = f", {cited.part}" if cited.part else ""
        yield Edge(clause.id, cited.to, "cites", f"{cited.why}{part}", cited.origin)
    for test in record.tests:
        at = f" at {test.at}" if test.at else ""
        yield Edge(clause.id, test.method, "calls-for-test", f"{test.need}{at}", "authored")
    for quantity in record.quantities:
        yield Edge(clause.id, quantity.parameter, "limits", say_quantity(quantity), "authored")
    for term in record.terms:
        yield Edge(clause.id, term, "uses-term", "given by the author", "authored")
    tested = {test.method for test in record.tests}
    limited = {quantity.parameter for quantity in record.quantities}
    for mention in (*clause.zh, *clause.en):
        if mention.kind == "term" and mention.id not in record.terms:
            yield Edge(clause.id, mention.id, "uses-term", "named in the text", "matched")
        elif mention.kind in ("method", "parameter") and mention.id not in tested | limited:
            yield Edge(clause.id, mention.id, "mentions", "named in the text", "matched")


def _of_concepts(corpus: Corpus) -> Iterator[Edge]:
    for entry in corpus.concepts:
        concept = entry.record
        for parent in concept.broader:
            yield Edge(concept.id, parent, "broader", "glossary", "authored")
        for other in concept.related:
            yield Edge(concept.id, other, "related", "glossary", "authored")
        for clause in concept.source:
            yield Edge(clause, concept.id, "defines", "the clause defines it", "authored")
    for method in corpus.methods:
        for chapter in method.record.chapters:
            part = f"chapter {chapter.part}" if chapter.part else "glossary"
            yield Edge(method.record.id, chapter.to, "described-in", part, "authored")


def _computed(corpus: Corpus, clauses: tuple[LinkedClause, ...]) -> Iterator[Edge]:
    for pair in similar_clauses(clauses):
        yield Edge(pair.first, pair.second, "similar-to", pair.why, "computed", pair.score)
    for finding in compare_limits(corpus, clauses):
        yield Edge(finding.first, finding.second, finding.kind, finding.why, "computed")


def _judged(corpus: Corpus) -> Iterator[Edge]:
    """Pairs of clauses that a reader confirmed to ask for different things."""
    for verdict in corpus.verdicts.record.verdicts if corpus.verdicts else ():
        if verdict.verdict == "confirmed":
            yield Edge(*verdict.clauses, "differs-from", verdict.reason.en, "authored")
