"""The ready-made checklists as pages: read and printed without scripts, filled in as an assessment."""

from __future__ import annotations

import subprocess

import pytest
from playwright.sync_api import expect
from test_assessing import LIST, VIEW, hb, ready

ROWS = "table.hb-list tr[data-node-id]"


def ids(page):
    return page.locator(ROWS).evaluate_all("rows => rows.map((row) => row.dataset.nodeId)")


@pytest.fixture
def plain(browser):
    """A page in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport=VIEW)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_scripts_a_list_reads_and_prints(plain, site_url, tmp_path, language):
    plain.goto(f"{site_url}/{language}/checklists/index.html")
    plain.locator(f'.hb-list-index a[href*="{LIST}/"]').click()
    rows = plain.locator(ROWS)
    codes = rows.locator(".hb-id").all_inner_texts()
    assert len(codes) > 50
    expect(rows.first).to_be_visible()
    path = tmp_path / "list.pdf"
    path.write_bytes(plain.pdf(prefer_css_page_size=True))
    told = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert [code for code in codes if code not in told] == []
    stamp = plain.locator(".hb-list-stamp").text_content()
    assert "".join(stamp.split()) in "".join(told.split())


def test_without_scripts_the_page_of_assessments_leads_to_the_lists(plain, site_url):
    plain.goto(f"{site_url}/en/assessments/index.html")
    expect(plain.locator("noscript a")).to_have_attribute("href", "../checklists/index.html")


def test_a_list_is_filled_in_row_by_row(page, site_url):
    page.goto(f"{site_url}/en/checklists/{LIST}/index.html")
    listed = ids(page)
    page.get_by_role("link", name="Fill in").click()
    hb(page, "make").click(timeout=30_000)
    ready(page)
    filled = hb(page, "row").evaluate_all("rows => rows.map((row) => row.dataset.id)")
    assert sorted(filled) == sorted(listed)


def test_the_code_of_a_row_finds_its_clause(page, site_url):
    page.goto(f"{site_url}/en/checklists/{LIST}/index.html")
    first = page.locator(ROWS).first
    code, clause = first.locator(".hb-id").inner_text(), first.get_attribute("data-node-id")
    page.goto(f"{site_url}/en/search/index.html?q={code}")
    expect(page.locator("[data-node-id]").first).to_have_attribute("data-node-id", clause, timeout=30_000)


@pytest.mark.parametrize("viewport", ["phone", "tablet"], indirect=True)
def test_a_list_needs_no_sideways_scroll(page, site_url, viewport):
    page.goto(f"{site_url}/zh/checklists/{LIST}/index.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
