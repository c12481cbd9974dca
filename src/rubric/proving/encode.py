"""What a program computes, as terms over a space of facts.

Takes an indicator, a clause, an expression or a condition of a program under given readings; gives terms that have, for
all facts, the value that `evaluator` gives (`tests/proving/test_encode.py` holds the two against each other). One function
per family and one case per construct, in the order of `evaluator.quantities` and `evaluator.evaluate`. Never an answer.

All facts are given here, so nothing is missing; what can remain is a value that is not defined: a division by 0, or a gap
between bands. `defined` is None where that cannot happen.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

import attrs

from rubric.analysis.ranges import Key, World, linear, range_of
from rubric.core import program as core
from rubric.core.intervals import Range
from rubric.core.walk import data_used, within
from rubric.evaluator.evaluate import BY_CLAUSE, WITHIN_INDICATOR
from rubric.proving import solver
from rubric.proving.rows import Rows
from rubric.proving.solver import Term, choose, every, greater, lesser, negated, number, some, summed
from rubric.proving.space import ONE, ZERO, Space


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
class Points:
    """What a rule gives. `value` is within its limits, `raw` before it was brought there; `away` are points not applicable.

    `gap` holds where no band does. `reached` holds where no override took the place of the rule.
    """

    value: Term
    raw: Term
    away: Term
    defined: Term | None = None
    gap: Term | None = None
    reached: Term | None = None


@attrs.frozen(eq=False)
class Encoder:
    """A program under readings, over a space. `rows` says how rows are encoded; `row` is the row at hand.

    `instead` holds terms in the place of facts: the same department with one fact otherwise.
    """

    program: core.Program
    world: World
    space: Space
    rows: Rows
    row: Mapping[str, int] = attrs.field(factory=dict[str, int])
    instead: Mapping[Key, Term] = attrs.field(factory=dict[Key, Term])


def encoder_of(
    program: core.Program, space: Space, readings: Mapping[str, int] | None = None, slots: int = 0
) -> Encoder:
    """`slots` is the most rows a datum may have; with 0 what is asked of rows is known by its range alone."""
    chosen = {c.name: c.default for c in program.choices} | dict(readings or {})
    world = World({d.name: d for d in program.data}, chosen)
    return Encoder(program, world, space, Rows(space, world, slots))


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
    value, away = rule.value, rule.away
    for override in ordered:
        if override.cap is not None:
            holds = encode_condition(encoder, override.condition).yes
            value = choose(holds, lesser(value, number(override.cap)), value)
    defined, reached = rule.defined, rule.reached
    for override in reversed([o for o in ordered if o.cap is None]):
        holds = encode_condition(encoder, override.condition).yes
        given, gone = _effect(encoder, override, points)
        value, away = choose(holds, number(given), value), choose(holds, number(gone), away)
        defined = None if defined is None else some(holds, defined)
        reached = every(reached, negated(holds))
    return Points(value, rule.raw, away, defined, rule.gap, reached)


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
    """Keep the figures of the text, which quotients are compared with."""
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
    match rule:
        case core.Sum(parts=parts):
            done = [encode_clause(encoder, indicator, clause) for clause in parts]
            value, away = summed([one.value for one in done]), summed([one.away for one in done])
            return Points(value, value, away, _all_defined(*(one.defined for one in done)))
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
    found = _clamped(indicator, value, points, _all_defined(*defined), lowest)
    return found if rule.least is None and rule.most is None else attrs.evolve(found, raw=value if rule.most else raw)


def encode_row_scores(encoder: Encoder, indicator: core.Indicator, rule: core.RowScores, points: Fraction) -> Points:
    """Σ over the rows of their points times the share the rule gives; without rows at hand only its limits are known."""
    if not encoder.rows.slots:
        free = encoder.space.fresh(Range(ZERO, points))
        return Points(free, free, number(ZERO))
    parts: list[Term] = []
    defined: list[Term | None] = []
    for slot in range(encoder.rows.slots):
        at_row = attrs.evolve(encoder, row={**encoder.row, rule.datum: slot})
        present = encoder.rows.present(rule.datum, slot)
        share = encode_rule(at_row, indicator, rule.rule, ONE)
        whole = encode_expression(at_row, rule.points)
        value = _product(encoder, whole.term, share.value, Range(None, None), ONE)
        parts.append(choose(present, value, number(ZERO)))
        for one in (share.defined, whole.defined):
            defined.append(None if one is None else some(negated(present), one))
    return _clamped(indicator, summed(parts), points, _all_defined(*defined))


def _clamped(
    indicator: core.Indicator, raw: Term, points: Fraction, defined: Term | None = None, lowest: Fraction = ZERO
) -> Points:
    value = greater(raw, number(lowest))
    if indicator.is_bounded:
        value = lesser(value, number(points))
    return Points(value, raw, number(ZERO), defined)


def _all_defined(*parts: Term | None) -> Term | None:
    known = [part for part in parts if part is not None]
    return every(*known) if known else None


# --- expressions ------------------------------------------------------------------------------------------------------


def encode_expression(encoder: Encoder, node: core.Expression) -> Quantity:
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
            return Quantity(found, _all_defined(*(one.defined for one in done)))
        case core.Total(items=items, mean=mean):
            done = [encode_expression(encoder, item) for item in items]
            found = summed([one.term for one in done])
            share = found * number(Fraction(1, len(items))) if mean else found
            return Quantity(share, _all_defined(*(one.defined for one in done)))
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
            return Quantity(encoder.space.fresh(range_of(encoder.world, node), whole=True))
        case _:
            assert_never(node)


def encode_fact(encoder: Encoder, name: str, part: str | None) -> Term:
    """The term of a fact, with the bounds of its datum said once."""
    datum = encoder.world.data[name]
    term = encoder.instead.get((name, part), encoder.space.number(datum, part))
    if encoder.space.is_new(datum, part, term):
        for bound, is_low in ((datum.low, True), (datum.high, False)):
            end = _end(encoder, datum, part, bound)
            if end is not None:
                encoder.space.constraints.append(end <= term if is_low else term <= end)
    return term


def _end(encoder: Encoder, datum: core.Datum, part: str | None, bound: core.Bound | None) -> Term | None:
    if bound is None:
        return None
    if bound.datum is None:
        return number(bound.value) if bound.value is not None else None
    other = encoder.world.data.get(bound.datum)
    if other is None or other.kind is not core.DatumKind.QUANTITY or other is datum:
        return None
    return encode_fact(encoder, other.name, part if other.parts else None)


def encode_arithmetic(encoder: Encoder, node: core.Arithmetic) -> Quantity:
    left, right = encode_expression(encoder, node.left), encode_expression(encoder, node.right)
    defined = _all_defined(left.defined, right.defined)
    match node.operator:
        case "+":
            return Quantity(left.term + right.term, defined)
        case "-":
            return Quantity(left.term - right.term, defined)
        case "*":
            known = (_known(encoder, node.left), _known(encoder, node.right))
            if known[0] is not None or known[1] is not None:
                return Quantity(left.term * right.term, defined)
            within = range_of(encoder.world, node)
            return Quantity(_product(encoder, left.term, right.term, within, _scale(encoder, node.right)), defined)
        case "/":
            divisor = _known(encoder, node.right)
            if divisor:
                return Quantity(left.term * number(1 / divisor), defined)
            found = encoder.space.atom(
                "/", left.term, right.term, range_of(encoder.world, node), _scale(encoder, node.right)
            )
            return Quantity(found, _all_defined(defined, right.term != number(ZERO)))
        case _:
            assert_never(node.operator)


def _known(encoder: Encoder, node: core.Expression) -> Fraction | None:
    form = linear(encoder.world, node)
    return None if form.terms else form.constant


def _scale(encoder: Encoder, node: core.Expression) -> Fraction:
    """The unit of the first datum that the node reads."""
    for name in data_used(node):
        unit = encoder.world.data[name].unit
        if unit is not None:
            return unit.scale
    return ONE


def _product(encoder: Encoder, left: Term, right: Term, within: Range, scale: Fraction) -> Term:
    return encoder.space.atom("*", left, right, within, scale)


def encode_steps(encoder: Encoder, node: core.Steps) -> Quantity:
    distance, step = encode_expression(encoder, node.distance), encode_expression(encoder, node.step)
    defined = _all_defined(distance.defined, step.defined)
    size = _known(encoder, node.step)
    if size:
        quotient = distance.term * number(1 / size)
    else:
        within = range_of(encoder.world, core.Arithmetic("/", node.distance, node.step))
        quotient = encoder.space.atom("/", distance.term, step.term, within, _scale(encoder, node.step))
        defined = _all_defined(defined, step.term != number(ZERO))
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
        at_row = attrs.evolve(encoder, row={**encoder.row, node.datum: slot})
        truth = Truth(solver.always(True)) if node.where is None else encode_condition(at_row, node.where)
        here = every(rows.present(node.datum, slot), truth.yes)
        value = Quantity(number(ONE)) if node.operand is None else encode_expression(at_row, node.operand)
        taken.append((here, value.term))
        defined += [None if d is None else some(negated(here), d) for d in (truth.defined, value.defined)]
    counted = summed([choose(here, number(ONE), number(ZERO)) for here, _ in taken])
    if node.which == "count":
        return Quantity(counted, _all_defined(*defined))
    total = summed([choose(here, value, number(ZERO)) for here, value in taken])
    if node.which == "sum":
        return Quantity(total, _all_defined(*defined))
    found, known = number(ZERO), solver.always(False)
    if node.which == "mean":
        for size in range(1, rows.slots + 1):
            found = choose(counted == number(Fraction(size)), total * number(Fraction(1, size)), found)
    else:
        for here, value in taken:
            better = value < found if node.which == "min" else value > found
            found = choose(every(here, some(negated(known), better)), value, found)
            known = some(known, here)
    return Quantity(found, _all_defined(*defined, counted > number(ZERO)))


# --- conditions -------------------------------------------------------------------------------------------------------


def encode_condition(encoder: Encoder, node: core.Condition) -> Truth:
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
    defined = _all_defined(left.defined, right.defined)
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
