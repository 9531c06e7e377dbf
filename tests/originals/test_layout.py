"""Layout and segments of made-up texts with the traps of the originals."""

from __future__ import annotations

from pathlib import Path

import pytest
from handbook.originals.columns import find_column
from handbook.originals.fingerprint import fingerprint
from handbook.originals.layout import LineRole, lay_out
from handbook.originals.official import wording_of
from handbook.originals.paragraphs import paragraphs
from handbook.originals.segment import Segmentation, segment
from handbook.originals.source import Entry, Original, OriginalsError, open_inventory
from hypothesis import given
from hypothesis import strategies as st

WORDS = "样品须在冷库里放置两天再送往检验室由专人登记编号后分发到各个小组"


def document(*lines: str, **facts: object) -> tuple[Original, Entry]:
    entry = Entry(id="made-up", file="made-up.txt", first=1, last=len(lines), **facts)  # type: ignore[arg-type]
    return Original("made-up.txt", lines), entry


def cut(*lines: str, **facts: object) -> Segmentation:
    return segment(*document(*lines, **facts))


def texts(segmentation: Segmentation) -> list[str]:
    return [found.text for found in segmentation.segments]


def test_lines_of_a_column_are_joined_and_cut_at_stops() -> None:
    found = cut("甲公司的样品应当放在冷库里，两天以", "后再取出。乙公司可以照办；丙公司不", "得照办。")
    assert texts(found) == ["甲公司的样品应当放在冷库里，两天以后再取出。", "乙公司可以照办；", "丙公司不得照办。"]
    assert [(s.first, s.last) for s in found.segments] == [(1, 2), (2, 2), (2, 3)]
    assert [s.cues[0].word for s in found.segments] == ["应当", "可以", "不得"]


def test_semicolons_in_parentheses_do_not_cut() -> None:
    assert len(cut("样品（甲组；乙组）应当分开放。").segments) == 1
    assert len(cut("易位点（9; 22）应当写明。").segments) == 1


def test_headings_articles_and_lists_make_the_path() -> None:
    found = cut(
        "第一章　总则",
        "第一条　样品应当分开存放并且逐日登记温度。",
        "（一）甲组样品；",
        "（二）乙组样品。",
        "第二条（范围）　其余样品照办。",
    )
    assert [s.heading_path for s in found.segments] == [
        (("第一章", "总则"),),
        (("第一章", "总则"), ("第一条", "")),
        (("第一章", "总则"), ("第一条", ""), ("（一）", "")),
        (("第一章", "总则"), ("第一条", ""), ("（二）", "")),
        (("第一章", "总则"), ("第二条", "范围")),
    ]
    assert [str(s.kind) for s in found.segments] == ["heading", "sentence", "list-item", "list-item", "sentence"]


def test_page_number_inside_a_sentence() -> None:
    found = cut("甲公司的样品应当放在冷库里保存，两天以", "-155-", "后再取出。")
    assert texts(found) == ["甲公司的样品应当放在冷库里保存，两天以后再取出。"]
    assert found.removed[0].reason == "page number"


def test_vertical_watermark_and_dot_leaders() -> None:
    layout = lay_out(*document("目 录", "一、甲事 ........ 3", "水", "印", "字", "一、甲事", "样品应当登记。"))
    roles = [line.role for line in layout.lines]
    assert roles[:5] == [LineRole.CONTENTS, LineRole.CONTENTS, *[LineRole.WATERMARK] * 3]


def test_a_table_inside_a_sentence_does_not_cut_it() -> None:
    found = cut("样品放进冷库以后应当每天登记温度并且写", "甲\t乙\t丙", "1\t2\t3", "明经手人。")
    assert "样品放进冷库以后应当每天登记温度并且写明经手人。" in texts(found)
    assert [str(s.kind) for s in found.segments].count("table-row") == 2


def test_superscripts_on_their_own_lines() -> None:
    found = cut(
        "供者的细胞数应当达到下列标准再行使用，即≥3×10", "8", "/kg，并且CD34", "＋", "细胞数≥2×10", "6", "/kg。"
    )
    assert [int(f.value) for s in found.segments for f in s.figures] == [300_000_000, 2_000_000]
    assert all(s.exponent_flattened for s in found.segments)


def test_letter_spaced_line() -> None:
    assert texts(cut("2 9 3 T 样 品 应 当 登 记 。")) == ["293T样品应当登记。"]


def test_markdown_and_html() -> None:
    found = cut("# 1 甲事", "", "**登记：**样品应当登记<sup>[1-3]</sup>。", structure="1/1.1")
    assert texts(found) == ["1 甲事", "登记：样品应当登记。"]
    assert found.segments[1].heading_path == (("1", "甲事"), ("", "登记"))


def test_fingerprint_ignores_number_columns_and_white_space() -> None:
    plain = [
        "甲公司的样品应当放进冷库",
        "两天以后再取出来登记编号",
        "由专人分发到各个小组使用",
        "并且逐日记录温度和湿度",
        "不得遗漏任何一天的数据。",
        "完。",
    ]
    numbered = [f"{line}{number}" for number, line in enumerate(plain, 98)]
    first, second = lay_out(*document(*plain)), lay_out(*document(*numbered))
    assert fingerprint(first, 1, 6) == fingerprint(second, 1, 6)
    assert wording_of(paragraphs(second), 1, 2) == "甲公司的样品应当放进冷库两天以后再取出来登记编号"


@given(st.integers(1, 900), st.lists(st.integers(4, 30), min_size=12, max_size=40), st.booleans(), st.booleans())
def test_any_number_column_is_found(start: int, lengths: list[int], glued: bool, leading: bool) -> None:
    bodies = [WORDS[:length] for length in lengths]
    gap = "" if glued else " "
    lines = [f"{number} {body}" if leading else f"{body}{gap}{number}" for number, body in enumerate(bodies, start)]
    column = find_column(lines)
    assert column is not None
    assert list(column[1].values()) == [str(number) for number in range(start, start + len(bodies))]


@given(st.lists(st.integers(6, 28), min_size=3, max_size=6))
def test_a_column_that_restarts_on_every_page(pages: list[int]) -> None:
    lines = [f"{WORDS[:20]}{number}" for length in pages for number in range(1, length + 1)]
    column = find_column(lines)
    assert column is not None
    assert len(column[1]) == len(lines)


@given(st.lists(st.integers(1, 31), min_size=1, max_size=12), st.integers(10, 24))
def test_joined_lines_lose_nothing(lengths: list[int], column: int) -> None:
    sentences = [WORDS[:length] + "。" for length in lengths]
    text = "".join(sentences)
    lines = [text[start : start + column] for start in range(0, len(text), column)]
    found = cut(*lines)
    assert texts(found) == sentences
    assert "".join(part.text for s in found.segments for part in s.parts) == text


@given(st.lists(st.text(alphabet="样品应当登记。；（）1.、 一\t-×", max_size=24), max_size=30))
def test_nothing_is_lost_whatever_the_lines(lines: list[str]) -> None:
    original, entry = document(*lines)
    found = segment(original, entry)
    kept = "".join(sorted("".join(s.text for s in found.segments) + "".join(r.text for r in found.removed)))
    assert [c for c in kept if c >= "\u4e00"] == sorted(c for line in lines for c in line if c >= "\u4e00")


def test_missing_folder_and_unknown_document(tmp_path) -> None:
    with pytest.raises(OriginalsError, match="no folder of originals"):
        open_inventory(tmp_path / "absent")
    with pytest.raises(OriginalsError, match=r"no inventory\.yml"):
        open_inventory(tmp_path)
    (tmp_path / "000_a.txt").write_text("甲\n乙", encoding="utf-8")
    record = "{id: cell-bank-rules, seed: '000', start_line: 1, end_line: 2}"
    (tmp_path / "inventory.yml").write_text(f"documents: [{record}]", encoding="utf-8")
    inventory = open_inventory(tmp_path)
    assert inventory.original(inventory.entry("cell-bank-rules")).lines == ("甲", "乙")
    assert inventory.chosen([]) == inventory.entries
    with pytest.raises(OriginalsError, match="did you mean 'cell-bank-rules'"):
        inventory.entry("cell-bank-rule")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("一\n二".encode(), "a.txt has 2 lines, but alpha goes to line 3: is the file cut off"),
        ("一\n二\n三".encode()[:-1], "a.txt cannot be read as UTF-8 text"),
    ],
)
def test_a_truncated_original_is_named(tmp_path: Path, content: bytes, expected: str) -> None:
    (tmp_path / "inventory.yml").write_text("documents: [{id: alpha, seed: a, start_line: 1, end_line: 3}]")
    (tmp_path / "a.txt").write_bytes(content)
    inventory = open_inventory(tmp_path)
    with pytest.raises(OriginalsError, match=expected):
        inventory.original(inventory.entry("alpha"))
