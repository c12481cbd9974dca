"""How a clause may be written: one meaning in a spelling drawn at random.

Takes a `draw` of hypothesis and what is meant; gives text. Signs in either width, numerals in figures or in words, and the
words of a comparison, an award, a deduction. Never a meaning of its own.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from rubric.core.numbers import plain
from rubric.trying.run import run, understand

_WIDE = str.maketrans("0123456789%().,;<>=+-*/:", "０１２３４５６７８９％（）．，；＜＞＝＋－＊／：")
# `draw` of a composite strategy, or of `st.data()`.
Draw = Callable[[st.SearchStrategy[Any]], Any]

_BREAK = "\ue000"
_NUMERALS = "零一二三四五六七八九十"


def score(
    text: str, points: object, values: Mapping[str, Any], others: tuple[Mapping[str, Any], ...] = ()
) -> Fraction | None:
    """What the engine gives by its first reading; `others` are further cases that show what data there are."""
    return run(understand(text, str(points), [values, *others]), values).readings[0].score


def spelt(draw: Draw, text: str) -> str:
    """Some of the signs in full width, some as entities, some lines with a blank more."""
    text = text.replace("<br>", _BREAK)
    characters = [c.translate(_WIDE) if draw(st.booleans()) else c for c in text] if draw(st.booleans()) else list(text)
    written = "".join(characters)
    if draw(st.booleans()):
        written = written.replace("<", "&lt;").replace(">", "&gt;")
    return written.replace(_BREAK, "<br>")


def chinese(number: int) -> str:
    """A whole number below 100 in words."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def percent(draw: Draw, number: int) -> str:
    forms = [f"{number}%", f"{number}.0%"]
    if 0 < number < 100:
        forms.append("百分之" + chinese(number))
    return draw(st.sampled_from(forms))


def points_of(draw: Draw, number: Fraction) -> str:
    if number.denominator == 1 and 0 < number <= 99 and draw(st.booleans()):
        return chinese(int(number)) + "分"
    return plain(number) + "分"


def award(draw: Draw, number: Fraction) -> str:
    """得2分, 计2分; 不得分 for nothing."""
    if number == 0:
        return draw(st.sampled_from(("不得分", "得0分", "计0分", "不计分")))
    return draw(st.sampled_from(("得", "计", "记", "可得"))) + points_of(draw, number)


def of(draw: Draw) -> str:
    """What parts a condition from what it gives."""
    return draw(st.sampled_from(("的，", "的", "，")))


def stop(draw: Draw) -> str:
    """What parts two sentences."""
    return draw(st.sampled_from(("；", ";", "。", "\n", "；\n", "<br>")))


SIGNS = {
    ">=": ("≥", ">=", "不低于", "不少于", "不小于", "大于等于", "大于或等于", "达到", "≧", "高于或等于"),
    ">": (">", "大于", "高于", "超过", "多于"),
    "<=": ("≤", "<=", "不高于", "不超过", "不大于", "小于等于", "小于或等于", "≦"),
    "<": ("<", "小于", "低于", "少于", "不足", "不到"),
}


def sign(draw: Draw, meant: str) -> str:
    return draw(st.sampled_from(SIGNS[meant]))
