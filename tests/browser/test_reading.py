"""What readers do with the pages: choose a language, ask a word, copy, filter, search, switch, print."""

import re

import pytest

DOCUMENT = "documents/bovine-serum-cell-culture/index.html"
CLAUSE = "2-5-filtration.1"
SAMPLE = [
    "index.html", "documents/index.html", DOCUMENT, "terms/index.html", "methods/index.html",
    "parameters/index.html", "parameters/filter-pore-size/index.html", "topics/index.html", "topics/serum/index.html",
    "references/index.html", "about/index.html",
]  # fmt: skip


def shown(page, language):
    return page.locator(f".hb-card .hb-t[lang='{language}']").first.is_visible()


def test_choice_of_language_holds_on_other_pages(page, site_url):
    page.goto(f"{site_url}/zh/{DOCUMENT}")
    assert shown(page, "zh-CN") and shown(page, "en")
    page.click("[data-hb-choose=en]")
    assert shown(page, "en") and not shown(page, "zh-CN")
    page.goto(f"{site_url}/zh/topics/serum/index.html")
    assert page.get_attribute("html", "data-hb-choice") == "en"
    assert not page.locator(".hb-line .hb-t[lang='zh-CN']").first.is_visible()
    assert page.get_attribute("[data-hb-choose=en]", "aria-pressed") == "true"
    page.click("[data-hb-choose=zh]")
    page.reload()
    assert page.locator(".hb-line .hb-t[lang='zh-CN']").first.is_visible()


@pytest.mark.parametrize(("viewport", "columns"), [("desktop", 2), ("phone", 1)], indirect=["viewport"])
def test_side_by_side_stacks_on_a_phone(page, site_url, columns):
    page.goto(f"{site_url}/en/{DOCUMENT}")
    texts = "[...document.querySelector('.hb-card .hb-texts').children]"
    lefts = page.evaluate(f"{texts}.map(text => Math.round(text.getBoundingClientRect().left))")
    assert len(set(lefts)) == columns


def test_popup_answers_pointer_and_keyboard(page, site_url):
    page.goto(f"{site_url}/en/{DOCUMENT}")
    tip = page.locator(".hb-tip")
    link = page.locator(".hb-card [data-tip]").first
    link.hover()
    tip.wait_for(state="visible")
    assert re.search("[\u4e00-\u9fff]", tip.inner_text())
    page.keyboard.press("Escape")
    assert tip.is_hidden()
    link.focus()
    tip.wait_for(state="visible")
    assert link.get_attribute("aria-describedby") == tip.get_attribute("id")
    assert tip.locator("a").get_attribute("href").endswith(link.get_attribute("href").lstrip("./"))


def test_copying_link_and_citation(page, site_url):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site_url}/zh/{DOCUMENT}")
    card = page.locator(f"[data-node-id$='/{CLAUSE}']")
    card.locator("[data-copy-link]").click()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site_url}/zh/{DOCUMENT}#{CLAUSE}"
    assert card.locator(".hb-copied").inner_text()
    card.locator("[data-copy]").first.click()
    citation = page.evaluate("navigator.clipboard.readText()")
    assert "细胞培养用牛血清生产和质量控制技术指导原则[Z]" in citation and CLAUSE in citation


def test_filter_finds_by_either_language(page, site_url):
    page.goto(f"{site_url}/zh/methods/index.html")
    page.fill("[data-hb-filter]", "STERILITY")
    names = page.locator(".hb-index li:visible").all_inner_texts()
    assert any("无菌检查" in name for name in names)
    assert len(names) < 10
    page.fill("[data-hb-filter]", "")
    assert page.locator(".hb-index li:visible").count() > 10


def test_language_switch_stays_at_the_clause(page, site_url):
    page.goto(f"{site_url}/zh/{DOCUMENT}#{CLAUSE}")
    page.hover(".md-select button")
    page.click("a.md-select__link[hreflang=en]")
    page.wait_for_url(f"{site_url}/en/{DOCUMENT}#{CLAUSE}")
    assert page.locator(f"[id='{CLAUSE}']").is_visible()


def test_site_works_from_a_local_folder(page, site_dir):
    page.goto(f"file://{site_dir}/zh/index.html")
    page.keyboard.press("/")
    page.keyboard.type("filtration")
    page.keyboard.press("Enter")
    page.locator(f"[data-node-id$='/{CLAUSE}']").wait_for()
    page.goto(f"file://{site_dir}/zh/{DOCUMENT}")
    page.locator(".hb-headings a").first.click()
    assert "#h_" in page.url


@pytest.mark.parametrize("viewport", ["desktop", "phone"], indirect=True)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_is_wider_than_the_screen(page, site_url, language):
    wide = []
    for name in SAMPLE:
        page.goto(f"{site_url}/{language}/{name}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(name)
    assert wide == []


def test_without_scripts_both_languages_stand_in_order(browser, site_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/en/{DOCUMENT}")
    tops = [page.locator(f".hb-card .hb-t[lang='{code}']").first.bounding_box()["y"] for code in ("en", "zh-CN")]
    assert tops[0] < tops[1]
    assert page.locator(".hb-choice").is_hidden() and page.locator(".hb-actions").first.is_hidden()
    assert page.locator(".hb-card [data-tip]").first.get_attribute("title")
    page.goto(f"{site_url}/en/methods/index.html")
    assert page.locator(".hb-index li").count() > 10 and page.locator(".hb-filter").is_hidden()
    context.close()


def test_paper_has_no_navigation_and_no_torn_cards(page, site_url):
    page.goto(f"{site_url}/zh/{DOCUMENT}")
    page.emulate_media(media="print")
    for selector in (".md-header", ".md-sidebar--primary", ".hb-choice", ".hb-actions"):
        assert page.locator(selector).first.is_hidden(), selector
    style = "getComputedStyle(document.querySelector('{}')).{}"
    assert page.evaluate(style.format(".hb-card", "breakInside")) == "avoid"
    assert page.evaluate(style.format(".hb-force", "color")) == "rgb(0, 0, 0)"
    assert page.evaluate(style.format(".hb-card a", "textDecorationLine")) == "none"


CONTRAST = """() => {
  const channel = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4
  const light = c => .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2])
  const colour = text => { const n = text.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n }
  const over = (a, b) => [0, 1, 2].map(i => a[i] * a[3] + b[i] * (1 - a[3])).concat(1)
  const ground = element => {
    const layers = []
    for (let at = element; at; at = at.parentElement) layers.push(colour(getComputedStyle(at).backgroundColor))
    return layers.reverse().reduce((below, one) => over(one, below), [255, 255, 255, 1])
  }
  const faults = new Set()
  for (const element of document.querySelectorAll('article *')) {
    const words = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
    if (!words || !element.checkVisibility() || element.closest('svg, .hb-over')) continue
    const behind = ground(element)
    const ink = over(colour(getComputedStyle(element).color), behind)
    const [a, b] = [light(ink), light(behind)].sort((x, y) => y - x)
    const ratio = (a + .05) / (b + .05)
    if (ratio < 4.5) faults.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`)
  }
  return [...faults]
}"""


@pytest.mark.parametrize("color_scheme", ["light", "dark"], indirect=True)
def test_text_can_be_read_against_its_ground(page, site_url, color_scheme):
    faults = {}
    for name in SAMPLE:
        page.goto(f"{site_url}/en/{name}")
        page.wait_for_timeout(300)  # the theme fades its colours in
        if found := page.evaluate(CONTRAST):
            faults[name] = found
    assert faults == {}
