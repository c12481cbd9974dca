"""What each part of an item is worth, said before the parts are spoken of.

Takes the sentences of an item; gives `其中甲4分、乙6分。甲每发现一处扣0.5分，乙每发现一处扣1分，各子项扣完为止` with the points of its part as the
most that each deduction takes, and what says so as a note. Only where every part is spoken of, each once.
"""

import re
from fractions import Fraction

import attrs

from rubric.syntax import ast
from rubric.syntax.kinds import Raw

_NAMED = r"[^,;。:、\d()]{2,12}?\(?\d+(?:\.\d+)?分\)?"
_PORTIONS = re.compile(rf"(?:其中)?[:,]?{_NAMED}(?:[、,和]{_NAMED})+[。;,]?")
_EACH = re.compile(r"(?P<name>[^,;。:、\d()]{2,12}?)\(?(?P<points>\d+(?:\.\d+)?)分\)?")
_SUM_SAID = re.compile(
    r"(?:本项|本指标|该项|最终)?得分(?:为|=)[^,;。\d]{0,8}(?:子项|分项|部分|小项)[^,;。\d]{0,6}之和[。;]?"
)


def portioned(raws: list[Raw]) -> list[Raw]:
    for at, raw in enumerate(raws):
        if _PORTIONS.fullmatch(raw.folded):
            words = re.sub("^其中[:,]?", "", raw.folded)
            worth = {m["name"].lstrip("、,和"): Fraction(m["points"]) for m in _EACH.finditer(words)}
            return _with(raws, at, worth)
    return raws


def _with(raws: list[Raw], at: int, worth: dict[str, Fraction]) -> list[Raw]:
    done = list(raws)
    spoken: list[str] = []
    for index in range(at + 1, len(raws)):
        raw = raws[index]
        part = next((name for name in worth if raw.folded.startswith(name)), None)
        capped = None if part is None else _at_most(raw.sentence, worth[part])
        if part is not None and capped is not None:
            spoken.append(part)
            done[index] = attrs.evolve(raw, sentence=capped)
        elif _SUM_SAID.fullmatch(raw.folded):
            done[index] = attrs.evolve(raw, sentence=None, noted=True)
        else:
            return raws
    if sorted(spoken) != sorted(worth):
        return raws
    done[at] = attrs.evolve(raws[at], sentence=None, noted=True)
    return done


def _at_most(sentence: ast.Sentence | None, points: Fraction) -> ast.Sentence | None:
    match sentence:
        case (
            ast.Rule(outcome=ast.PerCount(adds=False), limits=limits)
            | ast.CountDeduction(deduction=ast.PerCount(adds=False), limits=limits)
        ) if limits.floor_points is None:
            return attrs.evolve(sentence, limits=attrs.evolve(limits, floor=True, floor_points=points))
        case _:
            return None
