"""Words compared so that only those that matter show.

Takes two texts as issued; gives what was replaced by what. Widths, blanks, quotation marks, punctuation, numbering and 的
make no difference; a number with its sign is one word. Never a meaning: that two texts differ says nothing of scores.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from fractions import Fraction

import attrs

from rubric.syntax.fold import Folded

_NUMBERING = re.compile(
    r"\s*(?:\d+(?:[.．]\s+|[.、．](?!\d))|[（(]\s*(?:\d+|[一二三四五六七八九十]+)\s*[）)]|[①-⑳]|[一二三四五六七八九十]+、)"
)
_WORD = re.compile(r"\d+(?:\.\d+)?(?:%|个百分点|万元|分)?|[A-Za-z]+|[≤≥<>=×÷+\-/Σ]|[^\W\d_]")
_SILENT = frozenset("的")
_SAME_SIGN = {"/": "÷", "*": "×", "﹣": "-", "－": "-"}
_SHORTEST_STAY = 2
_SIGNS = "，。；、：,;:"


@attrs.frozen
class Replaced:
    """`before` gave way to `after`; an empty one was put in or left out. `same` words stand in both, and are empty else."""

    same: str = ""
    before: str = ""
    after: str = ""


@attrs.frozen
class Word:
    """A word that matters, and where it stands in the text as issued."""

    text: str
    start: int
    end: int


def _words(text: str) -> Iterator[Word]:
    at = 0
    for line in text.splitlines(keepends=True):
        numbering = _NUMBERING.match(line)
        begin = at + (numbering.end() if numbering else 0)
        folded = Folded.of(text[begin : at + len(line)], begin)
        for found in _WORD.finditer(folded.text):
            word = _SAME_SIGN.get(found.group(), found.group())
            if word not in _SILENT:
                yield Word(word, folded.starts[found.start()], folded.ends[found.end() - 1])
        at += len(line)


def words_of(text: str) -> tuple[str, ...]:
    """The words that matter, in order."""
    return tuple(word.text for word in _words(text))


def says_the_same(old: str, new: str) -> bool:
    """Whether the two differ in nothing that matters."""
    return words_of(old) == words_of(new)


def likeness(old: str, new: str) -> Fraction:
    """Twice the words that both have in the same order, of all words: from 0 to 1."""
    left, right = words_of(old), words_of(new)
    if not left and not right:
        return Fraction(1)
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return Fraction(2 * sum(block.size for block in blocks), len(left) + len(right))


def replaced(old: str, new: str) -> tuple[Replaced, ...]:
    """The whole of both texts as issued, word by word; a stay of one word between two changes goes with them."""
    before, after = list(_words(old)), list(_words(new))
    left, right = [word.text for word in before], [word.text for word in after]
    found: list[Replaced] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Replaced(same=_slice(new, after, c, d)))
        else:
            found += _pair(_slice(old, before, a, b), _slice(new, after, c, d))
    return tuple(_joined(found))


def _pair(before: str, after: str) -> list[Replaced]:
    """Signs at the end of both are no change."""
    size = 0
    while size < min(len(before), len(after)) and before[-1 - size] == after[-1 - size] and before[-1 - size] in _SIGNS:
        size += 1
    if not size:
        return [Replaced(before=before, after=after)]
    found = [Replaced(before=before[:-size], after=after[:-size])] if before[:-size] or after[:-size] else []
    return [*found, Replaced(same=after[-size:])]


def _slice(text: str, words: list[Word], first: int, last: int) -> str:
    """From the first word to the last, with the signs between them and those behind it that no other word claims."""
    if first == last:
        return ""
    end = words[last].start if last < len(words) else len(text)
    behind = text[words[last - 1].end : end]
    stop = len(behind) - len(behind.lstrip(_SIGNS))
    return " ".join(text[words[first].start : words[last - 1].end + stop].split())


def _joined(parts: list[Replaced]) -> Iterator[Replaced]:
    held: Replaced | None = None
    for place, part in enumerate(parts):
        between = 0 < place < len(parts) - 1
        signs_only = not part.same.strip(_SIGNS)
        if part.same and (signs_only or not (between and len(part.same) < _SHORTEST_STAY)):
            if held is not None:
                yield held
                held = None
            yield part
            continue
        before, after = (part.before, part.after) if not part.same else (part.same, part.same)
        held = Replaced("", before, after) if held is None else Replaced("", held.before + before, held.after + after)
    if held is not None:
        yield held
