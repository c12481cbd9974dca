"""Ends of bands of which the text does not say whether they are in.

Takes the document with every subject in place; gives it with those ends settled, and one finding for each table whose
bands share an end. Of two bands that meet at an end the higher one takes it; an end that no other band takes is in.
Never touches an end that the text settles.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from rubric.core.numbers import plain
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.semantics import file_errors
from rubric.semantics.units import unit_of
from rubric.source import SourceText, Span
from rubric.syntax import ast


def with_ends(document: ast.Document) -> Checked[ast.Document]:
    """The document with the ends of its bands settled."""
    found: list[Diagnostic] = []
    indicators = tuple(_with_cases(document.source, indicator, found) for indicator in document.indicators)
    return Checked(attrs.evolve(document, indicators=indicators) if found or indicators else document, tuple(found))


def _with_cases(source: SourceText, indicator: ast.Indicator, found: list[Diagnostic]) -> ast.Indicator:
    """Where a cell reads apart for each class of unit, its ends are settled for each class."""
    if not indicator.cases:
        return _indicator(source, indicator, found)
    cells = (attrs.evolve(indicator, cell=case.cell) for case in indicator.cases)
    done = [_indicator(source, cell, found).cell for cell in cells]
    pairs = zip(indicator.cases, done, strict=True)
    return attrs.evolve(indicator, cases=tuple(attrs.evolve(case, cell=cell) for case, cell in pairs))


def _indicator(source: SourceText, indicator: ast.Indicator, found: list[Diagnostic]) -> ast.Indicator:
    settled: dict[Span, ast.Ranged] = {}
    for table in _tables(indicator.cell):
        subjects = [band.subject for band in table if isinstance(band, ast.Ranged)]
        for subject in dict.fromkeys(subjects):
            bands = tuple(band for band in table if isinstance(band, ast.Ranged) and band.subject == subject)
            done = tuple(_settled(band, subject, table) for band in bands)
            settled |= {band.span: new for band, new in zip(bands, done, strict=True) if new is not band}
            found.extend(_shared(source, bands, done, indicator.name))
    return attrs.evolve(indicator, cell=_replaced(indicator.cell, settled)) if settled else indicator


def _tables(item: ast.Item) -> Iterator[tuple[ast.Condition, ...]]:
    """The conditions of one item and of its parts, but for a part with several bands of its own."""
    own = _conditions(item)
    for part in item.items:
        inner = _conditions(part)
        if sum(isinstance(condition, ast.Ranged) for condition in inner) <= 1:
            own += inner
        if part.items or len(inner) > 1:
            yield from _tables(part)
    if len(own) > 1:
        yield own


def _conditions(item: ast.Item) -> tuple[ast.Condition, ...]:
    """A band beside a class (a field of a table) counts once, however many classes there are."""
    found: dict[Span, ast.Condition] = {}
    for piece in item.pieces:
        match piece.sentence:
            case ast.Rule(condition=ast.Joined(joint="and", parts=(ast.Ranged() as band, ast.Named()))):
                found.setdefault(band.span, band)
            case ast.Rule(condition=condition):
                found.setdefault(condition.span, condition)
            case _:
                pass
    return tuple(found.values())


def _open(band: ast.Ranged) -> bool:
    """Whether the text says nothing of either end."""
    return band.low_inclusive is None and band.high_inclusive is None


def _settled(band: ast.Ranged, subject: ast.Expression, table: Iterable[ast.Condition]) -> ast.Ranged:
    high = _value(band.high)
    if band.high_inclusive is not None or any(_takes(other, subject, high) for other in table if other is not band):
        return band
    return attrs.evolve(band, low_inclusive=band.low_inclusive is not False, high_inclusive=True)


def _value(number: ast.Expression) -> Fraction | None:
    return number.value * unit_of(number.unit).scale if isinstance(number, ast.Number) else None


def _takes(condition: ast.Condition, subject: ast.Expression, value: Fraction | None) -> bool:
    """Whether the band certainly holds `value`; a condition on anything else does not count."""
    if value is None:
        return False
    match condition:
        case ast.Ranged(subject=own) if own == subject:
            low, high = _value(condition.low), _value(condition.high)
            low_in = condition.low_inclusive if condition.low_inclusive is not None else not condition.high_inclusive
            above = low is not None and (low < value or (low == value and low_in))
            below = high is not None and (value < high or (value == high and bool(condition.high_inclusive)))
            return above and below
        case ast.Comparison(operands=operands, signs=signs) if subject in operands:
            ends = [value if operand == subject else _value(operand) for operand in operands]
            return all(_holds(a, sign, b) for a, sign, b in zip(ends, signs, ends[1:], strict=False))
        case ast.Joined(joint="and", parts=parts):
            return all(_takes(part, subject, value) for part in parts)
        case ast.Joined(parts=parts):
            return any(_takes(part, subject, value) for part in parts)
        case _:
            return False


def _holds(left: Fraction | None, sign: ast.Sign, right: Fraction | None) -> bool:
    if left is None or right is None:
        return False
    return (left < right and "<" in sign) or (left > right and ">" in sign) or (left == right and "=" in sign)


def _shared(
    source: SourceText, bands: tuple[ast.Ranged, ...], done: tuple[ast.Ranged, ...], indicator: str
) -> Iterator[Diagnostic]:
    """One finding where an upper end is the lower end of another band, and neither says whether it is in."""
    uppers = {_value(band.high) for band in bands if _open(band)}
    ends: list[tuple[Span, str, str]] = []
    edits: list[str] = []
    shared = False
    for band, new in zip(bands, done, strict=True):
        words = source.slice(band.high.span)
        if not _open(band):
            continue
        takes_low, takes_high = _value(band.low) in uppers, new.high_inclusive is True
        if takes_low:
            shared = True
            ends.append((band.high.span, _shown(band.low), f"「{words}」"))
        if takes_high:
            ends.append((band.high.span, _shown(band.high), f"「{words}」"))
        if takes_low or takes_high:
            edits.append(f"{_shown(band.low)}（含）-{_shown(band.high)}{'（含）' if takes_high else ''}")
    if shared:
        yield file_errors.ends_not_said(source, tuple(ends), tuple(edits), indicator)


def _shown(number: ast.Expression) -> str:
    if not isinstance(number, ast.Number):
        return ""
    return plain(number.value) + unit_of(number.unit).name


def _replaced(item: ast.Item, settled: dict[Span, ast.Ranged]) -> ast.Item:
    return attrs.evolve(
        item,
        pieces=tuple(_piece(piece, settled) for piece in item.pieces),
        items=tuple(_replaced(part, settled) for part in item.items),
    )


def _piece(piece: ast.Piece, settled: dict[Span, ast.Ranged]) -> ast.Piece:
    match piece.sentence:
        case ast.Rule(condition=ast.Ranged() as band) as rule if band.span in settled:
            return attrs.evolve(piece, sentence=attrs.evolve(rule, condition=settled[band.span]))
        case ast.Rule(condition=ast.Joined(parts=(ast.Ranged() as band, *rest)) as both) as rule if (
            band.span in settled
        ):
            joined = attrs.evolve(both, parts=(settled[band.span], *rest))
            return attrs.evolve(piece, sentence=attrs.evolve(rule, condition=joined))
        case _:
            return piece
