"""The sections of the ledger that follow from points alone, as lines and as JSON values.

Takes a program and what `analysis.ledger` and `analysis.discretion` say of it; gives lines for people and values for
programs. Never a sum of its own.
"""

from fractions import Fraction

from rubric.analysis.discretion import Discretion, Envelope
from rubric.analysis.ledger import Group, Sums, groups_of, needs_of, overall_data, sums_of
from rubric.core.numbers import plain
from rubric.core.program import ClauseKind, Program
from rubric.reporting.table import Align, table, wrap


def groups_lines(program: Program) -> list[str]:
    """Points by 一级指标, and by 二级指标 below it, with the share of the whole."""
    groups = [group for group in groups_of(program) if group.name]
    if not groups:
        return []
    rows: list[tuple[str, ...]] = [("一级、二级指标", *(kind.value for kind in ClauseKind), "分值", "占比")]
    for group in groups:
        rows += [_group_row(program, group, ""), *(_group_row(program, below, "  ") for below in group.within)]
    numbers: list[Align] = ["right"] * (len(ClauseKind) + 2)
    return table(rows, ["left", *numbers])


def sums_lines(program: Program, width: int) -> list[str]:
    """Whether the points of clauses, indicators and table agree; each place where they do not."""
    sums = sums_of(program)
    told = (
        f"总分值 {plain(sums.stated)} 分，各指标分值合计 {plain(sums.indicators)} 分，"
        f"各点分值合计 {plain(sums.clauses)} 分"
    )
    verdict = "各级分值相符" if not sums.apart and not sums.unknown else "各级分值不全相符"
    lines = wrap(f"分值核对：{told}。{verdict}", width, "", "  ")
    for apart in sums.apart:
        name = f"「{apart.name}」" if apart.name else "总分值"
        lines += wrap(f"{name} {plain(apart.stated)} 分，下级合计 {plain(apart.added)} 分", width, "  ", "    ")
    if sums.unknown:
        names = "、".join(f"「{name}」" for name in sums.unknown)
        lines += wrap(f"有标准没有读懂、无法核对的指标：{names}", width, "  ", "    ")
    return lines


def discretion_lines(found: Discretion | None, width: int) -> list[str]:
    """How far judgement moves the total, under the best and the worst facts and those of a file."""
    if found is None:
        return ["酌情空间：没有由人评判的分数"]
    head = f"酌情空间：由人评判的有 {plain(found.points)} 分。数据不变，评判从最低给到最高，总分"
    rows = [("  数据都最好时", _envelope_text(found.best)), ("  数据都最差时", _envelope_text(found.worst))]
    if found.given is not None:
        open_facts = f"（{found.missing} 项数据未填，按各种可能计）" if found.missing else ""
        rows.insert(0, ("  按所给的数据", _envelope_text(found.given) + open_facts))
    return [*wrap(head, width, "", "  "), *table(rows, ["left", "left"])]


def needs_lines(program: Program, width: int) -> list[str]:
    """The data of each clause that needs some, by indicator; judgements are only counted."""
    lines: list[str] = []
    needs = needs_of(program)
    for indicator in program.indicators:
        parts: list[str] = []
        own = [need for need in needs if need.indicator == indicator.name]
        judged = sum(len(need.judgements) for need in own)
        for data, paths in _by_data([(need.path, need.data) for need in own]).items():
            where = f"{'、'.join(f'第{path}点' for path in paths)} " if paths != ("",) else ""
            parts.append(where + _quoted(data))
        overall = tuple(name for name in overall_data(indicator) if not any(name in need.data for need in own))
        if overall:
            parts.append(("本指标 " if parts else "") + _quoted(overall))
        if parts or judged:
            told = "；".join((*parts, *([f"评判 {judged} 项"] if judged else ())))
            lines += wrap(f"{indicator.id} {indicator.name}：{told}", width, "  ", "     ")
    return ["用到的数据：", *lines] if lines else []


# --- JSON values ------------------------------------------------------------------------------------------------------


def groups_document(program: Program) -> list[dict[str, object]]:
    return [_group_value(program, group) for group in groups_of(program)]


def sums_document(program: Program) -> dict[str, object]:
    sums: Sums = sums_of(program)
    return {
        "stated": plain(sums.stated),
        "indicators": plain(sums.indicators),
        "clauses": plain(sums.clauses),
        "agree": not sums.apart and not sums.unknown,
        "disagreements": [
            {"name": apart.name or None, "stated": plain(apart.stated), "added": plain(apart.added)}
            for apart in sums.apart
        ],
        "unread": list(sums.unknown),
    }


def discretion_document(found: Discretion | None) -> dict[str, object] | None:
    """Totals with every judgement at its least (`low`) and at its greatest (`high`)."""
    if found is None:
        return None
    values: dict[str, object] = {
        "points": plain(found.points),
        "best_facts": _envelope_value(found.best),
        "worst_facts": _envelope_value(found.worst),
    }
    if found.given is not None:
        values["given_facts"] = {**_envelope_value(found.given), "missing": found.missing}
    return values


def needs_document(program: Program) -> dict[str, list[dict[str, object]]]:
    """For each indicator (by name) its clauses with the data and judgements they need."""
    found: dict[str, list[dict[str, object]]] = {}
    for need in needs_of(program):
        found.setdefault(need.indicator, []).append(
            {
                "path": need.path,
                "points": plain(need.points),
                "kind": need.kind.value,
                "data": list(need.data),
                "judgements": list(need.judgements),
            }
        )
    return found


def share(part: Fraction, whole: Fraction) -> str:
    """`31%`; empty where there is no whole."""
    return f"{plain(part / whole * 100, 2)}%" if whole else ""


# --- parts ------------------------------------------------------------------------------------------------------------


def _group_row(program: Program, group: Group, indent: str) -> tuple[str, ...]:
    kinds = (plain(group.by_kind[kind]) if group.by_kind[kind] else "" for kind in ClauseKind)
    return (f"{indent}{group.name}", *kinds, plain(group.points), share(group.points, program.points))


def _group_value(program: Program, group: Group) -> dict[str, object]:
    value: dict[str, object] = {
        "name": group.name,
        "points": plain(group.points),
        "share": share(group.points, program.points),
        "points_by_kind": {kind.value: plain(group.by_kind[kind]) for kind in ClauseKind},
        "indicators": list(group.indicators),
    }
    if group.within:
        value["categories"] = [_group_value(program, below) for below in group.within]
    return value


def _envelope_text(envelope: Envelope) -> str:
    grades = [" 或 ".join(names) for names in (envelope.low_grades, envelope.high_grades) if names]
    told = f"{plain(envelope.low)} 到 {plain(envelope.high)} 分（相差 {plain(envelope.high - envelope.low)} 分）"
    if not grades:
        return told
    return f"{told}，等级{'均为' if len(set(grades)) == 1 else '从'}“{'”到“'.join(dict.fromkeys(grades))}”"


def _envelope_value(envelope: Envelope) -> dict[str, object]:
    return {
        "low": plain(envelope.low),
        "high": plain(envelope.high),
        "low_grades": list(envelope.low_grades),
        "high_grades": list(envelope.high_grades),
    }


def _quoted(names: tuple[str, ...]) -> str:
    return "、".join(f"「{name}」" for name in names)


def _by_data(needs: list[tuple[str, tuple[str, ...]]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Clauses that need the same data stand together: `第1点、第2点 …`."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for path, data in needs:
        if data:
            found[data] = (*found.get(data, ()), path)
    return found
