"""Scores of the 2022 rubric, whatever the facts and readings: within their points, and monotone where its text says so."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from rubric.core.program import Direction, Program
from rubric.core.record import Given, Record
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import ClauseOutcome, IndicatorOutcome, Outcome, Status
from strategies import Key, bounded, only, parts_of, program_2022, readings, records, values_of, with_value

PROGRAM = program_2022()


def every_clause(outcomes: tuple[ClauseOutcome, ...]) -> Iterator[ClauseOutcome]:
    for outcome in outcomes:
        yield outcome
        yield from every_clause(outcome.children)


def assert_within_points(outcome: Outcome) -> None:
    """Every clause, indicator and total lies within its points, and the base is what remains of them."""
    for indicator in outcome.indicators:
        points = indicator.indicator.points
        assert 0 <= indicator.low <= indicator.high <= points
        assert 0 <= indicator.away <= points
        assert indicator.exact.low is not None and indicator.exact.high is not None
        assert 0 <= indicator.exact.low <= indicator.exact.high <= points
        if indicator.score is not None:
            assert indicator.low == indicator.score == indicator.high
            assert indicator.score <= points - indicator.away or indicator.away == points
        for clause in every_clause(indicator.clauses):
            assert clause.value.low is not None and clause.value.high is not None
            assert 0 <= clause.value.low <= clause.value.high <= clause.clause.points
            assert 0 <= clause.away <= clause.clause.points
    assert 0 <= outcome.total_low <= outcome.total_high <= outcome.program.points
    assert 0 <= outcome.points <= outcome.program.points
    if outcome.total is not None:
        assert outcome.total == outcome.total_low == outcome.total_high
        assert outcome.points == outcome.program.points - sum(o.away for o in outcome.indicators)


@given(st.data())
def test_scores_within_points(data: st.DataObject) -> None:
    record = data.draw(records(PROGRAM))
    assert_within_points(evaluate(PROGRAM, record, data.draw(readings(PROGRAM))))


@given(st.data())
def test_scores_within_points_with_missing_facts(data: st.DataObject) -> None:
    record = data.draw(parts_of(data.draw(records(PROGRAM))))
    assert_within_points(evaluate(PROGRAM, record, data.draw(readings(PROGRAM))))


@given(st.data())
def test_status_says_what_the_values_say(data: st.DataObject) -> None:
    record = data.draw(parts_of(data.draw(records(PROGRAM))))
    outcome = evaluate(PROGRAM, record, data.draw(readings(PROGRAM)))
    for indicator in outcome.indicators:
        match indicator.status:
            case Status.SCORED:
                assert indicator.score is not None and not indicator.missing
            case Status.PENDING:
                assert indicator.score is None
            case Status.NOT_APPLICABLE:
                assert indicator.score is None and indicator.away == indicator.indicator.points
    pending = any(i.status is Status.PENDING for i in outcome.indicators)
    assert (outcome.total is None) == pending
    assert (outcome.grade is None) == pending


# --- monotone ---------------------------------------------------------------------------------------------------------

# (indicator, datum, part): more of it never lowers the score of the indicator. Not 核定编制数: without any the indicator
# does not apply, and one reading of that gives full marks.
RISING: tuple[tuple[str, str, str | None], ...] = (
    ("公众或服务对象满意度", "满意度", None),
    ("预算执行率", "部门预算支出进度", "一季度"),
    ("预算执行率", "部门预算支出进度", "二季度"),
    ("预算执行率", "部门预算支出进度", "三季度"),
    ("预算执行率", "部门预算支出进度", "四季度"),
    ("固定资产利用率", "实际在用固定资产总额", None),
    ("项目完成及时性", "已完成项目数", None),
    ("群众信访办理情况", "办理回复件数", None),
    ("群众信访办理情况", "及时办理回复件数", None),
    ("编外人员控制率", "本年度在编人数（含工勤人员）", None),
)
# More of it never raises the score.
FALLING: tuple[tuple[str, str, str | None], ...] = (
    ("预算编制规范性", "预算编制不符合要求项数", None),
    ("绩效目标完整性", "未按要求编报或不符合要求的绩效目标数", None),
    ("财务合规性", "调整、调剂资金累计", None),
    ("财务合规性", "财务违规情形", None),
    ("财政供养人员控制率", "本年度在编人数（含工勤人员）", None),
    ("编外人员控制率", "编外人员数（含劳务派遣、直接聘用人员）", None),
    ("公用经费控制率", "“三公”经费实际支出数", None),
    ("公用经费控制率", "日常公用经费决算数", None),
    ("重点工作完成情况", "未完成重点工作项数", None),
    ("群众信访办理情况", "超期件数", None),
)


def test_the_directions_declared_are_those_that_hold() -> None:
    rising, falling = ({datum for _, datum, _ in held} for held in (RISING, FALLING))
    declared = {d.name: d.direction for d in PROGRAM.data if d.direction is not None}
    held = dict.fromkeys(rising - falling, Direction.RISING) | dict.fromkeys(falling - rising, Direction.FALLING)
    assert declared == held


def two_values(data: st.DataObject, program: Program, key: Key) -> tuple[Record, Record]:
    """A record with a lower and with a higher value of one fact, both within its bounds."""
    record = data.draw(records(program))
    known = {k: f.value for k, f in record.facts.items()}
    datum = program.datum(key[0])
    amount = known[key]
    base = amount if isinstance(amount, Fraction) and amount else Fraction(1)
    other = data.draw(values_of(datum, base))
    assert isinstance(amount, Fraction) and isinstance(other, Fraction)
    low, high = sorted((amount, bounded(other, datum, known)))
    return with_value(record, key, low), with_value(record, key, high)


def keeps_bounds(program: Program, record: Record) -> bool:
    """Whether no fact that is bounded by another exceeds it."""
    known = {k: f.value for k, f in record.facts.items()}
    return all(
        bounded(value, program.datum(name), known) == value
        for (name, _), value in known.items()
        if isinstance(value, Fraction)
    )


def assert_not_above(worse: IndicatorOutcome, better: IndicatorOutcome) -> None:
    """Where both are scored on the same base, `worse` has at most the points of `better`."""
    if worse.status is better.status is Status.SCORED and worse.away == better.away:
        assert worse.exact.point is not None and better.exact.point is not None
        assert worse.exact.point <= better.exact.point
        assert worse.score is not None and better.score is not None
        assert worse.score <= better.score


@pytest.mark.parametrize(
    ("name", "datum", "part", "rises"), [*((*r, True) for r in RISING), *((*f, False) for f in FALLING)]
)
def test_score_is_monotone(name: str, datum: str, part: str | None, rises: bool) -> None:
    program = only(PROGRAM, name)

    @given(st.data())
    def law(data: st.DataObject) -> None:
        low, high = two_values(data, program, (datum, part))
        if not (keeps_bounds(program, low) and keeps_bounds(program, high)):
            return
        chosen = data.draw(readings(program))
        less, more = (evaluate(program, record, chosen).indicators[0] for record in (low, high))
        assert_not_above(*((less, more) if rises else (more, less)))

    law()


@given(st.data())
def test_purchases_within_the_plan_never_lower_the_score(data: st.DataObject) -> None:
    program = only(PROGRAM, "政府采购执行情况")
    key = ("实际采购金额合计数", None)
    low, high = two_values(data, program, key)
    plan = high.facts["采购计划金额合计数", None].value
    assert isinstance(plan, Fraction)
    within = [with_value(r, key, min(plan, v)) for r in (low, high) if isinstance(v := r.facts[key].value, Fraction)]
    assert_not_above(*(evaluate(program, record).indicators[0] for record in within))


@given(st.data())
def test_more_judged_points_never_lower_a_score(data: st.DataObject) -> None:
    record = data.draw(records(PROGRAM))
    judgement = data.draw(st.sampled_from(PROGRAM.judgements))
    chosen = data.draw(readings(PROGRAM))
    full = Record(record.facts, {**record.judgements, judgement.key: Given(judgement.high)})
    before, after = evaluate(PROGRAM, record, chosen), evaluate(PROGRAM, full, chosen)
    for less, more in zip(before.indicators, after.indicators, strict=True):
        assert less.low <= more.low and less.high <= more.high
    assert before.total_low <= after.total_low and before.total_high <= after.total_high
