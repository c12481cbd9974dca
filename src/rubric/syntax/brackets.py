"""Brackets and quotation marks that do not pair.

Takes a text and a span; gives the place of the first one without its partner. Never decides whether that matters.
"""

import re

from rubric.source import Span

_PAIRS = (("（(", "）)"), ("【[", "】]"), ("「", "」"), ("“", "”"))
# [0,5) is a band with one end out: its brackets are not to pair.
_INTERVAL = re.compile(r"[\[（(]\s*\d+(?:\.\d+)?[%％‰]?\s*[,，~～-]\s*\d+(?:\.\d+)?[%％‰]?\s*[)）\]]")
_NUMBERING = re.compile(r"(?:^|[。；;：:，,、\s])[\s　]*\d{1,2}([）)])")


def unpaired(text: str, span: Span) -> Span | None:
    """Full-width and half-width brackets pair with each other; `1）` at the start of a part is a number, no bracket."""
    part = _INTERVAL.sub(lambda m: " " * len(m[0]), text[span.start : span.end])
    numbering = {match.start(1) for match in _NUMBERING.finditer(part)}
    lonely: list[int] = []
    for opening, closing in _PAIRS:
        waiting: list[int] = []
        for index, character in enumerate(part):
            if character in opening:
                waiting.append(index)
            elif character in closing and waiting:
                waiting.pop()
            elif character in closing and index not in numbering:
                lonely.append(index)
        lonely += waiting
    if not lonely:
        return None
    place = span.start + min(lonely)
    return Span(place, place + 1)
