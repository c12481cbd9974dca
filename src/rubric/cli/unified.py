"""Differences of two texts, as a unified diff.

Takes the texts; gives the diff, and writes it with the line ends of the texts. Never another form of a difference.
"""

import re
import sys
from difflib import unified_diff

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")


def unified(before: str, after: str, name: str) -> str:
    """Line ends stay as they are, so that the diff can be applied."""
    rows = unified_diff(_LINE.findall(before), _LINE.findall(after), name, name)
    return "".join(row if row.endswith(("\n", "\r")) else row + "\n\\ No newline at end of file\n" for row in rows)


def write_raw(text: str) -> None:
    """Standard output with the line ends of the text."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
