"""Values as people write them."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from reporting.samples import ITEMS, MONEY, RATE
from rubric.core.intervals import EVERYTHING, Range, exactly
from rubric.core.program import Unit
from rubric.reporting.quantities import exact_text, points_range, quantity, signed


@pytest.mark.parametrize(
    ("value", "unit", "computed", "spaced", "shown"),
    [
        (Fraction(1460800), MONEY, False, False, "146.08万元"),
        (Fraction(1460800), MONEY, False, True, "146.08 万元"),
        (Fraction(14608, 14629), RATE, True, False, "99.86%"),
        (Fraction(1), RATE, True, True, "100%"),
        (Fraction(812, 1000), RATE, True, False, "81.20%"),
        (Fraction("0.94996"), RATE, False, False, "94.996%"),
        (Fraction("0.949996"), RATE, True, False, "94.9996%"),
        (Fraction("1.00001"), RATE, True, False, "100.001%"),
        (Fraction(0), ITEMS, False, True, "0 项"),
        (Fraction(1, 3), None, False, False, "0.3333"),
    ],
)
def test_a_value_with_its_unit(value: Fraction, unit: Unit | None, computed: bool, spaced: bool, shown: str) -> None:
    assert quantity(exactly(value), unit, computed=computed, spaced=spaced) == shown


def test_what_is_not_known() -> None:
    assert quantity(None, RATE) == quantity(EVERYTHING, RATE) == "待定"
    assert quantity(Range(Fraction(0), Fraction(1)), RATE) == "0%～100%"
    assert quantity(Range(Fraction(3), None), ITEMS) == "3项以上"
    assert quantity(Range(None, Fraction(3)), ITEMS) == "3项以内"


@given(st.fractions(0, 2, max_denominator=10**6), st.integers(0, 200))
def test_a_rate_never_seems_to_lie_on_a_whole_percentage(value: Fraction, percent: int) -> None:
    if value != Fraction(percent, 100):
        assert quantity(exactly(value), RATE, computed=True) not in (f"{percent}%", f"{percent}.00%")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(4), "4"),
        (Fraction("4.91"), "4.91"),
        (Fraction(3931, 800), "3931/800 = 4.91375"),
        (Fraction(3931, 1200), "3931/1200，约 3.275833"),
    ],
)
def test_a_fraction_with_its_decimal(value: Fraction, shown: str) -> None:
    assert exact_text(value) == shown


def test_differences_and_ranges_of_points() -> None:
    assert [signed(Fraction(text), 2) for text in ("2", "-0.1", "0", "0.001")] == ["+2.00", "-0.10", "0.00", "0.00"]
    assert points_range(Range(Fraction(1), Fraction(6)), 2) == "1.00～6.00"
    assert points_range(exactly(Fraction(4)), 2) == "4.00"
