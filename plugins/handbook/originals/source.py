"""The originals as files: the inventory of the documents they hold, and their raw lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from handbook.problems import did_you_mean

INVENTORY_NAME = "inventory.yml"


class OriginalsError(Exception):
    """The originals, their inventory or a document in it cannot be read; `message` says which and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the inventory: where it stands in the originals and what is known of its layout."""

    id: str
    file: str
    first: int
    last: int
    title_zh: str | None = None
    title_en: str | None = None
    issuer_zh: str | None = None
    issuer_en: str | None = None
    title_source: str = ""
    structure: str = ""
    status: str = ""
    kind: str = ""
    date: str | None = None
    approx_normative_strict: int = 0
    artifacts: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """An original file: its name and its raw lines, split on newline alone."""

    file: str
    lines: tuple[str, ...]

    def line(self, number: int) -> str:
        """The raw line with the given number, counted from 1."""
        return self.lines[number - 1]


@dataclass(frozen=True)
class Inventory:
    """The documents of a folder of originals, in the order of the inventory."""

    folder: Path
    entries: tuple[Entry, ...]
    _by_id: dict[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {entry.id: entry for entry in self.entries})

    def entry(self, document: str) -> Entry:
        """The entry of `document`; OriginalsError with the nearest id when there is none."""
        if document in self._by_id:
            return self._by_id[document]
        near = did_you_mean(document, self._by_id)
        raise OriginalsError(f"no document '{document}' in {self.folder / INVENTORY_NAME}{near}")

    def chosen(self, documents: Iterable[str]) -> tuple[Entry, ...]:
        """The entries of `documents` in the order given; all entries when none is given."""
        return tuple(self.entry(document) for document in documents) or self.entries

    def original(self, entry: Entry) -> Original:
        """The original file that holds `entry`; OriginalsError when it ends before the entry does."""
        original = read_original(self.folder, entry.file)
        count = len(original.lines)
        if count < entry.last:
            path = self.folder / entry.file
            raise OriginalsError(
                f"{path} has {count} lines, but {entry.id} goes to line {entry.last}: is the file cut off?"
            )
        return original


def open_inventory(folder: Path) -> Inventory:
    """The inventory beside the originals in `folder`; OriginalsError when folder or inventory cannot be used."""
    if not folder.is_dir():
        raise OriginalsError(f"no folder of originals at {folder}; give the folder that holds {INVENTORY_NAME}")
    path = folder / INVENTORY_NAME
    if not path.is_file():
        raise OriginalsError(f"no {INVENTORY_NAME} in {folder}; it lists which lines of which file are which document")
    try:
        data = yaml.safe_load(_text(path))
    except yaml.YAMLError as error:
        raise OriginalsError(f"{path} is no valid YAML: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("documents"), list):
        raise OriginalsError(f"{path} has no list `documents`")
    files = sorted(file.name for file in folder.glob("*.txt"))
    return Inventory(folder, tuple(_entry(record, files, path) for record in data["documents"]))


def read_original(folder: Path, file: str) -> Original:
    """The raw lines of `file` in `folder`: a last line without newline counts, and only newline ends a line."""
    path = folder / file
    if not path.is_file():
        names = [name.name for name in folder.glob("*.txt")]
        raise OriginalsError(f"no original '{file}' in {folder}{did_you_mean(file, names)}")
    return Original(file, tuple(_text(path).split("\n")))


def _text(path: Path) -> str:
    """The text of a file with every carriage return left where it is."""
    try:
        return path.read_bytes().decode("utf-8")
    except (UnicodeDecodeError, OSError) as error:
        raise OriginalsError(f"{path} cannot be read as UTF-8 text: {error}") from error


def _entry(record: dict[str, Any], files: list[str], path: Path) -> Entry:
    try:
        identifier, seed = str(record["id"]), str(record["seed"])
        first, last = int(record["start_line"]), int(record["end_line"])
    except (KeyError, TypeError, ValueError) as error:
        raise OriginalsError(f"{path}: an entry lacks id, seed, start_line or end_line: {record!r:.120}") from error
    file = next((name for name in files if name.startswith(seed)), None)
    if file is None:
        raise OriginalsError(f"{path}: no original begins with {seed!r}, which {identifier!r} names as its file")
    return Entry(
        id=identifier,
        file=file,
        first=first,
        last=last,
        title_zh=record.get("title_zh"),
        title_en=record.get("title_en"),
        issuer_zh=record.get("issuer_zh"),
        issuer_en=record.get("issuer_en"),
        title_source=str(record.get("title_source") or ""),
        structure=str(record.get("structure") or ""),
        status=str(record.get("status") or ""),
        kind=str(record.get("kind") or ""),
        date=None if record.get("date") is None else str(record["date"]),
        approx_normative_strict=int(record.get("approx_normative_strict") or 0),
        artifacts=tuple(str(artifact) for artifact in record.get("artifacts") or ()),
        notes=str(record.get("notes") or ""),
    )
