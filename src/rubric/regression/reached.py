"""The aims that a record reaches.

Takes a program and a record; gives the aims reached. Never from a trace: the rules are walked once more beside the evaluator's
own functions, so that an aim is reached exactly where the evaluator's answer depends on it.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

import attrs

from rubric.core import program as core
from rubric.core.intervals import Range
from rubric.core.record import Record
from rubric.core.walk import fields_of
from rubric.evaluator.evaluate import BY_CLAUSE, evaluate, evaluate_indicator, setting_of
from rubric.evaluator.outcome import ClauseOutcome, IndicatorOutcome, Outcome, StepKind
from rubric.evaluator.quantities import Setting, decide, evaluate_expression, fact_value
from rubric.regression.aims import (
    ONE,
    ZERO,
    Aim,
    AimKind,
    band_aim,
    clause_aim,
    deduction_aim,
    extreme_aim,
    grade_aim,
    is_standing_cap,
    limit_aim,
    otherwise_aim,
    override_aim,
    reading_aim,
    step_aim,
    whole_of,
)
from rubric.source import Span


def reached_by(program: core.Program, record: Record, names: frozenset[str] | None = None) -> frozenset[Aim]:
    """The aims that a record reaches; with `names`, in these indicators alone.

    Among them may be some that `aims_of` leaves out because they are no aim: a limit that the range of an amount excludes.
    """
    setting = setting_of(program, record)
    found: set[Aim] = set()
    for indicator in program.indicators:
        if names is None or indicator.name in names:
            outcome = evaluate_indicator(setting, program, indicator)[0]
            found |= reached_in_indicator(setting, program, indicator, outcome)
    if names is None:
        found |= reached_in_total(evaluate(program, record))
    return frozenset(found)


def reached_in_indicator(
    setting: Setting, program: core.Program, indicator: core.Indicator, outcome: IndicatorOutcome
) -> frozenset[Aim]:
    """`outcome` is that of the indicator under `setting`."""
    found = set(_reached_overrides(setting, program, indicator, "", indicator.overrides))
    if not any(_decides(setting, override) for override in indicator.overrides):
        found |= set(_reached_rule(setting, program, indicator, "", indicator.points, indicator.rule, None))
        found |= set(_cut(setting, program, indicator, whole_of(indicator)))
    found |= set(_reached_scoring(setting, program, indicator, outcome))
    return frozenset(found)


def _decides(setting: Setting, override: core.Override) -> bool:
    return override.cap is None and decide(setting, override.condition).holds is True


def _reached_overrides(
    setting: Setting,
    program: core.Program,
    indicator: core.Indicator,
    path: str,
    overrides: tuple[core.Override, ...],
) -> Iterator[Aim]:
    """Those tried, in the order in which they are tried, up to the one that decides."""
    for kind in core.OverrideKind:
        for override in overrides:
            if override.kind is not kind:
                continue
            yield from _asked_readings(setting, program, indicator, override.condition)
            if decide(setting, override.condition).holds is True:
                if not is_standing_cap(override):
                    yield override_aim(indicator, path, override)
                if override.cap is None:
                    return


def _cut(setting: Setting, program: core.Program, indicator: core.Indicator, clause: core.Clause) -> Iterator[Aim]:
    """The standing greatest of a clause (`第1点最高1分`) where the clause gives more without it."""
    caps = [override for override in clause.overrides if is_standing_cap(override)]
    if not caps:
        return
    alone = attrs.evolve(indicator, rule=core.Sum((attrs.evolve(clause, overrides=()),)), overrides=())
    value = evaluate_indicator(setting, program, alone)[0].clauses[0].value.point
    for override in caps:
        if value is not None and override.cap is not None and override.cap < value:
            yield override_aim(indicator, clause.path, override)


def _reached_rule(
    setting: Setting,
    program: core.Program,
    indicator: core.Indicator,
    path: str,
    points: Fraction,
    rule: core.Rule,
    span: Span | None,
) -> Iterator[Aim]:
    if not isinstance(rule, core.Sum):
        yield clause_aim(indicator, path, span or indicator.span)
    match rule:
        case core.Sum(parts=parts):
            for clause in parts:
                yield from _reached_overrides(setting, program, indicator, clause.path, clause.overrides)
                if not any(_decides(setting, override) for override in clause.overrides):
                    yield from _reached_rule(
                        setting, program, indicator, clause.path, clause.points, clause.rule, clause.span
                    )
                    yield from _cut(setting, program, indicator, clause)
        case core.Formula(amount=amount):
            yield from _asked(setting, program, indicator, path, amount)
            yield from _limited(setting, indicator, path, amount, points, rule.span)
        case core.BandTable():
            yield from _reached_band(setting, program, indicator, path, points, rule)
        case core.Deductions():
            yield from _reached_deductions(setting, program, indicator, path, points, rule)
        case core.RowScores(datum=datum, rule=inner):
            rows = fact_value(setting, datum, None)
            for row in rows if isinstance(rows, tuple) else ():
                at_row = attrs.evolve(setting, row={**setting.row, datum: row})
                yield from _reached_rule(at_row, program, indicator, path, ONE, inner, rule.span)
        case core.Judged() | core.Unresolved():
            pass
        case _:
            assert_never(rule)


def _reached_band(
    setting: Setting,
    program: core.Program,
    indicator: core.Indicator,
    path: str,
    points: Fraction,
    table: core.BandTable,
) -> Iterator[Aim]:
    for number, band in enumerate(table.bands):
        yield from _asked(setting, program, indicator, path, band.condition)
        holds = decide(setting, band.condition).holds
        if holds is True:
            yield band_aim(indicator, path, number, band)
            yield from _asked(setting, program, indicator, path, band.amount)
            yield from _limited(setting, indicator, path, band.amount, points, band.span)
        if holds is not False:
            return
    if table.otherwise is not None:
        yield otherwise_aim(indicator, path, table)
        yield from _asked(setting, program, indicator, path, table.otherwise)


def _reached_deductions(
    setting: Setting,
    program: core.Program,
    indicator: core.Indicator,
    path: str,
    points: Fraction,
    rule: core.Deductions,
) -> Iterator[Aim]:
    yield from _asked(setting, program, indicator, path, rule.base)
    value = _point(setting, rule.base)
    for number, item in enumerate(rule.items):
        yield from _asked(setting, program, indicator, path, item.times)
        times = _point(setting, item.times)
        if times is None or value is None:
            return
        if times > 0:
            yield deduction_aim(indicator, path, number, item)
        amount = item.rate * times
        if item.limit is not None and abs(amount) > item.limit:
            yield limit_aim(indicator, path, AimKind.CAP, item.span)
            amount = max(-item.limit, min(item.limit, amount))
        value -= amount
    if value is None:
        return
    if value < (rule.least if rule.least is not None else ZERO):
        yield limit_aim(indicator, path, AimKind.FLOOR, rule.span)
    if value > (points if rule.most is None else min(points, rule.most)):
        yield limit_aim(indicator, path, AimKind.CAP, rule.span)


def _limited(
    setting: Setting, indicator: core.Indicator, path: str, amount: core.Expression, points: Fraction, span: Span
) -> Iterator[Aim]:
    value = _point(setting, amount)
    if value is not None and value > points:
        yield limit_aim(indicator, path, AimKind.CAP, span)
    if value is not None and value < 0:
        yield limit_aim(indicator, path, AimKind.FLOOR, span)


def _asked(
    setting: Setting,
    program: core.Program,
    indicator: core.Indicator,
    path: str,
    node: core.Expression | core.Condition,
) -> Iterator[Aim]:
    """The readings asked for, the least and greatest items taken, and the steps made, in what is evaluated of a tree."""
    yield from _asked_readings(setting, program, indicator, node)
    for inner in _in_force(setting, node):
        match inner:
            case core.Extreme(items=items):
                values = [_point(setting, item) for item in items]
                known = [value for value in values if value is not None]
                if len(known) == len(values):
                    taken = min(known) if inner.which == "min" else max(known)
                    for number, value in enumerate(values):
                        if value == taken and known.count(taken) == 1:
                            yield extreme_aim(indicator, path, inner, number)
            case core.Steps(distance=distance, step=step):
                ahead, size = _point(setting, distance), _point(setting, step)
                if ahead is not None and size and ahead > 0:
                    yield step_aim(indicator, path, inner, whole=(ahead / size).denominator == 1)
            case _:
                pass


def _asked_readings(
    setting: Setting, program: core.Program, indicator: core.Indicator, node: core.Expression | core.Condition
) -> Iterator[Aim]:
    for inner in _in_force(setting, node):
        match inner:
            case core.ByReading(choice=name) | core.ReadingIs(choice=name):
                yield reading_aim(indicator, program.choice(name), setting.reading(name))
            case core.FactValue(datum=datum) | core.InState(datum=datum):
                measure = setting.data[datum].measures
                if measure is not None and fact_value(setting, datum, getattr(inner, "part", None)) is not None:
                    yield reading_aim(indicator, program.choice(measure), setting.reading(measure))
            case _:
                pass


def _reached_scoring(
    setting: Setting, program: core.Program, indicator: core.Indicator, outcome: IndicatorOutcome
) -> Iterator[Aim]:
    """How to round where something is rounded, and what is not applicable where there is some."""
    names = {choice.name for choice in program.choices}
    rounding, not_applicable = program.scoring.rounding, program.scoring.not_applicable
    if rounding in names:
        reading = setting.reading(rounding)
        whole = outcome.exact.point is None or outcome.exact.point == outcome.score
        if _rounds_a_clause(setting, program, indicator) if reading == BY_CLAUSE else not whole:
            yield reading_aim(None, program.choice(rounding), reading)
    if not_applicable in names and any(
        decide(setting, override.condition).holds is True
        for override in (*indicator.overrides, *(o for c in core.clauses_of(indicator.rule) for o in c.overrides))
        if override.effect is core.Effect.NOT_APPLICABLE
    ):
        yield reading_aim(None, program.choice(not_applicable), setting.reading(not_applicable))


def _rounds_a_clause(setting: Setting, program: core.Program, indicator: core.Indicator) -> bool:
    """Whether some clause (the indicator itself, where it has none) gives more places than are kept."""
    as_given = attrs.evolve(setting, readings={**setting.readings, program.scoring.rounding: 0})
    outcome = evaluate_indicator(as_given, program, indicator)[0]
    values = [value.point for value in (_leaf_values(outcome.clauses) if outcome.clauses else (outcome.exact,))]
    return any(value is not None and (value * 10**program.scoring.places).denominator != 1 for value in values)


def _leaf_values(clauses: tuple[ClauseOutcome, ...]) -> Iterator[Range]:
    for clause in clauses:
        yield from _leaf_values(clause.children) if clause.children else (clause.value,)


def reached_in_total(outcome: Outcome) -> frozenset[Aim]:
    """The rules that cut the total, and the grade."""
    scoring = outcome.program.scoring
    cut = {step.span for step in outcome.steps if step.kind is StepKind.CAP}
    found = {override_aim(None, "", override) for override in scoring.overrides if override.span in cut}
    return frozenset({*found, *(grade_aim(n, g) for n, g in enumerate(scoring.grades) if g.name == outcome.grade)})


def _point(setting: Setting, node: core.Expression) -> Fraction | None:
    quantity = evaluate_expression(setting, node)
    return None if quantity.undefined else quantity.value.point


def _in_force(setting: Setting, node: object) -> Iterator[object]:
    """The node and what is inside it, of what a reading decides only what is in force; rows are left out."""
    yield node
    match node:
        case core.ByReading(choice=choice, options=options):
            yield from _in_force(setting, options[setting.reading(choice)])
        case core.All(parts=(core.ReadingIs(choice=choice, index=index) as first, *_)) if (
            setting.reading(choice) != index
        ):
            yield first
        case core.RowAggregate() | core.RowScores():
            pass
        case _:
            for inner in _children(node):
                yield from _in_force(setting, inner)


def _children(node: object) -> Iterator[object]:
    if isinstance(node, tuple):
        yield from node  # pyright: ignore[reportUnknownVariableType]
        return
    for name in fields_of(type(node)) or ():
        value: object = getattr(node, name)
        if isinstance(value, tuple) or fields_of(type(value)) is not None:
            yield value  # pyright: ignore[reportUnknownVariableType]
