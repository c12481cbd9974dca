"""Where a step begins.

Takes the condition of the sentence that says when nothing is deducted; gives what is measured and both ends of that
range, and the condition of a step that goes beyond it. Never points.
"""

import re
from fractions import Fraction

import attrs

from rubric.source import Span
from rubric.syntax import ast


@attrs.frozen
class Threshold:
    """What a step begins at: what is measured, and both ends of where nothing is deducted (often one and the same)."""

    measured: ast.Expression
    low: ast.Expression
    high: ast.Expression
    sign: ast.Sign | None = None


def step_from(threshold: Threshold, beyond: bool | None, span: Span) -> ast.Comparison:
    """Above the threshold, below it, or (None) off it either way: then the distance is what is compared with 0."""
    measured, low, high = threshold.measured, threshold.low, threshold.high
    if beyond is not None:
        return ast.Comparison((measured, high if beyond else low), (">" if beyond else "<",), span=span)
    two = ast.Number(Fraction(2), span=span)
    half = ast.Operation("/", ast.Operation("-", high, low, span=span), two, span=span)
    middle = low if low == high else ast.Operation("+", low, half, span=span)
    distance: ast.Expression = ast.Absolute(ast.Operation("-", measured, middle, span=span), span=span)
    if low != high:
        distance = ast.Operation("-", distance, half, span=span)
    return ast.Comparison((distance, ast.Number(Fraction(0), span=span)), (">",), span=span)


def of_deviation(condition: ast.Condition, outcome: ast.Outcome) -> ast.Condition:
    """`偏差率每高1个百分点扣1分`, with no other words of where it begins: what deviates is measured from nought."""
    match condition, outcome:
        case ast.Bare(operand=ast.Name(key=called) as measured), ast.StepDeduction(reference=None) if _DEVIATION.search(
            called
        ):
            nought = ast.Number(Fraction(0), span=condition.span)
            return step_from(Threshold(measured, nought, nought), outcome.beyond, condition.span)
        case _:
            return condition


_DEVIATION = re.compile("(?:偏差|偏离|误差|差异)(?:率|度|幅度|比例)$")


def threshold_of(condition: ast.Condition) -> Threshold | None:
    """Where a step after this condition begins."""
    match condition:
        case ast.Comparison(operands=(first, measured, last), signs=(sign, _)):
            ends = (first, last) if sign in ("<", "<=") else (last, first)
            return Threshold(measured, *ends)
        case ast.Comparison(signs=(sign,)) as comparison:
            measured = subject(comparison)
            limit = next(o for o in comparison.operands if o is not measured)
            mirrored = comparison.operands[0] is limit
            return Threshold(measured, limit, limit, _MIRRORED[sign] if mirrored else sign)
        case ast.Ranged(subject=measured, low=low, high=high):
            return Threshold(measured, low, high)
        case ast.Joined(joint="and", parts=(ast.Comparison() as lower, ast.Comparison() as upper)):
            first, last = threshold_of(lower), threshold_of(upper)
            if first is None or last is None or first.measured != last.measured:
                return first
            if first.sign is not None and last.sign is not None and first.sign[0] == last.sign[0]:
                return last  # 高出3分以上的，超出3分的部分…: no range, and the step begins where the later words say
            return Threshold(first.measured, first.low, last.high)
        case ast.Joined(parts=(first, *_)):
            return threshold_of(first)
        case _:
            return None


_MIRRORED: dict[ast.Sign, ast.Sign] = {"<": ">", "<=": ">=", "=": "=", ">": "<", ">=": "<="}


def subject(comparison: ast.Comparison) -> ast.Expression:
    """The middle of `a≤x<b`, else the side that is no number."""
    if len(comparison.operands) == 3:
        return comparison.operands[1]
    left, right = comparison.operands
    return right if isinstance(left, ast.Number) else left
