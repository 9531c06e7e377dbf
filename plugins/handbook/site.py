"""Building the site as a whole: beside the old one, and in its place only when it is complete."""

from __future__ import annotations

import json
import os
import shutil
import socket
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
    build leaves it as it was. Raises `HandbookError` when MkDocs fails (its own output has said why), and before
    anything is built when `site_dir` holds something that is no site of ours and would be lost.
    """
    start = time.monotonic()
    target = (root / site_dir).resolve()
    if target.exists() and not _may_go(target):
        message = f"{target} is not a handbook site and is not replaced: name an empty folder or a new one"
        raise HandbookError([Problem(Place("mkdocs.yml"), Code.FILE, message)])
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


def _may_go(folder: Path) -> bool:
    return folder.is_dir() and ((folder / "data" / "handbook.json").is_file() or not any(folder.iterdir()))


def _swap(fresh: Path, target: Path, old: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def serve_site(root: Path, address: str) -> int:
    """Runs MkDocs' own server on `root`; its exit status. Raises OSError when `address` cannot be used."""
    _try(address)
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    try:
        return subprocess.run(command, cwd=root, env=_environment(), check=False).returncode
    except KeyboardInterrupt:
        return 0


def _try(address: str) -> None:
    """Takes the address and lets it go: MkDocs finds out only after a whole build, and with a traceback."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        raise OSError(f"cannot serve at '{address}': an address looks like 127.0.0.1:8000")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host.strip("[]"), int(port)), family=family).close()
    except (OSError, OverflowError) as error:
        raise OSError(f"cannot serve at {address}: {error}; choose another with --address") from error


def _environment() -> dict[str, str]:
    """The environment without the theme's advertisement for its successor, which would hide what matters."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
