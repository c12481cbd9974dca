"""Formulas whose terms have no fact in common.

Takes a formula, or deductions, of several drivers; gives the sums of what each term can be by itself. Never says anything of
terms that share a fact, nor of data that bound each other.
"""

from fractions import Fraction

import attrs

from rubric.analysis import value_sets
from rubric.analysis.curve import Curve, is_whole, traced, turning
from rubric.analysis.drivers import Driver, facts_of, states_of
from rubric.analysis.ranges import ONE, ZERO, World, linear, plus, range_of
from rubric.analysis.reach_curves import image, responses
from rubric.analysis.reach_stage import (
    STEPPED,
    Case,
    Explored,
    Reach,
    Stage,
    record_in,
    turns_of,
)
from rubric.analysis.value_sets import Values
from rubric.core import program as core
from rubric.evaluator.evaluate import setting_of
from rubric.evaluator.quantities import evaluate_expression

_MOST_DOUBLINGS = 16
_MOST_WHOLE = 256
_FAR = 1000


def sums_of_terms(stage: Stage, main: list[Driver]) -> Explored | None:
    """A formula whose terms have no fact in common: the sums of what each term can be. None where it is no such formula."""
    if (
        stage.linked
        or len(main) < len(stage.drivers)
        or states_of(stage.world, stage.nodes)
        or stage.indicator.overrides
    ):
        return None
    match stage.indicator.rule:
        case core.Formula(amount=amount):
            form, least, most = linear(_inner(stage), amount), ZERO, None
        case core.Deductions(base=base, items=items, least=least_stated, most=most):
            form = linear(_inner(stage), base)
            for item in items:
                form = plus(form, linear(_inner(stage), _limited(item)), -item.rate if item.limit is None else -ONE)
            least = min(ZERO, least_stated if least_stated is not None else ZERO)
        case _:
            return None
    values, steady, known = value_sets.point(form.constant), True, True
    room = abs(form.constant) + stage.indicator.points
    ends: dict[Driver, Fraction] = {}
    for atom, factor in form.terms.items():
        own = [driver for driver in main if driver.key in facts_of(atom)]
        if len(own) != 1 or own[0] in ends:
            return None
        found = _term(stage, own[0], atom, factor, room)
        summed = value_sets.added(values, found[0]) if found is not None else None
        if found is None or summed is None:
            return None
        values, steady, known = summed, steady and found[1], known and own[0].known
        ends[own[0]] = found[2]
    high = min(most, stage.indicator.points) if most is not None else stage.indicator.points
    values = value_sets.clamped(values, least, high if stage.indicator.is_bounded else most)
    best = (ZERO, Case({}, ends, True), None)
    reach = Reach(values, known, "" if known else STEPPED, steady=steady)
    return Explored(reach, tuple(responses(stage, best, [], [])))


def _inner(stage: Stage) -> World:
    return World({d.name: d for d in stage.program.data}, stage.world.readings, stage.world.fixed)


def _limited(item: core.Deduction) -> core.Expression:
    """What an item takes off, where the text limits it."""
    if item.limit is None:
        return item.times
    taken = core.Arithmetic("*", core.Constant(item.rate), item.times)
    return core.Extreme("max", (core.Constant(-item.limit), core.Extreme("min", (core.Constant(item.limit), taken))))


def _term(
    stage: Stage, driver: Driver, atom: core.Expression, factor: Fraction, room: Fraction
) -> tuple[Values, bool, Fraction] | None:
    """What a term can be, as far as it matters (`room`), whether without a jump, and the number where it is greatest."""
    world = _inner(stage)
    whole = range_of(stage.world, driver.atom)
    size = driver.datum.unit.scale if driver.datum.unit is not None else ONE
    scene = attrs.evolve(stage, indicator=attrs.evolve(stage.indicator, rule=core.Formula(atom)))
    turns = turns_of(scene, driver, {})

    def value(at: Fraction) -> Fraction | None:
        setting = setting_of(
            stage.program, record_in(stage, Case({}, {}, True), {driver: at}), dict(stage.world.readings)
        )
        return evaluate_expression(setting, atom).value.point

    ends: list[Fraction] = []
    for end, sign in ((whole.low, -1), (whole.high, 1)):
        if end is not None:
            ends.append(end)
            continue
        start = (max if sign > 0 else min)(turns, default=ends[0] if ends else ZERO)
        reach = size
        for _ in range(_MOST_DOUBLINGS):
            met = [value(start + sign * reach * n) for n in (1, 2, _FAR)]
            if met[0] is not None and (met[0] == met[1] == met[2] or abs(met[0] * factor) > 2 * room):
                break
            reach *= 2
        ends.append(start + sign * reach)
    low, high = ends
    if is_whole(driver.datum):
        count = int((high - low) / size)
        if count > _MOST_WHOLE:
            return None
        places = [low + size * n for n in range(count + 1)]
        curve = Curve(driver.datum, tuple((place, value(place)) for place in places), ())
    else:
        found = {t for t in turning(world, (atom,), driver.datum, low, high) if low < t < high}
        curve = traced(driver.datum, value, sorted({low, high, *found}))
    if any(score is None for _, score in curve.breaks) or any(piece.between for piece in curve.pieces):
        return None
    values, steady = image(curve)
    best = max(((score or ZERO) * factor, at) for at, score in curve.breaks)
    return value_sets.scaled(values, factor), steady, best[1]
