"""A clause that gives a grade: `90分（含）以上为优，80分（含）-90分为良，…`.

Takes the clause and the one number given beside it; gives the name of the band that holds the number. The bands are read
as a line 等级 of 计分办法 is.
"""

from collections.abc import Mapping
from fractions import Fraction

from rubric.core.intervals import Interval
from rubric.core.numbers import exact
from rubric.core.program import GradeBand
from rubric.semantics.scoring import grade_bands
from rubric.syntax.fold import key
from rubric.trying.declare import Given


def bands_of(text: str) -> tuple[GradeBand, ...]:
    """The bands of a grading clause, none where the text does not grade."""
    return grade_bands(key(text).rstrip("。;"))


def grade(bands: tuple[GradeBand, ...], values: Mapping[str, Given]) -> str | None:
    """The grade of the one number given; None where there is no number, several, or no band for it."""
    numbers = [n for value in values.values() if isinstance(value, str) and (n := _number(value)) is not None]
    if len(numbers) != 1:
        return None
    return next((b.name for b in bands if numbers[0] in _interval(b)), None)


def _number(text: str) -> Fraction | None:
    try:
        return exact(key(text).removesuffix("分"))
    except ValueError:
        return None


def _interval(band: GradeBand) -> Interval:
    return Interval(band.low, band.high, band.low_inclusive, band.high_inclusive)
