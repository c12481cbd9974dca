"""Expressions and conditions as terms over a space of facts.

Takes core expressions and conditions; gives terms with, for all facts, the value that `evaluator.quantities` gives. One
function per family, one case per construct, in the same order as there. Never points: those are in `encode`.

All facts are given here, so nothing is missing; what can remain is a value that is not defined: a division by 0, or an
aggregate over no row. `defined` is None where that cannot happen.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, assert_never

import attrs

from rubric.analysis.ranges import Key, World, linear, range_of
from rubric.core import program as core
from rubric.core.intervals import Range
from rubric.core.walk import data_used
from rubric.proving import days, solver
from rubric.proving.rows import Rows
from rubric.proving.solver import Term, choose, every, greater, lesser, negated, number, some, summed
from rubric.proving.space import ONE, RATE_SCALE, ZERO, Space


@attrs.frozen(eq=False)
class Quantity:
    term: Term
    defined: Term | None = None


@attrs.frozen(eq=False)
class Truth:
    """`yes` where the condition surely holds. `defined` as of a quantity; a false part decides an undefined whole."""

    yes: Term
    defined: Term | None = None

    @property
    def no(self) -> Term:
        return every(self.defined, negated(self.yes))


@attrs.frozen(eq=False)
class Encoder:
    """A program under readings, over a space. `rows` says how rows are encoded; `row` is the row at hand.

    `instead` holds terms in the place of facts: the same department with one fact otherwise. `known` holds what was encoded
    before, for these rows and facts alone, and `rules` the same of rules: a condition is asked for by many obligations.
    """

    program: core.Program
    world: World
    space: Space
    rows: Rows
    row: Mapping[str, int] = attrs.field(factory=dict[str, int])
    instead: Mapping[Key, Term] = attrs.field(factory=dict[Key, Term])
    known: dict[int, tuple[object, Quantity | Truth]] = attrs.field(factory=dict[int, tuple[object, Quantity | Truth]])
    rules: dict[int, Any] = attrs.field(factory=dict[int, Any])

    def at_row(self, datum: str, slot: int) -> "Encoder":
        """The same in one row of a datum."""
        return attrs.evolve(self, row={**self.row, datum: slot}, known={}, rules={})

    def with_fact(self, key: Key, term: Term) -> "Encoder":
        """The same with `term` in the place of a fact."""
        return attrs.evolve(self, instead={**self.instead, key: term}, known={}, rules={})


def encoder_of(
    program: core.Program, space: Space, readings: Mapping[str, int] | None = None, slots: int = 0
) -> Encoder:
    """`slots` is the most rows a datum may have; with 0 what is asked of rows is known by its range alone."""
    chosen = {c.name: c.default for c in program.choices} | dict(readings or {})
    world = World({d.name: d for d in program.data}, chosen)
    return Encoder(program, world, space, Rows(space, world, slots))


def all_defined(*parts: Term | None) -> Term | None:
    known = [part for part in parts if part is not None]
    return every(*known) if known else None


# --- expressions ------------------------------------------------------------------------------------------------------


def encode_expression(encoder: Encoder, node: core.Expression) -> Quantity:
    kept = encoder.known.get(id(node))
    if kept is not None and isinstance(kept[1], Quantity):
        return kept[1]
    found = _expression(encoder, node)
    encoder.known[id(node)] = (node, found)  # with the node, so that its number is not given to another
    return found


def _expression(encoder: Encoder, node: core.Expression) -> Quantity:
    match node:
        case core.Constant(value=value):
            return Quantity(number(value))
        case core.FactValue():
            return Quantity(encode_fact(encoder, node.datum, node.part))
        case core.Arithmetic():
            return encode_arithmetic(encoder, node)
        case core.Extreme(which=which, items=items):
            done = [encode_expression(encoder, item) for item in items]
            found = done[0].term
            for one in done[1:]:
                found = lesser(found, one.term) if which == "min" else greater(found, one.term)
            return Quantity(found, all_defined(*(one.defined for one in done)))
        case core.Total(items=items, mean=mean):
            done = [encode_expression(encoder, item) for item in items]
            found = summed([one.term for one in done])
            share = found * number(Fraction(1, len(items))) if mean else found
            return Quantity(share, all_defined(*(one.defined for one in done)))
        case core.Rounded(operand=operand, places=places):
            inner = encode_expression(encoder, operand)
            return Quantity(solver.rounded(inner.term, places), inner.defined)
        case core.Steps():
            return encode_steps(encoder, node)
        case core.Absolute(operand=operand):
            inner = encode_expression(encoder, operand)
            return Quantity(choose(inner.term >= 0, inner.term, -inner.term), inner.defined)
        case core.ByReading(choice=choice, options=options):
            return encode_expression(encoder, options[encoder.world.readings[choice]])
        case core.Named(body=body):
            return encode_expression(encoder, body)
        case core.Cell(datum=datum, column=column):
            return Quantity(encoder.rows.cell(datum, encoder.row.get(datum), column))
        case core.RowAggregate():
            return encode_row_aggregate(encoder, node)
        case core.OneIf(condition=condition):
            truth = encode_condition(encoder, condition)
            return Quantity(choose(truth.yes, number(ONE), number(ZERO)), truth.defined)
        case core.Elapsed() | core.DayAfter():
            return encode_time(encoder, node)
        case _:
            assert_never(node)


def encode_fact(encoder: Encoder, name: str, part: str | None) -> Term:
    """The term of a fact, with the bounds of its datum."""
    datum = encoder.world.data[name]
    term = encoder.instead.get((name, part), encoder.space.number(datum, part))
    for bound, is_low in ((datum.low, True), (datum.high, False)):
        end = _end(encoder, datum, part, bound)
        if end is not None:
            encoder.space.say_once(end <= term if is_low else term <= end)
    return term


def _end(encoder: Encoder, datum: core.Datum, part: str | None, bound: core.Bound | None) -> Term | None:
    if bound is None:
        return None
    if bound.quantity is not None:
        return encode_expression(encoder, bound.quantity).term
    if bound.datum is None:
        return number(bound.value) if bound.value is not None else None
    other = encoder.world.data.get(bound.datum)
    if other is None or other.kind is not core.DatumKind.QUANTITY or other is datum:
        return None
    return encode_fact(encoder, other.name, part if other.parts else None)


def encode_arithmetic(encoder: Encoder, node: core.Arithmetic) -> Quantity:
    left, right = encode_expression(encoder, node.left), encode_expression(encoder, node.right)
    defined = all_defined(left.defined, right.defined)
    match node.operator:
        case "+":
            return Quantity(left.term + right.term, defined)
        case "-":
            return Quantity(left.term - right.term, defined)
        case "*":
            known = (_known(encoder, node.left), _known(encoder, node.right))
            if known[0] is not None or known[1] is not None:
                return Quantity(left.term * right.term, defined)
            within, factor = range_of(encoder.world, node), range_of(encoder.world, node.right)
            ends = tuple(end for end in (factor.low, factor.high) if end is not None)
            term = product(encoder, left.term, right.term, within, _scale(encoder, node.right), ends)
            return Quantity(term, defined)
        case "/":
            divisor = _known(encoder, node.right)
            if divisor:
                return Quantity(left.term * number(1 / divisor), defined)
            found = encoder.space.atom(
                "/", left.term, right.term, range_of(encoder.world, node), _scale(encoder, node.right)
            )
            return Quantity(found, all_defined(defined, right.term != number(ZERO)))
        case _:
            assert_never(node.operator)


def _known(encoder: Encoder, node: core.Expression) -> Fraction | None:
    form = linear(encoder.world, node)
    return None if form.terms else form.constant


def _scale(encoder: Encoder, node: core.Expression) -> Fraction:
    """The unit of the first datum that the node reads; that of a rate where it is a quotient."""
    inner = node
    while isinstance(inner, core.Named):
        inner = inner.body
    if isinstance(inner, core.Arithmetic) and inner.operator == "/":
        return RATE_SCALE
    for name in data_used(node):
        unit = encoder.world.data[name].unit
        if unit is not None:
            return unit.scale
    return ONE


def product(
    encoder: Encoder, left: Term, right: Term, within: Range, scale: Fraction, ends: tuple[Fraction, ...] = ()
) -> Term:
    return encoder.space.atom("*", left, right, within, scale, ends)


def encode_time(encoder: Encoder, node: core.Elapsed | core.DayAfter) -> Quantity:
    """Working days are exact, and months from a known day on; of other months only the range is known."""
    calendar = encoder.program.calendar
    match node:
        case core.Elapsed(start=start, end=end, measure=core.TimeMeasure.WORKING_DAYS):
            one, other = encode_expression(encoder, start), encode_expression(encoder, end)
            found = days.working_days(calendar, one.term, other.term)
            return Quantity(found, all_defined(one.defined, other.defined))
        case core.DayAfter(day=day, number=count, measure=core.TimeMeasure.WORKING_DAYS):
            one = encode_expression(encoder, day)
            return Quantity(days.working_day_after(encoder.space, calendar, one.term, count), one.defined)
        case core.Elapsed(start=start, end=end) if (first := _known(encoder, start)) is not None:
            other = encode_expression(encoder, end)
            return Quantity(days.months_after(encoder.space, int(first), other.term), other.defined)
        case core.Elapsed():
            return Quantity(encoder.space.fresh(range_of(encoder.world, node)))
        case core.DayAfter():
            return Quantity(encoder.space.fresh(range_of(encoder.world, node), whole=True))
        case _:
            assert_never(node)


def encode_steps(encoder: Encoder, node: core.Steps) -> Quantity:
    distance, step = encode_expression(encoder, node.distance), encode_expression(encoder, node.step)
    defined = all_defined(distance.defined, step.defined)
    size = _known(encoder, node.step)
    if size:
        quotient = distance.term * number(1 / size)
    else:
        within = range_of(encoder.world, core.Arithmetic("/", node.distance, node.step))
        quotient = encoder.space.atom("/", distance.term, step.term, within, _scale(encoder, node.step))
        defined = all_defined(defined, step.term != number(ZERO))
    count = greater(quotient, number(ZERO))
    match node.mode:
        case core.StepMode.WHOLE:
            found = solver.floor(count)
        case core.StepMode.STARTED:
            found = -solver.floor(-count)
        case core.StepMode.LINEAR:
            found = count
        case core.StepMode.NEAREST:
            found = solver.rounded(count, 0)
        case _:
            assert_never(node.mode)
    return Quantity(found, defined)


# --- rows -------------------------------------------------------------------------------------------------------------


def encode_row_aggregate(encoder: Encoder, node: core.RowAggregate) -> Quantity:
    """Over the rows at hand; without any, a number within its range that is one and the same for equal aggregates."""
    rows = encoder.rows
    countable = node.which in ("count", "sum", "mean", "min", "max") and not node.trim and node.best_by is None
    if not rows.slots or not countable:
        return Quantity(rows.aggregate(node, range_of(encoder.world, node)))
    taken: list[tuple[Term, Term]] = []
    defined: list[Term | None] = []
    for slot in range(rows.slots):
        at_row = encoder.at_row(node.datum, slot)
        truth = Truth(solver.always(True)) if node.where is None else encode_condition(at_row, node.where)
        here = every(rows.present(node.datum, slot), truth.yes)
        value = Quantity(number(ONE)) if node.operand is None else encode_expression(at_row, node.operand)
        taken.append((here, value.term))
        defined += [None if d is None else some(negated(here), d) for d in (truth.defined, value.defined)]
    counted = summed([choose(here, number(ONE), number(ZERO)) for here, _ in taken])
    if node.which == "count":
        return Quantity(counted, all_defined(*defined))
    total = summed([choose(here, value, number(ZERO)) for here, value in taken])
    if node.which == "sum":
        return Quantity(total, all_defined(*defined))
    found, known = number(ZERO), solver.always(False)
    if node.which == "mean":
        for size in range(1, rows.slots + 1):
            found = choose(counted == number(Fraction(size)), total * number(Fraction(1, size)), found)
    else:
        for here, value in taken:
            better = value < found if node.which == "min" else value > found
            found = choose(every(here, some(negated(known), better)), value, found)
            known = some(known, here)
    return Quantity(found, all_defined(*defined, counted > number(ZERO)))


# --- conditions -------------------------------------------------------------------------------------------------------


def encode_condition(encoder: Encoder, node: core.Condition) -> Truth:
    kept = encoder.known.get(id(node))
    if kept is not None and isinstance(kept[1], Truth):
        return kept[1]
    found = _condition(encoder, node)
    encoder.known[id(node)] = (node, found)
    return found


def _condition(encoder: Encoder, node: core.Condition) -> Truth:
    match node:
        case core.Compare():
            return encode_compare(encoder, node)
        case core.InState(datum=name, states=states):
            datum = encoder.world.data[name]
            if datum.kind is core.DatumKind.BOOLEAN:
                holds = encoder.space.is_yes(name)
                wanted = ("是" in states, "否" in states)
                if wanted[0] == wanted[1]:
                    return Truth(solver.always(wanted[0]))
                return Truth(holds if wanted[0] else negated(holds))
            return Truth(encoder.space.in_state(datum, states))
        case core.CellIs(datum=datum, column=column, texts=texts):
            return Truth(encoder.rows.cell_is(datum, encoder.row.get(datum), column, texts))
        case core.All(parts=parts):
            return _joined([encode_condition(encoder, part) for part in parts], every_part=True)
        case core.Some(parts=parts):
            return _joined([encode_condition(encoder, part) for part in parts], every_part=False)
        case core.Not(part=part):
            inner = encode_condition(encoder, part)
            return Truth(negated(inner.yes) if inner.defined is None else inner.no, inner.defined)
        case core.ReadingIs(choice=choice, index=index):
            return Truth(solver.always(encoder.world.readings[choice] == index))
        case core.Always():
            return Truth(solver.always(True))
        case _:
            assert_never(node)


def encode_compare(encoder: Encoder, node: core.Compare) -> Truth:
    left, right = encode_expression(encoder, node.left), encode_expression(encoder, node.right)
    defined = all_defined(left.defined, right.defined)
    match node.operator:
        case "<":
            holds = left.term < right.term
        case "<=":
            holds = left.term <= right.term
        case "=":
            holds = left.term == right.term
        case _:
            assert_never(node.operator)
    return Truth(holds if defined is None else every(defined, holds), defined)


def _joined(parts: list[Truth], *, every_part: bool) -> Truth:
    """One deciding part needs no other, though that be undefined."""
    if every_part:
        yes = every(*(part.yes for part in parts))
        decided = [part.no for part in parts]
    else:
        yes = some(*(part.yes for part in parts))
        decided = [part.yes for part in parts]
    if all(part.defined is None for part in parts):
        return Truth(yes)
    return Truth(yes, some(*decided, every(*(part.defined for part in parts))))
