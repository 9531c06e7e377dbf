"""How long each stage takes, and how it grows: ratios, so that a slow machine says the same as a fast one.

usage: python bench/stages.py [CLAUSES ...]     (default: 750 1500 3000)

Each stage is timed against parsing the same YAML files with PyYAML alone (the C loader), the least that reading
could cost, and against itself at half the size: work that grows linearly gives 2.0 there.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from handbook.exports.json_export import export_json
from handbook.graph import build_graph
from handbook.link import link
from handbook.pages import BuildFacts, render_pages
from handbook.pipeline import Handbook
from handbook.read.content import read_corpus
from handbook.validate import validate
from synthetic import write_project

RUNS = 3


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """The best of a few runs in seconds, and the result of the last."""
    best, value = float("inf"), None
    for _ in range(RUNS):
        start = time.perf_counter()
        value = work()
        best = min(best, time.perf_counter() - start)
    return best, value


def parse(root: Path) -> None:
    """The baseline: every YAML file through PyYAML's C loader."""
    for path in root.rglob("*.yml"):
        if path.name != "mkdocs.yml":
            yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def measure(root: Path) -> dict[str, float]:
    """Seconds of each stage on the project in `root`."""
    seconds: dict[str, float] = {}
    seconds["parse only"], _ = timed(lambda: parse(root))
    seconds["read"], (corpus, _) = timed(lambda: read_corpus(root))
    seconds["validate"], problems = timed(lambda: validate(corpus))
    assert problems == [], problems[:3]
    seconds["link"], (clauses, _) = timed(lambda: link(corpus))
    seconds["graph"], graph = timed(lambda: build_graph(corpus, clauses))
    handbook = Handbook(corpus, clauses, graph, ())
    facts = BuildFacts("bench", "", False)
    seconds["pages"], _ = timed(lambda: render_pages(handbook, root / "site_templates", build=facts))
    seconds["json"], _ = timed(lambda: export_json(handbook))
    return seconds


def main(sizes: list[int]) -> None:
    """Prints the table."""
    before: dict[str, float] = {}
    print(f"{'clauses':>8}  {'stage':<12}{'seconds':>9}{'x parse':>9}{'x half':>8}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            now = measure(write_project(Path(folder) / "project", size))
        for stage, seconds in now.items():
            growth = f"{seconds / before[stage]:8.2f}" if stage in before else " " * 8
            print(f"{size:>8}  {stage:<12}{seconds:9.3f}{seconds / now['parse only']:9.2f}{growth}", flush=True)
        before = now


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [750, 1500, 3000])
