"""The curves of the drivers of a rule, and what they pass through.

Takes a rule set up with all but one driver held; gives its curve over all values of that driver, the scores met on it, and
how the score responds to each driver when all else is at its best. Never a guess of what lies beyond a curve: it goes on
until nothing changes any more, or says that it does not.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from rubric.analysis import value_sets
from rubric.analysis.curve import Curve, curve_of, is_whole
from rubric.analysis.drivers import Driver, facts_at, states_of
from rubric.analysis.ranges import ONE, ZERO, range_of
from rubric.analysis.reach_stage import (
    Case,
    Response,
    Stage,
    between,
    record_in,
    score_in,
    turns_of,
)
from rubric.analysis.value_sets import Values
from rubric.core import program as core
from rubric.core.intervals import Interval

_MOST_DOUBLINGS = 16
_MOST_WHOLE = 256
_FAR = 1000

OPEN = "得分没有上限"


def curve_in(
    stage: Stage, case: Case, driver: Driver, marks: Mapping[tuple[str, str], Fraction] | None = None
) -> tuple[Curve, str]:
    """The curve of a driver with the rest held, over all its values or as far as something changes; why it is not all.

    `marks` are judgements given; without them each is at its greatest.
    """
    facts = facts_at(stage.world, case.numbers) if case.numbers else None
    held = attrs.evolve(stage.world, fixed={**stage.world.fixed, **(facts or {})})
    whole = range_of(held, driver.atom)
    numbers = {d: v for d, v in case.numbers.items() if d != driver}
    rest = attrs.evolve(case, numbers=numbers)
    turns = turns_of(stage, driver, {d.key: v for d, v in numbers.items()})
    size = driver.datum.unit.scale if driver.datum.unit is not None else ONE
    low, below = _end(stage, rest, driver, whole.low, turns, -size)
    high, above = _end(stage, rest, driver, whole.high, turns, size)
    record = record_in(stage, rest, {}, marks)
    curve = curve_of(stage.program, stage.indicator, record, driver.datum, low, max(low, high), stage.world.readings)
    return curve, below or above


def _end(
    stage: Stage, case: Case, driver: Driver, end: Fraction | None, turns: set[Fraction], size: Fraction
) -> tuple[Fraction, str]:
    """The end itself; else a number beyond which the score stays as it is, or the reason why there is none.

    Whole numbers are looked at one by one, so an end that is far away is left for a nearer one.
    """
    sign = 1 if size > 0 else -1
    if end is not None and not (is_whole(driver.datum) and _is_far(turns, end, size)):
        return end, ""
    whole = range_of(stage.world, driver.atom)
    start = max(turns, default=whole.low or ZERO) if size > 0 else min(turns, default=whole.high or ZERO)
    reach = max(
        abs(size), abs(start) if driver.datum.unit and driver.datum.unit.dimension is core.Dimension.RATE else ZERO
    )
    for _ in range(_MOST_DOUBLINGS):
        places = [start + sign * reach * factor for factor in (1, 2, _FAR)]
        scores = [score_in(stage, case, {driver: place})[0] for place in places]
        if scores[0] is not None and scores[0] == scores[1] == scores[2]:
            # A little further, so that what the score stays at is a stretch and not the last number alone.
            return places[0] + (size if is_whole(driver.datum) else sign * reach / 4), ""
        if end is not None and sign * (end - places[0]) <= 0:
            return end, OPEN if _is_far(turns, end, size) else ""
        reach *= 2
    return start + sign * abs(size), OPEN


def _is_far(turns: set[Fraction], end: Fraction, size: Fraction) -> bool:
    start = max(turns, default=ZERO) if size > 0 else min(turns, default=ZERO)
    return abs(end - start) > _MOST_WHOLE * abs(size)


def image(curve: Curve) -> tuple[Values, bool]:
    """All scores a curve passes through, and whether it does so without a jump."""
    values = [value_sets.point(value) for _, value in curve.breaks if value is not None]
    steady = not curve.whole
    for (_, before), piece, (_, after) in zip(curve.breaks, curve.pieces, curve.breaks[1:], strict=False):
        if piece.start is None or piece.end is None:
            continue
        met = [piece.start, piece.end, *(score for _, score in piece.between)]
        low, high = min(met), max(met)
        values.append(value_sets.point(low) if low == high else (Interval(low, high),))
        steady = steady and piece.start == before and piece.end == after
    return value_sets.joined(values), steady


def confirmed(stage: Stage, case: Case, driver: Driver, curve: Curve) -> Values:
    """What the curve passes through at values for which facts are found."""

    def found(value: Fraction) -> bool:
        return facts_at(stage.world, {**case.numbers, driver: value}) is not None

    values = [value_sets.point(score) for at, score in curve.breaks if score is not None and found(at)]
    for piece in curve.pieces:
        if piece.start is not None and piece.end is not None and found(between(piece.low, piece.high)):
            ends = sorted((piece.start, piece.end))
            values.append(value_sets.point(ends[0]) if ends[0] == ends[1] else (Interval(ends[0], ends[1]),))
    return value_sets.joined(values)


def responses(
    stage: Stage,
    best: tuple[Fraction, Case, Fraction | None],
    main: list[Driver],
    judged: list[core.Judged],
) -> Iterator[Response]:
    _, case, at = best
    held = attrs.evolve(case, numbers={**case.numbers, **({main[0]: at} if main and at is not None else {})})
    for driver in stage.drivers:
        curve, _ = curve_in(
            stage, attrs.evolve(held, numbers={d: v for d, v in held.numbers.items() if d != driver}), driver
        )
        scores = [end for band in image(curve)[0] for end in (band.low, band.high) if end is not None]
        if scores and min(scores) < max(scores):
            yield Response(driver, driver.datum.name, driver.facts, min(scores), max(scores), curve)
    for name, states in states_of(stage.world, stage.nodes).items():
        found = [(s, score_in(stage, attrs.evolve(held, states={**held.states, name: s}), {})[0]) for s in states]
        known = [(state, score) for state, score in found if score is not None]
        scores = [score for _, score in known]
        if scores and min(scores) < max(scores):
            yield Response(None, name, ((name, None),), min(scores), max(scores), None, tuple(known))
    for node in judged:
        judgement = next(j for j in stage.program.judgements if j.key == node.judgement)
        low, _, _ = score_in(stage, held, {}, {judgement.key: judgement.low})
        high, _, _ = score_in(stage, held, {}, {judgement.key: judgement.high})
        if low is not None and high is not None:
            yield Response(None, judgement.label, (), low, high)
