"""Cues of modality; every sentence is made up."""

from __future__ import annotations

import pytest
from handbook.modality import Modality, find_cues, is_normative, modality_of, strongest
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("样品应登记", "应", Modality.SHALL),
        ("样品应当登记", "应当", Modality.SHALL),
        ("样品须登记", "须", Modality.SHALL),
        ("样品需要登记", "需要", Modality.SHALL),
        ("样品需登记", "需", Modality.SHALL),
        ("应对每份样品登记", "应", Modality.SHALL),
        ("应变更编号", "应", Modality.SHALL),
        ("温度影响应予记录", "应", Modality.SHALL),
        ("反应后应登记", "应", Modality.SHALL),
        ("供应商应登记", "应", Modality.SHALL),
        ("经登记后方可使用", "方可", Modality.SHALL),
        ("两处均要登记", "均要", Modality.SHALL),
        ("库房，要求上锁", "要求", Modality.SHALL),
        ("应避免日晒", "应避免", Modality.SHALL),
        ("不得登记", "不得", Modality.SHALL_NOT),
        ("不应超过两天", "不应", Modality.SHALL_NOT),
        ("应当禁止日晒", "应当禁止", Modality.SHALL_NOT),
        ("不允许日晒", "不允许", Modality.SHALL_NOT),
        ("单个样品不能作为对照", "不能", Modality.SHALL_NOT),
        ("不可随意更改", "不可", Modality.SHALL_NOT),
        ("避免日晒", "避免", Modality.SHALL_NOT),
        ("建议登记", "建议", Modality.SHOULD),
        ("温度宜低", "宜", Modality.SHOULD),
        ("鼓励登记", "鼓励", Modality.SHOULD),
        ("建议避免日晒", "建议避免", Modality.SHOULD),
        ("不宜日晒", "不宜", Modality.SHOULD_NOT),
        ("不建议日晒", "不建议", Modality.SHOULD_NOT),
        ("可采用冷库", "可", Modality.MAY),
        ("可以不登记", "可以不", Modality.MAY),
        ("无需登记", "无需", Modality.MAY),
        ("可能需要登记", "可能需要", Modality.MAY),
    ],
)
def test_cue(text: str, word: str, modality: Modality) -> None:
    cue = strongest(find_cues(text))
    assert cue is not None
    assert (cue.word, cue.modality) == (word, modality)
    assert text[cue.start : cue.end] == word
    assert modality_of(word) is modality
    assert is_normative(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "反应",
            "适应症",
            "相应的",
            "应用",
            "效应",
            "响应",
            "对应的",
            "供应商",
            "应激",
            "应答",
            "应急",
            "感应",
            "应变",
            "应力",
        ),
        *(
            "应对策略",
            "应对措施，",
            "顺应",
            "适宜",
            "便宜",
            "事宜",
            "可能",
            "可比性",
            "可行",
            "可靠",
            "可控",
            "可溯源",
            "可追溯",
        ),
        *(
            "可见异物",
            "许可",
            "认可",
            "可重复",
            "可及",
            "可用性",
            "可接受标准",
            "可溶",
            "可逆",
            "必需品",
            "需求",
            "供需",
            "所需",
        ),
        *(
            "急需",
            "须知",
            "胡须",
            "不可或缺",
            "不可逆",
            "不可避免",
            "必要时",
            "是否需要登记",
            "如需登记，",
            "若必须登记，",
        ),
        *(
            "本要求，",
            "的建议和",
            "推荐剂量",
            "优先权",
            "条件允许时",
            "尚不能完全排除",
            "可引起发热",
            "可分为两组",
            "“应”",
        ),
        *("根据工作需要", "以尽量", "允许的范围", "不可预测"),
    ],
)
def test_decoys_are_no_cues(text: str) -> None:
    assert find_cues(text) == ()
    assert not is_normative(text)


def test_longest_word_first_and_all_in_order() -> None:
    cues = find_cues("样品应当登记，不得日晒，可酌情冷藏，建议每日检查。")
    assert [cue.word for cue in cues] == ["应当", "不得", "可酌情", "建议"]


def test_strongest_takes_the_first_of_equals() -> None:
    assert strongest(()) is None
    found = strongest(find_cues("可登记，建议冷藏，须上锁，不得日晒"))
    assert found is not None
    assert found.word == "须"


def test_unknown_word() -> None:
    assert modality_of("应用") is None
    assert modality_of("原则上") is None


@given(st.text(alphabet="应当须需要不得建议宜可以反适效供能避免禁止，。样品", max_size=60))
def test_cues_lie_in_order_without_overlap(text: str) -> None:
    end = 0
    for cue in find_cues(text):
        assert end <= cue.start < cue.end
        assert text[cue.start : cue.end] == cue.word
        end = cue.end
