"""The report of the vocabularies: what stands lonely, what is crowded."""

from __future__ import annotations

from pathlib import Path

from builders import clause, project
from click.testing import CliRunner
from handbook.census import census
from handbook.cli import main
from handbook.pipeline import compile_handbook


def test_lonely_and_crowded_values_are_told(tmp_path: Path) -> None:
    root = project(tmp_path, clauses=[clause(id=f"1-c.{n}") for n in range(3)])
    tallies = {(tally.group, tally.id): tally for tally in census(compile_handbook(root))}
    assert (tallies["topics", "cell-viability"].uses, tallies["topics", "cell-viability"].state) == (3, "crowded")
    assert tallies["topics", "quality-control"].state == ""  # stands above another one
    assert (tallies["sampling_points", "mcb"].uses, tallies["sampling_points", "mcb"].state) == (0, "lonely")
    assert (tallies["products", "msc"].uses, tallies["products", "msc"].state) == (3, "")  # from the document's scope
    assert tallies["evidence", "test-report"].state == "crowded"


def test_the_command_names_them(tmp_path: Path) -> None:
    root = project(tmp_path)
    result = CliRunner().invoke(main, ["vocabularies", "--root", str(root)])
    assert result.exit_code == 0
    assert "sampling_points: 2 values\n  lonely: mcb 0, drug-product 1" in result.output
