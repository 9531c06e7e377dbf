"""An earlier and a later version of a document, clause by clause: what became of what.

`propose` makes the first guess from ids, likeness of the Chinese texts and order; a reader confirms it. The verbs are
those of OWASP ASVS' mapping between releases.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from rapidfuzz import fuzz

from handbook.fingerprint import clause_fingerprint
from handbook.model import Clause, LineageVerb

ALIKE = 60.0
ALIKE_UNDER_ONE_ID = 45.0
CONTAINED = 82.0
SAME_SENSE = 80.0

# How many clauses a verb takes on either side: (at least, at most), None for any number.
ARITY: dict[LineageVerb, tuple[tuple[int, int | None], tuple[int, int | None]]] = {
    "unchanged": ((1, 1), (1, 1)),
    "wording": ((1, 1), (1, 1)),
    "modified": ((1, 1), (1, 1)),
    "moved-to": ((1, 1), (1, 1)),
    "split-to": ((1, 1), (2, None)),
    "merged-to": ((2, None), (1, 1)),
    "covered-by": ((1, None), (1, None)),
    "deleted": ((1, None), (0, 0)),
    "added": ((0, 0), (1, None)),
}


@dataclass(frozen=True)
class Proposal:
    """A guess: `score` is the likeness of the texts, 0 to 100."""

    verb: LineageVerb
    old: tuple[str, ...]
    new: tuple[str, ...]
    score: float


def stamp_of(old: Iterable[Clause], new: Iterable[Clause]) -> str:
    """First 12 hex digits over the fingerprints and tests of both sides: what an alignment was confirmed for."""
    sides = "|".join(",".join(f"{clause_fingerprint(one)} {_tests(one)}" for one in side) for side in (old, new))
    return hashlib.sha256(sides.encode()).hexdigest()[:12]


def _tests(clause: Clause) -> str:
    return " ".join(sorted(f"{test.method}:{test.at}:{test.need}" for test in clause.tests))


def asks_the_same(old: Clause, new: Clause) -> bool:
    """Whether modality, figures and tests agree, whatever the words are."""
    return (old.modality, old.quantities, set(old.tests)) == (new.modality, new.quantities, set(new.tests))


def propose(old: Sequence[Clause], new: Sequence[Clause]) -> list[Proposal]:
    """What probably became of each clause of `old`, and where each of `new` comes from, in the order of `new`.

    Every clause of either side is in one proposal.
    """
    matched = _matched(old, new)
    moved = _out_of_order([matched[clause.id] for clause in new if clause.id in matched], old)
    by_id = {clause.id: clause for clause in old}
    found = {clause.id: _one_to_one(by_id[matched[clause.id]], clause, moved) for clause in new if clause.id in matched}
    left_new = [clause for clause in new if clause.id not in found]
    left_old = [clause for clause in old if clause.id not in matched.values()]
    split = _joined(found, left_new, by_id, "split-to")
    merged = _joined(found, left_old, {clause.id: clause for clause in new}, "merged-to")
    added = [Proposal("added", (), (clause.id,), 0) for clause in left_new if clause.id not in split]
    deleted = [Proposal("deleted", (clause.id,), (), 0) for clause in left_old if clause.id not in merged]
    place = {clause.id: number for number, clause in enumerate(new)}
    ordered = sorted((*found.values(), *added), key=lambda proposal: place[proposal.new[0]])
    return [*ordered, *deleted]


def _matched(old: Sequence[Clause], new: Sequence[Clause]) -> dict[str, str]:
    """New id to old id: the most alike first, each clause once."""
    scored = sorted(
        ((_score(a, b), a.id, b.id) for a, b in product(old, new)), key=lambda item: (-item[0], item[1], item[2])
    )
    taken: set[str] = set()
    pairs: dict[str, str] = {}
    for score, one, other in scored:
        if score >= (ALIKE_UNDER_ONE_ID + 20 if one == other else ALIKE) and one not in taken and other not in pairs:
            taken.add(one)
            pairs[other] = one
    return pairs


def _score(old: Clause, new: Clause) -> float:
    """Likeness of the texts; one id for both was given with intent: it counts 20, and one text may hold the other."""
    alike = fuzz.ratio(old.zh, new.zh)
    if old.id != new.id:
        return alike
    return max(alike, 0.75 * fuzz.partial_ratio(old.zh, new.zh)) + 20


def _out_of_order(olds: Sequence[str], order: Sequence[Clause]) -> set[str]:
    """The old ids that do not lie on the longest run that both versions have in the same order."""
    place = {clause.id: number for number, clause in enumerate(order)}
    tails: list[int] = []
    runs: list[list[str]] = []
    for name in olds:
        at = bisect_left(tails, place[name])
        run = [*(runs[at - 1] if at else []), name]
        if at == len(tails):
            tails.append(place[name])
            runs.append(run)
        else:
            tails[at], runs[at] = place[name], run
    return set(olds) - set(runs[-1] if runs else ())


def _one_to_one(old: Clause, new: Clause, moved: set[str]) -> Proposal:
    score = fuzz.ratio(old.zh, new.zh)
    verb: LineageVerb = "modified"
    if asks_the_same(old, new) and score >= SAME_SENSE:
        verb = "moved-to" if old.id in moved else "unchanged" if old.zh == new.zh else "wording"
    return Proposal(verb, (old.id,), (new.id,), score)


def _joined(
    found: dict[str, Proposal], left: Iterable[Clause], others: Mapping[str, Clause], verb: LineageVerb
) -> set[str]:
    """Adds clauses that have no partner to the pair whose text they repeat a part of; the ids that found a place."""
    placed: set[str] = set()
    side = 0 if verb == "split-to" else 1
    for clause in left:
        scored = sorted(
            ((fuzz.partial_ratio(clause.zh, others[pair[side]].zh), key) for key, pair in _pairs(found, verb)),
            reverse=True,
        )
        if not scored or scored[0][0] < CONTAINED:
            continue
        score, key = scored[0]
        one = found[key]
        new = (*one.new, clause.id) if verb == "split-to" else one.new
        old = (*one.old, clause.id) if verb == "merged-to" else one.old
        found[key] = replace(one, verb=verb, old=old, new=new, score=score)
        placed.add(clause.id)
    return placed


def _pairs(found: Mapping[str, Proposal], verb: LineageVerb) -> Iterator[tuple[str, tuple[str, str]]]:
    for key, proposal in found.items():
        if proposal.verb == verb or (len(proposal.old) == 1 and len(proposal.new) == 1):
            yield key, (proposal.old[0], proposal.new[0])
