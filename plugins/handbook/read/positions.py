"""YAML text to plain values, remembering where each value stands.

Values are built from the composed node tree, so that every key and item keeps its line and column, a key given
twice is found, and dates stay the text that they are.
"""

from __future__ import annotations

import yaml

from handbook.marks import Marks, Path
from handbook.problems import Code, Place, Problem

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TEXT_TAGS = {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:binary"}


def load(text: str, file: str) -> tuple[object, Marks, list[Problem]]:
    """The value in YAML `text`, the marks of its parts, and what is wrong with it.

    A text that is no YAML at all gives None and one problem. `file` is only used in places.
    """
    try:
        loader = Loader(text)
        try:
            node = loader.get_single_node()
            values = _Values(loader, file)
            value = values.of(node, ()) if node else None
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        reason = " ".join(part for part in (error.context, error.problem) if part)
        return None, Marks(file, {}), [Problem(place, Code.BROKEN_YAML, f"not valid YAML: {reason}")]
    except RecursionError:
        return None, Marks(file, {}), [Problem(Place(file), Code.BROKEN_YAML, "nested too deeply")]
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        return None, Marks(file, {}), [Problem(Place(file), Code.BROKEN_YAML, f"not valid YAML: {reason}")]
    return value, Marks(file, values.positions), values.problems


class _Values:
    """Builds values out of nodes and notes the position of each on the way."""

    def __init__(self, loader: yaml.SafeLoader, file: str) -> None:
        self.loader = loader
        self.file = file
        self.positions: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.open: set[int] = set()

    def of(self, node: yaml.Node, path: Path) -> object:
        self.positions.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, path)
        if id(node) in self.open:
            self.problem(node, "an alias that contains itself")
            return None
        self.open.add(id(node))
        value = self.mapping(node, path) if isinstance(node, yaml.MappingNode) else self.sequence(node, path)
        self.open.discard(id(node))
        return value

    def scalar(self, node: yaml.ScalarNode, path: Path) -> object:
        if node.tag in TEXT_TAGS:
            return node.value
        try:
            return self.loader.construct_object(node)
        except (ValueError, yaml.YAMLError):
            self.problem(node, f"cannot read the value '{node.value}'")
            return node.value

    def sequence(self, node: yaml.Node, path: Path) -> list[object]:
        return [self.of(item, (*path, index)) for index, item in enumerate(node.value)]

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, object]:
        value: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else str(key_node.tag)
            if key in value:
                self.problem(key_node, f"key '{key}' is given twice", Code.DUPLICATE_ID)
                continue
            self.positions[(*path, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            value[key] = self.of(value_node, (*path, key))
        return value

    def problem(self, node: yaml.Node, message: str, code: Code = Code.BROKEN_YAML) -> None:
        place = Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)
        self.problems.append(Problem(place, code, message))
