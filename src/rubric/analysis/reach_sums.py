"""What an indicator can yield: its clauses together, and the vetoes and exemptions before them.

Takes an indicator; gives the set of its scores, those of each clause, and how each of its data moves them. Clauses that read
no fact in common, nor facts that bound each other, are added value by value. Others are looked at together: as one rule
where that can be explored; or, where no fact moves any of them by a jump, the sum passes through all that lies between its
two ends. Never said to be exact otherwise.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from rubric.analysis import value_sets
from rubric.analysis.drivers import facts_of
from rubric.analysis.ranges import ZERO, Key, World, range_of, world_of
from rubric.analysis.reach import SEVERAL, explore, possible_overrides
from rubric.analysis.reach_stage import Explored, Reach, Response, Scene, tied
from rubric.analysis.value_sets import Values
from rubric.core import program as core
from rubric.core.intervals import Interval
from rubric.core.record import Fact, Given, Record
from rubric.evaluator.evaluate import WITHIN_INDICATOR, evaluate_indicator, setting_of
from rubric.evaluator.outcome import Status

RESCALED = "不适用的分值在指标内折算"


@attrs.frozen
class ClauseReach:
    """A clause with its scores; `path` is "" where the indicator has no clauses."""

    path: str
    points: Fraction
    reach: Reach
    responses: tuple[Response, ...]


@attrs.frozen
class IndicatorReach:
    """`overall` are the responses of what decides over all of it (否决, 豁免)."""

    indicator: core.Indicator
    reach: Reach
    clauses: tuple[ClauseReach, ...]
    overall: tuple[Response, ...] = ()

    @property
    def responses(self) -> tuple[tuple[str, Response], ...]:
        """Every response with the path of its clause."""
        return (
            *((clause.path, response) for clause in self.clauses for response in clause.responses),
            *(("", response) for response in self.overall),
        )


def reach_of(program: core.Program) -> tuple[IndicatorReach, ...]:
    """Every indicator under the readings the rubric takes; the scores are those before rounding."""
    world = world_of(program)
    return tuple(reach_of_indicator(program, world, indicator) for indicator in program.indicators)


def reach_of_indicator(program: core.Program, world: World, indicator: core.Indicator) -> IndicatorReach:
    """One indicator."""
    if not isinstance(indicator.rule, core.Sum):
        found = explore(Scene(program, indicator), world)
        return IndicatorReach(
            indicator, found.reach, (ClauseReach("", indicator.points, found.reach, found.responses),)
        )
    parts = [_clause(program, world, indicator, clause) for clause in indicator.rule.parts]
    clauses = tuple(one for _, below in parts for one in below)
    summed = _added(program, world, indicator, tuple(zip(indicator.rule.parts, (e for e, _ in parts), strict=True)))
    possible = attrs.evolve(indicator, overrides=possible_overrides(world, indicator))
    if not possible.overrides:
        return IndicatorReach(indicator, summed, clauses)
    found = _overruled(program, world, possible, summed, clauses)
    return attrs.evolve(found, indicator=indicator)


def _clause(
    program: core.Program, world: World, indicator: core.Indicator, clause: core.Clause
) -> tuple[Explored, tuple[ClauseReach, ...]]:
    """A clause, and the clauses to be listed for it: those below it where it is a sum."""
    alone = attrs.evolve(indicator, rule=clause.rule, overrides=clause.overrides, points=clause.points, requirements=())
    if isinstance(clause.rule, core.Sum):
        found = reach_of_indicator(program, world, alone)
        below = tuple(attrs.evolve(c, path=c.path or clause.path) for c in found.clauses)
        return Explored(found.reach, found.overall), below
    explored = explore(Scene(program, alone), world)
    return explored, (ClauseReach(clause.path, clause.points, explored.reach, explored.responses),)


# --- clauses together -------------------------------------------------------------------------------------------------

_Part = tuple[core.Clause, Explored]


def _added(program: core.Program, world: World, indicator: core.Indicator, parts: tuple[_Part, ...]) -> Reach:
    total = Reach(value_sets.point(ZERO), steady=True)
    for group in _groups(world, parts):
        total = _plus(total, _together(program, world, indicator, group))
    reading = world.readings.get(program.scoring.not_applicable)
    if total.may_leave and reading == WITHIN_INDICATOR:
        return attrs.evolve(total, exact=False, reason=RESCALED)
    return attrs.evolve(total, values=value_sets.clamped(total.values, _floor(total), _most(indicator)))


def _floor(total: Reach) -> Fraction:
    """A score below 0 stays only where a clause says so itself (倒扣)."""
    low, _ = value_sets.ends_of(total.values)
    return min(ZERO, low if low is not None else ZERO)


def _most(indicator: core.Indicator) -> Fraction | None:
    return indicator.points if indicator.is_bounded else None


def _plus(one: Reach, other: Reach) -> Reach:
    left, right = _with_left_out(one), _with_left_out(other)
    values = value_sets.added(left, right)
    exact = one.exact and other.exact and values is not None
    return Reach(
        values if values is not None else _hull(left, right),
        exact,
        "" if exact else one.reason or other.reason or SEVERAL,
        one.may_leave or other.may_leave,
        one.undecided or other.undecided,
        one.steady and other.steady,
    )


def _with_left_out(reach: Reach) -> Values:
    """Points that do not apply add nothing to what the rest earns."""
    return value_sets.joined((reach.values, value_sets.point(ZERO))) if reach.may_leave else reach.values


def _hull(one: Values, other: Values) -> Values:
    (low, high), (least, most) = value_sets.ends_of(one), value_sets.ends_of(other)
    bottom = None if low is None or least is None else low + least
    top = None if high is None or most is None else high + most
    return (Interval(bottom, top, bottom is not None, top is not None),)


def _groups(world: World, parts: tuple[_Part, ...]) -> Iterator[tuple[_Part, ...]]:
    """Parts whose facts are tied to each other stand together."""
    groups: list[tuple[frozenset[Key], tuple[_Part, ...]]] = []
    for part in parts:
        names, members = tied(world, facts_of((part[0].rule, part[0].overrides))), (part,)
        apart: list[tuple[frozenset[Key], tuple[_Part, ...]]] = []
        for others, group in groups:
            if others & names:
                names, members = names | others, (*group, *members)
            else:
                apart.append((others, group))
        groups = [*apart, (names, members)]
    for _, group in groups:
        yield group


def _together(program: core.Program, world: World, indicator: core.Indicator, group: tuple[_Part, ...]) -> Reach:
    if len(group) == 1:
        return group[0][1].reach
    total = Reach(value_sets.point(ZERO), steady=True)
    for _, explored in group:
        total = _plus(total, explored.reach)
    clauses = tuple(clause for clause, _ in group)
    points = sum((clause.points for clause in clauses), ZERO)
    scene = Scene(program, attrs.evolve(indicator, rule=core.Sum(clauses), overrides=(), points=points))
    joint = explore(scene, world).reach
    if joint.exact:
        return joint
    known = total.exact and total.steady and len(total.values) == 1 and _reaches(scene, world, total.values[0])
    return attrs.evolve(total, exact=known, reason="" if known else SEVERAL, steady=known)


def _reaches(scene: Scene, world: World, whole: Interval) -> bool:
    """Whether the group itself has both ends of an interval: with every fact at its least, and at its greatest."""
    facts = facts_of(scene.indicator.rule)
    met = {_at(scene, world, facts, low) for low in (True, False)}
    return whole.low_inclusive and whole.high_inclusive and {whole.low, whole.high} <= met


def _at(scene: Scene, world: World, facts: Iterable[Key], low: bool) -> Fraction | None:
    values: dict[Key, Fact] = {}
    for name, part in facts:
        if world.data[name].kind is not core.DatumKind.QUANTITY:
            return None
        found = range_of(world, core.FactValue(name, part))
        unit = world.data[name].unit
        far = 1000 * (unit.scale if unit is not None else 1)
        end = found.low if low else found.high if found.high is not None else (found.low or ZERO) + far
        if end is None:
            return None
        values[name, part] = Fact(end, "")
    given = {j.key: Given(j.low if low else j.high) for j in scene.program.judgements}
    setting = setting_of(scene.program, Record(values, given), dict(world.readings))
    outcome, _, _ = evaluate_indicator(setting, scene.program, scene.indicator)
    return outcome.exact.point if outcome.status is Status.SCORED else None


# --- what decides over all of it --------------------------------------------------------------------------------------


def _overruled(
    program: core.Program, world: World, indicator: core.Indicator, summed: Reach, clauses: tuple[ClauseReach, ...]
) -> IndicatorReach:
    """The sum, and what vetoes, exemptions and guards put in its place."""
    names = tied(world, facts_of(indicator.overrides))
    linked = names & tied(world, facts_of(indicator.rule))
    full = explore(Scene(program, _constant(indicator, indicator.points)), world)
    if linked:
        joint = explore(Scene(program, indicator), world).reach
        if joint.exact:
            return IndicatorReach(indicator, joint, clauses, full.responses)
    caps = [override.cap for override in indicator.overrides if override.cap is not None]
    # A number that no override gives, so that what they give can be told from what the clauses give.
    mark = indicator.points * Fraction(10_007, 30_011)
    told = explore(Scene(program, _constant(indicator, mark)), world).reach
    effects = tuple(band for band in told.values if not (band.low == mark and band.high == mark))
    values = value_sets.joined((summed.values, effects))
    if caps:
        values = value_sets.joined((values, *(value_sets.clamped(summed.values, _floor(summed), cap) for cap in caps)))
    exact = summed.exact and told.exact and not linked and not caps
    reach = Reach(
        values,
        exact,
        "" if exact else summed.reason or told.reason or SEVERAL,
        summed.may_leave or told.may_leave,
        summed.undecided or told.undecided,
    )
    return IndicatorReach(indicator, reach, clauses, full.responses)


def _constant(indicator: core.Indicator, points: Fraction) -> core.Indicator:
    rule = core.Formula(core.Constant(points))
    return attrs.evolve(indicator, rule=rule, requirements=())
