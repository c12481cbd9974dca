"""Which words of a clause each name given beside it stands for.

In a rubric, words bind to facts by declared lines alone. Where nothing is declared yet, this rule is used instead; its
result is printed as the lines that would declare it, and where it has no single answer nothing is bound.

The clause is cut into *slots*: the words before an outcome (`〈…〉的，得2分`), the event of a count (`发现一项〈…〉扣1分`,
`〈…〉的，每份扣0.4分`), the side of a comparison (`〈…〉不低于90%`). A name that stands in the text needs no slot of its own
but takes the whole one it stands in. For the rest, a name and a slot are alike by the share of the name's characters (its
counter and 数 left out) that the slot has, and a little by the counter; each kind of name takes only its kind of slot, and
the assignment with the greatest likeness is taken if it is the only one. A negation in one and not in the other makes a
yes–no name 否.

Takes the text and the declarations; gives 对应 phrases and short names, as lines of 数据. Never a value.
"""

import re
from collections.abc import Iterator
from itertools import permutations

import attrs

from rubric.syntax.fold import key
from rubric.trying.declare import Declared, Kind

_COUNTERS = "项处次起例件宗笔条人户座块台个份篇场家名天日类"
_NUMERAL = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)"
_TAKES = r"(?:就)?(?:扣减|扣除|扣|减|加计|另加|加|奖励)"
_OUTCOME = (
    rf"(?:(?:本项指标|本指标|本小项|本项|该项|此项|总得分|总分)?(?:得|计|记|可得)(?:{_NUMERAL}分|满分|零分)|不得分|不计分|"
    rf"直接得分|视同满分|本指标得满分|\(\d+(?:\.\d+)?分\)|本项指标得|本指标得|此项不得分|本项得|总得分计|实行一票否决|{_TAKES}\d)"
)
_NUMBERING = re.compile(r"^(?:\d+[.、]|\(\d+\)|[①-⑳])")
_LEAD = re.compile(r"^(?:如果|如|若|凡|发生|出现|存在|发现有?)(?=.{2})")
_COUNT_AFTER = re.compile(
    rf"(?:每?发现有?|每有|每出现|每|发现)?{_NUMERAL}(?:人次|批次|[{_COUNTERS}])(?P<words>[^,;。]*?)的?,?{_TAKES}{_NUMERAL}分"
)
_COUNT_BEFORE = re.compile(
    rf"(?P<words>[^;。]*?)的?,?(?:每?发现有?|每?缺少?|每(?:有|出现|提供|具备|满足|完成)?)?(?:{_NUMERAL})?"
    rf"(?P<counter>人次|批次|[{_COUNTERS}])(?:{_TAKES}|得)(?:\d|分别)"
)
_RATE_LAST = re.compile(rf"(?P<words>[^,;。]*?)的?,?{_TAKES}\d+(?:\.\d+)?分/(?P<counter>[{_COUNTERS}])")
_COMPARED = re.compile(
    r"(?P<words>[^,;。<>≥≤=%\d\[(]*?)(?<!每)(?:[<>≥≤]|不低于|不少于|不高于|不超过|不大于|不小于|大于|小于|低于|高于|少于|"
    r"超过|超出|达到?|等于|为(?=\d)|(?:控制在|在)?[\[(]?\d+(?:\.\d+)?%)"
)
_EACH = re.compile(rf"每|发现{_NUMERAL}|[一二两三\d][{_COUNTERS}]$")
_COMPARES = re.compile(r"[<>≥≤]|不低于|不少于|不高于|不超过|不大于|不小于")
_NEGATION = re.compile(r"没有|不得|不|未|无|没|非")


@attrs.frozen
class Slot:
    """Words that can stand for a name. `count` slots stand for numbers of events, others for conditions or quantities."""

    words: str
    count: bool
    counter: str = ""


@attrs.frozen
class Bound:
    """A name with the words it stands for: `state` is the value that the words mean, empty for a quantity."""

    name: str
    words: str
    state: str = ""


def align(text: str, declared: tuple[Declared, ...]) -> tuple[Bound, ...]:
    """What each name stands for; names that stand in the text as they are need no line."""
    folded = key_lines(text)
    bound: list[Bound] = []
    conditions = tuple(_condition_slots(folded))
    for one in declared:
        if one.kind is Kind.STATE:
            bound += _states(one, conditions)
    bound += _booleans([d for d in declared if d.kind is Kind.BOOLEAN], conditions)
    whole = key(text)
    counts = tuple(_count_slots(folded))
    numbers = [d for d in declared if d.kind is Kind.NUMBER]
    bound += _assigned(numbers, counts, whole)
    taken = {b.name for b in bound}
    free = [d for d in declared if d.kind in (Kind.RATE, Kind.MONEY, Kind.NUMBER, Kind.LIST) and d.name not in taken]
    bound += _quantities(free, tuple(_compared_slots(folded)), whole)
    return tuple(dict.fromkeys(bound))


def key_lines(text: str) -> tuple[str, ...]:
    """The folded sentences of a clause, without their numbers; `注：` and the like are left to the reader."""
    lines = [key(line) for line in re.split(r"[\n；;。]", text)]
    return tuple(_NUMBERING.sub("", line) for line in lines if line)


# --- slots ------------------------------------------------------------------------------------------------------------


def _condition_slots(sentences: tuple[str, ...]) -> Iterator[Slot]:
    """The words before each outcome of a sentence, cut at 且 and commas where they are several requirements."""
    for sentence in sentences:
        rest = sentence
        while match := re.search(_OUTCOME, rest):
            words = re.sub(r"的?,?$", "", rest[: match.start()])
            words = re.sub(r"^(?:[\d.]*分?[,)]|否则|同时)+", "", words)
            lead = _LEAD.sub("", words)
            if len(lead) >= 2 and not re.search(r"\d%|[<>≥≤=]", lead):
                if not _EACH.search(lead):
                    yield Slot(lead, False)
                for part in re.split(r"并且|且|,|、", lead):
                    plain = part.removesuffix("的")
                    if plain != lead and len(plain) >= 2 and not _EACH.search(plain):
                        yield Slot(plain, False)
            rest = rest[match.end() :]


def _count_slots(sentences: tuple[str, ...]) -> Iterator[Slot]:
    for sentence in sentences:
        for part in _parts(sentence):
            after = _COUNT_AFTER.search(part)
            before = _RATE_LAST.search(part) or _COUNT_BEFORE.search(part)
            if after and len(after["words"]) >= 2:
                counter = re.search(f"[{_COUNTERS}]", after[0])
                yield Slot(_event(after["words"]), True, counter[0] if counter else "")
            elif before and len(before["words"]) >= 2 and not _COMPARES.search(before["words"]):
                yield Slot(_event(before["words"]), True, before["counter"])


def _parts(sentence: str) -> list[str]:
    """A sentence cut after each of its deductions: `…每处扣0.5分，…每处扣0.2分`."""
    return re.split(r"(?<=分),", sentence)


def _event(words: str) -> str:
    return re.sub(r"^(?:每?发现有?|存在|出现|对)", "", words).strip(",")


def _compared_slots(sentences: tuple[str, ...]) -> Iterator[Slot]:
    for sentence in sentences:
        for part in sentence.split(","):
            for inside in re.finditer(r"Σ\((?P<words>[^()]+)\)|[=+\-(](?P<sum>[^=+\-()]+?)之和", part):
                yield Slot(inside["words"] or inside["sum"], False)
            match = _COMPARED.match(part)
            if match and len(match["words"]) >= 2:
                yield Slot(match["words"], False)


# --- likeness ---------------------------------------------------------------------------------------------------------


def likeness(name: str, slot: Slot) -> int:
    """Per thousand of the name's characters that the slot has, and a little more for the same counter."""
    plain = re.sub(rf"(?:人次|批次|[{_COUNTERS}])?数$|次数$|[{_COUNTERS}]数$", "", key(name)) or key(name)
    plain = _NEGATION.sub("", plain) or plain
    shared = sum(1 for character in plain if character in slot.words)
    short = len(slot.words) >= 2 and all(character in plain for character in slot.words)  # 安排的 for 安排专项资金
    bonus = 150 if slot.counter and slot.counter in name[-3:] else 0
    return max(shared * 1000 // len(plain) + bonus, 600 if short else 0)


_LIKE_ENOUGH = 500


def _negations(words: str, other: str) -> int:
    """How often `words` negate something the other speaks of: 未突破 beside 突破限额, but not 非税收入."""
    found = 0
    for match in _NEGATION.finditer(words):
        after = words[match.end() : match.end() + 3]
        found += any(character in other for character in after)
    return found


def _states(one: Declared, slots: tuple[Slot, ...]) -> list[Bound]:
    """A state whose words stand in a slot, or the slot most like it."""
    found: list[Bound] = []
    for state in one.states:
        exact = [s for s in slots if key(state) == s.words or s.words == key(one.name) + key(state)]
        like = [s for s in slots if key(state) in s.words]
        chosen = exact or like
        if chosen:
            found.append(Bound(one.name, chosen[0].words, state))
    return found


def _booleans(names: list[Declared], slots: tuple[Slot, ...]) -> list[Bound]:
    """Each slot goes to the one yes–no name it is most like; the smaller slots first, so that parts win over wholes."""
    found: list[Bound] = []
    for slot in sorted(dict.fromkeys(slots), key=lambda s: len(s.words)):
        scored = sorted(((likeness(n.name, slot), n.name) for n in names), reverse=True)
        scored = [s for s in scored if s[0] >= _LIKE_ENOUGH]
        if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
            continue
        if re.search("且|,|、", slot.words) and any(b.words in slot.words for b in found):
            continue
        name = scored[0][1]
        apart = _negations(slot.words, key(name)) - _negations(key(name), slot.words)
        state = "否" if apart % 2 else "是"
        found.append(Bound(name, slot.words, state))
    return found


def _assigned(names: list[Declared], slots: tuple[Slot, ...], whole: str) -> list[Bound]:
    """The assignment of counts to events with the greatest likeness, if no other is as great."""
    free = [n for n in names if not _stands(n.name, whole)]
    slots = tuple(dict.fromkeys(slots))
    if not free or not slots or len(free) > 6 or len(slots) > 6:
        return []
    if len(free) == 1 and len(slots) == 1:
        return [Bound(free[0].name, slots[0].words)]
    size = min(len(free), len(slots))
    ranked: dict[tuple[tuple[str, str], ...], int] = {}
    for chosen in permutations(slots, size):
        for group in permutations(free, size) if len(free) > len(slots) else (tuple(free),):
            pairs = tuple(sorted((n.name, s.words) for n, s in zip(group, chosen, strict=True)))
            ranked[pairs] = sum(likeness(n.name, s) for n, s in zip(group, chosen, strict=True))
    best = sorted(ranked.items(), key=lambda item: -item[1])
    if len(best) > 1 and best[0][1] == best[1][1]:
        return []
    return [Bound(name, words) for name, words in best[0][0]]


def _stands(name: str, whole: str) -> bool:
    return key(name) in whole


def _quantities(names: list[Declared], slots: tuple[Slot, ...], whole: str) -> list[Bound]:
    """The words before a comparison, where they are not a name as it is."""
    found: list[Bound] = []
    for slot in dict.fromkeys(slots):
        if any(key(n.name) == slot.words for n in names):
            continue
        scored = sorted(((likeness(n.name, slot), len(n.name), n.name) for n in names), reverse=True)
        scored = [s for s in scored if s[0] >= 750]
        if scored and (len(scored) == 1 or scored[0][:2] != scored[1][:2]):
            found.append(Bound(scored[0][2], slot.words))
    return found
