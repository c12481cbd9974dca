"""A draft of a later year's rubric, made from an earlier one.

Takes the text of a rubric and two years; gives the text with the years advanced and its standing told, and what its
author must look at. Never changes an issued sentence, and never writes.

Changed are only lines that speak of the edition itself: 评价年度, 性质, the notes at the head (they tell how the earlier one
came about), and lines 上年指标 (they name indicators of a year that is no longer the last; an indicator of the same name is
found by it).
"""

import re
from collections.abc import Iterator

import attrs

from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.parse import parse

YEAR, STATUS_KEYS = "评价年度", ("性质", "状态")
_MENTION = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


@attrs.frozen
class Draft:
    """`issued_year` is reckoned from the earlier one's, None where that states none.

    `renamings` are the lines 上年指标 left out; `mentions` the lines that still name a year, with their numbers.
    """

    text: str
    fiscal_year: int
    issued_year: int | None
    renamings: tuple[str, ...]
    mentions: tuple[tuple[int, str], ...]


def draft_of(source: SourceText, fiscal_year: int, before: int, issued_before: int | None) -> Draft:
    """The draft for `fiscal_year` from the rubric of the year `before`."""
    document = parse(source).value
    issued = None if issued_before is None else issued_before + fiscal_year - before
    years = f"{YEAR}：{fiscal_year}年" + (f"（{issued}年印发）" if issued is not None else "")
    status = f"性质：草案（由 {before} 年度评分表起草，尚未印发）"
    note = (
        f"注：本表为 {fiscal_year} 年度草案，由 {before} 年度评分表起草，尚未印发；未改动的文字沿用 {before} 年度的。"
    )

    edits = [_Edit(span, "") for span in _head_notes(source, document)]
    year_line = next((h for h in document.headers if key(h.key) == YEAR), None)
    status_line = next((h for h in document.headers if h.key in STATUS_KEYS), None)
    if year_line is not None:
        edits.append(_Edit(_whole_line(source, year_line.span), f"{years}\n"))
    if status_line is not None:
        edits.append(_Edit(_whole_line(source, status_line.span), f"{status}\n"))
    renamings = tuple(_renamings(source, document))
    edits += [_Edit(span, "") for _, span in renamings]
    head = [note, *([] if status_line is not None else [status]), *([] if year_line is not None else [years])]
    edits.append(_Edit(Span(0, 0), "".join(f"{line}\n" for line in head)))
    text = _edited(source.text, edits)
    named = tuple(source.slice(span).strip() for told, span in renamings if told)
    return Draft(text, fiscal_year, issued, named, tuple(_mentions(text, {note, status, years})))


@attrs.frozen
class _Edit:
    span: Span
    text: str


def _edited(text: str, edits: list[_Edit]) -> str:
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end), reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def _whole_line(source: SourceText, span: Span) -> Span:
    """From the start of the span's first line to the start of the line after it."""
    starts = source.line_starts
    first, last = source.line_of(span.start), source.line_of(max(span.start, span.end - 1))
    return Span(starts[first], starts[last + 1] if last + 1 < len(starts) else len(source.text))


def _head_notes(source: SourceText, document: ast.Document) -> Iterator[Span]:
    """The notes before anything else is said of the rubric but its headers."""
    tops = [i.dimension_span.start or i.span.start for i in document.indicators] + [
        line.span.start for line in document.shared
    ]
    first = min(tops, default=len(source.text))
    return (_whole_line(source, note.span) for note in document.notes if note.span.start < first)


def _renamings(source: SourceText, document: ast.Document) -> Iterator[tuple[bool, Span]]:
    """Lines 上年指标 with True; the heading 口径 above, with False, where nothing else stands under it."""
    for indicator in document.indicators:
        lines = [line for line in indicator.basis if line.kind is ast.BasisKind.LAST_YEAR]
        yield from ((True, _whole_line(source, line.span)) for line in lines)
        if lines and len(lines) == len(indicator.basis):
            above = source.line_of(lines[0].span.start) - 1
            if source.line_text(above).strip().rstrip("：:") == "口径":
                yield False, _whole_line(source, Span(source.line_starts[above], source.line_starts[above]))


def _mentions(text: str, own: set[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line not in own and _MENTION.search(line):
            yield number, line.strip()


def edition_text(draft: Draft, language_version: int, origins: list[str]) -> str:
    """The description of the draft's edition; `origins` say from what it was drafted."""
    issued = f"印发年份: {draft.issued_year} # 推算的，印发后核对\n" if draft.issued_year is not None else ""
    sources = "".join(f"  - {origin}\n" for origin in origins)
    return (
        f"# 版本说明：{draft.fiscal_year} 年度草案，尚未印发，没有印发单位和文号。\n"
        "# 印发以后，加上“印发单位”“文件名称”“文号”各一行，核对印发年份，把状态改为 正式，评分表中的“性质”也改为正式，\n"
        f"# 然后用 rubric lock {draft.fiscal_year} 锁定。\n"
        f"评价年度: {draft.fiscal_year}\n{issued}状态: 草案\n语言版本: {language_version}\n来源:\n{sources}"
    )
