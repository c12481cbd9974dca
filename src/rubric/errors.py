"""Findings about what a user names: files, indicators, 口径.

Takes the facts of a case; gives the `Diagnostic`. Never looks for anything.
"""

from collections.abc import Sequence

from rubric.diagnostics.model import Diagnostic, Hint, Severity, reason, suggestion

_LISTED = 12


def file_exists(name: str, remedy: str = "换一个文件名，或先移走原来的文件") -> Diagnostic:
    return Diagnostic(
        "R1215",
        Severity.ERROR,
        f"文件「{name}」已经存在，没有覆盖",
        hints=(suggestion(remedy),),
    )


def unknown_indicator(name: str, near: Sequence[str], known: Sequence[str]) -> Diagnostic:
    """`near` are the closest names, best first; `known` all of them, as `16 预算执行率`."""
    hints: tuple[Hint, ...] = (suggestion(f"写成「{near[0]}」"),) if near else ()
    return Diagnostic("R1216", Severity.ERROR, f"没有名为「{name}」的指标", hints=(*hints, _listed("指标", known)))


def several_indicators(name: str, found: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R1216",
        Severity.ERROR,
        f"「{name}」可以指 {len(found)} 个指标",
        hints=(suggestion(f"写全名或编号：{_joined(found)}"),),
    )


def unknown_reading(name: str, near: Sequence[str], known: Sequence[str]) -> Diagnostic:
    hints: tuple[Hint, ...] = (suggestion(f"写成「{near[0]}」"),) if near else ()
    return Diagnostic("R1217", Severity.ERROR, f"没有名为「{name}」的口径", hints=(*hints, _listed("口径", known)))


def several_readings(name: str, found: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R1217",
        Severity.ERROR,
        f"「{name}」可以指 {len(found)} 条口径",
        hints=(suggestion(f"写全名：{_joined(found)}"),),
    )


def unknown_alternative(choice: str, name: str, known: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R1218",
        Severity.ERROR,
        f"口径「{choice}」没有「{name}」这种取法",
        hints=(suggestion(f"取法有 {len(known)} 种：{_joined(known)}"),),
    )


def several_alternatives(choice: str, name: str, found: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R1218",
        Severity.ERROR,
        f"口径「{choice}」中「{name}」可以指 {len(found)} 种取法",
        hints=(suggestion(f"写全文：{_joined(found)}"),),
    )


def missing_file(name: str) -> Diagnostic:
    return Diagnostic(
        "R1220",
        Severity.ERROR,
        f"没有找到文件「{name}」",
        hints=(suggestion("核对文件名和所在的文件夹"),),
    )


def folder_for_file(name: str) -> Diagnostic:
    return Diagnostic(
        "R1220",
        Severity.ERROR,
        f"「{name}」是文件夹，应为文件",
        hints=(suggestion("写出文件夹里的那一个文件"),),
    )


def no_rubric_in_folder(name: str) -> Diagnostic:
    return Diagnostic(
        "R1220",
        Severity.ERROR,
        f"文件夹「{name}」里没有 .rubric 文件",
        hints=(suggestion("核对文件夹；评分表的文件名要以 .rubric 结尾"),),
    )


def unreadable_file(name: str) -> Diagnostic:
    return Diagnostic(
        "R1220",
        Severity.ERROR,
        f"文件「{name}」打不开",
        hints=(reason("可能没有读取的权限，或正被其他程序占用"),),
    )


def unwritable_file(name: str) -> Diagnostic:
    return Diagnostic(
        "R1221",
        Severity.ERROR,
        f"文件「{name}」写不进去",
        hints=(suggestion("核对所在的文件夹是否存在、是否可以写入"),),
    )


def nothing_to_format(name: str) -> Diagnostic:
    return Diagnostic(
        "R1228",
        Severity.ERROR,
        f"文件「{name}」没有排版：里面没有三级指标",
        hints=(suggestion("核对是不是评分表；三级指标单独成行，写成「三级指标 名称（分值）」"),),
    )


def meaning_at_risk(name: str) -> Diagnostic:
    return Diagnostic(
        "R1228",
        Severity.ERROR,
        f"文件「{name}」没有排版：排好以后意思会变",
        hints=(
            suggestion("先用 rubric check 改正其中的问题，再排版"),
            reason("排好的文字重新读了一遍，与原文读出来的不同，所以一个字也没有改"),
        ),
    )


def nothing_certain(name: str) -> Diagnostic:
    return Diagnostic(
        "R0770",
        Severity.NOTE,
        f"「{name}」没有可以确定的修补",
        hints=(
            reason("只修补不改变任何得分的：补写封顶、保底、扣完为止，补写分档的另一端；要由编写人决定的不代为决定"),
        ),
    )


def issued_stays(name: str) -> Diagnostic:
    return Diagnostic(
        "R0771",
        Severity.WARNING,
        f"「{name}」是正式印发的评分表，没有改动",
        hints=(
            suggestion("另存一份，开头写「性质：示例修订」，再对那一份修补"),
            reason("正式印发的年度版本只供核对，上面列出的是可以补写的内容"),
        ),
    )


def facts_refused(number: int, of: int) -> Diagnostic:
    return Diagnostic(
        "R0772",
        Severity.WARNING,
        f"{of} 个部门中有 {number} 个的数据有误，有误的按没有填计",
        hints=(suggestion("用 rubric score 评分表 文件夹，可看到是哪些"),),
    )


def not_a_line(name: str, line: int) -> Diagnostic:
    return Diagnostic(
        "R0773",
        Severity.ERROR,
        f"「{name}」的第 {line} 行不是一个部门的数据",
        hints=(suggestion("每行写一个部门，整个在一行之内，如 rubric population 评分表 -o 部门.jsonl 写出的那样"),),
    )


def _listed(what: str, known: Sequence[str]) -> Hint:
    return reason(f"{what}有：{_joined(known)}" if known else f"这份评分表没有{what}")


def _joined(names: Sequence[str]) -> str:
    shown = "、".join(f"「{name}」" for name in names[:_LISTED])
    return f"{shown}等 {len(names)} 个" if len(names) > _LISTED else shown
