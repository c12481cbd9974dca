"""One claimed score under examination.

Takes nothing; gives the values that verdicts, reasons and findings share. Never decides.
"""

from fractions import Fraction
from typing import NamedTuple

from rubric.audit.search import Search
from rubric.core.numbers import fixed, plain
from rubric.core.program import Indicator, Program
from rubric.evaluator.outcome import IndicatorOutcome
from rubric.evaluator.quantities import Setting
from rubric.source import SourceText


class Nearest(NamedTuple):
    """An attainable score and the values that give it, in words: `「已完成项目数」27 个`."""

    score: Fraction
    values: tuple[str, ...]


class Case(NamedTuple):
    """`setting` holds the facts as they are; `search` knows everything that could be."""

    program: Program
    setting: Setting
    outcome: IndicatorOutcome
    claimed: Fraction
    search: Search
    places: int
    source: SourceText | None

    @property
    def indicator(self) -> Indicator:
        return self.outcome.indicator

    @property
    def claim(self) -> str:
        """The claimed score as it is printed; one with more decimals than the rubric's keeps them."""
        text = fixed(self.claimed, self.places)
        return text if Fraction(text) == self.claimed else plain(self.claimed, 8)

    def points(self, value: Fraction) -> str:
        return fixed(value, self.places)
