"""From one total to another, step by step: a waterfall as a picture.

Takes the first total, the steps and their names; gives an SVG text: a bar for each step where the last one ended, the
totals above and below. Never computes a share.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rubric.core.numbers import fixed
from rubric.reporting.curve_axes import escaped, number
from rubric.reporting.impact_words import signed

_WIDTH, _LABEL, _VALUE, _TOP, _ROW, _BAR = 900, 330, 70, 44, 34, 20
_FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','WenQuanYi Zen Hei',sans-serif"
_TOTAL, _UP, _DOWN, _GREY, _DARK = "#0b4f8a", "#2f7d4f", "#b3341e", "#d0d7de", "#333"
_MARGIN = Fraction(3, 20)


def waterfall_svg(first: tuple[str, Fraction], steps: Sequence[tuple[str, Fraction]], last: str, title: str) -> str:
    """`first` is a name with its total; each step a name with what it adds; `last` the name of the total they lead to."""
    totals = [first[1]]
    for _, step in steps:
        totals.append(totals[-1] + step)
    low, high = _ends(totals)
    height = _TOP + _ROW * (len(steps) + 2) + 30

    def x(value: Fraction) -> Fraction:
        return _LABEL + (value - low) / (high - low) * (_WIDTH - _LABEL - _VALUE)

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="{_FONT}" '
        'font-size="13" role="img">',
        f"<title>{escaped(title)}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="{_LABEL}" y="20" fill="{_DARK}" font-size="14">{escaped(title)}</text>',
    ]
    bars = [(first[0], low, first[1], _TOTAL, fixed(first[1], 2))]
    for (name, step), start in zip(steps, totals, strict=False):
        bars.append((name, start, start + step, _UP if step > 0 else _DOWN, signed(step)))
    bars.append((last, low, totals[-1], _TOTAL, fixed(totals[-1], 2)))
    for place, (name, start, end, colour, value) in enumerate(bars):
        y = _TOP + _ROW * place
        lines += _bar(name, x(start), x(end), y, colour, value)
        if place + 1 < len(bars):
            at = number(x(end))
            lines.append(f'<line x1="{at}" y1="{y + _BAR}" x2="{at}" y2="{y + _ROW}" stroke="#8b949e"/>')
    lines += _axis(low, high, _TOP + _ROW * len(bars), x(low), x(high))
    return "\n".join((*lines, "</svg>")) + "\n"


def _ends(totals: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """A little more than the totals span: small steps among great totals must be seen."""
    least, most = min(totals), max(totals)
    room = (most - least) * _MARGIN or Fraction(1)
    return max(least - 2 * room, Fraction(0)), most + room


def _bar(name: str, start: Fraction, end: Fraction, y: int, colour: str, value: str) -> Iterator[str]:
    left, width = min(start, end), abs(end - start)
    middle = y + _BAR // 2 + 5
    shown = name if len(name) <= 25 else name[:12] + "……" + name[-11:]
    yield f'<text x="{_LABEL - 12}" y="{middle}" text-anchor="end" fill="{_DARK}">{escaped(shown)}</text>'
    yield (
        f'<rect x="{number(left)}" y="{y}" width="{number(max(width, Fraction(1)))}" height="{_BAR}" fill="{colour}">'
        f"<title>{escaped(name)}：{value} 分</title></rect>"
    )
    yield f'<text x="{number(max(start, end) + 6)}" y="{middle}" fill="{_DARK}">{value}</text>'


def _axis(low: Fraction, high: Fraction, y: int, left: Fraction, right: Fraction) -> Iterator[str]:
    yield f'<line x1="{number(left)}" y1="{y}" x2="{number(right)}" y2="{y}" stroke="{_GREY}"/>'
    for value, at, anchor in ((low, left, "start"), (high, right, "end")):
        yield f'<text x="{number(at)}" y="{y + 16}" text-anchor="{anchor}" fill="#59636e">{fixed(value, 2)} 分</text>'
