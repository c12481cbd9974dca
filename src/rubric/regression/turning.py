"""Where something about an indicator turns.

Takes an indicator under readings; gives the pairs of expressions at whose meeting a test, a limit or a step changes, and on
which side of each a record lies. Never a value of a fact.
"""

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.analysis.ranges import ONE, World, linear, plus
from rubric.analysis.samples import facts_read
from rubric.core import program as core
from rubric.core.intervals import exactly
from rubric.core.walk import within
from rubric.evaluator.quantities import Setting, evaluate_expression, fact_value
from rubric.population.departments import tick_of

ZERO = Fraction(0)
_STEPS = (0, 1, 2)


@attrs.frozen
class Turn:
    """`left` meets `right`. `key` is the same for two ways to write one boundary; `is_test` for one that the text compares."""

    left: core.Expression
    right: core.Expression
    key: object
    is_test: bool


def turns_of(world: World, indicator: core.Indicator) -> tuple[Turn, ...]:
    """Each boundary once."""
    found: dict[object, Turn] = {}
    for left, right, is_test in _pairs(world, indicator):
        form = plus(linear(world, left), linear(world, right), -ONE)
        if not form.terms:
            continue
        sign = next(iter(form.terms.values())) > 0
        terms = tuple((atom, factor if sign else -factor) for atom, factor in form.terms.items())
        key = (frozenset(terms), form.constant if sign else -form.constant)
        if key not in found or (is_test and not found[key].is_test):
            found[key] = Turn(left, right, key, is_test)
    return tuple(found.values())


def _pairs(world: World, indicator: core.Indicator) -> Iterator[tuple[core.Expression, core.Expression, bool]]:
    nodes = (indicator.overrides, indicator.rule)
    for node in within(nodes, rows=False):
        match node:
            case core.Compare(left=left, right=right):
                yield left, right, True
            case core.Extreme(items=items):
                for index, item in enumerate(items):
                    yield from ((item, other, True) for other in items[index + 1 :])
            case core.Steps(distance=distance, step=step):
                for count in _STEPS:
                    yield distance, core.Arithmetic("*", core.Constant(Fraction(count)), step), True
                half = core.Arithmetic("*", core.Constant(Fraction(3, 2)), step)
                yield distance, half, False
            case core.Clause(rule=core.Formula(amount=amount), points=points):
                yield amount, core.Constant(points), False
                yield amount, core.Constant(ZERO), False
            case core.Clause(rule=core.BandTable(bands=bands)):
                for band in bands:
                    if linear(world, band.amount).terms:
                        yield band.amount, core.Constant(ZERO), False
            case core.Clause(rule=core.Deductions() as rule, points=points):
                yield from _of_deductions(rule, points)
            case _:
                pass


def _of_deductions(rule: core.Deductions, points: Fraction) -> Iterator[tuple[core.Expression, core.Expression, bool]]:
    costs = [core.Arithmetic("*", core.Constant(item.rate), item.times) for item in rule.items]
    for item, cost in zip(rule.items, costs, strict=True):
        yield item.times, core.Constant(ZERO), True
        yield item.times, core.Constant(ONE), False
        if item.limit is not None:
            yield cost, core.Constant(item.limit if item.rate > 0 else -item.limit), True
    left = core.Arithmetic("-", rule.base, core.Total(tuple(costs)))
    yield left, core.Constant(rule.least if rule.least is not None else ZERO), True
    yield left, core.Constant(points if rule.most is None else min(points, rule.most)), False


def difference(setting: Setting, turn: Turn) -> Fraction | None:
    """Left less right; None where one of them is not known."""
    left, right = (evaluate_expression(setting, node) for node in (turn.left, turn.right))
    if left.undefined or right.undefined or left.value.point is None or right.value.point is None:
        return None
    return left.value.point - right.value.point


def side_of(setting: Setting, turn: Turn) -> int | None:
    """0 on the boundary; −1 or 1 close below or above it, so that one unit of the last decimal of one fact reaches or
    crosses it; None further off."""
    here = difference(setting, turn)
    if not here:
        return None if here is None else 0
    for name, part in facts_read((turn.left, turn.right)):
        value = fact_value(setting, name, part)
        if not isinstance(value, Fraction):
            continue
        tick = tick_of(setting.data[name])
        for moved in (value - tick, value + tick):
            there = difference(attrs.evolve(setting, ranges={(name, part): exactly(moved)}), turn)
            if there is not None and (there == 0 or (there > 0) != (here > 0)):
                return 1 if here > 0 else -1
    return None
