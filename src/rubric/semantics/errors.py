"""What can be wrong with names, types and the sums of a cell: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

import re
from collections.abc import Iterable
from fractions import Fraction

from rubric.core.numbers import plain
from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span
from rubric.syntax import ast

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The closest candidate within a third of the name's length (Levenshtein), None if there is none."""
    best: tuple[int, str] | None = None
    for candidate in candidates:
        if abs(len(candidate) - len(name)) * 3 > len(name):
            continue
        distance = _distance(name, candidate)
        if distance * 3 <= len(name) and (best is None or distance < best[0]):
            best = (distance, candidate)
    return best[1] if best else None


def _distance(left: str, right: str) -> int:
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(right, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


# --- names ------------------------------------------------------------------------------------------------------------


def undeclared_name(source: SourceText, span: Span, name: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0301",
        WARNING,
        f"「{source.slice(span)}」还没有写进数据，用到它的这一句暂不能计算",
        (Label(source, span, "没有这项数据"),),
        (suggestion(f"在「数据」下加一行「{source.slice(span)}：单位」，单位写万元、%、个、人等。"),),
        indicator,
    )


def misspelt_name(source: SourceText, span: Span, name: str, near: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0302",
        ERROR,
        f"没有叫「{source.slice(span)}」的数据，是不是「{near}」",
        (Label(source, span, "没有这个名称"),),
        (suggestion(f"写错了的，改为「{near}」；就是同一项数据的，在它的数据行加「简称 {source.slice(span)}」。"),),
        indicator,
    )


def declared_twice(
    source: SourceText, line: ast.DatumLine, first: ast.DatumLine, other: str | None, indicator: str
) -> Diagnostic:
    where = f"指标「{other}」" if other else "共用数据"
    hint = "删去其中一行" if other in (None, indicator) else "两个指标都用的，移到「共用数据」，只写一次"
    return Diagnostic(
        "R0304",
        ERROR,
        f"数据「{line.name}」在{where}里已经有了",
        (Label(source, _name_of(line), "又写了一次"), Label(source, _name_of(first), "这里已经写了")),
        (suggestion(f"{hint}；不是同一项的，换一个名称。"),),
        indicator,
    )


def _name_of(line: ast.DatumLine) -> Span:
    return Span(line.span.start, line.span.start + len(line.name))


def two_meanings(source: SourceText, span: Span, first: Span, name: str, indicator: str) -> Diagnostic:
    first, span = sorted((first, span))
    return Diagnostic(
        "R0305",
        ERROR,
        f"「{name}」有两个不同的规定",
        (Label(source, span, "这里又规定了一次"), Label(source, first, "这里先规定了")),
        (suggestion(f"留下一个；另一个是备选读法的，写成「“{name}”的备选：…」。"),),
        indicator,
    )


def circular(source: SourceText, span: Span, circle: tuple[str, ...], indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0306",
        ERROR,
        f"「{circle[0]}」的算法绕回了它自己",
        (Label(source, span, "从这里开始"),),
        (
            suggestion("改其中一个算法，让它只用数据来算，如「执行率=实际支出/全年预算×100%」。"),
            reason("依次用到：" + " → ".join((*circle, circle[0]))),
        ),
        indicator,
    )


def word_without_quantity(source: SourceText, span: Span, word: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0307",
        ERROR,
        f"「{word}」没有说明用哪些数据算",
        (Label(source, span, "这里只有文字"),),
        (suggestion(f"写成「“{word}”按…计」，…处写已有的数据名称，或用它们写成的算式。"),),
        indicator,
    )


def indicator_twice(source: SourceText, indicator: ast.Indicator, other: ast.Indicator) -> Diagnostic:
    return Diagnostic(
        "R0308",
        ERROR,
        f"有两个三级指标都叫「{indicator.name}」",
        (Label(source, indicator.name_span, "又一个"), Label(source, other.name_span, "这里已经有了")),
        (suggestion("改一个名称；得分、自评分都按名称对应，不能重名。"),),
        indicator.name,
    )


def no_such_point(source: SourceText, span: Span, point: str, indicator: str) -> Diagnostic:
    start = source.text.find(point, span.start, span.end)
    span = Span(start, start + len(point)) if start >= 0 else span
    return Diagnostic(
        "R0309",
        ERROR,
        f"评分标准里没有{point}",
        (Label(source, span, "指向的这一点不存在"),),
        (suggestion("照评分标准里的序号写，如「第1点」「第1点（2）」。"),),
        indicator,
    )


# --- types and units --------------------------------------------------------------------------------------------------


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
    return Diagnostic(
        "R0421",
        WARNING,
        "这里除以一个百分数，一般应是「×100%」",
        (Label(source, span, "前面是除号"),),
        (suggestion("对照印发原文，是不是把「×」写成了「/」。"),),
        indicator,
    )


def rates_multiplied(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0422",
        WARNING,
        "两个比率相乘，一般应是相除",
        (Label(source, span, "两边都是比率"),),
        (suggestion("对照印发原文，是不是把「/」写成了「×」；确实相乘的，不用改。"),),
        indicator,
    )


def whole_share(source: SourceText, span: Span, name: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0423",
        WARNING,
        f"「{name}」后面的 100% 前面没有「×」",
        (Label(source, span, "按它的 100% 计算"),),
        (suggestion("要化成百分数的，写「×100%」。"),),
        indicator,
    )


def reached_not_said(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0424",
        WARNING,
        "没有写是达到、超过还是低于这个比率，按达到计算",
        (Label(source, span, "缺少「≥」一类的字"),),
        (suggestion("在比率前面写上「达到」「≥」「≤」之一。"),),
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


def months_differ(source: SourceText, span: Span, found: str, expected: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0407",
        WARNING,
        f"各季度末是{expected}，这里写的是{found}",
        (Label(source, span, "与季度末月份不符"),),
        (suggestion("对照印发原文，改正写错的月份。"),),
        indicator,
    )


def other_period(source: SourceText, span: Span, named: str, used: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0410",
        WARNING,
        f"得分的名称说的是{named}，算式用的是{used}",
        (Label(source, span, "前后不是同一期"),),
        (suggestion("对照印发原文，改正写错的一期。"),),
        indicator,
    )


def counted_otherwise(source: SourceText, span: Span, counter: str, unit: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0411",
        WARNING,
        f"这里按{counter}计，数据按{unit}计",
        (Label(source, span, f"写的是{counter}"),),
        (suggestion("对照印发原文，改正量词；原文没有写错的，改数据的单位。"),),
        indicator,
    )


def mark_without_points(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0209",
        WARNING,
        f"句末的「{source.slice(span)}」没有写「分」，没有当作分值",
        (Label(source, span, "是分值的缺少「分」"),),
        (suggestion("是分值的，写成「（5分）」的样子；不是分值的，不用改。"),),
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


# --- sentences and sums -----------------------------------------------------------------------------------------------


def unread_rule(source: SourceText, span: Span, stop: Span | None, indicator: str) -> Diagnostic:
    place = stop or span
    words = source.slice(place)[:12]
    if "\u4e00" <= words[:1] <= "\u9fff":
        hint = f"「{words}」中有数据名称的，在「数据」下写明；没有的，把这一句写成「满意度≥90%的，得5分」的样子。"
    else:
        hint = "核对这里的符号和数，把这一句写成「满意度≥90%的，得5分」「发现一项不符合的扣1分」的样子。"
    return Diagnostic(
        "R0206",
        WARNING,
        "这一句有扣分、比较或比率，但没有读懂，暂按评判处理",
        (Label(source, place, "从这里起没有读懂"),),
        (suggestion(hint),),
        indicator,
    )


def judged_like_rule(source: SourceText, span: Span, path: str, points: Fraction, indicator: str) -> Diagnostic:
    hint = "要计算的，写成「满意度≥90%的，得5分」的样子，并在「数据」下写明用到的数据"
    if path.isdigit():
        hint += f"；由人评判的，在「口径」下写「第{path}点可在0-{plain(points)}分之间酌情给分」"
    return Diagnostic(
        "R1101",
        WARNING,
        "这一句像是可以计算的，现在由人评判",
        (Label(source, span, "有比较或比率"),),
        (suggestion(f"{hint}。"),),
        indicator,
    )


def points_do_not_fit(
    source: SourceText, span: Span, where: str, points: Fraction, fits: tuple[tuple[str, Fraction], ...], indicator: str
) -> Diagnostic:
    names = {"相加": "各条相加", "择一": "最高一条"}
    results = "，".join(f"{names.get(name, name)}是 {plain(value)} 分" for name, value in fits)
    wanted = plain(points)
    return Diagnostic(
        "R0801",
        ERROR,
        f"{where}的分值是 {plain(points)} 分，与各条标准合不上",
        (Label(source, span, results),),
        (suggestion(f"各条都计分的，改到相加是 {wanted} 分；只取一条的，改到最高一条是 {wanted} 分；或改正分值。"),),
        indicator,
    )


def no_points(source: SourceText, span: Span, name: str) -> Diagnostic:
    return Diagnostic(
        "R0802",
        ERROR,
        f"指标「{name}」没有写分值",
        (Label(source, span, "缺少分值"),),
        (suggestion("在名称后面写「（5分）」。"),),
        name,
    )


def total_differs(source: SourceText, span: Span, what: str, stated: Fraction, found: Fraction) -> Diagnostic:
    return Diagnostic(
        "R0803",
        ERROR,
        f"{what}是 {plain(stated)} 分，各指标分值加起来是 {plain(found)} 分",
        (Label(source, span, f"写的是 {plain(stated)} 分"),),
        (suggestion("核对各指标的分值，或改正这里的数。"),),
    )


def no_scoring_method(source: SourceText) -> Diagnostic:
    return Diagnostic(
        "R0804",
        NOTE,
        "没有写计分办法，得分四舍五入保留两位小数，不分等级",
        (Label(source, Span(0, 0)),),
        (suggestion("在文件开头写「计分办法」，下面写「计分：…」「等级：…」「不适用：…」。"),),
    )


def unread_scoring(source: SourceText, span: Span) -> Diagnostic:
    return Diagnostic(
        "R0805",
        ERROR,
        "计分办法的这一行没有读懂",
        (Label(source, span, "没有读懂"),),
        (suggestion("写成「计分：…四舍五入，保留两位小数」「等级：90分（含）以上为优，…」「不适用：…不参评…」。"),),
    )


def missing_header(source: SourceText, name: str, example: str) -> Diagnostic:
    return Diagnostic(
        "R0806",
        WARNING,
        f"文件开头没有写「{name}」",
        (Label(source, Span(0, 0)),),
        (suggestion(f"在第一个指标之前加一行「{example}」。"),),
    )


def unread_definition(source: SourceText, span: Span, name: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0211",
        WARNING,
        f"这句话以「{name}」开头，但没有读懂，没有参与计分",
        (Label(source, span, "没有读懂"),),
        (suggestion(f"解释它的，写成「{name}=…」或「{name}是指…」。"),),
        indicator,
    )


def unsettled_step(
    source: SourceText, span: Span, words: str, example: str, results: tuple[tuple[str, str], ...], indicator: str
) -> Diagnostic:
    each = "，".join(f"{name}的扣 {points} 分" for name, points in results)
    step = results[0][0].removeprefix("满")
    return Diagnostic(
        "R0601",
        WARNING,
        f"「{words}」的，不足{step}的部分怎样扣，没有说明",
        (Label(source, span, f"暂按满{step}才扣"),),
        (
            suggestion(f"在「口径」下加一行「“{words}”按{results[0][0]}计」。"),
            reason(f"{example}时：{each}。"),
        ),
        indicator,
    )


def floor_not_stated(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0602",
        WARNING,
        "没有写「扣完为止」，按扣到 0 分为止计算",
        (Label(source, span, "扣分没有写下限"),),
        (suggestion("在句末补「，扣完为止」。"),),
        indicator,
    )


def unsettled_scope(source: SourceText, span: Span, word: str, taken: str, other: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0603",
        WARNING,
        f"「{word}」管到哪里没有说明，按{taken}计算",
        (Label(source, span, f"也可以读作{other}"),),
        (suggestion(f"在「口径」下加一行「“{word}”限于{taken}」。"),),
        indicator,
    )


def floor_differs(source: SourceText, span: Span, stated: Fraction, points: Fraction, indicator: str) -> Diagnostic:
    words = re.search(r"[\d.]+\s*分\s*扣完|扣[完满]\s*[\d.]+\s*分", source.slice(span))
    if words is not None:
        span = Span(span.start + words.start(), span.start + words.end())
    return Diagnostic(
        "R0604",
        ERROR,
        f"写的是扣完 {plain(stated)} 分为止，这一条的分值是 {plain(points)} 分",
        (Label(source, span, f"应为 {plain(points)} 分"),),
        (suggestion(f"对照印发原文，改为「扣完{plain(points)}分为止」，或改正分值。"),),
        indicator,
    )


def unusable_outcome(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0605",
        ERROR,
        "口径里给了评分标准以外的分数",
        (Label(source, span, "口径只能写得满分、得0分或不适用"),),
        (
            suggestion(
                "改为「…的，第1点得满分」「…的，第1点得0分」或「…的，第1点不适用」；其他给分写在「评分标准」里。"
            ),
        ),
        indicator,
    )
