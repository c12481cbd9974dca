"""Steps in random spelling, against a count of whole, started or partial steps in one line."""

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

from hypothesis import given, settings, strategies as st

import spelling
from written_lists import score

Clause = tuple[str, Fraction, Fraction, Fraction]
PARTS: dict[str, Callable[[Fraction], int | Fraction]] = {
    "": floor,
    "不足{}的不扣分，": floor,
    "不足{}的按{}计，": ceil,
    "不足{0}按{0}计算，": ceil,
    "不足{}的按比例扣分，": lambda n: n,
    "不足{}的按插值法计算，": lambda n: n,
    "不足{}的四舍五入，": lambda n: floor(n + Fraction(1, 2)),
}


@st.composite
def one_way(draw: st.DrawFn) -> Clause:
    below = draw(st.booleans())
    threshold, step = draw(st.integers(20, 95)), draw(st.sampled_from((1, 2, 5)))
    points, rate = Fraction(draw(st.integers(2, 10))), Fraction(draw(st.integers(1, 20)), 10)
    size = draw(st.sampled_from((f"{step}个百分点", f"{step}%", *(("一个百分点", "1个点") if step == 1 else ()))))
    said, counted = draw(st.sampled_from(sorted(PARTS.items(), key=lambda part: part[0])))
    reach = draw(st.sampled_from(("达到", "≥", "不低于") if below else ("≤", "不超过", "不高于")))
    ways = (
        ("每低", "每低于", "每降低", "每减少", "每下降", "每少")
        if below
        else ("每超", "每超过", "每高", "每高出", "每增加", "每上升")
    )
    way = draw(st.sampled_from((*ways, "每相差", "每偏离", "每差")))
    take = draw(st.sampled_from(("扣", "减", "扣减")))
    text = (
        f"问题整改率{reach}{threshold}%{spelling.of(draw)}{spelling.award(draw, points)}{draw(st.sampled_from('，；。'))}"
        f"{way}{size}{draw(st.sampled_from(('', '，', '的，')))}{take}{float(rate)}分，"
        f"{said.format(size, size)}{draw(st.sampled_from(('扣完为止', '直至扣完为止', '减完为止', '扣完该项分值为止')))}。"
    )
    value = threshold + Fraction(draw(st.integers(-200, 200)), 10)
    beyond = threshold - value if below else value - threshold
    steps = counted(max(Fraction(0), beyond) / step)
    return spelling.spelt(draw, text), points, value, max(Fraction(0), points - rate * steps)


@settings(max_examples=80, deadline=None)
@given(one_way())
def test_each_step_takes_its_points(clause: Clause) -> None:
    text, points, value, expected = clause
    assert spelling.score(text, points, {"问题整改率": f"{float(value)}%"}) == expected, text


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(-30, 30), st.sampled_from((100, 250, 480)), st.data())
def test_two_sides_have_their_own_rates(up: int, down: int, share: int, base: int, data: st.DataObject) -> None:
    """`每高于基准价1%扣…，每低于基准价1%扣…`: each a share of what it is measured against."""
    over, under = data.draw(st.sampled_from((("每高于基准价1%", "每低于基准价1%"), ("每高1%", "每低1%"))))
    least = data.draw(st.sampled_from((0, 5)))
    bound = f"最低得{least}分" if least else "扣完为止"
    text = f"报价等于基准价的得30分，{over}扣{up / 10}分，{under}扣{down / 10}分，{bound}。"
    price = base + Fraction(base * share, 100)
    expected = max(Fraction(least), 30 - Fraction(up if share > 0 else down, 10) * abs(share))
    values = {"报价": f"{float(price)}万元", "基准价": f"{base}万元"}
    assert spelling.score(spelling.spelt(data.draw, text), 30, values) == expected, text


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 40), st.data())
def test_parts_of_a_range_add_up(first: int, more: int, value: int, data: st.DataObject) -> None:
    """的部分: as in a tax table."""
    second = first + more
    text = (
        f"误差率在{first}%以内不扣分，{first}%~{second}%的部分每1%扣0.2分，超过{second}%的部分每1%扣0.5分，扣完为止。"
    )
    inside, outside = min(max(value - first, 0), more), max(value - second, 0)
    expected = max(Fraction(0), 6 - Fraction(inside, 5) - Fraction(outside, 2))
    assert spelling.score(spelling.spelt(data.draw, text), 6, {"误差率": f"{value}%"}) == expected, text


@settings(max_examples=40, deadline=None)
@given(st.integers(40, 100), st.integers(50, 95), st.data())
def test_the_way_that_is_spared_takes_nothing(value: int, goal: int, data: st.DataObject) -> None:
    spared = data.draw(st.sampled_from(("达到或超过目标值的不扣分", "高于目标值的不扣分")))
    off = data.draw(st.sampled_from(("每相差1个百分点扣0.1分", "每偏离1个百分点扣0.1分")))
    text = f"完好率目标值为{goal}%，实际值{off}，{spared}，最多扣4分。"
    expected = 4 - Fraction(1, 10) * min(40, max(0, goal - value))
    assert score(text, Fraction(4), {"完好率": f"{value}%"}) == expected, text


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 120), st.integers(1, 120), st.data())
def test_what_is_compared_with_its_own_value_of_last_year(now: int, before: int, data: st.DataObject) -> None:
    against = data.draw(st.sampled_from(("较上年", "比上年", "同上年相比")))
    down, up = data.draw(st.sampled_from((("减少", "增加"), ("缩短", "延长"), ("下降", "上升"))))
    text = f"平均办理时间{against}每{down}1天加0.1分，每{up}1天扣0.2分，基础分为5分，最高8分，最低0分。"
    change = before - now
    expected = min(Fraction(8), max(Fraction(0), 5 + (Fraction(1, 10) if change > 0 else Fraction(1, 5)) * change))
    values = {"本年平均办理时间": str(now), "上年平均办理时间": str(before)}
    assert score(text, Fraction(8), values) == expected, text
