"""A share of base points.

Takes an item with its pieces; gives `按完成比例计分，基本分5分，最高得基本分的120%` as one formula: the ratio times the base points, up to
the cap. Only where the cap is more than the base: that is what says the base is what the whole ratio gives.
"""

import re
from fractions import Fraction

import attrs

from rubric.syntax import ast
from rubric.syntax.fold import key

_BASE = re.compile(
    r"[^,;。:\d]{0,20}?(?:基本分|基准分|基础分)值?(?:为|是)?(?P<points>\d+(?:\.\d+)?)分(?:,(?P<rest>.*))?[,;。]?"
)


def with_base(item: ast.Item) -> ast.Item:
    return attrs.evolve(item, pieces=_shared(item.pieces), items=tuple(with_base(part) for part in item.items))


def _shared(pieces: tuple[ast.Piece, ...]) -> tuple[ast.Piece, ...]:
    said = [
        (index, Fraction(match["points"]))
        for index, piece in enumerate(pieces)
        if piece.sentence is None and (match := _BASE.fullmatch(key(piece.text))) and not match["rest"]
    ]
    formulas = [index for index, piece in enumerate(pieces) if isinstance(piece.sentence, ast.ScoreFormula)]
    others = [i for i, p in enumerate(pieces) if p.kind is not ast.PieceKind.NOTE and i not in formulas]
    if len(said) != 1 or len(formulas) != 1:
        return pieces
    (at, base), place = said[0], formulas[0]
    formula = pieces[place].sentence
    caps = [i for i in others if i != at]
    limits = [pieces[i].sentence for i in caps]
    if not isinstance(formula, ast.ScoreFormula) or any(not isinstance(s, ast.Closing) for s in limits):
        return pieces
    share, most = formula.most_share, formula.most
    for closing in limits:
        assert isinstance(closing, ast.Closing)
        share = share if share is not None else closing.limits.most_share
        most = most if most is not None else closing.limits.most
    greatest = base * share if share is not None else most
    match formula.body:
        case ast.Operation(operator="*", right=ast.Name(key="分值")) as body if (
            greatest is not None and greatest > base
        ):
            full = ast.Number(base, "分", span=body.span)
            done = attrs.evolve(formula, body=attrs.evolve(body, right=full), most=greatest, most_share=None)
            told = [
                attrs.evolve(p, kind=ast.PieceKind.NOTE, sentence=None, award=None, points=None)
                if i == at or i in caps
                else p
                for i, p in enumerate(pieces)
            ]
            told[place] = attrs.evolve(pieces[place], sentence=done, award=greatest)
            return tuple(told)
        case _:
            return pieces
