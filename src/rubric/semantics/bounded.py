"""Bounds that the author states of the points of a cell: `第1点最高1分`, `第2点扣完为止`, `第1点最低得1分`.

Takes an indicator and its cell; gives the cell with these bounds in the sentences of those points, as if the issued text said
them. Never a greatest of a point whose sentences give no number of their own (bands, parts of its own, judged ones): that
bounds the point as a whole, see `overrides`.
"""

import attrs

from rubric.semantics.closings import closed
from rubric.semantics.gathered import path_of
from rubric.syntax import ast


def with_bounds(indicator: ast.Indicator, cell: ast.Item) -> ast.Item:
    """The cell, each point with the bounds that the author states of it."""
    for line in indicator.basis:
        for sentence in line.sentences if line.kind is ast.BasisKind.BOUNDED else ():
            if isinstance(sentence, ast.Closing):
                for scope in line.scopes:
                    cell = _with_closing(cell, path_of(scope), sentence)
    return cell


def takes_most(item: ast.Item) -> bool:
    """Whether a greatest stands in the sentences of the item itself."""
    return not item.items and any(_computes(piece.sentence) for piece in item.pieces)


def _computes(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.ScoreFormula() | ast.CountDeduction() | ast.Paired():
            return True
        case ast.Rule(outcome=outcome) | ast.Otherwise(outcome=outcome):
            return isinstance(
                outcome, ast.ScoreFormula | ast.StepDeduction | ast.PerCount | ast.Adjustment | ast.Doubled
            )
        case _:
            return False


def _with_closing(item: ast.Item, path: str, closing: ast.Closing) -> ast.Item:
    """The closing after the sentences of the item of that path; without its greatest, also of all below it."""
    if item.path != path:
        return attrs.evolve(item, items=tuple(_with_closing(one, path, closing) for one in item.items))
    if not takes_most(item):
        closing = attrs.evolve(closing, limits=attrs.evolve(closing.limits, most=None, most_share=None))
    last = ast.Piece(ast.PieceKind.RULE, "", None, None, False, False, closing, span=closing.span)
    below = tuple(_with_closing(one, one.path, closing) for one in item.items)
    return attrs.evolve(item, pieces=closed((*item.pieces, last))[:-1], items=below)
