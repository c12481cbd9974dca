"""The best score within a limit, over everything that may vary: branch and bound.

Takes the spaces of one indicator; gives the greatest attainable score up to a limit, or the least from it on, with the
values that give it. Never a wrong exclusion: when the budget of evaluations is used up, the answer says how good an
unseen score could still be.

A box holds a range for each unknown. The evaluator itself, run on ranges, encloses every score the box can give; a
sample point inside the box shows one that it does give. The box that could hold the best score goes first and is split
at the unknown with the widest effect, until what is left cannot be better than the best sample (Land & Doig 1960; Moore
1966). Bands jump: a box on both sides of a threshold would enclose all scores between two bands, however small it is.
So a box also says which band is meant, and each is looked at by itself (`Fork`).
"""

from collections.abc import Iterator
from fractions import Fraction
from heapq import heappop, heappush
from itertools import product
from typing import NamedTuple, cast

import attrs

from rubric.audit.boxes import between, halves, is_point, samples, tightened, width
from rubric.audit.unknowns import Box, Space, State
from rubric.core import program as core
from rubric.core.intervals import Range
from rubric.core.numbers import ZERO
from rubric.core.record import Fact
from rubric.evaluator.evaluate import evaluate_indicator
from rubric.evaluator.outcome import ClauseOutcome, IndicatorOutcome, MissingKey, Status
from rubric.evaluator.quantities import Setting, evaluate_condition

BUDGET = 1500
# Steps of halving the way between a lower and a higher score.
_AIMED = 48
# Spaces in which a score is aimed at before all are searched.
_TRIED_FIRST = 6
# An unknown without effect of its own still counts a little: it may matter together with others.
_FAINT = Fraction(1, 64)

# The conditions of one band table in their order, or that of one override. A case is the position of the first that
# holds; the last case is that none does.
Fork = tuple[core.Condition, ...]
Cases = tuple[tuple[int, ...], ...]


class Point(NamedTuple):
    """One way to fill in what is open: the space, and one value for each of its unknowns."""

    space: Space
    box: Box

    def value(self, position: int) -> Fraction | State:
        cell = self.box[position]
        return cell[0] if isinstance(cell, tuple) else cast(Fraction, cell.low)


class Found(NamedTuple):
    """`value` is attained `at`; no attainable score within the limit is better than `bound` (None: there is none)."""

    value: Fraction | None
    at: Point | None
    bound: Fraction | None

    @property
    def proved(self) -> bool:
        return self.value == self.bound


class Bounds(NamedTuple):
    """The scores a box can give lie within; `score` where the box is one point and has one. None: no score at all."""

    low: Fraction | None
    high: Fraction | None
    score: Fraction | None


class _Node(NamedTuple):
    """A box of the space with this number, and the cases that are left of each fork (empty while all are)."""

    number: int
    box: Box
    cases: Cases


_NOTHING = Bounds(None, None, None)


class Search:
    """Evaluates boxes of one indicator, each once, within a budget."""

    def __init__(
        self, program: core.Program, indicator: core.Indicator, spaces: tuple[Space, ...], budget: int = BUDGET
    ) -> None:
        self.program = program
        self.indicator = attrs.evolve(indicator, requirements=())
        self.spaces = spaces
        self.left = budget
        roots = ((number, tightened(space, space.start)) for number, space in enumerate(spaces))
        self.roots = tuple(_Node(number, box, ()) for number, box in roots if box is not None)
        self._known: dict[_Node, Bounds] = {}
        self._clauses: dict[int, tuple[ClauseOutcome, ...]] = {}
        self._forks: dict[int, tuple[Fork, ...]] = {}
        self._weights: dict[tuple[int, Cases], tuple[Fraction, ...]] = {}

    def outcome(self, space: Space, box: Box) -> IndicatorOutcome:
        """The indicator with these values."""
        return evaluate_indicator(_setting(space, box), self.program, self.indicator)[0]

    def excludes(self, number: int, score: Fraction) -> bool:
        """Whether nothing in the space with this number gives the score."""
        root = next((root for root in self.roots if root.number == number), None)
        if root is None:
            return True
        bounds = self._bounds(root)
        return bounds.low is None or bounds.high is None or not bounds.low <= score <= bounds.high

    def clauses(self, number: int) -> tuple[ClauseOutcome, ...]:
        """The clauses of the indicator over the whole space with this number."""
        if number not in self._clauses:
            root = next(root for root in self.roots if root.number == number)
            self._clauses[number] = self.outcome(self.spaces[number], root.box).clauses
        return self._clauses[number]

    def hull(self) -> tuple[Fraction | None, Fraction | None]:
        """No attainable score lies outside."""
        found = [self._bounds(root) for root in self.roots]
        lows = [bounds.low for bounds in found if bounds.low is not None]
        highs = [bounds.high for bounds in found if bounds.high is not None]
        return min(lows, default=None), max(highs, default=None)

    def aimed(self, score: Fraction) -> Point | None:
        """A point that gives `score`, if one lies on the way between sample points; None proves nothing."""
        for root in self.roots[:_TRIED_FIRST]:
            if self.excludes(root.number, score):
                continue
            space = self.spaces[root.number]
            scored = [
                (self._bounds(_Node(root.number, box, ())).score, box) for box in samples(space, root.box, whole=True)
            ]
            below = [box for found, box in scored if found is not None and found <= score]
            above = [box for found, box in scored if found is not None and found >= score]
            for low, high in product(below[:2], above[:2]):
                for _ in range(_AIMED):
                    box = between(space, low, high)
                    found = None if box is None else self._bounds(_Node(root.number, box, ())).score
                    if box is None or found is None or self.left <= 0:
                        break
                    if found == score:
                        return Point(space, box)
                    if box in (low, high):
                        break
                    low, high = (box, high) if found < score else (low, box)
        return None

    def greatest(self, limit: Fraction | None = None) -> Found:
        """The greatest attainable score not above `limit`."""
        return self._best(limit, 1)

    def least(self, limit: Fraction | None = None) -> Found:
        """The least attainable score not below `limit`."""
        found = self._best(None if limit is None else -limit, -1)
        return Found(_negative(found.value), found.at, _negative(found.bound))

    def _best(self, limit: Fraction | None, sign: int) -> Found:
        """The greatest of `sign` × score not above `limit`; all numbers of the answer are with that sign."""
        heap: list[tuple[Fraction, int, _Node]] = []
        best: Fraction | None = None
        at: Point | None = None
        blocked: Fraction | None = None
        serial = 0
        candidates: list[_Node] = list(self.roots)
        while True:
            for node in candidates:
                key = self._key(node, limit, sign)
                if key is not None and (best is None or key > best):
                    serial += 1
                    # Of boxes equally good the newest and the oldest take turns: deep for a sample, broad for a proof.
                    # The run's own readings begin.
                    heappush(heap, (-key, serial if serial % 2 or serial <= len(self.roots) else -serial, node))
            candidates = []
            if not heap or (best is not None and -heap[0][0] <= best):
                break
            key = -heap[0][0]
            if self.left <= 0:
                blocked = key if blocked is None else max(key, blocked)
                break
            _, _, node = heappop(heap)
            for sample in samples(self.spaces[node.number], node.box, whole=node in self.roots):
                score = self._bounds(_Node(node.number, sample, ())).score
                if (
                    score is not None
                    and (limit is None or sign * score <= limit)
                    and (best is None or sign * score > best)
                ):
                    best, at = sign * score, Point(self.spaces[node.number], sample)
            if best is not None and key <= best:
                break
            candidates = list(self._parts(node))
            if not candidates and self._bounds(node).score is None and is_point(node.box):
                blocked = key if blocked is None else max(key, blocked)
        bounds = [value for value in (best, blocked) if value is not None]
        return Found(best, at, max(bounds, default=None))

    def _key(self, node: _Node, limit: Fraction | None, sign: int) -> Fraction | None:
        """The best that the box could give within the limit."""
        bounds = self._bounds(node)
        if bounds.low is None or bounds.high is None:
            return None
        low, high = (bounds.low, bounds.high) if sign > 0 else (-bounds.high, -bounds.low)
        if limit is None:
            return high
        return None if low > limit else min(high, limit)

    # --- evaluating ---------------------------------------------------------------------------------------------------

    def _bounds(self, node: _Node) -> Bounds:
        found = self._known.get(node)
        if found is None:
            self.left -= 1
            found = self._known[node] = self._evaluated(node)
        return found

    def _evaluated(self, node: _Node) -> Bounds:
        space = self.spaces[node.number]
        settled = not node.cases or is_point(node.box)
        assumed = {} if settled else _assumptions(self._forks[node.number], node.cases)
        setting = attrs.evolve(_setting(space, node.box), assumed=assumed)
        outcome, branches, questions = evaluate_indicator(setting, self.program, self.indicator)
        if node in self.roots:
            self._clauses[node.number] = outcome.clauses
        if outcome.status is Status.SCORED:
            score = outcome.score if is_point(node.box) else None
            return Bounds(outcome.score, outcome.score, score)
        kept = [value for away, value in branches.items() if away == ZERO or away != self.indicator.points]
        if not kept:
            return _NOTHING
        # Where every fork is decided, a question is one for all of the box: no value of it has a score.
        if questions and not space.opaque and (is_point(node.box) or self._decided(node)):
            return _NOTHING
        lows = [value.low for value in kept if value.low is not None]
        highs = [value.high for value in kept if value.high is not None]
        return Bounds(min(lows), max(highs), None)

    def _decided(self, node: _Node) -> bool:
        forks = self._forks.get(node.number)
        return forks == () or (bool(node.cases) and all(len(cases) == 1 for cases in node.cases))

    # --- splitting ----------------------------------------------------------------------------------------------------

    def _parts(self, node: _Node) -> Iterator[_Node]:
        """Parts that make up the box, none where it is a single point; forks that are open go first."""
        if is_point(node.box):
            return
        forks = self._forks_of(node.number)
        cases = node.cases or tuple(tuple(range(len(fork) + 1)) for fork in forks)
        setting = _setting(self.spaces[node.number], node.box)
        for position, fork in enumerate(forks):
            possible = _possible(setting, fork, cases[position])
            if len(possible) > 1:
                for case in possible:
                    yield _Node(node.number, node.box, (*cases[:position], (case,), *cases[position + 1 :]))
                return
            cases = (*cases[:position], possible, *cases[position + 1 :])
            if not possible:
                return
        space = self.spaces[node.number]
        widths = [width(unknown, cell) for unknown, cell in zip(space.unknowns, node.box, strict=True)]
        weights = self._weights_of(node.number, cases)
        position = max(range(len(widths)), key=lambda position: weights[position] * widths[position])
        for half in halves(space.unknowns[position], node.box[position]):
            box = tightened(space, (*node.box[:position], half, *node.box[position + 1 :]))
            if box is not None:
                yield _Node(node.number, box, cases)

    def _forks_of(self, number: int) -> tuple[Fork, ...]:
        """The bands and overrides that are not the same for the whole space."""
        known = self._forks.get(number)
        if known is None:
            root = next(root for root in self.roots if root.number == number)
            setting = _setting(self.spaces[number], root.box)
            every = _every_fork(self.indicator)
            known = tuple(f for f in every if len(_possible(setting, f, tuple(range(len(f) + 1)))) > 1)
            self._forks[number] = known
        return known

    def _weights_of(self, number: int, cases: Cases) -> tuple[Fraction, ...]:
        """How much narrower the scores of the whole space are, in these cases, when one unknown is settled.

        The others stay as they are, also those ordered with it: what a datum merely bounds has no effect of its own.
        """
        known = self._weights.get((number, cases))
        if known is None:
            space = self.spaces[number]
            root = next(root for root in self.roots if root.number == number)
            whole = _spread(self._bounds(_Node(number, root.box, cases)))
            middle = next(iter(samples(space, root.box, whole=False)), root.box)
            weights: list[Fraction] = []
            for position, cell in enumerate(middle):
                box = (*root.box[:position], cell, *root.box[position + 1 :])
                narrow = _spread(self._bounds(_Node(number, box, cases)))
                weights.append(max(whole - narrow, ZERO) + whole * _FAINT + _FAINT**3)
            known = self._weights[number, cases] = tuple(weights)
        return known


def _negative(value: Fraction | None) -> Fraction | None:
    return None if value is None else -value


def _spread(bounds: Bounds) -> Fraction:
    return ZERO if bounds.low is None or bounds.high is None else bounds.high - bounds.low


def _setting(space: Space, box: Box) -> Setting:
    """The space's setting with the ranges of the box, and the states that it settles."""
    ranges: dict[MissingKey, Range] = {}
    states: dict[MissingKey, Fact] = {}
    for unknown, cell in zip(space.unknowns, box, strict=True):
        if isinstance(cell, Range):
            ranges[unknown.key] = cell
        elif len(cell) == 1:
            states[unknown.key] = Fact(cell[0], "")
    record = space.setting.record
    if states:
        record = attrs.evolve(record, facts={**record.facts, **states})
    return attrs.evolve(space.setting, record=record, ranges=ranges)


# --- forks ------------------------------------------------------------------------------------------------------------


def _every_fork(indicator: core.Indicator) -> Iterator[Fork]:
    yield from ((override.condition,) for override in indicator.overrides)
    for clause in core.clauses_of(indicator.rule):
        yield from ((override.condition,) for override in clause.overrides)
    for rule in (indicator.rule, *(clause.rule for clause in core.clauses_of(indicator.rule))):
        if isinstance(rule, core.BandTable):
            yield tuple(band.condition for band in rule.bands)


def _possible(setting: Setting, fork: Fork, cases: tuple[int, ...]) -> tuple[int, ...]:
    """The cases that the values of a box leave open."""
    found: list[int] = []
    for case, condition in enumerate(fork):
        holds = evaluate_condition(setting, condition).holds
        if holds is not False and case in cases:
            found.append(case)
        if holds is True:
            return tuple(found)
    return (*found, len(fork)) if len(fork) in cases else tuple(found)


def _assumptions(forks: tuple[Fork, ...], every_cases: Cases) -> dict[int, bool]:
    """Conditions before the first case that is left do not hold; where one case is left, its condition does."""
    assumed: dict[int, bool] = {}
    for fork, cases in zip(forks, every_cases, strict=True):
        for position, condition in enumerate(fork):
            if position not in cases:
                assumed[id(condition)] = False
            elif len(cases) == 1:
                assumed[id(condition)] = True
                break
    return assumed
