"""What is earned, apart by the points that leave the base; and the totals that come of it.

Takes ranges of points by what is not applicable; gives their sums, hulls and totals. Never a rule.
"""

from fractions import Fraction

from rubric.core import intervals, program as core
from rubric.core.intervals import Range, exactly
from rubric.core.numbers import round_half_up

ZERO = Fraction(0)
# Points that leave the base → what is earned of the rest.
Branches = dict[Fraction, Range]


def join(branches: Branches, away: Fraction, value: Range) -> None:
    branches[away] = intervals.hull(branches[away], value) if away in branches else value


def added(left: Branches, right: Branches) -> Branches:
    found: Branches = {}
    for left_away, left_value in left.items():
        for right_away, right_value in right.items():
            join(found, left_away + right_away, intervals.add(left_value, right_value))
    return found


def hull(branches: Branches) -> Range:
    found: Range | None = None
    for value in branches.values():
        found = value if found is None else intervals.hull(found, value)
    assert found is not None
    return found


def totals_of(program: core.Program, indicators: list[Branches]) -> tuple[Fraction, Fraction, Fraction]:
    """Least and greatest total (an open item without a maximum at its least), and the base that remains (the full points where that is undecided)."""
    sums: Branches = {ZERO: exactly(ZERO)}
    for branches in indicators:
        sums = added(sums, branches)
    ends: list[Fraction] = []
    for away, value in sums.items():
        assert value.low is not None
        base = program.points - away
        for earned in (value.low, value.low if value.high is None else value.high):
            ends.append(
                earned
                if away == 0 or base <= 0
                else round_half_up(earned / base * program.points, program.scoring.places)
            )
    base = program.points - next(iter(sums)) if len(sums) == 1 else program.points
    return min(ends), max(ends), base


def meets(grade: core.GradeBand, low: Fraction, high: Fraction) -> bool:
    band = intervals.Interval(grade.low, grade.high, grade.low_inclusive, grade.high_inclusive)
    return not intervals.intersect(band, intervals.Interval(low, high, True, True)).is_empty


def capped(value: Range, cap: Fraction, holds: bool | None) -> Range:
    """`value` up to `cap` where that holds, and either way where it is undecided."""
    if holds is False:
        return value
    capped = intervals.least((value, exactly(cap)))
    return capped if holds else intervals.hull(value, capped)
