"""Bad input to the assessment page: a message that names the row, nothing lost, nothing run, and text stays text."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from playwright.sync_api import expect
from test_assessing import answers, begin, choose, export, hb, ready, results, row, saved

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EVIL = "<img src=x onerror=\"window.harmed='yes'\"><script>window.harmed='yes'</script>"
LONG = "记录" * 500_000
FULL = """() => {
window.full = true
const put = IDBObjectStore.prototype.put
IDBObjectStore.prototype.put = function (...given) {
  if (window.full) throw new DOMException("no room", "QuotaExceededError")
  return put.apply(this, given)
}
}"""


def given(name, content):
    kind = "application/json" if name.endswith(".json") else EXCEL
    return [{"name": name, "mimeType": kind, "buffer": content.encode() if isinstance(content, str) else content}]


def bring(page, site_url, content, name="a.json"):
    """The file, brought to the list of assessments."""
    page.goto(f"{site_url}/en/assessments/index.html")
    page.locator('input[data-hb="import"]').set_input_files(given(name, content))


def exported_book(page):
    return openpyxl.load_workbook(io.BytesIO(export(page, "xlsx").read_bytes()))


def bytes_of(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring_book(page, book):
    page.locator('input[data-hb="import-xlsx"]').set_input_files(given("a.xlsx", bytes_of(book)))


def filled(page, site_url):
    """An assessment with one answer, as a file."""
    begin(page, site_url)
    choose(page, 0, "conforms")
    saved(page)
    return json.loads(export(page, "json").read_text(encoding="utf-8"))


def test_markup_in_a_file_stays_text(page, site_url, heard):
    a = filled(page, site_url)
    first = a["items"][0]["id"]
    a |= {"id": "other", "title": EVIL}
    a["head"]["site"] = EVIL
    a["samples"] = [{"id": "s1", "label": EVIL}]
    a["items"][0] |= {"zh": EVIL, "en": EVIL, "code": EVIL, "url": "javascript:window.harmed='yes'"}
    a["items"][0]["document"]["short"] = {"zh": EVIL, "en": EVIL}
    a["answers"][first]["remark"] = EVIL
    bring(page, site_url, json.dumps(a))
    expect(hb(page, "import-plan")).to_contain_text(EVIL)
    hb(page, "import-add").click()
    ready(page)
    expect(row(page, 0)).to_contain_text(EVIL)
    assert row(page, 0).locator("a.hb-id").evaluate("link => link.protocol") == "http:"
    page.pdf()  # the sheet for paper is made of the same texts
    page.goto(f"{site_url}/en/assessments/index.html")
    expect(hb(page, "entry").first).to_contain_text(EVIL)
    assert page.evaluate("window.harmed") is None
    assert page.locator("img[src=x]").count() == 0


def test_a_remark_of_a_million_characters_is_kept_whole(page, site_url):
    address = begin(page, site_url)
    choose(page, 0, "partly")
    row(page, 0).locator('[data-hb="remark"]').fill(LONG)
    saved(page)
    page.goto("about:blank")
    page.goto(address)
    ready(page)
    kept = answers(page)[0]
    assert [one["remark"] for one in kept.values() if one["remark"]] == [LONG]
    book = exported_book(page)
    bring_book(page, book)  # a cell holds less; what is left as it was does not shorten what is kept
    expect(hb(page, "import-sum")).to_be_visible(timeout=30_000)
    expect(hb(page, "import-set")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(hb(page, "book-dialog")).to_have_count(0)
    again = json.loads(export(page, "json").read_text(encoding="utf-8"))
    assert [one["remark"] for one in again["answers"].values() if one["remark"]] == [LONG]


def test_a_result_outside_the_scale_names_its_row(page, site_url):
    a = filled(page, site_url)
    second = a["items"][1]
    a["answers"][second["id"]] = a["answers"][a["items"][0]["id"]] | {"result": "perfect"}
    before = answers(page)
    bring(page, site_url, json.dumps(a))
    expect(hb(page, "import-refused")).to_contain_text(second["code"])
    expect(hb(page, "import-refused")).to_contain_text("perfect")
    assert answers(page) == before


def test_an_answer_to_an_unknown_item_goes_to_the_archive(page, site_url):
    a = filled(page, site_url)
    a["id"] = "other"
    a["answers"]["no-document/9.9"] = a["answers"][a["items"][0]["id"]] | {"remark": "kept although unknown"}
    bring(page, site_url, json.dumps(a))
    expect(hb(page, "import-plan")).to_contain_text("no-document/9.9")
    hb(page, "import-add").click()
    ready(page)
    hb(page, "filter-archived").click()
    expect(hb(page, "archived")).to_contain_text("kept although unknown")


@pytest.mark.parametrize("kind", ["foreign", "truncated", "text", "locked"])
def test_a_workbook_that_is_none_of_ours_is_refused(page, site_url, kind):
    address = begin(page, site_url)
    choose(page, 0, "conforms")
    saved(page)
    before = answers(page)
    foreign = openpyxl.Workbook()
    foreign.active.append(["Conforms", "=1+1"])
    own = export(page, "xlsx").read_bytes() if kind == "truncated" else b""
    content = {
        "foreign": bytes_of(foreign),
        "truncated": own[: len(own) // 2],
        "text": b"code,result\n",
        "locked": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    }[kind]
    page.locator('input[data-hb="import-xlsx"]').set_input_files(given("a.xlsx", content))
    expect(hb(page, "import-refused")).not_to_be_empty(timeout=30_000)
    bring(page, site_url, content, "a.xlsx")
    expect(hb(page, "import-refused")).not_to_be_empty(timeout=30_000)
    page.goto("about:blank")
    page.goto(address)
    ready(page)
    assert answers(page) == before


def test_a_workbook_may_be_sorted_and_what_does_not_fit_is_told_by_row(page, site_url):
    begin(page, site_url)
    choose(page, 0, "conforms")
    saved(page)
    book = exported_book(page)
    sheet = book.worksheets[1]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    head, column = next(
        (at, place)
        for at, line in enumerate(lines)
        for place, value in enumerate(line)
        if str(value).endswith("Conforms")
    )
    rest = len(lines) - head
    body = [*reversed(lines[head:])]  # the answered row is the last now
    body[1][column] = "Excellent"
    body[2][column] = "Partly conforms"
    for at, line in enumerate(body):
        for place, value in enumerate(line):
            sheet.cell(head + 1 + at, place + 1).value = value
    sheet.cell(head + rest + 1, 1).value = "ZZZ-ZZZ"
    sheet.cell(head + rest + 1, column + 1).value = "Conforms"
    bring_book(page, book)
    unplaced = hb(page, "import-unplaced")
    expect(unplaced).to_contain_text("Excellent", timeout=30_000)
    expect(unplaced).to_contain_text(str(head + 2))
    expect(unplaced).to_contain_text("ZZZ-ZZZ")
    hb(page, "import-apply").click()
    expect(row(page, 0)).to_have_attribute("data-result", "conforms")
    for line, result in ((body[2], "partly"), (body[1], "not-checked")):
        named = hb(page, "row").filter(has=page.locator("a.hb-id", has_text=line[0]))
        expect(named).to_have_attribute("data-result", result)


def test_a_full_storage_says_so_and_loses_nothing(page, site_url):
    address = begin(page, site_url)
    saved(page)
    page.evaluate(FULL)
    choose(page, 0, "conforms")
    choose(page, 1, "partly")
    expect(hb(page, "state")).to_have_attribute("data-state", "failed", timeout=15_000)
    assert "partly" in export(page, "alarm-file").read_text(encoding="utf-8")
    page.evaluate("window.full = false")
    hb(page, "retry").click()
    saved(page)
    page.evaluate("window.full = true")
    choose(page, 2, "does-not-conform")
    expect(hb(page, "state")).to_have_attribute("data-state", "failed", timeout=15_000)
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks before it leaves what is not saved
    page.goto("about:blank")
    page.goto(address)
    ready(page)
    assert results(page) == ["conforms", "partly", "does-not-conform"]
    saved(page)
