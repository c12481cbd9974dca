"""Sets of facts that gain together, and what each gain costs.

Takes a standing and what may move; gives the groups that nothing ties to each other, for each group the sets of facts worth
looking at with what they gain at most, and for a set the cheapest changes for each gain. Never a set that a smaller one makes
needless.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

import attrs

from rubric.core import program as core
from rubric.improving.joint import cheapest, is_cheapest, joint_of, most_gained
from rubric.improving.lines import Course, cheapest_of, is_crossed, most_of, ways
from rubric.improving.movable import Best, Movable, is_cumulative
from rubric.improving.standing import Standing, scores_with, touched

ZERO = Fraction(0)
FAR = Fraction(10**9)
_MOST_AT_ONCE = 4
_MOST_RUNGS = 300
_MOST_FINE = 60


@attrs.frozen
class Option:
    """A set of facts of one group, with what it gains at most."""

    facts: tuple[Movable, ...]
    best: Best


def groups_of(standing: Standing, movables: tuple[Movable, ...]) -> list[tuple[Movable, ...]]:
    """What an indicator or a bound ties together."""
    groups: list[tuple[set[str], list[Movable]]] = []
    for movable in movables:
        marks = set(_marks(standing, movable))
        apart = [group for group in groups if not group[0] & marks]
        met = [group for group in groups if group[0] & marks]
        joined = ({*marks, *(m for g in met for m in g[0])}, [*(m for g in met for m in g[1]), movable])
        groups = [*apart, joined]
    order = {movable.key: index for index, movable in enumerate(movables)}
    return [tuple(sorted(group, key=lambda m: order[m.key])) for _, group in groups]


def _marks(standing: Standing, movable: Movable) -> Iterator[str]:
    yield from (f"#{indicator.id}" for indicator in touched(standing, movable))
    match movable.subject:
        case core.Datum() as datum:
            if is_cumulative(datum) or not datum.parts:
                yield datum.name
            yield from (b.datum for b in (datum.low, datum.high) if b is not None and b.datum is not None)
        case core.Judgement():
            pass


def options_of(standing: Standing, group: tuple[Movable, ...]) -> Iterator[Option]:
    """The sets of the group worth looking at: each gains more than every set of fewer facts.

    Another set is in no plan of fewest facts: the smaller one would stand in its place.
    """
    ceiling, before = _headroom(standing, group), ZERO
    for size in range(1, len(group) + 1):
        if before == ceiling or (size > _MOST_AT_ONCE and size < len(group)):
            continue
        if size == 2:
            most = most_gained(joint_of(standing, group), ceiling)
            ceiling = min(ceiling, max(most.gain, before)) if most.sure else ceiling
            if before == ceiling:
                return
        found: list[Option] = []
        for facts in combinations(group, size):
            best = _most_of(standing, facts[0]) if size == 1 else most_gained(joint_of(standing, facts), ceiling)
            if best.gain > before:
                found.append(Option(facts, attrs.evolve(best, sure=best.sure or best.gain == ceiling)))
        yield from found
        before = max([before, *(option.best.gain for option in found)])


def _most_of(standing: Standing, movable: Movable) -> Best:
    """Of one fact: along its values, or with the solver where those do not tell."""
    best = most_of(standing, movable)
    if best.sure:
        return best
    solved = most_gained(joint_of(standing, (movable,)))
    return solved if solved.gain >= best.gain else best


def _headroom(standing: Standing, group: tuple[Movable, ...]) -> Fraction:
    """What the indicators of the group lack to their full points; a great number where one has no maximum."""
    indicators = {i.id: i for movable in group for i in touched(standing, movable)}
    free = any(not i.is_bounded for i in indicators.values())
    return FAR if free else sum((i.points - standing.scores[i.id] for i in indicators.values()), ZERO)


# --- costs ------------------------------------------------------------------------------------------------------------


def cheapest_option(
    standing: Standing, option: Option, need: Fraction, courses: tuple[Course, ...] | None = None
) -> Best:
    """The cheapest changes of one option that gain `need`; those that gain most where no others are known.

    `courses` are those of its fact, where it has one fact and they are known.
    """
    if len(option.facts) == 1:
        (movable,) = option.facts
        one = cheapest_alone(standing, movable, need, courses)
        if one is not None:
            return one
    joint = joint_of(standing, option.facts)
    found = cheapest(joint, need)
    return (
        attrs.evolve(option.best, sure=False)
        if found is None
        else attrs.evolve(found, gain=joint.gain(found.changes) or need)
    )


def cheapest_alone(
    standing: Standing, movable: Movable, need: Fraction, courses: tuple[Course, ...] | None = None
) -> Best | None:
    """The smallest change of one fact that gains `need`; where it moves two indicators oppositely, by the solver."""
    wanted = standing.total(need)
    change = cheapest_of(standing, movable, lambda total: total >= wanted, courses)
    found = None
    if change is not None:
        scores = scores_with(standing, (change,), touched(standing, movable)).scores
        gain = sum((score - standing.scores[i] for i, score in scores.items()), ZERO)
        found = Best((change,), gain, sure=True)
    if not is_crossed(standing, movable, None if change is None else change.cost):
        return found
    joint = joint_of(standing, (movable,))
    better = cheapest(joint, need, None if found is None else found.cost)
    if better is not None:
        return better
    if found is None:
        return None
    return attrs.evolve(found, sure=is_cheapest(joint, need, found.cost))


def ladder(standing: Standing, option: Option) -> tuple[Best, ...]:
    """The cheapest changes for each gain that the option can make, rising.

    A score that rises by leaps has few gains, and all are taken. One that rises all along is taken in coarser steps after a
    while: then no rung is said to be the cheapest.
    """
    courses = None
    if len(option.facts) == 1 and not option.facts[0].states:
        courses = tuple(ways(standing, option.facts[0], touched(standing, option.facts[0])))
    coarse = max(standing.unit, option.best.gain / _MOST_RUNGS)
    step, small = standing.unit, 0
    found: list[Best] = []
    need = step
    while need < option.best.gain:
        one = cheapest_option(standing, option, need, courses)
        found.append(one)
        small += one.gain - need < coarse
        step = coarse if small > _MOST_FINE else standing.unit
        need = max(need, one.gain) + step
    found.append(cheapest_option(standing, option, option.best.gain, courses))
    exact = step == standing.unit
    return tuple(attrs.evolve(one, sure=one.sure and exact) for one in found)


def weighed(ladders: list[tuple[Best, ...]], need: Fraction, unit: Fraction) -> tuple[Best, ...]:
    """One rung of each ladder, so that all together gain `need` at the least cost (a knapsack on the grid of scores)."""
    best: dict[int, tuple[Fraction, tuple[Best, ...]]] = {0: (ZERO, ())}
    wanted = -(-need.numerator * unit.denominator // (need.denominator * unit.numerator))
    for rungs in ladders:
        found: dict[int, tuple[Fraction, tuple[Best, ...]]] = {}
        for gained, (cost, taken) in best.items():
            for rung in rungs:
                there = min(gained + int(rung.gain / unit), wanted)
                if there not in found or cost + rung.cost < found[there][0]:
                    found[there] = (cost + rung.cost, (*taken, rung))
        best = found
    return best[wanted][1]
