"""The axes of a score curve: where a value and a score lie in the picture, and what is written beside the axes.

Takes curves of one datum with the full points; gives the frame, the ticks and the lines of SVG for them. Never draws a
curve.

A tick stands where something happens: at the ends, at the edges of the long pieces (the thresholds), then at the steps
between, every second or fifth of them where they are many. A tick whose words would run into others is left out.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import median_low

import attrs

from rubric.analysis.curve import Curve, Piece
from rubric.core.data import Datum, Dimension, Unit
from rubric.core.dates import day_parts
from rubric.core.numbers import fixed, plain

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 28, 40, 56
# Between the axis and the first value, so that a dot at the end does not lie on the axis.
_INSET = 12
_MOST_TICKS = 9
_MOST_SCORES = 8
_EVERY = (1, 2, 5, 10, 20, 50, 100, 1000)
_GAP = 14
# Decimals of a value on the axis.
_PLACES = 2
_GREY, _DARK = "#e4e4e4", "#444"


@attrs.frozen
class Upwards:
    """What is drawn upwards: points, the place of a grade among `names` (the worst first), or an amount in `unit`."""

    word: str = "得分"
    names: tuple[str, ...] = ()
    unit: Unit | None = None

    @property
    def title(self) -> str:
        return self.word if self.unit is None else f"{self.word}（{self.unit.name}）"

    def shown(self, value: Fraction) -> str:
        if self.names:
            return self.names[int(value)] if value.denominator == 1 and 0 <= value < len(self.names) else ""
        return plain(value if self.unit is None else value / self.unit.scale, _PLACES)


@attrs.frozen
class Frame:
    """From values and points to places in the picture."""

    low: Fraction
    high: Fraction
    least: Fraction
    most: Fraction

    def x(self, value: Fraction) -> Fraction:
        width = self.high - self.low or Fraction(1)
        return LEFT + _INSET + (value - self.low) / width * (WIDTH - LEFT - RIGHT - 2 * _INSET)

    def y(self, points: Fraction) -> Fraction:
        height = self.most - self.least or Fraction(1)
        return HEIGHT - BOTTOM - (points - self.least) / height * (HEIGHT - TOP - BOTTOM)


def frame_of(curves: Sequence[Curve], points: Fraction) -> Frame:
    met = [p for curve in curves for p in points_met(curve)]
    places = [value for curve in curves for value, _ in curve.breaks]
    return Frame(min(places), max(places), min([Fraction(0), *met]), max([points, *met]))


def points_met(curve: Curve) -> Iterator[Fraction]:
    yield from (points for _, points in curve.breaks if points is not None)
    for piece in curve.pieces:
        yield from (end for end in (piece.start, piece.end) if end is not None)


def axes(frame: Frame, curves: Sequence[Curve], upwards: Upwards) -> Iterator[str]:
    """The lines, ticks and words of both axes."""
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for points in _point_ticks(frame, curves):
        y = number(frame.y(points))
        yield f'<line x1="{LEFT}" y1="{y}" x2="{right}" y2="{y}" stroke="{_GREY}"/>'
        yield f'<text x="{LEFT - 8}" y="{y}" text-anchor="end" dominant-baseline="middle" fill="{_DARK}">{escaped(upwards.shown(points))}</text>'
    if frame.least < 0:
        zero = number(frame.y(Fraction(0)))
        yield f'<line x1="{LEFT}" y1="{zero}" x2="{right}" y2="{zero}" stroke="#999"/>'
    datum = curves[0].datum
    for value in _value_ticks(frame, curves):
        x = number(frame.x(value))
        yield f'<line x1="{x}" y1="{bottom}" x2="{x}" y2="{bottom + 5}" stroke="{_DARK}"/>'
        yield f'<text x="{x}" y="{bottom + 20}" text-anchor="middle" fill="{_DARK}">{shown_value(datum, value)}</text>'
    yield f'<path d="M{LEFT} {TOP - 12}V{bottom}H{right + 8}" fill="none" stroke="{_DARK}"/>'
    yield f'<text x="{LEFT}" y="{TOP - 20}" text-anchor="middle" fill="{_DARK}">{upwards.title}</text>'
    name = escaped(_axis_name(datum, frame))
    yield f'<text x="{right + 8}" y="{bottom + 42}" text-anchor="end" fill="{_DARK}">{name}</text>'


def _axis_name(datum: Datum, frame: Frame) -> str:
    """The name with its unit, where neither the ticks nor the name itself carry it; a date with its year."""
    unit = datum.unit
    if unit is None or unit.dimension in (Dimension.NUMBER, Dimension.RATE):
        return datum.name
    if unit.dimension is Dimension.DATE:
        (first, _, _), (last, _, _) = (day_parts(int(value)) for value in (frame.low, frame.high))
        return f"{datum.name}（{first}年）" if first == last else f"{datum.name}（{first}年至{last}年）"
    return datum.name if datum.name.endswith((unit.name, f"{unit.name}数")) else f"{datum.name}（{unit.name}）"


def shown_value(datum: Datum, value: Fraction) -> str:
    """A value on the axis: a rate with its sign, a date by month and day, anything else as a number in its unit."""
    unit = datum.unit
    if unit is None:
        return plain(value)
    if unit.dimension is Dimension.DATE:
        _, month, day = day_parts(int(value))
        return f"{month}月{day}日"
    shown = plain(value / unit.scale, _PLACES)
    return f"{shown}{unit.name}" if unit.dimension is Dimension.RATE else shown


# --- ticks ------------------------------------------------------------------------------------------------------------


def _value_ticks(frame: Frame, curves: Sequence[Curve]) -> list[Fraction]:
    found: list[Fraction] = []
    for value in _wanted(curves):
        if all(_apart(frame, curves[0].datum, value, other) for other in found):
            found.append(value)
    return sorted(found)


def _wanted(curves: Sequence[Curve]) -> list[Fraction]:
    """The values that may have a tick, the most telling first."""
    first, *_, last = values = sorted({value for curve in curves for value, _ in curve.breaks})
    turns = sorted({value for curve in curves for value in _turns(curve)})
    if curves[0].whole:
        return values[:: _every(len(values), _MOST_TICKS)] if len(values) <= 2 * _MOST_TICKS else [first, *turns, last]
    gaps = list(pairwise((first, *turns, last)))
    usual = median_low([after - before for before, after in gaps])
    edges = {end for before, after in gaps if after - before > usual for end in (before, after)} & set(turns)
    rest = [value for value in turns if value not in edges]
    return [*sorted(edges), *_thinned(rest, _MOST_TICKS - len(edges)), first, last]


def _turns(curve: Curve) -> Iterator[Fraction]:
    """Where something changes: a jump, a bend, a gap; among whole values, where the score is another than before."""
    if curve.whole:
        yield from (value for (_, p), (value, q) in pairwise(curve.breaks) if p != q)
        return
    for (value, points), (before, after) in zip(curve.breaks[1:-1], pairwise(curve.pieces), strict=True):
        if not (before.end == points == after.start and _slope(before) == _slope(after)):
            yield value


def _slope(piece: Piece) -> Fraction | None:
    """None where the piece is not straight, or not decided."""
    if piece.between or piece.start is None or piece.end is None:
        return None
    return (piece.end - piece.start) / (piece.high - piece.low)


def _thinned(values: Sequence[Fraction], most: int = _MOST_TICKS) -> list[Fraction]:
    every = _every(len(values), max(most, 1))
    return list(values[every - 1 :: every])


def _every(count: int, most: int) -> int:
    return next((n for n in _EVERY if count <= most * n), _EVERY[-1])


def _apart(frame: Frame, datum: Datum, one: Fraction, other: Fraction) -> bool:
    """Whether the words of two ticks stand clear of each other."""
    room = (_breadth(shown_value(datum, one)) + _breadth(shown_value(datum, other))) / Fraction(2) + 8
    return abs(frame.x(one) - frame.x(other)) >= room


def _breadth(words: str) -> int:
    return sum(12 if ord(character) > 0x2E80 else 7 for character in words)


def _point_ticks(frame: Frame, curves: Sequence[Curve]) -> list[Fraction]:
    """The scores met where they are few, those at the thresholds first; else even steps."""
    met = {points for curve in curves for points in points_met(curve)}
    if len(met) > _MOST_SCORES:
        return list(_even(frame))
    found: list[Fraction] = []
    for points in (*_at_turns(curves), Fraction(0), frame.least, frame.most, *sorted(met)):
        if all(abs(frame.y(points) - frame.y(other)) >= _GAP for other in found):
            found.append(points)
    return found


def _at_turns(curves: Sequence[Curve]) -> list[Fraction]:
    found = {
        points
        for curve in curves
        for value, points in curve.breaks
        if points is not None and (curve.whole or value in set(_turns(curve)))
    }
    return sorted(found, reverse=True)


def _even(frame: Frame) -> Iterator[Fraction]:
    """Multiples of 1, 2 or 5 times a power of 10, about five of them."""
    height = frame.most - frame.least
    size = next(
        Fraction(n) * Fraction(10) ** power
        for power in range(-3, 6)
        for n in (1, 2, 5)
        if height <= 6 * n * Fraction(10) ** power
    )
    first = -((-frame.least) // size)
    while first * size <= frame.most:
        yield first * size
        first += 1


# --- text -------------------------------------------------------------------------------------------------------------


def number(value: Fraction | int) -> str:
    """A place in the picture, to a tenth."""
    return fixed(Fraction(value), 1).removesuffix(".0")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
