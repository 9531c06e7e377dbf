"""Binding force: what a statement of a document is worth, derived from the document's kind and status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


UNDER = ("part_of", "interprets")
WITHOUT_FORCE = (Force.DRAFT, Force.SUPERSEDED)


def forces_of(documents: Iterable[Document]) -> dict[str, Force]:
    """The binding force of each document, by id.

    What belongs to a draft or interprets one has no more force than the draft, and likewise for what was superseded:
    the form annexed to a draft is no form in use.
    """
    known = {document.id: document for document in documents}
    return {name: _inherited(document, known, frozenset()) for name, document in known.items()}


def _inherited(document: Document, known: Mapping[str, Document], above: frozenset[str]) -> Force:
    own = force_of(document)
    for link in document.lineage:
        if link.relation in UNDER and link.to in known and link.to not in above:
            force = _inherited(known[link.to], known, above | {document.id})
            if force in WITHOUT_FORCE:
                return force
    return own


def force_of(document: Document) -> Force:
    """The binding force of `document` taken alone.

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
