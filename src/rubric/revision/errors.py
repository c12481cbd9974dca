"""What is to be said beside a comparison: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never compares.
"""

from rubric.diagnostics.model import Diagnostic, Severity, reason, suggestion

WARNING, NOTE = Severity.WARNING, Severity.NOTE


def no_solver(number: int) -> Diagnostic:
    return Diagnostic(
        "R1601",
        WARNING,
        f"没有用求解器，有 {number} 处改动的含义没有比较，写作「未知」",
        hints=(
            suggestion("安装求解器后不带 --no-prove 再比较：pip install 'rubric-lang[prove]'。"),
            reason("结构、文字和数据的改动不用求解器，已经列出；计算式完全相同的指标仍是等价。"),
        ),
    )


def editions_swapped(old: int, new: int) -> Diagnostic:
    return Diagnostic(
        "R1602",
        WARNING,
        f"写在前面的是 {old} 年度，写在后面的是 {new} 年度，先后可能写反了",
        hints=(suggestion(f"前后对调，写成 rubric diff {new} {old}。"), reason("原版本在前，新版本在后。")),
    )


def undecided(subjects: str, why: str) -> Diagnostic:
    return Diagnostic(
        "R1603",
        NOTE,
        f"有的改动没有完全比较出来：{subjects}",
        hints=(reason(f"{why}。"), suggestion("请人工核对这几处的文字和算法。")),
    )


def nobody_to_look_at(old: str, new: str) -> Diagnostic:
    return Diagnostic(
        "R1610",
        Severity.ERROR,
        "没有写数据文件，也没有写生成多少个部门",
        hints=(
            suggestion(f"写成 rubric impact {old} {new} 数据文件…，或 rubric impact {old} {new} --population 200。"),
        ),
    )


def facts_and_population() -> Diagnostic:
    return Diagnostic(
        "R1611",
        Severity.ERROR,
        "数据文件和 --population 不能同时写",
        hints=(suggestion("只留一种：看实际的部门写数据文件，看生成的部门写 --population。"),),
    )
