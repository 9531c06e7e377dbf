"""Changes as text for people, in either language, and as plain values for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from handbook.changes.compare import Changes, Modified
from handbook.changes.exported import ReadDocument
from handbook.model import Text
from handbook.quantity import say_quantity
from handbook.releases import ASPECTS, SUBSTANCE
from handbook.stricter import FigureChange
from handbook.worddiff import Run, word_diff

AROUND = 16
WORDS: dict[str, Text] = {
    "same": Text(zh="两版内容相同。", en="Both editions say the same."),
    "edition": Text(
        zh="版本 {edition}，{documents}份文件，{clauses}条",
        en="edition {edition}, {documents} documents, {clauses} clauses",
    ),
    "documents": Text(zh="文件", en="Documents"),
    "clauses": Text(zh="条款", en="Clauses"),
    "counts": Text(
        zh="新增{added}，修改{modified}，撤下{withdrawn}，改号{moved}",
        en="{added} added, {modified} modified, {withdrawn} withdrawn, {moved} renumbered",
    ),
    "limits": Text(zh="限值（共有条款）", en="Limits (in clauses of both editions)"),
    "glossary": Text(zh="术语与词表", en="Glossary"),
    "terms": Text(zh="术语", en="terms"),
    "methods": Text(zh="检测方法", en="test methods"),
    "parameters": Text(zh="参数", en="parameters"),
    "references": Text(zh="引用文献", en="cited works"),
    "evidence": Text(zh="证据类别", en="kinds of evidence"),
    "lists": Text(zh="涉及的清单（新增/修改/撤下）", en="Checklists touched (added/modified/withdrawn)"),
    "withdrawn-to": Text(zh="去向", en="went to"),
    "stricter": Text(zh="更严", en="stricter"),
    "looser": Text(zh="更宽", en="looser"),
    "concept-counts": Text(
        zh="新增{added}，删除{removed}，修改{changed}", en="{added} added, {removed} removed, {changed} changed"
    ),
    "also": Text(zh="另有{count}条只改了归类：{what}", en="{count} more clauses changed in how they are filed: {what}"),
    "modality": Text(zh="程度", en="modality"),
    "limits-of": Text(zh="限值", en="limits"),
    "tests": Text(zh="检测", en="tests"),
    "text": Text(zh="文字", en="text"),
    "topics": Text(zh="主题", en="topics"),
    "applies": Text(zh="适用范围", en="scope"),
    "cites": Text(zh="引用", en="citations"),
    "type": Text(zh="类型", en="type"),
    "place": Text(zh="所在标题", en="heading"),
    "lines": Text(zh="原文行", en="lines"),
    "note": Text(zh="编者注", en="our note"),
}


def changes_text(changes: Changes, language: str) -> str:
    """The changes for reading: documents, clauses with their changed words, limits, glossary, checklists."""
    return "\n".join(_lines(changes, language))


def _say(key: str, language: str, **values: object) -> str:
    return WORDS[key].of(language).format(**values)


def _aspect(name: str, language: str) -> str:
    return _say("limits-of" if name == "limits" else name, language)


def _lines(changes: Changes, language: str) -> Iterator[str]:
    for sign, edition in (("-", changes.old), ("+", changes.new)):
        counts = {"documents": len(edition.documents), "clauses": len(edition.clauses)}
        yield f"{sign} {_say('edition', language, edition=edition.edition, **counts)}"
    if changes.nothing:
        yield _say("same", language)
        return
    yield from _documents(changes, language)
    yield from _clauses(changes, language)
    yield from _limits(changes, language)
    yield from _concepts(changes, language)
    if changes.lists:
        yield f"\n{_say('lists', language)}"
        for one in changes.lists:
            yield f"  {one.id}: {one.added}/{one.modified}/{one.withdrawn}"


def _documents(changes: Changes, language: str) -> Iterator[str]:
    if not (changes.documents_added or changes.documents_removed or changes.documents_changed):
        return
    yield f"\n{_say('documents', language)}"
    for sign, documents in (("+", changes.documents_added), ("-", changes.documents_removed)):
        for document in documents:
            yield f"{sign} {document.id}: {_title(document, language)}"
    for old, new, fields in changes.documents_changed:
        said = "; ".join(_field(name, old, new, language) for name in fields)
        yield f"~ {new.id}: {said}"


def _title(document: ReadDocument, language: str) -> str:
    return (document.short or document.title).of(language)


def _field(name: str, old: ReadDocument, new: ReadDocument, language: str) -> str:
    """A field with both values where they are short words."""
    values = [getattr(one, name) for one in (old, new)]
    values = [value.of(language) if isinstance(value, Text) else value for value in values]
    plain = all(value is None or (isinstance(value, str) and len(value) < 60) for value in values)
    return f"{name} {values[0] or '—'} → {values[1] or '—'}" if plain else name


def _clauses(changes: Changes, language: str) -> Iterator[str]:
    counts = {name: len(getattr(changes, name)) for name in ("added", "modified", "withdrawn", "moved")}
    yield f"\n{_say('clauses', language)}: {_say('counts', language, **counts)}"
    whole = {one.id for one in (*changes.documents_added, *changes.documents_removed)}
    for clause in changes.added:
        if clause.document not in whole:
            yield f"+ {clause.id}\n    {clause.zh if language == 'zh' else clause.en}"
    for gone in changes.withdrawn:
        if gone.old.document not in whole:
            to = f" ({_say('withdrawn-to', language)} {', '.join(gone.to)})" if gone.to else ""
            yield f"- {gone.old.id}{to}\n    {gone.old.zh if language == 'zh' else gone.old.en}"
    for old, new in changes.moved:
        yield f"> {old.id} → {new.id}"
    filed = [one for one in changes.modified if not set(one.what) & set(SUBSTANCE)]
    for one in changes.modified:
        if set(one.what) & set(SUBSTANCE):
            yield from _modified(one, language)
    if filed:
        counted = Counter(name for one in filed for name in one.what)
        what = ", ".join(f"{_aspect(name, language)} {counted[name]}" for name in ASPECTS if counted[name])
        yield f"~ {_say('also', language, count=len(filed), what=what)}"


def _modified(one: Modified, language: str) -> Iterator[str]:
    yield f"~ {one.new.id} [{', '.join(_aspect(name, language) for name in one.what)}]"
    if "modality" in one.what:
        yield f"    {one.old.modality.value} → {one.new.modality.value}"
    for figure in one.figures:
        yield f"    {_figure(figure, language)}"
    if "tests" in one.what:
        for sign, tests in (
            ("-", set(one.old.tests) - set(one.new.tests)),
            ("+", set(one.new.tests) - set(one.old.tests)),
        ):
            for said in sorted(f"{test.method} ({test.need}{', ' + test.at if test.at else ''})" for test in tests):
                yield f"    {sign} {said}"
    pairs = [(one.old.zh, one.new.zh), (one.old.en, one.new.en)]
    pairs = pairs if language == "zh" else pairs[::-1]
    # Where only the other language changed, that change is what there is to tell.
    for old, new in [pair for pair in pairs if pair[0] != pair[1]][:1]:
        yield f"    {_runs(word_diff(old, new))}"


def _runs(runs: tuple[Run, ...]) -> str:
    """[-gone-]{+new+}, with some of the unchanged text around."""
    said = []
    for place, run in enumerate(runs):
        if run.change == "gone":
            said.append(f"[-{run.text}-]")
        elif run.change == "new":
            said.append(f"{{+{run.text}+}}")
        else:
            first, last = place == 0, place == len(runs) - 1
            long = len(run.text) > AROUND * (1 if first or last else 2)
            head, tail = ("" if first else run.text[:AROUND]), ("" if last else run.text[-AROUND:])
            said.append(f"{head}…{tail}" if long else run.text)
    return "".join(said)


def _figure(change: FigureChange, language: str) -> str:
    old = say_quantity(change.old) if change.old else "—"
    new = say_quantity(change.new) if change.new else "—"
    way = f" ({_say(change.direction, language)})" if change.direction else ""
    return f"{change.parameter}: {old} → {new}{way}"


def _limits(changes: Changes, language: str) -> Iterator[str]:
    found = sorted(
        (figure.parameter, one.new.id, _figure(figure, language)) for one in changes.modified for figure in one.figures
    )
    if found:
        yield f"\n{_say('limits', language)}"
        yield from (f"  {said}  {clause}" for _, clause, said in found)


def _concepts(changes: Changes, language: str) -> Iterator[str]:
    if changes.concepts:
        yield f"\n{_say('glossary', language)}"
    for one in changes.concepts:
        counts = {name: len(getattr(one, name)) for name in ("added", "removed", "changed")}
        yield f"  {_say(one.kind, language)}: {_say('concept-counts', language, **counts)}"
        for name in one.removed:
            yield f"  - {name}"
        for name, fields in one.changed:
            yield f"  ~ {name}: {', '.join(fields)}"


# ------------------------------------------------------------------------------------- machines


def changes_data(changes: Changes) -> dict[str, Any]:
    """The changes as plain values, for `handbook diff --json`."""
    return {
        "schema": 1,
        "old": _edition(changes, "old"),
        "new": _edition(changes, "new"),
        "documents": {
            "added": [one.id for one in changes.documents_added],
            "removed": [one.id for one in changes.documents_removed],
            "changed": [{"id": one.id, "fields": list(fields)} for _, one, fields in changes.documents_changed],
        },
        "clauses": {
            "added": [one.id for one in changes.added],
            "modified": [_modified_data(one) for one in changes.modified],
            "withdrawn": [{"id": one.old.id, "to": list(one.to)} for one in changes.withdrawn],
            "moved": [{"id": old.id, "to": new.id} for old, new in changes.moved],
        },
        "concepts": {
            one.kind: {
                "added": list(one.added),
                "removed": list(one.removed),
                "changed": [{"id": name, "fields": list(fields)} for name, fields in one.changed],
            }
            for one in changes.concepts
        },
        "lists": {
            one.id: {"added": one.added, "modified": one.modified, "withdrawn": one.withdrawn} for one in changes.lists
        },
    }


def _edition(changes: Changes, side: str) -> dict[str, Any]:
    edition = changes.old if side == "old" else changes.new
    return {"edition": edition.edition, "documents": len(edition.documents), "clauses": len(edition.clauses)}


def _modified_data(one: Modified) -> dict[str, Any]:
    old, new = one.old, one.new
    return {
        "id": new.id,
        "what": list(one.what),
        "fingerprint": {"old": old.stamp, "new": new.stamp},
        "modality": [old.modality.value, new.modality.value],
        "zh": [[run.change, run.text] for run in word_diff(old.zh, new.zh)] if old.zh != new.zh else [],
        "en": [[run.change, run.text] for run in word_diff(old.en, new.en)] if old.en != new.en else [],
        "limits": [
            {
                "parameter": figure.parameter,
                "old": figure.old.model_dump(mode="json") if figure.old else None,
                "new": figure.new.model_dump(mode="json") if figure.new else None,
                "direction": figure.direction,
            }
            for figure in one.figures
        ],
    }
