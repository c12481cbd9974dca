"""The plans are the cheapest there are: held against trying every department."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product

import attrs
import pytest
from hypothesis import given, settings, strategies as st

import rubric
from rubric.core import program as core
from rubric.core.numbers import round_half_up
from rubric.core.record import Fact, Record
from rubric.evaluator.evaluate import evaluate
from rubric.improving.improve import Improvement, improve
from rubric.improving.movable import with_changes
from rubric.improving.search import Plan, Search
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

pytest.importorskip("z3")

Facts = tuple[int, int, int, int]
NAMES = ("办结数", "受理数", "检查次数", "违规")
MOST = (6, 6, 8, 5)
TEXT = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：12分
计分办法
  计分：各三级指标得分四舍五入，保留两位小数
一级指标 部门绩效
二级指标 部门管理
三级指标 办结情况（4分）
  评分标准
    办结率=办结数/受理数×100%
    1. 得分=办结率×4分
  数据
    办结数：件，不低于0，不超过受理数
    受理数：件，不低于0，不超过6
  口径
    受理数为0的，本指标不适用
三级指标 检查情况（5分）
  评分标准
    检查次数≥{high}次的，得5分；{low}次≤检查次数<{high}次的，得{middle}分；检查次数<{low}次的，得0分。
  数据
    检查次数：次，不低于0，不超过8
三级指标 违规情况（3分）
  评分标准
    每发生一次违规扣{rate}分，扣完为止。
  数据
    违规：次，不低于0，不超过5，对应“违规”
"""


@cache
def program_of(low: int, high: int, middle: int, rate: str) -> core.Program:
    compiled = compile_rubric(SourceText("示例", TEXT.format(low=low, high=high, middle=middle, rate=rate)))
    assert not compiled.errors
    return compiled.value


@st.composite
def programs(draw: st.DrawFn) -> core.Program:
    low = draw(st.integers(1, 5))
    high = draw(st.integers(low + 1, 8))
    return program_of(low, high, draw(st.integers(1, 4)), draw(st.sampled_from(("0.5", "1", "0.7"))))


@st.composite
def departments(draw: st.DrawFn) -> Facts:
    received = draw(st.integers(1, 6))
    return draw(st.integers(0, received)), received, draw(st.integers(0, 8)), draw(st.integers(0, 5))


def record_of(facts: Facts) -> Record:
    return Record({(name, None): Fact(Fraction(value), "") for name, value in zip(NAMES, facts, strict=True)})


def every_total(program: core.Program) -> Iterator[tuple[Facts, Fraction]]:
    """Every department that applies as a whole, with its total: indicator by indicator, then added."""
    scores: list[dict[tuple[int, ...], Fraction]] = []
    for indicator, places in zip(program.indicators, ((0, 1), (2,), (3,)), strict=True):
        alone = attrs.evolve(program, indicators=(indicator,))
        found: dict[tuple[int, ...], Fraction] = {}
        for values in product(*(range(MOST[place] + 1) for place in places)):
            facts = [0, 1, 0, 0]
            for place, value in zip(places, values, strict=True):
                facts[place] = value
            if facts[0] <= facts[1] and facts[1] > 0:
                score = evaluate(alone, record_of((facts[0], facts[1], facts[2], facts[3]))).indicators[0].score
                assert score is not None
                found[values] = score
        scores.append(found)
    for (done, first), (checks, second), (slips, third) in product(*(one.items() for one in scores)):
        yield (done[0], done[1], checks[0], slips[0]), first + second + third


def cost(before: Facts, after: Facts) -> tuple[int, Fraction]:
    moved = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    return len(moved), sum((Fraction(abs(new - old), old or 1) for old, new in moved), Fraction(0))


def key(plan: Plan) -> tuple[int, Fraction]:
    return len(plan.changes), plan.cost


@settings(max_examples=12, deadline=None)
@given(programs(), departments(), st.integers(1, 24))
def test_no_department_reaches_the_target_with_fewer_or_smaller_changes(
    program: core.Program, facts: Facts, halves: int
) -> None:
    record = record_of(facts)
    total = evaluate(program, record).total
    assert total is not None
    wanted = total + Fraction(halves, 4)
    reaching = [cost(facts, other) for other, score in every_total(program) if score >= wanted]
    found = improve(program, record, f"+{halves / 4}")
    assert found.searched is not None
    if reaching:
        plan = found.searched.plans[0]
        assert key(plan) == min(reaching)
        assert plan.sure
        assert found.searched.exact
    else:
        assert found.searched.plans == ()
        best = max(score for _, score in every_total(program))
        assert (found.searched.best.total if found.searched.best is not None else total) == best
        assert [d.code for d in found.diagnostics] == ["R0761"]


@settings(max_examples=12, deadline=None)
@given(programs(), departments(), st.integers(1, 12))
def test_every_plan_is_what_the_evaluator_says(program: core.Program, facts: Facts, halves: int) -> None:
    found = improve(program, record_of(facts), f"+{halves / 4}")
    assert found.searched is not None
    for plan in found.searched.plans:
        changed = with_changes(found.standing.setting, plan.changes)
        assert evaluate(program, changed).total == plan.total
        assert found.target is not None
        assert found.target.reached(plan.total)


@settings(max_examples=12, deadline=None)
@given(programs(), departments())
def test_a_threshold_is_the_nearest_value_with_its_score(program: core.Program, facts: Facts) -> None:
    """One unit nearer the department has less, and no nearer value on that way has as much."""
    for rise in improve(program, record_of(facts)).rises:
        at, to = rise.change.movable.at, rise.change.to
        assert isinstance(at, Fraction)
        assert isinstance(to, Fraction)
        step = 1 if to > at else -1
        place = NAMES.index(rise.change.movable.key[0])
        for value in range(int(at), int(to), step):
            nearer = [*facts]
            nearer[place] = value
            outcome = evaluate(program, record_of((nearer[0], nearer[1], nearer[2], nearer[3])))
            score = next(o.score for o in outcome.indicators if o.indicator.id == rise.indicator.id)
            assert score is None or score < rise.score


def test_what_is_fixed_stays() -> None:
    found = improve(program_of(2, 5, 3, "1"), record_of((2, 6, 1, 2)), "+4", fixed=("检查次数", "受理数"))
    assert found.searched is not None
    moved = {change.movable.key[0] for plan in found.searched.plans for change in plan.changes}
    assert moved == {"办结数", "违规"}


def test_without_the_solver_one_fact_is_moved_and_no_more() -> None:
    program, record = program_of(2, 5, 3, "1"), record_of((2, 6, 1, 2))
    one = improve(program, record, "+5", solve=False)
    assert one.searched is not None
    assert [len(plan.changes) for plan in one.searched.plans] == [1]
    several = improve(program, record, "+6", solve=False)
    assert several.searched is not None
    assert several.searched.plans == ()
    assert [d.code for d in several.diagnostics] == ["R0764"]


def test_a_rule_on_the_total_counts() -> None:
    """The total is held at 3 while there is an accident: only without it is 5 within reach."""
    text = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：6分
计分办法
  计分：各三级指标得分四舍五入，保留两位小数
  评分标准
    发生责任事故的，总分最高不超过3分。
一级指标 部门绩效
二级指标 部门管理
三级指标 满意情况（6分）
  评分标准
    1. 满意度≥90%的，得6分；
    2. 满意度<90%的，得1分。
  数据
    满意度：%
共用数据
  发生责任事故：是／否
"""
    program = compile_rubric(SourceText("示例", text)).value
    facts: dict[tuple[str, str | None], Fact] = {
        ("满意度", None): Fact(Fraction(95, 100), ""),
        ("发生责任事故", None): Fact(True, "是"),
    }
    found = improve(program, Record(facts), "5")
    assert found.standing.outcome.total == 3
    assert found.searched is not None
    assert [(c.movable.name, c.to) for c in found.searched.plans[0].changes] == [("发生责任事故", "否")]


CROSSED = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：20分
计分办法
  计分：各三级指标得分四舍五入，保留两位小数
一级指标 部门绩效
二级指标 部门管理
三级指标 配套情况（10分）
  评分标准
    配套率得分=配套率×10分，最高10分。配套率=投入资金/（投入资金+原有资金）×100%
  数据
    原有资金：万元，不低于1万元，不可变
三级指标 节约情况（10分）
  评分标准
    节约率得分=节约率×10分，最高10分。节约率=（预算资金-投入资金）/预算资金×100%
  数据
    预算资金：万元，不低于1万元，不可变
共用数据
  投入资金：万元，不低于0
"""
AMOUNTS = {"数据": {"投入资金": "100万元", "原有资金": "100万元", "预算资金": "1000万元"}}


def test_a_fact_that_moves_two_scores_oppositely_is_moved_to_the_first_sum_that_does() -> None:
    """The sum of both scores is greatest between the values at which either turns: there alone 14.60 is reached."""
    (plan,) = _searched(rubric.compile(CROSSED).improve(AMOUNTS, "+0.6")).plans

    def total(hundredths: int) -> Fraction:
        spent = Fraction(hundredths, 100)
        first, second = spent / (spent + 100) * 10, (1000 - spent) / 100
        return round_half_up(first, 2) + round_half_up(second, 2)

    first = next(value for value in range(10_000, 100_000) if total(value) >= Fraction(146, 10))
    assert [change.to for change in plan.changes] == [Fraction(first) * 100]
    assert plan.sure


def test_without_the_solver_such_a_fact_is_not_said_to_be_moved_the_least() -> None:
    found = rubric.compile(CROSSED).improve(AMOUNTS, "+0.6", solve=False)
    assert _searched(found).plans == ()
    assert [finding.code for finding in found.diagnostics] == ["R0764"]


def test_many_sets_of_one_size_are_all_compared_where_their_costs_tell() -> None:
    """126 sets of 4 facts reach the target; the cheapest are those nearest to their thresholds."""
    names = "甲乙丙丁戊己庚辛壬"
    items = "".join(
        f"三级指标 {name}情况（2分）\n  评分标准\n    1. {name}率≥90%的，得2分；\n    2. {name}率<90%的，得1分。\n  数据\n    {name}率：%，0%-100%\n"
        for name in names
    )
    head = "指标体系：示例评分表\n评价年度：2099年（2100年印发）\n总分值：18分\n计分办法\n  计分：各三级指标得分四舍五入，保留两位小数\n一级指标 部门绩效\n二级指标 部门管理\n"
    facts = {"数据": {f"{name}率": f"{80 + place}%" for place, name in enumerate(names)}}
    found = rubric.compile(head + items).improve(facts, "+4")
    assert _searched(found).complete
    assert found.diagnostics == ()
    assert {change.movable.name for change in _searched(found).plans[0].changes} == {f"{name}率" for name in "己庚辛壬"}


def _searched(found: Improvement) -> Search:
    assert found.searched is not None
    return found.searched
