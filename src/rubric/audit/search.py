"""The best score within a limit, over everything that may vary: branch and bound.

Takes the spaces of one indicator; gives the greatest attainable score up to a limit, or the least from it on, with the
values that give it. Never a wrong exclusion: when the budget of evaluations is used up, the answer says how good an
unseen score could still be.

A box holds a range for each unknown. The evaluator itself, run on ranges, encloses every score the box can give; a
sample point inside the box shows one that it does give. The box that could hold the best score goes first; it is split
at the unknown with the widest effect, a range without end at doubling points, until what is left cannot be better than
the best sample (Land & Doig 1960; Moore 1966).
"""

from fractions import Fraction
from heapq import heappop, heappush
from typing import NamedTuple, cast

import attrs

from rubric.audit.unknowns import Box, Cell, Side, Space, State, Unknown
from rubric.core import program as core
from rubric.core.intervals import Range, exactly
from rubric.core.numbers import ZERO
from rubric.core.record import Fact
from rubric.evaluator.evaluate import evaluate_indicator
from rubric.evaluator.outcome import IndicatorOutcome, Status
from rubric.evaluator.quantities import MissingKey

BUDGET = 4000
# An unknown without effect of its own still counts a little: it may matter together with others.
_FAINT = Fraction(1, 64)


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
        self._known: dict[tuple[int, Box], Bounds] = {}
        self._weights: dict[int, tuple[Fraction, ...]] = {}
        self.roots = tuple(tightened(space, space.start) for space in spaces)

    def outcome(self, space: Space, box: Box) -> IndicatorOutcome:
        return self._evaluated(space, box)[0]

    def hull(self) -> tuple[Fraction | None, Fraction | None]:
        """No attainable score lies outside."""
        found = [self.bounds(number, box) for number, box in enumerate(self.roots) if box is not None]
        lows = [bounds.low for bounds in found if bounds.low is not None]
        highs = [bounds.high for bounds in found if bounds.high is not None]
        return min(lows, default=None), max(highs, default=None)

    def greatest(self, limit: Fraction | None = None) -> Found:
        """The greatest attainable score not above `limit`."""
        return self._best(limit, 1)

    def least(self, limit: Fraction | None = None) -> Found:
        """The least attainable score not below `limit`."""
        found = self._best(None if limit is None else -limit, -1)
        return Found(_negative(found.value), found.at, _negative(found.bound))

    def _best(self, limit: Fraction | None, sign: int) -> Found:
        """The greatest of `sign` × score not above `limit`; all numbers of the answer are with that sign."""
        heap: list[tuple[Fraction, int, int, Box]] = []
        best: Fraction | None = None
        at: Point | None = None
        blocked: Fraction | None = None
        serial = 0

        def promising(number: int, box: Box | None) -> None:
            nonlocal serial
            key = None if box is None else self._key(number, box, limit, sign)
            if box is not None and key is not None and (best is None or key > best):
                serial += 1
                heappush(heap, (-key, serial, number, box))

        for number, box in enumerate(self.roots):
            promising(number, box)
        while heap:
            key = -heap[0][0]
            if best is not None and key <= best:
                break
            if self.left <= 0:
                blocked = key if blocked is None else max(key, blocked)
                break
            _, _, number, box = heappop(heap)
            space = self.spaces[number]
            for sample in samples(space, box, whole=box == self.roots[number]):
                score = self.bounds(number, sample).score
                if score is None or (limit is not None and sign * score > limit):
                    continue
                if best is None or sign * score > best:
                    best, at = sign * score, Point(space, sample)
            if best is not None and key <= best:
                break
            parts = self._split(number, box)
            for part in parts:
                promising(number, tightened(space, part))
            if not parts and self.bounds(number, box).score is None:
                blocked = key if blocked is None else max(key, blocked)
        bounds = [value for value in (best, blocked) if value is not None]
        return Found(best, at, max(bounds, default=None))

    def _key(self, number: int, box: Box, limit: Fraction | None, sign: int) -> Fraction | None:
        """The best that the box could give within the limit."""
        bounds = self.bounds(number, box)
        if bounds.low is None or bounds.high is None:
            return None
        low, high = (bounds.low, bounds.high) if sign > 0 else (-bounds.high, -bounds.low)
        if limit is None:
            return high
        return None if low > limit else min(high, limit)

    # --- evaluating ---------------------------------------------------------------------------------------------------

    def bounds(self, number: int, box: Box) -> Bounds:
        found = self._known.get((number, box))
        if found is None:
            self.left -= 1
            found = self._known[number, box] = self._bounds(self.spaces[number], box)
        return found

    def _bounds(self, space: Space, box: Box) -> Bounds:
        outcome, branches, questions = self._evaluated(space, box)
        if outcome.status is Status.SCORED:
            return Bounds(outcome.score, outcome.score, outcome.score)
        points = self.indicator.points
        kept = [value for away, value in branches.items() if away == ZERO or away != points]
        if not kept or (questions and is_point(box) and not space.opaque):
            return _NOTHING
        lows = [value.low for value in kept if value.low is not None]
        highs = [value.high for value in kept if value.high is not None]
        return Bounds(min(lows), max(highs), None)

    def _evaluated(self, space: Space, box: Box) -> tuple[IndicatorOutcome, dict[Fraction, Range], bool]:
        setting = space.setting
        ranges: dict[MissingKey, Range] = {}
        states: dict[MissingKey, Fact] = {}
        for unknown, cell in zip(space.unknowns, box, strict=True):
            if isinstance(cell, Range):
                ranges[unknown.key] = cell
            elif len(cell) == 1:
                states[unknown.key] = Fact(cell[0], "")
        record = setting.record
        if states:
            record = attrs.evolve(record, facts={**record.facts, **states})
        setting = attrs.evolve(setting, record=record, ranges=ranges)
        outcome, branches, questions = evaluate_indicator(setting, self.program, self.indicator)
        return outcome, branches, bool(questions)

    # --- splitting ----------------------------------------------------------------------------------------------------

    def _split(self, number: int, box: Box) -> list[Box]:
        """Two parts that make up the box, or none where it is a single point."""
        unknowns = self.spaces[number].unknowns
        widths = [_width(unknown, cell) for unknown, cell in zip(unknowns, box, strict=True)]
        open_ones = [position for position, width in enumerate(widths) if width > 0]
        if not open_ones:
            return []
        if len(open_ones) > 1:
            weights = self._weights_of(number)
            open_ones.sort(key=lambda position: -weights[position] * widths[position])
        position = open_ones[0]
        parts = _halves(unknowns[position], box[position])
        return [(*box[:position], part, *box[position + 1 :]) for part in parts]

    def _weights_of(self, number: int) -> tuple[Fraction, ...]:
        """How much narrower the scores of the whole space are when one unknown is settled."""
        known = self._weights.get(number)
        if known is not None:
            return known
        space, root = self.spaces[number], self.roots[number]
        assert root is not None
        whole = _spread(self.bounds(number, root))
        middle = next(iter(samples(space, root, whole=False)), root)
        weights: list[Fraction] = []
        for position, cell in enumerate(middle):
            pinned = tightened(space, (*root[:position], cell, *root[position + 1 :]))
            narrow = whole if pinned is None else _spread(self.bounds(number, pinned))
            weights.append(max(whole - narrow, ZERO) + whole * _FAINT)
        self._weights[number] = tuple(weights)
        return self._weights[number]


def _negative(value: Fraction | None) -> Fraction | None:
    return None if value is None else -value


def _spread(bounds: Bounds) -> Fraction:
    return ZERO if bounds.low is None or bounds.high is None else bounds.high - bounds.low


# --- cells ------------------------------------------------------------------------------------------------------------


def is_point(box: Box) -> bool:
    return all(len(cell) == 1 if isinstance(cell, tuple) else cell.point is not None for cell in box)


def _width(unknown: Unknown, cell: Cell) -> Fraction:
    """How much of the unknown is still open, 1 for all of it."""
    if isinstance(cell, tuple):
        whole = len(unknown.start) if isinstance(unknown.start, tuple) else 1
        return Fraction(len(cell) - 1, max(whole - 1, 1))
    if cell.point is not None:
        return ZERO
    if cell.low is None or cell.high is None:
        return Fraction(1)
    start = unknown.start
    whole = None if isinstance(start, tuple) or start.low is None or start.high is None else start.high - start.low
    width = cell.high - cell.low
    return width / whole if whole else width / (width + max(abs(cell.low), abs(cell.high)))


def _halves(unknown: Unknown, cell: Cell) -> tuple[Cell, Cell]:
    if isinstance(cell, tuple):
        half = len(cell) // 2
        return cell[:half], cell[half:]
    at = _middle(unknown, cell)
    if cell.high is not None and at == cell.high:
        at = _below(unknown, at) if unknown.grid is not None or unknown.values else at
    return Range(cell.low, at), Range(_above(unknown, at), cell.high)


def _middle(unknown: Unknown, cell: Range) -> Fraction:
    """A value inside: the middle, or the next doubling point of a range without end."""
    low, high = cell.low, cell.high
    if low is None and high is None:
        return ZERO
    if high is None:
        assert low is not None
        return _down(unknown, max(2 * abs(low), _first(unknown), low))
    if low is None:
        return _down(unknown, min(-2 * abs(high), -_first(unknown), high))
    return _down(unknown, (low + high) / 2)


def _first(unknown: Unknown) -> Fraction:
    """Where a range that begins at 0 is split first."""
    given = abs(unknown.given) if isinstance(unknown.given, Fraction) else ZERO
    return given if given > 0 else unknown.grid * 16 if unknown.grid is not None else Fraction(1)


def _down(unknown: Unknown, value: Fraction) -> Fraction:
    """The greatest admissible number not above `value`; `value` itself where none is."""
    if unknown.values:
        return max((v for v in unknown.values if v <= value), default=unknown.values[0])
    return value if unknown.grid is None else value // unknown.grid * unknown.grid


def _up(unknown: Unknown, value: Fraction) -> Fraction:
    if unknown.values:
        return min((v for v in unknown.values if v >= value), default=unknown.values[-1])
    return value if unknown.grid is None else -(-value // unknown.grid) * unknown.grid


def _above(unknown: Unknown, value: Fraction) -> Fraction:
    """Where the part above `value` begins: the next number, or the same where there are no gaps."""
    if unknown.values:
        return min((v for v in unknown.values if v > value), default=value)
    return value if unknown.grid is None else value + unknown.grid


def _below(unknown: Unknown, value: Fraction) -> Fraction:
    if unknown.values:
        return max((v for v in unknown.values if v < value), default=value)
    return value if unknown.grid is None else value - unknown.grid


def tightened(space: Space, box: Box) -> Box | None:
    """The box with what the orders between data exclude cut off; None where nothing is left."""
    cells = list(box)
    for position, unknown in enumerate(space.unknowns):
        cell = cells[position]
        if isinstance(cell, Range) and cell.point is None and (unknown.grid is not None or unknown.values):
            low = None if cell.low is None else _up(unknown, cell.low)
            high = None if cell.high is None else _down(unknown, cell.high)
            cells[position] = Range(low, high)
    for _ in range(len(space.orders) + 1):
        changed = False
        for lower, higher in space.orders:
            low, high = _least_of(cells, lower), _greatest_of(cells, higher)
            changed |= high is not None and _cut(space, cells, lower, high, is_high=True)
            changed |= low is not None and _cut(space, cells, higher, low, is_high=False)
        if not changed:
            break
    for cell in cells:
        if isinstance(cell, Range) and cell.low is not None and cell.high is not None and cell.low > cell.high:
            return None
    for lower, higher in space.orders:
        low, high = _least_of(cells, lower), _greatest_of(cells, higher)
        if low is not None and high is not None and low > high:
            return None
    return tuple(cells)


def _cut(space: Space, cells: list[Cell], side: Side, limit: Fraction, *, is_high: bool) -> bool:
    if not isinstance(side, int):
        return False
    cell, unknown = cells[side], space.unknowns[side]
    if isinstance(cell, tuple):
        return False
    if is_high:
        if cell.high is not None and cell.high <= limit:
            return False
        cells[side] = Range(cell.low, _down(unknown, limit))
        return cells[side] != cell
    if cell.low is not None and cell.low >= limit:
        return False
    cells[side] = Range(_up(unknown, limit), cell.high)
    return cells[side] != cell


def _least_of(cells: list[Cell], side: Side) -> Fraction | None:
    if not isinstance(side, int):
        return side
    cell = cells[side]
    return None if isinstance(cell, tuple) else cell.low


def _greatest_of(cells: list[Cell], side: Side) -> Fraction | None:
    if not isinstance(side, int):
        return side
    cell = cells[side]
    return None if isinstance(cell, tuple) else cell.high


# --- samples ----------------------------------------------------------------------------------------------------------


def samples(space: Space, box: Box, *, whole: bool) -> tuple[Box, ...]:
    """Points of the box: one near what the record says, and of the whole space the lowest and the highest."""
    found: dict[Box, None] = {}
    for pick in (_likely, _lowest, _highest) if whole else (_likely,):
        cells: Box | None = box
        for position, unknown in enumerate(space.unknowns):
            assert cells is not None
            cell = cells[position]
            value: Cell = cell[:1] if isinstance(cell, tuple) else exactly(pick(unknown, cell))
            if isinstance(cell, tuple) and unknown.given in cell and pick is _likely:
                value = (cast(State, unknown.given),)
            cells = tightened(space, (*cells[:position], value, *cells[position + 1 :]))
            if cells is None:
                break
        if cells is not None:
            found[cells] = None
    return tuple(found)


def _likely(unknown: Unknown, cell: Range) -> Fraction:
    given = unknown.given
    if isinstance(given, Fraction) and given in cell:
        return given
    if cell.low is None or cell.high is None:
        return _lowest(unknown, cell) if cell.low is not None else _highest(unknown, cell)
    return _middle(unknown, cell)


def _lowest(unknown: Unknown, cell: Range) -> Fraction:
    return cell.low if cell.low is not None else _middle(unknown, cell)


def _highest(unknown: Unknown, cell: Range) -> Fraction:
    if cell.high is None:
        return _middle(unknown, cell)
    return cell.high
