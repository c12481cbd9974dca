"""Subjects that a text leaves out.

Takes a condition and what it speaks of; gives the condition with that in every empty place. Never decides what it speaks
of: the sentence's own head does (`公开率：100%`), or the sentence before (`semantics.ellipsis`).
"""

import attrs

from rubric.syntax import ast


def filled(condition: ast.Condition, subject: ast.Expression) -> ast.Condition:
    """The condition with `subject` where the text leaves the subject out."""
    match condition:
        case ast.Comparison(operands=operands):
            return attrs.evolve(condition, operands=tuple(_filled(o, subject) for o in operands))
        case ast.Ranged(subject=found) | ast.Gap(subject=found) | ast.Standing(subject=found):
            return attrs.evolve(condition, subject=_filled(found, subject))
        case ast.Bare(operand=operand):
            return attrs.evolve(condition, operand=_filled(operand, subject))
        case ast.Joined(parts=parts):
            return attrs.evolve(condition, parts=tuple(filled(p, subject) for p in parts))
        case ast.Named() | ast.Placed() | ast.Implied() | ast.AnyOf() | ast.Timely():
            return condition


def _filled(operand: ast.Expression, subject: ast.Expression) -> ast.Expression:
    match operand:
        case ast.Elided():
            return subject
        case ast.Absolute(operand=ast.Elided()):
            return subject if isinstance(subject, ast.Absolute) else attrs.evolve(operand, operand=subject)
        case _:
            return operand
