"""Slips of the pen that leave the score as it was: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from fractions import Fraction

from rubric.core.numbers import plain
from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span

WARNING = Severity.WARNING
NOTE = Severity.NOTE


def mark_without_points(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0209",
        WARNING,
        f"句末的「{source.slice(span)}」没有写「分」，没有当作分值",
        (Label(source, span, "是分值的缺少「分」"),),
        (suggestion("是分值的，写成「（5分）」的样子；不是分值的，不用改。"),),
        indicator,
    )


def unread_definition(source: SourceText, span: Span, name: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0211",
        WARNING,
        f"以「{name}」开头的这句话没有读懂，没有参与计分",
        (Label(source, span, "没有读懂"),),
        (suggestion(f"规定怎样计算的，写成「{name}=…」；只作解释的，写成「{name}是指…」，或在句首写「说明：」。"),),
        indicator,
    )


def months_differ(source: SourceText, span: Span, found: str, expected: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0407",
        WARNING,
        f"各季度末是{expected}，这里写的是{found}",
        (Label(source, span, "与季度末月份不符"),),
        (suggestion("对照印发原文，改正写错的月份。"),),
        indicator,
    )


def other_period(source: SourceText, span: Span, named: str, used: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0410",
        WARNING,
        f"得分的名称说的是{named}，算式用的是{used}",
        (Label(source, span, "前后不是同一期"),),
        (suggestion("对照印发原文，改正写错的一期。"),),
        indicator,
    )


def counted_otherwise(source: SourceText, span: Span, counter: str, unit: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0411",
        WARNING,
        f"这里按{counter}计，数据按{unit}计",
        (Label(source, span, f"写的是{counter}"),),
        (suggestion("对照印发原文，改正量词；原文没有写错的，改数据的单位。"),),
        indicator,
    )


def quota_unchecked(source: SourceText, span: Span, share: Fraction, grade: bool, indicator: str) -> Diagnostic:
    """`share` of the units may have the grade."""
    what = "定等次" if grade else "计分"
    most = 20 * share // 1
    return Diagnostic(
        "R0619",
        NOTE,
        f"名额的比例要看全部单位，{what}时没有用到",
        (Label(source, span, "只看一个单位，算不出来"),),
        (
            suggestion("各单位都算完以后，把得分从高到低排列，按名额核对；名额不够的，由印发单位决定怎样调整。"),
            reason(
                f"例如共 20 个单位，{most + 1} 个够得上：程序 {most + 1} 个都照标准{what}；按 {plain(share * 100)}% 的名额最多 {most} 个。"
            ),
        ),
        indicator,
    )
