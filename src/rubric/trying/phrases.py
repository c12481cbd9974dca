"""Every run of words of a clause that could be what a name stands for.

Takes the text; gives its phrases, each between two places where words can part: punctuation, an outcome, a comparison, a
number with its counter, a conjunction. Far more than are meant: `likeness` orders them for a name, and only one with
which the clause reads is taken (`understand`). Never decides what a name means.
"""

import re
from collections.abc import Iterator

import attrs

from rubric.syntax.fold import key
from rubric.syntax.slots import COUNTERS, LEFT_OUT, NEGATION, sentences_of

_NUMERAL = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)"
# Where words can part. What stands in such a place belongs to no phrase but for the conjunctions, which may be inside one.
_PARTS = re.compile(
    rf"[,;:、|()\[\]“”‘’「」·★]|<br>|[<>≥≤=+×÷/±~～-]|{_NUMERAL}(?:%|‰|分|个百分点|[\u4e00-\u9fff])?|"
    r"不早于|不晚于|不迟于|早于|晚于|迟于|不低于|不少于|不高于|不超过|不大于|不小于|至少|至多|大于|小于|高于|低于|少于|超过|超出|达到|等于|以上|以下|以内|"
    r"每|扣|加|得|计|记|的|不得分|否则|其余|其他|"
    r"如果|如|若|凡|发生|出现|存在|发现|因|在|对|将|按照|按|并且|同时|且|并|或者|或|及|和|与|但|而"
)
# 每有1个项目未公开: what each of them is counted for.
_WHOSE = re.compile(
    rf"{_NUMERAL}个(?:项目|单位|部门|企业|村|社区|点位|站点|网点|窗口|环节|案件|标段|学校)(?=[未没无不])"
)
_LONGEST = 40


@attrs.frozen
class Bound:
    """A name with the words it stands for: `state` is the value that the words mean, empty for a quantity."""

    name: str
    words: str
    state: str = ""


def phrases(text: str) -> tuple[str, ...]:
    """The phrases in the order in which they begin, each once."""
    return tuple(dict.fromkeys(p for sentence in sentences_of(text) for p in _phrases(sentence)))


def _phrases(sentence: str) -> Iterator[str]:
    starts, ends = [0], [len(sentence)]
    for match in _PARTS.finditer(sentence):
        ends.append(match.start())
        starts += [match.start(), match.end()]
    starts += [match.end() for match in _WHOSE.finditer(sentence)]
    for start in sorted(set(starts)):
        for end in sorted(set(ends)):
            words = sentence[start:end].strip(",;:、")
            if len(words) >= 2 and end - start <= _LONGEST and _is_phrase(words):
                yield words


def _is_phrase(words: str) -> bool:
    """No phrase holds points, a rate, a comparison or 否则, or goes on behind a number: those are the clause's own."""
    return not LEFT_OUT.search(words) and not re.search(
        r"(?<![合累总共会审统设])[得计记扣]$|[折换]算后?$|(?:直接|一律)$|^\d+(\.\d+)?[,为]|^第\d|的,|,每|[为是]$|否则|,其中|"
        r"^每(?![月年季周])|每再?[超高低少多不]|\d(?:[万亿千]?元|平方米|公里|吨|亩|天|小时)|[;<>≥≤=%‰×÷*+]|[百千万二三四五]分之|半数|\d分|[得扣加计]\d|[前后]\d|不得分|满分",
        words,
    )


_COUNTED = re.compile(
    rf"每|第$|[名次][前后]$|首次$|第(?:[一二三四五六七八九十\d]+)(?!次|季度|批|期|产业)|前[一二三四五六七八九十\d]+[名位]|(?:[一二两三四五六七八九十]|\d+)(?:人次|批次|[{COUNTERS}])|"
    r"不低于|不少于|不高于|不超过|大于|小于|[\d%一二两三四五六七八九十](?:[^\d,;]{0,3})(?:以上|以下|以内)"
)


# 其余名次, 服务时长最多的: words of the language that name no event.
_OTHER_WORDS = re.compile(
    rf"^其[余他]|^未?达|全部|^(?:全面|全部|按期|如期)?完成(?!.*(?:[项次个件处])$)|不足\d|最[高低多少大小优好快慢长短](?:的|$)|^(?:人次|批次|[{COUNTERS}]),"
)


# 接待人次达到 5000人次: the verb belongs to the number behind it.
_COMPARING = re.compile("(?:达到|超过|超出|少于|多于|高于|低于)$|至少|至多")
_RISES = re.compile("提升|上升|增加|增长|提高|前移")
_FALLS = re.compile("下降|减少|降低|后移|压减|下滑")


def is_event(words: str, name: str) -> bool:
    """Whether words can name what is counted: then they hold neither the counter nor a standard, nor which occurrence."""
    if (_RISES.search(name) and _FALLS.search(words)) or (_FALLS.search(name) and _RISES.search(words)):
        return False  # 排名下降 is no 排名提升位数
    if "每" in name:  # 每月巡查次数
        words = re.sub("每(?:月|年|季度?|周|天|日)", "", words)
    ordinal = re.search("首次|初次|第[一二三]次", words)
    return (
        not _COUNTED.search(words)
        and not _COMPARING.search(words)
        and not _OTHER_WORDS.search(words)
        and not (ordinal and ordinal[0] not in name)
    )


# --- likeness ---------------------------------------------------------------------------------------------------------

# Counters that end no other word: 人 and 名 may (负责人, 更名).
_CERTAIN = re.sub("[人名天日类个期种部组门位题班]", "", COUNTERS)
_COUNT_WORDS = re.compile(rf"(?:人次|批次|[{COUNTERS}])?(?:数量|数|情况)$|(?:人次|批次|[{_CERTAIN}])$")


def plain_name(name: str) -> str:
    """A name without its counter and its negations: what it shares with the words it stands for."""
    plain = _COUNT_WORDS.sub("", key(name)) or key(name)
    return NEGATION.sub("", plain) or plain


def likeness(name: str, words: str) -> int:
    """Per thousand: how much of the name stands in the words in its order, less a little for what else stands there."""
    plain = plain_name(name)
    bare = NEGATION.sub("", words)
    part = 600 + len(bare) if len(bare) >= 2 and bare in plain else 0  # 不完整 for 集体决策程序完整
    shared = _common(plain, words)
    if shared < 2 and shared < len(plain):
        return part
    return max(part, shared * 1000 // len(plain) - (len(words) - shared) * 4)


def _common(one: str, other: str) -> int:
    """The length of the longest common subsequence (Hunt and Szymanski, 1977, in its plain quadratic form)."""
    row = [0] * (len(other) + 1)
    for character in one:
        before = 0
        for index, against in enumerate(other, start=1):
            row[index], before = (before + 1 if character == against else max(row[index], row[index - 1])), row[index]
    return row[-1]


def negated(words: str, other: str) -> bool:
    """Whether `words` say the opposite of `other`: a negation of what the other speaks of, in one and not in both."""
    return (_negations(words, other) - _negations(other, words)) % 2 == 1


def _negations(words: str, other: str) -> int:
    """How often `words` negate something the other speaks of: 未突破 beside 突破限额, but not 非税收入."""
    found = 0
    for match in NEGATION.finditer(words):
        after = words[match.end() : match.end() + 3]
        found += any(character in other for character in after) or _lacks(words, other, match)
    return found


def _lacks(words: str, other: str, negation: re.Match[str]) -> bool:
    """`无高标准农田建设任务` beside 有建设任务: what is lacking may have more words than the name has for it."""
    return negation.start() == 0 and other.startswith("有") and len(other) > 2 and words.endswith(other[-2:])
