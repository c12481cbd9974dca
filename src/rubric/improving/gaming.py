"""Where a small change gains most: what a bureau looks at before it issues a table.

Takes a program and the records of one or more departments; gives the places, the dearest first, where one fact that is a little
otherwise brings many points. Never a judgement whether anyone would.

Of one department a place is the whole way from the fact as it is. Of made-up departments (`population`) it is the last step
before the score leaps: the edge is the same for all, wherever they stand.
"""

from collections.abc import Collection, Iterable
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.record import Record
from rubric.improving.lines import Rise, rises_of
from rubric.improving.movable import Change, Movable, movables_of
from rubric.improving.standing import standing_of
from rubric.population.departments import department, population_of

ZERO = Fraction(0)
MADE_UP = 8
_SEED = 7


@attrs.frozen
class Edge:
    """A change of one fact and what the indicator gains by it; `cost` is the relative change."""

    indicator: core.Indicator
    change: Change
    gain: Fraction

    @property
    def cost(self) -> Fraction:
        return self.change.cost

    @property
    def rate(self) -> Fraction:
        """Points for each hundredth of relative change."""
        return self.gain / (self.cost * 100) if self.cost else ZERO


def edges_of(
    program: core.Program, record: Record, fixed: Collection[str] = (), *, judgements: bool = False
) -> tuple[Edge, ...]:
    """For one department: of each fact and way the change that gains most for its size, the best first."""
    standing = standing_of(program, record)
    movables = movables_of(program, standing.setting, fixed, judgements=judgements)
    found = (
        Edge(rise.indicator, rise.change, rise.net) for m in movables for rise in rises_of(standing, m) if rise.net > 0
    )
    return _best(found, by_size=False)


def edges_of_table(program: core.Program, fixed: Collection[str] = (), *, judgements: bool = False) -> tuple[Edge, ...]:
    """For the table alone: the leaps that made-up departments stand before, the highest first."""
    population = population_of(program, _SEED)
    found: list[Edge] = []
    for number in range(1, MADE_UP + 1):
        standing = standing_of(program, department(population, number))
        for movable in movables_of(program, standing.setting, fixed, judgements=judgements):
            found += [edge for rise in rises_of(standing, movable) if (edge := _last_step(rise)) is not None]
    return _best(found, by_size=True)


def _last_step(rise: Rise) -> Edge | None:
    """The same rise from one unit of the last decimal before it; from a state as it was."""
    movable, to = rise.change.movable, rise.change.to
    if isinstance(to, str) or isinstance(movable.at, str):
        return Edge(rise.indicator, rise.change, rise.gain)
    before: Movable = attrs.evolve(movable, at=to - movable.tick if to > movable.at else to + movable.tick)
    return Edge(rise.indicator, Change(before, to), rise.jump) if rise.jump > 0 else None


def _best(edges: Iterable[Edge], *, by_size: bool) -> tuple[Edge, ...]:
    """One edge for each fact and way, in order."""
    kept: dict[tuple[str, object, bool], Edge] = {}

    def order(edge: Edge) -> tuple[Fraction, Fraction]:
        return (-edge.gain, edge.cost) if by_size else (-edge.rate, -edge.gain)

    for edge in edges:
        key = (edge.indicator.id, edge.change.movable.key, _upwards(edge.change))
        if key not in kept or order(edge) < order(kept[key]):
            kept[key] = edge
    return tuple(sorted(kept.values(), key=order))


def _upwards(change: Change) -> bool:
    at, to = change.movable.at, change.to
    return isinstance(at, Fraction) and isinstance(to, Fraction) and to > at
