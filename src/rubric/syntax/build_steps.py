"""Lark's trees of steps and of what they take → the surface tree.

Takes the tree of `每超出一个百分点扣0.1分`, `每高于基准价1%扣0.7分`, `扣1分`; gives its `ast` value. Never a threshold: what a step
begins at stands in other sentences.
"""

import re
from fractions import Fraction

import attrs
from lark import Token, Tree

from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.build_quantities import build_expression, span_of, subtrees, token_span, tokens_of
from rubric.syntax.dates import TIME_UNITS
from rubric.syntax.numerals import share_in, split_unit


def build_deducted(tree: Tree[Token], span: Span) -> ast.Award:
    """`扣1分`, `扣分值的20%`: what is left of full points."""
    points, share = _taken(tree)
    return ast.Award(points, share=share, deducted=True, span=span)


def _taken(tree: Tree[Token]) -> tuple[Fraction, Fraction | None]:
    """The points taken or added, or their share of full points."""
    tokens = {t.type: t for t in tokens_of(tree)}
    if "SHARE_DEDUCTED" in tokens:
        return Fraction(0), share_in(str(tokens["SHARE_DEDUCTED"]))
    return split_unit(str(tokens["POINTS"]))[0], None


def build_start(tree: Tree[Token], step: ast.StepDeduction, span: Span) -> ast.Condition:
    """Where a step by itself begins: at the number it names (`每低于90分1分`), else where the sentence before says."""
    beyond = None if step.off else step.beyond is not False
    named = [c for c in subtrees(tree) if c.data == "number"] if "OVER" in {t.type for t in tokens_of(tree)} else []
    if not named or beyond is None:
        return ast.Implied(beyond, span=span)
    ends = (ast.Elided(span=span), build_expression(named[0]))
    return ast.Comparison(ends, (">" if beyond else "<",), span=span)


_STEP = re.compile(r"(?:每再?|按每)?(?P<way>\D*?)(?:\([^()]*\))?(?P<size>(?:\d|[一二两三四五六七八九十百千万]).*)")
_UP = re.compile("超|高|多|大|升|增|涨|提|上浮|延长|晚")
_DOWN = re.compile("低|少|小|不足|降|减|缩|跌|下|落后|差|迟|逾|延|超期")
_EITHER = re.compile("相差|偏|浮动|波动|变动|变化|增减|升降|高低|正负")


def build_step(tree: Tree[Token]) -> ast.StepDeduction:
    """A step by itself: against the threshold before it, or against a reference."""
    return build_relative_step(tree) if tree.data == "relative_step" else build_step_deduction(tree, span_of(tree))


def build_step_deduction(tree: Tree[Token], span: Span) -> ast.StepDeduction:
    """`每超出一个百分点扣0.1分`."""
    tokens = {t.type: t for t in tokens_of(tree)}
    if "LATE_STEP" in tokens:
        return build_late_step(tree, tokens, span)
    if "RANK_STEP" in tokens:
        return build_rank_step(tree, tokens["RANK_STEP"], span)
    token = tokens["STEP"]
    if re.search(r"(降|低|差|升|高)\D*[\d一二两三四五六七八九十]+(名|位)$", token):
        return build_rank_step(tree, token, span)
    match = _STEP.fullmatch(_beyond_part(str(token)))
    assert match is not None
    value, unit = split_unit(match["size"])
    points, share = _taken(tree)
    way = _way("高于或低于" if re.search("高于或低于|低于或高于", token) else match["way"])
    step = ast.Number(value, unit, span=token_span(token))
    adds = any(t.type in ("ADD", "GET") for t in tokens_of(tree))
    return ast.StepDeduction(way, step, points, str(token), adds, off=_is_off(str(token)), share=share, span=span)


def _beyond_part(words: str) -> str:
    """`超出部分每件` is 每超出1件."""
    match = re.fullmatch(r"超[出过]?的?部分,?的?每(?P<number>[\d.零一二两三四五六七八九十半]*)(?P<unit>.+)", words)
    return f"每超出{match['number'] or 1}{match['unit']}" if match else words


def _way(words: str) -> bool | None:
    """Whether a step goes up or down; None for 每1%, and for words that mean either."""
    if not words or _is_off(words):
        return None
    if words.startswith("少"):
        return False  # 每少提高0.5个百分点: short of what was to be reached
    if not _UP.search(words) and not _DOWN.search(words):
        return None  # 每达到200万元
    return bool(_UP.search(words))


def _is_off(words: str) -> bool:
    """每相差, 每偏离: both ways."""
    return bool(_EITHER.search(words) or re.search("高于或低于|低于或高于", words))


_TIME = re.compile(
    f"(\\d+(?:\\.\\d+)?|[一二两三四五六七八九十]*)({'|'.join(sorted(TIME_UNITS, key=len, reverse=True))})$"
)


def build_late_step(tree: Tree[Token], tokens: dict[str, Token], span: Span) -> ast.StepDeduction:
    """`每逾期一个工作日`, `逾期报送的，每天`, `每提前5天`."""
    words = str(tokens["LATE_STEP"])
    match = _TIME.search(words)
    assert match is not None
    value, unit = split_unit(f"{match[1] or 1}{match[2]}")
    step = ast.Number(value, unit, span=token_span(tokens["LATE_STEP"]))
    early = re.match("每?(提前|提早|早)", words) is not None
    points, share = _taken(tree)
    return ast.StepDeduction(
        not early, step, points, words, bool({"ADD", "GET"} & tokens.keys()), timed=True, share=share, span=span
    )


def build_rank_step(tree: Tree[Token], token: Token, span: Span) -> ast.StepDeduction:
    """`以后每下降一名扣0.5分`: farther from the first place the number of the place is greater."""
    words = str(token)
    farther = bool(re.search("降|后移|退|靠后|落后|下滑|往后|低|差", words))
    number = re.findall(r"[\d一二两三四五六七八九十]+(?=个?(?:名次|位次|名|位))", words)[-1]
    step = ast.Number(split_unit(number)[0], "名次", span=token_span(token))
    points, share = _taken(tree)
    adds = any(t.type in ("ADD", "GET") for t in tokens_of(tree))
    return ast.StepDeduction(farther, step, points, words, adds, share=share, span=span)


def build_relative_step(tree: Tree[Token]) -> ast.StepDeduction:
    """`每高于基准价1%扣0.7分`, `比基准价每高1%扣1分`."""
    names = [build_expression(c) for c in subtrees(tree)]
    tokens = {t.type: t for t in tokens_of(tree)}
    subject = names[0] if len(names) == 2 else None
    if (isinstance(names[0], ast.Number) and "OVER" not in tokens) or "LATE_STEP" in tokens:
        return build_step_deduction(tree, span_of(tree))  # the number that the sentence before names
    if "STEP" in tokens or "RANK_STEP" in tokens:
        step = build_step_deduction(tree, span_of(tree))
        return attrs.evolve(step, subject=subject, reference=names[-1])
    size = next(t for t in tokens_of(tree) if t.type in ("PERCENT", "PERCENT_POINT", "AMOUNT", "POINTS", "TOLERANCE"))
    value, unit = split_unit(re.sub("±|正负|上下", "", size))
    number = ast.Number(value, unit, span=token_span(size))
    points, share = _taken(tree)
    over = str(tokens["OVER"])
    return ast.StepDeduction(
        _way(re.sub("^(每再?|按每)", "", over)),
        number,
        points,
        f"{over}{size}",
        bool({"ADD", "GET"} & tokens.keys()),
        subject,
        None if isinstance(names[-1], ast.Number) else names[-1],
        _is_off(over),
        share,
        span=span_of(tree),
    )
