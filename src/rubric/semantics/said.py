"""What a condition says together with the sentences beside it.

Takes the condition of a rule, with its outcome and what is known of the sentences before and after; gives the condition with the
standard, the side and the reference that they state: `达到目标` beside 目标为55%, `上线率100%计满分` before a step for what is less. Never
a subject that is left out: that is `ellipsis`.
"""

import attrs

from rubric.core.walk import within
from rubric.semantics.resolve import Scope, Symbol
from rubric.semantics.standards import Known, shown, with_standard
from rubric.semantics.thresholds import Threshold, of_deviation, step_from
from rubric.syntax import ast
from rubric.syntax.subjects import filled


def said(
    rule: ast.Rule,
    later: tuple[ast.Piece, ...],
    scope: Scope,
    path: str,
    known: Known,
    standard: ast.Number | None,
    threshold: Threshold | None,
) -> ast.Condition:
    """The condition of a rule with all that the sentences before and after it say of it."""
    stated = with_standard(rule.condition, standard, exceeding=_only_exceeding(later))
    stated = _anchored(stated, later, known)
    stated = shown(stated, known)
    stated = _stated_rate(stated, later, scope, path)
    stated = _standard(stated, rule.outcome)
    stated = _against_reference(stated, rule.outcome, known.subject)
    stated = _beyond(stated, rule.outcome, threshold)
    stated = of_deviation(stated, rule.outcome) if threshold is None else stated
    return _of_ratio(stated, later, scope, path) if known.subject is None else stated


def _of_ratio(condition: ast.Condition, later: tuple[ast.Piece, ...], scope: Scope, path: str) -> ast.Condition:
    """`达到计划的得3分；未达到的，得分=实际数÷计划数×3分`: what the formula divides by the plan is what reaches it."""

    def target(name: ast.Name) -> str:
        symbol = scope.find(name.key, path)
        return symbol.declared.target if symbol is not None else name.key

    match condition:
        case ast.Comparison(operands=(ast.Elided(), ast.Name() as limit)):
            for body in filter(None, (_formula_body(piece.sentence) for piece in later)):
                for node in within(body):
                    match node:
                        case ast.Operation(operator="/", left=ast.Name() as part, right=ast.Name() as whole) if target(
                            whole
                        ) == target(limit):
                            return filled(condition, part)
                        case _:
                            pass
            return condition
        case _:
            return condition


def _only_exceeding(later: tuple[ast.Piece, ...]) -> bool:
    """Whether what follows takes points off for going beyond, and for nothing else."""
    steps = [rule.outcome for piece in later if isinstance(rule := piece.sentence, ast.Rule)]
    ways = {(step.beyond, step.adds) for step in steps if isinstance(step, ast.StepDeduction)}
    return ways == {(True, False)}


def _formula_body(sentence: ast.Sentence | None) -> ast.Expression | None:
    match sentence:
        case (
            ast.ScoreFormula(body=body)
            | ast.Otherwise(outcome=ast.ScoreFormula(body=body))
            | ast.Rule(outcome=ast.ScoreFormula(body=body))
        ):
            return body
        case _:
            return None


def _stated_rate(condition: ast.Condition, later: tuple[ast.Piece, ...], scope: Scope, path: str) -> ast.Condition:
    """`上线率100%计满分`: reaching it, or not exceeding it where the deduction that follows is for exceeding.

    It is that value itself where what follows goes both ways from it (每相差, 每升…每降, 中间值按内插法).
    """
    match condition:
        case ast.Bare(operand=ast.Stated(name=name, percent=number)):
            rate = number.unit in ("%", "‰")
            if rate and not is_rate(scope.find(name.key, path), scope):
                return condition
            steps = [s.outcome for p in later if isinstance(s := p.sentence, ast.Rule)]
            ways = {(o.beyond, o.off) for o in steps if isinstance(o, ast.StepDeduction)}
            both = any(off for _, off in ways) or {True, False} <= {beyond for beyond, _ in ways}
            if any(isinstance(p.sentence, ast.Interpolate) for p in later) or both:
                return ast.Comparison((name, number), ("=",), span=condition.span)
            if not ways and rate:
                return condition
            exceeding = any(beyond for beyond, _ in ways)
            return ast.Comparison((name, number), ("<=" if exceeding else ">=",), span=condition.span)
        case ast.Joined(joint="and", parts=parts):  # 到位率100%且到位及时的，得满分
            return attrs.evolve(condition, parts=tuple(_stated_rate(part, later, scope, path) for part in parts))
        case _:
            return condition


def _anchored(condition: ast.Condition, later: tuple[ast.Piece, ...], known: Known) -> ast.Condition:
    """`18立方米得6分`, where 中间值按插值法 follows: at that very value."""
    match condition:
        case ast.Bare(operand=ast.Number() as number) if known.subject is not None and any(
            isinstance(piece.sentence, ast.Interpolate) for piece in later
        ):
            return ast.Comparison((known.subject, number), ("=",), span=condition.span)
        case _:
            return condition


_OTHER_SIDE: dict[ast.Sign, ast.Sign] = {">=": "<", ">": "<=", "<=": ">", "<": ">="}


def _standard(condition: ast.Condition, outcome: ast.Outcome) -> ast.Condition:
    """`不少于4次，每少一次扣1分`: what must be, and a step for falling short: the deduction is for the other side."""
    match condition, outcome:
        case ast.Comparison(signs=(sign,)), ast.StepDeduction(beyond=beyond) if beyond is not None:
            if beyond == (sign in ("<=", "<")):
                return attrs.evolve(condition, signs=(_OTHER_SIDE[sign],)) if sign != "=" else condition
            return condition
        case _:
            return condition


def _against_reference(condition: ast.Condition, outcome: ast.Outcome, known: ast.Expression | None) -> ast.Condition:
    """`完成值每超过目标值4%`: a comparison with the reference; without a subject, that of the sentence before."""
    match outcome:
        case ast.StepDeduction(reference=reference, beyond=beyond) if reference is not None:
            measured = outcome.subject if outcome.subject is not None else known
            if measured is None:
                return condition
            return step_from(Threshold(measured, reference, reference), beyond, condition.span)
        case _:
            return condition


def _beyond(condition: ast.Condition, outcome: ast.Outcome, threshold: Threshold | None) -> ast.Condition:
    """The condition of a step that leaves it unsaid: the other side of the threshold named first."""
    match condition, outcome:
        case ast.Implied(beyond=beyond), ast.StepDeduction(words=words) if threshold is not None:
            if "每差" in words and threshold.sign in ("<=", "<"):
                beyond = True  # short of a standard that is a ceiling
            return step_from(threshold, beyond, condition.span)
        case _:
            return condition


def is_rate(symbol: Symbol | None, scope: Scope) -> bool:
    """Whether `X 25%` states the rate X; else it is a share of the amount X."""
    match symbol.node if symbol else None:
        case ast.DatumLine(unit=unit):
            return unit.strip() in ("%", "％", "‰")
        case ast.BasisLine(options=(ast.Option(body=ast.Name() as name), *_)):
            return is_rate(scope.find(name.key), scope)
        case _:
            return True
