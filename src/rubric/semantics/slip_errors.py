"""Slips of the pen that leave the score as it was: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from rubric.diagnostics.model import Diagnostic, Label, Severity, suggestion
from rubric.source import SourceText, Span

WARNING = Severity.WARNING


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
