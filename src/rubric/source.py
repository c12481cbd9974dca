"""Text and the places in it.

Takes a source text as its author wrote it; gives spans, lines and columns. Never changes a character.

Inside the project a place is a pair of code-point offsets. Columns in UTF-16 units (editors) and in display cells
(terminals, where a Chinese character is two cells wide) are computed only here, at the edge.
"""

from bisect import bisect_right
from functools import cached_property
from unicodedata import combining, east_asian_width

import attrs


@attrs.frozen(order=True)
class Span:
    """Half-open range of code points `[start, end)` in one source text."""

    start: int
    end: int

    def to(self, other: "Span") -> "Span":
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


NOWHERE = Span(0, 0)


@attrs.frozen(slots=False)
class SourceText:
    """A named text. `name` is what a message prints: a path as the user gave it, or `2022/部门整体支出.rubric`."""

    name: str
    text: str = attrs.field(repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offset of the first character of each line; `\\n`, `\\r\\n` and a lone `\\r` end a line."""
        starts = [0]
        text = self.text
        for index, character in enumerate(text):
            if character == "\n" or (character == "\r" and text[index + 1 : index + 2] != "\n"):
                starts.append(index + 1)
        return tuple(starts)

    def line_of(self, offset: int) -> int:
        """Zero-based number of the line that holds `offset`."""
        return bisect_right(self.line_starts, offset) - 1

    def position(self, offset: int) -> tuple[int, int]:
        """One-based line and column (in code points), as printed after the file's name."""
        line = self.line_of(offset)
        return line + 1, offset - self.line_starts[line] + 1

    def utf16_column(self, offset: int) -> int:
        """Zero-based column in UTF-16 units, as editors count."""
        line = self.line_of(offset)
        return len(self.text[self.line_starts[line] : offset].encode("utf-16-le")) // 2

    def line_text(self, line: int) -> str:
        """The text of a zero-based line without its line end."""
        end = self.line_starts[line + 1] if line + 1 < len(self.line_starts) else len(self.text)
        return self.text[self.line_starts[line] : end].rstrip("\r\n")

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]


def display_width(text: str) -> int:
    """Terminal cells that `text` takes: two for a wide or full-width character, none for a combining one."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
