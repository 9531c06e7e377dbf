"""Validation: what each record says against what all the others say.

One generator function a rule; a rule looks at the whole corpus and yields problems, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handbook.corpus import Corpus
from handbook.problems import Problem
from handbook.validate import alignments, differences, families, labels, names, places, quantities, releases, wording

Rule = Callable[[Corpus], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    names.duplicate_ids,
    names.codes_collide,
    names.withdrawn_ids,
    names.unknown_in_documents,
    names.unknown_in_clauses,
    names.unknown_in_glossary,
    names.unknown_in_references,
    names.unknown_in_audits,
    places.spans_of_documents,
    places.spans_of_headings,
    places.spans_of_clauses,
    places.order_of_clauses,
    quantities.units,
    quantities.relations,
    wording.languages,
    wording.figures,
    wording.cues,
    wording.verbs,
    wording.evidence,
    alignments.alignments_hold,
    alignments.alignments_are_complete,
    differences.verdicts_hold,
    families.lineage_cycles,
    families.hierarchy_cycles,
    labels.claimed_twice,
    releases.releases_in_order,
)


def validate(corpus: Corpus) -> list[Problem]:
    """Every problem that any rule finds in `corpus`."""
    return [problem for rule in RULES for problem in rule(corpus)]
