"""Ready-made checklists held to what the last release promised: none is empty, none shrinks without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from handbook.lists import Checklist, ready_lists
from handbook.pipeline import Handbook
from handbook.problems import Code, HandbookError, Place, Problem
from handbook.releases import version_key

CHANGELOG = "CHANGELOG.md"
LEAST = 0.8


def hold_lists(handbook: Handbook, root: Path) -> None:
    """Raises `HandbookError` when a common audit is empty, or a checklist lost more than a fifth of its clauses since
    the last release and the changelog does not name it (its id, as in `topic/serum`) above that release.
    """
    path = root / CHANGELOG
    changelog = path.read_text(encoding="utf-8") if path.exists() else ""
    if problems := list(list_problems(handbook, ready_lists(handbook), changelog)):
        raise HandbookError(problems)


def list_problems(handbook: Handbook, lists: tuple[Checklist, ...], changelog: str) -> Iterator[Problem]:
    """What `hold_lists` raises, as data."""
    sizes = {one.id: len(one.clauses) for one in lists}
    for entry in handbook.corpus.audits:
        if not sizes.get(f"audit/{entry.record.id}"):
            message = f"the checklist 'audit/{entry.record.id}' holds no clause: choose less narrowly"
            yield Problem(entry.at("profile"), Code.EVIDENCE, message)
    released = sorted(handbook.corpus.releases, key=lambda entry: version_key(entry.record.version))
    if not released:
        return
    last = released[-1].record
    told = since(changelog, last.version)
    for name, before in sorted(last.lists.items()):
        now = sizes.get(name, 0)
        if now < LEAST * before and not re.search(rf"(?<![\w/-]){re.escape(name)}(?![\w-])", told):
            message = (
                f"the checklist '{name}' had {before} clauses in release {last.version} and has {now}: "
                f"say why in {CHANGELOG}, naming '{name}'"
            )
            yield Problem(Place(CHANGELOG), Code.EVIDENCE, message)


def since(changelog: str, version: str) -> str:
    """The part of the changelog that is newer than `version`."""
    heading = re.search(rf"^## \[?{re.escape(version)}\b", changelog, flags=re.MULTILINE)
    return changelog[: heading.start()] if heading else changelog
