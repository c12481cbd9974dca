"""A view of a text in which spelling variants look alike.

Takes a piece of source text; gives the same piece with full-width signs half-width, entities decoded, blanks and quotation
marks left out, and a map back to the author's own offsets. Never changes the text: every span that leaves this room
points into what the author typed.
"""

import re
from functools import lru_cache

import attrs

from rubric.source import Span

ENTITIES = {
    "&lt;": "<",
    "&gt;": ">",
    "&le;": "≤",
    "&ge;": "≥",
    "&amp;": "&",
    "&nbsp;": "",
    "\\geq": "≥",
    "\\leq": "≤",
    "&times;": "×",
    "&divide;": "÷",
    "&plusmn;": "±",
    "&quot;": "",
    "&ldquo;": "",
    "&rdquo;": "",
    "&#60;": "<",
    "&#62;": ">",
    "\\ge": "≥",
    "\\le": "≤",
    "\\gt": ">",
    "\\lt": "<",
    "\\times": "×",
    "\\div": "÷",
    "\\pm": "±",
    "\\sum": "Σ",
    "\\%": "%",
    "$": "",
}
_ENTITY = re.compile(
    "|".join(re.escape(entity) for entity in sorted(ENTITIES, key=len, reverse=True)) + "|<br */?>|</?p>"
)
_DROPPED = set(" \t\r\n\u3000\u00a0\ufeff\u200b") | set("“”‘’\"'")
_SIGNS = {
    "≧": "≥",
    "≦": "≤",
    "－": "-",
    "—": "-",
    "–": "-",
    "−": "-",
    "～": "~",
    "﹪": "%",
    "〔": "(",
    "〕": ")",
    "∶": ":",
    "➗": "÷",
    "✕": "×",
    "﹤": "<",
    "﹥": ">",
    "｜": "|",
}


def fold_character(character: str) -> str:
    """The plain form of one character; empty for a blank or a quotation mark."""
    if character in _DROPPED:
        return ""
    if character in _SIGNS:
        return _SIGNS[character]
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    return character


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """`text` as names are compared: without blanks and quotation marks, one width. Kept: every stage asks for the same words."""
    return Folded.of(text, 0).text


@attrs.frozen
class Folded:
    """`starts[i]` and `ends[i]` are the source offsets of folded character `i`; `blanks` holds every `i` after a blank.

    `begin` and `end` are the offsets of the whole piece, quotation marks at its ends included.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    blanks: frozenset[int]
    begin: int
    end: int
    opened: frozenset[int] = frozenset()
    closed: frozenset[int] = frozenset()

    @classmethod
    def of(cls, text: str, offset: int) -> "Folded":
        """The folded view of `text`, which stands at `offset` in its source."""
        characters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        blanks: set[int] = set()
        opened: set[int] = set()
        closed: set[int] = set()
        index = 0
        while index < len(text):
            entity = _ENTITY.match(text, index) if text[index] in "&\\$<" else None
            plain = ENTITIES.get(entity[0], "") if entity else fold_character(text[index])
            after = entity.end() if entity else index + 1
            if plain:
                characters.append(plain)
                starts.append(offset + index)
                ends.append(offset + after)
            elif text[index].isspace() and characters:
                blanks.add(len(characters))
            elif text[index] in "“‘":
                opened.add(len(characters))
            elif text[index] in "”’":
                closed.add(len(characters) - 1)
            index = after
        return cls(
            "".join(characters),
            tuple(starts),
            tuple(ends),
            frozenset(blanks),
            offset,
            offset + len(text),
            frozenset(opened),
            frozenset(closed),
        )

    def span(self, start: int, end: int) -> Span:
        """Source span of the folded characters `[start, end)`, with the quotation marks that open or close there."""
        if start >= len(self.starts):
            return Span(self.end, self.end)
        last = max(start, end - 1)
        return Span(self.starts[start] - (start in self.opened), self.ends[last] + (last in self.closed))

    def from_index(self, start: int) -> "Folded":
        """The view from folded character `start` on."""
        return self.part(start, len(self.text))

    def part(self, start: int, end: int) -> "Folded":
        """The view of the folded characters `[start, end)`."""
        place = self.span(start, end) if start < end else Span(self.end, self.end)

        def moved(marks: frozenset[int]) -> frozenset[int]:
            return frozenset(m - start for m in marks if start <= m < end)

        return Folded(
            self.text[start:end],
            self.starts[start:end],
            self.ends[start:end],
            moved(self.blanks) - {0},
            self.begin if start == 0 else place.start,
            self.end if end == len(self.text) else place.end,
            moved(self.opened),
            moved(self.closed),
        )
