"""Weights that do not add up to 100 %.

Takes an indicator; gives a finding for each sum whose every term is a quantity times a percentage, where these are near
100 % together and not 100 %. Sums of other things are none of its business.
"""

from collections.abc import Iterator
from fractions import Fraction

from rubric.analysis import reading_errors
from rubric.analysis.clauses import places_of
from rubric.analysis.ranges import ONE
from rubric.core import program as core
from rubric.core.walk import within
from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText

_NEAR = (Fraction(1, 2), Fraction(3, 2))


def check_weights(source: SourceText, indicator: core.Indicator) -> Iterator[Diagnostic]:
    """One finding for each weighted sum."""
    if indicator.yields is not core.Yields.POINTS:
        return
    for place in places_of(indicator):
        if not isinstance(place.rule, core.Formula):
            continue
        inner: set[int] = set()
        for node in within(place.rule.amount, rows=False):
            if isinstance(node, core.Arithmetic) and node.operator == "+" and id(node) not in inner:
                inner |= {id(part) for part in within(node) if isinstance(part, core.Arithmetic)}
                weights = [_weight(term) for term in _terms(node)]
                known = [weight for weight in weights if weight is not None]
                total = sum(known, Fraction(0))
                if len(known) == len(weights) and total != ONE and _NEAR[0] <= total <= _NEAR[1]:
                    yield reading_errors.weights_off(source, node.span, tuple(known), place.points, indicator.name)


def _terms(node: core.Expression) -> Iterator[core.Expression]:
    if isinstance(node, core.Arithmetic) and node.operator == "+":
        yield from _terms(node.left)
        yield from _terms(node.right)
    else:
        yield node


def _weight(term: core.Expression) -> Fraction | None:
    """The percentage that a quantity is multiplied by; None where it is not just one."""
    if not isinstance(term, core.Arithmetic) or term.operator != "*":
        return None
    sides = [side for side in (term.left, term.right) if _is_percent(side)]
    others = [side for side in (term.left, term.right) if not any(_is_percent(n) for n in within(side))]
    return sides[0].value if len(sides) == 1 and len(others) == 1 and isinstance(sides[0], core.Constant) else None


def _is_percent(node: object) -> bool:
    return isinstance(node, core.Constant) and node.unit is not None and node.unit.name == "%"
