"""Ratios times points in random spelling, against a fraction."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

import spelling

CAPS = (
    "",
    "，最高得{}分",
    "，最高不超过{}分",
    "，超过100%的按100%计",
    "，满分为止",
    "，最高不超过分值",
    "；完成率超过100%的按100%计",
    "；最高{}分",
)


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 12), st.integers(0, 300), st.integers(1, 200), st.data())
def test_the_ratio_of_two_amounts(points: int, done: int, whole: int, data: st.DataObject) -> None:
    draw = data.draw
    full = draw(st.sampled_from((f"{points}分", f"{points}", "分值", "指标分值", "该项分值")))
    over, times = draw(st.sampled_from("/÷")), draw(st.sampled_from("×*"))
    cap = draw(st.sampled_from(CAPS)).format(points)
    ratio = draw(st.sampled_from((f"实际数{over}计划数", f"（实际数{over}计划数）{times}100%")))
    forms = (
        f"得分=完成率{times}{full}{cap}。完成率={ratio}",
        f"完成率得分=完成率{times}{full}{cap}；完成率={ratio}。",
        f"完成率={ratio}。得分={full}{times}完成率{cap}",
    )
    text = draw(st.sampled_from(forms))
    expected = min(Fraction(points), Fraction(done, whole) * points)
    values = {"实际数": f"{done}万元", "计划数": f"{whole}万元"}
    assert spelling.score(spelling.spelt(draw, text), points, values) == expected, text


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(0, 130), st.data())
def test_a_rate_in_proportion(points: int, rate: int, data: st.DataObject) -> None:
    """`按比例得分` below the standard, with a cut-off."""
    draw = data.draw
    least = draw(st.sampled_from((0, 50, 60)))
    rest = draw(st.sampled_from(("未达到100%的", "不足100%的", "未达到的", "未达标的", "低于100%的", "否则"))) + draw(
        st.sampled_from(("按比例得分", "，按比例计分", "按比例折算", "，按相应比例计分"))
    )
    cut = f"，低于{least}%的不得分" if least else ""
    text = f"投放到位率达到100%的{draw(st.sampled_from(('得满分', f'得{points}分')))}，{rest}{cut}。"
    expected = Fraction(0) if rate < least else min(Fraction(points), Fraction(rate * points, 100))
    assert spelling.score(spelling.spelt(draw, text), points, {"投放到位率": f"{rate}%"}) == expected, text


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 12), st.integers(0, 100), st.sampled_from((1, 2, 10)), st.data())
def test_the_complement_of_a_rate(points: int, rate: int, factor: int, data: st.DataObject) -> None:
    times = data.draw(st.sampled_from("×*"))
    inside = f"1-{factor}{times}投诉率" if factor > 1 else "1-投诉率"
    text = f"得分=（{inside}）{times}{points}分{data.draw(st.sampled_from(('', '，最低为0分', '，不得负分')))}。"
    expected = max(Fraction(0), points * (1 - Fraction(factor * rate, 100)))
    assert spelling.score(spelling.spelt(data.draw, text), points, {"投诉率": f"{rate}%"}) == expected, text
