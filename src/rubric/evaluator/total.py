"""The total, and what the rules of the table that reach it make of it.

Takes the scores of all indicators by what is not applicable; gives the total with its trace. In this order: the sum, scaled
where points are not applicable; then the rules on the total, each a cap; the grade comes after, from what is left. Never an
indicator: a rule on the total changes none of them.
"""

from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.intervals import Range, exactly
from rubric.evaluator.branches import Branches, capped, totals_of
from rubric.evaluator.outcome import NONE_MISSING, MissingKey, Step, StepKind
from rubric.evaluator.overrides import override_step
from rubric.evaluator.quantities import Setting, decide


@attrs.frozen
class Total:
    """`low` and `high` are the same once it is decided; `points` the base that remains. `missing` are the facts that only
    the rules on the total still ask for, each with the points it could change.
    """

    low: Fraction
    high: Fraction
    points: Fraction
    steps: tuple[Step, ...] = ()
    missing: tuple[tuple[MissingKey, Fraction], ...] = ()


def total_of(setting: Setting, program: core.Program, indicators: list[Branches]) -> Total:
    """The total of what the indicators give. Without a rule that reaches it there are no steps."""
    low, high, points = totals_of(program, indicators)
    if not program.scoring.overrides:
        return Total(low, high, points)
    before = value = Range(low, high)
    steps: list[Step] = [Step(StepKind.QUANTITY, "总分", value=before)]
    open_stakes: dict[MissingKey, Fraction] = {}
    for override in program.scoring.overrides:
        truth = decide(setting, override.condition)
        steps.append(override_step(override, truth))
        reached = capped(value, _most(override), truth.holds)
        for key in truth.missing if truth.holds is None else NONE_MISSING:
            open_stakes[key] = max(open_stakes.get(key, Fraction(0)), high - _most(override))
        if truth.holds is True and reached != value:
            steps.append(Step(StepKind.CAP, text=override.text, value=exactly(_most(override)), span=override.span))
        value = reached
    assert value.low is not None and value.high is not None
    missing = tuple((key, stake) for key, stake in sorted(open_stakes.items(), key=str) if stake > 0)
    return Total(value.low, value.high, points, tuple(steps), missing)


def _most(override: core.Override) -> Fraction:
    return override.cap if override.cap is not None else Fraction(0)
