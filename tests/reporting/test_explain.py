"""The one line of each kind of clause."""

from fractions import Fraction

import attrs
import pytest

from reporting import samples
from rubric.core import program as core
from rubric.core.intervals import exactly
from rubric.evaluator.outcome import IndicatorOutcome, Status, Step, StepKind
from rubric.reporting.explain import explain_indicator, quoted


def line(outcome: IndicatorOutcome) -> str:
    return explain_indicator(outcome, samples.SOURCE)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (samples.graded(), "满意度 92.85%，在“90% ≤满意度<95%的, 得4分”一档"),
        (samples.counted(0), "预算编制不符合要求项数 0 项，不扣分"),
        (samples.counted(3), "预算编制不符合要求项数 3 项，扣 3 分"),
        (samples.counted(7), "预算编制不符合要求项数 7 项，扣完为止，得 0 分"),
        (
            samples.procurement(),
            "第 1 点 政府采购执行率 146.08万元÷146.29万元=99.86%，得 0.9986 分；评判 1 点，共 1.00 分",
        ),
        (samples.vetoed(), "符合“发生超范围、超标准支出的，本项指标得 0 分”，得 0 分"),
        (samples.away(), "符合“所有固定资产总额为0的，本指标不适用”，不计入总分"),
        (samples.pending(), "待定：缺少「编外人员数」，得分在 0.00～1.00 之间"),
    ],
    ids=lambda value: value.indicator.name if isinstance(value, IndicatorOutcome) else "",
)
def test_the_line(outcome: IndicatorOutcome, expected: str) -> None:
    assert line(outcome) == expected


def judged(*given: str) -> IndicatorOutcome:
    clauses = tuple(
        core.Clause(
            str(number),
            "",
            "……（1分）",
            Fraction(1),
            core.Judged(("示例", f"评判{number}")),
            core.ClauseKind.JUDGED,
        )
        for number in range(1, len(given) + 1)
    )
    outcomes = tuple(
        samples.outcome_of(clause, Fraction(value), Step(StepKind.JUDGEMENT, value=exactly(Fraction(value))))
        for clause, value in zip(clauses, given, strict=True)
    )
    total = sum((Fraction(value) for value in given), Fraction(0))
    indicator = core.Indicator("09", "示例", ("", ""), Fraction(len(given)), "", core.Sum(clauses))
    return attrs.evolve(
        samples.graded(),
        indicator=indicator,
        exact=exactly(total),
        score=total,
        low=total,
        high=total,
        clauses=outcomes,
    )


def test_judgements_are_told_together() -> None:
    assert line(judged("1", "1")) == "评判 2 点，共 2.00 分"
    assert line(judged("1", "1", "0", "1", "1")) == "评判 5 点，共 4.00 分（第 3 点扣 1 分）"
    assert line(judged("0.5")) == "评判得 0.5 分"


def test_many_missing_facts_are_named_briefly() -> None:
    missing = tuple((name, None) for name in "甲乙丙丁")
    assert line(attrs.evolve(samples.pending(), missing=missing)).startswith("待定：缺少「甲」「乙」「丙」等 4 项，")


def test_a_gap_is_told_with_its_value() -> None:
    outcome = samples.pending()
    fact = samples.graded().clauses[0].steps[0].children[0]
    gap = Step(StepKind.GAP, children=(fact,))
    clause = attrs.evolve(outcome.clauses[0], steps=(gap,))
    told = line(attrs.evolve(outcome, missing=(), clauses=(clause,)))
    assert told == "待定：满意度 92.85%，没有一档包含这个数值，得分在 0.00～1.00 之间"


def test_an_unread_sentence_is_told() -> None:
    outcome = samples.pending()
    step = Step(StepKind.UNRESOLVED, "R0203")
    assert "未能读懂" in line(attrs.evolve(outcome, missing=(), steps=(step,)))


def test_an_indicator_without_a_rule_of_its_own_still_has_a_line() -> None:
    outcome = attrs.evolve(samples.graded(), clauses=())
    assert outcome.status is Status.SCORED
    assert line(outcome) == "得 4 分"


def test_quoting_drops_numbers_and_shortens_inside() -> None:
    assert quoted("1. 满意度≥95%的, 得6分;") == "“满意度≥95%的, 得6分”"
    assert quoted("(1) “三公”经费控制率<90%的，得3分；") == "“‘三公’经费控制率<90%的，得3分”"
    assert quoted("10%以内的，得1分") == "“10%以内的，得1分”"
    long = quoted("第" + "很" * 60 + "长")
    assert "……" in long
    assert len(long) < 45
