"""Plain-text tables and paragraphs for a terminal.

Takes cells and texts; gives lines whose columns stand under each other, counted in display cells. Never draws a
frame of signs whose width is in doubt.
"""

from collections.abc import Sequence
from typing import Literal

from rubric.source import display_width

Align = Literal["left", "right"]

_NO_START = "，。；：、？）】》」』”’%％分)],.;:"
_NO_END = "（【《「『“‘(["


def pad(text: str, cells: int, align: Align = "left") -> str:
    """`text` with blanks up to `cells`."""
    blanks = " " * (cells - display_width(text))
    return blanks + text if align == "right" else text + blanks


def table(rows: Sequence[Sequence[str]], aligns: Sequence[Align], gap: int = 2) -> list[str]:
    """Each row as a line; a column is as wide as its widest cell. No blanks at the end of a line."""
    widths = [max(display_width(row[column]) for row in rows) for column in range(len(aligns))] if rows else []
    between = " " * gap
    return [between.join(pad(*cell) for cell in zip(row, widths, aligns, strict=True)).rstrip() for row in rows]


def clip(text: str, cells: int) -> str:
    """`text` cut to at most `cells`, with .. where something is left out."""
    if display_width(text) <= cells:
        return text
    kept = ""
    for character in text:
        if display_width(kept + character) > cells - 2:
            break
        kept += character
    return kept + ".."


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """`text` in lines of at most `width` cells; `first` and `rest` stand before its first and its further lines.

    A numeral or a Latin word is kept whole, a numeral stays with its unit, no line begins with a closing sign or ends
    with an opening one.
    """
    lines: list[str] = []
    line, cells, limit = "", 0, max(width - display_width(first), 8)
    for piece in _pieces(text):
        size = display_width(piece)
        if line and cells + size > limit:
            lines.append(line.rstrip())
            line, cells, limit = "", 0, max(width - display_width(rest), 8)
            piece = piece.lstrip()
            size = display_width(piece)
        line += piece
        cells += size
    lines.append(line.rstrip())
    return [(rest if index else first) + text for index, text in enumerate(lines)]


def _pieces(text: str) -> list[str]:
    """The smallest parts a line may be broken between."""
    pieces: list[str] = []
    for character in text:
        last = pieces[-1] if pieces else ""
        glued = last != "" and (
            character in _NO_START
            or last[-1] in _NO_END
            or (_is_word(last[-1]) and _is_word(character))
            or (character == " " and last[-1].isdigit())
            or (last[-1] == " " and last[-2:-1].isdigit() and not _is_word(character))
        )
        if glued:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _is_word(character: str) -> bool:
    return character.isascii() and not character.isspace()


def rule(width: int) -> str:
    """A line across the page."""
    return "-" * width
