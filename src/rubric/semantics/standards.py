"""What later sentences measure against, and what they call it.

Takes what is known of the sentences before (`Known`) and a condition; gives the condition with 目标 as the number that
`目标为55%` names, and a bare number as a value of what is known. Never points.
"""

import attrs

from rubric.semantics.thresholds import Threshold
from rubric.syntax import ast


@attrs.frozen
class Known:
    """What the sentences before spoke of: the quantity measured, and the one it was measured against (and on which side)."""

    subject: ast.Expression | None = None
    reference: ast.Expression | None = None
    beyond: bool = False


def based(standing: ast.Standing, known: Known) -> tuple[ast.Number, Threshold | None, Known]:
    """The standard, the threshold it is where what it is a standard of is known, and what is known after it."""
    found = known.subject if isinstance(standing.subject, ast.Elided) else standing.subject
    number = standing.standard
    return number, None if found is None else Threshold(found, number, number), attrs.evolve(known, subject=found)


# What later sentences call the number that 以…为基准 or 目标为… names.
_STANDARDS = frozenset(
    {"目标", "目标值", "基准", "基准值", "标准", "标准值", "合格线", "要求", "计划", "达标值", "限额"}
)


def with_standard(condition: ast.Condition, standard: ast.Number | None, *, exceeding: bool = False) -> ast.Condition:
    """`达到目标` with the number that 目标 is; not to exceed it, where points are taken off for `exceeding` alone."""
    match condition:
        case ast.Comparison(operands=operands, signs=signs) if standard is not None:
            done = tuple(
                standard if isinstance(o, ast.Name) and not o.declared and o.key in _STANDARDS else o for o in operands
            )
            ceiling = exceeding and signs == (">=",) and done != operands
            return attrs.evolve(condition, operands=done, signs=("<=",) if ceiling else signs)
        case _:
            return condition


def from_standard(sentence: ast.Sentence | None, standard: ast.Number | None) -> ast.Sentence | None:
    """`每低于目标值1个百分点扣0.5分`, where 目标值 is a number: a step from that number, as one that leaves it unsaid."""
    match sentence:
        case ast.Rule(
            condition=ast.Implied(),
            outcome=ast.StepDeduction(reference=ast.Name(declared=False, key=called), subject=None) as step,
        ) if standard is not None and called in _STANDARDS:
            return attrs.evolve(sentence, outcome=attrs.evolve(step, reference=None))
        case _:
            return sentence


def shown(condition: ast.Condition, known: Known) -> ast.Condition:
    """`80%得6分`, `以100%为基准得5分`: a bare number is a value of what is known."""
    match condition:
        case ast.Bare(operand=ast.Number(unit="%" | "‰") as number) if isinstance(known.subject, ast.Name):
            return ast.Bare(ast.Stated(known.subject, number, span=condition.span), span=condition.span)
        case ast.Standing(subject=ast.Name() as name, standard=number):
            return ast.Bare(ast.Stated(name, number, span=condition.span), span=condition.span)
        case ast.Standing(standard=number) if isinstance(known.subject, ast.Name):
            return ast.Bare(ast.Stated(known.subject, number, span=condition.span), span=condition.span)
        case _:
            return condition
