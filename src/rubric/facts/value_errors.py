"""What can be wrong with a value in a facts file: its unit, its spelling, its range.

Takes the facts of the case, the place first; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from collections.abc import Sequence

from rubric.diagnostics.model import Diagnostic, Hint, Severity, reason, suggestion
from rubric.facts.name_errors import LISTED
from rubric.facts.nodes import Spot, shortened


def bare_money(at: Spot, name: str, text: str) -> Diagnostic:
    return Diagnostic(
        "R0919",
        Severity.ERROR,
        f"「{name}」填的是 {shortened(text)}，没有写单位：是 {shortened(text)} 万元，还是 {shortened(text)} 元",
        at.labels("缺少单位"),
        (suggestion(f"写成 {shortened(text)}万元 或 {shortened(text)}元"),),
    )


def bare_rate(at: Spot, name: str, text: str, hundredfold: str) -> Diagnostic:
    return Diagnostic(
        "R0920",
        Severity.ERROR,
        f"「{name}」填的是 {shortened(text)}，没有写百分号：是 {shortened(text)}%，还是 {hundredfold}%",
        at.labels("缺少百分号"),
        (suggestion(f"写成 {shortened(text)}% 或 {hundredfold}%"),),
    )


def misplaced_separator(at: Spot, name: str, text: str, first: str, second: str) -> Diagnostic:
    return Diagnostic(
        "R0921",
        Severity.ERROR,
        f"「{name}」填的是 {shortened(text)}，分隔号的位置不对：是 {first}，还是 {second}",
        at.labels("分隔号应每三位一个"),
        (suggestion(f"写成 {first} 或 {second}"),),
    )


def cut_number(at: Spot, before: str, after: str) -> Diagnostic:
    whole = shortened(f"{before},{after}")
    return Diagnostic(
        "R0922",
        Severity.ERROR,
        f"花括号里的「{whole}」会在逗号处断开，没有采用",
        at.labels("从逗号断成了两项"),
        (suggestion(f'去掉逗号，写成 {shortened(before + after)}，或加双引号，写成 "{whole}"'),),
    )


def other_unit(at: Spot, name: str, text: str, unit: str, counted: str = "", found: str = "") -> Diagnostic:
    """`counted` is the number where both units are counters, `found` the counter that was written."""
    remedy: tuple[Hint, ...] = (suggestion(f"核对是不是填错了行；没有填错的，换算成{unit}再填"),)
    if counted:
        remedy = (
            suggestion(f"核对是不是填错了行；没有填错的，写成「{counted}{unit}」或「{counted}」"),
            reason(f"评分表里这一项的单位是「{unit}」，「{found}」不当作「{unit}」"),
        )
    return Diagnostic(
        "R0923",
        Severity.ERROR,
        f"「{name}」应以{unit}计，实际填的是 {shortened(text)}",
        at.labels(f"应以{unit}计"),
        remedy,
    )


def not_a_number(at: Spot, name: str, text: str, example: str) -> Diagnostic:
    return Diagnostic(
        "R0924",
        Severity.ERROR,
        f"「{name}」填的是「{shortened(text)}」，应为一个确定的数",
        at.labels("读不出一个数"),
        (suggestion(f"写成 {example} 这样的数；说明的话写在「备注」里"),),
    )


def not_a_date(at: Spot, name: str, text: str) -> Diagnostic:
    return Diagnostic(
        "R0924",
        Severity.ERROR,
        f"「{name}」填的是「{shortened(text)}」，应为一个日期",
        at.labels("读不出日期"),
        (suggestion("写成 2022-04-26 或 2022年4月26日"),),
    )


def dash(at: Spot, name: str, text: str) -> Diagnostic:
    return Diagnostic(
        "R0925",
        Severity.ERROR,
        f"「{name}」填的是「{shortened(text)}」：是没有，还是没有填报",
        at.labels("没有，还是没有填报"),
        (suggestion("没有的写 0；没有填报的留空，这项数据按缺少处理"),),
    )


def dash_alone(at: Spot, name: str) -> Diagnostic:
    """A lone half-width dash, which cannot be read at all: it begins a list."""
    return Diagnostic(
        "R0925",
        Severity.ERROR,
        f"「{shortened(name)}」填的是「-」：是没有，还是没有填报；这份文件没有读取",
        at.labels("没有，还是没有填报"),
        (suggestion("没有的写 0；没有填报的留空，这项数据按缺少处理"),),
    )


def dash_state(at: Spot, name: str, text: str, known: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R0925",
        Severity.ERROR,
        f"「{name}」填的是「{shortened(text)}」，看不出是哪一种情况，还是没有填报",
        at.labels("是哪一种情况"),
        (suggestion(f"写{'、'.join(known[:LISTED])}之一；没有填报的留空"),),
    )


def too_fine(at: Spot, name: str, text: str, decimals: int, unit: str) -> Diagnostic:
    allowed = f"以{unit}计最多 {decimals} 位小数" if decimals else "应为整数"
    return Diagnostic(
        "R0926",
        Severity.ERROR,
        f"「{name}」填的是 {shortened(text)}，{allowed}",
        at.labels(allowed),
        (suggestion("核对数据，填准确的数"),),
    )


def out_of_range(at: Spot, name: str, value: str, rule: str, limit: Spot | None = None) -> Diagnostic:
    """`rule` says the bound: `不低于 0 万元`, `不超过 计划完成项目总数 30 个`."""
    other = limit.labels("这里是上限或下限") if limit is not None else ()
    return Diagnostic(
        "R0927",
        Severity.ERROR,
        f"「{name}」填的是 {value}，应{rule}",
        at.labels(f"应{rule}") + other,
        (suggestion("核对两处的数据" if other else "核对数据，填准确的数"),),
    )


def not_yes_or_no(at: Spot, name: str, text: str) -> Diagnostic:
    return Diagnostic(
        "R0928",
        Severity.ERROR,
        f"「{name}」填的是「{shortened(text)}」，应为是或否",
        at.labels("应为是或否"),
        (suggestion("写 是 或 否；没有填报的留空"),),
    )
