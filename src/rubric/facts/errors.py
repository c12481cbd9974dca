"""What can be wrong with a facts file: one function per finding.

Takes the facts of the case, the place first; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from collections.abc import Sequence

from rubric.diagnostics.model import Diagnostic, Hint, Severity, reason, suggestion
from rubric.facts.nodes import Spot, shortened

_LISTED = 12

# --- the file as a whole ----------------------------------------------------------------------------------------------


def unreadable(at: Spot, cause: str, remedy: str = "") -> Diagnostic:
    hints = (suggestion(remedy),) if remedy else ()
    return Diagnostic("R0901", Severity.ERROR, f"数据文件这一处读不通：{cause}", at.labels(cause), hints)


def unclosed(at: Spot, sign: str) -> Diagnostic:
    closing = {"[": "]", "{": "}"}.get(sign, sign)
    return Diagnostic(
        "R0901",
        Severity.ERROR,
        f"数据文件这一处读不通：「{sign}」没有配对的「{closing}」",
        at.labels("从这里开始"),
        (suggestion(f"在内容结束的地方补上半角的「{closing}」"),),
    )


def unprintable(at: Spot) -> Diagnostic:
    return Diagnostic(
        "R0901",
        Severity.ERROR,
        "数据文件这一处读不通：有看不见的控制字符",
        at.labels("控制字符在这里"),
        (suggestion("删去这个字符；多半是从别的软件粘贴时带来的"),),
    )


def second_document(at: Spot) -> Diagnostic:
    return Diagnostic(
        "R0901",
        Severity.ERROR,
        "数据文件这一处读不通：「---」把文件分成了几份",
        at.labels("第二份从这里开始"),
        (suggestion("一个部门一个文件，删去「---」一行"),),
    )


def alias(at: Spot) -> Diagnostic:
    return Diagnostic(
        "R0902",
        Severity.ERROR,
        "数据文件里不能用「&」「*」引用别处的内容，这份文件没有读取",
        at.labels("引用在这里"),
        (suggestion("把内容直接写出来；内容本身以「&」「*」开头的，用双引号括起来"),),
    )


def tag(at: Spot) -> Diagnostic:
    return Diagnostic(
        "R0902",
        Severity.ERROR,
        "数据文件里不能用「!」指定内容的类别，这份文件没有读取",
        at.labels("类别标记在这里"),
        (suggestion("删去「!」开头的标记；内容本身以「!」开头的，用双引号括起来"),),
    )


def too_deep(at: Spot, most: int) -> Diagnostic:
    return Diagnostic(
        "R0903",
        Severity.ERROR,
        f"数据文件的内容套了 {most} 层以上，这份文件没有读取",
        at.labels("从这里起太深"),
        (reason("数据文件最多用到四五层：数据、名称、值、各期或各行"),),
    )


def too_many(at: Spot, most: int) -> Diagnostic:
    return Diagnostic(
        "R0903",
        Severity.ERROR,
        f"数据文件的内容超过 {most // 10000} 万项，这份文件没有读取",
        at.labels("到这里已经超过"),
        (suggestion("一个文件只放一个部门的数据；许多部门的，用批量计分"),),
    )


def written_twice(at: Spot, name: str, first: Spot) -> Diagnostic:
    return Diagnostic(
        "R0904",
        Severity.ERROR,
        f"「{shortened(name)}」写了两次，两处都没有采用",
        at.labels("又写了一次") + first.labels("这里已经写了"),
        (suggestion("留下正确的一处"),),
    )


def wrong_shape(at: Spot, name: str, expected: str, example: str = "") -> Diagnostic:
    hints = (suggestion(f"写成 {example}"),) if example else ()
    return Diagnostic(
        "R0905", Severity.ERROR, f"「{shortened(name)}」应为{expected}", at.labels(f"应为{expected}"), hints
    )


def binary_number(at: Spot, name: str) -> Diagnostic:
    """A number that a program passed in binary form, which is not exactly what was meant."""
    return Diagnostic(
        "R0905",
        Severity.ERROR,
        f"「{shortened(name)}」应为文字或准确的数，传入的是 float，它只是近似数",
        at.labels("近似数在这里"),
        (suggestion('传入带单位的文字，如 "88.67%"，或 decimal.Decimal("88.67")'),),
    )


def unknown_field(at: Spot, owner: str, name: str, near: str | None, known: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "R0906",
        Severity.ERROR,
        f"{owner}没有「{shortened(name)}」这一栏",
        at.labels("没有这一栏"),
        (_near(near) or reason(f"可以写的有：{_listed(known)}"),),
    )


def other_year(at: Spot, stated: str, expected: int) -> Diagnostic:
    return Diagnostic(
        "R0936",
        Severity.WARNING,
        f"数据是 {stated} 年度的，评分表用于 {expected} 年度",
        at.labels(f"评分表用于 {expected} 年度"),
        (suggestion("换用同一年度的评分表或数据文件"),),
    )


# --- names ------------------------------------------------------------------------------------------------------------


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


# --- values -----------------------------------------------------------------------------------------------------------


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
        (suggestion(f"写{'、'.join(known[:_LISTED])}之一；没有填报的留空"),),
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
    more = f"等 {len(names)} 项" if len(names) > _LISTED else ""
    return "、".join(names[:_LISTED]) + more
