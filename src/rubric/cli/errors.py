"""Findings about a command as it was typed.

Takes the facts of a case; gives the `Diagnostic`. Never prints.
"""

from collections.abc import Sequence

from rubric.diagnostics.model import Diagnostic, Hint, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span


def unknown_command(name: str, near: str | None, known: Sequence[str]) -> Diagnostic:
    hints: tuple[Hint, ...] = (suggestion(f"写成 rubric {near}"),) if near else ()
    return Diagnostic(
        "R1210", Severity.ERROR, f"没有「{name}」这个命令", hints=(*hints, reason(f"命令有：{'、'.join(known)}"))
    )


def unknown_option(name: str, near: str | None, known: Sequence[str]) -> Diagnostic:
    hints: tuple[Hint, ...] = (suggestion(f"写成 {near}"),) if near else ()
    return Diagnostic(
        "R1211", Severity.ERROR, f"没有「{name}」这个选项", hints=(*hints, reason(f"选项有：{'、'.join(known)}"))
    )


def missing_argument(name: str, usage: str) -> Diagnostic:
    return Diagnostic("R1212", Severity.ERROR, f"缺少「{name}」", hints=(suggestion(f"写成 {usage}"),))


def swapped(rubric: str, facts: str) -> Diagnostic:
    """What stands in the place of each."""
    return Diagnostic(
        "R1227",
        Severity.ERROR,
        f"「{rubric}」是数据文件，却写在评分表的位置",
        hints=(
            suggestion(f"前后对调：rubric score {facts} {rubric}"),
            reason("评分表在前，写年度版本或以 .rubric 结尾的文件；数据文件在后"),
        ),
    )


def missing_value(option: str) -> Diagnostic:
    return Diagnostic(
        "R1213", Severity.ERROR, f"选项「{option}」后面缺少内容", hints=(suggestion(f"在 {option} 后面写上内容"),)
    )


def needless_value(option: str) -> Diagnostic:
    return Diagnostic("R1213", Severity.ERROR, f"选项「{option}」后面多出内容", hints=(suggestion(f"只写 {option}"),))


def unknown_value(option: str, value: str, known: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R1213",
        Severity.ERROR,
        f"选项「{option}」不能写「{value}」",
        hints=(suggestion(f"可以写：{'、'.join(known)}"),),
    )


def not_a_number(option: str, value: str, low: int, high: int) -> Diagnostic:
    return Diagnostic(
        "R1213",
        Severity.ERROR,
        f"选项「{option}」应为 {low} 到 {high} 的整数，实际为「{value}」",
        hints=(suggestion(f"例如 {option} 100"),),
    )


def not_a_reading(value: str) -> Diagnostic:
    return Diagnostic(
        "R1213",
        Severity.ERROR,
        f"选项「--reading」应为“名称=取法”，实际为「{value}」",
        hints=(suggestion("例如 --reading 每个季度的执行率=支出进度"), reason("rubric check 列出全部口径和取法")),
    )


def extra_arguments(values: Sequence[str], usage: str) -> Diagnostic:
    found = "、".join(f"「{value}」" for value in values)
    return Diagnostic(
        "R1214",
        Severity.ERROR,
        f"命令中多出{found}",
        hints=(suggestion(f"写成 {usage}"), reason("名称中有空格的，要加引号")),
    )


def no_curve(indicator: str, why: str) -> Diagnostic:
    """`indicator` as `08 项目实施程序`; `why` in a few words."""
    return Diagnostic(
        "R0740",
        Severity.ERROR,
        f"「{indicator}」没有得分曲线",
        hints=(
            suggestion("换一个按数据计分的指标，或不写 --indicator，画出全部有曲线的指标"),
            reason(f"这个指标{why}" if why.startswith(("由", "按", "逐", "不")) else why),
        ),
    )


def several_pictures(output: str, count: int) -> Diagnostic:
    return Diagnostic(
        "R0741",
        Severity.ERROR,
        f"有 {count} 幅图，不能写进一个文件「{output}」",
        hints=(suggestion("写成 -o 文件夹的名称，或用 --indicator 指明一个指标"),),
    )


def unknown_code(text: str, near: str | None) -> Diagnostic:
    hint = suggestion(f"写成 rubric explain {near}") if near else reason("编号由 R 和四位数字组成，如 R0901")
    return Diagnostic("R1219", Severity.ERROR, f"没有「{text}」这个编号", hints=(hint,))


def not_points(value: str) -> Diagnostic:
    return Diagnostic(
        "R1213",
        Severity.ERROR,
        f"选项「--points」应为大于 0 的数，实际为「{value}」",
        hints=(suggestion("只写数，不写“分”字，如 --points 2.5"),),
    )


def not_a_value(value: str) -> Diagnostic:
    return Diagnostic(
        "R1222",
        Severity.ERROR,
        f"「{value}」应写成“名称=内容”",
        hints=(suggestion("例如 满意度=92%"), reason("评分标准中有空格的，要加引号")),
    )


def value_twice(name: str) -> Diagnostic:
    return Diagnostic(
        "R1222",
        Severity.ERROR,
        f"「{name}」写了两次",
        hints=(suggestion(f"只留一次；有几个数的，用顿号连起来，如 {name}=60%、80%"),),
    )


def beside_cases(names: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R1223",
        Severity.ERROR,
        f"「--cases」不能与{'、'.join(f'「{name}」' for name in names)}同时写",
        hints=(suggestion("写成 rubric try --cases 文件"), reason("各句的原文、分值和数据都在文件里写明")),
    )


def beside_gaming(name: str) -> Diagnostic:
    return Diagnostic(
        "R1223",
        Severity.ERROR,
        f"「--gaming」不能与「{name}」同时写",
        hints=(suggestion(f"去掉 {name}"), reason("--gaming 看的是哪里改动小而得分多，不找达到目标的改法")),
    )


def not_json(source: SourceText, at: Span, line: int) -> Diagnostic:
    return Diagnostic(
        "R1224",
        Severity.ERROR,
        f"第 {line} 行不是 JSON",
        (Label(source, at, "从这里起读不下去"),),
        (suggestion("每行写一句，整句在一行之内，引号、冒号、逗号用半角"), _FORM),
    )


def missing_content(source: SourceText, at: Span, line: int, names: Sequence[str]) -> Diagnostic:
    """`names` are those of the fields, each in 「」."""
    return Diagnostic(
        "R1225",
        Severity.ERROR,
        f"第 {line} 行缺少{'、'.join(names)}",
        (Label(source, at),),
        (_FORM,),
    )


def wrong_content(source: SourceText, at: Span, line: int, field: str, wanted: str) -> Diagnostic:
    """`field` is the name in 「」 of what is wrong, empty for the whole line."""
    return Diagnostic(
        "R1226",
        Severity.ERROR,
        f"第 {line} 行{f'的{field}' if field else ''}应为{wanted}",
        (Label(source, at),),
        (_FORM,),
    )


_FORM = reason(
    "一行的样子：\n"
    '{"text": "满意度≥90%的，得5分", "points": "5", "cases": [{"inputs": {"满意度": "92%"}, "score": "5"}]}'
)
