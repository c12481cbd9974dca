"""What a rule can yield over all admissible facts, and how it moves with each thing it is driven by.

Takes a rule of an indicator with its overrides; gives the exact set of its scores and the curve of each driver. Where the
set is not known exactly it says so, with the reason and with limits that hold. Never a guess, never a sample taken for all.

A rule is brought into terms of its drivers (`drivers`): of one driver its curve is exact (`curve`), so the set is what the
curve passes through. What else the rule asks, states and numbers that only turn a test, is gone through case by case: between
two numbers at which a test turns nothing changes, so one number of each stretch stands for all of it. Where data bound each
other, a case counts only if facts are found for it (`drivers.facts_at`); the set is exact where the cases so confirmed
already give all that any case gives.
"""

from fractions import Fraction
from itertools import islice

import attrs

from rubric.analysis import value_sets
from rubric.analysis.drivers import Driver, driven, facts_of, zeros_of
from rubric.analysis.ranges import ZERO, World, holds
from rubric.analysis.reach_curves import confirmed, curve_in, image, responses
from rubric.analysis.reach_stage import (
    STEPPED,
    Case,
    Explored,
    Reach,
    Scene,
    Stage,
    amounts_of,
    between,
    cases_of,
    is_alone,
    score_in,
)
from rubric.analysis.reach_terms import sums_of_terms
from rubric.analysis.value_sets import Values
from rubric.core import program as core
from rubric.core.intervals import NOTHING, Interval
from rubric.core.record import Record
from rubric.core.walk import within
from rubric.evaluator.evaluate import evaluate_indicator, setting_of

_MOST_CASES = 256

SEVERAL = "得分随几项数据一起变"
ROWS = "得分随逐行填列的数据变"
UNREAD = "标准没有读懂"
BENT = "得分不随数据直线变化"
ZERO_DIVISOR = "分母为 0 的情形"


def explore(scene: Scene, world: World) -> Explored:
    """The set of scores and the responses of one rule."""
    indicator = attrs.evolve(scene.indicator, overrides=possible_overrides(world, scene.indicator))
    nodes = (indicator.rule, indicator.overrides)
    if any(isinstance(node, core.Unresolved) for node in within(indicator.rule)):
        return Explored(limits(scene, UNREAD))
    if any(isinstance(node, core.RowScores | core.Cell) for node in within(indicator.rule, rows=False)):
        return Explored(limits(scene, ROWS))
    found = driven(world, nodes)
    rule, overrides = found.changed(nodes)  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
    changed = attrs.evolve(indicator, rule=rule, overrides=overrides)  # pyright: ignore[reportUnknownArgumentType]
    data = tuple(d.datum for d in found.drivers if d.datum.name not in world.data)
    stage = Stage(attrs.evolve(scene.program, data=(*scene.program.data, *data)), changed, world, found.drivers)
    explored = _by_cases(scene, stage)
    return _with_zeros(scene, world, found.drivers, explored)


def possible_overrides(world: World, indicator: core.Indicator) -> tuple[core.Override, ...]:
    """Those that some facts can bring about: an override of another reading is none of them."""
    return tuple(o for o in indicator.overrides if holds(world, o.condition) is not False)


def limits(scene: Scene, reason: str, world: World | None = None) -> Reach:
    """What the evaluator's own ranges allow, whatever the facts."""
    setting = setting_of(scene.program, Record({}), None if world is None else dict(world.readings))
    outcome, branches, questions = evaluate_indicator(setting, scene.program, scene.indicator)
    high = outcome.exact.high
    values = (Interval(outcome.exact.low, high, True, high is not None),)
    return Reach(values, False, reason, any(away > 0 for away in branches), bool(questions))


def _by_cases(scene: Scene, stage: Stage) -> Explored:
    judged = [node for node in within(stage.indicator.rule) if isinstance(node, core.Judged)]
    amounts = dict.fromkeys(facts_of(tuple(amounts_of(stage.indicator.rule))))
    main = [driver for driver in stage.drivers if driver.key in amounts]
    if len(main) + len(judged) > 1:
        apart = sums_of_terms(stage, main) if not judged else None
        return Explored(limits(scene, SEVERAL, stage.world)) if apart is None else apart
    others = [driver for driver in stage.drivers if driver not in main]
    linked = stage.linked
    sure, all_values = NOTHING, NOTHING
    reason = "" if all(is_alone(stage, driver) for driver in others) else SEVERAL
    leaves = undecided = False
    steady = bool(main or judged) and not others
    best: tuple[Fraction, Case, Fraction | None] | None = None
    cases = list(islice(cases_of(stage, others, linked), _MOST_CASES + 1))
    if len(cases) > _MOST_CASES:
        return Explored(limits(scene, SEVERAL, stage.world))
    for case in cases:
        passed = _passed(stage, case, main[0] if main else None, judged[0] if judged else None, linked)
        sure = value_sets.joined((sure, passed.sure))
        all_values = value_sets.joined((all_values, passed.values))
        reason = reason or passed.reason
        leaves, undecided = leaves or passed.leaves, undecided or passed.undecided
        steady = steady and passed.steady
        top = passed.best
        if top is not None and case.confirmed and (best is None or top[0] > best[0]):
            best = (top[0], case, top[1])
    exact = not reason and value_sets.holds_all(sure, all_values)
    reach = Reach(all_values, exact, "" if exact else reason or SEVERAL, leaves, undecided, steady and len(cases) == 1)
    return Explored(reach, tuple(responses(stage, best, main, judged)) if best is not None else ())


@attrs.frozen
class _Passed:
    """`sure` are the values confirmed by facts; `best` is the greatest score with the number of the main driver there."""

    values: Values
    sure: Values
    reason: str = ""
    leaves: bool = False
    undecided: bool = False
    steady: bool = False
    best: tuple[Fraction, Fraction | None] | None = None


def _passed(stage: Stage, case: Case, driver: Driver | None, judged: core.Judged | None, linked: bool) -> _Passed:
    if judged is not None:
        return _judged(stage, case, judged)
    if driver is None:
        score, away, open_ = score_in(stage, case, {})
        values = NOTHING if score is None else value_sets.point(score)
        best = None if score is None else (score, None)
        return _Passed(values, values if case.confirmed else NOTHING, "", away, open_, False, best)
    curve, tail = curve_in(stage, case, driver)
    values, steady = image(curve)
    confirm = linked or driver.divisor is not None
    sure = confirmed(stage, case, driver, curve) if confirm else values
    points = [(value, at) for at, value in curve.breaks if value is not None]
    probes = [at for at, value in curve.breaks if value is None]
    probes += [between(piece.low, piece.high) for piece in curve.pieces if piece.start is None]
    outcomes = [score_in(stage, case, {driver: at}) for at in probes]
    reason = tail or ("" if driver.known else STEPPED)
    reason = BENT if any(piece.between for piece in curve.pieces) else reason
    return _Passed(
        values,
        sure if case.confirmed else NOTHING,
        reason,
        any(away for _, away, _ in outcomes),
        any(open_ for _, _, open_ in outcomes),
        steady and not probes,
        max(points, default=None),
    )


def _judged(stage: Stage, case: Case, judged: core.Judged) -> _Passed:
    """Everything between the least and the greatest mark, or these two alone where the text asks yes or no."""
    judgement = next(j for j in stage.program.judgements if j.key == judged.judgement)
    found = [score_in(stage, case, {}, {judgement.key: mark}) for mark in (judgement.low, judgement.high)]
    scores = [score for score, _, _ in found if score is not None]
    away, open_ = any(a for _, a, _ in found), any(o for _, _, o in found)
    if len(scores) < 2:
        values = value_sets.joined(value_sets.point(score) for score in scores)
    elif judgement.partial:
        values = (Interval(min(scores), max(scores), True, True),)
    else:
        values = value_sets.joined(value_sets.point(score) for score in scores)
    best = (max(scores), None) if scores else None
    return _Passed(values, values if case.confirmed else NOTHING, "", away, open_, judgement.partial, best)


def _with_zeros(scene: Scene, world: World, drivers: tuple[Driver, ...], explored: Explored) -> Explored:
    """The same with the cases in which a divisor is 0."""
    reach = explored.reach
    for keys in zeros_of(world, drivers):
        if keys is None:
            return attrs.evolve(explored, reach=attrs.evolve(reach, exact=False, reason=ZERO_DIVISOR))
        fixed = {**world.fixed, **dict.fromkeys(keys, ZERO)}
        at_zero = explore(scene, attrs.evolve(world, fixed=fixed)).reach
        reach = Reach(
            value_sets.joined((reach.values, at_zero.values)),
            reach.exact and (at_zero.exact or value_sets.holds_all(reach.values, at_zero.values)),
            reach.reason or at_zero.reason,
            reach.may_leave or at_zero.may_leave,
            reach.undecided or at_zero.undecided,
            reach.steady and at_zero.values == NOTHING,
        )
    return attrs.evolve(explored, reach=attrs.evolve(reach, reason="" if reach.exact else reach.reason))
