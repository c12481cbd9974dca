"""Lark's trees of what follows a rule → the bounds it states.

Takes the trees of 扣完为止, 最高得…, 超过100%的按100%计 and the like; gives `ast.Limits`, `ast.Limited`, `ast.Closing`. Never applies
them.
"""

import re
from fractions import Fraction
from typing import cast

import attrs
from lark import Token, Tree

from rubric.syntax import ast
from rubric.syntax.build_quantities import build_name_of, span_of, subtrees, token_span
from rubric.syntax.numerals import share_in, split_unit

TRAILERS = ("floor", "limit", "partial", "most", "least", "round", "penalty", "from_total", "no_repeat", "note_tail")
_PLACES = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4}


def build_limits(trailers: dict[str, Tree[Token]], most_paid: ast.Payment | None = None) -> ast.Limits:
    words = {name: str(tree.children[0]) for name, tree in trailers.items()}
    verb = re.search("[扣加得]", words.get("most", ""))
    return ast.Limits(
        "floor" in words,
        _points_in(words.get("floor", "")),
        _points_in(words.get("most", "")),
        verb[0] if verb else "",
        _points_in(words.get("least", "")),
        words.get("partial", ""),
        _places_in(words.get("round", "")),
        _points_in(words.get("penalty", "")) or Fraction(0),
        "from_total" in words,
        most_paid,
        most_share_of(words.get("most", "")),
    )


def most_share_of(words: str) -> Fraction | None:
    """`最高得120%`, `最高不超过分值`, `超过部分按满分计`: the greatest as a share of full points."""
    if not words or _points_in(words) is not None:
        return None
    return share_in(words) if re.search(r"\d%", words) else Fraction(1)


def build_closing(tree: Tree[Token]) -> ast.Closing:
    """Bounds alone: `最低得2分`, `执行率超过100%的按100%计`."""
    span = span_of(tree)
    parts = {str(child.data): child for child in subtrees(tree) if child.data in TRAILERS}
    name = next((build_name_of(child) for child in subtrees(tree) if child.data == "name"), None)
    closing = ast.Closing(build_limits(parts), span=span)
    if "limit" not in parts:
        return closing
    limited = build_limit(parts["limit"], ast.Elided(span=span))
    return attrs.evolve(closing, subject=name, over=limited.over, counted=limited.counted)


def _places_in(words: str) -> int | None:
    """2 for `保留2位小数`, 0 for 取整."""
    match = re.search("([\\d一两二三四])位小数", words)
    if match is None:
        return 0 if "取整" in words else None
    return int(match[1]) if match[1].isdigit() else _PLACES[match[1]]


def _points_in(words: str) -> Fraction | None:
    match = re.search(r"(\d+(\.\d+)?)分", words)
    return Fraction(match[1]) if match else None


def build_limit(tree: Tree[Token], body: ast.Expression) -> ast.Limited:
    token = cast(Token, tree.children[0])
    over, counted = (split_unit(n)[0] for n in re.findall(r"\d+(?:\.\d+)?%|百分之百", str(token)))
    span = token_span(token)
    return ast.Limited(
        body, ast.Number(over, "%", span=span), ast.Number(counted, "%", span=span), span=body.span.to(span)
    )
