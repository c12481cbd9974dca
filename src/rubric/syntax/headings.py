"""Headings with a slip of the pen: `数剧` for 数据, `三级指际 …` for 三级指标 ….

Takes the words of a line that is no heading; gives the headings it can only have meant. Never a line of a cell: a heading
stands alone on its line, and only one character differs.
"""

import re

import attrs

from rubric.source import Span

SECTIONS = ("指标说明", "评分标准", "数据", "口径")
BLOCKS = ("共用数据", "计分办法")
LEVELS = ("一级指标", "二级指标", "三级指标")

# Words of their own that differ from 数据 and 口径 by one character.
_WORDS = frozenset(
    [
        "依据",
        "证据",
        "根据",
        "论据",
        "收据",
        "票据",
        "单据",
        "凭据",
        "字据",
        "数量",
        "数额",
        "数字",
        "数值",
        "数目",
        "途径",
        "直径",
        "路径",
        "半径",
    ]
)
_EITHER: dict[str, tuple[str, ...]] = dict.fromkeys(("评分办法", "评分方法"), ("评分标准", "计分办法"))
_LEVEL = re.compile(r"([^\s：:，。；]{3,5})[\s\u3000：:]+(?=\S)")
_ALONE = re.compile(r"([^\s：:，。；（(]{2,5})[\s\u3000]*([（(].*[）)])?[\s\u3000]*[：:]?")
_POINTS = re.compile(r"[（(][^（）()]*\d[\s\u3000]*分?[\s\u3000]*[）)]$")


@attrs.frozen
class Slip:
    """A line that is nearly a heading. `meant` holds one heading, or several where the line could be any of them."""

    span: Span
    written: str
    meant: tuple[str, ...]

    @property
    def only(self) -> str | None:
        """The one heading it can be."""
        return self.meant[0] if len(self.meant) == 1 else None


def slip_of(text: str, span: Span, inside: bool) -> Slip | None:
    """`inside`: within an indicator, where its sections may begin. A heading without a slip gives None."""
    level = _LEVEL.match(text)
    if level and not text.endswith(("。", "；")):
        near = tuple(name for name in LEVELS if _differ_by_one(level[1], name))
        if level[1] not in LEVELS and (len(near) == 1 or (near and _POINTS.search(text))):
            return Slip(Span(span.start, span.start + len(level[1])), level[1], near)
    alone = _ALONE.fullmatch(text)
    if alone is None or alone[1] in _WORDS or alone[1] in (*SECTIONS, *BLOCKS):
        return None
    names = (*SECTIONS, *BLOCKS) if inside else BLOCKS
    near = tuple(name for name in names if _differ_by_one(alone[1], name))
    if inside:
        near = _EITHER.get(alone[1], near)
    if not near or (alone[2] and near != ("计分办法",)):
        return None
    return Slip(Span(span.start, span.start + len(alone[1])), alone[1], near)


def _differ_by_one(written: str, name: str) -> bool:
    """One character other, missing or too many."""
    if len(written) == len(name):
        return sum(a != b for a, b in zip(written, name, strict=True)) == 1
    longer, shorter = sorted((written, name), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
