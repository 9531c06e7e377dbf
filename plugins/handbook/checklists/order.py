"""What was asked of the command line: a ready-made checklist or a choice, in one of the formats."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from handbook.applicability import Hierarchy, Reason, judge, subjects_of
from handbook.checklists.catalogue import EditionFacts, catalogue
from handbook.checklists.engine import ChecklistEngine
from handbook.checklists.pdf import checklist_pdf
from handbook.checklists.workbook import Shown, write_workbook
from handbook.codes import code_of
from handbook.force import Force
from handbook.lists import Checklist, ready_lists, taken
from handbook.modality import Modality
from handbook.model import Profile, Text
from handbook.pipeline import Handbook
from handbook.problems import Code, HandbookError, Place, Problem, did_you_mean
from handbook.templates import Templates
from handbook.views.labels import Vocabulary

Format = Literal["text", "xlsx", "pdf", "csv", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
CHOSEN = Text(zh="自选检查表", en="Checklist of one's own choice")
FACETS = {"topics": "topics", "points": "sampling_points"}


@dataclass(frozen=True)
class Order:
    """How a checklist leaves the program: format, languages, and what it bears: an id of its own, the time (ISO)."""

    form: Format
    shown: Shown
    id: str
    now: str
    edition: EditionFacts


def named_list(handbook: Handbook, name: str) -> Checklist:
    """The ready-made checklist with this id; `cell-bank` is short for `audit/cell-bank`.

    Raises `HandbookError` when there is none.
    """
    lists = {one.id: one for one in ready_lists(handbook)}
    found = lists.get(name) or lists.get(f"audit/{name}")
    if found is None:
        near = did_you_mean(name, lists) or did_you_mean(f"audit/{name}", lists)
        raise HandbookError([_problem(f"no checklist '{name}'{near}; `handbook checklist --list` names all")])
    return found


def chosen_list(handbook: Handbook, choice: Mapping[str, Collection[str]]) -> Checklist:
    """The checklist of a choice by facets (`Profile`'s keys). Raises `HandbookError` for values that do not exist."""
    problems = list(_unknown(handbook, choice))
    if problems:
        raise HandbookError(problems)
    profile = Profile.model_validate({key: tuple(values) for key, values in choice.items()})
    clauses = taken(profile, subjects_of(handbook.corpus, handbook.clauses), Hierarchy.of(handbook.corpus))
    return Checklist("chosen", "audit", CHOSEN, None, profile, clauses)


def _unknown(handbook: Handbook, choice: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    known: dict[str, Iterable[str]] = {
        "documents": handbook.documents,
        "forces": [force.value for force in Force],
        "modalities": [modality.value for modality in Modality],
    }
    for key, values in choice.items():
        group = handbook.corpus.facets.get(FACETS.get(key, key), ())
        ids = set(known[key]) if key in known else {entry.record.id for entry in group}
        for value in values:
            if value not in ids:
                yield _problem(f"unknown value '{value}' of {key}{did_you_mean(value, ids)}")


def _problem(message: str) -> Problem:
    return Problem(Place("checklist"), Code.UNKNOWN_ID, message)


def written(handbook: Handbook, checklist: Checklist, templates: Templates, order: Order) -> bytes:
    """The checklist as bytes of a file: nothing in it is answered yet.

    JSON is an assessment file, CSV and workbook are what the page makes of it: the same script makes them.
    """
    if order.form == "pdf":
        return checklist_pdf(handbook, checklist, templates, order.shown, order.edition)
    if order.form == "text":
        return as_text(handbook, checklist, order.shown).encode()
    data = catalogue(handbook, templates.phrases, order.edition)
    engine = ChecklistEngine()
    choice: dict[str, object] = {"profile": checklist.profile.model_dump(mode="json")}
    if checklist.id != "chosen":
        choice = {"list": checklist.id}
    language = "en" if order.shown == "en" else "zh"
    made = engine.create(data, choice, {"id": order.id, "now": order.now, "language": language})
    if order.form == "xlsx":
        return write_workbook(made, order.shown, order.now, data)
    return (engine.csv(made, order.shown) if order.form == "csv" else engine.to_file(made)).encode()


def as_text(handbook: Handbook, checklist: Checklist, shown: Shown) -> str:
    """The items for a terminal: code, id, texts, locator."""
    lines = []
    for name in checklist.clauses:
        entry = handbook.by_id[name].entry
        record = entry.record
        first, last = record.lines
        lines.append(f"{code_of(name)}  {name}  [{record.modality}, {handbook.forces[entry.document]}]  {first}-{last}")
        lines += [
            f"    {record.zh if language == 'zh' else record.en}"
            for language in ("zh", "en")
            if shown in (language, "both")
        ]
    return "\n".join([*lines, f"{len(checklist.clauses)} item(s)", ""])


def left_out(handbook: Handbook, profile: Profile) -> Iterator[tuple[str, tuple[Reason, ...]]]:
    """Every clause that does not belong to a choice, with every reason."""
    hierarchy = Hierarchy.of(handbook.corpus)
    for name, subject in subjects_of(handbook.corpus, handbook.clauses).items():
        if reasons := judge(profile, subject, hierarchy):
            yield name, reasons


def reason_text(reason: Reason, words: Vocabulary) -> str:
    """A reason in one line for a terminal."""
    if reason.facet == "asks":
        return "asks nothing"
    group = reason.facet if reason.facet not in ("subject", "document", "force", "modality") else ""
    has = [words.facet(group, name).en if group else name for name in reason.has]
    return f"{reason.facet}: {', '.join(has) or 'none'}"
