"""Findings as text and as JSON values.

Takes a `Diagnostic`; gives what the reader sees. Never decides anything and never prints.

A source line is shown as written; the row under it repeats its widths, so that marks stand under their characters:

    12 |     60 及以下 得 3 分
       |     ^^^＾＾＾          上一档到 60 为止（含）

Under a wide character stands a full-width blank or ＾, under a narrow one a blank or ^. What a terminal cannot show
safely (control and format characters) is shown as a visible stand-in; a tab takes four blanks. A line wider than
`LINE_CELLS` is clipped around the span; the clip sign is three dots, because the width of … is in doubt.
"""

from collections.abc import Iterable
from unicodedata import category, combining, east_asian_width

from rubric.diagnostics.model import Diagnostic, Hint, Label, Severity
from rubric.source import SourceText, Span, display_width

SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
LINE_CELLS = 96
MARK_COLUMN_CELLS = 72
_BEFORE_SPAN = 16
_CLIP = "..."
_TAB = "    "


def render(diagnostic: Diagnostic) -> str:
    """One finding, without a final line end."""
    lines = [f"{SEVERITY_WORDS[diagnostic.severity]}[{diagnostic.code}] {_shown(diagnostic.title)}"]
    gutter = _gutter_width(diagnostic.labels)
    for source, labels in _by_source(diagnostic.labels):
        if source is None:
            lines += [f"   {_shown(label.text)}" for label in labels if label.text]
        else:
            lines += _source_rows(source, labels, gutter)
    for hint in diagnostic.hints:
        lines += _hint_rows(hint)
    lines.append(f"详见：rubric explain {diagnostic.code}")
    return "\n".join(lines)


def render_all(diagnostics: Iterable[Diagnostic]) -> str:
    """All findings in the given order, a blank line between two; empty where there is none."""
    return "\n\n".join(render(diagnostic) for diagnostic in diagnostics)


def as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """One finding as JSON values. Lines and columns count from 1, columns in code points; an end is exclusive."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "title": diagnostic.title,
        "indicator": diagnostic.indicator,
        "place": diagnostic.place,
        "remedy": diagnostic.remedy,
        "labels": [_label_as_json(label) for label in diagnostic.labels],
    }


def _label_as_json(label: Label) -> dict[str, object]:
    if label.source is None:
        return {"source": None, "start": None, "end": None, "text": label.text}
    start, end = label.source.position(label.span.start), label.source.position(label.span.end)
    return {"source": label.source.name, "start": list(start), "end": list(end), "text": label.text}


# --- source rows ------------------------------------------------------------------------------------------------------

_Mark = tuple[int, int, int, str]
"""A zero-based line, the marked range of its characters `[start, end)`, and the words beside the marks."""


def _by_source(labels: tuple[Label, ...]) -> list[tuple[SourceText | None, list[Label]]]:
    """Labels of one source together, sources in the order of their first label."""
    groups: list[tuple[SourceText | None, list[Label]]] = []
    for label in labels:
        for source, group in groups:
            if source is label.source:
                group.append(label)
                break
        else:
            groups.append((label.source, [label]))
    return groups


def _source_rows(source: SourceText, labels: list[Label], gutter: int) -> list[str]:
    line, column = source.position(labels[0].span.start)
    rows = [f" --> {_shown(source.name)}:{line}:{column}"]
    marks = sorted((mark for label in labels for mark in _marks(source, label)), key=lambda mark: mark[:2])
    texts = {number: source.line_text(number) for number, *_ in marks}
    column_cells = _mark_column([texts[number] for number in texts])

    previous: int | None = None
    shown: int | None = None
    for number, start, end, words in marks:
        if previous is not None and number > previous + 1:
            rows.append(f"{' ' * gutter} | {_CLIP}")
        visible, first, last = _clip(texts[number], start, end)
        # A clipped line shows another part of itself for each mark.
        if number != shown:
            rows.append(f"{number + 1:>{gutter}} | {_shown(visible)}".rstrip())
        shown = number if visible == texts[number] else None
        rows.append(f"{' ' * gutter} | {_mark_row(visible, first, last, words, column_cells)}")
        previous = number
    return rows


def _marks(source: SourceText, label: Label) -> list[_Mark]:
    """One mark, or one on the first and one on the last line of a longer span; the words stand at the last."""
    span = _within(source, label.span)
    first, last = source.line_of(span.start), source.line_of(max(span.start, span.end - 1))
    start = span.start - source.line_starts[first]
    if first == last:
        return [(first, start, span.end - source.line_starts[first], label.text)]
    closing = source.line_text(last)
    indent = len(closing) - len(closing.lstrip())
    return [
        (first, start, len(source.line_text(first)), ""),
        (last, indent, span.end - source.line_starts[last], label.text),
    ]


def _within(source: SourceText, span: Span) -> Span:
    start = min(max(span.start, 0), len(source.text))
    return Span(start, min(max(span.end, start), len(source.text)))


def _mark_row(text: str, start: int, end: int, words: str, column_cells: int | None) -> str:
    """The row of marks under `text`; a mark always takes at least one character."""
    start = min(start, len(text))
    end = max(min(end, len(text)), start)
    before = "".join(_mirror(character, "\u3000", " ") for character in text[:start])
    marks = "".join(_mirror(character, "＾", "^") for character in text[start : end if end > start else start + 1])
    row = before + (marks or "^")
    if not words:
        return row
    cells = display_width(row)
    column = cells + 2 if column_cells is None else max(column_cells, cells + 2)
    return row + " " * (column - cells) + _shown(words)


def _mark_column(texts: list[str]) -> int | None:
    """Where the words begin: two cells behind the widest line, or right behind the marks where that is too far."""
    widest = max((display_width(_shown(text[: LINE_CELLS + 1])) for text in texts), default=0)
    return widest + 2 if widest <= MARK_COLUMN_CELLS else None


def _clip(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of `text` around `[start, end)` that fits, and the range within it."""
    if len(text) <= LINE_CELLS and display_width(_shown(text)) <= LINE_CELLS:
        return text, start, end
    left = max(0, min(start, len(text)) - _BEFORE_SPAN)
    head = _CLIP if left else ""
    cells, right = len(head), left
    while right < len(text) and cells < LINE_CELLS - len(_CLIP):
        cells += display_width(_shown(text[right]))
        right += 1
    tail = _CLIP if right < len(text) else ""
    shift = len(head) - left
    return head + text[left:right] + tail, start + shift, min(end, right) + shift


def _gutter_width(labels: tuple[Label, ...]) -> int:
    numbers = [1]
    for label in labels:
        if label.source is not None:
            span = _within(label.source, label.span)
            numbers.append(label.source.line_of(max(span.start, span.end - 1)) + 1)
    return len(str(max(numbers)))


# --- characters -------------------------------------------------------------------------------------------------------


def _mirror(character: str, wide: str, narrow: str) -> str:
    """What stands under `character` as it is shown."""
    if character == "\t":
        return narrow * len(_TAB)
    if combining(character):
        return ""
    return wide if east_asian_width(character) in "WF" else narrow


def _shown(text: str) -> str:
    """`text` with tabs widened and everything a terminal would act on replaced, one cell each."""
    if text.isprintable():
        return text
    return "".join(_shown_character(character) for character in text)


def _shown_character(character: str) -> str:
    if character == "\t":
        return _TAB
    if character < " ":
        return chr(0x2400 + ord(character))
    if category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return "\u2426"
    return character


# --- hints ------------------------------------------------------------------------------------------------------------


def _hint_rows(hint: Hint) -> list[str]:
    """`建议：…。`; further lines of a hint are lines to paste, indented and left as they are."""
    first, *rest = hint.text.splitlines() or [""]
    stop = "" if rest or first.endswith(("。", "？", "；", "：")) else "。"
    return [f"{hint.kind}：{_shown(first)}{stop}", *(f"    {_shown(line)}" for line in rest)]
