"""What an item came to, in words: points, the name of a grade, an amount of money.

Takes an indicator and a value of it; gives `4.00`, `优`, `8万元`. Never a value of its own.
"""

from fractions import Fraction

from rubric.core.numbers import fixed, plain
from rubric.core.program import Indicator, Yields
from rubric.evaluator.outcome import IndicatorOutcome, Status

_MOST_PLACES = 6


def result_text(indicator: Indicator, value: Fraction, places: int) -> str:
    """One value, in the unit of what the item yields."""
    match indicator.yields:
        case Yields.POINTS:
            return fixed(value, places)
        case Yields.GRADE:
            return _grade(indicator, value)
        case Yields.AMOUNT:
            unit = indicator.unit
            return plain(value, 2) if unit is None else f"{plain(value / unit.scale, _MOST_PLACES)}{unit.name}"


def _grade(indicator: Indicator, value: Fraction) -> str:
    """The best grade the value reaches: a grade lowered beyond the worst is the worst."""
    place = max(0, min(int(value), len(indicator.grades) - 1))
    return indicator.grades[place] if indicator.grades else "待定"


def result_of(outcome: IndicatorOutcome, places: int) -> str | None:
    """What the item came to; None while it is pending, and where it does not apply."""
    if outcome.status is not Status.SCORED or outcome.score is None:
        return None
    return result_text(outcome.indicator, outcome.score, places)


def result_range(outcome: IndicatorOutcome, places: int) -> str:
    """`4.00`, or while pending all that it could be: `1.00～6.00`, `差～优`, `1.00 以上`."""
    low = result_text(outcome.indicator, outcome.low, places)
    if outcome.score is not None:
        return result_text(outcome.indicator, outcome.score, places)
    if not outcome.indicator.is_bounded:
        return f"{low}以上" if outcome.indicator.yields is Yields.AMOUNT else f"{low} 以上"
    return f"{low}～{result_text(outcome.indicator, outcome.high, places)}"


def full_text(indicator: Indicator, places: int) -> str:
    """What stands in the column of full points: the points, or what the item yields instead."""
    if indicator.yields is not Yields.POINTS:
        return indicator.yields.value
    return "不设上限" if indicator.unlimited and not indicator.points else fixed(indicator.points, places)
