"""What `rubric check` prints.

Takes a program and its findings; gives the ledger: how the points are decided, the 口径 taken, data used nowhere,
findings, what it was made of. Never scores anything.
"""

from collections import Counter

from rubric.analysis.ledger import kinds_of, points_by_kind, unused
from rubric.analysis.study import Study
from rubric.core.numbers import plain
from rubric.core.program import Choice, ChoiceOrigin, ClauseKind, Indicator, Program, Yields
from rubric.diagnostics.model import Diagnostic
from rubric.diagnostics.render import render_all
from rubric.improving.ambiguities import Readings
from rubric.proving.prove import Proof
from rubric.reporting.ambiguities import readings_lines
from rubric.reporting.findings import counts
from rubric.reporting.identity import identity_line
from rubric.reporting.ledger_sections import discretion_lines, groups_lines, needs_lines, share, sums_lines
from rubric.reporting.proofs import proofs_text
from rubric.reporting.reach import reach_lines
from rubric.reporting.results import full_text
from rubric.reporting.scored import in_order
from rubric.reporting.table import Align, rule, table, wrap
from rubric.source import SourceText


def ledger_text(
    program: Program,
    source: SourceText,
    diagnostics: tuple[Diagnostic, ...],
    *,
    width: int = 100,
    origin: str = "",
    proofs: tuple[Proof, ...] | None = None,
    study: Study | None = None,
    readings: Readings | None = None,
) -> str:
    """The whole ledger, without a final line end; `study` and `readings` are there where a check was asked for."""
    sections = (
        _head(program, source, origin),
        _indicators(program, width),
        _summary(program),
        groups_lines(program),
        sums_lines(program, width),
        discretion_lines(study.discretion, width) if study is not None else [],
        _choices(program, width),
        readings_lines(program, readings, width) if readings is not None else [],
        _total_rules(program, width),
        reach_lines(study.reach, width) if study is not None else [],
        needs_lines(program, width),
        _unused(program, width),
        proofs_text(program, proofs, width) if proofs is not None else [],
        _findings(diagnostics),
        wrap(identity_line(program), width, "", "  "),
    )
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def sentence_kinds(program: Program, indicator: Indicator) -> dict[str, int]:
    """How many issued sentences of each kind the cell has: `规则`, `评判`, `否决`, `定义` …"""
    return dict(Counter(s.kind for s in program.sentences if s.indicator == indicator.name))


def sentences_text(program: Program, width: int) -> str:
    """Every issued sentence, by indicator, with its place and its kind."""
    lines: list[str] = []
    for indicator in program.indicators:
        lines.append(f"{indicator.id} {indicator.name}（{_full(indicator)}）")
        for sentence in program.sentences:
            if sentence.indicator == indicator.name:
                where = f"第{sentence.path}点 " if sentence.path else ""
                lines += wrap(f"{where}【{sentence.kind}】{' '.join(sentence.text.split())}", width, "  ", "    ")
    return "\n".join(lines)


# --- sections ---------------------------------------------------------------------------------------------------------


def _head(program: Program, source: SourceText, origin: str) -> list[str]:
    year = f"（{program.fiscal_year} 年度）" if program.fiscal_year is not None else ""
    status = f"【{program.status}】" if program.status else ""
    return [
        f"{program.title}{year}{status}",
        f"评分表：{source.name}{f'（{origin}）' if origin else ''}",
        f"指标 {len(program.indicators)} 个，总分值 {plain(program.points)} 分；"
        f"数据 {len(program.data)} 项，评判 {len(program.judgements)} 项，口径 {len(program.choices)} 条",
    ]


def _indicators(program: Program, width: int) -> list[str]:
    rows = [("指标", *(kind.value for kind in ClauseKind), "分值", "各句")]
    for indicator in program.indicators:
        sums = kinds_of((indicator,))
        kinds = "，".join(f"{word} {number}" for word, number in sentence_kinds(program, indicator).items())
        cells = (plain(sums[kind]) if sums[kind] else "" for kind in ClauseKind)
        rows.append((f"{indicator.id} {indicator.name}", *cells, _full(indicator).removesuffix(" 分"), kinds))
    totals = points_by_kind(program)
    rows.append(("合计", *(plain(totals[kind]) for kind in ClauseKind), plain(program.points), ""))
    numbers: list[Align] = ["right"] * (len(ClauseKind) + 1)
    aligns: list[Align] = ["left", *numbers, "left"]
    lines = table(rows, aligns)
    return [lines[0], rule(width), *lines[1:-1], rule(width), lines[-1]]


def _summary(program: Program) -> list[str]:
    totals = points_by_kind(program)
    told = "，".join(
        f"{kind.value} {plain(totals[kind])} 分（{share(totals[kind], program.points)}）"
        if program.points
        else f"{kind.value} {plain(totals[kind])} 分"
        for kind in ClauseKind
    )
    return [f"计分方式：{told}"]


def _choices(program: Program, width: int) -> list[str]:
    if not program.choices:
        return []
    lines = ["口径（可用 --reading 名称=取法 改用备选）："]
    for choice in program.choices:
        lines += wrap(_choice_text(choice), width, "  ", "    ")
    return lines


def _choice_text(choice: Choice) -> str:
    where = f"{choice.indicator}：" if choice.indicator else ""
    taken = choice.alternatives[choice.default].name if choice.alternatives else ""
    others = [a.name for index, a in enumerate(choice.alternatives) if index != choice.default]
    default = "" if choice.origin is ChoiceOrigin.AUTHOR else "（未写明，按默认）"
    more = f"；备选：{'；'.join(others)}" if others else ""
    return f"{where}「{choice.name}」取“{taken}”{default}{more}"


def _total_rules(program: Program, width: int) -> list[str]:
    if not program.scoring.overrides:
        return []
    lines = ["总分规则（先折算，再封顶，后定等级）："]
    for override in program.scoring.overrides:
        lines += wrap(f"{' '.join(override.text.split())}", width, "  ", "    ")
    return lines


def _unused(program: Program, width: int) -> list[str]:
    names = [f"「{datum.name}」" for datum in unused(program)]
    return wrap(f"没有用到的数据：{'、'.join(names)}", width, "", "  ") if names else []


def _findings(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    """All of them, drawn in full: a rubric is checked to read them."""
    ordered = in_order(diagnostics)
    return [f"发现（{counts(ordered)}）：", "", render_all(ordered)] if ordered else ["没有发现问题"]


def _full(indicator: Indicator) -> str:
    return (
        plain(indicator.points) if indicator.yields is Yields.POINTS and indicator.points else full_text(indicator, 0)
    )
