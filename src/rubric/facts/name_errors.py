"""What names in a facts file can be: fields, data, indicators, judgements, 口径 and their labels, parts, columns, states.

Takes the facts of the case, the place first; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from collections.abc import Sequence

from rubric.diagnostics.model import Diagnostic, Hint, Severity, reason, suggestion
from rubric.facts.nodes import Spot, shortened

# How many names a message lists.
LISTED = 12


def unknown_field(at: Spot, owner: str, name: str, near: str | None, known: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R0906",
        Severity.ERROR,
        f"{owner}没有「{shortened(name)}」这一栏",
        at.labels("没有这一栏"),
        (_near(near) or reason(f"可以写的有：{_listed(known)}"),),
    )


def unknown_datum(at: Spot, name: str, near: str | None) -> Diagnostic:
    return Diagnostic(
        "R0907",
        Severity.ERROR,
        f"没有名为「{shortened(name)}」的数据",
        at.labels("评分表里没有这个名称"),
        (_near(near) or suggestion("用 rubric facts 可以列出评分表要填的全部数据"),),
    )


def unknown_indicator(at: Spot, section: str, name: str, near: str | None) -> Diagnostic:
    return Diagnostic(
        "R0908",
        Severity.ERROR,
        f"「{section}」中的「{shortened(name)}」不是评分表的指标",
        at.labels("评分表里没有这个指标"),
        (_near(near) or suggestion("写三级指标的名称，与评分表一致"),),
    )


def unknown_judgement(at: Spot, indicator: str, name: str, near: str | None, known: Sequence[str]) -> Diagnostic:
    listed = reason(f"要评判的有：{_listed(known)}") if known else reason("这个指标由数据计算，没有要评判的内容")
    return Diagnostic(
        "R0909",
        Severity.ERROR,
        f"「{indicator}」没有名为「{shortened(name)}」的评判",
        at.labels("评分标准里没有这一条"),
        (_near(near) or listed,),
        indicator,
    )


def unknown_choice(at: Spot, name: str, near: str | None, known: Sequence[str]) -> Diagnostic:
    listed = reason(f"评分表的口径有：{_listed(known)}") if known else reason("这份评分表没有可选的口径")
    return Diagnostic(
        "R0910",
        Severity.ERROR,
        f"没有名为「{shortened(name)}」的口径",
        at.labels("评分表里没有这条口径"),
        (_near(near) or listed,),
    )


def unknown_alternative(at: Spot, choice: str, name: str, near: str | None, known: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R0911",
        Severity.ERROR,
        f"口径「{shortened(choice)}」没有「{shortened(name)}」这种取法",
        at.labels("没有这种取法"),
        (_near(near) or reason(f"可以取：{_listed(known)}"),),
    )


def no_choice(at: Spot, name: str) -> Diagnostic:
    return Diagnostic(
        "R0912",
        Severity.WARNING,
        f"「{name}」在评分表里只有一种口径，这里写的口径没有用到",
        at.labels("没有用到"),
        (suggestion("删去这一行；要说明的话写在「备注」里"),),
    )


def other_label(at: Spot, name: str, stated: str, in_force: str, choice: str) -> Diagnostic:
    return Diagnostic(
        "R0913",
        Severity.ERROR,
        f"「{name}」填的是{stated}，本次按{in_force}计，这项数据没有采用",
        at.labels(f"这里是{stated}"),
        (
            suggestion(f"在「其他口径」中补上{in_force}的数，或在文件的「口径」中写 {choice}: {stated}"),
            reason("不同口径的数不能互相代替"),
        ),
    )


def label_taken(at: Spot, name: str, in_force: str) -> Diagnostic:
    return Diagnostic(
        "R0914",
        Severity.NOTE,
        f"「{name}」没有写明口径，按「{in_force}」计",
        at.labels("没有写口径"),
        (suggestion(f"加一行 口径: {in_force}"),),
    )


def basis_taken(at: Spot, names: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R0915",
        Severity.NOTE,
        f"有 {len(names)} 项数据没有写来源和依据，按「自述」处理，核验自评得分时不作为报告数据",
        at.labels("例如这一项"),
        (reason(f"没有写的有：{_listed(names)}"), suggestion("补上「来源」，或写明「依据」")),
    )


def unknown_basis(at: Spot, name: str, text: str, known: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R0916",
        Severity.ERROR,
        f"「{name}」的依据写的是「{shortened(text)}」，应为{'、'.join(known)}之一",
        at.labels("没有这种依据"),
        (reason("报告数据有出处；自述只有说法没有数据；假定是填报时设想的；评判由人作出"),),
    )


def unknown_part(at: Spot, name: str, part: str, near: str | None, known: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R0917",
        Severity.ERROR,
        f"「{name}」没有「{shortened(part)}」这一期",
        at.labels("没有这一期"),
        (_near(near) or reason(f"各期是：{_listed(known)}"),),
    )


def unknown_column(at: Spot, name: str, column: str, near: str | None, known: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R0918",
        Severity.ERROR,
        f"「{name}」没有「{shortened(column)}」这一列",
        at.labels("没有这一列"),
        (_near(near) or reason(f"各列是：{_listed(known)}"),),
    )


def unknown_state(at: Spot, name: str, text: str, near: str | None, known: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R0929",
        Severity.ERROR,
        f"「{name}」没有「{shortened(text)}」这种情况",
        at.labels("没有这种情况"),
        (_near(near) or reason(f"可以填：{_listed(known)}"),),
    )


def _near(name: str | None) -> Hint | None:
    return suggestion(f"写成「{name}」") if name else None


def _listed(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 项" if len(names) > LISTED else ""
    return "、".join(names[:LISTED]) + more
