"""Where a score jumps, and where nothing moves it.

Takes score curves and the reach of indicators; gives jumps named by the smallest change of a datum that is written down,
stretches on which the score stays the same, and how much each datum can move the total. Never a curve of its own.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import attrs

from rubric.analysis.curve import Curve, Piece
from rubric.analysis.ranges import ONE, ZERO
from rubric.analysis.reach_stage import Response
from rubric.analysis.reach_sums import IndicatorReach
from rubric.core import program as core

# A rate, an amount or a number is written down to so many decimals of its unit.
_WRITTEN = Fraction(1, 100)


@attrs.frozen
class Jump:
    """From the value `before` to `after`, next to each other as they are written, the score goes from `low` to `high`.

    The values are in base units, the scores in 分; `low` is that at `before`, whichever is greater.
    """

    datum: core.Datum
    before: Fraction
    after: Fraction
    low: Fraction
    high: Fraction

    @property
    def size(self) -> Fraction:
        return abs(self.high - self.low)


@attrs.frozen
class Flat:
    """Between two values the score stays at `points`; None is open-ended as far as the curve goes on unchanged.

    An end is `inclusive` where the score at it is the same.
    """

    datum: core.Datum
    low: Fraction
    high: Fraction
    low_inclusive: bool
    high_inclusive: bool
    points: Fraction


@attrs.frozen
class Sensitivity:
    """The most by which one datum alone can move the total, and the indicators in which it does.

    For one indicator `points` is exact; a datum of several indicators moves the total by no more than this sum.
    """

    datum: str
    points: Fraction
    indicators: tuple[str, ...]
    is_judgement: bool = False


def jumps_of(curve: Curve) -> tuple[Jump, ...]:
    """Every jump, the greatest first; of equal ones that to the highest score."""
    found = tuple(_jumps_of_whole(curve) if curve.whole else _jumps(curve))
    return tuple(sorted(found, key=_height, reverse=True))


def flats_of(curve: Curve) -> tuple[Flat, ...]:
    """The stretches of more than one value on which nothing moves the score, from low to high."""
    return tuple(_flats_of_whole(curve) if curve.whole else _flats(curve))


def largest_jump(found: IndicatorReach) -> Jump | None:
    """The greatest jump of an indicator, whichever datum makes it."""
    jumps = [jump for _, r in found.responses if r.curve is not None for jump in jumps_of(r.curve)[:1]]
    return max(jumps, key=_height, default=None)


def _height(jump: Jump) -> tuple[Fraction, Fraction]:
    return jump.size, max(jump.low, jump.high)


def sensitivities(found: tuple[IndicatorReach, ...]) -> tuple[Sensitivity, ...]:
    """Every datum and judgement that can move the total, the heaviest first."""
    moved: dict[tuple[str, bool], dict[str, Fraction]] = {}
    for one in found:
        if one.indicator.yields is not core.Yields.POINTS:
            continue
        for (name, judged), points in _moved(one).items():
            moved.setdefault((name, judged), {})[one.indicator.name] = min(points, _width(one))
    listed = [
        Sensitivity(name, sum(by_indicator.values(), ZERO), tuple(by_indicator), judged)
        for (name, judged), by_indicator in moved.items()
    ]
    return tuple(sorted(listed, key=lambda one: -one.points))


def _moved(found: IndicatorReach) -> dict[tuple[str, bool], Fraction]:
    """What each datum moves in one indicator: over clauses added, a deciding fact for all of it at most."""
    moved: dict[tuple[str, bool], Fraction] = {}
    for _, response in found.responses:
        names = dict.fromkeys(name for name, _ in response.facts) or {response.datum: None}
        for name in names:
            key = (name if response.facts else f"{found.indicator.name}／{name}", not response.facts)
            moved[key] = moved.get(key, ZERO) + _swing(response)
    return moved


def _swing(response: Response) -> Fraction:
    return response.high - response.low


def _width(found: IndicatorReach) -> Fraction:
    values = found.reach.values
    low, high = (values[0].low, values[-1].high) if values else (ZERO, ZERO)
    return found.indicator.points if low is None or high is None else high - low


# --- jumps ------------------------------------------------------------------------------------------------------------


def step_of(datum: core.Datum) -> Fraction:
    """The smallest change of a datum as it is written, in base units."""
    scale = datum.unit.scale if datum.unit is not None else ONE
    if datum.decimals is not None:
        return scale / 10**datum.decimals
    is_date = datum.unit is not None and datum.unit.dimension in (core.Dimension.DATE, core.Dimension.COUNT)
    return scale if is_date else scale * _WRITTEN


def _jumps(curve: Curve) -> Iterator[Jump]:
    step = step_of(curve.datum)
    befores, afters = (None, *curve.pieces), (*curve.pieces, None)
    for (value, points), before, after in zip(curve.breaks, befores, afters, strict=True):
        if points is None:
            continue
        if before is not None and before.end is not None and before.end != points:
            at = max(value - step, (before.low + before.high) / 2)
            yield Jump(curve.datum, at, value, _on(before, at), points)
        if after is not None and after.start is not None and after.start != points:
            at = min(value + step, (after.low + after.high) / 2)
            yield Jump(curve.datum, value, at, points, _on(after, at))


def _on(piece: Piece, at: Fraction) -> Fraction:
    """The score within a piece."""
    assert piece.start is not None
    assert piece.end is not None
    return piece.start + (piece.end - piece.start) * (at - piece.low) / (piece.high - piece.low)


def _jumps_of_whole(curve: Curve) -> Iterator[Jump]:
    for (at, score), (then, other) in pairwise(curve.breaks):
        if score is not None and other is not None and score != other:
            yield Jump(curve.datum, at, then, score, other)


# --- flat stretches ---------------------------------------------------------------------------------------------------


def _flats(curve: Curve) -> Iterator[Flat]:
    open_: Flat | None = None
    for (low, score), piece, (high, other) in zip(curve.breaks, curve.pieces, curve.breaks[1:], strict=False):
        level = piece.start if piece.start == piece.end and not piece.between else None
        goes_on = open_ is not None and level is not None and open_.points == level and score == level
        if open_ is not None and not goes_on:
            yield open_
            open_ = None
        if level is None:
            continue
        if open_ is None:
            open_ = Flat(curve.datum, low, high, score == level, other == level, level)
        else:
            open_ = attrs.evolve(open_, high=high, high_inclusive=other == level)
    if open_ is not None:
        yield open_


def _flats_of_whole(curve: Curve) -> Iterator[Flat]:
    start = 0
    for index in range(1, len(curve.breaks) + 1):
        ends = index == len(curve.breaks) or curve.breaks[index][1] != curve.breaks[start][1]
        if ends:
            (low, score), (high, _) = curve.breaks[start], curve.breaks[index - 1]
            if low < high and score is not None:
                yield Flat(curve.datum, low, high, True, True, score)
            start = index
