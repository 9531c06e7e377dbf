"""The figures of a text, in Chinese or in English, so normalised that languages and originals can be compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from handbook.identifiers import Identifier, find_identifiers, mask

__all__ = ["Figure", "FigureRelation", "Identifier", "find_figures", "find_identifiers", "values"]

FigureRelation = Literal[">=", ">", "<=", "<", "="]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed and as a number.

    `text[start:end] == raw` covers number and unit. A percentage keeps its printed value (85 % is 85, unit "%").
    `exponent_flattened` marks a power whose exponent lost its superscript (×109/L for ×10⁹/L).
    """

    raw: str
    value: Decimal
    unit: str | None
    relation: FigureRelation | None
    start: int
    end: int
    exponent_flattened: bool = False
    spelled: bool = False


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_PLAIN = r"(?:\d{1,3}(?:[ ,]\d{3})+(?![\d])|\d+)(?:\.\d+|．\s?\d+)?"
_NUMBER = re.compile(
    rf"""
    (?P<sign>(?<![\dA-Za-z%℃)\u3400-\u9fff-])-(?=\d)|(?<![\d%℃°C])-(?=\d+\s?(?:℃|°)))?
    (?:
      (?P<e>\d+(?:\.\d+)?[eE][-+]?\d+)(?![\dA-Za-z])
    | (?<![\d./])1\s?/\s?(?P<inverse>10{{2,}}|1(?:[ ,]000)+)(?!\d)
    | (?:(?P<mantissa>{_PLAIN})\s?[×xX*·]\s?|(?P<bare>[×]\s?)|(?<![\d.]))
      10(?:\^\s?\(?(?P<caret>[-+]?\d+)\)?|\*(?P<star>[-+]?\d+)|<sup>(?P<sup>[-+]?\d+)</sup>|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+))
    | (?:(?P<flat_mantissa>{_PLAIN})\s?×\s?|×\s?)10\s?(?P<flat>[1-9]|1\d)(?![\d.%,])
    | (?P<number>{_PLAIN})
    )""",
    re.VERBOSE,
)

_UNIT_ATOM = (
    r"(?:[μmcnk]?m[²³23](?!\d)|mOsmol|mOsm|mmol|μmol|nmol|pmol|mol|copies|copy|cells?|kg|Kg|KG|mg|μg|ug|ng|pg|fg|mL|ml|μL|μl|uL|dL|L|km|cm|mm|μm|um|"
    r"nm|kb|bp|Mb|kDa|Da|mM|μM|nM|pM|IU|EU|CFU|PFU|VP|vp|vg|VG|RCA|RCL|TU|rpm|Gy|Hz|kPa|kV|V|M|log10|log|fold|ppm|ppb|"
    r"h|hr|hrs|min|s|d|g|m|X|×|U)"
)
_WORD_UNIT = (
    r"%|‰|℃|°\s?C|º\s?C|个工作日|工作日|个?拷贝(?:/个?细胞)?|个?细胞|个月|个周期|个|小时|分钟|年|月|日|天|周|秒|岁|倍|次|代|例|名|人|位|"
    r"份|批|支|瓶|只|株|条|张|项|种|家|级|度|台|间|页|期|(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|"
    r"generations?|passages?|patients?|subjects?|donors?|batches|copies|cases?|times|percent|per cent)\b"
)
_UNIT = re.compile(
    rf"[ ]?-?(?P<unit>{_UNIT_ATOM}(?![A-Za-z])(?:-1|\^-1|⁻¹)?"
    rf"(?:\s?[/·.]\s?{_UNIT_ATOM}(?![A-Za-z])(?:-1|⁻¹)?|/10\*?\d+)*"
    rf"|(?:/|·){_UNIT_ATOM}(?![A-Za-z])(?:-1|⁻¹)?|(?:{_WORD_UNIT})(?:/{_UNIT_ATOM}(?![A-Za-z]))?)"
)
_RANGE = re.compile(r"\s?(?:~|-|至|到|to|–)\s?")

_LESS_ZH, _MORE_ZH = "(?:低于|少于|小于|短于)", "(?:超过|高于|大于|多于|长于)"
_LESS_EN, _MORE_EN = "(?:less|lower|fewer|shorter) than", "(?:more|higher|greater|longer) than"
_BEFORE: dict[FigureRelation, str] = {
    ">=": rf"≥|>=|⩾|≧|不[得应宜能]?{_LESS_ZH}|至少|最[低少短]|大于或?等于|达到或超过|at least"
    rf"|(?:no|not|not be) {_LESS_EN}|(?:a )?minimum(?: of)?|not (?:be |fall |drop )?below",
    "<=": rf"≤|<=|⩽|≦|不[得应宜能]?{_MORE_ZH}|至多|最[多高长大]|小于或?等于|at most|up to|(?:no|not|not be) {_MORE_EN}"
    "|no later than|within|(?:a )?maximum(?: of)?|not (?:be )?(?:exceed|above|exceeding|over)",
    ">": rf">|{_MORE_ZH}|{_MORE_EN}|over|above|exceeds?|exceeding",
    "<": rf"<|{_LESS_ZH}|{_LESS_EN}|不到|不足|below|under",
    "=": "=|等于",
}
_BEFORE_PATTERN = re.compile(
    "(?:"
    + "|".join(f"(?P<r{index}>{pattern})" for index, pattern in enumerate(_BEFORE.values()))
    + r")\s?(?:应?[为是达有需]到?|应|约|的|of|about|an?)?\s?[（(]?$",
    re.IGNORECASE,
)
_AFTER: tuple[tuple[FigureRelation, re.Pattern[str]], ...] = (
    (">=", re.compile(r"\s?[^\s，。；、]{0,2}?(?:[及或]?以上|(?:or|and) (?:more|above|over|higher|longer|older))")),
    (
        "<=",
        re.compile(r"\s?[^\s，。；、]{0,2}?(?:[及或]?以下|以内|之内|(?:or|and) (?:less|fewer|below|lower|shorter))"),
    ),
)

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九十")} | {"两": 2, "零": 0}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_PARTS = re.compile(r"(?P<whole>[一二三四五六七八九十百千万亿]+)分之(?P<part>[零〇一二两三四五六七八九十百]+)")
_SPELLED_ZH = re.compile(
    r"(?<![第一-九十百千万几数])(?P<number>[一二两三四五六七八九十百]+)"
    r"(?P<unit>个工作日|个月|年|周|天|日|小时|名|人|位|例|份|次|代|倍|条|种|个)"
)
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SPELLED_EN = re.compile(
    rf"\b(?P<number>{'|'.join(_ENGLISH)})(?: |-)"
    r"(?P<unit>(?:working )?(?:day|month|year|week|hour|time|copie|batche|donor|case|person|people)s?)\b",
    re.IGNORECASE,
)


_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november")
_MONTH = re.compile(
    rf"(?:(?<=\b\d )|(?<=\b\d\d )|(?=[A-Za-z]+,? (?:19|20)\d\d\b))(?P<month>{'|'.join((*_MONTHS, 'december'))})\b",
    re.IGNORECASE,
)


def find_figures(text: str, *, spelled: bool = False) -> tuple[Figure, ...]:
    """The figures of `text` in order; a range is two figures with the unit of the second.

    `spelled` adds counts in words (六个月, six months), which differ too much in use between the languages to be
    compared by default. Fractions in words (百万分之一) are always found.
    """
    plain = mask(text)
    figures = [*_in_digits(text, plain), *_fractions(text), *_months(text)]
    if spelled:
        figures += _in_words(text)
    return tuple(_with_range_units(sorted(figures, key=lambda figure: figure.start), plain))


def values(text: str, *, spelled: bool = False) -> Counter[Decimal]:
    """How often each value stands in `text`: what is compared between languages, originals and data."""
    return Counter(figure.value.normalize() for figure in find_figures(text, spelled=spelled))


def _in_digits(text: str, plain: str) -> Iterator[Figure]:
    end = 0
    while match := _NUMBER.search(plain, end):
        unit = _UNIT.match(plain, match.end())
        end = unit.end() if unit else match.end()
        yield Figure(
            raw=text[match.start() : end],
            value=_value(match),
            unit=unit.group("unit").strip() if unit else None,
            relation=_relation(plain, match.start(), end),
            start=match.start(),
            end=end,
            exponent_flattened=match.group("flat") is not None,
        )


def _value(match: re.Match[str]) -> Decimal:
    groups = match.groupdict()
    sign = -1 if groups["sign"] else 1
    if groups["e"]:
        return sign * Decimal(groups["e"])
    if groups["inverse"]:
        return 1 / _decimal(groups["inverse"])
    if groups["number"]:
        return sign * _decimal(groups["number"])
    mantissa = groups["mantissa"] or groups["flat_mantissa"]
    exponent = groups["caret"] or groups["star"] or groups["sup"] or groups["flat"]
    power = int(exponent) if exponent else int(groups["raised"].translate(_SUPERSCRIPTS))
    return sign * (_decimal(mantissa) if mantissa else Decimal(1)).scaleb(power)


def _decimal(printed: str) -> Decimal:
    return Decimal(re.sub(r"[\s,]", "", printed).replace("．", "."))


def _relation(plain: str, start: int, end: int) -> FigureRelation | None:
    before = _BEFORE_PATTERN.search(plain, max(0, start - 28), start)
    if before:
        names = tuple(_BEFORE)
        return next(names[index] for index in range(len(names)) if before.group(f"r{index}"))
    return next((relation for relation, pattern in _AFTER if pattern.match(plain, end)), None)


def _with_range_units(figures: list[Figure], plain: str) -> Iterator[Figure]:
    for index, figure in enumerate(figures):
        following = figures[index + 1] if index + 1 < len(figures) else None
        if following and figure.unit is None and _RANGE.fullmatch(plain, figure.end, following.start):
            yield replace(figure, unit=following.unit)
        else:
            yield figure


def _fractions(text: str) -> Iterator[Figure]:
    for match in _PARTS.finditer(text):
        whole, part = Decimal(_chinese(match.group("whole"))), Decimal(_chinese(match.group("part")))
        unit, value = ("%", part) if whole == 100 else (None, part / whole)
        yield Figure(match.group(), value, unit, _relation(text, *match.span()), *match.span())


def _months(text: str) -> Iterator[Figure]:
    """A month before its year, so that "July 2015" agrees with 2015年7月."""
    for match in _MONTH.finditer(text):
        number = Decimal((*_MONTHS, "december").index(match.group("month").lower()) + 1)
        yield Figure(match.group(), number, None, None, *match.span())


def _in_words(text: str) -> Iterator[Figure]:
    readers: tuple[tuple[re.Pattern[str], Callable[[str], int]], ...] = (
        (_SPELLED_ZH, _chinese),
        (_SPELLED_EN, lambda word: _ENGLISH.index(word.lower())),
    )
    for pattern, read in readers:
        for match in pattern.finditer(text):
            value, relation = Decimal(read(match.group("number"))), _relation(text, *match.span())
            yield Figure(match.group(), value, match.group("unit"), relation, *match.span(), spelled=True)


def _chinese(numeral: str) -> int:
    """The number that a Chinese numeral below 10¹² writes."""
    total = section = digit = 0
    for character in numeral:
        power = _POWERS.get(character)
        if power is None:
            digit = _DIGITS[character]
        elif power >= 10_000:
            total, section, digit = (total + max(section + digit, 1)) * power, 0, 0
        else:
            section, digit = section + max(digit, 1) * power, 0
    return total + section + digit
