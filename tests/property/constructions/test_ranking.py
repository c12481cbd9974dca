"""Places among all units: sentences about them, and the places themselves, against sorted lists."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from rubric.core.record import Fact, Record
from rubric.evaluator.group import with_values_over_units
from rubric.pipeline import compile_rubric
from rubric.source import SourceText
from rubric.trying.run import run, understand

_WIDE = str.maketrans("0123456789().,;%", "０１２３４５６７８９（）．，；％")
_NUMERALS = "零一二三四五六七八九"


def _score(text: str, points: int, values: dict[str, str]) -> Fraction | None:
    return run(understand(text, str(points), [values]), values).readings[0].score


@st.composite
def places(draw: st.DrawFn) -> tuple[str, dict[str, str], Fraction]:
    first = draw(st.integers(1, 4))
    second = first + draw(st.integers(2, 4))
    place = draw(st.integers(1, 12))
    spelled = _NUMERALS if second < 10 and draw(st.booleans()) else tuple(str(n) for n in range(20))
    text = draw(
        st.sampled_from(
            (
                "排名前{a}名的得10分，第{b}至{c}名的得6分，其余得1分。",
                "全市排名前{a}名的得10分，{b}-{c}名的得6分，{c}名以后的得1分。",
                "按完成率排名，第1至{a}名得10分，第{b}至{c}名得6分，其余得1分。",
                "排名进入前{a}名的得10分，第{b}名至第{c}名的得6分，第{d}名及以后的得1分。",
            )
        )
    )
    if first == 1:
        text = text.replace("第1至{a}名", "第1名")
    written = text.format(a=spelled[first], b=spelled[first + 1], c=spelled[second], d=second + 1)
    expected = 10 if place <= first else 6 if place <= second else 1
    return written.translate(_WIDE) if draw(st.booleans()) else written, {"排名": str(place)}, Fraction(expected)


@settings(max_examples=40, deadline=None)
@given(places())
def test_places_and_their_points(clause: tuple[str, dict[str, str], Fraction]) -> None:
    text, values, expected = clause
    assert _score(text, 10, values) == expected, (text, values)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(("每下降一名减{r}分", "以后每降低一个名次扣{r}分", "每低1名扣{r}分", "每后移一位扣{r}分")),
    st.sampled_from(("第1名得10分", "第一名得10分", "排名第一的得10分")),
    st.integers(1, 4),
    st.integers(1, 15),
)
def test_each_place_down_takes_its_points(step: str, head: str, rate: int, place: int) -> None:
    text = f"{head}，{step.format(r=rate)}，扣完为止。"
    assert _score(text, 10, {"名次": str(place)}) == max(0, 10 - rate * (place - 1)), text


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 9), st.integers(1, 20), st.integers(1, 20))
def test_a_share_of_all_units(tenths: int, place: int, count: int) -> None:
    text = f"排名前{tenths}0%的得5分，其余得2分。"
    expected = 5 if Fraction(place, count) <= Fraction(tenths, 10) else 2
    assert _score(text, 5, {"排名": str(place), "单位总数": str(count)}) == expected


_RUBRIC = """指标体系：例
评价年度：2022年
三级指标 例（10分）
评分标准
得分=名次甲+名次乙+名次丙+最高+最低+平均+家数
数据
完成数：项
名次甲：名次，按完成数从高到低
名次乙：名次，按完成数从低到高
名次丙：名次，按完成数从高到低，并列的名次连续
最高：项，取各单位完成数的最高值
最低：项，取各单位完成数的最低值
平均：项，取各单位完成数的平均值
家数：家，取参评单位个数
"""


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=8))
def test_what_follows_from_all_units(values: list[int]) -> None:
    program = compile_rubric(SourceText("例", _RUBRIC)).value
    records = [Record({("完成数", None): Fact(Fraction(v), str(v))}) for v in values]
    for record, value in zip(with_values_over_units(program, records), values, strict=True):
        found = {
            name: record.facts[name, None].value
            for name in ("名次甲", "名次乙", "名次丙", "最高", "最低", "平均", "家数")
        }
        assert found == {
            "名次甲": 1 + sum(v > value for v in values),
            "名次乙": 1 + sum(v < value for v in values),
            "名次丙": 1 + len({v for v in values if v > value}),
            "最高": max(values),
            "最低": min(values),
            "平均": Fraction(sum(values), len(values)),
            "家数": len(values),
        }


def test_while_one_unit_lacks_its_value_nothing_follows() -> None:
    program = compile_rubric(SourceText("例", _RUBRIC)).value
    records = [Record({("完成数", None): Fact(Fraction(3), "3")}), Record({})]
    assert all(("名次甲", None) not in record.facts for record in with_values_over_units(program, records))


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(("以后每降低一名扣{r}分", "此后每下降1名减{r}分", "每后移一位扣{r}分")),
    st.integers(1, 3),
    st.integers(2, 3),
    st.integers(1, 15),
    st.booleans(),
)
def test_a_step_after_several_places_begins_at_the_last_of_them(
    step: str, rate: int, size: int, place: int, listed: bool
) -> None:
    heads = f"第1至第{size}名的得10分，第{size + 1}至第{2 * size}名的得8分"
    if listed:
        heads, size = "第1名10分，第2名8分", 1
    expected = 10 if place <= size else 8 if place <= 2 * size else max(0, 8 - rate * (place - 2 * size))
    text = f"{heads}，{step.format(r=rate)}，扣完为止。"
    assert _score(text, 10, {"排名": str(place)}) == expected, (text, place)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(
        (
            "名次较上年每提升一名加{u}分，每下降一名减{d}分",
            "排名比上年每前进1位加{u}分、每后退1位扣{d}分",
            "排名与上年持平得10分，每上升一个位次加{u}分，每下降一个位次扣{d}分",
            "排名每上升1名加{u}分；每下降1名扣{d}分",
        )
    ),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(1, 9),
    st.integers(1, 9),
)
def test_places_against_the_year_before(text: str, up: int, down: int, before: int, now: int) -> None:
    text = f"基本分10分，{text.format(u=up, d=down)}，扣完为止，最高20分。".replace("基本分10分，排名与", "排名与")
    expected = min(20, max(0, 10 + (up * (before - now) if now < before else -down * (now - before))))
    assert _score(text, 20, {"上年排名": str(before), "本年排名": str(now)}) == expected, (text, before, now)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(1, 12),
    st.sampled_from(("前{a}名加2分，后{b}名扣1分", "排名前{a}名的加2分，排名后{b}名的扣1分")),
)
def test_first_and_last_places_move_the_base(first: int, last: int, place: int, form: str) -> None:
    first, last = first + 1, last + 1
    text = f"基本分3分，{form.format(a=_NUMERALS[first], b=_NUMERALS[last])}。"
    expected = 3 + (2 if place <= first else 0) - (1 if place > 12 - last else 0)
    assert _score(text, 5, {"排名": str(place), "单位总数": "12"}) == expected, (text, place)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 30), st.integers(1, 9), st.integers(1, 9), st.sampled_from(("", "再")))
def test_of_several_limits_reached_the_farthest_counts(value: int, near: int, more: int, top: str) -> None:
    text = f"基本分5分，增长率达到{near}%的加1分，达到{near + more}%的{top}加3分。"
    above = value >= near + more
    expected = 5 + (4 if top and above else 3 if above else 1 if value >= near else 0)
    assert _score(text, 10, {"增长率": f"{value}%"}) == expected, (text, value)
