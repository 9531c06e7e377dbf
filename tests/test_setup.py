"""The set-up keeps its promises: bounded dependencies, a lock that holds on any machine, commands that exist."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PAGES = ["README.md", "README.zh.md", "CONTRIBUTING.md"]


def requirements():
    extras = PROJECT["project"]["optional-dependencies"].values()
    groups = [PROJECT["build-system"]["requires"], PROJECT["project"]["dependencies"], *extras]
    return [Requirement(line) for group in groups for line in group]


def locked():
    """Name to (version, hashes) for every package of the lock."""
    packages = {}
    for block in re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE):
        if found := re.match(r"([a-z0-9-]+)==(\S+)", block):
            assert found[1] not in packages, f"{found[1]} is locked twice: not every Python would build the same"
            packages[found[1]] = found[2], re.findall(r"--hash=sha256:([0-9a-f]{64})\b", block)
    return packages


@pytest.mark.parametrize("requirement", requirements(), ids=str)
def test_dependency_is_bounded_below_and_above(requirement):
    operators = {specifier.operator for specifier in requirement.specifier}
    assert operators & {">=", "~=", "=="}
    assert operators & {"<", "<=", "~=", "=="}


def test_lock_holds_every_dependency_in_its_bounds():
    packages = locked()
    wrong = [
        str(requirement)
        for requirement in requirements()
        if (name := canonicalize_name(requirement.name)) not in packages
        or packages[name][0] not in requirement.specifier
    ]
    assert not wrong, f"run `make lock`: {wrong}"


def test_every_locked_package_has_hashes():
    assert [name for name, (_, hashes) in locked().items() if not hashes] == []


def test_lock_names_no_host_and_no_path():
    assert [line for line in LOCK.splitlines() if "http" in line or "/" in line or line.startswith("-")] == []


def test_ci_makes_the_tests_and_the_site():
    run = ROOT / ".ci" / "run"
    lines = [line.strip() for line in run.read_text(encoding="utf-8").splitlines()]
    assert run.stat().st_mode & 0o111
    assert "make test" in lines
    assert "make site" in lines
    assert lines.index("make test") < lines.index("make site")


def test_make_has_no_task_that_bootstrap_lacks():
    tasks = re.search(r"^TASKS = (.*)$", MAKEFILE, re.MULTILINE)[1].split()
    script = (ROOT / "bootstrap.sh").read_text(encoding="utf-8")
    assert [task for task in tasks if not re.search(rf"^  {task}\)", script, re.MULTILINE)] == []


def test_make_alone_is_help():
    assert re.search(r"^([a-z]+):", MAKEFILE, re.MULTILINE)[1] == "help"


@pytest.mark.parametrize("name", PAGES)
def test_page_names_only_tasks_that_exist(name):
    named = set(re.findall(r"\bmake ([a-z]+)`", (ROOT / name).read_text(encoding="utf-8")))
    tasks = set(re.findall(r"^([a-z]+):.*##", MAKEFILE, re.MULTILINE))
    assert named <= tasks


def test_readmes_give_the_same_commands():
    def commands(name):
        fenced = re.findall(r"^```sh\n(.*?)^```", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        return [line.split("#")[0].strip() for block in fenced for line in block.splitlines()]

    assert commands("README.md") == commands("README.zh.md") != []
