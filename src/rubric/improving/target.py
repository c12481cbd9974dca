"""The total that is wanted.

Takes the words of a user (`90`, `优`, `+2`), the rubric and where the department stands; gives the totals that are enough, or a finding.
Never a total that the words do not name.
"""

import re
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.numbers import fixed, plain
from rubric.diagnostics.model import Checked
from rubric.improving import errors

_NUMBER = re.compile(r"([+＋]?)\s*(\d+(?:\.\d+)?)\s*分?")
_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")


@attrs.frozen
class Target:
    """Every total from `low` on, `low` itself only where it is `inclusive`. `words` name it: `90 分`, `优`."""

    words: str
    low: Fraction
    inclusive: bool = True

    def reached(self, total: Fraction) -> bool:
        return self.low <= total if self.inclusive else self.low < total


def target_of(words: str, program: core.Program, total: Fraction) -> Checked[Target | None]:
    """A number of points, a grade of the rubric, or points more than `total`."""
    written = words.strip()
    found = _NUMBER.fullmatch(written.translate(_DIGITS))
    if found is not None:
        points = Fraction(found[2])
        target = Target(f"{plain(points, 12)} 分", points)
        if found[1]:
            target = Target(
                f"{fixed(total + points, program.scoring.places)} 分（再得 {plain(points, 12)} 分）", total + points
            )
        return Checked(target)
    grade = next((g for g in program.scoring.grades if g.name == written), None)
    if grade is None:
        return Checked(None, (errors.unknown_target(words, [g.name for g in program.scoring.grades]),))
    return Checked(Target(f"“{grade.name}”", grade.low or Fraction(0), grade.low is None or grade.low_inclusive))
