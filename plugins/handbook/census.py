"""Whether the vocabularies fit the clauses: how often each value is used, which stand lonely and which are crowded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from handbook.model import Applicability, Text
from handbook.pipeline import Handbook
from handbook.scope import applies_to

LONELY = 3
CROWDED_SHARE = 0.08
# Where a value says what a clause is about, too many clauses under one value help nobody; a product or a role, which
# clauses mostly take over from their document, may well be on most of them.
CROWDED_GROUPS = ("topics", "evidence")

State = Literal["lonely", "crowded", ""]


@dataclass(frozen=True)
class Tally:
    """One value of one vocabulary: by how many clauses, methods or documents it is used."""

    group: str
    id: str
    label: Text
    uses: int
    state: State


def census(handbook: Handbook) -> tuple[Tally, ...]:
    """All values of all vocabularies in their order.

    Lonely is a value used fewer than `LONELY` times (and below which no other value stands); crowded a topic or kind
    of evidence on more than `CROWDED_SHARE` of all clauses.
    """
    uses = Counter(_uses(handbook))
    corpus = handbook.corpus
    labels = [
        (group, entry.record.id, entry.record.label) for group, entries in corpus.facets.items() for entry in entries
    ]
    labels += [("evidence", entry.record.id, entry.record.label) for entry in corpus.evidence]
    above = {
        (group, entry.record.broader)
        for group, entries in corpus.facets.items()
        for entry in entries
        if entry.record.broader
    }
    return tuple(
        Tally(group, name, label, uses[group, name], _state(group, name, uses, above, len(handbook.clauses)))
        for group, name, label in labels
    )


def _state(group: str, name: str, uses: Counter[tuple[str, str]], above: set[tuple[str, str]], clauses: int) -> State:
    if uses[group, name] < LONELY and (group, name) not in above:
        return "lonely"
    if group in CROWDED_GROUPS and uses[group, name] > CROWDED_SHARE * clauses:
        return "crowded"
    return ""


def _uses(handbook: Handbook) -> Iterator[tuple[str, str]]:
    """A pair of vocabulary and value for each clause, method or document that uses it."""
    for clause in handbook.clauses:
        record = clause.entry.record
        yield from _each("topics", record.topics)
        yield from _each("evidence", record.evidence)
        points = (*(test.at for test in record.tests), *(quantity.at for quantity in record.quantities))
        yield from _each("sampling_points", (point for point in points if point))
        scope = applies_to(record, handbook.documents[clause.entry.document].record)
        for facet in Applicability.model_fields:
            yield from _each(facet, getattr(scope, facet))
    for method in handbook.corpus.methods:
        yield "attributes", method.record.attribute
    for document in handbook.corpus.documents:
        yield from _each("bodies", document.record.bodies)


def _each(group: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys(names):
        yield group, name


def census_text(tallies: Iterable[Tally]) -> str:
    """The report for an author: every vocabulary with its size, then its lonely and crowded values."""
    groups: dict[str, list[Tally]] = {}
    for tally in tallies:
        groups.setdefault(tally.group, []).append(tally)
    lines: list[str] = []
    for group, members in groups.items():
        lines.append(f"{group}: {len(members)} values")
        for state in ("lonely", "crowded"):
            found = sorted((one for one in members if one.state == state), key=lambda one: (one.uses, one.id))
            if found:
                lines.append(f"  {state}: {', '.join(f'{one.id} {one.uses}' for one in found)}")
    return "\n".join(lines)
