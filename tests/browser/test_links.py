"""Every link of the built site leads somewhere, to the anchor that it names."""

import html
import os
import re
from urllib.parse import unquote, urldefrag

PAGE = 600_000
LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
ANCHOR = re.compile(r'\sid="([^"]*)"')
ELSEWHERE = re.compile(r"[a-z]+:|//")


def read(page, site_dir):
    """The anchors of a page and where its links lead: (file, anchor), without those to other hosts.

    Only 404.html, which a server shows at any address, names places from the root of the site.
    """
    text = page.read_text(encoding="utf-8")
    anchors = {html.unescape(name) for name in ANCHOR.findall(text)}
    links = set()
    for found in LINK.findall(text):
        link = html.unescape(found)
        if ELSEWHERE.match(link):
            continue
        target, anchor = urldefrag(link)
        target = target.partition("?")[0]
        if target.startswith("/") and page.name == "404.html":
            target = target.removesuffix(".").lstrip("/") or "index.html"
        file = os.path.normpath(page.parent / unquote(target)) if target else str(page)
        links.add((file + ("/index.html" if target.endswith("/") else ""), unquote(anchor)))
    return anchors, links


def test_every_link_and_anchor_leads_somewhere(site_dir):
    pages = {str(page): read(page, site_dir) for page in sorted(site_dir.rglob("*.html"))}
    files = {str(path) for path in site_dir.rglob("*") if path.is_file()}
    broken, walked = [], 0
    for page, (_, links) in pages.items():
        for file, anchor in links:
            walked += 1
            known = pages[file][0] if file in pages else set()
            if file not in files or (anchor and file.endswith(".html") and anchor not in known):
                broken.append((os.path.relpath(page, site_dir), os.path.relpath(file, site_dir), anchor))
    assert walked > 10 * len(pages)
    assert broken == []


def test_no_page_is_too_heavy(site_dir):
    assert [str(page) for page in site_dir.rglob("*.html") if page.stat().st_size > PAGE] == []
