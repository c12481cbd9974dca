"""Where in a sentence a name could stand: the slots of a clause.

Takes the folded sentences of a clause; gives the words before an outcome (`〈…〉的，得2分`), the event of a count
(`发现一项〈…〉扣1分`, `〈…〉的，每份扣0.4分`), the side of a comparison (`〈…〉不低于90%`). Serves `rubric try`, which ties names to
them, and the findings that propose a line of 数据. Never decides what a name means.
"""

import re
from collections.abc import Iterator

import attrs

from rubric.syntax.fold import ENTITIES, key
from rubric.syntax.quotas import without_quotas

COUNTERS = "节项处次起例件宗笔条人户座块台个份篇场家名天日类卷册箱盒瓶袋桶盏种期批套本只页片株棵部组支门间栋幅张封样位轮届题趟车班辆"
_NUMERAL = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)"
_TAKES = r"(?:就)?(?:扣减|扣除|扣|减|加计|另加|加|奖励)"
_SHARED = r"(?:得|计|记|扣)(?:该项|本项|指标)?(?:分值|满分|基本分)的"
_OUTCOME = (
    rf"(?:(?:本项指标|本指标|本小项|本项|该项|此项|总得分|总分|均|一律|各|分别)*(?:再|可|共)?(?:得|计|记|可得|占|按)(?:{_NUMERAL}分|满分|零分|0分)|"
    rf"(?:本项|该项|此项|本指标)?(?:整体)?(?:不得分|不计分|不扣分|不予计分|不纳入考核|不参与考核)|{_SHARED}|,\d+(?:\.\d+)?分$|"
    rf"(?:则|予以)?(?:加倍|双倍|翻倍|减半(?=计分|得分)|折半(?=计分|得分))|(?:总分|总得分|得分|考核得分|考核总分|年度考核|当年)*(?:最高|最多)(?:不超过|不得超过|得|按|计)|"
    rf"直接得分|直接得满分|视同满分|视为满分|本指标得满分|\((?:本项|共|计|满分)?\d+(?:\.\d+)?分\)|本项指标得|本指标得|此项不得分|本项得|总得分计|总分计|"
    rf"(?:实行)?一票否决|取消|(?:在[^,;。]{0, 12}基础上|单位|年度|考核|评定|等次|等级)*(?:(?:降低?|下调|调低)[一1两2]?个?(?:等次|等级|档次|档|等|级)|(?:不得|不能)(?:评|定|高于|确定)|最高(?:只能)?评)|(?:各|分别)?{_TAKES}(?:\d|{_NUMERAL}分|半分)|分别(?:加|扣|减|得|计))"
)
_NUMBERING = re.compile(
    r"^(?:\d+[.、]|\(?\d+\)|[①-⑳]|\([一二三四五六七八九十]\)|[一二三四五六七八九十]+(?:、|是))?[★▲☆]?"
)
_LEAD = re.compile(r"^(?:(?:必须|应当|须|应|需)(?!急)|如果|如|若|凡|发生|出现|存在|发现有?)(?=.{2})")
_COUNT_AFTER = re.compile(
    rf"(?:每?发现有?|每有|每出现|每|发现)?{_NUMERAL}(?:人次|批次|[{COUNTERS}])(?P<words>[^,;。]*?)的?,?{_TAKES}{_NUMERAL}分"
)
_GIVEN = (
    rf"的?,?(?:就|再|各|另|均|则|可|予以|直接)?(?:从[^,;。\d]{{0,8}}中)?(?:(?:扣减|扣除|倒扣|扣|减|加计|另加|加|奖励|奖|得|计|记)"
    rf"(?:{_NUMERAL}|半|分值|满分|该项|本项)|加倍|双倍|翻倍|分别)"
)
_COUNT_BEFORE = re.compile(
    r"(?P<lead>每(?!个?(?:月|年度?|季度?|周|星期|日|天|半年|学期|人|户|村|家|单位)[^,;。\d]{0,6}?(?:不|至少|达|超|少|多|[≥≤<>]))(?!超|高于|低|高|减|下降|降|上升|提高|增加|相差|偏离|差|逾期|延|迟|提前)[^\d,;。:、()%一二两三四五六七八九十扣加减得计记奖分]{0,8}?|"
    rf"(?:每|年度内|每年)?(?:被?发现有?|缺少?|有|出现|提供|具备|满足|完成)(?={_NUMERAL})|)"
    rf"(?:{_NUMERAL})?(?<![国逾超过延周学单岗职全ⅠⅡⅢⅣⅤ])(?P<counter>人次|批次|户次|座次|车次|班次|[{COUNTERS}])"
    rf"(?P<noun>[^\d,;。:、()%每扣加减得计记奖分及以]{{0,8}}?)(?={_GIVEN})"
)
_GOES_WRONG = re.compile("[未无不没]..")
_SAYS_WHAT = re.compile("每(?!发现|出现|发生|缺少|存在|提供|具备|满足|完成|新增|获得|增加|查实|有)[^\\d]{2,}")
_RATE_LAST = re.compile(
    rf"(?P<words>[^,;。]*?)的?,?(?:(?:{_TAKES}|奖励|得|计|-)?\d+(?:\.\d+)?分/(?P<counter>[{COUNTERS}])|每[一1]?[{COUNTERS}]\d+(?:\.\d+)?分)"
)
# …有任意一项不满足的，本项不得分: one is enough.
_ANY_ONE = re.compile(
    rf"(?P<words>[^,;。:]{{2,}}?(?:任意|任何|任|其中)[一1](?P<counter>[{COUNTERS}])[^,;。]{{0,10}}?)的?,?(?:本项|该项|此项|本指标|则|均|即)*(?:不得分|不计分|[得计]0分)"
)
_COMPARED = re.compile(
    r"(?P<words>[^,;。<>≥≤=%\d\[(±]*?)(?<!每)(?:在?±|(?:未|没有?|并未|不得?)(?:超过|超出|突破|高于|低于|大于|小于|少于|多于|达到)|[<>≥≤]|不早于|不晚于|不迟于|早于|晚于|迟于|不低于|不少于|不高于|不超过|不大于|不小于|大于|小于|低于|高于|少于|"
    r"超过|超出|多于|不足|不到|未达到?|达到?|完成(?=[^,;。]{0,5}(?:目标|任务|计划))|(?<=排名|名次|位次)(?=(?:[位列居处]于?|为|在)?(?:全[省市县区国])?[第前后])|(?=第[一二三四五六七八九十\d]{1,3}名)|等于|至少|为(?=\d)|以(?=\d)|(?:控制在|在)?[\[(]?\d+(?:\.\d+)?%)"
)
# 每下降一名: a step of places, no count of persons.
_RANKED = re.compile(
    r"(?:下降|降低?|后移|靠后|落后|下滑|[低差升高]|上升|前移|提[升高])\D{0,2}[一1]个?(?:名次|位次|名|位)"
    r"|(?:第|前|后|倒数第?|最后)[\d一二三四五六七八九十]+(?:名|位)"
)
_EACH = re.compile(rf"每|发现{_NUMERAL}|[一二两三\d][{COUNTERS}]$")
_COMPARES = re.compile(
    r"[<>≥≤]|不低于|不少于|不高于|不超过|不大于|不小于|(?:达到|超过|超出|少于|多于|高于|低于)$|至少|至多"
)
# 不力, 无故 and the like say nothing of what stands beside them.
NEGATION = re.compile(
    r"没有|不得|不(?![力良法实善慎可断同]|动产|锈钢|仅|满意)|未(?!来|成年)|无(?!故|障碍|偿|纸化|线|形|人机)|没(?!收)|非(?![法税遗]|公有|机动)"
)


# The end of a sentence, and the place before a number of a list that goes on without one (`：（1）…`, `…②…`).
_SENTENCE_END = r"[\n；;。]|[:：](?=\s*(?:[（(]?\s*[\d一二三四五六七八九十]{1,3}\s*[）)、.．]|[①-⑳]))|(?=[①-⑳])|(?<=[）)])(?=[（(]\d[）)])"


@attrs.frozen
class Slot:
    """Words that can stand for a name. `count` slots stand for numbers of events, others for conditions or quantities."""

    words: str
    count: bool
    counter: str = ""


# Words that say of the parts below what each is worth, or that one of them is enough.
_LISTING = re.compile(
    r"之一|任一|任意一|每项|每一项|各得|各占|各计|每[^,;。]{0,8}[1一]?[项个条点]|具备[^,;。]{0,4}项|满足[^,;。]{0,4}项|★"
)


def sentences_of(text: str) -> tuple[str, ...]:
    """The folded sentences of a clause, without their numbers; `注：` and the like are left to the reader."""
    for entity, sign in ENTITIES.items():  # before `;` is taken for the end of a sentence
        text = text.replace(entity, sign)
    lines = [without_quotas(key(line)) for line in re.split(_SENTENCE_END, text)]
    return tuple(_NUMBERING.sub("", line) for line in lines if line)


# --- slots ------------------------------------------------------------------------------------------------------------


def condition_slots(sentences: tuple[str, ...]) -> Iterator[Slot]:
    """The words before each outcome of a sentence, cut at 且 and commas where they are several requirements."""
    listing = any(_LISTING.search(sentence) for sentence in sentences)
    for sentence in sentences:
        rest = sentence
        if whom := _WHOM.match(sentence):
            yield Slot(whom["words"], False)
            rest = sentence[whom.end() :]
        if listing and not re.search(rf"{_OUTCOME}|\d分", sentence) and len(sentence) >= 2:
            yield Slot(_LEAD.sub("", re.sub("的?,?$", "", sentence)), False)
        while match := re.search(_OUTCOME, rest):
            words = re.sub(r"(?:,(?:否则|不然))?的?,?$", "", rest[: match.start()])
            words = re.sub(r"^(?:[\d.]*分?[,)]|否则|同时)+", "", words)
            lead = _LEAD.sub("", words)
            if "、" in lead:
                lead = _NONE_OF.sub("", lead)
            counted = re.search(r"每[^,]*$", lead)  # what is counted is no yes or no
            if len(lead) >= 2 and not counted and not re.search(r"\d%|[<>≥≤=]", lead):
                if not _EACH.search(lead):
                    yield Slot(lead, False)
                for part in re.split(r"并且|且|或者|或(?!有)|,|、", lead):
                    plain = part.removesuffix("的")
                    if plain != lead and len(plain) >= 2 and not _EACH.search(plain):
                        yield Slot(plain, False)
            rest = rest[match.end() :]


# 有建设任务的：城区按…，其他县按…: whom all that follows holds for.
_WHOM = re.compile(r"(?:对于?|凡|属于)?(?P<words>[^,;。:\d<>≥≤=]{2,20})的:(?=.)")
# 未发生截留、挤占、挪用: before a list none of which holds.
_NONE_OF = re.compile(r"^(?:未|没有|不)(?:发生|出现|存在|发现|有)|^(?:没有|无)(?=[^,;。]{1,8}、)")
_HEAD = re.compile(
    r"(?:其中)?(?:对于|对|属于|属|凡)?(?P<words>[^,;:。\d<>≥≤=]{2,20}?)的?"
    r"(?:单位|部门|企业|机构|项目|工程|学校|乡镇|街道|社区|地区|人员|[县市区村])?(?:的)?[,:](?=.*(?:(?:得|扣|计)\d|按[^,;。]{2,16}(?:计分|得分)))"
)


def head_slots(sentences: tuple[str, ...]) -> Iterator[Slot]:
    """What a sentence says first of the units it is about: `有专项任务的部门，…得2分`."""
    for sentence in sentences:
        match = _HEAD.match(sentence)
        if match and not re.search("[得扣计加减]$|分$", match["words"]):
            yield Slot(match["words"], False)


# The words of a step or a counter by themselves: 每少, 每超, 从考核总分中. They name no event.
_NO_EVENT = re.compile(
    r"每?(?:少|缺|低|高|超|多|差|上升|下降|减少|增加|缺少|超过|低于|满足|具备|符合|完成|提供)|每.{0,4}|从.*|.*中|超[出过]?的?部分|其[他余].{0,6}|第[一二三四五六七八九十\d]+[次起].*|首次.{0,2}|再次.{0,2}|[以之此]后.{0,3}|季度?|月|周|年度?"
)


def count_slots(sentences: tuple[str, ...]) -> Iterator[Slot]:
    """The events that are counted, each with its counter."""
    for slot in _counted(sentences):
        words = _UNDER.sub("", slot.words)
        if words and not _NO_EVENT.fullmatch(words):
            yield Slot(words, slot.count, slot.counter)


# 未达到要求的，每1个断面不合格: the condition under which something is counted is no part of it.
_UNDER = re.compile(rf"^.*的,每(?:{_NUMERAL}?[{COUNTERS}])?")


def _counted(sentences: tuple[str, ...]) -> Iterator[Slot]:
    for sentence in sentences:
        for part in _parts(sentence):
            if _RANKED.search(part):
                continue
            if one := _ANY_ONE.search(part):
                yield Slot(_event(one["words"]), True, one["counter"])
                continue
            last = _RATE_LAST.search(part)
            after = _COUNT_AFTER.search(part)
            before = _COUNT_BEFORE.search(part)
            if last and len(last["words"]) >= 2:
                yield Slot(_event(last["words"]), True, last["counter"] or "")
            elif before and len(words := _event(re.sub("的?,?$", "", part[: before.start()]))) >= 2:
                if _GOES_WRONG.search(before["noun"]) and part[: before.start()].endswith("的,"):
                    words = before["noun"]  # 未达到要求的，每1个点位未达标
                said = before["lead"] if _SAYS_WHAT.fullmatch(before["lead"]) else ""  # 参加人员每缺席1人次
                if not _COMPARES.search(words):
                    yield Slot(words + said, True, before["counter"])
            elif after and len(after["words"]) >= 2:
                counter = re.search(f"[{COUNTERS}]", after[0])
                yield Slot(_event(after["words"]), True, counter[0] if counter else "")
            elif before and before["lead"].startswith("每"):
                yield from _inside(before, sentences)


def _inside(match: re.Match[str], sentences: tuple[str, ...]) -> Iterator[Slot]:
    """`每流失一个项目`: what stands before the counter or behind it, whichever stands nowhere else."""
    for words in (match["noun"], match["lead"].removeprefix("每")):
        if len(words) >= 2 and sum(sentence.count(words) for sentence in sentences) == 1:
            yield Slot(words, True, match["counter"])
            return


def _parts(sentence: str) -> list[str]:
    """A sentence cut after each of its deductions: `…每处扣0.5分，…每处扣0.2分`."""
    return re.split(rf"(?<=分),|(?<=分\)),|(?<=分/[{COUNTERS}]),", sentence)


def _event(words: str) -> str:
    words = re.sub(r"^.*:|^.*\d+[日号](?:之?前|内)[^,]*,", "", words)
    words = re.sub(r"的?,?(?:第|(?:首|初)次?(?:被?发现)?)+$", "", words)
    return re.sub(r"^(?:每?发现有?|存在|出现|对)", "", words).strip(",")


# 去掉一个最高价: what is left out of values is no part of their name.
LEFT_OUT = re.compile("(?:去掉|去除|剔除|除去|舍去)[^,;。]{0,4}最")
_NAMED = r"[^,;。=+*×÷/()、和与及由按以将取对为即%\d:]{2,24}?"
_SHARES = re.compile(
    rf"(?P<words>{_NAMED})(?:的?得分)?(?:\(百分制\))?(?=\(?(?:的?权重|比重|占比?|占总分)?(?:为|的|占)?\d+(?:\.\d+)?%|\(?(?:占|权重))"
)
_CONVERTED = re.compile(
    rf"(?P<words>{_NAMED})(?:\([^()]*制\))?(?:,?(?:采用|实行)?[百千]分制)?,?(?:(?:按照?)?(?:百分制)?(?:折算|换算|折合)|(?:按照?|的|乘以)\d+(?:\.\d+)?%)"
)
_AVERAGED = re.compile(
    rf"(?P<words>{_NAMED})(?:的?(?:算术|简单)?平均[值分数]|的?(?:最[高低大小]|较[高低大小])[值分者]|(?:去掉|剔除|累[加计]|加总|之和|合计))"
)
_LISTED = re.compile(rf"(?P<first>{_NAMED})(?P<rest>(?:[、和与及]{_NAMED})+)(?=[两三四几]|[的,;。(]|按|分别|各占|取|$)")


def value_slots(sentences: tuple[str, ...]) -> Iterator[Slot]:
    """Where values stand that a score is taken from: before a weight, a conversion, a mean, or in a list of several."""
    for sentence in sentences:
        for pattern in (_SHARES, _CONVERTED, _AVERAGED):
            found = (re.sub("^[各每](?=.{2})", "", m["words"]) for m in pattern.finditer(sentence))
            yield from (Slot(words, False) for words in found if not LEFT_OUT.search(words))
        for match in _LISTED.finditer(sentence):
            parts = re.split("[、和与及]", match["first"] + match["rest"])
            yield from (Slot(part, False) for part in parts if len(part) >= 2)


# 在 and the like belong to the comparison; 完成率目标 is a value of 完成率.
_STANDS_FOR = re.compile("(?:每(?:月|年度?|季度?|周)|在|直接|一律|的?(?:目标|基准|标准)值?|以)$")


def compared_slots(sentences: tuple[str, ...]) -> Iterator[Slot]:
    for sentence in sentences:
        for part in sentence.split(","):
            for inside in re.finditer(r"Σ\((?P<words>[^()]+)\)|[=+\-(](?P<sum>[^=+\-()]+?)之和", part):
                yield Slot(inside["words"] or inside["sum"], False)
            match = _COMPARED.match(part)
            if (
                match
                and len(match["words"]) >= 2
                and not match["words"].endswith(("名前", "名后", "次前", "次后"))
                and not re.search(
                    r"每(?:再|超|高|低|少|多|增|减|升|降|下|上|相|偏|差)|[百千万二三四五]分之|半数", match["words"]
                )
            ):
                words = _STANDS_FOR.sub("", match["words"])
                yield Slot(
                    words.rpartition(":")[2] if ":" in words and len(words.rpartition(":")[2]) >= 2 else words, False
                )
