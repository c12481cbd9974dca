"""How the lines of a cell add up, decided from points alone.

Takes an item of a cell; gives its `Shape`: the parts that score, with the way they combine. Decided before any name is
bound, so that every table runs on its first day (`language.md` §3):

1. no points anywhere: one judgement of all points;
2. a line with 扣N分 and no points of its own: a baseline and its deductions;
3. several lines, the greatest equal to the points: alternatives, the first that fits;
4. the sum equal to the points: addends;
5. addends, and lines that take off what the addends give: `1. …得2分；2. …得3分；3. 返工的，扣1分`;
6. anything else fits nothing, and the author is asked.

A group without points of its own (`1. X=…` over its bands) takes whichever of 3 and 4 makes the level above fit.
"""

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from itertools import product

import attrs

from rubric.syntax import ast

Kind = ast.PieceKind
SCORING = (Kind.RULE, Kind.JUDGED, Kind.BASELINE, Kind.UNREAD)


class Mode(StrEnum):
    JUDGED = "judged"
    DEDUCT = "deduct"
    FIRST = "first"
    SUM = "sum"
    LESS = "less"


@attrs.frozen
class Part:
    """One scoring sentence, or the judged sentences of one line together."""

    path: str
    pieces: tuple[ast.Piece, ...]

    def points_of(self, whole: Fraction) -> Fraction | None:
        """The points it gives at most, `whole` being full marks; None where it states none."""
        awards = [_award(piece.sentence, whole) for piece in self.pieces]
        known = [a for a in (*awards, self.points) if a is not None]
        return max(known, default=None)

    @property
    def points(self) -> Fraction | None:
        found = [p for piece in self.pieces for p in (piece.points, piece.award) if p is not None]
        return found[0] if found and self.pieces[0].points is not None else max(found, default=None)

    @property
    def deducts(self) -> bool:
        return self.points is None and any(p.deducts and not p.discretionary for p in self.pieces)


@attrs.frozen
class Shape:
    """An item's scoring parts and how they make its points. `mode` is None where nothing fits.

    `grouped`: they are the parts of one sentence of the item, which is one of several.
    """

    item: ast.Item
    title: str
    stated: Fraction | None
    parts: tuple["Part | Shape", ...]
    grouped: bool = False

    @property
    def path(self) -> str:
        return self.item.path


@attrs.frozen
class Fit:
    """The mode of a level, and the points each part takes in it."""

    mode: Mode
    points: tuple[Fraction | None, ...]


def shape_of(item: ast.Item) -> Shape:
    """The scoring parts of an item, its own sentences first."""
    parts: list[Part | Shape] = []
    judged = tuple(p for p in item.pieces if p.kind is Kind.JUDGED)
    for piece in item.pieces:
        if isinstance(piece.sentence, ast.Closing):
            continue  # it bounds what the sentences before it give
        if piece.kind is Kind.JUDGED:
            if piece is judged[0]:
                parts.append(Part(item.path, judged))
        elif piece.kind in SCORING:
            parts.append(Part(item.path, (piece,)))
    parts.extend(s for below in item.items if (s := shape_of(below)).parts)
    titles = [p for p in item.pieces if p.kind is Kind.TITLE]
    title = titles[0].text if titles else ""
    return Shape(item, title, titles[0].points if titles else None, tuple(parts))


def fit(parts: tuple[Part | Shape, ...], points: Fraction) -> Fit | None:
    """The first way the parts make `points`, trying for groups without points of their own each way they could count."""
    worth = tuple(_worth(part) for part in parts)
    if len(parts) > 1 and all(worth) and sum(w for w in worth if w is not None) == points:
        return Fit(Mode.SUM, worth)  # each line is taken off by itself: 扣完2分为止, 扣完3分为止
    options = ((*_options(p, points), *(() if w is None else (w,))) for p, w in zip(parts, worth, strict=True))
    for combination in product(*(dict.fromkeys(values) for values in options)):
        mode = _mode(parts, combination, points)
        if mode is not None:
            return Fit(mode, combination)
    return None


def less(parts: tuple[Part | Shape, ...], points: Fraction) -> Fit | None:
    """Lines that take points off, beside others that add up to the points.

    For a level that fits in no other way. What goes on from another sentence (`…得2分，每少一项扣0.5分`) is taken off that one.
    """
    taking = tuple(part for part in parts if _takes_off(part))
    giving = tuple(part for part in parts if not _takes_off(part))
    if len(giving) < 2 or not taking or _adds(parts):
        return None
    if any(isinstance(part, Part) and part.pieces[0].goes_on for part in taking):
        return None
    fitted = fit(giving, points)
    if fitted is None or fitted.mode is not Mode.SUM:
        return None
    given = iter(fitted.points)
    return Fit(Mode.LESS, tuple(None if _takes_off(part) else next(given) for part in parts))


def _worth(part: Part | Shape) -> Fraction | None:
    """What a line of nothing but deductions is worth, where it says how much can be taken off: 扣完2分为止."""
    if not _takes_off(part):
        return None
    found: list[Fraction] = []
    for piece in part.pieces if isinstance(part, Part) else pieces_of(part):
        match piece.sentence:
            case ast.Rule(limits=limits) | ast.CountDeduction(limits=limits) | ast.Paired(limits=limits):
                if adds(piece.sentence):
                    return None
                found += [p for p in (limits.floor_points, limits.most if limits.most_of == "扣" else None) if p]
            case _:
                return None
    return found[0] if len(set(found)) == 1 else None


def by_sentence(shape: Shape) -> Shape | None:
    """The same with what stands in one sentence as one part: `A的得1分，否则不得分；B的得1分，一项不符合扣0.5分`.

    For a level that fits in no other way; None where no sentence holds several parts, or there is only one.
    """
    groups: list[tuple[ast.Piece | None, list[Part | Shape]]] = []
    for part in shape.parts:
        title = _title_before(shape.item, part)
        if groups and title is None and isinstance(part, Part) and part.pieces[0].goes_on:
            groups[-1][1].append(part)
        else:
            groups.append((title, [part]))
    titled = any(title is not None for title, _ in groups)
    if len(groups) < 2 or (len(groups) == len(shape.parts) and not titled):
        return None
    parts = (g[0] if len(g) == 1 and title is None else _group(shape, tuple(g), title) for title, g in groups)
    return attrs.evolve(shape, parts=tuple(parts))


def rest_joined(shape: Shape) -> Shape | None:
    """The same with a closing `否则得1分` as one part with the sentence before it: `A的得3分，B的得3分，否则得1分`.

    For a level that fits in no other way; None where no such sentence closes it.
    """
    match shape.parts:
        case (*before, Part() as last, Part(pieces=(ast.Piece(sentence=ast.Otherwise()),)) as rest) if before:
            return attrs.evolve(shape, parts=(*before, _group(shape, (last, rest))))
        case _:
            return None


def _title_before(item: ast.Item, part: Part | Shape) -> ast.Piece | None:
    """`项目资料齐全（2分，每缺一项扣0.5分）`: what states the points of the sentence that a part goes on from."""
    if not isinstance(part, Part) or not part.pieces[0].goes_on:
        return None
    places = [piece.span for piece in item.pieces]
    at = places.index(part.pieces[0].span) if part.pieces[0].span in places else 0
    before = item.pieces[at - 1] if at else None
    return before if before is not None and before.kind is Kind.TITLE and before.points is not None else None


def _group(shape: Shape, parts: tuple[Part | Shape, ...], title: ast.Piece | None = None) -> Shape:
    pieces = tuple(piece for part in parts if isinstance(part, Part) for piece in part.pieces)
    span = pieces[0].span.to(pieces[-1].span)
    item = attrs.evolve(shape.item, pieces=pieces, items=(), span=span)
    words, stated = (title.text, title.points) if title is not None else ("", None)
    return Shape(item, words, stated, parts, grouped=True)


def results(parts: tuple[Part | Shape, ...]) -> tuple[tuple[str, Fraction], ...]:
    """What each way of combining would give, for the message where none fits."""
    known = [p for part in parts if (p := _options(part, Fraction(0))[0]) is not None]
    return (("相加", sum(known, Fraction(0))), ("择一", max(known, default=Fraction(0))))


def greatest(parts: tuple[Part | Shape, ...], mode: Mode | None = None) -> Fraction:
    """The full points of an item that has no maximum: what fits, else nothing (all is added to 0).

    With a `mode`, what fits in that way goes first: for one class the sentences go together as they do for another.
    """
    known = [p for part in parts if (p := _options(part, Fraction(0))[0]) is not None]
    candidates = (Fraction(0), max(known, default=Fraction(0)), sum(known, Fraction(0)))
    fits = [(points, found.mode) for points in candidates if (found := fit(parts, points)) is not None]
    alike = [points for points, found in fits if found is mode]
    return next(iter((*alike, *(points for points, _ in fits))), Fraction(0))


def _mode(parts: tuple[Part | Shape, ...], values: tuple[Fraction | None, ...], points: Fraction) -> Mode | None:
    known = [v for v in values if v is not None]
    if any(_takes_off(part) and value is None for part, value in zip(parts, values, strict=True)):
        stated = (v for part, v in zip(parts, values, strict=True) if v is not None and not _cut_off(part))
        base = max(stated, default=points)
        return Mode.DEDUCT if base == points or (_adds(parts) and base < points) else None
    if not known:
        return Mode.JUDGED
    if len(parts) > 1 and max(known) == points and not any(_takes_off(part) for part in parts):
        return Mode.FIRST
    return Mode.SUM if sum(known) == points else None


def _takes_off(part: Part | Shape) -> bool:
    return (isinstance(part, Part) and part.deducts) or _deduct_line(part)


def _cut_off(part: Part | Shape) -> bool:
    """`两次及以上不得分` beside deductions: no baseline of 0."""
    pieces = part.pieces if isinstance(part, Part) else pieces_of(part)
    return all(piece.award == 0 and piece.points is None for piece in pieces)


def _adds(parts: tuple[Part | Shape, ...]) -> bool:
    """Whether some sentence adds points: the baseline may then be less than the points."""
    for part in parts:
        pieces = part.pieces if isinstance(part, Part) else pieces_of(part)
        if any(adds(piece.sentence) for piece in pieces):
            return True
    return False


def adds(sentence: ast.Sentence | None) -> bool:
    match sentence:
        case ast.Rule(outcome=ast.StepDeduction() | ast.PerCount() | ast.Adjustment() as outcome):
            return outcome.adds
        case ast.CountDeduction(deduction=deduction) | ast.Paired(deductions=(deduction, *_)):
            return deduction.adds
        case _:
            return False


def _deduct_line(part: Part | Shape) -> bool:
    """A numbered line that is nothing but deductions."""
    return (
        isinstance(part, Shape) and part.stated is None and all(isinstance(p, Part) and p.deducts for p in part.parts)
    )


def _options(part: Part | Shape, whole: Fraction) -> tuple[Fraction | None, ...]:
    if isinstance(part, Part):
        return (part.points_of(whole),)
    if part.stated is not None:
        return (part.stated,)
    if len(part.parts) == 1:
        return _options(part.parts[0], whole)
    found: list[Fraction | None] = []
    for combination in product(*(_options(p, whole) for p in part.parts)):
        known = [v for v in combination if v is not None]
        found += [max(known), sum(known, Fraction(0))] if known else [None]
    return tuple(dict.fromkeys(found))


def _award(sentence: ast.Sentence | None, whole: Fraction) -> Fraction | None:
    """Full marks, or a share of them."""
    match sentence:
        case ast.Rule(outcome=ast.Award(deducted=True)):
            return None
        case ast.Rule(outcome=ast.Award(points=None, share=share)):
            return whole if share is None else whole * share
        case ast.ScoreFormula(body=body) | ast.Rule(outcome=ast.ScoreFormula(body=body)) if not states_points(body):
            return whole
        case ast.Otherwise(outcome=ast.ScoreFormula() | ast.Proportion()) | ast.Rule(outcome=ast.Proportion()):
            return whole
        case ast.RowPoints():
            return whole
        case ast.Otherwise(outcome=ast.Award(deducted=True)):
            return None
        case ast.Always(outcome=ast.Award(points=None)):
            return whole
        case ast.Otherwise(outcome=ast.Award(points=points, share=share)):
            return points if points is not None else whole if share is None else whole * share
        case _:
            return None


def states_points(body: ast.Expression) -> bool:
    """Whether a formula names its points in figures (`×2分`); else its full marks are those of the item."""
    match body:
        case ast.Number(unit=unit):
            return unit == "分"
        case ast.Operation(left=left, right=right):
            return states_points(left) or states_points(right)
        case ast.Limited(body=inner) | ast.Absolute(operand=inner):
            return states_points(inner)
        case _:
            return False


def pieces_of(shape: Shape) -> tuple[ast.Piece, ...]:
    """The scoring sentences of a shape, in the order of the text."""
    return tuple(piece for _, piece in paths_of(shape))


def paths_of(shape: Shape) -> Iterator[tuple[str, ast.Piece]]:
    """The scoring sentences of a shape, each with the path of its item."""
    for part in shape.parts:
        if isinstance(part, Part):
            yield from ((part.path, piece) for piece in part.pieces)
        else:
            yield from paths_of(part)
