"""What a revision does to departments, for people at a terminal.

Takes an impact; gives its text. Never attributes.
"""

from collections.abc import Iterator

from rubric.core.numbers import fixed
from rubric.reporting.impact_words import (
    GENERATED,
    IN_ORDER,
    METHOD,
    assumptions,
    by_change,
    directions,
    edit_label,
    effects,
    grade_moves,
    independent_words,
    means,
    missing_words,
    signed,
)
from rubric.reporting.revision_words import edition_name
from rubric.reporting.table import rule, table, wrap
from rubric.revision.impact import Impact, Moved

_SHOWN = 20


def impact_text(impact: Impact, width: int = 100) -> str:
    lines = [f"原：{edition_name(impact.revision.old)}", f"新：{edition_name(impact.revision.new)}"]
    lines += [f"部门：{len(impact.departments)} 个{f'（{GENERATED}）' if impact.generated else ''}", rule(width)]
    lines += summary(impact)
    lines += ["", "各项改动对总分的影响（分）", *_effects(impact), *wrap(METHOD, width, "  ", "  ")]
    if any(one.attribution.in_order for one in impact.departments):
        lines += wrap(IN_ORDER, width, "  ", "  ")
    lines += ["", *_departments(impact, width)]
    lines += _left_out(impact, width)
    return "\n".join(lines)


def summary(impact: Impact) -> list[str]:
    rising, falling, staying = directions(impact)
    before, after = means(impact)
    mean = f"平均总分 {fixed(before, 2)} → {fixed(after, 2)}（{signed(after - before)}）"
    lines = [f"得分上升 {rising} 个，下降 {falling} 个，不变 {staying} 个；{mean}"]
    moves = grade_moves(impact)
    graded = sum(1 for one in impact.departments if one.old_grade and one.new_grade)
    changed = sum(count for _, _, count in moves)
    if graded:
        listed = f"：{'，'.join(f'{a}→{b} {n} 个' for a, b, n in moves)}" if moves else ""
        lines.append(f"等级改变 {changed} 个，不变 {graded - changed} 个{listed}")
    return lines


def _effects(impact: Impact) -> list[str]:
    rows = [("改动", "平均", "最低", "最高", "受影响的部门")]
    for effect in effects(impact):
        ends = signed(effect.mean), signed(effect.least), signed(effect.most)
        rows.append((effect.label, *ends, f"{effect.moved} 个"))
    if len(rows) == 1:
        return ["  没有改变得分的改动。"]
    return [f"  {line}" for line in table(rows, ("left", "right", "right", "right", "right"))]


def _departments(impact: Impact, width: int) -> Iterator[str]:
    ordered = by_change(impact)
    shown = ordered[:_SHOWN]
    more = f"（变化最大的 {_SHOWN} 个，全部见 --format json 或 --html）" if len(ordered) > _SHOWN else ""
    yield f"各部门{more}"
    rows = [("部门", "原总分", "新总分", "变化", "等级", "主要因为")]
    rows += [row(impact, one) for one in shown]
    yield from (f"  {line}" for line in table(rows, ("left", "right", "right", "right", "left", "left")))


def row(impact: Impact, one: Moved) -> tuple[str, str, str, str, str, str]:
    """Name, both totals, the change, the grade, and the edit with the greatest share."""
    found = one.attribution
    edits = {edit.place: edit for edit in impact.edits}
    main = max(found.shares, key=lambda pair: abs(pair[1]), default=None)
    why = f"{edit_label(edits[main[0]])}{signed(main[1])}" if main is not None else ""
    mark = "" if one.is_whole else "＊"
    return one.name, fixed(found.before, 2) + mark, fixed(found.after, 2) + mark, signed(one.change), grade(one), why


def grade(one: Moved) -> str:
    if one.old_grade is None and one.new_grade is None:
        return ""
    return one.old_grade or "" if one.old_grade == one.new_grade else f"{one.old_grade}→{one.new_grade}"


def _left_out(impact: Impact, width: int) -> Iterator[str]:
    left = list(missing_words(impact))
    if left:
        yield ""
        yield from wrap("未计入的指标（两年不能都算出得分，两年的总分都不含它，总分后标＊）", width)
        for indicator, count, lacking in left:
            yield from wrap(f"「{indicator}」（{count} 个部门）：缺 {lacking}", width, "  ", "    ")
    said = independent_words(impact)
    if said:
        yield ""
        yield from wrap(f"注意：{said}", width)
    assumed = assumptions(impact)
    if assumed:
        yield ""
        yield "生成部门时的假定"
        for text in assumed:
            yield from wrap(text, width, "  ", "    ")
