"""Short names in a clause: `控制率` for `“三公”经费控制率`, `该比率` for the only rate.

Takes what reading a clause left undeclared, with the names given beside it and those the clause defines; gives the one
name each can stand for. Where several could be meant, or none, nothing is given. Never a value.
"""

import re
from collections.abc import Iterator, Sequence

from rubric.diagnostics.model import Diagnostic
from rubric.semantics.name_errors import is_undeclared
from rubric.syntax.fold import key
from rubric.trying.declare import Declared, Kind

_POINTING = re.compile(r"^(该项?|此项?|本项?|其|上述|前述|实际|单项|指标)(?=.)")
# What any rate, and what any quantity may be called.
_RATE = re.compile(r"比率|比例|占比|百分比|比值|比重|幅度|率")
_ANYTHING = re.compile(r"数值|指标值|实际值|完成值|值|数量|金额|结果|完成情况|实际完成值|指标")
_PERIOD = re.compile("[本上当去今前]年度?|[本上]期|[本上]月|[本上]季度?|上一年度?|考核年度|基期")
_OWN_VALUE = re.compile("实际值|完成值|实际完成值|本年值|指标值|实际完成数")
_REASONED = re.compile("因|由于|经|受|按规定|依规|年度|全年|年初|年内|本年|当年|截至")
_DEFINED = re.compile(r"(?:^|[,;。:])([^=<>≥≤,;。:]{2,30}?)=(?![\d])")


def undeclared(diagnostics: Sequence[Diagnostic]) -> tuple[str, ...]:
    """The words that stood where a name must, and are none."""
    found: list[str] = []
    for diagnostic in diagnostics:
        label = diagnostic.labels[0] if diagnostic.labels else None
        if is_undeclared(diagnostic) and label is not None and label.source is not None:
            found.append(key(label.source.slice(label.span)))
    return tuple(dict.fromkeys(found))


def short_names(text: str, declared: Sequence[Declared], unknown: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(short name, name) pairs."""
    whole = "\n".join(key(line) for line in text.splitlines())
    defined = [m[1] for m in _DEFINED.finditer(whole) if not m[1].endswith("得分")]
    quantities = [d for d in declared if d.kind in (Kind.RATE, Kind.MONEY, Kind.NUMBER)]
    rates = [*defined, *(d.name for d in quantities if d.kind is Kind.RATE)]
    for words in unknown:
        plain = re.sub("(?<=.{2})(?:累计|合计|总计)$", "", _POINTING.sub("", words))
        names = [*defined, *(d.name for d in quantities)]
        found = [
            n for n in names if _PERIOD.fullmatch(words) and key(n) != words and key(n).startswith(words)
        ]  # 本年度合格率
        found = found or [n for n in names if key(n) != words and key(n).endswith(plain)]
        found = found or [n for n in names if key(n) != words and _within(plain, key(n))]
        found = found or [
            n for n in names if len(plain) >= 3 and set(plain) <= set(key(n))
        ]  # 招聘计划, of 计划招聘人数
        found = found or [n for n in defined if words.endswith(n)]  # 能耗变动率≤0, where 变动率=… is defined
        if not found and _RATE.fullmatch(plain):
            found = rates
        if not found and _ANYTHING.fullmatch(plain):
            found = names
        if not found and _REASONED.match(words):  # 因规划调整不纳入考核项目数, where 不纳入考核项目数 is given
            found = [d.name for d in quantities if len(d.name) >= 4 and words.endswith(key(d.name))]
        if not found and re.search("[与和及]", words):  # 培训层级与天数：, where 培训天数 is the only quantity of it
            measured = [*quantities, *(d for d in declared if d.kind is Kind.TIME)]
            found = [d.name for d in measured if len(d.name) >= 4 and _within(key(d.name), words)]
        if not found:  # 森林覆盖率, where only 实际值 and 目标值 are given
            found = [d.name for d in quantities if _OWN_VALUE.fullmatch(key(d.name))]
        if not found:
            found = list(_done_or_aimed(words, quantities))
        if len(set(found)) == 1 and key(found[0]) != words:
            yield words, found[0]


_AIM = re.compile("(?:年度|全年|年初|当年)?(?:目标任务|任务目标|目标值?|任务[数量]?|计划[数值]?|计划任务)")
_DONE = re.compile("实际|完成|达到|实现")
_AIMED = re.compile("目标|计划|任务")


def _done_or_aimed(words: str, quantities: Sequence[Declared]) -> Iterator[str]:
    """`投资增幅完成目标任务` beside 实际完成增幅 and 目标增幅: the one that was aimed at, or what came of it."""
    aims = [d.name for d in quantities if _AIMED.search(d.name)]
    done = [d.name for d in quantities if _DONE.search(d.name) and d.name not in aims]
    if len(aims) != 1 or len(done) != 1:
        return
    if _AIM.fullmatch(words):
        yield aims[0]
    elif aims[0][-2:] == done[0][-2:] and words.endswith(aims[0][-2:]) and len(words) > 2:
        yield done[0]


def _within(short: str, name: str) -> bool:
    """Whether the characters of `short` stand in `name` in their order: `三公控制率` in `三公经费控制率`."""
    rest = iter(name)
    return len(short) >= 2 and all(character in rest for character in short)
