"""Sets of values obey the laws of sets, and agree with membership."""

from fractions import Fraction

from hypothesis import given, strategies as st

from rubric.core.intervals import (
    LINE,
    NOTHING,
    Interval,
    canonical,
    difference,
    intersection,
    on_lattice,
    outside,
    union,
)

Values = tuple[Interval, ...]
POOL = tuple(Fraction(n, d) for n in range(-4, 5) for d in (1, 2, 3))
_ends = st.none() | st.sampled_from(POOL)
_bands = st.builds(Interval, _ends, _ends, st.booleans(), st.booleans())
_any = st.lists(_bands, max_size=4).map(tuple)
sets: st.SearchStrategy[Values] = _any.map(canonical)
values = st.sampled_from(POOL) | st.fractions(-6, 6, max_denominator=12)


def holds(bands: Values, value: Fraction) -> bool:
    return any(value in band for band in bands)


@given(_any, values)
def test_the_canonical_form_holds_the_same_values(bands: Values, value: Fraction) -> None:
    assert holds(canonical(bands), value) == holds(bands, value)


@given(_any)
def test_the_canonical_form_is_a_form(bands: Values) -> None:
    assert canonical(canonical(bands)) == canonical(bands) == canonical(bands[::-1])


@given(sets, sets, values)
def test_agreement_with_membership(left: Values, right: Values, value: Fraction) -> None:
    assert holds(union(left, right), value) == (holds(left, value) or holds(right, value))
    assert holds(intersection(left, right), value) == (holds(left, value) and holds(right, value))
    assert holds(difference(left, right), value) == (holds(left, value) and not holds(right, value))
    assert holds(outside(left), value) != holds(left, value)


@given(sets)
def test_identity(some: Values) -> None:
    assert union(some, NOTHING) == some == intersection(some, LINE)
    assert union(some, LINE) == LINE
    assert intersection(some, NOTHING) == NOTHING


@given(sets)
def test_idempotence(some: Values) -> None:
    assert union(some, some) == some == intersection(some, some)


@given(sets, sets)
def test_commutativity(left: Values, right: Values) -> None:
    assert union(left, right) == union(right, left)
    assert intersection(left, right) == intersection(right, left)


@given(sets, sets, sets)
def test_associativity(first: Values, second: Values, third: Values) -> None:
    assert union(union(first, second), third) == union(first, union(second, third))
    assert intersection(intersection(first, second), third) == intersection(first, intersection(second, third))


@given(sets, sets, sets)
def test_distributivity(first: Values, second: Values, third: Values) -> None:
    assert intersection(first, union(second, third)) == union(intersection(first, second), intersection(first, third))
    assert union(first, intersection(second, third)) == intersection(union(first, second), union(first, third))


@given(sets, sets)
def test_de_morgan(left: Values, right: Values) -> None:
    assert outside(union(left, right)) == intersection(outside(left), outside(right))
    assert outside(intersection(left, right)) == union(outside(left), outside(right))


@given(sets)
def test_what_is_outside_the_outside_is_inside(some: Values) -> None:
    assert outside(outside(some)) == some
    assert union(some, outside(some)) == LINE
    assert intersection(some, outside(some)) == NOTHING


@given(_bands, st.sampled_from((Fraction(1), Fraction(1, 2), Fraction(3))), st.sampled_from(POOL))
def test_a_lattice_keeps_its_values_and_no_others(band: Interval, step: Fraction, offset: Fraction) -> None:
    closed = on_lattice(band, step, offset)
    for count in range(-20, 21):
        value = offset + count * step
        assert (value in band) == (value in closed)
    assert all(end is None or ((end - offset) / step).denominator == 1 for end in (closed.low, closed.high))
