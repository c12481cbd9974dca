"""Ranges and bands: the algebra of values not (yet) known exactly, and of sets of values.

`Range` is what the evaluator computes with: a closed range of rationals, a single point when everything is known.
Arithmetic encloses: the result holds every value the operation can give for values of its operands (Moore, *Interval
Analysis*, 1966). `Interval` has open and closed ends and serves the analysis of bands. Never a float.
"""

from fractions import Fraction

import attrs

ZERO = Fraction(0)


@attrs.frozen
class Range:
    """All rationals from `low` to `high`, both included; None is unbounded."""

    low: Fraction | None
    high: Fraction | None

    @property
    def point(self) -> Fraction | None:
        """The only value, if there is only one."""
        # `exactly` gives both ends the same number: most ranges need no comparison.
        return self.low if self.low is self.high or (self.low is not None and self.low == self.high) else None

    def __contains__(self, value: Fraction) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


EVERYTHING = Range(None, None)


def exactly(value: Fraction) -> Range:
    return Range(value, value)


def add(left: Range, right: Range) -> Range:
    one, other = left.point, right.point
    if one is not None and other is not None:
        return exactly(one + other)
    low = None if left.low is None or right.low is None else left.low + right.low
    high = None if left.high is None or right.high is None else left.high + right.high
    return Range(low, high)


def negate(operand: Range) -> Range:
    if operand.point is not None:
        return exactly(-operand.point)
    return Range(
        None if operand.high is None else -operand.high,
        None if operand.low is None else -operand.low,
    )


def subtract(left: Range, right: Range) -> Range:
    return add(left, negate(right))


def multiply(left: Range, right: Range) -> Range:
    one, other = left.point, right.point
    if one is not None and other is not None:
        return exactly(one * other)
    if one == ZERO or other == ZERO:
        return exactly(ZERO)
    if _is_above_zero(left) and _is_above_zero(right):
        return Range(_product(left.low, right.low), _product(left.high, right.high))
    ends = [_times(a, b) for a in _ends(left) for b in _ends(right)]
    return Range(_finite(min(ends)), _finite(max(ends)))


def divide(left: Range, right: Range) -> Range:
    """A divisor that can be 0 inside the range makes the quotient unbounded on the sides it can reach."""
    dividend, divisor = left.point, right.point
    if dividend is not None and divisor:
        return exactly(dividend / divisor)
    if divisor is not None and divisor.numerator > 0:
        return Range(
            None if left.low is None else left.low / divisor, None if left.high is None else left.high / divisor
        )
    if right.low is not None and right.low > 0:
        return multiply(left, Range(ZERO if right.high is None else 1 / right.high, 1 / right.low))
    if right.high is not None and right.high < 0:
        return negate(divide(left, negate(right)))
    if right.low == ZERO and left.low is not None and left.low >= 0:
        return Range(ZERO if right.high is None else left.low / right.high if right.high else ZERO, None)
    return EVERYTHING


def least(operands: tuple[Range, ...]) -> Range:
    lows = [r.low for r in operands]
    highs = [r.high for r in operands if r.high is not None]
    return Range(None if None in lows else min(x for x in lows if x is not None), min(highs) if highs else None)


def greatest(operands: tuple[Range, ...]) -> Range:
    return negate(least(tuple(negate(r) for r in operands)))


def absolute(operand: Range) -> Range:
    if operand.low is not None and operand.low >= 0:
        return operand
    if operand.high is not None and operand.high <= 0:
        return negate(operand)
    if operand.low is None or operand.high is None:
        return Range(ZERO, None)
    return Range(ZERO, max(-operand.low, operand.high))


def hull(left: Range, right: Range) -> Range:
    low = None if left.low is None or right.low is None else min(left.low, right.low)
    high = None if left.high is None or right.high is None else max(left.high, right.high)
    return Range(low, high)


def clamp(operand: Range, low: Fraction, high: Fraction | None) -> Range:
    """`operand` brought into `[low, high]`; without `high` there is no upper end."""
    if high is None:
        return greatest((operand, exactly(low)))
    value = operand.point
    if value is not None:
        return operand if low <= value <= high else exactly(low if value < low else high)
    first = low if operand.low is None or operand.low < low else min(operand.low, high)
    last = high if operand.high is None or operand.high > high else max(operand.high, low)
    return Range(first, last)


# An end is (−1, 0) for −∞, (0, x) for x, (1, 0) for +∞: ordered as the number line.
_End = tuple[int, Fraction]


def _is_above_zero(operand: Range) -> bool:
    return operand.low is not None and operand.low.numerator > 0


def _product(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left * right


def _ends(operand: Range) -> tuple[_End, _End]:
    low = (-1, ZERO) if operand.low is None else (0, operand.low)
    high = (1, ZERO) if operand.high is None else (0, operand.high)
    return low, high


def _times(left: _End, right: _End) -> _End:
    if left[0] == 0 and right[0] == 0:
        return 0, left[1] * right[1]
    sign = _sign(left) * _sign(right)
    return (sign, ZERO)


def _sign(end: _End) -> int:
    return end[0] if end[0] else (end[1] > 0) - (end[1] < 0)


def _finite(end: _End) -> Fraction | None:
    return end[1] if end[0] == 0 else None


# --- bands ------------------------------------------------------------------------------------------------------------


@attrs.frozen
class Interval:
    """A band: from `low` to `high`, each end `inclusive` or not; None is unbounded."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_inclusive: bool = False
    high_inclusive: bool = False

    def __contains__(self, value: Fraction) -> bool:
        above = self.low is None or self.low < value or (self.low_inclusive and self.low == value)
        below = self.high is None or value < self.high or (self.high_inclusive and self.high == value)
        return above and below

    @property
    def is_empty(self) -> bool:
        if self.low is None or self.high is None or self.low < self.high:
            return False
        return not (self.low == self.high and self.low_inclusive and self.high_inclusive)


def _low_key(interval: Interval) -> tuple[int, Fraction, int]:
    return (-1, ZERO, 0) if interval.low is None else (0, interval.low, 0 if interval.low_inclusive else 1)


def _high_key(interval: Interval) -> tuple[int, Fraction, int]:
    return (1, ZERO, 0) if interval.high is None else (0, interval.high, 1 if interval.high_inclusive else 0)


def intersect(left: Interval, right: Interval) -> Interval:
    """The values in both."""
    low = max(left, right, key=_low_key)
    high = min(left, right, key=_high_key)
    return Interval(low.low, high.high, low.low_inclusive, high.high_inclusive)


def complement(interval: Interval) -> tuple[Interval, ...]:
    """The values outside, as at most two bands."""
    below = Interval(None, interval.low, False, not interval.low_inclusive)
    above = Interval(interval.high, None, not interval.high_inclusive, False)
    sides = (below if interval.low is not None else None, above if interval.high is not None else None)
    if interval.is_empty:
        return (Interval(),)
    return tuple(side for side in sides if side is not None)


def remove(bands: tuple[Interval, ...], taken: Interval) -> tuple[Interval, ...]:
    """What is left of `bands` without the values of `taken`."""
    left = (intersect(band, side) for band in bands for side in complement(taken))
    return tuple(band for band in left if not band.is_empty)


def gaps(universe: Interval, bands: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """The values of `universe` that no band holds, from low to high."""
    rest = () if universe.is_empty else (universe,)
    for band in bands:
        rest = remove(rest, band)
    return tuple(sorted(rest, key=_low_key))


# --- sets of values ---------------------------------------------------------------------------------------------------
# A set is a tuple of bands in canonical form: none empty, from low to high, no two that meet or touch. Equal sets are
# then equal tuples.

NOTHING: tuple[Interval, ...] = ()
LINE: tuple[Interval, ...] = (Interval(),)


def canonical(bands: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """The same values as bands that neither meet nor touch, from low to high."""
    found: list[Interval] = []
    for band in sorted((b for b in bands if not b.is_empty), key=_low_key):
        if found and _touch(found[-1], band):
            low, high = found[-1], max(found[-1], band, key=_high_key)
            found[-1] = _band(low.low, high.high, low.low_inclusive, high.high_inclusive)
        else:
            found.append(_band(band.low, band.high, band.low_inclusive, band.high_inclusive))
    return tuple(found)


def union(left: tuple[Interval, ...], right: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """The values in either set."""
    return canonical((*left, *right))


def intersection(left: tuple[Interval, ...], right: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """The values in both sets."""
    return canonical(tuple(intersect(a, b) for a in left for b in right))


def outside(bands: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """The values in no band."""
    return canonical(gaps(Interval(), bands))


def difference(left: tuple[Interval, ...], right: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """The values of `left` that are not in `right`."""
    return intersection(left, outside(right))


def on_lattice(band: Interval, step: Fraction, offset: Fraction = ZERO) -> Interval:
    """`band` closed on the values `offset + n·step` it holds: the whole numbers of `(4, 7)` are `[5, 6]`."""
    low, high = band.low, band.high
    if low is not None:
        count = (low - offset) / step
        whole = Fraction(-(-count.numerator // count.denominator))
        low = offset + step * (whole + 1 if whole == count and not band.low_inclusive else whole)
    if high is not None:
        count = (high - offset) / step
        whole = Fraction(count.numerator // count.denominator)
        high = offset + step * (whole - 1 if whole == count and not band.high_inclusive else whole)
    return _band(low, high, True, True)


def _band(low: Fraction | None, high: Fraction | None, low_inclusive: bool, high_inclusive: bool) -> Interval:
    return Interval(low, high, low_inclusive and low is not None, high_inclusive and high is not None)


def _touch(left: Interval, right: Interval) -> bool:
    """Whether nothing lies between `left` and `right`, which does not begin before it."""
    if left.high is None or right.low is None:
        return True
    return right.low < left.high or (right.low == left.high and (right.low_inclusive or left.high_inclusive))
