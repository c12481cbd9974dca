"""What can be wrong with case files.

Takes the facts of the case, the place first; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from collections.abc import Sequence

from rubric.diagnostics.model import Diagnostic, Hint, Severity, reason, suggestion
from rubric.facts.nodes import Spot, shortened

_FORM = reason("一个用例写名称、数据（或数据文件）、评判、口径和期望；期望写指标和应得的分数，整份的还可写总分、等级")


def wrong_form(at: Spot, what: str, wanted: str) -> Diagnostic:
    return Diagnostic(
        "R1501",
        Severity.ERROR,
        f"用例文件中「{shortened(what)}」应为{wanted}",
        at.labels(f"应为{wanted}"),
        (_FORM,),
    )


def unknown_key(at: Spot, name: str, near: str | None, known: Sequence[str]) -> Diagnostic:
    hint: Hint = suggestion(f"写成「{near}」") if near else reason(f"可以写的有：{'、'.join(known)}")
    return Diagnostic("R1501", Severity.ERROR, f"用例没有「{shortened(name)}」这一栏", at.labels("没有这一栏"), (hint,))


def nothing_expected(at: Spot, case: str) -> Diagnostic:
    return Diagnostic(
        "R1502",
        Severity.ERROR,
        f"用例「{shortened(case)}」没有写期望",
        at.labels("这个用例"),
        (
            suggestion("加上「期望: {指标名称: 得分}」"),
            reason("分数还不知道的，冒号后面留空，用 rubric test --record 录入"),
        ),
    )


def unknown_expectation(at: Spot, name: str, near: str | None) -> Diagnostic:
    hint = suggestion(f"写成「{near}」") if near else suggestion("写三级指标的名称或编号，或写总分、等级")
    return Diagnostic("R1503", Severity.ERROR, f"期望中的「{shortened(name)}」不是评分表的指标", at.labels(""), (hint,))


def not_a_result(at: Spot, name: str, written: str, wanted: str) -> Diagnostic:
    return Diagnostic(
        "R1504",
        Severity.ERROR,
        f"「{shortened(name)}」的期望应为{wanted}，实际为「{shortened(written)}」",
        at.labels(f"应为{wanted}"),
        (suggestion("如 4.00、不适用、待定；留空的用 rubric test --record 录入"),),
    )


def not_attainable(at: Spot, name: str, written: str, most: str) -> Diagnostic:
    return Diagnostic(
        "R1504",
        Severity.ERROR,
        f"「{shortened(name)}」的期望 {written} 超过分值 {most}",
        at.labels(f"分值为 {most}"),
        (suggestion("核对期望的分数，或把它写到另一个指标"),),
    )


def same_name(at: Spot, name: str, first: Spot) -> Diagnostic:
    return Diagnostic(
        "R1505",
        Severity.WARNING,
        f"有两个用例都叫「{shortened(name)}」",
        at.labels("又一个") + first.labels("这里已经有一个"),
        (suggestion("改其中一个的名称，写明它验的是什么"),),
    )


def missing_facts_file(at: Spot, name: str) -> Diagnostic:
    return Diagnostic(
        "R1506",
        Severity.ERROR,
        f"没有找到用例要用的数据文件「{shortened(name, 60)}」",
        at.labels("找不到"),
        (suggestion("数据文件与用例文件放在同一个文件夹，这里写它的文件名"),),
    )


def no_cases(where: str) -> Diagnostic:
    return Diagnostic(
        "R1507",
        Severity.ERROR,
        f"「{where}」没有用例",
        hints=(
            suggestion("在评分表旁边建 cases 文件夹，放入用例文件，如 cases/用例.yaml"),
            reason("rubric cases 评分表 -o cases/用例.yaml 可以生成一份"),
        ),
    )


def no_rubric_beside(name: str, found: Sequence[str]) -> Diagnostic:
    """`found` are the rubrics that lie there, none or several."""
    if not found:
        title = f"用例文件「{name}」旁边没有评分表"
        remedy = "用例文件放在评分表所在文件夹的 cases 文件夹里"
    else:
        title = f"用例文件「{name}」旁边有 {len(found)} 份评分表，不知道用于哪一份"
        remedy = f"在用例文件开头写明「评分表: {found[0]}」"
    return Diagnostic("R1508", Severity.ERROR, title, hints=(suggestion(remedy),))
