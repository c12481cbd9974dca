"""What is found about claimed scores: one function per finding.

Takes the case and its reasons; gives the `Diagnostic`. Never decides.
"""

from collections.abc import Sequence
from fractions import Fraction

from rubric.audit.case import Case
from rubric.core.numbers import fixed, plain
from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.evaluator.outcome import Status, Step, StepKind
from rubric.source import SourceText, Span

_LISTED = 6


def too_high(case: Case, greatest: Fraction | None, why: Sequence[str]) -> Diagnostic:
    most = "" if greatest is None else f"，最高只能得 {case.points(greatest)} 分"
    return Diagnostic(
        "R1301",
        Severity.WARNING,
        f"「{case.indicator.name}」自评 {case.claim} 分偏高{most}",
        _labels(case),
        (reason("；".join(why)), suggestion(_remedy(case))),
        case.indicator.name,
    )


def too_low(case: Case, least: Fraction | None, why: Sequence[str]) -> Diagnostic:
    fewest = "" if least is None else f"，最低也能得 {case.points(least)} 分"
    return Diagnostic(
        "R1302",
        Severity.WARNING,
        f"「{case.indicator.name}」自评 {case.claim} 分偏低{fewest}",
        _labels(case),
        (reason("；".join(why)), suggestion(_remedy(case))),
        case.indicator.name,
    )


def impossible(case: Case, why: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R1303",
        Severity.WARNING,
        f"「{case.indicator.name}」不可能得自评的 {case.claim} 分",
        _labels(case),
        (reason("；".join(why)), suggestion("核对计算过程和所用的数据，改正自评或补正数据")),
        case.indicator.name,
    )


def other_reading(case: Case, reading: str, why: str) -> Diagnostic:
    return Diagnostic(
        "R1304",
        Severity.WARNING,
        f"「{case.indicator.name}」自评 {case.claim} 分用的是另一口径：{reading}",
        _labels(case),
        (reason(why), suggestion("改按本次的口径自评；应当用另一口径的，在数据文件的「口径」一栏写明")),
        case.indicator.name,
    )


def unverifiable(case: Case, why: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R1305",
        Severity.NOTE,
        f"「{case.indicator.name}」自评 {case.claim} 分无法核验",
        _labels(case),
        (reason("；".join(why)), suggestion("补充有来源的报告数据和佐证材料")),
        case.indicator.name,
    )


def total_differs(source: SourceText | None, claimed: Fraction, total: Fraction, places: int) -> Diagnostic:
    return Diagnostic(
        "R1310",
        Severity.WARNING,
        f"自评总分写的是 {plain(claimed)}，各指标自评相加为 {fixed(total, places)}",
        _in_claims(source, "自评在这里"),
        (suggestion("核对各指标的自评得分，或改正总分"),),
    )


def without_claim(source: SourceText | None, names: Sequence[str]) -> Diagnostic:
    listed = "".join(f"「{name}」" for name in names[:_LISTED])
    more = f"等 {len(names)} 个指标" if len(names) > _LISTED else ""
    return Diagnostic(
        "R1311",
        Severity.NOTE,
        f"{listed}{more}没有自评得分，没有核验",
        _in_claims(source, "自评在这里"),
        (suggestion("在「自评」一栏补上这些指标的得分"),),
    )


def _remedy(case: Case) -> str:
    if case.outcome.score is None:
        return f"改正自评，或补充能支持 {case.claim} 分的数据"
    return f"把自评改为 {case.points(case.outcome.score)} 分，或补正数据并写明来源"


def _labels(case: Case) -> tuple[Label, ...]:
    """The band that holds, else the indicator's heading, in the rubric."""
    if case.source is None:
        return ()
    steps = [*case.outcome.steps, *(step for clause in case.outcome.clauses for step in clause.steps)]
    bands: list[Step] = [step for step in steps if step.kind is StepKind.BAND and step.holds]
    if len(bands) == 1 and len(case.outcome.clauses) <= 1 and case.outcome.score is not None:
        return (Label(case.source, bands[0].span, f"这里得 {case.points(case.outcome.score)} 分"),)
    score = case.outcome.score
    not_applicable = case.outcome.status is Status.NOT_APPLICABLE
    words = "不适用" if not_applicable else "得分待定" if score is None else f"计算得 {case.points(score)} 分"
    start = case.indicator.span.start
    line = case.source.line_of(start)
    end = case.source.line_starts[line] + len(case.source.line_text(line))
    return (Label(case.source, Span(start, max(start, end)), words),)


def _in_claims(source: SourceText | None, words: str) -> tuple[Label, ...]:
    """The heading 自评 of the facts file."""
    if source is None:
        return ()
    for line, start in enumerate(source.line_starts):
        if source.line_text(line).startswith("自评"):
            return (Label(source, Span(start, start + 2), words),)
    return ()
