"""Alternatives → band tables.

Takes the scoring sentences of a level of which the first that fits counts; gives a core band table. A deduction by steps
beyond a threshold is a band whose points depend on the distance.
"""

from fractions import Fraction

from rubric.core import program as core
from rubric.semantics import cells
from rubric.semantics.cells import Shape
from rubric.semantics.choices import step_choice
from rubric.semantics.ellipsis import subject
from rubric.semantics.expressions import Lowering
from rubric.semantics.gathered import Gathered
from rubric.semantics.judging import judgement, refusal
from rubric.syntax import ast

Kind = ast.PieceKind
BasisKind = ast.BasisKind


def band_table(g: Gathered, shape: Shape, points: Fraction) -> core.Rule:
    """Alternatives: the first whose condition holds. One that no rule decides makes the whole a judgement."""
    pieces = cells.pieces_of(shape)
    paths = {id(p): path for path, p in cells.paths_of(shape)}
    if any(p.kind is not Kind.RULE for p in pieces):
        return judgement(g, pieces, shape.path, points, shape.title, whole=not shape.path)
    for piece in pieces:
        refused = refusal(g, piece, pieces, shape.path, points, shape.title)
        if refused is not None:
            return refused
    bands = tuple(band(g, p, paths[id(p)], points) for p in pieces)
    return core.BandTable(bands, span=shape.item.span)


def band(g: Gathered, piece: ast.Piece, path: str, base: Fraction) -> core.Band:
    lowering = g.lowering.at(path)
    match piece.sentence:
        case ast.Rule(condition=condition, outcome=outcome):
            test = lowering.condition(condition)
        case ast.ScoreFormula() as outcome:
            test = core.Always(span=piece.span)
        case _:
            raise AssertionError(piece.text)
    match outcome:
        case ast.Award(points=points):
            value = base if points is None else points
            amount: core.Expression = core.Constant(value, span=piece.span)
        case ast.ScoreFormula(body=body):
            amount = lowering.expression(body)
        case ast.StepDeduction():
            assert isinstance(piece.sentence, ast.Rule)
            amount = step_amount(g, piece.sentence.condition, outcome, base, lowering)
        case _:
            raise AssertionError(piece.text)
    return core.Band(test, amount, piece.text, span=piece.span)


def step_amount(
    g: Gathered, condition: ast.Condition, outcome: ast.StepDeduction, base: Fraction, lowering: Lowering
) -> core.Expression:
    """base − points × steps beyond the threshold, by the reading of a part of a step."""
    assert isinstance(condition, ast.Comparison)
    measured = subject(condition)
    threshold = next(o for o in condition.operands if o is not measured)
    ends = (lowering.expression(measured), lowering.expression(threshold))
    first, second = ends if outcome.beyond else ends[::-1]
    distance = core.Arithmetic("-", first, second, span=condition.span)
    step = lowering.expression(outcome.step)
    choice = step_choice(g, outcome)
    options = tuple(core.Steps(distance, step, mode, span=outcome.span) for mode in core.StepMode)
    steps = core.ByReading(choice, options, span=outcome.span)
    rate = core.Constant(outcome.points, span=outcome.span)
    deducted = core.Arithmetic("*", rate, steps, span=outcome.span)
    return core.Arithmetic("-", core.Constant(base, span=outcome.span), deducted, span=outcome.span)
