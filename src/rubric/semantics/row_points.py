"""Points for the rows of a list by what their cells say → core.

Takes an `ast.RowPoints`; gives the sum over the rows of the points of each row's state, less what its other states leave of
them, within the greatest that the text or the item allows. Never a finding.
"""

from fractions import Fraction

from rubric.core import program as core
from rubric.source import Span
from rubric.syntax import ast


def row_points(sentence: ast.RowPoints, points: Fraction) -> core.Expression:
    """Of rows of one matter (同一事项就高) only the one with the most points counts."""
    span = sentence.span
    each = _by_state(sentence.datum, sentence.column, sentence.points, span)
    for column, given in sentence.shares:
        less = tuple((state, 1 - share) for state, share in given)
        one = core.Constant(Fraction(1), span=span)
        left = core.Arithmetic("-", one, _by_state(sentence.datum, column, less, span), span=span)
        each = core.Arithmetic("*", each, left, span=span)
    total = core.RowAggregate(sentence.datum, "sum", each, best_by=sentence.best_by, span=span)
    most = points if sentence.most is None else sentence.most
    return core.Extreme("min", (total, core.Constant(most, span=span)), span=span)


def _by_state(datum: str, column: str, given: tuple[tuple[str, Fraction], ...], span: Span) -> core.Expression:
    """The number of the state that the cell of the row at hand holds, 0 where none is named."""

    def once(state: str, number: Fraction) -> core.Expression:
        held = core.OneIf(core.CellIs(datum, column, (state,), span=span), span=span)
        return core.Arithmetic("*", core.Constant(number, span=span), held, span=span)

    return core.Total(tuple(once(state, number) for state, number in given), span=span)
