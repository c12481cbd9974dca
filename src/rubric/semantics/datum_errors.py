"""What can be wrong with what a line of 数据 says of a direction or a target: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from collections.abc import Sequence

from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def both_directions(source: SourceText, first: Span, second: Span, datum: str) -> Diagnostic:
    return Diagnostic(
        "R0470",
        ERROR,
        f"数据「{datum}」不能同时是正向和反向",
        (Label(source, second, "和前面的相反"), Label(source, first, "这里先写了")),
        (suggestion("越高越好的只留「正向」，越低越好的只留「反向」；要看情况的，两个都不写。"),),
    )


def direction_without_order(source: SourceText, span: Span, datum: str, filled: str) -> Diagnostic:
    """`filled` says what the datum is filled in with instead of a number."""
    return Diagnostic(
        "R0471",
        WARNING,
        f"数据「{datum}」{filled}，没有高低，不能写「{source.slice(span)}」",
        (Label(source, span, "没有计入"),),
        (suggestion(f"删去「{source.slice(span)}」；正向、反向只用在填数的数据上，如「满意度：%，正向」。"),),
    )


def target_without_order(source: SourceText, span: Span, datum: str, filled: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0471",
        WARNING,
        f"数据「{datum}」{filled}，没有高低，不能写「参照 {source.slice(span)}」",
        (Label(source, span, "没有计入"),),
        (suggestion(f"删去「参照 {source.slice(span)}」；参照只用在填数的数据上，如「满意度：%，参照 95%」。"),),
        indicator,
    )


def unknown_target(source: SourceText, span: Span, datum: str, remedy: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0472",
        ERROR,
        f"数据「{datum}」参照的「{source.slice(span)}」没有写明是多少",
        (Label(source, span, "没有这个数"),),
        (suggestion(remedy),),
        indicator,
    )


def target_of_another_kind(
    source: SourceText, span: Span, datum: str, kinds: tuple[str, str], edit: str, indicator: str
) -> Diagnostic:
    """`kinds`: what the datum measures and what its target does; `edit`: the target with its unit, if that is what lacks."""
    hint = f"写成「参照 {edit}」" if edit else "换成同一种数，或核对两边的单位"
    return Diagnostic(
        "R0473",
        ERROR,
        f"数据「{datum}」是{kinds[0]}，参照的「{source.slice(span)}」是{kinds[1]}",
        (Label(source, span, "两边不是同一种" if not edit else "缺少单位"),),
        (suggestion(f"{hint}。"),),
        indicator,
    )


def target_of_other_parts(
    source: SourceText, span: Span, datum: str, parts: Sequence[str], indicator: str
) -> Diagnostic:
    words = source.slice(span)
    line = "，".join(f"{part}…" for part in parts)
    return Diagnostic(
        "R0474",
        ERROR,
        f"数据「{datum}」按{'、'.join(parts)}填列，参照的「{words}」不是这几期",
        (Label(source, span, "各期对不上"),),
        (suggestion(f"把「{words}」也写成这几期：「{words}：{line}」；各期都参照同一个数的，直接写这个数。"),),
        indicator,
    )


def target_in_parts(source: SourceText, span: Span, datum: str, edit: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0474",
        ERROR,
        f"数据「{datum}」只填一个数，参照的「{source.slice(span)}」每期一个数",
        (Label(source, span, "没有说是哪一期"),),
        (suggestion(f"写明是哪一期或哪个数，如「参照 {edit}」。"),),
        indicator,
    )


def target_of_itself(source: SourceText, span: Span, datum: str, edit: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0475",
        ERROR,
        f"数据「{datum}」参照的「{source.slice(span)}」绕回了它自己",
        (Label(source, span, f"要用「{datum}」来算"),),
        (
            suggestion(f"换成一个固定的数，如「参照 {edit}」，或另一项数据的名称。"),
            reason("参照说的是按进度、按目标应有的数，不能再由这项数据来定。"),
        ),
        indicator,
    )
