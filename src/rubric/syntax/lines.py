"""The structure of a file, by its lines: headings, sections, numbered items, sentences.

Takes a source text; gives an outline of raw spans. Never looks inside a sentence.

Headings carry the structure, not indentation or blank lines: Word and WPS lose both. Inside a cell three things end a
sentence: `。`, `；` and a line end. A numbered item begins at its number, at the start of a line or, where the breaks are
lost, after the end of a sentence if its number continues the series (`…酌情扣分。4. 发生…`).
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


@attrs.frozen
class RawItem:
    """A numbered part of a cell: its own sentences, then its parts."""

    path: str
    sentences: tuple[Span, ...]
    items: tuple["RawItem", ...]
    span: Span


@attrs.frozen
class RawIndicator:
    dimension: str
    category: str
    heading: Span
    description: tuple[Span, ...]
    cell: tuple[Span, ...]
    data: tuple[Span, ...]
    basis: tuple[Span, ...]
    stray: tuple[Span, ...]
    dimension_heading: Span | None


@attrs.frozen
class Outline:
    """Lines by where they stand; `stray` are lines before the first heading that are neither header nor note.

    `slips` are lines that are nearly headings: one that can only be one heading counts as it; the lines under one that
    could be several stand nowhere.
    """

    headers: tuple[Span, ...]
    notes: tuple[Span, ...]
    scoring: tuple[Span, ...]
    shared: tuple[Span, ...]
    indicators: tuple[RawIndicator, ...]
    stray: tuple[Span, ...]
    slips: tuple[Slip, ...] = ()


_HEADING = re.compile(r"(一级|二级|三级)指标[\s\u3000]*[：:]?[\s\u3000]*(?=\S)")
_SECTION = re.compile(r"(指标说明|评分标准|数据|口径)[\s\u3000]*[：:]?$")
_SHARED = re.compile(r"共用数据[\s\u3000]*[：:]?$")
_SCORING = re.compile(r"计分办法[\s\u3000]*([（(].*[）)])?[\s\u3000]*[：:]?$")
_NOTE = re.compile(r"(注|说明)[\s\u3000]*\d*[\s\u3000]*[：:]")
_HEADER = re.compile(r"[^：:，。；]{2,12}[：:]")


def outline(source: SourceText) -> Outline:
    """The lines of `source`, each put where its heading says."""
    lists: dict[str, list[Span]] = {key: [] for key in ("headers", "notes", "scoring", "shared", "stray")}
    indicators: list[_Open] = []
    dimension, category = "", ""
    dimension_heading: Span | None = None
    place = "top"
    slips: list[Slip] = []
    for span in content_lines(source):
        text = source.slice(span)
        moved = 0
        slip = slip_of(text, span, place in ("indicator", "lost", *Section))
        if slip is not None:
            slips.append(slip)
            if slip.only is None:
                place = "lost" if place in ("indicator", *Section) else "nowhere"
                continue
            moved = len(slip.written) - len(slip.only)
            text = slip.only + text[len(slip.written) :]
        heading = _HEADING.match(text)
        section = _SECTION.match(text)
        if heading and not text.rstrip().endswith(("。", "；")):
            if heading[1] == "三级":
                indicators.append(
                    _Open(dimension, category, Span(span.start + heading.end() + moved, span.end), dimension_heading)
                )
                place = "indicator"
            elif heading[1] == "一级":
                dimension, category = _bare_name(text[heading.end() :]), ""
                dimension_heading, place = Span(span.start + heading.end() + moved, span.end), "heading"
            else:
                category, place = _bare_name(text[heading.end() :]), "heading"
        elif _SHARED.match(text):
            place = "shared"
        elif _SCORING.match(text):
            place = "scoring"
        elif section and place in ("indicator", "lost", *Section):
            place = Section(section[1])
        elif section and place == "scoring":
            continue
        elif place in ("top", "heading") and _NOTE.match(text):
            lists["notes"].append(span)
        elif place == "top":
            lists["headers" if _HEADER.match(text) else "stray"].append(span)
        elif place in ("scoring", "shared"):
            lists[place].append(span)
        elif place == "heading":
            lists["stray"].append(span)
        elif place in ("lost", "nowhere"):
            continue
        else:
            indicators[-1].lines.setdefault(place, []).append(span)
    return Outline(
        tuple(lists["headers"]),
        tuple(lists["notes"]),
        tuple(lists["scoring"]),
        tuple(lists["shared"]),
        tuple(indicator.closed() for indicator in indicators),
        tuple(lists["stray"]),
        tuple(slips),
    )


class _Open:
    """An indicator whose lines are still being gathered; an inner detail of `outline`."""

    def __init__(self, dimension: str, category: str, heading: Span, dimension_heading: Span | None) -> None:
        self.dimension = dimension
        self.category = category
        self.heading = heading
        self.dimension_heading = dimension_heading
        self.lines: dict[str, list[Span]] = {}

    def closed(self) -> RawIndicator:
        description, cell, data, basis = (tuple(self.lines.get(section, ())) for section in Section)
        stray = tuple(self.lines.get("indicator", ()))
        return RawIndicator(
            self.dimension,
            self.category,
            self.heading,
            description,
            cell,
            data,
            basis,
            stray,
            self.dimension_heading,
        )


def _bare_name(text: str) -> str:
    return re.sub(r"[（(]\s*\d+(\.\d+)?\s*分?\s*[）)]\s*$", "", text).strip()


def content_lines(source: SourceText) -> Iterator[Span]:
    """Lines with something on them, without their margins; a line that begins with `#` is the author's comment."""
    starts = source.line_starts
    for line, start in enumerate(starts):
        end = starts[line + 1] if line + 1 < len(starts) else len(source.text)
        span = trimmed(source.text, Span(start, end))
        if span.start < span.end and source.text[span.start] not in "#＃":
            yield span


_BLANK = " \t\r\n\u3000\ufeff\u00a0"


def trimmed(text: str, span: Span) -> Span:
    """`span` without blanks at its ends."""
    start, end = span.start, span.end
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return Span(start, end)


# --- items of a cell --------------------------------------------------------------------------------------------------

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = "一二三四五六七八九十"
_MARKERS = (
    ("1.", re.compile(r"(\d{1,2})\s*(?:[.．](?!\d)|、)")),
    ("(1)", re.compile(r"[（(]\s*(\d{1,2})\s*[）)]")),
    ("①", re.compile(f"([{_CIRCLED}])")),
    ("(一)", re.compile(f"[（(]\\s*([{_CHINESE}])\\s*[）)]")),
    ("一、", re.compile(f"([{_CHINESE}])[、.．](?=\\S)")),
    ("一是", re.compile(f"([{_CHINESE}])是")),
)


@attrs.frozen
class _Marker:
    style: str
    number: int
    start: int
    end: int


def items(source: SourceText, lines: tuple[Span, ...]) -> RawItem:
    """The cell as a tree of numbered items; text before the first number belongs to the cell itself."""
    markers = tuple(_markers(source.text, lines))
    stops = [m.start for m in markers]
    top, own = _own_text(lines, 0, stops[0] if stops else None)
    whole = lines[0].to(lines[-1]) if lines else own
    parts = _nested(source, lines, markers, 0, len(markers), "")
    return RawItem("", tuple(_sentences(source.text, top)), parts, whole)


def _nested(
    source: SourceText, lines: tuple[Span, ...], markers: tuple[_Marker, ...], first: int, last: int, path: str
) -> tuple[RawItem, ...]:
    """Items from `markers[first:last]`: those of the style that comes first are this level, the rest lie below."""
    found: list[RawItem] = []
    index = first
    while index < last:
        marker = markers[index]
        after = index + 1
        while after < last and markers[after].style != marker.style:
            after += 1
        here = _path(path, marker)
        end = markers[after].start if after < len(markers) else None
        own_end = markers[index + 1].start if index + 1 < after else end
        own, span = _own_text(lines, marker.end, own_end)
        below = _nested(source, lines, markers, index + 1, after, here)
        whole = Span(marker.start, max([span.end, *(item.span.end for item in below)]))
        found.append(RawItem(here, tuple(_sentences(source.text, own)), below, whole))
        index = after
    return tuple(found)


def _path(above: str, marker: _Marker) -> str:
    return f"{above}（{marker.number}）" if above else str(marker.number)


def _own_text(lines: tuple[Span, ...], start: int, end: int | None) -> tuple[list[Span], Span]:
    """The parts of `lines` from `start` to `end`, and the span they cover."""
    parts: list[Span] = []
    for line in lines:
        low, high = max(line.start, start), line.end if end is None else min(line.end, end)
        if low < high:
            parts.append(Span(low, high))
    return parts, parts[0].to(parts[-1]) if parts else Span(start, start)


def _markers(text: str, lines: tuple[Span, ...]) -> Iterator[_Marker]:
    """Numbers that begin an item. A style that has been left must go on from its last number, or begin again at 1."""
    last: dict[str, int] = {}
    for line in lines:
        starts = [line.start, *_possible_starts(text, line)]
        for position, start in enumerate(starts):
            marker = _marker_at(text, start, line.end)
            if marker is None:
                continue
            at_line_start = position == 0
            continues = marker.number == last.get(marker.style, 0) + 1
            restarts = marker.number == 1 and _below(marker.style, last)
            if at_line_start or continues or restarts:
                for style in [s for s in last if _depth(s, last) > _depth(marker.style, last)]:
                    del last[style]
                last[marker.style] = marker.number
                yield marker


def _possible_starts(text: str, line: Span) -> Iterator[int]:
    """Places inside a line where an item could begin: after the end of a sentence, `：`, or a blank."""
    for index in range(line.start, line.end - 1):
        if text[index] in "。；;：:，," or (text[index] in " \u3000" and text[index - 1 : index] not in _BLANK):
            follow = index + 1
            while follow < line.end and text[follow] in _BLANK:
                follow += 1
            yield follow


def _marker_at(text: str, start: int, end: int) -> _Marker | None:
    for style, pattern in _MARKERS:
        match = pattern.match(text, start, end)
        if match and (style != "1." or text[match.end() - 1] != "、" or _after_sentence(text, start)):
            return _Marker(style, _number(match[1]), start, match.end())
    return None


def _after_sentence(text: str, start: int) -> bool:
    """`3、` is a number of an item only after a line end or the end of a sentence: `3、6、9、12月` is a list."""
    before = text[:start].rstrip(" \t\u3000")[-1:]
    return not before or before in "\r\n。；;"


def _number(text: str) -> int:
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    return int(text) if text.isdigit() else _CHINESE.index(text) + 1


def _depth(style: str, last: dict[str, int]) -> int:
    order = list(last)
    return order.index(style) if style in order else len(order)


def _below(style: str, last: dict[str, int]) -> bool:
    """A style not met yet opens a level below the ones met (`：（1）…`)."""
    return style not in last


_OPEN, _CLOSE = "（(“「[【", "）)”」]】"


def _sentences(text: str, parts: list[Span]) -> Iterator[Span]:
    """Sentences: they end at 。；; outside brackets, and at a line end."""
    for part in parts:
        depth, start = 0, part.start
        for index in range(part.start, part.end):
            character = text[index]
            depth += (character in _OPEN) - (character in _CLOSE and depth > 0)
            if character in "。；;" and depth == 0 and not _in_entity(text, index):
                yield from _kept(text, Span(start, index + 1))
                start = index + 1
        yield from _kept(text, Span(start, part.end))


def _kept(text: str, span: Span) -> Iterator[Span]:
    whole = trimmed(text, span)
    if whole.start < whole.end and text[whole.start : whole.end].strip("。；;"):
        yield whole


def _in_entity(text: str, index: int) -> bool:
    return text[index] == ";" and bool(re.search(r"&[a-z]{2,4}$", text[max(0, index - 5) : index]))
