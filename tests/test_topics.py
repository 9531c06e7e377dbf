"""Topic pages: every clause once, subjects of several documents side by side, a table whose figures lead somewhere."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from handbook.pages import BuildFacts, _rendered
from handbook.pipeline import compile_handbook
from handbook.templates import Templates
from handbook.views.lookup import Lookup
from handbook.views.topics import TopicPage, topic_views
from handbook.views.view import View

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def lookup() -> Lookup:
    """The committed content."""
    return Lookup(compile_handbook(ROOT))


@pytest.fixture(scope="module")
def topics(lookup: Lookup) -> dict[str, list[tuple[View, TopicPage]]]:
    """The pages of each topic."""
    found: dict[str, list[tuple[View, TopicPage]]] = defaultdict(list)
    for view in topic_views(lookup):
        if isinstance(view.data, TopicPage):
            found[view.data.ref.id].append((view, view.data))
    return found


def test_every_clause_of_a_topic_stands_on_its_pages_once(
    lookup: Lookup, topics: dict[str, list[tuple[View, TopicPage]]]
) -> None:
    for name, pages in topics.items():
        shown = Counter(
            line.ref.id
            for _, page in pages
            for lines in (
                [said.line for one in page.shared for side in one.sides for said in side.said],
                [line for asked in page.asked for group in asked.groups for line in group.lines],
            )
            for line in lines
        )
        assert shown == Counter(lookup.using.get(("topic", name), ()))


def test_sides_are_of_several_documents_what_binds_first(
    lookup: Lookup, topics: dict[str, list[tuple[View, TopicPage]]]
) -> None:
    shared = [one for pages in topics.values() for _, page in pages for one in page.shared]
    assert len(shared) > 100
    for one in shared:
        ranks = [lookup.rank[side.work.ref.id] for side in one.sides]
        assert len(ranks) > 1
        assert ranks == sorted(set(ranks))
    drafts = {"cde-gene-nonclinical-draft", "cde-gene-nonclinical-final"}
    alone = [one for one in shared if {side.work.ref.id for side in one.sides} == drafts]
    assert alone
    assert all(one.versions for one in alone)


def test_the_table_counts_every_clause_and_leads_to_it(
    lookup: Lookup, topics: dict[str, list[tuple[View, TopicPage]]]
) -> None:
    templates = Templates(ROOT / "site_templates")
    for name in ("cell-bank", "toxicology"):
        pages = topics[name]
        context = {"build": BuildFacts("test", "", False)}
        html = {view.path: _rendered(view, "zh", templates, context).html for view, _ in pages}
        cells = [cell for row in pages[0][1].table for cell in row.cells if cell]
        assert sum(cell.count for cell in cells) == len(lookup.using["topic", name])
        assert all(f'id="{cell.anchor}"' in html[cell.path] for cell in cells)
        for text in html.values():
            ids = re.findall(r' id="([^"]+)"', text)
            assert len(ids) == len(set(ids))
            assert len(text.encode()) < 600_000
