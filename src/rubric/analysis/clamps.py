"""Rules whose own number can leave 0 to the points of their clause.

Takes an indicator; gives the clauses whose score is cut off, with facts that show it. A cut that the text states itself
(扣完为止) is left out; one that deductions need is a finding of its own (`floors`).
"""

from collections.abc import Iterator
from fractions import Fraction

from rubric.analysis import errors
from rubric.analysis.clauses import Place, places_of
from rubric.analysis.ranges import ZERO, World, holds, range_of
from rubric.analysis.samples import worlds_of
from rubric.core import program as core
from rubric.core.walk import within
from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText


def check_clamps(world: World, source: SourceText, indicator: core.Indicator) -> Iterator[Diagnostic]:
    """One finding for an indicator, with every clause concerned."""
    found = tuple(clamp for _, clamp in clamps_of(world, indicator))
    if found:
        yield errors.score_is_clamped(source, found, indicator.name)


def clamps_of(world: World, indicator: core.Indicator) -> Iterator[tuple[Place, "errors.Clamp"]]:
    """Every rule whose score is cut off, with the number that shows it; above its points before below 0."""
    if indicator.yields is not core.Yields.POINTS:
        return
    for place in places_of(indicator):
        capped = any(o.cap is not None and o.cap <= place.points for o in place.overrides if _holds_always(o))
        above = _beyond(world, place, True) if indicator.is_bounded and not capped else None
        below = _beyond(world, place, False)
        yield from ((place, clamp) for clamp in (above, below) if clamp is not None)


def deducts(band: core.Band) -> bool:
    """Whether a band takes points off in steps."""
    return any(isinstance(node, core.Steps) for node in within(band.amount))


def _holds_always(override: core.Override) -> bool:
    return isinstance(override.condition, core.Always)


def _beyond(world: World, place: Place, above: bool) -> "errors.Clamp | None":
    for amount, guards in _amounts(place.rule, above):
        found = range_of(world, amount)
        end = found.high if above else found.low
        if end is not None and (end <= place.points if above else end >= 0):
            continue
        for tried in worlds_of(world, (amount, place.overrides, guards)):
            value = range_of(tried, amount).point
            if value is None or (value <= place.points if above else value >= 0):
                continue
            blocked = any(holds(tried, override.condition) for override in place.overrides)
            if not blocked and all(holds(tried, condition) is wanted for condition, wanted in guards):
                return errors.Clamp(place.path, place.points if above else ZERO, value, amount.span)
    return None


def _amounts(rule: core.Rule, above: bool) -> Iterator[tuple[core.Expression, tuple[tuple[core.Condition, bool], ...]]]:
    """Each number that a rule can give, with the conditions on the way to it."""
    match rule:
        case core.Formula(amount=amount):
            yield amount, ()
        case core.BandTable(bands=bands):
            before: tuple[tuple[core.Condition, bool], ...] = ()
            for band in bands:
                if not isinstance(band.amount, core.Constant) and (above or not (band.floor_said or deducts(band))):
                    yield band.amount, (*before, (band.condition, True))
                before = (*before, (band.condition, False))
        case core.Deductions(base=base, items=items):
            total = base
            for item in items:
                taken = core.Arithmetic("*", core.Constant(Fraction(item.rate)), item.times, span=item.span)
                total = core.Arithmetic("-", total, taken, span=rule.span)
            # Below 0 the text says 扣完为止, or there is a finding that it does not.
            if above:
                yield total, ()
        case core.Judged() | core.Sum() | core.RowScores() | core.Unresolved():
            pass
