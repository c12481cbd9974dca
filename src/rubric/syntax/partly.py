"""All of it, and a part of it.

Takes an item with its pieces; gives `全部合格的得4分` as a note where the sentence behind it scores the rest by a formula that
comes to the same 4 points for all: `部分不合格的，得分=合格数÷抽检数×4分`. Never a condition that a line declares.
"""

import re
from fractions import Fraction

import attrs

from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.kinds import points_factor

_ALL = re.compile(
    r"[^,;。:\d]{0,16}?(?:全部|均|全都)[^,;。:\d未不没]{1,8}?的?,?(?:[得计](?P<given>\d+(?:\.\d+)?)分|\((?P<marked>\d+(?:\.\d+)?)分\))[;。]?"
)
# What is said before the formula: it holds for all the same.
_SOME = r"(?:如)?(?:(?:部分|未全部|未能全部|没有全部)[^,;。:\d]{1,10}|(?:[^,;。:\d]{1,6})?有部分[^,;。:\d]{1,8})的,(?=[^,;。=]{0,6}得分=)"
_SHORT = r"[未不](?P<words>[^,;。:\d]{2,8})的,(?=按[^,;。]{0,6}[未不](?P=words)[^,;。]{1,10}占[^,;。]{2,16}比例[^,;。]{0,4}扣)"
PART = re.compile(f"{_SOME}|{_SHORT}")
_DONE = re.compile(r"[^,;。:\d未不没]{2,20}?(?:的,?)?[得计](?P<given>\d+(?:\.\d+)?)分[;。]?")


def partly(item: ast.Item) -> ast.Item:
    if not item.items:
        return attrs.evolve(item, pieces=_settled(item.pieces))
    ends = [len(part.pieces) for part in item.items]
    told = _settled(tuple(piece for part in item.items for piece in part.pieces))
    if any(part.items for part in item.items) or not any(p is not q for p, q in zip(told, _all(item), strict=True)):
        return attrs.evolve(item, pieces=_settled(item.pieces), items=tuple(partly(part) for part in item.items))
    parts: list[ast.Item] = []
    for part, count in zip(item.items, ends, strict=True):
        parts.append(attrs.evolve(part, pieces=told[:count]))
        told = told[count:]
    return attrs.evolve(item, items=tuple(parts))


def _all(item: ast.Item) -> tuple[ast.Piece, ...]:
    return tuple(piece for part in item.items for piece in part.pieces)


def _settled(pieces: tuple[ast.Piece, ...]) -> tuple[ast.Piece, ...]:
    done = list(pieces)
    before: int | None = None
    for index, piece in enumerate(pieces):
        if piece.kind is ast.PieceKind.NOTE:
            continue
        said = PART.match(key(piece.text))
        if isinstance(piece.sentence, ast.ScoreFormula) and said:
            first = None if before is None else done[before]
            formula = None if first is None else _of_all(first, piece.sentence, said["words"])
            if before is not None and first is not None and formula is not None:
                done[before] = attrs.evolve(first, kind=ast.PieceKind.NOTE, points=None, award=None)
                done[index] = attrs.evolve(piece, sentence=formula, award=points_factor(formula.body))
            else:
                done[index] = _of_the_rest(piece, piece.sentence, first)
        before = index
    return tuple(done)


def _of_all(first: ast.Piece, formula: ast.ScoreFormula, words: str | None) -> ast.ScoreFormula | None:
    """The formula where it gives for all what the sentence before gives for all."""
    text = key(first.text)
    match = _ALL.fullmatch(text) if words is None else _DONE.fullmatch(text) if words in text else None
    if first.sentence is not None or match is None:
        return None
    given = Fraction(match["given"] or match["marked"]) if words is None else Fraction(match["given"])
    if words is None:
        return formula if _whole(formula) == given else None
    return _less(formula, given)


def _less(formula: ast.ScoreFormula, given: Fraction) -> ast.ScoreFormula | None:
    """Points less the share of them that a ratio of two data is."""
    match formula.body:
        case (
            ast.Operation(
                operator="-",
                left=ast.Name(key="分值"),
                right=ast.Operation(operator="*", left=ratio, right=ast.Name(key="分值")) as taken,
            ) as body
        ):
            full = ast.Number(given, "分", span=body.span)
            less = attrs.evolve(body, left=full, right=attrs.evolve(taken, left=ratio, right=full))
            return attrs.evolve(formula, body=less)
        case _:
            return None


def _of_the_rest(piece: ast.Piece, formula: ast.ScoreFormula, first: ast.Piece | None) -> ast.Piece:
    """Behind a condition that is read, the formula is for all else; behind anything else it is not understood."""
    match first.sentence if first is not None else None:
        case ast.Rule(outcome=ast.Award(deducted=False)):
            return attrs.evolve(piece, sentence=ast.Otherwise(formula, span=formula.span))
        case _:
            return attrs.evolve(piece, kind=ast.PieceKind.UNREAD, sentence=None)


def _whole(sentence: ast.ScoreFormula) -> Fraction | None:
    """What `得分=A÷B×4分` comes to where A is all of B."""
    match sentence.body:
        case (
            ast.Operation(
                operator="*", left=ast.Operation(operator="/", left=ast.Name(key=part), right=ast.Name())
            ) as body
        ):
            return None if re.search("[不未没]", part) else points_factor(body)
        case _:
            return None
