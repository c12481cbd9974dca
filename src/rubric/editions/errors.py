"""Findings about editions.

Takes the facts of a case; gives the `Diagnostic`. Never looks for anything.
"""

from collections.abc import Sequence

from rubric.diagnostics.model import Diagnostic, Hint, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span


def unknown_edition(name: str, known: Sequence[str]) -> Diagnostic:
    """`known` are editions as they are named, each with its origin: `2022（随附）`."""
    listed = f"已有的年度版本：{'、'.join(known)}" if known else "当前文件夹及其上级文件夹中没有 rubrics 文件夹"
    return Diagnostic(
        "R0821",
        Severity.ERROR,
        f"没有名为「{name}」的年度版本",
        hints=(reason(listed), suggestion("写年度（如 2022），或写以 .rubric 结尾的文件名")),
    )


def several_rubrics(edition: str, rubrics: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R0822",
        Severity.ERROR,
        f"年度版本「{edition}」有 {len(rubrics)} 份评分表，需要说明是哪一份",
        hints=(suggestion(f"写成 {' 或 '.join(f'{edition}/{rubric}' for rubric in rubrics)}"),),
    )


def unknown_rubric(edition: str, name: str, rubrics: Sequence[str]) -> Diagnostic:
    from difflib import get_close_matches

    hints = [reason(f"这个年度版本的评分表有：{'、'.join(f'「{rubric}」' for rubric in rubrics)}")]
    if near := get_close_matches(name, rubrics, n=1, cutoff=2 / 3):
        hints.append(suggestion(f"写成 {edition}/{near[0]}"))
    return Diagnostic("R0823", Severity.ERROR, f"年度版本「{edition}」中没有名为「{name}」的评分表", hints=tuple(hints))


def empty_edition(edition: str, folder: str) -> Diagnostic:
    return Diagnostic(
        "R0824",
        Severity.ERROR,
        f"年度版本「{edition}」中还没有评分表",
        hints=(suggestion(f"把评分表（以 .rubric 结尾的文件）放进 {folder}"),),
    )


def unknown_key(source: SourceText, span: Span, key: str, keys: Sequence[str]) -> Diagnostic:
    from difflib import get_close_matches

    hints = [reason(f"版本说明的项目有：{'、'.join(keys)}")]
    if near := get_close_matches(key, keys, n=1, cutoff=0.5):
        hints.append(suggestion(f"写成「{near[0]}」"))
    return Diagnostic(
        "R0825",
        Severity.ERROR,
        f"版本说明中没有「{key}」这个项目" if key else "版本说明中有一个项目没有名称",
        (Label(source, span, "不认识的项目"),),
        tuple(hints),
    )


def missing_key(source: SourceText, key: str) -> Diagnostic:
    return Diagnostic(
        "R0826",
        Severity.ERROR,
        f"版本说明缺少「{key}」",
        (Label(source, Span(0, 0)),),
        (suggestion(f"加一行「{key}: ……」"),),
    )


def wrong_form(source: SourceText, span: Span, key: str, written: str, expected: str) -> Diagnostic:
    return Diagnostic(
        "R0827",
        Severity.ERROR,
        f"版本说明的「{key}」应为{expected}" + (f"，实际为「{written}」" if written else ""),
        (Label(source, span),),
        (suggestion(f"改写「{key}」，或在不知道时删去这一行"),),
    )


def other_year(source: SourceText, folder: str, fiscal_year: int) -> Diagnostic:
    return Diagnostic(
        "R0828",
        Severity.WARNING,
        f"版本说明的评价年度为 {fiscal_year}，所在文件夹名为「{folder}」",
        (Label(source, Span(0, 0)),),
        (
            reason("文件夹以评价年度命名，不以印发年份命名"),
            suggestion(f"把文件夹改名为 {fiscal_year}，或改正「评价年度」"),
        ),
    )


def unreadable(source: SourceText, span: Span) -> Diagnostic:
    return _unreadable(source, span, "版本说明从这里起读不通", "每行写成「项目: 内容」，冒号为半角，其后空一格")


def repeated_key(source: SourceText, span: Span, key: str) -> Diagnostic:
    return _unreadable(source, span, f"版本说明中「{key}」写了不止一次", "只留一行")


def _unreadable(source: SourceText, span: Span, title: str, remedy: str) -> Diagnostic:
    hint: Hint = suggestion(remedy)
    return Diagnostic("R0829", Severity.ERROR, title, (Label(source, span),), (hint,))


def unread_language(source: SourceText, span: Span, version: int, versions: Sequence[int]) -> Diagnostic:
    """`versions` are those that are read; the edition's is later than all of them, or its meaning was dropped."""
    read = f"第 {'、'.join(map(str, versions))} 版"
    newer = version > max(versions)
    remedy = "换用更新的 rubric 程序" if newer else f"换用仍读得懂第 {version} 版的 rubric 程序"
    why = "其中可能有本程序不认识的写法" if newer else "同样的话在后来的版本中意思可能不同"
    return Diagnostic(
        "R0830",
        Severity.ERROR,
        f"这个年度版本用语言第 {version} 版写成，本程序只读得懂{read}",
        (Label(source, span),),
        (suggestion(remedy), reason(f"{why}，所以没有读它的评分表，也没有计分")),
    )
