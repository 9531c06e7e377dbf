"""The linker: longest match, word boundaries, no nested links, misprints, works by title and by code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from builders import REFERENCES, TERMS, clause, project
from handbook.pipeline import Handbook, compile_handbook


def concept(name: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    definition = {"zh": f"{zh}的含义。", "en": f"What {en} means."}
    return {"id": name, "label": {"zh": zh, "en": en}, "definition": definition, **more}


BANKS = [
    *TERMS["terms"],
    concept("cell-bank", "细胞库", "cell bank"),
    concept("master-cell-bank", "主细胞库", "master cell bank", abbr=["MCB"], broader=["cell-bank"]),
    concept("pcr", "聚合酶链式反应", "polymerase chain reaction", abbr=["PCR"]),
    concept("donor", "供者", "donor", link=False),
]


def linked(root: Path, zh: str, en: str, **changes: Any) -> Handbook:
    one = clause(zh=zh, en=en, modality="none", cue=None, quantities=[], tests=[], **changes)
    return compile_handbook(project(root, {"glossary/terms.yml": {"terms": BANKS}}, [one]))


def names(handbook: Handbook, language: str) -> list[tuple[str, str]]:
    (one,) = handbook.clauses
    text = getattr(one.entry.record, language)
    return [(text[mention.start : mention.end], mention.id) for mention in getattr(one, language)]


def test_the_longest_word_wins_and_nothing_nests(tmp_path: Path) -> None:
    handbook = linked(tmp_path, "主细胞库与细胞库各做检定。", "The master cell bank and the cell bank are both tested.")
    assert names(handbook, "zh") == [("主细胞库", "master-cell-bank"), ("细胞库", "cell-bank")]
    assert names(handbook, "en") == [("master cell bank", "master-cell-bank"), ("cell bank", "cell-bank")]


def test_latin_words_stand_alone_and_may_be_plural(tmp_path: Path) -> None:
    handbook = linked(tmp_path, "以qPCR和PCR检查MCB。", "qPCR, PCRs and PCR of Cell Banks, not of cell-banking or pcr.")
    assert names(handbook, "zh") == [("PCR", "pcr"), ("MCB", "master-cell-bank")]
    assert names(handbook, "en") == [("PCRs", "pcr"), ("PCR", "pcr"), ("Cell Banks", "cell-bank")]


def test_misprints_and_full_width_are_found(tmp_path: Path) -> None:
    handbook = linked(tmp_path, "ＤＰＰ即成品制剂。", "DPP is a drug product.")
    assert names(handbook, "zh") == [("ＤＰＰ", "drug-product"), ("成品制剂", "drug-product")]
    assert names(handbook, "en")[0] == ("DPP", "drug-product")


def test_common_words_are_left_alone(tmp_path: Path) -> None:
    assert names(linked(tmp_path, "供者情况。", "The donor."), "zh") == []


@pytest.mark.parametrize("title", ["样例管理规范（试行）", "样例管理规范(试行)", "样例 管理规范 （试行）"])
def test_a_title_is_found_however_it_is_bracketed(tmp_path: Path, title: str) -> None:
    (one,) = linked(tmp_path, f"见《{title}》。", "See the rules.").clauses
    assert [(cited.to, cited.origin) for cited in one.cites] == [("cn-rules", "matched")]


def test_a_work_named_by_its_code_is_cited(tmp_path: Path) -> None:
    (one,) = linked(tmp_path, "参照SR 7执行。", "As in SR 7.").clauses
    assert [(cited.to, cited.why) for cited in one.cites] == [("cn-rules", "named in the text")]


def test_a_doubtful_title_is_a_finding_not_a_guess(tmp_path: Path) -> None:
    handbook = linked(tmp_path, "见《样例管理规范》。", "See the rules.")
    assert handbook.clauses[0].cites == ()
    (warning,) = handbook.warnings
    assert "《样例管理规范》" in warning.message


def test_an_unknown_title_is_a_finding(tmp_path: Path) -> None:
    (warning,) = linked(tmp_path, "见《全然无关之书》。", "See that book.").warnings
    assert "is no work that" in warning.message


def test_the_author_wins(tmp_path: Path) -> None:
    handbook = linked(tmp_path, "见《样例管理规范》。", "See the rules.", cites=[{"to": "cn-rules", "part": "0234"}])
    assert [(cited.to, cited.part, cited.origin) for cited in handbook.clauses[0].cites] == [
        ("cn-rules", "0234", "authored")
    ]
    assert handbook.warnings == ()


def test_a_work_is_not_cited_beside_its_edition(tmp_path: Path) -> None:
    first = {
        "id": "cn-rules-2025",
        "title": {"zh": "样例管理规范（2025年版）", "en": "Sample Rules (2025)"},
        "kind": "regulation",
    }
    files = {"content/references.yml": {"references": [*REFERENCES["references"], first | {"edition_of": "cn-rules"}]}}
    texts = {"zh": "见《样例管理规范（试行）》，按SR 7执行。", "en": "See SR 7.", "modality": "none", "cue": None}
    one = clause(**texts, quantities=[], tests=[], cites=[{"to": "cn-rules-2025"}])
    (linked_clause,) = compile_handbook(project(tmp_path, files, [one])).clauses
    assert [cited.to for cited in linked_clause.cites] == ["cn-rules-2025"]
