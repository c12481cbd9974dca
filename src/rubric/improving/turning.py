"""The numbers at which an indicator turns along one fact.

Takes an indicator, a setting and one number to vary between two ends; gives, exactly, every value at which a test changes its
answer, a step ends (of those near the fact as it is), a least item gives way to another, or a cap begins to hold. Never a
value off that list: between two neighbours the points move one way.

Between two turning values every least or greatest item, every sign and every whole step stays what it is, so every quantity is
a quotient of two polynomials in the fact: the quotient that holds at the middle of a piece holds throughout. Two quantities
meet where the numerator of their difference is 0; a root inside a piece cuts it in two, and both are looked at again.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import isqrt

import attrs

from rubric.core import program as core
from rubric.core.intervals import exactly
from rubric.core.walk import within
from rubric.evaluator.outcome import MissingKey
from rubric.evaluator.quantities import Setting, evaluate_condition, evaluate_expression

ZERO, ONE = Fraction(0), Fraction(1)
_DEPTH = 6
_MOST_STEPS = 25
_FINE = 10**12

Polynomial = tuple[Fraction, ...]
"""Factors from the constant on."""


@attrs.frozen
class Quotient:
    above: Polynomial
    below: Polynomial = (ONE,)


@attrs.frozen
class Probe:
    """A setting in which the fact of `key` is `at`."""

    setting: Setting
    key: MissingKey
    at: Fraction

    def value(self, node: core.Expression) -> Fraction | None:
        found = evaluate_expression(self._there, node)
        return None if found.undefined else found.value.point

    def holds(self, node: core.Condition) -> bool | None:
        return evaluate_condition(self._there, node).holds

    @property
    def _there(self) -> Setting:
        return attrs.evolve(self.setting, ranges={**self.setting.ranges, self.key: exactly(self.at)})


def turning_values(
    setting: Setting, indicator: core.Indicator, key: MissingKey, low: Fraction, high: Fraction
) -> tuple[Fraction, ...]:
    """All turning values from `low` to `high`, rising, with both ends. Irrational ones are given to twelve decimals."""
    pairs = tuple(_meetings(indicator))
    steps = [n for n in within((indicator.rule, indicator.overrides), rows=False) if isinstance(n, core.Steps)]

    def cut(start: Fraction, end: Fraction, depth: int) -> Iterator[Fraction]:
        probe = Probe(setting, key, (start + end) / 2)
        inside = {root for root in _roots_of(probe, pairs, steps, start, end) if start < root < end}
        if not inside or depth == 0:
            yield end
            return
        for one, other in pairwise(sorted({start, end, *inside})):
            yield from cut(one, other, depth - 1)

    return (low, *cut(low, high, _DEPTH)) if low < high else (low,)


def _meetings(indicator: core.Indicator) -> Iterator[tuple[core.Expression, core.Expression]]:
    """The pairs of quantities of which it matters which is greater."""
    nothing = core.Constant(ZERO)
    for node in within((indicator.rule, indicator.overrides), rows=False):
        match node:
            case core.Compare(left=left, right=right):
                yield left, right
            case core.Extreme(items=items):
                for index, item in enumerate(items):
                    yield from ((item, other) for other in items[index + 1 :])
            case core.Absolute(operand=operand):
                yield operand, nothing
            case core.Steps(distance=distance):
                yield distance, nothing
            case core.Deductions():
                whole = _whole_of(node)
                limits = (node.least, node.most, ZERO, indicator.points)
                yield from ((whole, core.Constant(limit)) for limit in limits if limit is not None)
                for item in node.items:
                    if item.limit is not None:
                        amount = core.Arithmetic("*", core.Constant(item.rate), item.times)
                        yield from ((amount, core.Constant(end)) for end in (item.limit, -item.limit))
            case _:
                pass
    for points, rule in _rules_of(indicator.points, indicator.rule):
        amounts = (
            [rule.amount] if isinstance(rule, core.Formula) else [band.amount for band in rule.bands]
        )  # the clamp of a rule makes a kink where its points are met
        for amount in amounts:
            yield amount, core.Constant(points)
            yield amount, nothing


def _rules_of(points: Fraction, rule: core.Rule) -> Iterator[tuple[Fraction, core.Formula | core.BandTable]]:
    match rule:
        case core.Sum(parts=parts):
            for clause in parts:
                yield from _rules_of(clause.points, clause.rule)
        case core.Formula() | core.BandTable():
            yield points, rule
        case _:
            pass


def _whole_of(rule: core.Deductions) -> core.Expression:
    """What is left of the base, before any limit."""
    found = rule.base
    for item in rule.items:
        amount: core.Expression = core.Arithmetic("*", core.Constant(item.rate), item.times)
        if item.limit is not None:
            capped = core.Extreme("min", (amount, core.Constant(item.limit)))
            amount = core.Extreme("max", (capped, core.Constant(-item.limit)))
        found = core.Arithmetic("-", found, amount)
    return found


# --- roots ------------------------------------------------------------------------------------------------------------


def _roots_of(
    probe: Probe,
    pairs: tuple[tuple[core.Expression, core.Expression], ...],
    steps: list[core.Steps],
    low: Fraction,
    high: Fraction,
) -> Iterator[Fraction]:
    for left, right in pairs:
        one, other = quotient_at(probe, left), quotient_at(probe, right)
        if one is not None and other is not None:
            difference = _plus(one, other, -ONE)
            yield from _roots(difference.above)
            yield from _roots(difference.below)
    for node in steps:
        distance, step = quotient_at(probe, node.distance), quotient_at(probe, node.step)
        if distance is None or step is None or node.mode is core.StepMode.LINEAR:
            continue
        count = _over(distance, step)
        half = Fraction(1, 2) if node.mode is core.StepMode.NEAREST else ZERO
        known = [v for v in (_at(count, low), _at(count, high)) if v is not None]
        taken = int(_given(probe.setting, node) or ZERO)
        first = max(int(min(known, default=ZERO)), taken - _MOST_STEPS, 0)
        last = taken + _MOST_STEPS  # what lies further is found by halving
        if len(known) == 2:  # else one end is where it is divided by 0
            last = min(last, int(max(known)) + 2)
        for place in range(first, last):
            yield from _roots(_plus(count, Quotient((place + half,)), -ONE).above)


def _given(setting: Setting, node: core.Expression) -> Fraction | None:
    """The value as things stand."""
    found = evaluate_expression(setting, node)
    return None if found.undefined else found.value.point


def _roots(polynomial: Polynomial) -> Iterator[Fraction]:
    """Of degree one exactly, of degree two to twelve decimals where they are irrational."""
    factors = list(polynomial)
    while factors and factors[-1] == 0:
        factors.pop()
    match factors:
        case [constant, slope]:
            yield -constant / slope
        case [constant, slope, square]:
            inner = slope * slope - 4 * square * constant
            if inner >= 0:
                root = _square_root(inner)
                yield from ((-slope + sign * root) / (2 * square) for sign in (1, -1))
        case _:
            pass


def _square_root(value: Fraction) -> Fraction:
    above, below = isqrt(value.numerator), isqrt(value.denominator)
    if above * above == value.numerator and below * below == value.denominator:
        return Fraction(above, below)
    return Fraction(isqrt(value.numerator * _FINE * _FINE // value.denominator), _FINE)


def _at(quotient: Quotient, place: Fraction) -> Fraction | None:
    above, below = (sum((f * place**i for i, f in enumerate(p)), ZERO) for p in (quotient.above, quotient.below))
    return above / below if below else None


# --- quotients --------------------------------------------------------------------------------------------------------


def quotient_at(probe: Probe, node: core.Expression) -> Quotient | None:
    """The quotient that `node` is around the probe; None where it is none (days, and a division by 0)."""
    match node:
        case core.FactValue(datum=datum, part=part) if (datum, part) == probe.key:
            return Quotient((ZERO, ONE))
        case core.Named(body=body):
            return quotient_at(probe, body)
        case core.ByReading(choice=choice, options=options):
            return quotient_at(probe, options[probe.setting.reading(choice)])
        case core.Arithmetic(operator=operator, left=left, right=right):
            one, other = quotient_at(probe, left), quotient_at(probe, right)
            if one is None or other is None:
                return None
            match operator:
                case "+":
                    return _plus(one, other, ONE)
                case "-":
                    return _plus(one, other, -ONE)
                case "*":
                    return Quotient(_product(one.above, other.above), _product(one.below, other.below))
                case "/":
                    return _over(one, other)
        case core.Total(items=items, mean=mean):
            found = Quotient((ZERO,))
            for item in items:
                one = quotient_at(probe, item)
                if one is None:
                    return None
                found = _plus(found, one, ONE)
            return _scaled(found, Fraction(1, len(items))) if mean else found
        case core.Extreme(which=which, items=items):
            values = [probe.value(item) for item in items]
            known = [value for value in values if value is not None]
            if len(known) < len(values):
                return None
            chosen = min(known) if which == "min" else max(known)
            return quotient_at(probe, items[known.index(chosen)])
        case core.Absolute(operand=operand):
            one, value = quotient_at(probe, operand), probe.value(operand)
            return None if one is None or value is None else _scaled(one, ONE if value >= 0 else -ONE)
        case core.Steps(distance=distance, step=step, mode=core.StepMode.LINEAR):
            one, other, value = quotient_at(probe, distance), quotient_at(probe, step), probe.value(node)
            if one is None or other is None or value is None:
                return None
            return _over(one, other) if value > 0 else Quotient((ZERO,))
        case core.Rounded(operand=operand):
            return quotient_at(probe, operand)
        case core.Constant() | core.FactValue() | core.Steps() | core.OneIf() | core.Cell() | core.RowAggregate():
            return _constant(probe, node)
        case core.Elapsed() | core.DayAfter():
            return None if _reads(node, probe.key) else _constant(probe, node)


def _constant(probe: Probe, node: core.Expression) -> Quotient | None:
    value = None if isinstance(node, core.Cell) else probe.value(node)
    return None if value is None else Quotient((value,))


def _reads(node: object, key: MissingKey) -> bool:
    return any(isinstance(inner, core.FactValue) and (inner.datum, inner.part) == key for inner in within(node))


def _plus(one: Quotient, other: Quotient, factor: Fraction) -> Quotient:
    if one.below == other.below:
        return Quotient(_sum(one.above, other.above, factor), one.below)
    left, right = _product(one.above, other.below), _product(other.above, one.below)
    return Quotient(_sum(left, right, factor), _product(one.below, other.below))


def _over(one: Quotient, other: Quotient) -> Quotient:
    return Quotient(_product(one.above, other.below), _product(one.below, other.above))


def _scaled(one: Quotient, factor: Fraction) -> Quotient:
    return Quotient(tuple(f * factor for f in one.above), one.below)


def _sum(one: Polynomial, other: Polynomial, factor: Fraction) -> Polynomial:
    size = max(len(one), len(other))
    left, right = (p + (ZERO,) * (size - len(p)) for p in (one, other))
    return tuple(a + factor * b for a, b in zip(left, right, strict=True))


def _product(one: Polynomial, other: Polynomial) -> Polynomial:
    found = [ZERO] * (len(one) + len(other) - 1)
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            found[i + j] += a * b
    return tuple(found)
