"""`较上年提高2%` of a rate: two percentage points, or two percent of last year's rate.

Takes the document with every subject in place; gives it with the reading that a line of 口径 takes, and a finding where none
does. Percentage points are the usual reading. Amounts grow by percent of themselves, and are none of its business.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.core.numbers import plain
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.semantics import errors
from rubric.semantics.shared_ends import given, pieces_of, replaced
from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.fold import key

_GREW = re.compile(r"(?:提高|提升|增长|增加|上升|增多|下降|降低|减少|压减|下滑)[^\d,，;；。]{0,4}\d+(?:\.\d+)?[%％]")
_EARLIER = Fraction(80)
"""What the rate is before, in the case that is told."""


@attrs.frozen
class Growth:
    """A rate compared with another; `words` say by how much it is to grow."""

    condition: ast.Comparison
    distance: ast.Operation
    margin: ast.Number
    words: str
    span: Span


def with_grown(document: ast.Document) -> Checked[ast.Document]:
    """The document with every growth of a rate as it is meant."""
    found: list[Diagnostic] = []
    indicators = tuple(_indicator(document.source, indicator, found) for indicator in document.indicators)
    return Checked(attrs.evolve(document, indicators=indicators), tuple(found))


def _indicator(source: SourceText, indicator: ast.Indicator, found: list[Diagnostic]) -> ast.Indicator:
    cells = [indicator.cell, *(case.cell for case in indicator.cases)]
    settled: dict[Span, ast.Condition] = {}
    seen: set[Span] = set()
    for piece in (piece for cell in cells for piece in pieces_of(cell)):
        for growth in _growths(source, piece):
            if growth.span in seen:
                continue
            seen.add(growth.span)
            line = _line(indicator, growth)
            if line is None:
                found.append(_told(source, indicator, piece, growth))
            elif "百分之" in line.options[0].name:
                share = ast.Operation("/", growth.distance, _reference(growth), span=growth.distance.span)
                operands = (share, *growth.condition.operands[1:])
                settled[growth.condition.span] = attrs.evolve(growth.condition, operands=operands)
    if not settled:
        return indicator
    cases = tuple(attrs.evolve(case, cell=replaced(case.cell, settled)) for case in indicator.cases)
    return attrs.evolve(indicator, cell=replaced(indicator.cell, settled), cases=cases)


def _growths(source: SourceText, piece: ast.Piece) -> Iterator[Growth]:
    match piece.sentence:
        case ast.Rule(
            condition=ast.Comparison(
                operands=(ast.Operation(operator="-") as distance, ast.Number(unit="%") as margin),
                signs=(">=" | ">",),
            ) as condition
        ):
            words = _GREW.search(source.slice(condition.span))
            if words is not None and margin.value > 0:
                start = condition.span.start + words.start()
                yield Growth(condition, distance, margin, key(words[0]), Span(start, start + len(words[0])))
        case _:
            pass


def _reference(growth: Growth) -> ast.Expression:
    """What the rate was: the subtrahend where it is to rise, the other where it is to fall."""
    return growth.distance.left if _falls(growth) else growth.distance.right


def _falls(growth: Growth) -> bool:
    return re.search("下降|降低|减少|压减|下滑", growth.words) is not None


def _line(indicator: ast.Indicator, growth: Growth) -> ast.BasisLine | None:
    lines = (b for b in indicator.basis if b.kind is ast.BasisKind.COUNTED and b.options)
    return next((b for b in lines if key(b.word) == growth.words and "百分" in b.options[0].name), None)


def _told(source: SourceText, indicator: ast.Indicator, piece: ast.Piece, growth: Growth) -> Diagnostic:
    """A case a little short of the points, and more than the percent."""
    moved = growth.margin.value * Fraction(9, 10)
    now = _EARLIER - moved if _falls(growth) else _EARLIER + moved
    example = f"原来 {plain(_EARLIER)}%、现在 {plain(now)}%"
    moves = (plain(moved), plain(moved * 100 / _EARLIER))
    return errors.growth_open(source, growth.span, growth.words, example, moves, given(source, piece), indicator.name)
