"""Alignments: what they say of two versions holds, and no clause of either is forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.corpus import ClauseEntry, Corpus, DocumentEntry, Entry
from handbook.lineage import ARITY, stamp_of
from handbook.model import Alignment, AlignmentFile
from handbook.problems import Code, Place, Problem, Severity, did_you_mean

Clauses = Mapping[str, ClauseEntry]


def _aligned(corpus: Corpus) -> Iterator[tuple[DocumentEntry, Entry[AlignmentFile], Clauses, Clauses]]:
    """Every document with an alignment, the alignment, and the clauses of the earlier and the later version."""
    documents = {document.record.id: document for document in corpus.documents}
    for document in corpus.documents:
        if document.lineage and document.lineage.record.earlier in documents:
            earlier = documents[document.lineage.record.earlier]
            yield document, document.lineage, _by_id(earlier), _by_id(document)


def _by_id(document: DocumentEntry) -> Clauses:
    return {entry.record.id: entry for entry in document.clauses}


def alignments_hold(corpus: Corpus) -> Iterator[Problem]:
    """Ids exist, the verb takes as many clauses as it is given, and what it says is still so."""
    names = {document.record.id for document in corpus.documents}
    for document in corpus.documents:
        if document.lineage and (earlier := document.lineage.record.earlier) not in names:
            message = f"unknown document '{earlier}'{did_you_mean(earlier, names)}"
            yield Problem(document.lineage.at("earlier"), Code.UNKNOWN_ID, message)
        if document.lineage and document.lineage.record.earlier == document.record.id:
            yield Problem(document.lineage.at("earlier"), Code.LINEAGE, "a document is no earlier version of itself")
    for _, lineage, old, new in _aligned(corpus):
        for number, one in enumerate(lineage.record.alignments):
            place = lineage.at("alignments", number)
            unknown = list(_unknown(lineage, number, one, old, new))
            yield from unknown
            yield from _count(place, one)
            if not unknown:
                yield from _truth(place, one, old, new)


def _unknown(
    lineage: Entry[AlignmentFile], number: int, one: Alignment, old: Clauses, new: Clauses
) -> Iterator[Problem]:
    for side, ids, known in (("old", one.old, old), ("new", one.new, new)):
        for position, name in enumerate(ids):
            if name not in known:
                place = lineage.at("alignments", number, side, position)
                yield Problem(place, Code.UNKNOWN_ID, f"unknown clause '{name}'{did_you_mean(name, known)}")


def _count(place: Place, one: Alignment) -> Iterator[Problem]:
    for side, ids, (least, most) in zip(("old", "new"), (one.old, one.new), ARITY[one.verb], strict=True):
        if len(ids) < least or (most is not None and len(ids) > most):
            wanted = str(least) if least == most else f"at least {least}"
            message = f"'{one.verb}' takes {wanted} clause(s) in '{side}', not {len(ids)}"
            yield Problem(place, Code.LINEAGE, message)


def _truth(place: Place, one: Alignment, old: Clauses, new: Clauses) -> Iterator[Problem]:
    before = [old[name].record for name in one.old]
    after = [new[name].record for name in one.new]
    if one.verb == "unchanged" and [(c.zh, c.modality) for c in before] != [(c.zh, c.modality) for c in after]:
        yield Problem(place, Code.LINEAGE, "'unchanged', but the Chinese texts or the modalities differ")
    if one.stamp != stamp_of(before, after):
        message = "a clause has changed since this was confirmed: read it again and run `handbook align`"
        yield Problem(place, Code.STALE, message, Severity.WARNING)


def alignments_are_complete(corpus: Corpus) -> Iterator[Problem]:
    """Every clause of both versions is in an alignment, and in one only unless it covers others."""
    for _, lineage, old, new in _aligned(corpus):
        for side, clauses in (("old", old), ("new", new)):
            named = [
                name
                for one in lineage.record.alignments
                for name in getattr(one, side)
                if not (one.verb == "covered-by" and side == "new")
            ]
            for name in sorted(set(clauses) - set(named)):
                yield Problem(lineage.at("alignments"), Code.LINEAGE, f"no alignment names '{name}' ({side})")
            for name in sorted({name for name in named if named.count(name) > 1}):
                yield Problem(lineage.at("alignments"), Code.LINEAGE, f"'{name}' ({side}) is in two alignments")
