"""Applicability: to what a clause applies, with what it takes over from its document."""

from __future__ import annotations

from handbook.model import Applicability, Clause, Document


def applies_to(clause: Clause, document: Document) -> Applicability:
    """The clause's own applicability; fields that it does not give are the document's."""
    if clause.applies is None:
        return document.scope
    given = {name: getattr(clause.applies, name) for name in clause.applies.model_fields_set}
    return document.scope.model_copy(update=given)
