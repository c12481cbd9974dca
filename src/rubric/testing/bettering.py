"""Two departments that differ in one datum alone, for which more is better, or less is.

Takes a rubric; gives the pairs of an indicator and a datum with a declared direction (正向, 反向), and for each a strategy of
such departments and what must hold of them: doing better never scores less. Never a proof: `rubric check` proves it of all
departments, these are drawn, and a failure is shrunk to one that can be read.

The facts are those of the one indicator: small numbers, the numbers at which something turns and those beside them. So a
failure shrinks to small numbers; a department of a population would be one of many figures.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from rubric.analysis.ranges import Key, World, world_of
from rubric.analysis.samples import facts_read, is_within_bounds, values_of
from rubric.api import Rubric
from rubric.core import program as core
from rubric.core.numbers import plain
from rubric.core.record import Basis, Fact, Record
from rubric.core.walk import data_used
from rubric.evaluator.evaluate import evaluate_indicator, setting_of
from rubric.evaluator.outcome import Status
from rubric.facts.values import shown
from rubric.facts.written import brief_facts
from rubric.population.departments import LABEL, tick_of
from rubric.population.draws import Draws
from rubric.population.rows import made_up_rows
from rubric.regression.candidates import NO_READINGS, record_of, within_bounds
from rubric.testing.extra import strategies

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_MOST = 120
_SEEDS = 1_000
_PLACES = 6


@attrs.frozen
class Directed:
    """A number that an indicator reads and of which the author says whether more of it is better."""

    indicator: core.Indicator
    datum: core.Datum
    part: str | None = None

    @property
    def key(self) -> Key:
        return self.datum.name, self.part

    @property
    def name(self) -> str:
        """`服务对象满意度：满意度提高，得分不降`."""
        verb = "提高" if self.datum.direction is core.Direction.RISING else "降低"
        return f"{self.indicator.name}：{self.part or ''}{self.datum.name}{verb}，得分不降"


@attrs.frozen
class Bettered:
    """A department, and the same one with one number for the better."""

    before: Record
    after: Record


def directed(program: core.Program) -> Iterator[Directed]:
    """Each indicator with each number it reads that has a direction."""
    data = {datum.name: datum for datum in program.data}
    for indicator in program.indicators:
        for name, part in facts_read((indicator.overrides, indicator.rule)):
            datum = data[name]
            if datum.direction is not None and datum.kind is core.DatumKind.QUANTITY:
                yield Directed(indicator, datum, part)


def scores_no_less(rubric: Rubric, one: Directed, pair: Bettered) -> None:
    """The better department has at least the points of the other, where both are decided and nothing is left out."""
    before, after = (_points(rubric, one.indicator, record) for record in (pair.before, pair.after))
    if before is None or after is None or before <= after:
        return
    values = [record.facts[one.key].value for record in (pair.before, pair.after)]
    first, second = (shown(value, one.datum.unit) for value in values if isinstance(value, Fraction))
    verb = "提高" if one.datum.direction is core.Direction.RISING else "降低"
    raise AssertionError(
        f"「{one.indicator.name}」：{one.part or ''}{one.datum.name}从 {first}{' ' if first.isascii() else ''}{verb}到 {second}，"
        f"得分从 {plain(before, _PLACES)} 分降到 {plain(after, _PLACES)} 分，与声明的{one.datum.direction}不符\n"
        f"从这个部门看起：\n" + "\n".join(brief_facts(rubric.program, pair.before))
    )


def _points(rubric: Rubric, indicator: core.Indicator, record: Record) -> Fraction | None:
    outcome = evaluate_indicator(setting_of(rubric.program, record), rubric.program, indicator)[0]
    return outcome.exact.point if outcome.status is Status.SCORED and not outcome.away else None


# --- strategies -------------------------------------------------------------------------------------------------------


def bettered(rubric: Rubric, one: Directed) -> "SearchStrategy[Bettered]":
    """Pairs for `scores_no_less`: both departments admissible, the second better in that number alone."""
    st, program, world = strategies(), rubric.program, world_of(rubric.program)
    nodes = (one.indicator.overrides, one.indicator.rule)
    keys = _keys(world, nodes)
    values = {key: _values(world, key, worth) for key, worth in values_of(world, keys, nodes).items()}
    rising = one.datum.direction is core.Direction.RISING

    def pair(drawn: Mapping[Key, Fraction | str], other: Fraction, seed: int) -> Bettered | None:
        numbers = {key: value for key, value in drawn.items() if isinstance(value, Fraction)}
        base = {**drawn, **within_bounds(world, numbers)}
        value = base[one.key]
        assert isinstance(value, Fraction)
        both = [{**base, one.key: number} for number in sorted((value, other), reverse=not rising)]
        worlds = [attrs.evolve(world, fixed=values) for values in both]
        if value == other or not all(is_within_bounds(each, key) for each in worlds for key in keys):
            return None
        before, after = (_record(rubric.program, one.indicator, values, seed) for values in both)
        return Bettered(before, after)

    seeds = st.integers(0, _SEEDS) if _rows(program, nodes) else st.just(0)
    return st.builds(pair, st.fixed_dictionaries(values), values[one.key], seeds).filter(bool)


def _keys(world: World, nodes: tuple[object, ...]) -> list[Key]:
    """The facts that the nodes read, and those that bound them; rows left out."""
    found = dict(facts_read(nodes))
    for name, _ in tuple(found):
        for bound in (world.data[name].low, world.data[name].high):
            if bound is not None and bound.datum is not None and not world.data[bound.datum].parts:
                found[bound.datum, None] = None
            if bound is not None and bound.quantity is not None:
                found |= facts_read((bound.quantity,))
    return [key for key in found if world.data[key[0]].kind is not core.DatumKind.ROWS]


def _values(world: World, key: Key, worth: list[Fraction | str]) -> "SearchStrategy[Fraction | str]":
    """Of a number a small one, one at which something turns, or one beside it; the smallest first."""
    st, datum = strategies(), world.data[key[0]]
    if datum.kind is not core.DatumKind.QUANTITY:
        return st.sampled_from(worth)
    tick, scale = tick_of(datum), datum.unit.scale if datum.unit is not None else Fraction(1)
    numbers = [value for value in worth if isinstance(value, Fraction)]
    beside = sorted({value for number in numbers for value in (number, number - tick, number + tick)}, key=abs)
    if datum.unit is not None and datum.unit.dimension is core.Dimension.DATE:
        return st.sampled_from(beside)
    return st.one_of(st.sampled_from([count * scale for count in range(_MOST + 1)]), st.sampled_from(beside))


def _rows(program: core.Program, nodes: tuple[object, ...]) -> list[core.Datum]:
    return [d for d in map(program.datum, data_used(nodes)) if d.kind is core.DatumKind.ROWS]


def _record(
    program: core.Program, indicator: core.Indicator, values: Mapping[Key, Fraction | str], seed: int
) -> Record:
    record = record_of(program, indicator, values, NO_READINGS)
    rows = {
        (datum.name, None): Fact(tuple(made_up_rows(program, datum, Draws(seed, datum.name), LABEL)), "", Basis.ASSUMED)
        for datum in _rows(program, (indicator.overrides, indicator.rule))
    }
    return attrs.evolve(record, facts={**record.facts, **rows})
