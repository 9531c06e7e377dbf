"""Verdicts: the clauses exist, stand in two documents, are judged once, and have not changed since."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.corpus import Corpus
from handbook.problems import Code, Problem, Severity, did_you_mean
from handbook.verdicts import pair_stamp


def verdicts_hold(corpus: Corpus) -> Iterator[Problem]:
    """Every verdict names two known clauses once; one on clauses that changed is stale."""
    if corpus.verdicts is None:
        return
    clauses = {entry.id: entry for entry in corpus.clauses}
    seen: set[frozenset[str]] = set()
    for number, one in enumerate(corpus.verdicts.record.verdicts):
        place = corpus.verdicts.at("verdicts", number)
        said = " and ".join(f"'{name}'" for name in one.clauses)
        unknown = [name for name in one.clauses if name not in clauses]
        for name in unknown:
            message = f"unknown clause '{name}'{did_you_mean(name, clauses)}"
            at = corpus.verdicts.at("verdicts", number, "clauses", one.clauses.index(name))
            yield Problem(at, Code.UNKNOWN_ID, message)
        if len({name.split("/")[0] for name in one.clauses}) == 1:
            yield Problem(place, Code.LINEAGE, f"{said} stand in one document: nothing to tell apart")
        if frozenset(one.clauses) in seen:
            yield Problem(place, Code.DUPLICATE_ID, f"{said} are judged twice")
        seen.add(frozenset(one.clauses))
        if not unknown and one.stamp != pair_stamp(one, clauses):
            message = f"{said}: one has changed since the pair was read; read it again, `handbook conflicts --stamp`"
            yield Problem(place, Code.STALE, message, Severity.WARNING)
