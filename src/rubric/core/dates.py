"""Calendar days as numbers.

Takes year, month and day; gives the day's number, counted from 1 January of the year 1, and back; the months and the
working days from one day to another. Never today's date.
"""

from fractions import Fraction

import attrs

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@attrs.frozen
class Calendar:
    """What is known of working days: `years` are those whose holidays are known; outside them only weekends are.

    `holidays` and `workdays` are the days on which the weekend rule does not decide.
    """

    years: tuple[int, ...] = ()
    holidays: tuple[int, ...] = ()
    workdays: tuple[int, ...] = ()

    def works(self, day: int) -> bool:
        """Whether people work on a day; 1 January of the year 1 was a Monday."""
        weekend = (day - 1) % 7 >= 5
        return day in self.workdays or not (weekend or day in self.holidays)


def day_number(year: int, month: int, day: int) -> int | None:
    """None where the calendar has no such day."""
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= days_in(year, month):
        return None
    return _days_before(year) + sum(days_in(year, earlier) for earlier in range(1, month)) + day


def day_text(number: int) -> str:
    """`2022-04-26`."""
    year, month, day = day_parts(number)
    return f"{year:04}-{month:02}-{day:02}"


def day_parts(number: int) -> tuple[int, int, int]:
    """Year, month and day of a number."""
    year = max(1, number // 366)
    while _days_before(year + 1) < number:
        year += 1
    rest, month = number - _days_before(year), 1
    while month < 12 and rest > days_in(year, month):
        rest, month = rest - days_in(year, month), month + 1
    return year, month, rest


def months_between(start: int, end: int) -> Fraction:
    """Whole months from `start` to `end`, and the part of the running month; negative where `end` comes first.

    A month ends on the day of the same number, or on the last day of a month that has none: from 31 January to
    28 February is one month.
    """
    if end < start:
        return -months_between(end, start)
    year, month, _ = day_parts(start)
    last_year, last_month, _ = day_parts(end)
    whole = (last_year - year) * 12 + last_month - month
    if later(start, whole) > end:
        whole -= 1
    running = later(start, whole)
    return whole + Fraction(end - running, later(start, whole + 1) - running)


def later(day: int, months: int) -> int:
    """The same day so many months later, or the last day of that month."""
    year, month, number = day_parts(day)
    count = year * 12 + month - 1 + months
    year, month = count // 12, count % 12 + 1
    found = day_number(year, month, min(number, days_in(year, month)))
    assert found is not None, "a month of the calendar has its last day"
    return found


def working_days_between(calendar: Calendar, start: int, end: int) -> int:
    """Working days after `start` up to and with `end`; negative where `end` comes first."""
    if end < start:
        return -working_days_between(calendar, end, start)
    weeks, rest = divmod(end - start, 7)
    count = weeks * 5 + sum((day - 1) % 7 < 5 for day in range(end - rest + 1, end + 1))
    count -= sum(start < day <= end and (day - 1) % 7 < 5 for day in calendar.holidays if day not in calendar.workdays)
    return count + sum(start < day <= end and (day - 1) % 7 >= 5 for day in calendar.workdays)


def working_day_after(calendar: Calendar, start: int, number: int) -> int:
    """The working day that is the `number`th after `start`."""
    day = start
    while number > 0:
        day += 1
        number -= calendar.works(day)
    return day


def unknown_years(calendar: Calendar, start: int, end: int) -> tuple[int, ...]:
    """Years between two days whose holidays the calendar does not know."""
    first, last = sorted((day_parts(start)[0], day_parts(end)[0]))
    return tuple(year for year in range(first, last + 1) if year not in calendar.years)


def days_in(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


def _days_before(year: int) -> int:
    past = year - 1
    return 365 * past + past // 4 - past // 100 + past // 400
