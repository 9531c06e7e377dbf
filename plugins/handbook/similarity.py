"""Clauses of different documents that speak of the same thing.

Candidates share a feature (term, method, parameter) that is not everywhere, so the work grows with the number of
clauses and not with its square. A candidate's score is half the weighted overlap of the features and half the
likeness of the English texts (rapidfuzz token set ratio), both from 0 to 1.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from handbook.link import LinkedClause

COMMON = 40
THRESHOLD = 0.5
MOST = 5


@dataclass(frozen=True)
class Pair:
    """Two similar clauses: ids in order, score from 0 to 1, what they share."""

    first: str
    second: str
    score: float
    why: str


def similar_clauses(clauses: tuple[LinkedClause, ...]) -> list[Pair]:
    """The similar pairs, at most `MOST` for each clause, sorted by ids."""
    features = {clause.id: features_of(clause) for clause in clauses}
    texts = {clause.id: clause.entry.record.en for clause in clauses}
    documents = {clause.id: clause.entry.document for clause in clauses}
    counts = Counter(feature for own in features.values() for feature in own)
    weight = {feature: math.log(1 + len(clauses) / count) for feature, count in counts.items()}
    best: dict[str, list[Pair]] = defaultdict(list)
    for first, second in sorted(_candidates(features, counts)):
        if documents[first] == documents[second]:
            continue
        shared = features[first] & features[second]
        overlap = sum(weight[f] for f in shared) / sum(weight[f] for f in features[first] | features[second])
        score = (overlap + fuzz.token_set_ratio(texts[first], texts[second]) / 100) / 2
        if score >= THRESHOLD:
            pair = Pair(first, second, round(score, 3), f"both speak of {', '.join(sorted(shared))}")
            best[first].append(pair)
            best[second].append(pair)
    kept = {pair for pairs in best.values() for pair in _nearest(pairs)}
    return sorted(kept, key=lambda pair: (pair.first, pair.second))


def _nearest(pairs: list[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.score, pair.first, pair.second))[:MOST]


def features_of(clause: LinkedClause) -> frozenset[str]:
    """What a clause speaks of: terms, methods, parameters."""
    limits = (quantity.parameter for quantity in clause.entry.record.quantities)
    return frozenset((*clause.terms, *clause.methods, *clause.named("parameter"), *limits))


def _candidates(features: dict[str, frozenset[str]], counts: Counter[str]) -> Iterator[tuple[str, str]]:
    members: dict[str, list[str]] = defaultdict(list)
    for clause, own in features.items():
        for feature in own:
            if counts[feature] <= COMMON:
                members[feature].append(clause)
    seen = {pair for group in members.values() for pair in combinations(sorted(group), 2)}
    yield from seen
