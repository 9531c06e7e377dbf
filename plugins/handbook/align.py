"""Aligning: writes the proposals of `handbook.lineage` beside the later document, and keeps what was confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from handbook.corpus import Corpus, DocumentEntry
from handbook.lineage import propose, stamp_of
from handbook.model import Alignment, Text
from handbook.problems import Code, HandbookError, Place, Problem, did_you_mean

HEAD = (
    "# yaml-language-server: $schema=../../plugins/handbook/schemas/lineage.schema.json\n"
    "# Proposed by `handbook align`, confirmed by reading; verbs and notes are the reader's, stamps the command's.\n"
)
UNCONFIRMED = Text(zh="机器提议，尚未核读", en="Proposed by machine, not yet confirmed by reading")


def align_documents(corpus: Corpus, root: Path, earlier: str, later: str) -> Path:
    """Writes `root`/content/<later>/lineage.yml and returns its path.

    An alignment that stands there already keeps its verb and note as long as its clauses exist and get a new stamp;
    only clauses that none names are proposed anew. Raises `HandbookError` when a document is unknown, or both are one.
    """
    old, new = _document(corpus, earlier), _document(corpus, later)
    if earlier == later:
        raise HandbookError([Problem(Place("content"), Code.LINEAGE, "a document is no earlier version of itself")])
    kept = list(_kept(old, new))
    named_old = {name for one in kept for name in one.old}
    named_new = {name for one in kept if one.verb != "covered-by" for name in one.new}
    before = [entry.record for entry in old.clauses if entry.record.id not in named_old]
    after = [entry.record for entry in new.clauses if entry.record.id not in named_new]
    fresh = [Alignment(verb=p.verb, old=p.old, new=p.new, stamp="-") for p in propose(before, after)]
    confirmed = new.lineage.record.confirmed if new.lineage and not fresh else UNCONFIRMED
    body = {
        "earlier": earlier,
        "confirmed": confirmed.model_dump(),
        "alignments": [_dumped(one, old, new) for one in _ordered([*kept, *fresh], old, new)],
    }
    path = (root / new.marks.file).parent / "lineage.yml"
    path.write_text(HEAD + yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=120), encoding="utf-8")
    return path


def _document(corpus: Corpus, name: str) -> DocumentEntry:
    documents = {document.record.id: document for document in corpus.documents}
    if name not in documents:
        message = f"unknown document '{name}'{did_you_mean(name, documents)}"
        raise HandbookError([Problem(Place("content"), Code.UNKNOWN_ID, message)])
    return documents[name]


def _kept(old: DocumentEntry, new: DocumentEntry) -> Iterator[Alignment]:
    if new.lineage is None or new.lineage.record.earlier != old.record.id:
        return
    known_old = {entry.record.id for entry in old.clauses}
    known_new = {entry.record.id for entry in new.clauses}
    for one in new.lineage.record.alignments:
        if known_old.issuperset(one.old) and known_new.issuperset(one.new):
            yield one


def _ordered(alignments: list[Alignment], old: DocumentEntry, new: DocumentEntry) -> list[Alignment]:
    """In the order of the later document; what has no place there comes last, in the order of the earlier one."""
    olds = {entry.record.id: number for number, entry in enumerate(old.clauses)}
    news = {entry.record.id: number for number, entry in enumerate(new.clauses)}
    end = len(news)

    def place(one: Alignment) -> tuple[int, int]:
        return min((news[name] for name in one.new), default=end), min((olds[name] for name in one.old), default=0)

    return sorted(alignments, key=place)


def _dumped(one: Alignment, old: DocumentEntry, new: DocumentEntry) -> dict[str, Any]:
    olds = {entry.record.id: entry.record for entry in old.clauses}
    news = {entry.record.id: entry.record for entry in new.clauses}
    stamp = stamp_of((olds[name] for name in one.old), (news[name] for name in one.new))
    return one.model_copy(update={"stamp": stamp}).model_dump(mode="json", exclude_defaults=True)
