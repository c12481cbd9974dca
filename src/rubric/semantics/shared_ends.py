"""Ends of bands of which the text does not say whether they are in.

Takes the document with every subject in place; gives it with those ends settled, and one finding for each table whose
bands share an end (`90%以上 … 80%-90%`, `90%以上 … 90%以下`). Of two bands that meet at an end the higher one takes it, unless a
line of 口径 says the lower one; an end that no other band takes is in. Never touches an end that the text settles.
"""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain

import attrs

from rubric.core.numbers import plain
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.semantics import file_errors
from rubric.semantics.units import unit_of
from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.fold import key


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
    settled: dict[Span, ast.Condition] = {}
    for table in _tables(indicator.cell):
        for subject in dict.fromkeys(_subjects(table)):
            about = tuple(band for band in table if subject in _subjects((band,)))
            done = {
                band.span: _settled(band, subject, table) if isinstance(band, ast.Ranged) else band for band in about
            }
            meetings = _meetings(source, about, subject)
            _lowered(indicator, done, meetings)
            settled |= {band.span: done[band.span] for band in about if done[band.span] is not band}
            found.extend(_shared(source, indicator, done, meetings))
    return attrs.evolve(indicator, cell=replaced(indicator.cell, settled)) if settled else indicator


def _subjects(table: Iterable[ast.Condition]) -> Iterator[ast.Expression]:
    """What is compared with a number."""
    for band in table:
        match band:
            case ast.Ranged(subject=subject):
                yield subject
            case ast.Comparison(operands=(subject, ast.Number())):
                yield subject
            case ast.Joined(joint="and", parts=(ast.Comparison() as low, ast.Comparison() as high)):
                yield from set(_subjects((low,))) & set(_subjects((high,)))
            case _:
                pass


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


# --- ends that two bands share ----------------------------------------------------------------------------------------


@attrs.frozen
class End:
    """An end of `band` of which nothing says whether it is in; `upper` where the band lies below it."""

    band: ast.Condition
    number: ast.Number
    upper: bool


@attrs.frozen
class Meeting:
    """`value` ends the band of `below` and begins that of `above`."""

    value: Fraction
    above: End
    below: End


def _ends(source: SourceText, band: ast.Condition, subject: ast.Expression) -> Iterator[End]:
    match band:
        case ast.Ranged() if band.subject == subject and _open(band):
            yield End(band, band.low, False)
            yield End(band, band.high, True)
        case ast.Comparison(operands=(own, ast.Number() as number), signs=(sign,)) if own == subject:
            if _LOOSE.match(_after(source, number)) and not _SAID.search(_before(source, number)):
                yield End(band, number, sign in ("<", "<="))
        case ast.Joined(joint="and", parts=parts):
            ends = chain.from_iterable(_ends(source, part, subject) for part in parts)
            yield from (attrs.evolve(end, band=band) for end in ends)
        case _:
            pass


# 以上 and 以下 without 含 or 不含, and without words before the number that say the same.
_LOOSE = re.compile(r"(以上|之上|以下|之下)(?!\(不?包?含|及)")
_SAID = re.compile(
    r"(≥|≤|>|<|=|不低于|不少于|不高于|不超过|达到?|至少|超过|高于|大于|多于|低于|小于|少于|不足|不满|不到|等于)$"
)


def _after(source: SourceText, number: ast.Number) -> str:
    return key(source.text[number.span.end : number.span.end + 8])


def _before(source: SourceText, number: ast.Number) -> str:
    return key(source.text[max(0, number.span.start - 5) : number.span.start])


def _meetings(source: SourceText, bands: Iterable[ast.Condition], subject: ast.Expression) -> tuple[Meeting, ...]:
    """Numbers that one band ends at and another begins at, where neither says whether it is in."""
    ends = [end for band in bands for end in _ends(source, band, subject)]
    found: dict[Fraction, Meeting] = {}
    for above in (end for end in ends if not end.upper):
        for below in (end for end in ends if end.upper and end.band is not above.band):
            value = _value(above.number)
            if value is not None and value == _value(below.number):
                found.setdefault(value, Meeting(value, above, below))
    return tuple(found.values())


def _line(indicator: ast.Indicator, meeting: Meeting) -> ast.BasisLine | None:
    """The line of 口径 that says in which band the number is: `“90%”按数小的一档计`."""
    word = key(_shown(meeting.above.number))
    lines = (b for b in indicator.basis if b.kind is ast.BasisKind.COUNTED and b.options and key(b.word) == word)
    return next((line for line in lines if re.search("[大小高低]的?一档", line.options[0].name + line.text)), None)


def _lowered(indicator: ast.Indicator, done: dict[Span, ast.Condition], meetings: Iterable[Meeting]) -> None:
    """The bands whose shared end a line of 口径 puts into the lower one."""
    for meeting in meetings:
        line = _line(indicator, meeting)
        if line is not None and re.search("[小低]的?一档", line.options[0].name + line.text):
            for end in (meeting.above, meeting.below):
                done[end.band.span] = _with_end(done[end.band.span], meeting.value, upper=end.upper)


def _with_end(band: ast.Condition, value: Fraction, *, upper: bool) -> ast.Condition:
    """The band with `value` in where it is its upper end, and out where it is its lower one."""
    match band:
        case ast.Ranged() if upper:
            return attrs.evolve(band, low_inclusive=band.low_inclusive is not False, high_inclusive=True)
        case ast.Ranged():
            return attrs.evolve(band, low_inclusive=False, high_inclusive=bool(band.high_inclusive))
        case ast.Comparison(operands=(_, number), signs=(sign,)) if _value(number) == value:
            return attrs.evolve(band, signs=("<=" if upper else ">",)) if (sign in ("<", "<=")) == upper else band
        case ast.Joined(parts=parts):
            return attrs.evolve(band, parts=tuple(_with_end(part, value, upper=upper) for part in parts))
        case _:
            return band


def _shared(
    source: SourceText, indicator: ast.Indicator, done: dict[Span, ast.Condition], meetings: tuple[Meeting, ...]
) -> Iterator[Diagnostic]:
    """One finding for the ends of a table that are shared, and that no line settles."""
    open_ones = tuple(meeting for meeting in meetings if _line(indicator, meeting) is None)
    if not open_ones:
        return
    places = {meeting.above.band.span: meeting for meeting in open_ones}
    between_ranges = any(
        isinstance(m.above.band, ast.Ranged) and isinstance(m.below.band, ast.Ranged) for m in open_ones
    )
    ends: list[tuple[Span, str, str]] = []
    edits: list[str] = []
    for span, band in done.items():
        meeting = places.get(span)
        match band:
            case ast.Ranged() as band:
                top = band.high_inclusive is True and between_ranges
                inner = meeting is not None or (top and not _said_before(source, band))
                words = source.slice(band.high.span)
                if meeting is not None:
                    ends.append((band.high.span, _shown(band.low), f"「{words}」"))
                if inner and top:
                    ends.append((band.high.span, _shown(band.high), f"「{words}」"))
                if inner:
                    edits.append(f"{_shown(band.low)}（含）-{_shown(band.high)}{'（含）' if top else ''}")
            case _ if meeting is not None:
                number = meeting.above.number
                words = _LOOSE.match(_after(source, number))
                assert words is not None
                ends.append((number.span, _shown(number), f"「{source.slice(number.span)}{words[0]}」"))
                edits.append(f"{_shown(number)}（含）{words[0]}")
            case _:
                pass
    giving = {band.span: piece for piece in pieces_of(indicator.cell) for band in _bands_of(piece)}
    results = tuple(
        (_shown(m.above.number), given(source, giving[m.above.band.span]), given(source, giving[m.below.band.span]))
        for m in open_ones
        if m.above.band.span in giving and m.below.band.span in giving
    )
    yield file_errors.ends_not_said(source, tuple(ends), tuple(edits), results, indicator.name)


def _said_before(source: SourceText, band: ast.Ranged) -> bool:
    return "含" in source.slice(band.high.span)


def pieces_of(item: ast.Item) -> Iterator[ast.Piece]:
    yield from item.pieces
    for part in item.items:
        yield from pieces_of(part)


def _bands_of(piece: ast.Piece) -> Iterator[ast.Condition]:
    match piece.sentence:
        case ast.Rule(condition=ast.Joined(parts=(ast.Ranged() as band, *_)) as both):
            yield from (band, both)
        case ast.Rule(condition=condition):
            yield condition
        case _:
            pass


def given(source: SourceText, piece: ast.Piece) -> str:
    """What a band gives, in the words of a result."""
    match piece.sentence:
        case ast.Rule(outcome=ast.Award(points=None, share=None)):
            return "得满分"
        case ast.Rule(outcome=ast.Award(points=Fraction() as points, deducted=deducted)):
            return f"{'扣' if deducted else '得'} {plain(points)} 分"
        case ast.Rule(outcome=ast.Graded(name=name)):
            return f"为{name}"
        case ast.Rule(outcome=outcome):
            return f"「{source.slice(outcome.span)}」"
        case _:
            return "按这一句计"


def _shown(number: ast.Expression) -> str:
    if not isinstance(number, ast.Number):
        return ""
    return plain(number.value) + unit_of(number.unit).name


def replaced(item: ast.Item, settled: dict[Span, ast.Condition]) -> ast.Item:
    return attrs.evolve(
        item,
        pieces=tuple(_piece(piece, settled) for piece in item.pieces),
        items=tuple(replaced(part, settled) for part in item.items),
    )


def _piece(piece: ast.Piece, settled: dict[Span, ast.Condition]) -> ast.Piece:
    match piece.sentence:
        case ast.Rule(condition=condition) as rule if condition.span in settled:
            return attrs.evolve(piece, sentence=attrs.evolve(rule, condition=settled[condition.span]))
        case ast.Rule(condition=ast.Joined(parts=(ast.Ranged() as band, *rest)) as both) as rule if (
            band.span in settled
        ):
            joined = attrs.evolve(both, parts=(settled[band.span], *rest))
            return attrs.evolve(piece, sentence=attrs.evolve(rule, condition=joined))
        case _:
            return piece
