"""Where each line of a file stands: under which heading, in which section.

Takes a source text; gives its lines with something on them, each with its place. Never looks inside a sentence.

Headings carry the structure, not indentation or blank lines: Word and WPS lose both.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

import attrs

from rubric.source import SourceText, Span
from rubric.syntax.headings import Slip, slip_of


class Section(StrEnum):
    DESCRIPTION = "指标说明"
    CELL = "评分标准"
    DATA = "数据"
    BASIS = "口径"


class Place(StrEnum):
    """What a line is. A line that is `STRAY` or `LOST` stands where nothing can be meant by it."""

    HEADER = "文件头"
    NOTE = "注"
    DIMENSION_HEADING = "一级指标"
    CATEGORY_HEADING = "二级指标"
    INDICATOR_HEADING = "三级指标"
    SCORING_HEADING = "计分办法"
    SHARED_HEADING = "共用数据"
    SECTION_HEADING = "小标题"
    SCORING_SECTION = "计分办法的小标题"
    SCORING = "计分办法的一行"
    ISSUED_SCORING = "印发的计分办法的一行"
    SHARED = "共用数据的一行"
    DESCRIPTION = "指标说明的一行"
    CELL = "评分标准的一行"
    DATA = "数据的一行"
    BASIS = "口径的一行"
    STRAY = "多出的一行"
    STRAY_IN_INDICATOR = "指标中多出的一行"
    LOST = "小标题不明的一行"


@attrs.frozen
class PlacedLine:
    """`span` is the line without its margins; `name` what a heading of an indicator, category or dimension names."""

    place: Place
    span: Span
    name: Span
    slip: Slip | None = None


_HEADING = re.compile(r"(一级|二级|三级)指标[\s\u3000]*[：:]?[\s\u3000]*(?=\S)")
_SECTION = re.compile(r"(指标说明|评分标准|数据|口径)[\s\u3000]*[：:]?$")
_SHARED = re.compile(r"共用数据[\s\u3000]*[：:]?$")
_SCORING = re.compile(r"计分办法[\s\u3000]*([（(].*[）)])?[\s\u3000]*[：:]?$")
_NOTE = re.compile(r"(注|说明)[\s\u3000]*\d*[\s\u3000]*[：:]")
_HEADER = re.compile(r"[^：:，。；]{2,12}[：:]")
_LEVELS = {"一级": Place.DIMENSION_HEADING, "二级": Place.CATEGORY_HEADING, "三级": Place.INDICATOR_HEADING}
_SECTIONS = {
    Section.DESCRIPTION: Place.DESCRIPTION,
    Section.CELL: Place.CELL,
    Section.DATA: Place.DATA,
    Section.BASIS: Place.BASIS,
}
# What a line is that follows another, where it is no heading itself.
_TOP, _UNDER_HEADING = Place.HEADER, Place.STRAY
_IN_INDICATOR = frozenset({Place.STRAY_IN_INDICATOR, *_SECTIONS.values()})
_IN_SCORING = frozenset({Place.SCORING, Place.ISSUED_SCORING})


def placed_lines(source: SourceText) -> Iterator[PlacedLine]:
    """The lines of `source`, each put where its heading says.

    A line that is nearly a heading, and can only be one, counts as it; the lines under one that could be several are lost.
    """
    within, lost_inside = _TOP, False
    for span in content_lines(source):
        text = source.slice(span)
        inside = within in _IN_INDICATOR or (within is Place.LOST and lost_inside)
        slip = slip_of(text, span, inside)
        moved = 0
        if slip is not None:
            if slip.only is None:
                within, lost_inside = Place.LOST, inside
                yield PlacedLine(Place.LOST, span, span, slip)
                continue
            moved = len(slip.written) - len(slip.only)
            text = slip.only + text[len(slip.written) :]
        place, name = _heading(text, span, moved, within, inside)
        match place:
            case None:
                place = _of_a_line(text, within)
            case Place.DIMENSION_HEADING | Place.CATEGORY_HEADING:
                within = _UNDER_HEADING
            case Place.INDICATOR_HEADING:
                within = Place.STRAY_IN_INDICATOR
            case Place.SECTION_HEADING:
                within = _SECTIONS[_section(text)]
            case Place.SHARED_HEADING:
                within = Place.SHARED
            case Place.SCORING_SECTION:
                within = Place.ISSUED_SCORING if _section(text) is Section.CELL else Place.SCORING
            case _:
                within = Place.SCORING
        yield PlacedLine(place, span, name, slip)


def _heading(text: str, span: Span, moved: int, within: Place, inside: bool) -> tuple[Place | None, Span]:
    """Which heading the line is, and where its name stands; a slip in the word has `moved` the name."""
    heading = _HEADING.match(text)
    if heading and not text.rstrip().endswith(("。", "；")):
        return _LEVELS[heading[1]], Span(span.start + heading.end() + moved, span.end)
    if _SHARED.match(text):
        return Place.SHARED_HEADING, span
    if _SCORING.match(text):
        return Place.SCORING_HEADING, span
    if _SECTION.match(text) and inside:
        return Place.SECTION_HEADING, span
    if _SECTION.match(text) and within in _IN_SCORING:
        return Place.SCORING_SECTION, span
    return None, span


def _section(text: str) -> Section:
    match = _SECTION.match(text)
    assert match is not None
    return Section(match[1])


def _of_a_line(text: str, within: Place) -> Place:
    if within in (_TOP, _UNDER_HEADING) and _NOTE.match(text):
        return Place.NOTE
    if within is _TOP and not _HEADER.match(text):
        return Place.STRAY
    return within


def content_lines(source: SourceText) -> Iterator[Span]:
    """Lines with something on them, without their margins; a line that begins with `#` is the author's comment."""
    yield from (span for span in trimmed_lines(source) if not is_blank(span) and not is_comment(source, span))


def trimmed_lines(source: SourceText) -> Iterator[Span]:
    """Every line without its margins."""
    starts = source.line_starts
    for line, start in enumerate(starts):
        end = starts[line + 1] if line + 1 < len(starts) else len(source.text)
        yield trimmed(source.text, Span(start, end))


def is_blank(span: Span) -> bool:
    return span.start == span.end


def is_comment(source: SourceText, span: Span) -> bool:
    return not is_blank(span) and source.text[span.start] in "#＃"


BLANK = " \t\r\n\u3000\ufeff\u00a0\u200b"


def trimmed(text: str, span: Span) -> Span:
    """`span` without blanks at its ends."""
    start, end = span.start, span.end
    while start < end and text[start] in BLANK:
        start += 1
    while end > start and text[end - 1] in BLANK:
        end -= 1
    return Span(start, end)
