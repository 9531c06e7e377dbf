"""The house rules, proven on the package itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import handbook

PACKAGE = Path(handbook.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
ADAPTER = PACKAGE / "mkdocs_adapter.py"

# Each layer may import those before it, none after it.
LAYERS = (
    ("modality", "figures", "identifiers", "codes", "model", "releases", "problems", "bundles", "marks", "worddiff"),
    ("corpus", "fingerprint", "force", "scope", "quantity", "units", "stricter"),
    ("lineage", "changes", "timeline"),
    ("verdicts",),
    ("read",),
    ("validate", "titles"),
    ("link",),
    ("similarity", "limits", "strictest", "applicability"),
    ("graph",),
    ("pipeline",),
    ("overlap", "stance"),
    ("originals", "census", "matrix", "conflicts", "silence", "centrality"),
    ("chain",),
    ("lists",),
    ("listed",),
    ("views", "templates", "phrases"),
    ("pages",),
    ("packing",),
    ("exports", "search"),
    ("schemas", "checklists", "network"),
    ("edition",),
    ("site", "align"),
    ("cli", "mkdocs_adapter"),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(module: str) -> str:
    return module.split(".")[1]


def test_only_the_adapter_imports_mkdocs() -> None:
    guilty = [
        path for path in MODULES if path != ADAPTER and any(re.match(r"(mkdocs|material)\b", i) for i in imports(path))
    ]
    assert guilty == []
    code = "import sys, handbook.cli; sys.exit(any(name.split('.')[0] == 'mkdocs' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_imports_go_one_way() -> None:
    wrong = []
    for path in MODULES:
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if own == "__init__":
            continue
        assert own in RANK, f"{own} has no layer"
        for name in imports(path):
            if name.startswith("handbook.") and layer(name) in RANK and RANK[layer(name)] > RANK[own]:
                wrong.append(f"{own} imports {name}")
    assert wrong == []


def test_no_stage_reads_the_clock_the_environment_or_the_network() -> None:
    outer = {"cli.py", "mkdocs_adapter.py", "site.py"}
    forbidden = re.compile(r"^(time|datetime|os|locale|socket|urllib\.request|http|requests)\b")
    guilty = [
        (path.name, name)
        for path in MODULES
        if path.name not in outer
        for name in imports(path)
        if forbidden.match(name)
    ]
    assert guilty == []


def test_modules_are_small() -> None:
    assert [path.name for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > 700] == []


def test_no_module_has_an_empty_name() -> None:
    assert [path.name for path in MODULES if re.search(r"util|helper|manager|common|misc", path.name)] == []
