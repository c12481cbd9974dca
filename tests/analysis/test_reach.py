"""What a table can yield is said exactly or not at all: no department has another score."""

from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings, strategies as st

import edition_2022 as edition
from generated import tables
from rubric.analysis import value_sets
from rubric.analysis.cliffs import flats_of, jumps_of, largest_jump, sensitivities
from rubric.analysis.ranges import range_of, world_of
from rubric.analysis.reach_sums import IndicatorReach, reach_of, reach_of_indicator
from rubric.core import program as core
from rubric.core.record import Fact, Given, Record
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import Status
from rubric.pipeline import compile_rubric
from rubric.reporting.reach import jump_text, values_text
from rubric.source import SourceText
from strategies import records

HEAD = "指标体系：试验\n评价年度：2099年（2100年印发）\n总分值：10分\n三级指标 甲（10分）\n  评分标准\n"


def _program(text: str) -> core.Program:
    """The clauses, then after `——` the lines of 数据 and 口径."""
    clauses, _, own = text.partition("——\n")
    body = "".join(f"    {line}\n" for line in clauses.splitlines())
    compiled = compile_rubric(SourceText("试验.rubric", HEAD + body + own))
    assert not compiled.errors, [d.title for d in compiled.errors]
    return compiled.value


def _reach(text: str) -> IndicatorReach:
    program = _program(text)
    return reach_of_indicator(program, world_of(program), program.indicators[0])


RATE = "——\n  数据\n    满意度：%，0%-100%\n"
COUNT = "——\n  数据\n    差错：处\n"

KNOWN = {
    "bands": ("满意度≥90%的，得10分；60%≤满意度<90%的，得4分；满意度<60%的，得0分。\n" + RATE, "0、4、10 分"),
    "a band that no value meets": (
        "满意度≥90%的，得10分；满意度<90%的，得4分。\n——\n  数据\n    满意度：%，0%-80%\n",
        "4 分",
    ),
    "counts down to zero": ("发现一处差错的扣2分，扣完为止。\n" + COUNT, "0 到 10 分，每 2 分一档"),
    "a count that ends before": (
        "发现一处差错的扣2分，扣完为止。\n——\n  数据\n    差错：处，不超过3处\n",
        "4、6、8、10 分",
    ),
    "a ratio": ("得分=满意度×10分。\n" + RATE, "[0, 10] 分"),
    "a judgement of yes and no, and one within a range": (
        "1. 制度健全（4分）。\n2. 执行情况（6分），酌情扣分。\n",
        "[0, 10] 分",
    ),
    "the same datum twice is no freedom": (
        "1. 满意度得分=满意度×5分\n2. 不满意度得分=（1-满意度）×5分\n" + RATE,
        "5 分",
    ),
    "whole steps": (
        "满意度达到90%的得10分，每低1个百分点扣0.5分，扣完为止。\n"
        + RATE
        + "  口径\n    “每低1个百分点”按满1个百分点计\n",
        "0 到 10 分，每 0.5 分一档",
    ),
    "two counts": (
        "发现一处差错的扣2分，漏报一项扣3分，扣完为止。\n——\n  数据\n    差错：处，不超过1处\n    漏报：项，不超过1项\n",
        "5、7、8、10 分",
    ),
    "a rate of two numbers, one within the other": (
        "办结率=办结件数/受理件数×100%\n办结率=100%的，得10分；办结率<100%的，得0分。\n"
        "——\n  数据\n    办结件数：件，不超过受理件数\n    受理件数：件\n  口径\n    受理件数为0的，本指标得满分\n",
        "0、10 分",
    ),
}


@pytest.mark.parametrize("name", KNOWN)
def test_the_set_is_exact(name: str) -> None:
    text, expected = KNOWN[name]
    found = _reach(text).reach
    assert (values_text(found.values), found.exact) == (expected, True), found.reason


def test_what_is_not_known_is_not_said() -> None:
    text = "得分=满意度×出席率×10分。\n——\n  数据\n    满意度：%，0%-100%\n    出席率：%，0%-100%\n"
    found = _reach(text).reach
    assert not found.exact
    assert found.reason
    assert value_sets.ends_of(found.values) == (0, 10)


def test_every_indicator_of_the_edition_is_known_exactly() -> None:
    found = {one.indicator.name: one.reach for one in reach_of(edition.program())}
    assert [name for name, reach in found.items() if not reach.exact] == []
    assert values_text(found["固定资产利用率"].values) == "0、0.4、0.7、1 分"
    assert values_text(found["预算执行率"].values) == "[0, 6] 分"
    assert values_text(found["公众或服务对象满意度"].values) == "1、2、4、6 分"
    assert [name for name, reach in found.items() if reach.undecided] == []
    assert found["固定资产利用率"].may_leave


def test_a_cliff_is_named_by_the_smallest_change() -> None:
    found = {one.indicator.name: one for one in reach_of(edition.program())}
    satisfied = largest_jump(found["公众或服务对象满意度"])
    assert satisfied is not None
    assert jump_text(satisfied) == "「满意度」从 94.99% 到 95%，得分从 4 到 6"
    veto = largest_jump(found["财务合规性"])
    assert veto is not None
    assert jump_text(veto) == "「财务违规情形」从 0 起到 1 起，得分从 3 到 0"


def test_a_straight_rule_has_no_cliff_and_no_flat_stretch() -> None:
    (_, response), *_ = _reach(KNOWN["a ratio"][0]).responses
    assert response.curve is not None
    assert jumps_of(response.curve) == ()
    assert flats_of(response.curve) == ()


def test_flat_stretches_hold_the_ends_the_bands_hold() -> None:
    (_, response), *_ = _reach(KNOWN["bands"][0]).responses
    assert response.curve is not None
    told = [(f.low, f.high, f.low_inclusive, f.high_inclusive, f.points) for f in flats_of(response.curve)]
    assert told == [
        (0, Fraction(3, 5), True, False, 0),
        (Fraction(3, 5), Fraction(9, 10), True, False, 4),
        (Fraction(9, 10), 1, True, True, 10),
    ]


def test_sensitivity_adds_up_over_indicators_and_stays_within_points() -> None:
    program = edition.program()
    found = {one.datum: one for one in sensitivities(reach_of(program))}
    assert found["满意度"].points == 5
    assert found["未完成重点工作项数"].points == 8
    staff = found["本年度在编人数（含工勤人员）"]
    assert (staff.points, staff.indicators) == (2, ("财政供养人员控制率", "编外人员控制率"))
    points = {i.name: i.points for i in program.indicators}
    assert all(one.points <= sum(points[name] for name in one.indicators) for one in found.values())


# --- no department has another score ----------------------------------------------------------------------------------

REACH = {one.indicator.name: one.reach for one in reach_of(edition.program())}
NUMBERS = st.one_of(
    st.integers(0, 12).map(Fraction),
    st.fractions(0, 120, max_denominator=100),
    st.sampled_from([Fraction(n) for n in (0, 1, 5, 10, 25, 50, 60, 75, 80, 90, 95, 100)]),
)


@st.composite
def departments(draw: st.DrawFn) -> Record:
    """Facts within their bounds: each number after those that bound it."""
    program = edition.program()
    world = world_of(program)
    facts: dict[tuple[str, str | None], Fact] = {}
    bounded = {
        d.name: [b.datum for b in (d.low, d.high) if b is not None and b.datum is not None] for d in program.data
    }

    def depth(name: str) -> int:
        return 1 + max((depth(other) for other in bounded[name]), default=0)

    for datum in sorted(program.data, key=lambda d: depth(d.name)):
        match datum.kind:
            case core.DatumKind.BOOLEAN:
                facts[datum.name, None] = Fact(draw(st.booleans()), "")
            case core.DatumKind.STATE:
                facts[datum.name, None] = Fact(draw(st.sampled_from(datum.states)), "")
            case core.DatumKind.ROWS:
                facts[datum.name, None] = Fact((), "")
            case core.DatumKind.QUANTITY:
                for part in datum.parts or (None,):
                    value = draw(NUMBERS)
                    value = Fraction(value.__floor__()) if datum.decimals == 0 else value
                    value *= datum.unit.scale if datum.unit is not None else 1
                    fixed = {key: fact.value for key, fact in facts.items() if isinstance(fact.value, Fraction)}
                    allowed = range_of(attrs.evolve(world, fixed=fixed), core.FactValue(datum.name, part))
                    value = max(value, allowed.low) if allowed.low is not None else value
                    value = min(value, allowed.high) if allowed.high is not None else value
                    facts[datum.name, part] = Fact(value, "")
    marks = {j.key: Given(draw(st.sampled_from((j.low, j.high)))) for j in program.judgements}
    return Record(facts, marks)


@given(departments())
@settings(max_examples=30, deadline=None)
def test_no_department_has_a_score_out_of_reach(record: Record) -> None:
    for outcome in evaluate(edition.program(), record).indicators:
        reach = REACH[outcome.indicator.name]
        if outcome.status is Status.SCORED:
            assert outcome.exact.point is not None
            assert value_sets.holds_all(reach.values, value_sets.point(outcome.exact.point)), outcome.indicator.name
        else:
            assert reach.undecided if outcome.status is Status.PENDING else reach.may_leave


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_no_department_of_a_generated_table_has_a_score_out_of_reach(data: st.DataObject) -> None:
    program = compile_rubric(SourceText("生成", data.draw(tables()).text)).value
    found = reach_of(program)
    record = _all_or_nothing(program, data.draw(records(program)))
    for outcome, one in zip(evaluate(program, record).indicators, found, strict=True):
        if outcome.status is Status.SCORED:
            assert outcome.exact.point is not None
            assert value_sets.holds_all(one.reach.values, value_sets.point(outcome.exact.point)), outcome.indicator.name
        else:
            assert one.reach.may_leave or one.reach.undecided


def _all_or_nothing(program: core.Program, record: Record) -> Record:
    """What the text asks by yes or no is marked in full or not at all."""
    asked = {j.key: j for j in program.judgements if not j.partial}

    def mark(key: tuple[str, str], given_: Given) -> Given:
        if key not in asked:
            return given_
        low, high = asked[key].low, asked[key].high
        return attrs.evolve(given_, points=high if given_.points * 2 >= high else low)

    return attrs.evolve(record, judgements={key: mark(key, one) for key, one in record.judgements.items()})
