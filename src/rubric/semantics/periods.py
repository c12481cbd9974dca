"""Which periods the series inside an expression have.

Takes an expression and the scope of its names; gives the sets of their parts. Series can be taken together part by part
only where there is one such set. Never a finding: `typecheck` tells where there are several.
"""

from typing import cast

import attrs

from rubric.semantics.resolve import Scope, Symbol
from rubric.syntax import ast


def periods_in(node: ast.Expression, scope: Scope, path: str) -> set[frozenset[str]]:
    """The parts of every series in `node`, through definitions and readings; a name bound to one part is no series."""
    seen: set[str] = set()

    def find(inner: object) -> set[frozenset[str]]:
        match inner:
            case ast.Name(key=name):
                if name in seen:
                    return set()
                seen.add(name)
                return of_name(name)
            case tuple():
                members = cast("tuple[object, ...]", inner)
                return set[frozenset[str]]().union(*(find(member) for member in members))
            case _ if attrs.has(type(inner)):
                fields = [field.name for field in attrs.fields(type(inner)) if field.name != "span"]
                return set[frozenset[str]]().union(*(find(getattr(inner, field)) for field in fields))
            case _:
                return set()

    def of_name(name: str) -> set[frozenset[str]]:
        symbol = scope.find(name, path)
        if symbol is None or symbol.declared.role == "part" or _of_one_period(symbol):
            return set()
        match symbol.node:
            case ast.DatumLine(parts=parts):
                return {frozenset(parts)} if parts else set()
            case ast.BasisLine(constants=constants) if constants:
                return set() if symbol.declared.detail else {frozenset(part for part, _ in constants)}
            case ast.BasisLine(options=options):
                return find(tuple(option.body for option in options))
            case ast.Selection():
                return set()
            case ast.Equation(body=body):
                others = symbol.alternatives.options if symbol.alternatives else ()
                return find((body, *(option.body for option in others)))

    return find(node)


def _of_one_period(symbol: Symbol) -> bool:
    """一季度预算执行率, where 季度预算执行率 is defined for every quarter."""
    return symbol.declared.role == "definition" and bool(symbol.declared.detail)
