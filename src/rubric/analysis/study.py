"""What a check looks at with the evaluator, beside findings and proofs.

Takes a program, and a record where one is given; gives how far judgement moves the total. Never a finding.
"""

import attrs

from rubric.analysis.discretion import Discretion, discretion_of
from rubric.core.program import Program
from rubric.core.record import Record


@attrs.frozen
class Study:
    """`discretion` is None where nothing is left to judgement."""

    discretion: Discretion | None


def study_of(program: Program, record: Record | None = None) -> Study:
    """Of a whole table; `record` are the facts of a department to look at too."""
    return Study(discretion_of(program, record))
