"""Where two documents ask for different things: pairs of clauses, each with what speaks for pairing them.

A candidate is a guess for a reader, who says in content/verdicts.yml whether the difference is one. It joins clauses
of two documents that are no states of one text, by one of these rules:

- figures on one parameter that differ (those that `limits` can compare, and those that it cannot);
- a figure on one side, on the other the same test without one;
- one test at one sampling point, required on one side only;
- statements on one subject that differ in degree, or of which one forbids what the other asks for or allows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

import networkx as nx
from rapidfuzz import fuzz

from handbook.corpus import Corpus
from handbook.limits import Obstacle, Pair, Subject, pairs_of, survey_limits
from handbook.link import LinkedClause
from handbook.model import DifferenceKind, Need
from handbook.overlap import Overlap
from handbook.similarity import features_of
from handbook.stance import Stance, stance_of

NARROW = 80  # a topic of no more clauses than this is a subject; a wider one holds many
ON_NARROW = 0.6  # what a narrow topic counts for in place of the score of a similar-to edge
LEAST = 0.5  # candidates of less confidence are not shown
NEEDS: tuple[Need, ...] = ("not-required", "conditional", "required")
BARRED = {Obstacle.REPORTED, Obstacle.MERE_CONDITION, Obstacle.FORMULA, Obstacle.DIMENSION}
# What each doubt takes from the confidence that two figures differ; the others take 0.1.
DOUBTS = {"scope": 0.25, "product": 0.2, "point": 0.15, "example": 0.05, "conditional": 0.05, "point-unnamed": 0.05}
FEW = 8  # a method that more documents call for is no subject of its own: sterility, potency …
LISTS = 3  # a statement that names at least so many tests is a list of what comes into question


@dataclass(frozen=True)
class Ground:
    """What speaks for a pair and what against it, so that a page can say it in words."""

    topics: tuple[str, ...]
    concepts: tuple[str, ...]
    likeness: float
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """Two clauses that may differ; of `stricter-than` the first is the stricter. `about`: parameter or methods."""

    kind: DifferenceKind
    first: str
    second: str
    confidence: float
    ground: Ground
    about: tuple[str, ...] = ()

    @property
    def pair(self) -> frozenset[str]:
        """The two clauses in no order."""
        return frozenset((self.first, self.second))


def find_candidates(
    corpus: Corpus, clauses: tuple[LinkedClause, ...], graph: nx.MultiDiGraph[str]
) -> tuple[Candidate, ...]:
    """The candidates, the most certain first; each pair once, by the first rule that finds it."""
    finder = _Finder(corpus, clauses, graph)
    found: dict[frozenset[str], Candidate] = {}
    for rule in (finder.limits, finder.figures, finder.tests, finder.degrees, finder.refusals):
        for candidate in rule():
            found.setdefault(candidate.pair, candidate)
    kept = (candidate for candidate in found.values() if candidate.confidence >= LEAST)
    return tuple(sorted(kept, key=lambda one: (-one.confidence, one.kind, one.first, one.second)))


class _Finder:
    """The rules, over what they all need to know."""

    def __init__(self, corpus: Corpus, clauses: tuple[LinkedClause, ...], graph: nx.MultiDiGraph[str]) -> None:
        self.corpus = corpus
        self.graph = graph
        self.overlap = Overlap(corpus, clauses)
        lapsed = self.overlap.lapsed
        self.clauses = {clause.id: clause for clause in clauses if clause.entry.document not in lapsed}
        self.stances = {clause.id: stance_of(clause.entry.record) for clause in clauses}

    # ---------------------------------------------------------------------------------- what the rules share

    def apart(self, one: str, other: str) -> bool:
        """Whether the clauses stand in two documents that are not states of one text."""
        a, b = self.clauses[one].entry.document, self.clauses[other].entry.document
        return a != b and frozenset((a, b)) not in self.overlap.one_text

    def meet(self, one: str, other: str) -> bool:
        """Whether both can hold for one product, in documents apart."""
        return self.apart(one, other) and self.overlap.products(one, other) and self.overlap.conditions(one, other)

    def likeness(self, one: str, other: str) -> float:
        """How like the texts are, 0 to 1: the mean of both languages."""
        a, b = self.clauses[one].entry.record, self.clauses[other].entry.record
        return (fuzz.ratio(a.zh, b.zh) + fuzz.token_set_ratio(a.en, b.en)) / 200

    def ground(self, one: str, other: str, doubts: Iterable[str] = ()) -> Ground:
        """What the clauses have in common."""
        a, b = self.clauses[one], self.clauses[other]
        topics = tuple(sorted(set(a.entry.record.topics) & set(b.entry.record.topics)))
        concepts = tuple(sorted(features_of(a) & features_of(b)))
        return Ground(topics, concepts, round(self.likeness(one, other), 2), tuple(doubts))

    # ---------------------------------------------------------------------------------------------- figures

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """The figures of the clauses, by parameter."""
        return survey_limits(self.corpus, self.clauses.values())

    @cached_property
    def figured(self) -> dict[str, tuple[str, ...]]:
        """The clauses that set a limit on each parameter or illustrate one."""
        return {
            name: tuple(
                dict.fromkeys(row.clause for row in subject.rows if row.interval and not BARRED & {*row.obstacles})
            )
            for name, subject in self.subjects.items()
        }

    def limits(self) -> Iterator[Candidate]:
        """Figures on one parameter that differ; what cannot be compared differs all the same, with its doubts."""
        for parameter, subject in self.subjects.items():
            found = [
                self._of_figures(pair)
                for pair in pairs_of(subject)
                if self.apart(pair.first.clause, pair.second.clause)
            ]
            agreed = self._agreed(parameter, subject)
            for candidate in sorted(found, key=lambda one: -one.confidence):
                if candidate.pair not in agreed:
                    yield candidate

    def _agreed(self, parameter: str, subject: Subject) -> set[frozenset[str]]:
        """Pairs of clauses that have a figure in common."""
        values: dict[object, set[str]] = defaultdict(set)
        for row in subject.rows:
            values[row.interval].add(row.clause)
        return {frozenset(pair) for names in values.values() for pair in combinations(sorted(names), 2)}

    def _of_figures(self, pair: Pair) -> Candidate:
        one, other = pair.first.clause, pair.second.clause
        judgement = pair.judgement
        doubts = [doubt.value for doubt in (*judgement.obstacles, *judgement.reserves)]
        if "product" in doubts and self.overlap.products(one, other):
            doubts.remove("product")
        kind: DifferenceKind = "figures-differ"
        if not judgement.obstacles:
            kind = "conflicts-with" if judgement.exclusive else "stricter-than"
        confidence = max(0.95 - sum(DOUBTS.get(doubt, 0.1) for doubt in doubts), 0)
        return Candidate(kind, one, other, round(confidence, 2), self.ground(one, other, doubts), (pair.parameter.id,))

    def figures(self) -> Iterator[Candidate]:
        """A figure on one side; on the other a document that calls for the test that measures it, and gives none."""
        for parameter, rows in sorted(self.figured.items()):
            given = {self.clauses[clause].entry.document for clause in rows}
            best: dict[str, tuple[float, str, str]] = {}
            for clause, other in product(rows, self.measuring(parameter)):
                document = self.clauses[other].entry.document
                if document not in given and self.on_one_subject(clause, other):
                    found = (self.likeness(clause, other), clause, other)
                    best[document] = max(best.get(document, found), found)
            for likeness, clause, other in best.values():
                ground = self.ground(clause, other)
                yield Candidate("figure-in-one", clause, other, round(0.4 + likeness / 2, 2), ground, (parameter,))

    def measuring(self, parameter: str) -> tuple[str, ...]:
        """The clauses that call for a test of `parameter`: one that measures little else."""
        methods = (method for method in sorted(self.related.get(parameter, ())) if self.measured[method] < LISTS)
        return tuple(dict.fromkeys(clause for method in methods for clause in self.calling.get(method, ())))

    @cached_property
    def related(self) -> dict[str, frozenset[str]]:
        """What the glossary relates each parameter to."""
        return {entry.record.id: frozenset(entry.record.related) for entry in self.corpus.parameters}

    @cached_property
    def measured(self) -> Counter[str]:
        """How many parameters the glossary relates to each concept."""
        return Counter(name for names in self.related.values() for name in names)

    # ------------------------------------------------------------------------------------------------ tests

    @cached_property
    def calling(self) -> dict[str, list[str]]:
        """The clauses that call for each method."""
        found: dict[str, list[str]] = defaultdict(list)
        for clause in self.clauses.values():
            for method in sorted({test.method for test in clause.entry.record.tests if test.need != "not-required"}):
                found[method].append(clause.id)
        return dict(found)

    def tests(self) -> Iterator[Candidate]:
        """One test at one point that a document requires and another does not, or only on a condition."""
        found: dict[frozenset[str], tuple[str, str, set[str]]] = {}
        for (method, _), needs in sorted(self._needs().items()):
            for one, other in combinations(sorted(needs), 2):
                if pair := self._unequal(needs[one], needs[other]):
                    found.setdefault(frozenset(pair), (*pair, set()))[2].add(method)
        for first, second, methods in found.values():
            doubts = ("list",) if len(self.clauses[second].entry.record.tests) >= LISTS else ()
            ground = self.ground(first, second, doubts)
            rare = max(1 / len(self.documents_calling(method)) for method in methods)
            confidence = min(0.35 + rare / 2 + ground.likeness / 3 - 0.05 * len(doubts), 0.95)
            yield Candidate("test-need-differs", first, second, round(confidence, 2), ground, tuple(sorted(methods)))

    def documents_calling(self, method: str) -> set[str]:
        """The documents that call for a method."""
        return {self.clauses[clause].entry.document for clause in self.calling[method]}

    def _needs(self) -> dict[tuple[str, str], dict[str, dict[Need, list[str]]]]:
        """For each method that few call for, and each point: by document the needs and the clauses that say them."""
        found: dict[tuple[str, str], dict[str, dict[Need, list[str]]]] = defaultdict(lambda: defaultdict(dict))
        few = {method for method in self.calling if len(self.documents_calling(method)) <= FEW}
        for clause in self.clauses.values():
            for test in clause.entry.record.tests:
                for point in self.overlap.points(test.at) if test.at and test.method in few else ():
                    mine = found[test.method, point][clause.entry.document]
                    mine.setdefault(test.need, []).append(clause.id)
        return found

    def _unequal(self, one: dict[Need, list[str]], other: dict[Need, list[str]]) -> tuple[str, str] | None:
        """Of two documents the clauses that differ most alike in words, the more demanding first; None if none do."""
        a, b = max(one, key=NEEDS.index), max(other, key=NEEDS.index)
        if a == b:
            return None
        more, less = (one[a], other[b]) if NEEDS.index(a) > NEEDS.index(b) else (other[b], one[a])
        pairs = [(first, second) for first, second in product(more, less) if self.on_one_subject(first, second)]
        return max(pairs, key=lambda pair: (self.likeness(*pair), pair), default=None)

    def on_one_subject(self, one: str, other: str) -> bool:
        """Whether both can hold for one product and have a topic in common."""
        topics = (self.clauses[name].entry.record.topics for name in (one, other))
        return self.meet(one, other) and bool(set.intersection(*map(set, topics)))

    # ---------------------------------------------------------------------------------------------- degrees

    def degrees(self) -> Iterator[Candidate]:
        """Similar clauses on one topic whose stance differs."""
        for one, other, data in self.graph.edges(data=True):
            known = one in self.clauses and other in self.clauses
            if data["kind"] == "similar-to" and known and self._differ(one, other):
                yield self._of_stance(one, other, float(data["score"] or 0))

    def refusals(self) -> Iterator[Candidate]:
        """Clauses on one narrow topic that turn against something with another degree, or set terms for its use."""
        topics: dict[str, list[str]] = defaultdict(list)
        for clause in self.clauses.values():
            for topic in clause.entry.record.topics:
                topics[topic].append(clause.id)
        for _, members in sorted(topics.items()):
            best: dict[frozenset[str], Candidate] = {}
            for one, other in combinations(members, 2) if len(members) <= NARROW else ():
                directions = {stance.direction for stance in self._stances(one, other)}
                if directions in ({"against"}, {"against", "if-used"}) and self._differ(one, other):
                    found = self._of_stance(one, other, ON_NARROW)
                    documents = frozenset(self.clauses[name].entry.document for name in (one, other))
                    best[documents] = max(best.get(documents, found), found, key=lambda each: each.confidence)
            yield from best.values()

    def _stances(self, one: str, other: str) -> Iterator[Stance]:
        yield from (stance for name in (one, other) if (stance := self.stances[name]))

    def _differ(self, one: str, other: str) -> bool:
        a, b = self.stances[one], self.stances[other]
        return a is not None and b is not None and a.differs_from(b) and self.on_one_subject(one, other)

    def _of_stance(self, one: str, other: str, score: float) -> Candidate:
        a, b = self.stances[one], self.stances[other]
        assert a is not None and b is not None
        first, second = (one, other) if (a.degree, b.degree, one) >= (b.degree, a.degree, other) else (other, one)
        doubts = ("near-degree",) if a.direction == b.direction and abs(a.degree - b.degree) < 1 else ()
        ground = self.ground(first, second, doubts)
        confidence = 0.3 * score + 0.7 * ground.likeness + 0.04 * len(ground.concepts[:3]) - 0.05 * len(doubts)
        return Candidate("same-subject-other-modality", first, second, round(min(max(confidence, 0), 0.95), 2), ground)
