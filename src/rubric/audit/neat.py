"""Examples as a person would write them.

Takes a point that gives a score; gives one with the same score whose numbers are short: money, rates and points to two
decimals, amounts of a usual size, no reading changed that need not be. Never another score.
"""

from collections.abc import Iterator
from fractions import Fraction

from rubric.audit.boxes import tightened
from rubric.audit.search import Found, Point, Search
from rubric.audit.unknowns import Box, Unknown
from rubric.core import program as core
from rubric.core.intervals import Range, exactly
from rubric.core.numbers import round_half_up

_USUAL = (Fraction(10) ** 4, Fraction(10) ** 9)
_TEN = Fraction(10)
_DECIMALS = (2, 3, 4, 6)


def neat(search: Search, found: Found) -> Found:
    """The same score, at a point that is easier to read where there is one."""
    if found.at is None or found.value is None:
        return found
    point = _recorded(search, found.value) or _with_fewer_readings(search, found.at, found.value)
    point = _of_usual_size(search, point, found.value)
    for position in range(len(point.space.unknowns)):
        point = _rounded_at(search, point, position, found.value)
    return Found(found.value, point, found.bound)


def _gives(search: Search, point: Point, score: Fraction) -> bool:
    """Whether the point is possible and gives the score."""
    space, box = point
    for unknown, cell in zip(space.unknowns, box, strict=True):
        if isinstance(cell, Range) and isinstance(unknown.start, Range):
            value = cell.low
            if value is None or value not in unknown.start:
                return False
            if unknown.values and value not in unknown.values:
                return False
            if unknown.grid is not None and (value / unknown.grid).denominator != 1:
                return False
    return tightened(space, box) == box and search.outcome(space, box).score == score


def _recorded(search: Search, score: Fraction) -> Point | None:
    """What is on record, where that alone gives the score."""
    space = search.spaces[0]
    cells = [
        exactly(u.given) if isinstance(u.given, Fraction) else (u.given,) for u in space.unknowns if u.given is not None
    ]
    point = Point(space, tuple(cells))
    return point if len(cells) == len(space.unknowns) and _gives(search, point, score) else None


def _with_fewer_readings(search: Search, point: Point, score: Fraction) -> Point:
    """Without the readings that make no difference to the score."""
    keys = [unknown.key for unknown in point.space.unknowns]
    for space in search.spaces:
        if not set(space.changed) < set(point.space.changed) or [u.key for u in space.unknowns] != keys:
            continue
        plainer = Point(space, point.box)
        if _gives(search, plainer, score):
            return plainer
    return point


def _of_usual_size(search: Search, point: Point, score: Fraction) -> Point:
    """Open amounts all smaller or all greater by the same power of ten, where they are far from any budget."""
    unknowns = point.space.unknowns
    amounts = [p for p, u in enumerate(unknowns) if not u.rounded and _dimension(search, u) is core.Dimension.MONEY]
    greatest = max((abs(_number(point, p)) for p in amounts), default=Fraction(0))
    if greatest == 0 or _USUAL[0] <= greatest <= _USUAL[1]:
        return point
    factor = Fraction(1)
    while greatest * factor < _USUAL[0]:
        factor *= _TEN
    while greatest * factor > _USUAL[1]:
        factor /= _TEN
    box = tuple(exactly(_number(point, p) * factor) if p in amounts else cell for p, cell in enumerate(point.box))
    scaled = Point(point.space, box)
    return scaled if _gives(search, scaled, score) else point


def _rounded_at(search: Search, point: Point, position: int, score: Fraction) -> Point:
    """With one number to as few decimals as the score allows."""
    unknown = point.space.unknowns[position]
    if not isinstance(point.box[position], Range):
        return point
    value = _number(point, position)
    given = (unknown.given,) if isinstance(unknown.given, Fraction) else ()
    for candidate in (*given, *_candidates(value, _unit_of(search, unknown))):
        if candidate == value:
            return point
        box: Box = (*point.box[:position], exactly(candidate), *point.box[position + 1 :])
        rounded = Point(point.space, box)
        if _gives(search, rounded, score):
            return rounded
    return point


def _candidates(value: Fraction, unit: Fraction) -> Iterator[Fraction]:
    for decimals in _DECIMALS:
        nearest = round_half_up(value / unit, decimals) * unit
        step = unit / 10**decimals
        yield nearest
        yield nearest - step if nearest > value else nearest + step


def _number(point: Point, position: int) -> Fraction:
    value = point.value(position)
    assert isinstance(value, Fraction)
    return value


def _unit_of(search: Search, unknown: Unknown) -> Fraction:
    """What one of the printed unit is in base units."""
    if unknown.judgement is not None:
        return Fraction(1)
    unit = search.program.datum(unknown.key[0]).unit
    return Fraction(1) if unit is None else unit.scale


def _dimension(search: Search, unknown: Unknown) -> core.Dimension | None:
    if unknown.judgement is not None:
        return None
    unit = search.program.datum(unknown.key[0]).unit
    return None if unit is None else unit.dimension
