"""What may vary when a claimed score is checked.

Takes one indicator and the record; gives, for each combination of readings, the unknowns with every value they may take.
Never evaluates.

Reported facts stay. Facts that are assumed, asserted or missing, and all judgements, take every admissible value: counts
and dates whole numbers, amounts whole 分 (or the decimals the datum declares), rates and partial judgements any number
between their limits (no grid is stated for them, and a coarser set would refuse what a person may well give). A reported
rate that is printed rounded takes every value that prints so. Without a stated limit a number goes as far as `_FARTHEST`.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

import attrs

from rubric.core import program as core
from rubric.core.intervals import Range
from rubric.core.record import Basis, Fact
from rubric.core.walk import choices_used, fields_of
from rubric.evaluator.outcome import MissingKey
from rubric.evaluator.quantities import Setting, evaluate_condition, fact_value

State = bool | str
# What is left of an unknown: a range of numbers, or the states still possible.
Cell = Range | tuple[State, ...]
Box = tuple[Cell, ...]
# The lower and the upper side of an order between data: an unknown by its position, or a known number.
Side = int | Fraction

_MOST_COMBINATIONS = 400
_CENT = Fraction(1, 100)
_FARTHEST = Fraction(10**15)
# A rate is a quotient of whole amounts below `_FARTHEST`: it cannot come nearer to a decimal that it does not reach.
_NEAREST = Fraction(1, 10**36)


@attrs.frozen
class Unknown:
    """`key` is its place in `Setting.ranges`. Numbers are multiples of `grid`, or any where it is None.

    `values` are the only numbers possible, where there are few (a judgement of yes or no). `given` is what the record
    says; `rounded`: a reported rate that was printed rounded.
    """

    key: MissingKey
    start: Cell
    grid: Fraction | None = None
    values: tuple[Fraction, ...] = ()
    given: Fraction | State | None = None
    rounded: bool = False
    judgement: core.Judgement | None = None


@attrs.frozen
class Space:
    """All that is possible under one combination of readings; `changed` are those that differ from the run's.

    `opaque`: rows that are not known decide the score, and no search can look into them.
    """

    changed: tuple[tuple[str, int], ...]
    setting: Setting
    unknowns: tuple[Unknown, ...]
    orders: tuple[tuple[Side, Side], ...]
    opaque: bool

    @property
    def start(self) -> Box:
        return tuple(unknown.start for unknown in self.unknowns)

    @property
    def allows_record(self) -> bool:
        """Whether what is on record is one of the possibilities."""
        return all(_allows(u.start, u.given) for u in self.unknowns)

    @property
    def free(self) -> tuple[Unknown, ...]:
        """Those for which there is no reported fact."""
        return tuple(unknown for unknown in self.unknowns if not unknown.rounded)


def _allows(cell: Cell, given: Fraction | State | None) -> bool:
    if isinstance(cell, Range):
        return isinstance(given, Fraction) and given in cell
    return given in cell


def spaces_of(setting: Setting, program: core.Program, indicator: core.Indicator) -> tuple[tuple[Space, ...], bool]:
    """One space for each combination of readings, the run's first, and whether these are all combinations."""
    combinations, complete = _combinations(setting, program, indicator)
    found: list[Space] = []
    for changed in combinations:
        space = _space(setting, program, indicator, changed)
        if _is_another(space, found, setting, indicator):
            found.append(space)
        else:
            continue
        if _perhaps_not_applicable(space, indicator):
            name = program.scoring.not_applicable
            others = _others(setting, name)
            found += [_space(setting, program, indicator, (*changed, (name, index))) for index in others]
    found.sort(key=lambda space: len(space.changed))
    return tuple(found), complete and len(found) <= _MOST_COMBINATIONS


def _is_another(space: Space, found: list[Space], setting: Setting, indicator: core.Indicator) -> bool:
    """Whether readings of what data measure leave other possibilities open than those seen before.

    They change nothing where the data they are about are open anyway.
    """
    for name, _ in space.changed:
        choice = setting.choices.get(name)
        if choice is None or not choice.measures or name in choices_used((indicator.rule, indicator.overrides)):
            continue
        fewer = tuple(reading for reading in space.changed if reading[0] != name)
        seen = next((other for other in found if other.changed == fewer), None)
        if seen is None:
            continue
        open_now = [attrs.evolve(u, given=None) for u in space.unknowns]
        open_then = [attrs.evolve(u, given=None) for u in seen.unknowns]
        if open_now == open_then and space.orders == seen.orders and _known_values(space) == _known_values(seen):
            return False
    return True


def _known_values(space: Space) -> list[object]:
    open_keys = {unknown.key for unknown in space.unknowns}
    keys = [key for key in space.setting.record.facts if key not in open_keys]
    return [fact_value(space.setting, *key) for key in keys if key[0] in space.setting.data]


def labelled(setting: Setting) -> Setting:
    """Facts that do not say what they measure are of the reading in force: under another one they have no value."""
    facts: dict[MissingKey, Fact] = {}
    for key, fact in setting.record.facts.items():
        measures = setting.data[key[0]].measures if key[0] in setting.data else None
        if measures is not None and fact.measures is None:
            taken = setting.choices[measures].alternatives[setting.reading(measures)].name
            facts[key] = attrs.evolve(fact, measures=taken)
    return attrs.evolve(setting, record=attrs.evolve(setting.record, facts={**setting.record.facts, **facts}))


def with_readings(setting: Setting, changed: tuple[tuple[str, int], ...]) -> Setting:
    return attrs.evolve(setting, readings={**setting.readings, **dict(changed)}) if changed else setting


# --- readings ---------------------------------------------------------------------------------------------------------


def _combinations(
    setting: Setting, program: core.Program, indicator: core.Indicator
) -> tuple[list[tuple[tuple[str, int], ...]], bool]:
    """Which readings differ from the run's, fewest first."""
    options: list[list[tuple[str, int] | None]] = []
    number = 1
    for name in _choices(program, indicator):
        others = [(name, index) for index in _others(setting, name)]
        options.append([None, *others])
        number *= len(others) + 1
    complete = number <= _MOST_COMBINATIONS
    if complete:
        found = [tuple(c for c in combination if c is not None) for combination in product(*options)]
    else:
        found = [(), *((other,) for others in options for other in others if other is not None)]
    return sorted(found, key=len), complete


def _choices(program: core.Program, indicator: core.Indicator) -> Iterator[str]:
    """The choices of the indicator, and how the table rounds where there are several points."""
    yield from indicator.choices
    if isinstance(indicator.rule, core.Sum) and len(indicator.rule.parts) > 1:
        yield program.scoring.rounding


def _perhaps_not_applicable(space: Space, indicator: core.Indicator) -> bool:
    overrides = [*indicator.overrides, *(o for clause in core.clauses_of(indicator.rule) for o in clause.overrides)]
    ranges = {unknown.key: unknown.start for unknown in space.unknowns if isinstance(unknown.start, Range)}
    setting = attrs.evolve(space.setting, ranges=ranges)
    return any(
        override.effect is core.Effect.NOT_APPLICABLE
        and evaluate_condition(setting, override.condition).holds is not False
        for override in overrides
    )


def _others(setting: Setting, name: str) -> Iterator[int]:
    """The alternatives not in force. One that says what a datum measures, without a value, leaves that datum open."""
    choice = setting.choices.get(name)
    if choice is None:
        return
    for index in range(len(choice.alternatives)):
        if index != setting.reading(name):
            yield index


# --- what an indicator reads ------------------------------------------------------------------------------------------


def used_keys(indicator: core.Indicator, setting: Setting) -> tuple[MissingKey, ...]:
    """The facts that the indicator's score reads under the readings in force, in order."""
    found: dict[MissingKey, None] = {}
    for override in indicator.overrides:
        found = _read(override.condition, setting, found)
    return tuple(_read(indicator.rule, setting, found))


def _read(node: object, setting: Setting, found: dict[MissingKey, None]) -> dict[MissingKey, None]:
    match node:
        case tuple():
            for part in node:  # pyright: ignore[reportUnknownVariableType]
                _read(part, setting, found)  # pyright: ignore[reportUnknownArgumentType]
        case core.ByReading(choice=choice, options=options):
            _read(options[setting.reading(choice)], setting, found)
        case core.All(parts=parts) if any(_excluded(part, setting) for part in parts):
            pass
        case core.FactValue(datum=datum, part=part):
            found[datum, part] = None
        case core.InState(datum=datum):
            found[datum, None] = None
        case core.RowScores(datum=datum, rule=rule):
            found[datum, None] = None
            _read(rule, setting, found)
        case core.RowAggregate(datum=datum, operand=operand, where=where):
            found[datum, None] = None
            _read((operand, where), setting, found)
        case _:
            for name in fields_of(type(node)) or ():
                _read(getattr(node, name), setting, found)
    return found


def _excluded(condition: core.Condition, setting: Setting) -> bool:
    return isinstance(condition, core.ReadingIs) and setting.reading(condition.choice) != condition.index


# --- one space --------------------------------------------------------------------------------------------------------


def _space(
    base: Setting, program: core.Program, indicator: core.Indicator, changed: tuple[tuple[str, int], ...]
) -> Space:
    setting = with_readings(base, changed)
    record = setting.record
    facts = dict(record.facts)
    unknowns: list[Unknown] = []
    opaque = False
    for key in used_keys(indicator, setting):
        datum = setting.data[key[0]]
        known = _known(setting, key)
        if datum.kind is core.DatumKind.QUANTITY:
            unknown = _number(datum, key, known, _given(setting, key))
            if unknown is not None:
                unknowns.append(unknown)
        elif known is None:
            facts.pop(key, None)
            if datum.kind is core.DatumKind.ROWS:
                opaque = True
            else:
                unknowns.append(_state(datum, key, record.facts.get(key)))
    asked = {node.judgement for node in _judged(indicator.rule)}
    for judgement in program.judgements:
        if judgement.key in asked:
            given = record.judgements.get(judgement.key)
            unknowns.append(_judgement(judgement, None if given is None else given.points))
    orders = tuple(_orders(setting, unknowns))
    if len(facts) != len(record.facts):
        setting = attrs.evolve(setting, record=attrs.evolve(record, facts=facts))
    return Space(changed, setting, tuple(unknowns), orders, opaque)


def _known(setting: Setting, key: MissingKey) -> Fact | None:
    """The reported fact, if it has a value under the readings in force."""
    fact = setting.record.facts.get(key)
    if fact is None or fact.basis is not Basis.REPORTED:
        return None
    return fact if fact_value(setting, *key) is not None else None


def _given(setting: Setting, key: MissingKey) -> Fraction | None:
    value = fact_value(setting, *key)
    return value if isinstance(value, Fraction) else None


def _number(datum: core.Datum, key: MissingKey, known: Fact | None, given: Fraction | None) -> Unknown | None:
    low = None if datum.low is None else datum.low.value
    high = None if datum.high is None else datum.high.value
    if known is None:
        whole = Range(-_FARTHEST if low is None else low, _FARTHEST if high is None else high)
        return Unknown(key, whole, _grid(datum), given=given)
    if known.quantum is None or given is None or given != known.value:
        return None
    half = known.quantum / 2
    lowest, highest = given - half, given + half - _NEAREST
    start = Range(lowest if low is None else max(low, lowest), highest if high is None else min(high, highest))
    return Unknown(key, start, None, given=given, rounded=True)


def _grid(datum: core.Datum) -> Fraction | None:
    unit = datum.unit
    if unit is None:
        return None if datum.decimals is None else Fraction(1, 10**datum.decimals)
    if datum.decimals is not None:
        return unit.scale / 10**datum.decimals
    match unit.dimension:
        case core.Dimension.COUNT:
            return unit.scale
        case core.Dimension.DATE:
            return Fraction(1)
        case core.Dimension.MONEY:
            return _CENT
        case _:
            return None


def _state(datum: core.Datum, key: MissingKey, fact: Fact | None) -> Unknown:
    states: tuple[State, ...] = (True, False) if datum.kind is core.DatumKind.BOOLEAN else datum.states
    given = None if fact is None or not isinstance(fact.value, bool | str) else fact.value
    return Unknown(key, states, given=given)


def _judgement(judgement: core.Judgement, given: Fraction | None) -> Unknown:
    key = (f"{judgement.indicator}／{judgement.label}", None)
    values = (
        ()
        if judgement.partial
        else tuple(sorted({judgement.low, judgement.high, *(() if given is None else (given,))}))
    )
    low = judgement.low if given is None else min(judgement.low, given)
    high = judgement.high if given is None else max(judgement.high, given)
    return Unknown(key, Range(low, high), None, values, given, judgement=judgement)


def _judged(rule: core.Rule) -> Iterator[core.Judged]:
    if isinstance(rule, core.Judged):
        yield rule
    for clause in core.clauses_of(rule):
        if isinstance(clause.rule, core.Judged):
            yield clause.rule


# --- bounds that name another datum -----------------------------------------------------------------------------------


def _orders(setting: Setting, unknowns: list[Unknown]) -> Iterator[tuple[Side, Side]]:
    """What a bound of one datum by another says of the unknowns."""
    positions = {unknown.key: position for position, unknown in enumerate(unknowns)}
    for position, unknown in enumerate(unknowns):
        datum = setting.data.get(unknown.key[0])
        if datum is None or not isinstance(unknown.start, Range):
            continue
        for bound, is_low in ((datum.low, True), (datum.high, False)):
            side = _limit(setting, positions, unknown.key, bound, is_low)
            if side is not None:
                yield (side, position) if is_low else (position, side)
    for key, fact in setting.record.facts.items():
        if key in positions or fact.basis is not Basis.REPORTED or not isinstance(fact.value, Fraction):
            continue
        datum = setting.data.get(key[0])
        if datum is None or not (_names_another(datum.low) or _names_another(datum.high)):
            continue
        for bound, is_low in ((datum.low, True), (datum.high, False)):
            side = _limit(setting, positions, key, bound, is_low)
            value = fact_value(setting, *key)
            if isinstance(side, int) and isinstance(value, Fraction):
                yield (side, value) if is_low else (value, side)


def _names_another(bound: core.Bound | None) -> bool:
    return bound is not None and bound.datum is not None


def _limit(
    setting: Setting, positions: Mapping[MissingKey, int], key: MissingKey, bound: core.Bound | None, is_low: bool
) -> Side | None:
    """The side that a bound names; a datum that is neither known nor in play hands on its own bound."""
    for _ in range(len(setting.data)):
        if bound is None or bound.datum is None:
            return None if bound is None else bound.value
        own = setting.record.facts.get(key)
        place = (bound.datum, key[1]) if (bound.datum, key[1]) in setting.record.facts else (bound.datum, None)
        place = (bound.datum, key[1]) if (bound.datum, key[1]) in positions else place
        other = setting.record.facts.get(place)
        labels = {fact.measures for fact in (own, other) if fact is not None and fact.measures is not None}
        if len(labels) > 1:
            return None
        if place in positions:
            return positions[place]
        value = fact_value(setting, *place)
        if other is not None and other.basis is Basis.REPORTED and isinstance(value, Fraction):
            return value if other.quantum is None else value + (-other.quantum if is_low else other.quantum) / 2
        datum = setting.data.get(bound.datum)
        bound = None if datum is None else datum.low if is_low else datum.high
    return None
