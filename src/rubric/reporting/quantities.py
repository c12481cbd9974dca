"""Values as people write them.

Takes exact values in base units; gives short texts with their unit. Never a text that puts a value on the other side
of a whole percentage: 94.996% is not shown as 95.00%.
"""

from fractions import Fraction

from rubric.core.dates import day_text
from rubric.core.intervals import Range
from rubric.core.numbers import fixed, plain
from rubric.core.program import Dimension, Unit

_MOST_PLACES = 8
_UNKNOWN = "待定"


def quantity(value: Range | None, unit: Unit | None, *, computed: bool = False, spaced: bool = False) -> str:
    """`146.08万元`, `99.86%`, `80%～95%`; 待定 where nothing is known.

    A `computed` rate has two decimals, a given one those it needs. `spaced` puts the blank of running text before the
    unit.
    """
    if value is None or (value.low is None and value.high is None):
        return _UNKNOWN
    if value.point is not None:
        return _amount(value.point, unit, computed, spaced)
    if value.low is None or value.high is None:
        bound = value.high if value.low is None else value.low
        assert bound is not None
        return _amount(bound, unit, computed, spaced) + ("以内" if value.low is None else "以上")
    return f"{_amount(value.low, unit, computed, spaced)}～{_amount(value.high, unit, computed, spaced)}"


def points(value: Fraction) -> str:
    """Points before rounding, four decimals at most: `0.9986`."""
    return plain(value, 4)


def points_range(value: Range, places: int) -> str:
    """`4.00`, or `1.00～6.00` while something is missing."""
    low = fixed(value.low, places) if value.low is not None else _UNKNOWN
    high = fixed(value.high, places) if value.high is not None else _UNKNOWN
    return low if value.point is not None else f"{low}～{high}"


def exact_text(value: Fraction) -> str:
    """A fraction with its decimal: `3931/800 = 4.91375`, `3931/1200，约 3.275833`; a short decimal stands alone."""
    if value.denominator == 1:
        return str(value.numerator)
    shown = plain(value, 6)
    if Fraction(shown) != value:
        return f"{value.numerator}/{value.denominator}，约 {shown}"
    return shown if len(shown.partition(".")[2]) <= 2 else f"{value.numerator}/{value.denominator} = {shown}"


def signed(value: Fraction, places: int) -> str:
    """A difference: `+2.00`, `-0.10`, `0.00`."""
    text = fixed(value, places)
    return f"+{text}" if Fraction(text) > 0 else text


def _amount(value: Fraction, unit: Unit | None, computed: bool, spaced: bool) -> str:
    if unit is None:
        return plain(value, 4)
    if unit.dimension is Dimension.DATE:
        return day_text(int(value)) if value.denominator == 1 and value >= 1 else plain(value, 4)
    scaled = value / unit.scale if unit.scale else value
    if unit.dimension is Dimension.RATE:
        return _rate(scaled, computed) + unit.name
    gap = " " if spaced and unit.name not in ("", "%") else ""
    return f"{plain(scaled, 4)}{gap}{unit.name}"


def _rate(value: Fraction, computed: bool) -> str:
    """Decimals are added while the text would be a whole number that the value is not."""
    places = 2 if computed else 4
    while places < _MOST_PLACES and (shown := Fraction(fixed(value, places))).denominator == 1 and shown != value:
        places += 2
    short = plain(value, places)
    return fixed(value, 2) if computed and places == 2 and "." in short else short
