"""An indicator's score curves as one picture.

Takes the curves of an indicator; gives an SVG text: for each quantity it moves with a panel under the other, with words that
say what is held, the greatest jumps marked, and the department's own place where facts were given. Never computes a score.
"""

from collections.abc import Sequence
from fractions import Fraction

import attrs

from rubric.analysis.cliffs import Jump, jumps_of
from rubric.analysis.indicator_curves import IndicatorCurve
from rubric.analysis.reach_sums import IndicatorReach
from rubric.core.intervals import exactly
from rubric.core.numbers import plain
from rubric.core.program import Indicator, Judged, RowScores, Yields
from rubric.core.walk import data_used, within
from rubric.reporting.curve_axes import HEIGHT, LEFT, WIDTH, escaped
from rubric.reporting.curve_svg import FONT, Drawn, Marks, curve_lines
from rubric.reporting.quantities import quantity
from rubric.reporting.reach import value_text
from rubric.reporting.table import wrap

# More equal jumps than this are no cliff but a stair.
_MOST_CLIFFS = 3
_HEAD, _CAPTION = 34, 40
_LINE = 17
# Display cells in a line of words under a heading.
_CELLS = 84


@attrs.frozen
class Heading:
    """What stands over the panels: the unit whose facts are marked, and a label for made-up or draft things."""

    unit: str = ""
    label: str = ""


def drawing(indicator: Indicator, curves: Sequence[IndicatorCurve], heading: Heading | None = None) -> str:
    """The picture of one indicator; `curves` are at least one."""
    heading = heading or Heading()
    title = f"{indicator.name}（{plain(indicator.points)} 分）"
    notes = [text for text in (heading.label, heading.unit and f"◆ {heading.unit}") if text]
    body: list[str] = []
    y = _HEAD + (_LINE if notes else 0)
    for number, curve in enumerate(curves):
        words = wrap(_caption(curve, len(curves) > 1, number), _CELLS)
        for index, line in enumerate(words):
            body.append(f'<text x="{LEFT - 36}" y="{y + 14 + index * _LINE}" fill="#444">{escaped(line)}</text>')
        y += 4 + _LINE * len(words)
        panel = curve_lines([Drawn(curve.curve)], curve.points, _marks(curve))
        body += [f'<g transform="translate(0 {y})">', *panel, "</g>"]
        y += HEIGHT
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}" '
        f'font-family="{FONT}" font-size="12" role="img">',
        f"<title>{escaped(title)}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="{LEFT - 36}" y="24" font-size="16" font-weight="bold" fill="#222">{escaped(title)}</text>',
    ]
    if notes:
        head.append(f'<text x="{LEFT - 36}" y="44" fill="#1b7a3d">{escaped("　".join(notes))}</text>')
    return "\n".join((*head, *body, "</svg>")) + "\n"


def why_no_curve(found: IndicatorReach) -> str:
    """Why an indicator has no curve: `由人评判`, `按情况认定` …"""
    if found.indicator.yields is not Yields.POINTS:
        return "不以分数计"
    nodes = list(within(found.indicator.rule))
    if any(isinstance(node, RowScores) for node in nodes):
        return "逐行计分"
    if not found.reach.exact:
        return found.reach.reason
    if not data_used(found.indicator.rule):
        return "由人评判"
    judged = any(isinstance(node, Judged) for node in nodes)
    return "由人评判，只随几种情况变" if judged else "按情况认定，不随一个数变"


# --- words ------------------------------------------------------------------------------------------------------------


def _caption(curve: IndicatorCurve, several: bool, number: int) -> str:
    """What the panel shows, and what is held."""
    driver = curve.driver
    names = [name if part is None else f"{part}{name}" for name, part in driver.facts]
    made = "" if driver.datum.name in names else f"，由「{'」、「'.join(names)}」算出"
    whose = f"第{curve.path}点的得分" if curve.path else "本指标的得分"
    rest = "其余按本部门的数据" if curve.others else "其余数据和评判按最好计"
    sign = f"（{number + 1}）" if several else ""
    return f"{sign}{whose}随「{driver.datum.name}」变{made}；{rest}"


def _marks(curve: IndicatorCurve) -> Marks:
    own = None
    if curve.own is not None:
        value, score = curve.own
        own = (value, score, f"{_own_text(curve, value)}，{plain(score, 2)} 分")
    jumps = jumps_of(curve.curve)
    greatest = [jump for jump in jumps if jump.size == jumps[0].size]
    return Marks(own, tuple(_jump(jump, curve) for jump in greatest) if len(greatest) <= _MOST_CLIFFS else ())


def _own_text(curve: IndicatorCurve, value: Fraction) -> str:
    """A rate that follows from two numbers has two decimals."""
    datum = curve.driver.datum
    if curve.driver.divisor is None:
        return value_text(datum, value)
    return quantity(exactly(value), datum.unit, computed=True, spaced=True)


def _jump(jump: Jump, curve: IndicatorCurve) -> tuple[Fraction, Fraction, Fraction, str]:
    """Drawn at the value where the curve breaks; between two whole numbers in the middle."""
    breaks = {value for value, _ in curve.curve.breaks}
    at = jump.before if jump.before in breaks else jump.after
    at = (jump.before + jump.after) / 2 if curve.curve.whole else at
    where = "" if curve.curve.whole else f"{value_text(jump.datum, at)}："
    return (at, jump.low, jump.high, f"{where}相差 {plain(jump.size)} 分")
