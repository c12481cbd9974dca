"""Points off for each occurrence, in every wording: what the engine finds is the sum a reader would make."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from rubric.core.numbers import plain
from written_lists import POINTS, numeral, one_of, points, score, widths

EVENTS = (
    ("宣传栏内容过期", "块"),
    ("巡检记录缺页", "处"),
    ("报表漏填", "份"),
    ("井盖缺损", "个"),
    ("工单超时", "件"),
    ("值班脱岗", "人次"),
)
EACH = (
    "{e}的，每{c}扣{p}",
    "{e}的，发现一{c}扣{p}",
    "{e}，每{c}扣{p}",
    "{e}的，一{c}扣{p}",
    "{e}的，扣{d}分/{c}",
    "每发现一{c}{e}扣{p}",
)
FULL = Fraction(5)


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, dict[str, str], Fraction]:
    """One to three deductions: their text, the counts, and what they take together."""
    events = draw(st.lists(st.sampled_from(EVENTS), min_size=1, max_size=3, unique=True))
    parts: list[str] = []
    counts: dict[str, str] = {}
    taken = Fraction(0)
    for event, counter in events:
        rate, count = draw(POINTS), draw(st.integers(0, 9))
        form = draw(one_of(EACH))
        parts.append(form.format(e=event, c=counter, p=points(draw, rate), d=plain(rate)))
        counts[f"{event}{counter}数".replace("人次数", "人次")] = str(count)
        taken += rate * count
    return "；".join(parts), counts, taken


@settings(max_examples=60, deadline=None)
@given(st.data(), sentences())
def test_each_occurrence_takes_its_points_down_to_nought(
    data: st.DataObject, clause: tuple[str, dict[str, str], Fraction]
) -> None:
    text, counts, taken = clause
    end = data.draw(one_of(("，扣完为止。", "。扣完为止。", "，扣完5分为止。", "，扣至0分为止")))
    assert score(data.draw(widened(text + end)), FULL, counts) == max(Fraction(0), FULL - taken)


@settings(max_examples=40, deadline=None)
@given(st.data(), sentences(), st.integers(1, 4))
def test_together_they_take_no_more_than_is_said(
    data: st.DataObject, clause: tuple[str, dict[str, str], Fraction], most: int
) -> None:
    text, counts, taken = clause
    end = data.draw(one_of(("，本项最多扣{m}分。", "，累计扣分不超过{m}分。", "。合计最多扣{m}分。"))).format(m=most)
    assert score(data.draw(widened(text + end)), FULL, counts) == FULL - min(taken, most)


@settings(max_examples=30, deadline=None)
@given(st.data(), st.integers(2, 5), st.integers(0, 20))
def test_groups_count_when_they_are_whole(data: st.DataObject, group: int, count: int) -> None:
    text = f"台账有差错的，每{numeral(data.draw, group)}处扣1分，扣完为止。"
    assert score(data.draw(widened(text)), FULL, {"差错处数": str(count)}) == max(0, FULL - count // group)


@settings(max_examples=30, deadline=None)
@given(st.data(), st.integers(2, 8), st.integers(0, 10))
def test_what_falls_short_of_a_standard_is_counted(data: st.DataObject, standard: int, held: int) -> None:
    form = data.draw(
        one_of(("应急演练不少于{n}次，每少一次扣1分，扣完为止。", "应急演练不低于{n}次，每缺1次扣1分，扣完为止。"))
    )
    text = form.format(n=numeral(data.draw, standard))
    assert score(text, FULL, {"应急演练次数": str(held)}) == max(0, FULL - max(0, standard - held))


@settings(max_examples=30, deadline=None)
@given(st.data(), st.integers(0, 8))
def test_later_occurrences_may_cost_another_rate(data: st.DataObject, count: int) -> None:
    form = data.draw(
        one_of(
            (
                "未按时报送的，首次扣0.5分，第二次起每次扣1分，扣完为止。",
                "未按时报送的，第一次扣0.5分，第二次起加倍扣分，扣完为止。",
            )
        )
    )
    expected = FULL - min(count, 1) * Fraction(1, 2) - max(0, count - 1)
    assert score(data.draw(widened(form)), FULL, {"未按时报送次数": str(count)}) == max(Fraction(0), expected)


@st.composite
def widened(draw: st.DrawFn, text: str) -> str:
    return widths(draw, text)


@settings(max_examples=40, deadline=None)
@given(st.data(), st.integers(0, 40), st.integers(0, 4))
def test_only_what_goes_beyond_the_tolerance_counts(data: st.DataObject, count: int, tolerance: int) -> None:
    allowed = data.draw(st.sampled_from(("不超过", "≤", "不多于")))
    beyond = data.draw(st.sampled_from(("超出部分每件扣", "每超出1件扣", "超过部分，每件扣")))
    text = f"退件{allowed}{tolerance}件的不扣分，{beyond}0.5分，扣完为止。"
    expected = max(Fraction(0), 10 - Fraction(1, 2) * max(0, count - tolerance))
    assert score(text, Fraction(10), {"退件件数": str(count)}) == expected, text


@settings(max_examples=40, deadline=None)
@given(st.data(), st.integers(0, 12), st.sampled_from((Fraction(1, 2), Fraction(1), Fraction(2))))
def test_points_stand_before_or_behind_what_is_taken_off(data: st.DataObject, count: int, rate: Fraction) -> None:
    lead = data.draw(st.sampled_from(("加强巡查，", "严格落实责任制，及时整改，", "")))
    found = data.draw(st.sampled_from(("发现1处", "每发现一处", "出现1处")))
    text = data.draw(
        st.sampled_from(
            (f"{lead}{found}未整改扣{plain(rate)}分（8分）", f"（8分）{lead}{found}未整改扣{plain(rate)}分")
        )
    )
    assert score(text, Fraction(8), {"未整改处数": str(count)}) == max(Fraction(0), 8 - rate * count), text
