"""The page of assessments: nearly all of it is made by its script, which is given its words here."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.views.labels import FORCES, MODALITIES
from handbook.views.view import Step, View

# What the script says, as `assess.<name>` in phrases.yml.
SAID = (
    *("opening", "reload", "close", "cancel", "back", "absent", "title", "untitled", "from", "tools", "language"),
    *("language.zh", "language.en", "language.both", "by", "by.topic", "by.document", "filter", "filters"),
    *("filter.all", "filter.unanswered", "filter.findings", "filter.changed", "filter.archived", "none"),
    *("progress", "progress.label", "next", "next.none", "undo", "redo", "undo.none", "undone", "redone", "keys"),
    *("keys.down", "keys.up", "keys.details", "keys.out", "keys.typing", "result", "result.conforms"),
    *("result.partly", "result.does-not-conform", "result.not-applicable", "result.not-checked"),
    *("severity.critical", "severity.major", "severity.minor", "severity.none", "field.severity", "field.evidence"),
    *("field.remark", "field.capa", "field.reason", "reason.again", "more", "asked", "look", "ask", "lines"),
    *("code", "document", "head", "head.site", "head.product", "head.scope", "head.auditor", "head.auditee"),
    *("head.begins", "head.ends", "samples", "samples.lead", "samples.count", "samples.all", "samples.name"),
    *("samples.new", "samples.add", "samples.remove", "samples.sure", "samples.answered", "samples.reason"),
    *("sample.removed", "saved", "saving", "unsaved", "unsaved.do", "unsaved.again", "why.full", "why.refused"),
    *("why.newer-data", "why.newer-page", "why.closed", "durable.yes", "durable.no", "rescued", "tabs.taken"),
    *("tabs.both", "tabs.revived", "other.title", "other.take", "other.leave", "review.title", "review.reworded"),
    *("review.moved", "review.split", "review.merged", "review.succeeded", "review.edition", "review.confirm"),
    *("findings", "findings.count", "findings.show", "findings.chart", "archive.empty", "archive.lead"),
    *("archive.edition", "export.json", "export.xlsx", "export.csv", "export.failed", "print", "print.landscape"),
    *("import", "import.title", "import.reading", "import.unreadable", "import.huge", "import.nothing"),
    *("import.homeless", "import.book", "import.open", "import.apply", "import.add", "import.replace"),
    *("import.copy", "import.kind.new", "import.kind.same", "import.kind.newer", "import.kind.older"),
    *("import.kind.differs", "import.plan", "import.set", "import.cleared", "import.clear", "import.unplaced"),
    *("import.row", "import.both", "import.more", "import.done", "paper.stamp", "paper.page", "paper.said"),
    *("paper.signatures", "paper.signature", "paper.date", "shelf", "shelf.empty", "shelf.archived", "changed"),
    *("edition", "bin", "bin.lead", "bin.when", "bin.restore", "rename", "duplicate", "duplicate.of"),
    *("duplicate.answers", "archive", "unarchive", "delete", "delete.title", "delete.ask", "deleted", "new"),
    *("new.list", "new.make", "new.collected", "new.builder", "new.file", "list.audit", "list.topic", "list.point"),
    *("list.document", "create", "create.count", "create.make", "create.lost", "create.collected", "create.built"),
    *("create.unknown", "create.empty", "create.failed", "update.title", "update.offer", "update.look"),
    *("update.apply", "update.later", "update.done", "update.older", "update.older.lead", "update.kept"),
    *("update.reworded", "update.moved", "update.split", "update.merged", "update.succeeded", "update.archived"),
    *("update.added", "update.removed", "succession.offer", "whole"),
)
ANSWERED = ("severity", "evidence", "remark", "capa", "reason")
HEAD = ("site", "product", "scope", "auditor", "auditee", "begins", "ends")


def assessment_views() -> Iterator[View]:
    """The page of assessments; its data are the words of its script, as name to phrase."""
    words = {name: f"assess.{name}" for name in SAID}
    words |= {f"force.{force.value}": f"force.{force.value}" for force in FORCES}
    words |= {f"modality.{modality.value}": f"check.modality.{modality.value}" for modality in MODALITIES}
    words |= {f"import.field.{name}": f"assess.field.{name}" for name in ANSWERED}
    words |= {f"import.field.{name}": f"assess.head.{name}" for name in HEAD}
    words["import.field.result"] = "assess.result"
    steps = (Step("", phrase="nav.home"),)
    hide = ("navigation", "toc")
    yield View("assessments", "assessments.html", None, words, phrase="nav.assessments", steps=steps, hide=hide)
