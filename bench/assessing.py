"""The assessment page with a long checklist, as the reader waits for it.

usage: python bench/assessing.py SITE [ITEMS]     (default: 1000 items; SITE is the folder of a built site)

In headless Chromium: from opening the address to the first rows on screen and to all of them; from a key press to the
paint that shows it (results, next unanswered, typing into a remark, typing into the filter); saving into IndexedDB, as
the page itself measures it; and from asking for the workbook to having it as a file. The load of the machine, which
says what the figures are worth, stands beside them.
"""

from __future__ import annotations

import functools
import os
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from time import perf_counter

from handbook.pipeline import compile_handbook
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
OPENINGS = 5
WATCH = """
window.bench = { keys: [], saves: [] }
const painted = (then) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => then(performance.now())
  port2.postMessage(null)
})
addEventListener("keydown", (event) => painted((at) => bench.keys.push(at - event.timeStamp)), true)
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (one.name === "hb-save") bench.saves.push(one.duration)
}).observe({ type: "measure" })
new MutationObserver((_, observer) => {
  if (!bench.first && document.querySelector("[data-hb=row]")) painted((at) => (bench.first = at)), (bench.first = -1)
  if (!document.querySelector("[data-hb=rows][data-drawn=true]")) return
  observer.disconnect()
  painted((at) => (bench.all = at))
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-drawn"] })
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def clauses_of(wanted: int) -> list[str]:
    """The ids of so many clauses, spread over the whole corpus."""
    ids = [clause.id for clause in compile_handbook(ROOT).clauses]
    return [ids[number * len(ids) // wanted] for number in range(wanted)]


def made(page: Page, url: str, ids: list[str]) -> str:
    """An assessment of these clauses, a third of it answered; its address."""
    page.goto(f"{url}/en/assessments/index.html")
    page.evaluate("(ids) => localStorage.setItem('hb-collection', JSON.stringify(ids))", ids)
    page.goto(f"{url}/en/assessments/index.html?clauses=collected")
    page.locator("[data-hb=make]").click()
    page.wait_for_selector("[data-hb=rows][data-drawn=true]")
    page.evaluate(
        """(ids) => new Promise((done) => {
          indexedDB.open("hb-assessments").onsuccess = ({ target: { result: db } }) => {
            const store = db.transaction("assessments", "readwrite").objectStore("assessments")
            store.getAll().onsuccess = ({ target: { result: [kept] } }) => {
              const mark = { result: "partly", severity: "minor", evidence: "SOP-001 v3, 记录 2026-01", reason: "",
                remark: "一处记录没有复核人签字。", capa: "", changed: kept.changed, samples: {}, review: null }
              for (const id of ids) kept.answers[id] = mark
              store.put(kept).onsuccess = () => (db.close(), done())
            }
          }
        })""",
        ids[: len(ids) // 3],
    )
    return page.url


def openings(page: Page, address: str) -> list[tuple[float, float]]:
    """Milliseconds to the first rows and to all rows, each time anew."""
    times = []
    for _ in range(OPENINGS):
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_function("bench.all > 0")
        times.append((page.evaluate("bench.first"), page.evaluate("bench.all")))
    return times


def presses(page: Page, keys: list[str]) -> list[float]:
    """Milliseconds from each key press to its paint; a key is pressed after the paint of the one before."""
    page.evaluate("bench.keys = []")
    for count, key in enumerate(keys, 1):
        page.keyboard.press(key)
        page.wait_for_function("(count) => bench.keys.length === count", arg=count)
    return list(page.evaluate("bench.keys"))


def saved(page: Page) -> None:
    page.wait_for_selector("[data-hb=state][data-state=saved]")


def told(name: str, times: list[float]) -> None:
    print(f"| {name} | {median(times):.0f} | {max(times):.0f} | {len(times)} |", flush=True)


def measure(page: Page, address: str) -> None:
    opened = openings(page, address)
    told("opened: first rows", [first for first, _ in opened])
    told("opened: all rows", [all_rows for _, all_rows in opened])
    page.wait_for_function("typeof handbookWorkbook !== 'undefined' && typeof handbookCatalogue !== 'undefined'")
    presses(page, ["j"])
    told("key: a result (1 to 3, 5)", presses(page, list("123511325")))
    told("key: next unanswered, then a result", presses(page, ["n", "1", "n", "3"] * 10))
    presses(page, ["e"])
    told("key: typing a remark", presses(page, list("The record of batch 7 was not signed.")))
    presses(page, ["Escape"])
    presses(page, ["/"])
    told("key: typing into the filter", presses(page, [*"viability", *["Backspace"] * 9]))
    presses(page, ["Escape"])
    saved(page)
    told("a save", page.evaluate("bench.saves"))
    exports = []
    for _ in range(3):
        start = perf_counter()
        with page.expect_download() as waited:
            page.locator("[data-hb=xlsx]").click()
        waited.value.path()
        exports.append((perf_counter() - start) * 1000)
    told("xlsx, from the click to the file", exports)


def main(site: Path, items: int) -> None:
    ids = clauses_of(items)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=FLAGS, ignore_default_args=["--headless"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(60_000)
        page.add_init_script(WATCH)
        address = made(page, f"http://127.0.0.1:{server.server_port}", ids)
        load = os.getloadavg()
        print(f"{items:,} items, Chromium {browser.version}, {os.cpu_count()} cores, load before {load[0]:.1f}\n")
        print("| what | ms, median | worst | times |\n|---|---|---|---|")
        measure(page, address)
        print(f"\nload after {os.getloadavg()[0]:.1f}")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
