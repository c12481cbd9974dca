"""Requirements each with its points: the score is the sum of those that hold."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from rubric.core.numbers import plain
from written_lists import POINTS, numbered, one_of, score, widths

REQUIREMENTS = (
    "建立项目台账",
    "明确责任人员",
    "制定实施方案",
    "设立监督电话",
    "开展年度培训",
    "实行专账管理",
)
FORMS = ("{r}（{p}分）", "{r}，{p}分", "{r}的，得{p}分", "{r}得{p}分", "{r}，计{p}分", "{r}的得{p}分")


@st.composite
def checklists(draw: st.DrawFn) -> tuple[list[str], list[bool]]:
    chosen = draw(st.lists(st.sampled_from(REQUIREMENTS), min_size=2, max_size=5, unique=True))
    return list[str](chosen), draw(st.lists(st.booleans(), min_size=len(chosen), max_size=len(chosen)))


@settings(max_examples=60, deadline=None)
@given(st.data(), checklists())
def test_the_points_of_what_holds_are_added(data: st.DataObject, clause: tuple[list[str], list[bool]]) -> None:
    chosen, held = clause
    given_points = [data.draw(POINTS) for _ in chosen]
    form = data.draw(one_of(FORMS))
    parts = [form.format(r=r, p=plain(p)) for r, p in zip(chosen, given_points, strict=True)]
    text = data.draw(listed(parts))
    expected = sum((p for p, yes in zip(given_points, held, strict=True) if yes), Fraction(0))
    assert score(text, sum(given_points, Fraction(0)), dict(zip(chosen, held, strict=True))) == expected


@settings(max_examples=50, deadline=None)
@given(st.data(), checklists(), POINTS)
def test_one_number_may_stand_for_all_of_them(
    data: st.DataObject, clause: tuple[list[str], list[bool]], each: Fraction
) -> None:
    chosen, held = clause
    lead = data.draw(one_of(("具备下列条件的，每项得{p}分：", "符合以下要求的，每符合一项得{p}分："))).format(
        p=plain(each)
    )
    text = data.draw(
        st.sampled_from(
            [
                lead + data.draw(listed(chosen)),
                data.draw(listed(chosen)) + f"各得{plain(each)}分。",
                data.draw(listed(chosen)) + f"每项{plain(each)}分。",
                "、".join(chosen) + f"的，各得{plain(each)}分。",
            ]
        )
    )
    assert score(text, each * len(chosen), dict(zip(chosen, held, strict=True))) == each * sum(held)


@settings(max_examples=40, deadline=None)
@given(st.data(), checklists())
def test_a_starred_requirement_decides_over_all(data: st.DataObject, clause: tuple[list[str], list[bool]]) -> None:
    chosen, held = clause
    star = data.draw(st.integers(0, len(chosen) - 1))
    parts = [("★" if n == star else "") + f"{r}（1分）" for n, r in enumerate(chosen)]
    end = data.draw(one_of(("★项不满足的，本项不得分。", "带★项不符合的，本项整体不得分。")))
    text = "；".join(f"{n}. {part}" for n, part in enumerate(parts, start=1)) + "。" + end
    expected = sum(held) if held[star] else 0
    assert score(text, Fraction(len(chosen)), dict(zip(chosen, held, strict=True))) == expected


@settings(max_examples=30, deadline=None)
@given(st.booleans(), st.booleans(), POINTS, POINTS)
def test_what_builds_on_another_requirement_needs_it(first: bool, second: bool, base: Fraction, more: Fraction) -> None:
    text = f"制定管理制度的，得{plain(base)}分；在此基础上，按期公开执行情况的，再得{plain(more)}分。"
    values = {"制定管理制度": first, "按期公开执行情况": second}
    assert score(text, base + more, values) == base * first + more * (first and second)


@settings(max_examples=30, deadline=None)
@given(st.data(), st.integers(0, 5))
def test_tiers_of_how_many_hold(data: st.DataObject, held: int) -> None:
    text = data.draw(
        one_of(
            (
                "满足三项及以上的得3分，满足两项的得2分，满足一项的得1分，其余不得分。",
                "满足3项及以上得3分，2项得2分，1项得1分，均不满足的不得分。",
            )
        )
    )
    assert score(text, Fraction(3), {"满足项数": str(held)}) == min(held, 3)


@st.composite
def listed(draw: st.DrawFn, parts: list[str]) -> str:
    return widths(draw, numbered(draw, parts))


@settings(max_examples=50, deadline=None)
@given(st.data(), checklists(), POINTS)
def test_what_lacks_of_the_requirements_is_taken_off(
    data: st.DataObject, clause: tuple[list[str], list[bool]], rate: Fraction
) -> None:
    chosen, held = clause
    full = rate * len(chosen) + 1
    lacking = len(held) - sum(held)
    number = data.draw(st.sampled_from((str(len(chosen)), "零一二三四五"[len(chosen)])))
    every = data.draw(st.booleans())
    taken = f"每缺一项扣{plain(rate)}分" if every else f"缺一项扣{plain(rate)}分，缺两项及以上不得分"
    said = data.draw(one_of(("均满足", "全部具备", "都符合")))
    text = f"{'、'.join(chosen)}，{number}项{said}的得{plain(full)}分，{taken}。"
    expected = full - rate * lacking if every or lacking < 2 else Fraction(0)
    assert score(widths(data.draw, text), full, dict(zip(chosen, held, strict=True))) == expected, text
