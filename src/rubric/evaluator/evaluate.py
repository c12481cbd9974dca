"""*The* definition of meaning: slow, short, obvious. Every faster way is judged by it.

Takes a program and a record; gives the outcome, with the trace of every step. Inside one indicator, in this order: 否决,
豁免, a zero denominator the author provides for, the rules, floor and cap, rounding. What a deciding step makes needless is
not asked for.

What is not yet known is a range: a rule's value then is the hull of all it could be. What may or may not be applicable is
kept apart by the points that would leave the base (`Branches`), because the total is scaled by them.

The total is the sum of the rounded indicator scores; where points are not applicable it is scaled to the full base and
rounded again (`domain.md` §6, after 四川省预算绩效评价管理办法). Rules that reach the total itself come last.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import assert_never

import attrs

from rubric.core import intervals, program as core
from rubric.core.intervals import Range, exactly
from rubric.core.record import Record
from rubric.diagnostics.model import Diagnostic
from rubric.evaluator import errors
from rubric.evaluator.branches import ZERO, Branches, added, capped, hull, join, meets
from rubric.evaluator.days import unknown_holidays
from rubric.evaluator.missing import missing_of
from rubric.evaluator.outcome import (
    NONE_MISSING,
    ClauseOutcome,
    IndicatorOutcome,
    MissingKey,
    Outcome,
    Status,
    Step,
    StepKind,
)
from rubric.evaluator.overrides import about_reading, override_step
from rubric.evaluator.quantities import (
    Setting,
    decide,
    evaluate_condition,
    evaluate_expression,
    fact_value,
    rounded,
)
from rubric.evaluator.total import total_of
from rubric.source import SourceText, Span

RESCALED, AS_FULL, AS_ZERO, WITHIN_INDICATOR = range(4)
BY_CLAUSE = 1


@attrs.frozen
class _Result:
    """What a rule gives. `question` tells why it cannot be decided whatever the facts (a gap, a division by 0, an error).

    `missing` is what it lacks itself, `below` what clauses below it lack.
    """

    branches: Branches
    steps: tuple[Step, ...] = ()
    missing: frozenset[MissingKey] = NONE_MISSING
    children: tuple[ClauseOutcome, ...] = ()
    questions: tuple[Diagnostic, ...] = ()
    below: frozenset[MissingKey] = NONE_MISSING


def evaluate(
    program: core.Program,
    record: Record,
    readings: Mapping[str, int] | None = None,
    *,
    ranges: Mapping[MissingKey, Range] | None = None,
    source: SourceText | None = None,
) -> Outcome:
    """Score one department.

    `readings` names alternatives by index and goes before those of the record and the rubric. `ranges` puts a range in
    the place of a fact or a judgement (the audit asks what a rounded rate could be). `source` is the rubric's text, for
    the places of findings.
    """
    setting = setting_of(program, record, readings, ranges)
    outcomes: list[IndicatorOutcome] = []
    all_branches: list[Branches] = []
    found: list[Diagnostic] = []
    for indicator in program.indicators:
        outcome, branches, questions = evaluate_indicator(setting, program, indicator, source)
        outcomes.append(outcome)
        if indicator.yields is core.Yields.POINTS:
            all_branches.append(branches)
        found.extend(questions)
        if program.calendar.years:
            found.extend(unknown_holidays(outcome, source))
    reached = total_of(setting, program, all_branches)
    low, high = reached.low, reached.high
    counted = [o for o in outcomes if o.indicator.yields is core.Yields.POINTS]
    total = low if low == high and all(o.status is not Status.PENDING for o in counted) else None
    grades = tuple(g.name for g in program.scoring.grades if meets(g, low, high))
    return Outcome(
        program,
        record,
        tuple(outcomes),
        total,
        low,
        high,
        reached.points,
        grades[0] if total is not None and grades else None,
        grades,
        missing_of(outcomes, reached.missing),
        tuple(found),
        reached.steps,
    )


def setting_of(
    program: core.Program,
    record: Record,
    readings: Mapping[str, int] | None = None,
    ranges: Mapping[MissingKey, Range] | None = None,
) -> Setting:
    """Readings in force: those given, else those the record names, else the rubric's."""
    choices = {c.name: c for c in program.choices}
    chosen: dict[str, int] = {}
    for name, wanted in record.readings.items():
        names = [a.name for a in choices[name].alternatives] if name in choices else []
        if wanted in names:
            chosen[name] = names.index(wanted)
    chosen.update(readings or {})
    data = {d.name: d for d in program.data}
    return Setting(data, choices, record, chosen, ranges or {}, calendar=program.calendar)


# --- indicators -------------------------------------------------------------------------------------------------------


def evaluate_indicator(
    setting: Setting, program: core.Program, indicator: core.Indicator, source: SourceText | None = None
) -> tuple[IndicatorOutcome, Branches, tuple[Diagnostic, ...]]:
    """One indicator alone: its outcome, its rounded score by the points that leave the base, what cannot be decided."""
    context = _Context(setting, program, indicator, source)
    result = context.with_overrides(
        indicator.overrides, indicator.points, lambda: context.rule(indicator.rule, indicator.points)
    )
    places = program.scoring.places
    branches = {
        away: rounded(value, places) for away, value in context.within(result.branches, indicator.points).items()
    }
    exact = hull(context.within(result.branches, indicator.points))
    values = hull(branches)
    assert values.low is not None
    away = next(iter(branches)) if len(branches) == 1 else ZERO
    if away == indicator.points and len(branches) == 1 and indicator.points > 0:
        status = Status.NOT_APPLICABLE
    elif len(branches) == 1 and exact.point is not None and not result.questions:
        status = Status.SCORED
    else:
        status = Status.PENDING
    score = values.low if status is Status.SCORED else None
    pending = status is Status.PENDING
    steps = result.steps
    if status is Status.SCORED and exact.point is not None and exact.point != score:
        steps = (*steps, Step(StepKind.ROUNDING, value=exactly(values.low), span=indicator.span))
    outcome = IndicatorOutcome(
        indicator,
        status,
        exact,
        score,
        values.low,
        values.low if values.high is None else values.high,
        away,
        result.children,
        steps,
        tuple((name, setting.choices[name].alternatives[setting.reading(name)].name) for name in indicator.choices),
        tuple((r.text, evaluate_condition(setting, r.condition).holds) for r in indicator.requirements),
        tuple(sorted(result.missing | result.below, key=lambda k: (k[0], k[1] or ""))) if pending else (),
        result.missing if pending else NONE_MISSING,
    )
    return outcome, branches, result.questions


@attrs.frozen
class _Context:
    """One indicator being evaluated; an inner detail of this module."""

    setting: Setting
    program: core.Program
    indicator: core.Indicator
    source: SourceText | None

    def within(self, branches: Branches, points: Fraction) -> Branches:
        """Where the rest of an indicator is scaled up to its points, nothing leaves the base."""
        mode = self.setting.reading(self.program.scoring.not_applicable)
        if mode != WITHIN_INDICATOR:
            return branches
        scaled: Branches = {}
        for away, value in branches.items():
            if away in (ZERO, points):
                join(scaled, away, value)
            else:
                factor = exactly(points / (points - away))
                join(scaled, ZERO, intervals.multiply(value, factor))
        return scaled

    # --- overrides ---

    def with_overrides(
        self, overrides: tuple[core.Override, ...], points: Fraction, rules: Callable[[], _Result]
    ) -> _Result:
        """Overrides by kind; where one is undecided, both what it would give and what would follow without it."""
        ordered = [o for kind in core.OverrideKind for o in overrides if o.kind is kind]
        steps: list[Step] = []
        pending: Branches = {}
        missing = NONE_MISSING
        questions: tuple[Diagnostic, ...] = ()
        caps: list[tuple[Fraction, bool | None]] = []
        for override in ordered:
            truth = decide(self.setting, override.condition)
            if not (about_reading(override.condition, self.setting) or isinstance(override.condition, core.Always)):
                steps.append(override_step(override, truth))
            if override.cap is not None:
                caps.append((override.cap, truth.holds))
                missing |= truth.missing
                continue
            if truth.holds is True:
                self.add_effect(pending, override, points)
                return _Result(pending, tuple(steps), missing, (), questions)
            if truth.holds is None:
                if not truth.undefined:
                    self.add_effect(pending, override, points)
                missing |= truth.missing
        rest = rules()
        for away, value in rest.branches.items():
            for cap, holds in caps:
                value = capped(value, cap, holds)
            join(pending, away, value)
        always = [o for o in ordered if o.cap is not None and isinstance(o.condition, core.Always)]
        before = hull(rest.branches)
        for override in always:  # a greatest without a condition is seen only where it cuts something off
            if before.point is not None and override.cap is not None and before.point > override.cap:
                cut = Step(StepKind.CAP, text=override.text, value=exactly(override.cap), span=override.span)
                rest = attrs.evolve(rest, steps=(*rest.steps, cut))
        return attrs.evolve(
            rest,
            branches=pending,
            steps=(*steps, *rest.steps),
            missing=missing | rest.missing,
            questions=questions + rest.questions,
        )

    def add_effect(self, branches: Branches, override: core.Override, points: Fraction) -> None:
        match override.effect:
            case core.Effect.ZERO:
                join(branches, ZERO, exactly(-override.penalty))
            case core.Effect.FULL:
                join(branches, ZERO, exactly(points))
            case core.Effect.NOT_APPLICABLE:
                match self.setting.reading(self.program.scoring.not_applicable):
                    case 1:
                        join(branches, ZERO, exactly(points))
                    case 2:
                        join(branches, ZERO, exactly(ZERO))
                    case _:
                        join(branches, points, exactly(ZERO))
            case core.Effect.CAPPED:
                raise AssertionError("a cap takes no place of the rules")
            case _:
                assert_never(override.effect)

    # --- rules ---

    def rule(self, rule: core.Rule, points: Fraction) -> _Result:
        match rule:
            case core.Sum(parts=parts):
                return self.sum(parts)
            case core.Formula(amount=amount):
                return self.formula(amount, points, rule.span)
            case core.BandTable():
                return self.band_table(rule, points)
            case core.Deductions():
                return self.deductions(rule, points)
            case core.Judged(judgement=key):
                return self.judged(key, points, rule.span)
            case core.RowScores():
                return self.row_scores(rule, points)
            case core.Unresolved():
                question = errors.unresolved_clause(self.source, rule.span, rule.code, self.indicator.name)
                steps = (Step(StepKind.UNRESOLVED, rule.code, span=rule.span),)
                return _Result({ZERO: self.attainable(points)}, steps, questions=(question,))
            case _:
                assert_never(rule)

    def row_scores(self, rule: core.RowScores, points: Fraction) -> _Result:
        """Σ over the rows of the row's points times the share its rule gives."""
        rows = fact_value(self.setting, rule.datum, None)
        key = (rule.datum, None)
        if not isinstance(rows, tuple):
            asked = Step(StepKind.FACT, rule.datum, span=rule.span)
            return _Result({ZERO: Range(ZERO, points)}, (asked,), frozenset({key}))
        total = exactly(ZERO)
        missing = NONE_MISSING
        steps: list[Step] = []
        questions: tuple[Diagnostic, ...] = ()
        for number, row in enumerate(rows, start=1):
            setting = attrs.evolve(self.setting, row={**self.setting.row, rule.datum: row})
            whole = evaluate_expression(setting, rule.points)
            share = attrs.evolve(self, setting=setting).rule(rule.rule, Fraction(1))
            value = intervals.multiply(whole.value, hull(share.branches))
            total = intervals.add(total, value)
            missing |= whole.missing | share.missing
            questions += share.questions
            title = next((cell for cell in row.values() if isinstance(cell, str)), f"第 {number} 行")
            steps.append(Step(StepKind.QUANTITY, title, value=value, children=share.steps, span=rule.span))
        found = self.clamped(total, points, tuple(steps), frozenset({key}) if missing else NONE_MISSING, rule.span)
        return attrs.evolve(found, questions=questions)

    def sum(self, parts: tuple[core.Clause, ...]) -> _Result:
        branches: Branches = {ZERO: exactly(ZERO)}
        children: list[ClauseOutcome] = []
        below = NONE_MISSING
        questions: tuple[Diagnostic, ...] = ()
        for clause in parts:
            outcome, result = self.clause(clause)
            children.append(outcome)
            below |= result.missing | result.below
            questions += result.questions
            branches = added(branches, result.branches)
        return _Result(branches, (), NONE_MISSING, tuple(children), questions, below)

    def clause(self, clause: core.Clause) -> tuple[ClauseOutcome, _Result]:
        result = self.with_overrides(clause.overrides, clause.points, lambda: self.rule(clause.rule, clause.points))
        branches = result.branches
        if self.setting.reading(self.program.scoring.rounding) == BY_CLAUSE and not isinstance(clause.rule, core.Sum):
            branches = {away: rounded(v, self.program.scoring.places) for away, v in branches.items()}
            result = attrs.evolve(result, branches=branches)
        away = next(iter(branches)) if len(branches) == 1 else ZERO
        value = hull(branches)
        if len(branches) == 1 and away == clause.points and clause.points > 0:
            status = Status.NOT_APPLICABLE
        elif len(branches) == 1 and value.point is not None and not result.questions:
            status = Status.SCORED
        else:
            status = Status.PENDING
        if status is not Status.PENDING:  # what would not change it is not missing
            result = attrs.evolve(result, missing=NONE_MISSING, below=NONE_MISSING)
        return ClauseOutcome(clause, status, value, away, result.steps, result.children, result.missing), result

    def formula(self, amount: core.Expression, points: Fraction, span: Span) -> _Result:
        quantity = evaluate_expression(self.setting, amount)
        step = Step(StepKind.FORMULA, value=quantity.value, children=(quantity.step,), span=amount.span)
        if quantity.undefined:
            return self.undefined(points, (step,), quantity.undefined[0])
        return self.clamped(quantity.value, points, (step,), quantity.missing, span)

    def clamped(
        self,
        value: Range,
        points: Fraction,
        steps: tuple[Step, ...],
        missing: frozenset[MissingKey],
        span: Span,
        lowest: Fraction = ZERO,
    ) -> _Result:
        """`value` within [`lowest`, points]; where it was outside, the clamp is a visible step."""
        most = self.attainable(points).high
        found = intervals.clamp(value, lowest, most)
        if value.point is not None and most is not None and value.point > most:
            steps = (*steps, Step(StepKind.CAP, value=found, span=span))
        elif value.point is not None and value.point < lowest:
            steps = (*steps, Step(StepKind.FLOOR, value=found, span=span))
        return _Result({ZERO: found}, steps, NONE_MISSING if found.point is not None else missing)

    def attainable(self, points: Fraction) -> Range:
        """All that a rule of so many points can give; amounts and 不设上限 have no upper end."""
        return Range(ZERO, points if self.indicator.is_bounded else None)

    def undefined(self, points: Fraction, steps: tuple[Step, ...], span: Span) -> _Result:
        question = errors.zero_denominator(self.source, span, self.indicator.name)
        return _Result({ZERO: self.attainable(points)}, steps, questions=(question,))

    def band_table(self, table: core.BandTable, points: Fraction) -> _Result:
        """The first band that holds. Undecided bands before it could each be the one."""
        found: Range | None = None
        steps: list[Step] = []
        missing = NONE_MISSING
        for band in table.bands:
            truth = decide(self.setting, band.condition)
            if truth.undefined:
                return self.undefined(points, truth.steps, truth.undefined[0])
            missing |= truth.missing
            if truth.holds is False:
                if not steps and band is table.bands[0]:
                    steps = [Step(StepKind.GAP, text=band.text, holds=False, children=truth.steps, span=band.span)]
                continue
            amount = evaluate_expression(self.setting, band.amount)
            if amount.undefined:
                return self.undefined(points, (amount.step,), amount.undefined[0])
            step = Step(
                StepKind.BAND,
                text=band.text,
                value=amount.value,
                holds=truth.holds,
                children=(*truth.steps, amount.step),
                span=band.span,
            )
            steps = [s for s in steps if s.kind is not StepKind.GAP] + [step]
            missing |= amount.missing
            found = amount.value if found is None else intervals.hull(found, amount.value)
            if truth.holds is True:
                return self.clamped(found, points, tuple(steps), missing, band.span)
        if table.otherwise is not None:
            rest = evaluate_expression(self.setting, table.otherwise)
            found = rest.value if found is None else intervals.hull(found, rest.value)
            return self.clamped(found, points, tuple(steps), missing, table.span)
        if found is None:
            question = errors.value_in_gap(self.source, table.span, self.indicator.name)
            return _Result({ZERO: self.attainable(points)}, tuple(steps), missing, questions=(question,))
        return self.clamped(found, points, tuple(steps), missing, table.span)

    def deductions(self, rule: core.Deductions, points: Fraction) -> _Result:
        base = evaluate_expression(self.setting, rule.base)
        value = base.value
        steps = [Step(StepKind.BASE, value=base.value, span=rule.span)]
        missing = base.missing
        for item in rule.items:
            times = evaluate_expression(self.setting, item.times)
            if times.undefined:
                return self.undefined(points, (times.step,), times.undefined[0])
            amount = intervals.multiply(exactly(item.rate), times.value)
            if item.limit is not None:
                amount = intervals.clamp(amount, -item.limit, item.limit)
            value = intervals.subtract(value, amount)
            missing |= times.missing
            steps.append(Step(StepKind.DEDUCTION, text=item.text, value=amount, children=(times.step,), span=item.span))
        if rule.least is not None:
            value = intervals.greatest((value, exactly(rule.least)))
        if rule.most is not None:
            value = intervals.least((value, exactly(rule.most)))
        lowest = min(ZERO, rule.least if rule.least is not None else ZERO)
        return self.clamped(value, points, tuple(steps), missing, rule.span, lowest)

    def judged(self, key: tuple[str, str], points: Fraction, span: Span) -> _Result:
        given = self.setting.record.judgements.get(key)
        judgement = next(j for j in self.program.judgements if j.key == key)
        place = (f"{key[0]}／{key[1]}", None)
        found = self.setting.ranges.get(place, exactly(given.points) if given is not None else None)
        missing = NONE_MISSING if found is not None else frozenset({place})
        if found is None:
            found = Range(judgement.low, judgement.high)
        step = Step(StepKind.JUDGEMENT, key[1], judgement.text, found, span=span)
        return self.clamped(found, points, (step,), missing, span)
