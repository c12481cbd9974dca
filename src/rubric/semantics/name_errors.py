"""What can be wrong with names: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span
from rubric.syntax import ast

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def undeclared_name(source: SourceText, span: Span, name: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0301",
        WARNING,
        f"「{source.slice(span)}」还没有写进数据，用到它的这一句暂不能计算",
        (Label(source, span, "没有这项数据"),),
        (suggestion(f"在「数据」下加一行「{source.slice(span)}：单位」，单位写万元、%、个、人等。"),),
        indicator,
    )


def misspelt_name(source: SourceText, span: Span, name: str, near: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0302",
        ERROR,
        f"没有叫「{source.slice(span)}」的数据，是不是「{near}」",
        (Label(source, span, "没有这个名称"),),
        (suggestion(f"写错了的，改为「{near}」；就是同一项数据的，在它的数据行加「简称 {source.slice(span)}」。"),),
        indicator,
    )


def declared_twice(
    source: SourceText, line: ast.DatumLine, first: ast.DatumLine, other: str | None, indicator: str
) -> Diagnostic:
    where = f"指标「{other}」" if other else "共用数据"
    hint = "删去其中一行" if other in (None, indicator) else "两个指标都用的，移到「共用数据」，只写一次"
    return Diagnostic(
        "R0304",
        ERROR,
        f"数据「{line.name}」在{where}里已经有了",
        (Label(source, _name_of(line), "又写了一次"), Label(source, _name_of(first), "这里已经写了")),
        (suggestion(f"{hint}；不是同一项的，换一个名称。"),),
        indicator,
    )


def _name_of(line: ast.DatumLine) -> Span:
    return Span(line.span.start, line.span.start + len(line.name))


def two_meanings(source: SourceText, span: Span, first: Span, name: str, indicator: str) -> Diagnostic:
    first, span = sorted((first, span))
    return Diagnostic(
        "R0305",
        ERROR,
        f"「{name}」有两个不同的规定",
        (Label(source, span, "这里又规定了一次"), Label(source, first, "这里先规定了")),
        (suggestion(f"留下一个；另一个是备选读法的，写成「“{name}”的备选：…」。"),),
        indicator,
    )


def circular(source: SourceText, span: Span, circle: tuple[str, ...], indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0306",
        ERROR,
        f"「{circle[0]}」的算法绕回了它自己",
        (Label(source, span, "从这里开始"),),
        (
            suggestion("改其中一个算法，让它只用数据来算，如「执行率=实际支出/全年预算×100%」。"),
            reason("依次用到：" + " → ".join((*circle, circle[0]))),
        ),
        indicator,
    )


def word_without_quantity(source: SourceText, span: Span, word: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0307",
        ERROR,
        f"「{word}」没有说明用哪些数据算",
        (Label(source, span, "这里只有文字"),),
        (suggestion(f"写成「“{word}”按…计」，…处写已有的数据名称，或用它们写成的算式。"),),
        indicator,
    )


def indicator_twice(source: SourceText, indicator: ast.Indicator, other: ast.Indicator) -> Diagnostic:
    return Diagnostic(
        "R0308",
        ERROR,
        f"有两个三级指标都叫「{indicator.name}」",
        (Label(source, indicator.name_span, "又一个"), Label(source, other.name_span, "这里已经有了")),
        (suggestion("改一个名称；得分、自评分都按名称对应，不能重名。"),),
        indicator.name,
    )


def no_such_point(source: SourceText, span: Span, point: str, indicator: str) -> Diagnostic:
    start = source.text.find(point, span.start, span.end)
    span = Span(start, start + len(point)) if start >= 0 else span
    return Diagnostic(
        "R0309",
        ERROR,
        f"评分标准里没有{point}",
        (Label(source, span, "指向的这一点不存在"),),
        (suggestion("照评分标准里的序号写，如「第1点」「第1点（2）」。"),),
        indicator,
    )


def is_undeclared(diagnostic: Diagnostic) -> bool:
    """Whether a finding says that a name is declared nowhere; its first label stands at the name."""
    return diagnostic.code.startswith("R030") and diagnostic.code[-1] in "12"
