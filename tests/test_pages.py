"""Pages: what stands on them, that data stays data, that links lead somewhere, and that they stay light."""

from __future__ import annotations

import functools
import json
import os
import re
import time
from pathlib import Path, PurePosixPath

import pytest
import yaml
from bs4 import BeautifulSoup
from builders import FACETS, METHODS, PARAMETERS, REFERENCES, TERMS, clause, document, project
from handbook.graph import build_graph
from handbook.link import link
from handbook.pages import NAMES, BuildFacts, Coverage, clause_urls, navigation, render_pages
from handbook.pipeline import Handbook, compile_handbook
from handbook.problems import HandbookError
from handbook.read.content import read_corpus
from handbook.views.labels import number
from handbook.views.sections import MOST, english_number, sheets_of

TEMPLATES = Path(__file__).parent.parent / "site_templates"
GOLDEN = Path(__file__).parent / "golden" / "pages"
FACTS = BuildFacts("0.0.0", "2026-01-01", originals=False)
HOSTILE = "<script>evil()</script> {{ evil }} {% evil %} **x** [a](b) <b>&amp;\"'</b>"


def unchecked(root):
    """A handbook that skips validation: what is tested here is the rendering, whatever the text."""
    corpus, problems = read_corpus(root)
    assert problems == []
    clauses, _ = link(corpus)
    return Handbook(corpus, clauses, build_graph(corpus, clauses), ())


def pages_of(handbook, **options):
    pages = render_pages(handbook, TEMPLATES, build=options.pop("build", FACTS), **options)
    return {(page.language, page.path): page for page in pages}


def sample(root):
    """Two documents, one of them a draft of the other, that use every part of a card."""
    beta = document(
        id="beta",
        title={"zh": "样例指导原则（征求意见稿）", "en": "Sample Guideline (Draft)"},
        short={"zh": "样例草案", "en": "Sample draft"},
        status="consultation-draft",
        date="2020-01",
        date_note={"zh": "封面所印。", "en": "As printed on the cover."},
        lineage=[
            {"relation": "draft_of", "to": "alpha", "basis": "printed", "note": {"zh": "见附注。", "en": "See note."}}
        ],
        currency={"zh": "尚未生效。", "en": "Not in effect."},
        note={"zh": "文件注。", "en": "Note on the document."},
        title_note={"zh": "题名注。", "en": "Note on the title."},
        scope_note={"zh": "范围注。", "en": "Note on scope."},
        original={"file": "b.txt", "lines": [1, 10]},
        review={
            "restated": "machine",
            "translated": "reviewed",
            "by": {"zh": "机器", "en": "machine"},
            "readings": [
                {
                    "date": "2026-01-02",
                    "reader": {"zh": "甲", "en": "R"},
                    "clauses": 1,
                    "wrong": 0,
                    "mended": 0,
                    "note": {"zh": "读毕。", "en": "Read."},
                }
            ],
        },
    )
    first = clause(
        number="（一）",
        applies={"donors": ["allogeneic"]},
        cites=[{"to": "cn-rules", "part": "0234"}, {"to": "beta/1-viability.1"}],
        note={"zh": "本条注释。", "en": "A note of ours."},
        terms=["drug-product"],
    )
    formula = {
        "numerator": {"zh": "活细胞", "en": "living cells"},
        "denominator": {"zh": "全部细胞", "en": "all cells"},
    }
    second = clause(
        id="2-rate.1",
        heading="2",
        lines=[8, 9],
        type="indicator",
        modality="none",
        cue=None,
        zh="存活率指标的算法。",
        en="How the rate is computed.",
        quantities=[
            {"parameter": "viability", "relation": "=", "unit": "%", "formula": {**formula, "factor": 100}},
            {
                "parameter": "viability",
                "relation": "range",
                "low": 70,
                "high": 80,
                "unit": "%",
                "sense": "example",
                "condition": {"zh": "冻存后", "en": "after freezing"},
                "printed": "7O",
            },
        ],
        tests=[{"method": "viability-assay", "need": "conditional"}],
    )
    loose = clause(
        zh="成品制剂的存活率建议不低于80%。",
        en="The drug product should keep at least 80 % of its cells alive.",
        quantities=[{"parameter": "viability", "relation": ">=", "value": 80, "unit": "%", "at": "drug-product"}],
    )
    withdrawn = [{"id": "1-old.1", "since": "0.2", "reason": {"zh": "并入他条。", "en": "Merged."}}]
    terms = {
        "terms": [{**TERMS["terms"][0], "source": ["alpha/1-viability.1"], "scope_note": {"zh": "注", "en": "note"}}]
    }
    methods = {
        "methods": [
            {
                **METHODS["methods"][0],
                "principle": {"zh": "染色计数。", "en": "Staining and counting."},
                "chapters": [{"to": "cn-rules", "part": "0234"}],
                "sampling_points": ["drug-product"],
                "alt": {"zh": ["活细胞检测"], "en": ["live cell test"]},
            }
        ]
    }
    return project(
        root,
        {
            "content/beta/document.yml": beta,
            "content/beta/01-requirements.yml": {"clauses": [loose], "withdrawn": withdrawn},
            "glossary/terms.yml": terms,
            "glossary/methods.yml": methods,
        },
        [first, second],
    )


@pytest.fixture(scope="module")
def handbook(tmp_path_factory):
    return unchecked(sample(tmp_path_factory.mktemp("sample")))


@pytest.fixture(scope="module")
def pages(handbook):
    return pages_of(handbook)


@functools.cache
def soup(page):
    return BeautifulSoup(page.html, "html.parser")


# ------------------------------------------------------------------------------------ golden


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "path", ["documents/alpha", "documents/beta", "parameters/viability", "methods/viability-assay"]
)
def test_page_is_as_in_its_golden_file(pages, language, path):
    """After a wanted change: UPDATE_GOLDEN=1 pytest tests/test_pages.py, then read the difference."""
    golden = GOLDEN / f"{path.replace('/', '-')}.{language}.html"
    html = pages[language, path].html + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(html, encoding="utf-8")
    assert html == golden.read_text(encoding="utf-8")


def test_same_input_gives_the_same_pages(handbook, pages):
    assert pages_of(handbook) == pages


# ---------------------------------------------------------------------------- data stays data

PLAIN = {"id", "key", "to", "heading", "unit", "relation", "parameter", "method", "status", "kind", "modality", "type"}
PLAIN |= {"basis", "restated", "translated", "at", "need", "sense", "attribute", "stricter", "level", "link"}
PLAIN |= {"topics", "terms", "evidence", "products", "sources", "donors", "stages", "roles", "broader", "related"}
PLAIN |= {"sampling_points", "source", "document", "dimension", "issuer_basis"}


def poisoned(value, name="", kept=True):
    """The record with hostile text after every authored word."""
    if isinstance(value, dict):
        return {key: poisoned(item, key, key not in PLAIN or isinstance(item, dict)) for key, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item, name, kept) for item in value]
    return f"{value} {HOSTILE}" if isinstance(value, str) and kept and name not in PLAIN else value


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    root = sample(tmp_path_factory.mktemp("hostile"))
    for path in sorted(root.rglob("*.yml")):
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.name == "facets.yml":
            value = {group: [poisoned(facet) for facet in facets] for group, facets in value.items()}
        elif path.name == "document.yml":
            value = poisoned(value)
        else:
            value = {group: [poisoned(record) for record in records] for group, records in value.items()}
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return pages_of(unchecked(root), wording={"alpha/1-viability.1": f"官方 {HOSTILE}"})


def test_hostile_text_makes_no_elements(hostile):
    for page in hostile.values():
        tree = soup(page)
        scripts = [script for script in tree.find_all("script") if script.get("type") != "application/json"]
        assert [one for one in scripts if one.string or not re.fullmatch(r"(\.\./)+[a-z/-]+\.js", one["src"])] == []
        assert tree.find_all("b") == []
        json.loads(tree.find("script", id="hb-tips").string)


def test_hostile_text_appears_as_written(hostile):
    text = "\n".join(soup(page).get_text() for page in hostile.values())
    titles = "\n".join(page.title for page in hostile.values())
    for words in (
        "样例指导原则", "Sample Guideline (Draft)", "样例草案", "样例机构", "As printed on the cover.", "尚未生效。",
        "Note on the document.", "题名注。", "Note on scope.", "See note.", "Read.", "Requirements", "要求", "2020-01",
        "成品制剂的存活率建议不低于85%。", "How the rate is computed.", "本条注释。", "living cells", "全部细胞",
        "after freezing", "7O", "建议", "检验报告", "drug product", "成品制剂", "The final product, ready for use.",
        "Staining and counting.", "live cell test", "细胞存活率", "样例管理规范（试行）", "Sample Rules (Trial)",
        "SR 7", "Chapter one", "0234", "官方", "Merged.", "MSC product", "异体", "DPP", "b.txt",
    ):  # fmt: skip
        assert f"{words} {HOSTILE}" in text, words
    assert f"Sample Guideline {HOSTILE}" in titles


# --------------------------------------------------------------------------- links and trees


def resolve(page, href):
    """The path and anchor that a relative link leads to, from the root of the page's language."""
    target, _, anchor = href.partition("#")
    target = target.partition("?")[0]
    if not target:
        return page.path, anchor
    parts = list(PurePosixPath(page.path).parts)
    for part in target.split("/"):
        parts = parts[:-1] if part == ".." and parts else [*parts, part]
    assert parts[-1] == "index.html", href
    return "/".join(parts[:-1]), anchor


def test_links_lead_to_pages_and_anchors(pages, hostile):
    for tree in (pages, hostile):
        anchors = {key: {tag["id"] for tag in soup(page).find_all(id=True)} for key, page in tree.items()}
        for page in tree.values():
            for tag in soup(page).find_all("a", href=True):
                if tag.has_attr("download"):
                    # From the root of the site, above the languages: test_matrix.py proves that the files are there.
                    up = "../" * (len(PurePosixPath(page.path).parts) + 1)
                    assert re.fullmatch(f"{up}data/[a-z0-9./-]+", tag["href"]), tag["href"]
                    continue
                path, anchor = resolve(page, tag["href"])
                assert (page.language, path) in tree, f"{page.path}: {tag['href']}"
                if anchor:
                    assert anchor in anchors[page.language, path], f"{page.path}: {tag['href']}"


def test_contents_name_anchors_of_the_page(pages):
    for page in pages.values():
        anchors = {tag["id"] for tag in soup(page).find_all(id=True)}
        assert {entry.anchor for entry in page.toc} <= anchors, page.path


def test_both_languages_have_the_same_paths_and_anchors(pages):
    chinese = {path for language, path in pages if language == "zh"}
    assert chinese == {path for language, path in pages if language == "en"}
    for path in chinese:
        marks = [[tag["id"] for tag in soup(pages[language, path]).find_all(id=True)] for language in ("zh", "en")]
        assert sorted(marks[0]) == sorted(marks[1])


def test_anchors_are_given_once_on_a_page(pages):
    for page in pages.values():
        marks = [tag["id"] for tag in soup(page).find_all(id=True)]
        assert len(marks) == len(set(marks)), page.path


def test_navigation_leads_to_pages(handbook, pages):
    def paths(entries):
        for entry in entries:
            assert (entry.path is None) == bool(entry.children)
            yield from paths(entry.children) if entry.children else [entry.path]

    for language in ("zh", "en"):
        assert {(language, path) for path in paths(navigation(handbook, language))} <= set(pages)


def test_every_clause_is_where_its_address_says(handbook, pages):
    urls = clause_urls(handbook)
    for one in handbook.clauses:
        path, _, anchor = urls[one.id].partition("/index.html#")
        for language in ("zh", "en"):
            title = soup(pages[language, path]).find(id=anchor)
            assert title.find_parent("article")["data-node-id"] == one.id


# --------------------------------------------------------------------------------- the cards


def test_a_draft_never_looks_like_a_rule(pages):
    card = soup(pages["en", "documents/beta"]).find("article", class_="hb-card")
    assert "hb-card--draft" in card["class"]
    assert "not a requirement in force" in card.get_text()
    assert "hb-modality--said" in card.find(class_="hb-modality")["class"]


def test_card_shows_relations_with_their_reasons(pages):
    card = soup(pages["en", "documents/alpha"]).find("article")
    relations = card.find(class_="hb-relations").get_text(" ", strip=True)
    assert "Stricter than 1" in relations
    assert "≥ 85 % against ≥ 80 %" in relations
    other = soup(pages["en", "documents/beta"]).find("article").find(class_="hb-relations").get_text(" ", strip=True)
    assert "Looser than 1" in other
    assert "Cited by 1" in other


def test_card_tells_inherited_applicability(pages):
    card = soup(pages["en", "documents/alpha"]).find("article")
    inherited = card.find(class_="hb-scope--inherited").get_text(" ", strip=True)
    assert "MSC product" in inherited
    assert "allogeneic" not in inherited
    assert "allogeneic" in card.get_text()


def test_own_language_comes_first_and_texts_are_marked(pages):
    for language, first in (("zh", "zh-CN"), ("en", "en")):
        texts = soup(pages[language, "documents/alpha"]).find("article").find(class_="hb-texts").find_all("p")
        assert [text["lang"] for text in texts] == [first, "en" if first == "zh-CN" else "zh-CN"]


def test_official_wording_shows_only_when_given(handbook, pages):
    assert not any("hb-official" in page.html for page in pages.values())
    assert all("does not contain the official wording" in p.html for (lang, _), p in pages.items() if lang == "en")
    facts = BuildFacts("0.0.0", "2026-01-01", originals=True, verify={"alpha": Coverage(5, 4, 0, 1)})
    given = pages_of(handbook, build=facts, wording={"alpha/1-viability.1": "官方文字。"})
    assert given["en", "documents/alpha"].html.count("hb-official") == 1
    assert "This build contains the official wording" in given["en", ""].html
    assert '<td class="hb-right">5</td>' in given["en", "about"].html


def test_popups_are_told_once_a_page(pages):
    tree = soup(pages["zh", "documents/alpha"])
    tips = json.loads(tree.find("script", id="hb-tips").string)
    named = {link["data-tip"] for link in tree.find_all(attrs={"data-tip": True})}
    assert named == set(tips)
    assert tips["term:drug-product"]["den"] == "The final product, ready for use."


# ------------------------------------------------------------------------------------ budget


def large(root, documents=20, each=150):
    terms = [{**TERMS["terms"][0], "id": f"t{n}", "label": {"zh": f"甲{n}乙", "en": f"thing{n}x"}} for n in range(200)]
    for term in terms:
        term.pop("misprints"), term.pop("abbr")
    parameters = [
        {**PARAMETERS["parameters"][0], "id": f"p{n}", "label": {"zh": f"参数{n}项", "en": f"figure{n}x"}}
        for n in range(40)
    ]
    topics = [{"id": f"topic-{n}", "label": {"zh": f"主题{n}", "en": f"topic {n}"}} for n in range(60)]
    references = [{**REFERENCES["references"][0], "id": f"r{n}", "aliases": []} for n in range(60)]
    files = {
        "glossary/terms.yml": {"terms": terms},
        "glossary/parameters.yml": {"parameters": parameters},
        "glossary/facets.yml": {**FACETS, "topics": topics},
        "content/references.yml": {"references": references},
        "content/alpha/document.yml": None,
        "content/alpha/01-requirements.yml": None,
    }
    for d in range(documents):
        clauses = [
            clause(
                id=f"1-c.{n}",
                heading="1" if n < each * 0.8 else "2",
                zh=f"甲{n % 200}乙和甲{(n + d) % 200}乙建议不低于85%，并说明所依据的理由、做法和记录的去处。" * 2,
                en=f"The thing{n % 200}x and thing{(n + d) % 200}x should stay above 85 %, with reasons and records. "
                * 2,
                quantities=[{"parameter": f"p{n % 40}", "relation": ">=", "value": 50 + d, "unit": "%", "at": "mcb"}]
                if n % 3 == 0
                else [],
                topics=["topic-0", f"topic-{n % 60}"],
                cites=[{"to": f"r{n % 60}"}],
            )
            for n in range(each)
        ]
        name = f"d{d:02}"
        files[f"content/{name}/document.yml"] = document(id=name, short={"zh": f"样例{d}", "en": f"Sample {d}"})
        files[f"content/{name}/01-all.yml"] = {"clauses": clauses}
    return project(root, files)


def test_three_thousand_clauses_render_fast_into_light_pages(tmp_path):
    handbook = unchecked(large(tmp_path))
    start = time.process_time()
    pages = pages_of(handbook)
    assert time.process_time() - start < 30  # of the processor; 6 s where it was written
    assert len(handbook.clauses) == 3000
    heavy = {key: len(page.html.encode()) for key, page in pages.items() if len(page.html.encode()) > 600_000}
    assert heavy == {}
    topic = [path for language, path in pages if language == "en" and re.fullmatch(r"topics/topic-0(/\d+)?", path)]
    assert len(topic) > 1
    lines = sum(pages["en", path].html.count('class="hb-line"') for path in topic)
    assert lines == 3000


# ---------------------------------------------------------------------------------- sections


def test_long_documents_are_cut_and_no_clause_is_lost(tmp_path):
    heads = [{"key": "1", "level": 1, "zh": "甲", "en": "A", "lines": [1, 9]}]
    heads += [{"key": f"1.{n}", "level": 2, "zh": f"甲{n}", "en": f"A{n}", "lines": [1, 9]} for n in range(1, 6)]
    heads += [{"key": "2", "level": 1, "zh": "乙", "en": "B", "lines": [1, 9]}]
    sizes = {"1": 3, "1.1": 20, "1.2": 30, "1.3": 70, "1.4": 5, "1.5": 5, "2": 4}
    clauses = [clause(id=f"{key}-c.{n}", heading=key) for key, size in sizes.items() for n in range(size)]
    files = {"content/alpha/document.yml": document(headings=heads)}
    handbook = unchecked(project(tmp_path, files, clauses))
    record = handbook.documents["alpha"].record
    sheets = sheets_of(record, handbook.by_document["alpha"])
    assert [one.entry.record.id for sheet in sheets for one in sheet.clauses] == [c["id"] for c in clauses]
    assert [len(sheet.clauses) for sheet in sheets] == [3, 50, 60, 10, 10, 4]
    assert max(len(sheet.clauses) for sheet in sheets) <= MOST
    assert [sheet.path.rsplit("/", 1)[1] for sheet in sheets] == ["1", "1.1", "1.3", "1.3-2", "1.4", "2"]
    pages = pages_of(handbook)
    test_links_lead_to_pages_and_anchors(pages, {})
    test_every_clause_is_where_its_address_says(handbook, pages)


# ----------------------------------------------------------------------------------- wording


def test_navigation_says_what_the_phrases_say():
    phrases = yaml.safe_load((TEMPLATES / "phrases.yml").read_text(encoding="utf-8"))
    assert {key: text.model_dump() for key, text in NAMES.items()} == {key: phrases[key] for key in NAMES}
    assert [key for key, words in phrases.items() if set(words) != {"zh", "en"}] == []


def test_a_missing_phrase_is_told_with_a_guess(tmp_path, handbook):
    broken = tmp_path / "site_templates"
    (broken / "pages").mkdir(parents=True)
    for path in (TEMPLATES / "pages").iterdir():
        (broken / "pages" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    phrases = (TEMPLATES / "phrases.yml").read_text(encoding="utf-8").replace("nav.about:", "nav.abot:")
    (broken / "phrases.yml").write_text(phrases, encoding="utf-8")
    with pytest.raises(HandbookError, match=r"phrases\.yml.*no phrase 'nav\.about' in 'zh' \(did you mean 'nav\.abot'"):
        render_pages(handbook, broken, build=FACTS)


def test_a_broken_template_is_told_with_its_place(tmp_path, handbook):
    broken = tmp_path / "site_templates"
    (broken / "pages").mkdir(parents=True)
    for path in (TEMPLATES / "pages").iterdir():
        text = path.read_text(encoding="utf-8")
        (broken / "pages" / path.name).write_text(
            text + ("{% if %}" if path.name == "card.html" else ""), encoding="utf-8"
        )
    (broken / "phrases.yml").write_text((TEMPLATES / "phrases.yml").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(HandbookError, match=r"site_templates/pages/card\.html:\d+:1: the template fails"):
        render_pages(handbook, broken, build=FACTS)


@pytest.mark.parametrize(
    ("value", "shown"), [(85, "85"), (0.1, "0.1"), (0, "0"), (1000, "1\u202f000"), (10**9, "10⁹"), (2.5e7, "2.5×10⁷")]
)
def test_numbers_are_written_as_people_write_them(value, shown):
    assert number(value) == shown


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("一、", "1."),
        ("（十二）", "(12)"),
        ("第三章", "Chapter 3"),
        ("第二十条", "Article 20"),
        ("4.3", "4.3"),
        ("附件 2", "Annex 2"),
        ("表4", "Table 4"),
    ],
)
def test_printed_numbers_speak_english(printed, shown):
    assert english_number(printed) == shown


def test_the_real_handbook_renders():
    root = TEMPLATES.parent
    try:
        handbook = compile_handbook(root)
    except HandbookError:
        pytest.skip("the content has errors, which the build tells by itself")
    test_links_lead_to_pages_and_anchors(pages_of(handbook), {})
