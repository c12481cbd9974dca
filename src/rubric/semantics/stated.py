"""What a person decides, where the number itself is a datum.

Takes judged sentences and the indicator's data; gives the rule that takes the points from the datum which holds what was
decided: points given (评委打分), taken (酌情扣分) or added (酌情加分). Several values of one datum are averaged, as the words say
(去掉一个最高分、一个最低分). Where the data do not show exactly one such datum nothing is taken, and a person is asked.
"""

import re
from fractions import Fraction

from rubric.core import program as core
from rubric.semantics.gathered import Gathered
from rubric.semantics.resolve import items_of, names_in
from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.numerals import split_unit

_TAKEN = re.compile("(扣分|扣减|扣减分|扣除分)(数|值|额)?$|^(酌情|视情节?|实际|判定)扣")
_ADDED = re.compile("(酌情|视情节?|判定|评定|实际)加分(数|值|额)?$|^酌情加")
_GIVEN = re.compile("(打分|评分|评定分|给分|计分|赋分|得分|评审分|评议分|分数|评定得分)(数|值)?$")
# Words of a sentence that leave the number to a person.
_JUDGED = re.compile(
    "酌情|视情|视[^,;。]{0,6}(情况|程度|情节)|适当|根据[^,;。]{0,12}(情况|质量|程度)|打分|评分|评委|专家|评审|评议|考核组|评定|"
    r"[得计扣加给]?\d+(\.\d+)?分?[-~～—至到]\d+(\.\d+)?分|[<≤]F?[<≤]|优秀?[,:得]|平均"
)
_RANGE = re.compile(r"[扣减]\D{0,3}(\d+(?:\.\d+)?)分?[-~～—至到](\d+(?:\.\d+)?)分")
_TRIM = re.compile("(?:去掉|剔除|去除|扣除)[^,;。]{0,3}?([一两二三]|\\d)?个?最高")
# 9人以上的去掉…: how many there must be. A sentence that could not be read says it, and a mean of all would not.
_HOW_MANY = re.compile(
    "\\d+[人名位个家](?:\\([^()]*\\))?(?:及|或)?以[上下]|(?:不足|超过|少于|多于|达到|不少于)\\d+[人名位个家]"
)


def stated_rule(g: Gathered, pieces: tuple[ast.Piece, ...], points: Fraction) -> core.Rule | None:
    """The rule that rests on the one datum which holds what a person decided."""
    text = "；".join(key(p.text) for p in pieces)
    whole = key(g.source.slice(g.indicator.cell.span))
    if not _JUDGED.search(text) or (_TRIM.search(whole) and _HOW_MANY.search(whole)):
        return None
    span = pieces[0].span.to(pieces[-1].span)
    free = [line for line in g.indicator.data if not line.states and not _is_used(g, line)]
    taken = [line for line in free if _TAKEN.search(line.name)]
    added = [line for line in free if _ADDED.search(line.name)]
    given = [line for line in free if _GIVEN.search(line.name) and line not in taken and line not in added]
    if len(taken) + len(added) + len(given) != 1 or len(free) != 1:
        return None
    value = _value(g, free[0], whole)
    if value is None:
        return None
    words = pieces[-1].text
    if given and any(
        isinstance(p.sentence, ast.Rule) and isinstance(p.sentence.outcome, ast.ScoreFormula) for p in pieces
    ):
        return None  # 未承担的，按平均得分计分；承担的，按实际得分计分: one of two scores, and not the score
    if given:
        return core.Formula(_rounded(value, whole), span=span)
    base = Fraction(0) if added else points
    rate = Fraction(-1) if added else Fraction(1)
    limit = most_taken(text) if taken else None
    amount = core.Deduction(rate, value, words, limit, span=span)
    return core.Deductions(core.Constant(base), (amount,), floor_stated=True, span=span)


def most_taken(text: str) -> Fraction | None:
    """`视情节扣1-3分`: the most that may be taken off."""
    return max((Fraction(m[2]) for m in _RANGE.finditer(text)), default=None)


def decided(g: Gathered, adds: bool) -> core.Expression | None:
    """The one datum of the indicator that holds what a person took off or added, and of which no sentence speaks."""
    named = _ADDED if adds else _TAKEN
    free = [
        d for d in g.indicator.data if not d.states and not d.columns and not _is_used(g, d) and named.search(d.name)
    ]
    return _value(g, free[0], "") if len(free) == 1 else None


def _is_used(g: Gathered, line: ast.DatumLine) -> bool:
    """Whether a sentence of the cell already speaks of the datum by a name."""
    names = {n.key for n in g.indicator.names if n.target == line.name}
    for item in items_of(g.indicator.cell):
        for piece in item.pieces:
            judged = piece.kind is ast.PieceKind.JUDGED  # its words only name what a person decides
            if piece.sentence is not None and not judged and any(n.key in names for n in names_in(piece.sentence)):
                return True
    return False


def _value(g: Gathered, line: ast.DatumLine, text: str) -> core.Expression | None:
    """The datum, or the mean of its rows or parts; an explanation calls it by its name, which begins its line."""
    place = Span(line.span.start, line.span.start + len(line.name))
    if line.columns:
        numbers = [name for name, inside in line.columns if len(inside) == 1]
        if len(numbers) != 1:
            return None
        match = _TRIM.search(text)
        trim = 0 if match is None else int(split_unit(f"{match[1] or 1}个")[0])
        return core.RowAggregate(line.name, "mean", core.Cell(line.name, numbers[0]), trim=trim, span=place)
    if line.parts:
        return core.Total(tuple(core.FactValue(line.name, part) for part in line.parts), mean=True, span=place)
    return core.FactValue(line.name, span=place)


def _rounded(value: core.Expression, text: str) -> core.Expression:
    """`保留两位小数`, `四舍五入到小数点后一位`."""
    match = re.search("保留([\\d一两二三])位小数|小数点后([\\d一两二三])位", text)
    if match is None:
        return value
    places = {"一": 1, "两": 2, "二": 2, "三": 3}
    number = match[1] or match[2]
    return core.Rounded(value, int(number) if number.isdigit() else places[number], span=value.span)
