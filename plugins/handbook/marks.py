"""Marks: where the values of a file stand, so that every problem can say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handbook.problems import Place

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Marks:
    """Where the values of one file stand. `base` is the path inside the file that `at` starts from."""

    file: str
    positions: Mapping[Path, tuple[int, int]]
    base: Path = ()

    def at(self, *path: str | int) -> Place:
        """The place of the value at `path` below the base, or of the nearest thing around it."""
        full = self.base + path
        while full and full not in self.positions:
            full = full[:-1]
        line, column = self.positions.get(full, (1, 1))
        return Place(self.file, line, column)

    def below(self, *path: str | int) -> Marks:
        """The same file seen from the value at `path`."""
        return Marks(self.file, self.positions, self.base + path)
