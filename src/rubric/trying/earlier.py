"""What is compared with its own value of a time before: `审理天数较上年每减少1天加0.3分`.

Takes the text and the declarations; gives the words for a pair of names that differ in their time alone (本年审理天数 and
上年审理天数), where the text names the quantity once and the time before beside it. Never a value.
"""

import re
from collections.abc import Iterator
from itertools import permutations

from rubric.syntax.fold import key
from rubric.trying.declare import Declared, Kind
from rubric.trying.phrases import Bound

_BEFORE = "上年度?|上一年度?|去年|前一年度?|上年同期|去年同期|上期|上一?季度|上一?月|上半年|基期"
_NOW = "本年度?|当年度?|今年|本期|本季度|本月|当月|当期|考核年度|评价年度|实际"
_OF_BEFORE = re.compile(rf"(?P<time>{_BEFORE})的?(?P<what>.{{2,}})")
_OF_NOW = re.compile(rf"(?:{_NOW})?(?P<what>.{{2,}})")
_QUANTITIES = (Kind.RATE, Kind.MONEY, Kind.NUMBER, Kind.TIME)


def against_earlier(text: str, declared: tuple[Declared, ...]) -> Iterator[Bound]:
    """The words for both names of the only such pair."""
    whole = key(text)
    free = [one for one in declared if one.kind in _QUANTITIES]
    pairs = [found for now, before in permutations(free, 2) if (found := _pair(whole, now, before)) is not None]
    if len(pairs) == 1:
        yield from pairs[0]


def _pair(whole: str, now: Declared, before: Declared) -> tuple[Bound, ...] | None:
    earlier, later = _OF_BEFORE.fullmatch(key(before.name)), _OF_NOW.fullmatch(key(now.name))
    if earlier is None or later is None or earlier["what"] != later["what"] or key(before.name) in whole:
        return None
    what = re.escape(later["what"])
    stands = rf"(?<!同期){what}(?:较|比|同|与)(?P<time>{_BEFORE})(?!{what})|(?:较|比|同|与)(?P<first>{_BEFORE})(?:相比)?,?{what}"
    match = re.search(stands, whole)
    if match is None:
        return None
    time = Bound(before.name, match["time"] or match["first"])
    return (time,) if key(now.name) in whole else (Bound(now.name, later["what"]), time)
