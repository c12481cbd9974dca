"""What the heading of an indicator says: its name, its points, what it comes to.

Takes the words after `三级指标`; gives them apart. `（5分）` states points, `（不设上限）` that they have no maximum, `（等级）`
that the item comes to a grade, `（金额）` to an amount of money. Never an opinion on the points stated.
"""

import re
from enum import StrEnum
from fractions import Fraction

import attrs


class Yields(StrEnum):
    """What an indicator comes to."""

    POINTS = "得分"
    GRADE = "等级"
    AMOUNT = "金额"


@attrs.frozen
class Title:
    name: str
    points: Fraction | None
    yields: Yields = Yields.POINTS
    unlimited: bool = False


_MARK = re.compile(r"^(.*?)[\s\u3000]*[（(]([^（）()]*)[）)][\s\u3000]*$")
_POINTS = re.compile(r"[^（）()]*?((?:(?<![\d分])[-－−])?\d+(?:\.\d+)?)[\s\u3000]*分?[\s\u3000]*")
_UNLIMITED = re.compile(r"[，,、；;\s\u3000]*(不设上限|上不封顶|不封顶)[\s\u3000]*")
_GRADE = re.compile(r"[\s\u3000]*(评定|考核|评价)?(等级|等次|档次|级别|星级)[\s\u3000]*")
_AMOUNT = re.compile(r"[\s\u3000]*(支付|拨付|结算)?金额[\s\u3000]*")


def title_of(text: str) -> Title:
    """A heading without a bracket of these kinds is a name and nothing else."""
    match = _MARK.match("".join(chr(ord(c) - 0xFEE0) if "０" <= c <= "９" else c for c in text))
    if match is None:
        return Title(text.strip(), None)
    name, inside = text[: match.end(1)].strip(), match[2]
    if _GRADE.fullmatch(inside):
        return Title(name, None, Yields.GRADE)
    if _AMOUNT.fullmatch(inside):
        return Title(name, None, Yields.AMOUNT)
    unlimited = _UNLIMITED.search(inside)
    points = _POINTS.fullmatch(_UNLIMITED.sub("", inside))
    if points is None and not unlimited:
        return Title(text.strip(), None)
    stated = Fraction(points[1].replace("－", "-").replace("−", "-")) if points else None
    return Title(name, stated, unlimited=bool(unlimited))
