"""Digits that are names and not figures: chapters of a pharmacopoeia, ICH codes, document numbers, antigens.

`find_identifiers` offers those that point to other works; `mask` blanks everything that the search for figures
must not see, and keeps the length of the text so that positions stay true.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

IdentifierKind = Literal["document-number", "ich", "pharmacopoeia-chapter", "standard", "law-part"]

MASK: Final = "\x00"
_HAN = r"\u3400-\u9fff"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A code that names another work or a part of it; `code` is free of blanks and full-width forms."""

    raw: str
    code: str
    kind: IdentifierKind
    start: int
    end: int


_KINDS: tuple[tuple[IdentifierKind, str], ...] = (
    ("document-number", rf"(?:(?![依按据与和及的见由])[{_HAN}]){{2,10}}[〔\[]\s?\d{{4}}\s?[〕\]]\s?第?\s?\d+\s?号"),
    ("ich", r"(?<![A-Za-z])(?:ICH[ -]*)?(?:[QS]\d{1,2}|[EM]\d{1,2}(?=[（(]|[^\d.]|$))[A-E]?(?:\s?[（(]R\d[)）])?"),
    (
        "pharmacopoeia-chapter",
        r"(?<=通则)\s?[（(]?\d{4}|(?<=通则\d{4}[、/,])\d{4}(?!\d)|(?<![\d.:+-])0[1-9]\d{2}(?![\d年.-])"
        rf"|(?<!\d)[1-9]\d{{3}}(?=[《〈“]?[{_HAN}]{{2,12}}(?:检查法|测定法|检查|指导原则|质量控制|检验法|鉴定法))"
        r"|(?<!\d)\d{4}(?=《)|(?<=[Gg]eneral [Cc]hapter )\d{4}|(?<=[Cc]hapter )\d{4}",
    ),
    ("standard", r"(?<![A-Za-z])(?:GB|YY|YBB|WS|ISO|GB/T|YY/T|WS/T)[ /]*(?:TS|TR|IEC|T)?[ -]*\d+(?:[.-]\d+)*"),
    ("law-part", r"(?<!\d)\d{1,2} ?CFR(?: ?(?:Part ?)?\d+(?:\.\d+)*)?|\d+ FR \d+"),
)
_IDENTIFIERS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_ICH_ALONE = re.compile(r"^(?:Q[1-9]|Q1[0-4]|S[1-9]|S1[0-2]|E[1-9]|E1\d|E2[01]|M[1-9]|M1\d)[A-E]?(?:\(R\d\))?$")

_MEASURES = "年月日天周时分秒个名位例次倍种份代只岁级项批瓶株支人家条张度小间台套度拷号"
_LETTERS = "[A-Za-zα-ωΑ-Ω]+"
_POWER_UNIT = "(?:m?L|μL|min|s|h|d|kg|g)"
_NOISE = re.compile(
    "|".join(
        (
            r"https?:\s?//[^\s，。；）\u3400-\u9fff]+|www\.[^\s，。；\u3400-\u9fff]+|[\w.]+@[\w.]+",
            r"\b10\.\d{4,}/\S+|(?:文章编号|DOI|doi|ISSN|Lot\.? ?No|编码|电话|传真|Tel)[:：]?\s?[\w./()（）+ -]+",
            r"(?<!10)<sup>.*?</sup>|(?<![\d-])\d{3,4}-\d{7,8}(?!\d)",
            r"[\[〔]\s?\d{4}\s?[\]〕],? ?No\.? ?\d+",
            r"\[\s?\d+(?:\s?[-,，、~～–]\s?\d+)*\s?\]",
            r"《[^》]*》",
            r"[（(]\s?\d{1,2}(?:\s?[,，~～、]\s?\d{1,2})*\s?[)）]|[①-⑳]",
            rf"(?m:^)[ \t\u3000]*\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}(?=[ \t\u3000]*[{_HAN}A-Z（(《]|\s*$)",
            r"(?m:^)[ \t\u3000]*\d{1,2}\s?[)）、]|(?m:^)[ \t\u3000]*\d{1,2}[.](?!\s?\d)(?=\s?\S)",
            rf"(?m:^)[ \t\u3000]*\d{{1,2}}[ \u3000]+(?=[{_HAN}])(?![{_MEASURES}])",
            r"(?<=[。；：:;])\s?\d{1,2}(?:、|[.](?!\d)|[)）])",
            r"(?:表格?|图|附件|附录|附表|公式|注)\s?\d+(?:[-.]\d+)*(?:-?[A-Z](?![A-Za-z]))?"
            r"|第\s?\d+\s?(?=[条章节款卷期页号峰部版]|$)",
            r"\b(?:[Tt]ables?|Tab\.|[Ff]ig(?:ure)?s?\.?|Annex(?:es)?|Appendix|[Ss]ections?|[Cc]hapters?|Articles?|Part|Step)"
            r"\s?\d+(?:[-.]\d+)*(?:(?:,| and|–|-) ?\d+)*[A-Za-z]?\b",
            # names: IL-10, CD34+, H2O2, B19, HIV-1/2, β2, MR4.5 …; but not pH7.2
            rf"(?<![A-Za-z\d])(?!p[Hh] ?\d|[xX]10|{_POWER_UNIT}-1|[μmcn]?m[23](?!\d))"
            rf"{_LETTERS}(?:[-/]{_LETTERS})*[-/]?\d(?!\d{{3}}\s?年)"
            r"[A-Za-z\d]*(?:[-/][A-Za-z\d]+)*(?:\.\d(?!\d))?(?:\(R\d\))?\+?",
            # names that begin with a digit: 3D, 293T/17, 5-乙炔基, 2'-脱氧
            r"(?<![\d.])\d+[ABDEFHPQRST](?![A-Za-z])(?:/\d+)?",
            rf"(?<![\d.])\d+['′]?-(?=[{_HAN}]{{1,6}}(?:基|氧|酸|苷|脱))",
        )
    )
)
_YEAR_MONTH = re.compile(r"(?<![\d.])((?:19|20)\d\d)[.](0[1-9]|1[0-2])(?![\d%])")
_WIDTH = {ord(wide): unicodedata.normalize("NFKC", wide) for wide in "０１２３４５６７８９．％＞＜＝＋－／：（）［］～"}
_WIDTH |= {ord("〜"): "~", ord("∼"): "~", ord("‐"): "-", ord("‑"): "-", ord("–"): "-", ord("—"): "-", ord("−"): "-"}
_WIDTH |= {ord(cross): "×" for cross in "ⅹⅩ✕╳х⨯"}
_WIDTH |= {ord("µ"): "μ", ord("\u00a0"): " ", ord("\u2009"): " ", ord("\u202f"): " "}


def halfwidth(text: str) -> str:
    """`text` with full-width digits, signs and dashes replaced one for one, so that positions stay true."""
    return text.translate(_WIDTH)


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """The codes of other works in `text`, in order: document numbers, ICH codes, pharmacopoeia chapters …"""
    plain = halfwidth(text)
    found: list[Identifier] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in _IDENTIFIERS:
        for match in pattern.finditer(plain):
            code = re.sub(r"\s+", "", match.group()).lstrip("(（").replace("（", "(").replace("）", ")")
            start, end = match.span()
            if kind == "ich" and not (code.startswith("ICH") or ("ICH" in plain and _ICH_ALONE.match(code))):
                continue
            if any(first < end and start < last for first, last in taken):
                continue
            taken.append((start, end))
            found.append(Identifier(text[start:end], code, kind, start, end))
    return tuple(sorted(found, key=lambda identifier: identifier.start))


def mask(text: str) -> str:
    """`text` in half-width form with everything blanked whose digits are no figures.

    A full-width decimal stop stays, since only after it may a number go on behind a blank ("0． 1").
    """
    plain = halfwidth(text)
    for identifier in find_identifiers(text):
        plain = plain[: identifier.start] + MASK * len(identifier.raw) + plain[identifier.end :]
    plain = _YEAR_MONTH.sub(r"\1-\2", plain)
    masked = _NOISE.sub(lambda match: MASK * len(match.group()), plain)
    return "".join("．" if raw == "．" and shown == "." else shown for raw, shown in zip(text, masked, strict=True))
