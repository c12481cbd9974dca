"""Time between days that are known only within bounds.

Takes ranges of days and a calendar; gives the range of the time between them, or of the day that comes so much later; and
the finding where working days fall into a year whose holidays nobody states. Never a fact.

A time is longer with a later end and shorter with a later start, so the ends of its range come from the ends of both.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from rubric.core.dates import (
    Calendar,
    later,
    months_between,
    unknown_years,
    working_day_after,
    working_days_between,
)
from rubric.core.intervals import Range
from rubric.core.program import TimeMeasure
from rubric.diagnostics.model import Diagnostic
from rubric.evaluator import errors
from rubric.evaluator.outcome import ClauseOutcome, IndicatorOutcome, Step, StepKind
from rubric.source import SourceText


def elapsed(calendar: Calendar, measure: TimeMeasure, start: Range, end: Range) -> Range:
    """Time from `start` to `end`."""
    return Range(_elapsed(calendar, measure, start.high, end.low), _elapsed(calendar, measure, start.low, end.high))


def _elapsed(calendar: Calendar, measure: TimeMeasure, start: Fraction | None, end: Fraction | None) -> Fraction | None:
    if start is None or end is None:
        return None
    match measure:
        case TimeMeasure.WORKING_DAYS:
            return Fraction(working_days_between(calendar, int(start), int(end)))
        case TimeMeasure.MONTHS:
            return months_between(int(start), int(end))
        case _:
            assert_never(measure)


def day_after(calendar: Calendar, measure: TimeMeasure, day: Range, number: int) -> Range:
    """The day `number` months or working days after `day`."""

    def moved(end: Fraction | None) -> Fraction | None:
        if end is None:
            return None
        match measure:
            case TimeMeasure.WORKING_DAYS:
                return Fraction(working_day_after(calendar, int(end), number))
            case TimeMeasure.MONTHS:
                return Fraction(later(int(end), number))
            case _:
                assert_never(measure)

    return Range(moved(day.low), moved(day.high))


def years_unknown(calendar: Calendar, start: Range, end: Range) -> str:
    """The years between two known days of which the calendar knows no holidays, as the finding names them."""
    if start.point is None or end.point is None:
        return ""
    return "、".join(map(str, unknown_years(calendar, int(start.point), int(end.point))))


def unknown_holidays(outcome: IndicatorOutcome, source: SourceText | None) -> Iterator[Diagnostic]:
    """A finding for the years in which working days were counted by weekends alone."""
    told: set[str] = set()
    for step in _every((*outcome.steps, *_steps_in(outcome.clauses))):
        unknown = step.text if step.kind is StepKind.FORMULA and step.label == TimeMeasure.WORKING_DAYS.value else ""
        if unknown and unknown not in told:
            told.add(unknown)
            yield errors.unknown_holidays(source, step.span, unknown, outcome.indicator.name)


def _steps_in(clauses: tuple[ClauseOutcome, ...]) -> Iterator[Step]:
    for clause in clauses:
        yield from clause.steps
        yield from _steps_in(clause.children)


def _every(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _every(step.children)
