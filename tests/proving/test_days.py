"""Time between days as the solver counts it is the time that the evaluator counts."""

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from rubric.core.dates import Calendar, day_number, months_between, working_day_after, working_days_between
from rubric.core.program import TimeMeasure
from rubric.proving import solver
from rubric.proving.days import day_after_term, elapsed_term
from rubric.proving.solver import Answer, Question, Term, number
from rubric.proving.space import Space

pytest.importorskip("z3")

FIRST = day_number(2022, 1, 1) or 0
DAYS = st.integers(FIRST, FIRST + 800)
CALENDARS = st.builds(
    Calendar,
    st.just((2022, 2023)),
    st.lists(DAYS, max_size=12, unique=True).map(tuple),
    st.lists(DAYS, max_size=6, unique=True).map(tuple),
)
QUICK = settings(max_examples=30, deadline=None)


def can_be(space: Space, term: Term, value: Fraction, *facts: Term) -> bool:
    """Whether a term can have this value, and no other, where the facts hold."""
    question = Question()
    question.add(*space.constraints, *facts)
    return question.ask(term == number(value)) is Answer.YES and question.ask(term != number(value)) is Answer.NO


@QUICK
@given(CALENDARS, DAYS, DAYS)
def test_working_days_are_exact_for_any_two_days(calendar: Calendar, start: int, end: int) -> None:
    space, first, last = Space(), solver.whole("始"), solver.whole("终")
    term = elapsed_term(space, calendar, TimeMeasure.WORKING_DAYS, first, last)
    facts = first == number(Fraction(start)), last == number(Fraction(end))
    assert can_be(space, term, Fraction(working_days_between(calendar, start, end)), *facts)


@QUICK
@given(CALENDARS, DAYS, st.integers(0, 30))
def test_the_day_that_ends_a_limit_is_exact(calendar: Calendar, day: int, count: int) -> None:
    space, start = Space(), solver.whole("始")
    term = day_after_term(space, calendar, TimeMeasure.WORKING_DAYS, start, count)
    wanted = Fraction(working_day_after(calendar, day, count))
    assert can_be(space, term, wanted, start == number(Fraction(day)))
    assert (
        solver.value_of(day_after_term(space, calendar, TimeMeasure.WORKING_DAYS, number(Fraction(day)), count))
        == wanted
    )


@QUICK
@given(DAYS, DAYS, st.integers(1, 30))
def test_months_are_never_said_to_be_what_they_are_not(start: int, end: int, count: int) -> None:
    space, last = Space(), solver.whole("终")
    term = elapsed_term(space, Calendar(), TimeMeasure.MONTHS, number(Fraction(start)), last)
    elapsed_term(space, Calendar(), TimeMeasure.MONTHS, number(Fraction(start + count)), last)
    question = Question()
    question.add(*space.constraints, last == number(Fraction(end)))
    value = months_between(start, end)
    assert question.ask(term == number(value)) is Answer.YES
    reached = term >= number(Fraction(count))
    assert question.ask(reached if value < count else solver.negated(reached)) is Answer.NO
