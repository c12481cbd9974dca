"""What takes all points away, or keeps them down: it decides over whatever the rest gives."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from written_lists import numbered, one_of, score, widths

TRIGGERS = ("提供虚假资料", "拒绝监督检查", "挪用专项资金", "伪造签字")
NOUGHT = ("本项不得分", "本指标得0分", "本项计0分", "此项不得分", "本项按0分计", "实行一票否决，本指标不得分")


@settings(max_examples=50, deadline=None)
@given(st.data(), st.booleans(), st.booleans(), st.sampled_from(TRIGGERS))
def test_a_veto_decides_over_the_rest(data: st.DataObject, held: bool, fired: bool, trigger: str) -> None:
    end = data.draw(one_of(NOUGHT))
    text = f"专款专用的得4分，否则不得分；发现{trigger}的，{end}。"
    values = {"专款专用": held, trigger: fired}
    assert score(widths(data.draw, text), Fraction(4), values) == (0 if fired else 4 * held)


@settings(max_examples=40, deadline=None)
@given(st.data(), st.lists(st.booleans(), min_size=2, max_size=4))
def test_one_of_a_list_is_enough(data: st.DataObject, fired: list[bool]) -> None:
    lead = data.draw(one_of(("有下列情形之一的，本项计0分：", "存在下列情形之一的，实行一票否决，本指标不得分：")))
    names = TRIGGERS[: len(fired)]
    text = lead + numbered(data.draw, names)
    assert score(text, Fraction(5), dict(zip(names, fired, strict=True))) == (0 if any(fired) else 5)


@settings(max_examples=30, deadline=None)
@given(st.data(), st.integers(0, 100), st.booleans(), st.integers(60, 90))
def test_a_cap_keeps_a_total_down(data: st.DataObject, total: int, fired: bool, most: int) -> None:
    form = data.draw(one_of(("发生责任事故的，总分最高不超过{m}分。", "发生责任事故的，当年总得分最高不得超过{m}分。")))
    name = "总得分" if "总得分" in form else "总分"
    found = score(form.format(m=most), Fraction(100), {"责任事故": fired, name: str(total)})
    assert found == (min(total, most) if fired else total)


@settings(max_examples=30, deadline=None)
@given(st.data(), st.booleans(), st.booleans())
def test_a_penalty_goes_below_nought(data: st.DataObject, held: bool, fired: bool) -> None:
    end = data.draw(one_of(("此项不得分，同时倒扣2分", "此项不得分，并倒扣2分", "本项不得分，倒扣2分")))
    text = f"采购程序合规的得3分，否则不得分；存在规避招标的，{end}。"
    values = {"采购程序合规": held, "规避招标": fired}
    assert score(text, Fraction(3), values) == (-2 if fired else 3 * held)


@settings(max_examples=30, deadline=None)
@given(st.integers(70, 100), st.integers(0, 9))
def test_deductions_from_the_total(total: int, count: int) -> None:
    text = "凡被上级约谈的，每次从总分中扣3分。"
    found = score(text, Fraction(100), {"总分": str(total), "约谈次数": str(count)})
    assert found == max(0, total - 3 * count)
