"""Where everything is found: the page and anchor of each document, clause, term, method, parameter and reference."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.link import NodeKind
from handbook.model import Document, Text
from handbook.pipeline import Handbook
from handbook.views.labels import both
from handbook.views.sections import Sheet, document_path, heading_title, sheets_of


@dataclass(frozen=True)
class Ref:
    """Something that has a place in the site; `tip` is what a popup says about it."""

    kind: str
    id: str
    label: Text
    path: str
    anchor: str | None = None
    tip: Text | None = None

    @property
    def key(self) -> str:
        """One name for it among all kinds."""
        return f"{self.kind}:{self.id}"


class Places:
    """The places of all nodes of a handbook."""

    def __init__(self, handbook: Handbook) -> None:
        corpus = handbook.corpus
        self.sheets: dict[str, tuple[Sheet, ...]] = {
            name: sheets_of(document.record, handbook.by_document[name])
            for name, document in handbook.documents.items()
        }
        self._refs: dict[tuple[str, str], Ref] = {}
        self._headings: dict[tuple[str, str], Ref] = {}
        for document in corpus.documents:
            work = document.record
            self._add(Ref("document", work.id, work.title, document_path(work.id), tip=work.issuer))
        for kind, entries in (("term", corpus.terms), ("method", corpus.methods), ("parameter", corpus.parameters)):
            for entry in entries:
                concept = entry.record
                self._add(Ref(kind, concept.id, concept.label, f"{kind}s/{concept.id}", tip=concept.definition))
        for reference in corpus.references:
            record = reference.record
            self._add(Ref("reference", record.id, record.title, "references", f"r-{record.id}", tip=record.issuer))
        for document in corpus.documents:
            self._add_headings(document.record)
            for sheet in self.sheets[document.record.id]:
                for clause in sheet.clauses:
                    short = both(clause.entry.record.id)
                    self._add(Ref("clause", clause.id, short, sheet.path, clause.entry.record.id))
        for topic in corpus.facets.get("topics", ()):
            self._add(Ref("topic", topic.record.id, topic.record.label, f"topics/{topic.record.id}"))

    def _add(self, ref: Ref) -> None:
        self._refs[ref.kind, ref.id] = ref

    def of(self, kind: NodeKind | str, name: str) -> Ref:
        """The place of a node; the core has made sure that it exists."""
        return self._refs[kind, name]

    def find(self, kind: str, name: str) -> Ref | None:
        """The place of a node, or None."""
        return self._refs.get((kind, name))

    def work(self, name: str) -> Ref | None:
        """The place of a document, a reference or one of the clauses, whatever `name` is."""
        return self.find("document", name) or self.find("reference", name) or self.find("clause", name)

    def concept(self, name: str) -> Ref | None:
        """The place of a term, method or parameter, whatever `name` is."""
        return self.find("term", name) or self.find("method", name) or self.find("parameter", name)

    def heading(self, document: str, key: str) -> Ref:
        """The place of a heading; one that has no clauses of its own is found where the next one is."""
        return self._headings[document, key]

    def _add_headings(self, document: Document) -> None:
        found = {
            block.heading.key: (sheet.path, block.anchor)
            for sheet in reversed(self.sheets[document.id])
            for block in reversed(sheet.blocks)
        }
        path, anchor = document_path(document.id), "h_"
        for heading in reversed(document.headings):
            path, anchor = found.get(heading.key, (path, anchor))
            ref = Ref("heading", f"{document.id}#{heading.key}", heading_title(heading), path, anchor)
            self._headings[document.id, heading.key] = ref
