"""What the data of a rubric have to do with each other.

Takes a program; gives for each datum what it is measured against and the figures at which scores turn, and an order in which to
draw. Never a value. All of it is read from the rules: nothing is known here of any datum's name.

- A datum divided by others (支出 ÷ 预算) goes with them: its share of them is drawn, near the figures it is compared with.
- A datum bounded by others (实际在用 ≤ 所有; 按期完成 ≤ 批复＋追加－取消) comes after them; what is taken off in such a bound comes
  after what it is taken off, and is never more.
- Data between which a 口径 chooses (年初预算、调整后预算) are two measures of one thing, and of one size.
- A count that is only deducted for, or only asked whether it is 0, is small.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations

import attrs

from rubric.analysis.ranges import ONE, Key, World, linear, plus, world_of
from rubric.analysis.samples import facts_read
from rubric.core import program as core
from rubric.core.walk import within

_MOST_STEPS = 4


@attrs.frozen
class Share:
    """A datum is drawn as a share of `whole`, an expression; `inside` where the datum is itself a part of that."""

    whole: core.Expression
    inside: bool


@attrs.frozen
class Ties:
    """`figures` are in base units, those of a datum with a share are shares. `order` lists all data that are asked for."""

    order: tuple[core.Datum, ...]
    shares: Mapping[str, Share]
    figures: Mapping[Key, tuple[Fraction, ...]]
    alike: Mapping[str, str]
    small: frozenset[str]
    feared: frozenset[str]
    taken_off: Mapping[str, core.Expression]
    world: World


def ties_of(program: core.Program) -> Ties:
    world = world_of(program)
    asked = tuple(d for d in program.data if d.over is None)
    names = {d.name for d in asked}
    shares: dict[str, Share] = {}
    for quotient in _quotients(world, program):
        above, below = facts_read((quotient.left,)), facts_read((quotient.right,))
        for name, part in above:
            if len(above) == 1 and part is None and name in names and below and name not in shares:
                whole = {one for one, _ in below}
                if (whole - {name}) and whole <= names and not (whole & shares.keys()):
                    shares[name] = Share(quotient.right, name in whole)
    figures: dict[Key, dict[Fraction, None]] = {}
    for key, value in _figures(world, program, shares):
        figures.setdefault(key, {})[value] = None
    for name in shares:  # a share that is only multiplied by points turns where it is whole
        figures.setdefault((name, None), {ONE: None})
    alike = {other: first for first, other in _alternatives(program) if {first, other} <= names}
    whole_of = {b.datum for d in asked for b in (d.low, d.high) if b is not None and b.datum is not None}
    divisors = {n for share in shares.values() for n, _ in facts_read((share.whole,))}
    small = frozenset(_counted_down(program)) - whole_of - divisors
    taken_off = dict(_taken_off(world, asked))
    return Ties(
        _ordered(asked, shares, alike, taken_off),
        shares,
        {key: tuple(sorted(found)) for key, found in figures.items()},
        alike,
        small,
        frozenset(_in_overrides(program)),
        taken_off,
        world,
    )


def _quotients(world: World, program: core.Program) -> Iterator[core.Arithmetic]:
    for node in within(program.indicators, rows=False):
        if isinstance(node, core.Arithmetic) and node.operator == "/":
            for atom in linear(world, node).terms:
                if isinstance(atom, core.Arithmetic) and atom.operator == "/":
                    yield atom


def _figures(world: World, program: core.Program, shares: Mapping[str, Share]) -> Iterator[tuple[Key, Fraction]]:
    """The numbers at which something is decided about a datum, or about its share."""
    for node in within(program.indicators, rows=False):
        match node:
            case core.Compare(left=left, right=right):
                test = plus(linear(world, left), linear(world, right), -ONE)
                yield from _turn(test.terms, test.constant, shares)
            case core.Extreme(items=items):
                for one, other in combinations(items, 2):
                    test = plus(linear(world, one), linear(world, other), -ONE)
                    yield from _turn(test.terms, test.constant, shares)
            case core.Steps(distance=distance, step=step):
                size, form = linear(world, step), linear(world, distance)
                if not size.terms and size.constant > 0:
                    for count in range(_MOST_STEPS):
                        yield from _turn(form.terms, form.constant - count * size.constant, shares)
            case _:
                pass


def _turn(
    terms: Mapping[core.Expression, Fraction], constant: Fraction, shares: Mapping[str, Share]
) -> Iterator[tuple[Key, Fraction]]:
    match list(terms.items()):
        case [(core.FactValue(datum=datum, part=part), factor)] if datum not in shares:
            yield (datum, part), -constant / factor
        case [(core.Arithmetic(operator="/", left=left), factor)]:
            facts = facts_read((left,))
            yield from (((name, None), -constant / factor) for name, _ in facts if len(facts) == 1 and name in shares)
        case _:
            pass


def _alternatives(program: core.Program) -> Iterator[tuple[str, str]]:
    """Two data between which a 口径 chooses."""
    for node in within(program.indicators, rows=False):
        if isinstance(node, core.ByReading):
            names = [option.datum for option in node.options if isinstance(option, core.FactValue)]
            yield from ((names[0], other) for other in names[1:] if other != names[0])


def _counted_down(program: core.Program) -> Iterator[str]:
    """Counts that are deducted for, or asked whether there are any."""
    for node in within(program.indicators, rows=False):
        match node:
            case core.Deduction(times=times):
                yield from (name for name, _ in facts_read((times,)))
            case core.Compare(left=core.FactValue(datum=name), right=core.Constant(value=value)) if value == 0:
                yield name
            case core.Compare(left=core.Constant(value=value), right=core.FactValue(datum=name)) if value == 0:
                yield name
            case _:
                pass


def _in_overrides(program: core.Program) -> Iterator[str]:
    """Yes–no data of vetoes and exemptions: they are the exception."""
    for node in within(program.indicators):
        if isinstance(node, core.Override):
            yield from (name for name, _ in facts_read((node.condition,)))


def _taken_off(world: World, asked: tuple[core.Datum, ...]) -> Iterator[tuple[str, core.Expression]]:
    """Data that a bound of others subtracts, each with the quantity that must not fall below 0."""
    for datum in asked:
        if datum.high is not None and datum.high.quantity is not None:
            for atom, factor in linear(world, datum.high.quantity).terms.items():
                if isinstance(atom, core.FactValue) and factor < 0:
                    yield atom.datum, datum.high.quantity


def _ordered(
    asked: tuple[core.Datum, ...],
    shares: Mapping[str, Share],
    alike: Mapping[str, str],
    taken_off: Mapping[str, core.Expression],
) -> tuple[core.Datum, ...]:
    """What others are drawn from comes first; the rest in the order of the text. A circle is cut where it is met."""
    data = {d.name: d for d in asked}
    found: dict[str, core.Datum] = {}
    open_names: set[str] = set()

    def add(name: str) -> None:
        if name in found or name in open_names or name not in data:
            return
        open_names.add(name)
        datum = data[name]
        for bound in (datum.low, datum.high):
            if bound is not None and bound.datum is not None:
                add(bound.datum)
            for other, _ in facts_read((bound.quantity,)) if bound is not None and bound.quantity is not None else ():
                add(other)
        for other, _ in facts_read((taken_off[name],)) if name in taken_off else ():
            add(other)
        if name in shares:
            for other, _ in facts_read((shares[name].whole,)):
                add(other)
        if name in alike:
            add(alike[name])
        found[name] = datum

    for datum in asked:
        add(datum.name)
    return tuple(found.values())
