"""How the points of an indicator move with one datum: the score curve.

Takes an indicator, the facts that are held and one datum to vary between two values; gives its curve exactly: where it
breaks, which ends are in, straight between. Never a picture.

The breaks are found in the program, not by sampling: where a test turns, where a step ends, where one item of a least or
greatest passes another. A cap or a floor makes a kink that no test names; it is where two straight pieces meet, so it is
computed from two points of each. What is not straight between two breaks (the datum is a divisor) is kept as the points
met on the way, and says so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import pairwise

import attrs

from rubric.analysis.ranges import Linear, World, linear, plus
from rubric.core import program as core
from rubric.core.intervals import exactly
from rubric.core.record import Record
from rubric.core.walk import within
from rubric.evaluator.evaluate import evaluate_indicator, setting_of
from rubric.evaluator.outcome import Status

ONE = Fraction(1)
_MOST_BREAKS = 400
_DEPTH = 12
_SMOOTH = 24

# The points at one value of the datum; None where they are not decided (a gap, a division by 0).
Points = Fraction | None
Function = Callable[[Fraction], Points]


@attrs.frozen
class Piece:
    """The points strictly between two breaks: straight from `start` to `end`, or along `between`.

    `start` and `end` are the limits at the two breaks, None throughout where the points are not decided.
    """

    low: Fraction
    high: Fraction
    start: Points
    end: Points
    between: tuple[tuple[Fraction, Fraction], ...] = ()


@attrs.frozen
class Curve:
    """`breaks` are the values at which something changes, with the points there; `pieces` lie between them in order.

    Of a datum that takes whole numbers alone `breaks` are all its values, and there are no pieces.
    """

    datum: core.Datum
    breaks: tuple[tuple[Fraction, Points], ...]
    pieces: tuple[Piece, ...]

    @property
    def whole(self) -> bool:
        """Whether the datum takes whole numbers alone: then only the points at `breaks` mean anything."""
        return is_whole(self.datum)


def curve_of(
    program: core.Program,
    indicator: core.Indicator,
    record: Record,
    datum: core.Datum,
    low: Fraction,
    high: Fraction,
    readings: Mapping[str, int] | None = None,
) -> Curve:
    """The curve for `low` ≤ datum ≤ `high`, both in base units; the other facts are those of `record`."""
    setting = setting_of(program, record, readings)

    @cache
    def points(value: Fraction) -> Points:
        fixed = attrs.evolve(setting, ranges={**setting.ranges, (datum.name, None): exactly(value)})
        outcome, _, _ = evaluate_indicator(fixed, program, indicator)
        return outcome.exact.point if outcome.status is Status.SCORED else None

    if is_whole(datum):
        size = datum.unit.scale if datum.unit is not None else ONE
        count = min(int((high - low) / size), _MOST_BREAKS)
        values = [low + size * index for index in range(count + 1)]
        return Curve(datum, tuple((value, points(value)) for value in values), ())
    facts = {key: fact.value for key, fact in record.facts.items() if isinstance(fact.value, Fraction | str)}
    facts.pop((datum.name, None), None)
    chosen = {c.name: setting.reading(c.name) for c in program.choices}
    world = World({d.name: d for d in program.data}, chosen, facts)
    turns = {v for v in turning(world, (indicator.rule, indicator.overrides), datum, low, high) if low < v < high}
    return traced(datum, points, sorted({low, high, *turns}))


def is_whole(datum: core.Datum) -> bool:
    """Whether nothing lies between two neighbouring values: days, and what is counted one by one."""
    if datum.unit is None:
        return False
    counted = datum.unit.dimension is core.Dimension.COUNT and datum.decimals == 0
    return counted or datum.unit.dimension is core.Dimension.DATE


def traced(datum: core.Datum, points: Function, breaks: list[Fraction]) -> Curve:
    """The curve of `points` between breaks already known; kinks are added to them."""
    pieces = [piece for low, high in pairwise(breaks) for piece in _pieces(points, low, high, _DEPTH)]
    places = [breaks[0], *(piece.high for piece in pieces)]
    return Curve(datum, tuple((value, points(value)) for value in places), tuple(pieces))


# --- breaks -----------------------------------------------------------------------------------------------------------


def turning(world: World, nodes: object, datum: core.Datum, low: Fraction, high: Fraction) -> Iterator[Fraction]:
    """The values at which a test, a step or a least item changes; a node not linear in the datum names none."""
    for node in within(nodes):
        match node:
            case core.Compare(left=left, right=right):
                yield from _roots(_difference(world, left, right), datum)
            case core.Steps(distance=distance, step=step):
                size = linear(world, step)
                if not size.terms and size.constant > 0:
                    yield from _step_ends(linear(world, distance), size.constant, datum, low, high)
            case core.Extreme(items=items):
                for index, item in enumerate(items):
                    for other in items[index + 1 :]:
                        yield from _roots(_difference(world, item, other), datum)
            case core.Absolute(operand=operand):
                yield from _roots(linear(world, operand), datum)
            case _:
                pass


def _difference(world: World, left: core.Expression, right: core.Expression) -> Linear:
    return plus(linear(world, left), linear(world, right), -ONE)


def _slope(form: Linear, datum: core.Datum) -> Fraction | None:
    """The factor of the datum in a form of it alone; a quotient by a constant divisor is such a form too."""
    match list(form.terms.items()):
        case [(core.FactValue(datum=name, part=None), factor)] if name == datum.name:
            return factor
        case _:
            return None


def _roots(form: Linear, datum: core.Datum) -> Iterator[Fraction]:
    slope = _slope(form, datum)
    if slope:
        yield -form.constant / slope


def _step_ends(
    distance: Linear, size: Fraction, datum: core.Datum, low: Fraction, high: Fraction
) -> Iterator[Fraction]:
    """Where the distance is 0, one step, two steps …, as far as the curve goes."""
    slope = _slope(distance, datum)
    if not slope:
        return
    reached = max(distance.constant + slope * low, distance.constant + slope * high)
    for count in range(min(int(reached / size) + 1, _MOST_BREAKS) + 1):
        yield (count * size - distance.constant) / slope


# --- pieces -----------------------------------------------------------------------------------------------------------


def _pieces(points: Function, low: Fraction, high: Fraction, depth: int) -> Iterator[Piece]:
    """The straight pieces between two breaks: one, or several that meet in kinks."""
    width = high - low
    near = [low + width * part / 1000 for part in (1, 2)]
    far = [high - width * part / 1000 for part in (2, 1)]
    places = (*near, low + width / 3, low + width / 2, low + width * 2 / 3, *far)
    values = [points(place) for place in places]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        yield Piece(low, high, None, None)
        return
    first, last = _line(near, known[:2]), _line(far, known[-2:])
    if all(_at(first, place) == value for place, value in zip(places, known, strict=True)):
        yield Piece(low, high, _at(first, low), _at(first, high))
        return
    kink = _crossing(first, last)
    if depth > 0 and kink is not None and low < kink < high:
        parts = (*_pieces(points, low, kink, depth - 1), *_pieces(points, kink, high, depth - 1))
        if not any(piece.between for piece in parts):
            yield from parts
            return
    yield _smooth(points, low, high)


_Line = tuple[Fraction, Fraction]


def _line(places: Iterable[Fraction], values: Iterable[Fraction]) -> _Line:
    """(slope, value at 0) of the line through two points."""
    (x, y), (u, v) = zip(places, values, strict=True)
    slope = (v - y) / (u - x)
    return slope, y - slope * x


def _at(line: _Line, place: Fraction) -> Fraction:
    return line[0] * place + line[1]


def _crossing(one: _Line, other: _Line) -> Fraction | None:
    return None if one[0] == other[0] else (other[1] - one[1]) / (one[0] - other[0])


def _smooth(points: Function, low: Fraction, high: Fraction) -> Piece:
    """A piece that is not straight, by the points met on the way."""
    met: list[tuple[Fraction, Fraction]] = []
    for index in range(1, _SMOOTH):
        place = low + (high - low) * index / _SMOOTH
        value = points(place)
        if value is None:
            return Piece(low, high, None, None)
        met.append((place, value))
    return Piece(low, high, points(low), points(high), tuple(met))
