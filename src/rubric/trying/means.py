"""What words of a clause mean in terms of the names given beside it.

Takes the text and the declarations; gives lines of 口径: a ratio that the text only names (`按完成比例计分`), and the two
sides of a ratio that a guard speaks of (`所有…均…`, `部分…未…`). Where the names do not show which is the part and which the
whole, nothing is given. Never a value.
"""

import re
from collections.abc import Iterator

from rubric.syntax.fold import key
from rubric.syntax.slots import sentences_of
from rubric.trying.declare import Declared, Kind

_RATIO = re.compile(r"按照?(?P<words>[^,;。按]{0,6}(?:比例|比率|程度))(?:计分|得分|计算得分|计得分)")
_PART = re.compile(r"实际|已|完成|达标|合格|到位|支付|按期|有效")
_WHOLE = re.compile(r"任务|目标|计划|应|总|下达|预算|安排")
_ALL = re.compile(
    r"(?P<words>(?:所有|全部|各项).+?|(?:全面|按期|如期)?完成[^,;。\d]{0,8}(?:任务|计划)|[^,;。\d]{0,10}(?:任务|计划)(?:全部|全面|已)?完成)(?:的,|,|的?(?=[得计]\d|\())"
)
_SOME = re.compile(
    r"(?P<words>部分.+?|未(?:能)?(?:全部|全面)?(?:完成|达到)[^,;。]{0,6}?)的?,(?:(?:本指标|本项|该项)?得分=(?P<formula>.+)"
    r"|按照?(?P<share>[^,;。=]{2,20}(?:占|与|[÷/])[^,;。=]{2,20}?)的?(?:比例|比率|比值)?(?:计算)?(?:得分|计分))"
)
_QUOTIENT = re.compile(r"(?P<part>[^=+\-×*÷/(),]+)[÷/](?P<whole>[^=+\-×*÷/(),]+)")


def means(text: str, declared: tuple[Declared, ...]) -> tuple[str, ...]:
    """The lines, in the order of the text."""
    sentences = sentences_of(text)
    return (
        *_ratios(sentences, declared),
        *_guards(sentences, declared),
        *_symbols(sentences, declared),
        *_consequences(sentences, declared),
        *_all_done(sentences, declared),
        *_sums(sentences, declared),
        *_averages(sentences, declared),
        *_turned(sentences, declared),
        *_losses(sentences, declared),
        *_reached(sentences, declared),
    )


_DONE = re.compile(r"(?P<words>[^,;。\d]*(?:全部|全面|均已?|都已?)(?:完成|办结|达标|合格|到位))的?,?(?=[得计]|\()")
_NOT_ALL_DONE = re.compile(r"(?P<words>未(?:能)?(?:全部|全面)(?:完成|办结|达标|合格|到位))(?=的?,?(?:但|而))")


def _all_done(sentences: tuple[str, ...], declared: tuple[Declared, ...]) -> Iterator[str]:
    """`全部完成的…；未全部完成但完成率达到80%的…`: all is a rate of 100%, where one rate is all there is beside the clause."""
    if len(declared) != 1 or declared[0].kind is not Kind.RATE:
        return
    rate = declared[0].name
    less = [m["words"] for s in sentences for m in _NOT_ALL_DONE.finditer(s)]
    for sentence in sentences if less else ():
        for match in _DONE.finditer(sentence):
            if not match["words"].startswith("未"):
                yield f"“{match['words']}”即 {rate}=100%"
    for words in dict.fromkeys(less):
        yield f"“{words}”即 {rate}<100%"


_LOSS = re.compile(
    r"(?:^|,)(?:如|若)?(?:发生|出现)?(?P<words>[^,;。\d<>≥≤=]{0,8}?(?P<loss>亏损|利润为负|盈利))的?,?(?=[得计]\d|不得分|不计分|本项|该项)"
)
_OTHER_PROFIT = re.compile("目标|计划|预算|上年|去年|上期|基期|考核|同期")


def _losses(sentences: tuple[str, ...], declared: tuple[Declared, ...]) -> Iterator[str]:
    """`“当年亏损”即 利润总额<0`, where one amount is a profit that was made and no name speaks of the loss itself."""
    own = [d.name for d in declared if d.kind is Kind.MONEY and re.search("利润|盈余|损益", d.name)]
    made = [name for name in own if not _OTHER_PROFIT.search(name)]
    spoken_of = any(re.search("亏损|盈利", d.name) for d in declared)
    for sentence in sentences:
        match = _LOSS.search(sentence)
        if match and len(made) == 1 and not spoken_of:
            yield f"“{match['words']}”即 {made[0]}{'>' if match['loss'] == '盈利' else '<'}0万元"


def _sums(sentences: tuple[str, ...], declared: tuple[Declared, ...]) -> Iterator[str]:
    """`“合同总价”指Σ（合同价）`, where 合同价 is a column of rows and nothing else is called so."""
    names = {key(d.name) for d in declared}
    columns = [key(name) for d in declared if d.kind is Kind.ROWS for name, _ in d.columns]
    for column in dict.fromkeys(columns):
        forms = [f"总{column}", f"{column}总额", *(f"{column[:at]}总{column[at:]}" for at in range(1, len(column)))]
        forms = [form for form in forms if form not in names and any(form in sentence for sentence in sentences)]
        if columns.count(column) == 1 and forms:
            yield f"“{max(forms, key=len)}”指Σ（{column}）"


def _averages(sentences: tuple[str, ...], declared: tuple[Declared, ...]) -> Iterator[str]:
    """`“各年度考核平均得分”指各年度考核得分的平均值`, of a list or a series whose name it is but for 平均."""
    for one in declared:
        name = key(one.name)
        if one.kind in (Kind.LIST, Kind.SERIES):
            forms = {f"{name[:at]}平均{name[at:]}" for at in range(len(name))}
            words = [form for form in forms if any(form in sentence for sentence in sentences)]
            if words:
                yield f"“{max(words, key=len)}”指{one.name}的平均值"


_TURNED = re.compile("不(?P<way>[降减升增])反[升增降减]")
_WAYS = {"降": "下降|降低|压减|减少|降幅", "减": "下降|降低|压减|减少|降幅", "升": "增|升|提高", "增": "增|升|提高"}


def _turned(sentences: tuple[str, ...], declared: tuple[Declared, ...]) -> Iterator[str]:
    """`“不降反升”即 能耗下降率<0%`, of the one rate that says how far something fell (or rose)."""
    rates = [d.name for d in declared if d.kind is Kind.RATE]
    for match in filter(None, map(_TURNED.search, sentences)):
        moved = [name for name in rates if re.search(_WAYS[match["way"]], name)]
        if len(moved) == 1:
            yield f"“{match[0]}”即 {moved[0]}<0%"


_REACHED = re.compile(
    r"(?P<subject>[^,;。\d]*?)(?:达到?|为|=|≥)(?P<all>100%),(?P<words>(?:没有|无|未|不存在|未发生|未出现)[^,;。\d%]{1,12}?)的?,?(?=\(|[得计]|\d+(?:\.\d+)?分|$)"
)


def _consequences(sentences: tuple[str, ...], declared: tuple[Declared, ...]) -> Iterator[str]:
    """`按期答复率达100%，没有超期`: at 100% nothing is left over, so the second half says the first in other words.

    Only where no name beside the clause could stand for it.
    """
    rates = [d.name for d in declared if d.kind is Kind.RATE]
    others = [key(d.name) for d in declared if d.kind is not Kind.RATE]
    for sentence in sentences:
        for match in _REACHED.finditer(sentence):
            named = [name for name in rates if key(name) in match["subject"]]
            longest = max(named, key=len, default="")
            plain = re.sub("^(没有|无|未|不存在)(发生|出现)?", "", match["words"])
            spoken_of = any(plain in other or set(plain) <= set(other) for other in others)
            if longest and not spoken_of:
                yield f"“{match['words']}”即 {longest}=100%"


_SYMBOL = re.compile(r"(?P<symbol>[A-Za-z]\d*)(?:为|是|表示|代表|指|即|:)(?P<words>[^,;。、=]+)")


def _symbols(sentences: tuple[str, ...], declared: tuple[Declared, ...]) -> Iterator[str]:
    """`“W1”指自评分`, where the text says that W1 为自评分."""
    names = {key(d.name): d.name for d in declared}
    for sentence in sentences:
        for match in _SYMBOL.finditer(sentence):
            near = [name for folded, name in names.items() if folded in match["words"] or match["words"] in folded]
            if len(near) == 1 and match["symbol"] not in names:
                yield f"“{match['symbol']}”指{near[0]}"


# 危房改造完成目标任务 · 危房改造任务全面完成: that what was to be done was done, before points.
_AIM_REACHED = re.compile(
    r"(?:^|[,:])(?P<words>(?!未|没有|不)[^,;。:\d<>≥≤=%]{0,16}?(?:(?:全面|全部|按期|如期)?完成了?(?:全年|年度|年初|当年)?(?:目标任务|工作任务|任务目标|任务|目标|计划)(?:数|量|值)?"
    r"|(?:任务|目标|计划)(?:全面|全部|已|均)*完成))的?,?(?=[得计]\d|[得计]满分)"
)


def _reached(sentences: tuple[str, ...], declared: tuple[Declared, ...]) -> Iterator[str]:
    """`“危房改造完成目标任务”即 实际户数≥目标户数`, where the rest is scored by a share of what was to be done, or is nought."""
    pair = _part_and_whole(declared)
    told = "".join(sentences)
    if (
        pair is None
        or not re.search("按[^,;。]{0,8}(?:比例|比率|完成率|完成程度)|不得分", told)
        or "÷" in told
        or "/" in told
    ):
        return
    if any(pair[1] in sentence or re.search("[^,;。]*每[超低少高多]", sentence) for sentence in sentences):
        return
    for sentence in sentences:
        for match in _AIM_REACHED.finditer(sentence):
            yield f"“{match['words']}”即 {pair[0]}≥{pair[1]}"


def _part_and_whole(declared: tuple[Declared, ...]) -> tuple[str, str] | None:
    """The one pair of amounts of which one was to be done and the other was done."""
    amounts = [d.name for d in declared if d.kind in (Kind.NUMBER, Kind.MONEY)]
    if len(amounts) != 2:
        return None
    for first, second in (amounts, amounts[::-1]):
        if _PART.search(first) and _WHOLE.search(second) and not _WHOLE.search(first):
            return first, second
    return None


def _ratios(sentences: tuple[str, ...], declared: tuple[Declared, ...]) -> Iterator[str]:
    """`“完成比例”指实际新增数/任务数`, where one name is a part and one a whole."""
    pair = _part_and_whole(declared)
    if pair is None:
        return
    first, second = pair
    for sentence in sentences:
        for match in _RATIO.finditer(sentence):
            yield f"“{match['words']}”指{first}/{second}"
    told = "".join(sentences)
    if "完成率" in told and "完成率=" not in told:  # 按完成比例得分，完成率低于60%的不得分
        yield f"“完成率”指{first}/{second}×100%"


def _guards(sentences: tuple[str, ...], declared: tuple[Declared, ...]) -> Iterator[str]:
    """`“所有…均…”即 a=b` and `“部分…未…”即 a<b`, where the formula of the second is a/b."""
    names = {key(d.name): d.name for d in declared}
    some = next((m for s in sentences if (m := _SOME.search(s))), None)
    whole = next((m for s in sentences if (m := _ALL.match(s))), None)
    formula = (some["formula"] or re.sub("占|与", "÷", some["share"])) if some else ""
    quotient = _QUOTIENT.search(formula)
    if some is None or whole is None or quotient is None:
        return
    part, total = names.get(quotient["part"]), names.get(quotient["whole"])
    if part and total:
        yield f"“{whole['words']}”即 {part}={total}"
        if some["words"].startswith("部分"):
            yield f"“{some['words']}”即 {part}<{total}"
