"""Rules for classes of units → one band table.

Takes the rule of each class, lowered from the cell as it reads for that class; gives one table in which every band asks
for its class first. Nothing new is needed in the core: a class is a condition, and what a class gives is an amount, be it
of a band, a formula, deductions from a base, or their sum. Never a rule that a person decides: then there is no table.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from rubric.core import program as core
from rubric.semantics.gathered import ZERO

Given = tuple[core.Condition, core.Expression, str]


def table_of_cases(
    cases: list[tuple[core.Condition, core.Rule, Fraction, tuple[core.Override, ...]]], full: Fraction
) -> core.BandTable | None:
    """`cases` pair the condition of a class with its rule, its full points, and what goes before the rule.

    `full` are the points of the whole, which 满分 means to a class whose own words give nothing.
    """
    bands: list[core.Band] = []
    for condition, rule, points, overrides in cases:
        found = given(rule, points)
        if found is None:
            return None
        before = list(_of_overrides(overrides, points or full))
        for test, amount, text in (*before, *found):
            always = isinstance(test, core.Always)
            whole = condition if always else core.All((condition, test), span=test.span)
            bands.append(core.Band(whole, amount, text, span=test.span))
    return core.BandTable(tuple(bands))


def given(rule: core.Rule, points: Fraction) -> list[Given] | None:
    """What a rule gives, as conditions tried in order; None where a person decides some of it."""
    match rule:
        case core.Sum(parts=(clause,)):
            found = given(clause.rule, clause.points)
            return None if found is None else [*_of_overrides(clause.overrides, clause.points), *found]
        case core.BandTable(bands=bands, otherwise=otherwise):
            found = [(b.condition, within(b.amount, points), b.text) for b in bands]
            if otherwise is not None:
                found.append((core.Always(span=rule.span), within(otherwise, points), bands[-1].text if bands else ""))
            return found
        case core.Formula() | core.Deductions() | core.Sum():
            amount = amount_of_rule(rule, points)
            return None if amount is None else [(core.Always(span=rule.span), amount, _text(rule))]
        case core.Judged() | core.RowScores() | core.Unresolved():
            return None
        case _:
            assert_never(rule)


def amount_of_rule(rule: core.Rule, points: Fraction) -> core.Expression | None:
    """The points of a rule as one expression."""
    match rule:
        case core.Formula(amount=amount):
            return within(amount, points)
        case core.Deductions():
            return _deducted(rule, points)
        case core.BandTable():
            return first_that_holds(given(rule, points) or [], rule)
        case core.Sum(parts=parts):
            amounts = [amount_of_clause(clause) for clause in parts]
            known = tuple(amount for amount in amounts if amount is not None)
            return core.Total(known, span=rule.span) if len(known) == len(amounts) else None
        case core.Judged() | core.RowScores() | core.Unresolved():
            return None
        case _:
            assert_never(rule)


def amount_of_clause(clause: core.Clause) -> core.Expression | None:
    amount = amount_of_rule(clause.rule, clause.points)
    if amount is None or not clause.overrides:
        return amount
    before = list(_of_overrides(clause.overrides, clause.points))
    return first_that_holds([*before, (core.Always(), amount, clause.text)], clause.rule)


def _deducted(rule: core.Deductions, points: Fraction) -> core.Expression:
    amount = rule.base
    for item in rule.items:
        taken: core.Expression = core.Arithmetic("*", core.Constant(item.rate), item.times, span=item.span)
        if item.limit is not None:
            low, high = core.Constant(-item.limit), core.Constant(item.limit)
            taken = core.Extreme("max", (low, core.Extreme("min", (taken, high))), span=item.span)
        amount = core.Arithmetic("-", amount, taken, span=item.span)
    if rule.least is not None:
        amount = core.Extreme("max", (amount, core.Constant(rule.least)), span=rule.span)
    if rule.most is not None:
        amount = core.Extreme("min", (amount, core.Constant(rule.most)), span=rule.span)
    return within(amount, points)


def within(amount: core.Expression, points: Fraction) -> core.Expression:
    """`amount` between 0 and the points of its class; of an item without a maximum there are none."""
    if isinstance(amount, core.Constant):
        return amount
    if not points:
        return core.Extreme("max", (ZERO, amount), span=amount.span)
    most = core.Extreme("min", (amount, core.Constant(points)), span=amount.span)
    return core.Extreme("max", (ZERO, most), span=amount.span)


def first_that_holds(found: list[Given], rule: core.Rule) -> core.Expression:
    """Σ of each amount where its condition holds and none before it does."""
    terms: list[core.Expression] = []
    before: tuple[core.Condition, ...] = ()
    for condition, amount, _ in found:
        only = core.All((*(core.Not(other) for other in before), condition), span=condition.span)
        terms.append(core.Arithmetic("*", core.OneIf(only, span=condition.span), amount, span=amount.span))
        before = (*before, condition)
    return core.Total(tuple(terms), span=rule.span)


def _of_overrides(overrides: tuple[core.Override, ...], points: Fraction) -> Iterator[Given]:
    for kind in core.OverrideKind:
        for override in overrides:
            if override.kind is kind and override.effect in (core.Effect.ZERO, core.Effect.FULL):
                value = Fraction(0) if override.effect is core.Effect.ZERO else points
                yield override.condition, core.Constant(value, span=override.span), override.text


def _text(rule: core.Rule) -> str:
    match rule:
        case core.Sum(parts=parts):
            return "；".join(clause.text for clause in parts)
        case core.Deductions(items=items):
            return "；".join(item.text for item in items)
        case _:
            return ""


def without_penalty(overrides: tuple[core.Override, ...]) -> bool:
    """Whether nothing goes beyond what a band can say: 倒扣, 不适用, a cap."""
    known = (core.Effect.ZERO, core.Effect.FULL)
    return all(o.effect in known and o.penalty == 0 for o in overrides)


def of_case(condition: core.Condition | None, others: list[core.Condition]) -> core.Condition:
    """The condition of a class; of all the others, that none of them holds."""
    return condition if condition is not None else core.Not(core.Some(tuple(others)))
