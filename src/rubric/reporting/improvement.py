"""What would have to change, as text.

Takes an improvement; gives the lines that `rubric improve` prints: where the department stands, the plans, the next thresholds of each
indicator, what was left alone. Never a finding.
"""

from collections.abc import Iterator
from fractions import Fraction

from rubric.core import program as core
from rubric.core.dates import day_text
from rubric.core.numbers import fixed, plain
from rubric.improving.improve import Improvement
from rubric.improving.lines import Rise
from rubric.improving.movable import Change, Movable
from rubric.improving.search import Plan
from rubric.reporting.quantities import signed
from rubric.reporting.table import wrap

CONFIRMED = "每一种都已由计分程序重算"
_MOST_PLACES = 12


def improvement_text(found: Improvement, width: int) -> str:
    """The whole text, without findings."""
    lines = [*_heading(found), "", *_plans(found, width)]
    if found.searched is None:
        lines += _thresholds(found, width)
    for kept in found.kept:
        lines += wrap(f"没有改动：{'、'.join(kept.names)}（{kept.why}）", width, "", "  ")
    return "\n".join(lines)


def _heading(found: Improvement) -> Iterator[str]:
    outcome, places = found.standing.outcome, found.standing.program.scoring.places
    name = outcome.record.unit_name
    total = "待定" if outcome.total is None else f"{fixed(outcome.total, places)} 分"
    grade = f"（{outcome.grade}）" if outcome.grade else ""
    yield f"{f'{name}，' if name else ''}现在总分 {total}{grade}"
    if found.target is not None and outcome.total is not None and not found.target.reached(outcome.total):
        more = "" if found.target.inclusive else "以上"
        yield f"目标：{found.target.words}，还差 {fixed(found.target.low - outcome.total, places)} 分{more}"


# --- plans ------------------------------------------------------------------------------------------------------------


def _plans(found: Improvement, width: int) -> Iterator[str]:
    if found.searched is None:
        return
    if found.searched.plans:
        yield f"达到目标的改法（改动的数据最少；项数相同的，相对变动小的在前；{CONFIRMED}）："
        for number, plan in enumerate(found.searched.plans, start=1):
            yield from _plan(found, plan, f"第 {number} 种", width)
        yield ""
    elif found.searched.best is not None:
        yield f"最多能做到（{CONFIRMED}）："
        yield from _plan(found, found.searched.best, "全部改动", width)
        yield ""


def _plan(found: Improvement, plan: Plan, title: str, width: int) -> Iterator[str]:
    places = found.standing.program.scoring.places
    grade = f"（{plan.grade}）" if plan.grade else ""
    doubt = "" if plan.sure else "；未能断定变动最小"
    yield f"  {title}：改 {len(plan.changes)} 项，总分 {fixed(plan.total, places)} 分{grade}，相对变动合计 {percent(plan.cost)}{doubt}"
    for change in plan.changes:
        yield from wrap(f"{change.movable.name}：{change_words(change)}", width, "    ", "      ")
    scores = "，".join(
        f"「{indicator.name}」{fixed(before, places)} → {fixed(after, places)} 分"
        for indicator, before, after in plan.scores
    )
    yield from wrap(f"得分：{scores or '各指标不变，总分不再受限'}", width, "    ", "      ")


# --- thresholds -------------------------------------------------------------------------------------------------------


def _thresholds(found: Improvement, width: int) -> Iterator[str]:
    places = found.standing.program.scoring.places
    yield "各指标怎样再上一步（只改一项数据，其余不变）："
    for indicator in found.standing.program.indicators:
        rises = [rise for rise in found.rises if rise.indicator is indicator]
        if not rises:
            continue
        score = found.standing.scores[indicator.id]
        points = f" / {plain(indicator.points)}" if indicator.is_bounded else ""
        yield f"  {indicator.id} {indicator.name}  {fixed(score, places)}{points}"
        for rise in shown_rises(rises):
            yield from wrap(f"{rise.change.movable.name}：{rise_words(rise, places)}", width, "    ", "      ")
    if not found.rises:
        yield "  没有：只改一项数据都不能提高得分"
    yield ""


def shown_rises(rises: list[Rise]) -> Iterator[Rise]:
    """Of each fact and each way the nearest and the furthest."""
    ways: dict[tuple[object, bool], list[Rise]] = {}
    for rise in rises:
        ways.setdefault((rise.change.movable.key, _upwards(rise.change)), []).append(rise)
    for group in ways.values():
        yield from (group[0], group[-1]) if len(group) > 1 else group


def rise_words(rise: Rise, places: int) -> str:
    """`再提高 2.15 个百分点（92.85% → 95%）→ +2 分`."""
    leap = "，跳档" if rise.jump > Fraction(1, 10**places) and not rise.change.movable.states else ""
    net = "" if rise.net == rise.gain else f"，但别的指标有增减，总分 {signed(rise.net, places)} 分"
    return f"{change_words(rise.change, further=True)} → +{plain(rise.gain)} 分{leap}{net}"


# --- changes in words -------------------------------------------------------------------------------------------------


def change_words(change: Change, *, further: bool = False) -> str:
    """What changes, and by how much: `提高 2.15 个百分点（92.85% → 95%）`."""
    movable, to = change.movable, change.to
    if isinstance(to, str) or isinstance(movable.at, str):
        return f"由“{movable.at}”改为“{to}”"
    sign = "再" if further else ""
    ends = f"{value_text(movable, movable.at)} → {value_text(movable, to)}"
    return f"{sign}{_moved(movable, to - movable.at)}（{ends}{_relative(change)}）"


def value_text(movable: Movable, value: Fraction | str) -> str:
    """A value with its unit."""
    if isinstance(value, str):
        return value
    unit = _unit(movable)
    if unit is None:
        return plain(value, _MOST_PLACES)
    if unit.dimension is core.Dimension.DATE:
        return day_text(int(value))
    gap = "" if unit.name in ("", "%") else " "
    return f"{plain(value / unit.scale, _MOST_PLACES)}{gap}{unit.name}"


def percent(share: Fraction) -> str:
    """A share to two decimals at most; `不到 0.01%` below that."""
    if 0 < share < Fraction(1, 10_000):
        return "不到 0.01%"
    return f"{plain(share * 100, 2)}%"


def _unit(movable: Movable) -> core.Unit | None:
    match movable.subject:
        case core.Judgement():
            return core.Unit("分", core.Dimension.SCORE)
        case core.Datum(unit=unit):
            return unit


def _moved(movable: Movable, by: Fraction) -> str:
    up, unit = by > 0, _unit(movable)
    if movable.is_judgement:
        return f"{'多评' if up else '少评'} {value_text(movable, abs(by))}"
    if unit is not None and unit.dimension is core.Dimension.DATE:
        return f"{'推后' if up else '提前'} {plain(abs(by))} 天"
    if unit is not None and unit.name == "%":
        return f"{'提高' if up else '降低'} {plain(abs(by) / unit.scale, _MOST_PLACES)} 个百分点"
    return f"{'增加' if up else '减少'} {value_text(movable, abs(by))}"


def _relative(change: Change) -> str:
    unit = _unit(change.movable)
    dated = unit is not None and unit.dimension is core.Dimension.DATE
    return "" if dated or change.movable.is_judgement or not change.movable.at else f"，相对变动 {percent(change.cost)}"


def _upwards(change: Change) -> bool:
    at, to = change.movable.at, change.to
    return isinstance(at, Fraction) and isinstance(to, Fraction) and to > at
