"""The page on which a checklist is put together: its script makes nearly all of it and is given its words here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.model import Applicability
from handbook.views.labels import FORCES, MODALITIES
from handbook.views.view import Step, View

GROUPS = (*Applicability.model_fields, "topics", "points", "forces", "modalities", "documents")
SAID = (
    *("opening", "failed", "taken", "left", "reset", "preset", "none", "more", "reasons", "all", "any", "fill"),
    *("print", "xlsx", "csv", "json", "title", "of", "start", "lines", "named.none", "chosen"),
)
REASONS = ("asks", *Applicability.model_fields, "subject", "document", "force", "modality")


@dataclass(frozen=True)
class Builder:
    """`words` gives, for each key that the script says, the phrase that holds it."""

    words: dict[str, str]


def builder_views() -> Iterator[View]:
    """The page `builder`."""
    words = {name: f"build.{name}" for name in SAID}
    words |= {f"group.{name}": f"build.group.{name}" for name in (*GROUPS, "asks")}
    words |= {f"why.{name}": f"build.why.{name}" for name in REASONS}
    words |= {f"force.{force.value}": f"force.{force.value}" for force in FORCES}
    words |= {f"modality.{modality.value}": f"check.modality.{modality.value}" for modality in MODALITIES}
    words |= {f"check.{name}": f"check.{name}" for name in ("code", "asked", "look", "result", "remark", "ask")}
    results = ("conforms", "partly", "does-not-conform", "not-applicable")
    words |= {f"result.{name}": f"check.result.{name}" for name in results}
    yield View(
        path="builder",
        template="builder.html",
        title=None,
        phrase="nav.builder",
        data=Builder(words),
        steps=(Step("", phrase="nav.home"), Step("checklists", phrase="nav.checklists")),
        bilingual=True,
        hide=("navigation", "toc"),
    )
