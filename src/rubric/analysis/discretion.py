"""How far judgement alone moves the total.

Takes a program, and a record where one is given; gives the totals with every judgement at its least and at its greatest,
the facts being held: those of the record, and at either end those that suit a department best or worst. Never a search:
what is not known is a range for the evaluator, and so each total here is a bound that no department passes.
"""

from fractions import Fraction

import attrs

from rubric.core.intervals import Range, exactly
from rubric.core.program import Program
from rubric.core.record import Record
from rubric.evaluator.branches import meets
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import MissingKey


@attrs.frozen
class Envelope:
    """The totals for one set of facts: all judgements at their least (`low`), at their greatest (`high`), with the grades.

    `low_grades` and `high_grades` are empty where the table has no grades.
    """

    low: Fraction
    high: Fraction
    low_grades: tuple[str, ...]
    high_grades: tuple[str, ...]


@attrs.frozen
class Discretion:
    """`points` are those a person may move; `given` is there where a record was; `missing` facts are open in it."""

    points: Fraction
    best: Envelope
    worst: Envelope
    given: Envelope | None = None
    missing: int = 0


def discretion_of(program: Program, record: Record | None = None) -> Discretion | None:
    """None where the table leaves nothing to judgement. Every judgement is moved, also those that `record` states."""
    if not program.judgements:
        return None
    nothing = Record({})
    (least_low, most_low, _), (least_high, most_high, _) = (_totals(program, nothing, least) for least in (True, False))
    given: Envelope | None = None
    missing = 0
    if record is not None:
        (low, _, missing), (_, high, _) = (_totals(program, record, least) for least in (True, False))
        given = _envelope(program, low, high)
    points = sum((judgement.high - judgement.low for judgement in program.judgements), Fraction(0))
    best, worst = _envelope(program, most_low, most_high), _envelope(program, least_low, least_high)
    return Discretion(points, best, worst, given, missing)


def _totals(program: Program, record: Record, least: bool) -> tuple[Fraction, Fraction, int]:
    """The least and the greatest total with the judgements at one end, and how many facts are open."""
    ranges: dict[MissingKey, Range] = {
        (f"{judgement.indicator}／{judgement.label}", None): exactly(judgement.low if least else judgement.high)
        for judgement in program.judgements
    }
    outcome = evaluate(program, record, ranges=ranges)
    return outcome.total_low, outcome.total_high, len(outcome.missing)


def _envelope(program: Program, low: Fraction, high: Fraction) -> Envelope:
    low_grades, high_grades = (
        tuple(grade.name for grade in program.scoring.grades if meets(grade, total, total)) for total in (low, high)
    )
    return Envelope(low, high, low_grades, high_grades)
