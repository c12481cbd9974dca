"""Where two editions differ, in words of the rubric.

Takes two editions of an indicator over one space; gives, for one direction, the bands of each quantity and the states of
each datum outside of which there is no such difference. Never more than the solver excludes: a region is where they may
differ, and `exact` says that they do so everywhere in it.

The quantities looked at are those the rules compare with figures, and the figures cut them into cells: each figure, and
what lies between two of them. A cell in which the solver finds no difference is left out.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import attrs

from rubric.analysis.ranges import World, linear, range_of
from rubric.core import intervals, program as core
from rubric.core.intervals import Interval
from rubric.core.walk import within
from rubric.proving.quantities import Encoder, encode_expression
from rubric.proving.solver import Answer, Question, Term, every, negated, number, some
from rubric.revision.changes import Condition, Meaning, Region
from rubric.revision.rewriting import bare
from rubric.revision.twofold import Sides, Twofold

_MOST_FIGURES = 12
_MOST_QUANTITIES = 8
_MOST_STATES = 4
_DIRECTIONS = (Meaning.STRICTER, Meaning.LOOSER)


@attrs.frozen(eq=False)
class _Quantity:
    """Something compared with figures, by the name it has in the text."""

    name: str
    unit: core.Unit | None
    term: Term
    figures: tuple[Fraction, ...]
    whole: intervals.Range


def regions_of(two: Twofold, place: int, sides: Sides) -> tuple[Region, ...]:
    """Where the new edition is stricter (place 0) or looser (1): one region, or one for each state of some datum."""
    quantities = tuple(_quantities(two, sides))
    whole = _region(two, place, quantities)
    if whole.conditions:
        return (whole,)
    for name, states, terms in _states(two):
        apart = [(state, _region(two, place, quantities, (terms[state],), name)) for state in states]
        if len(states) <= _MOST_STATES and any(region.conditions for _, region in apart):
            return tuple(
                Region(r.direction, (Condition(name, states=(state,)), *r.conditions), r.exact) for state, r in apart
            )
    return (whole,)


def state_term(two: Twofold, region: Region) -> Term:
    """What says that the first condition of a region by state holds."""
    first = region.conditions[0]
    return next(terms[first.states[0]] for name, _, terms in _states(two) if name == first.name)


def _region(
    two: Twofold, place: int, quantities: tuple[_Quantity, ...], among: tuple[Term, ...] = (), but: str = ""
) -> Region:
    """`among` are facts looked at alone; the datum `but` is then no condition any more."""
    difference = two.stricter if place == 0 else two.looser
    question = Question(500)
    question.add(*two.space.constraints, *among, difference)
    found: list[Condition] = []
    terms: list[Term] = []
    for quantity in quantities:
        cells = list(_cells(quantity))
        kept = [cell for cell in cells if question.ask(_inside(quantity.term, cell)) is not Answer.NO]
        if 0 < len(kept) < len(cells):
            bands = intervals.canonical(tuple(kept))
            plain = tuple(_plain(band, quantity.whole) for band in bands)
            found.append(Condition(quantity.name, quantity.unit, plain))
            terms.append(_within(quantity.term, bands))
    for name, states, term in _states(two):
        kept_states = tuple(state for state in states if question.ask(term[state]) is not Answer.NO)
        if name != but and 0 < len(kept_states) < len(states):
            found.append(Condition(name, states=kept_states))
            terms.append(some(*[term[state] for state in kept_states]))
    return Region(_DIRECTIONS[place], tuple(found), bool(terms) and _fills(two, difference, [*among, *terms]))


def _fills(two: Twofold, difference: Term, terms: list[Term]) -> bool:
    """Whether they differ wherever all conditions hold."""
    question = Question(500)
    question.add(*two.space.constraints)
    return question.ask(*terms, negated(difference)) is Answer.NO


def _plain(band: Interval, whole: intervals.Range) -> Interval:
    """An end that no value passes needs no words."""
    low = None if band.low_inclusive and band.low == whole.low else band.low
    high = None if band.high_inclusive and band.high == whole.high else band.high
    return Interval(low, high, band.low_inclusive, band.high_inclusive) if (low, high) != (None, None) else band


# --- quantities and their figures -------------------------------------------------------------------------------------


def _quantities(two: Twofold, sides: Sides) -> Iterator[_Quantity]:
    """What either edition compares, by name; equal quantities once, with the figures of both."""
    met: dict[core.Expression, tuple[str, core.Unit | None, Encoder, core.Expression, dict[Fraction, None]]] = {}
    one, other = sides.clauses or (sides.old, sides.new)
    for encoder, node in ((two.new, other), (two.old, one)):
        names = {bare(n.body): n for n in within((node.rule, node.overrides)) if isinstance(n, core.Named)}
        for compared, figure in _compared(encoder.world, (node.rule, node.overrides)):
            plain = bare(compared)
            name, unit = _name_of(encoder.world, compared, names)
            if name:
                met.setdefault(plain, (name, unit, encoder, compared, {}))[4][figure] = None
    for name, unit, encoder, node, figures in list(met.values())[:_MOST_QUANTITIES]:
        ordered = tuple(sorted(figures))[:_MOST_FIGURES]
        quantity = encode_expression(encoder, node)
        yield _Quantity(name, unit, quantity.term, ordered, range_of(encoder.world, node))


def _compared(world: World, node: object) -> Iterator[tuple[core.Expression, Fraction]]:
    """(quantity, figure) of each test, step and cap; a distance to a figure turns where it is 0."""
    for inner in within(node, rows=False):
        match inner:
            case core.Compare(left=left, right=right):
                yield from _sides(world, left, right)
            case core.Extreme(items=(left, right)):
                yield from _sides(world, left, right)
            case core.Steps(distance=core.Arithmetic(operator="-", left=left, right=right)):
                yield from _sides(world, left, right)
            case core.Deductions(base=base, items=items):
                yield from _spent(world, base, items)
            case _:
                pass


def _spent(
    world: World, base: core.Expression, items: tuple[core.Deduction, ...]
) -> Iterator[tuple[core.Expression, Fraction]]:
    """What is counted: none, and as many as use up the points."""
    form = linear(world, base)
    for item in items:
        if isinstance(item.times, core.FactValue | core.Named):
            yield item.times, Fraction(0)
            if not form.terms and item.rate:
                yield item.times, form.constant / item.rate


def _sides(world: World, left: core.Expression, right: core.Expression) -> Iterator[tuple[core.Expression, Fraction]]:
    forms = linear(world, left), linear(world, right)
    if not forms[1].terms and forms[0].terms:
        yield left, forms[1].constant
    elif not forms[0].terms and forms[1].terms:
        yield right, forms[0].constant


def _name_of(
    world: World, node: core.Expression, names: dict[core.Expression, core.Named]
) -> tuple[str, core.Unit | None]:
    match node:
        case core.Named(name=name, unit=unit):
            return name, unit
        case core.FactValue(datum=datum, part=part):
            return f"{part}{datum}" if part else datum, world.data[datum].unit
        case _:
            named = names.get(bare(node))
            return (named.name, named.unit) if named is not None else ("", None)


def _cells(quantity: _Quantity) -> Iterator[Interval]:
    low, high = quantity.whole.low, quantity.whole.high
    figures = [f for f in quantity.figures if f in quantity.whole]
    ends: list[Fraction | None] = [low, *(f for f in figures if f not in (low, high)), high]
    if low is not None and low != high:
        yield Interval(low, low, True, True)
    for first, last in pairwise(ends):
        yield Interval(first, last, False, False)
        if last is not None:
            yield Interval(last, last, True, True)


def _inside(term: Term, band: Interval) -> Term:
    low = band.low is not None and (term >= number(band.low) if band.low_inclusive else term > number(band.low))
    high = band.high is not None and (term <= number(band.high) if band.high_inclusive else term < number(band.high))
    return every(*(part for part in (low, high) if part is not False))


def _within(term: Term, bands: tuple[Interval, ...]) -> Term:
    return some(*[_inside(term, band) for band in bands])


def _states(two: Twofold) -> Iterator[tuple[str, tuple[str, ...], dict[str, Term]]]:
    """Each datum in states that the space knows, and what says that it has one of them."""
    for name, term in two.space.yes.items():
        yield name, ("是", "否"), {"是": term, "否": negated(term)}
    for name, term in two.space.states.items():
        states = tuple(two.space.state_names[name])
        yield name, states, {s: term == number(Fraction(i)) for i, s in enumerate(states)}
