"""Findings about the commands that lock an edition or start a year, as they were typed.

Takes the facts of a case; gives the `Diagnostic`. Never prints.
"""

from rubric.diagnostics.model import Diagnostic, Severity, reason, suggestion


def accepting_while_checking() -> Diagnostic:
    return Diagnostic(
        "R1230",
        Severity.ERROR,
        "「--accept-change」不能与「--check」同时写",
        hints=(suggestion("只核对的，写 rubric lock --check；要重新锁定的，去掉 --check"),),
    )


def no_reason() -> Diagnostic:
    return Diagnostic(
        "R1231",
        Severity.ERROR,
        "选项「--accept-change」后面没有写理由",
        hints=(
            suggestion("写明为什么改动已印发的评分表，如 --accept-change 印发单位更正了公式"),
            reason("理由记在锁定记录里，以后的人看得到"),
        ),
    )


def not_a_year(value: str) -> Diagnostic:
    return Diagnostic(
        "R1232",
        Severity.ERROR,
        f"年度应为四位数字，实际为「{value}」",
        hints=(suggestion("写评价的是哪一年，如 rubric new 2024 --from 2023"),),
    )
