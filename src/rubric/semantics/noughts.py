"""Lines beside others that give nothing of their own: noughts, and what a person takes off.

Takes the parts of a level and how they make its points; gives the parts without the lines of nought, which become vetoes
or say nothing, and says which lines take from what the others give. Never the rule of a part.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.semantics import cells
from rubric.semantics.cells import Fit, Mode, Part, Shape
from rubric.semantics.gathered import Gathered
from rubric.semantics.overrides import veto
from rubric.semantics.resolve import names_in
from rubric.syntax import ast
from rubric.syntax.fold import key

Kind = ast.PieceKind


def without_noughts(g: Gathered, shape: Shape, fitted: Fit) -> tuple[Shape, Fit]:
    """`3. 提供虚假材料的，得0分。` beside lines that are added, or beside bands, takes all points away: it is no part.

    Among alternatives that a person decides, nought is one of the alternatives.
    """
    computed = any(p.kind is Kind.RULE for part in shape.parts for p in own_pieces(part))
    baseline = any(p.kind is Kind.BASELINE for part in shape.parts for p in own_pieces(part))
    kept: list[Part | Shape] = []
    points: list[Fraction | None] = []
    for part, value in zip(shape.parts, fitted.points, strict=True):
        adding = fitted.mode in (Mode.SUM, Mode.LESS)
        if adding and (_says_nothing(part) or _of_the_part_before(g, part, shape)):
            continue  # 两者均未获得的不得分, 制定的得2分，未制定的不得分: what adding gives anyway
        nought = _nought(part)
        refused = nought is not None and nought.sentence is not None and nought.sentence.span in g.typing.refused
        nought = None if refused else nought
        beside = nought is not None and (nought.kind is Kind.JUDGED or _of_another_fact(g, nought, shape))
        if nought is not None and (adding or (beside and computed) or (baseline and fitted.mode is Mode.FIRST)):
            item = g.items[part.path]
            alone = isinstance(part, Shape) or not shape.path
            veto(g, item, nought, whole=alone and bool(item.path))
        else:
            kept.append(part)
            points.append(value)
    if len(kept) == len(shape.parts) or not kept:
        return shape, fitted
    return attrs.evolve(shape, parts=tuple(kept)), attrs.evolve(fitted, points=tuple(points))


def _of_the_part_before(g: Gathered, part: Part | Shape, shape: Shape) -> bool:
    """Whether a line of nought goes on from a sentence that gives points for the same fact, and takes from nothing else."""
    nought = _nought(part)
    if nought is None or not nought.goes_on or not isinstance(nought.sentence, ast.Rule):
        return False
    outcome = nought.sentence.outcome
    pieces = cells.pieces_of(shape)
    at = next(i for i, p in enumerate(pieces) if p is nought)
    same = at > 0 and set(_facts_asked(g, nought)) & set(_facts_asked(g, pieces[at - 1]))
    return bool(same) and isinstance(outcome, ast.Award) and not outcome.scopes


def _of_another_fact(g: Gathered, nought: ast.Piece, shape: Shape) -> bool:
    """Whether a line of nought asks a yes–no fact that no other line asks: `超过90日或未办结的不得分` beside bands of days.

    Such a line holds whatever band the days fall into.
    """
    asked = set(_facts_asked(g, nought))
    others = {name for p in cells.pieces_of(shape) if p is not nought for name in _facts_asked(g, p)}
    return bool(asked) and not asked & others


def _facts_asked(g: Gathered, piece: ast.Piece) -> Iterator[str]:
    if isinstance(piece.sentence, ast.Rule):
        for name in names_in(piece.sentence.condition):
            symbol = g.lowering.scope.find(name.key) if isinstance(name, ast.Named) else None
            if symbol is not None:
                yield symbol.declared.target


def own_pieces(part: Part | Shape) -> tuple[ast.Piece, ...]:
    return part.pieces if isinstance(part, Part) else cells.pieces_of(part)


def _says_nothing(part: Part | Shape) -> bool:
    match own_pieces(part):
        case (ast.Piece(sentence=ast.Otherwise(outcome=ast.Award(points=points, share=None))),):
            return points == 0
        case _:
            return False


def _nought(part: Part | Shape) -> ast.Piece | None:
    """The one sentence of a part that gives nothing but 0 under a condition."""
    pieces = own_pieces(part)
    if len(pieces) != 1 or (isinstance(part, Shape) and part.stated is not None):
        return None
    piece = pieces[0]
    match piece.sentence:
        case ast.Rule(outcome=ast.Award(points=points, deducted=False), dependent=False) if points == 0:
            return piece
        case None if piece.kind is Kind.JUDGED and piece.award == 0 and piece.points is None:
            return piece
        case _:
            return None


_CLEAN = re.compile("无|没有|未发生|未出现|未发现|不存在")


def is_clean_record(piece: ast.Piece) -> bool:
    """`无违规行为的得6分`: what is wrong is what the vetoes beside it list."""
    return _CLEAN.match(key(piece.text)) is not None


def taken_off_all(part: Part | Shape) -> bool:
    """`3. 其他不规范情形，酌情扣分。` beside lines that are added: it takes from them all, and has no points of its own."""
    pieces = own_pieces(part)
    stated = isinstance(part, Shape) and part.stated is not None
    return not stated and all(p.discretionary and p.points is None and not p.award for p in pieces)


def takes_at_discretion(part: Part | Shape) -> bool:
    """`适应的得2分，不够适应的酌情扣分`: what a person takes off is taken off what the same sentence gives."""
    return isinstance(part, Part) and part.points is None and any(p.discretionary and p.goes_on for p in part.pieces)
