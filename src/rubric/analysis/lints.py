"""Findings about a compiled rubric.

Takes the source and the program; gives findings. What a score depends on is found with every compiling; notes on what is
settled are made only where someone asks to check the rubric. Never decides what the rubric means.
"""

from rubric.analysis.bands import check_bands
from rubric.analysis.clauses import places_of
from rubric.analysis.divisions import check_divisions
from rubric.analysis.floors import check_floors
from rubric.analysis.grades import check_grades
from rubric.analysis.ranges import world_of
from rubric.analysis.unused import check_choices, check_unused_data
from rubric.analysis.weights import check_weights
from rubric.core.program import BandTable, Program, Unresolved
from rubric.diagnostics.model import Diagnostic, Severity
from rubric.source import SourceText


def lint(source: SourceText, program: Program, earlier: tuple[Diagnostic, ...] = ()) -> tuple[Diagnostic, ...]:
    """Warnings: bands, divisions by 0, what is used nowhere unless an `earlier` finding of the indicator says why."""
    world = world_of(program)
    choices = {choice.name: choice for choice in program.choices}
    found: list[Diagnostic] = []
    faulty = {d.indicator for d in earlier if d.severity is Severity.ERROR}
    for indicator in (i for i in program.indicators if i.name not in faulty):
        for place in places_of(indicator):
            if isinstance(place.rule, BandTable):
                found += check_bands(world, source, indicator.name, place.rule, place.overrides)
        found += check_divisions(world, source, indicator, choices)
        found += check_weights(source, indicator)
        found += check_floors(world, source, indicator, choices)
    found += check_grades(source, program)
    blamed = frozenset(d.indicator for d in earlier if d.indicator and d.severity is not Severity.NOTE)
    blamed |= {i.name for i in program.indicators if any(isinstance(place.rule, Unresolved) for place in places_of(i))}
    found += check_unused_data(source, program, blamed)
    found += check_choices(world, source, program, blamed)
    if any(choice.doubt is not None for choice in program.choices):
        from rubric.analysis.open_readings import open_readings

        found += (d for d in open_readings(world, source, program) if d.indicator not in faulty)
    return tuple(found)


def lint_notes(source: SourceText, program: Program) -> tuple[Diagnostic, ...]:
    """Notes: scores that are cut off, settled 口径 with the results of the other readings, what is left to who fills in data."""
    from rubric.analysis.asked import check_asked
    from rubric.analysis.clamps import check_clamps
    from rubric.analysis.readings import settled_readings

    world = world_of(program)
    clamps = [d for indicator in program.indicators for d in check_clamps(world, source, indicator)]
    return (*clamps, *settled_readings(world, source, program), *check_asked(world, source, program))
