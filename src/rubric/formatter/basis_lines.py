"""Lines of 口径 and of 计分办法 in the house's spelling.

Takes a line and its text; gives the line as printed. Prose gets full-width punctuation; what computes also gets one sign
for each operator, by the places of the expressions in the tree. Names and quoted words stay to the character.
"""

import re
from collections.abc import Iterator

import attrs

from rubric.formatter.signs import Edit, edited, in_house_quotes, operator, punctuation, quoted, signs
from rubric.source import NOWHERE, SourceText, Span
from rubric.syntax import ast
from rubric.syntax.declarations import name_end
from rubric.syntax.words import COLON, SHORT_NAME

Kind = ast.BasisKind


def print_basis_line(source: SourceText, line: ast.BasisLine, span: Span) -> str:
    """`span` is the whole line, its final stop included. A line that is not understood is given back as it stands."""
    if line.fault or line.kind is Kind.UNREAD:
        return source.slice(span)
    span = _without_stop(source, span)
    kept = (*_inside_quotes(source.text, span), *_names(source, line))
    return edited(source.text, span, _edits(source, line, span), kept)


def print_scoring_line(source: SourceText, span: Span) -> str:
    """`计分：…`; the line keeps its end, which its words may need."""
    colon = name_end(source.text, span)
    if colon < 0:
        return source.slice(span)
    value = Span(colon + 1, span.end)
    kept = tuple(_inside_quotes(source.text, value))
    told = edited(source.text, value, (*signs(source.text, value), *punctuation(source.text, value)), kept)
    return source.text[span.start : colon].rstrip() + COLON + told.strip()


def _without_stop(source: SourceText, span: Span) -> Span:
    """A line is no sentence of a text: it ends without a stop, unless it holds several sentences."""
    text = source.slice(span)
    last = text[-1:]
    if text[:-1].rstrip()[-1:] in "。；;：:":
        return span
    if last in "；;" or (last == "。" and "。" not in text[:-1]):
        return Span(span.start, span.start + len(text[:-1].rstrip()))
    return span


def _edits(source: SourceText, line: ast.BasisLine, span: Span) -> Iterator[Edit]:
    text = source.text
    for mark in quoted(text, span):
        if text[mark.start] == '"' or _speaks_of(text, line, span, mark):
            yield from _in_house_quotes(text, mark)
    match line.kind:
        case Kind.DEFINITION:
            yield from (Edit(place, f"，{SHORT_NAME}") for place in _found(_OTHER_NAME, text, span))
        case Kind.HOLDS:
            yield from (Edit(place, "即 ") for place in _found(_HOLDS, text, span))
        case _:
            pass
    computing = tuple(_computing(line))
    for node in _within(computing):
        if isinstance(node, ast.Operation) and NOWHERE not in (node.left.span, node.right.span):
            yield from operator(text, Span(node.left.span.end, node.right.span.start), node.operator)
    if computing:
        yield from signs(text, span)
    yield from punctuation(text, span)


_OTHER_NAME = re.compile(r"[，,]\s*(?:又称|亦称)\s*(?=[“「\"])")
_HOLDS = re.compile(r"(?<=[”」\"])即\s*")


def _found(pattern: re.Pattern[str], text: str, span: Span) -> Iterator[Span]:
    """The last place only: what stands before may be quoted words of the table."""
    places = [Span(*match.span()) for match in pattern.finditer(text, span.start, span.end)]
    yield from places[-1:] if pattern is _OTHER_NAME else places[:1]


def _speaks_of(text: str, line: ast.BasisLine, span: Span, mark: Span) -> bool:
    """Whether `「…」` here only quotes. Elsewhere it tells where a name ends, and stays."""
    match line.kind:
        case Kind.NOTE:
            return True
        case Kind.MEANS | Kind.HOLDS | Kind.COUNTED | Kind.ALTERNATIVES | Kind.LIMITED:
            return mark.start == span.start
        case Kind.DEFINITION:
            return mark.end == span.end and bool(re.search(r"[，,]\s*(?:即|简称|又称)\s*$", text[: mark.start]))
        case _:
            return False


def _in_house_quotes(text: str, mark: Span) -> Iterator[Edit]:
    house = in_house_quotes(text[mark.start : mark.end])
    yield Edit(Span(mark.start, mark.start + 1), house[0])
    yield Edit(Span(mark.end - 1, mark.end), house[-1])


def _inside_quotes(text: str, span: Span) -> Iterator[Span]:
    yield from (Span(mark.start + 1, mark.end - 1) for mark in quoted(text, span))


def _computing(line: ast.BasisLine) -> Iterator[object]:
    """The parts of a line that compute something."""
    for option in line.options:
        if option.body is not None:
            yield option.body
        yield from option.rules
    if line.condition is not None:
        yield line.condition
    yield from line.sentences
    yield from (number for _, number in line.constants)


def _within(node: object) -> Iterator[object]:
    if isinstance(node, tuple):
        for part in node:  # pyright: ignore[reportUnknownVariableType]
            yield from _within(part)  # pyright: ignore[reportUnknownArgumentType]
    elif attrs.has(type(node)) and not isinstance(node, Span):
        yield node
        for field in attrs.fields(type(node)):
            yield from _within(getattr(node, field.name))


def _names(source: SourceText, line: ast.BasisLine) -> Iterator[Span]:
    """Where names stand, the word that the line speaks of among them."""
    if line.word and source.text.startswith(line.word, line.span.start):
        yield Span(line.span.start, line.span.start + len(line.word))
    for node in _within(tuple(_computing(line))):
        if isinstance(node, ast.Name | ast.Named):
            yield node.span
