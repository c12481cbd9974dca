"""Sets of scores: what is added to what, shifted, scaled and cut off.

Takes sets in canonical form (`core.intervals`); gives such sets. Exact: every value of the result is made by values of the
operands, and every value so made is in it. Never a sample.
"""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from rubric.core.intervals import NOTHING, Interval, canonical

Values = tuple[Interval, ...]
_MOST = 4000


def point(value: Fraction) -> Values:
    return (Interval(value, value, True, True),)


def joined(sets: Iterable[Values]) -> Values:
    """The values in any of the sets."""
    return canonical(tuple(band for values in sets for band in values))


def added(left: Values, right: Values) -> Values | None:
    """All sums of a value of each (Minkowski, 1911); None where they are too many to list."""
    if len(left) * len(right) > _MOST:
        return None
    found: list[Interval] = []
    for one in left:
        for other in right:
            low = None if one.low is None or other.low is None else one.low + other.low
            high = None if one.high is None or other.high is None else one.high + other.high
            found.append(
                Interval(
                    low, high, one.low_inclusive and other.low_inclusive, one.high_inclusive and other.high_inclusive
                )
            )
    return canonical(tuple(found))


def scaled(values: Values, factor: Fraction) -> Values:
    if factor == 0:
        return point(Fraction(0)) if values else NOTHING
    found: list[Interval] = []
    for band in values:
        low = None if band.low is None else band.low * factor
        high = None if band.high is None else band.high * factor
        ends = (band.low_inclusive, band.high_inclusive)
        found.append(Interval(low, high, *ends) if factor > 0 else Interval(high, low, *reversed(ends)))
    return canonical(tuple(found))


def clamped(values: Values, low: Fraction, high: Fraction | None) -> Values:
    """Each value brought into `[low, high]`; without `high` there is no upper end."""
    found: list[Interval] = []
    for band in values:
        below = band.low is None or band.low < low
        above = high is not None and (band.high is None or band.high > high)
        if below:
            found.append(Interval(low, low, True, True))
        if above:
            found.append(Interval(high, high, True, True))
        found.append(
            Interval(
                low if below else band.low,
                high if above else band.high,
                below or band.low_inclusive,
                above or band.high_inclusive,
            )
        )
    return canonical(tuple(b for b in found if b.low is None or b.high is None or b.low <= b.high))


def holds_all(values: Values, others: Values) -> bool:
    """Whether every value of `others` is in `values`."""
    return canonical((*values, *others)) == values


def ends_of(values: Values) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest end; None where there is none, or nothing at all."""
    return (values[0].low, values[-1].high) if values else (None, None)


def spacing(values: Values) -> Fraction | None:
    """The step, where the set is three or more single values equally far from each other."""
    places = [band.low for band in values if band.low is not None and band.low == band.high]
    if len(places) < 3 or len(places) != len(values):
        return None
    first = places[1] - places[0]
    equal = all(after - before == first for before, after in pairwise(places))
    return first if equal else None
