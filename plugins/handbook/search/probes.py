"""Probe queries: what a specialist expects to find, held against what the engine finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from handbook.model import Probe, ProbeFile
from handbook.pipeline import Handbook
from handbook.problems import Code, HandbookError, Place, Problem, did_you_mean
from handbook.read.positions import load
from handbook.read.shape import shape
from handbook.search.engine import SearchEngine
from handbook.search.records import search_data

FILE = "content/probes.yml"
TOP = 10
RECALL_FLOOR = 0.97
RANK_FLOOR = 0.8


@dataclass(frozen=True)
class Outcome:
    """One probe: the share of what it expects among the first `TOP`, and one over the rank of the first such result."""

    probe: Probe
    recall: float
    reciprocal_rank: float
    found: tuple[str, ...]


@dataclass(frozen=True)
class Quality:
    """All outcomes, with the means over the probes that expect something."""

    outcomes: tuple[Outcome, ...]

    @property
    def recall(self) -> float:
        """Mean recall among the first `TOP`."""
        return _mean(one.recall for one in self.outcomes if one.probe.expect)

    @property
    def reciprocal_rank(self) -> float:
        """Mean reciprocal rank of the first expected result."""
        return _mean(one.reciprocal_rank for one in self.outcomes if one.probe.expect)

    @property
    def loud(self) -> tuple[Outcome, ...]:
        """Probes that should find nothing and find something."""
        return tuple(one for one in self.outcomes if not one.probe.expect and one.found)

    def text(self) -> str:
        """The report in one line."""
        return (
            f"search: {len(self.outcomes)} probes, recall@{TOP} {self.recall:.3f}, "
            f"mean reciprocal rank {self.reciprocal_rank:.3f}, {len(self.loud)} that should find nothing do"
        )


def read_probes(root: Path) -> tuple[Probe, ...]:
    """The probes of `root`/content/probes.yml, none when there is no such file.

    Raises `HandbookError` when the file is wrong.
    """
    path = root / FILE
    if not path.exists():
        return ()
    try:
        text = path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError) as error:
        message = f"cannot be read as UTF-8 text: {error.__class__.__name__}"
        raise HandbookError([Problem(Place(FILE), Code.FILE, message)]) from error
    value, marks, problems = load(text, FILE)
    if not isinstance(value, dict):
        raise HandbookError(problems or [Problem(Place(FILE), Code.FILE, "expected a mapping of keys")])
    record, found = shape(ProbeFile, value, marks)
    if record is None or problems or found:
        raise HandbookError([*problems, *found])
    return record.probes


def measure(engine: SearchEngine, probes: Iterable[Probe]) -> Quality:
    """Every probe put to the engine. Of more than `TOP` expected results, `TOP` found are all."""
    return Quality(tuple(_outcome(engine, probe) for probe in probes))


def _outcome(engine: SearchEngine, probe: Probe) -> Outcome:
    found = tuple(engine.ids(probe.query, TOP))
    hits = [rank for rank, name in enumerate(found, start=1) if name in probe.expect]
    recall = len(hits) / min(TOP, len(probe.expect)) if probe.expect else 1.0
    return Outcome(probe, recall, 1 / hits[0] if hits else 0.0, found)


def proven(handbook: Handbook, root: Path) -> Quality:
    """The quality of the search over `handbook` by the probes of `root`.

    Raises `HandbookError` when it is below the floors, or when a probe names what does not exist.
    """
    probes = read_probes(root)
    quality = measure(SearchEngine(search_data(handbook)), probes) if probes else Quality(())
    if problems := list(judge(quality, handbook, probes)):
        raise HandbookError(problems)
    return quality


def judge(quality: Quality, handbook: Handbook, probes: Iterable[Probe]) -> Iterator[Problem]:
    """What stops a build: an expectation that names nothing, or a mean below its floor."""
    place = Place(FILE)
    corpus = handbook.corpus
    known = {*handbook.by_id, *handbook.documents, *(entry.record.id for entry in corpus.concepts)}
    known |= {entry.record.id for entry in corpus.references}
    for name in sorted({name for probe in probes for name in probe.expect} - known):
        yield Problem(place, Code.UNKNOWN_ID, f"no clause or concept is '{name}'{did_you_mean(name, known)}")
    if quality.outcomes and (quality.recall < RECALL_FLOOR or quality.reciprocal_rank < RANK_FLOOR or quality.loud):
        floors = f"at least {RECALL_FLOOR}, {RANK_FLOOR} and none are wanted"
        yield Problem(place, Code.SEARCH, f"{quality.text()}; {floors}")


def outcome_text(outcome: Outcome) -> str:
    """What a probe missed, for the one who tunes."""
    missed = [name for name in outcome.probe.expect if name not in outcome.found]
    lines = [
        f"{outcome.probe.query} [{outcome.probe.kind}] recall {outcome.recall:.2f} rr {outcome.reciprocal_rank:.2f}"
    ]
    lines += [f"  missed {name}" for name in missed]
    lines += [f"  {'*' if name in outcome.probe.expect else ' '} {name}" for name in outcome.found]
    return "\n".join(lines)


def _mean(values: Iterable[float]) -> float:
    some = list(values)
    return sum(some) / len(some) if some else 1.0
