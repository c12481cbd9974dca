"""Lark's trees of quantities → the surface tree.

Takes the tree of an expression; gives its `ast` value. One function per rule of the grammar. Never an error: the grammar
has accepted the words.
"""

import re
from fractions import Fraction
from typing import cast

import attrs
from lark import Token, Tree

from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.numerals import split_unit

_TAILS: dict[str, ast.Which] = {"HIGHEST": "max", "LOWEST": "min", "SUM_TAIL": "sum", "MEAN": "mean"}


def build_expression(tree: Tree[Token]) -> ast.Expression:
    span = span_of(tree)
    children = subtrees(tree)
    match tree.data:
        case "number":
            value, unit = split_unit(str(tree.children[0]))
            return ast.Number(value, unit, span=span)
        case "negative":
            number = build_expression(children[0])
            assert isinstance(number, ast.Number)
            return attrs.evolve(number, value=-number.value, span=span)
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
        case "absolute_of":
            return ast.Absolute(build_name(tokens_of(tree)[0]), span=span)
        case "share":
            part, whole = (build_expression(c) for c in children)
            return ast.Operation("/", part, whole, span=span)
        case "sum_of":
            return ast.Aggregate("sum", build_expression(children[0]), span=span)
        case "row_aspects":
            rows, _, column = tokens_of(tree)
            return ast.Aspects(build_name(rows), build_name(column), span=span)
        case "shifted":
            return build_shifted(tokens_of(tree)[-1], build_expression(children[0]), span)
        case "coefficient":
            times = tokens_of(tree)[0]
            number = ast.Number(Fraction(str(times)), span=token_span(times))
            return ast.Operation("*", number, build_expression(children[0]), span=span)
        case "group":
            return build_expression(children[0])
        case "absolute":
            return ast.Absolute(build_expression(children[0]), span=span)
        case _:
            return build_operation(tree, span)


def build_shifted(token: Token, body: ast.Expression, span: Span) -> ast.Operation:
    """`平均值下浮5%`: times what is left of the whole."""
    written = re.search(r"(\d+(?:\.\d+)?)%", token)
    assert written is not None
    share = Fraction(written[1])
    left = 100 - share if "下" in token else 100 + share
    return ast.Operation("*", body, ast.Number(left, "%", span=token_span(token)), span=span)


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


def build_name_of(tree: Tree[Token]) -> ast.Name:
    return build_name(cast(Token, tree.children[0]))


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
