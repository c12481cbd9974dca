"""Which facts to change for a total: the fewest, and of as many the smallest relative change.

Takes a standing, what may move and the total wanted; gives plans. Never a plan that the evaluator does not confirm.

Facts that no indicator and no bound ties together gain independently of each other. So what may move falls into groups; for
each set of facts within a group the solver says how much it can gain at most, and the least number of facts that reach the
total follows from these gains exactly (a knapsack over the groups). Of the sets of that size those are looked at that may be
cheaper than the plans found, by a limit from below; where that leaves more than are compared, `Search.complete` is False.
"""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import islice

import attrs

from rubric.core import program as core
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import MissingKey
from rubric.improving.joint import can_join
from rubric.improving.lines import cheapest_of, is_crossed
from rubric.improving.movable import Best, Change, Movable, with_changes
from rubric.improving.options import Option, cheapest_alone, cheapest_option, groups_of, ladder, options_of, weighed
from rubric.improving.standing import Standing, moves_total, touched

ZERO = Fraction(0)
MOST_COMPARED = 60
_MOST_OFFERED = 3
_MOST_LISTED = 20_000
_SHARES = 8
_Facts = tuple[MissingKey, ...]


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

    `exact`: every gain is the greatest there is, so fewer facts do not do, and nothing further is in reach; `complete`: every
    set of so few facts was compared.
    """

    plans: tuple[Plan, ...]
    best: Plan | None
    exact: bool
    complete: bool = True


def search(
    standing: Standing, movables: tuple[Movable, ...], reached: Callable[[Fraction], bool], *, solve: bool
) -> Search:
    """`reached` tells of a total whether it is enough; a greater one then is too. Without `solve`, one fact only."""
    singles = [_alone(standing, movable, reached, solve=solve) for movable in movables]
    alone = sorted((best for best in singles if best is not None), key=lambda best: best.cost)
    if alone:
        plans = [plan_of(standing, best.changes, sure=best.sure) for best in alone[:_MOST_OFFERED]]
        return Search(tuple(plans), None, exact=True)
    if not solve:
        return Search((), None, exact=False)
    joined = tuple(m for m in movables if can_join(standing, m) and touched(standing, m))
    options = [tuple(options_of(standing, group)) for group in groups_of(standing, joined)]
    exact = len(joined) == len(movables) and all(option.best.sure for group in options for option in group)
    exact = exact and not any(moves_total(standing.program, m) for m in movables)  # such a rule is kept as it stands
    need = _needed(standing, options, reached)
    if need is None:
        furthest = _furthest(options)
        best = _cheapest_within(standing, furthest) if furthest else None
        return Search((), best, exact)
    found = _sets(standing, options, need, exact)
    return attrs.evolve(found, plans=tuple(plan for plan in found.plans if reached(plan.total)))


def _alone(standing: Standing, movable: Movable, reached: Callable[[Fraction], bool], *, solve: bool) -> Best | None:
    """The smallest change of one fact that reaches the total, if there is one.

    Where the fact moves two indicators oppositely, what lies between its turning values is left to the solver; where that
    cannot be asked, the change is not known to be the smallest.
    """
    change = cheapest_of(standing, movable, reached)
    crossed = is_crossed(standing, movable, None if change is None else change.cost)
    found = None if change is None else Best((change,), ZERO, sure=not crossed)
    if not crossed or not solve or not can_join(standing, movable) or moves_total(standing.program, movable):
        return found
    need = _needed_of(standing, reached, sum((i.points for i in touched(standing, movable)), ZERO))
    return found if need is None else cheapest_alone(standing, movable, need)


def plan_of(standing: Standing, changes: tuple[Change, ...], *, sure: bool) -> Plan:
    """The changes as the evaluator scores them, over the whole rubric."""
    outcome = evaluate(standing.program, with_changes(standing.setting, changes), dict(standing.readings))
    scores = tuple(
        (one.indicator, standing.scores[one.indicator.id], one.score)
        for one in outcome.indicators
        if one.score is not None and standing.scores.get(one.indicator.id, one.score) != one.score
    )
    return Plan(changes, outcome.total_low, outcome.grade, scores, sure)


# --- what is needed ---------------------------------------------------------------------------------------------------


def _needed(
    standing: Standing, options: list[tuple[Option, ...]], reached: Callable[[Fraction], bool]
) -> Fraction | None:
    """The least gain of scores that reaches the total; None where all together do not."""
    return _needed_of(
        standing, reached, sum((max((o.best.gain for o in group), default=ZERO) for group in options), ZERO)
    )


def _needed_of(standing: Standing, reached: Callable[[Fraction], bool], most: Fraction) -> Fraction | None:
    """The same up to `most`, on the grid of scores."""
    unit = standing.unit
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
    """The cheapest plans among the sets of fewest facts.

    What each set must cost at least is known before it is looked at, so the search ends where the next must cost more than
    the dearest plan to be offered.
    """
    table = _table(options)
    fewest = min(size for size, gain in table[0].items() if gain >= need)
    known = _Known(standing)
    listed = list(islice(_reaching(options, table, 0, fewest, need), _MOST_LISTED + 1))
    sets = sorted(((known.least(picked, need), number) for number, picked in enumerate(listed)))
    plans: list[Plan] = []
    complete = len(listed) <= _MOST_LISTED
    for compared, (least, number) in enumerate(sets):
        dearest = plans[-1].cost if len(plans) >= _MOST_OFFERED else None
        if dearest is not None and least >= dearest:
            break
        if compared == MOST_COMPARED:
            complete = False
            break
        best = _cheapest_of_set(standing, listed[number], need, dearest, known)
        if best is not None:
            plans.append(plan_of(standing, best.changes, sure=best.sure))
            plans = sorted(plans, key=lambda plan: (len(plan.changes), plan.cost))[:_MOST_OFFERED]
    return Search(tuple(plans), None, exact, complete)


class _Known:
    """What options cost for a gain, worked out when it is first asked for; an inner detail of this search."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._ladders: dict[_Facts, tuple[Best, ...]] = {}
        self._cheapest: dict[tuple[_Facts, Fraction], Best] = {}

    def ladder(self, option: Option) -> tuple[Best, ...]:
        key = _facts(option)
        if key not in self._ladders:
            self._ladders[key] = ladder(self._standing, option)
        return self._ladders[key]

    def cheapest(self, option: Option, need: Fraction) -> Best:
        key = (_facts(option), need)
        if key not in self._cheapest:
            self._cheapest[key] = cheapest_option(self._standing, option, need)
        return self._cheapest[key]

    def least(self, picked: tuple[Option, ...], need: Fraction) -> Fraction:
        """No changes of these options that gain `need` cost less.

        Each must gain what the others leave open at their most. That is taken at one of a few shares of what it can gain, so
        that many sets ask the same; what is not surely the least counts as nothing.
        """
        most = sum((option.best.gain for option in picked), ZERO)
        found = ZERO
        for option in picked:
            own = need - (most - option.best.gain)
            share = own / option.best.gain * _SHARES if option.best.gain else ZERO
            if share >= 1:
                best = self.cheapest(option, option.best.gain * (share.numerator // share.denominator) / _SHARES)
                found += best.cost if best.sure else ZERO
        return found


def _facts(option: Option) -> _Facts:
    return tuple(movable.key for movable in option.facts)


def _cheapest_of_set(
    standing: Standing, picked: tuple[Option, ...], need: Fraction, dearest: Fraction | None, known: _Known
) -> Best | None:
    """The cheapest changes of these facts that gain `need`; None where they cost `dearest` at least.

    Each option must gain what the others, at their most, leave open; what that costs is a limit from below, and the answer
    where it is enough. Else what each option can gain is weighed step by step against what it costs.
    """
    most = sum((option.best.gain for option in picked), ZERO)
    parts = [known.cheapest(option, need - (most - option.best.gain)) for option in picked]
    exact = all(part.sure for part in parts)
    if exact and dearest is not None and sum((part.cost for part in parts), ZERO) >= dearest:
        return None
    if sum((part.gain for part in parts), ZERO) >= need:
        return _together(parts, need)
    return _together(weighed([known.ladder(option) for option in picked], need, standing.unit), need)


def _together(parts: Iterable[Best], need: Fraction) -> Best:
    parts = tuple(parts)
    return Best(tuple(c for part in parts for c in part.changes), need, all(part.sure for part in parts))


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
    found = [cheapest_option(standing, option, option.best.gain) for option in picked]
    changes = tuple(change for best in found for change in best.changes)
    return plan_of(standing, changes, sure=all(best.sure for best in found))
