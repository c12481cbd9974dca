"""Which facts to change for a total: the fewest, and of as many the smallest relative change.

Takes a standing, what may move and the total wanted; gives plans. Never a plan that the evaluator does not confirm.

Facts that no indicator and no bound ties together gain independently of each other. So what may move falls into groups; for
each set of facts within a group the solver says how much it can gain at most, and the least number of facts that reach the
total follows from these gains exactly (a knapsack over the groups). Of the sets of that size the solver then takes the
cheapest; where there are more than are compared, `Search.complete` is False.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

import attrs

from rubric.core import program as core
from rubric.evaluator.evaluate import evaluate
from rubric.improving.joint import can_join, cheapest, joint_of, most_gained
from rubric.improving.lines import cheapest_of, most_of
from rubric.improving.movable import Best, Change, Movable, is_cumulative, with_changes
from rubric.improving.standing import Standing, standing_of, touched

ZERO = Fraction(0)
MOST_COMPARED = 60
_MOST_AT_ONCE = 4
FAR = Fraction(10**9)
_MOST_OFFERED = 3


@attrs.frozen
class Plan:
    """Changes, and what the evaluator makes of them. `sure`: nothing cheaper of the same facts reaches as much."""

    changes: tuple[Change, ...]
    total: Fraction
    grade: str | None
    scores: tuple[tuple[core.Indicator, Fraction, Fraction], ...]
    sure: bool

    @property
    def cost(self) -> Fraction:
        return sum((change.cost for change in self.changes), ZERO)


@attrs.frozen
class Search:
    """`plans` reach the total, the cheapest first; without any, `best` is the furthest that was found.

    `complete`: every set of so few facts was compared, and every gain is exact.
    """

    plans: tuple[Plan, ...]
    best: Plan | None
    complete: bool


@attrs.frozen
class Option:
    """A set of facts of one group, with what it gains at most."""

    facts: tuple[Movable, ...]
    best: Best


def search(
    standing: Standing, movables: tuple[Movable, ...], reached: Callable[[Fraction], bool], *, solve: bool
) -> Search:
    """`reached` tells of a total whether it is enough; a greater one then is too. Without `solve`, one fact only."""
    singles = [(m, cheapest_of(standing, m, reached)) for m in movables]
    found = sorted((change for _, change in singles if change is not None), key=lambda change: change.cost)
    if found:
        plans = [plan_of(standing, (change,), sure=True) for change in found[:_MOST_OFFERED]]
        return Search(tuple(plans), None, complete=True)
    if not solve:
        return Search((), None, complete=False)
    joined = tuple(m for m in movables if can_join(standing, m) and touched(standing, m))
    options = [tuple(_options(standing, group)) for group in _groups(standing, joined)]
    exact = len(joined) == len(movables) and all(option.best.sure for group in options for option in group)
    need = _needed(standing, options, reached)
    if need is None:
        furthest = _furthest(options)
        best = _cheapest_within(standing, furthest) if furthest else None
        return Search((), best, complete=exact)
    return _sets(standing, options, need, exact)


def plan_of(standing: Standing, changes: tuple[Change, ...], *, sure: bool) -> Plan:
    """The changes as the evaluator scores them, over the whole rubric."""
    outcome = evaluate(standing.program, with_changes(standing.setting, changes), dict(standing.readings))
    scores = tuple(
        (one.indicator, standing.scores[one.indicator.id], one.score)
        for one in outcome.indicators
        if one.score is not None and standing.scores.get(one.indicator.id, one.score) != one.score
    )
    return Plan(changes, outcome.total_low, outcome.grade, scores, sure)


# --- groups and options -----------------------------------------------------------------------------------------------


def _groups(standing: Standing, movables: tuple[Movable, ...]) -> list[tuple[Movable, ...]]:
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


def _options(standing: Standing, group: tuple[Movable, ...]) -> Iterator[Option]:
    """The sets of the group worth looking at: each gains more than every set of fewer facts.

    Another set is in no plan of fewest facts: the smaller one would stand in its place.
    """
    ceiling, before = _headroom(standing, group), ZERO
    for size in range(1, len(group) + 1):
        if before == ceiling or (size > _MOST_AT_ONCE and size < len(group)):
            continue
        if size == 2:
            most = most_gained(joint_of(standing, group))
            ceiling = min(ceiling, most.gain) if most.sure else ceiling
            if before == ceiling:
                return
        found: list[Option] = []
        for facts in combinations(group, size):
            best = most_of(standing, facts[0]) if size == 1 else most_gained(joint_of(standing, facts))
            if best.gain > before:
                found.append(Option(facts, attrs.evolve(best, sure=best.sure or best.gain == ceiling)))
        yield from found
        before = max([before, *(option.best.gain for option in found)])


def _headroom(standing: Standing, group: tuple[Movable, ...]) -> Fraction:
    """What the indicators of the group lack to their full points; a great number where one has no maximum."""
    indicators = {i.id: i for movable in group for i in touched(standing, movable)}
    free = any(not i.is_bounded for i in indicators.values())
    return FAR if free else sum((i.points - standing.scores[i.id] for i in indicators.values()), ZERO)


def _needed(
    standing: Standing, options: list[tuple[Option, ...]], reached: Callable[[Fraction], bool]
) -> Fraction | None:
    """The least gain of scores that reaches the total, on the grid of scores; None where all together do not."""
    unit = standing.unit
    most = sum((max((o.best.gain for o in group), default=ZERO) for group in options), ZERO)
    low, high = 0, int(most / unit)
    if not reached(standing.total(high * unit)):
        return None
    while low < high:
        middle = (low + high) // 2
        if reached(standing.total(middle * unit)):
            high = middle
        else:
            low = middle + 1
    return high * unit


# --- sets of facts ----------------------------------------------------------------------------------------------------


def _sets(standing: Standing, options: list[tuple[Option, ...]], need: Fraction, exact: bool) -> Search:
    """The cheapest plan among the sets of fewest facts."""
    table = _table(options)
    fewest = min(size for size, gain in table[0].items() if gain >= need)
    sets = sorted(
        _reaching(options, table, 0, fewest, need), key=lambda picked: sum((o.best.cost for o in picked), ZERO)
    )
    complete = exact and len(sets) <= MOST_COMPARED
    plans: list[Plan] = []
    for picked in sets[:MOST_COMPARED]:
        dearest = plans[-1].cost if len(plans) >= _MOST_OFFERED else None
        best = _cheapest_of_set(standing, picked, need, dearest)
        if best is not None:
            plans.append(plan_of(standing, best.changes, sure=best.sure))
            plans = sorted(plans, key=lambda plan: (len(plan.changes), plan.cost))[:_MOST_OFFERED]
    return Search(tuple(plans), None, complete and all(plan.sure for plan in plans))


def _cheapest_of_set(
    standing: Standing, picked: tuple[Option, ...], need: Fraction, dearest: Fraction | None
) -> Best | None:
    """The cheapest changes of these facts that gain `need`; None where they cost `dearest` at least.

    Each option must gain what the others, at their most, leave open; what that costs is a limit from below, and the answer
    where it is enough.
    """
    most = sum((option.best.gain for option in picked), ZERO)
    parts = [_cheapest_option(standing, option, need - (most - option.best.gain)) for option in picked]
    least = sum((part.cost for part in parts), ZERO)
    exact = all(part.sure for part in parts)
    if exact and dearest is not None and least >= dearest:
        return None
    if sum((part.gain for part in parts), ZERO) >= need:
        return Best(tuple(c for part in parts for c in part.changes), need, sure=exact)
    facts = tuple(movable for option in picked for movable in option.facts)
    found = cheapest(joint_of(standing, facts), need, dearest)
    if found is None and dearest is not None:
        return None
    # Where the solver does not tell, what gains most is a plan all the same.
    found = found or Best(tuple(c for option in picked for c in option.best.changes), need, sure=False)
    if found.sure:
        return found
    nearer = _nearer(standing, found, need)
    return attrs.evolve(nearer, sure=exact and nearer.cost == least)


def _cheapest_option(standing: Standing, option: Option, need: Fraction) -> Best:
    """The cheapest changes of one option that gain `need`; those that gain most where no others are known."""
    if len(option.facts) == 1:
        (movable,) = option.facts
        change = cheapest_of(standing, movable, lambda total: total >= standing.total(need))
        if change is not None:
            gain = joint_of(standing, (movable,)).gain((change,))
            return Best((change,), gain if gain is not None else need, sure=True)
    found = cheapest(joint_of(standing, option.facts), need)
    return found if found is not None else attrs.evolve(option.best, sure=False)


def _nearer(standing: Standing, best: Best, need: Fraction) -> Best:
    """Each change in turn, the dearest first, made as small as the others allow."""
    wanted, changes = standing.total(need), list(best.changes)
    for change in sorted(best.changes, key=lambda change: -change.cost):
        others = [one for one in changes if one.movable.key != change.movable.key]
        aside = standing_of(standing.program, with_changes(standing.setting, others), dict(standing.readings))
        smaller = cheapest_of(aside, change.movable, lambda total: total >= wanted)
        if smaller is not None and smaller.cost < change.cost:
            changes = [*others, smaller]
    return attrs.evolve(best, changes=tuple(changes))


def _table(options: list[tuple[Option, ...]]) -> list[dict[int, Fraction]]:
    """For each place in the list, the greatest gain of the groups from there on by the number of facts."""
    table: list[dict[int, Fraction]] = [{0: ZERO}]
    for group in reversed(options):
        after = table[0]
        found = dict(after)
        for option in group:
            for size, gain in after.items():
                key = size + len(option.facts)
                found[key] = max(found.get(key, ZERO), gain + option.best.gain)
        table.insert(0, found)
    return table


def _reaching(
    options: list[tuple[Option, ...]], table: list[dict[int, Fraction]], place: int, size: int, need: Fraction
) -> Iterator[tuple[Option, ...]]:
    """Every choice of one option or none in each group, of exactly `size` facts, that can gain `need`."""
    if place == len(options):
        if size == 0 and need <= 0:
            yield ()
        return
    for option in (None, *options[place]):
        left = size - (len(option.facts) if option is not None else 0)
        rest = need - (option.best.gain if option is not None else ZERO)
        if left < 0 or table[place + 1].get(left, Fraction(-1)) < rest:
            continue
        for picked in _reaching(options, table, place + 1, left, rest):
            yield picked if option is None else (option, *picked)


def _furthest(options: list[tuple[Option, ...]]) -> tuple[Option, ...]:
    """In each group the smallest set that gains most."""
    return tuple(min(group, key=lambda o: (-o.best.gain, len(o.facts), o.best.cost)) for group in options if group)


def _cheapest_within(standing: Standing, picked: tuple[Option, ...]) -> Plan:
    """Every option at its greatest gain, each as cheap as can be."""
    found = [_cheapest_option(standing, option, option.best.gain) for option in picked]
    changes = tuple(change for best in found for change in best.changes)
    return plan_of(standing, changes, sure=all(best.sure for best in found))
