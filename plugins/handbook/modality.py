"""Which words of a Chinese guideline carry a requirement, a recommendation or a permission.

In goes a text, out come its cues: the words, where they stand, and their modality in the sense of the verbal
forms of ISO/IEC Directives Part 2. The lexicon was founded on frequency tables of every character pair around
应 须 需 宜 可 要 得 能 in the five files of the originals; whatever only contains one of these characters
(反应, 适宜, 所需, 可能 …) is listed as a decoy and is consumed before a cue can be seen in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Modality(StrEnum):
    """The degree of obligation that a statement expresses."""

    SHALL = "shall"
    SHALL_NOT = "shall-not"
    SHOULD = "should"
    SHOULD_NOT = "should-not"
    MAY = "may"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that carries a modality: `text[start:end] == word`."""

    word: str
    modality: Modality
    start: int
    end: int


_START = r"(?:(?<=[，。；：、）)？！;:,])|(?<![\s\S]))"  # begin of a clause or of the text
_CONDITION = "如果|如|若|当|是否|能否|有无"

# What `可` is followed by when it says what something is able or liable to do, not what one is allowed to do.
_ABILITY = (
    "引起|引发|引入|导致|诱导|诱发|诱使|造成|形成|产生|分为|分成|分化|分泌|表达|表现|观察到|显著|显示|实现|达到|达|"
    r"为|有|使(?!用)|长期|自主|自我|自发|特异|传播|传递|传染|存在|出现|发生|感染|影响|抑制|促进|增加|增强|增殖|改善|"
    "激活|刺激|介导|反映|体现|代表|归因|被|能|稳定|持续|迅速|快速|大大|大幅|大量|模拟|延长|避免|释放|整合|随|看出|知|谓|"
    "想|检测到|检出|突变|覆盖|抵抗|获得|成为|忽略|满足|保证|确保|保持|杀伤|破坏|损伤|降解|逃避|改变|发挥|发展|发育|继发|"
    r"与[^，。；]{1,12}(?:结合|作用)|直接(?:引起|导致|影响|作用|杀伤|参与)|需|通过[^，。；]{1,16}(?:发挥|引起|导致|抑制|促进)"
)

# Words that contain the character of a cue and are none, or a cue word where it is a noun or a condition:
# regular expressions, one a word, with what must stand around it.
_DECOYS = r"""
    反应 适应 相应(?!当|该) 效应 (?<!影)响应 供应(?!当|该) 应激(?!活) 应答 应急 感应 应变(?!更|化)
    应力(?!求) 顺应 应运 对应(?!当|该|用) 回应 呼应 报应(?!当) 应届 (?<=[“‘])应(?=[”’])
    (?<=[“‘])宜(?=[”’]) (?<=[“‘])可(?=[”’]) 应用
    应对(?=策略|措施|预案|能力|挑战|机制|方式|方案|之策|突发|风险|办法|手段|计划|工作|[，。；、])
    应有(?=的|尽有) 须知 胡须 触须 需求 供需 所需要? 急需 亟需 必需 军需 按需 内需 特需 刚需
    (?:CONDITION)(?:确|确有|仍|还)?(?:必须|必需|需要?|须) 需要?(?:注意|指出|说明|强调)的是
    需[^，。；]{1,8}方可观察 (?:没有|并无)需要 有需要(?=的|，|时)
    根据[^，。；]{0,4}需要 需要(?=[。；、）)的和与或时]|，|$) (?<=[的据])需要(?=[^求])
    (?:工作|发展|治疗|试验|临床|产业|制备)需要(?=和|及|确定|的) 有必要(?=性) 必要(?:性|时|条件|的)? 不必要
    必须的(?=[一-鿿])
    如有必要 是否有必要 不要求(?=.{0,2}的) 要求(?=[，。；、：）)的和与或及者是]|$) 不得不 不得已 适宜 便宜
    事宜 相宜 时宜 宜人 宜居 权宜 许可 认可 可能(?:性|会)? 方可能 可行 可靠 可控(?!制) 可控制(?=性|的) 可比(?!较)
    可用性 (?<=有)可用的 可追溯 可追踪 可溯源 可接受(?!.{0,6}检查) 可及 可见 可溶 可逆 可测(?!定|试)
    可检(?!测|验|查) 可重复 可重现 可复制 可复现 可持续 可变 可操作 可塑 可疑 可信 可放大 可读 可视化
    可识别性? 可预[测防见期知] 可解释 可理解 可扩展 可靶向 可定量 可量化 可评[价估]的 可获[得取](?:性|的)
    可的松 可观(?!察) 可贵 可惜 可耐受 可治[愈疗] 可替代性 可忽略 可[^，。；]{1,4}性(?=[，。；、的和与及])
    也许可以 必不可少 不可或缺 不可逆 不可避免 不可预 不可能 不可行 不可[接获控比分治溶缺] 缺一不可 非…不可
    可以?(?=ABILITY) (?<=分)可(?=分) 两可 以尽可能 (?:CONDITION)不能 不能不
    (?<=[的项条供出])建议(?=[。；，、）)的和与或者]|及(?!时)|$) 建议(?=[。；、）)的和与或者书稿]|及(?!时)|$) 指导和建议
    建议和推荐 观点和建议 给药方案建议
    咨询建议 推荐(?=剂量|的|和|与|量|人|信|级|、|。) (?:被|所|以)推荐 拟推荐 (?<=是项)推荐 为鼓励 以鼓励
    (?<=政策)建议 受鼓励 优先(?=于|权|级|审|地位|异常|整合|次序|顺序) 是否允许 条件允许 允许(?=的|时|范围|误差|暴露)
    (?<=每日)允许 (?<=定性)允许 尽量减少.{0,4}的可能 以尽量
"""

# Cue words; where the word alone is not enough, an expression that adds what must stand around it.
_WORDS: dict[Modality, str] = {
    Modality.SHALL: "应优先 应首先 应尽量 应尽可能 应当尽量 应当尽可能 应当优先 "
    "需尽可能 需尽量 应 应当 应该 必须 须 需 需要 务必 有义务 应避免 应当避免 应尽量避免 必须要 请遵照 方可 一定要 "
    "要确保 要避免",
    Modality.SHALL_NOT: "不得 严禁 禁止 禁用 不应 不应当 不应该 不允许 不准 不许 不予 应禁止 应当禁止 应严禁",
    Modality.SHOULD: "建议 宜 推荐 鼓励 尽量 尽可能 优先 最好 提倡 力求 有必要 建议避免",
    Modality.SHOULD_NOT: "不建议 不宜 不推荐 不鼓励 不提倡 不主张 最好不 没有必要",
    Modality.MAY: "可 可以 允许 可酌情 可以不 可不 准许 无需 无须 不需要 不必 不要求 有权 可能需要 可能需",
}
_BOUND_WORDS: dict[Modality, dict[str, str]] = {
    Modality.SHALL: {
        "要求": f"{_START}要求",
        **{word: f"{word}(?![求点素])" for word in ("均要", "还要", "也要", "都要", "就要", "还是要")},
        "要": "(?<![主重需必只纲摘概扼首紧可如若是])要"
        "(?=充分|加强|严格|按照|认真|切实|注意|保证|定期|及时|建立|进行|符合|包括|包含|考虑|同时|兼顾|关注|延伸)",
    },
    Modality.SHALL_NOT: {
        "不要": "不要(?!求)",
        "不能": "(?<![尚仍并都])不能"
        "(?=再予|再继续|再使用|同时有|作为|过[大小高低多]|低于|高于|少于|多于|超过|包括|用于|用作|随意|擅自)",
        "不可": "不可(?=使用|用于|采用|随意|擅自|生搬|混|与|再|超过|低于|高于|作为|以)",
        "避免": r"(?:(?<=[。；：;])|(?<![\s\S]))避免",
    },
    Modality.SHOULD_NOT: {"建议不": "建议不(?=采用|使用|进行|应|要)"},
}


def _lexicon() -> dict[str, tuple[Modality, str]]:
    entries = {word: (modality, word) for modality, words in _WORDS.items() for word in words.split()}
    for modality, bound in _BOUND_WORDS.items():
        entries |= {word: (modality, pattern) for word, pattern in bound.items()}
    return dict(sorted(entries.items(), key=lambda entry: -len(entry[0])))


_LEXICON = _lexicon()
_CUE = re.compile("|".join(pattern for _, pattern in _LEXICON.values()))
_DECOY = re.compile(
    "|".join(sorted(_DECOYS.split(), key=len, reverse=True))
    .replace("ABILITY", _ABILITY)
    .replace("CONDITION", _CONDITION)
)
_STRENGTH = {Modality.MAY: 1, Modality.SHOULD: 2, Modality.SHOULD_NOT: 2, Modality.SHALL: 3, Modality.SHALL_NOT: 3}


def find_cues(text: str) -> tuple[Cue, ...]:
    """The cues of `text`, in order, the longest word first where several begin at the same place.

    Words that merely contain the character of a cue are passed over, and so is 可 where it states an ability or
    a risk (可引起, 可分为) and not a permission.
    """
    cues = []
    position = 0
    decoy, cue = _DECOY.search(text), _CUE.search(text)
    while cue:
        if decoy and decoy.start() <= cue.start() and (decoy.start() < cue.start() or decoy.end() >= cue.end()):
            position = decoy.end()
        else:
            cues.append(Cue(cue.group(), _LEXICON[cue.group()][0], cue.start(), cue.end()))
            position = cue.end()
        if decoy and decoy.start() < position:
            decoy = _DECOY.search(text, position)
        if cue.start() < position:
            cue = _CUE.search(text, position)
    return tuple(cues)


def modality_of(word: str) -> Modality | None:
    """The modality of a cue word taken alone; None when the lexicon does not hold it."""
    entry = _LEXICON.get(word)
    return entry[0] if entry else None


def cue_words() -> tuple[str, ...]:
    """Every word of the lexicon."""
    return tuple(_LEXICON)


def strongest(cues: Iterable[Cue]) -> Cue | None:
    """The cue that governs: requirement before recommendation before permission, the first of equals."""
    return max(cues, key=lambda cue: _STRENGTH[cue.modality], default=None)


def strength(modality: Modality) -> int:
    """How firmly a modality asks: 3 for what is required or forbidden, 2 advised (against), 1 permitted, 0 nothing."""
    return _STRENGTH.get(modality, 0)


def is_normative(text: str) -> bool:
    """Whether `text` asks for, advises, forbids or permits something.

    True when it holds any cue. This was decided by reading the hits in all five files: 应 须 需 must be freed of
    their compounds and 需要 建议 推荐 要求 of their use as nouns, conditions (如需, 若必须) ask for nothing, 不能 and
    不可 mostly state an inability (kept only before verbs of setting and using), and 可 is a permission unless a verb
    of effect, ability or appearance follows (可引起, 可表达, 可分为). What is left over-counts a little in research
    papers, where 可 with a verb of action may still describe a method; an author waives those.
    """
    return bool(find_cues(text))
