"""A rule set up to be explored: in terms of its drivers, case by case.

Takes a rule with its drivers; gives its cases, and the score of each by the evaluator. Never a set of scores.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise, product
from typing import assert_never

import attrs

from rubric.analysis.curve import Curve, is_whole, turning
from rubric.analysis.drivers import Driver, facts_at, facts_of, states_of
from rubric.analysis.ranges import ONE, ZERO, Key, World, linear, range_of
from rubric.analysis.value_sets import Values
from rubric.core import program as core
from rubric.core.record import Fact, Given, Record
from rubric.core.walk import within
from rubric.evaluator.evaluate import evaluate_indicator, setting_of
from rubric.evaluator.outcome import Status

_FAR = 1000

STEPPED = "数据的取值不连续"


@attrs.frozen
class Reach:
    """`values` are the scores before rounding: all of them where `exact`, else limits within which they lie.

    A judgement that the text asks by yes or no is taken to give all or nothing: a partial mark is flagged where it is given.
    `may_leave` says that points may be not applicable, `undecided` that some facts give no score. `steady` marks scores
    that no fact moves by a jump.
    """

    values: Values
    exact: bool = True
    reason: str = ""
    may_leave: bool = False
    undecided: bool = False
    steady: bool = False


@attrs.frozen
class Response:
    """How a score moves with one driver, all else being as it is best; `low` and `high` are the least and greatest score.

    `states` has the score of each state of a datum of states; there is no curve then.
    """

    driver: Driver | None
    datum: str
    facts: tuple[Key, ...]
    low: Fraction
    high: Fraction
    curve: Curve | None = None
    states: tuple[tuple[str, Fraction], ...] = ()


@attrs.frozen
class Scene:
    """A rule to explore: `indicator` holds it with the overrides that go before it."""

    program: core.Program
    indicator: core.Indicator


@attrs.frozen
class Explored:
    reach: Reach
    responses: tuple[Response, ...] = ()


@attrs.frozen(eq=False)
class Stage:
    """The rule in terms of its drivers, ready to be evaluated."""

    program: core.Program
    indicator: core.Indicator
    world: World
    drivers: tuple[Driver, ...]

    @property
    def nodes(self) -> tuple[object, ...]:
        return (self.indicator.rule, self.indicator.overrides)

    @property
    def linked(self) -> bool:
        """Whether two drivers share facts, or bounds tie the facts of two."""
        groups = [tied(self.world, driver.facts) for driver in self.drivers]
        return any(one & other for index, one in enumerate(groups) for other in groups[index + 1 :])


def tied(world: World, facts: Iterable[Key]) -> frozenset[Key]:
    """Some facts, and all that bound them, directly or not."""
    found = set(facts)
    waiting = list(found)
    while waiting:
        name, part = waiting.pop()
        datum = world.data.get(name)
        for bound in (datum.low, datum.high) if datum is not None else ():
            other = world.data.get(bound.datum) if bound is not None and bound.datum is not None else None
            key = None if other is None else (other.name, part if other.parts else None)
            if key is not None and key not in found:
                found.add(key)
                waiting.append(key)
    return frozenset(found)


@attrs.frozen
class Case:
    """States and numbers held; `confirmed` where facts for it are known to exist."""

    states: Mapping[str, str]
    numbers: Mapping[Driver, Fraction]
    confirmed: bool


def record_in(
    stage: Stage,
    case: Case,
    numbers: Mapping[Driver, Fraction],
    marks: Mapping[tuple[str, str], Fraction] | None = None,
) -> Record:
    facts: dict[Key, Fact] = {key: Fact(value, "") for key, value in stage.world.fixed.items()}
    for name, state in case.states.items():
        is_boolean = stage.world.data[name].kind is core.DatumKind.BOOLEAN
        facts[name, None] = Fact(state == "是" if is_boolean else state, state)
    facts |= {driver.key: Fact(value, "") for driver, value in {**case.numbers, **numbers}.items()}
    given = marks if marks is not None else {j.key: j.high for j in stage.program.judgements}
    return Record(facts, {key: Given(mark) for key, mark in given.items()})


def score_in(
    stage: Stage,
    case: Case,
    numbers: Mapping[Driver, Fraction],
    marks: Mapping[tuple[str, str], Fraction] | None = None,
) -> tuple[Fraction | None, bool, bool]:
    """The exact score, or None: then whether the points do not apply, or the facts give no score."""
    setting = setting_of(stage.program, record_in(stage, case, numbers, marks), dict(stage.world.readings))
    outcome, _, _ = evaluate_indicator(setting, stage.program, stage.indicator)
    match outcome.status:
        case Status.SCORED:
            return outcome.exact.point, outcome.away > 0, False
        case Status.NOT_APPLICABLE:
            return None, True, False
        case Status.PENDING:
            return None, False, True


def cases_of(stage: Stage, others: list[Driver], linked: bool) -> Iterator[Case]:
    """Every combination of states, and of one number for each stretch of the drivers that only turn tests."""
    states = states_of(stage.world, stage.nodes)
    columns = [stretches(stage, driver) for driver in others]
    for held in product(*states.values()):
        for numbers in product(*columns):
            values = dict(zip(others, numbers, strict=True))
            confirmed = not linked or facts_at(stage.world, values) is not None
            yield Case(dict(zip(states, held, strict=True)), values, confirmed)


def stretches(stage: Stage, driver: Driver) -> list[Fraction]:
    """The numbers at which a test of the driver turns, one between each two, and the ends."""
    found = range_of(stage.world, driver.atom)
    turns = turns_of(stage, driver, {})
    size = driver.datum.unit.scale if driver.datum.unit is not None else ONE
    if is_whole(driver.datum):
        places = {size * (turn / size + step).__floor__() for turn in turns for step in (-1, 0, 1)}
        places |= {end for end in (found.low, found.high) if end is not None}
        first = found.low if found.low is not None else min(places, default=ZERO)
        places |= {first, max((*places, first)) + size * _FAR}
    else:
        ordered = sorted(turns | {end for end in (found.low, found.high) if end is not None})
        places = set(ordered) | {between(low, high) for low, high in pairwise(ordered)}
        first, last = (ordered[0], ordered[-1]) if ordered else (ZERO, ZERO)
        places |= {first - size, last + size, last + size * _FAR}
    return sorted(place for place in places if place in found)


def between(low: Fraction, high: Fraction) -> Fraction:
    """A number of few decimals strictly between two."""
    for places in range(12):
        scale = 10**places
        found = Fraction(((low + high) / 2 * scale).__floor__(), scale)
        if low < found < high:
            return found
    return (low + high) / 2


def is_alone(stage: Stage, driver: Driver) -> bool:
    """Whether each test of the driver is about nothing else."""
    for node in within(stage.nodes, rows=False):
        if isinstance(node, core.Compare):
            keys = facts_of(node)
            if driver.key in keys and len(keys) > 1:
                return False
    return True


def turns_of(stage: Stage, driver: Driver, numbers: Mapping[Key, Fraction]) -> set[Fraction]:
    """The numbers at which a test, a least or greatest item changes; steps are left to the curve."""
    world = World({d.name: d for d in stage.program.data}, stage.world.readings, {**stage.world.fixed, **numbers})
    found = range_of(stage.world, driver.atom)
    turns = set(turning(world, stage.nodes, driver.datum, ZERO, ZERO))
    for node in amounts_of(stage.indicator.rule):
        turns |= _crossings(world, node, driver, stage.indicator.points)
    return {turn for turn in turns if turn in found}


def _crossings(world: World, node: object, driver: Driver, points: Fraction) -> set[Fraction]:
    """Where a formula of the driver alone passes 0 and the full points."""
    if not isinstance(node, core.FactValue | core.Arithmetic | core.Named | core.Total):
        return set()
    form = linear(world, node)
    factor = form.terms.get(core.FactValue(driver.datum.name))
    if factor is None or len(form.terms) > 1:
        return set()
    return {(level - form.constant) / factor for level in (ZERO, points)}


def amounts_of(rule: core.Rule) -> Iterator[object]:
    """The expressions that make points; tests inside them (1 where something holds) are left out."""
    match rule:
        case core.Formula(amount=amount):
            yield from _without_tests(amount)
        case core.BandTable(bands=bands, otherwise=otherwise):
            for band in bands:
                yield from _without_tests(band.amount)
            yield from _without_tests(otherwise)
        case core.Deductions(base=base, items=items):
            yield from _without_tests(base)
            for item in items:
                yield from _without_tests(item.times)
        case core.Sum(parts=parts):
            for clause in parts:
                yield from amounts_of(clause.rule)
        case core.Judged() | core.RowScores() | core.Unresolved():
            pass
        case _:
            assert_never(rule)


def _without_tests(node: object) -> tuple[object, ...]:
    if isinstance(node, core.OneIf):
        return ()
    inner = [child for child in within(node) if isinstance(child, core.OneIf)]
    if not inner:
        return (node,)
    tested = {key for child in inner for key in facts_of(child)}
    return tuple(c for c in within(node) if isinstance(c, core.FactValue) and (c.datum, c.part) not in tested)
