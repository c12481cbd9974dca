"""Findings about starting a year.

Takes the facts of a case; gives the `Diagnostic`. Never looks for anything.
"""

from rubric.diagnostics.model import Diagnostic, Severity, reason, suggestion


def year_exists(year: str, folder: str) -> Diagnostic:
    return Diagnostic(
        "R0862",
        Severity.ERROR,
        f"年度版本「{year}」已经有了，没有覆盖",
        hints=(suggestion(f"换一个年度，或先移走 {folder}"),),
    )


def not_later(year: int, name: str, before: int) -> Diagnostic:
    return Diagnostic(
        "R0863",
        Severity.ERROR,
        f"新的年度 {year} 应晚于「{name}」的评价年度 {before}",
        hints=(suggestion(f"写 {before + 1} 或以后的年度"), reason("年度指评价的是哪一年，不是印发的年份")),
    )


def no_year(name: str) -> Diagnostic:
    return Diagnostic(
        "R0864",
        Severity.ERROR,
        f"「{name}」没有写评价年度，不知道从哪一年起草",
        hints=(suggestion("在文件开头写一行，如 评价年度：2023年（2024年印发）"),),
    )
