"""Score curves as pictures.

Takes curves of one datum, one for each reading, with the full points; gives an SVG text: the datum to the right, the points
upwards, a full dot where an end is in and a ring where it is out. Never computes a score.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import attrs

from rubric.analysis.curve import Curve
from rubric.core.data import Dimension
from rubric.core.numbers import fixed, plain

_WIDTH, _HEIGHT = 640, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 24, 28, 56
_COLOURS = ("#0b4f8a", "#b3541e", "#3d7a3d")
_DASHES = ("", "7 4", "2 4")
_FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','WenQuanYi Zen Hei',sans-serif"
_MOST_TICKS = 9
_TICK_WIDTH = 40


@attrs.frozen
class Drawn:
    """A curve with the words of its reading (empty where there is one reading only)."""

    curve: Curve
    reading: str = ""


def curve_svg(drawn: Sequence[Drawn], points: Fraction, title: str) -> str:
    """One picture of `drawn`; the readings are told apart by colour and by dashes."""
    frame = _frame(drawn, points)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT + 18 * _legend_rows(drawn)}" '
        f'font-family="{_FONT}" font-size="12" role="img">',
        f"<title>{_escaped(title)}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *_axes(frame, drawn),
    ]
    for index in reversed(range(len(drawn))):  # the default reading lies on top
        lines += _curve(frame, drawn[index].curve, index)
    lines += _legend(drawn)
    return "\n".join((*lines, "</svg>")) + "\n"


@attrs.frozen
class _Frame:
    """From values and points to places in the picture."""

    low: Fraction
    high: Fraction
    least: Fraction
    most: Fraction

    def x(self, value: Fraction) -> Fraction:
        width = self.high - self.low or Fraction(1)
        return _LEFT + (value - self.low) / width * (_WIDTH - _LEFT - _RIGHT)

    def y(self, points: Fraction) -> Fraction:
        height = self.most - self.least or Fraction(1)
        return _HEIGHT - _BOTTOM - (points - self.least) / height * (_HEIGHT - _TOP - _BOTTOM)


def _frame(drawn: Sequence[Drawn], points: Fraction) -> _Frame:
    met = [p for one in drawn for p in _points_met(one.curve)]
    places = [value for one in drawn for value, _ in one.curve.breaks]
    return _Frame(min(places), max(places), min([Fraction(0), *met]), max([points, *met]))


def _points_met(curve: Curve) -> Iterator[Fraction]:
    yield from (points for _, points in curve.breaks if points is not None)
    for piece in curve.pieces:
        yield from (end for end in (piece.start, piece.end) if end is not None)


# --- axes -------------------------------------------------------------------------------------------------------------


def _axes(frame: _Frame, drawn: Sequence[Drawn]) -> Iterator[str]:
    left, right, bottom = _LEFT, _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    for points in _point_ticks(frame, drawn):
        y = _number(frame.y(points))
        yield f'<line x1="{left}" y1="{y}" x2="{right}" y2="{y}" stroke="#e4e4e4"/>'
        yield f'<text x="{left - 8}" y="{y}" text-anchor="end" dominant-baseline="middle" fill="#444">{plain(points)}</text>'
    for value in _value_ticks(frame, drawn):
        x = _number(frame.x(value))
        yield f'<line x1="{x}" y1="{bottom}" x2="{x}" y2="{bottom + 5}" stroke="#444"/>'
        yield f'<text x="{x}" y="{bottom + 19}" text-anchor="middle" fill="#444">{_value(drawn[0].curve, value)}</text>'
    yield f'<path d="M{left} {_TOP - 8}V{bottom}H{right + 6}" fill="none" stroke="#444"/>'
    yield f'<text x="{left}" y="{_TOP - 14}" text-anchor="middle" fill="#444">得分</text>'
    name = drawn[0].curve.datum.name
    yield f'<text x="{right + 6}" y="{bottom + 40}" text-anchor="end" fill="#444">{_escaped(name)}</text>'


def _value(curve: Curve, value: Fraction) -> str:
    """A value in the unit of its datum; a date is left to those who draw dates."""
    unit = curve.datum.unit
    if unit is None:
        return plain(value)
    shown = plain(value / unit.scale)
    return shown if unit.dimension in (Dimension.COUNT, Dimension.NUMBER) else f"{shown}{unit.name}"


def _value_ticks(frame: _Frame, drawn: Sequence[Drawn]) -> list[Fraction]:
    """The breaks, which are what a reader looks for; every second one, every fifth … where they are too many."""
    first, *breaks = sorted({value for one in drawn for value, _ in one.curve.breaks})
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if len(breaks) <= (_MOST_TICKS - 1) * n)
    found = [first]
    for value in breaks[::every]:
        if frame.x(value) - frame.x(found[-1]) >= _TICK_WIDTH:
            found.append(value)
    return found


def _point_ticks(frame: _Frame, drawn: Sequence[Drawn]) -> list[Fraction]:
    """The scores at the breaks where they are few, else even steps."""
    met = {points for one in drawn for points in _points_met(one.curve)} | {frame.least, frame.most}
    ordered = sorted(met)
    if len(ordered) <= 7 and all(frame.y(low) - frame.y(high) >= 14 for low, high in pairwise(ordered)):
        return ordered
    return [frame.least + (frame.most - frame.least) * part / 4 for part in range(5)]


# --- the curve --------------------------------------------------------------------------------------------------------


def _curve(frame: _Frame, curve: Curve, index: int) -> Iterator[str]:
    colour = _COLOURS[index % len(_COLOURS)]
    dash = f' stroke-dasharray="{_DASHES[index % len(_DASHES)]}"' if index else ""
    style = f'fill="none" stroke="{colour}" stroke-width="2"{dash}'
    if curve.whole:
        shift = Fraction(5 * index)  # readings of one count stand side by side
        for value, points in curve.breaks:
            if points is not None:
                yield _dot(frame.x(value) + shift, frame.y(points), colour, full=True)
        return
    for piece in curve.pieces:
        if piece.start is not None and piece.end is not None:
            places = ((piece.low, piece.start), *piece.between, (piece.high, piece.end))
            drawn = "L".join(f"{_number(frame.x(x))} {_number(frame.y(y))}" for x, y in places)
            yield f'<path d="M{drawn}" {style}/>'
    for (value, points), before, after in zip(curve.breaks, (None, *curve.pieces), (*curve.pieces, None), strict=True):
        limits = [end for end in (before and before.end, after and after.start) if end is not None]
        if all(limit == points for limit in limits) and (before is None or after is None or len(limits) == 2):
            continue
        x = frame.x(value)
        for limit in dict.fromkeys(limits):
            if limit != points:
                yield _dot(x, frame.y(limit), colour, full=False)
        if points is not None:
            yield _dot(x, frame.y(points), colour, full=True)


def _dot(x: Fraction, y: Fraction, colour: str, full: bool) -> str:
    fill = colour if full else "#ffffff"
    return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="3.5" fill="{fill}" stroke="{colour}" stroke-width="1.5"/>'


def _legend_rows(drawn: Sequence[Drawn]) -> int:
    return len(drawn) if len(drawn) > 1 else 0


def _legend(drawn: Sequence[Drawn]) -> Iterator[str]:
    for index in range(_legend_rows(drawn)):
        y = _HEIGHT + 18 * index
        colour, dash = _COLOURS[index % len(_COLOURS)], _DASHES[index % len(_DASHES)]
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        yield f'<path d="M{_LEFT} {y}h28" stroke="{colour}" stroke-width="2"{dashed}/>'
        words = drawn[index].reading + ("（默认）" if index == 0 else "")
        yield f'<text x="{_LEFT + 36}" y="{y + 4}" fill="#222">{_escaped(words)}</text>'


def _number(value: Fraction) -> str:
    text = fixed(Fraction(value), 1)
    return text.removesuffix(".0")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def readings_of(curves: Iterable[tuple[str, Curve]]) -> tuple[Drawn, ...]:
    """Curves with the words of their readings; readings whose curve is the same are drawn once."""
    found: list[Drawn] = []
    for words, curve in curves:
        same = next((one for one in found if _same(one.curve, curve)), None)
        if same is None:
            found.append(Drawn(curve, words))
        else:
            found[found.index(same)] = attrs.evolve(same, reading=f"{same.reading}／{words}")
    return tuple(found)


def _same(one: Curve, other: Curve) -> bool:
    """Equal in what is drawn, whatever the breaks."""
    return one.breaks == other.breaks and one.pieces == other.pieces
