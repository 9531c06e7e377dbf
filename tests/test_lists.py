"""Ready-made checklists: what they hold, that the rule alone decides it, and that none shrinks unnoticed."""

from __future__ import annotations

import copy
import functools
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from builders import FACETS, clause, document, project
from click.testing import CliRunner
from handbook.applicability import Hierarchy, judge, subjects_of
from handbook.checklists.catalogue import EditionFacts
from handbook.checklists.pdf import checklist_html, checklist_pdf
from handbook.cli import main
from handbook.codes import code_of
from handbook.listed import list_problems
from handbook.lists import ready_lists
from handbook.model import Profile
from handbook.pages import BuildFacts, render_pages
from handbook.pipeline import compile_handbook
from handbook.problems import HandbookError
from handbook.templates import Templates

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "site_templates"
EDITION = EditionFacts("9.9.9", "abcdef123456", "2026-01-01")
AUDITS = {
    "cell-bank", "clinical-trial-application", "comparability", "process-validation", "product-release",
    "site-inspection", "stability", "starting-material-donor", "transplantation-centre",
}  # fmt: skip


@functools.cache
def real():
    return compile_handbook(ROOT)


@functools.cache
def real_lists():
    return {one.id: one for one in ready_lists(real())}


def audit(**profile):
    return {
        "id": "viability",
        "title": {"zh": "活率审计", "en": "Viability audit"},
        "purpose": {"zh": "样例。", "en": "A sample."},
        "profile": profile,
    }


def small(tmp_path, profile, **files):
    facets = copy.deepcopy(FACETS)
    facets["topics"].append({"id": "other", "label": {"zh": "其他", "en": "other"}})
    fact = {"type": "statement", "modality": "none", "cue": None, "quantities": [], "tests": [], "evidence": []}
    filed = {"topics": ["other"], "quantities": [], "tests": []}
    clauses = [
        clause(),
        clause(
            id="1-viability.2", zh="细胞存活率随时间下降。", en="The share of living cells falls with time.", **fact
        ),
        clause(id="1-viability.3", zh="检验报告建议存档。", en="Test reports should be filed.", **filed),
    ]
    given = {"glossary/facets.yml": facets, "content/checklists/viability.yml": audit(**profile), **files}
    return project(tmp_path, given, clauses)


def test_lists_are_made_for_documents_topics_and_audits(tmp_path):
    lists = {
        one.id: one.clauses for one in ready_lists(compile_handbook(small(tmp_path, {"topics": ["cell-viability"]})))
    }
    first, third = "alpha/1-viability.1", "alpha/1-viability.3"
    assert lists == {
        "audit/viability": (first,),
        "document/alpha": (first, third),
        "topic/quality-control": (first,),
        "topic/cell-viability": (first,),
        "topic/other": (third,),
        "point/drug-product": (first,),
    }


def test_unknown_values_of_an_audit_are_told_with_their_place(tmp_path):
    with pytest.raises(HandbookError) as error:
        compile_handbook(small(tmp_path, {"topics": ["cell-viabilty"]}))
    assert str(error.value) == (
        "content/checklists/viability.yml:10:5: unknown topic 'cell-viabilty' (did you mean 'cell-viability'?)"
    )


def test_an_empty_audit_fails(tmp_path):
    handbook = compile_handbook(small(tmp_path, {"topics": ["cell-viability"], "forces": ["binding"]}))
    found = [str(problem) for problem in list_problems(handbook, ready_lists(handbook), "")]
    assert found == [
        "content/checklists/viability.yml:8:1: the checklist 'audit/viability' holds no clause: choose less narrowly"
    ]


@pytest.mark.parametrize(
    ("before", "changelog", "problems"),
    [
        (2, "", 0),
        (3, "", 1),
        (3, "# Changelog\n## Unreleased\n- `document/alpha` lost one.\n## 0.1.0\n", 0),
        (3, "# Changelog\n## Unreleased\n- `document/alphabet` lost one.\n## 0.1.0\n", 1),
        (3, "# Changelog\n## Unreleased\n## 0.1.0\n- `document/alpha` lost one.\n", 1),
    ],
)
def test_a_list_that_shrinks_needs_a_word(tmp_path, before, changelog, problems):
    release = {
        "version": "0.1.0",
        "date": "2026-01-01",
        "edition": "x",
        "counts": dict.fromkeys(("documents", "clauses", "terms", "methods", "parameters", "references"), 1),
        "lists": {"document/alpha": before},
    }
    root = small(tmp_path, {"topics": ["cell-viability"]}, **{"content/releases/0.1.0.yml": release})
    handbook = compile_handbook(root)
    found = list(list_problems(handbook, ready_lists(handbook), changelog))
    assert len(found) == problems
    assert all("'document/alpha' had 3 clauses in release 0.1.0 and has 2" in one.message for one in found)


def test_the_common_audits_are_there_and_none_is_empty_or_endless():
    audits = {
        name.removeprefix("audit/"): len(one.clauses) for name, one in real_lists().items() if one.kind == "audit"
    }
    assert audits.keys() == AUDITS
    assert all(20 <= size <= 1500 for size in audits.values()), audits


def test_lists_hold_what_the_rule_says():
    """Lists of documents, topics and points look at few clauses each; the rule over all of them says the same."""
    handbook = real()
    subjects, hierarchy = subjects_of(handbook.corpus, handbook.clauses), Hierarchy.of(handbook.corpus)
    for name in (
        "document/sda-gene-therapy",
        "topic/cell-bank",
        "topic/quality-system",
        "point/mcb",
        "point/cell-bank",
    ):
        one = real_lists()[name]
        assert one.clauses == tuple(c for c, subject in subjects.items() if not judge(one.profile, subject, hierarchy))


def test_what_a_modified_cell_is():
    """A CAR-T cell is gene-modified too; a modified MSC is a gene-modified cell, but no CAR-T cell."""
    hierarchy = Hierarchy.of(real().corpus)
    assert "gene-modified-cell" in hierarchy.above("products", "car-t")
    assert "gene-modified-cell" in hierarchy.implied["viral-transduction"]
    assert "car-t" not in hierarchy.implied["viral-transduction"]


def test_codes_are_short_unlike_and_found_by_the_search():
    codes = {code_of(one.id) for one in real().clauses}
    assert len(codes) == len(real().clauses)
    name = "cde-cart-ind-cmc-considerations/2-strain.1"
    assert code_of(name) == "GDT-G2J"
    for typed in ("GDT-G2J", "gdtg2j"):
        result = CliRunner().invoke(main, ["search", typed, "--root", str(ROOT), "--limit", "1"])
        assert name in result.output


def test_the_page_of_a_list_holds_every_item_with_locator_and_code(tmp_path):
    handbook = compile_handbook(small(tmp_path, {"topics": ["cell-viability"]}))
    pages = {
        (one.language, one.path): one
        for one in render_pages(handbook, TEMPLATES, build=BuildFacts("1", "2026-01-01", False))
    }
    soup = BeautifulSoup(pages["en", "checklists/document/alpha"].html, "html.parser")
    rows = soup.select("table.hb-list tr[data-node-id]")
    assert [row["data-node-id"] for row in rows] == ["alpha/1-viability.1", "alpha/1-viability.3"]
    text = rows[0].get_text(" ", strip=True)
    for part in (
        code_of("alpha/1-viability.1"),
        "不低于85%",
        "at least 85 %",
        "lines 2–4",
        "≥ 85 %",
        "test report",
        "☐ conforms",
    ):
        assert part in text
    assert rows[0].select_one("a")["href"] == "../../../documents/alpha/index.html#1-viability.1"


@pytest.mark.parametrize("shown", ["zh", "en", "both"])
def test_paper_holds_all_texts_heads_stamp_and_embedded_fonts(tmp_path, shown):
    one = real_lists()["audit/stability"]
    data = checklist_pdf(real(), one, Templates(TEMPLATES), shown, EDITION)
    path = tmp_path / "list.pdf"
    path.write_bytes(data)

    def told(*command):
        return subprocess.run([*command], capture_output=True, text=True, check=True).stdout

    pages = told("pdftotext", "-layout", str(path), "-").split("\f")[:-1]
    assert len(pages) > 5
    head = "Requirement" if shown == "en" else "要求"
    assert all(head in page for page in pages)
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages, start=1))
    assert all("audit/stability" in page and "abcdef123456" in page for page in pages)
    assert "signature" in pages[-1] if shown == "en" else "签名" in pages[-1]
    fonts = told("pdffonts", str(path)).splitlines()[2:]
    assert fonts
    assert all(" yes yes " in font for font in fonts), fonts
    if shown != "en":
        assert any("CJK-SC" in font for font in fonts), "Chinese needs the simplified forms"
        assert not any("CJK-JP" in font for font in fonts)
    whole = "".join("".join(pages).split())
    codes = [code_of(name) for name in one.clauses]
    assert all(code in whole for code in codes)
    record = real().by_id[one.clauses[0]].entry.record
    assert ("".join(record.zh.split())[:6] in whole) == (shown != "en")


def test_paper_keeps_what_is_hostile_as_text(tmp_path):
    evil = '<script>evil()</script> "</style>'
    root = project(
        tmp_path, clauses=[clause(en=f"The product should keep 85 % {evil}", zh=f"存活率建议不低于85%{evil}")]
    )
    handbook = compile_handbook(root)
    one = {each.id: each for each in ready_lists(handbook)}["document/alpha"]
    html = checklist_html(handbook, one, Templates(TEMPLATES), "both", EDITION)
    assert "<script" not in html
    assert html.count("</style>") == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--profile", "stabilty"], "no checklist 'stabilty' (did you mean 'audit/stability'?)"),
        (["--product", "mcs"], "unknown value 'mcs' of products (did you mean 'msc'?)"),
        (["--profile", "stability", "--product", "msc"], "--profile stands alone"),
        ([], "name a --profile"),
        (["--profile", "stability", "--format", "pdf"], "name a file with -o"),
    ],
)
def test_the_command_says_what_is_wrong(arguments, said):
    result = CliRunner().invoke(main, ["checklist", "--root", str(ROOT), *arguments])
    assert result.exit_code != 0
    assert said in result.output
    assert "Traceback" not in result.output


def test_the_command_lists_chooses_and_explains():
    def run(*arguments):
        result = CliRunner().invoke(main, ["checklist", "--root", str(ROOT), *arguments])
        assert result.exit_code == 0, result.output
        return result.output.splitlines()

    listed = [line.split("\t")[0] for line in run("--list")]
    assert listed == list(real_lists())
    chosen = run("--product", "msc", "--source", "umbilical-cord", "--topic", "cell-bank", "--lang", "zh")
    size = int(chosen[-1].split()[0])
    assert size == sum("  [" in line for line in chosen)
    left = run("--product", "msc", "--source", "umbilical-cord", "--topic", "cell-bank", "--explain")
    assert size + len(left) == len(real().clauses)
    assert any("products: CAR-T cell product" in line for line in left)
    assert any("asks nothing" in line for line in left)


def test_a_choice_of_nothing_takes_all_that_asks():
    handbook = real()
    subjects, hierarchy = subjects_of(handbook.corpus, handbook.clauses), Hierarchy.of(handbook.corpus)
    taken = [name for name, subject in subjects.items() if not judge(Profile(), subject, hierarchy)]
    assert {handbook.by_id[name].entry.record.type for name in taken} >= {"provision", "form-field", "table-row"}
    assert not [name for name in taken if handbook.by_id[name].entry.record.modality == "may"]


def test_a_document_of_its_own_scope(tmp_path):
    """A clause for serum is no item of an MSC checklist, unless its document restricts nothing."""
    handbook = compile_handbook(project(tmp_path, {"content/alpha/document.yml": document(scope={})}))
    subjects, hierarchy = subjects_of(handbook.corpus, handbook.clauses), Hierarchy.of(handbook.corpus)
    assert judge(Profile(products=("msc",)), subjects["alpha/1-viability.1"], hierarchy) == ()
