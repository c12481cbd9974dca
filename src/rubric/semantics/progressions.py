"""Bands that go on as they began: `5%以内扣0.5分，5%～10%扣1分，以此类推`.

Takes the scoring parts of a level; gives them with the bands that 以此类推 leaves unsaid: equally wide, each with as much more
or less as the last one has, until all points are taken or none is left. None where what is said shows no such progression;
then the words are not understood, and nothing is computed.
"""

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.semantics.cells import Part, Shape
from rubric.source import Span
from rubric.syntax import ast

_MOST = 200


@attrs.frozen
class _Band:
    """One band said: from `low` (None: from the first value on) to `high`, with the points of it."""

    rule: ast.Rule
    low: Fraction | None
    high: Fraction | None
    points: Fraction


def continued(shape: Shape, points: Fraction) -> Shape | None:
    """The shape with all bands of each progression; itself where it has none."""
    parts: list[Part | Shape] = []
    for part in shape.parts:
        parts.append(part)
        if not isinstance(part, Part) or not _goes_on(part):
            continue
        further = _further(parts, points)
        if further is None:
            return None
        parts += further
    return attrs.evolve(shape, parts=tuple(parts)) if len(parts) > len(shape.parts) else shape


def _goes_on(part: Part) -> bool:
    match part.pieces:
        case (ast.Piece(sentence=ast.Rule(outcome=ast.Award(), limits=limits)),):
            return limits.so_on
        case _:
            return False


def _further(parts: list[Part | Shape], points: Fraction) -> list[Part] | None:
    """The bands after the last of `parts`."""
    last, before = _band_of(parts[-1]), _band_of(parts[-2]) if len(parts) > 1 else None
    if last is None or before is None or last.low is None or last.high is None:
        return None
    width, more = last.high - last.low, last.points - before.points
    upwards = before.high == last.low
    whole = before.low is None or before.high is None or before.high - before.low == width
    if not (upwards or before.low == last.high) or not whole or width <= 0:
        return None
    taking = isinstance(last.rule.outcome, ast.Award) and last.rule.outcome.deducted
    if (more <= 0) if taking else (more >= 0):
        return None
    part = parts[-1]
    assert isinstance(part, Part)
    found: list[Part] = []
    for number, given in _steps(last.points, more, points if taking else Fraction(0)):
        moved = width * number if upwards else -width * number
        final = given == (points if taking else 0)
        condition = _moved(last.rule.condition, moved, upwards if final else None)
        if condition is None or number > _MOST:
            return None
        outcome = ast.Award(given, deducted=taking, span=last.rule.outcome.span)
        rule = attrs.evolve(last.rule, condition=condition, outcome=outcome)
        award = None if taking else given
        found.append(attrs.evolve(part, pieces=(attrs.evolve(part.pieces[0], sentence=rule, award=award),)))
    return found


def _steps(points: Fraction, more: Fraction, end: Fraction) -> Iterator[tuple[int, Fraction]]:
    """Each further step with its points, the last with what is left to the end."""
    number, given = 0, points
    while given != end and number <= _MOST:
        number, given = number + 1, given + more
        if (given > end) == (more > 0):
            given = end
        yield number, given


def _band_of(part: Part | Shape) -> _Band | None:
    match part:
        case Part(pieces=(ast.Piece(sentence=ast.Rule(condition=condition) as rule),)):
            pass
        case _:
            return None
    match rule.outcome:
        case ast.Award(points=Fraction() as points, share=None):
            pass
        case _:
            return None
    match condition:
        case ast.Ranged(low=low, high=high) if low.unit == high.unit:
            return _Band(rule, low.value, high.value, points)
        case ast.Comparison(operands=(_, ast.Number(value=limit)), signs=("<" | "<=",)):
            return _Band(rule, None, limit, points)
        case ast.Comparison(operands=(_, ast.Number(value=limit)), signs=(">" | ">=",)):
            return _Band(rule, limit, None, points)
        case ast.Joined(joint="and", parts=(ast.Comparison(), ast.Comparison(operands=(_, ast.Number(value=limit))))):
            return _Band(rule, None, limit, points)
        case _:
            return None


def _moved(condition: ast.Condition, by: Fraction, open_upwards: bool | None) -> ast.Condition | None:
    """The range moved; the last band has no end on the far side."""
    match condition:
        case ast.Ranged(subject=subject, low=low, high=high):
            low, high = attrs.evolve(low, value=low.value + by), attrs.evolve(high, value=high.value + by)
            if open_upwards is None:
                return attrs.evolve(condition, low=low, high=high)
            return _beyond(subject, low if open_upwards else high, open_upwards, condition)
        case _:
            return None


def _beyond(subject: ast.Expression, limit: ast.Number, upwards: bool, of: ast.Ranged) -> ast.Comparison:
    span: Span = of.span
    if upwards:
        sign: ast.Sign = ">=" if of.low_inclusive or (of.low_inclusive is None and of.high_inclusive is False) else ">"
        return ast.Comparison((subject, limit), (sign,), span=span)
    sign = "<=" if of.high_inclusive or (of.high_inclusive is None and of.low_inclusive is False) else "<"
    return ast.Comparison((subject, limit), (sign,), span=span)
