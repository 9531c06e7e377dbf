"""Binding force: what a statement of a document is worth, derived from the document's kind and status."""

from __future__ import annotations

from enum import StrEnum

from handbook.model import Document


class Force(StrEnum):
    """From what binds to what only informs."""

    BINDING = "binding"
    GUIDANCE = "guidance"
    SELF_DISCIPLINE = "self-discipline"
    DRAFT = "draft"
    LITERATURE = "literature"
    SUPERSEDED = "superseded"


def force_of(document: Document) -> Force:
    """The binding force of `document`.

    Drafts and superseded works never look like rules, whatever their kind. Regulations (办法, 规范, 通知) and official
    forms bind; 指导原则, quality indicators and official interpretations guide; standards of an association bind its
    members only; papers inform.
    """
    if document.status == "consultation-draft":
        return Force.DRAFT
    if any(link.relation == "superseded_by" for link in document.lineage):
        return Force.SUPERSEDED
    if document.status == "journal-article" or document.kind in ("review", "journal-article"):
        return Force.LITERATURE
    if document.kind == "self-discipline-standard":
        return Force.SELF_DISCIPLINE
    if document.kind in ("guideline", "quality-indicators") or document.status == "interpretation":
        return Force.GUIDANCE
    return Force.BINDING
