"""The time line: who succeeded whom, told once, whichever record tells it."""

from __future__ import annotations

from pathlib import Path

from builders import REFERENCES, document, project
from handbook.pipeline import compile_handbook
from handbook.timeline import Succession, timeline_of
from handbook.views.lookup import Lookup
from handbook.views.timeline import MARK, Page, timeline_views


def works(root: Path) -> Path:
    old = {**REFERENCES["references"][0], "date": "2010", "superseded_by": "alpha"}
    draft = document(
        id="beta",
        status="consultation-draft",
        original={"file": "b.txt", "lines": [1, 10]},
        dated={"date": "2019", "basis": "general-knowledge"},
        lineage=[
            {"relation": "draft_of", "to": "alpha", "basis": "general-knowledge"},
            {"relation": "supersedes", "to": "lost", "basis": "printed"},
        ],
    )
    final = document(date="2020-03", lineage=[{"relation": "supersedes", "to": "beta", "basis": "printed"}])
    paper = {"id": "a-paper", "title": {"zh": "论文", "en": "Paper"}, "kind": "journal-article", "date": "2019"}
    lost = {"id": "lost", "title": {"zh": "旧规范", "en": "Old rules"}, "kind": "regulation"}
    return project(
        root,
        {
            "content/alpha/document.yml": final,
            "content/beta/document.yml": draft,
            "content/beta/01-all.yml": {"clauses": []},
            "content/references.yml": {"references": [old, paper, lost]},
        },
    )


def test_a_succession_that_both_works_tell_is_one_and_a_draft(tmp_path: Path) -> None:
    line = timeline_of(compile_handbook(works(tmp_path)).corpus)
    assert line.successions == (
        Succession("beta", "alpha", "draft", "general-knowledge"),
        Succession("cn-rules", "alpha", "successor", None),
        Succession("lost", "beta", "announced", "printed"),  # a draft replaces nothing yet
    )
    assert [(work.id, work.date, work.basis) for work in line.works] == [
        ("cn-rules", "2010", None),
        ("a-paper", "2019", None),
        ("beta", "2019", "general-knowledge"),
        ("alpha", "2020-03", None),
        ("lost", None, None),
    ]


def test_arrows_lead_from_the_older_mark_to_the_newer_one(tmp_path: Path) -> None:
    (view,) = timeline_views(Lookup(compile_handbook(works(tmp_path))))
    page = view.data
    assert isinstance(page, Page)
    places = {mark.ref.id: mark.y for mark in page.drawing.marks}
    assert list(places) == ["cn-rules", "beta", "alpha"]  # papers and undated works are listed, not drawn
    ends = {(arrow.tie, arrow.y, arrow.path.split("C")[0]) for arrow in page.drawing.arrows}
    assert ends == {
        ("draft", places["alpha"], f"M{MARK - 5} {places['beta']}"),
        ("successor", places["alpha"], f"M{MARK - 5} {places['cn-rules']}"),
    }
    assert [item.ref.id for item in page.unnamed] == ["lost"]
    assert [item.ref.id for year in page.years for item in year.papers] == ["a-paper"]
