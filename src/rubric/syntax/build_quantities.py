"""Lark's trees of conditions and quantities → the surface tree.

Takes the tree of a condition or an expression; gives its `ast` value. One function per rule of the grammar. With `build`,
which makes sentences of them, the only module that sees Lark's trees. Never an error: the grammar has accepted the words.
"""

import re
from fractions import Fraction
from typing import cast

import attrs
from lark import Token, Tree

from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.dates import from_event, limit_of
from rubric.syntax.numerals import split_unit

_SIGNS: dict[str, ast.Sign] = {"EQ": "=", "GE": ">=", "GT": ">", "LE": "<=", "LT": "<"}


# --- conditions -------------------------------------------------------------------------------------------------------


def build_condition(tree: Tree[Token]) -> ast.Condition:
    """`conditions`: tests joined from left to right; `且` binds tighter than `或`."""
    tests: list[ast.Condition] = []
    joints: list[str] = []
    _flatten(tree, tests, joints)
    groups: list[list[ast.Condition]] = [[tests[0]]]
    for joint, test in zip(joints, tests[1:], strict=True):
        if joint == "or":
            groups.append([test])
        else:
            groups[-1].append(test)
    parts = [_joined("and", group) for group in groups]
    return _joined("or", parts)


def _joined(joint: str, parts: list[ast.Condition]) -> ast.Condition:
    if len(parts) == 1:
        return parts[0]
    return ast.Joined("or" if joint == "or" else "and", tuple(parts), span=parts[0].span.to(parts[-1].span))


def _flatten(tree: Tree[Token], tests: list[ast.Condition], joints: list[str]) -> None:
    for child in subtrees(tree):
        match child.data:
            case "conditions":
                _flatten(child, tests, joints)
            case "joint":
                joints.append("or" if any(t.type == "OR" for t in tokens_of(child)) else "and")
            case _:
                tests.append(build_test(child))


def build_test(tree: Tree[Token]) -> ast.Condition:
    span = span_of(tree)
    children = subtrees(tree)
    match tree.data:
        case "named":
            return ast.Named(str(tree.children[0]), span=span)
        case "bare" | "several":
            return ast.Bare(build_expression(children[0]), span=span)
        case "comparison":
            operands = tuple(build_expression(c) for c in children if c.data != "comparator")
            return ast.Comparison(operands, _signs(tree, children), span=span)
        case "between":
            return build_between(tree, children, span)
        case "rank":
            return build_rank(tree, children, span)
        case "superlative":
            return ast.Comparison(
                (ast.Own(span=span), ast.Best(_best(tokens_of(tree)[-1]), span=span)), ("=",), span=span
            )
        case "rank_share":
            return build_rank_share(tree, children, span)
        case "held":
            value, unit = split_unit(str(tokens_of(tree)[1]))
            number = ast.Number(value, unit, span=token_span(tokens_of(tree)[1]))
            return ast.Comparison((ast.Elided(span=span), number), ("=",), span=span)
        case "elided":
            elided = ast.Elided(span=span)
            return ast.Comparison((elided, build_expression(children[1])), _signs(tree, children), span=span)
        case "within":
            return build_within(tree, span)
        case "timely":
            return build_timely(tree, span)
        case "late":
            return build_late(tree, children, span)
        case _:
            return build_ranged(tree, span)


_LIMITS = ("DEADLINE", "AFTERWARDS", "DAY_RANGE", "WITHIN_TIME", "TIME_BAND", "ON_TIME")


def build_timely(tree: Tree[Token], span: Span) -> ast.Timely:
    """A limit with the names around it: before it, since what the time runs; after it, what is done."""
    tokens = tokens_of(tree)
    at = next(i for i, token in enumerate(tokens) if token.type in _LIMITS)
    limit = limit_of(tokens[at].type, str(tokens[at]), token_span(tokens[at]))
    before = [build_name(t) for t in tokens[:at] if t.type == "QUANTITY"]
    behind = [build_name(t) for t in tokens[at + 1 :] if t.type == "QUANTITY"]
    since: ast.Name | None = None
    if before and limit.time is not None and (from_event(limit.words) or any(t.type == "SINCE" for t in tokens)):
        since = before.pop()
    subject = next(iter((*behind, *before)), None)
    undone = at + 1 < len(tokens) and re.match("[尚仍]?(未|没有|不能|没)", str(tokens[at + 1])) is not None
    after = limit.after != (undone and tokens[at + 1].type == "PROSE" and limit.high is not None)
    return attrs.evolve(limit, since=since, subject=subject, after=after, span=span)


def build_late(tree: Tree[Token], children: list[Tree[Token]], span: Span) -> ast.Condition:
    """`逾期`, `逾期5天以内`, `逾期6-10天`, `提前10天以上`: the delay, perhaps compared with a time."""
    word = next(t for t in tokens_of(tree) if t.type in ("LATE", "EARLY"))
    delay = ast.Lateness(str(word), word.type == "EARLY", span=token_span(word))
    token = next((t for t in tokens_of(tree) if t.type == "RANGE"), None)
    if token is not None:
        return attrs.evolve(range_of(token), subject=delay, span=span)
    numbers = [build_expression(c) for c in children if c.data != "comparator"]
    side = next((t for t in reversed(tokens_of(tree)) if t.type in ("WITHIN", "ABOVE", "BELOW")), None)
    if len(numbers) == 2 and side is not None:
        tests = (
            ast.Comparison((delay, numbers[0]), (">=",), span=span),
            ast.Comparison((delay, numbers[1]), (_side(side),), span=span),
        )
        return ast.Joined("and", tests, span=span)
    signs = _signs(tree, [c for c in children if c.data == "comparator"])
    if len(signs) == 2:
        pairs = zip(signs, numbers, strict=True)
        return ast.Joined("and", tuple(ast.Comparison((delay, n), (s,), span=span) for s, n in pairs), span=span)
    if numbers:
        sign = signs[0] if signs else _side(side) if side is not None else "="
        return ast.Comparison((delay, numbers[0]), (sign,), span=span)
    return ast.Bare(delay, span=span)


def _side(token: Token) -> ast.Sign:
    """以内 and 以上 include the number, 以下 does not, unless the words say so."""
    match token.type:
        case "WITHIN":
            return "<" if "不含" in token or ("以下" in token and "含" not in token) else "<="
        case "ABOVE":
            return ">" if "不含" in token else ">="
        case _:
            return "<"


def _signs(tree: Tree[Token], children: list[Tree[Token]]) -> tuple[ast.Sign, ...]:
    """The signs as written; `达到90%（不含）以上` says by 以上 whether the end is in."""
    above = next((t for t in tokens_of(tree) if t.type == "ABOVE"), None)
    if above is not None:
        return (">" if "不含" in above else ">=",)
    return tuple(_SIGNS[tokens_of(c)[0].type] for c in children if c.data == "comparator")


def build_between(tree: Tree[Token], children: list[Tree[Token]], span: Span) -> ast.Joined:
    """`80%以上不足90%` · `80%以上90%以下`; the name before the first number, if any, is what is measured."""
    low, high = (build_expression(c) for c in children if c.data != "comparator")
    last = tokens_of(tree)[-1]
    upper: ast.Sign = "<" if "不含" in last or ("以下" in last and "含" not in last) else "<="
    if any(c.data == "comparator" for c in children):
        comparator = next(c for c in children if c.data == "comparator")
        upper = _SIGNS[tokens_of(comparator)[0].type]
    subject: ast.Expression = ast.Elided(span=span)
    if isinstance(low, ast.Stated):
        subject, low = low.name, low.percent
    tests = (ast.Comparison((subject, low), (">=",), span=span), ast.Comparison((subject, high), (upper,), span=span))
    return ast.Joined("and", tests, span=span)


def build_within(tree: Tree[Token], span: Span) -> ast.Comparison:
    """`X在Y10%以内` · `X90%以上` · `90分（含）以上`."""
    token = tokens_of(tree)[-1]
    operands = [build_expression(c) for c in subtrees(tree)]
    amount = next((t for t in tokens_of(tree) if t.type in ("AMOUNT", "POINTS")), None)
    if amount is not None and len(operands) == 1:
        value, unit = split_unit(str(amount))
        operands.append(ast.Number(value, unit, span=token_span(amount)))
    exclusive = "不含" in token
    sign: ast.Sign
    match token.type:
        case "WITHIN":
            sign = "<" if exclusive or ("以下" in token and "含" not in token and "及" not in token) else "<="
        case "ABOVE":
            sign = ">" if exclusive else ">="
        case _:
            sign = "<"
    if len(operands) == 1:
        match operands[0]:
            case ast.Stated(name=name, percent=percent):
                operands = [name, percent]
            case alone:
                operands = [ast.Elided(span=span), alone]
    return ast.Comparison(tuple(operands), (sign,), span=span)


_UNITS = "个百分点|学时|小时|万元|元|人|项|个|件|次|天|日|分|%|‰"
_RANGE = re.compile(
    rf"([\[(]?)(\d+(?:\.\d+)?)({_UNITS})?(\(不?含\))?[-~至到,](\d+(?:\.\d+)?)({_UNITS})(\(不?含\))?([\])]?)(\(不?含\))?(?:之间|区间)?"
)


def build_ranged(tree: Tree[Token], span: Span) -> ast.Ranged:
    """`80%（含）-90%`: an end without （含） is open where the other has one, undecided where neither has.

    `[80%,90%)` says both ends by its brackets.
    """
    token = next(t for t in tokens_of(tree) if t.type == "RANGE")
    children = [c for c in subtrees(tree) if c.data != "comparator"]
    subject = build_expression(children[0]) if children else ast.Elided(span=span)
    return attrs.evolve(range_of(token), subject=subject, span=span)


def range_of(token: Token) -> ast.Ranged:
    """The two ends a token names."""
    match = _RANGE.fullmatch(str(token))
    assert match is not None
    place = token_span(token)
    low_unit, high_unit = (split_unit(f"1{unit}")[1] if unit else "" for unit in (match[3] or match[6], match[6]))
    low = ast.Number(Fraction(match[2]), low_unit, span=place)
    high = ast.Number(Fraction(match[5]), high_unit, span=place)
    low_in, high_in = _inclusive(match[4]), _inclusive(match[7] or match[9])
    if match[1] and match[8]:
        low_in, high_in = match[1] == "[", match[8] == "]"
    return ast.Ranged(ast.Elided(span=place), low, low_in, high, high_in, span=place)


def _inclusive(mark: str | None) -> bool | None:
    return None if mark is None else "不" not in mark


def build_condition_start(tree: Tree[Token]) -> ast.Condition:
    """`condition`: the start symbol for the right side of `即`."""
    return build_condition(subtrees(tree)[0])


def build_rank(tree: Tree[Token], children: list[Tree[Token]], span: Span) -> ast.Condition:
    """`第4名及以后`, `前三名`, `第1-3名`."""
    subject = build_expression(children[0]) if children else ast.Elided(span=span)
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
    numbers = [int(split_unit(n)[0]) for n in re.findall(_RANKS, words)]
    if len(numbers) >= 2:
        return numbers[0], numbers[-1]
    if "前" in words and not re.search("后|以下|外", words):
        return 1, numbers[0]
    if not re.search("后|以下|外", words):
        return numbers[0], numbers[0]
    own = "及" in words or "含" in words or words.startswith("第") or "第" in words
    return numbers[0] + (0 if own and "外" not in words else 1), None


def _best(words: str) -> ast.Which:
    """Whether the least or the greatest value of all is the best."""
    return "min" if re.search("最(低|少|小|短|快)", words) else "max"


_PARTS = {
    "三分之一": Fraction(1, 3),
    "三分之二": Fraction(2, 3),
    "二分之一": Fraction(1, 2),
    "四分之一": Fraction(1, 4),
    "四分之三": Fraction(3, 4),
    "一半": Fraction(1, 2),
}


def build_rank_share(tree: Tree[Token], children: list[Tree[Token]], span: Span) -> ast.Comparison:
    """`前30%`, `后三分之一`, `末位`, `后三名`: the place against how many there are."""
    subject = build_expression(children[0]) if children else ast.Elided(span=span)
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
    percent = re.search(r"(\d+(?:\.\d+)?)%", token)
    share = Fraction(percent[1]) if percent else 100 * next(p for word, p in _PARTS.items() if word in token)
    if re.search("前", token):
        limit = ast.Operation("*", peers, ast.Number(share, "%", span=place), span=span)
        return ast.Comparison((subject, limit), ("<" if "不含" in token else "<=",), span=span)
    limit = ast.Operation("*", peers, ast.Number(100 - share, "%", span=place), span=span)
    return ast.Comparison((subject, limit), (">",), span=span)


_TAILS: dict[str, ast.Which] = {"HIGHEST": "max", "LOWEST": "min", "SUM_TAIL": "sum", "MEAN": "mean"}


# --- expressions ------------------------------------------------------------------------------------------------------


def build_expression(tree: Tree[Token]) -> ast.Expression:
    span = span_of(tree)
    children = subtrees(tree)
    match tree.data:
        case "number":
            value, unit = split_unit(str(tree.children[0]))
            return ast.Number(value, unit, span=span)
        case "name":
            return build_name(cast(Token, tree.children[0]))
        case "stated":
            tokens = tokens_of(tree)
            value, unit = split_unit(str(tokens[1]))
            return ast.Stated(build_name(tokens[0]), ast.Number(value, unit, span=token_span(tokens[1])), span=span)
        case "total":
            return ast.Aggregate("sum", build_expression(children[-1]), span=span)
        case "mean":
            name = next(t for t in tokens_of(tree) if t.type in ("QUANTITY", "UNKNOWN"))
            return ast.Aggregate("mean", build_name(name), span=span)
        case "names":
            return ast.Several(tuple(build_expression(c) for c in children), span=span)
        case "tailed":
            return ast.Aggregate(_TAILS[tokens_of(tree)[-1].type], build_expression(children[0]), span=span)
        case "extreme":
            which = "max" if any(t.type == "MAX_OF" for t in tokens_of(tree)) else "min"
            items = ast.Several(tuple(build_expression(c) for c in children), span=span)
            return ast.Aggregate(which, items, span=span)
        case "weighted_mean":
            weight, values = (build_expression(c) for c in children)
            return ast.Aggregate("mean", values, weight=weight, span=span)
        case "share":
            part, whole = (build_expression(c) for c in children)
            return ast.Operation("/", part, whole, span=span)
        case "sum_of":
            return ast.Aggregate("sum", build_expression(children[0]), span=span)
        case "row_aspects":
            rows, _, column = tokens_of(tree)
            return ast.Aspects(build_name(rows), build_name(column), span=span)
        case "group":
            return build_expression(children[0])
        case "absolute":
            return ast.Absolute(build_expression(children[0]), span=span)
        case _:
            return build_operation(tree, span)


def build_operation(tree: Tree[Token], span: Span) -> ast.Operation:
    left, right = (build_expression(c) for c in subtrees(tree))
    match tree.data:
        case "sum":
            return ast.Operation("+", left, right, span=span)
        case "difference":
            return ast.Operation("-", left, right, span=span)
        case "product":
            return ast.Operation("*", left, right, span=span)
        case _:
            return ast.Operation("/", left, right, span=span)


def build_name(token: Token) -> ast.Name:
    return ast.Name(str(token).strip("「」"), token.type != "UNKNOWN", span=token_span(token))


# --- places -----------------------------------------------------------------------------------------------------------


def subtrees(tree: Tree[Token]) -> list[Tree[Token]]:
    return [c for c in tree.children if isinstance(c, Tree)]


def tokens_of(tree: Tree[Token]) -> list[Token]:
    return [c for c in tree.children if isinstance(c, Token)]


def span_of(tree: Tree[Token]) -> Span:
    return Span(tree.meta.start_pos, tree.meta.end_pos)


def token_span(token: Token) -> Span:
    assert token.start_pos is not None and token.end_pos is not None
    return Span(token.start_pos, token.end_pos)
