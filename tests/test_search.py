"""The search engine as the command line and the build run it: what is found, in which order; nothing is missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders import EVIDENCE, METHODS, PARAMETERS, TERMS, clause, document, project
from click.testing import CliRunner
from handbook.cli import main
from handbook.pipeline import compile_handbook
from handbook.problems import HandbookError
from handbook.search.bundle import search_files
from handbook.search.engine import SearchEngine
from handbook.search.probes import proven
from handbook.search.records import search_data
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parent.parent
BANK = {"id": "mcb", "label": {"zh": "主细胞库", "en": "master cell bank"}, "abbr": ["MCB"]}
MYCOPLASMA = {"id": "mycoplasma", "label": {"zh": "支原体", "en": "mycoplasma"}}
PRODUCT = {**TERMS["terms"][0], "misprints": [{"text": "成品制济", "document": "alpha", "line": 3}]}
CLAUSES = [
    clause(id="1-viability.1"),
    clause(
        id="1-bank.1", zh="主细胞库须检查支原体。", en="The master cell bank shall be tested for mycoplasmas.",
        modality="shall", cue="须", quantities=[], tests=[], lines=[3, 3], note={"zh": "注", "en": "Note"},
    ),
    clause(
        id="1-vcn.1", zh="TNF-α转导后，载体拷贝数应小于5拷贝/细胞，检测灵敏度不低于百万分之一。",
        en="After TNF-α transduction there shall be fewer than 5 vector copies a cell, with a sensitivity of 10⁻⁶.",
        modality="shall", cue="应", tests=[], lines=[4, 4],
        quantities=[{"parameter": "viability", "relation": "<", "value": 5, "unit": "{copies}/{cell}"},
                    {"parameter": "viability", "relation": ">=", "value": 1e-6, "unit": "1"}],
    ),
    clause(
        id="2-records.1", heading="2", lines=[8, 8], zh="记录保存不少于30年。",
        en="Records are kept for at least 30 years.",
        modality="none", cue=None, tests=[], evidence=[],
        quantities=[{"parameter": "viability", "relation": ">=", "value": 30, "unit": "a"}],
    ),
    clause(
        id="2-law.1", heading="2", lines=[9, 9], zh="参照9 CFR 113与Q5A(R2)。",
        en="See 9 CFR 113 and Q5A(R2); assays of IL-10.",
        modality="none", cue=None, tests=[], quantities=[], evidence=[],
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    definition = {"zh": "定义", "en": "Definition"}
    terms = [PRODUCT, {**BANK, "definition": definition}, {**MYCOPLASMA, "definition": definition}]
    files = {
        "glossary/terms.yml": {"terms": terms},
        "glossary/methods.yml": METHODS,
        "glossary/parameters.yml": PARAMETERS,
        "glossary/evidence.yml": EVIDENCE,
        "content/alpha/document.yml": document(),
    }  # fmt: skip
    root = project(tmp_path_factory.mktemp("search"), files, CLAUSES)
    return SearchEngine(search_data(compile_handbook(root)))


@pytest.fixture(scope="module")
def real() -> SearchEngine:
    return SearchEngine(search_data(compile_handbook(ROOT)))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("细胞库须检", "1-bank.1"),  # a fragment across words
        ("支原体 主细胞库", "1-bank.1"),  # in any order
        ("mycoplasma MCB", "1-bank.1"),  # an abbreviation that the text does not print
        ("MCB支原体", "1-bank.1"),
        ("主細胞庫", "1-bank.1"),  # traditional
        ("mycoplsma", "1-bank.1"),  # a slip of the finger
        ("支原休 检查", "1-bank.1"),
        ("成品制济", "1-viability.1"),  # a printed misprint
        ("≥85%", "1-viability.1"),
        ("85 %", "1-viability.1"),
        ("不低于 85％", "1-viability.1"),
        ("拷贝数<5", "1-vcn.1"),
        ("1e-6", "1-vcn.1"),
        ("10^-6", "1-vcn.1"),
        ("百万分之一", "1-vcn.1"),
        ("TNF-alpha", "1-vcn.1"),
        ("TNF-α", "1-vcn.1"),
        ("how long are records kept", "2-records.1"),
        ("记录要保存多久", "2-records.1"),
        ("30 years", "2-records.1"),
        ("9 cfr", "2-law.1"),
        ("q5a(r2)", "2-law.1"),
        ("assay IL-10", "2-law.1"),
        ("2-law.1", "2-law.1"),
        ("at least 30 years", "2-records.1"),
        ("fewer than 5 copies", "1-vcn.1"),
        ("master\tcell\tbanks", "1-bank.1"),
    ],
)
def test_a_query_finds_its_clause_first(engine: SearchEngine, query: str, expected: str) -> None:
    clauses = [name for name in engine.ids(query) if name.startswith("alpha/")]
    assert clauses[:1] == [f"alpha/{expected}"]


@pytest.mark.parametrize(
    "query", ["", " ", "？！", "细", "zzzz", "区块链", "(.*)", "\ud800", "constructor", "a" * 10_000]
)
def test_what_is_not_there_is_not_found(engine: SearchEngine, query: str) -> None:
    assert engine.search(query)["results"] == []


def test_a_single_character_finds_only_a_word_of_the_glossary(engine: SearchEngine) -> None:
    assert engine.search("库")["short"]


def test_a_term_alone_comes_before_the_clauses(engine: SearchEngine) -> None:
    first, second = engine.search("master cell bank")["results"][:2]
    assert (first["kind"], first["id"], second["id"]) == ("term", "mcb", "alpha/1-bank.1")


def test_only_as_typed_leaves_synonyms_out(engine: SearchEngine) -> None:
    assert engine.search("MCB", expand=False)["clauses"] == 0
    assert engine.search("MCB")["units"][0]["also"] == ["主细胞库", "master cell bank"]


def test_filters_hide_and_tell_how_many(engine: SearchEngine) -> None:
    whole = engine.search("检")
    answer = engine.search("应 检测 须", filters={"modality": ["shall"], "doc": ["no-such"]})
    assert answer["unknown"] == [["doc", "no-such"]]
    assert {result["modality"] for result in answer["results"]} == {"shall"}
    assert answer["hidden"] == engine.search("应 检测 须")["total"] - answer["total"]
    assert dict(answer["facets"]["kind"]) == {"guideline": answer["clauses"]}
    assert whole["short"]


def test_marks_stand_on_what_was_asked(engine: SearchEngine) -> None:
    result = next(one for one in engine.search("支原体")["results"] if one["kind"] == "clause")
    assert [result["zh"][start:end] for start, end in result["marks"]["zh"]] == ["支原体"]
    assert [result["en"][start:end] for start, end in result["marks"]["en"]] == ["mycoplasma"]


def test_the_command_gives_the_ranking_of_the_engine(real: SearchEngine) -> None:
    result = CliRunner().invoke(main, ["search", "主细胞库", "支原体", "--json", "--limit", "5", "--root", str(ROOT)])
    assert result.exit_code == 0, result.output
    assert [one["id"] for one in json.loads(result.output)["results"]] == real.ids("主细胞库 支原体", 5)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_substring_of_any_clause_is_missed(real: SearchEngine, handbook_clauses: list, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(handbook_clauses))
    language = data.draw(st.sampled_from(["zh", "en"]))
    text = " ".join(getattr(record.entry.record, language).split())
    start = data.draw(st.integers(0, len(text) - 3))
    piece = text[start : start + data.draw(st.integers(2, 24))].strip()
    han = sum("\u3400" <= character <= "\u9fff" for character in piece)
    if '"' in piece or (han < 2 and sum(character.isalnum() for character in piece) < 3):
        return  # no question: two letters, or marks
    answer = real.search(piece, limit=100_000)
    assert record.id in {one["id"] for one in answer["results"]}, piece


@pytest.fixture(scope="module")
def handbook_clauses() -> list:
    return list(compile_handbook(ROOT).clauses)


def test_the_files_are_scripts_whatever_the_texts_hold(tmp_path: Path) -> None:
    hostile = "</script><script>alert(1)</script>\u2028"
    root = project(tmp_path, clauses=[clause(en=f"The drug product should keep at least 85 % {hostile}")])
    files = search_files(compile_handbook(root), "e")
    assert set(files) == {"search/engine.js", "search/data.js", "search/definitions.js"}
    assert not any("</script" in text or "\u2028" in text for text in files.values())


# ------------------------------------------------------------------------------------ probes


def probe(**changes: object) -> dict[str, object]:
    return {"query": "支原体", "language": "zh", "kind": "term", "expect": ["alpha/1-viability.1"], **changes}


@pytest.mark.parametrize(
    ("probes", "expected"),
    [
        ([probe(expect=["alpha/1-viability.2"])], r"no clause or concept is 'alpha/1-viability\.2' \(did you mean"),
        ([probe(query="青霉素")], r"recall@10 0\.000.*at least 0\.97"),
        ([probe(query="成品制剂", expect=[])], r"1 that should find nothing do"),
        ([probe(kinds="x")], r"content/probes\.yml:\d+:\d+: unknown key 'kinds'"),
    ],
)
def test_a_search_below_its_floor_is_refused(tmp_path: Path, probes: list[dict[str, object]], expected: str) -> None:
    root = project(tmp_path, {"content/probes.yml": {"probes": probes}})
    with pytest.raises(HandbookError, match=expected):
        proven(compile_handbook(root), root)


def test_probes_that_are_met_are_counted(tmp_path: Path) -> None:
    root = project(
        tmp_path, {"content/probes.yml": {"probes": [probe(query="存活率"), probe(query="青霉素", expect=[])]}}
    )
    quality = proven(compile_handbook(root), root)
    assert (quality.recall, quality.reciprocal_rank, quality.loud) == (1.0, 1.0, ())
    assert quality.text().startswith("search: 2 probes, recall@10 1.000")


def test_no_character_is_told_otherwise_by_a_browser() -> None:
    """Python's and the browsers' GB 18030 differ over U+1E3F and some private characters."""
    text = json.dumps(search_data(compile_handbook(ROOT)), ensure_ascii=False)
    assert "\u1e3f" not in text
    assert not any("\ue000" <= character <= "\uf8ff" for character in text)


def test_what_cannot_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "content" / "probes.yml").write_bytes(b"probes: \xff")
    with pytest.raises(HandbookError, match=r"content/probes\.yml:1:1: cannot be read as UTF-8"):
        proven(compile_handbook(root), root)
