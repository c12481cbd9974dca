"""The number that a grade goes by: as it is, or rounded first.

Takes the test of a grade; gives it with the number rounded where the text says so (保留两位小数后定等次), and under a choice
where nothing says how many decimals it has. Never a choice about a number that has two at most.
"""

from collections.abc import Callable

import attrs

from rubric.core import program as core
from rubric.core.walk import within
from rubric.semantics.choices import open_choice
from rubric.semantics.gathered import Gathered
from rubric.source import Span

_PLACES = 2
_WORD = "定等次的得分"
_READINGS = ("原数", "四舍五入保留两位小数")


def as_rounded(g: Gathered, test: core.Condition, places: int | None, span: Span) -> core.Condition:
    """`places` are those that the text names."""
    if places is not None:
        return _changed(test, lambda number: core.Rounded(number, places, span=number.span))
    if not _is_open(g, test):
        return test
    name = g.choice_name(_WORD)
    if name not in g.choices:  # one question, told at the first grade
        open_choice(g, _WORD, _READINGS, core.Doubt.ROUNDING, span)

    def either(number: core.Expression) -> core.Expression:
        rounded = core.Rounded(number, _PLACES, span=number.span)
        return core.ByReading(name, (number, rounded), span=number.span)

    return _changed(test, either)


def _is_open(g: Gathered, test: core.Condition) -> bool:
    """Whether one score alone is asked, of which no line says how many decimals it has."""
    compared = [node for node in within(test) if isinstance(node, core.Compare)]
    asked = {e for node in compared for e in (node.left, node.right) if not isinstance(e, core.Constant)}
    match list(asked):
        case [core.FactValue(datum=name, part=None)]:
            line = next((line for line in g.indicator.data if line.name == name), None)
            return line is not None and line.unit in ("分", "数") and line.decimals is None
        case _:
            return False


def _changed(condition: core.Condition, change: Callable[[core.Expression], core.Expression]) -> core.Condition:
    match condition:
        case core.Compare(left=left, right=right):
            left, right = (e if isinstance(e, core.Constant) else change(e) for e in (left, right))
            return attrs.evolve(condition, left=left, right=right)
        case core.All(parts=parts) | core.Some(parts=parts):
            return attrs.evolve(condition, parts=tuple(_changed(part, change) for part in parts))
        case _:
            return condition
