"""Shares of a target and the target itself, as values of one ratio.

Takes the pieces of an item, subjects put back; gives them with `达到目标值` as a ratio of 100% where another sentence speaks of a
share of the same target (`达到目标值三分之二以上的得3分，达到目标值的得5分`), so that the bands of the cell compare one quantity. Never a
comparison that stands alone.
"""

from collections.abc import Sequence
from fractions import Fraction

import attrs

from rubric.syntax import ast


def as_ratios(pieces: Sequence[ast.Piece]) -> list[ast.Piece]:
    """The pieces, their comparisons with a target that others take shares of as shares too."""
    ratios = {
        (str(ratio.left), str(ratio.right)): ratio
        for piece in pieces
        if isinstance(piece.sentence, ast.Rule)
        for ratio in _ratios_in(piece.sentence.condition)
    }
    return [_as_ratio(piece, ratios) for piece in pieces] if ratios else list(pieces)


def _ratios_in(condition: ast.Condition) -> list[ast.Operation]:
    match condition:
        case ast.Comparison(operands=(ast.Operation(operator="/") as ratio, ast.Number(unit="%" | "‰"))):
            return [ratio]
        case ast.Joined(parts=parts):
            return [ratio for part in parts for ratio in _ratios_in(part)]
        case _:
            return []


def _as_ratio(piece: ast.Piece, ratios: dict[tuple[str, str], ast.Operation]) -> ast.Piece:
    match piece.sentence:
        case ast.Rule(condition=condition, outcome=ast.Award()) as rule:
            return attrs.evolve(piece, sentence=attrs.evolve(rule, condition=_of_ratio(condition, ratios)))
        case _:
            return piece


def _of_ratio(condition: ast.Condition, ratios: dict[tuple[str, str], ast.Operation]) -> ast.Condition:
    match condition:
        case ast.Comparison(operands=(left, ast.Name() as right)) if (str(left), str(right)) in ratios:
            whole = ast.Number(Fraction(100), "%", span=right.span)
            return attrs.evolve(condition, operands=(ratios[str(left), str(right)], whole))
        case ast.Joined(parts=parts):
            return attrs.evolve(condition, parts=tuple(_of_ratio(part, ratios) for part in parts))
        case _:
            return condition
