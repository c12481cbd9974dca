"""Rates that do not say whether points are given or taken: `核心期刊2分/篇`.

Takes a cell as it was read; gives it with every such rate as the rest of the cell means it: where points are taken somewhere
(`扣完为止`), it takes; where a greatest score is named (`最高不超过6分`) or the item has no points to take from (不设上限), it gives. Where the cell says neither, the sentence is not
read. `每项甲类计2分、乙类计1分` is a rate for each. Never guesses from what is counted.
"""

import re

import attrs

from rubric.syntax import ast
from rubric.syntax.fold import key

_TAKES = re.compile(r"扣|减(?!半)|倒")
_GIVES = re.compile(
    r"最高|最多|至多|封顶|上限|累计|合计|加分|奖励|[得计记加]\d|不超过\d+(?:\.\d+)?分|(?<!扣)满\d+(?:\.\d+)?分为止"
)
# 最多扣3分, 扣分累计不超过3分: a greatest that is taken says nothing of giving.
_MOST_TAKEN = re.compile(
    r"(?:最高|最多|至多|累计|合计|本项|总共|上限)*扣[除减]?(?:分)?(?:最高|最多|累计|合计|上限|不超过|为)*\d+(?:\.\d+)?分"
)


def signed(cell: ast.Item, only_adds: bool = False) -> ast.Item:
    """The cell with each unsigned rate given or taken, or not read; `only_adds` where there are no points to take from."""
    cell = _carried(cell)
    words = _words(cell)
    taken, given = bool(_TAKES.search(words)), bool(_GIVES.search(_MOST_TAKEN.sub("", words))) or only_adds
    return _settled(cell, None if taken == given else given)


def _carried(item: ast.Item) -> ast.Item:
    """`每项甲类计2分、乙类计1分`: what is parted from a rate by a pause is counted as it is."""
    pieces: list[ast.Piece] = []
    rate: ast.PerCount | None = None
    for piece in item.pieces:
        match piece.sentence:
            case ast.CountDeduction(deduction=per) if piece.text.startswith("每"):
                rate = per
            case ast.Rule(
                condition=ast.Bare(operand=ast.Name(declared=True) as event),
                outcome=ast.Award(points=points, scopes=(), share=None, marked=False),
            ) if rate is not None and rate.adds and points is not None and piece.goes_on:
                per = attrs.evolve(rate, points=points, span=piece.span)
                counted = ast.CountDeduction(event, per, piece.sentence.limits, span=piece.sentence.span)
                piece = attrs.evolve(piece, sentence=counted, award=None, deducts=True)
            case _:
                rate = None
        pieces.append(piece)
    return attrs.evolve(item, pieces=tuple(pieces), items=tuple(_carried(part) for part in item.items))


def _words(item: ast.Item) -> str:
    return "".join(key(p.text) for p in item.pieces) + "".join(_words(part) for part in item.items)


def _settled(item: ast.Item, gives: bool | None) -> ast.Item:
    pieces = tuple(_piece(p, gives) for p in item.pieces)
    return attrs.evolve(item, pieces=pieces, items=tuple(_settled(part, gives) for part in item.items))


def _piece(piece: ast.Piece, gives: bool | None) -> ast.Piece:
    match piece.sentence:
        case ast.Rule(outcome=ast.PerCount(unsigned=True) as per) as sentence:
            known = attrs.evolve(sentence, outcome=attrs.evolve(per, adds=bool(gives), unsigned=False))
        case ast.CountDeduction(deduction=ast.PerCount(unsigned=True) as per) as sentence:
            known = attrs.evolve(sentence, deduction=attrs.evolve(per, adds=bool(gives), unsigned=False))
        case _:
            return piece
    if gives is None:
        return attrs.evolve(piece, kind=ast.PieceKind.UNREAD, sentence=None, stop=piece.sentence.span)
    return attrs.evolve(piece, sentence=known)
