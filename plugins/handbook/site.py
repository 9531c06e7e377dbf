"""Building the site as a whole: beside the old one, and in its place only when it is complete."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from handbook.problems import Code, HandbookError, Place, Problem

STAGING = ".build"


@dataclass(frozen=True)
class BuiltSite:
    """What was built: the page to open, how many pages and clauses, how long it took."""

    index: Path
    pages: int
    clauses: int
    seconds: float


def build_site(root: Path, site_dir: Path) -> BuiltSite:
    """Builds `root` with MkDocs in strict mode into `site_dir`.

    MkDocs writes into a staging folder; the old site is replaced by renaming once that has succeeded, so a failed
    build leaves it as it was. Raises `HandbookError` when MkDocs fails (its own output has said why).
    """
    start = time.monotonic()
    target = (root / site_dir).resolve()
    staging = (root / STAGING).resolve()
    fresh, old = staging / "site.new", staging / "site.old"
    shutil.rmtree(fresh, ignore_errors=True)
    staging.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(fresh)]
    print(f"Building the site of {root.resolve()} …", flush=True)
    if subprocess.run(command, cwd=root, env=_environment(), check=False).returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        message = "the site was not built; the last good site is untouched"
        raise HandbookError([Problem(Place("mkdocs.yml"), Code.FILE, message)])
    _swap(fresh, target, old)
    clauses = json.loads((target / "data" / "handbook.json").read_text(encoding="utf-8"))["clauses"]
    pages = sum(1 for _ in target.rglob("*.html"))
    return BuiltSite(target / "index.html", pages, len(clauses), time.monotonic() - start)


def _swap(fresh: Path, target: Path, old: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def serve_site(root: Path, address: str) -> int:
    """Runs MkDocs' own server on `root`; its exit status."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    try:
        return subprocess.run(command, cwd=root, env=_environment(), check=False).returncode
    except KeyboardInterrupt:
        return 0


def _environment() -> dict[str, str]:
    """The environment without the theme's advertisement for its successor, which would hide what matters."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
