"""The test matrix: real cells by clause, differences, gaps, pages and workbooks."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from builders import METHODS, clause, document, project
from handbook.exports.matrix_xlsx import matrix_files, matrix_xlsx
from handbook.matrix import CELL_WAY, Weight, covered, matrix_of
from handbook.pages import LANGUAGES, BuildFacts
from handbook.phrases import Phrases
from handbook.pipeline import compile_handbook
from handbook.templates import Templates
from handbook.views.concepts import concept_views
from handbook.views.lookup import Lookup
from handbook.views.matrix import matrix_views

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "site_templates"
PHRASES = Phrases(TEMPLATES / "phrases.yml")
DAY = datetime(2026, 1, 2)
MSC, HUMAN, REVIEW = "cde-msc-pharm-2026-draft", "cde-human-stem-pharm-draft", "review-msc-commercial-production-2025"


@pytest.fixture(scope="module")
def handbook():
    return compile_handbook(ROOT)


@pytest.fixture(scope="module")
def matrix(handbook):
    return matrix_of(handbook)


@pytest.fixture(scope="module")
def pages(handbook):
    renderer = Templates(TEMPLATES)
    facts = {"build": BuildFacts("0.0.0", "2026-01-01", originals=False)}
    views = list(matrix_views(Lookup(handbook)))
    return {(code, v.path): renderer.render(v, code, "title", facts) for v in views for code in LANGUAGES}


def said(matrix, method, at):
    """What each document says in a cell, with its clauses."""
    return {s.document: (s.need, {call.clause for call in s.calls}) for s in matrix.cells[method, at].sayings}


def small(root, *needs):
    """A guideline, a draft and a paper that ask for one test of the master cell bank to these degrees."""
    kinds = ({"status": "trial"}, {"status": "consultation-draft"}, {"status": "journal-article", "kind": "review"})
    names = ("alpha", "beta", "gamma")
    files = {}
    for name, kind, need in zip(names, kinds, needs, strict=True):
        made = clause(tests=[{"method": "viability-assay", "at": "mcb", "need": need}])
        title = {"zh": f"样例{name}", "en": f"Sample {name}"}
        original = {"file": f"{name}.txt", "lines": [1, 10]}
        files[f"content/{name}/document.yml"] = document(id=name, title=title, original=original, **kind)
        files[f"content/{name}/01-requirements.yml"] = {"clauses": [made]}
    return compile_handbook(project(root, files))


def test_known_cells(matrix):
    bank = said(matrix, "mycoplasma-test", "cell-bank")
    assert bank[MSC] == ("required", {f"{MSC}/4.2.3.1-microbial.1"})
    living = said(matrix, "virus-in-vivo-assay", "mcb")
    assert living[HUMAN] == ("conditional", {f"{HUMAN}/5.1.1.1.3-bank.2"})
    assert living[REVIEW] == ("required", {f"{REVIEW}/4.2.1-table-4-virus-in-vivo.1"})
    viability = said(matrix, "cell-viability-assay", "drug-product")
    assert viability[MSC] == ("required", {f"{MSC}/4.3-activity.2", f"{MSC}/4.3-activity.3"})


def test_the_columns_are_sampling_points_of_the_vocabulary(handbook, matrix):
    known = {entry.record.id for entry in handbook.corpus.facets["sampling_points"]}
    assert set(CELL_WAY) <= known
    assert {call.at for call in matrix.calls} == set(matrix.points)
    assert sum(len(s.calls) for c in matrix.cells.values() for s in c.sayings) == len(matrix.calls)


def test_a_draft_or_a_paper_never_counts_as_a_rule(matrix):
    cell = matrix.cells["virus-in-vivo-assay", "mcb"]
    assert not cell.of(Weight.RULES)
    assert [s.document for s in cell.of(Weight.DRAFTS)] == [HUMAN]
    assert cell.differs is Weight.OTHER
    assert cell in matrix.differences


def test_gaps_are_silence_where_others_speak(matrix):
    for gap in matrix.gaps:
        assert len(gap.others) >= 2
        assert gap.document not in gap.others
        for at in covered(gap.at):
            cell = matrix.cells.get((gap.method, at))
            assert not cell or all(s.document != gap.document for s in cell.sayings)
    assert any(g.document == MSC for g in matrix.gaps)
    # What is asked of any cell bank is asked of the master cell bank too.
    assert not any(g.document == MSC and g.method == "mycoplasma-test" and g.at == "mcb" for g in matrix.gaps)


def test_every_cell_leads_to_its_clauses(handbook, matrix, pages):
    page = BeautifulSoup(pages["en", "matrix"], "html.parser")
    cells = page.select(".hb-mx td > a")
    assert len(cells) == len(matrix.cells)
    views = concept_views(Lookup(handbook))
    listed = {view.path: view.data for view in views if re.fullmatch(r"methods/[^/]+", view.path)}
    for link in cells:
        path, anchor = re.fullmatch(r"\.\./(methods/.*)/index\.html#(.*)", link["href"]).groups()
        row = next(row for row in listed[path].called if row.anchor == anchor)
        assert row.required or row.conditional or row.not_required


def test_a_document_shows_its_clauses_and_what_others_say(pages):
    page = BeautifulSoup(pages["zh", f"matrix/{HUMAN}"], "html.parser")
    links = {link["href"].split("#")[-1]: link.find_parent("td") for link in page.select(".hb-mx a.hb-id")}
    cell = links["5.1.1.1.3-bank.2"]
    assert cell.select(".mx-drafts") and not cell.select(".mx-rules")  # a draft's own words look like a draft's
    rows = page.select("tr[data-says]")
    assert rows and all(f"{HUMAN}=" in row["data-says"] for row in rows)


@pytest.mark.parametrize(
    ("needs", "differs"),
    [
        (("required", "required", "required"), None),
        (("required", "conditional", "required"), "drafts"),
        (("required", "required", "not-required"), "other"),
    ],
)
def test_a_difference_says_how_far_one_has_to_read(tmp_path, needs, differs):
    assert matrix_of(small(tmp_path, *needs)).cells["viability-assay", "mcb"].differs == differs


# ---------------------------------------------------------------------------------- workbooks


def test_every_download_is_made(handbook, pages):
    made = {name for name, _ in matrix_files(handbook, PHRASES, DAY)}
    offered = {
        link["href"].lstrip("./")
        for html in pages.values()
        for link in BeautifulSoup(html, "html.parser").select("a[download]")
    }
    assert offered == made


def texts(data):
    """All strings and all sheets of a workbook."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        strings = re.findall(r"<si>(.*?)</si>", book.read("xl/sharedStrings.xml").decode(), re.S)
        sheets = [book.read(name).decode() for name in sorted(book.namelist()) if "worksheets/sheet" in name]
    return strings, sheets


def test_workbooks_are_the_same_bytes_and_made_for_paper(handbook):
    files = dict(matrix_files(handbook, PHRASES, DAY))
    assert files["data/matrix.xlsx"] == matrix_xlsx(handbook, PHRASES, DAY)
    assert f"data/matrix/{MSC}.xlsx" in files
    strings, sheets = texts(files["data/matrix.xlsx"])
    assert len(sheets) == 6
    for sheet in sheets:
        assert 'orientation="landscape"' in sheet and 'paperSize="9"' in sheet and 'fitToHeight="0"' in sheet
        assert "&amp;P / &amp;N" in sheet and 'state="frozen"' in sheet
    assert any(f"{MSC}/4.2.3.1-microbial.1" in text for text in strings)


def test_authored_text_is_never_a_formula(tmp_path):
    methods = {"methods": [{**METHODS["methods"][0], "label": {"zh": "=1+1", "en": '=HYPERLINK("x")'}}]}
    tests = [{"method": "viability-assay", "at": "mcb"}]
    made = clause(tests=tests, zh="=成品制剂的存活率建议不低于85%。")
    root = project(tmp_path, {"glossary/methods.yml": methods}, [made])
    strings, sheets = texts(matrix_xlsx(compile_handbook(root), PHRASES, DAY))
    assert any("=HYPERLINK" in text for text in strings)
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
