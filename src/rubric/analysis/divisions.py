"""Divisions whose divisor can be 0 while nothing says how to score then.

Takes a rule with the overrides that go before it; gives the divisors. A divisor is named only with facts in hand: its
range holds 0, and there are admissible facts that make it 0, reach the division and meet no override.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from rubric.analysis import errors
from rubric.analysis.clauses import Place, places_of
from rubric.analysis.ranges import ZERO, Linear, World, extent, holds, linear, range_of
from rubric.analysis.samples import readings_of, worlds_of
from rubric.core import program as core
from rubric.core.walk import within
from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText

_MOST_ZEROS = 6


def check_divisions(
    world: World, source: SourceText, indicator: core.Indicator, choices: dict[str, core.Choice]
) -> Iterator[Diagnostic]:
    """One finding for each divisor of an indicator, with all clauses that divide by it."""
    found: dict[str, tuple[core.Arithmetic, list[str], Fraction]] = {}
    for place in places_of(indicator):
        settled: set[core.Expression] = set()
        for division, guards in _divisions(place.rule):
            if division.right in settled:
                continue
            uncovered = _uncovered(world, place, division, guards, choices)
            if uncovered or not guards:
                settled.add(division.right)
            if uncovered:
                words = source.slice(division.right.span)
                _, scopes, _ = found.setdefault(words, (division, [], place.points))
                scopes += [place.scope] if place.scope not in scopes else []
    for division, scopes, points in found.values():
        yield errors.divisor_may_be_zero(source, division, tuple(scopes), points, indicator.name)


Guards = tuple[tuple[core.Condition, bool], ...]
"""Conditions met on the way to a division, each with the answer that leads on."""


def _divisions(rule: core.Rule) -> Iterator[tuple[core.Arithmetic, Guards]]:
    match rule:
        case core.Formula(amount=amount):
            yield from ((division, ()) for division in _inside(amount))
        case core.Deductions(items=items):
            yield from ((division, ()) for division in _inside(items))
        case core.BandTable(bands=bands, otherwise=otherwise):
            before: Guards = ()
            for band in bands:
                yield from ((division, before) for division in _inside(band.condition))
                here = (*before, (band.condition, True))
                yield from ((division, here) for division in _inside(band.amount))
                before = (*before, (band.condition, False))
            if otherwise is not None:
                yield from ((division, before) for division in _inside(otherwise))
        case core.Judged() | core.Sum() | core.RowScores() | core.Unresolved():
            pass


def _inside(node: object) -> Iterator[core.Arithmetic]:
    """Divisions by something else than a number, outermost first."""
    for inner in within(node, rows=False):
        if isinstance(inner, core.Arithmetic) and inner.operator == "/" and not _constant(inner.right):
            yield inner


def _constant(node: core.Expression) -> bool:
    match node:
        case core.Constant():
            return True
        case core.Named(body=body):
            return _constant(body)
        case _:
            return False


def _uncovered(
    world: World, place: Place, division: core.Arithmetic, guards: Guards, choices: dict[str, core.Choice]
) -> bool:
    """Whether there are facts that make the divisor 0, reach it, and meet no override."""
    divisor = division.right
    nodes = (divisor, place.overrides, guards)
    for reading in readings_of(world, nodes, choices):
        form = linear(reading, divisor)
        if form.terms and ZERO in extent(reading, form) and _witness(reading, place, form, divisor, guards):
            return True
    return False


def _witness(world: World, place: Place, form: Linear, divisor: core.Expression, guards: Guards) -> bool:
    zero = core.Compare("=", divisor, core.Constant(ZERO))
    zeros = (w for w in worlds_of(world, (zero, tuple(form.terms))) if range_of(w, divisor).point == ZERO)
    for at_zero in islice(zeros, _MOST_ZEROS):
        for tried in worlds_of(at_zero, (place.overrides,)):
            if _meets_none(tried, place.overrides) and all(holds(tried, c) in (None, wanted) for c, wanted in guards):
                return True
    return False


def _meets_none(world: World, overrides: tuple[core.Override, ...]) -> bool:
    return not any(holds(world, override.condition) for override in overrides)
