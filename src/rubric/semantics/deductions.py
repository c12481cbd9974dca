"""A baseline and its deductions → core.

Takes the scoring sentences of a level that deducts; gives core deductions, or bands where steps beyond a threshold are
deducted.
"""

from fractions import Fraction

from rubric.core import program as core
from rubric.semantics import cells, errors
from rubric.semantics.bands import counted, is_band, margin_of, steps_of, table, unread
from rubric.semantics.cells import Shape
from rubric.semantics.gathered import Gathered
from rubric.semantics.judging import judgement, refusal
from rubric.semantics.thresholds import threshold_of
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
    rules = tuple(p for p in pieces if p.kind is Kind.RULE)
    marginal = any(isinstance(p.sentence, ast.Rule) and p.sentence.marginal for p in deducting)
    if (
        not marginal
        and any(_is_step(p.sentence) or _is_guarded(p.sentence) or _is_band(p.sentence) for p in deducting)
        and not any(_is_adjustment(p.sentence) for p in rules)
    ):
        if not all(is_band(p.sentence) for p in rules):
            return unread(g, pieces, shape, points)
        paths = {id(p): path for path, p in cells.paths_of(shape)}
        return table(g, rules, paths, points, shape)
    if not all(_is_count(p.sentence) or _is_step(p.sentence) for p in deducting):
        return unread(g, pieces, shape, points)
    cut_offs(g, shape, rules)
    limits = [
        p.sentence.limits for p in deducting if isinstance(p.sentence, ast.Rule | ast.CountDeduction | ast.Paired)
    ]
    floor = any(limit.floor for limit in limits)
    adding = all(cells.adds(p.sentence) for p in deducting)
    if not floor and not adding and not any(limit.most for limit in limits):
        g.found.append(errors.floor_not_stated(g.source, deducting[-1].span, g.indicator.name))
    upwards = _upwards(deducting) if marginal else None
    items = tuple(d for path, p in cells.paths_of(shape) if p in deducting for d in deductions_of(g, p, path, upwards))
    base: core.Expression = core.Constant(_base(pieces, points, adding), span=shape.item.span)
    if any(limit.from_total for limit in limits):
        base = total_given(g) or base
    least = next((limit.least for limit in limits if limit.least is not None), None)
    most = next((limit.most for limit in limits if limit.most is not None and limit.most_of in ("", "得")), None)
    return core.Deductions(base, items, floor, least, most, span=shape.item.span)


def total_given(g: Gathered) -> core.Expression | None:
    """The total score, where it is a datum of this indicator: `直接从总得分中扣减` starts from it."""
    for name in ("总得分", "总分", "得分"):
        symbol = g.lowering.scope.find(name)
        if symbol is not None and isinstance(symbol.node, ast.DatumLine):
            return core.FactValue(symbol.node.name)
    return None


def cut_offs(g: Gathered, shape: Shape, rules: tuple[ast.Piece, ...]) -> None:
    """`两次及以上不得分` beside a count: it takes the place of the deductions."""
    paths = {id(p): path for path, p in cells.paths_of(shape)}
    for piece in rules:
        match piece.sentence:
            case ast.Rule(condition=condition, outcome=ast.Award(points=points)) if points == 0:
                test = g.lowering.at(paths[id(piece)]).condition(condition)
                override = core.Override(core.OverrideKind.VETO, test, core.Effect.ZERO, piece.text, span=piece.span)
                g.overrides.setdefault(shape.path, []).append(override)
            case _:
                pass


def _base(pieces: tuple[ast.Piece, ...], points: Fraction, adding: bool) -> Fraction:
    """The baseline a sentence states, else nothing where all only adds, else the full points."""
    stated = [v for p in pieces if not p.deducts for v in (p.points, p.award or None) if v is not None]
    return max(stated, default=Fraction(0) if adding else points)


def _is_step(sentence: ast.Sentence | None) -> bool:
    return isinstance(sentence, ast.Rule) and isinstance(sentence.outcome, ast.StepDeduction)


def _is_band(sentence: ast.Sentence | None) -> bool:
    """`5%-10%的扣1分`: a band that tells what is taken."""
    match sentence:
        case ast.Rule(outcome=ast.Award(deducted=True)):
            return True
        case _:
            return False


def _is_guarded(sentence: ast.Sentence | None) -> bool:
    """A count that is deducted only under a condition."""
    match sentence:
        case ast.Rule(outcome=ast.PerCount(event=event)):
            return event is not None
        case _:
            return False


def _is_adjustment(sentence: ast.Sentence | None) -> bool:
    """A step up or down from a base, which no table of bands can hold: points are added, or a reference is stated."""
    match sentence:
        case ast.Rule(outcome=ast.StepDeduction() as outcome):
            return outcome.adds or outcome.reference is not None
        case _:
            return False


def _is_count(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.CountDeduction() | ast.Paired() | ast.Rule(condition=ast.Bare(), outcome=ast.PerCount(event=None)):
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


def _upwards(deducting: tuple[ast.Piece, ...]) -> bool:
    """Whether deductions by parts (的部分) go up from where nothing is deducted, or down."""
    for piece in deducting:
        match piece.sentence:
            case ast.Rule(outcome=ast.StepDeduction(beyond=bool() as beyond)):
                return beyond
            case ast.Rule(condition=condition) if (found := threshold_of(condition)) and found.sign is not None:
                return found.sign in (">", ">=")
            case _:
                pass
    return True


def deductions_of(g: Gathered, piece: ast.Piece, path: str, upwards: bool | None = None) -> tuple[core.Deduction, ...]:
    """What one sentence takes off or adds: once, or for each thing it lists; with `upwards`, by the parts of a range."""
    match piece.sentence:
        case ast.Paired(events=events, deductions=pairs):
            lowering = g.lowering.at(path)
            return tuple(
                core.Deduction(
                    -per.points if per.adds else per.points, lowering.expression(event), piece.text, span=piece.span
                )
                for event, per in zip(events, pairs, strict=True)
            )
        case _:
            return (deduction(g, piece, path, upwards),)


def deduction(g: Gathered, piece: ast.Piece, path: str, upwards: bool | None = None) -> core.Deduction:
    """One sentence that takes off or adds."""
    lowering = g.lowering.at(path)
    match piece.sentence:
        case ast.CountDeduction(event=event, deduction=per, limits=limits):
            times = counted(lowering.expression(event), per, piece.span)
        case ast.Rule(condition=ast.Bare(operand=event), outcome=ast.PerCount() as per, limits=limits):
            times = counted(lowering.expression(event), per, piece.span)
        case ast.Rule(condition=condition, outcome=ast.StepDeduction() as per, limits=limits):
            margin = margin_of(condition, upwards, lowering) if upwards is not None else None
            times = steps_of(g, condition, per, lowering, limits.partial, margin)
        case _:
            raise AssertionError(piece.text)
    rate = -per.points if per.adds else per.points
    limit = limits.most if limits.most_of in ("加", "扣") else None
    return core.Deduction(rate, times, piece.text, limit, span=piece.span)
