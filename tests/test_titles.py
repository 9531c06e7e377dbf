"""The title thresholds hold on the titles that the corpus cites: never a wrong sure match, few doubts.

The table in data/titles.yml was read by hand. A title is taken for a work only when that is sure; a near but
unsure match has to be settled by an author, so it may be wrong here, and is counted.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from handbook.read.content import read_corpus
from handbook.titles import DOUBTFUL, SURE, Titles, titles_of

TABLE = yaml.safe_load((Path(__file__).parent / "data/titles.yml").read_text(encoding="utf-8"))
ROOT = Path(__file__).parent.parent


def known_titles() -> Titles:
    """All documents of the corpus by their own title, and the committed references."""
    corpus, _ = read_corpus(ROOT)
    names = [(title, name, None) for name, title in TABLE["documents"].items()]
    return Titles([*names, *titles_of(corpus)])


def outcome(titles: Titles, title: str, work: str | None) -> str:
    match = titles.find(title)
    if match is None:
        return "unknown" if work is None else "missed"
    if not match.sure:
        return "doubtful"
    return "right" if match.work == work else "wrong"


def test_no_cited_title_is_taken_for_another_work() -> None:
    titles = known_titles()
    results = {row["title"]: outcome(titles, row["title"], row["work"]) for row in TABLE["cited"]}
    assert [title for title, result in results.items() if result == "wrong"] == []
    assert [title for title, result in results.items() if result == "missed"] == []
    counts = Counter(results.values())
    assert counts["doubtful"] <= len(results) / 5, {t: r for t, r in results.items() if r == "doubtful"}


@pytest.mark.parametrize("looser", [DOUBTFUL, 86.0])
def test_a_looser_threshold_would_guess_wrong(monkeypatch: pytest.MonkeyPatch, looser: float) -> None:
    monkeypatch.setattr("handbook.titles.SURE", looser)
    monkeypatch.setattr("handbook.titles.MARGIN", 0.0)
    titles = known_titles()
    assert any(outcome(titles, row["title"], row["work"]) == "wrong" for row in TABLE["cited"])
    assert looser < SURE
