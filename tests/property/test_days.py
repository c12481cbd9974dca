"""Days, months and working days, against the standard library and day by day."""

from datetime import date, timedelta

from hypothesis import given, strategies as st

from rubric.core.dates import (
    Calendar,
    day_number,
    day_parts,
    later,
    months_between,
    working_day_after,
    working_days_between,
)
from rubric.semantics.days import shipped_calendar

_DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31)).map(date.toordinal)


@given(_DAYS)
def test_a_day_has_the_number_of_its_date(number: int) -> None:
    day = date.fromordinal(number)
    assert day_parts(number) == (day.year, day.month, day.day)
    assert day_number(day.year, day.month, day.day) == number


@given(_DAYS, st.integers(0, 40))
def test_so_many_months_later_are_so_many_months(number: int, months: int) -> None:
    assert months_between(number, later(number, months)) == months


@given(_DAYS, _DAYS)
def test_months_turn_their_sign_with_the_order(start: int, end: int) -> None:
    assert months_between(start, end) == -months_between(end, start)


@given(st.integers(0, 700), st.integers(0, 90))
def test_working_days_are_counted_day_by_day(offset: int, length: int) -> None:
    calendar = shipped_calendar()
    start = date(2022, 1, 1).toordinal() + offset
    days = range(start + 1, start + length + 1)
    assert working_days_between(calendar, start, start + length) == sum(calendar.works(day) for day in days)
    assert working_days_between(calendar, start + length, start) == -sum(calendar.works(day) for day in days)


@given(st.integers(0, 600), st.integers(1, 40))
def test_a_working_day_after_is_that_many_away(offset: int, number: int) -> None:
    calendar = shipped_calendar()
    start = date(2022, 1, 1).toordinal() + offset
    end = working_day_after(calendar, start, number)
    assert calendar.works(end)
    assert working_days_between(calendar, start, end) == number


def test_the_shipped_calendar_moves_only_what_the_weekend_rule_does_not_say() -> None:
    calendar = shipped_calendar()
    assert all(date.fromordinal(day).weekday() >= 5 for day in calendar.workdays)
    assert not set(calendar.workdays) & set(calendar.holidays)
    for year, count in ((2022, 249), (2023, 249)):
        first = date(year, 1, 1)
        days = (first + timedelta(n) for n in range(365))
        assert sum(calendar.works(day.toordinal()) for day in days) == count


def test_a_calendar_of_nothing_knows_weekends() -> None:
    assert [Calendar().works(date(2023, 5, day).toordinal()) for day in (5, 6, 7, 8)] == [True, False, False, True]
