"""The bundled scripts as the sources have them now, and the engine in V8."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from handbook.bundles import FOLDER
from handbook.checklists.engine import ChecklistEngine

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "plugins/handbook/checklists/engine"
BUILD = ROOT / "site_templates/app/build.mjs"
BUNDLES = ("engine", "workbook")


def stale() -> list[str]:
    """The bundles that are older than what they are made from."""
    sources = [*SOURCES.rglob("*.ts"), BUILD, ROOT / "plugins/handbook/schemas/assessment.schema.json"]
    newest = max(path.stat().st_mtime for path in sources)
    made = {name: FOLDER / f"{name}.js" for name in BUNDLES}
    return [name for name, path in made.items() if not path.exists() or path.stat().st_mtime < newest]


@pytest.fixture(scope="session", autouse=True)
def bundles() -> None:
    """Bundles anew what is older than its sources; one process at a time, since tests run in several."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / ".building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if names := stale():
            path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
            command = ["node", str(BUILD), *names]
            subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PATH": path})


@pytest.fixture(scope="session")
def engine(bundles: None) -> ChecklistEngine:
    return ChecklistEngine()
