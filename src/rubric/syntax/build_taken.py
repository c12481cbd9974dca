"""Lark's trees of scores taken from other values → the surface tree.

Takes the trees of `去掉一个最高分后取平均`, `按8%折算计入`, `甲占30%、乙占70%`, `以…的平均值为基准价`; gives their `ast` values. Never which values
are meant where the words leave them out.
"""

import re
from fractions import Fraction

from lark import Token, Tree

from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.build_quantities import build_expression, subtrees, token_span, tokens_of
from rubric.syntax.names import BASE_NAME
from rubric.syntax.numerals import split_unit


def build_converted(tree: Tree[Token], limits: ast.Limits, span: Span) -> ast.Sentence:
    """`按测评平均分的8%折算`, `…按8%折算计入`, `…折算为20分`: 100 points become those named, 1,000 where 千分制 is said."""
    last = tokens_of(tree)[-1]
    value = build_expression(subtrees(tree)[0])
    words = "".join(str(t) for t in tree.scan_values(lambda t: isinstance(t, Token)))
    if last.type == "TO_FULL":
        return scaled_to_full(tree, value, limits, span)
    if last.type == "CONVERTED_TO":
        points = re.search(r"(\d+(?:\.\d+)?)分", last)
        assert points is not None
        share = ast.Number(Fraction(points[1]) / (scale_in(words) or 100), "", span=token_span(last))
    else:
        percent = next(t for t in tokens_of(tree) if t.type in ("PERCENT", "AT_PERCENT"))
        written = re.search(r"(\d+(?:\.\d+)?)%", percent)
        number, unit = (Fraction(written[1]), "%") if written else split_unit(str(percent))
        share = ast.Number(number, unit, span=token_span(percent))
    body = ast.Operation("*", value, share, span=span)
    return ast.ScoreFormula("得分", body, limits.places, limits.most, limits.least, taken=True, span=span)


def scaled_to_full(tree: Tree[Token], value: ast.Expression, limits: ast.Limits, span: Span) -> ast.Sentence:
    """`考核得分（百分制）折算计分`: its share of the points of the item; without its scale it says no number."""
    scale = scale_in("".join(str(t) for t in tree.scan_values(lambda t: isinstance(t, Token) and t.type == "SCALE")))
    if scale is None:
        return ast.Statement(ast.Bare(value, span=span), span=span)
    share = ast.Operation("/", value, ast.Number(Fraction(scale), span=span), span=span)
    body = ast.Operation("*", share, ast.Name("分值", span=span), span=span)
    return ast.ScoreFormula("得分", body, limits.places, limits.most, limits.least, taken=True, span=span)


def scale_in(words: str) -> int | None:
    """100 of 百分制, 120 of 满分120分."""
    if named := re.search(r"(?:满分|总分)为?(\d+)分", words):
        return int(named[1])
    scales = {"百分": 100, "千分": 1000, "十分制": 10, "五分制": 5}
    return next((value for called, value in scales.items() if called in words), None)


_TAKES: dict[str, ast.Which] = {"TAKE_MEAN": "mean", "TAKE_HIGHEST": "max", "TAKE_LOWEST": "min", "TAKE_SUM": "sum"}


def build_taken(tree: Tree[Token], operand: ast.Expression, limits: ast.Limits, span: Span) -> ast.ScoreFormula:
    """`去掉一个最高分和一个最低分后取平均`: of `operand`, which the words before it name, or leave out."""
    tokens = {t.type: t for t in tokens_of(tree)}
    which: ast.Which = next(_TAKES[kind] for kind in tokens if kind in _TAKES)
    body = _times(ast.Aggregate(which, operand, _trim(tokens.get("TRIM")), span=span), tokens.get("TIMES"), span)
    return ast.ScoreFormula("得分", body, limits.places, limits.most, limits.least, taken=True, span=span)


def build_based(tree: Tree[Token], span: Span) -> ast.Equation:
    """`以有效报价的算术平均值为基准价`, `评标基准价为去掉一个最高价和一个最低价后的平均值`."""
    token = next(t for t in tokens_of(tree) if t.type in ("BASE_AS", "BASE_IS"))
    word = re.search(BASE_NAME, token)
    assert word is not None
    told = subtrees(tree)
    trims = [t for c in told if c.data == "trimmed" for t in tokens_of(c) if t.type == "TRIM"]
    if trims:
        named = [c for c in told if c.data != "trimmed"]
        of = _value_of(named[0]) if named else ast.Elided(span=span)
        body: ast.Expression = ast.Aggregate("mean", of, _trim(trims[0]), span=span)
    else:
        body = build_expression(told[0])
    return ast.Equation(ast.Name(word[0], span=token_span(token)), body, span=span)


def _value_of(tree: Tree[Token]) -> ast.Expression:
    """What stands before the words of a mean, be it read as a quantity or as a bare condition."""
    while tree.data in ("conditions", "bare"):
        tree = subtrees(tree)[0]
    return build_expression(tree)


def _trim(token: Token | None) -> int:
    """How many of each end `去掉两个最高分、两个最低分` leaves out."""
    if token is None:
        return 0
    number = re.search(r"([一两二三]|\d)个?(?=最高|最大|$|的|,|后|之后|以后|再)", token)
    return int(split_unit(number[1])[0]) if number else 1


def _times(body: ast.Expression, token: Token | None, span: Span) -> ast.Expression:
    """`…乘以0.3`."""
    if token is None:
        return body
    written = re.search(r"(\d+(?:\.\d+)?)(%?)", token)
    assert written is not None
    return ast.Operation("*", body, ast.Number(Fraction(written[1]), written[2], span=token_span(token)), span=span)


def build_weighted(tree: Tree[Token], limits: ast.Limits, span: Span) -> ast.ScoreFormula:
    """`甲占30%、乙占70%`, `甲、乙按4:6的比例`: each value times its weight, added."""
    tokens = tokens_of(tree)
    children = subtrees(tree)
    terms: list[tuple[ast.Expression, ast.Number]] = []
    listed = next((t for t in tokens if t.type == "WEIGHTS_LIST"), None)
    times = next((t for t in tokens if t.type == "TIMES"), None)
    if listed is not None:
        parts = [Fraction(n) for n in re.findall(r"\d+(?:\.\d+)?", listed)]
        whole = Fraction(100) if "%" in listed else sum(parts, Fraction(0))
        weights = [ast.Number(100 * part / whole, "%", span=token_span(listed)) for part in parts]
        names = build_expression(children[0])
        assert isinstance(names, ast.Several)
        terms = list(zip(names.items, weights, strict=False)) if len(names.items) == len(weights) else []
        if not terms:  # as many weights as values, or nothing can be made of it
            return ast.ScoreFormula("得分", ast.Elided(span=span), taken=True, span=span)
    for child in children if not terms else ():
        weight = next((t for t in tokens_of(child) if t.type == "WEIGHT_OF"), None)
        value = build_expression(subtrees(child)[0])
        if weight is not None:
            written = re.search(r"(\d+(?:\.\d+)?)%", weight)
            assert written is not None
            terms.append((value, ast.Number(Fraction(written[1]), "%", span=token_span(weight))))
        elif isinstance(value, ast.Stated):
            terms.append((value.name, value.percent))
    body: ast.Expression | None = None
    for value, share in terms:
        term = ast.Operation(
            "*", value, share, span=value.span.to(share.span) if value.span.start < share.span.start else span
        )
        body = term if body is None else ast.Operation("+", body, term, span=span)
    assert body is not None
    body = _times(body, times, span)
    return ast.ScoreFormula("得分", body, limits.places, limits.most, limits.least, taken=True, span=span)
