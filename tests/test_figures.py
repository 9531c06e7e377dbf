"""Figures in Chinese and English; every sentence is made up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from handbook.figures import find_figures, find_identifiers, values
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "value", "unit", "relation"),
    [
        ("活率≥85%", "85", "%", ">="),
        ("活率至少应为85％", "85", "%", ">="),
        ("viability of at least 85 %", "85", "%", ">="),
        ("不得少于 3 例", "3", "例", ">="),
        ("床位 4 张以上", "4", "张", ">="),
        ("不超过5copies/cell", "5", "copies/cell", "<="),
        ("no more than 5 copies/cell", "5", "copies/cell", "<="),
        ("14天以内", "14", "天", "<="),
        ("within 14 days", "14", "days", "<="),
        ("＞2 倍", "2", "倍", ">"),
        ("more than 2 mL", "2", "mL", ">"),
        ("小于 10 张", "10", "张", "<"),
        ("检出限<1细胞", "1", "细胞", "<"),
        ("n=6", "6", None, "="),
        ("深度为50X", "50", "X", None),
        ("共13 021项", "13021", "项", None),
        ("共1,000例", "1000", "例", None),
        ("０．５ mL", "0.5", "mL", None),
        ("孔径0． 1um", "0.1", "um", None),
        ("约3． 3％", "3.3", "%", None),
        ("于-196℃保存", "-196", "℃", None),
        ("转速1000 rpm·min-1", "1000", "rpm·min-1", None),
        ("下降4.5-log", "4.5", "log", None),
        ("pH7.2", "7.2", None, None),
        ("FDA2017年", "2017", "年", None),
        ("低于百万分之一", "0.000001", None, "<"),
        ("百分之八十五", "85", "%", None),
        ("万分之五", "0.0005", None, None),
        ("1e-6", "0.000001", None, None),
        ("面积1500 μm2", "1500", "μm2", None),
        ("1/1 000 000", "0.000001", None, None),
    ],
)
def test_one_figure(text: str, value: str, unit: str | None, relation: str | None) -> None:
    (figure,) = find_figures(text)
    assert (figure.value, figure.unit, figure.relation) == (Decimal(value), unit, relation)
    assert text[figure.start : figure.end] == figure.raw


@pytest.mark.parametrize(
    ("text", "value", "flattened"),
    [
        ("2×10^6/kg", "2e6", False),
        ("2×10⁶/kg", "2e6", False),
        ("2×10<sup>6</sup>/kg", "2e6", False),
        ("10*9/L", "1e9", False),
        ("0.5×109/L", "0.5e9", True),
        ("3.0×1010VP", "3e10", True),
        ("3． 0× 1010VP", "3e10", True),
        ("5×105·mL-1", "5e5", True),
        ("×109/L", "1e9", True),
        ("0.5ⅹ109/L", "0.5e9", True),
    ],
)
def test_powers(text: str, value: str, flattened: bool) -> None:
    (figure,) = find_figures(text)
    assert (figure.value, figure.exponent_flattened) == (Decimal(value), flattened)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("7~14天", 7, 14, "天"),
        ("280～320 mOsm/kg", 280, 320, "mOsm/kg"),
        ("36-42周", 36, 42, "周"),
        ("2 °C~8 °C", 2, 8, "°C"),
        ("2 to 8 °C", 2, 8, "°C"),
    ],
)
def test_ranges_are_two_figures_with_one_unit(text: str, low: int, high: int, unit: str) -> None:
    assert [(int(figure.value), figure.unit) for figure in find_figures(text)] == [(low, unit), (high, unit)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "[1-4]",
            "样品<sup>5,6</sup>",
            "（1）甲；（2）乙",
            "①甲",
            "1. 甲事",
            "3.2 甲事",
            "1、甲事",
            "2 甲事",
            "甲：1、乙；2、丙",
        ),
        *("IL-10", "CD34+", "ICH Q5A(R2)", "B19", "VUM02", "HIV-1/2", "3D培养", "CRISPR-Cas9", "9 CFR", "H2O2", "CO2"),
        *(
            "TNF-α",
            "TH1",
            "MR4.0",
            "293T/17",
            "表1",
            "图 2",
            "Table 4",
            "Fig.1",
            "附件 1-2",
            "https://a.cn/2025/1?x=3",
            "022-12345678",
        ),
        *("《样品登记办法（2010年修订）》", "0234", "通则1101", "某办发〔2014〕80号", "a12@b34.cn"),
    ],
)
def test_no_figures(text: str) -> None:
    assert find_figures(text) == ()


def test_values_are_equal_in_both_languages() -> None:
    chinese = "活率不低于80%，每剂2×10⁶个细胞，2~8℃保存不超过24小时。"
    english = "Viability no less than 80 %, 2×10^6 cells a dose, stored at 2-8 °C for up to 24 hours."
    assert values(chinese) == values(english)
    assert values("85.0%") == values("85%")


def test_a_unit_with_a_negative_power_does_not_swallow_the_next_figure() -> None:
    assert [int(figure.value) for figure in find_figures("50 μg·mL-1 200 μg·mL-1")] == [50, 200]


def test_year_and_month() -> None:
    assert [int(figure.value) for figure in find_figures("2022.05")] == [2022, 5]


def test_spelled_counts_only_on_request() -> None:
    assert find_figures("六个月") == ()
    assert values("六个月", spelled=True) == values("six months", spelled=True)
    assert values("十五年", spelled=True)[Decimal(15)] == 1


def test_identifiers() -> None:
    text = "按ICH Q5A（R2）与《某药典》0234及通则1101、3301支原体检查法，依某办发〔2014〕80号和9 CFR。"
    assert [(found.code, found.kind) for found in find_identifiers(text)] == [
        ("ICHQ5A(R2)", "ich"),
        ("0234", "pharmacopoeia-chapter"),
        ("1101", "pharmacopoeia-chapter"),
        ("3301", "pharmacopoeia-chapter"),
        ("某办发〔2014〕80号", "document-number"),
        ("9CFR", "law-part"),
    ]


@given(st.integers(0, 999_999), st.sampled_from(["%", "例", "mL", "℃", "天"]))
def test_any_count_is_read(number: int, unit: str) -> None:
    for printed in (f"{number}", f"{number:,}", f"{number:,}".replace(",", " ")):
        (figure,) = find_figures(f"结果为{printed}{unit}。")
        assert (figure.value, figure.unit) == (Decimal(number), unit)


@given(st.text(max_size=80))
def test_figures_lie_in_order_in_any_text(text: str) -> None:
    end = 0
    for figure in find_figures(text, spelled=True):
        assert figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.raw
        assert figure.start >= end or figure.spelled or end > figure.start
        end = figure.end


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("每年1月20日前", "by 20 January each year"),
        ("2026年5月", "in May 2026"),
        ("发改甲乙〔2016〕1431号", "Fa Gai Jia Yi [2016] No. 1431"),
        ("置于-80 °C保存", "kept at -80 °C"),
    ],
)
def test_dates_numbers_of_documents_and_frost_agree(zh: str, en: str) -> None:
    assert values(zh) == values(en)
