"""Values and ranges in the words of a finding: `满意度 90%（含）到 92%（不含）之间`.

Takes values with their unit; gives their words. Never decides whether something is wrong.
"""

import re
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.dates import day_text
from rubric.core.intervals import Interval
from rubric.core.numbers import plain
from rubric.source import SourceText


@attrs.frozen
class Words:
    """How a table's quantity is called: `node` as written, or the two sides compared; `whole` for a count."""

    source: SourceText
    indicator: str
    node: core.Expression
    against: core.Expression | None
    unit: core.Unit | None
    whole: bool

    def name_of(self, node: core.Expression) -> str:
        """The author's own words for a quantity, where they are nothing but that."""
        text = self.source.slice(node.span)
        plainly = isinstance(node, core.FactValue | core.Named)
        return text if text and (plainly or not re.search(r"[<>=≤≥＜＞＝]|在|以内|\n", text)) else ""

    def value(self, value: Fraction) -> str:
        return shown(value, self.unit)

    def typed(self, value: Fraction) -> str:
        """A number as it stands in a sentence: without a blank, a count without its unit."""
        if self.unit is not None and self.unit.dimension is core.Dimension.COUNT:
            return plain(value)
        return shown(value, self.unit).replace(" ", "")

    def end(self, value: Fraction, inclusive: bool) -> str:
        return f"{self.value(value)}（{'含' if inclusive else '不含'}）"

    def values(self, band: Interval) -> str:
        """`满意度 90%（含）到 92%（不含）之间`, `已完成项目数大于计划完成项目总数时`."""
        if self.against is not None and all(end in (None, 0, 1, -1) for end in (band.low, band.high)):
            first, second = self.name_of(self.node), self.name_of(self.against)
            return f"{first}{_relation_words(band)}{second}时"
        name = self.name_of(self.node) if self.against is None else ""
        if band.low is not None and band.low == band.high:
            value = self.value(band.low)
            return f"{name or '这个数'}为 {value}{'时' if value[-1] >= '一' else ' 时'}"
        if self.whole and band.low is not None and band.high is not None:
            return f"{name} {self.value(band.low)}到 {self.value(band.high)}".strip()
        ends = _span_words(
            None if band.low is None else self.end(band.low, band.low_inclusive),
            None if band.high is None else self.end(band.high, band.high_inclusive),
        )
        return f"{name} {ends}" if name else ends

    def condition(self, band: Interval) -> str:
        """`90%≤满意度<92%`, as it can be typed; "" where the quantity has no name."""
        name = self.name_of(self.node)
        if not name or (self.against is not None and not self.name_of(self.against)):
            return ""
        if self.against is not None:
            ends = all(end in (None, 0, 1, -1) for end in (band.low, band.high))
            return f"{name}{relation(band)}{self.name_of(self.against)}" if ends else ""
        if band.low is not None and band.low == band.high:
            return f"{name}={self.typed(band.low)}"
        if band.low is not None and band.high is not None:
            signs = ("≤" if inclusive else "<" for inclusive in (band.low_inclusive, band.high_inclusive))
            return f"{self.typed(band.low)}{next(signs)}{name}{next(signs)}{self.typed(band.high)}"
        if band.low is not None:
            return f"{name}{'≥' if band.low_inclusive else '>'}{self.typed(band.low)}"
        return f"{name}{'≤' if band.high_inclusive else '<'}{self.typed(band.high)}" if band.high is not None else ""


def shown(value: Fraction, unit: core.Unit | None) -> str:
    """`90%`, `5 项`, `60`."""
    if unit is None or not unit.name:
        return plain(value)
    if unit.dimension is core.Dimension.DATE:
        return day_text(int(value)) if value >= 1 else plain(value)
    return f"{plain(value / unit.scale)}{'' if unit.name in '%‰' else ' '}{unit.name}"


def _span_words(low: str | None, high: str | None) -> str:
    if low is not None and high is not None:
        return f"{low}到 {high}之间"
    return f"{low}以上" if low is not None else f"{high}以下" if high is not None else "任何数"


def relation(band: Interval) -> str:
    """The sign for a difference whose ends are 0 (or the next whole number)."""
    if band.low is not None and band.low == band.high:
        return "="
    if band.low is not None:
        return "≥" if band.low == 0 and band.low_inclusive else ">"
    return "≤" if band.high == 0 and band.high_inclusive else "<"


def _relation_words(band: Interval) -> str:
    return {"=": "等于", "≥": "不小于", ">": "大于", "≤": "不大于", "<": "小于"}[relation(band)]


def when(case: str) -> str:
    """`控制率 250% 时`, `差错 3 处时`."""
    return f"{case}{' ' if case[-1:].isascii() else ''}时"
