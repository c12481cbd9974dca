"""Working days and months as terms.

Takes days as terms and a calendar; gives the working days between two, the day that comes so many later, and the months from a
known day on. As `core.dates` counts them, for every day; never a table of days.

A day has a place in the row of all working days: five for every week before it, those of its own week, less the holidays
on weekdays up to it, plus the weekends worked up to it. Working days between two days are the difference of their places.
Holidays come in runs, and how much of a run has passed is a number between 0 and its length.

Months after a known day end on known days, and between two of them a day counts its share. Before the known day, and after
three years, months are only known to be below and above.

    day     一 二 三 四 五 六 日 一     with Tuesday a holiday and Saturday worked
    place    1  1  2  3  4  5  5  6
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from rubric.core.dates import Calendar, later
from rubric.core.intervals import Range
from rubric.proving import solver
from rubric.proving.solver import Term, choose, greater, lesser, number, summed
from rubric.proving.space import Space

_WEEK, _WORKED, _MONTHS = 7, 5, 36


def working_days(calendar: Calendar, start: Term, end: Term) -> Term:
    """Working days after `start` up to and with `end`; negative where `end` comes first."""
    return place(calendar, end) - place(calendar, start)


def working_day_after(space: Space, calendar: Calendar, day: Term, count: int) -> Term:
    """The working day that is the `count`th after `day`: the first day with that place."""
    if count <= 0:
        return day
    found = space.fresh_day()
    here = place(calendar, found)
    space.constraints += [
        here == place(calendar, day) + number(Fraction(count)),
        place(calendar, found - number(Fraction(1))) < here,
    ]
    return found


def months_after(space: Space, start: int, end: Term) -> Term:
    """Months from a known day to `end`; exact from that day on for three years."""
    ends = [later(start, month) for month in range(_MONTHS + 1)]
    found = space.fresh(Range(Fraction(_MONTHS), None))
    for month, (first, last) in reversed(list(enumerate(pairwise(ends)))):
        share = (end - number(Fraction(first))) * number(Fraction(1, last - first))
        found = choose(end < number(Fraction(last)), number(Fraction(month)) + share, found)
    return choose(end < number(Fraction(start)), space.fresh(Range(None, Fraction(0))), found)


def place(calendar: Calendar, day: Term) -> Term:
    """How many working days there are up to a day, counted from the first Monday of all."""
    one, week, worked = (number(Fraction(value)) for value in (1, _WEEK, _WORKED))
    weeks = solver.floor((day - one) / week)
    of_this = lesser(day - weeks * week, worked)
    free = [d for d in calendar.holidays if not _is_weekend(d) and d not in calendar.workdays]
    made_up = [d for d in calendar.workdays if _is_weekend(d)]
    passed = [-_passed(first, last, day) for first, last in _runs(free)]
    passed += [_passed(first, last, day) for first, last in _runs(made_up)]
    return summed([weeks * worked, of_this, *passed])


def _is_weekend(day: int) -> bool:
    return (day - 1) % _WEEK >= _WORKED


def _passed(first: int, last: int, day: Term) -> Term:
    """How many days from `first` to `last` there are up to `day`."""
    length = number(Fraction(last - first + 1))
    return lesser(greater(day - number(Fraction(first - 1)), number(Fraction(0))), length)


def _runs(days: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Days that follow each other, as first and last."""
    ordered = sorted(set(days))
    if not ordered:
        return
    breaks = [index for index, (one, other) in enumerate(pairwise(ordered), start=1) if other != one + 1]
    for start, end in pairwise((0, *breaks, len(ordered))):
        yield ordered[start], ordered[end - 1]
