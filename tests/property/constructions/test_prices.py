"""Prices of tenders in random spelling, against the formula of each method."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

import spelling

SIDES = (("每高于基准价1%", "每低于基准价1%"), ("每高1%", "每低1%"), ("每上浮1%", "每下浮1%"))
ROUNDED = ("，保留2位小数", "，保留两位小数", "，四舍五入保留两位小数")


def _money(amount: Fraction) -> str:
    return f"{float(amount)}万元"


def _half_up(value: Fraction) -> Fraction:
    return Fraction((value * 200 + 1) // 2, 100)


@settings(max_examples=25, deadline=None)
@given(st.integers(10, 60), st.integers(50, 400), st.integers(0, 300), st.data())
def test_the_lowest_price_has_full_points_and_the_others_their_share(
    points: int, lowest: int, above: int, data: st.DataObject
) -> None:
    """低价优先: lowest ÷ own × points, rounded."""
    draw = data.draw
    own = lowest + above
    divide, times = draw(st.sampled_from("÷/")), draw(st.sampled_from("×*"))
    mark = draw(st.sampled_from(("", "分")))
    text = f"价格得分=（最低评审价{divide}本单位评审价）{times}{points}{mark}{draw(st.sampled_from(ROUNDED))}。"
    values = {"最低评审价": f"{lowest}万元", "本单位评审价": f"{own}万元"}
    assert spelling.score(spelling.spelt(draw, text), points, values) == _half_up(Fraction(lowest, own) * points), text


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(-300, 300), st.sampled_from((80, 125, 200, 640)), st.data())
def test_a_price_loses_points_with_its_distance_from_the_base(
    up: int, down: int, tenths: int, base: int, data: st.DataObject
) -> None:
    """Each side has its own slope; parts of 1% count in proportion where the text says so."""
    draw = data.draw
    share = Fraction(tenths, 10)
    price = base + base * share / 100
    least = draw(st.sampled_from((0, 4, 10)))
    bound = f"最低得{least}分" if least else draw(st.sampled_from(("扣完为止", "减完为止")))
    parts = draw(st.sampled_from(("不足1%的按插值法计算", "中间值按内插法计算", "不足1%的按比例计算")))
    equal = draw(st.sampled_from(("报价等于基准价的", "报价与基准价相等的", "报价与基准价一致的")))
    higher, lower = draw(st.sampled_from(SIDES))
    text = f"{equal}得40分；{higher}扣{up / 10}分，{lower}扣{down / 10}分，{bound}，{parts}。"
    expected = max(Fraction(least), 40 - Fraction(up if share > 0 else down, 10) * abs(share))
    values = {"报价": _money(price), "基准价": f"{base}万元"}
    assert spelling.score(spelling.spelt(draw, text), 40, values) == expected, text


@settings(max_examples=20, deadline=None)
@given(st.integers(100, 200), st.integers(80, 120), st.integers(1, 9), st.integers(60, 200), st.data())
def test_a_base_may_itself_be_computed(ceiling: int, mean: int, weight: int, price: int, data: st.DataObject) -> None:
    """`基准价=最高限价×40%+报价平均值×60%` before the steps from it."""
    draw = data.draw
    base = Fraction(ceiling * weight + mean * (10 - weight), 10)
    distance = abs(price - base) / base * 100
    higher, lower = draw(st.sampled_from(SIDES))
    text = (
        f"基准价=最高限价×{weight}0%+有效报价平均值×{10 - weight}0%。报价等于基准价的得30分，"
        f"{higher}扣0.6分，{lower}扣0.3分，不足1%的按比例计算，扣完为止。"
    )
    rate = Fraction(6, 10) if price > base else Fraction(3, 10)
    expected = max(Fraction(0), 30 - rate * distance)
    values = {"报价": f"{price}万元", "最高限价": f"{ceiling}万元", "有效报价平均值": f"{mean}万元"}
    assert spelling.score(spelling.spelt(draw, text), 30, values) == expected, text


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 4), st.integers(1, 6), st.integers(0, 24), st.integers(1, 9), st.integers(1, 9), st.data())
def test_parts_of_a_deviation_are_taken_at_their_own_rates(
    free: int, width: int, halves: int, inner: int, outer: int, data: st.DataObject
) -> None:
    """的部分, at rates of their own: marginal, and no band of its own."""
    value, edge = Fraction(halves, 2), free + width
    text = (
        f"偏离率在{free}%以内不扣分，{free}%~{edge}%的部分每0.5%扣{inner / 10}分，"
        f"超过{edge}%的部分每0.5%扣{outer / 10}分，扣完为止。"
    )
    inside = min(max(value - free, Fraction(0)), Fraction(width))
    outside = max(value - edge, Fraction(0))
    expected = max(Fraction(0), 12 - Fraction(inner, 5) * inside - Fraction(outer, 5) * outside)
    assert spelling.score(spelling.spelt(data.draw, text), 12, {"偏离率": f"{float(value)}%"}) == expected, text


MEANS = ("以有效报价的算术平均值为基准价", "评标基准价为有效报价的平均值", "取有效报价的平均值作为评标基准价")
TRIMMED = (
    "有效报价去掉一个最高价和一个最低价后的平均值为基准价",
    "以有效报价去掉一个最高价、一个最低价后的算术平均值作为基准价",
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(60, 140), min_size=3, max_size=7), st.integers(60, 140), st.data())
def test_a_base_may_be_what_a_sentence_says_of_all_bids(bids: list[int], own: int, data: st.DataObject) -> None:
    """Their mean, their mean without the ends, or the least of them."""
    draw = data.draw
    trim = draw(st.booleans())
    first = draw(st.sampled_from(TRIMMED if trim else MEANS))
    base_name = "评标基准价" if "评标" in first else "基准价"
    kept = sorted(bids)[1:-1] if trim else bids
    base = Fraction(sum(kept), len(kept))
    share = (own - base) / base * 100
    expected = max(Fraction(0), 30 - Fraction(1, 2 if share > 0 else 4) * abs(share))
    text = f"{first}，投标报价等于{base_name}的得30分，每高1%扣0.5分，每低1%扣0.25分，扣完为止，不足1%的按插值法计算。"
    values = {"投标报价": str(own), "有效报价": [str(bid) for bid in bids]}
    assert spelling.score(spelling.spelt(draw, text), 30, values) == expected, (text, values)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(60, 140), min_size=2, max_size=6), st.data())
def test_the_least_of_the_bids_as_base(bids: list[int], data: st.DataObject) -> None:
    draw = data.draw
    own = draw(st.sampled_from(bids))
    first = draw(st.sampled_from(("最低报价为基准价", "以最低报价为基准价", "取最低投标报价作为基准价")))
    text = f"{first}，得分=基准价÷投标报价×30分。"
    values = {"投标报价": str(own), "各家报价": [str(bid) for bid in bids]}
    assert spelling.score(spelling.spelt(draw, text), 30, values) == Fraction(min(bids), own) * 30, (text, values)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 9), st.integers(1, 9), st.integers(0, 30))
def test_parts_of_a_distance_have_their_own_rates(first: int, more: int, low: int, high: int, tenths: int) -> None:
    """的部分: as in a tax table, whether the first part begins at nothing or at a limit."""
    value = Fraction(tenths, 2)
    second = first + more
    text = (
        f"偏差率{first}%以内的部分每1%扣0.{low}分，超过{first}%的部分每1%扣0.{high}分，扣完为止，不足1%的按比例计算。"
    )
    taken = min(value, first) * Fraction(low, 10) + max(value - first, 0) * Fraction(high, 10)
    assert spelling.score(text, 50, {"偏差率": f"{float(value)}%"}) == 50 - taken, text
    text = f"偏差率在{first}%以内的不扣分，{first}%~{second}%的部分每1%扣0.{low}分，{second}%以上的部分每1%扣0.{high}分，扣完为止，不足1%的按比例计算。"
    taken = max(min(value, second) - first, 0) * Fraction(low, 10) + max(value - second, 0) * Fraction(high, 10)
    assert spelling.score(text, 50, {"偏差率": f"{float(value)}%"}) == 50 - taken, text
