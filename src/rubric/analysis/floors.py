"""Deductions that can take more than there is, while the text does not say where they stop.

Takes an indicator; gives a finding for each clause, with a case in which the score would fall below 0. Nothing is said where
the text names an end (扣完为止, 最多扣3分, 最低得2分) or where the deductions cannot go so far.
"""

from collections.abc import Iterator

from rubric.analysis import errors
from rubric.analysis.clamps import deducts
from rubric.analysis.clauses import Place, places_of
from rubric.analysis.errors import Below
from rubric.analysis.ranges import ZERO, World, holds, range_of
from rubric.analysis.samples import facts_read, worlds_of
from rubric.core import program as core
from rubric.core.walk import choices_used, within
from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText, Span

Guards = tuple[tuple[core.Condition, bool], ...]


def check_floors(
    world: World, source: SourceText, indicator: core.Indicator, choices: dict[str, core.Choice]
) -> Iterator[Diagnostic]:
    """One finding for each clause that takes points off without an end; an end of open reach is another finding."""
    for place in places_of(indicator):
        if any(choices[name].doubt is core.Doubt.BOUND for name in choices_used(place.rule)):
            continue
        found = _below(world, place)
        if found is not None:
            span, below = found
            scope = f"第{place.path}点" if place.path else ""
            yield errors.floor_not_stated(source, span, scope, below, indicator.name)


def _below(world: World, place: Place) -> tuple[Span, Below] | None:
    match place.rule:
        case core.Deductions(floor_stated=False, least=None, items=items) as rule if any(d.rate > 0 for d in items):
            last = next(d for d in reversed(items) if d.rate > 0)
            counted = None if place.overrides else _after_times(world, rule)
            below = counted or _tried(world, place, _left(rule), ())
            return None if below is None else (last.span, below)
        case core.BandTable(bands=bands):
            before: Guards = ()
            for band in bands:
                if deducts(band) and not band.floor_said:
                    below = _tried(world, place, band.amount, (*before, (band.condition, True)))
                    if below is not None:
                        return band.span, below
                before = (*before, (band.condition, False))
            return None
        case _:
            return None


def _left(rule: core.Deductions) -> core.Expression:
    """The base less all that is taken off."""
    total = rule.base
    for item in rule.items:
        taken: core.Expression = core.Arithmetic("*", core.Constant(item.rate), item.times)
        if item.limit is not None and item.rate > 0:
            taken = core.Extreme("min", (taken, core.Constant(item.limit)))
        total = core.Arithmetic("-", total, taken)
    return total


def _after_times(world: World, rule: core.Deductions) -> Below | None:
    """After how many of one deduction nothing is left, where it can come so often."""
    for item in rule.items:
        if item.rate <= 0 or item.limit is not None or not isinstance(rule.base, core.Constant):
            continue
        count = rule.base.value // item.rate + 1
        most = range_of(world, item.times).high
        if any(isinstance(node, core.OneIf) for node in within(item.times)) or (most is not None and most < count):
            continue
        return Below(f"扣到第 {count} 次", rule.base.value - count * item.rate)
    return None


def _tried(world: World, place: Place, amount: core.Expression, guards: Guards) -> Below | None:
    low = range_of(world, amount).low
    if low is not None and low >= 0:
        return None
    for tried in worlds_of(world, (amount, place.overrides, guards)):
        value = range_of(tried, amount).point
        if value is None or value >= ZERO or any(holds(tried, override.condition) for override in place.overrides):
            continue
        if all(holds(tried, condition) is wanted for condition, wanted in guards):
            return Below(_case(tried, amount), value)
    return None


def _case(tried: World, amount: core.Expression) -> str:
    data = tuple((tried.data[key[0]], key[1], tried.fixed[key]) for key in facts_read((amount,)))
    return errors.Differing(data, ()).facts
