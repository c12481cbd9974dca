"""What a revision does to departments, as a page.

Takes an impact; gives HTML with a waterfall of the means, the edits, the grades and every department. Never attributes.
"""

from collections.abc import Iterable, Iterator

from rubric.core.numbers import fixed
from rubric.diagnostics.model import Diagnostic
from rubric.reporting.curve_axes import escaped
from rubric.reporting.impact_text import grade, row
from rubric.reporting.impact_words import (
    GENERATED,
    IN_ORDER,
    METHOD,
    assumptions,
    by_change,
    directions,
    effects,
    grade_moves,
    independent_words,
    means,
    missing_words,
    signed,
)
from rubric.reporting.page import page, paragraph, rows, tiles
from rubric.reporting.revision_words import edition_name
from rubric.reporting.waterfall_svg import waterfall_svg
from rubric.revision.impact import Impact


def impact_page(impact: Impact, diagnostics: Iterable[Diagnostic] = ()) -> str:
    return page(f"修订的影响：{impact.revision.new.title}", _body(impact, tuple(diagnostics)))


def _body(impact: Impact, diagnostics: tuple[Diagnostic, ...]) -> Iterator[str]:
    old, new = impact.revision.old, impact.revision.new
    yield f"<h1>{escaped(new.title or '评分表')}：修订对各部门得分的影响</h1>"
    yield paragraph(f"原：{edition_name(old)}")
    yield paragraph(f"新：{edition_name(new)}")
    for program in (old, new):
        if "示例" in program.status:
            yield paragraph(f"{program.fiscal_year or ''} 年度的评分表是示例修订（非财政部门印发文本）。", "banner")
    if impact.generated:
        yield paragraph(f"本页各部门的数据都是{GENERATED}。", "banner")
    for diagnostic in diagnostics:
        yield paragraph(f"{diagnostic.title}。{diagnostic.remedy}。", "banner")
    yield tiles(_counts(impact))
    yield from _waterfall(impact)
    yield from _edits(impact)
    yield from _grades(impact)
    yield from _left_out(impact)
    yield from _assumed(impact)
    yield "<h2>各部门</h2>"
    head = ("部门", "原总分", "新总分", "变化", "等级", "主要因为")
    shown = ([escaped(cell) for cell in row(impact, one)] for one in by_change(impact))
    yield rows(head, shown, frozenset({1, 2, 3}))


def _counts(impact: Impact) -> list[tuple[str, str]]:
    rising, falling, staying = directions(impact)
    before, after = means(impact)
    changed = sum(1 for one in impact.departments if "→" in grade(one))
    return [
        (str(len(impact.departments)), "个部门"),
        (str(rising), "得分上升"),
        (str(falling), "得分下降"),
        (str(staying), "得分不变"),
        (str(changed), "等级改变"),
        (signed(after - before), "平均总分的变化"),
    ]


def _waterfall(impact: Impact) -> Iterator[str]:
    before, after = means(impact)
    steps = [(effect.label, effect.mean) for effect in effects(impact) if effect.mean]
    years = [f"{p.fiscal_year} 年度" if p.fiscal_year else "" for p in (impact.revision.old, impact.revision.new)]
    first, last = f"{years[0]}平均总分", f"{years[1]}平均总分"
    title = f"平均总分从 {fixed(before, 2)} 到 {fixed(after, 2)}：每处改动各占多少"
    yield "<h2>平均总分的变化由哪些改动造成</h2>"
    yield f"<figure>{waterfall_svg((first, before), steps, last, title)}"
    yield f"<figcaption>{escaped(METHOD)}横轴不从 0 起。</figcaption></figure>"
    if any(one.attribution.in_order for one in impact.departments):
        yield paragraph(IN_ORDER, "soft")


def _edits(impact: Impact) -> Iterator[str]:
    yield "<h2>各项改动</h2>"
    body = ((escaped(e.label), signed(e.mean), signed(e.least), signed(e.most), str(e.moved)) for e in effects(impact))
    yield rows(("改动", "平均（分）", "最低", "最高", "受影响的部门"), body, frozenset({1, 2, 3, 4}))


def _grades(impact: Impact) -> Iterator[str]:
    graded = [one for one in impact.departments if one.old_grade and one.new_grade]
    if not graded:
        return
    yield "<h2>等级</h2>"
    names = [g.name for g in impact.revision.old.scoring.grades]
    after = list(dict.fromkeys([*(g.name for g in impact.revision.new.scoring.grades), *names]))
    moves = {(a, b): n for a, b, n in grade_moves(impact)}

    def count(one: str, other: str) -> str:
        if one == other:
            return str(sum(1 for d in graded if d.old_grade == d.new_grade == one))
        return str(moves.get((one, other), 0))

    body = ((f"原为{one}", *(count(one, other) for other in after)) for one in names)
    yield rows(("", *(f"新为{name}" for name in after)), body, frozenset(range(1, len(after) + 1)))


def _left_out(impact: Impact) -> Iterator[str]:
    left = list(missing_words(impact))
    if left:
        yield "<h2>未计入的指标</h2>"
        yield paragraph("下列指标两年不能都算出得分，两年的总分都不含它；不完整的总分后标＊，不定等级。")
        body = ((escaped(name), str(count), escaped(lacking)) for name, count, lacking in left)
        yield rows(("指标", "部门数", "缺少"), body, frozenset({1}))
    said = independent_words(impact)
    if said:
        yield paragraph(said, "alarm")


def _assumed(impact: Impact) -> Iterator[str]:
    found = assumptions(impact)
    if found:
        yield "<h2>生成部门时的假定</h2>"
        yield f"<ul>{''.join(f'<li>{escaped(text)}</li>' for text in found)}</ul>"
