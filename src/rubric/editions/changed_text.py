"""Where a text differs from an earlier one.

Takes both; gives the changed places in the new text, each with what stood there before. Never judges a change.

Lines are aligned by `difflib` (Ratcliff and Obershelp); within a changed line the common beginning and end are left out,
whole numbers kept whole, so that 得4分 → 得40分 shows as 4 → 40.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher

import attrs

from rubric.source import SourceText, Span

_NUMBER = frozenset("0123456789.%％")


@attrs.frozen
class Change:
    """`before` stood in the place of `span` of the new text; a span without length is a place where it was taken out."""

    span: Span
    before: str
    after: str


def changes(old: SourceText, new: SourceText) -> tuple[Change, ...]:
    lines = [source.text.splitlines() for source in (old, new)]
    matcher = SequenceMatcher(None, lines[0], lines[1], autojunk=False)
    return tuple(
        change
        for tag, low, high, start, end in matcher.get_opcodes()
        if tag != "equal"
        for change in _hunk(lines[0][low:high], lines[1][start:end], new, start)
    )


def _hunk(old: list[str], new: list[str], source: SourceText, start: int) -> Iterator[Change]:
    """Changed lines in pairs, then those that only one of the texts has; blank ones say nothing."""
    for index in range(max(len(old), len(new))):
        line = start + min(index, len(new))
        at = source.line_starts[line] if line < len(source.line_starts) else len(source.text)
        if index >= len(new):
            if old[index].strip():
                yield Change(Span(at, at), old[index].strip(), "")
        elif index >= len(old):
            if new[index].strip():
                indent = len(new[index]) - len(new[index].lstrip())
                yield Change(Span(at + indent, at + len(new[index])), "", new[index].strip())
        else:
            low, high = _common(old[index], new[index])
            before, after = old[index][low : len(old[index]) - high], new[index][low : len(new[index]) - high]
            yield Change(Span(at + low, at + low + len(after)), before, after)


def _common(old: str, new: str) -> tuple[int, int]:
    """How many characters at the beginning and at the end are the same, no number cut."""
    shortest = min(len(old), len(new))
    low = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    high = next((i for i in range(shortest - low) if old[-1 - i] != new[-1 - i]), shortest - low)
    middle = old[low : len(old) - high] + new[low : len(new) - high]
    if middle and set(middle) <= _NUMBER:
        while low > 0 and old[low - 1] in _NUMBER:
            low -= 1
        while high > 0 and old[-high] in _NUMBER:
            high -= 1
    return low, high
