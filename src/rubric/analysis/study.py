"""What a check looks at with the evaluator, beside findings and proofs.

Takes a program, and a record where one is given; gives how far judgement moves the total, and what each indicator can yield.
Never a finding.
"""

import attrs

from rubric.analysis.discretion import Discretion, discretion_of
from rubric.analysis.reach_sums import IndicatorReach, reach_of
from rubric.core.program import Program
from rubric.core.record import Record


@attrs.frozen
class Study:
    """`discretion` is None where nothing is left to judgement; `reach` has every indicator in the order of the table."""

    discretion: Discretion | None
    reach: tuple[IndicatorReach, ...] = ()


def study_of(program: Program, record: Record | None = None) -> Study:
    """Of a whole table; `record` are the facts of a department to look at too."""
    return Study(discretion_of(program, record), reach_of(program))
