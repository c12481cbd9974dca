"""One spelling for each sign in a line of the author.

Takes a text and a stretch of it; gives the edits that bring its punctuation and signs to the house's spelling. Never
touches what is kept: names and quoted words are spelt as the issued text spells them.
"""

import re
from collections.abc import Iterable, Iterator

import attrs

from rubric.source import Span
from rubric.syntax.words import CLOSING, OPENING, PREFERRED


@attrs.frozen
class Edit:
    span: Span
    new: str


def edited(text: str, whole: Span, edits: Iterable[Edit], kept: Iterable[Span] = ()) -> str:
    """`text[whole]` with the edits made; of two that overlap the first is made, and none reaches into what is kept."""
    taken = [False] * (whole.end - whole.start)
    for span in kept:
        for offset in range(max(span.start, whole.start), min(span.end, whole.end)):
            taken[offset - whole.start] = True
    made: list[Edit] = []
    for edit in edits:
        places = range(edit.span.start - whole.start, edit.span.end - whole.start)
        if not any(taken[place] for place in places):
            made.append(edit)
            for place in places:
                taken[place] = True
    parts: list[str] = []
    at = whole.start
    for edit in sorted(made, key=lambda e: e.span):
        parts += [text[at : edit.span.start], edit.new]
        at = edit.span.end
    return "".join([*parts, text[at : whole.end]])


# --- punctuation ------------------------------------------------------------------------------------------------------

_BLANKS = "[ \\t\\u3000\\u00a0]*"
_MARKS = {",": "，", ";": "；", ":": "："}
_MARK = re.compile(f"{_BLANKS}([,;:，；：、]){_BLANKS}")
# An interval whose brackets say which end is in (`[0,5)`), an entity, an address, a number or a time.
_WHOLE = re.compile(
    r"[\[［(（]\s*\d[^\[\]［］()（）]*[,，][^\[\]［］()（）]*[\]］]|[\[［]\s*\d[^\[\]［］()（）]*[,，][^\[\]［］()（）]*[)）]"
    r"|&[a-z]{2,4};|[a-z]+://\S+|\d[,:]\d"
)


def punctuation(text: str, span: Span) -> Iterator[Edit]:
    """Full-width marks without blanks beside them, and full-width brackets; a mark between two Latin words may stay."""
    wholes = [Span(*match.span()) for match in _WHOLE.finditer(text, span.start, span.end)]
    for match in _MARK.finditer(text, span.start, span.end):
        at = match.start(1)
        if not _in(at, wholes) and not (match[1] in _MARKS and _between_latin(text, at, span)):
            yield Edit(Span(*match.span()), _MARKS.get(match[1], match[1]))
    for opening, closing in _pairs(text, span):
        if not _in(opening, wholes) and not _latin_call(text, opening, closing, span):
            yield Edit(Span(opening, opening + 1), PREFERRED["LPAR"])
            yield Edit(Span(closing, closing + 1), PREFERRED["RPAR"])


def _in(place: int, spans: list[Span]) -> bool:
    return any(span.start <= place < span.end for span in spans)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _between_latin(text: str, at: int, span: Span) -> bool:
    """Between two words of Latin letters or figures, as in `A,B`."""
    before, after = text[span.start : at].rstrip(), text[at + 1 : span.end].lstrip()
    return _is_latin(before[-1:]) and _is_latin(after[:1])


def _latin_call(text: str, opening: int, closing: int, span: Span) -> bool:
    """`f(x)`: a Latin word with Latin brackets."""
    return opening > span.start and _is_latin(text[opening - 1]) and text[opening + 1 : closing].isascii()


def _pairs(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """The brackets that belong together; of either width."""
    opened: list[int] = []
    for place in range(span.start, span.end):
        if text[place] in "(（":
            opened.append(place)
        elif text[place] in ")）" and opened:
            yield opened.pop(), place


# --- signs of a formula -----------------------------------------------------------------------------------------------

_SPELLINGS: tuple[tuple[str, str], ...] = (
    (r"[>＞﹥]\s*[=＝]|≧|&ge;|\\geq", PREFERRED["GE"]),
    (r"[<＜﹤]\s*[=＝]|≦|&le;|\\leq", PREFERRED["LE"]),
    ("＝", PREFERRED["EQ"]),
    ("[＞﹥]|&gt;", PREFERRED["GT"]),
    ("[＜﹤]|&lt;", PREFERRED["LT"]),
    ("＋", PREFERRED["PLUS"]),
    ("[*＊✕]", PREFERRED["MUL"]),
    ("➗", "÷"),
    ("[％﹪]", "%"),
    ("∑", PREFERRED["SIGMA"]),
    ("｜", PREFERRED["BAR"]),
    (r"(?<=[\d０-９])．(?=[\d０-９])", "."),
)
_SIGN = re.compile("|".join(f"({pattern})" for pattern, _ in _SPELLINGS))
_WIDE_DIGIT = re.compile("[０-９]")
_OPERATORS = {
    "-": (re.compile("[-—–－−]"), PREFERRED["MINUS"]),
    "*": (re.compile("[xX]"), PREFERRED["MUL"]),
    "/": (re.compile("／"), PREFERRED["DIV"]),
}


def signs(text: str, span: Span) -> Iterator[Edit]:
    """One sign for each operator and comparison, half-width figures."""
    for match in _SIGN.finditer(text, span.start, span.end):
        assert match.lastindex is not None
        yield Edit(Span(*match.span()), _SPELLINGS[match.lastindex - 1][1])
    for match in _WIDE_DIGIT.finditer(text, span.start, span.end):
        yield Edit(Span(*match.span()), chr(ord(match[0]) - 0xFEE0))


def operator(text: str, gap: Span, sign: str) -> Iterator[Edit]:
    """The sign between two operands; only there a stroke or a letter can be told from a part of a word."""
    if sign in _OPERATORS:
        spelling, preferred = _OPERATORS[sign]
        found = [*spelling.finditer(text, gap.start, gap.end)]
        if len(found) == 1:
            yield Edit(Span(*found[0].span()), preferred)


# --- quotation marks --------------------------------------------------------------------------------------------------

QUOTED = re.compile('“[^“”]*(?:“[^“”]*”[^“”]*)*”|‘[^‘’]*’|「[^「」]*」|"[^"]*"')


def quoted(text: str, span: Span) -> tuple[Span, ...]:
    """What stands in quotation marks, marks included."""
    return tuple(Span(*match.span()) for match in QUOTED.finditer(text, span.start, span.end))


def in_house_quotes(text: str) -> str:
    """`"…"` or `「…」` as `“…”`, unless other quotation marks stand inside."""
    if text[:1] in '"「' and text[-1:] in '"」' and len(text) > 2 and not re.search('[“”"「」]', text[1:-1]):
        return f"{OPENING}{text[1:-1]}{CLOSING}"
    return text
