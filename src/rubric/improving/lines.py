"""One fact moved along its values, everything else as it is.

Takes a standing and a movable; gives the values at which a score rises, and the smallest change that reaches a total. Never
more than one fact at a time.

The values looked at are those where the indicator turns and their neighbours on the grid on which the fact is written. In
between the points of an indicator move one way, so the first value that reaches a score is found by halving.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.numbers import ZERO
from rubric.improving.movable import Best, Change, Movable
from rubric.improving.standing import Standing, moves_total, scores_with, total_rules, touched

_FAR = 1000
_LEAST_SPAN = 10**6
_MOST_DAYS = 400
_MOST_LEAPS = 12


Course = tuple[Fraction, ...]
"""The values to look at on one way."""


@attrs.frozen
class Rise:
    """A change of one fact after which an indicator scores more.

    `score` is its score then, `gain` how much more that is, `net` what the total gains (the fact may stand in other
    indicators too). `jump` is how much comes with the last step of the fact: all of a band, a hundredth of a ratio.
    """

    indicator: core.Indicator
    change: Change
    score: Fraction
    gain: Fraction
    net: Fraction
    jump: Fraction


def rises_of(standing: Standing, movable: Movable) -> Iterator[Rise]:
    """For each indicator that reads it, the values at which its score is higher than at all values nearer by."""
    indicators = touched(standing, movable)
    total = standing.total()

    def rise(indicator: core.Indicator, to: Fraction | str, last: Fraction) -> Rise | None:
        found = scores_with(standing, (Change(movable, to),), indicators)
        before = standing.score(indicator)
        if not found.sound or found.total is None or before is None or found.scores[indicator.id] <= before:
            return None
        score = found.scores[indicator.id]
        return Rise(indicator, Change(movable, to), score, score - before, found.total - total, score - last)

    for indicator in indicators:
        before = standing.score(indicator)
        if before is None or (indicator.is_bounded and before >= indicator.points):
            continue
        if movable.states:
            found = [rise(indicator, state, before) for state in movable.states if state != movable.at]
            yield from (one for one in found if one is not None)
            continue
        for places in ways(standing, movable, (indicator,)):
            found = [rise(indicator, at, last) for at, last in _rising(standing, movable, indicator, places)]
            yield from _apart([one for one in found if one is not None], standing.unit)


def _rising(
    standing: Standing, movable: Movable, indicator: core.Indicator, places: Course
) -> Iterator[tuple[Fraction, Fraction]]:
    """The values on one way at which the score is higher than before, each with the score one step before it.

    Where it rises by leaps between two places each leap is one, as far as they are few; where it rises all along, its end.
    """
    start = places[0]

    def score(value: Fraction) -> Fraction:
        found = scores_with(standing, (Change(movable, value),), (indicator,))
        return found.scores.get(indicator.id, ZERO) if found.sound else ZERO

    def beside(value: Fraction) -> Fraction:
        return score(value - movable.tick if value > start else value + movable.tick)

    best, last, leaps = standing.scores[indicator.id], start, 0
    for place in places[1:]:
        value = score(place)
        while value > best:
            first = _first(movable, last, place, lambda v, best=best: score(v) > best)
            leap = score(first) - beside(first)
            if leap <= standing.unit or leaps >= _MOST_LEAPS:
                first = _first(movable, last, place, lambda v, value=value: score(v) >= value)
            yield first, beside(first)
            best, last, leaps = score(first), first, leaps + 1
        last = place


def _apart(rises: list[Rise], unit: Fraction) -> Iterator[Rise]:
    """Without those that the next one exceeds by no more than a rounding."""
    for index, one in enumerate(rises):
        if index + 1 == len(rises) or rises[index + 1].score - one.score > 2 * unit:
            yield one


def cheapest_of(
    standing: Standing,
    movable: Movable,
    reached: Callable[[Fraction], bool],
    courses: tuple[Course, ...] | None = None,
) -> Change | None:
    """The smallest change of this fact alone that brings the total to where `reached` holds.

    `courses` are its `ways`, for a caller who asks again and again.
    """
    indicators = touched(standing, movable)
    of_total = (total_rules(standing.program),) if moves_total(standing.program, movable) else ()
    if not indicators and not of_total:
        return None

    def meets(to: Fraction | str) -> bool:
        total = scores_with(standing, (Change(movable, to),), indicators).total
        return total is not None and reached(total)

    if movable.states:
        found = [Change(movable, state) for state in movable.states if state != movable.at and meets(state)]
        return found[0] if found else None
    changes: list[Change] = []
    for places in courses if courses is not None else ways(standing, movable, (*indicators, *of_total)):
        last = places[0]
        for place in places[1:]:
            if meets(place):
                changes.append(Change(movable, _first(movable, last, place, meets)))
                break
            last = place
    return min(changes, key=lambda change: change.cost, default=None)


def is_crossed(standing: Standing, movable: Movable, below: Fraction | None = None) -> bool:
    """Whether on some stretch (nearer than what costs `below`) the fact moves one indicator up and another down.

    Elsewhere all of them move one way between two places, so that their sum does, and halving finds its first value.
    """
    indicators = touched(standing, movable)
    if len(indicators) < 2 or movable.states:
        return False
    for places in ways(standing, movable, indicators):
        before: tuple[Fraction, ...] | None = None
        for place in places:
            found = scores_with(standing, (Change(movable, place),), indicators).scores
            here = tuple(found.get(i.id, ZERO) for i in indicators)
            moves = [b - a for a, b in zip(before or here, here, strict=True)]
            if any(move > 0 for move in moves) and any(move < 0 for move in moves):
                return True
            if below is not None and movable.cost(place) >= below:
                break
            before = here
    return False


def most_of(standing: Standing, movable: Movable) -> Best:
    """The greatest gain of all indicators together that this fact alone can bring, at the least change.

    It is sure but where the fact moves two indicators oppositely: there the greatest sum may lie between the places.
    """
    indicators = touched(standing, movable)
    if not indicators:
        return Best((), ZERO, sure=True)
    sure = not is_crossed(standing, movable)

    def gain(to: Fraction | str) -> Fraction:
        found = scores_with(standing, (Change(movable, to),), indicators)
        return sum((found.scores[i.id] - standing.scores[i.id] for i in indicators), ZERO) if found.sound else ZERO

    best = Best((), ZERO, sure=sure)
    if movable.states:
        for state in movable.states:
            if gain(state) > best.gain:
                best = Best((Change(movable, state),), gain(state), sure=True)
        return best
    for places in ways(standing, movable, indicators):
        last = places[0]
        for place in places[1:]:
            value = gain(place)
            if value >= best.gain and value > 0:
                first = _first(movable, last, place, lambda v, value=value: gain(v) >= value)
                one = Best((Change(movable, first),), gain(first), sure=sure)
                if value > best.gain or one.cost < best.cost:
                    best = one
            last = place
    return best


def ways(standing: Standing, movable: Movable, indicators: tuple[core.Indicator, ...]) -> Iterator[Course]:
    """The values to look at on the way up and on the way down, from the fact as it is."""
    at, tick = movable.at, movable.tick
    assert isinstance(at, Fraction)
    low, high = _ends(movable)
    turning: set[Fraction] = {low, high}
    if _is_day(movable):
        turning |= {at + place for place in range(-_MOST_DAYS, _MOST_DAYS + 1)}
    elif not movable.is_judgement:
        for indicator in indicators:
            turning |= {*standing.turns_of(indicator, movable, low, high)}
    around: set[Fraction] = set()
    for value in turning:
        count = (value - movable.base) // tick
        around |= {movable.base + (count + step) * tick for step in (-1, 0, 1, 2)}
    legal = sorted(value for value in around if low <= value <= high)
    yield (at, *(value for value in legal if value > at))
    yield (at, *(value for value in reversed(legal) if value < at))


def _ends(movable: Movable) -> tuple[Fraction, Fraction]:
    at, scale = movable.at, Fraction(1)
    assert isinstance(at, Fraction)
    if isinstance(movable.subject, core.Datum) and movable.subject.unit is not None:
        scale = movable.subject.unit.scale
    span = max(abs(at) * _FAR, scale * _LEAST_SPAN)
    low = at - span if movable.low is None else movable.low
    return low, at + span if movable.high is None else movable.high


def _is_day(movable: Movable) -> bool:
    subject = movable.subject
    return (
        isinstance(subject, core.Datum) and subject.unit is not None and subject.unit.dimension is core.Dimension.DATE
    )


def _first(movable: Movable, last: Fraction, place: Fraction, meets: Callable[[Fraction], bool]) -> Fraction:
    """Of the grid values after `last` up to `place`, which meets it, the first that does."""
    up = place > last
    here, there = ((value - movable.base) / movable.tick for value in (last, place))
    low = here.numerator // here.denominator if up else -(-here.numerator // here.denominator)
    high = int(there)
    while abs(high - low) > 1:
        middle = (low + high) // 2
        if meets(movable.base + middle * movable.tick):
            high = middle
        else:
            low = middle
    return movable.base + high * movable.tick
