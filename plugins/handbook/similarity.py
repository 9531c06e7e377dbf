"""Clauses of different documents that say the same thing.

The score is the mean of two likenesses from 0 to 1: of the Chinese texts the cosine of their character bigrams, each
weighted by how rare it is (tf-idf; no dictionary, hence no segmentation), and of the English texts rapidfuzz's ratio
of the sorted words. Two languages, because an accident of wording shows in one only.

Only clauses that share at least `SHARED` rare marks are scored, where the marks of a clause are the `MARKS` rarest of
its bigrams and features (terms, methods, parameters) that at most `COMMON` clauses have. So no clause meets more than
MARKS × COMMON others, and the work grows with the number of clauses and not with its square.

Why this score and this threshold: tests/data/similar-pairs.yml holds 306 pairs, judged by machine reading and drawn
so that rates of all pairs can be estimated. 0.42 has the best F1 on the half for tuning: a lower one joins more pairs
that share only their subject (precision 0.58 at 0.40, 0.49 at 0.38), a higher one loses pairs (recall 0.35 at 0.43).
On the half held back, 62 % of the joined pairs say the same and 95 % at least speak of the same subject; 62 % of the
pairs that say the same are joined. The score before, half the overlap of the features and half rapidfuzz's token set
ratio of the English texts, had 30 %, 74 % and 52 % there: clauses that share a rare term seldom ask the same. What is
missed is said in other words or in far more of them. Drawing the half anew from itself moves precision between 52 and
73 %, recall between 47 and 82 % (nine times in ten): a few of the pairs drawn stand for many. A share of the features
or topics in the score changed nothing that the sample could show.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from handbook.link import LinkedClause

COMMON = 60
MARKS = 24
SHARED = 2
THRESHOLD = 0.42
MOST = 5
LARGEST = 12
# What is left of a text for the bigrams: Chinese characters, letters, digits.
RUNS = re.compile(r"[一-鿿a-z0-9%]+")


@dataclass(frozen=True)
class Pair:
    """Two similar clauses: ids in order, score from 0 to 1, what they share."""

    first: str
    second: str
    score: float
    why: str


def similar_clauses(clauses: tuple[LinkedClause, ...], threshold: float = THRESHOLD) -> list[Pair]:
    """The pairs that score at least `threshold`, at most `MOST` for each clause, sorted by ids."""
    wordings = _Wordings(clauses)
    best: dict[str, list[Pair]] = defaultdict(list)
    for one, other in wordings.candidates():
        score = wordings.score(one, other, threshold)
        if score >= threshold:
            first, second = sorted((clauses[one], clauses[other]), key=lambda clause: clause.id)
            pair = Pair(first.id, second.id, round(score, 3), _why(first, second))
            best[first.id].append(pair)
            best[second.id].append(pair)
    kept = {pair for pairs in best.values() for pair in _nearest(pairs)}
    return sorted(kept, key=lambda pair: (pair.first, pair.second))


def comparisons(clauses: tuple[LinkedClause, ...]) -> int:
    """How often two clauses meet before any is scored: the work, which benchmarks and tests watch."""
    return sum(math.comb(len(block), 2) for block in _Wordings(clauses).blocks())


def features_of(clause: LinkedClause) -> frozenset[str]:
    """What a clause speaks of: terms, methods, parameters."""
    limits = (quantity.parameter for quantity in clause.entry.record.quantities)
    return frozenset((*clause.terms, *clause.methods, *clause.named("parameter"), *limits))


def _why(first: LinkedClause, second: LinkedClause) -> str:
    shared = sorted(features_of(first) & features_of(second))
    return f"both speak of {', '.join(shared)}" if shared else "worded alike"


def _nearest(pairs: list[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.score, pair.first, pair.second))[:MOST]


class _Wordings:
    """The texts of the clauses, made ready to be compared; clauses go by their place in the tuple."""

    def __init__(self, clauses: tuple[LinkedClause, ...]) -> None:
        self.documents = [clause.entry.document for clause in clauses]
        self.marks = _marks(features_of(clause) for clause in clauses)
        grams = [_bigrams(clause.entry.record.zh) for clause in clauses]
        for own, more in zip(self.marks, _marks(grams), strict=True):
            own.extend(more)
        self.vectors = _unit_vectors(grams)
        self.english = [" ".join(sorted(clause.entry.record.en.lower().split())) for clause in clauses]

    def blocks(self) -> Iterable[list[int]]:
        """For each rare mark the clauses that meet by it."""
        members: dict[str, list[int]] = defaultdict(list)
        for place, own in enumerate(self.marks):
            for _, mark in sorted(own)[:MARKS]:
                members[mark].append(place)
        return members.values()

    def candidates(self) -> Iterable[tuple[int, int]]:
        """Places of clauses of different documents that share enough rare marks."""
        shared = Counter(pair for block in self.blocks() for pair in combinations(block, 2))
        return (
            (one, other)
            for (one, other), count in shared.items()
            if count >= SHARED and self.documents[one] != self.documents[other]
        )

    def score(self, one: int, other: int, least: float) -> float:
        """The likeness of two clauses; 0 or too small where it cannot reach `least`, which saves half the work."""
        few, many = sorted((self.vectors[one], self.vectors[other]), key=len)
        chinese = sum(weight * many[gram] for gram, weight in few.items() if gram in many)
        needed = max(0.0, (2 * least - chinese) * 100 - 1e-6)
        return (chinese + fuzz.ratio(self.english[one], self.english[other], score_cutoff=needed) / 100) / 2


def _bigrams(text: str) -> Counter[str]:
    run = "".join(RUNS.findall(text.lower()))
    return Counter(run[place : place + 2] for place in range(len(run) - 1))


def _marks(bags: Iterable[Iterable[str]]) -> list[list[tuple[int, str]]]:
    """Of each bag what others have too, but not many: how many, and what."""
    known = [tuple(bag) for bag in bags]
    counts = Counter(mark for bag in known for mark in bag)
    return [[(counts[mark], mark) for mark in bag if 2 <= counts[mark] <= COMMON] for bag in known]


def _unit_vectors(bags: list[Counter[str]]) -> list[dict[str, float]]:
    """tf-idf of each bag, of length 1."""
    counts = Counter(gram for bag in bags for gram in bag)
    rarity = {gram: math.log(1 + len(bags) / count) for gram, count in counts.items()}
    vectors = []
    for bag in bags:
        weights = {gram: (1 + math.log(count)) * rarity[gram] for gram, count in bag.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({gram: weight / length for gram, weight in weights.items()})
    return vectors


def clusters(pairs: Iterable[Pair]) -> list[tuple[str, ...]]:
    """Clauses that say the same, in groups: each sorted, the groups in order of their first clause.

    Greedy average linkage: the likest pair first, and two groups become one if at least half of the pairs across them,
    taken between different documents, are joined. So no chain of likenesses swallows what only its ends resemble. A
    group has at most `LARGEST` clauses.
    """
    ordered = sorted(pairs, key=lambda pair: (-pair.score, pair.first, pair.second))
    joined = {frozenset((pair.first, pair.second)) for pair in ordered}
    group: dict[str, tuple[str, ...]] = {name: (name,) for pair in ordered for name in (pair.first, pair.second)}
    for pair in ordered:
        one, other = group[pair.first], group[pair.second]
        if one is other or len(one) + len(other) > LARGEST:
            continue
        across = [(a, b) for a in one for b in other if a.split("/")[0] != b.split("/")[0]]
        if 2 * sum(frozenset(each) in joined for each in across) >= len(across):
            merged = tuple(sorted((*one, *other)))
            group.update(dict.fromkeys(merged, merged))
    return sorted({members for members in group.values() if len(members) > 1})
