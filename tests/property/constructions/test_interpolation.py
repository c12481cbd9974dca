"""Straight lines between thresholds in random spelling, against the formula of a line."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

import spelling

BETWEEN = ("中间值按内插法计算", "其间按直线法计分", "中间采用线性插值法计算得分", "介于两者之间的，按线性插值计分")


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(2, 50), st.integers(1, 9), st.integers(0, 120), st.booleans(), st.data())
def test_between_two_thresholds(
    low: int, width: int, points: int, value: int, falling: bool, data: st.DataObject
) -> None:
    draw, high = data.draw, low + width
    lower = draw(st.sampled_from(("{}%以下", "低于{}%", "不高于{}%", "≤{}%"))).format(low)
    upper = draw(st.sampled_from(("达到{}%", "{}%以上", "≥{}%", "不低于{}%"))).format(high)
    best, worst = (lower, upper) if falling else (upper, lower)
    text = f"再生利用率{best}{spelling.of(draw)}得{points}分，{worst}的得0分，{draw(st.sampled_from(BETWEEN))}。"
    share = min(max(Fraction(value - low, width), Fraction(0)), Fraction(1))
    expected = points * (1 - share if falling else share)
    assert spelling.score(spelling.spelt(draw, text), points, {"再生利用率": f"{value}%"}) == expected, text


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 30), st.integers(2, 30), st.integers(2, 30), st.integers(0, 120), st.data())
def test_three_thresholds_make_two_lines(low: int, first: int, second: int, value: int, data: st.DataObject) -> None:
    middle, high = low + first, low + first + second
    text = f"达标率{high}%得10分，{middle}%得6分，{low}%及以下得0分，{data.draw(st.sampled_from(BETWEEN))}。"
    if value <= middle:
        expected = max(Fraction(0), 6 * Fraction(value - low, first))
    else:
        expected = min(Fraction(10), 6 + 4 * Fraction(value - middle, second))
    assert spelling.score(spelling.spelt(data.draw, text), 10, {"达标率": f"{value}%"}) == expected, text


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 50), st.integers(1, 50), st.integers(0, 50), st.integers(10, 40), st.data())
def test_the_place_between_the_worst_and_the_best(
    worst: int, width: int, above: int, scale: int, data: st.DataObject
) -> None:
    best, own = worst + width, worst + min(above, width)
    base, times = 100 - scale, data.draw(st.sampled_from("×*"))
    text = f"单项得分=（本区值-最差值）{data.draw(st.sampled_from('/÷'))}（最优值-最差值）{times}{scale}+{base}。"
    values = {"本区值": str(own), "最优值": str(best), "最差值": str(worst)}
    expected = Fraction(own - worst, width) * scale + base
    assert spelling.score(spelling.spelt(data.draw, text), 100, values) == expected, text
