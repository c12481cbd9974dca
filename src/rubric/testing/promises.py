"""What holds of every rubric, whatever the facts.

Takes a rubric and a record; raises AssertionError with the reason where a promise is broken. Never draws anything: the records come
from whoever tests.

- Scores lie within 0 and the points, unless the text itself says otherwise (倒扣, 不设上限).
- The same facts give the same total.
- A fact that is forgotten widens what is possible, and never moves it away from what was certain.
- No admissible facts make the evaluator fail.

That doing better never scores less, where the author declares what is better, is in `bettering`.
"""

from fractions import Fraction

import attrs

from rubric.api import Rubric
from rubric.core import program as core
from rubric.core.record import Record
from rubric.core.walk import within
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import Status


def lowest_of(indicator: core.Indicator) -> Fraction:
    """The least that the text allows: 0, or below it what 倒扣 takes."""
    lowest = Fraction(0)
    for node in within((indicator.rule, indicator.overrides)):
        match node:
            case core.Deductions(least=Fraction() as least):
                lowest += min(Fraction(0), least)
            case core.Override(penalty=penalty):
                lowest -= penalty
            case _:
                pass
    return lowest


def holds_its_bounds(rubric: Rubric, record: Record) -> None:
    """Every score and the total lie within their bounds; a complete record lacks nothing."""
    outcome = evaluate(rubric.program, record, source=rubric.source)
    for one in outcome.indicators:
        indicator = one.indicator
        if indicator.yields is not core.Yields.POINTS:
            continue
        assert lowest_of(indicator) <= one.low, f"「{indicator.name}」得 {one.low} 分，低于 {lowest_of(indicator)} 分"
        if indicator.is_bounded:
            assert one.high <= indicator.points, f"「{indicator.name}」得 {one.high} 分，超过分值 {indicator.points} 分"
        if one.status is not Status.PENDING:
            assert not one.missing, f"「{indicator.name}」已经得分，却还缺 {one.missing}"
    assert outcome.total_low <= outcome.total_high


def is_the_same_twice(rubric: Rubric, record: Record) -> None:
    """The same facts give the same outcome; a fact not asked for changes nothing."""
    first = evaluate(rubric.program, record)
    assert evaluate(rubric.program, attrs.evolve(record, unit_name="另一单位")).total == first.total


def forgetting_a_fact_widens(rubric: Rubric, record: Record, number: int) -> None:
    """Without one fact every score may be what it was: the range of what is possible holds what was certain."""
    keys = tuple(record.facts)
    if not keys:
        return
    forgotten = keys[number % len(keys)]
    less = attrs.evolve(record, facts={key: fact for key, fact in record.facts.items() if key != forgotten})
    full, open_ = evaluate(rubric.program, record), evaluate(rubric.program, less)
    for before, after in zip(full.indicators, open_.indicators, strict=True):
        if before.score is not None and after.status is not Status.NOT_APPLICABLE and before.indicator.is_bounded:
            assert after.low <= before.score <= after.high, (
                f"缺少「{forgotten[0]}」时「{before.indicator.name}」在 {after.low} 到 {after.high} 之间，"
                f"不含填了以后的 {before.score}"
            )
