"""Similar clauses: measured on the labelled pairs, and work that grows with the clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml
from builders import clause, document, project
from handbook.link import LinkedClause
from handbook.pipeline import Handbook, compile_handbook
from handbook.similarity import COMMON, LARGEST, MARKS, MOST, Pair, clusters, comparisons, similar_clauses

PAIRS = Path(__file__).parent / "data/similar-pairs.yml"


@dataclass(frozen=True)
class Drawn:
    """A judged pair and how many pairs of the corpus it stands for."""

    clauses: frozenset[str]
    half: str
    label: str
    stands_for: float


@pytest.fixture(scope="module")
def real_handbook() -> Handbook:
    """The committed content."""
    return compile_handbook(Path(__file__).resolve().parent.parent)


@pytest.fixture(scope="module")
def drawn() -> tuple[Drawn, ...]:
    """The labelled pairs, weighted within their half."""
    sample = yaml.safe_load(PAIRS.read_text(encoding="utf-8"))
    members: dict[tuple[str, str], list[dict[str, object]]] = {}
    for row in sample["pairs"]:
        members.setdefault((row["stratum"], row["half"]), []).append(row)
    return tuple(
        Drawn(frozenset(row["clauses"]), half, row["label"], sample["strata"][stratum]["size"] / len(rows))
        for (stratum, half), rows in members.items()
        for row in rows
    )


def test_the_sample_is_of_clauses_that_stand_in_different_documents(
    drawn: tuple[Drawn, ...], real_handbook: Handbook
) -> None:
    assert len({one.clauses for one in drawn}) == len(drawn) >= 240
    assert [name for one in drawn for name in one.clauses if name not in real_handbook.by_id] == []
    assert all(len({name.split("/")[0] for name in one.clauses}) == 2 for one in drawn)


def test_precision_and_recall_on_the_half_held_back(drawn: tuple[Drawn, ...], real_handbook: Handbook) -> None:
    joined = {frozenset((pair.first, pair.second)) for pair in similar_clauses(real_handbook.clauses)}
    held = [one for one in drawn if one.half == "held"]
    found = [one for one in held if one.clauses in joined]
    same = sum(one.stands_for for one in found if one.label == "same")
    alike = sum(one.stands_for for one in found if one.label != "different")
    precision, subject = (part / sum(one.stands_for for one in found) for part in (same, alike))
    recall = same / sum(one.stands_for for one in held if one.label == "same")
    assert (precision > 0.58, subject > 0.9, recall > 0.58) == (True, True, True), (precision, subject, recall)


def test_the_work_grows_with_the_clauses_and_not_with_their_square(real_handbook: Handbook) -> None:
    whole = real_handbook.clauses
    few, many = comparisons(whole[::4]), comparisons(tuple(_repeated(whole[::4], 4)))
    assert many <= len(whole) * MARKS * (COMMON - 1) / 2
    assert many < 8 * few  # the square would be 16 times as much


def _repeated(clauses: tuple[LinkedClause, ...], times: int) -> Iterator[LinkedClause]:
    """The clauses several times, as if of other documents."""
    for turn in range(times):
        for one in clauses:
            yield replace(one, entry=replace(one.entry, document=f"{one.entry.document}-{turn}"))


BARE: dict[str, object] = {"quantities": [], "tests": [], "modality": "shall", "cue": "应"}
TEXTS = {
    "same": ("供者细胞的来源应符合伦理要求。", "The source of donor cells shall meet the requirements of ethics."),
    "other": ("运输容器应经验证并记录温度。", "Transport containers shall be validated and the temperature recorded."),
}


def similar(root: Path, first: list[str], second: list[str]) -> list[Pair]:
    """The similar pairs of two documents with these texts."""
    rows = [
        [clause(id=f"1-{n}", zh=TEXTS[name][0], en=TEXTS[name][1]) | BARE for n, name in enumerate(names)]
        for names in (first, second)
    ]
    files = {
        "content/beta/document.yml": document(id="beta", original={"file": "b.txt", "lines": [1, 10]}),
        "content/beta/01-requirements.yml": {"clauses": rows[1]},
    }
    return similar_clauses(compile_handbook(project(root, files, rows[0])).clauses)


def test_only_clauses_of_different_documents_are_joined_and_only_those_alike(tmp_path: Path) -> None:
    found = similar(tmp_path, ["same", "same"], ["same", "other"])
    assert [(pair.first, pair.second) for pair in found] == [("alpha/1-0", "beta/1-0"), ("alpha/1-1", "beta/1-0")]
    assert all(pair.score == 1 and pair.why == "worded alike" for pair in found)


def test_one_clause_has_few_neighbours(tmp_path: Path) -> None:
    found = similar(tmp_path, ["same"] * (MOST + 3), ["same"] * (MOST + 3))
    assert found == sorted(found, key=lambda pair: (pair.first, pair.second))
    nearest = [pair.second for pair in found if pair.first == "alpha/1-0"]
    assert nearest[:MOST] == [f"beta/1-{n}" for n in range(MOST)]


def test_groups_are_of_clauses_alike_and_no_chain_grows_without_end() -> None:
    def pairs(*names: str) -> list[Pair]:
        return [Pair(*sorted(name.split()), 0.9 - place / 100, "") for place, name in enumerate(names)]

    triangle = pairs("a/1 b/1", "b/1 c/1", "a/1 c/1")
    assert clusters(triangle) == [("a/1", "b/1", "c/1")]
    chain = pairs("a/1 b/1", "b/1 c/1", "c/1 d/1", "d/1 e/1", "e/1 f/1")
    assert max(map(len, clusters(chain))) < 6
    assert {name for group in clusters(chain) for name in group} == {f"{letter}/1" for letter in "abcdef"}
    crowd = [Pair(f"d{one:02}/1", f"d{other:02}/1", 0.9, "") for other in range(30) for one in range(other)]
    assert max(map(len, clusters(crowd))) <= LARGEST
