"""What a person takes off, or adds, beside what is counted: `每件扣0.5分；其他情形酌情扣分，扣完为止`.

Takes the judged sentences of a level that deducts; gives a deduction for each: of the datum that holds what was decided
(酌情扣分) or, where no line declares one, of a number that is asked for under a short label. Never a sentence whose points a
person gives in place of all the others.
"""

import re
from fractions import Fraction

from rubric.core import program as core
from rubric.semantics.gathered import Gathered, label_of
from rubric.semantics.stated import decided, most_taken
from rubric.semantics.units import unit_of
from rubric.syntax import ast
from rubric.syntax.fold import key

_TAKES = re.compile(r"(酌情|视情[节况]?[^,;。]{0,6}?|适当|视[^,;。]{1,8}(程度|轻重|情况))(予以|给予)?(扣|减)")
_ADDS = re.compile(r"(酌情|视情[节况]?[^,;。]{0,6}?|适当)(予以|给予)?(加|奖)")


def is_judged_taking(piece: ast.Piece) -> bool:
    """Whether a sentence leaves to a person how much is taken off or added."""
    words = key(piece.text)
    judged = piece.kind is ast.PieceKind.JUDGED and piece.discretionary and piece.points is None
    return judged and bool(_TAKES.search(words) or _ADDS.search(words)) and not re.search("[得计记]", words)


def judged_taking(g: Gathered, piece: ast.Piece, points: Fraction) -> core.Deduction:
    """The deduction of what a person decided, at most what the sentence allows."""
    words = key(piece.text)
    adds = _TAKES.search(words) is None
    most = most_taken(words)
    value = decided(g, adds)
    if value is None:
        name = label_of(piece.text)
        high = core.Bound(most if most is not None else points)
        g.asked.append(
            core.Datum(
                name,
                core.DatumKind.QUANTITY,
                unit_of("分"),
                low=core.Bound(Fraction(0)),
                high=high,
                indicator=g.indicator.name,
                uses=(g.indicator.name,),
                span=piece.span,
            )
        )
        value = core.FactValue(name, span=piece.span)
    return core.Deduction(Fraction(-1 if adds else 1), value, piece.text, most, span=piece.span)
