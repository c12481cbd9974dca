"""What the author wrote down and no sentence uses: data, 口径, alternatives that make no difference.

Takes a program; gives findings. Near names are looked for only where something is unused.
"""

import re
from collections.abc import Iterator

from rubric.analysis import errors
from rubric.analysis.ranges import World, bare
from rubric.core import program as core
from rubric.core.walk import choices_used, within
from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText


def check_unused_data(source: SourceText, program: core.Program) -> Iterator[Diagnostic]:
    """Data that no rule reads and that bound no other datum."""
    bounds = {b.datum for d in program.data if d.uses for b in (d.low, d.high) if b is not None}
    for datum in program.data:
        if not datum.uses and datum.name not in bounds:
            yield errors.unused_datum(source, datum, _near(source, program, datum))


def _near(source: SourceText, program: core.Program, datum: core.Datum) -> str | None:
    """Words of the cell close to the name of the datum."""
    from rubric.semantics.errors import nearest

    size = len(datum.name)
    words: dict[str, None] = {}
    for indicator in program.indicators:
        if datum.indicator in (None, indicator.name):
            for run in re.findall(r"[\w“”、（）()]+", source.slice(indicator.rule.span)):
                for length in range(max(2, size - 1), size + 2):
                    words |= dict.fromkeys(run[start : start + length] for start in range(len(run) - length + 1))
    return nearest(datum.name, words)


def check_unused_choices(source: SourceText, program: core.Program) -> Iterator[Diagnostic]:
    """口径 that no rule asks for. What a datum measures is asked where the datum is used."""
    asked = {*choices_used(program.indicators), program.scoring.rounding, program.scoring.not_applicable}
    asked |= {d.measures for d in program.data if d.measures is not None}
    for choice in program.choices:
        if choice.name not in asked:
            yield errors.unused_choice(source, choice)


def check_equal_alternatives(world: World, source: SourceText, program: core.Program) -> Iterator[Diagnostic]:
    """口径 two of whose alternatives compute the same everywhere."""
    open_world = World(world.data)
    same: dict[str, set[tuple[int, int]]] = {}
    for node in within(program.indicators):
        if isinstance(node, core.ByReading):
            options = [bare(open_world, option) for option in node.options]
            pairs = {(i, j) for j in range(len(options)) for i in range(j) if options[i] == options[j]}
            same[node.choice] = same[node.choice] & pairs if node.choice in same else pairs
    for name, pairs in same.items():
        for first, second in sorted(pairs):
            yield errors.equal_alternatives(source, program.choice(name), first, second)
