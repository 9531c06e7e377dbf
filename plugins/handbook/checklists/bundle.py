"""The files that checklists add to a site: the catalogue, the scripts of the pages, the schema of an assessment."""

from __future__ import annotations

from handbook.bundles import bundle
from handbook.checklists.catalogue import EditionFacts, catalogue
from handbook.packing import packed, script
from handbook.phrases import Phrases
from handbook.pipeline import Handbook
from handbook.schemas import schema_texts

SCRIPTS = ("assessment", "builder", "workbook")


def checklist_files(handbook: Handbook, phrases: Phrases, edition: EditionFacts) -> dict[str, str]:
    """Path in the site to text."""
    data = catalogue(handbook, phrases, edition)
    return {
        **{f"app/{name}.js": bundle(name) for name in SCRIPTS},
        "checklists/catalogue.js": f"const handbookCatalogue = {script(packed(data, data['edition']))}\n",
        "data/assessment.schema.json": schema_texts()["assessment.schema.json"],
    }
