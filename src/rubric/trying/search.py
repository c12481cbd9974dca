"""Where a clause does not yet read as a whole: other words for a name.

Takes the words bound so far and a way to compile the clause with others; gives the reading that leaves nothing over, or the
first one where there is none. For one name after the other the phrases most like it are tried, and one is kept where more
of the clause reads with it.
Two that are equally like the name, read equally well and mean different things are no answer: then neither is taken.
Nothing but the text, the names and their kinds is looked at, and what is taken is printed with the rest.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from rubric.core import program as core
from rubric.core.walk import data_used
from rubric.diagnostics.model import Checked, Severity
from rubric.syntax.fold import key
from rubric.trying.align import OTHERS, RANKED
from rubric.trying.classes import classless
from rubric.trying.declare import Declared, Kind
from rubric.trying.phrases import Bound, is_event, likeness, negated, phrases, plain_name

_MOST_COMPILED = 60
_MOST_WORDS = 10
_LIKE_ENOUGH = 350
_AMOUNTS = (Kind.NUMBER, Kind.MONEY, Kind.RATE)

Words = tuple[Bound, ...]
# Errors; what a person is asked beside the facts; names that stand for nothing.
Left = tuple[int, int, int]
NOTHING_LEFT: Left = (0, 0, 0)


class Read(Protocol):
    """A clause as read with some words."""

    @property
    def compiled(self) -> Checked[core.Program]: ...


R = TypeVar("R", bound=Read)


def searched(text: str, declared: tuple[Declared, ...], bound: Words, read: Callable[[Words], R]) -> R:
    """The reading with the words of `bound`, or with better ones."""
    words = {one.name: tuple(b for b in bound if b.name == one.name) for one in declared}
    first = best = read(bound)
    left = left_over(best.compiled, declared)
    budget = _MOST_COMPILED
    runs = tuple(dict.fromkeys((*phrases(text), *phrases(classless(text, declared)))))
    improved = True
    while left != NOTHING_LEFT and improved and budget > 0:
        improved = False
        for one in declared:
            for alike in _alternatives(one, _without_others(one, runs, declared), words[one.name]):
                found: list[tuple[Left, R, Words]] = []
                for other in alike:
                    budget -= 1
                    tried = read(tuple(b for name, own in words.items() for b in (other if name == one.name else own)))
                    found.append((left_over(tried.compiled, declared), tried, other))
                better = _only_best(found, left)
                if better is not None:
                    left, best, words[one.name] = better
                    improved = True
                    break
                if budget <= 0:
                    break
            if left == NOTHING_LEFT or budget <= 0:
                break
    return best if left == NOTHING_LEFT else first


def _without_others(one: Declared, runs: Sequence[str], declared: Sequence[Declared]) -> Sequence[str]:
    """The phrases that hold no other name as it is, and are no state of another: such words speak of the other."""
    own = key(one.name)
    others = [key(d.name) for d in declared if d is not one and len(d.name) > 2 and key(d.name) not in own]
    others += [p for d in declared if d is not one and len(p := plain_name(d.name)) > 2 and p not in own]
    states = {key(state) for d in declared if d is not one for state in d.states}
    runs = [words for words in runs if words not in states]
    if own in runs:  # it stands there by itself: other words mean something else
        return [words for words in runs if own in words or (one.kind is Kind.BOOLEAN and negated(words, own))]
    return [words for words in runs if own in words or not any(other in words for other in others)]


def _only_best(found: Sequence[tuple[Left, R, Words]], left: Left) -> tuple[Left, R, Words] | None:
    """What leaves less than before; none where two such mean different things."""
    least = min(f[0] for f in found)
    if least >= left:
        return None
    best = [f for f in found if f[0] == least]
    meanings = {f[1].compiled.value.meaning_sha256 for f in best}
    return best[0] if len(meanings) == 1 else None


def left_over(compiled: Checked[core.Program], declared: Sequence[Declared]) -> Left:
    """What of a clause is not understood: the fewer, the better."""
    program = compiled.value
    names = {one.name for one in declared}
    errors = sum(d.severity is Severity.ERROR for d in compiled.diagnostics)
    errors += sum(s.kind == "未读懂的规则" for s in program.sentences)
    asked = len(program.judgements) + sum(d.name not in names for d in program.data)
    used = data_used(tuple((i.rule, i.overrides) for i in program.indicators))
    return errors, asked, len(names - used.keys())


def _alternatives(one: Declared, runs: Sequence[str], now: Words) -> Iterator[tuple[Words, ...]]:
    """Groups of words to try for a name, those most like it first; words equally like it are one group."""
    if one.kind is Kind.STATE:
        yield from _for_states(one, runs, now)
        return
    if _RANKED.search(one.name):  # 技能比武总分前三名: what is ranked stands before the places
        ranked = tuple(dict.fromkeys(words[:-1] for words in runs if len(words) > 4 and words[-1] in "前第"))
        if ranked:
            yield tuple(_with(now, Bound(one.name, words)) for words in ranked)
    if one.kind is Kind.BOOLEAN:
        runs = [words for words in runs if not OTHERS.fullmatch(words)]
    scored = sorted(((likeness(one.name, words), words) for words in runs), key=lambda pair: -pair[0])
    likely = [
        pair for pair in scored if pair[0] >= _LIKE_ENOUGH and (one.kind not in _AMOUNTS or is_event(pair[1], one.name))
    ]
    for _, group in groupby(likely[:_MOST_WORDS], key=lambda pair: pair[0]):
        others = tuple(_with(now, _bound(one, words)) for _, words in group)
        yield tuple(other for other in others if other != now) or ((),)
    yield ((),)


_RANKED = re.compile("(?:名次|排名|位次|排位)$")


def _with(now: Words, other: Bound) -> Words:
    """`other` in the place of what meant the same; 是 and 否 of a yes–no name each have words of their own."""
    return (*(b for b in now if b.state and b.state != other.state), other)


def _bound(one: Declared, words: str) -> Bound:
    if one.kind is Kind.BOOLEAN:
        return Bound(one.name, words, "否" if negated(words, one.name) else "是")
    return Bound(one.name, words)


_NUMBERED = re.compile("[一二三四五六七八九十ⅠⅡⅢⅣⅤ\\dA-E甲乙丙丁]")


def _same_numbers(state: str, words: str) -> bool:
    """第三方阵 is not 第二方阵, however like it the words are."""
    return set(_NUMBERED.findall(key(state))) <= set(_NUMBERED.findall(words))


def _for_states(one: Declared, runs: Sequence[str], now: Words) -> Iterator[tuple[Words, ...]]:
    """Other words for one state, the words of the other states as they are."""
    for state in one.states:
        if key(state) in runs:
            continue  # its own words stand in the clause: other words mean another state
        rest = tuple(b for b in now if b.state != state)
        longer = [key(other) for other in one.states if other != state and key(state) in key(other)]
        own = [words for words in runs if not any(other in words for other in longer)]  # 劣Ⅴ类 is no Ⅴ类
        scored = sorted(((likeness(state, words), words) for words in own), key=lambda pair: -pair[0])
        likely = [pair for pair in scored if pair[0] >= _LIKE_ENOUGH and not negated(pair[1], state)]
        likely = [pair for pair in likely if not RANKED.search(pair[1]) and _same_numbers(state, pair[1])][:_MOST_WORDS]
        for _, group in groupby(likely, key=lambda pair: pair[0]):
            yield tuple((*rest, Bound(one.name, words, state)) for _, words in group)
        yield (rest,)
