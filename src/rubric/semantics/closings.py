"""Bounds that stand in a sentence of their own, put where they hold.

Takes the pieces of an item; gives them with the bounds of every `ast.Closing` moved into the sentences before it
(`最低得2分`, `执行率超过100%的按100%计`), and with what one sentence says of a part of a step (`不足1%的按插值法计算`) said of
the steps before it too. Never a rule of its own.
"""

from fractions import Fraction

import attrs

from rubric.syntax import ast
from rubric.syntax.capped import capped

BY_LINES = "按插值法计算"


def closed(pieces: tuple[ast.Piece, ...]) -> tuple[ast.Piece, ...]:
    """The pieces, each with the bounds that hold for it."""
    done = list(pieces)
    for index, piece in enumerate(pieces):
        match piece.sentence:
            case ast.Closing(limits=limits) if limits.partial and not any(_is_step(p.sentence) for p in pieces):
                done[index] = attrs.evolve(piece, kind=ast.PieceKind.UNREAD, sentence=None)  # a part of no step
            case ast.Closing() as closing:
                _close(done, index, closing)
            case ast.Interpolate(low=None) as between if any(_is_step(p.sentence) for p in pieces):
                # between whole steps there is nothing but a part of a step
                closing = ast.Closing(ast.Limits(partial=BY_LINES), span=between.span)
                done[index] = attrs.evolve(piece, sentence=closing)
                _parts(done, len(done), BY_LINES)
            case ast.Rule(outcome=ast.StepDeduction(), limits=limits) if limits.partial:
                _parts(done, index, limits.partial)
            case _:
                pass
    return tuple(done)


def _is_step(sentence: ast.Sentence | None) -> bool:
    return isinstance(sentence, ast.Rule) and isinstance(sentence.outcome, ast.StepDeduction)


def _parts(done: list[ast.Piece], before: int, partial: str) -> None:
    """Steps before that say nothing of their parts."""
    for index, piece in enumerate(done[:before]):
        match piece.sentence:
            case ast.Rule(outcome=ast.StepDeduction(), limits=limits) as rule if not limits.partial:
                said = attrs.evolve(limits, partial=partial)
                done[index] = attrs.evolve(piece, sentence=attrs.evolve(rule, limits=said))
            case _:
                pass


def _close(done: list[ast.Piece], at: int, closing: ast.Closing) -> None:
    limits = closing.limits
    if limits.partial:  # said of the steps before it; with none before it, of those behind it
        _parts(done, at if any(_is_step(p.sentence) for p in done[:at]) else len(done), limits.partial)
    for index in range(at - 1, -1, -1):
        piece = done[index]
        match piece.sentence:
            case ast.ScoreFormula() as formula:
                done[index] = attrs.evolve(piece, sentence=_formula(formula, closing))
            case ast.Otherwise(outcome=ast.ScoreFormula() as formula) as rule:
                done[index] = attrs.evolve(piece, sentence=attrs.evolve(rule, outcome=_formula(formula, closing)))
            case ast.Rule(outcome=ast.ScoreFormula() as formula) as rule:
                done[index] = attrs.evolve(piece, sentence=attrs.evolve(rule, outcome=_formula(formula, closing)))
            case (
                ast.Rule(
                    outcome=ast.StepDeduction() | ast.PerCount() | ast.Adjustment() | ast.Doubled(), limits=own
                ) as rule
            ):
                done[index] = attrs.evolve(piece, sentence=attrs.evolve(rule, limits=_joined(own, limits)))
            case ast.CountDeduction(limits=own) | ast.Paired(limits=own) as rule:
                done[index] = attrs.evolve(piece, sentence=attrs.evolve(rule, limits=_joined(own, limits)))
            case ast.Equation() as equation if closing.over is not None and _names(closing.subject, equation.name):
                body = ast.Limited(equation.body, closing.over, _counted(closing), span=equation.body.span)
                done[index] = attrs.evolve(piece, sentence=attrs.evolve(equation, body=body))
            case _:
                pass


def _joined(own: ast.Limits, more: ast.Limits) -> ast.Limits:
    """What a sentence says of itself goes before what another says of it."""
    return attrs.evolve(
        own,
        floor=own.floor or more.floor,
        floor_points=own.floor_points if own.floor_points is not None else more.floor_points,
        most=own.most if own.most is not None else more.most,
        most_of=own.most_of if own.most is not None else more.most_of,
        least=own.least if own.least is not None else more.least,
        places=own.places if own.places is not None else more.places,
        most_share=own.most_share if own.most_share is not None else more.most_share,
        from_total=own.from_total or more.from_total,
        most_off=own.most_off if own.most_off is not None else more.most_off,
        added_share=own.added_share if own.added_share is not None else more.added_share,
        together=own.together or (own.most is None and (more.most is not None or more.added_share is not None)),
        one_level=own.one_level or more.one_level,
    )


def _formula(formula: ast.ScoreFormula, closing: ast.Closing) -> ast.ScoreFormula:
    more = closing.limits
    body = formula.body
    if closing.over is not None:
        body = capped(body, closing.over, _counted(closing), closing.subject)
    return attrs.evolve(
        formula,
        body=body,
        places=formula.places if formula.places is not None else more.places,
        most=formula.most if formula.most is not None or more.most_of in ("加", "扣") else more.most,
        least=formula.least if formula.least is not None else more.least,
        most_share=formula.most_share if formula.most_share is not None else more.most_share,
    )


def _counted(closing: ast.Closing) -> ast.Number:
    return closing.counted if closing.counted is not None else ast.Number(Fraction(100), "%", span=closing.span)


def _names(subject: ast.Name | None, name: ast.Name) -> bool:
    """`执行率` is short for the name of an equation that ends so; without a subject the ratio just defined is meant."""
    return subject is None or name.key.endswith(subject.key)
