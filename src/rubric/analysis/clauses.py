"""What an indicator computes, clause by clause.

Takes an indicator; gives its rules with the overrides that go before them. Never looks inside a rule.
"""

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.core import program as core


@attrs.frozen
class Place:
    """A rule that gives points itself. `path` is that of its clause, "" for the whole indicator."""

    indicator: str
    path: str
    points: Fraction
    rule: core.Rule
    overrides: tuple[core.Override, ...]

    @property
    def scope(self) -> str:
        """How a line of 口径 names it."""
        return f"第{self.path}点" if self.path else "本指标"


def places_of(indicator: core.Indicator) -> Iterator[Place]:
    """Every rule of the indicator that is no sum of others."""
    yield from _places(indicator, "", indicator.points, indicator.rule, indicator.overrides)


def _places(
    indicator: core.Indicator, path: str, points: Fraction, rule: core.Rule, overrides: tuple[core.Override, ...]
) -> Iterator[Place]:
    if not isinstance(rule, core.Sum):
        yield Place(indicator.name, path, points, rule, overrides)
        return
    for clause in rule.parts:
        yield from _places(indicator, clause.path or path, clause.points, clause.rule, (*overrides, *clause.overrides))
