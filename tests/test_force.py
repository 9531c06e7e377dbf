"""A draft or a paper never looks like a rule."""

from __future__ import annotations

from typing import Any

import pytest
from builders import document
from handbook.force import Force, force_of, forces_of
from handbook.model import Document

CASES: list[tuple[dict[str, Any], Force]] = [
    ({"kind": "regulation", "status": "trial"}, Force.BINDING),
    ({"kind": "regulation", "status": "notice"}, Force.BINDING),
    ({"kind": "regulation", "status": "consultation-draft"}, Force.DRAFT),
    ({"kind": "regulation", "status": "interpretation"}, Force.GUIDANCE),
    ({"kind": "guideline", "status": "in-force-at-issue"}, Force.GUIDANCE),
    ({"kind": "guideline", "status": "consultation-draft"}, Force.DRAFT),
    ({"kind": "quality-indicators", "status": "in-force-at-issue"}, Force.GUIDANCE),
    ({"kind": "self-discipline-standard", "status": "in-force-at-issue"}, Force.SELF_DISCIPLINE),
    ({"kind": "review", "status": "journal-article"}, Force.LITERATURE),
    ({"kind": "form", "status": "form"}, Force.BINDING),
]
NEWER = [{"relation": "superseded_by", "to": "beta", "basis": "printed"}]


@pytest.mark.parametrize(("record", "force"), CASES)
def test_force_follows_kind_and_status(record: dict[str, Any], force: Force) -> None:
    assert force_of(Document.model_validate(document(**record))) is force


def test_what_was_superseded_is_no_rule_any_more() -> None:
    record = document(kind="regulation", status="trial", lineage=NEWER)
    assert force_of(Document.model_validate(record)) is Force.SUPERSEDED


@pytest.mark.parametrize("relation", ["part_of", "interprets"])
def test_what_belongs_to_a_draft_has_no_more_force_than_it(relation: str) -> None:
    draft = Document.model_validate(document(kind="regulation", status="consultation-draft"))
    lineage = [{"relation": relation, "to": "alpha", "basis": "printed"}]
    form = Document.model_validate(document(id="beta", kind="form", status="form", lineage=lineage))
    assert forces_of([draft, form]) == {"alpha": Force.DRAFT, "beta": Force.DRAFT}
