"""The marks with which headings, articles and list members begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN_NUMBER = "[一二三四五六七八九十百零]+"
_STYLES: tuple[tuple[str, str], ...] = (
    ("章", rf"第{_HAN_NUMBER}章"),
    ("节", rf"第{_HAN_NUMBER}节"),
    ("条", rf"第{_HAN_NUMBER}条(?=[\s\u3000（(]|$|[\u4e00-\u9fff])"),
    ("一、", r"[一二三四五六七八九十]{1,3}(?:[、．.]|(?=[ \u3000]{2,}))"),
    ("（一）", r"[（(][一二三四五六七八九十]{1,3}[)）]、?"),
    ("1.1.1.1", r"[1-9]\d?(?:\.\d{1,2}){3}[.．、]?(?![\d%℃×])"),
    ("1.1.1", r"[1-9]\d?(?:\.\d{1,2}){2}[.．、]?(?![\d%℃×])"),
    ("1.1", r"[1-9]\d?\.\d{1,2}[.．、]?(?![\d%℃×~～]|\s?(?:倍|年|个|mm|μ|m[lLg]|k[bg]))"),
    ("1.", r"[1-9]\d?\s?[、．.](?!\s?\d)"),
    ("（1）", r"[（(]\d{1,2}[)）]"),
    ("1）", r"\d{1,2}[)）]"),
    ("①", r"[①-⑳]"),
    ("A.", r"[A-H][.．、](?=[\u4e00-\u9fff])"),
    ("a.", r"[a-z](?:[)）．]|\.(?=\s))"),
    ("•", r"[●•·◆■▪\uf0b7\uf06c](?![综述])|[-—](?=\s)"),
)
_COUNTED = "年|月|日|天|个|例|次|名|种|号|代|周|份|小时|度|岁|峰|期|项|条|张|批"
_PLAIN_NUMBER = ("1", rf"[1-9]\d?(?=[ \u3000]+[\u4e00-\u9fffA-Z“《])(?![ \u3000]*(?:{_COUNTED}))")
_MARK = re.compile("|".join(f"(?P<s{index}>{pattern})" for index, (_, pattern) in enumerate(_STYLES)))
_PLAIN = re.compile(_PLAIN_NUMBER[1])
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark at the head of a text: its style, its number as printed, what follows, its value in its series."""

    style: str
    number: str
    rest: str
    value: int


def marker(text: str, *, plain_numbers: bool) -> Marker | None:
    """The mark with which `text` begins; `plain_numbers` also takes "2 Title" for one (journal articles)."""
    match = _MARK.match(text)
    if match:
        style = next(_STYLES[index][0] for index in range(len(_STYLES)) if match.group(f"s{index}") is not None)
    elif plain_numbers and (match := _PLAIN.match(text)):
        style = _PLAIN_NUMBER[0]
    else:
        return None
    number = match.group().strip()
    return Marker(style, number, text[match.end() :].strip(), _series_value(number))


def _series_value(number: str) -> int:
    digits = re.findall(r"\d+", number)
    if digits:
        return int(digits[-1])
    if "①" <= number[0] <= "⑳":
        return ord(number[0]) - ord("①") + 1
    if "A" <= number[0].upper() <= "Z":
        return ord(number[0].upper()) - ord("A") + 1
    han = "".join(re.findall("[一二三四五六七八九十百零]", number))
    return _han_value(han) if han else 0


def _han_value(han: str) -> int:
    hundreds, _, rest = han.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * (_DIGITS[hundreds[-1]] if hundreds else 1) if "百" in han else 0
    if ten:
        value += 10 * (_DIGITS[tens.lstrip("零")] if tens.lstrip("零") else 1)
    ones = ones.lstrip("零")
    return value + (_DIGITS[ones[-1]] if ones else 0)
