"""Facts to try.

Takes core nodes and a `World`; gives worlds in which every fact that the nodes read is fixed, and every bound is kept.
The values tried are the ends of each datum, a few ordinary sizes, and the numbers at which a test changes its answer.
Never all facts: what is found by trying is certain, what is not found is not.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice, product

import attrs

from rubric.analysis.ranges import ONE, Key, World, linear, plus, range_of
from rubric.core import program as core
from rubric.core.walk import choices_used, within

_SIZES = (Fraction(0), Fraction(1), Fraction(7), Fraction(100), Fraction(250))
_A_DAY = Fraction(738_000)
_MOST_TRIED = 3000
_MOST_READINGS = 24


def worlds_of(world: World, nodes: tuple[object, ...]) -> Iterator[World]:
    """`world` with each fact of `nodes` fixed, in every combination of the values worth trying."""
    keys = [key for key in facts_read(nodes) if key not in world.fixed]
    columns = values_of(world, keys, nodes).values()
    for combination in islice(product(*columns), _MOST_TRIED):
        tried = attrs.evolve(world, fixed={**world.fixed, **dict(zip(keys, combination, strict=True))})
        if all(is_within_bounds(tried, key) for key in keys):
            yield tried


def readings_of(world: World, nodes: tuple[object, ...], choices: dict[str, core.Choice]) -> Iterator[World]:
    """`world` under every combination of the readings that `nodes` ask for, first those the rubric takes."""
    asked = [choices[name] for name in choices_used(nodes)]
    columns = [
        sorted(range(len(choice.alternatives)), key=lambda index, taken=choice.default: index != taken)
        for choice in asked
    ]
    for combination in islice(product(*columns), _MOST_READINGS):
        taken = {choice.name: index for choice, index in zip(asked, combination, strict=True)}
        yield attrs.evolve(world, readings={**world.readings, **taken})


def facts_read(nodes: tuple[object, ...]) -> dict[Key, None]:
    """The facts that `nodes` read, in order; rows are left out."""
    found: dict[Key, None] = {}
    for node in within(nodes, rows=False):
        match node:
            case core.FactValue(datum=datum, part=part):
                found[datum, part] = None
            case core.InState(datum=datum):
                found[datum, None] = None
            case _:
                pass
    return found


def values_of(world: World, keys: Iterable[Key], nodes: tuple[object, ...]) -> dict[Key, list[Fraction | str]]:
    """The values worth trying for each fact."""
    turning = _turning_points(world, nodes)
    return {key: _values(world, key, turning.get(key, [])) for key in keys}


def is_within_bounds(world: World, key: Key) -> bool:
    """Whether a fixed fact keeps the bounds of its datum, as far as the data that bound it are fixed too."""
    value, datum = world.fixed[key], world.data[key[0]]
    if isinstance(value, str):
        return True
    low, high = (_bound(world, key, bound) for bound in (datum.low, datum.high))
    return (low is None or low <= value) and (high is None or value <= high)


def _turning_points(world: World, nodes: tuple[object, ...]) -> dict[Key, list[Fraction]]:
    """The numbers with which a fact is compared on its own."""
    found: dict[Key, list[Fraction]] = {}
    for node in within(nodes, rows=False):
        if isinstance(node, core.Compare):
            test = plus(linear(world, node.left), linear(world, node.right), -ONE)
            match list(test.terms.items()):
                case [(core.FactValue(datum=datum, part=part), factor)]:
                    found.setdefault((datum, part), []).append(-test.constant / factor)
                case _:
                    pass
    return found


def _values(world: World, key: Key, turning: list[Fraction]) -> list[Fraction | str]:
    datum = world.data[key[0]]
    if datum.kind is core.DatumKind.BOOLEAN:
        return ["否", "是"]
    if datum.kind is not core.DatumKind.QUANTITY:
        return list(datum.states)
    size = datum.unit.scale if datum.unit is not None else ONE
    dated = datum.unit is not None and datum.unit.dimension is core.Dimension.DATE
    start = _A_DAY if dated else Fraction(0)  # no day of the year 0, which no calendar has
    found = dict.fromkeys(start + size * count for count in _SIZES)
    for bound in (datum.low, datum.high):
        if bound is not None and bound.value is not None:
            found[bound.value] = None
    for value in turning:
        found |= dict.fromkeys((value, value - size, value + size))
    whole = datum.decimals == 0
    return [value for value in found if not whole or (value / size).denominator == 1]


def _bound(world: World, key: Key, bound: core.Bound | None) -> Fraction | None:
    if bound is not None and bound.quantity is not None:
        return range_of(world, bound.quantity).point
    if bound is None or bound.datum is None:
        return bound.value if bound is not None else None
    other = world.data.get(bound.datum)
    value = world.fixed.get((bound.datum, key[1] if other is not None and other.parts else None))
    return value if isinstance(value, Fraction) else None
