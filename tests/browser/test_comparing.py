"""The tables of limits in the browser: narrowed, sorted, shared by address, taken along as CSV."""

import csv
import io

import pytest

TABLE = "limits/table/index.html"


def shown(page):
    return page.locator("table[data-limits] tbody tr:visible")


def test_narrowed_and_sorted_and_the_address_tells(page, site_url):
    page.goto(f"{site_url}/en/{TABLE}")
    whole = shown(page).count()
    page.fill(".hb-limit-tools [name=q]", "viability")
    page.select_option("[name=n]", "limit")
    assert {"cell viability"} == set(shown(page).locator("td:first-child").all_inner_texts())
    assert 0 < shown(page).count() < whole
    page.click("th:nth-child(2) button")
    page.click("th:nth-child(2) button")
    assert page.locator("th:nth-child(2)").get_attribute("aria-sort") == "descending"
    assert shown(page).locator("td:nth-child(2)").all_inner_texts() == ["≥ 85 %", "≥ 70 %"]
    page.goto("about:blank")
    page.go_back()
    assert page.input_value(".hb-limit-tools [name=q]") == "viability"
    assert shown(page).locator("td:nth-child(2)").all_inner_texts() == ["≥ 85 %", "≥ 70 %"]
    page.click(".hb-limit-tools [type=reset]")
    page.wait_for_function(f"document.querySelectorAll('table[data-limits] tbody tr:not([hidden])').length === {whole}")


def test_csv_of_what_is_shown_holds_no_formula(page, site_url):
    page.goto(f"{site_url}/zh/{TABLE}#r=%3D&f=binding")
    with page.expect_download() as taken:
        page.click(".hb-csv")
    data = taken.value.path().read_bytes()
    assert data.startswith("\ufeff".encode())
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert len(rows) == shown(page).count() > 0
    assert head[1:4] == ["关系", "数值", "单位"]
    assert all(len(row) == len(head) for row in rows)
    assert [cell for row in rows for cell in row if cell[:1] in tuple("=+@")] == []
    assert rows[0][1:4] == ["等于", "30", "a"]


@pytest.mark.parametrize("viewport", ["phone"], indirect=True)
@pytest.mark.parametrize("path", ["limits/index.html", TABLE, "parameters/vector-copy-number/index.html"])
def test_no_sideways_scroll_on_a_phone(page, site_url, path):
    page.goto(f"{site_url}/en/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
