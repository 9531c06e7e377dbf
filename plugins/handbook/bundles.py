"""The scripts that were bundled from site_templates/app, for the pages and for the command line."""

from __future__ import annotations

from pathlib import Path

from handbook.problems import Code, HandbookError, Place, Problem

FOLDER = Path(__file__).parent / "scripts"


def bundle(name: str) -> str:
    """The bundled script `name` (engine, assessment, builder …).

    Raises `HandbookError` when it has not been made: that is the set-up's work, not the author's.
    """
    try:
        return (FOLDER / f"{name}.js").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        message = f"the script '{name}' has not been bundled; run `sh bootstrap.sh` once"
        raise HandbookError([Problem(Place("package.json"), Code.FILE, message)]) from error
