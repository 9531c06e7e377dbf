"""Whether two clauses can hold for one product, and whether their documents are two states of one text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from handbook.applicability import Hierarchy
from handbook.corpus import Corpus
from handbook.link import LinkedClause
from handbook.model import Applicability
from handbook.scope import applies_to

ONE_TEXT = ("draft_of", "supersedes", "superseded_by", "part_of", "interprets")


class Overlap:
    """The applicability of all clauses of a corpus, compared pair by pair."""

    def __init__(self, corpus: Corpus, clauses: Iterable[LinkedClause]) -> None:
        self.corpus = corpus
        self.hierarchy = Hierarchy.of(corpus)
        documents = {entry.record.id: entry.record for entry in corpus.documents}
        self.scopes = {
            clause.id: applies_to(clause.entry.record, documents[clause.entry.document]) for clause in clauses
        }

    def products(self, one: str, other: str) -> bool:
        """Whether a product can fall under both clauses."""
        return self.products_of(self.scopes[one], self.scopes[other])

    def products_of(self, one: Applicability, other: Applicability) -> bool:
        """Whether a product can fall under both; one that names no product covers all."""
        return not one.products or not other.products or self._any("products", one.products, other.products)

    def _any(self, group: str, ones: Iterable[str], others: Iterable[str]) -> bool:
        others = tuple(others)
        return any(self._meet(group, a, b) for a in ones for b in others)

    def _meet(self, group: str, one: str, other: str) -> bool:
        if self.hierarchy.kin(group, one, other):
            return True
        return group == "products" and any(frozenset((a, b)) in self.crossing for a, b in ((one, other), (other, one)))

    @cached_property
    def crossing(self) -> frozenset[frozenset[str]]:
        """Pairs of products of which neither is a kind of the other, but one thing can be both.

        What a modification makes of a cell (a gene-modified cell) can be a cell of any kind within the same family.
        """
        above = self.hierarchy.covers.get("products", {})
        made = {name for names in self.hierarchy.implies.values() for name in names}
        family = {name: {top for top in tops if len(above[top]) == 1} for name, tops in above.items()}
        return frozenset(
            frozenset((name, other)) for name in made & above.keys() for other in above if family[name] & family[other]
        )

    def conditions(self, one: str, other: str) -> bool:
        """Whether donors, sources and modifications leave room for both clauses."""
        a, b = self.scopes[one], self.scopes[other]
        sides = ((facet, getattr(a, facet), getattr(b, facet)) for facet in ("donors", "sources", "modifications"))
        return all(not left or not right or self._any(facet, left, right) for facet, left, right in sides)

    def points(self, one: str) -> tuple[str, ...]:
        """A sampling point and those that are kinds of it."""
        covers = self.hierarchy.covers.get("points", {})
        return tuple(name for name, above in covers.items() if one in above) or (one,)

    @cached_property
    def one_text(self) -> frozenset[frozenset[str]]:
        """Pairs of documents of which one is a state, a part or an interpretation of the other."""
        return frozenset(
            frozenset((entry.record.id, link.to))
            for entry in self.corpus.documents
            for link in entry.record.lineage
            if link.relation in ONE_TEXT
        )

    @cached_property
    def lapsed(self) -> frozenset[str]:
        """Documents that a later document of the corpus has taken the place of."""
        known = {entry.record.id for entry in self.corpus.documents}
        links = [(entry.record.id, link) for entry in self.corpus.documents for link in entry.record.lineage]
        gone = {name for name, link in links if link.relation in ("draft_of", "superseded_by") and link.to in known}
        return frozenset(gone | {link.to for _, link in links if link.relation == "supersedes"})
