"""No page asks another host for anything, and none logs an error: the handbook works where there is no network."""

import re
from html.parser import HTMLParser

import pytest

SAMPLE = 30
HOMES = ["zh/index.html", "en/index.html"]
FOREIGN = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
# Links that a reader follows may lead anywhere, and these kinds of <link> are only read, never fetched.
NOT_FETCHED = {"alternate", "author", "canonical", "help", "license", "next", "prev"}


def spread(pages, count):
    """At most `count` of them, the same ones every time, spread over the whole list."""
    step = max(1, -(-len(pages) // count))
    return pages[::step]


def built_pages(site_dir):
    found = sorted(path.relative_to(site_dir).as_posix() for path in site_dir.glob("??/**/index.html"))
    return [page for page in found if page.startswith(("zh/", "en/")) and page not in HOMES]


class Fetches(HTMLParser):
    """Collects what a browser would fetch from another host to show the page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "a" or (tag == "link" and NOT_FETCHED & set((values.get("rel") or "").split())):
            return
        named = [values.get(name) or "" for name in ("src", "href", "poster", "data", "xlink:href")]
        named += (values.get("srcset") or "").split(",")
        self.found += [f"<{tag}> {value}" for value in named if FOREIGN.match(value)]


def test_both_homes_are_built(site_dir):
    assert [home for home in HOMES if not (site_dir / home).is_file()] == []


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("viewport", ["desktop", "phone"], indirect=True)
@pytest.mark.parametrize("color_scheme", ["light", "dark"], indirect=True)
def test_home_needs_no_other_host(page, site_url, home):
    page.goto(f"{site_url}/{home}", wait_until="networkidle")
    assert page.title()


def test_root_leads_to_both_languages(page, site_dir, site_url):
    root = (site_dir / "index.html").read_text(encoding="utf-8")
    page.goto(f"{site_url}/index.html", wait_until="networkidle")
    redirected = re.fullmatch(r"/(zh|en)/(index\.html)?", page.url.removeprefix(site_url).split("#")[0])
    assert redirected or ("zh/" in root and "en/" in root), f"{page.url} leads nowhere"


def test_sample_of_pages_needs_no_other_host(page, heard, site_dir, site_url):
    sample = spread(built_pages(site_dir), SAMPLE)
    assert sample, "the site has no pages besides the homes"
    faults = []
    for name in sample:
        answer = page.goto(f"{site_url}/{name}", wait_until="networkidle")
        faults += [f"{name}: {fault}" for fault in heard.all()]
        if answer.status != 200:
            faults.append(f"{name}: HTTP status {answer.status}")
        heard.foreign.clear()
        heard.errors.clear()
    assert not faults, "\n".join(faults)


def test_no_built_page_names_another_host_for_what_it_shows(site_dir):
    """Every page, by its source: the sample above sees what runs, this sees what is there."""
    faults = []
    for path in sorted(site_dir.rglob("*.html")):
        reader = Fetches()
        reader.feed(path.read_text(encoding="utf-8"))
        faults += [f"{path.relative_to(site_dir)}: {found}" for found in reader.found]
    assert not faults, "\n".join(faults[:20])


def test_no_style_sheet_names_another_host(site_dir):
    pattern = re.compile(r"(?:url\(\s*|@import\s+)[\"']?(?:https?:)?//[^\"')\s]+", re.IGNORECASE)
    found = {
        f"{path.relative_to(site_dir)}: {hit}"
        for path in site_dir.rglob("*.css")
        for hit in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert not found, "\n".join(sorted(found))
