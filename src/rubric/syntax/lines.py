"""The structure of a file, by its lines: indicators with their sections, numbered items, sentences.

Takes a source text; gives an outline of raw spans. Never looks inside a sentence.

Inside a cell three things end a sentence: `。`, `；` and a line end. A numbered item begins at its number, at the start of
a line or, where the breaks are lost, after the end of a sentence if its number continues the series (`…酌情扣分。4. 发生…`).
"""

import re
from collections.abc import Iterator

import attrs

from rubric.source import SourceText, Span
from rubric.syntax.headings import Slip
from rubric.syntax.placing import BLANK, Place, PlacedLine, placed_lines, trimmed


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


def outline(source: SourceText) -> Outline:
    """The lines of `source`, gathered by their places."""
    lines = tuple(placed_lines(source))

    def at(*places: Place) -> tuple[Span, ...]:
        return tuple(line.span for line in lines if line.place in places)

    return Outline(
        at(Place.HEADER),
        at(Place.NOTE),
        at(Place.SCORING, Place.ISSUED_SCORING),
        at(Place.SHARED),
        tuple(_indicators(source, lines)),
        at(Place.STRAY),
        tuple(line.slip for line in lines if line.slip is not None),
    )


def _indicators(source: SourceText, lines: tuple[PlacedLine, ...]) -> Iterator[RawIndicator]:
    """Each from its heading to the next one's, below the dimension and the category that stand last before it."""
    dimension = category = heading = None
    above: tuple[Span | None, Span | None] = None, None
    own: list[PlacedLine] = []
    for line in lines:
        match line.place:
            case Place.DIMENSION_HEADING:
                dimension, category = line.name, None
            case Place.CATEGORY_HEADING:
                category = line.name
            case Place.INDICATOR_HEADING:
                if heading is not None:
                    yield _indicator(source, heading, *above, own)
                heading, above, own = line.name, (dimension, category), []
            case _:
                own.append(line)
    if heading is not None:
        yield _indicator(source, heading, *above, own)


def _indicator(
    source: SourceText, heading: Span, dimension: Span | None, category: Span | None, lines: list[PlacedLine]
) -> RawIndicator:
    def at(place: Place) -> tuple[Span, ...]:
        return tuple(line.span for line in lines if line.place is place)

    return RawIndicator(
        _bare_name(source.slice(dimension)) if dimension else "",
        _bare_name(source.slice(category)) if category else "",
        heading,
        at(Place.DESCRIPTION),
        at(Place.CELL),
        at(Place.DATA),
        at(Place.BASIS),
        at(Place.STRAY_IN_INDICATOR),
        dimension,
    )


def _bare_name(text: str) -> str:
    return re.sub(r"[（(]\s*\d+(\.\d+)?\s*分?\s*[）)]\s*$", "", text).strip()


# --- items of a cell --------------------------------------------------------------------------------------------------

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = "一二三四五六七八九十"
_MARKERS = (
    ("1.", re.compile(r"(\d{1,2})\s*(?:\.(?!\d+(?:\.\d+)?[^\d%％.])|．(?!\d+[^\d%％.])|、)")),
    ("(1)", re.compile(r"[（(]\s*(\d{1,2})\s*[）)]")),
    ("1)", re.compile(r"(\d{1,2})\s*[）)](?!\s*[×÷*/+=-])")),
    ("①", re.compile(f"([{_CIRCLED}])")),
    ("(一)", re.compile(f"[（(]\\s*([{_CHINESE}])\\s*[）)]")),
    ("一、", re.compile(f"([{_CHINESE}])[、.．](?=\\S)")),
    ("一是", re.compile(f"([{_CHINESE}])是")),
)


_SECOND = re.compile(r"(?:^|[。；;\n])[ \t\u3000]*2\s*[.．、]", re.MULTILINE)


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
    parts, closing = _closing(source.text, parts)
    return RawItem("", (*_sentences(source.text, top), *closing), parts, whole)


# Words that speak of the whole list, not of its last part.
_OF_ALL = re.compile(
    r"本项|本指标|此项|该项|总分|总得分|以上|上述|合计|累计|各项|[两三四五六]项|每项|每具备|每满足|每符合|各得|各占|各计|满足[一二两三四五六\d]|具备[一二两三四五六\d]"
    r"|^(?:均|都)?(?:未|没有|不)(?:发生|出现|存在)(?:上述|以上)?(?:情形|情况|行为|问题)?的?,?[得计]"
    r"|★|▲|[二两三]者|全部(符合|具备|满足)|第[①-⑳]|[①-⑳]"
)


def _closing(text: str, parts: tuple[RawItem, ...]) -> tuple[tuple[RawItem, ...], tuple[Span, ...]]:
    """A list whose parts end in `；` and the last in `。`: sentences behind that stop which speak of the whole list."""
    if len(parts) < 2 or any(part.items or len(part.sentences) != 1 for part in parts[:-1]):
        return parts, ()
    last = parts[-1]
    stops = {text[part.sentences[0].end - 1] for part in parts[:-1]}
    if last.items or len(last.sentences) < 2 or stops & {"。"} or text[last.sentences[0].end - 1] != "。":
        return parts, ()
    behind = last.sentences[1:]
    words = text[behind[0].start : behind[0].end]
    if not (_OF_ALL.search(words) and re.search("[得扣计占加].{0,6}分|不得分|扣完", words)):
        return parts, ()
    own = RawItem(last.path, last.sentences[:1], (), Span(last.span.start, last.sentences[0].end))
    return (*parts[:-1], own), behind


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
    listed = any(_SECOND.search(text, line.start, line.end) for line in lines)
    for line in lines:
        starts = [line.start, *_possible_starts(text, line)]
        for position, start in enumerate(starts):
            marker = _marker_at(text, start, line.end)
            if marker is None:
                continue
            at_line_start = position == 0
            continues = marker.number == last.get(marker.style, 0) + 1
            restarts = marker.number == 1 and _below(marker.style, last)
            if _like_a_decimal(text, marker) and not (continues and (marker.number > 1 or listed)):
                continue
            if _like_a_half_width_decimal(text, marker) and not (continues and _met_elsewhere(text, lines, marker)):
                continue
            if at_line_start or continues or restarts:
                for style in [s for s in last if _depth(s, last) > _depth(marker.style, last)]:
                    del last[style]
                last[marker.style] = marker.number
                yield marker


def _like_a_decimal(text: str, marker: _Marker) -> bool:
    """`3．0%≤…` opens with a number of its own, `1．90%≤…` with its place in a list: only a list tells them apart."""
    return text[marker.end - 1] == "．" and text[marker.end : marker.end + 1].isdigit()


def _like_a_half_width_decimal(text: str, marker: _Marker) -> bool:
    return text[marker.end - 1] == "." and text[marker.end : marker.end + 1].isdigit()


def _met_elsewhere(text: str, lines: tuple[Span, ...], marker: _Marker) -> bool:
    """`2.95%≤…` is the second of a list where 95% stands in another band of the cell, and 2.95% in none."""
    cell = "\n".join(text[line.start : line.end] for line in lines)
    behind = re.compile(r"\d+(?:\.\d+)?").match(text, marker.end)
    assert behind is not None
    alone = re.findall(rf"(?<![\d.．]){re.escape(behind[0])}(?![\d.．])", cell)
    return bool(alone) and cell.count(f"{marker.number}.{behind[0]}") == 1


def _possible_starts(text: str, line: Span) -> Iterator[int]:
    """Places inside a line where an item could begin: after the end of a sentence, `：`, or a blank.

    A circled number may begin one anywhere (`…（1分）②…`), unless it is spoken of (`第②项`, `①②均…`).
    """
    for index in range(line.start, line.end - 1):
        if text[index] in _CIRCLED and index > line.start and text[index - 1] not in f"第、和及与{_CIRCLED}":
            yield index
        if text[index] in "。；;：:，,>" or (text[index] in " \u3000" and text[index - 1 : index] not in BLANK):
            follow = index + 1
            while follow < line.end and text[follow] in BLANK:
                follow += 1
            yield follow


def _marker_at(text: str, start: int, end: int) -> _Marker | None:
    for style, pattern in _MARKERS:
        match = pattern.match(text, start, end)
        if match and _may_begin(text, style, match, end):
            return _Marker(style, _number(match[1]), start, match.end())
    return None


def _may_begin(text: str, style: str, match: re.Match[str], end: int) -> bool:
    if style == "1)":  # a bracket without its partner, and not the end of one that began before
        line = text.rfind("\n", 0, match.start()) + 1
        before = text[line : match.start()]
        opened = sum(before.count(c) for c in "（(") - sum(before.count(c) for c in "）)")
        numbers = len(re.findall(r"(?:^|[。；;：:\s])\d{1,2}\s*[）)]", before))
        return opened + numbers <= 0 and (not before.strip() or before.rstrip(" \t\u3000")[-1] in "。；;：:，,>")
    return style != "1." or text[match.end() - 1] != "、" or _after_sentence(text, match.start())


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
            elif character == "<" and (broken := _BREAK.match(text, index, part.end)):
                yield from _kept(text, Span(start, index))
                start, depth = broken.end(), 0
        if start < part.end:
            yield from _kept(text, Span(start, part.end))


def _kept(text: str, span: Span) -> Iterator[Span]:
    whole = trimmed(text, span)
    if whole.start < whole.end and text[whole.start : whole.end].strip("。；;"):
        yield whole


# A line break that export left in the text.
_BREAK = re.compile("<br *\\/?>|</?p>", re.IGNORECASE)


def _in_entity(text: str, index: int) -> bool:
    return text[index] == ";" and bool(re.search(r"&[a-z]{2,4}$", text[max(0, index - 5) : index]))
