"""The site as MkDocs builds it: nothing partial, nothing lost, and the way out to ProperDocs stays open."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from builders import clause, project
from click.testing import CliRunner
from handbook.cli import main
from handbook.problems import HandbookError
from handbook.site import build_site, serve_site
from handbook.templates import Phrases

ROOT = Path(__file__).parent.parent
CLAUSES = "content/alpha/01-requirements.yml"


def site_project(root: Path, clauses: list[dict[str, Any]] | None = None) -> Path:
    """A tiny project with the real templates and the real mkdocs.yml."""
    project(root, None, clauses)
    for name in ("mkdocs.yml", "site_templates"):
        (root / name).symlink_to(ROOT / name)
    (root / "mkdocs.yml").unlink()
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    return root


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_failed_build_leaves_the_last_good_site(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = site_project(tmp_path)
    built = build_site(root, Path("site"))
    assert built.clauses == 1
    assert built.index.is_file()
    before = snapshot(root / "site")
    (root / CLAUSES).write_text("clauses: [", encoding="utf-8")
    with pytest.raises(HandbookError, match="untouched"):
        build_site(root, Path("site"))
    assert snapshot(root / "site") == before
    shown = capfd.readouterr()
    assert f"{CLAUSES}:2:1: not valid YAML" in shown.err + shown.out
    assert "Traceback" not in shown.err + shown.out


def test_a_folder_that_is_no_site_is_never_replaced(tmp_path: Path) -> None:
    root = site_project(tmp_path)
    before = snapshot(root / "content")
    with pytest.raises(HandbookError, match="is not a handbook site"):
        build_site(root, Path("content"))
    assert snapshot(root / "content") == before


def test_a_site_folder_is_made_with_the_folders_above_it(tmp_path: Path) -> None:
    assert build_site(site_project(tmp_path), Path("out/put/site")).index.is_file()


@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1:port", "127.0.0.1:99999"])
def test_an_address_that_is_none_is_named(tmp_path: Path, address: str) -> None:
    with pytest.raises(OSError, match=f"cannot serve at .?{address}"):
        serve_site(tmp_path, address)


def test_a_port_in_use_is_a_line_for_the_user(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        result = CliRunner().invoke(main, ["serve", "--root", str(tmp_path), "-a", address])
    assert result.exit_code == 1
    assert f"handbook: cannot serve at {address}: " in result.output
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "cannot be read"),
        ("- a list", "phrases.yml:1:1: expected a mapping of keys"),
        ("one: {zh: 一, en: One}\ntwo: 2\n", "phrases.yml:2:1: 'two' must give zh and en as text"),
    ],
)
def test_broken_phrases_are_named(tmp_path: Path, text: str | None, expected: str) -> None:
    if text is not None:
        (tmp_path / "phrases.yml").write_text(text, encoding="utf-8")
    with pytest.raises(HandbookError, match=expected):
        Phrases(tmp_path / "phrases.yml")


def test_mkdocs_alone_leaves_the_last_good_site_too(tmp_path: Path) -> None:
    root = site_project(tmp_path)
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    assert subprocess.run(command, cwd=root, check=False, capture_output=True).returncode == 0
    before = snapshot(root / "site")
    (root / CLAUSES).write_text("clauses: [{}]", encoding="utf-8")
    failed = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr + failed.stdout
    assert snapshot(root / "site") == before


def test_a_broken_template_leaves_the_last_good_site(tmp_path: Path) -> None:
    root = site_project(tmp_path)
    build_site(root, Path("site"))
    before = snapshot(root / "site")
    (root / "site_templates").unlink()
    shutil.copytree(ROOT / "site_templates", root / "site_templates")
    (root / "site_templates/pages/home.html").write_text("{{ nothing.at.all }}", encoding="utf-8")
    with pytest.raises(HandbookError):
        build_site(root, Path("site"))
    assert snapshot(root / "site") == before


def test_the_same_content_builds_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    one, other = site_project(tmp_path / "a"), site_project(tmp_path / "b")
    build_site(one, Path("site"))
    build_site(other, Path("site"))
    first, second = snapshot(one / "site"), snapshot(other / "site")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name] and not name.endswith(".gz")] == []


def test_properdocs_builds_the_same_pages(tmp_path: Path) -> None:
    root = site_project(tmp_path)
    command = [sys.executable, "-m", "properdocs", "build", "-q", "-d", str(tmp_path / "proper")]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    build_site(root, Path("site"))
    mine = {name for name in snapshot(root / "site") if name.endswith(".html")}
    assert {name for name in snapshot(tmp_path / "proper") if name.endswith(".html")} == mine


HOSTILE = "<script>alert(1)</script> {{ config }} {% raw %} **bold** [x](javascript:alert(1)) <img src=x onerror=y>"


def test_hostile_text_appears_as_written(tmp_path: Path) -> None:
    one = clause(
        zh=f"成品制剂的存活率建议不低于85%，并须原样显示：{HOSTILE}，这是普通文字而已，没有别的含义，也不会被执行或者改写，读者看到什么就是什么。"
        "另外这里再补一些汉字，使中文字符在全部字符中占有足够的比例，以满足语言检查的要求，仅此而已。",
        en=f"The drug product should keep at least 85 % of its cells alive: {HOSTILE}",
    )
    root = site_project(tmp_path, [one])
    build_site(root, Path("site"))
    for path in (root / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script>alert(1)" not in text, path
        assert "<img src=x" not in text, path
        assert "<strong>bold" not in text, path
    pages = "".join(p.read_text(encoding="utf-8") for p in (root / "site/en/documents/alpha").rglob("*.html"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ config }} {% raw %} **bold** [x](javascript:alert(1))" in pages


class Server:
    """`mkdocs serve` on a free port, with everything that it says."""

    def __init__(self, root: Path, port: int) -> None:
        self.port = port
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
        self.process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        self.said.extend(iter(self.process.stdout.readline, ""))

    def page(self, path: str) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def until(self, path: str, wanted: str, *, absent: bool = False) -> str:
        text = ""
        for _ in range(240):
            text = self.page(path)
            if text and (wanted in text) is not absent:
                return text
            time.sleep(0.25)
        raise AssertionError(f"{wanted!r} {'still' if absent else 'never'} on {path}\n" + "".join(self.said[-30:]))


@pytest.fixture
def serving(tmp_path: Path) -> Any:
    root = site_project(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(root, port)
    yield root, server
    server.process.terminate()
    server.process.wait(10)


def test_serving_shows_errors_on_the_last_good_pages_and_heals(serving: tuple[Path, Server]) -> None:
    root, server = serving
    page = "en/documents/alpha/index.html"
    server.until(page, "at least 85")
    good = (root / CLAUSES).read_text(encoding="utf-8")
    (root / CLAUSES).write_text(good.replace("viability-assay", "viability-asay"), encoding="utf-8")
    broken = server.until(page, "viability-asay")
    assert "at least 85" in broken
    assert f"{CLAUSES}:" in broken
    assert any("unknown method" in line for line in server.said)
    assert not any("Traceback" in line for line in server.said)
    (root / CLAUSES).write_text(good.replace("85", "87"), encoding="utf-8")
    healed = server.until(page, "at least 87")
    assert "viability-asay" not in healed


def test_the_export_stands_beside_the_pages(tmp_path: Path) -> None:
    root = site_project(tmp_path)
    build_site(root, Path("site"))
    data = json.loads((root / "site/data/handbook.json").read_text(encoding="utf-8"))
    (one,) = data["clauses"]
    for language in ("zh", "en"):
        path, anchor = one["url"][language].split("#")
        page = (root / "site" / path).read_text(encoding="utf-8")
        assert f'id="{anchor}"' in page
