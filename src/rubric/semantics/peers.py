"""What a cell says of all units without naming the data that hold it: the best value, the own one, how many there are.

Takes an indicator and its cell; gives the cell with data in the place of `ast.Rank`, `ast.Own`, `ast.Best`, `ast.Peers`. Where
the data leave a doubt, the place stays empty and `typecheck` tells. Never a value.
"""

import re
from typing import TypeVar

import attrs

from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.names import number_columns
from rubric.syntax.replacing import replaced

_HOW_MANY = re.compile(r".*(总数|个数|家数|单位数|数量|总个数|总家数|单位总数|参评.*数)$")


@attrs.frozen
class PeerData:
    """What of an indicator's data speaks of all units: how many there are, the best values, the own value; all values by rows.

    `rank` is the place, `earlier` the one of the year before; `single` are the names of data that are one number.
    """

    count: ast.Expression | None
    best: dict[str, ast.Expression]
    own: ast.Expression | None
    rows: ast.Expression | None
    rank: ast.Expression | None
    earlier: ast.Expression | None = None
    single: frozenset[str] = frozenset()

    def named(self, words: str) -> ast.Expression | None:
        """`名次较上年每提升一名`: the place, and that of the year before, by words that name no datum."""
        if _PLACE.fullmatch(words):
            return self.rank
        return self.earlier if _YEAR_BEFORE.fullmatch(words) else None

    def of_rows(self, words: str) -> ast.Expression | None:
        """`最高值` beside the values of all units."""
        which: ast.Which = "mean" if "平均" in words else "max" if _GREATEST.match(words) else "min"
        return ast.Aggregate(which, self.rows, span=self.rows.span) if self.rows is not None else None


# Words in a formula that mean a value of all units, where a list gives them all.
_ALL_VALUES = re.compile(
    r"(?:(?:满足|符合|通过)[^,;。]{2,16}?(?:且|的))?(?:各|全[市省区县]|所有|全部|参评|有效)*(?:单位|地区|部门|县区|区县|项目|投标人|供应商|家)?(?:投标|最后|最终)?(?:报价|价格)?(?:的|中的?)?"
    r"(?P<which>最[高低大小多少优长短]|平均)的?(?:(?:供应商|投标人)的)?(?:有效|最后|最终)?(?:投标)?(?:值|分|数|得分|水平|报价|价格?)?"
)
_GREATEST = re.compile("最高|最多|最大|最长|最优|最好|标杆")
_LEAST = re.compile("最低|最少|最小|最短|最快")
# 第1名亩均税收: the value of the best.
_FIRST = re.compile("第[一1]名")
_OTHERS = re.compile("平均|上年|去年|目标|基准|标准|总数|个数")


_BEFORE = re.compile("上年|上期|去年|上一年|上月|上季|前一|以前|原")
_PLACE = re.compile("(?:本年度?|今年|当年|本期|考核|综合)?(?:排名|名次|位次|排位)")
_YEAR_BEFORE = re.compile(
    "(?:上年度?|去年|上一年度?|上期|上次|上月|上季度?|前一年度?)(?:同期)?(?:考核|综合)?(?:排名|名次|位次|排位)?"
)


def _is_rank(line: ast.DatumLine) -> bool:
    return line.unit in ("名次", "位次") or bool(re.search("(排名|名次|位次|排位|次序)$", key(line.name)))


def peers_of(indicator: ast.Indicator) -> PeerData:
    single = [d for d in indicator.data if d.unit and not d.states and not d.columns and not d.parts]
    lists = [d for d in indicator.data if len(number_columns(d)) == 1]

    def only(found: list[ast.DatumLine]) -> ast.Expression | None:
        return ast.Name(key(found[0].name), span=found[0].span) if len(found) == 1 else None

    best: dict[str, ast.Expression] = {}
    for which, words in (("max", _GREATEST), ("min", _LEAST)):
        stated = only([d for d in single if words.search(d.name)])
        of_rows = only(lists)
        if stated is not None:
            best[which] = stated
        elif of_rows is not None:
            best[which] = ast.Aggregate("max" if which == "max" else "min", of_rows, span=of_rows.span)
    first = only([d for d in single if _FIRST.search(d.name)])
    if first is not None and not best:
        best["max"] = first
    ranks = [d for d in single if _is_rank(d)]
    earlier = [d for d in ranks if _BEFORE.search(d.name)]
    rank = only([d for d in ranks if d not in earlier])
    names = frozenset(key(word) for d in single for word in (d.name, *d.aliases, *(p.words for p in d.phrases)))
    spoken = (_GREATEST, _LEAST, _OTHERS, *((_FIRST,) if first is not None else ()))
    own = only([d for d in single if not any(words.search(d.name) for words in spoken)])
    count = only([d for d in single if _HOW_MANY.match(key(d.name))])
    return PeerData(count, best, own, only(lists), rank, only(earlier), names)


_Tree = TypeVar("_Tree")


def with_peers(node: _Tree, peers: PeerData) -> _Tree:
    """`node` with the data in the place of what speaks of all units without naming it."""
    return replaced(node, lambda inner: _of_all_units(inner, peers))


def _of_all_units(node: object, peers: PeerData) -> ast.Expression | ast.Condition | None:
    known: ast.Expression | ast.Condition | None
    known = peers.count if isinstance(node, ast.Peers) else peers.own if isinstance(node, ast.Own) else None
    if isinstance(node, ast.Rank):
        known = peers.rank or ast.Elided(span=node.span)
    if isinstance(node, ast.Best):
        known = peers.best.get(node.which)
    match node:
        case ast.Bare(operand=ast.Aggregate(which="max" | "min" as which, operand=ast.Name(key=name) as own)) if (
            name in peers.single and which in peers.best
        ):  # 报价最低的得30分
            known = ast.Comparison((own, peers.best[which]), ("=",), span=node.span)
        case ast.Comparison(operands=(ast.Number(value=low), ast.Rank(), ast.Number(value=high))) if (
            low == high == 1 and peers.rank is None and peers.own is not None and len(peers.best) == 1
        ):  # 第1名得6分，其余按与第1名的比例得分, where no place is given but the value of the first
            known = ast.Comparison((peers.own, *peers.best.values()), ("=",), span=node.span)
        case _:
            pass
    if isinstance(node, ast.Name) and not node.declared and (match := _ALL_VALUES.fullmatch(node.key)):
        known = peers.of_rows(match["which"])
    if isinstance(node, ast.Name) and not node.declared and known is None:
        known = peers.named(node.key)
    return known


def against_peers(condition: ast.Condition) -> ast.Expression | None:
    """How many there are, where a rank is compared with a share of them."""
    match condition:
        case ast.Comparison(
            operands=(_, ast.Operation(operator="*", left=ast.Name() as peers, right=ast.Number(unit="%")))
        ):
            return peers
        case _:
            return None


def of_peers(condition: ast.Condition, peers: ast.Expression) -> ast.Condition:
    """`前30%的…，30%-60%的…`: the second is a share of the same number."""

    def share(number: ast.Number) -> ast.Expression:
        return ast.Operation("*", peers, number, span=number.span)

    match condition:
        case ast.Ranged(subject=ast.Elided() as rank, low=ast.Number(unit="%") as low, high=high):
            above = ast.Comparison((rank, share(low)), (">",), span=condition.span)
            below = ast.Comparison((rank, share(high)), ("<=",), span=condition.span)
            return ast.Joined("and", (above, below), span=condition.span)
        case _:
            return condition
