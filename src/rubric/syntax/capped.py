"""`超过100%的按100%计`, said of a formula of points.

Takes the formula; gives it with each of its ratios, or the one that is named, counted as no more than the limit. Never the
points themselves: those are bounded by 最高.
"""

import attrs

from rubric.syntax import ast
from rubric.syntax.names import POINTS_NAMES


def capped(body: ast.Expression, over: ast.Number, counted: ast.Number, subject: ast.Name | None) -> ast.Expression:
    """`subject` is the ratio that is named; without one, and for 单项 and the like, all are meant."""

    def visit(node: ast.Expression) -> ast.Expression:
        match node:
            case ast.Operation(operator="/") if not _has_points(node):
                return ast.Limited(node, over, counted, span=node.span)
            case ast.Operation(operator="/", left=left):
                return attrs.evolve(node, left=visit(left))
            case ast.Operation(operator="*" | "+", left=left, right=right):
                return attrs.evolve(node, left=visit(left), right=visit(right))
            case ast.Name(key=name) if name not in POINTS_NAMES and _is_meant(subject, node):
                return ast.Limited(node, over, counted, span=node.span)
            case _:
                return node

    return visit(body)


_EACH = ("单项", "各项", "每项", "分项")


def _is_meant(subject: ast.Name | None, name: ast.Name) -> bool:
    return subject is None or subject.key.startswith(_EACH) or name.key.endswith(subject.key)


def _has_points(node: ast.Expression) -> bool:
    match node:
        case ast.Number(unit=unit):
            return unit == "分"
        case ast.Name(key=name):
            return name in POINTS_NAMES
        case ast.Operation(left=left, right=right):
            return _has_points(left) or _has_points(right)
        case _:
            return False
