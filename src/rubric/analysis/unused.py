"""What the author wrote down and no sentence uses: data, 口径, alternatives that make no difference.

Takes a program; gives findings. Near names are looked for only where something is unused.
"""

import re
from collections.abc import Iterator

from rubric.analysis import errors
from rubric.analysis.ranges import World, bare
from rubric.core import program as core
from rubric.core.walk import data_used, within
from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText


def check_unused_data(source: SourceText, program: core.Program, blamed: frozenset[str]) -> Iterator[Diagnostic]:
    """Data that no rule reads, that bound no other datum and are no target (参照). `blamed` indicators have their own finding.

    Data filled in row by row also serve the person who judges, so no rule need read them.
    """
    bounds = {b.datum for d in program.data if d.uses for b in (d.low, d.high) if b is not None}
    bounds |= data_used(tuple(indicator.profiles for indicator in program.indicators)).keys()
    for datum in program.data:
        told = bool(blamed) if datum.indicator is None else datum.indicator in blamed
        rows = datum.kind is core.DatumKind.ROWS
        if not datum.uses and datum.name not in bounds and not told and not rows:
            yield errors.unused_datum(source, datum, _near(source, program, datum))


def _near(source: SourceText, program: core.Program, datum: core.Datum) -> str | None:
    """Words of the cell close to the name of the datum."""
    from rubric.semantics.near import nearest

    size = len(datum.name)
    words: dict[str, None] = {}
    for indicator in program.indicators:
        if datum.indicator in (None, indicator.name):
            for run in re.findall(r"[\w“”、（）()]+", source.slice(indicator.rule.span)):
                for length in range(max(2, size - 1), size + 2):
                    words |= dict.fromkeys(run[start : start + length] for start in range(len(run) - length + 1))
    return nearest(datum.name, words)


def check_choices(
    world: World, source: SourceText, program: core.Program, blamed: frozenset[str]
) -> Iterator[Diagnostic]:
    """口径 that no rule asks for, and those two of whose alternatives compute the same everywhere.

    What a datum measures is asked where the datum is used.
    """
    asked = {program.scoring.rounding, program.scoring.not_applicable}
    asked |= {d.measures for d in program.data if d.measures is not None}
    places: dict[str, list[core.ByReading]] = {}
    for node in within(program.indicators):
        match node:
            case core.ByReading(choice=name):
                places.setdefault(name, []).append(node)
            case core.ReadingIs(choice=name):
                asked.add(name)
            case _:
                pass
    for choice in program.choices:
        if choice.name not in asked and choice.name not in places and choice.indicator not in blamed:
            yield errors.unused_choice(source, choice)
    open_world = World(world.data)
    for name, nodes in places.items():
        for first, second in sorted(set[Pair].intersection(*(_equal(open_world, node) for node in nodes))):
            yield errors.equal_alternatives(source, program.choice(name), first, second)


Pair = tuple[int, int]


def _equal(world: World, node: core.ByReading) -> set[Pair]:
    """Which options of a reading are the same expression."""
    options = [bare(world, option) for option in node.options]
    return {(i, j) for j in range(len(options)) for i in range(j) if options[i] == options[j]}
