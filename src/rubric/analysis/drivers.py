"""What a score moves with: the quantities that the rules of an indicator compare and count with.

Takes rules and a `World`; gives the drivers, each as a datum of its own, and the rules written in terms of them. A fact is a
driver; so is a quotient N/D, because the bands of a table compare the rate and not its two numbers. A count of rows and the
like stand for themselves. Never a score.

The case is D > 0: a test of the two numbers against each other (N > D, N = 0) then is one of the rate (`bands.relate`), and
the rule is a function of the rate alone. Where D can be 0 that is another case, with its facts fixed (`zeros_of`).
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import lcm

import attrs

from rubric.analysis.bands import relate, unit_of
from rubric.analysis.ranges import ONE, ZERO, Key, Linear, World, extent, linear, plus, range_of
from rubric.core import program as core
from rubric.core.walk import fields_of, within

_RATE = core.Unit("%", core.Dimension.RATE, Fraction(1, 100))
# A divisor is set to so many of its unit where facts must be named: every rate then is a number of small parts.
_ROUND = Fraction(10_000)


@attrs.frozen
class Driver:
    """`datum` stands for `atom` in the rules rewritten; `facts` are those it is made of.

    `divisor` is D of a quotient. `known` says whether every value of its range is taken by some facts.
    """

    datum: core.Datum
    atom: core.Expression
    facts: tuple[Key, ...]
    divisor: core.Expression | None = None
    known: bool = True

    @property
    def key(self) -> Key:
        """Under which the rules rewritten read it."""
        return (self.datum.name, None)


@attrs.frozen
class Driven:
    """Rules in terms of their drivers: `changed` brings any core value into these terms."""

    drivers: tuple[Driver, ...]
    changed: Callable[[object], object]


def driven(world: World, nodes: tuple[object, ...]) -> Driven:
    """The drivers of `nodes`, in the order met."""
    atoms = dict.fromkeys(_atoms(world, nodes))
    quotients = [atom for atom in atoms if isinstance(atom, core.Arithmetic)]
    numbers = {key for atom in quotients for key in facts_of(atom)}
    used: dict[core.Expression, Driver] = {}
    for atom in atoms:
        if isinstance(atom, core.Arithmetic) or not isinstance(atom, core.FactValue):
            used[atom] = _named(world, atom, nodes)
        elif (atom.datum, atom.part) not in numbers:
            used[atom] = _fact(world, atom)
    tables = {atom: driver for atom, driver in used.items() if driver.datum.name not in world.data}

    def changed(node: object) -> object:
        return _mapped(node, lambda inner: _in_terms(world, inner, tables))

    # A number of a quotient that a test looks at by itself (支出 > 100 万元) stays, and is a driver too.
    left = {
        (inner.datum, inner.part): inner
        for inner in within(changed(nodes), rows=False)
        if isinstance(inner, core.FactValue)
    }
    for key, atom in left.items():
        if key in numbers and key not in world.fixed:
            used[atom] = _fact(world, atom)
    return Driven(tuple(used.values()), changed)


def facts_of(node: object) -> tuple[Key, ...]:
    """The numbers and states that a node reads, in order."""
    found: dict[Key, None] = {}
    for inner in within(node):
        match inner:
            case core.FactValue(datum=datum, part=part):
                found[datum, part] = None
            case core.InState(datum=datum) | core.RowAggregate(datum=datum) | core.RowScores(datum=datum):
                found[datum, None] = None
            case _:
                pass
    return tuple(found)


def states_of(world: World, nodes: tuple[object, ...]) -> dict[str, tuple[str, ...]]:
    """The data of states that nodes ask for, with the states each may have."""
    found: dict[str, tuple[str, ...]] = {}
    for inner in within(nodes, rows=False):
        if isinstance(inner, core.InState) and (inner.datum, None) not in world.fixed:
            datum = world.data[inner.datum]
            found[inner.datum] = ("否", "是") if datum.kind is core.DatumKind.BOOLEAN else datum.states
    return found


def zeros_of(world: World, drivers: tuple[Driver, ...]) -> Iterator[tuple[Key, ...] | None]:
    """For each divisor that can be 0, the facts that then are 0; None where it cannot be said which."""
    for divisor in dict.fromkeys(driver.divisor for driver in drivers if driver.divisor is not None):
        form = linear(world, divisor)
        if ZERO not in extent(world, form):
            continue
        keys = tuple((a.datum, a.part) for a in form.terms if isinstance(a, core.FactValue))
        plain_sum = form.constant == 0 and len(keys) == len(form.terms) and all(f > 0 for f in form.terms.values())
        at_zero = all(extent(world, Linear({atom: ONE})).low == ZERO for atom in form.terms)
        yield keys if plain_sum and at_zero else None


def facts_at(world: World, values: Mapping[Driver, Fraction]) -> dict[Key, Fraction] | None:
    """Facts under which the drivers have these values; None where none were found or bounds are not kept."""
    found: dict[Key, Fraction] = {k: v for k, v in world.fixed.items() if isinstance(v, Fraction)}
    found |= {driver.facts[0]: value for driver, value in values.items() if isinstance(driver.atom, core.FactValue)}
    whole = lcm(*(value.denominator for value in values.values()))
    for driver, value in values.items():
        if isinstance(driver.atom, core.Arithmetic) and not _settle(world, driver.atom, value, whole, found):
            return None
    return found if _is_admissible(world, found) else None


# --- the atoms of the rules -------------------------------------------------------------------------------------------


def _atoms(world: World, node: object) -> Iterator[core.Expression]:
    """What the numbers of a rule are made of: facts, quotients, and what stands for itself."""
    match node:
        case tuple():
            for part in node:  # pyright: ignore[reportUnknownVariableType]
                yield from _atoms(world, part)  # pyright: ignore[reportUnknownArgumentType]
        case core.Compare(left=left, right=right):
            yield from _of_form(world, plus(linear(world, left), linear(world, right), -ONE))
        case core.RowScores() | core.CellIs():
            pass
        case core.FactValue() | core.Constant() | core.Arithmetic() | core.Named() | core.Total() | core.RowAggregate():
            yield from _of_form(world, linear(world, node))
        case core.Extreme() | core.Rounded() | core.Steps() | core.Absolute() | core.ByReading() | core.OneIf():
            yield from _of_form(world, linear(world, node))
        case core.Elapsed() | core.DayAfter() | core.Cell():
            yield from _of_form(world, linear(world, node))
        case _:
            for name in fields_of(type(node)) or ():
                yield from _atoms(world, getattr(node, name))


def _of_form(world: World, form: Linear) -> Iterator[core.Expression]:
    for atom in form.terms:
        match atom:
            case core.Arithmetic(operator="/", left=left, right=right):
                divisor = linear(world, right)
                low = extent(world, divisor).low
                if divisor.terms and low is not None and low >= 0 and _facts_only(world, atom):
                    yield atom
                else:
                    yield from _atoms(world, (left, right))
            case core.Arithmetic(left=left, right=right):
                yield from _atoms(world, (left, right))
            case core.Extreme(items=items) | core.ByReading(options=items):
                yield from _atoms(world, items)
            case core.Steps(distance=distance, step=step):
                yield from _atoms(world, (distance, step))
            case core.Rounded(operand=operand) | core.Absolute(operand=operand):
                yield from _atoms(world, operand)
            case core.OneIf(condition=condition):
                yield from _atoms(world, condition)
            case _:
                yield atom


def _facts_only(world: World, quotient: core.Arithmetic) -> bool:
    forms = (linear(world, quotient.left), linear(world, quotient.right))
    return all(isinstance(atom, core.FactValue) for form in forms for atom in form.terms)


def _fact(world: World, atom: core.FactValue) -> Driver:
    """A part of a series is a datum of its own."""
    datum = world.data[atom.datum]
    known = _is_free(datum) or datum.decimals == 0
    if atom.part is not None:
        datum = attrs.evolve(datum, name=f"{atom.part}{atom.datum}", parts=())
    return Driver(datum, atom, ((atom.datum, atom.part),), known=known)


def _named(world: World, atom: core.Expression, nodes: tuple[object, ...]) -> Driver:
    """A quotient or a count as a datum, under the name and in the unit that the text gives it."""
    named = [n for n in within(nodes) if isinstance(n, core.Named) and linear(world, n).terms == {atom: ONE}]
    quotient = isinstance(atom, core.Arithmetic)
    # Where a quantity has two names (`编外人员控制率=…，即“比率”`), the longer tells more.
    name = max((n.name for n in named), key=len) if named else _words(atom)
    name = f"{name}（比率）" if name in world.data else name
    unit = (unit_of(world, named[0]) if named else None) or (_RATE if quotient and _is_pure(world, atom) else None)
    found = extent(world, Linear({atom: ONE}))
    counted = isinstance(atom, core.RowAggregate) and atom.which in ("count", "distinct")
    datum = core.Datum(
        name,
        core.DatumKind.QUANTITY,
        core.Unit("", core.Dimension.COUNT) if counted else unit,
        decimals=0 if counted else None,
        low=core.Bound(found.low),
        high=core.Bound(found.high),
    )
    facts = facts_of(atom)
    known = counted or (quotient and all(_is_wide(world.data[name]) for name, _ in facts))
    divisor = atom.right if isinstance(atom, core.Arithmetic) else None
    return Driver(datum, atom, facts, divisor, known)


def _is_free(datum: core.Datum) -> bool:
    """Whether nothing says in what steps its values lie."""
    return datum.decimals is None


def _is_wide(datum: core.Datum) -> bool:
    """Whether quotients with it take every value: it has no steps, or goes on without end."""
    return _is_free(datum) or datum.high is None or datum.high.value is None


def _is_pure(world: World, quotient: core.Expression) -> bool:
    """Whether both numbers of a quotient are of one kind, so that it is a rate."""
    units = [world.data[name].unit for name, _ in facts_of(quotient)]
    return len({unit.dimension for unit in units if unit is not None}) == 1 and None not in units


def _words(atom: core.Expression) -> str:
    match atom:
        case core.FactValue(datum=datum, part=part):
            return f"{part}{datum}" if part else datum
        case core.Arithmetic(operator=operator, left=left, right=right):
            sign = {"+": "＋", "-": "－", "*": "×", "/": "÷"}[operator]
            return f"{_words(left)}{sign}{_bracketed(right)}"
        case core.Constant(value=value):
            return str(value)
        case core.RowAggregate(datum=datum):
            return datum
        case _:
            return "、".join(name for name, _ in facts_of(atom))


def _bracketed(node: core.Expression) -> str:
    return f"（{_words(node)}）" if isinstance(node, core.Arithmetic) else _words(node)


# --- rules in terms of drivers ----------------------------------------------------------------------------------------


def _mapped(node: object, change: Callable[[object], object]) -> object:
    """`node` with `change` tried on every value inside it, outermost first; what it leaves None is looked into."""
    if isinstance(node, tuple):
        return tuple(_mapped(part, change) for part in node)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    found = change(node)
    if found is not None:
        return found
    names = fields_of(type(node))
    if names is None:
        return node
    changes: dict[str, object] = {}
    for name in names:
        before = getattr(node, name)
        after = _mapped(before, change)
        if after is not before:
            changes[name] = after
    return attrs.evolve(node, **changes) if changes and attrs.has(type(node)) else node  # pyright: ignore[reportArgumentType]


def _in_terms(world: World, node: object, tables: Mapping[core.Expression, Driver]) -> object:
    """What stands in the place of `node`; None where it stays."""
    match node:
        case core.Compare(operator=operator, left=left, right=right):
            test = plus(linear(world, left), linear(world, right), -ONE)
            for atom, driver in tables.items():
                if isinstance(atom, core.FactValue):
                    continue
                touches = atom in test.terms or set(_form_facts(test)) & set(driver.facts)
                related = relate(world, test, Linear({atom: ONE})) if touches else None
                if related is not None:
                    alpha, beta = related
                    told = core.Arithmetic("*", core.Constant(alpha), core.FactValue(driver.datum.name))
                    return core.Compare(operator, told, core.Constant(-beta), span=node.span)
            return None
        case core.ByReading(choice=choice, options=options) if choice in world.readings:
            return _mapped(options[world.readings[choice]], lambda inner: _in_terms(world, inner, tables))
        case core.FactValue() if node in tables:
            return core.FactValue(tables[node].datum.name, span=node.span)
        case core.Arithmetic() | core.RowAggregate() | core.Elapsed():
            form = linear(world, node)
            atom = next(iter(form.terms), None)
            alone = len(form.terms) == 1 and form.constant == 0 and not isinstance(atom, core.FactValue)
            if alone and atom is not None and atom in tables:
                told: core.Expression = core.FactValue(tables[atom].datum.name)
                factor = form.terms[atom]
                return told if factor == 1 else core.Arithmetic("*", core.Constant(factor), told, span=node.span)
            return None
        case _:
            return None


def _form_facts(form: Linear) -> Iterator[Key]:
    for atom in form.terms:
        if isinstance(atom, core.FactValue):
            yield (atom.datum, atom.part)


# --- facts for values of drivers --------------------------------------------------------------------------------------


def _settle(world: World, quotient: core.Arithmetic, value: Fraction, whole: int, found: dict[Key, Fraction]) -> bool:
    """Put numbers in `found` whose quotient is `value`: the divisor at a round number, the rest as it must be."""
    above, below = linear(world, quotient.left), linear(world, quotient.right)
    keys = list(dict.fromkeys((*_form_facts(below), *_form_facts(above))))
    given = [key for key in keys if key in found]
    if len(given) == len(keys):
        return _ratio(above, below, found) == value
    if not set(_form_facts(below)) & set(given):
        size = max((u.scale for key in keys if (u := world.data[key[0]].unit) is not None), default=ONE)
        total = _ROUND * size * whole
    else:
        total = _sum(below, found)
        if total is None:
            return False
    over = [key for key in _form_facts(above) if key not in found]
    if len(over) > 1:
        return False
    if over:
        atom = core.FactValue(*over[0])
        rest = _sum(Linear({a: f for a, f in above.terms.items() if a != atom}, above.constant), found)
        if rest is None:
            return False
        found[over[0]] = (value * total - rest) / above.terms[atom]
    under = [key for key in _form_facts(below) if key not in found]
    for key in under[1:]:
        found[key] = ZERO
    if under:
        atom = core.FactValue(*under[0])
        rest = _sum(Linear({a: f for a, f in below.terms.items() if a != atom}, below.constant), found)
        if rest is None:
            return False
        found[under[0]] = (total - rest) / below.terms[atom]
    return _ratio(above, below, found) == value


def _sum(form: Linear, found: Mapping[Key, Fraction]) -> Fraction | None:
    total = form.constant
    for atom, factor in form.terms.items():
        value = found.get((atom.datum, atom.part)) if isinstance(atom, core.FactValue) else None
        if value is None:
            return None
        total += factor * value
    return total


def _ratio(above: Linear, below: Linear, found: Mapping[Key, Fraction]) -> Fraction | None:
    dividend, divisor = _sum(above, found), _sum(below, found)
    return dividend / divisor if dividend is not None and divisor else None


def _is_admissible(world: World, found: Mapping[Key, Fraction]) -> bool:
    """Whether each fact lies in its bounds, with all others held."""
    for key, value in found.items():
        others = {k: v for k, v in found.items() if k != key}
        if key not in world.fixed and value not in range_of(
            attrs.evolve(world, fixed={**world.fixed, **others}), core.FactValue(*key)
        ):
            return False
        datum = world.data[key[0]]
        if datum.decimals == 0 and (value / (datum.unit.scale if datum.unit else ONE)).denominator != 1:
            return False
    return True
