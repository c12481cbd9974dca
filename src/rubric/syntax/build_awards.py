"""Lark's trees of sentences that give a grade or an amount of money → the surface tree.

Takes the tree of one band of such an item; gives its `ast` value. With `build` and `build_quantities` the only modules
that see Lark's trees. Never an error: the grammar has accepted the words.
"""

import re
from fractions import Fraction

import attrs
from lark import Token, Tree

from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.build_conditions import build_condition
from rubric.syntax.build_limits import build_limits
from rubric.syntax.build_quantities import span_of, subtrees, token_span, tokens_of
from rubric.syntax.numerals import chinese, split_unit

_TRAILERS = ("partial", "floor")


def build_award_sentence(tree: Tree[Token]) -> ast.Sentence:
    """`grading` or `payment`: a band, what is given otherwise, or what is given in any case."""
    span = span_of(tree)
    introduction = next((str(t) for t in tokens_of(tree) if t.type == "INTRODUCTION"), "")
    trailers = {str(c.data): c for c in subtrees(tree) if c.data in _TRAILERS}
    main = next(c for c in subtrees(tree) if c.data not in _TRAILERS)
    most = next((t for t in tokens_of(tree) if t.type == "PAY_MOST"), None)
    limits = build_limits(trailers, most_paid=build_payment(most) if most is not None else None)
    outcome = build_award(main, span)
    if main.data in ("other_grade", "other_paid"):
        return ast.Otherwise(outcome, span=span)
    if main.data == "paid":
        return ast.Always(outcome, limits, span=span)
    condition = build_condition(next(c for c in subtrees(main) if c.data == "conditions"))
    if main.data == "named_band":
        condition = _without_brackets(condition, tree)
    return ast.Rule(condition, outcome, limits, introduction=introduction, span=span)


def _without_brackets(condition: ast.Condition, tree: Tree[Token]) -> ast.Condition:
    """`良好（80-90分）`: the brackets belong to the name, and say nothing of the ends."""
    ranges = list(tree.scan_values(lambda v: isinstance(v, Token) and v.type in ("RANGE", "PLAIN_RANGE")))
    match condition:
        case ast.Ranged() if len(ranges) == 1 and re.fullmatch(r"\([^()]*\)", str(ranges[0])):
            return attrs.evolve(condition, low_inclusive=None, high_inclusive=None)
        case _:
            return condition


def build_award(tree: Tree[Token], span: Span) -> ast.Outcome:
    token = [t for t in tokens_of(tree) if t.type.startswith(("GRADE_", "PAY_"))][-1]
    match token.type:
        case "GRADE_MOVED":
            return build_regraded(str(token), span)
        case "GRADE_FIRST" | "GRADE_AS" | "GRADE_WORD" | "GRADE_OPEN":
            return ast.Graded(grade_name(str(token), token.type), span=token_span(token))
        case _:
            return build_payment(token)


_VERBS = re.compile(
    r"^((年度|当年|本年度?)?(考核|评价|考评|综合|最终|年度)*(等级|等次|结果|评级|档次|结论))?(则|可|应|均|直接|一律)*((评定|评价|认定|判定|确定|核定|考核|划分|归|列|视|评|定|计|记|判)?(等级|等次|结果|档次|结论)?"
    r"(为|是|于|属于|属|作)|评(?!为|定|价)|得(?=[A-Z一二三四五优良中差]))"
)
_FIRST = re.compile(r"^((评|定|评定|确定|判定)为)?(.+?)(:|的?(标准)?(为|是))?$")
_RANK_WORD = re.compile(r"(.+?)(等次|等级|档次|标准)$")


def grade_name(words: str, kind: str) -> str:
    """`优秀` of `评为优秀等次`, `A级` of `A级：`."""
    if kind == "GRADE_AS":
        words = _VERBS.sub("", words)
    if kind == "GRADE_FIRST" and (match := _FIRST.match(words)):
        words = match[3]
    match = _RANK_WORD.fullmatch(words)
    return match[1] if match else words


_LOWER = re.compile(r"(?:下调|下降|降低|调低|降)([1一2两二]?)个?(?:等次|等级|档次|级别|档|等|级)")
_CEILING = re.compile(r"(?:高于|超过|最高)(?:只能|可|不超过)?(?:评定|确定|评|定|得)*为?(.+)")
_REFUSED = re.compile(r"(?:评定|评|定|确定|列|获得)(?:为|得)?(.+)")


def build_regraded(words: str, span: Span) -> ast.Regraded:
    """`降一个等次`, `不得高于良好`, `不得评为优秀`, `取消评优资格`."""
    if match := _LOWER.search(words):
        return ast.Regraded(2 if match[1] in ("2", "两", "二") else 1, span=span)
    if match := _CEILING.search(words):
        return ast.Regraded(above=grade_name(match[1], ""), span=span)
    if re.search("评优|评先|参评|参加评", words):
        return ast.Regraded(span=span)
    match = _REFUSED.search(words)
    return ast.Regraded(below=grade_name(match[1], "") if match else "", span=span)


_SHARE = re.compile(r"\d+(?:\.\d+)?%|百分之[零一二三四五六七八九十百点]+|[一二三四五六七八九]成|一半|减半|全部|全额")
_MONEY = re.compile(r"\d+(?:\.\d+)?(?:百元|千元|万元|亿元|元)")
_STEP = re.compile(
    r"(?:以[^,;:。]{0,10}?(?P<from>\d+(?:\.\d+)?)(?P<unit>分|%)为(?:基准|基数|起点|标准),)?[^,;:。\d]{0,8}?"
    r"(?P<words>每再?(?P<way>[^\d,;:。]*?)(?P<size>(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)(?:分|个百分点|个点|%|名|次)))"
)
_UPWARD = re.compile("超|高|多|升|增")


def build_payment(token: Token) -> ast.Payment:
    words, span = str(token), token_span(token)
    match token.type:
        case "PAY_ALL":
            cuts = "扣" in words
            return ast.Payment(words, Fraction(0) if cuts else Fraction(1), cuts=cuts, span=span)
        case "PAY_NONE":
            return ast.Payment(words, Fraction(0), span=span)
        case "PAY_BY_SCORE":
            return ast.Payment(words, span=span)
        case "PAY_STEP":
            return build_payment_step(words, span)
        case _:
            share, amount = _quantity(words, span)
            return ast.Payment(words, share, amount, cuts=token.type == "PAY_CUT", span=span)


def _quantity(words: str, span: Span) -> tuple[Fraction | None, ast.Number | None]:
    if match := _MONEY.search(words):
        value, unit = split_unit(match[0])
        return None, ast.Number(value * 100 if unit == "百元" else value, "元" if unit == "百元" else unit, span=span)
    match = _SHARE.search(words)
    return _share(match[0]) if match else Fraction(1), None


def _share(words: str) -> Fraction:
    if words.endswith("成"):
        return chinese(words[:-1]) / 10
    if words in ("一半", "减半"):
        return Fraction(1, 2)
    return Fraction(1) if words in ("全部", "全额") else split_unit(words)[0] / 100


def build_payment_step(words: str, span: Span) -> ast.Payment:
    """`每低1分扣减服务费的0.5%`, `以88分为基准，每少1分扣款300元`."""
    match = _STEP.match(words)
    assert match is not None
    value, unit = split_unit(match["size"])
    step = ast.Number(value, "百分点" if unit == "%" else unit, span=span)
    beyond = bool(_UPWARD.search(match["way"]))
    threshold = ast.Number(Fraction(match["from"]), match["unit"], span=span) if match["from"] else None
    deduction = ast.StepDeduction(beyond, step, Fraction(0), match["words"], span=span)
    share, amount = _quantity(words[match.end() :], span)
    return ast.Payment(words[match.end() :], share, amount, cuts=True, step=deduction, threshold=threshold, span=span)
