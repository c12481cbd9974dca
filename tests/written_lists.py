"""Counts and lists as officials write them: widths, numbers of parts, numerals.

Takes hypothesis' `draw`; gives spellings of words that mean the same. Never decides what a clause means.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from rubric.core.numbers import plain
from rubric.trying.declare import Given
from rubric.trying.run import run, understand

# `draw` of a composite strategy, or of `st.data()`.
Draw = Callable[[st.SearchStrategy[Any]], Any]

_WIDE = str.maketrans("0123456789.,;:()%", "０１２３４５６７８９．，；：（）％")
_NARROW = str.maketrans("，；：（）％", ",;:()%")
_DIGITS = "零一二三四五六七八九十"
NUMBERINGS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{n}.",
    lambda n: f"（{n}）",
    lambda n: f"({n})",
    lambda n: "①②③④⑤⑥⑦⑧⑨"[n - 1],
    lambda n: f"{_DIGITS[n]}、",
)
POINTS = st.sampled_from([Fraction(n, 10) for n in (1, 2, 3, 5, 10, 15, 20, 30)])


@st.composite
def one_of(draw: st.DrawFn, words: Sequence[str]) -> str:
    return draw(st.sampled_from(list(words)))


def numeral(draw: Draw, number: int) -> str:
    """`3` or `三`."""
    return draw(st.sampled_from([str(number), _DIGITS[number] if number <= 10 else str(number)]))


def points(draw: Draw, value: Fraction) -> str:
    """`2分`, or `两分` where the number is small and whole."""
    whole = value.denominator == 1 and 1 <= value <= 9
    forms = [f"{plain(value)}分", *([f"{_DIGITS[int(value)]}分"] if whole else [])]
    return draw(st.sampled_from(forms))


def widths(draw: Draw, text: str) -> str:
    """The whole text in one width or the other, or as it is."""
    table = draw(st.sampled_from([None, _NARROW, _WIDE]))
    return text if table is None else text.translate(table)


def numbered(draw: Draw, parts: Sequence[str], stop: str = "；") -> str:
    """The parts as a numbered list, on one line or on several."""
    style = draw(st.sampled_from(NUMBERINGS))
    between = draw(st.sampled_from([stop, stop + "\n"]))
    return between.join(style(n) + part for n, part in enumerate(parts, start=1)) + "。"


def score(text: str, full: Fraction | str, values: Mapping[str, Given]) -> Fraction | None:
    """What `rubric try` finds: the exact score, None where it is not decided or rests on a judgement."""
    trial = run(understand(text, full if isinstance(full, str) else plain(full), [values]), values)
    return None if trial.judged else trial.readings[0].score
