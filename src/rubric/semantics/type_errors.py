"""What can be wrong with types, units and sums of numbers: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def incomparable(source: SourceText, span: Span, first: str, second: str, indicator: str) -> Diagnostic:
    bare = "数" in (first, second)
    hint = (
        "在数据行写明单位，如「满意度：%」「实际支出：万元」。"
        if bare
        else "核对两边用的数据和它们的单位，换成同一种再比。"
    )
    return Diagnostic(
        "R0401",
        ERROR,
        f"{first}不能和{second}相比",
        (Label(source, span, "两边不是同一种"),),
        (suggestion(hint),),
        indicator,
    )


def number_without_unit(source: SourceText, spans: tuple[Span, ...], other: str, indicator: str) -> Diagnostic:
    numbers = [source.slice(span) for span in spans]
    unit = "%" if other == "比率" else "万元"
    wanted = "、".join(f"{number}{unit}" for number in numbers)
    return Diagnostic(
        "R0401",
        ERROR,
        f"{other}要和带单位的数比，「{'」「'.join(numbers)}」没有写单位",
        tuple(Label(source, span, f"缺少「{unit}」" if unit == "%" else "缺少「元」或「万元」") for span in spans),
        (suggestion(f"写成「{wanted}」。" if unit == "%" else f"写成「{wanted}」，是元的写「元」。"),),
        indicator,
    )


def senseless_operation(
    source: SourceText, span: Span, operator: str, left: str, right: str, indicator: str
) -> Diagnostic:
    words = {"+": "相加", "-": "相减", "*": "相乘", "/": "相除"}[operator]
    alike = operator in "+-"
    hint = "只有同一种数才能相加减" if alike else "两个金额、两个数量不能相乘，金额和数量不能相除"
    return Diagnostic(
        "R0402",
        ERROR,
        f"{left}不能和{right}{words}",
        (Label(source, span, "两边不是同一种" if alike else "算出来没有意义"),),
        (suggestion("核对这里用的是不是该用的数据，以及它们在「数据」里写的单位。"), reason(f"{hint}。")),
        indicator,
    )


def formula_without_points(source: SourceText, span: Span, found: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0403",
        ERROR,
        f"「得分=」后面算出来的是{found}，不是分数",
        (Label(source, span, f"这里是{found}"),),
        (suggestion("在末尾乘上分值，如「执行率×2分」，「分」字不能省。"),),
        indicator,
    )


def points_without_unit(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0425",
        WARNING,
        "「得分=」的算式没有写「分」，按分数计算",
        (Label(source, span, "没有写「分」"),),
        (suggestion("分值后面写上「分」，如「×10分」。"),),
        indicator,
    )


def divided_by_percent(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    percent = source.slice(span)
    return Diagnostic(
        "R0421",
        WARNING,
        f"这里除以 {percent}，一般应是乘以",
        (Label(source, span, "前面是除号"),),
        (suggestion(f"对照印发原文，把「×」写成了「/」的，改为「×{percent}」；确实相除的，不用改。"),),
        indicator,
    )


def rates_multiplied(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0422",
        WARNING,
        "两个比率相乘，一般应是相除",
        (Label(source, span, "两边都是比率"),),
        (suggestion("对照印发原文，把「/」写成了「×」的，改为「/」；确实相乘的，不用改。"),),
        indicator,
    )


def whole_share(source: SourceText, span: Span, name: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0423",
        WARNING,
        f"「{name}」和 100% 之间没有「×」",
        (Label(source, span, "按它的 100% 计算"),),
        (suggestion("要化成百分数的，写成「×100%」。"),),
        indicator,
    )


def reached_not_said(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0424",
        WARNING,
        f"「{source.slice(span)}」没有写是达到、超过还是低于，按达到计算",
        (Label(source, span, "缺少「≥」或「达到」一类的词"),),
        (suggestion("在百分数前面写明「≥」「>」「≤」「<」中的一个，如「满意度≥90%」。"),),
        indicator,
    )


def lists_differ(source: SourceText, span: Span, things: int, points: int, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0426",
        ERROR,
        f"「分别」前面列了 {things} 项，后面是 {points} 个分数",
        (Label(source, span, "两边的个数不同"),),
        (suggestion("一项对应一个分数，对照印发原文补上缺的，或去掉多的。"),),
        indicator,
    )


def series_alone(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0404",
        ERROR,
        "这里用了按期填列的数据，却没有说是哪一期",
        (Label(source, span, "各期的数不同"),),
        (suggestion("在名称前写明是哪一期，如「一季度…」；要用各期的，写「Σ（…）」或「…的平均值」。"),),
        indicator,
    )


def total_of_one(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0405",
        ERROR,
        "「Σ」「平均值」里只有一个数，没有可以相加的各期",
        (Label(source, span, "不是按期填列的数据"),),
        (suggestion("在数据行写明「按季度填列（一季度、二季度、…）」，或去掉「Σ」「的平均值」。"),),
        indicator,
    )


def stated_differs(
    source: SourceText, span: Span, other: Span, name: str, stated: str, said: str, indicator: str
) -> Diagnostic:
    return Diagnostic(
        "R0406",
        ERROR,
        f"「{name}」在这里是 {stated}，在口径里是{said}",
        (Label(source, span, stated), Label(source, other, "口径在这里")),
        (suggestion("对照印发原文，改正写错的一处。"),),
        indicator,
    )


def no_subject(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0205",
        ERROR,
        "这一句没有说是什么超过、低于或达到",
        (Label(source, span, "缺少被比较的数据"),),
        (suggestion("在前面写上数据或比率的名称，如「满意度达到90%」。"),),
        indicator,
    )


def unreadable_bound(source: SourceText, span: Span, name: str, text: str) -> Diagnostic:
    start = source.text.find(text, span.start, span.end)
    place = Span(start, start + len(text)) if start >= 0 else span
    return Diagnostic(
        "R0408",
        ERROR,
        f"数据「{name}」的界限「{text}」没有读懂",
        (Label(source, place, "不是数，也不是数据的名称"),),
        (suggestion("写成「不低于0」「不超过100%」的样子，或在「不超过」后面写另一项数据的名称。"),),
    )


def day_without_year(source: SourceText, span: Span, words: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0431",
        ERROR,
        f"「{words}」没有写年份，文件开头也没有写评价年度",
        (Label(source, span, "不知道是哪一年"),),
        (suggestion("在文件开头写「评价年度：2022年（2023年印发）」，次年的日期写「次年1月31日前」。"),),
        indicator,
    )


def no_such_day(source: SourceText, span: Span, words: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0432",
        ERROR,
        f"日历上没有「{words}」这一天",
        (Label(source, span, "没有这一天"),),
        (suggestion("对照印发原文改正日期；写到月底的，写「2月底前」。"),),
        indicator,
    )
