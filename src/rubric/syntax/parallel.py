"""Two lists that go together: `达到95%、90%、85%的，分别得5分、3分、1分`, 功效系数法 with its standards and coefficients.

Takes the folded text of what is left of a sentence; gives the values of the first list with what the second gives for each,
and where the text goes on. Never a sentence of its own: `cell` makes one of each pair. Lists that are not as long as each
other are no pair of lists.
"""

import re
from fractions import Fraction
from itertools import pairwise

import attrs

from rubric.syntax import ast
from rubric.syntax.numerals import split_unit

_VALUE = r"\d+(?:\.\d+)?(?:%|‰|个百分点|分(?!别)|万元|亿元|元|天|日|次|项|件|人|个)?"
_LIST = rf"-?{_VALUE}(?:[、,]-?{_VALUE})+"
_POINTS = r"\d+(?:\.\d+)?分?(?:[、,]\d+(?:\.\d+)?分?)+(?<=分)"
_PAIRED = re.compile(
    rf"(?P<name>[^,;。:\d]*?)(?P<sign>达到|不低于|不少于|大于等于|≥|高于|超过|大于|>|不超过|不高于|控制在|≤|低于|小于|<)"
    rf"(?P<values>{_LIST})(?P<tail>(?:及|\(含\))?(?:以上|以下|以内))?的?,?(?:则|可)?(?:分别|依次)(?:对应)?(?:得|计|记|为)(?P<given>{_POINTS})(?=$|[,;。])"
)
_STANDARDS = re.compile(
    rf"(?P<name>[^,;。:、\d]*?)(?:的)?(?P<first>优秀|优良|优)(?P<words>值?(?:、[^,;。、\d]{{1,6}})+?)(?:[三四五六3-6]档)?(?:的)?(?:评价|行业)?(?:标准)?值?(?:分别|依次)为"
    rf"(?P<values>{_LIST})[,;](?:其?(?:对应|相应)的?)?(?:评价|功效|档次|各档)*(?:标准)?系数(?:分别|依次)为(?P<given>\d+(?:\.\d+)?(?:[、,]\d+(?:\.\d+)?)+)"
    r"[,;。]?(?:按照?|采用|运用|以|用)?功效系数法(?:计分|计算得分|计算|评分|打分|得分)?(?=$|[,;。])"
)
_UP: dict[str, ast.Sign] = {
    **dict.fromkeys(("达到", "不低于", "不少于", "大于等于", "≥"), ">="),
    **dict.fromkeys(("高于", "超过", "大于", ">"), ">"),
    **dict.fromkeys(("不超过", "不高于", "控制在", "≤"), "<="),
    **dict.fromkeys(("低于", "小于", "<"), "<"),
}


@attrs.frozen
class Pair:
    """One value, where it stands (as folded offsets), and what is given for it as written: points, or a share of full points."""

    start: int
    end: int
    value: Fraction
    unit: str
    written: str

    @property
    def given(self) -> Fraction:
        return Fraction(self.written)


@attrs.frozen
class Parallel:
    """`name` is the words before the lists, which may name what is compared; `between` where straight lines join the pairs."""

    name: str
    sign: ast.Sign
    pairs: tuple[Pair, ...]
    shares: bool
    between: bool
    end: int


def parallel(text: str) -> Parallel | None:
    """The two lists with which `text` begins."""
    if not re.search("分别|依次", text):
        return None
    if match := _STANDARDS.match(text):
        pairs = _pairs(match)
        words = 2 + match["words"].count("、") - 1
        falling = all(a.given > b.given for a, b in pairwise(pairs))
        up = all(a.value > b.value for a, b in pairwise(pairs))
        down = all(a.value < b.value for a, b in pairwise(pairs))
        if len(pairs) != words or not falling or not (up or down):
            return None
        return Parallel(match["name"], ">=" if up else "<=", pairs, True, True, match.end())
    if match := _PAIRED.match(text):
        pairs = _pairs(match)
        sign = _UP[match["sign"]]
        rising = sign in (">", ">=")
        ordered = all((a.value > b.value) == rising and a.value != b.value for a, b in pairwise(pairs))
        if not pairs or not ordered:  # the first that holds would not be the nearest
            return None
        return Parallel(match["name"], sign, pairs, False, False, match.end())
    return None


def _pairs(match: re.Match[str]) -> tuple[Pair, ...]:
    """Each value with its share; nothing where one list is longer than the other."""
    given = re.findall(r"\d+(?:\.\d+)?", match["given"])
    found: list[tuple[int, int, Fraction, str]] = []
    for value in re.finditer(rf"-?{_VALUE}", match["values"]):
        number, unit = split_unit(value[0].removeprefix("-"))
        start = match.start("values") + value.start()
        found.append((start, start + len(value[0]), -number if value[0].startswith("-") else number, unit))
    if len(found) != len(given):
        return ()
    unit = found[-1][3]
    return tuple(Pair(s, e, v, u or unit, g) for (s, e, v, u), g in zip(found, given, strict=True))
