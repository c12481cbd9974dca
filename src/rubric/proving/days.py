"""Time between days, as terms over a space of facts.

Takes terms of two days; gives the term of the working days or months between them, and of the day that ends a time limit.
Never a day of a department: those are facts like others.

Working days are counted up to a day, W(d), and their difference is what lies between two days. W is exact for any day and
linear in whole numbers: a day is 7 weeks and a rest, each week has five working days, and the calendar's holidays and make-up
days before the day are taken off or added one by one.

Months are exact where the first day is known: after so many months exactly where the last day is at or past the day on
which they end. Else they are known between bounds, longer with a later end and an earlier start.
"""

from fractions import Fraction
from typing import assert_never

from rubric.core.dates import Calendar, later, working_day_after
from rubric.core.intervals import Range
from rubric.core.program import TimeMeasure
from rubric.proving import solver
from rubric.proving.solver import Term, choose, every, implied, lesser, number, summed
from rubric.proving.space import ONE, ZERO, Space

_ANY = Range(None, None)
_WEEK, _WORKING = Fraction(7), Fraction(5)
_SHORTEST, _LONGEST = Fraction(28), Fraction(31)
_MOST_MONTHS = 36


def elapsed_term(space: Space, calendar: Calendar, measure: TimeMeasure, start: Term, end: Term) -> Term:
    """Time from the day `start` to the day `end`; negative where `end` comes first."""
    match measure:
        case TimeMeasure.WORKING_DAYS:
            return worked(space, calendar, end) - worked(space, calendar, start)
        case TimeMeasure.MONTHS:
            return _months(space, start, end)
        case _:
            assert_never(measure)


def day_after_term(space: Space, calendar: Calendar, measure: TimeMeasure, day: Term, count: int) -> Term:
    """The day `count` months or working days after `day`."""
    known = solver.value_of(day)
    match measure:
        case TimeMeasure.WORKING_DAYS:
            if known is not None:
                return number(Fraction(working_day_after(calendar, int(known), count)))
            if not count:
                return day
            found = space.fresh(_ANY, whole=True)
            total = worked(space, calendar, day) + number(Fraction(count))
            before = worked(space, calendar, found - number(ONE))
            space.constraints += [worked(space, calendar, found) == total, before == total - number(ONE)]
            return found
        case TimeMeasure.MONTHS:
            if known is not None:
                return number(Fraction(later(int(known), count)))
            found = space.fresh(_ANY, whole=True)
            shortest, longest = number(count * _SHORTEST), number(count * _LONGEST)
            space.constraints += [found >= day + shortest, found <= day + longest]
            return found
        case _:
            assert_never(measure)


def worked(space: Space, calendar: Calendar, day: Term) -> Term:
    """The working days up to and with `day`, counted from the first day there is."""
    day = solver.simplified(day)
    mark = (calendar, day.get_id())
    if mark not in space.worked:
        weeks, rest = space.fresh(_ANY, whole=True), space.fresh(Range(ZERO, _WEEK - ONE), whole=True)
        space.constraints.append(day - number(ONE) == weeks * number(_WEEK) + rest)
        off = [on for on in calendar.holidays if (on - 1) % 7 < 5 and on not in calendar.workdays]
        more = [on for on in calendar.workdays if (on - 1) % 7 >= 5]
        moved = [*((on, -ONE) for on in off), *((on, ONE) for on in more)]
        odd = [choose(day >= number(Fraction(on)), number(by), number(ZERO)) for on, by in sorted(moved)]
        regular = weeks * number(_WORKING) + lesser(rest + number(ONE), number(_WORKING))
        count = space.fresh(_ANY, whole=True)
        space.constraints.append(count == summed([regular, *odd]))
        space.worked[mark] = day, count
    return space.worked[mark][1]


def _months(space: Space, start: Term, end: Term) -> Term:
    start, end = solver.simplified(start), solver.simplified(end)
    mark = (start.get_id(), end.get_id())
    if mark in space.months:
        return space.months[mark][2]
    found, days = space.fresh(_ANY), end - start
    ahead = days >= number(ZERO)
    space.constraints += [
        implied(ahead, every(found * number(_LONGEST) >= days, found * number(_SHORTEST) <= days)),
        implied(days <= number(ZERO), every(found * number(_LONGEST) <= days, found * number(_SHORTEST) >= days)),
    ]
    first = solver.value_of(start)
    if first is not None:
        for count in range(1, _MOST_MONTHS + 1):
            ends = number(Fraction(later(int(first), count)))
            space.constraints.append((found >= number(Fraction(count))) == (end >= ends))
    for other_start, other_end, other in space.months.values():
        space.constraints += [
            implied(every(start <= other_start, other_end <= end), other <= found),
            implied(every(other_start <= start, end <= other_end), found <= other),
        ]
    space.months[mark] = start, end, found
    return found
