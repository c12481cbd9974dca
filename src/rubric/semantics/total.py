"""Rules on the total → overrides of the scoring method.

Takes the sentences of 计分办法 about the total (`四季度支出进度低于80%的，总分最高为89分`); gives core overrides, each a cap, and the
yes–no data that conditions in prose ask for. Never an indicator: these rules change none of them.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.diagnostics.model import Diagnostic
from rubric.semantics import errors
from rubric.semantics.gathered import Gathered
from rubric.semantics.overrides import condition_of
from rubric.semantics.resolve import Resolution, items_of
from rubric.semantics.typecheck import Typing
from rubric.syntax import ast
from rubric.syntax.fold import key

_MOST = re.compile(r"(?:最高|不超过|不得超过|不高于|封顶|上限)[^\d,;。]{0,6}(\d+(?:\.\d+)?)分|(\d+(?:\.\d+)?)分封顶")
_NOTHING = re.compile(r"[得计为][0零]分|不得分")


@attrs.frozen
class LoweredTotal:
    """`asked` are yes–no data for the conditions that nothing but a person can decide."""

    overrides: tuple[core.Override, ...] = ()
    asked: tuple[core.Datum, ...] = ()


def lower_total(
    document: ast.Document, resolution: Resolution, typing: Typing, found: list[Diagnostic]
) -> LoweredTotal:
    """The rules on the total in the order of the text; one that names no points is a finding."""
    if document.total is None or resolution.total is None:
        return LoweredTotal()
    gathered = Gathered(document.source, document.total, resolution.total, typing, frozenset(), found)
    overrides = tuple(_overrides(gathered))
    asked = tuple(attrs.evolve(d, indicator=None, uses=(document.total.name,)) for d in gathered.asked)
    return LoweredTotal(overrides, asked)


def _overrides(g: Gathered) -> Iterator[core.Override]:
    for item in items_of(g.indicator.cell):
        for piece in item.pieces:
            most = _most_of(piece)
            condition = condition_of(g, piece, item.path) if most is not None else None
            if most is None:
                g.found.append(errors.unread_scoring(g.source, piece.span))
            elif condition is not None:
                kind, effect = core.OverrideKind.VETO, core.Effect.CAPPED
                yield core.Override(kind, condition, effect, piece.text, cap=most, span=piece.span)


def _most_of(piece: ast.Piece) -> Fraction | None:
    """The greatest total where the condition holds."""
    match piece.sentence:
        case ast.Rule(outcome=ast.Capped(most=most)):
            return most
        case ast.Rule(outcome=ast.Award(points=points)) if points == 0:
            return Fraction(0)
        case _:
            words = key(piece.text)
            match = _MOST.search(words)
            if match is not None:
                return Fraction(match[1] or match[2])
            return Fraction(0) if _NOTHING.search(words) else None
