"""The curves of an indicator, one for each quantity it moves with.

Takes an indicator with its reach, and the facts of a department where there are some; gives a curve of its whole score for
each driver, the rest held: at the department's own facts, else where the score is best. Where data bound each other the rest
cannot be held so, and the curve is that of the clause alone. Never a picture.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from rubric.analysis.curve import Curve, Piece
from rubric.analysis.drivers import Driver, driven, states_of
from rubric.analysis.ranges import ZERO, Key, World, range_of, world_of
from rubric.analysis.reach import possible_overrides
from rubric.analysis.reach_curves import curve_in
from rubric.analysis.reach_stage import Case, Response, Stage, score_in, stretches
from rubric.analysis.reach_sums import IndicatorReach
from rubric.core import program as core
from rubric.core.record import Fact, Record

# Of whole numbers so many more are shown after the last at which the score changes.
_FURTHER = 3
# Of other data this share more of what is shown.
_REST = Fraction(3, 20)


@attrs.frozen
class IndicatorCurve:
    """`path` is that of the clause, "" where the score is that of the whole indicator.

    `own` is the department's value of the driver with its score; `others` says that the rest is that department's too.
    """

    driver: Driver
    curve: Curve
    path: str
    points: Fraction
    own: tuple[Fraction, Fraction] | None = None
    others: bool = False


def curves_of(program: core.Program, found: IndicatorReach, record: Record | None = None) -> tuple[IndicatorCurve, ...]:
    """Every curve of an indicator; none where only judgements and states move it, or nothing that is known does."""
    world = world_of(program)
    whole = _stage(program, world, found.indicator)
    if not whole.linked and not _is_split(found):
        return tuple(_whole(whole, found, record))
    return tuple(_by_clause(program, world, found, record))


def _stage(program: core.Program, world: World, indicator: core.Indicator) -> Stage:
    indicator = attrs.evolve(indicator, overrides=possible_overrides(world, indicator))
    found = driven(world, (indicator.rule, indicator.overrides))
    changed = attrs.evolve(
        indicator,
        rule=found.changed(indicator.rule),  # pyright: ignore[reportArgumentType]
        overrides=found.changed(indicator.overrides),  # pyright: ignore[reportArgumentType]
    )
    data = tuple(driver.datum for driver in found.drivers if driver.datum.name not in world.data)
    return Stage(attrs.evolve(program, data=(*program.data, *data)), changed, world, found.drivers)


def _is_split(found: IndicatorReach) -> bool:
    """Whether the rest cannot be held at its best, because what some clause moves with is not known."""
    return any(not clause.responses and not clause.reach.exact for clause in found.clauses)


# --- the whole score --------------------------------------------------------------------------------------------------


def _whole(stage: Stage, found: IndicatorReach, record: Record | None) -> Iterator[IndicatorCurve]:
    responses = [response for _, response in found.responses]
    moving = {response.datum for response in responses if response.curve is not None}
    held, own = _held(stage, responses, record)
    for driver in stage.drivers:
        if driver.datum.name in moving:
            yield from _curve(stage, held, driver, own, "", found.indicator.points, record)


def _by_clause(
    program: core.Program, world: World, found: IndicatorReach, record: Record | None
) -> Iterator[IndicatorCurve]:
    clauses = {clause.path: clause for clause in core.clauses_of(found.indicator.rule)}
    for one in found.clauses:
        clause = clauses.get(one.path)
        if clause is None or isinstance(clause.rule, core.Sum):
            alone = found.indicator
        else:
            alone = attrs.evolve(
                found.indicator, rule=clause.rule, overrides=clause.overrides, points=clause.points, requirements=()
            )
        stage = _stage(program, world, alone)
        moving = {response.datum for response in one.responses if response.curve is not None}
        held, own = _held(stage, list(one.responses), record)
        for driver in stage.drivers:
            if driver.datum.name in moving:
                yield from _curve(stage, held, driver, own, one.path, one.points, record)


def _curve(
    stage: Stage,
    held: Case,
    driver: Driver,
    own: Mapping[Driver, Fraction],
    path: str,
    points: Fraction,
    record: Record | None,
) -> Iterator[IndicatorCurve]:
    rest = attrs.evolve(held, numbers={d: v for d, v in held.numbers.items() if d != driver})
    marks = {judgement.key: judgement.high for judgement in stage.program.judgements}
    marks |= {key: given.points for key, given in record.judgements.items()} if record is not None else {}
    curve, _ = curve_in(stage, rest, driver, marks)
    at = own.get(driver)
    score = None if at is None else score_in(stage, rest, {driver: at}, marks)[0]
    open_ended = range_of(stage.world, driver.atom).high is None
    curve = _shortened(curve, at, open_ended=open_ended)
    if any(value is not None for _, value in curve.breaks):
        place = (at, score) if at is not None and score is not None else None
        yield IndicatorCurve(driver, curve, path, points, place, record is not None)


def _held(stage: Stage, responses: list[Response], record: Record | None) -> tuple[Case, dict[Driver, Fraction]]:
    """Every driver and state at the department's own value, else at its best; and the department's own values."""
    by_name = {response.datum: response for response in responses}
    own = _own(stage, record)
    numbers: dict[Driver, Fraction] = {}
    for driver in stage.drivers:
        response = by_name.get(driver.datum.name)
        curve = response.curve if response is not None else None
        numbers[driver] = own[driver] if driver in own else _best_of(stage, driver, curve)
    states: dict[str, str] = {}
    for name, possible in states_of(stage.world, stage.nodes).items():
        response = by_name.get(name)
        best = (
            max(response.states, key=lambda one: one[1])[0] if response is not None and response.states else possible[0]
        )
        states[name] = _own_state(record, name) or best
    return Case(states, numbers, True), own


def _best_of(stage: Stage, driver: Driver, curve: Curve | None) -> Fraction:
    """Where the score is greatest; a driver that moves nothing stands well beyond every test."""
    if curve is None:
        return max(stretches(stage, driver), default=ZERO)
    return max(((score, at) for at, score in curve.breaks if score is not None), default=(ZERO, ZERO))[1]


def _own(stage: Stage, record: Record | None) -> dict[Driver, Fraction]:
    """What the department's facts make of each driver; one that lacks a fact, or divides by 0, is left out."""
    facts: dict[Key, Fraction | str] = {}
    for key, fact in record.facts.items() if record is not None else ():
        if isinstance(fact.value, Fraction):
            facts[key] = fact.value
    fixed = attrs.evolve(stage.world, fixed={**stage.world.fixed, **facts})
    found: dict[Driver, Fraction] = {}
    for driver in stage.drivers:
        divisor = None if driver.divisor is None else range_of(fixed, driver.divisor).point
        if not all(key in facts for key in driver.facts) or divisor == 0:
            continue
        value = range_of(fixed, driver.atom).point
        if value is not None:
            found[driver] = value
    return found


def _own_state(record: Record | None, name: str) -> str | None:
    fact = record.facts.get((name, None)) if record is not None else None
    match fact:
        case Fact(value=bool() as value):
            return "是" if value else "否"
        case Fact(value=str() as value):
            return value
        case _:
            return None


def _shortened(curve: Curve, at: Fraction | None, *, open_ended: bool) -> Curve:
    """The curve without the long rest on which nothing changes, but as far as the department's own value."""
    if curve.whole:
        last = max((i for i in range(1, len(curve.breaks)) if curve.breaks[i][1] != curve.breaks[i - 1][1]), default=0)
        kept = [one for i, one in enumerate(curve.breaks) if i <= last + _FURTHER or (at is not None and one[0] <= at)]
        return attrs.evolve(curve, breaks=tuple(kept))
    breaks, pieces = list(curve.breaks), list(curve.pieces)
    while (
        len(pieces) > 1 and _level(pieces[-1]) is not None and _level(pieces[-2]) == breaks[-2][1] == _level(pieces[-1])
    ):
        pieces[-2:] = [attrs.evolve(pieces[-2], high=pieces[-1].high)]
        del breaks[-2]
    if open_ended and pieces and _level(pieces[-1]) is not None:
        start, first = pieces[-1].low, breaks[0][0]
        end = start + (start - first) * _REST if start > first else pieces[-1].high
        end = end if at is None else max(end, at + (at - first) * _REST / 3)
        end = _round_end(first, end)
        pieces[-1] = attrs.evolve(pieces[-1], high=end)
        breaks[-1] = (end, breaks[-1][1])
    return attrs.evolve(curve, breaks=tuple(breaks), pieces=tuple(pieces))


def _round_end(first: Fraction, end: Fraction) -> Fraction:
    """The next number that is easily read: a multiple of 1, 2 or 5 times a power of 10, of which twenty reach about so far."""
    width = end - first
    power = Fraction(1)
    while power * 100 < width:
        power *= 10
    while power > width:
        power /= 10
    size = next(power * n / 10 for n in (1, 2, 5, 10, 20, 50) if power * n * 2 >= width)
    return -(-end // size) * size


def _level(piece: Piece) -> Fraction | None:
    """The score of a piece on which nothing changes."""
    return piece.start if piece.start == piece.end and not piece.between else None
