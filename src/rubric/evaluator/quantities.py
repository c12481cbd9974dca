"""The meaning of expressions and conditions.

Takes core expressions and a record; gives ranges and truth values with the steps that led to them. One function per
family, one case per construct. A missing fact is the range of all values it may take, and its name stays in `missing`;
a result that is one point needs no missing fact, so then none is named. Never a rounding of its own.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

import attrs

from rubric.core import intervals, program as core
from rubric.core.dates import Calendar
from rubric.core.intervals import EVERYTHING, Range, exactly
from rubric.core.numbers import round_half_up
from rubric.core.record import Fact, Record, Row
from rubric.core.walk import data_used
from rubric.evaluator.days import day_after, elapsed, years_unknown
from rubric.evaluator.outcome import NONE_MISSING, MissingKey, Step, StepKind
from rubric.source import Span


@attrs.frozen
class Setting:
    """What evaluation reads: data by name, the record, the index of the alternative in force for each choice.

    `ranges` go before facts. `assumed` settles undecided conditions of bands and overrides, by the identity of the
    condition: a search over ranges looks at one case after the other.
    """

    data: Mapping[str, core.Datum]
    choices: Mapping[str, core.Choice]
    record: Record
    readings: Mapping[str, int]
    ranges: Mapping[MissingKey, Range]
    assumed: Mapping[int, bool] = attrs.field(factory=dict[int, bool])
    row: Mapping[str, Row] = attrs.field(factory=dict[str, Row])  # the row at hand of each datum of rows
    calendar: Calendar = Calendar()

    def reading(self, choice: str) -> int:
        return self.readings.get(choice, self.choices[choice].default)


@attrs.frozen
class Quantity:
    """`undefined` marks a division by 0 on the way: the value is then unknown whatever the facts."""

    value: Range
    step: Step
    missing: frozenset[MissingKey] = NONE_MISSING
    undefined: tuple[Span, ...] = ()


@attrs.frozen
class Truth:
    """`holds` None: undecided, for want of the `missing` facts or because of a division by 0."""

    holds: bool | None
    steps: tuple[Step, ...] = ()
    missing: frozenset[MissingKey] = NONE_MISSING
    undefined: tuple[Span, ...] = ()


# --- facts ------------------------------------------------------------------------------------------------------------


def fact_of(setting: Setting, datum: str, part: str | None) -> Fact | None:
    """The fact, unless the reading in force asks for a measure it does not state."""
    return setting.record.facts.get((datum, part))


def fact_value(setting: Setting, datum: str, part: str | None) -> Fraction | bool | str | tuple[Row, ...] | None:
    """The fact's value under the reading in force of what it measures; None where there is none."""
    fact = fact_of(setting, datum, part)
    if fact is None:
        return None
    measure = setting.data[datum].measures
    if measure is None:
        return fact.value
    choice = setting.choices[measure]
    wanted = choice.alternatives[setting.reading(measure)].name
    stated = fact.measures or choice.alternatives[choice.default].name
    if fact.measures is None and measure in setting.readings:
        stated = wanted if not fact.others else stated
    return fact.value if stated == wanted else fact.others.get(wanted)


def admissible(setting: Setting, datum: core.Datum) -> Range:
    """All values a datum may take: its bounds, or those of the datum that bounds it."""

    def end(bound: core.Bound | None) -> Range:
        if bound is None:
            return EVERYTHING
        if bound.quantity is not None:
            known = all(fact_value(setting, name, None) is not None for name in data_used(bound.quantity))
            return evaluate_expression(setting, bound.quantity).value if known else EVERYTHING
        if bound.datum is None:
            return Range(bound.value, bound.value)
        other = setting.data.get(bound.datum)
        value = fact_value(setting, bound.datum, None)
        if isinstance(value, Fraction):
            return exactly(value)
        return admissible(setting, other) if other is not None and other is not datum else EVERYTHING

    return Range(end(datum.low).low, end(datum.high).high)


# --- expressions ------------------------------------------------------------------------------------------------------


def evaluate_expression(setting: Setting, node: core.Expression) -> Quantity:
    """The range of `node`."""
    match node:
        case core.Constant(value=value, unit=unit):
            return Quantity(exactly(value), Step(StepKind.FORMULA, value=exactly(value), unit=unit, span=node.span))
        case core.FactValue():
            return evaluate_fact(setting, node)
        case core.Arithmetic():
            return evaluate_arithmetic(setting, node)
        case core.Extreme(which=which, items=items):
            done = [evaluate_expression(setting, i) for i in items]
            values = tuple(q.value for q in done)
            found = intervals.least(values) if which == "min" else intervals.greatest(values)
            return _formula(found, done, node.span)
        case core.Total(items=items, mean=mean):
            done = [evaluate_expression(setting, i) for i in items]
            found = exactly(Fraction(0))
            for quantity in done:
                found = intervals.add(found, quantity.value)
            if mean:
                found = intervals.divide(found, exactly(Fraction(len(items))))
            return _formula(found, done, node.span)
        case core.Rounded(operand=operand, places=places):
            inner = evaluate_expression(setting, operand)
            return _formula(rounded(inner.value, places), [inner], node.span)
        case core.Steps():
            return evaluate_steps(setting, node)
        case core.Absolute(operand=operand):
            inner = evaluate_expression(setting, operand)
            return _formula(intervals.absolute(inner.value), [inner], node.span)
        case core.ByReading(choice=choice, options=options):
            index = setting.reading(choice)
            taken = evaluate_expression(setting, options[index])
            name = setting.choices[choice].alternatives[index].name
            step = Step(StepKind.READING, choice, name, taken.value, children=(taken.step,), span=node.span)
            return attrs.evolve(taken, step=step)
        case core.Named(name=name, body=body, unit=unit):
            inner = evaluate_expression(setting, body)
            step = Step(StepKind.QUANTITY, name, "", inner.value, unit, children=(inner.step,), span=node.span)
            return attrs.evolve(inner, step=step)
        case core.Cell():
            return evaluate_cell(setting, node)
        case core.RowAggregate():
            return evaluate_rows(setting, node)
        case core.OneIf(condition=condition):
            return evaluate_one_if(setting, condition, node.span)
        case core.Elapsed():
            return evaluate_elapsed(setting, node)
        case core.DayAfter(day=day, number=number, measure=measure):
            inner = evaluate_expression(setting, day)
            return _formula(day_after(setting.calendar, measure, inner.value, number), [inner], node.span)
        case _:
            assert_never(node)


def evaluate_fact(setting: Setting, node: core.FactValue) -> Quantity:
    datum = setting.data[node.datum]
    key = (node.datum, node.part)
    value = fact_value(setting, node.datum, node.part)
    found = exactly(value) if isinstance(value, Fraction) else None
    found = setting.ranges.get(key, found) if found is None or key in setting.ranges else found
    label = f"{node.part}{node.datum}" if node.part else node.datum
    missing = NONE_MISSING
    if found is None:
        found, missing = admissible(setting, datum), frozenset({key})
    step = Step(StepKind.FACT, label, node.part or "", found, datum.unit, span=node.span)
    return Quantity(found, step, _needed(found, missing))


def evaluate_arithmetic(setting: Setting, node: core.Arithmetic) -> Quantity:
    left, right = evaluate_expression(setting, node.left), evaluate_expression(setting, node.right)
    undefined: tuple[Span, ...] = ()
    match node.operator:
        case "+":
            found = intervals.add(left.value, right.value)
        case "-":
            found = intervals.subtract(left.value, right.value)
        case "*":
            found = intervals.multiply(left.value, right.value)
        case "/":
            if right.value.point == 0:
                found, undefined = EVERYTHING, (node.span,)
            else:
                found = intervals.divide(left.value, right.value)
    quantity = _formula(found, [left, right], node.span)
    return attrs.evolve(quantity, undefined=quantity.undefined + undefined)


def evaluate_steps(setting: Setting, node: core.Steps) -> Quantity:
    """Whole steps ⌊distance/step⌋, started steps ⌈distance/step⌉, or distance/step; none for a negative distance."""
    distance, step = evaluate_expression(setting, node.distance), evaluate_expression(setting, node.step)
    quotient = intervals.greatest((intervals.divide(distance.value, step.value), exactly(Fraction(0))))
    match node.mode:
        case core.StepMode.WHOLE:
            found = Range(_floor(quotient.low), _floor(quotient.high))
        case core.StepMode.STARTED:
            found = Range(_ceiling(quotient.low), _ceiling(quotient.high))
        case core.StepMode.LINEAR:
            found = quotient
        case core.StepMode.NEAREST:
            found = rounded(quotient, 0)
        case _:
            assert_never(node.mode)
    quantity = _formula(found, [distance, step], node.span)
    shown = Step(StepKind.STEPS, value=found, children=(distance.step, step.step), span=node.span)
    return attrs.evolve(quantity, step=shown)


def _floor(value: Fraction | None) -> Fraction | None:
    return None if value is None else Fraction(value.numerator // value.denominator)


def _ceiling(value: Fraction | None) -> Fraction | None:
    return None if value is None else Fraction(-(-value.numerator // value.denominator))


def evaluate_one_if(setting: Setting, condition: core.Condition, span: Span) -> Quantity:
    truth = evaluate_condition(setting, condition)
    found = Range(Fraction(0), Fraction(1)) if truth.holds is None else exactly(Fraction(truth.holds))
    step = Step(StepKind.FORMULA, value=found, children=truth.steps, span=span)
    return Quantity(found, step, _needed(found, truth.missing), truth.undefined)


# --- rows -------------------------------------------------------------------------------------------------------------


def evaluate_cell(setting: Setting, node: core.Cell) -> Quantity:
    """The number in the row at hand; one left empty may be any number its column can hold."""
    column = next(c for c in setting.data[node.datum].columns if c.name == node.column)
    value = setting.row[node.datum].get(node.column)
    known = exactly(value) if isinstance(value, Fraction) else None
    found = known or column_range(column)
    step = Step(StepKind.FACT, node.column, node.datum, found, column.unit, span=node.span)
    return Quantity(found, step, NONE_MISSING if known else frozenset({(node.datum, None)}))


def column_range(column: core.Column) -> Range:
    """What a cell may hold: amounts, rates and counts are not negative."""
    free = (core.Dimension.DATE, core.Dimension.NUMBER)
    return EVERYTHING if column.unit is None or column.unit.dimension in free else Range(Fraction(0), None)


def evaluate_cell_is(setting: Setting, node: core.CellIs) -> Truth:
    text = setting.row[node.datum].get(node.column)
    if text is None:
        step = Step(StepKind.FACT, node.column, node.datum, span=node.span)
        return Truth(None, (step,), frozenset({(node.datum, None)}))
    step = Step(StepKind.FACT, node.column, node.datum, state=str(text), span=node.span)
    return Truth(text in node.texts, (step,))


@attrs.frozen
class _Taken:
    """A row that is among those asked for (`sure`), or may be, with its value."""

    sure: bool
    value: Range
    row: Row


def evaluate_rows(setting: Setting, node: core.RowAggregate) -> Quantity:
    """Over the rows for which the condition holds. What rows are missing, or a cell of one, is not yet known."""
    rows = fact_value(setting, node.datum, None)
    asked = frozenset[MissingKey]({(node.datum, None)})
    label = node.operand.column if isinstance(node.operand, core.Cell) else ""
    if not isinstance(rows, tuple):
        nothing = Range(Fraction(0), None) if node.which in ("count", "distinct") else EVERYTHING
        return Quantity(nothing, Step(StepKind.FACT, node.datum, label, nothing, span=node.span), asked)
    taken: list[_Taken] = []
    missing = NONE_MISSING
    undefined: tuple[Span, ...] = ()
    for row in rows:
        at_row = attrs.evolve(setting, row={**setting.row, node.datum: row})
        truth = Truth(True) if node.where is None else evaluate_condition(at_row, node.where)
        missing, undefined = missing | truth.missing, undefined + truth.undefined
        if truth.holds is False:
            continue
        value = exactly(Fraction(1))
        if node.operand is not None and node.which != "distinct":
            quantity = evaluate_expression(at_row, node.operand)
            missing, undefined = missing | quantity.missing, undefined + quantity.undefined
            value = quantity.value
        taken.append(_Taken(truth.holds is True, value, row))
    found = _aggregate(node, taken)
    if found is None:
        found, undefined = EVERYTHING, (*undefined, node.span)
    step = Step(StepKind.FACT, node.datum, label, found, span=node.span)
    return Quantity(found, step, _needed(found, missing), undefined)


def _aggregate(node: core.RowAggregate, taken: list[_Taken]) -> Range | None:
    """The range of the aggregate; None where there is no row to take it over."""
    sure = [one for one in taken if one.sure]
    if node.which == "distinct":
        assert isinstance(node.operand, core.Cell)
        column = node.operand.column
        return Range(_different(sure, column), _different(taken, column))
    values = _best(node.best_by, taken) if node.best_by is not None else taken
    if node.which == "count":
        return Range(Fraction(sum(one.sure for one in values)), Fraction(len(values)))
    if node.which == "sum" and not node.trim:
        found = exactly(Fraction(0))
        for one in values:
            found = intervals.add(found, one.value if one.sure else intervals.hull(one.value, exactly(Fraction(0))))
        return found
    if len(values) <= 2 * node.trim:
        return None
    ranges = tuple(one.value for one in values)
    numbers = sorted(r.point for one, r in zip(values, ranges, strict=True) if one.sure and r.point is not None)
    if len(numbers) == len(values):
        return exactly(_of_numbers(node.which, numbers[node.trim : len(numbers) - node.trim]))
    whole = Range(intervals.least(ranges).low, intervals.greatest(ranges).high)
    return EVERYTHING if node.which == "sum" else whole


def _of_numbers(which: str, numbers: list[Fraction]) -> Fraction:
    match which:
        case "sum":
            return sum(numbers, Fraction(0))
        case "mean":
            return sum(numbers, Fraction(0)) / len(numbers)
        case "min":
            return numbers[0]
        case _:
            return numbers[-1]


def _different(taken: list[_Taken], column: str) -> Fraction:
    """How many different contents; a cell left empty is none."""
    return Fraction(len({str(one.row[column]) for one in taken if one.row.get(column)}))


def _best(column: str, taken: list[_Taken]) -> list[_Taken]:
    """For each content of the column the greatest value; a row without one stands by itself."""
    groups: dict[object, list[_Taken]] = {}
    for index, one in enumerate(taken):
        groups.setdefault(one.row.get(column) or index, []).append(one)
    return [
        _Taken(any(one.sure for one in group), intervals.greatest(tuple(one.value for one in group)), group[0].row)
        for group in groups.values()
    ]


def evaluate_elapsed(setting: Setting, node: core.Elapsed) -> Quantity:
    start, end = evaluate_expression(setting, node.start), evaluate_expression(setting, node.end)
    found = elapsed(setting.calendar, node.measure, start.value, end.value)
    quantity = _formula(found, [start, end], node.span)
    step = attrs.evolve(quantity.step, label=node.measure.value)
    if node.measure is core.TimeMeasure.WORKING_DAYS:
        step = attrs.evolve(step, text=years_unknown(setting.calendar, start.value, end.value))
    return attrs.evolve(quantity, step=step)


def rounded(value: Range, places: int) -> Range:
    low = None if value.low is None else round_half_up(value.low, places)
    high = None if value.high is None else round_half_up(value.high, places)
    return Range(low, high)


def _formula(found: Range, done: list[Quantity], span: Span) -> Quantity:
    missing = frozenset[MissingKey]().union(*(q.missing for q in done))
    undefined = tuple(place for q in done for place in q.undefined)
    step = Step(StepKind.FORMULA, value=found, children=tuple(q.step for q in done), span=span)
    return Quantity(found, step, _needed(found, missing), undefined)


def _needed(found: Range, missing: frozenset[MissingKey]) -> frozenset[MissingKey]:
    return NONE_MISSING if found.point is not None else missing


# --- conditions -------------------------------------------------------------------------------------------------------


def decide(setting: Setting, node: core.Condition) -> Truth:
    """Whether the condition of a band or an override holds; what is assumed counts where it is undecided."""
    truth = evaluate_condition(setting, node)
    if truth.holds is None and not truth.undefined and id(node) in setting.assumed:
        return attrs.evolve(truth, holds=setting.assumed[id(node)])
    return truth


def evaluate_condition(setting: Setting, node: core.Condition) -> Truth:
    """Whether `node` holds (Kleene's strong three-valued logic)."""
    match node:
        case core.Compare():
            return evaluate_compare(setting, node)
        case core.InState(datum=datum, states=states):
            return evaluate_state(setting, datum, states, node.span)
        case core.CellIs():
            return evaluate_cell_is(setting, node)
        case core.All(parts=parts):
            return _joined([evaluate_condition(setting, p) for p in parts], False)
        case core.Some(parts=parts):
            return _joined([evaluate_condition(setting, p) for p in parts], True)
        case core.Not(part=part):
            inner = evaluate_condition(setting, part)
            return attrs.evolve(inner, holds=None if inner.holds is None else not inner.holds)
        case core.ReadingIs(choice=choice, index=index):
            return Truth(setting.reading(choice) == index)
        case core.Always():
            return Truth(True)
        case _:
            assert_never(node)


def evaluate_compare(setting: Setting, node: core.Compare) -> Truth:
    left, right = evaluate_expression(setting, node.left), evaluate_expression(setting, node.right)
    steps = tuple(q.step for q in (left, right) if q.step.kind is not StepKind.FORMULA or q.step.children)
    undefined = left.undefined + right.undefined
    holds = None if undefined else _compared(node.operator, left.value, right.value)
    missing = NONE_MISSING if holds is not None else left.missing | right.missing
    return Truth(holds, steps, missing, undefined)


def _compared(operator: core.Comparator, left: Range, right: Range) -> bool | None:
    match operator:
        case "<":
            if left.high is not None and right.low is not None and left.high < right.low:
                return True
            return False if left.low is not None and right.high is not None and right.high <= left.low else None
        case "<=":
            if left.high is not None and right.low is not None and left.high <= right.low:
                return True
            return False if left.low is not None and right.high is not None and right.high < left.low else None
        case "=":
            if left.point is not None and left.point == right.point:
                return True
            apart = _compared("<", left, right) is True or _compared("<", right, left) is True
            return False if apart else None


def evaluate_state(setting: Setting, datum: str, states: tuple[str, ...], span: Span) -> Truth:
    value = fact_value(setting, datum, None)
    if value is None:
        step = Step(StepKind.FACT, datum, span=span)
        return Truth(None, (step,), frozenset({(datum, None)}))
    name = ("是" if value else "否") if isinstance(value, bool) else str(value)
    step = Step(StepKind.FACT, datum, state=name, span=span)
    return Truth(name in states, (step,))


def _joined(parts: list[Truth], deciding: bool) -> Truth:
    """`deciding` True: some part must hold; False: all must. One deciding part needs no other."""
    steps = tuple(s for p in parts for s in p.steps)
    for part in parts:
        if part.holds is deciding:
            return Truth(deciding, part.steps)
    if all(p.holds is not None for p in parts):
        return Truth(not deciding, steps)
    missing = NONE_MISSING.union(*(p.missing for p in parts))
    return Truth(None, steps, missing, tuple(u for p in parts for u in p.undefined))
