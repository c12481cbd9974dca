"""Words of the issued text that may be read in several ways, and that no line of the author settles.

Takes a program; gives a finding for each, with the score of every reading on one case and the lines that settle it. Where no
case is found on which the readings differ, nothing is said. Never decides which reading is right.
"""

from collections.abc import Iterator
from typing import assert_never

from rubric.analysis import reading_errors
from rubric.analysis.ranges import World
from rubric.analysis.reading_errors import Open
from rubric.analysis.readings import Trying, below_a_grade, differing
from rubric.core import program as core
from rubric.core.walk import choices_used
from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText

_TRYING = Trying(most=120, few=True)


def open_readings(world: World, source: SourceText, program: core.Program) -> Iterator[Diagnostic]:
    """One finding for each choice that the author has not settled, if it can change a score."""
    choices = {choice.name: choice for choice in program.choices}
    for indicator in program.indicators:
        for name in choices_used((indicator.rule, indicator.overrides)):
            choice = choices[name]
            if choice.doubt is None or choice.origin is core.ChoiceOrigin.AUTHOR:
                continue
            rounding = choice.doubt is core.Doubt.ROUNDING
            found = (below_a_grade if rounding else differing)(world, program, indicator, choice, _TRYING)
            if found is not None:
                yield _told(
                    choice.doubt, Open(source, indicator.name, choice, found, program.scoring.places, indicator.grades)
                )


def _told(doubt: core.Doubt, case: Open) -> Diagnostic:
    match doubt:
        case core.Doubt.SCOPE:
            return reading_errors.scope_open(case)
        case core.Doubt.TIMES:
            return reading_errors.times_open(case)
        case core.Doubt.DOUBLING:
            return reading_errors.doubling_open(case)
        case core.Doubt.HEAVIER:
            return reading_errors.heavier_open(case)
        case core.Doubt.BOUND:
            return reading_errors.bound_open(case)
        case core.Doubt.ORDER:
            return reading_errors.order_open(case)
        case core.Doubt.REST:
            return reading_errors.rest_open(case)
        case core.Doubt.ROUNDING:
            return reading_errors.rounding_open(case)
        case _:
            assert_never(doubt)
