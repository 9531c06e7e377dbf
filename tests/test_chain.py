"""Requirement chains: known links with their origin, what is left out on purpose, and where chains break."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from builders import METHODS, PARAMETERS, REFERENCES, clause, project
from handbook.chain import Chapter, chains_of
from handbook.pages import LANGUAGES, BuildFacts
from handbook.pipeline import compile_handbook
from handbook.templates import Templates
from handbook.views.chain import chain_views, method_chain, parameter_chains
from handbook.views.lookup import Lookup

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "site_templates"


@pytest.fixture(scope="module")
def handbook():
    return compile_handbook(ROOT)


@pytest.fixture(scope="module")
def chains(handbook):
    return chains_of(handbook)


def origins(chain):
    return {link.chapter: link.origin for link in chain.chapters}, {
        link.parameter: link.origin for link in chain.limits
    }


def test_known_chains(chains):
    mycoplasma = chains.by_method["mycoplasma-test"]
    chapters, _ = origins(mycoplasma)
    assert mycoplasma.attribute == "microbial-safety"
    assert chapters[Chapter("chp-2025", "3301")] == "glossary"
    assert chapters[Chapter("chp", "支原体检查法")] == "clause"
    assert "cde-msc-pharm-2026-draft/4.2.3.1-microbial.1" in mycoplasma.calls["required"]
    _, limits = origins(chains.by_method["cell-viability-assay"])
    assert limits["cell-viability"] == "glossary"
    assert any(clause == "cde-msc-pharm-2026-draft/4.3-activity.3" for clause, _ in chains.limits["cell-viability"])
    assert origins(chains.by_method["mycoplasma-nat"])[0] == {Chapter("chp-2025", "3301"): "broader"}


def test_a_clause_with_two_methods_and_two_chapters_links_neither(chains):
    # It names the chapters on sterility and on mycoplasma; sterility is not tested by the mycoplasma chapter.
    chapters, _ = origins(chains.by_method["sterility-test"])
    assert Chapter("chp", "生物制品无菌检查法") in chapters
    assert Chapter("chp", "支原体检查法") not in chapters


def test_two_figures_beside_two_methods_are_not_crossed(chains):
    assert "neutrophil-count-limit" not in origins(chains.by_method["platelet-count"])[1]


def test_broken_chains_are_what_they_say(chains):
    broken = chains.broken
    for name in broken.without_chapter:
        chain = chains.by_method[name]
        assert chain.called and not any(link.chapter.part for link in chain.chapters)
    for name in broken.without_limit:
        assert chains.by_method[name].calls["required"]
        assert not any(link.parameter in chains.limits for link in chains.by_method[name].limits)
    for name in (*broken.unmeasured, *broken.unmeasured_elsewhere):
        assert name in chains.limits and name not in chains.by_parameter
    assert "record-retention-period" in broken.unmeasured_elsewhere
    assert Chapter("chp-2020", "热原检查法") in broken.unused_chapters
    # The chapter of the same title in another edition is in use.
    assert Chapter("chp-2020", "无菌检查法") not in broken.unused_chapters


def small(root, *clauses, related=(), kind="pharmacopoeia"):
    second = {**METHODS["methods"][0], "id": "count", "label": {"zh": "细胞计数法", "en": "counting"}}
    parameter = {**PARAMETERS["parameters"][0], "related": list(related)}
    files = {
        "glossary/methods.yml": {"methods": [METHODS["methods"][0], second]},
        "glossary/parameters.yml": {"parameters": [parameter]},
        "content/references.yml": {"references": [{**REFERENCES["references"][0], "kind": kind}]},
    }
    return compile_handbook(project(root, files, list(clauses)))


def test_origins(tmp_path):
    cites = [{"to": "cn-rules", "part": "0234"}]
    found = chains_of(small(tmp_path / "clause", clause(cites=cites)))
    assert origins(found.by_method["viability-assay"]) == (
        {Chapter("cn-rules", "0234"): "clause"},
        {"viability": "clause"},
    )
    found = chains_of(small(tmp_path / "glossary", clause(tests=None), related=["count"]))
    assert origins(found.by_method["count"]) == ({}, {"viability": "glossary"})


def test_a_figure_at_another_point_is_not_for_the_test(tmp_path):
    tests = [{"method": "viability-assay", "at": "mcb"}]
    found = chains_of(small(tmp_path, clause(tests=tests)))
    assert found.by_method["viability-assay"].limits == ()
    assert found.broken.unmeasured == ("viability",)


def test_pages_and_rows(handbook):
    lookup = Lookup(handbook)
    renderer = Templates(TEMPLATES)
    facts = {"build": BuildFacts("0.0.0", "2026-01-01", originals=False)}
    views = {view.path: view for view in chain_views(lookup)}
    for code in LANGUAGES:
        page = BeautifulSoup(renderer.render(views["chains"], code, "title", facts), "html.parser")
        rows = page.select(".hb-chain tbody tr")
        assert len(rows) == sum(bool(chain.called) for chain in lookup.chains.by_method.values())
        counts = [int(one.text) for one in page.select(".hb-plain .hb-count")]
        data = views["chains/broken"].data
        assert counts == list(data.counts.values())
        assert renderer.render(views["chains/broken"], code, "title", facts)
    (row,) = method_chain("mycoplasma-test", lookup)
    need, count, in_force = row.called[0]
    assert (need, row.attribute.id) == ("required", "microbial-safety")
    assert 0 < in_force < count  # drafts and papers ask for it too, and are not counted as in force
    assert "cell-viability-assay" in {row.method.id for row in parameter_chains("cell-viability", lookup)}
