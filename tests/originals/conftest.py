"""The originals, where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from handbook.originals.layout import Layout, lay_out
from handbook.originals.segment import Segmentation, segment_layout
from handbook.originals.source import Inventory, open_inventory

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def originals_folder() -> Path:
    """The folder of the originals: HANDBOOK_ORIGINALS, or shared/originals beside the repository."""
    folder = Path(os.environ.get("HANDBOOK_ORIGINALS") or REPOSITORY.parent / "shared" / "originals")
    if not (folder / "inventory.yml").is_file():
        pytest.skip(f"no originals at {folder}; set HANDBOOK_ORIGINALS to the folder that holds inventory.yml")
    return folder


@pytest.fixture(scope="session")
def inventory(originals_folder: Path) -> Inventory:
    return open_inventory(originals_folder)


@pytest.fixture(scope="session")
def layouts(inventory: Inventory) -> dict[str, Layout]:
    return {entry.id: lay_out(inventory.original(entry), entry) for entry in inventory.entries}


@pytest.fixture(scope="session")
def segmentations(layouts: dict[str, Layout]) -> dict[str, Segmentation]:
    return {document: segment_layout(layout) for document, layout in layouts.items()}
