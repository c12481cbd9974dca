"""Lark's trees → the surface tree. Only the `build` modules see them.

Takes the tree of one sentence, quantity or condition; gives its `ast` value. One function per rule of the grammar,
named `build_` and the construct. Never an error: the grammar has already accepted the words.
"""

import re
from fractions import Fraction

import attrs
from lark import Token, Tree

from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.build_conditions import build_condition, build_standing
from rubric.syntax.build_counts import (
    build_count_deduction,
    build_for_each,
    build_paired,
    build_per_count,
    multiple,
    paired_for_each,
    worth_of_part,
)
from rubric.syntax.build_limits import TRAILERS, build_closing, build_limit, build_limits, cap_points
from rubric.syntax.build_quantities import (
    build_expression,
    span_of,
    subtrees,
    token_span,
    tokens_of,
)
from rubric.syntax.build_ranges import ends_of
from rubric.syntax.build_ranks import ranks
from rubric.syntax.build_steps import build_deducted, build_start, build_step, build_step_deduction
from rubric.syntax.build_taken import (
    build_based,
    build_converted,
    build_taken,
    build_weighted,
    scale_in,
    scaled_to_full,
)
from rubric.syntax.capped import capped
from rubric.syntax.kinds import points_factor
from rubric.syntax.names import POINTS_NAMES
from rubric.syntax.numerals import share_in, split_unit
from rubric.syntax.shapes import in_points
from rubric.syntax.subjects import filled

Node = Tree[Token] | Token


def build_sentence(tree: Tree[Token]) -> ast.Sentence:
    """`sentence`: an equation, a score formula, a rule, a count deduction, or a condition alone."""
    if subtrees(tree)[0].data == "closing":
        return build_closing(subtrees(tree)[0])
    trailers = {str(child.data): child for child in subtrees(tree) if child.data in TRAILERS}
    main = next(child for child in subtrees(tree) if child.data not in TRAILERS)
    caps = tuple(str(child.children[0]) for child in subtrees(tree) if child.data == "most")
    limits, limit = build_limits(trailers, caps), trailers.get("limit")
    span = span_of(tree)
    match main.data:
        case "standing":
            return ast.Basis(build_standing(main, subtrees(main), span), span=span)
        case "conditions":
            return _equation_or_statement(build_condition(main), limit, None, span)
        case "score_formula" if _converts_a_score(main):
            return scaled_to_full(main, build_expression(subtrees(main)[-1]), limits, span)
        case "score_formula":
            formula = _limited_formula(build_score_formula(main), limit)
            if {t.type for t in tokens_of(main)} & {"SCORE_NAME", "SCORED_BY"} or points_factor(
                formula.body
            ) is not None:
                return _bounded(formula, limits)
            return ast.Statement(ast.Bare(formula.body, span=span), span=span)  # 按比率法计算，即A/B: no points
        case "rule":
            return build_rule(main, limits, limit, span)
        case "headed":
            name, rule = subtrees(main)
            return _about(build_expression(name), build_rule(rule, limits, limit, span))
        case "required":
            condition, outcome = subtrees(main)
            missed = ast.Joined("none", (build_condition(condition),), span=span)
            return ast.Rule(missed, build_outcome(outcome), limits, span=span)
        case "implied":
            step = build_step(subtrees(main)[0])
            limits = attrs.evolve(limits, partial=limits.partial or _partial_inside(main))
            return ast.Rule(build_start(subtrees(main)[0], step, span), step, limits, implied=True, span=span)
        case "converted":
            return build_converted(main, limits, span)
        case "proportional":
            return build_proportional(main, limits, limit, span)
        case "listed":
            return build_listed(main, span)
        case "peer_ratio":
            return build_peer_ratio(main, limits, span)
        case "based":
            return build_based(main, span)
        case "taken":
            return build_taken(main, ast.Elided(span=span), limits, span)
        case "weighted_so":
            values, weight = (build_expression(c) for c in subtrees(main))
            mean = ast.Aggregate("mean", values, weight=weight, span=span)
            return ast.ScoreFormula("得分", mean, limits.places, limits.most, limits.least, taken=True, span=span)
        case "weighted":
            return build_weighted(main, limits, span)
        case "counted":
            *named, per_count = subtrees(main)
            event = build_expression(named[0]) if named else ast.Elided(span=span)
            return ast.CountDeduction(event, build_per_count(per_count, span), limits, span=span)
        case "interpolate":
            return build_interpolate(main, span)
        case "otherwise" if any(t.type == "POINTS" for t in tokens_of(main)):
            points = next(t for t in tokens_of(main) if t.type == "POINTS")
            return ast.Otherwise(ast.Award(split_unit(str(points))[0], span=span), span=span)
        case "otherwise":
            outcome = build_outcome(subtrees(main)[-1])
            if isinstance(outcome, ast.StepDeduction):  # 未达到的，每差1个百分点扣0.3分
                beyond = None if outcome.off else outcome.beyond is not False
                return ast.Rule(ast.Implied(beyond, span=span), outcome, limits, implied=True, span=span)
            if isinstance(outcome, ast.ScoreFormula):
                outcome = _bounded(_limited_formula(outcome, limit), limits)
            return ast.Otherwise(outcome, span=span)
        case _:
            return build_count_deduction(main, limits, span)


def _about(subject: ast.Expression, rule: ast.Sentence) -> ast.Sentence:
    """`公开率：100%（4分）`: what stands before the colon is what the sentence speaks of."""
    if not isinstance(rule, ast.Rule):
        return rule
    match rule.condition:
        case ast.Bare(operand=ast.Number() as number) if isinstance(subject, ast.Name):
            condition: ast.Condition = ast.Bare(ast.Stated(subject, number, span=number.span), span=rule.span)
        case condition:
            condition = filled(condition, subject)
    return attrs.evolve(rule, condition=condition)


def _bounded(formula: ast.ScoreFormula, limits: ast.Limits) -> ast.ScoreFormula:
    return attrs.evolve(
        formula, places=limits.places, most=limits.most, least=limits.least, most_share=limits.most_share
    )


def _partial_inside(tree: Tree[Token]) -> str:
    """`每低1个百分点（不足1个百分点的按1个百分点计）扣0.5分`: what is said of a part of a step, before the points."""
    for step in tree.iter_subtrees():
        if step.data == "partial":
            return str(step.children[0])
    return ""


def build_quantity(tree: Tree[Token]) -> ast.Expression:
    """`quantity`: an expression, perhaps limited."""
    children = subtrees(tree)
    body = build_expression(children[0])
    for child in children[1:]:
        if child.data == "limit":
            body = build_limit(child, body)
    return body


# --- sentences --------------------------------------------------------------------------------------------------------


def _equation_or_statement(
    condition: ast.Condition, limit: Tree[Token] | None, most: Fraction | None, span: Span
) -> ast.Sentence:
    match condition:
        case ast.Comparison(operands=(ast.Name() as name, body), signs=("=",)):
            return ast.Equation(name, build_limit(limit, body) if limit else body, most, span=span)
        case _:
            return ast.Statement(condition, span=span)


def build_score_formula(tree: Tree[Token]) -> ast.ScoreFormula:
    name = next((t for t in tokens_of(tree) if t.type == "SCORE_NAME"), "得分")
    body = in_points(build_expression(subtrees(tree)[-1]))
    return ast.ScoreFormula(str(name), body, span=span_of(tree))


def _converts_a_score(tree: Tree[Token]) -> bool:
    """`按考核得分折算得分`: one value on another scale, and no formula."""
    last = tokens_of(tree)[-1]
    return last.type == "SCORED_BY" and bool(re.search("[折换]", last)) and subtrees(tree)[-1].data == "name"


def _limited_formula(formula: ast.ScoreFormula, limit: Tree[Token] | None) -> ast.ScoreFormula:
    if limit is None:
        return formula
    limited = build_limit(limit, formula.body)
    return attrs.evolve(formula, body=capped(formula.body, limited.over, limited.counted, None))


def build_rule(tree: Tree[Token], limits: ast.Limits, limit: Tree[Token] | None, span: Span) -> ast.Sentence:
    children = subtrees(tree)
    stands = children[0].data == "standing"
    if children[0].data == "placed":  # 省级3天以上4分: all that stands before the points must hold
        whole: Tree[Token] = Tree("conditions", [*_anded(subtrees(children[0]))], children[0].meta)
    else:
        whole = Tree("conditions", [children[0]]) if children[0].data == "named" else children[0]
    condition = build_standing(whole, subtrees(whole), span) if stands else build_condition(whole)
    equation = _capped_equation(condition, children[-1], span)
    if equation is not None:
        return equation
    if children[-1].data == "paired":
        return build_paired(children[-1], condition, limits, span)
    if isinstance(condition, ast.Bare) and children[-1].data == "taken":
        return build_taken(children[-1], condition.operand, limits, span)
    marks = [t for t in tokens_of(tree) if t.type in ("POINTS_MARK", "COMMA_POINTS", "BARE_POINTS")]
    if children[0].data == "named" and len(children) == 1:
        marks = [t for t in tokens_of(tree) if t.type == "POINTS"]
    outcome = (
        ast.Award(mark_points(marks[0]), marked=True, span=token_span(marks[0]))
        if marks
        else build_outcome(children[-1])
    )
    if isinstance(outcome, ast.ScoreFormula):
        outcome = _bounded(_limited_formula(outcome, limit), limits)
    elif isinstance(outcome, ast.StepDeduction):
        limits = attrs.evolve(limits, partial=limits.partial or _partial_inside(tree))
    words = {t.type for t in tokens_of(tree)} & {"OF", "COMMA", "IF"}
    if isinstance(outcome, ast.Capped) and isinstance(condition, ast.Bare) and not words:
        return ast.ScoreFormula("得分", ast.Elided(span=span), taken=True, span=span)  # 加分最多5分: no cap of the item
    condition, limits = worth_of_part(condition, outcome, limits)
    paired = paired_for_each(condition, outcome, limits)
    if paired is not None:
        return attrs.evolve(paired, span=span)
    outcome = _once(condition, outcome)
    condition = _settled(condition, outcome)
    types = {t.type for t in tokens_of(tree)}
    return ast.Rule(condition, outcome, limits, dependent="BASED" in types, marginal="MARGIN" in types, span=span)


def _anded(tests: list[Tree[Token]]) -> list[Tree[Token]]:
    """Tests that stand side by side, as the grammar writes those joined by 且."""
    joint: Tree[Token] = Tree("joint", [Token("AND", "且")])
    return [node for test in tests for node in (joint, test)][1:]


def _once(condition: ast.Condition, outcome: ast.Outcome) -> ast.Outcome:
    """`未公示的，扣0.5分` takes points off where a fact holds; `低于90%的，扣1分` is a band, and says what is left in it."""
    match outcome:
        case ast.Award(deducted=True, points=points, share=None) if points is not None and _is_fact(condition):
            return ast.Adjustment(points, span=outcome.span)
        case _:
            return outcome


def _is_fact(condition: ast.Condition) -> bool:
    match condition:
        case ast.Named() | ast.Placed() | ast.Bare(operand=ast.Name()) | ast.Joined(joint="list") | ast.AnyOf():
            return True
        case ast.Joined(parts=parts):
            return all(_is_fact(part) for part in parts)
        case _:
            return False


def _settled(condition: ast.Condition, outcome: ast.Outcome) -> ast.Condition:
    """Requirements in a list must all hold to earn points; of faults in a list one is enough to lose them."""
    match condition:
        case ast.Joined(joint="list", parts=parts):
            match outcome:
                case ast.Award(points=points, share=share):
                    gains = points != 0 or share is not None
                case ast.Adjustment(adds=adds):
                    gains = adds
                case _:
                    gains = False
            return ast.Joined("and" if gains else "or", parts, span=condition.span)
        case _:
            return condition


def _capped_equation(condition: ast.Condition, outcome: Tree[Token], span: Span) -> ast.Equation | None:
    """`…率=…×100%，最高4分`: a definition, and the greatest of the points that rest on it."""
    match condition:
        case ast.Comparison(operands=(ast.Name() as name, ast.Operation() | ast.Name() as body), signs=("=",)):
            if outcome.data == "most":
                return ast.Equation(name, body, cap_points(str(outcome.children[0])), span=span)
            return None
        case _:
            return None


def build_proportional(
    tree: Tree[Token], limits: ast.Limits, limit: Tree[Token] | None, span: Span
) -> ast.ScoreFormula | ast.Otherwise:
    """`按完成比例计分`: full points times the ratio; `按比例得分`: where nothing before it holds."""
    outcome = build_proportion(subtrees(tree)[-1])
    if isinstance(outcome, ast.ScoreFormula):
        return _bounded(_limited_formula(attrs.evolve(outcome, span=span), limit), limits)
    return ast.Otherwise(outcome, span=span)


def build_proportion(tree: Tree[Token]) -> ast.ScoreFormula | ast.Proportion:
    """A ratio that the text names is a formula; `按比例` alone speaks of the rule before it."""
    span = span_of(tree)
    deducts = any(t.type == "IN_PROPORTION" for t in tokens_of(tree))
    given = subtrees(tree)
    if not given:
        return ast.Proportion(None, deducts, span=span)
    told = given[-1]  # the formula in brackets behind it says the same, and says it better
    ratio = build_ratio(told) if told.data == "ratio" else build_expression(told)
    full = ast.Name("分值", span=span)
    scale = scale_in("".join(str(t) for t in told.scan_values(lambda t: isinstance(t, Token) and t.type == "SCALE")))
    if scale is not None and isinstance(ratio, ast.Name):  # 按考核得分（百分制）计分
        ratio = ast.Operation("/", ratio, ast.Number(Fraction(scale), span=span), span=span)
        return ast.ScoreFormula("得分", ast.Operation("*", ratio, full, span=span), span=span)
    body = ratio if names_points(ratio) else ast.Operation("*", ratio, full, span=span)
    if deducts:
        body = ast.Operation("-", full, body, span=span)
    return ast.ScoreFormula("得分", body, span=span)


def build_ratio(tree: Tree[Token]) -> ast.Operation:
    """`实际完成值与目标值的比例`."""
    names = build_expression(subtrees(tree)[0])
    assert isinstance(names, ast.Several)
    return ast.Operation("/", names.items[0], names.items[1], span=span_of(tree))


def names_points(body: ast.Expression) -> bool:
    """Whether a formula has its points in it: `完成率×分值`, `支付率×4`."""
    match body:
        case ast.Number(unit=unit):
            return unit in ("分", "")
        case ast.Name(key=name):
            return name in POINTS_NAMES or name.endswith("得分")
        case ast.Operation(operator="*", left=left, right=right):
            return names_points(left) or names_points(right)
        case ast.Operation(operator="/", left=left):
            return names_points(left)
        case _:
            return False


def build_interpolate(tree: Tree[Token], span: Span) -> ast.Interpolate:
    """`85%-95%之间按插值法计算`."""
    token = tokens_of(tree)[0]
    named = re.match(r"(?:在|介于)?([\d一二三四五六七八九十百].*?)(?:之间|区间|的|,|按|采|用)", token)
    if named is None:
        return ast.Interpolate(span=span)
    ends = ends_of(re.sub("[和与]", "-", named[1]), token_span(token))
    return ast.Interpolate(ends.low, ends.high, span=span)


def build_peer_ratio(tree: Tree[Token], limits: ast.Limits, span: Span) -> ast.ScoreFormula:
    """`按与最高值的比例计分`: the full points times the own value over the best of all, the other way round where less is better."""
    which: ast.Which = "min" if re.search("最(低|少|小)", str(tokens_of(tree)[0])) else "max"
    best = ast.Best(which, span=span)
    own = ast.Own(span=span)
    ratio = ast.Operation("/", own, best, span=span) if which == "max" else ast.Operation("/", best, own, span=span)
    body = ast.Operation("*", ratio, ast.Name("分值", span=span), span=span)
    return ast.ScoreFormula("得分", body, limits.places, limits.most, limits.least, span=span)


def build_listed(tree: Tree[Token], span: Span) -> ast.Listed:
    children = subtrees(tree)
    subject = build_expression(children[0]) if children else ast.Elided(span=span)
    words = str(next(t for t in tokens_of(tree) if t.type == "RANK_LIST"))
    numbers = re.findall(r"\d+|[一二三四五六七八九十]+", words) if "、" in words else []
    first = int(split_unit(numbers[0])[0]) if numbers else ranks(words)[0]
    points = tuple(split_unit(str(t))[0] for t in tokens_of(tree) if t.type == "POINTS")
    for token in tokens_of(tree):
        if token.type == "POINTS_LIST":
            points = tuple(Fraction(n) for n in re.findall(r"\d+(?:\.\d+)?", token))
    return ast.Listed(subject, first, points, span=span)


# --- outcomes ---------------------------------------------------------------------------------------------------------


def build_outcome(tree: Tree[Token]) -> ast.Outcome:
    span = span_of(tree)
    match tree.data:
        case "award":
            return build_award(tree, span)
        case "score_formula":
            return build_score_formula(tree)
        case "deducted":
            return build_deducted(tree, span)
        case "added":
            points = next(t for t in tokens_of(tree) if t.type == "POINTS")
            return ast.Adjustment(split_unit(str(points))[0], True, span=span)
        case "doubled":
            return ast.Doubled(multiple(str(tree.children[0])), span=span)
        case "most":
            words = str(tree.children[0])
            scopes = tuple(re.findall("总得分|总分|本指标|本项指标|考核得分", words)[:1])
            return ast.Capped(cap_points(words) or Fraction(0), scopes, span=span)
        case "proportion":
            return build_proportion(tree)
        case "step_deduction":
            return build_step_deduction(tree, span)
        case "per_count":
            return build_per_count(tree, span)
        case "for_each":
            return build_for_each(tree, span)
        case "not_applicable":
            return ast.NotApplicable(_scopes(tree), span=span)
        case "taken":
            return build_taken(tree, ast.Elided(span=span), ast.UNLIMITED, span)
        case _:
            return ast.Graded(re.sub("^[评定]?为", "", str(tree.children[0])), span=span)


def build_award(tree: Tree[Token], span: Span) -> ast.Award:
    points: Fraction | None = None
    share: Fraction | None = None
    direct = False
    spared = any(t.type in ("NO_DEDUCTION", "SPARED") for t in tokens_of(tree))
    for token in tokens_of(tree):
        match token.type:
            case "POINTS":
                points = split_unit(str(token))[0]
            case "ZERO":
                points = Fraction(0)
            case "SHARE_OF_POINTS":
                share = share_in(str(token))
            case "DIRECT":
                direct = True
            case "ONE_VOTE":
                return ast.Award(Fraction(0), _scopes(tree) or ("本指标",), span=span)
            case _:
                pass
    return ast.Award(points, _scopes(tree), direct, share=share, spared=spared, span=span)


def _scopes(tree: Tree[Token]) -> tuple[str, ...]:
    for child in subtrees(tree):
        if child.data == "scopes":
            return tuple(str(t) for scope in subtrees(child) for t in tokens_of(scope))
    return ()


def mark_points(token: Token | str) -> Fraction:
    """N of `（N分）` or `N分`."""
    return split_unit(re.sub(r"[(),:的为]|本项|共|计", "", str(token)))[0]
