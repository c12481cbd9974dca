"""Grades that leave totals out, meet twice, or can never be reached.

Takes the grades of 计分办法; gives what is wrong with them over all totals from 0 to the points of the table, at the
decimals that a total has. Never says anything of a table without grades.
"""

from collections.abc import Iterator
from fractions import Fraction

from rubric.analysis import band_errors
from rubric.core.intervals import NOTHING, Interval, canonical, difference, gaps, intersection, on_lattice, union
from rubric.core.program import GradeBand, Program
from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText

Values = tuple[Interval, ...]


def check_grades(source: SourceText, program: Program) -> Iterator[Diagnostic]:
    """Findings about the line 等级."""
    grades = program.scoring.grades
    if not grades or program.points <= 0:
        return
    everything = Interval(Fraction(0), program.points, True, True)
    step = Fraction(1, 10**program.scoring.places)

    def possible(values: Values) -> Values:
        return canonical(tuple(on_lattice(band, step) for band in intersection(values, (everything,))))

    sets = [_values(grade) for grade in grades]
    taken: Values = NOTHING
    for index, (grade, values) in enumerate(zip(grades, sets, strict=True)):
        before = [g for g, other in zip(grades[:index], sets, strict=False) if possible(intersection(values, other))]
        overlap = possible(intersection(values, taken))
        if not possible(values):
            yield band_errors.unreachable_grade(source, grade, program.points)
        elif not possible(difference(values, taken)):
            yield band_errors.covered_grade(source, grade, before)
        elif overlap and before[0].name != grade.name:
            yield band_errors.overlapping_grades(source, before[0], grade, overlap[0])
        taken = union(taken, values)
    for gap in gaps(everything, taken):
        if rest := possible((gap,)):
            above = [g for g in grades if g.low is not None and gap.high is not None and g.low >= gap.high]
            upper = min(above, key=lambda g: g.low or Fraction(0), default=None)
            yield band_errors.gap_between_grades(source, grades, rest[0], gap, upper)


def _values(grade: GradeBand) -> Values:
    return canonical((Interval(grade.low, grade.high, grade.low_inclusive, grade.high_inclusive),))
