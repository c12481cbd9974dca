"""What can be wrong with words, lines and sentences: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span


def no_indicator(source: SourceText) -> Diagnostic:
    return Diagnostic(
        "R0201",
        Severity.ERROR,
        "文件里没有三级指标",
        (Label(source, Span(0, 0)),),
        (suggestion("写一行「三级指标 名称（分值分）」，下面另起一行写「评分标准」，再抄录各条标准。"),),
    )


def stray_line(source: SourceText, span: Span) -> Diagnostic:
    return Diagnostic(
        "R0202",
        Severity.WARNING,
        "这一行不在任何一栏之下",
        (Label(source, span, "没有计入"),),
        (suggestion("放到「指标说明」「评分标准」「数据」「口径」之一的下面；只是备注的，行首写「注：」。"),),
    )


def unread_part(source: SourceText, span: Span, datum: str) -> Diagnostic:
    return Diagnostic(
        "R0203",
        Severity.WARNING,
        f"数据「{datum}」这一行有一处没有读懂",
        (Label(source, span, "没有读懂"),),
        (suggestion("写成「名称：单位，不低于…，不超过…，简称 …，来源 …，对应“…”」的样子。"),),
    )


def unread_basis(source: SourceText, span: Span, line: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0204",
        Severity.ERROR,
        "这一行口径没有读懂",
        (Label(source, span, "从这里起没有读懂"),),
        (
            suggestion(
                "只是说明的，行首写「说明：」；要参与计分的，写成「“词语”指…」「“词语”按…计；备选：…」或一句完整的标准。"
            ),
            reason("口径里的话都要参与计分，读不懂就不能当作没有。"),
        ),
        indicator,
    )


def words_not_found(source: SourceText, span: Span, words: str, count: int, indicator: str) -> Diagnostic:
    title = f"评分标准里没有「{words}」" if count == 0 else f"「{words}」在评分标准里有 {count} 种对应，分不清是哪一处"
    return Diagnostic(
        "R0303",
        Severity.ERROR,
        title,
        (Label(source, span, "对应不上"),),
        (suggestion("照原文抄写引号里的话；太长的，中间用「……」省略，前后留够能认出来的字。"),),
        indicator,
    )
