"""Numerals as written: Arabic and Chinese, with or without a unit.

Takes the folded text of one number token; gives its exact value and unit. Never a float.
"""

import re
from fractions import Fraction

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_OF_ALL = re.compile("^(?:总数|总人数|总量|总额|全部)的(?=\\d)")  # 不低于总数的60%, of what is a share of it anyway
_TENTHS = re.compile("([一二三四五六七八九])成([一二三四五六七八九半]?)")
_NUMERAL = re.compile(
    r"(\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?|半)(.*)", re.DOTALL
)


def split_unit(text: str) -> tuple[Fraction, str]:
    """`一个百分点` → (1, 百分点), `百分之九十五` → (95, %), `八成五` → (85, %), `三分之二` → (66⅔, %), `0.1分` → (1/10, 分)."""
    text = _OF_ALL.sub("", text)
    if part := _PART.fullmatch(text):
        return _of_part(part[1], part[2])
    if tenths := _TENTHS.match(text):
        return chinese(tenths[1]) * 10 + (chinese(tenths[2].replace("半", "五")) if tenths[2] else 0), "%" + text[
            tenths.end() :
        ]
    match = _NUMERAL.fullmatch(text)
    if match is None:
        raise ValueError(text)
    value = Fraction(match[1]) if match[1][0].isdigit() else chinese(match[1])
    unit = _PER.sub(r"\1", match[2])  # 80元/平方米 is compared with amounts of 元
    if unit in ("万", "亿"):  # 10-20万: 元 is left out
        unit += "元"
    return value, "百分点" if unit in ("个百分点", "个点", "百分点") else unit


_PER = re.compile(r"^((?:[千百万亿]|百万)?元)/.+$")
_SHARES = {
    "一半": Fraction(1, 2),
    "半": Fraction(1, 2),
    "二分之一": Fraction(1, 2),
    "三分之一": Fraction(1, 3),
    "三分之二": Fraction(2, 3),
    "四分之一": Fraction(1, 4),
    "四分之三": Fraction(3, 4),
}


_PART = re.compile(r"(十?[百千万]|[二三四五六七八九十]+)分之(.+)|半数")
_WHOLES = {
    "百": (Fraction(1), "%"),
    "千": (Fraction(1), "‰"),
    "万": (Fraction(1, 10), "‰"),
    "十万": (Fraction(1, 100), "‰"),
}


def _of_part(whole: str | None, part: str) -> tuple[Fraction, str]:
    """`百分之五`, `千分之五`, `万分之三` as they are written; any other part of a whole, and 半数, in percent."""
    if whole is None:
        return Fraction(50), "%"
    value = Fraction(part) if part[0].isdigit() else chinese(part)
    if whole in _WHOLES:
        scale, unit = _WHOLES[whole]
        return value * scale, unit
    return 100 * value / chinese(whole), "%"


def share_in(text: str) -> Fraction:
    """The share that words name: `分值的80%` → 4/5, `满分的一半` → 1/2, `减半计分` → 1/2."""
    if match := re.search(r"(\d+(?:\.\d+)?)%", text):
        return Fraction(match[1]) / 100
    if match := re.search("百分之[零一二三四五六七八九十百点]+|[一二三四五六七八九]成", text):
        return split_unit(match[0])[0] / 100
    return next(share for words, share in _SHARES.items() if words in text)


def chinese(text: str) -> Fraction:
    """`九十五` → 95, `二十` → 20, `三点五` → 7/2, `一百零五` → 105."""
    whole, _, decimals = text.partition("点")
    if text == "半":
        return Fraction(1, 2)
    total, digit = 0, 0
    for character in whole:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    value = Fraction(total + digit)
    for place, character in enumerate(decimals, start=1):
        value += Fraction(_DIGITS[character], 10**place)
    return value
