"""Events that are not counted with the rest: `未按期完成的，每项扣1分，因不可抗力未完成的除外`.

Takes the sentences of an item; gives them with what such a sentence speaks of taken from the one count of the item. Where the
item counts several things, or the sentence names no number of events, it stays a sentence of its own. The way of a step that
is spared (`每相差1个百分点扣0.4分，达到或超过目标值的不扣分`) is none of the step.
"""

import attrs

from rubric.semantics.resolve import Scope
from rubric.semantics.units import counts_things
from rubric.syntax import ast


def excepted(pieces: tuple[ast.Piece, ...], scope: Scope, path: str) -> tuple[ast.Piece, ...]:
    """The pieces, each exception taken from the count."""
    counting = [i for i, piece in enumerate(pieces) if _event(piece.sentence) is not None]
    spared = {i: name for i, piece in enumerate(pieces) if (name := _spared(piece.sentence, scope, path)) is not None}
    if len(counting) > 1 and spared:
        return _apart(pieces, tuple(counting), frozenset(spared))
    if len(counting) != 1 or not spared or min(spared) < counting[0]:
        return pieces  # 因灾延期的不扣分；其他原因延期的，每项扣1分: two numbers, neither a part of the other
    done = list(pieces)
    at = counting[0]
    event = _event(pieces[at].sentence)
    assert event is not None
    for index, name in spared.items():
        event = ast.Operation("-", event, name, span=event.span)
        done[index] = attrs.evolve(
            pieces[index], kind=ast.PieceKind.NOTE, sentence=None, points=None, award=None, deducts=False
        )
    done[at] = attrs.evolve(pieces[at], sentence=_counted(pieces[at].sentence, event))
    return tuple(done)


def _apart(pieces: tuple[ast.Piece, ...], counting: tuple[int, ...], spared: frozenset[int]) -> tuple[ast.Piece, ...]:
    """`因主观原因未完成的，每项扣2分；因客观原因未完成的，不扣分；…每项扣1分`: a cause beside causes is a number of its own.

    Of several counts a part that is spared may be a part of any: that is left to the author.
    """
    causes = all(pieces[i].text.startswith("因") for i in spared) and any(
        pieces[i].text.startswith("因") for i in counting
    )
    kind = ast.PieceKind.NOTE if causes else ast.PieceKind.UNREAD
    return tuple(
        attrs.evolve(p, kind=kind, sentence=None, stop=p.span, points=None, award=None, deducts=False)
        if i in spared
        else p
        for i, p in enumerate(pieces)
    )


def one_way(pieces: tuple[ast.Piece, ...]) -> tuple[ast.Piece, ...]:
    """A step that counts either way, where another sentence says that beyond the threshold nothing is taken off."""
    ways = {way for piece in pieces if (way := _way_spared(piece.sentence)) is not None}
    off = any(isinstance(p.sentence, ast.Rule) and _is_off(p.sentence.outcome) for p in pieces)
    return tuple(_with_way(piece, not next(iter(ways))) for piece in pieces) if off and len(ways) == 1 else pieces


def _is_off(outcome: ast.Outcome) -> bool:
    return isinstance(outcome, ast.StepDeduction) and outcome.off


def _way_spared(sentence: ast.Sentence | None) -> bool | None:
    """True where what goes above is spared."""
    match sentence:
        case ast.Rule(
            condition=ast.Comparison(operands=(ast.Elided() | ast.Name(), _), signs=(sign,)),
            outcome=ast.Award(spared=True),
        ) if sign != "=":
            return sign in (">=", ">")
        case _:
            return None


def _with_way(piece: ast.Piece, beyond: bool) -> ast.Piece:
    match piece.sentence:
        case ast.Rule(condition=condition, outcome=ast.StepDeduction(off=True) as step) as rule:
            if isinstance(condition, ast.Implied):
                condition = attrs.evolve(condition, beyond=beyond)
            step = attrs.evolve(step, off=False, beyond=beyond)
            return attrs.evolve(piece, sentence=attrs.evolve(rule, condition=condition, outcome=step))
        case ast.Rule(condition=ast.Comparison() as condition) as rule if _way_spared(rule) is not None:
            at_it = attrs.evolve(condition, signs=("<=",) if beyond else (">=",))  # no distance, so nothing is taken
            return attrs.evolve(piece, sentence=attrs.evolve(rule, condition=at_it))
        case _:
            return piece


def _event(sentence: ast.Sentence | None) -> ast.Expression | None:
    match sentence:
        case ast.CountDeduction(event=ast.Name() as event):
            return event
        case ast.Rule(condition=ast.Bare(operand=ast.Name() as event), outcome=ast.PerCount(event=None)):
            return event
        case _:
            return None


def _counted(sentence: ast.Sentence | None, event: ast.Expression) -> ast.Sentence | None:
    match sentence:
        case ast.CountDeduction():
            return attrs.evolve(sentence, event=event)
        case ast.Rule(condition=ast.Bare() as condition):
            return attrs.evolve(sentence, condition=attrs.evolve(condition, operand=event))
        case _:
            return sentence


def _spared(sentence: ast.Sentence | None, scope: Scope, path: str) -> ast.Name | None:
    """The number of events that a sentence leaves out."""
    match sentence:
        case ast.Rule(
            condition=ast.Bare(operand=ast.Name() as name), outcome=ast.Award(spared=True) | ast.NotApplicable()
        ):
            symbol = scope.find(name.key, path)
            return name if symbol is not None and counts_things(symbol.node) else None
        case _:
            return None
