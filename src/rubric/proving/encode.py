"""What a program computes, as terms over a space of facts.

Takes an indicator or a clause of a program under given readings; gives terms that have, for all facts, the value that
`evaluator.evaluate` gives (`tests/proving/test_encode.py` holds the two against each other). One function per rule, one
case per construct, in the same order as there. Never an answer: asking is the business of `obligations` and `departments`.

All facts are given here, so nothing is missing; what can remain undefined is a division by 0, or a gap between bands.
"""

from fractions import Fraction
from typing import assert_never

import attrs

from rubric.analysis.ranges import linear
from rubric.core import program as core
from rubric.core.intervals import Range
from rubric.core.walk import within
from rubric.evaluator.evaluate import BY_CLAUSE, WITHIN_INDICATOR
from rubric.proving import solver
from rubric.proving.quantities import (
    Encoder,
    all_defined,
    encode_condition,
    encode_expression,
    product,
)
from rubric.proving.solver import Term, choose, every, greater, lesser, negated, number, some, summed
from rubric.proving.space import ONE, ZERO


@attrs.frozen(eq=False)
class Points:
    """What a rule gives. `value` is within its limits, `raw` is without any cap or floor that is not the text's own; `away` are points not applicable.

    `gap` holds where no band does. `reached` holds where no override took the place of the rule.
    """

    value: Term
    raw: Term
    away: Term
    defined: Term | None = None
    gap: Term | None = None
    reached: Term | None = None


# --- indicators and clauses -------------------------------------------------------------------------------------------


def encode_indicator(encoder: Encoder, indicator: core.Indicator) -> Points:
    """The indicator as `evaluate_indicator` scores it, before rounding."""
    _notice(encoder, indicator)
    points = indicator.points
    inner = with_overrides(
        encoder, indicator.overrides, points, encode_rule(encoder, indicator, indicator.rule, points)
    )
    if encoder.world.readings.get(encoder.program.scoring.not_applicable) != WITHIN_INDICATOR:
        return inner
    value = inner.value
    for away in sorted(_sums_away(indicator.rule)):
        if ZERO < away < points:
            value = choose(inner.away == number(away), inner.value * number(points / (points - away)), value)
    whole = inner.away == number(points)
    return attrs.evolve(inner, value=value, away=choose(whole, number(points), number(ZERO)))


def encode_score(encoder: Encoder, indicator: core.Indicator) -> Points:
    """The same with its `value` rounded, as it is issued."""
    found = encode_indicator(encoder, indicator)
    return attrs.evolve(found, value=solver.rounded(found.value, encoder.program.scoring.places))


def encode_clause(encoder: Encoder, indicator: core.Indicator, clause: core.Clause) -> Points:
    rule = encode_rule(encoder, indicator, clause.rule, clause.points)
    found = with_overrides(encoder, clause.overrides, clause.points, rule)
    by_clause = encoder.world.readings.get(encoder.program.scoring.rounding) == BY_CLAUSE
    if by_clause and not isinstance(clause.rule, core.Sum):
        return attrs.evolve(found, value=solver.rounded(found.value, encoder.program.scoring.places))
    return found


def with_overrides(encoder: Encoder, overrides: tuple[core.Override, ...], points: Fraction, rule: Points) -> Points:
    """Overrides by kind, the first that holds taking the place of the rule; caps hold the rule down."""
    ordered = [o for kind in core.OverrideKind for o in overrides if o.kind is kind]
    value, raw, away = rule.value, rule.raw, rule.away
    for override in ordered:
        if override.cap is not None:
            holds = encode_condition(encoder, override.condition).yes
            value = choose(holds, lesser(value, number(override.cap)), value)
            raw = choose(holds, lesser(raw, number(override.cap)), raw)
    defined, reached = rule.defined, rule.reached
    for override in reversed([o for o in ordered if o.cap is None]):
        holds = encode_condition(encoder, override.condition).yes
        given, gone = _effect(encoder, override, points)
        value, raw = choose(holds, number(given), value), choose(holds, number(given), raw)
        away = choose(holds, number(gone), away)
        defined = None if defined is None else some(holds, defined)
        reached = every(reached, negated(holds))
    return Points(value, raw, away, defined, rule.gap, reached)


def _effect(encoder: Encoder, override: core.Override, points: Fraction) -> tuple[Fraction, Fraction]:
    """The points an override gives, and those it takes out of the base."""
    match override.effect:
        case core.Effect.ZERO:
            return -override.penalty, ZERO
        case core.Effect.FULL:
            return points, ZERO
        case core.Effect.NOT_APPLICABLE:
            match encoder.world.readings.get(encoder.program.scoring.not_applicable):
                case 1:
                    return points, ZERO
                case 2:
                    return ZERO, ZERO
                case _:
                    return ZERO, points
        case core.Effect.CAPPED:
            raise AssertionError("a cap takes no place of the rules")
        case _:
            assert_never(override.effect)


def _sums_away(rule: core.Rule) -> set[Fraction]:
    """Every sum of points that can leave the base of a rule by its clauses."""
    sums = {ZERO}
    if isinstance(rule, core.Sum):
        for clause in rule.parts:
            inner = _sums_away(clause.rule)
            if any(o.effect is core.Effect.NOT_APPLICABLE for o in clause.overrides):
                inner |= {clause.points}
            sums = {one + other for one in sums for other in inner}
    return sums


def _notice(encoder: Encoder, node: object) -> None:
    """Keep the figures of the text, which quotients are compared with; once for each tree."""
    if id(node) in encoder.space.noted:
        return
    encoder.space.noted[id(node)] = node
    for inner in within(node):
        match inner:
            case core.Compare() | core.Extreme():
                items = (inner.left, inner.right) if isinstance(inner, core.Compare) else inner.items
                for item in items:
                    form = linear(encoder.world, item)
                    if not form.terms:
                        encoder.space.figures[form.constant] = None
            case _:
                pass


# --- rules ------------------------------------------------------------------------------------------------------------


def encode_rule(encoder: Encoder, indicator: core.Indicator, rule: core.Rule, points: Fraction) -> Points:
    kept = encoder.rules.get(id(rule))
    if kept is not None and kept[1:3] == (indicator.is_bounded, points):
        return kept[3]
    found = _rule(encoder, indicator, rule, points)
    encoder.rules[id(rule)] = (
        rule,
        indicator.is_bounded,
        points,
        found,
    )  # with the rule, so that its number stays its own
    return found


def _rule(encoder: Encoder, indicator: core.Indicator, rule: core.Rule, points: Fraction) -> Points:
    match rule:
        case core.Sum(parts=parts):
            done = [encode_clause(encoder, indicator, clause) for clause in parts]
            value, away = summed([one.value for one in done]), summed([one.away for one in done])
            return Points(value, summed([one.raw for one in done]), away, all_defined(*(one.defined for one in done)))
        case core.Formula(amount=amount):
            quantity = encode_expression(encoder, amount)
            return _clamped(indicator, quantity.term, points, quantity.defined)
        case core.BandTable():
            return encode_band_table(encoder, indicator, rule, points)
        case core.Deductions():
            return encode_deductions(encoder, indicator, rule, points)
        case core.Judged(judgement=key):
            judgement = next(j for j in encoder.program.judgements if j.key == key)
            return _clamped(indicator, encoder.space.judgement(judgement), points)
        case core.RowScores():
            return encode_row_scores(encoder, indicator, rule, points)
        case core.Unresolved():
            free = encoder.space.fresh(Range(ZERO, points))
            return Points(free, free, number(ZERO), solver.always(False))
        case _:
            assert_never(rule)


def encode_band_table(encoder: Encoder, indicator: core.Indicator, table: core.BandTable, points: Fraction) -> Points:
    """The first band that holds, built from the last on."""
    raw, defined, gap = number(ZERO), solver.always(False), solver.always(True)
    if table.otherwise is not None:
        rest = encode_expression(encoder, table.otherwise)
        raw, defined, gap = rest.term, rest.defined, solver.always(False)
    for band in reversed(table.bands):
        truth = encode_condition(encoder, band.condition)
        amount = encode_expression(encoder, band.amount)
        raw = choose(truth.yes, amount.term, raw)
        if isinstance(band.condition, core.Always):
            defined, gap = amount.defined, solver.always(False)
            continue
        inner = choose(truth.yes, every(amount.defined), every(defined))
        defined = every(truth.defined, inner)
        gap = every(truth.no, gap)
    return attrs.evolve(_clamped(indicator, raw, points, defined), gap=gap)


def encode_deductions(encoder: Encoder, indicator: core.Indicator, rule: core.Deductions, points: Fraction) -> Points:
    base = encode_expression(encoder, rule.base)
    value, defined = base.term, [base.defined]
    for item in rule.items:
        times = encode_expression(encoder, item.times)
        amount = times.term * number(item.rate)
        if item.limit is not None:
            amount = lesser(greater(amount, number(-item.limit)), number(item.limit))
        value = value - amount
        defined.append(times.defined)
    raw = value
    if rule.least is not None:
        value = greater(value, number(rule.least))
    if rule.most is not None:
        value = lesser(value, number(rule.most))
    lowest = min(ZERO, rule.least if rule.least is not None else ZERO)
    found = _clamped(indicator, value, points, all_defined(*defined), lowest)
    return found if rule.least is None and rule.most is None else attrs.evolve(found, raw=value if rule.most else raw)


def encode_row_scores(encoder: Encoder, indicator: core.Indicator, rule: core.RowScores, points: Fraction) -> Points:
    """Σ over the rows of their points times the share the rule gives; without rows at hand only its limits are known."""
    if not encoder.rows.slots:
        free = encoder.space.fresh(Range(ZERO, points))
        return Points(free, free, number(ZERO))
    parts: list[Term] = []
    defined: list[Term | None] = []
    for slot in range(encoder.rows.slots):
        at_row = encoder.at_row(rule.datum, slot)
        present = encoder.rows.present(rule.datum, slot)
        share = encode_rule(at_row, indicator, rule.rule, ONE)
        whole = encode_expression(at_row, rule.points)
        value = product(encoder, whole.term, share.value, Range(None, None), ONE)
        parts.append(choose(present, value, number(ZERO)))
        for one in (share.defined, whole.defined):
            defined.append(None if one is None else some(negated(present), one))
    return _clamped(indicator, summed(parts), points, all_defined(*defined))


def _clamped(
    indicator: core.Indicator, raw: Term, points: Fraction, defined: Term | None = None, lowest: Fraction = ZERO
) -> Points:
    value = greater(raw, number(lowest))
    if indicator.is_bounded:
        value = lesser(value, number(points))
    return Points(value, raw, number(ZERO), defined)
