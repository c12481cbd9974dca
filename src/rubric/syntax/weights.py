"""Scores added by weight.

Takes a stretch and the names in force; gives `总分=Σ(单项得分×权数)，其中甲权数0.6，乙权数0.4` as the sum it means, where every part is a
declared quantity and the weights come to 1, and `得分=Σ(项目得分×预算金额)÷Σ预算金额` as the weighted mean it is. Never a guess at a
part.
"""

import re
from fractions import Fraction

from rubric.syntax import ast
from rubric.syntax.fold import Folded
from rubric.syntax.lexer import Lexicon

_WEIGHT = r"(?:权数|权重|权重系数|系数|占比?)"
_SUM = re.compile(
    rf"[^,;。=:]{{0,16}}?(?:得分|总分|成绩)=[Σ∑]\(?[^,;。=()]{{0,4}}(?:各项?|单项?|分项|每项)[^,;。=()]{{0,6}}(?:得分|评分|分值)[×*][^,;。=()]{{0,6}}{_WEIGHT}\)?"
    rf"[,:]?(?:其中|式中)?[,:]?(?P<parts>.+)"
)
_PART = re.compile(
    rf"(?P<name>[^,;。=:、\d]{{2,16}}?)(?:的)?{_WEIGHT}(?:为|是|=)?(?P<weight>\d+(?:\.\d+)?)(?P<percent>%?)(?=[,、]|$)[,、]?(?:和|与|及)?"
)


_HEAD = r"[^,;。=:Σ∑]{0,16}?(?:得分|总分|成绩)"
_ROW = r"[^,;。=×*÷/()Σ∑]{2,16}?"
_MEAN = r"加权的?平均(?:值|数|分)?(?:计算|确定|得出)?"
_MEANS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_HEAD}=[Σ∑]\((?P<values>{_ROW})[×*](?P<weight>{_ROW})\)[÷/](?:[Σ∑]\(?(?P<whole>{_ROW})\)?|(?P<sum>{_ROW})(?:之和|合计|总和))",
        rf"{_HEAD}(?:=|为|是|按)(?P<values>{_ROW})[按以]照?(?P<weight>{_ROW})(?:为权重)?(?:进行)?{_MEAN}",
        rf"{_HEAD}(?:=|为|是|取)(?P<values>{_ROW})的?{_MEAN},(?:其中)?(?:以(?P<by>{_ROW})为权重|权重[为是取](?P<weight>{_ROW}))",
        rf"(?:{_HEAD}(?:=|为|是))?以(?P<weight>{_ROW})为权重(?:计算|求|取)?(?:的)?(?P<values>{_ROW})的?{_MEAN}",
    )
)
_OF_EACH = re.compile("^(?:所属|单个|单项|每个|每|各个?|该|其|相应的?|对应的?|全部|所有)+")


def weighted_mean(folded: Folded, lexicon: Lexicon) -> ast.ScoreFormula | None:
    """The mean of a column of rows by another column, however it is spelt."""
    match = next((found for pattern in _MEANS if (found := pattern.fullmatch(folded.text))), None)
    if match is None:
        return None
    told = match.groupdict()
    values = _of_rows(told["values"], lexicon)
    weight = _of_rows(told["weight"] or told.get("by") or "", lexicon)
    whole = told.get("whole") or told.get("sum")
    if values is None or weight is None or values == weight:
        return None
    if whole is not None:
        divisor = _of_rows(whole, lexicon)
        if divisor is not None and _same(divisor, values) and not _same(divisor, weight):
            values, weight = weight, values
        elif divisor is None or not _same(divisor, weight):
            return None
    span = folded.span(0, len(folded.text))
    mean = ast.Aggregate("mean", ast.Name(values, span=span), weight=ast.Name(weight, span=span), span=span)
    return ast.ScoreFormula("得分", mean, taken=True, span=span)


def _same(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)


def _of_rows(words: str, lexicon: Lexicon) -> str | None:
    bare = _OF_EACH.sub("", words)
    return next((name for name in (words, bare) if lexicon.names.get(name) == "QUANTITY"), None)


def weighted_sum(folded: Folded, lexicon: Lexicon) -> ast.ScoreFormula | None:
    match = _SUM.fullmatch(folded.text)
    if match is None:
        return None
    span = folded.span(0, len(folded.text))
    place = match.start("parts")
    body: ast.Expression | None = None
    whole = Fraction(0)
    while place < len(folded.text):
        part = _PART.match(folded.text, place)
        called = None if part is None else _called(part["name"], lexicon)
        if part is None or called is None:
            return None
        weight = Fraction(part["weight"]) / (100 if part["percent"] else 1)
        at = folded.span(*part.span("name"))
        name = ast.Name(called, declared=True, span=at)
        factor = ast.Number(weight, span=folded.span(*part.span("weight")))
        term = ast.Operation("*", name, factor, span=at)
        body = term if body is None else ast.Operation("+", body, term, span=span)
        whole += weight
        place = part.end()
    return None if body is None or whole != 1 else ast.ScoreFormula("得分", body, taken=True, span=span)


def _called(words: str, lexicon: Lexicon) -> str | None:
    return next((name for name in (f"{words}得分", words) if lexicon.names.get(name) == "QUANTITY"), None)
