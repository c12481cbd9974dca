"""A baseline and its deductions → core.

Takes the scoring sentences of a level that deducts; gives core deductions, or bands where steps beyond a threshold are
deducted.
"""

from fractions import Fraction

from rubric.core import program as core
from rubric.semantics import cells, errors
from rubric.semantics.bands import is_band, table, unread
from rubric.semantics.cells import Shape
from rubric.semantics.gathered import Gathered
from rubric.semantics.judging import judgement, refusal
from rubric.syntax import ast

Kind = ast.PieceKind
BasisKind = ast.BasisKind


def deductions(g: Gathered, shape: Shape, points: Fraction) -> core.Rule:
    """A baseline less its deductions; a deduction by steps beyond a threshold is a band of its own."""
    pieces = cells.pieces_of(shape)
    deducting = tuple(p for p in pieces if p.deducts and not p.discretionary)
    for piece in deducting:
        check_floor(g, piece, points)
    if any(p.kind is Kind.UNREAD or (p.kind is Kind.JUDGED and p.deducts) for p in pieces) or not deducting:
        return judgement(g, pieces, shape.path, points, shape.title, whole=not shape.path)
    for piece in pieces:
        refused = refusal(g, piece, pieces, shape.path, points, shape.title)
        if refused is not None:
            return refused
    steps = [
        p for p in deducting if isinstance(p.sentence, ast.Rule) and isinstance(p.sentence.outcome, ast.StepDeduction)
    ]
    if steps:
        paths = {id(p): path for path, p in cells.paths_of(shape)}
        rules = tuple(p for p in pieces if p.kind is Kind.RULE)
        if not all(is_band(p.sentence) for p in rules):
            return unread(g, pieces, shape, points)
        return table(g, rules, paths, points, shape)
    if not all(_is_count(p.sentence) for p in deducting):
        return unread(g, pieces, shape, points)
    floor = any(_floor(p) for p in deducting)
    if not floor:
        g.found.append(errors.floor_not_stated(g.source, deducting[-1].span, g.indicator.name))
    items = tuple(deduction(g, p, path) for path, p in cells.paths_of(shape) if p in deducting)
    return core.Deductions(core.Constant(points, span=shape.item.span), items, floor, span=shape.item.span)


def _is_count(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.CountDeduction() | ast.Rule(condition=ast.Bare(), outcome=ast.PerCount()):
            return True
        case _:
            return False


def check_floor(g: Gathered, piece: ast.Piece, points: Fraction) -> None:
    match piece.sentence:
        case ast.Rule(limits=limits) | ast.CountDeduction(limits=limits) if limits.floor_points not in (None, points):
            stated = limits.floor_points
            assert stated is not None
            g.found.append(errors.floor_differs(g.source, piece.span, stated, points, g.indicator.name))
        case _:
            pass


def deduction(g: Gathered, piece: ast.Piece, path: str) -> core.Deduction:
    lowering = g.lowering.at(path)
    match piece.sentence:
        case ast.CountDeduction(event=event, deduction=per):
            count = lowering.expression(event)
        case ast.Rule(condition=ast.Bare(operand=event), outcome=ast.PerCount() as per):
            count = lowering.expression(event)
        case _:
            raise AssertionError(piece.text)
    times: core.Expression = count
    if per.group != 1:
        times = core.Steps(count, core.Constant(Fraction(per.group)), core.StepMode.WHOLE, span=piece.span)
    return core.Deduction(per.points, times, piece.text, span=piece.span)


def _floor(piece: ast.Piece) -> bool:
    match piece.sentence:
        case ast.Rule(limits=limits) | ast.CountDeduction(limits=limits):
            return limits.floor
        case _:
            return False
