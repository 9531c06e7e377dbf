"""The search against what could have been taken instead, on the same records in the same browser.

usage: python bench/search.py [CLAUSES ...]     (default: 3000 30000)

Needs, beside the project: pip install jieba 'pagefind[extended]', and MiniSearch's dist/umd/index.js, whose path
MINISEARCH names. What is missing is left out. The records are the handbook's clauses, repeated with a number of their
own when more are wanted. For every engine: bytes that the first answer needs (gzip), time from opening a page to the
first answer, time of a later key press (median and worst over `TYPED`, two answers apart), and the share of random
substrings of clauses (2 to 6 Han characters) that find their clause.
"""

from __future__ import annotations

import functools
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any, ClassVar

from handbook.pipeline import compile_handbook
from handbook.search.bundle import packed
from handbook.search.engine import engine_source
from handbook.search.records import search_data
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "site_templates" / "static"
TYPED = (
    *("细", "细胞", "细胞库", "主细胞库", "主细胞库 支", "主细胞库 支原体", "v", "vi", "viab", "viability"),
    *("master cell bank", "≥85%", "VCN<5", "how long must records be kept", "供者筛查要检测哪些病毒"),
)
SUBSTRINGS = 200
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def clauses_of(wanted: int) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """The search data with `wanted` clauses, and the clauses as (id, zh, en)."""
    data = search_data(compile_handbook(ROOT))
    columns = data["clauses"]
    texts = {name: columns[name].split("\n") for name in ("id", "zh", "en")}
    have = len(texts["id"])
    numbers = range(wanted)
    columns["id"] = "\n".join(f"{texts['id'][n % have]}.{n // have}" for n in numbers)
    columns["zh"] = "\n".join(f"{texts['zh'][n % have]}{n // have or ''}" for n in numbers)
    columns["en"] = "\n".join(f"{texts['en'][n % have]} {n // have or ''}".strip() for n in numbers)
    for name, values in columns.items():
        if isinstance(values, list):
            columns[name] = [values[n % have] for n in numbers]
    rows = zip(*(columns[name].split("\n") for name in ("id", "zh", "en")), strict=True)
    return data, list(rows)


# ----------------------------------------------------------------------------------- engines
# Each writes a page whose `start()` loads everything and whose `ask(words)` gives the ids of the first results.

PAGE = "<!doctype html><meta charset=utf-8><script>{script}</script>"


def ours(folder: Path, data: dict[str, Any], rows: list[tuple[str, str, str]]) -> None:
    (folder / "search").mkdir()
    engine = f"const handbookEngine = () => {{\n{engine_source()}\nreturn createHandbookSearch\n}}"
    (folder / "search" / "engine.js").write_text(engine, encoding="utf-8")
    text = json.dumps(packed(data, "bench"))
    (folder / "search" / "data.js").write_text(f"const handbookSearchData = {text}", encoding="utf-8")
    (folder / "client.js").write_text((STATIC / "search-client.js").read_text(encoding="utf-8"), encoding="utf-8")
    page = (
        '<!doctype html><meta charset=utf-8><script id=__config type=application/json>{"base":"."}</script>'
        "<script src=client.js></script><script>const start = () => handbookSearch.start();"
        "const ask = async (q, limit = 20) => (await handbookSearch.search({ q, limit })).results"
        ".map((one) => one.anchor).filter(Boolean)</script>"
    )
    (folder / "index.html").write_text(page, encoding="utf-8")


def material(folder: Path, data: dict[str, Any], rows: list[tuple[str, str, str]]) -> None:
    import jieba  # noqa: PLC0415
    import material.templates  # noqa: PLC0415

    assets = Path(material.templates.__file__).parent / "assets" / "javascripts"
    (folder / "lunr").symlink_to(assets / "lunr")
    worker = next(assets.glob("workers/search.*.min.js"))
    (folder / "workers").mkdir()
    (folder / "workers" / "search.js").write_bytes(worker.read_bytes())
    cut = [{"location": name, "title": name, "text": "\u200b".join(jieba.cut(zh)) + "\n" + en} for name, zh, en in rows]
    config = {"lang": ["zh", "en"], "separator": r"[\s\u200b\-_,:!=\[\]()\"`/]+|\.(?!\d)", "pipeline": ["stemmer"],
              "fields": {"title": {"boost": 1e3}, "text": {"boost": 1}, "tags": {"boost": 1e6}}}  # fmt: skip
    (folder / "index.json").write_text(json.dumps({"config": config, "docs": cut}), encoding="utf-8")
    script = """
    let worker, wait
    const say = (message) => new Promise((done) => { wait = done; worker.postMessage(message) })
    const start = async () => {
      const index = await (await fetch("index.json")).json()
      worker = new Worker("workers/search.js")
      worker.onmessage = ({ data }) => wait(data)
      await say({ type: 0, data: { ...index, options: { suggest: false } } })
    }
    const ask = async (q, limit = 20) => {
      const { data } = await say({ type: 2, data: q })
      return data.items.flat().map((one) => one.location).slice(0, limit)
    }"""
    (folder / "index.html").write_text(PAGE.format(script=script), encoding="utf-8")


def pagefind(folder: Path, data: dict[str, Any], rows: list[tuple[str, str, str]]) -> None:
    from pagefind.service import get_executable  # type: ignore[import-not-found]  # noqa: PLC0415

    for name, zh, en in rows:
        body = f"<h1>{escape(name)}</h1><p>{escape(zh)}</p><p>{escape(en)}</p>"
        (folder / f"{name}.html").write_text(
            f"<!doctype html><html lang=zh><title>{escape(name)}</title><body data-pagefind-body>{body}",
            encoding="utf-8",
        )
    subprocess.run([get_executable(), "--site", str(folder)], check=True, capture_output=True)
    script = """
    let engine
    const start = async () => { engine = await import("./pagefind/pagefind.js"); await engine.init() }
    const ask = async (q, limit = 20) => {
      const { results } = await engine.search(q)
      return (await Promise.all(results.slice(0, limit).map((one) => one.data()))).map((one) => one.meta.title)
    }"""
    (folder / "index.html").write_text(PAGE.format(script=script), encoding="utf-8")


def minisearch(folder: Path, data: dict[str, Any], rows: list[tuple[str, str, str]]) -> None:
    library = Path(os.environ["MINISEARCH"]).read_text(encoding="utf-8")
    (folder / "minisearch.js").write_text(library, encoding="utf-8")
    (folder / "rows.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    script = """
    let index, names
    const tokens = (text) => (text.toLowerCase().match(/[a-z0-9]+|[\\u3400-\\u9fff]+/g) || []).flatMap((run) =>
      /[\\u3400-\\u9fff]/.test(run) && run.length > 1 ? [...run].slice(1).map((c, n) => run[n] + c) : [run])
    const start = async () => {
      const rows = await (await fetch("rows.json")).json()
      index = new MiniSearch({ fields: ["zh", "en"], tokenize: tokens, processTerm: (term) => term })
      names = rows.map(([id]) => id)
      index.addAll(rows.map(([, zh, en], id) => ({ id, zh, en })))
    }
    const ask = async (q, limit = 20) => index.search(q, { combineWith: "AND", prefix: (term) => /^[a-z]/.test(term) })
      .slice(0, limit).map((one) => names[one.id])"""
    page = f"<!doctype html><meta charset=utf-8><script src=minisearch.js></script><script>{script}</script>"
    (folder / "index.html").write_text(page, encoding="utf-8")


ENGINES = {
    "handbook": ours,
    "Material (lunr, jieba)": material,
    "Pagefind extended": pagefind,
    "MiniSearch, bigrams": minisearch,
}


# ---------------------------------------------------------------------------------- measuring


class _Counting(SimpleHTTPRequestHandler):
    """Notes which files were asked for."""

    asked: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        _Counting.asked.add(self.translate_path(self.path))
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass


def measured(page: Page, address: str, rows: list[tuple[str, str, str]]) -> dict[str, Any]:
    """What a browser makes of the engine at `address`."""
    _Counting.asked.clear()
    page.goto(address)
    cold = page.evaluate(
        """async () => {
        const at = performance.now()
        await start()
        await ask("支原体")
        return performance.now() - at
        }"""
    )
    size = sum(len(gzip.compress(Path(name).read_bytes())) for name in _Counting.asked if Path(name).is_file())
    keys = page.evaluate(
        """async (typed) => {
        const times = []
        for (const words of typed) {
          const at = performance.now()
          await ask(words)
          times.push(performance.now() - at)
        }
        return times
        }""",
        list(TYPED),
    )
    random.seed(7)
    found = 0
    for _ in range(SUBSTRINGS):
        name, zh, _ = random.choice(rows)
        runs = re.findall(r"[\u3400-\u9fff]{2,}", zh)
        if not runs:
            found += 1
            continue
        run = random.choice(runs)
        start = random.randrange(len(run) - 1)
        piece = run[start : start + random.randint(2, 6)]
        found += name in page.evaluate("([words, limit]) => ask(words, limit)", [piece, 100_000])
    return {"bytes": size, "cold": cold, "key": median(keys), "worst": max(keys), "recall": found / SUBSTRINGS}


def main(sizes: list[int]) -> None:
    print("| clauses | engine | made in s | first answer: kB, gzip | first answer, ms | a key press, ms: median, worst "
          "| substrings found |\n|---|---|---|---|---|---|---|")  # fmt: skip
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for wanted in sizes:
            data, rows = clauses_of(wanted)
            for name, make in ENGINES.items():
                with tempfile.TemporaryDirectory() as folder:
                    begin = time.perf_counter()
                    try:
                        make(Path(folder), data, rows)
                    except (ImportError, KeyError):
                        continue
                    made = time.perf_counter() - begin
                    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Counting, directory=folder))
                    threading.Thread(target=server.serve_forever, daemon=True).start()
                    page = browser.new_page()
                    page.set_default_timeout(600_000)
                    it = measured(page, f"http://127.0.0.1:{server.server_port}/index.html", rows)
                    page.close()
                    server.shutdown()
                    print(f"| {wanted:,} | {name} | {made:.1f} | {it['bytes'] / 1000:,.0f} | {it['cold']:,.0f} | "
                          f"{it['key']:.0f}, {it['worst']:.0f} | {it['recall']:.1%} |", flush=True)  # fmt: skip
        browser.close()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [3000, 30000])
