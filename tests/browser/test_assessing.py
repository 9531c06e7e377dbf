"""Assessments as auditors use them: filled, kept, taken along and brought back, without a network, by keyboard."""

from __future__ import annotations

import functools
import io
import json
import shutil
import subprocess
import threading
from http.server import ThreadingHTTPServer

import openpyxl
import pytest
from conftest import FLAGS, QuietHandler
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

LIST = "audit/comparability"
VIEW = {"width": 1280, "height": 900}


def hb(page, name):
    return page.locator(f'[data-hb="{name}"]')


def ready(page):
    page.wait_for_selector('[data-hb="rows"][data-drawn="true"]', timeout=30_000)


def saved(page):
    expect(hb(page, "state")).to_have_attribute("data-state", "saved", timeout=15_000)


def begin(page, url, name=LIST):
    page.goto(f"{url}/en/assessments/index.html?list={name}")
    hb(page, "make").click(timeout=30_000)
    ready(page)
    return page.url


def row(page, number):
    return hb(page, "row").nth(number)


def choose(page, number, result):
    row(page, number).locator(f'[data-hb="results"] [data-result="{result}"]').click()


def answers(page):
    """What is kept in the browser, by item."""
    return page.evaluate(
        """async () => {
          const opened = indexedDB.open("hb-assessments")
          const db = await new Promise((done) => (opened.onsuccess = () => done(opened.result)))
          const asked = db.transaction("assessments").objectStore("assessments").getAll()
          const all = await new Promise((done) => (asked.onsuccess = () => done(asked.result)))
          db.close()
          return all.map((one) => (one.assessment ?? one).answers)
        }"""
    )


def export(page, name):
    with page.expect_download(timeout=60_000) as waited:
        hb(page, name).click()
    return waited.value.path()


def fill_some(page):
    """Three answers: conforms with evidence, a major finding, not applicable with its reason."""
    choose(page, 0, "conforms")
    row(page, 0).locator('[data-hb="evidence"]').fill("SOP-001 v3")
    choose(page, 1, "does-not-conform")
    row(page, 1).locator('[data-hb="severity"]').select_option("major")
    row(page, 1).locator('[data-hb="remark"]').fill('=HYPERLINK("http://x","<b>evil</b>")')
    choose(page, 2, "not-applicable")
    expect(row(page, 2)).to_have_attribute("data-result", "not-checked")
    row(page, 2).locator('[data-hb="reason"]').fill("No second site")
    expect(row(page, 2)).to_have_attribute("data-result", "not-applicable")
    saved(page)


def results(page):
    return [row(page, number).get_attribute("data-result") for number in range(3)]


FILLED = ["conforms", "does-not-conform", "not-applicable"]


def test_fill_reload_and_undo(page, site_url):
    address = begin(page, site_url)
    fill_some(page)
    page.goto("about:blank")
    page.goto(address)
    ready(page)
    assert results(page) == FILLED
    expect(row(page, 1)).to_contain_text("<b>evil</b>")
    assert row(page, 1).locator("b", has_text="evil").count() == 0
    choose(page, 0, "partly")
    hb(page, "undo").click()
    expect(row(page, 0)).to_have_attribute("data-result", "conforms")


def test_keyboard_only(page, site_url):
    page.goto(f"{site_url}/en/assessments/index.html?list={LIST}")
    expect(hb(page, "make")).to_be_enabled(timeout=30_000)
    hb(page, "new-title").focus()
    page.keyboard.type("By hand")
    page.keyboard.press("Enter")
    ready(page)
    page.keyboard.press("j")
    expect(row(page, 0)).to_be_focused()
    page.keyboard.press("1")
    expect(row(page, 0)).to_have_attribute("data-result", "conforms")
    expect(row(page, 0).locator('[data-hb="doubt"]').first).to_be_visible()
    page.keyboard.press("e")
    expect(row(page, 0).locator("textarea").first).to_be_focused()
    page.keyboard.type("SOP-12345 n/a")  # in a field, keys are letters
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(row(page, 1)).to_be_focused()
    page.keyboard.press("4")
    expect(row(page, 1).locator('[data-hb="reason"]')).to_be_focused()
    page.keyboard.type("No second site")
    expect(row(page, 1)).to_have_attribute("data-result", "not-applicable")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(row(page, 2)).to_be_focused()
    page.keyboard.press("3")
    expect(row(page, 2)).to_have_attribute("data-result", "does-not-conform")
    page.keyboard.press("Control+z")
    expect(row(page, 2)).to_have_attribute("data-result", "not-checked")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    page.keyboard.press("/")
    expect(hb(page, "filter")).to_be_focused()
    page.keyboard.type("SOP-12345")
    expect(hb(page, "row")).to_have_count(1)
    saved(page)


def test_findings_and_progress_are_counted(page, site_url):
    begin(page, site_url)
    total = hb(page, "row").count()
    fill_some(page)
    expect(hb(page, "progress")).to_contain_text(f"3/{total}")
    hb(page, "filter-unanswered").click()
    expect(hb(page, "row")).to_have_count(total - 3)
    hb(page, "filter-findings").click()
    expect(hb(page, "row")).to_have_count(1)
    assert hb(page, "counts").locator("td").all_inner_texts() == ["0", "1", "0", "0"]
    hb(page, "findings-table").locator("button").click()
    expect(row(page, 1)).to_be_focused()


def test_a_batch_has_answers_of_its_own(page, site_url):
    begin(page, site_url)
    for name in ("B-01", "B-02"):
        hb(page, "sample-new").fill(name)
        hb(page, "sample-add").click()
    marks = row(page, 0).locator('[data-hb="sample"]')
    marks.nth(0).locator('[data-result="conforms"]').click()
    marks.nth(1).locator('[data-result="partly"]').click()
    expect(row(page, 0)).to_have_attribute("data-result", "partly")
    hb(page, "sample-remove").nth(1).click()
    hb(page, "sample-sure").click()  # asked because something was answered for it
    expect(marks).to_have_count(1)
    hb(page, "notice-undo").click()
    expect(marks).to_have_count(2)
    expect(row(page, 0)).to_have_attribute("data-result", "partly")
    saved(page)


def test_assessments_are_renamed_doubled_put_away_and_deleted(page, site_url):
    begin(page, site_url)
    choose(page, 0, "conforms")
    saved(page)
    hb(page, "back").click()
    hb(page, "rename").click()
    hb(page, "rename-title").fill("Spring audit")
    hb(page, "rename-sure").click()
    expect(hb(page, "open")).to_have_text("Spring audit")
    hb(page, "duplicate").click()
    hb(page, "duplicate-title").fill("Autumn audit")
    hb(page, "duplicate-answers").uncheck()
    hb(page, "duplicate-sure").click()
    spring, autumn = (hb(page, "entry").filter(has_text=name) for name in ("Spring audit", "Autumn audit"))
    expect(spring).to_contain_text("1/")
    expect(autumn).to_contain_text(" 0/")
    autumn.locator('[data-hb="archive"]').click()
    expect(hb(page, "away").locator('[data-hb="entry"]')).to_have_count(1)
    spring.locator('[data-hb="delete"]').click()
    hb(page, "delete-sure").click()
    expect(spring).to_have_count(0)
    page.reload()
    hb(page, "bin").locator("summary").click()
    hb(page, "restore").click()
    hb(page, "open").filter(has_text="Spring audit").click()
    ready(page)
    expect(row(page, 0)).to_have_attribute("data-result", "conforms")


def test_two_tabs_keep_both_answers(page, site_url):
    address = begin(page, site_url)
    saved(page)
    other = page.context.new_page()
    other.goto(address)
    ready(other)
    choose(page, 0, "conforms")
    saved(page)
    choose(other, 1, "partly")
    saved(other)
    for tab in (page, other):
        expect(row(tab, 0)).to_have_attribute("data-result", "conforms", timeout=15_000)
        expect(row(tab, 1)).to_have_attribute("data-result", "partly", timeout=15_000)


def test_export_wipe_import_gives_the_same(page, site_url):
    begin(page, site_url)
    fill_some(page)
    text = export(page, "json").read_text(encoding="utf-8")
    before = answers(page)
    page.goto(f"{site_url}/en/assessments/index.html")
    hb(page, "delete").click()
    hb(page, "delete-sure").click()
    expect(hb(page, "entry")).to_have_count(0)
    page.evaluate("async () => { for (const one of await indexedDB.databases()) indexedDB.deleteDatabase(one.name) }")
    page.reload()
    payload = {"name": "a.json", "mimeType": "application/json", "buffer": text.encode()}
    page.locator('input[data-hb="import"]').set_input_files([payload])
    expect(hb(page, "import-plan")).to_have_attribute("data-kind", "new")
    assert answers(page) == []
    hb(page, "import-add").click()
    ready(page)
    assert results(page) == FILLED
    saved(page)
    assert answers(page) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[: len(text) // 2], "JSON"),
        (lambda text: text.replace('"conforms"', '"perfect"'), "result"),
        (lambda text: text.replace('"version": 1', '"version": 99'), "newer"),
        (lambda text: '{"a": 1}', ""),
    ],
)
def test_a_bad_file_is_refused_and_changes_nothing(page, site_url, change, said):
    begin(page, site_url)
    choose(page, 0, "conforms")
    saved(page)
    text = change(export(page, "json").read_text(encoding="utf-8"))
    before = answers(page)
    page.goto(f"{site_url}/en/assessments/index.html")
    payload = {"name": "a.json", "mimeType": "application/json", "buffer": text.encode()}
    page.locator('input[data-hb="import"]').set_input_files([payload])
    expect(hb(page, "import-refused")).to_contain_text(said)
    assert answers(page) == before


def test_excel_out_filled_and_back(page, site_url):
    begin(page, site_url)
    fill_some(page)
    book = openpyxl.load_workbook(io.BytesIO(export(page, "xlsx").read_bytes()))
    sheet = book.worksheets[1]
    assert any('=HYPERLINK("http://x"' in str(cell.value) for line in sheet.iter_rows() for cell in line)
    assert not any(cell.data_type == "f" for each in book.worksheets for line in each.iter_rows() for cell in line)
    for line in sheet.iter_rows():
        for cell in line:
            if cell.value == "SOP-001 v3":
                cell.value = "SOP-001 v4"
    changed = io.BytesIO()
    book.save(changed)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    payload = {"name": "a.xlsx", "mimeType": kind, "buffer": changed.getvalue()}
    page.locator('input[data-hb="import-xlsx"]').set_input_files([payload])
    expect(hb(page, "import-set")).to_contain_text("SOP-001 v4", timeout=30_000)
    hb(page, "import-apply").click()
    expect(row(page, 0).locator('[data-hb="evidence"]')).to_have_value("SOP-001 v4")
    assert results(page) == FILLED


def test_a_killed_browser_loses_nothing(browser, site_url, tmp_path):
    chromium = browser.browser_type
    options = {
        "executable_path": shutil.which("chromium"),
        "args": FLAGS,
        "ignore_default_args": ["--headless"],
        "viewport": VIEW,
    }
    context = chromium.launch_persistent_context(str(tmp_path / "profile"), **options)
    page = context.new_page()
    address = begin(page, site_url)
    choose(page, 0, "conforms")
    choose(page, 1, "partly")
    saved(page)
    session = context.new_cdp_session(page)
    with pytest.raises(PlaywrightError):  # the answer never comes: the whole browser is gone
        session.send("Browser.crash")
    again = chromium.launch_persistent_context(str(tmp_path / "profile"), **options)
    page = again.new_page()
    page.goto(address)
    ready(page)
    assert results(page)[:2] == ["conforms", "partly"]
    again.close()


def test_the_network_may_go_after_the_page_is_loaded(page, site_dir, heard):
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(site_dir)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    begin(page, url)
    page.wait_for_function("typeof handbookWorkbook !== 'undefined'", timeout=30_000)
    server.shutdown()
    server.server_close()
    choose(page, 0, "conforms")
    saved(page)
    assert export(page, "xlsx").stat().st_size > 10_000
    assert json.loads(export(page, "json").read_text(encoding="utf-8"))["answers"]
    heard.foreign.clear()  # another port of this machine is no other host


@pytest.mark.parametrize(
    "refusal",
    [
        "Object.defineProperty(window, 'indexedDB', { value: undefined })",
        "IDBFactory.prototype.open = () => { throw new DOMException('private', 'SecurityError') }",
    ],
    ids=["absent", "private"],
)
def test_storage_that_is_refused_says_so_and_offers_the_file(page, site_url, refusal):
    page.add_init_script(refusal)
    begin(page, site_url)
    choose(page, 0, "conforms")
    expect(hb(page, "alarm")).to_be_visible(timeout=15_000)
    text = export(page, "alarm-file").read_text(encoding="utf-8")
    assert "conforms" in text


def test_paper_has_answers_page_numbers_and_signatures(page, site_url, tmp_path):
    begin(page, site_url)
    fill_some(page)
    path = tmp_path / "paper.pdf"
    path.write_bytes(page.pdf(prefer_css_page_size=True))
    told = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
    pages = told.split("\f")[:-1]
    assert len(pages) > 3
    for part in ("SOP-001 v3", "No second site", "Signature", "<b>evil</b>"):
        assert part in " ".join(told.split()), part
    assert f"of {len(pages)}" in pages[-1]


@pytest.mark.parametrize("viewport", ["phone", "tablet"], indirect=True)
def test_a_phone_or_tablet_needs_no_sideways_scroll(page, site_url, viewport):
    begin(page, site_url)
    fill_some(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    hb(page, "filter-findings").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_builder_counts_explains_and_hands_over(page, site_url):
    page.goto(f"{site_url}/en/builder/index.html?products=msc&topics=cell-bank&forces=guidance")
    page.wait_for_selector('html[data-builder-state="ready"]', timeout=30_000)
    taken = int(hb(page, "taken-count").inner_text().split()[0])
    assert taken == page.locator('[data-hb="taken"] tbody tr').count()
    page.locator('input[name="forces"][value="draft"]').check()
    more = int(hb(page, "taken-count").inner_text().split()[0])
    assert more > taken
    assert "forces=draft" in page.url
    hb(page, "left").locator("summary").click()
    expect(hb(page, "left")).to_contain_text("only for: ")
    page.reload()
    page.wait_for_selector('html[data-builder-state="ready"]', timeout=30_000)
    assert int(hb(page, "taken-count").inner_text().split()[0]) == more
    hb(page, "fill").click()
    hb(page, "make").click(timeout=30_000)
    ready(page)
    assert hb(page, "row").count() == more
