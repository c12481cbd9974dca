"""Which words of a clause each name given beside it stands for.

In a rubric, words bind to facts by declared lines alone. Where nothing is declared yet, this rule is used instead; its
result is printed as the lines that would declare it, and where it has no single answer nothing is bound.

The clause is cut into *slots* (`syntax/slots.py`): the words before an outcome, the event of a count, the side of a
comparison. A name that stands in the text needs no slot of its own
but takes the whole one it stands in. For the rest, a name and a slot are alike by the share of the name's characters (its
counter and 数 left out) that the slot has, and a little by the counter; each kind of name takes only its kind of slot, and
the assignment with the greatest likeness is taken if it is the only one. A negation in one and not in the other makes a
yes–no name 否.

Takes the text and the declarations; gives 对应 phrases and short names, as lines of 数据. Never a value.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import permutations

from rubric.semantics.deadlines import AHEAD, DELAY
from rubric.syntax import grammar
from rubric.syntax.fold import key
from rubric.syntax.slots import (
    COUNTERS,
    NEGATION,
    Slot,
    compared_slots,
    condition_slots,
    count_slots,
    head_slots,
    sentences_of,
    value_slots,
)
from rubric.trying.classes import classless
from rubric.trying.declare import Declared, Kind
from rubric.trying.earlier import against_earlier
from rubric.trying.phrases import Bound, negated

_DEFINED = re.compile(r"(?:^|[,;。:\n])(?:其中:?)?([^=<>≥≤,;。:\d\n]{2,30})=(?!\d)")


def align(text: str, declared: tuple[Declared, ...]) -> tuple[Bound, ...]:
    """What each name stands for; names that stand in the text as they are need no line, nor do those the text defines."""
    defined = {m[1] for line in text.split("\n") for m in _DEFINED.finditer(key(line))}
    longer = tuple(words for words in defined if len(words) >= 3)  # 能耗变动率 is what 变动率=… defines
    whole = key(text)
    standing = [key(one.name) for one in declared if len(one.name) > 2 and _stands(one.name, whole)]
    found = (b for b in _aligned(text, declared) if b.words not in defined and not b.words.endswith(longer))
    return tuple(b for b in found if not any(_cuts(b.words, name, whole) for name in standing))


def _cuts(words: str, name: str, whole: str) -> bool:
    """`在合同工` beside 合同工期: words that end in the middle of a name that stands there as it is."""
    at = whole.find(words)
    return at >= 0 and any(p < at + len(words) < p + len(name) for p in _places(name, whole) if at < p)


def _places(name: str, whole: str) -> Iterator[int]:
    return (match.start() for match in re.finditer(re.escape(name), whole))


def _aligned(text: str, declared: tuple[Declared, ...]) -> tuple[Bound, ...]:
    folded = sentences_of(text)
    bound = list(against_earlier(text, declared))
    declared = tuple(one for one in declared if one.name not in {b.name for b in bound})
    conditions = tuple(condition_slots(folded))
    others = [key(one.name) for one in declared if one.kind is not Kind.STATE]
    for one in declared:
        if one.kind is Kind.STATE:
            parts = _listed_states(one, folded)
            bound += parts or _states(one, tuple(s for s in conditions if not any(o in s.words for o in others)))
    folded = sentences_of(classless(text, declared))
    conditions = tuple(condition_slots(folded))
    booleans = [d for d in declared if d.kind is Kind.BOOLEAN]
    of_booleans = _booleans(booleans, conditions)
    told = {b.name for b in of_booleans}
    bound += of_booleans
    bound += _booleans([d for d in booleans if d.name not in told], tuple(head_slots(sentences_of(text))))
    whole = key(text)
    measured = tuple(d for d in declared if d.kind in (*_MEASURED, Kind.TIME) and _stands(d.name, whole))
    states = {key(state) for d in declared for state in d.states}
    counts = tuple(s for s in _without(measured, count_slots(folded)) if s.words not in states)
    numbers = [d for d in declared if d.kind is Kind.NUMBER or (d.kind is Kind.TIME and not limited(text, d.name))]
    bound += _assigned(numbers, counts, whole)
    bound += _paired(numbers, folded)
    bound += _short_names([d for d in declared if d.kind in _MEASURED], whole)
    taken = {b.name for b in bound if key(b.name) not in whole}
    free = [d for d in declared if d.kind in (Kind.RATE, Kind.MONEY, Kind.NUMBER, Kind.LIST) and d.name not in taken]
    bound += _quantities(free, tuple(compared_slots(folded)), whole)
    bound += _values([d for d in free if not _stands(d.name, whole)], _without(declared, value_slots(folded)), bound)
    return tuple(dict.fromkeys(bound))


def _without(declared: tuple[Declared, ...], slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The slots in which no name stands as it is: those speak of that name."""
    names = [key(one.name) for one in declared if len(one.name) > 2]
    return tuple(slot for slot in slots if not any(name in slot.words for name in names))


def limited(text: str, name: str) -> bool:
    """Whether a time is a delay that the text speaks of, or is what a limit in time is about: no count of events."""
    delay = DELAY.search(name) or AHEAD.search(name)
    wanted = ("LATE", "EARLY", "LATE_STEP") if delay else ("WITHIN_TIME",)
    return any(grammar.words_of(word).search(key(text)) for word in wanted)


# --- likeness ---------------------------------------------------------------------------------------------------------


def likeness(name: str, slot: Slot) -> int:
    """Per thousand of the name's characters that the slot has, and a little more for the same counter."""
    plain = re.sub(rf"(?:人次|批次|[{COUNTERS}])?数$|次数$|[{COUNTERS}]数$", "", key(name)) or key(name)
    plain = NEGATION.sub("", plain) or plain
    shared = sum(1 for character in plain if character in slot.words)
    bare = NEGATION.sub("", slot.words)
    short = len(bare) >= 2 and all(character in plain for character in bare)  # 安排的, 未安排的 for 安排专项资金
    bonus = 150 if slot.counter and slot.counter in name[-3:] else 0
    said = 100 if len(slot.words) > 2 and slot.words in key(name) else 0  # 未报批 of 客观原因未完成且未报批项数
    return max(shared * 1000 // len(plain) + bonus, 600 if short else 0) + said


_LIKE_ENOUGH = 500


# 优于Ⅲ类 means other states than Ⅲ类.
RANKED = re.compile("优于|好于|高于|劣于|低于|差于|达到|以[上下]")


def _states(one: Declared, slots: tuple[Slot, ...]) -> list[Bound]:
    """A state whose words stand in a slot, or the slot most like it."""
    found: list[Bound] = []
    for state in one.states:
        exact = [s for s in slots if key(state) == s.words or s.words == key(one.name) + key(state)]
        like = [
            s
            for s in slots
            if key(state) in s.words and not re.search(r"[:\d]", s.words) and not RANKED.search(s.words)
        ]
        others = [key(other) for other in one.states if other != state and key(state) in key(other)]
        like = [
            s for s in like if not any(other in s.words and other != s.words for other in others)
        ]  # 高级工程师 is no 工程师
        chosen = exact or like
        if chosen:
            words = min(chosen, key=lambda s: len(s.words)).words  # 具有工程师职称, and not 具有高级工程师职称
            found.append(Bound(one.name, words, state))
    return found


_LISTED_STATES = re.compile(
    r"(?P<words>[^,;。:]+?、[^,;。:]+?)的?,?(?:每[^,;。、]{0,3})?(?:分别|依次|各)(?:得|计|加|扣|奖|给)"
)


def _listed_states(one: Declared, sentences: tuple[str, ...]) -> list[Bound]:
    """`获国家级、省级、市级表彰的，分别得3分、2分、1分`: each state with its part of the list."""
    for sentence in sentences:
        match = _LISTED_STATES.search(sentence)
        parts = match["words"].split("、") if match else []
        found = [
            Bound(one.name, part, state)
            for part in parts
            for state in one.states
            if key(state) == part or (part.endswith(f"为{key(state)}") or (len(state) > 1 and key(state) in part))
        ]
        if parts and len(found) == len(parts) == len({b.state for b in found}):
            return found
    return []


def _booleans(names: list[Declared], slots: tuple[Slot, ...]) -> list[Bound]:
    """Each slot goes to the one yes–no name it is most like; the smaller slots first, so that parts win over wholes.

    A slot with a number that the name does not have is a condition of its own, and stands for no yes or no.
    """
    found: dict[tuple[str, str], tuple[int, Bound]] = {}
    wholes = {n.name: slot for n in names if (slot := _joined(n, slots)) is not None}
    for slot in sorted(dict.fromkeys(slots), key=lambda s: len(s.words)):
        names = [
            n for n in names if n.name not in wholes or slot.words not in wholes[n.name].words or slot is wholes[n.name]
        ]
        if OTHERS.fullmatch(slot.words):
            continue
        fitting = [n for n in names if not (_COUNTS.search(slot.words) and not _COUNTS.search(key(n.name)))]
        scored = sorted(((likeness(n.name, slot), n.name) for n in fitting), reverse=True)
        scored = [s for s in scored if s[0] >= _LIKE_ENOUGH]
        if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
            continue
        if re.search("且|或|及|和|,|、", slot.words) and any(b.words in slot.words for _, b in found.values()):
            continue
        alike, name = scored[0]
        state = "否" if negated(slot.words, key(name)) else "是"
        if (name, state) not in found or found[name, state][0] < alike:
            found[name, state] = alike, Bound(name, slot.words, state)
    return [bound for _, bound in found.values()]


def _joined(name: Declared, slots: tuple[Slot, ...]) -> Slot | None:
    """`不规范或未设置`: a name that holds several things joined stands for the words of all of them."""
    alike = [s for s in slots if _JOINT.search(s.words) and likeness(name.name, s) >= _ALL_OF_IT]
    return min(alike, key=lambda s: len(s.words)) if alike and _JOINT.search(key(name.name)) else None


_JOINT = re.compile("或者?|且|、")
_ALL_OF_IT = 950
# 其他参赛单位: those that are not named before, and no fact of their own.
OTHERS = re.compile("其[他余它][^,;。、]{0,4}?(?:单位|部门|地区|人员|企业|队伍|选手|乡镇|街道|社区|学校)")
# A number of something: 60个, 第2至3, 两次.
_COUNTS = re.compile(r"至少|不少于|\d|第[一二三四五六七八九十]|[二三四五六七八九十两][项次个件处起份]")


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


_PAIRED = re.compile(r"(?P<words>[^,;。]+?、[^,;。]+?)的?,?每?[一1]?[^,;。、]{0,2}(?:分别|依次)(?:加|扣|减|得|计)")


def _paired(names: list[Declared], sentences: tuple[str, ...]) -> list[Bound]:
    """`国家级、省级现场会的，每次分别加2分、1分`: each part of the list, with what the last one adds, for one name."""
    found: list[Bound] = []
    for sentence in sentences:
        match = _PAIRED.search(sentence)
        parts = match["words"].split("、") if match else []
        for index, part in enumerate(parts):
            scored = sorted(((likeness(n.name, Slot(part, True)), n.name) for n in names), reverse=True)
            if scored and (len(scored) == 1 or scored[0][0] > scored[1][0]):
                found.append(Bound(scored[0][1], part))
            elif index == len(parts) - 1 and len(parts) == len(names) == len(found) + 1:
                found += [Bound(n.name, part) for n in names if n.name not in {b.name for b in found}]
    return found if len({b.name for b in found}) == len(found) else []


def _values(names: list[Declared], slots: tuple[Slot, ...], bound: list[Bound]) -> list[Bound]:
    """Words that are a part of one name, and of no other: `平时考核` beside 平时考核得分."""
    found: list[Bound] = []
    taken = {b.name for b in bound} | {b.words for b in bound}
    for slot in dict.fromkeys(slots):
        near = [n for n in names if slot.words in key(n.name) or likeness(n.name, slot) >= 750]
        if len(near) == 1 and near[0].name not in taken and slot.words not in taken:
            found.append(Bound(near[0].name, slot.words))
            taken |= {near[0].name, slot.words}
    return found


_MEASURED = (Kind.RATE, Kind.MONEY, Kind.NUMBER)
_BETWEEN = re.compile(r"[<>≥≤](?P<words>[^,;。<>≥≤=%\d()]{2,12})(?=[<>≥≤])")


def _short_names(names: list[Declared], whole: str) -> list[Bound]:
    """`80%≤准确率<90%` beside 垃圾分类准确率: the end of one name, and of no other."""
    found: list[Bound] = []
    for words in dict.fromkeys(m["words"] for m in _BETWEEN.finditer(whole)):
        ending = [n for n in names if key(n.name).endswith(words)]
        if len(ending) == 1 and key(ending[0].name) != words:
            found.append(Bound(ending[0].name, words))
    return found


def _stands(name: str, whole: str) -> bool:
    return key(name) in whole


def _quantities(names: list[Declared], slots: tuple[Slot, ...], whole: str) -> list[Bound]:
    """The words before a comparison, where they are not a name as it is."""
    found: list[Bound] = []
    for slot in dict.fromkeys(slots):
        slot = Slot(re.sub("的?绝对值$", "", slot.words), slot.count, slot.counter)
        if any(key(n.name) == slot.words for n in names):
            continue
        inside = [n for n in names if key(n.name) in slot.words]  # 本年完成率 is 完成率, and no longer name like it
        scored = sorted(((likeness(n.name, slot), len(n.name), n.name) for n in inside or names), reverse=True)
        scored = [s for s in scored if s[0] >= 750]
        if scored and (len(scored) == 1 or scored[0][:2] != scored[1][:2]):
            found.append(Bound(scored[0][2], slot.words))
    return found
