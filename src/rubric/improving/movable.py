"""The facts of a department that may change, and how far.

Takes a program and a record; gives every fact or judgement that may be otherwise, with the grid on which its values are
written, its bounds, and what a change of it costs. Never a fact that is history (`不可变`), that follows from other units,
or that is not given; rows are left as they are.
"""

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.record import NOTHING, Fact, Record
from rubric.evaluator.outcome import MissingKey
from rubric.evaluator.quantities import Setting, fact_value

ZERO, ONE, HUNDREDTH = Fraction(0), Fraction(1), Fraction(1, 100)
DAYS = Fraction(365)
_MOST_PLACES = 8
_WRITTEN_WHOLE = (core.Dimension.COUNT, core.Dimension.DATE, core.Dimension.GRADE)


@attrs.frozen
class Movable:
    """One fact or judgement that may change.

    `key` is (datum, part), or (`指标／评判`, None) of a judgement, as in `Outcome`. A number is `at` in base units and moves on
    `base` and whole multiples of `tick` from it, within `low` and `high` (None: no end); a state or a yes–no moves among
    `states`.
    """

    key: MissingKey
    subject: core.Datum | core.Judgement
    at: Fraction | str
    tick: Fraction = ONE
    low: Fraction | None = None
    high: Fraction | None = None
    states: tuple[str, ...] = ()
    base: Fraction = ZERO

    @property
    def name(self) -> str:
        """As people call it: the period before the datum; the indicator before the judgement."""
        name, part = self.key
        return f"{part}{name}" if part else name

    @property
    def is_judgement(self) -> bool:
        return isinstance(self.subject, core.Judgement)

    def cost(self, to: Fraction | str) -> Fraction:
        """The relative change: a share of the fact as it is, of one unit where it is 0, of a year for a day, of its range for a judgement; 1 for another state."""
        if isinstance(to, str) or isinstance(self.at, str):
            return ZERO if to == self.at else ONE
        return abs(to - self.at) / self.size

    @property
    def size(self) -> Fraction:
        """What a change of a number is measured against."""
        match self.subject:
            case core.Judgement(low=low, high=high):
                return (high - low) or ONE
            case core.Datum(unit=unit):
                assert isinstance(self.at, Fraction)
                if unit is not None and unit.dimension is core.Dimension.DATE:
                    return DAYS
                return abs(self.at) or (unit.scale if unit is not None else ONE)


@attrs.frozen
class Change:
    """A movable that goes to another value."""

    movable: Movable
    to: Fraction | str

    @property
    def cost(self) -> Fraction:
        return self.movable.cost(self.to)


@attrs.frozen
class Best:
    """Changes with what they gain and cost; `sure` where nothing better exists."""

    changes: tuple[Change, ...]
    gain: Fraction
    sure: bool

    @property
    def cost(self) -> Fraction:
        return sum((change.cost for change in self.changes), ZERO)


def movables_of(
    program: core.Program, setting: Setting, fixed: Collection[str] = (), *, judgements: bool = False
) -> tuple[Movable, ...]:
    """All that may change, data in the order of the table, then judgements where they are asked for.

    `fixed` are names of data that are left alone besides those that the rubric declares unchangeable.
    """
    data = [m for datum in program.data if is_free(datum, fixed) for m in _of_datum(program, setting, datum)]
    return (*data, *(_of_judgements(program, setting) if judgements else ()))


def is_free(datum: core.Datum, fixed: Collection[str] = ()) -> bool:
    """Whether a department could have done otherwise: what it declares is neither history nor made by other units."""
    return (
        not datum.unchangeable
        and datum.over is None
        and datum.kind is not core.DatumKind.ROWS
        and datum.name not in fixed
    )


def _of_datum(program: core.Program, setting: Setting, datum: core.Datum) -> Iterator[Movable]:
    for part in datum.parts or (None,):
        value = fact_value(setting, datum.name, part)
        match value:
            case bool():
                yield Movable((datum.name, part), datum, "是" if value else "否", states=("是", "否"))
            case str():
                yield Movable((datum.name, part), datum, value, states=datum.states)
            case Fraction():
                low, high = _bounds(program, setting, datum, part)
                low, high = (None if low is None else min(low, value)), (None if high is None else max(high, value))
                yield Movable((datum.name, part), datum, value, tick_of(datum, value), low, high)
            case _:
                pass


def _of_judgements(program: core.Program, setting: Setting) -> Iterator[Movable]:
    for judgement in program.judgements:
        given = setting.record.judgements.get(judgement.key)
        if given is None or judgement.low == judgement.high:
            continue
        tick = HUNDREDTH if judgement.partial else judgement.high - judgement.low
        key = (f"{judgement.indicator}／{judgement.label}", None)
        yield Movable(key, judgement, given.points, tick, judgement.low, judgement.high, base=judgement.low)


def tick_of(datum: core.Datum, value: Fraction) -> Fraction:
    """The unit of the last decimal in which the datum is written: whole counts and days, two decimals else, or as many as `value` has."""
    scale = datum.unit.scale if datum.unit is not None else ONE
    if datum.decimals is not None:
        least = datum.decimals
    else:
        least = 0 if datum.unit is not None and datum.unit.dimension in _WRITTEN_WHOLE else 2
    places = next((p for p in range(least, _MOST_PLACES) if (value / scale * 10**p).denominator == 1), None)
    return scale / 10**places if places is not None else Fraction(1, (value / scale).denominator) * scale


def is_cumulative(datum: core.Datum) -> bool:
    """Whether the numbers of a series add up from period to period, and so never fall."""
    return "累计" in datum.reference


def _bounds(
    program: core.Program, setting: Setting, datum: core.Datum, part: str | None
) -> tuple[Fraction | None, Fraction | None]:
    """How far one number may go while all the others stay: its own bounds, and those it sets to others."""
    lows, highs = [_end(setting, datum.low, part)], [_end(setting, datum.high, part)]
    for other in program.data:
        for bound, ends in ((other.low, highs), (other.high, lows)):
            if bound is not None and bound.datum == datum.name and other.name != datum.name:
                parts = other.parts if not datum.parts else (part,) if other.parts else (None,)
                ends += [_number(setting, other.name, one) for one in (parts or (None,))]
    if is_cumulative(datum) and part is not None:
        index = datum.parts.index(part)
        lows += [_number(setting, datum.name, datum.parts[index - 1])] if index > 0 else []
        highs += [_number(setting, datum.name, datum.parts[index + 1])] if index + 1 < len(datum.parts) else []
    return max((v for v in lows if v is not None), default=None), min((v for v in highs if v is not None), default=None)


def _end(setting: Setting, bound: core.Bound | None, part: str | None) -> Fraction | None:
    if bound is None or bound.datum is None:
        return None if bound is None else bound.value
    other = setting.data.get(bound.datum)
    return None if other is None else _number(setting, other.name, part if other.parts else None)


def _number(setting: Setting, name: str, part: str | None) -> Fraction | None:
    value = fact_value(setting, name, part)
    return value if isinstance(value, Fraction) else None


# --- changed records --------------------------------------------------------------------------------------------------


def with_changes(setting: Setting, changes: Iterable[Change]) -> Record:
    """The record as it would be; a changed fact keeps its source and its measure, and loses the values by other measures."""
    record = setting.record
    facts, judgements = dict(record.facts), dict(record.judgements)
    for change in changes:
        match change.movable.subject:
            case core.Judgement(key=key):
                assert isinstance(change.to, Fraction)
                judgements[key] = attrs.evolve(judgements[key], points=change.to)
            case core.Datum() as datum:
                key = change.movable.key
                facts[key] = _changed(setting, datum, facts[key], change.to)
    return attrs.evolve(record, facts=facts, judgements=judgements, claimed=NOTHING, claimed_total=None)


def _changed(setting: Setting, datum: core.Datum, fact: Fact, to: Fraction | str) -> Fact:
    value = to == "是" if datum.kind is core.DatumKind.BOOLEAN else to
    measures = fact.measures
    if datum.measures is not None:
        choice = setting.choices[datum.measures]
        measures = choice.alternatives[setting.reading(datum.measures)].name
    return attrs.evolve(fact, value=value, written="", quantum=None, measures=measures, others=NOTHING)
