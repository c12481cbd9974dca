"""Why a clause cannot be decided whatever the facts: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides.
"""

from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span


def unresolved_clause(source: SourceText | None, span: Span, code: str, indicator: str) -> Diagnostic:
    """`code` is that of the error in the clause, or of the clause that is not there."""
    return Diagnostic(
        "R0951",
        Severity.WARNING,
        f"指标「{indicator}」的标准还不能计算，暂为待定",
        (Label(source, span, "不能计分"),),
        (suggestion(f"先照「{code}」的提示改正，再计分。"),),
        indicator,
    )


def zero_denominator(source: SourceText | None, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0952",
        Severity.WARNING,
        f"指标「{indicator}」的分母是 0，标准没有说怎样计分，暂为待定",
        (Label(source, span, "这里除以 0"),),
        (suggestion("在「口径」下写明这种情形怎样计分，如「采购计划金额为0的，本指标不适用」。"),),
        indicator,
    )


def value_in_gap(source: SourceText | None, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0953",
        Severity.WARNING,
        f"指标「{indicator}」的数据不合任何一条标准，暂为待定",
        (Label(source, span, "各条都不包括这种情形"),),
        (
            suggestion("对照印发原文补上缺的一条，或在「口径」下写明这种情形得满分、得0分或不适用。"),
            reason("原文没有写的情形，不由程序代为决定。"),
        ),
        indicator,
    )


def unknown_holidays(source: SourceText | None, span: Span, years: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0956",
        Severity.WARNING,
        f"指标「{indicator}」按工作日计算，不知道 {years} 年的节假日和调休，暂按周六、周日休息推算",
        (Label(source, span, "按工作日计算"),),
        (suggestion("在文件开头写「节假日：2024-01-01、2024-02-10至2024-02-17」和「调休上班日：2024-02-04」。"),),
        indicator,
    )


def is_zero_denominator(question: Diagnostic) -> bool:
    """Whether a rule was not decided because it divides by 0."""
    return question.code == "R0952"


def is_in_gap(question: Diagnostic) -> bool:
    """Whether a rule was not decided because no band is for the facts."""
    return question.code == "R0953"
