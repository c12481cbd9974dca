"""Score curves as pictures.

Takes curves of one datum, one for each reading, with the full points; gives an SVG text: the datum to the right, the points
upwards, a full dot where an end is in and a ring where it is out. Never computes a score.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import attrs

from rubric.analysis.curve import Curve
from rubric.reporting.curve_axes import (
    BOTTOM,
    HEIGHT,
    LEFT,
    TOP,
    WIDTH,
    Frame,
    Upwards,
    axes,
    escaped,
    frame_of,
    number,
)

_COLOURS = ("#0b4f8a", "#b3541e", "#3d7a3d", "#7a3d7a")
_DASHES = ("", "7 4", "2 4", "10 3 2 3")
FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','WenQuanYi Zen Hei',sans-serif"
_ROW = 18
# A point less far above the axis than this leaves no room at the foot of its line.
_FOOT = 40
_CLIFF, _OWN = "#b3261e", "#1b7a3d"
# Dots of whole values closer than this are drawn smaller.
_CLOSE = 9
POINTS = Upwards()


@attrs.frozen
class Drawn:
    """A curve with the words of its reading (empty where there is one reading only)."""

    curve: Curve
    reading: str = ""


@attrs.frozen
class Marks:
    """What is marked on the default curve: the `own` value and score of a department, with words; `jumps` from place to place.

    A jump is (value, score below or above, the other score, words).
    """

    own: tuple[Fraction, Fraction, str] | None = None
    jumps: tuple[tuple[Fraction, Fraction, Fraction, str], ...] = ()


def curve_svg(
    drawn: Sequence[Drawn],
    points: Fraction,
    title: str,
    first: str = "（默认）",
    upwards: Upwards = POINTS,
    between: bool = False,
) -> str:
    """One picture of `drawn`, the default reading first, with `first` behind its words; told apart by colour and dashes.

    `between`: what lies between the first two curves is filled, where any score between them is possible.
    """
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + _ROW * _legend_rows(drawn)}" '
        f'font-family="{FONT}" font-size="12" role="img">',
        f"<title>{escaped(title)}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *curve_lines(drawn, points, first=first, upwards=upwards, between=between),
    ]
    return "\n".join((*lines, "</svg>")) + "\n"


def curve_lines(
    drawn: Sequence[Drawn],
    points: Fraction,
    marks: Marks | None = None,
    first: str = "（默认）",
    upwards: Upwards = POINTS,
    between: bool = False,
) -> list[str]:
    """The lines of one picture without its frame, WIDTH wide and HEIGHT high and a row for each reading."""
    curves = [one.curve for one in drawn]
    frame = frame_of(curves, points)
    lines = [*_undecided(frame, curves[0]), *(_filled(frame, curves) if between else ()), *axes(frame, curves, upwards)]
    for index in reversed(range(len(drawn))):  # the default reading lies on top
        lines += _curve(frame, curves, index)
    lines += _marks(frame, marks) if marks is not None else []
    lines += _legend(drawn, first)
    return lines


def readings_of(curves: Iterable[tuple[str, Curve]]) -> tuple[Drawn, ...]:
    """Curves with the words of their readings; readings whose curve is the same are drawn once."""
    found: list[Drawn] = []
    for words, curve in curves:
        same = next((one for one in found if _same(one.curve, curve)), None)
        if same is None:
            found.append(Drawn(curve, words))
        elif words not in same.reading.split("／"):
            found[found.index(same)] = attrs.evolve(same, reading=f"{same.reading}／{words}")
    return tuple(found)


def _same(one: Curve, other: Curve) -> bool:
    """Equal in what is drawn, whatever the breaks."""
    return one.breaks == other.breaks and one.pieces == other.pieces


# --- the curve --------------------------------------------------------------------------------------------------------


def _undecided(frame: Frame, curve: Curve) -> Iterator[str]:
    """A grey ground under the values for which the text gives no score."""
    for piece in curve.pieces:
        if piece.start is None:
            left, right = frame.x(piece.low), frame.x(piece.high)
            place = f'x="{number(left)}" y="{TOP}" width="{number(right - left)}" height="{HEIGHT - BOTTOM - TOP}"'
            yield f'<rect {place} fill="#f3efe6"/>'
            x, y = number((left + right) / 2), (TOP + HEIGHT - BOTTOM) // 2
            yield f'<text x="{x}" y="{y}" text-anchor="middle" fill="#8a6d1f">待定</text>'


def _filled(frame: Frame, curves: Sequence[Curve]) -> Iterator[str]:
    """The ground between two curves without jumps."""
    up, down = (_places(curve) for curve in curves[:2])
    drawn = "L".join(f"{number(frame.x(x))} {number(frame.y(y))}" for x, y in (*up, *reversed(down)))
    yield f'<path d="M{drawn}Z" fill="#e8f0f8"/>'


def _places(curve: Curve) -> list[tuple[Fraction, Fraction]]:
    found: list[tuple[Fraction, Fraction]] = []
    for piece in curve.pieces:
        if piece.start is not None and piece.end is not None:
            found += [(piece.low, piece.start), *piece.between, (piece.high, piece.end)]
    return found


def _curve(frame: Frame, curves: Sequence[Curve], index: int) -> Iterator[str]:
    curve = curves[index]
    if curve.whole:
        yield from _dots(frame, curves, index)
        return
    colour = _COLOURS[index % len(_COLOURS)]
    dash = f' stroke-dasharray="{_DASHES[index % len(_DASHES)]}"' if index else ""
    style = f'fill="none" stroke="{colour}" stroke-width="2"{dash}'
    for piece in curve.pieces:
        if piece.start is not None and piece.end is not None:
            places = ((piece.low, piece.start), *piece.between, (piece.high, piece.end))
            drawn = "L".join(f"{number(frame.x(x))} {number(frame.y(y))}" for x, y in places)
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


def _dots(frame: Frame, curves: Sequence[Curve], index: int) -> Iterator[str]:
    """Whole values by dots alone; of another reading only the dots that differ from all before it."""
    breaks = curves[index].breaks
    size = (frame.x(frame.high) - frame.x(frame.low)) / max(len(breaks) - 1, 1)
    radius = Fraction(7, 2) if size >= _CLOSE else Fraction(5, 2)
    drawn = {point for curve in curves[:index] for point in curve.breaks}
    for value, points in breaks:
        if points is not None and (value, points) not in drawn:
            yield _dot(frame.x(value), frame.y(points), _COLOURS[index % len(_COLOURS)], full=True, radius=radius)


def _dot(x: Fraction, y: Fraction, colour: str, full: bool, radius: Fraction = Fraction(7, 2)) -> str:
    fill = colour if full else "#ffffff"
    place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
    return f'<circle {place} fill="{fill}" stroke="{colour}" stroke-width="1.5"/>'


# --- marks ------------------------------------------------------------------------------------------------------------


def _marks(frame: Frame, marks: Marks) -> Iterator[str]:
    for value, one, other, words in marks.jumps:
        x, top, bottom = frame.x(value), min(frame.y(one), frame.y(other)), max(frame.y(one), frame.y(other))
        yield (
            f'<line x1="{number(x)}" y1="{number(top + 5)}" x2="{number(x)}" y2="{number(bottom - 5)}" '
            f'stroke="{_CLIFF}" stroke-dasharray="3 3"/>'
        )
        yield from _words(x, (top + bottom) / 2 + 4, words, _CLIFF)
    if marks.own is not None:
        value, score, words = marks.own
        x, y = frame.x(value), frame.y(score)
        yield f'<path d="M{number(x)} {number(y)}V{HEIGHT - BOTTOM}" stroke="{_OWN}" stroke-dasharray="1 3"/>'
        corners = ((x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y))
        drawn = "L".join(f"{number(u)} {number(v)}" for u, v in corners)
        yield f'<path d="M{drawn}Z" fill="{_OWN}" stroke="#ffffff" stroke-width="1.5"/>'
        # Beside the dotted line at its foot, where no curve is; over a point that is itself near the axis.
        near_axis = HEIGHT - BOTTOM - y < _FOOT
        yield from _words(x, y - 14 if near_axis else Fraction(HEIGHT - BOTTOM - 9), words, _OWN)


def _words(x: Fraction, y: Fraction, words: str, colour: str) -> Iterator[str]:
    """Beside a place, on the side where there is room; a white edge keeps them clear of lines."""
    left = x > Fraction(WIDTH, 2)
    place = f'x="{number(x - 10 if left else x + 10)}" y="{number(y)}" text-anchor="{"end" if left else "start"}"'
    edge = 'stroke="#ffffff" stroke-width="4" paint-order="stroke"'
    yield f'<text {place} fill="{colour}" {edge}>{escaped(words)}</text>'


# --- the readings -----------------------------------------------------------------------------------------------------


def _legend_rows(drawn: Sequence[Drawn]) -> int:
    return len(drawn) if len(drawn) > 1 else 0


def _legend(drawn: Sequence[Drawn], first: str) -> Iterator[str]:
    for index in range(_legend_rows(drawn)):
        y = HEIGHT + _ROW * index
        colour, dash = _COLOURS[index % len(_COLOURS)], _DASHES[index % len(_DASHES)]
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        if drawn[index].curve.whole:
            yield _dot(Fraction(LEFT + 14), Fraction(y), colour, full=True)
        else:
            yield f'<path d="M{LEFT} {y}h28" stroke="{colour}" stroke-width="2"{dashed}/>'
        words = drawn[index].reading + (first if index == 0 else "")
        yield f'<text x="{LEFT + 36}" y="{y + 4}" fill="#222">{escaped(words)}</text>'
