"""Scores taken from other values: which values, where the sentence does not say (`去掉一个最高分后取平均`).

Takes an indicator's cell; gives it with those values put in. A cell of nothing but definitions scores by the one that no
other uses. Where there are no such values, the sentence is a remark. Never a finding.
"""

import re
from collections.abc import Iterator

import attrs

from rubric.semantics.peers import peers_of, with_peers
from rubric.semantics.place_steps import with_place_steps
from rubric.semantics.resolve import names_in
from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.names import number_columns


def with_taken(indicator: ast.Indicator, item: ast.Item) -> ast.Item:
    """How the score is taken (`取平均值`), with the values it is taken of.

    They are those of the one datum of rows or periods, else all quantities of the cell. Where there are none, or where the
    cell scores otherwise too, the sentence is a remark.
    """
    values = usual_values(indicator)
    peers = peers_of(indicator)
    item = with_place_steps(with_peers(item, peers), peers)
    item = _with_score(item)
    alone = not any(_scores_otherwise(p) for i in _items(item) for p in i.pieces)
    return _with_taken(item, values, alone)


_SCORE = re.compile(r".*(分|分数|成绩|总评|结果)|[A-Z]")


def _with_score(item: ast.Item) -> ast.Item:
    """A cell of definitions alone: the one that no other uses, and whose name speaks of a score, gives the points."""
    pieces = [p for i in _items(item) for p in i.pieces]
    equations = [p.sentence for p in pieces if isinstance(p.sentence, ast.Equation)]
    others = [p for p in pieces if p.kind not in (ast.PieceKind.DEFINITION, ast.PieceKind.NOTE)]
    used = {name.key for e in equations for name in names_in(e.body)}
    last = [e for e in equations if e.name.key not in used]
    if others or len(last) != 1 or not _SCORE.fullmatch(last[0].name.key):
        return item
    return _scored(item, last[0])


def _scored(item: ast.Item, score: ast.Equation) -> ast.Item:
    pieces = tuple(_scored_piece(p, score) for p in item.pieces)
    return attrs.evolve(item, pieces=pieces, items=tuple(_scored(i, score) for i in item.items))


def _scored_piece(piece: ast.Piece, score: ast.Equation) -> ast.Piece:
    if piece.sentence is not score:
        return piece
    formula = ast.ScoreFormula(score.name.key, score.body, most=score.most, span=score.span)
    return attrs.evolve(piece, kind=ast.PieceKind.RULE, sentence=formula)


def _with_taken(item: ast.Item, values: ast.Expression | None, alone: bool) -> ast.Item:
    pieces = tuple(_taken_piece(p, values, alone) for p in item.pieces)
    return attrs.evolve(item, pieces=pieces, items=tuple(_with_taken(i, values, alone) for i in item.items))


def _taken_piece(piece: ast.Piece, values: ast.Expression | None, alone: bool) -> ast.Piece:
    match piece.sentence:
        case ast.ScoreFormula(taken=True, body=ast.Aggregate(operand=ast.Elided()) as body) as formula:
            if values is not None and not alone and body.which in ("max", "min") and re.search("项|个|类", piece.text):
                # of what the other sentences give, the greatest: not what their sum would be
                return attrs.evolve(piece, kind=ast.PieceKind.UNREAD, sentence=None, award=None, stop=formula.span)
            if values is None or not alone:
                return attrs.evolve(piece, kind=ast.PieceKind.NOTE, sentence=None)
            return attrs.evolve(piece, sentence=attrs.evolve(formula, body=attrs.evolve(body, operand=values)))
        case ast.Equation(body=ast.Aggregate(operand=ast.Elided()) as body) as equation if values is not None:
            return attrs.evolve(piece, sentence=attrs.evolve(equation, body=attrs.evolve(body, operand=values)))
        case ast.Rule(outcome=ast.ScoreFormula(body=ast.Aggregate(operand=ast.Elided()) as body) as formula) as rule:
            if values is None:
                return piece
            filled = attrs.evolve(formula, body=attrs.evolve(body, operand=values))
            return attrs.evolve(piece, sentence=attrs.evolve(rule, outcome=filled))
        case _:
            return piece


def _scores_otherwise(piece: ast.Piece) -> bool:
    scoring = (ast.PieceKind.RULE, ast.PieceKind.JUDGED, ast.PieceKind.BASELINE, ast.PieceKind.UNREAD)
    taken = isinstance(piece.sentence, ast.ScoreFormula) and piece.sentence.taken
    return piece.kind in scoring and not taken


def _items(item: ast.Item) -> Iterator[ast.Item]:
    yield item
    for part in item.items:
        yield from _items(part)


def usual_values(indicator: ast.Indicator) -> ast.Expression | None:
    """What a score is taken of where the sentence does not say."""
    lists = [d for d in indicator.data if (d.columns and len(number_columns(d)) == 1) or d.parts]
    if len(lists) == 1:
        return _named(lists[0])
    single = [d for d in indicator.data if d.unit and not d.states and not d.parts and not d.columns]
    if lists or len(single) < 2:
        return None
    return ast.Several(tuple(_named(d) for d in single), span=indicator.name_span)


def _named(line: ast.DatumLine) -> ast.Name:
    """The name at the beginning of its line: an explanation shows it, and not the whole line."""
    return ast.Name(key(line.name), span=Span(line.span.start, line.span.start + len(line.name)))
