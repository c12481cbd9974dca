"""Facts worth trying on one indicator.

Takes a program and an indicator; gives records that hold no more than the indicator asks for, the plainest first: round numbers,
every boundary met exactly and missed by one unit of the last decimal on either side, every state, every judgement full,
in part and none, each 口径 read each way. Never all facts: what is found among them is certain, what is not found is not.

A boundary is met by solving for one fact after the other. The difference of its two sides is, in one fact, nearly always a
quotient of two linear forms, which three of its values determine; so its root is computed, not searched for.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import islice, product

import attrs

from rubric.analysis.ranges import Key, World, range_of
from rubric.analysis.samples import facts_read, is_within_bounds
from rubric.core import program as core
from rubric.core.record import Basis, Fact, Given, Record
from rubric.core.walk import data_used
from rubric.evaluator.evaluate import setting_of
from rubric.evaluator.quantities import Setting
from rubric.population.departments import department, population_of, tick_of
from rubric.regression.aims import choices_of
from rubric.regression.turning import Turn, difference, turns_of

ZERO, ONE = Fraction(0), Fraction(1)
_SIZES = (100, 1000, 40, 7, 1)
_MOST_STATES = 64
_MADE_UP = 24
_MOST = 4000

Values = Mapping[Key, Fraction | str]
NO_VALUES: Values = {}
NO_READINGS: Mapping[str, str] = {}


def records_for(program: core.Program, indicator: core.Indicator, *, thorough: bool = True) -> Iterator[Record]:
    """Under the readings of the rubric first, then under each other reading; with `thorough` false only under the former,
    and without departments drawn by lot."""
    for readings in _readings(program, indicator) if thorough else (NO_READINGS,):
        seen: set[tuple[object, ...]] = set()
        world = _world(program, readings)
        full: Values = next(_values(program, world, indicator), NO_VALUES)
        yield from _judged(program, indicator, record_of(program, indicator, full, readings))
        for values in islice(_values(program, world, indicator), _MOST):
            key = tuple(values.items())
            if key not in seen:
                seen.add(key)
                yield record_of(program, indicator, values, readings)
        if thorough:
            yield from made_up(program, indicator, readings)


def record_of(program: core.Program, indicator: core.Indicator, values: Values, readings: Mapping[str, str]) -> Record:
    """A record of these facts, judgements at full points; facts state the measure that is read."""
    facts = {key: _fact(program, key[0], value, readings) for key, value in values.items()}
    given = {j.key: Given(j.high, basis=Basis.ASSUMED) for j in program.judgements if j.indicator == indicator.name}
    return Record(facts, given, readings)


def _fact(program: core.Program, name: str, value: Fraction | str, readings: Mapping[str, str]) -> Fact:
    datum = program.datum(name)
    measures = None
    if datum.measures is not None:
        choice = program.choice(datum.measures)
        measures = readings.get(choice.name, choice.alternatives[choice.default].name)
    if datum.kind is core.DatumKind.BOOLEAN:
        return Fact(value == "是", str(value), Basis.ASSUMED, measures=measures)
    return Fact(value, "", Basis.ASSUMED, measures=measures)


def _readings(program: core.Program, indicator: core.Indicator) -> Iterator[Mapping[str, str]]:
    yield {}
    asked = list(choices_of(program, indicator))
    asked += [n for n in (program.scoring.rounding,) if any(c.name == n for c in program.choices)]
    for name in asked:
        choice = program.choice(name)
        for index, alternative in enumerate(choice.alternatives):
            if index != choice.default:
                yield {name: alternative.name}


def _world(program: core.Program, readings: Mapping[str, str]) -> World:
    chosen = {c.name: c.default for c in program.choices}
    for name, alternative in readings.items():
        names = [a.name for a in program.choice(name).alternatives]
        chosen[name] = names.index(alternative)
    return World({d.name: d for d in program.data}, chosen)


# --- facts ------------------------------------------------------------------------------------------------------------


def _values(program: core.Program, world: World, indicator: core.Indicator) -> Iterator[Values]:
    nodes = (indicator.overrides, indicator.rule)
    keys = list(facts_read(nodes))
    numbers = [key for key in keys if world.data[key[0]].kind is core.DatumKind.QUANTITY]
    states = [key for key in keys if key not in numbers]
    bases = list(_bases(world, numbers))
    kinds = list(islice(product(*(_states(world, key) for key in states)), _MOST_STATES))
    first = dict(zip(states, kinds[0], strict=True)) if kinds else {}
    for base in bases[:2]:
        for kind in kinds:
            yield {**base, **dict(zip(states, kind, strict=True))}
    turns = turns_of(world, indicator)
    for base in bases:
        yield {**base, **first}
    for base in bases:
        for turn in turns:
            for values in _meeting(program, world, turn, base):
                yield {**values, **first}
                for kind in kinds[1:3]:
                    yield {**values, **dict(zip(states, kind, strict=True))}


def _states(world: World, key: Key) -> list[str]:
    """Of yes and no first what is the rule: no veto, no exemption."""
    datum = world.data[key[0]]
    return ["否", "是"] if datum.kind is core.DatumKind.BOOLEAN else list(datum.states)


def _bases(world: World, keys: list[Key]) -> Iterator[Mapping[Key, Fraction]]:
    """All facts of one size, every part as large as its whole; then the same with one of them 0, then with all."""
    for size in _SIZES:
        yield within_bounds(world, {key: _sized(world, key, size) for key in keys})
    whole = within_bounds(world, {key: _sized(world, key, _SIZES[0]) for key in keys})
    for zero in keys:
        if world.data[zero[0]].unit is not None and not _is_day(world.data[zero[0]]):
            yield within_bounds(world, {**whole, zero: ZERO})
    yield within_bounds(world, {key: value if _is_day(world.data[key[0]]) else ZERO for key, value in whole.items()})


def _is_day(datum: core.Datum) -> bool:
    return datum.unit is not None and datum.unit.dimension is core.Dimension.DATE


def _sized(world: World, key: Key, size: int) -> Fraction:
    """A rate is whole at first and less in smaller sizes; the parts of a series rise to it."""
    datum, part = world.data[key[0]], key[1]
    if _is_day(datum):
        return Fraction(738_000)
    scale = datum.unit.scale if datum.unit is not None else ONE
    value = scale * min(size, 100) if scale == Fraction(1, 100) else scale * size
    if part is not None:
        value = value * (datum.parts.index(part) + 1) / len(datum.parts)
    return _on_grid(datum, value)


def _on_grid(datum: core.Datum, value: Fraction) -> Fraction:
    tick = tick_of(datum)
    return (value / tick).__floor__() * tick


def within_bounds(world: World, values: Mapping[Key, Fraction]) -> dict[Key, Fraction]:
    """Every number brought within its bounds, a part down to its whole."""
    found = dict(values)
    for _ in range(3):
        for key, value in found.items():
            datum = world.data[key[0]]
            for bound, is_high in ((datum.high, True), (datum.low, False)):
                end = None if bound is None else bound.value
                if bound is not None and bound.datum is not None:
                    end = found.get((bound.datum, None))
                if bound is not None and bound.quantity is not None:
                    end = range_of(attrs.evolve(world, fixed=found), bound.quantity).point
                if end is not None:
                    value = min(value, end) if is_high else max(value, end)
            found[key] = value
    return found


def _meeting(program: core.Program, world: World, turn: Turn, base: Values) -> Iterator[Values]:
    """The base with one fact changed so that the boundary is met, or just missed."""
    for key in facts_read((turn.left, turn.right)):
        value, datum = base.get(key), world.data[key[0]]
        if not isinstance(value, Fraction):
            continue
        tick = tick_of(datum)
        for root in _roots(program, world, turn, base, key):
            low = (root / tick).__floor__() * tick
            for tried in dict.fromkeys((low, low - tick, low + tick)):
                values = _carried(world, {**base, key: tried}, key)
                fixed = attrs.evolve(world, fixed=values)
                if all(is_within_bounds(fixed, one) for one in values):
                    yield values


def _carried(world: World, values: Values, changed: Key) -> Values:
    """What is bounded by the changed fact comes down with it, where it was as large."""
    found = dict(values)
    for key, value in values.items():
        high = world.data[key[0]].high
        end = found[changed]
        if (
            key != changed
            and high is not None
            and high.datum == changed[0]
            and isinstance(value, Fraction)
            and isinstance(end, Fraction)
            and value > end
        ):
            found[key] = end
    return found


def _roots(program: core.Program, world: World, turn: Turn, base: Values, key: Key) -> Iterator[Fraction]:
    """Where the difference is 0 as a function of one fact: the root of the quotient of linear forms through three values."""
    start, datum = base[key], world.data[key[0]]
    assert isinstance(start, Fraction)
    scale = ONE if _is_day(datum) else datum.unit.scale if datum.unit is not None else ONE
    places = (start, start + scale, start + 2 * scale) if start else (scale, 2 * scale, 3 * scale)
    found = [difference(_setting(program, world, {**base, key: place}), turn) for place in places]
    known = [value for value in found if value is not None]
    if len(known) < 3:
        return
    y0, y1, y2 = known
    if y1 == y2:
        if y0 == y1 == 0:
            yield start
        return
    # y = (p + q·t)/(1 + s·t) at t = 0, 1, 2
    s = (2 * y1 - y0 - y2) / (2 * (y2 - y1))
    p, q = y0, y1 + y1 * s - y0
    if q:
        yield places[0] + scale * (-p / q)


def _setting(program: core.Program, world: World, values: Values) -> Setting:
    facts = {key: Fact(value, "") for key, value in values.items()}
    setting = setting_of(program, Record(facts))
    return attrs.evolve(setting, readings=world.readings)


# --- judgements, and departments --------------------------------------------------------------------------------------


def _judged(program: core.Program, indicator: core.Indicator, record: Record) -> Iterator[Record]:
    """One judgement at its least, then one in part where that is allowed, once to more places than are kept; then all at
    their least."""
    own = [j for j in program.judgements if j.indicator == indicator.name]
    for judgement in own:
        yield _with_points(record, judgement, judgement.low)
        if judgement.partial:
            yield _with_points(record, judgement, (judgement.low + judgement.high) / 2)
            fine = Fraction(4, 10 ** (program.scoring.places + 1))
            if fine < judgement.high - judgement.low:
                yield _with_points(record, judgement, judgement.low + fine)
    lowest = record
    for judgement in own:
        lowest = _with_points(lowest, judgement, judgement.low)
    if len(own) > 1:
        yield lowest


def _with_points(record: Record, judgement: core.Judgement, points: Fraction) -> Record:
    given = Given(points, reason="用例设定", basis=Basis.ASSUMED)
    return attrs.evolve(record, judgements={**record.judgements, judgement.key: given})


def made_up(program: core.Program, indicator: core.Indicator, readings: Mapping[str, str]) -> Iterator[Record]:
    """Departments drawn by lot, for what round numbers do not tell apart."""
    used = frozenset(data_used((indicator.overrides, indicator.rule)))
    alone = _alone(program, indicator, used)
    for edges in (False, True):
        population = population_of(alone, 1, edges=edges)
        for number in range(1, _MADE_UP + 1):
            drawn = department(population, number)
            facts = {key: fact for key, fact in drawn.facts.items() if key[0] in used}
            plain = {k: f.value for k, f in facts.items() if isinstance(f.value, Fraction | str)}
            relabelled = {
                key: _fact(program, key[0], plain[key], readings) if key in plain else fact
                for key, fact in facts.items()
            }
            yield Record(relabelled, drawn.judgements, readings)


def _alone(program: core.Program, indicator: core.Indicator, used: frozenset[str]) -> core.Program:
    """The program with this indicator only and what it asks for: a small department is drawn sooner."""
    names = set(used)
    for _ in range(3):
        bounds = (b for d in program.data if d.name in names for b in (d.low, d.high) if b is not None)
        names |= {bound.datum for bound in bounds if bound.datum is not None}
    return attrs.evolve(
        program,
        indicators=(indicator,),
        data=tuple(d for d in program.data if d.name in names),
        judgements=tuple(j for j in program.judgements if j.indicator == indicator.name),
    )


def plainness(program: core.Program, record: Record) -> int:
    """How much there is to read in a record: its facts, the digits of its numbers, the readings it names."""
    digits = 0
    for (name, _), fact in record.facts.items():
        datum = program.datum(name)
        if isinstance(fact.value, Fraction):
            scaled = fact.value / (datum.unit.scale if datum.unit is not None else ONE)
            digits += len(str(scaled.numerator)) + 2 * len(str(scaled.denominator))
        elif isinstance(fact.value, tuple):
            digits += 10 * len(fact.value)
        else:
            digits += 1
    return digits + 4 * len(record.readings) + 2 * len(record.judgements) + 3 * len(record.facts)


def plainest_first(program: core.Program, records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda record: plainness(program, record))
