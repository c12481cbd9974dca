"""Laws of ranges, bands and rounding."""

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

from hypothesis import given, strategies as st

from rubric.core import intervals
from rubric.core.intervals import Interval, Range
from rubric.core.numbers import exact, fixed, plain, round_half_up

NUMBERS = st.sampled_from([Fraction(n, 2) for n in range(-4, 5)]) | st.fractions(-100, 100, max_denominator=50)
ENDS = st.none() | NUMBERS
PLACES = st.integers(0, 6)


@st.composite
def ranges_with_a_value(draw: st.DrawFn) -> tuple[Range, Fraction]:
    """A range, bounded or not, and a value in it."""
    low, value, high = sorted(draw(st.lists(NUMBERS, min_size=3, max_size=3)))
    return Range(draw(st.sampled_from((low, value, None))), draw(st.sampled_from((high, value, None)))), value


RANGES = ranges_with_a_value()

# --- ranges enclose ---------------------------------------------------------------------------------------------------

OPERATIONS: dict[Callable[[Range, Range], Range], Callable[[Fraction, Fraction], Fraction]] = {
    intervals.add: lambda a, b: a + b,
    intervals.subtract: lambda a, b: a - b,
    intervals.multiply: lambda a, b: a * b,
}


@given(RANGES, RANGES, st.sampled_from(list(OPERATIONS)))
def test_operation_encloses_its_values(
    left: tuple[Range, Fraction], right: tuple[Range, Fraction], operation: Callable[[Range, Range], Range]
) -> None:
    assert OPERATIONS[operation](left[1], right[1]) in operation(left[0], right[0])


@given(RANGES, RANGES)
def test_quotient_encloses_its_values(left: tuple[Range, Fraction], right: tuple[Range, Fraction]) -> None:
    quotient = intervals.divide(left[0], right[0])
    if right[1] != 0:
        assert left[1] / right[1] in quotient


@given(RANGES)
def test_functions_of_one_range_enclose(operand: tuple[Range, Fraction]) -> None:
    inside, value = operand
    assert -value in intervals.negate(inside)
    assert abs(value) in intervals.absolute(inside)
    assert min(max(value, Fraction(0)), Fraction(2)) in intervals.clamp(inside, Fraction(0), Fraction(2))


@given(st.lists(RANGES, min_size=1, max_size=4))
def test_least_and_greatest_enclose(operands: list[tuple[Range, Fraction]]) -> None:
    inside, values = tuple(r for r, _ in operands), [v for _, v in operands]
    assert min(values) in intervals.least(inside)
    assert max(values) in intervals.greatest(inside)


@given(RANGES, RANGES)
def test_hull_holds_both(left: tuple[Range, Fraction], right: tuple[Range, Fraction]) -> None:
    hull = intervals.hull(left[0], right[0])
    assert left[1] in hull and right[1] in hull
    assert hull == intervals.hull(right[0], left[0])


@given(NUMBERS, NUMBERS)
def test_points_give_points(left: Fraction, right: Fraction) -> None:
    a, b = intervals.exactly(left), intervals.exactly(right)
    for ranged, plainly in OPERATIONS.items():
        assert ranged(a, b).point == plainly(left, right)
    if right != 0:
        assert intervals.divide(a, b).point == left / right


@given(RANGES, RANGES)
def test_narrower_operands_give_narrower_results(left: tuple[Range, Fraction], right: tuple[Range, Fraction]) -> None:
    """What the proof of the missing-facts law rests on."""
    narrow, wide = intervals.exactly(left[1]), left[0]
    for operation in (*OPERATIONS, intervals.divide, intervals.hull):
        if operation is intervals.divide and right[0].point == 0:
            continue
        small, large = operation(narrow, right[0]), operation(wide, right[0])
        assert intervals.hull(small, large) == large


# --- bands ------------------------------------------------------------------------------------------------------------

BANDS = st.builds(Interval, ENDS, ENDS, st.booleans(), st.booleans())


@given(BANDS, BANDS, NUMBERS)
def test_intersection_agrees_with_membership(left: Interval, right: Interval, value: Fraction) -> None:
    assert (value in intervals.intersect(left, right)) == (value in left and value in right)


@given(BANDS, NUMBERS)
def test_complement_agrees_with_membership(band: Interval, value: Fraction) -> None:
    assert sum(value in side for side in intervals.complement(band)) == (value not in band)


@given(BANDS, st.lists(BANDS, max_size=4), NUMBERS)
def test_gaps_agree_with_membership(universe: Interval, bands: list[Interval], value: Fraction) -> None:
    found = intervals.gaps(universe, tuple(bands))
    in_gap = value in universe and not any(value in band for band in bands)
    assert sum(value in gap for gap in found) == in_gap
    assert not any(gap.is_empty for gap in found)


def test_nothing_is_missing_from_an_empty_universe() -> None:
    assert intervals.gaps(Interval(Fraction(-2), Fraction(-2)), ()) == ()


@given(BANDS, NUMBERS)
def test_nothing_lies_in_an_empty_band(band: Interval, value: Fraction) -> None:
    assert not (band.is_empty and value in band)


# --- rounding ---------------------------------------------------------------------------------------------------------


@given(NUMBERS, PLACES)
def test_rounding_is_nearest_and_ties_go_away_from_zero(value: Fraction, places: int) -> None:
    scaled = abs(value) * 10**places
    below, above = floor(scaled), ceil(scaled)
    nearest = above if above - scaled <= scaled - below else below
    assert abs(round_half_up(value, places)) * 10**places == nearest


@given(NUMBERS, PLACES)
def test_rounding_keeps_sign_and_settles(value: Fraction, places: int) -> None:
    rounded = round_half_up(value, places)
    assert round_half_up(-value, places) == -rounded
    assert round_half_up(rounded, places) == rounded
    assert abs(rounded - value) * 2 * 10**places <= 1


@given(NUMBERS, NUMBERS, PLACES)
def test_rounding_is_monotone(left: Fraction, right: Fraction, places: int) -> None:
    low, high = sorted((left, right))
    assert round_half_up(low, places) <= round_half_up(high, places)


@given(st.integers(-(10**6), 10**6), PLACES)
def test_exact_ties_round_away_from_zero(whole: int, places: int) -> None:
    tie = (abs(whole) + Fraction(1, 2)) / 10**places
    assert round_half_up(tie, places) == Fraction(abs(whole) + 1, 10**places)


@given(NUMBERS, PLACES)
def test_fixed_text_reads_back(value: Fraction, places: int) -> None:
    text = fixed(value, places)
    assert exact(text) == round_half_up(value, places)
    assert len(text.partition(".")[2]) == places


@given(NUMBERS, PLACES)
def test_plain_text_is_the_shortest(value: Fraction, places: int) -> None:
    text = plain(value, places)
    assert exact(text) == round_half_up(value, places)
    assert text == "0" or not ("." in text and text.endswith(("0", ".")))
