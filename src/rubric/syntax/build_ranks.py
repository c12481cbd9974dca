"""Lark's trees of places among others → the surface tree.

Takes the tree of `第4名及以后`, `前30%`, `末位`; gives its `ast` value. Never who the others are.
"""

import re
from fractions import Fraction

from lark import Token, Tree

from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.build_quantities import build_expression, token_span, tokens_of
from rubric.syntax.numerals import split_unit


def build_rank(tree: Tree[Token], children: list[Tree[Token]], span: Span) -> ast.Condition:
    """`第4名及以后`, `前三名`, `第1-3名`."""
    subject = build_expression(children[0]) if children else ast.Rank(span=span)
    token = tokens_of(tree)[-1]
    first, last = ranks(str(token))
    low = ast.Number(Fraction(first), span=token_span(token))
    if last is None:
        return ast.Comparison((subject, low), (">=",), span=span)
    high = ast.Number(Fraction(last), span=token_span(token))
    return ast.Comparison((low, subject, high), ("<=", "<="), span=span)


_RANKS = r"(?<![\d.])(\d+|[一二三四五六七八九十]+)(?=名|位|个|强|[-~至到]|\(|及|以|之|开|$)"


def ranks(words: str) -> tuple[int, int | None]:
    """First and last rank; the last None for `第4名及以后`. `15名以后` begins after the one it names."""
    if listed := re.search(r"(?:第?(?:\d+|[一二三四五六七八九十]+)、)+第?(?:\d+|[一二三四五六七八九十]+)", words):
        named = [int(split_unit(n)[0]) for n in re.findall(r"\d+|[一二三四五六七八九十]+", listed[0])]
        return min(named), max(named)
    numbers = [int(split_unit(n)[0]) for n in re.findall(_RANKS, words)]
    if len(numbers) >= 2:
        return numbers[0], numbers[-1]
    if "前" in words and not re.search("后|以下|外", words):
        return 1, numbers[0]
    if not re.search("后|以下|外", words):
        return numbers[0], numbers[0]
    own = "及" in words or "含" in words or words.startswith("第") or "第" in words
    return numbers[0] + (0 if own and "外" not in words else 1), None


def best_of(words: str) -> ast.Which:
    """Whether the least or the greatest value of all is the best."""
    return "min" if re.search("最(低|少|小|短|快)", words) else "max"


_PARTS = {
    "三分之一": Fraction(1, 3),
    "三分之二": Fraction(2, 3),
    "二分之一": Fraction(1, 2),
    "四分之一": Fraction(1, 4),
    "四分之三": Fraction(3, 4),
    "一半": Fraction(1, 2),
    "1/3": Fraction(1, 3),
    "1/4": Fraction(1, 4),
}


def build_rank_share(tree: Tree[Token], children: list[Tree[Token]], span: Span) -> ast.Comparison:
    """`前30%`, `后三分之一`, `末位`, `后三名`: the place against how many there are."""
    subject = build_expression(children[0]) if children else ast.Rank(span=span)
    token = tokens_of(tree)[-1]
    place = token_span(token)
    peers = ast.Peers(span=place)
    if token.type == "RANK_LAST":
        ordinal = re.search(r"倒数第([\d一二三四五六七八九十]+)", token)
        count = ordinal or re.search(r"后([\d一二三四五六七八九十]+)[名位]", token)
        number = int(split_unit(count[1])[0]) if count and "最后一" not in token else 1
        limit = ast.Operation("-", peers, ast.Number(Fraction(number - 1), span=place), span=span)
        last: ast.Expression = peers if number == 1 else limit
        return ast.Comparison((subject, last), ("=" if number == 1 or ordinal else ">=",), span=span)
    if ends := re.search(r"(\d+(?:\.\d+)?)%?(\(不?含\))?(?:-{1,2}|~|至|到)前?(\d+(?:\.\d+)?)%(\(不?含\))?", token):
        shares = (Fraction(ends[1]), Fraction(ends[3]))
        low, high = (ast.Operation("*", peers, ast.Number(s, "%", span=place), span=span) for s in shares)
        signs: tuple[ast.Sign, ast.Sign] = (
            "<=" if ends[2] == "(含)" else "<",
            "<" if "不含" in (ends[4] or "") else "<=",
        )
        return ast.Comparison((low, subject, high), signs, span=span)
    percent = re.search(r"(\d+(?:\.\d+)?)%", token)
    share = Fraction(percent[1]) if percent else 100 * next(p for word, p in _PARTS.items() if word in token)
    if "中间" in token:  # what the first and the last part leave between them
        rest = (100 - share) / 2
        low, high = (ast.Operation("*", peers, ast.Number(s, "%", span=place), span=span) for s in (rest, 100 - rest))
        return ast.Comparison((low, subject, high), ("<", "<="), span=span)
    if re.search("前", token):
        limit = ast.Operation("*", peers, ast.Number(share, "%", span=place), span=span)
        return ast.Comparison((subject, limit), ("<" if "不含" in token else "<=",), span=span)
    after = "以后" in token or "之后" in token or "开外" in token  # 60%以后: counted from the first place
    limit = ast.Operation("*", peers, ast.Number(share if after else 100 - share, "%", span=place), span=span)
    return ast.Comparison((subject, limit), (">",), span=span)
