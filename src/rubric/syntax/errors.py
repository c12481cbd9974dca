"""What can be wrong with words, lines and sentences: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from rubric.diagnostics.model import Diagnostic, Label, Severity, reason, suggestion
from rubric.source import SourceText, Span
from rubric.syntax.headings import Slip


def no_indicator(source: SourceText) -> Diagnostic:
    return Diagnostic(
        "R0201",
        Severity.ERROR,
        "文件里没有三级指标",
        (Label(source, Span(0, 0)),),
        (suggestion("写一行「三级指标 名称（5分）」，另起一行写「评分标准」，下面抄录各条标准。"),),
    )


def stray_line(source: SourceText, span: Span) -> Diagnostic:
    return Diagnostic(
        "R0202",
        Severity.WARNING,
        "这一行不在任何一栏之下",
        (Label(source, span, "没有计入"),),
        (suggestion("移到「指标说明」「评分标准」「数据」或「口径」的下面；不参与计分的备注，行首写「#」。"),),
    )


def unread_part(source: SourceText, span: Span, datum: str) -> Diagnostic:
    return Diagnostic(
        "R0203",
        Severity.WARNING,
        f"数据「{datum}」这一行有一处没有读懂",
        (Label(source, span, "没有读懂"),),
        (suggestion("写成「名称：单位，不低于0，简称 …，来源 …」的样子；说明的话移到「口径」下，行首写「说明：」。"),),
    )


def no_unit(source: SourceText, span: Span, datum: str) -> Diagnostic:
    return Diagnostic(
        "R0203",
        Severity.ERROR,
        f"数据「{datum}」没有写单位",
        (Label(source, span, "缺少单位"),),
        (suggestion(f"写成「{datum}：单位」，单位写万元、%、个、人等；只填是否的，写「{datum}：是／否」。"),),
    )


def unread_basis(source: SourceText, span: Span, line: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0204",
        Severity.ERROR,
        "这一行口径没有读懂",
        (Label(source, span, "从这里起没有读懂"),),
        (
            suggestion(
                "只是说明的，行首写「说明：」；要参与计分的，写成「“词语”指…」「“词语”按…计；备选：…」或一句完整的标准。"
            ),
            reason("口径里的话都参与计分，没有读懂的不能略过。"),
        ),
        indicator,
    )


def words_not_found(source: SourceText, span: Span, words: str, count: int, indicator: str) -> Diagnostic:
    title = f"评分标准里没有「{words}」" if count == 0 else f"「{words}」在评分标准里有 {count} 种对应，分不清是哪一处"
    return Diagnostic(
        "R0303",
        Severity.ERROR,
        title,
        (Label(source, span, "对应不上"),),
        (suggestion("引号里照抄评分标准的原话；太长的，中间用「……」省略，前后多抄几个字。"),),
        indicator,
    )


def point_not_found(source: SourceText, span: Span, point: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0303",
        Severity.ERROR,
        f"评分标准里没有{point}，或它没有写得几分",
        (Label(source, span, f"{point}对应不上"),),
        (suggestion("写评分标准里已有的序号，如「依次对应第1点（1）（2）」，个数与前面的几种情况相同。"),),
        indicator,
    )


def two_readings(source: SourceText, read: tuple[Span, ...], other: tuple[Span, ...], indicator: str) -> Diagnostic:
    def words(spans: tuple[Span, ...]) -> str:
        return "".join(f"「{source.slice(span)}」" for span in spans) or "词语，不是数据"

    places = (*read, *other)
    whole = Span(min(span.start for span in places), max(span.end for span in places))
    return Diagnostic(
        "R0310",
        Severity.WARNING,
        "这句话里的名称有两种断法",
        (Label(source, whole, "断法不止一种"),),
        (
            suggestion("给其中一项数据换一个名称，或用「」把选用的名称括起来。"),
            reason(f"现在读作{words(read)}；也可以读作{words(other)}。"),
        ),
        indicator,
    )


_PARTNERS = {"（": "）", "(": ")", "【": "】", "[": "]", "「": "」", "“": "”"}


def unpaired_bracket(source: SourceText, span: Span, indicator: str | None) -> Diagnostic:
    sign = source.slice(span)
    quoted = "“{}”" if sign in "「」" else "「{}」"
    kind = "引号" if sign in "“”「」" else "括号"
    if sign in _PARTNERS:
        partner, where = _PARTNERS[sign], "在括住的话后面补上"
    else:
        partner, where = next(left for left, right in _PARTNERS.items() if right == sign), "在括住的话前面补上"
    return Diagnostic(
        "R0207",
        Severity.ERROR,
        f"{kind}{quoted.format(sign)}没有配对的{quoted.format(partner)}",
        (Label(source, span, f"缺少{quoted.format(partner)}"),),
        (suggestion(f"{where}{quoted.format(partner)}，或删去这个{quoted.format(sign)}。"),),
        indicator,
    )


def sentences_differ(source: SourceText, span: Span, where: str, count: int, states: int, indicator: str) -> Diagnostic:
    """`依次对应第1点各句`, where the point has another number of sentences that give points than the line has states."""
    return Diagnostic(
        "R0250",
        Severity.ERROR,
        f"{where}给分的有 {count} 句，这里写了 {states} 种情形",
        (Label(source, span, "两边的个数应当相同"),),
        (suggestion("每一句写一种情形，按原文的次序；只对应其中几句的，用「“情形”对应“原文”」逐一写明。"),),
        indicator,
    )


def too_long(source: SourceText, span: Span, longest: int, indicator: str | None, what: str = "这一句") -> Diagnostic:
    return Diagnostic(
        "R0208",
        Severity.ERROR,
        f"{what}超过 {longest} 字，太长了",
        (Label(source, Span(span.start, min(span.end, span.start + 12)), f"共 {span.end - span.start} 字"),),
        (suggestion("在一条标准结束的地方写「。」或「；」，或另起一行；表格粘贴时丢了的换行，照原文补上。"),),
        indicator,
    )


def misnumbered(source: SourceText, span: Span, last: int, number: int, again: bool, indicator: str) -> Diagnostic:
    """`last` is the number before, 0 for none; `again`: the same number stands further up."""
    if again:
        title, label = f"第{number}点写了两次", "这个序号前面已经有了"
    elif number > last + 1:
        missing = f"第{last + 1}点" if number == last + 2 else f"第{last + 1}点到第{number - 1}点"
        title, label = f"序号不连续，没有{missing}", f"前面是第{last}点" if last else "前面没有别的点"
    else:
        title, label = f"序号不连续，第{last}点后面是第{number}点", f"按顺序应为第{last + 1}点"
    return Diagnostic(
        "R0213",
        Severity.WARNING,
        title,
        (Label(source, span, label),),
        (suggestion("对照印发原文改正序号，补上漏抄的一点；口径里写「第几点」的，按这里的序号找。"),),
        indicator,
    )


def misspelt_heading(source: SourceText, slip: Slip) -> Diagnostic:
    near = "」或「".join(slip.meant)
    certain = slip.only is not None
    hint = f"改为「{near}」" if certain else f"改为「{near}」中的一个"
    return Diagnostic(
        "R0214",
        Severity.ERROR,
        f"像是「{near}」，写成了「{slip.written}」",
        (Label(source, slip.span, f"暂当作「{near}」" if certain else "下面的各行没有计入"),),
        (suggestion(f"{hint}；不是栏目名称的，与上一行写在一起，或行首写「#」。"),),
    )
