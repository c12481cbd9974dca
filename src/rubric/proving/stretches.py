"""Where a department stands among the bands of a table, as a condition that can be typed.

Takes bands and a record; gives for each quantity that the bands compare the stretch between the figures next to it, joined:
`60%≤完成率<90%且合格率<60%`. Every test of the bands has one answer throughout, so what holds of the department holds of all
in that stretch. Never said where a test is about something else, as a
state, for which an author has words of their own.
"""

from fractions import Fraction

import attrs

from rubric.analysis.bands import unit_of
from rubric.analysis.ranges import World, linear
from rubric.analysis.value_words import Words
from rubric.core import program as core
from rubric.core.intervals import Interval, intersection
from rubric.core.record import Record
from rubric.core.walk import within
from rubric.evaluator.evaluate import setting_of
from rubric.evaluator.quantities import Setting, evaluate_expression
from rubric.source import SourceText

ZERO = Fraction(0)


@attrs.frozen
class _Subject:
    """A quantity compared with a figure, or two compared with each other (`against`)."""

    node: core.Expression
    against: core.Expression | None


def stretch_of(
    program: core.Program, source: SourceText, indicator: core.Indicator, bands: tuple[core.Band, ...], record: Record
) -> str:
    """The condition; "" where a part of it cannot be typed."""
    setting = setting_of(program, record)
    world = World({d.name: d for d in program.data}, {c.name: setting.reading(c.name) for c in program.choices})
    stretches: dict[_Subject, Interval] = {}
    units: dict[_Subject, core.Unit | None] = {}
    for node in within(tuple(band.condition for band in bands), rows=False):
        match node:
            case core.Compare():
                found = _stretch(setting, world, node)
                if found is None:
                    return ""
                subject, stretch = found
                (stretches[subject],) = intersection((stretches.get(subject, Interval()),), (stretch,))
                units.setdefault(subject, unit_of(world, subject.node) or unit_of(world, node.right))
            case core.InState() | core.CellIs() | core.RowAggregate():
                return ""
            case _:
                pass
    typed = [
        Words(source, indicator.name, s.node, s.against, units[s], whole=False).condition(stretch)
        for s, stretch in stretches.items()
    ]
    return "且".join(typed) if all(typed) else ""


def _stretch(setting: Setting, world: World, node: core.Compare) -> tuple[_Subject, Interval] | None:
    """The side of the figure on which the quantity lies; the figure itself where that has an answer of its own."""
    left, right = linear(world, node.left), linear(world, node.right)
    if not right.terms:
        subject, figure, operator = _Subject(node.left, None), right.constant, node.operator
        value = evaluate_expression(setting, node.left).value.point
    elif not left.terms:
        subject, figure, operator = _Subject(node.right, None), left.constant, _TURNED[node.operator]
        value = evaluate_expression(setting, node.right).value.point
    else:
        turned = repr(node.right) < repr(node.left)  # the same two, whichever is written first
        first, second = (node.right, node.left) if turned else (node.left, node.right)
        subject, figure, operator = _Subject(first, second), ZERO, _TURNED[node.operator] if turned else node.operator
        sides = [evaluate_expression(setting, side).value.point for side in (first, second)]
        value = None if sides[0] is None or sides[1] is None else sides[0] - sides[1]
    if value is None:
        return None
    if operator == "=":
        inside = value == figure
        ends = (figure if value >= figure else None, figure if value <= figure else None)
        return subject, Interval(*ends, inside and ends[0] is not None, inside and ends[1] is not None)
    figure_above = operator in ("<", ">=")  # the figure itself goes with what is above it
    if value > figure or (value == figure and figure_above):
        return subject, Interval(figure, None, figure_above, False)
    return subject, Interval(None, figure, False, not figure_above)


_TURNED = {"<": ">", "<=": ">=", "=": "="}
