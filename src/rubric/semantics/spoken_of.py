"""What a count speaks of that leaves it unsaid: `每月报送工作情况，得6分，每少一次扣0.5分`.

Takes the sentences before it; gives the number that the last of them names, where that is prose and names one alone. Never a
word that no line of 数据 ties to a datum.
"""

import attrs

from rubric.semantics.resolve import Scope
from rubric.semantics.standards import Known
from rubric.semantics.units import counts_things
from rubric.syntax import ast
from rubric.syntax.fold import key


def told_before(known: Known, before: tuple[ast.Piece, ...], scope: Scope, path: str) -> Known:
    """What is known, with the one number of events that the sentence before names where no subject is."""
    if known.subject is not None or not before or before[-1].sentence is not None:
        return known
    words = key(before[-1].text)
    named = (name for names in (scope.symbols, scope.local.get(path, {})) for name in names if name in words)
    symbols = {name: symbol for name in named if (symbol := scope.find(name, path)) and counts_things(symbol.node)}
    if len({symbol.declared.target for symbol in symbols.values()}) != 1:
        return known
    return attrs.evolve(known, subject=ast.Name(max(symbols, key=len), span=before[-1].span))
