"""Totals of records that differ little from one another.

Takes a program and a whole record; gives the totals of records near it. Never another total than the evaluator's: of a record
near by, the indicators that read what is other are evaluated anew, and the others give what they gave.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

from rubric.core import program as core
from rubric.core.record import Record
from rubric.core.walk import data_used
from rubric.evaluator.branches import Branches
from rubric.evaluator.evaluate import evaluate_indicator, setting_of
from rubric.evaluator.outcome import Status
from rubric.evaluator.quantities import Setting
from rubric.evaluator.total import total_of

K = TypeVar("K")
V = TypeVar("V")


class NearTotals:
    """A context object of this room, made for one record and one set of readings."""

    def __init__(self, program: core.Program, base: Record, readings: Mapping[str, int] | None = None) -> None:
        self.program, self._base, self._readings = program, base, readings
        self._counted = [i for i in program.indicators if i.yields is core.Yields.POINTS]
        self._used = {i.name: frozenset(data_used((i.rule, i.overrides))) for i in self._counted}
        setting = setting_of(program, base, readings)
        self._known = {i.name: self._score(setting, i) for i in self._counted}

    def total(self, record: Record) -> Fraction | None:
        """None while an indicator is pending. The readings of the record are those of the first one."""
        moved = {name for name, _ in _other(self._base.facts, record.facts)}
        judged = {name for name, _ in _other(self._base.judgements, record.judgements)}
        setting = setting_of(self.program, record, self._readings)
        scores = [
            self._score(setting, i)
            if i.name in judged or not moved.isdisjoint(self._used[i.name])
            else self._known[i.name]
            for i in self._counted
        ]
        reached = total_of(setting, self.program, [branches for branches, _ in scores])
        return reached.low if reached.low == reached.high and not any(pending for _, pending in scores) else None

    def _score(self, setting: Setting, indicator: core.Indicator) -> tuple[Branches, bool]:
        outcome, branches, _ = evaluate_indicator(setting, self.program, indicator)
        return branches, outcome.status is Status.PENDING


def _other(one: Mapping[K, V], other: Mapping[K, V]) -> set[K]:
    """The keys of which the two say something else."""
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}
