"""What a level gives before its counts and steps are taken off or added, where that depends on facts.

Takes the sentences of a level that deducts; gives the ones that say what is given (`≥95%得8分；90%-95%得5分；…`,
`达到目标得8分，未达到的按比例得分`) and one expression for all of them: the first whose condition holds. A chain that leaves values
without points gives no expression; then the level is not read. Never a deduction.
"""

from rubric.core import program as core
from rubric.core.intervals import Interval, gaps
from rubric.semantics import cells
from rubric.semantics.bands import is_band, table
from rubric.semantics.by_case import first_that_holds, given
from rubric.semantics.cells import Shape
from rubric.semantics.gathered import Gathered
from rubric.semantics.order import values_of
from rubric.semantics.thresholds import threshold_of
from rubric.syntax import ast


def given_first(g: Gathered, shape: Shape) -> tuple[ast.Piece, ...]:
    """The sentences that give points by cases; none where one baseline stands for all."""
    pieces = tuple(
        p
        for p in cells.pieces_of(shape)
        if p.kind is ast.PieceKind.RULE and not p.deducts and not cells.adds(p.sentence) and is_band(p.sentence)
        if not _spares(p.sentence)
    )
    chain = tuple(p for p in pieces if not _cuts_off(p, pieces))
    by_formula = any(_is_formula(p.sentence) for p in chain)
    awards = [p for p in chain if p.award or _is_full(p.sentence)]
    guarded = len(awards) == 1 and _is_guarded(g, awards[0].sentence, shape.path)
    return chain if by_formula or len(awards) > 1 or guarded else ()


def given_base(
    g: Gathered, shape: Shape, chain: tuple[ast.Piece, ...], points: core.Constant
) -> core.Expression | None:
    """What the first of the sentences that holds gives; None where some values have none. `points` are full marks."""
    paths = {id(p): path for path, p in cells.paths_of(shape)}
    bands = table(g, chain, paths, points.value, shape)
    alone = len(bands.bands) == 1  # 制定计划的得2分，每少一次扣1分: nothing is given where it does not hold
    if bands.otherwise is None and not alone and not _covers(bands):
        return None
    return first_that_holds(given(bands, points.value) or [], bands)


def _covers(bands: core.BandTable) -> bool:
    """Whether the bands are of one quantity and leave out none of its values."""
    found = [values_of(band.condition) for band in bands.bands]
    known = [f for f in found if f is not None]
    quantities = {quantity for quantity, _ in known}
    return len(known) == len(found) and len(quantities) == 1 and not gaps(Interval(), tuple(v for _, v in known))


def _cuts_off(piece: ast.Piece, pieces: tuple[ast.Piece, ...]) -> bool:
    """`发生两次的不得分`: nothing, for what no sentence with points speaks of."""
    if piece.award != 0 or not isinstance(piece.sentence, ast.Rule):
        return False
    limit = threshold_of(piece.sentence.condition)
    others = [threshold_of(p.sentence.condition) for p in pieces if p is not piece and isinstance(p.sentence, ast.Rule)]
    return limit is None or all(o is None or o.measured != limit.measured for o in others)


def _spares(sentence: ast.Sentence | None) -> bool:
    """`因不可抗力造成的，不扣分`: what is taken off, and nothing of what it is taken off from."""
    match sentence:
        case ast.Rule(outcome=ast.Award(spared=True)):
            return True
        case _:
            return False


def _is_guarded(g: Gathered, sentence: ast.Sentence | None, path: str) -> bool:
    """Whether what is given rests on a fact of its own, and not on the events that are counted (a line of 口径)."""
    match sentence:
        case ast.Rule(condition=ast.Named(key=name), outcome=ast.Award()):
            symbol = g.lowering.scope.find(name, path)
            return symbol is not None and isinstance(symbol.node, ast.DatumLine)
        case _:
            return False


def _is_formula(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.ScoreFormula() | ast.Rule(outcome=ast.ScoreFormula()) | ast.Otherwise(outcome=ast.ScoreFormula()):
            return True
        case _:
            return False


def _is_full(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.Rule(outcome=ast.Award(points=None)) | ast.Always(outcome=ast.Award(points=None)):
            return True
        case _:
            return False
