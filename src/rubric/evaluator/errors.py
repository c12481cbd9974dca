"""Why a clause cannot be decided whatever the facts: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides.
"""

from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span


def unresolved_clause(source: SourceText | None, span: Span, code: str, indicator: str) -> Diagnostic:
    hint = f"先按「{code}」的提示改正标准，再计分。" if code else "先写出这个指标的评分标准，再计分。"
    return Diagnostic(
        "R0951",
        Severity.WARNING,
        f"指标「{indicator}」的标准还有错误，暂不计分",
        (Label(source, span, "这里待定"),),
        (suggestion(hint),),
        indicator,
    )


def zero_denominator(source: SourceText | None, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0952",
        Severity.WARNING,
        "分母是 0，标准没有说怎样计分，暂为待定",
        (Label(source, span, "这里要除以 0"),),
        (suggestion("在「口径」下加一行，如「〈分母〉为0的，本指标不适用」。"),),
        indicator,
    )


def value_in_gap(source: SourceText | None, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0953",
        Severity.WARNING,
        "这个数不在任何一档里，暂为待定",
        (Label(source, span, "各档都不包含它"),),
        (
            suggestion("补上缺的一档，或在「口径」里说明这种情形怎样计分。"),
            reason("几档之间有空当时，不能替编写人猜。"),
        ),
        indicator,
    )
