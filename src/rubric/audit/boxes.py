"""Boxes: what is still open, for every unknown of a space.

Takes spaces and boxes; gives halves, sample points, and boxes with what an order between data excludes cut off. Never
evaluates.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import cast

from rubric.audit.unknowns import Box, Cell, Side, Space, State, Unknown
from rubric.core.intervals import Range, exactly
from rubric.core.numbers import ZERO


def ends(cell: Range) -> tuple[Fraction, Fraction]:
    """Both ends; the ranges of a box always have them."""
    assert cell.low is not None and cell.high is not None
    return cell.low, cell.high


def is_point(box: Box) -> bool:
    return all(len(cell) == 1 if isinstance(cell, tuple) else cell.point is not None for cell in box)


def width(unknown: Unknown, cell: Cell) -> Fraction:
    """How much of the unknown is still open, 1 for all of it; a range over many magnitudes counts as whole."""
    if isinstance(cell, tuple):
        whole = len(unknown.start) if isinstance(unknown.start, tuple) else 1
        return Fraction(len(cell) - 1, max(whole - 1, 1))
    low, high = ends(cell)
    if low == high:
        return ZERO
    if _is_long(unknown, low, high):
        return Fraction(1)
    first, last = ends(cast(Range, unknown.start))
    return (high - low) / min(last - first, max(abs(low), abs(high)))


def halves(unknown: Unknown, cell: Cell) -> tuple[Cell, Cell]:
    if isinstance(cell, tuple):
        half = len(cell) // 2
        return cell[:half], cell[half:]
    low, high = ends(cell)
    at = middle(unknown, cell)
    return Range(low, at), Range(_above(unknown, at), high)


def middle(unknown: Unknown, cell: Range) -> Fraction:
    """An admissible number inside: half way, or the next doubling point of a long range."""
    low, high = ends(cell)
    if low < 0 < high and _is_long(unknown, low, high):
        return ZERO
    if low >= 0 and _is_long(unknown, low, high):
        return _down(unknown, max(2 * low, _first(unknown)))
    if high <= 0 and _is_long(unknown, low, high):
        return _down(unknown, min(2 * high, -_first(unknown)))
    return _down(unknown, (low + high) / 2)


def _is_long(unknown: Unknown, low: Fraction, high: Fraction) -> bool:
    return high - low > 8 * max(min(abs(low), abs(high)), _first(unknown))


def _first(unknown: Unknown) -> Fraction:
    """Where a long range that begins at 0 is split first."""
    given = abs(unknown.given) if isinstance(unknown.given, Fraction) else ZERO
    return given if given > 0 else unknown.grid * 16 if unknown.grid is not None else Fraction(1)


def _down(unknown: Unknown, value: Fraction) -> Fraction:
    """The greatest admissible number not above `value`."""
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


# --- orders -----------------------------------------------------------------------------------------------------------


def tightened(space: Space, box: Box) -> Box | None:
    """The box on admissible numbers, without what the orders between data exclude; None where nothing is left."""
    cells = list(box)
    for position, unknown in enumerate(space.unknowns):
        cell = cells[position]
        if isinstance(cell, Range) and cell.low != cell.high:
            low, high = ends(cell)
            cells[position] = Range(_up(unknown, low), _down(unknown, high))
    for _ in range(len(space.orders) + 1):
        before = list(cells)
        for lower, higher in space.orders:
            high = _end(cells, higher, 1)
            if isinstance(lower, int) and _end(cells, lower, 1) > high:
                cells[lower] = Range(_end(cells, lower, 0), _down(space.unknowns[lower], high))
            low = _end(cells, lower, 0)
            if isinstance(higher, int) and _end(cells, higher, 0) < low:
                cells[higher] = Range(_up(space.unknowns[higher], low), _end(cells, higher, 1))
        if cells == before:
            break
    ranges = (ends(cell) for cell in cells if isinstance(cell, Range))
    if any(low > high for low, high in ranges):
        return None
    if any(_end(cells, lower, 0) > _end(cells, higher, 1) for lower, higher in space.orders):
        return None
    return tuple(cells)


def _end(cells: list[Cell], side: Side, which: int) -> Fraction:
    """The low (0) or high (1) end of a side; orders are between numbers only."""
    return ends(cast(Range, cells[side]))[which] if isinstance(side, int) else side


# --- samples ----------------------------------------------------------------------------------------------------------


def samples(space: Space, box: Box, *, whole: bool) -> tuple[Box, ...]:
    """Points of the box: one near what the record says, and of the `whole` space the lowest and the highest too."""
    picks = (_likely, _lowest, _highest) if whole else (_likely,)
    found = dict.fromkeys(point for pick in picks if (point := _sample(space, box, pick)) is not None)
    return tuple(found)


def _sample(space: Space, box: Box, pick: Callable[[Unknown, Range], Fraction]) -> Box | None:
    cells: Box | None = box
    for position, unknown in enumerate(space.unknowns):
        if cells is None:
            return None
        cell = cells[position]
        value: Cell
        if isinstance(cell, Range):
            value = exactly(pick(unknown, cell))
        else:
            value = (cast(State, unknown.given),) if unknown.given in cell else cell[:1]
        cells = tightened(space, (*cells[:position], value, *cells[position + 1 :]))
    return cells


def between(space: Space, low: Box, high: Box) -> Box | None:
    """The point half way between two points, on admissible numbers; states are those of the second."""
    cells: list[Cell] = []
    for unknown, first, last in zip(space.unknowns, low, high, strict=True):
        if isinstance(first, Range) and isinstance(last, Range):
            ordered = sorted((ends(first)[0], ends(last)[0]))
            cells.append(exactly(middle(unknown, Range(*ordered))))
        else:
            cells.append(last)
    return tightened(space, tuple(cells))


def _likely(unknown: Unknown, cell: Range) -> Fraction:
    given = unknown.given
    return given if isinstance(given, Fraction) and given in cell else middle(unknown, cell)


def _lowest(unknown: Unknown, cell: Range) -> Fraction:
    _ = unknown
    return ends(cell)[0]


def _highest(unknown: Unknown, cell: Range) -> Fraction:
    _ = unknown
    return ends(cell)[1]
