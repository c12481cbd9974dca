"""What can be wrong with the form of a facts file; its names and values are in `name_errors` and `value_errors`.

Takes the facts of the case, the place first; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from rubric.diagnostics.model import Diagnostic, Severity, reason, suggestion
from rubric.facts.nodes import Spot, shortened


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


def other_year(at: Spot, stated: str, expected: int) -> Diagnostic:
    return Diagnostic(
        "R0936",
        Severity.WARNING,
        f"数据是 {stated} 年度的，评分表用于 {expected} 年度",
        at.labels(f"评分表用于 {expected} 年度"),
        (suggestion("换用同一年度的评分表或数据文件"),),
    )


def is_of_other_year(finding: Diagnostic) -> bool:
    """Whether it says that the facts are those of another year than the rubric's."""
    return finding.code == "R0936"
