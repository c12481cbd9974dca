"""What a quantity can be, over all facts that are admissible.

Takes an expression and a `World` (the declared data, the readings taken, facts held fixed); gives its range. The range
holds every value the expression can take; where the data are bounded by numbers or by each other it is the least such.
Never needs a fact.

Interval arithmetic alone loses what two operands share: it finds 编外/(在编+编外) anywhere above 0, and 办理/信访 above 1
although 办理 ≤ 信访. So every expression is first brought into linear form over its atoms (facts, and quotients and the
like that are no linear form), where equal things cancel, and a quotient of linear forms is looked at as a whole:

- In each fact alone a quotient whose divisor keeps its sign is monotone, so its extremes lie where each bounded fact
  sits at one of its ends; an end that is another datum takes that datum's place.
- What then is left runs from a number to infinity: N/D = (n₀ + Σ nᵢtᵢ)/(d₀ + Σ dᵢtᵢ) with tᵢ ≥ 0, which lies between
  the least and the greatest of nᵢ/dᵢ (the mediant inequality).
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import assert_never

import attrs

from rubric.core import intervals, program as core
from rubric.core.intervals import EVERYTHING, Range, exactly
from rubric.core.numbers import round_half_up
from rubric.core.walk import data_used

ZERO, ONE = Fraction(0), Fraction(1)
Key = tuple[str, str | None]
_MOST_BOUNDED = 8
_MOST_LINKS = 6


@attrs.frozen
class World:
    """The facts that are admissible. A choice not in `readings` may be read any way; `fixed` holds facts in place."""

    data: Mapping[str, core.Datum]
    readings: Mapping[str, int] = attrs.field(factory=dict[str, int])
    fixed: Mapping[Key, Fraction | str] = attrs.field(factory=dict[Key, Fraction | str])


@attrs.frozen
class Linear:
    """Σ coefficient·atom + constant. An atom is a fact, or an expression that is no linear form; no coefficient is 0."""

    terms: Mapping[core.Expression, Fraction]
    constant: Fraction = ZERO


def world_of(program: core.Program) -> World:
    """All admissible facts under the readings that the rubric takes."""
    return World({d.name: d for d in program.data}, {c.name: c.default for c in program.choices})


def range_of(world: World, node: core.Expression) -> Range:
    """All values that `node` can take (a point where all its facts are fixed). A division by 0 has no value."""
    return extent(world, linear(world, node))


def holds(world: World, node: core.Condition) -> bool | None:
    """Whether `node` holds for all admissible facts (True), for none (False), or neither can be said."""
    match node:
        case core.Compare(operator=operator, left=left, right=right):
            return _compared(operator, extent(world, plus(linear(world, left), linear(world, right), -ONE)))
        case core.InState(datum=datum, states=states):
            state = world.fixed.get((datum, None))
            return None if state is None else state in states
        case core.CellIs():
            return None
        case core.All(parts=parts):
            found = [holds(world, part) for part in parts]
            return False if False in found else None if None in found else True
        case core.Some(parts=parts):
            found = [holds(world, part) for part in parts]
            return True if True in found else None if None in found else False
        case core.Not(part=part):
            inner = holds(world, part)
            return None if inner is None else not inner
        case core.ReadingIs(choice=choice, index=index):
            return world.readings[choice] == index if choice in world.readings else None
        case core.Always():
            return True
        case _:
            assert_never(node)


def _compared(operator: core.Comparator, difference: Range) -> bool | None:
    low, high = difference.low, difference.high
    match operator:
        case "<":
            return True if high is not None and high < 0 else False if low is not None and low >= 0 else None
        case "<=":
            return True if high is not None and high <= 0 else False if low is not None and low > 0 else None
        case "=":
            return True if difference.point == ZERO else None if ZERO in difference else False


# --- linear forms -----------------------------------------------------------------------------------------------------


def linear(world: World, node: core.Expression) -> Linear:
    """`node` as a linear form. Names of quantities, units and spans are gone; readings taken are put in."""
    match node:
        case core.Constant(value=value):
            return Linear({}, value)
        case core.FactValue(datum=datum, part=part):
            value = world.fixed.get((datum, part))
            return Linear({}, value) if isinstance(value, Fraction) else Linear({node: ONE})
        case core.Named(body=body):
            return linear(world, body)
        case core.ByReading(choice=choice, options=options) if choice in world.readings:
            return linear(world, options[world.readings[choice]])
        case core.Total(items=items, mean=mean):
            found = Linear({})
            for item in items:
                found = plus(found, linear(world, item))
            return times(found, Fraction(1, len(items))) if mean else found
        case core.Arithmetic(operator=operator, left=left, right=right):
            return _linear_arithmetic(operator, linear(world, left), linear(world, right), node)
        case (
            core.Extreme()
            | core.Rounded()
            | core.Steps()
            | core.Absolute()
            | core.ByReading()
            | core.Elapsed()
            | core.DayAfter()
        ):
            return Linear({bare(world, node): ONE})
        case core.OneIf(condition=condition):
            known = holds(world, condition)
            return Linear({node: ONE}) if known is None else Linear({}, Fraction(known))
        case core.Cell() | core.RowAggregate():
            return Linear({node: ONE})
        case _:
            assert_never(node)


def _linear_arithmetic(operator: core.Operator, left: Linear, right: Linear, node: core.Arithmetic) -> Linear:
    match operator:
        case "+":
            return plus(left, right)
        case "-":
            return plus(left, right, -ONE)
        case "*" if not left.terms:
            return times(right, left.constant)
        case "*" if not right.terms:
            return times(left, right.constant)
        case "/" if not right.terms and right.constant != 0:
            return times(left, 1 / right.constant)
        case "*" | "/":
            return Linear({core.Arithmetic(operator, _expression(left), _expression(right), span=node.span): ONE})


def bare(world: World, node: core.Expression) -> core.Expression:
    """`node` without names and units, with the readings taken put in; what is linear inside it in one form."""
    match node:
        case core.Extreme(which=which, items=items):
            return core.Extreme(which, tuple(bare(world, item) for item in items), span=node.span)
        case core.Rounded(operand=operand, places=places):
            return core.Rounded(bare(world, operand), places, span=node.span)
        case core.Steps(distance=distance, step=step, mode=mode):
            return core.Steps(bare(world, distance), bare(world, step), mode, span=node.span)
        case core.Absolute(operand=operand):
            return core.Absolute(bare(world, operand), span=node.span)
        case core.ByReading(choice=choice, options=options) if choice not in world.readings:
            return core.ByReading(choice, tuple(bare(world, option) for option in options), span=node.span)
        case core.Elapsed(start=start, end=end, measure=measure):
            return core.Elapsed(bare(world, start), bare(world, end), measure, span=node.span)
        case core.DayAfter(day=day, number=number, measure=measure):
            return core.DayAfter(bare(world, day), number, measure, span=node.span)
        case core.Cell() | core.RowAggregate():
            return node
        case core.OneIf(condition=condition) if holds(world, condition) is None:
            return node
        case _:
            return _expression(linear(world, node))


def _expression(form: Linear) -> core.Expression:
    """A linear form as an expression, its atoms in the order met."""
    found: core.Expression | None = core.Constant(form.constant) if form.constant or not form.terms else None
    for atom, factor in form.terms.items():
        term = atom if factor == 1 else core.Arithmetic("*", core.Constant(factor), atom)
        found = term if found is None else core.Arithmetic("+", found, term)
    assert found is not None
    return found


def plus(left: Linear, right: Linear, factor: Fraction = ONE) -> Linear:
    """`left + factor·right`."""
    terms = dict(left.terms)
    for atom, coefficient in right.terms.items():
        terms[atom] = terms.get(atom, ZERO) + factor * coefficient
    return Linear({atom: c for atom, c in terms.items() if c}, left.constant + factor * right.constant)


def times(form: Linear, factor: Fraction) -> Linear:
    if factor == 0:
        return Linear({})
    return Linear({atom: c * factor for atom, c in form.terms.items()}, form.constant * factor)


# --- the extent of a linear form --------------------------------------------------------------------------------------


def extent(world: World, form: Linear) -> Range:
    """All values of a linear form."""
    return Range(_negative(_greatest(world, times(form, -ONE))), _greatest(world, form))


def _negative(value: Fraction | None) -> Fraction | None:
    return None if value is None else -value


def _greatest(world: World, form: Linear) -> Fraction | None:
    """The greatest value: each atom at the end that its coefficient prefers, those bounded by others first."""
    while form.terms:
        atom = _next(world, form)
        low, high = _ends(world, atom)
        end = high if form.terms[atom] > 0 else low
        if end is None:
            return None
        form = _put(form, atom, end)
    return form.constant


End = Fraction | core.FactValue | Linear | None


def _ends(world: World, atom: core.Expression) -> tuple[End, End]:
    """Between what an atom lies: a number, another fact, or nothing."""
    if isinstance(atom, core.FactValue):
        datum = world.data[atom.datum]
        return _end(world, atom, datum.low), _end(world, atom, datum.high)
    found = _range_of_atom(world, atom)
    return found.low, found.high


def _end(world: World, atom: core.FactValue, bound: core.Bound | None) -> End:
    if bound is not None and bound.quantity is not None:
        return linear(world, bound.quantity) if _links(world, atom) <= _MOST_LINKS else None
    if bound is None or bound.datum is None:
        return bound.value if bound is not None else None
    other = world.data.get(bound.datum)
    if other is None or other.kind is not core.DatumKind.QUANTITY or _links(world, atom) > _MOST_LINKS:
        return None
    part = atom.part if other.parts else None
    value = world.fixed.get((bound.datum, part))
    return value if isinstance(value, Fraction) else core.FactValue(bound.datum, part)


def _links(world: World, atom: core.Expression) -> int:
    """How many data stand between an atom and the ones that no other bounds; more than the most in a circle."""
    level: set[str] = {atom.datum} if isinstance(atom, core.FactValue) else set()
    for count in range(_MOST_LINKS + 1):
        bounds = [b for name in level if (d := world.data.get(name)) for b in (d.low, d.high)]
        level = {name for bound in bounds if bound is not None for name in _bounding(bound)}
        if not level:
            return count
    return _MOST_LINKS + 1


def _bounding(bound: core.Bound) -> Iterator[str]:
    """The data that a bound is made of."""
    if bound.datum is not None:
        yield bound.datum
    if bound.quantity is not None:
        yield from data_used(bound.quantity)


def _next(world: World, *forms: Linear) -> core.Expression:
    """The atom to look at first: no other one is bounded by it."""
    atoms = [atom for form in forms for atom in form.terms]
    return atoms[0] if len(atoms) == 1 else max(atoms, key=lambda atom: _links(world, atom))


def _put(form: Linear, atom: core.Expression, value: Fraction | core.FactValue | Linear) -> Linear:
    """`form` with `value` in the place of `atom`."""
    factor = form.terms.get(atom, ZERO)
    rest = Linear({a: c for a, c in form.terms.items() if a != atom}, form.constant)
    match value:
        case Linear():
            return plus(rest, value, factor)
        case Fraction():
            return plus(rest, Linear({}, value), factor)
        case _:
            return plus(rest, Linear({value: ONE}), factor)


# --- atoms that are no facts ------------------------------------------------------------------------------------------


def _range_of_atom(world: World, atom: core.Expression) -> Range:
    match atom:
        case core.Arithmetic(operator="*", left=left, right=right):
            return intervals.multiply(range_of(world, left), range_of(world, right))
        case core.Arithmetic(operator="/", left=left, right=right):
            return quotient(world, linear(world, left), linear(world, right))
        case core.Extreme(which=which, items=items):
            ranges = tuple(range_of(world, item) for item in items)
            return intervals.least(ranges) if which == "min" else intervals.greatest(ranges)
        case core.Rounded(operand=operand, places=places):
            inner = range_of(world, operand)
            ends = (None if end is None else round_half_up(end, places) for end in (inner.low, inner.high))
            return Range(*ends)
        case core.Steps(distance=distance, step=step, mode=mode):
            return _steps(range_of(world, distance), range_of(world, step), mode)
        case core.Absolute(operand=operand):
            return intervals.absolute(range_of(world, operand))
        case core.ByReading(options=options):
            found = range_of(world, options[0])
            for option in options[1:]:
                found = intervals.hull(found, range_of(world, option))
            return found
        case core.OneIf():
            return Range(ZERO, ONE)
        case core.Cell(datum=datum, column=column):
            return _column(world.data[datum], column)
        case core.RowAggregate():
            return _rows(world, atom)
        case _:
            return EVERYTHING


def _steps(distance: Range, step: Range, mode: core.StepMode) -> Range:
    count = intervals.greatest((intervals.divide(distance, step), exactly(ZERO)))
    match mode:
        case core.StepMode.WHOLE:
            return Range(_floor(count.low), _floor(count.high))
        case core.StepMode.STARTED:
            return intervals.negate(Range(_floor(_negative(count.high)), _floor(_negative(count.low))))
        case core.StepMode.LINEAR:
            return count
        case core.StepMode.NEAREST:
            ends = (None if end is None else round_half_up(end, 0) for end in (count.low, count.high))
            return Range(*ends)
        case _:
            assert_never(mode)


def _floor(value: Fraction | None) -> Fraction | None:
    return None if value is None else Fraction(value.numerator // value.denominator)


def _column(datum: core.Datum, name: str) -> Range:
    column = next(c for c in datum.columns if c.name == name)
    free = (core.Dimension.DATE, core.Dimension.NUMBER)
    return EVERYTHING if column.unit is None or column.unit.dimension in free else Range(ZERO, None)


def _rows(world: World, node: core.RowAggregate) -> Range:
    """A count is not negative; different values are at most those the column may hold; a mean lies among its values."""
    match node:
        case core.RowAggregate(which="distinct", operand=core.Cell(column=name)):
            states = next((c.states for c in world.data[node.datum].columns if c.name == name), ())
            return Range(ZERO, Fraction(len(states)) if states else None)
        case core.RowAggregate(which=which, operand=operand):
            each = range_of(world, operand) if operand is not None else Range(ZERO, None)
            if which in ("mean", "min", "max"):
                return each
            return Range(ZERO if each.low is not None and each.low >= 0 else None, None)


def quotient(world: World, dividend: Linear, divisor: Linear) -> Range:
    """All values of a quotient of linear forms."""
    whole = extent(world, divisor)
    if whole.point == ZERO:
        return EVERYTHING
    if whole.high is not None and whole.high <= 0:
        return quotient(world, times(dividend, -ONE), times(divisor, -ONE))
    wider = intervals.divide(extent(world, dividend), whole)
    if whole.low is None or whole.low < 0:
        return wider
    ratios: list[Fraction] = []
    unbounded = False
    for pairs in _corners(world, dividend, divisor):
        if pairs is None:
            return wider
        for above, below in pairs:
            if below < 0 or (below == 0 and above < 0):
                return wider
            if below > 0:
                ratios.append(above / below)
            unbounded |= below == 0 and above > 0
    return Range(min(ratios), None if unbounded else max(ratios)) if ratios else wider


_Pairs = tuple[tuple[Fraction, Fraction], ...]


def _corners(
    world: World, dividend: Linear, divisor: Linear, rays: _Pairs = (), depth: int = 0
) -> Iterator[_Pairs | None]:
    """For each corner of the admissible facts: (nᵢ, dᵢ) of the number and of each direction left open; None: cannot say."""
    if not dividend.terms and not divisor.terms:
        yield ((dividend.constant, divisor.constant), *rays)
        return
    atom = _next(world, dividend, divisor)
    low, high = _ends(world, atom)
    factors = (dividend.terms.get(atom, ZERO), divisor.terms.get(atom, ZERO))
    if depth > _MOST_BOUNDED or (low is None and high is None):
        yield None
    elif low is None or high is None:
        sign = ONE if high is None else -ONE
        end = low if high is None else high
        assert end is not None
        further = (*rays, (sign * factors[0], sign * factors[1]))
        yield from _corners(world, _put(dividend, atom, end), _put(divisor, atom, end), further, depth + 1)
    else:
        for end in (low,) if low == high else (low, high):
            yield from _corners(world, _put(dividend, atom, end), _put(divisor, atom, end), rays, depth + 1)


# --- the lattice of values --------------------------------------------------------------------------------------------


def lattice(world: World, form: Linear) -> tuple[Fraction, Fraction] | None:
    """(step, offset) where all values are `offset + n·step`: counts are whole; None where any value in range may occur."""
    step = ZERO
    for atom, factor in form.terms.items():
        match atom:
            case core.FactValue(datum=name):
                datum = world.data[name]
                if datum.decimals is None or datum.unit is None:
                    return None
                size = datum.unit.scale / 10**datum.decimals
            case core.RowAggregate(which="count" | "distinct") | core.OneIf() | core.DayAfter():
                size = ONE
            case core.Elapsed(measure=core.TimeMeasure.WORKING_DAYS):
                size = ONE
            case _:
                return None
        step = _common(step, abs(factor) * size)
    return (step, form.constant) if step else None


def _common(left: Fraction, right: Fraction) -> Fraction:
    """The greatest fraction of which both are multiples."""
    while right:
        left, right = right, left - right * (left // right)
    return left
