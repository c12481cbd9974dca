"""Lark's trees of conditions → the surface tree.

Takes the tree of a condition; gives its `ast` value. One function per rule of the grammar. Never an error: the grammar has
accepted the words.
"""

import re
from fractions import Fraction

import attrs
from lark import Token, Tree

from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.build_quantities import build_expression, build_name, span_of, subtrees, token_span, tokens_of
from rubric.syntax.build_ranges import VALUE, build_ranged, ends_of, excluded
from rubric.syntax.build_ranks import best_of, build_rank, build_rank_share
from rubric.syntax.dates import from_event, limit_of
from rubric.syntax.numerals import split_unit

_SIGNS: dict[str, ast.Sign] = {"EQ": "=", "GE": ">=", "GT": ">", "LE": "<=", "LT": "<"}


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


def build_far(tree: Tree[Token], children: list[Tree[Token]], span: Span) -> ast.Gap:
    """`幅度在5%以内`: a gap to what the sentence before compares with, on the same side."""
    margin = build_expression(children[-1])
    assert isinstance(margin, ast.Number)
    mark = next((t for t in tokens_of(tree) if t.type in ("WITHIN", "ABOVE", "BELOW")), None)
    comparator = next((_SIGNS[tokens_of(c)[0].type] for c in children if c.data == "comparator"), None)
    near = mark.type != "ABOVE" if mark is not None else comparator not in (">", ">=")
    inclusive = not excluded(mark) if mark is not None else comparator != ("<" if near else ">")
    return ast.Gap(ast.Elided(span=span), None, None, margin, near, inclusive, span=span)


def build_grown(tree: Tree[Token], children: list[Tree[Token]], span: Span) -> ast.Condition:
    """`较上年提高2个百分点以上`: a gap on one side of what it is compared with, which the sentences before name if it does not."""
    tokens = tokens_of(tree)
    beyond = re.search("降|减少|压减|下滑", next((t for t in tokens if t.type == "GREW"), "")) is None
    than = next((t for t in tokens if t.type == "THAN"), None)
    names = [(child, build_expression(child)) for child in children if child.data == "name"]
    elided: ast.Expression = ast.Elided(span=span)
    reference = names[-1][1] if than is not None else elided
    subject = names[0][1] if len(names) == (2 if than is not None else 1) else elided
    ranged = next((t for t in tokens if t.type == "RANGE"), None)
    if ranged is not None:
        ends = ends_of(str(ranged), token_span(ranged))
        low = ast.Gap(subject, reference, beyond, ends.low, False, ends.low_inclusive is not False, span=span)
        high = ast.Gap(subject, reference, beyond, ends.high, True, ends.high_inclusive is True, span=span)
        return ast.Joined("and", (low, high), span=span)
    spoken = [*tokens, *(t for child in children if child.data == "number" for t in tokens_of(child))]
    if all(t.type in ("GREW", "EVEN") for t in spoken) and not names:  # 持平的, 上升的: against what stands before
        way = None if spoken[0].type == "EVEN" else beyond
        return ast.Gap(elided, elided, way, ast.Number(Fraction(0), span=span), False, False, span=span)
    margin = next((t for t in spoken if t.type in ("PERCENT", "PERCENT_POINT", "AMOUNT", "NUMBER", "POINTS")), None)
    if margin is None:
        return ast.Comparison((subject, reference), (">" if beyond else "<",), span=span)
    value, unit = split_unit(str(margin))
    comparator = next((_SIGNS[tokens_of(c)[0].type] for c in children if c.data == "comparator"), None)
    mark = next((t for t in tokens if t.type in ("ABOVE", "WITHIN", "BELOW", "INCLUDED")), None)
    near = mark.type in ("WITHIN", "BELOW") if mark and mark.type != "INCLUDED" else comparator in ("<", "<=")
    inclusive = not excluded(mark) if mark is not None else comparator not in ("<", ">")
    if mark is not None and mark.type == "BELOW" and "及" not in mark and "含" not in mark:
        inclusive = False
    return ast.Gap(
        subject, reference, beyond, ast.Number(value, unit, span=token_span(margin)), near, inclusive, span=span
    )


def build_standing(tree: Tree[Token], children: list[Tree[Token]], span: Span) -> ast.Standing:
    """`完成率以100%为基准`, `目标为55%`: what later sentences call 目标, and begin their steps at."""
    token = tokens_of(tree)[-1]
    written = re.search(rf"{VALUE}[^\d为的]*?(?=为|$|评价|考核)", token)
    assert written is not None
    words = re.match(
        rf"({VALUE})(.*?)(?:评价|考核|为|标准|基准|目标|基数|合格|及格|达标|底线|上限|下限|限|$)", written[0]
    )
    assert words is not None
    value, unit = split_unit(words[1] + words[2])
    subject = build_expression(children[0]) if children else ast.Elided(span=span)
    return ast.Standing(subject, ast.Number(value, unit, span=token_span(token)), span=span)


def build_paused(children: list[Tree[Token]], span: Span) -> ast.Joined:
    """`90%-95%、105%-110%` are two ranges of which one holds; other tests joined by 、 must all hold."""
    parts = tuple(build_test(child) for child in children)
    ranges = all(isinstance(part, ast.Ranged) for part in parts)
    return ast.Joined("or" if ranges else "and", parts, span=span)


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
        case "elided" if len(children) == 3:  # 至少组织4次督查: what is counted stands behind its number
            named = (build_expression(children[2]), build_expression(children[1]))
            return ast.Comparison(_plain(named), signs_of(tree, children), span=span)
        case "comparison" | "elided" if (found := build_gap(tree, children, span)) is not None:
            return found
        case "comparison":
            operands = tuple(build_expression(c) for c in children if c.data != "comparator")
            signs = signs_of(tree, children)
            match operands:
                case (subject, ast.Number() as one, ast.Number() as two) if not isinstance(subject, ast.Number):
                    return _both(subject, (one, two), signs, span)  # 完成率大于等于90%小于98%
                case _:
                    return ast.Comparison(_plain(operands), signs, span=span)
        case "tolerance" if tokens_of(tree)[-1].type == "TOLERANCE_RANGE":
            token = tokens_of(tree)[-1]
            ends = ends_of(re.sub("±|正负", "", token), token_span(token))
            measured = build_expression(children[0]) if children else ast.Elided(span=span)
            return attrs.evolve(ends, subject=ast.Absolute(measured, span=span), span=span)
        case "ordinal":
            return build_ordinal(tree, span)
        case "tolerance":
            return build_tolerance(tree, children, span)
        case "between":
            return build_between(tree, children, span)
        case "rank":
            return build_rank(tree, children, span)
        case "superlative":
            return ast.Comparison(
                (ast.Own(span=span), ast.Best(best_of(tokens_of(tree)[-1]), span=span)), ("=",), span=span
            )
        case "rank_share":
            return build_rank_share(tree, children, span)
        case "held" if tokens_of(tree)[0].type == "NTH":
            words = re.sub("^再[次犯]", "第二次", str(tokens_of(tree)[0]))
            value, unit = split_unit(re.sub("^第|(?<=次).*$", "", words))
            number = ast.Number(value, unit, span=span)
            return ast.Comparison((ast.Elided(span=span), number), (">=",), span=span)
        case "held" if (word := tokens_of(tree)[0]).type == "ALL_HELD":
            value, unit = split_unit(re.sub(_AROUND_NUMBER, "", str(word)).replace("者", "项"))
            return ast.Comparison((ast.Elided(span=span), ast.Number(value, unit, span=span)), ("=",), span=span)
        case "held":
            value, unit = split_unit(str(tokens_of(tree)[1]))
            number = ast.Number(value, unit, span=token_span(tokens_of(tree)[1]))
            return ast.Comparison((ast.Elided(span=span), number), ("=",), span=span)
        case "elided":
            elided = ast.Elided(span=span)
            if len(children) == 4:
                ends = (build_expression(children[1]), build_expression(children[3]))
                return _both(elided, ends, signs_of(tree, children), span)
            limit = build_expression(children[1])
            if isinstance(limit, ast.Stated) and limit.percent.unit in _COUNTED:  # 每年至少盘点一次
                return ast.Comparison((limit.name, limit.percent), signs_of(tree, children), span=span)
            operands = _plain((elided, limit))
            return ast.Comparison(operands, signs_of(tree, children), span=span)
        case "within":
            return build_within(tree, span)
        case "listing":
            return ast.Joined("list", tuple(build_test(c) for c in children), span=span)
        case "none_of":
            return ast.Joined("none", tuple(build_test(c) for c in children), span=span)
        case "any_of":
            return ast.AnyOf(span=span)
        case "far":
            return build_far(tree, children, span)
        case "grown":
            return build_grown(tree, children, span)
        case "paused":
            return build_paused(children, span)
        case "timely":
            return build_timely(tree, span)
        case "late":
            return build_late(tree, children, span)
        case _:
            return build_ranged(tree, span)


def build_ordinal(tree: Tree[Token], span: Span) -> ast.Placed:
    """`优于Ⅲ类`, `良好及以上`: a state and those on one side of it."""
    words = "".join(t for t in tokens_of(tree) if t.type in ("RANKED_BY", "ORDINAL_TAIL"))
    state = next(t for t in tokens_of(tree) if t.type == "CONDITION")
    worse = re.search("劣|低于|差|未达|以下|之下", words.replace("不低于", "").replace("不劣于", ""))
    inclusive = re.search("达到|达(?!到)|不低于|不劣于|及|含|或|以[上下]", words.replace("未达到", "")) is not None
    return ast.Placed(str(state), worse is None, inclusive, span=span)


def _both(
    subject: ast.Expression, ends: tuple[ast.Expression, ast.Expression], signs: tuple[ast.Sign, ...], span: Span
) -> ast.Joined:
    """`大于等于90%小于98%`: two comparisons of one thing."""
    tests = (ast.Comparison((subject, end), (sign,), span=span) for end, sign in zip(ends, signs, strict=True))
    return ast.Joined("and", tuple(tests), span=span)


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
        return attrs.evolve(ends_of(str(token), token_span(token)), subject=delay, span=span)
    numbers = [build_expression(c) for c in children if c.data != "comparator"]
    side = next((t for t in reversed(tokens_of(tree)) if t.type in ("WITHIN", "ABOVE", "BELOW")), None)
    if len(numbers) == 2 and side is not None:
        tests = (
            ast.Comparison((delay, numbers[0]), (">=",), span=span),
            ast.Comparison((delay, numbers[1]), (_side(side),), span=span),
        )
        return ast.Joined("and", tests, span=span)
    comparators = [c for c in children if c.data == "comparator"]
    signs = signs_of(tree, comparators) if comparators else ()
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
            return "<" if excluded(token) or ("以下" in token and "含" not in token) else "<="
        case "ABOVE":
            return ">" if excluded(token) else ">="
        case _:
            return "<"


def signs_of(tree: Tree[Token], children: list[Tree[Token]]) -> tuple[ast.Sign, ...]:
    """The signs as written; `达到90%（不含）以上` says by 以上 whether the end is in, `低于5%（含）` by the bracket."""
    above = next((t for t in tokens_of(tree) if t.type == "ABOVE"), None)
    within = next((t for t in tokens_of(tree) if t.type == "WITHIN"), None)
    comparators = [c for c in children if c.data == "comparator"]
    written: tuple[ast.Sign, ...] = tuple(_SIGNS[tokens_of(c)[0].type] for c in comparators)
    if above is not None:
        beyond = written[0] == ">" and "含" not in above
        return (">" if beyond or excluded(above) else ">=",)
    if within is not None and len(written) == 1:
        return ("<" if excluded(within) else "<=",)
    if not written:
        return ()
    pairs = zip(written, _marks(tree), strict=True)
    return tuple(_marked(sign, mark) for sign, mark in pairs)


def _marks(tree: Tree[Token]) -> tuple[Token | None, ...]:
    """The （含） of each sign: in a chain the first stands before its sign, else it stands at the end."""
    comparators = [i for i, c in enumerate(tree.children) if isinstance(c, Tree) and c.data == "comparator"]
    marks = {i: c for i, c in enumerate(tree.children) if isinstance(c, Token) and c.type == "INCLUDED"}
    last = next((mark for i, mark in marks.items() if i > comparators[-1]), None)
    first = next((mark for i, mark in marks.items() if i < comparators[0]), None)
    return (last,) if len(comparators) == 1 else (first, last)


_WITH_END: dict[ast.Sign, ast.Sign] = {"<": "<=", ">": ">="}
_WITHOUT_END: dict[ast.Sign, ast.Sign] = {"<=": "<", ">=": ">"}


def _marked(sign: ast.Sign, mark: Token | None) -> ast.Sign:
    if mark is None:
        return sign
    return _WITHOUT_END.get(sign, sign) if excluded(mark) else _WITH_END.get(sign, sign)


def _plain(operands: tuple[ast.Expression, ...]) -> tuple[ast.Expression, ...]:
    """`达到目标10亿元` compares with the amount: the name before it only says what the amount is."""
    return (operands[0], *(_amount(o) for o in operands[1:]))


def _amount(operand: ast.Expression) -> ast.Expression:
    match operand:
        case ast.Stated(percent=number) if number.unit not in ("%", "‰"):
            return number
        case _:
            return operand


def build_tolerance(tree: Tree[Token], children: list[Tree[Token]], span: Span) -> ast.Comparison:
    """`在±5%以内` · `超过±10%`: the size of what is measured, whichever way it goes."""
    subjects = [build_expression(c) for c in children if c.data != "comparator"]
    subject = ast.Absolute(subjects[0] if subjects else ast.Elided(span=span), span=span)
    token = next(t for t in tokens_of(tree) if t.type == "TOLERANCE")
    value, unit = split_unit(re.sub("^(±|正负|上下)", "", token))
    number = ast.Number(value, unit, span=token_span(token))
    sign: ast.Sign = "<="
    for child in children:
        if child.data == "comparator":
            written = _SIGNS[tokens_of(child)[0].type]
            sign = written if written in ("<", ">", "<=") else "<="
    for mark in tokens_of(tree):
        if mark.type in ("WITHIN", "INCLUDED"):
            sign = "<" if excluded(mark) else "<=" if sign != ">" else ">="
        elif mark.type == "ABOVE":
            sign = ">=" if _included(mark) else ">"
    return ast.Comparison((subject, number), (sign,), span=span)


def _included(words: str) -> bool:
    return "含" in words and not excluded(words)


def build_gap(tree: Tree[Token], children: list[Tree[Token]], span: Span) -> ast.Gap | None:
    """`低于平均值3个百分点以内` · `高于平均值5%以上` · `低于5个百分点以上`, against what the sentence before compares with."""
    operands = [build_expression(c) for c in children if c.data != "comparator"]
    comparator = next(c for c in children if c.data == "comparator")
    sign = _SIGNS[tokens_of(comparator)[0].type]
    mark = next((t for t in tokens_of(tree) if t.type in ("ABOVE", "WITHIN", "INCLUDED")), None)
    subject = operands[0] if len(operands) == 2 else ast.Elided(span=span)
    match operands[-1]:
        case ast.Stated(name=name, percent=margin) if sign in ("<", ">") and mark is not None and len(operands) < 3:
            reference: ast.Expression | None = name
        case ast.Number(unit="百分点") as margin if len(operands) == 1:
            reference = None
        case ast.Number(unit="分") as margin if len(operands) == 1 and _by_how_much(comparator):
            reference = None
        case _:
            return None
    near = mark.type == "WITHIN" if mark is not None and mark.type != "INCLUDED" else sign in ("<=",)
    inclusive = (mark is None or not excluded(mark)) if near else (mark is not None and _included(mark))
    return ast.Gap(subject, reference, _beyond(sign), margin, near, inclusive, span=span)


def _by_how_much(comparator: Tree[Token]) -> bool:
    """`高出3分以上`, `超出3分的部分`: always a difference, where what it is measured from is known."""
    return str(tokens_of(comparator)[0]) in ("高出", "超出")


def _beyond(sign: ast.Sign) -> bool | None:
    return True if sign == ">" else False if sign == "<" else None


def build_between(tree: Tree[Token], children: list[Tree[Token]], span: Span) -> ast.Joined:
    """`80%以上不足90%` · `80%以上90%以下`; the name before the first number, if any, is what is measured."""
    *before, low, high = (build_expression(c) for c in children if c.data != "comparator")
    last = tokens_of(tree)[-1]
    upper: ast.Sign = "<" if excluded(last) or ("以下" in last and "及" not in last and "含" not in last) else "<="
    if any(c.data == "comparator" for c in children):
        comparator = next(c for c in children if c.data == "comparator")
        upper = _SIGNS[tokens_of(comparator)[0].type]
    subject: ast.Expression = before[0] if before else ast.Elided(span=span)
    if isinstance(low, ast.Stated):
        subject, low = low.name, low.percent
    high = _amount(high)
    first = next(t for t in tokens_of(tree) if t.type == "ABOVE")
    if len([c for c in children if c.data == "comparator"]) == 2:
        upper = _SIGNS[tokens_of([c for c in children if c.data == "comparator"][1])[0].type]
    elif children[0].data == "comparator":
        upper = _side(last)
    lower: ast.Sign = ">" if excluded(first) else ">="
    if isinstance(low, ast.Number) and f"含{low.value}" in last and "不含" not in last:
        upper = "<"  # 80分以上90分以下（含80分）: which of the two ends is taken in
    tests = (ast.Comparison((subject, low), (lower,), span=span), ast.Comparison((subject, high), (upper,), span=span))
    return ast.Joined("and", tests, span=span)


def build_within(tree: Tree[Token], span: Span) -> ast.Comparison | ast.Gap:
    """`X在Y10%以内` · `X90%以上` · `90分（含）以上`."""
    token = next(t for t in reversed(tokens_of(tree)) if t.type in ("WITHIN", "ABOVE", "BELOW"))
    parts = subtrees(tree)
    if len(parts) == 2 and parts[0].data == "number" and parts[1].data == "name":
        parts = parts[::-1]  # 有两条及以上不符合: what is counted stands behind its number
    operands = [build_expression(c) for c in parts]
    if len(operands) == 2 and isinstance(operands[0], ast.Stated) and isinstance(operands[1], ast.Name):
        operands.pop()  # 连续三次及以上缺席: what is 连续 is counted, of what stands behind
    amount = next((t for t in tokens_of(tree) if t.type in ("AMOUNT", "POINTS")), None)
    if amount is not None and len(operands) == 1:
        value, unit = split_unit(str(amount))
        operands.append(ast.Number(value, unit, span=token_span(amount)))
    exclusive = excluded(token)
    sign: ast.Sign
    match token.type:
        case "WITHIN":
            loose = "以下" in token and "及" not in token and "含" not in token
            sign = "<" if exclusive or loose else "<="
        case "ABOVE":
            sign = ">" if exclusive else ">="
        case _:
            sign = "<"
    if len(operands) == 1:
        match operands[0]:
            case ast.Stated(name=name, percent=percent):
                operands = [name, percent]
            case ast.Number(unit="百分点") as margin:
                near = sign in ("<", "<=")
                return ast.Gap(ast.Elided(span=span), None, None, margin, near, "=" in sign, span=span)
            case alone:
                operands = [ast.Elided(span=span), alone]
    return ast.Comparison(tuple(operands), (sign,), span=span)


# 以上三项要求全部具备: all but the number and its counter
_COUNTED = frozenset({"次", "项", "个", "件", "场", "期", "篇", "份", "条", "起", "批", "人次", "场次"})
_AROUND_NUMBER = r"^(?:以上|上述|前述|下列)?的?|(?<=[个项条点类种者]).*$"


def build_condition_start(tree: Tree[Token]) -> ast.Condition:
    """`condition`: the start symbol for the right side of `即`."""
    return build_condition(subtrees(tree)[0])
