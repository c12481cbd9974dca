"""口径 that are settled: what each of the other readings would give.

Takes a program; gives notes with the results on a concrete case. For a step of a deduction the case is two and a half
steps; for others it is found by trying facts on the evaluator. Only `rubric check` asks for these.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations, islice

import attrs

from rubric.analysis import errors
from rubric.analysis.ranges import Key, World, linear, range_of
from rubric.analysis.samples import facts_read, is_within_bounds, values_of
from rubric.core import program as core
from rubric.core.record import Fact, Given, Record
from rubric.core.walk import choices_used, data_used, within
from rubric.diagnostics.model import Diagnostic
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import IndicatorOutcome, Status
from rubric.source import SourceText

_STEPS = Fraction(5, 2)
_MOST_TRIED = 250
_RISING = (Fraction(18), Fraction(42), Fraction(61), Fraction(89))

_Score = tuple[Status, Fraction | None, Fraction]
"""Status, score, and the points that do not apply."""


def settled_readings(world: World, source: SourceText, program: core.Program) -> Iterator[Diagnostic]:
    """One note for each 口径 that the author settled and that can change a score."""
    for indicator in program.indicators:
        nodes = (indicator.rule, indicator.overrides)
        for name in choices_used(nodes):
            choice = program.choice(name)
            if choice.measures or choice.origin is not core.ChoiceOrigin.AUTHOR:
                continue
            asking = _asking(nodes, name)
            if asking and all(isinstance(option, core.Steps) for option in asking[0].options):
                yield from _step_note(world, source, indicator, choice, nodes, asking[0])
            else:
                yield from _other_note(world, source, program, indicator, choice)


def _asking(nodes: tuple[object, ...], name: str) -> list[core.ByReading]:
    return [node for node in within(nodes) if isinstance(node, core.ByReading) and node.choice == name]


# --- steps ------------------------------------------------------------------------------------------------------------


def _step_note(
    world: World,
    source: SourceText,
    indicator: core.Indicator,
    choice: core.Choice,
    nodes: tuple[object, ...],
    asking: core.ByReading,
) -> Iterator[Diagnostic]:
    rate, first = _rate(world, nodes, choice.name), asking.options[0]
    assert isinstance(first, core.Steps)
    step = range_of(world, first.step).point
    if not rate or step is None:
        return
    distance = core.Constant(step * _STEPS)
    deducted: list[Fraction] = []
    for option in asking.options:
        assert isinstance(option, core.Steps)
        count = range_of(world, attrs.evolve(option, distance=distance)).point
        deducted.append(rate * (count or Fraction(0)))
    unit = first.step.unit if isinstance(first.step, core.Constant) else None
    yield errors.settled_step(source, choice, step * _STEPS, unit, tuple(deducted), indicator.name)


def _rate(world: World, nodes: tuple[object, ...], name: str) -> Fraction | None:
    """The points that one step costs: how an amount changes with the steps in it."""
    open_world = World(world.data, {k: v for k, v in world.readings.items() if k != name})
    for node in within(nodes):
        if isinstance(node, core.Band):
            for atom, factor in linear(open_world, node.amount).terms.items():
                if isinstance(atom, core.ByReading) and atom.choice == name:
                    return abs(factor)
    return None


@attrs.frozen
class Trying:
    """How a case is looked for: at most `most` are tried; `between`: with numbers half a unit above those at which a test
    turns, too; `few`: first with few of what is counted one by one."""

    most: int = _MOST_TRIED
    between: bool = False
    few: bool = False


# --- others -----------------------------------------------------------------------------------------------------------


def _other_note(
    world: World, source: SourceText, program: core.Program, indicator: core.Indicator, choice: core.Choice
) -> Iterator[Diagnostic]:
    few = choice.doubt is not None and choice.doubt is not core.Doubt.SCOPE
    found = differing(world, program, indicator, choice, Trying(few=few))
    if found is not None:
        yield errors.settled_reading(source, choice, found, program.scoring.places, indicator.name)


def differing(
    world: World, program: core.Program, indicator: core.Indicator, choice: core.Choice, trying: "Trying | None" = None
) -> "errors.Differing | None":
    """A case on which the readings of a choice differ, with the score of each."""
    found = _case(world, program, indicator, choice, trying or Trying())
    if found is None:
        return None
    facts, results = found
    asking = facts_read(asking_places(indicator, choice.name))
    data = tuple((world.data[name], part, facts[name, part]) for name, part in asking)
    scores = tuple(score if status is Status.SCORED else None for status, score, _ in results)
    return errors.Differing(data, scores)


def scores_at(
    world: World,
    program: core.Program,
    indicator: core.Indicator,
    key: Key,
    values: tuple[Fraction | str, Fraction | str],
) -> tuple[Fraction, Fraction] | None:
    """What an indicator yields with each of two values of a fact, all others alike; None where it is the same, or not decided."""
    nodes = (indicator.rule, indicator.overrides)
    columns = values_of(world, facts_read(nodes), nodes)
    alone = attrs.evolve(program, indicators=(indicator,), points=indicator.points)
    for quiet in _quiet(columns, Trying(few=True)):
        outcomes = [evaluate(alone, _record(program, quiet | {key: value})).indicators[0] for value in values]
        first, second = (o.score if o.status is Status.SCORED and not o.away else None for o in outcomes)
        if first is not None and second is not None and first != second:
            return first, second
    return None


_A_HAIR = Fraction(4, 1000)


def below_a_grade(
    world: World, program: core.Program, indicator: core.Indicator, choice: core.Choice, trying: "Trying | None" = None
) -> "errors.Differing | None":
    """A score so little below a grade that it reaches the grade where it is rounded first: 89.996 under 90."""
    asking = facts_read(asking_places(indicator, choice.name))
    nodes = (indicator.rule, indicator.overrides)
    quiet = {key: column[0] for key, column in values_of(world, facts_read(nodes), nodes).items()}
    alone = attrs.evolve(program, indicators=(indicator,), points=indicator.points)
    for key in asking:
        for value in sorted(values_of(world, [key], nodes)[key], key=lambda value: value, reverse=True):
            if isinstance(value, str):
                continue
            facts = quiet | {key: value - _A_HAIR}
            results = [_result(alone, facts, choice.name, index) for index in range(len(choice.alternatives))]
            if len(set(results)) > 1 and all(status is Status.SCORED for status, _, _ in results):
                data = ((world.data[key[0]], key[1], value - _A_HAIR),)
                return errors.Differing(data, tuple(score for _, score, _ in results))
    return None


def tried_case(world: World, program: core.Program, indicator: core.Indicator, choice: core.Choice) -> Record | None:
    """A department on which the readings differ, found by trying; judgements are full, and lists empty.

    It has what the indicator asks for, and nothing else.
    """
    found = _case(world, program, indicator, choice, Trying()) or _case(
        world, program, indicator, choice, Trying(between=True)
    )
    if found is None:
        return None
    record, asked = _record(program, found[0]), data_used((indicator.rule, indicator.overrides))
    facts = {key: fact for key, fact in record.facts.items() if key in found[0] or key[0] in asked}
    return Record(facts, {key: given for key, given in record.judgements.items() if key[0] == indicator.name})


def _case(
    world: World,
    program: core.Program,
    indicator: core.Indicator,
    choice: core.Choice,
    trying: "Trying",
) -> tuple[Mapping[Key, Fraction | str], list[_Score]] | None:
    """The first case tried in which most readings differ; one in which everything applies goes before others."""
    alone = attrs.evolve(program, indicators=(indicator,), points=indicator.points)
    best: tuple[tuple[bool, int], Mapping[Key, Fraction | str], list[_Score]] | None = None
    asking = facts_read(asking_places(indicator, choice.name))
    for facts in islice(_cases(world, indicator, asking, trying), trying.most):
        results = [_result(alone, facts, choice.name, index) for index in range(len(choice.alternatives))]
        if any(status is Status.PENDING for status, _, _ in results):
            continue
        scored, different = all(not away for _, _, away in results), len(set(results))
        if different > 1 and (best is None or best[0] < (scored, different)):
            best = ((scored, different), facts, results)
        if scored and different == len(results):
            break
    return None if best is None else (best[1], best[2])


def asking_places(indicator: core.Indicator, name: str) -> tuple[core.Clause | core.Override, ...]:
    """The clauses and overrides that ask for this reading."""
    clauses = [clause for clause in core.clauses_of(indicator.rule) if not isinstance(clause.rule, core.Sum)]
    return tuple(place for place in (*clauses, *indicator.overrides) if name in choices_used(place))


def _result(program: core.Program, facts: Mapping[Key, Fraction | str], name: str, index: int) -> _Score:
    outcome: IndicatorOutcome = evaluate(program, _record(program, facts), {name: index}).indicators[0]
    return outcome.status, outcome.score, outcome.away


def _record(program: core.Program, facts: Mapping[Key, Fraction | str]) -> Record:
    known = {key: _fact(program, key[0], value) for key, value in facts.items()}
    rows = {(d.name, None): Fact((), "") for d in program.data if d.kind is core.DatumKind.ROWS}
    return Record({**known, **rows}, {j.key: Given(j.high) for j in program.judgements})


def _fact(program: core.Program, name: str, value: Fraction | str) -> Fact:
    if isinstance(value, str) and program.datum(name).kind is core.DatumKind.BOOLEAN:
        return Fact(value == "是", value)
    return Fact(value, str(value))


def _cases(
    world: World, indicator: core.Indicator, asking: Iterable[Key], trying: "Trying"
) -> Iterator[Mapping[Key, Fraction | str]]:
    """Facts to try: those `asking` rising, all alike, then one or two of them otherwise; the others stay as they are."""
    nodes = (indicator.rule, indicator.overrides)
    columns = values_of(world, facts_read(nodes), nodes)
    for key in asking if trying.between else ():
        columns[key] = [*_between(world.data[key[0]], columns[key]), *columns[key]]
    keys, bases = list(asking), list[Mapping[Key, Fraction | str]]()
    for quiet in _quiet(columns, trying):
        bases += [quiet | few for few in _few(world, keys, columns)] if trying.few else []
        bases.append(quiet | {key: _rising(world, key, columns[key], index) for index, key in enumerate(keys)})
        for position in range(max((len(columns[key]) for key in keys), default=0)):
            bases.append(quiet | {key: columns[key][min(position, len(columns[key]) - 1)] for key in keys})
    for base in bases:
        if _admissible(world, base):
            yield base
    for count in (1, 2):
        for changed in combinations(keys, count):
            for base in bases:
                yield from _changed(world, base, changed, columns)


def _between(datum: core.Datum, column: list[Fraction | str]) -> Iterator[Fraction | str]:
    """Half a unit above each number, where the datum is not counted one by one."""
    if datum.kind is core.DatumKind.QUANTITY and datum.unit is not None and datum.decimals != 0:
        yield from (value + datum.unit.scale / 2 for value in column if isinstance(value, Fraction))


def _quiet(columns: Mapping[Key, list[Fraction | str]], trying: "Trying") -> Iterator[dict[Key, Fraction | str]]:
    """What the facts are that the reading does not ask for: all at their first value, or also at their last, or between."""
    for part in (0, 2, 1) if trying.few else (0,):
        yield {key: column[(len(column) - 1) * part // 2] for key, column in columns.items()}


def _few(
    world: World, keys: Iterable[Key], columns: Mapping[Key, list[Fraction | str]]
) -> Iterator[dict[Key, Fraction | str]]:
    """What is counted one by one happens three times, twice, once; a thing that is named later oftener, or less often."""
    counted = [key for key in keys if _is_counted(world.data[key[0]])]
    for times in ((3, 2, 1), (1, 2, 3)):
        own = {key: Fraction(times[min(index, 2)]) for index, key in enumerate(counted)}
        yield {key: own.get(key, columns[key][0]) for key in keys}
        yield {key: own.get(key, columns[key][-1]) for key in keys}


def _is_counted(datum: core.Datum) -> bool:
    measured = (core.Dimension.RATE, core.Dimension.MONEY, core.Dimension.SCORE)
    return datum.kind is core.DatumKind.QUANTITY and datum.unit is not None and datum.unit.dimension not in measured


def _changed(
    world: World,
    base: Mapping[Key, Fraction | str],
    changed: tuple[Key, ...],
    columns: Mapping[Key, list[Fraction | str]],
) -> Iterator[Mapping[Key, Fraction | str]]:
    if not changed:
        if _admissible(world, base):
            yield base
        return
    for value in columns[changed[0]]:
        if value != base[changed[0]]:
            yield from _changed(world, {**base, changed[0]: value}, changed[1:], columns)


def _rising(world: World, key: Key, column: list[Fraction | str], index: int) -> Fraction | str:
    datum = world.data[key[0]]
    if datum.kind is not core.DatumKind.QUANTITY or datum.unit is None:
        return column[0]
    return _RISING[index % len(_RISING)] * datum.unit.scale


def _admissible(world: World, facts: Mapping[Key, Fraction | str]) -> bool:
    tried = attrs.evolve(world, fixed=facts)
    return all(is_within_bounds(tried, key) for key in facts)
