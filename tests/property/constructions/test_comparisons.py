"""What is compared with last year, with a list, or with the rest of a cell, in random spelling."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

import spelling


@settings(max_examples=12, deadline=None)
@given(st.integers(30, 90), st.integers(-60, 60), st.integers(1, 5), st.booleans(), st.data())
def test_growth_is_counted_from_last_year(
    before: int, tenths: int, margin: int, falls: bool, data: st.DataObject
) -> None:
    draw = data.draw
    now = before + Fraction(tenths, 10)
    way = draw(st.sampled_from(("下降", "降低", "减少") if falls else ("提高", "增长", "上升")))
    than = draw(st.sampled_from(("较", "比")))
    reach = draw(st.sampled_from((f"{margin}个百分点以上", f"{margin}个百分点及以上", f"达到{margin}个百分点")))
    text = f"本年办结率{than}上年办结率{way}{reach}{spelling.of(draw)}得3分，其余得1分。"
    grown = before - now if falls else now - before
    values = {"本年办结率": f"{float(now)}%", "上年办结率": f"{before}%"}
    assert spelling.score(spelling.spelt(draw, text), 3, values) == (3 if grown >= margin else 1), text


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9), st.data())
def test_an_exception_is_taken_from_the_count(events: int, spared: int, rate: int, data: st.DataObject) -> None:
    draw = data.draw
    spared = min(events, spared)
    words = draw(st.sampled_from(("经批准延期的除外", "经批准延期的，不扣分", "经批准延期的不计入")))
    text = f"任务逾期的，每项扣{rate / 10}分，扣完为止；{words}。"
    values = {"任务逾期项数": str(events), "批准延期项数": str(spared)}
    expected = max(Fraction(0), 5 - Fraction(rate, 10) * (events - spared))
    assert spelling.score(spelling.spelt(draw, text), 5, values) == expected, text


@settings(max_examples=12, deadline=None)
@given(st.tuples(st.booleans(), st.booleans(), st.booleans()), st.data())
def test_the_number_of_requirements_that_hold_decides(facts: tuple[bool, bool, bool], data: st.DataObject) -> None:
    draw = data.draw
    all_hold = draw(st.sampled_from(("三项全部具备的", "均满足的", "全部符合的")))
    text = (
        f"①有责任分工；②有进度安排；③有考核办法。{all_hold}得3分，"
        f"{draw(st.sampled_from(('具备两项的', '满足两项的', '符合2项的')))}得1.5分，其余不得分。"
    )
    values = dict(zip(("有责任分工", "有进度安排", "有考核办法"), facts, strict=True))
    expected = {3: Fraction(3), 2: Fraction(3, 2)}.get(sum(facts), Fraction(0))
    assert spelling.score(text, 3, values) == expected, text  # pyright: ignore[reportArgumentType]


@settings(max_examples=12, deadline=None)
@given(st.tuples(*(st.booleans() for _ in range(3))), st.data())
def test_a_list_of_which_nothing_may_hold(facts: tuple[bool, ...], data: st.DataObject) -> None:
    none_of = data.draw(st.sampled_from(("未出现", "未发生", "没有", "不存在")))
    text = f"{none_of}截留、挤占、挪用专项资金情况的得满分，出现其中任何一种情况的不得分。"
    values = dict(zip(("截留", "挤占", "挪用"), facts, strict=True))
    assert spelling.score(text, 3, values) == (0 if any(facts) else 3), text  # pyright: ignore[reportArgumentType]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 6), st.integers(0, 6), st.booleans(), st.data())
def test_a_rate_without_a_verb_is_as_the_rest_of_the_cell(
    first: int, second: int, takes: bool, data: st.DataObject
) -> None:
    """`2分/篇` gives beside 最高…分, and takes beside 扣完为止."""
    end = data.draw(st.sampled_from(("扣完为止",) if takes else ("最高6分", "合计不超过6分", "最多得6分")))
    text = f"国家级简报2分/篇，省级简报0.5分/篇，{end}。"
    values = {"国家级简报篇数": str(first), "省级简报篇数": str(second)}
    told = 2 * first + Fraction(second, 2)
    expected = max(Fraction(0), 6 - told) if takes else min(Fraction(6), told)
    assert spelling.score(spelling.spelt(data.draw, text), 6, values) == expected, text


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(("Ⅰ类", "Ⅱ类", "Ⅲ类", "Ⅳ类", "Ⅴ类", "劣Ⅴ类")), st.data())
def test_a_state_better_than_another(state: str, data: st.DataObject) -> None:
    better, worse = data.draw(st.sampled_from(("优于", "好于"))), data.draw(st.sampled_from(("及以下", "以下（含）")))
    text = f"断面水质{better}Ⅲ类的得5分，达到Ⅲ类的得4分，Ⅳ类的得1分，Ⅴ类{worse}的不得分。"
    expected = {"Ⅰ类": 5, "Ⅱ类": 5, "Ⅲ类": 4, "Ⅳ类": 1}.get(state, 0)
    assert spelling.score(text, 5, {"断面水质": state}) == expected, text
