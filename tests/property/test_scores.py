"""Scores of the 2022 rubric, whatever the facts and readings: within their points, and monotone where its text says so."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rubric.core.record import Given, Record
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import ClauseOutcome, IndicatorOutcome, Outcome, Status
from strategies import Key, bounded, parts_of, program_2022, readings, records, with_value

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

RISING: tuple[tuple[str, str | None], ...] = (
    ("满意度", None),
    ("部门预算支出进度", "一季度"),
    ("部门预算支出进度", "二季度"),
    ("部门预算支出进度", "三季度"),
    ("部门预算支出进度", "四季度"),
    ("实际在用固定资产总额", None),
    ("已完成项目数", None),
    ("办理回复件数", None),
    ("及时办理回复件数", None),
    ("核定编制数（含工勤人员）", None),
)
FALLING: tuple[tuple[str, str | None], ...] = (
    ("预算编制不符合要求项数", None),
    ("未按要求编报或不符合要求的绩效目标数", None),
    ("调整、调剂资金累计", None),
    ("财务违规情形", None),
    ("本年度在编人数（含工勤人员）", None),
    ("编外人员数（含劳务派遣、直接聘用人员）", None),
    ("“三公”经费实际支出数", None),
    ("日常公用经费决算数", None),
    ("未完成重点工作项数", None),
    ("超期件数", None),
)
# More staff on the establishment lowers 财政供养人员控制率 and raises 编外人员控制率: only the former is meant here.
ONLY = {"本年度在编人数（含工勤人员）": "财政供养人员控制率"}


def scored_alike(before: IndicatorOutcome, after: IndicatorOutcome) -> bool:
    return before.status is after.status is Status.SCORED and before.away == after.away


def two_values(data: st.DataObject, record: Record, key: Key) -> tuple[Record, Record]:
    """The record with a lower and with a higher value of one fact, both admissible."""
    first = record.facts[key].value
    other = data.draw(records(PROGRAM), label="other record").facts[key].value
    assert isinstance(first, Fraction) and isinstance(other, Fraction)
    known = {k: f.value for k, f in record.facts.items()}
    other = bounded(other, PROGRAM.datum(key[0]), known)
    low, high = sorted((first, other))
    assume(low < high)
    return with_value(record, key, low), with_value(record, key, high)


def keeps_bounds(record: Record) -> bool:
    """Whether no fact that is bounded by another exceeds it."""
    known = {k: f.value for k, f in record.facts.items()}
    return all(
        bounded(value, PROGRAM.datum(name), known) == value
        for (name, _), value in known.items()
        if isinstance(value, Fraction) and not isinstance(value, bool)
    )


@pytest.mark.parametrize(("key", "rises"), [*((k, True) for k in RISING), *((k, False) for k in FALLING)])
def test_score_is_monotone(key: Key, rises: bool) -> None:
    @given(st.data())
    def law(data: st.DataObject) -> None:
        low, high = two_values(data, data.draw(records(PROGRAM)), key)
        assume(keeps_bounds(low) and keeps_bounds(high))
        chosen = data.draw(readings(PROGRAM))
        less, more = evaluate(PROGRAM, low, chosen), evaluate(PROGRAM, high, chosen)
        for before, after in zip(less.indicators, more.indicators, strict=True):
            if before.indicator.name == ONLY.get(key[0], before.indicator.name) and scored_alike(before, after):
                worse, better = (before, after) if rises else (after, before)
                assert worse.exact.point is not None and better.exact.point is not None
                assert worse.exact.point <= better.exact.point
                assert worse.score is not None and better.score is not None
                assert worse.score <= better.score

    law()


@given(st.data())
def test_purchases_within_the_plan_never_lower_the_score(data: st.DataObject) -> None:
    key = ("实际采购金额合计数", None)
    low, high = two_values(data, data.draw(records(PROGRAM)), key)
    plan, actual = high.facts["采购计划金额合计数", None].value, high.facts[key].value
    assert isinstance(plan, Fraction) and isinstance(actual, Fraction)
    assume(actual <= plan)
    before, after = (evaluate(PROGRAM, record).indicators[4] for record in (low, high))
    if scored_alike(before, after):
        assert before.score is not None and after.score is not None
        assert before.score <= after.score


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
