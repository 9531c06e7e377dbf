"""The search page: a form, what its script says, and examples to begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.views.labels import FORCES, KINDS, MODALITIES
from handbook.views.view import Step, View

GROUPS = ("doc", "kind", "force", "modality", "product", "stage", "topic", "method", "point")
HOWS = (
    "typed",
    "synonym",
    "linked",
    "figure",
    "limit",
    "near",
    "about",
    "phrase",
    "defines",
    "share",
    "weight",
)
RECORDS = ("clause", "term", "method", "parameter", "reference", "document")
COLUMNS = ("id", "document", "heading", "modality", "force", "file", "lines", "zh", "en", "address")
SAID = (
    *("found", "found.one", "short", "hidden", "hidden.show", "corrected", "also", "unheld", "expand.on", "expand.off"),
    *("unknown", "chip.remove", "facet.more", "more", "why", "copied", "collected", "collect.refused"),
    *("card.names", "card.used"),
    "how.total",
)
EXAMPLES = (
    "活率 80%",
    "主细胞库 支原体",
    "viability",
    "VCN<5",
    "QTPP",
    "how long must records be kept",
    "0234",
    "PEG2",
)


@dataclass(frozen=True)
class SearchPage:
    """`words` gives, for each key that the script says, the phrase that holds it."""

    words: dict[str, str]
    examples: tuple[str, ...]


def search_views() -> Iterator[View]:
    """The search page and the page of what was collected with it."""
    common = _common()
    words = common | {name: f"search.{name}" for name in SAID}
    words |= {f"how.{name}": f"search.how.{name}" for name in HOWS}
    words |= {f"group.{name}": f"search.group.{name}" for name in GROUPS}
    words |= {f"record.{name}": f"search.record.{name}" for name in RECORDS}
    words |= {f"kind.{kind}": f"kind.{kind}" for kind in KINDS}
    words |= {name: f"collection.{name}" for name in ("collect", "collect.done", "collect.not")}
    words["colon"] = "colon"
    yield _view("search", "nav.search", SearchPage(words, EXAMPLES))
    kept = common | {"drop": "collection.drop", "missing": "collection.missing"}
    yield _view("collection", "nav.collection", kept)


def _common() -> dict[str, str]:
    """What clauses in a list and their table need."""
    words = {f"column.{name}": f"search.column.{name}" for name in COLUMNS}
    words |= {f"force.{force.value}": f"force.{force.value}" for force in FORCES}
    words |= {f"modality.{modality.value}": f"modality.{modality.value}" for modality in MODALITIES}
    return words | {"lines": "search.lines", "csv.name": "search.csv.name"}


def _view(path: str, phrase: str, data: object) -> View:
    steps = (Step("", phrase="nav.home"),)
    return View(
        path, f"{path}.html", None, data, phrase=phrase, steps=steps, bilingual=True, hide=("navigation", "toc")
    )
