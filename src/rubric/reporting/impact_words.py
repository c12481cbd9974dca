"""What a revision does to departments, counted and in words.

Takes an impact; gives its counts, tables and labels, alike for text, JSON and page. Never attributes.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.core.numbers import fixed
from rubric.population.departments import ASSUMPTIONS
from rubric.revision.hybrids import Edit
from rubric.revision.impact import Impact, Moved

ZERO = Fraction(0)
METHOD = "归因按沙普利值：对改动的各种先后次序取平均，用分数精确计算，各项之和恰为总分的变化。"
IN_ORDER = "有的部门受影响的改动超过 10 处，这些部门按评分表的次序逐项归因。"
GENERATED = "生成数据，不是任何单位的真实数据"


@attrs.frozen
class Effect:
    """One edit over all departments: its mean share, the least, the greatest, and how many departments it moves."""

    edit: Edit
    label: str
    mean: Fraction
    least: Fraction
    most: Fraction
    moved: int


def edit_label(edit: Edit) -> str:
    """`「财务合规性」第2点（扣分调整）`."""
    where = f"「{edit.indicator}」{f'第{edit.path}点' if edit.path else ''}" if edit.indicator else "总分"
    return f"{where}（{edit.kind}）"


def effects(impact: Impact) -> list[Effect]:
    """In the order of the table; those that move nobody last."""
    found: list[Effect] = []
    for edit in impact.edits:
        shares = [dict(one.attribution.shares).get(edit.place, ZERO) for one in impact.departments]
        moved = sum(1 for share in shares if share)
        if shares:
            mean = sum(shares, ZERO) / len(shares)
            found.append(Effect(edit, edit_label(edit), mean, min(shares), max(shares), moved))
    return sorted(found, key=lambda e: e.moved == 0)


def means(impact: Impact) -> tuple[Fraction, Fraction]:
    """The mean total under either edition."""
    count = len(impact.departments) or 1
    before = sum((one.attribution.before for one in impact.departments), ZERO) / count
    after = sum((one.attribution.after for one in impact.departments), ZERO) / count
    return before, after


def directions(impact: Impact) -> tuple[int, int, int]:
    """How many rise, fall, and stay."""
    rising = sum(1 for one in impact.departments if one.change > 0)
    falling = sum(1 for one in impact.departments if one.change < 0)
    return rising, falling, len(impact.departments) - rising - falling


def grade_moves(impact: Impact) -> list[tuple[str, str, int]]:
    """(old grade, new grade, how many), those that change grade, the most first."""
    pairs = Counter((one.old_grade, one.new_grade) for one in impact.departments if one.old_grade and one.new_grade)
    return [(a, b, n) for (a, b), n in pairs.most_common() if a != b]


def by_change(impact: Impact) -> list[Moved]:
    """The greatest fall first, then the greatest rise; those that stay last."""
    return sorted(impact.departments, key=lambda one: (one.change == 0, one.change > 0, -abs(one.change)))


def signed(value: Fraction, places: int = 2) -> str:
    """`+1.00`, `-0.50`, `0.00`; what would be shown as nothing and is not has more decimals."""
    text = fixed(value, places)
    while value and Fraction(text) == 0 and places < 6:
        places += 2
        text = fixed(value, places)
    return f"+{text}" if value > 0 else text


def missing_words(impact: Impact) -> Iterator[tuple[str, int, str]]:
    """(indicator, how many departments, what they lack)."""
    lacking: dict[str, dict[str, None]] = {}
    counts: Counter[str] = Counter()
    for one in impact.departments:
        for left in one.left_out:
            counts[left.indicator] += 1
            names = [f"{part}{name}" if part else name for name, part in left.missing]
            lacking.setdefault(left.indicator, {}).update(dict.fromkeys(names or ["标准没有说怎样计分"]))
    for indicator, names in lacking.items():
        yield indicator, counts[indicator], "、".join(names)


def independent(impact: Impact) -> list[str]:
    """Indicators of which both editions ask other data: made-up facts of the two have nothing to do with each other."""
    from rubric.revision.changes import Meaning

    if not impact.generated:
        return []
    found = [c.indicator for c in impact.revision.changes if c.indicator and c.meaning is Meaning.INCOMPARABLE]
    pairs = {pair.new.name for pair in impact.revision.alignment.indicators}
    return [name for name in dict.fromkeys(found) if name in pairs]


def independent_words(impact: Impact) -> str:
    """That what changed there is chance, and what the other edits come to; empty where there is no such indicator."""
    apart = independent(impact)
    if not apart:
        return ""
    names = "、".join(f"「{name}」" for name in apart)
    other = sum((e.mean for e in effects(impact) if e.edit.indicator not in apart), ZERO)
    return (
        f"{names}两年所用的数据不同，生成时互不相干，得分的变化不说明修订的影响；"
        f"其余各项改动合计使平均总分变化 {signed(other)} 分。"
    )


def assumptions(impact: Impact) -> tuple[str, ...]:
    """What was assumed of made-up departments; nothing of real ones."""
    return ASSUMPTIONS if impact.generated else ()
