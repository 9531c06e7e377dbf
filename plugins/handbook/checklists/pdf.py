"""A checklist as PDF, by WeasyPrint, from the same rows and the same print style as its page."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass

from markupsafe import Markup

from handbook.checklists.catalogue import EditionFacts
from handbook.force import Force
from handbook.lists import Checklist
from handbook.model import Text
from handbook.pipeline import Handbook
from handbook.problems import Code, HandbookError, Place, Problem
from handbook.templates import Templates
from handbook.views.checklists import Part, Rows, ordered, parts_of
from handbook.views.lookup import Lookup
from handbook.views.view import View

STYLES = ("pages/paper.css", "static/checklist.css")


@dataclass(frozen=True)
class Paper:
    """What the template of the PDF shows; `shown` is zh, en or both."""

    list: Checklist
    items: int
    forces: tuple[tuple[Force, int], ...]
    parts: tuple[Part, ...]
    shown: str
    style: Markup
    stamp: Markup


def checklist_html(
    handbook: Handbook, checklist: Checklist, templates: Templates, shown: str, edition: EditionFacts
) -> str:
    """The whole document that becomes the PDF, its styles included."""
    lookup = Lookup(handbook)
    rows = Rows(lookup, templates.phrases)
    whole = tuple(rows.of(clause) for clause in ordered(checklist, lookup))
    counted = [row.force for row in whole]
    language = "en" if shown == "en" else "zh"
    facts = {"id": checklist.id, "version": edition.version, "edition": edition.fingerprint, "date": edition.date}
    stamp = json.dumps(templates.phrases.say(language, "check.stamp", **facts), ensure_ascii=False)
    style = "\n".join((templates.folder / name).read_text(encoding="utf-8") for name in STYLES)
    page = Paper(
        list=checklist,
        items=len(whole),
        forces=tuple((force, counted.count(force)) for force in Force if force in counted),
        parts=parts_of(checklist, whole),
        shown=shown,
        style=Markup(style),
        stamp=Markup(stamp.replace("<", "\\3c ")),
    )
    view = View("", "paper.html", Text(zh=checklist.title.zh, en=checklist.title.en), page)
    return templates.render(view, language, checklist.title.of(language), {})


def checklist_pdf(
    handbook: Handbook, checklist: Checklist, templates: Templates, shown: str, edition: EditionFacts
) -> bytes:
    """The PDF: A4 landscape, head repeated, page x of y, fonts embedded.

    Raises `HandbookError` when a library that WeasyPrint draws with, or a Chinese font, is not on the machine.
    """
    _need_chinese_font()
    try:
        from weasyprint import HTML  # noqa: PLC0415 - slow, and needs libraries that only a PDF needs
    except OSError as error:
        message = "PDF needs the library Pango (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0)"
        raise HandbookError([Problem(Place("checklist"), Code.FILE, message)]) from error
    html = checklist_html(handbook, checklist, templates, shown, edition)
    document: bytes = HTML(string=html).write_pdf()
    return document


def _need_chinese_font() -> None:
    """Without one every Chinese character would be an empty box."""
    lister = shutil.which("fc-list")
    if lister is None:
        return
    found = subprocess.run([lister, ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    if found.returncode == 0 and not found.stdout.strip():
        message = "no Chinese font is installed (Debian: apt-get install fonts-noto-cjk)"
        raise HandbookError([Problem(Place("checklist"), Code.FILE, message)])
