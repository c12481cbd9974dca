"""Calendar days as numbers.

Takes year, month and day; gives the day's number, counted from 1 January of the year 1, and back. Never today's date.
"""

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def day_number(year: int, month: int, day: int) -> int | None:
    """None where the calendar has no such day."""
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= _days_in(year, month):
        return None
    return _days_before(year) + sum(_days_in(year, earlier) for earlier in range(1, month)) + day


def day_text(number: int) -> str:
    """`2022-04-26`."""
    year = max(1, number // 366)
    while _days_before(year + 1) < number:
        year += 1
    rest, month = number - _days_before(year), 1
    while month < 12 and rest > _days_in(year, month):
        rest, month = rest - _days_in(year, month), month + 1
    return f"{year:04}-{month:02}-{rest:02}"


def _days_before(year: int) -> int:
    past = year - 1
    return 365 * past + past // 4 - past // 100 + past // 400


def _days_in(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]
