"""The words of one stretch of text, read by the grammar.

Takes a place and the names in force; gives the quantity, the condition or the sentence that stands there whole, or
nothing. A stretch whose names can be cut in two ways is reported. Never decides what a line is.
"""

import re
from collections.abc import Iterable

import attrs
from lark import Token

from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText, Span
from rubric.syntax import ast, build, build_conditions, errors, grammar
from rubric.syntax.fold import Folded
from rubric.syntax.lexer import Lexed, Lexicon, lex, names_in, span_at
from rubric.syntax.names import LONGEST_SENTENCE


@attrs.frozen
class Ambiguities:
    """Reports a sentence whose names can be cut in two ways: once, however often the line is tried."""

    source: SourceText
    indicator: str
    found: list[Diagnostic]

    def report(self, lexed: Lexed) -> None:
        if lexed.other:
            read, other = names_in(lexed.tokens), names_in(lexed.other)
            finding = errors.two_readings(self.source, _spans(read - other), _spans(other - read), self.indicator)
            if finding not in self.found:
                self.found.append(finding)


def _spans(places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in sorted(places))


def quantity(source: SourceText, span: Span, lexicon: Lexicon, ambiguities: Ambiguities) -> ast.Expression | None:
    tokens = _all_tokens(source, span, lexicon, "quantity", ambiguities)
    return build.build_quantity(grammar.tree("quantity", tokens)) if tokens else None


_REMINDER = re.compile(r"[，,](不足|未达到|不满足|不符合)的.*$")


def condition(source: SourceText, span: Span, lexicon: Lexicon, ambiguities: Ambiguities) -> ast.Condition | None:
    """What stands before a reminder to the reader (`…不少于3个，不足的予以提示`)."""
    reminder = _REMINDER.search(source.slice(span))
    tokens = _all_tokens(
        source, Span(span.start, span.start + reminder.start()) if reminder else span, lexicon, "condition", ambiguities
    )
    return build_conditions.build_condition_start(grammar.tree("condition", tokens)) if tokens else None


def _all_tokens(
    source: SourceText, span: Span, lexicon: Lexicon, start: str, ambiguities: Ambiguities
) -> tuple[Token, ...]:
    folded = folded_sentence(source, span)
    if not folded.text or len(folded.text) > LONGEST_SENTENCE:
        return ()
    lexed = lex(folded, lexicon, start)
    ambiguities.report(lexed)
    return lexed.tokens if lexed.end == len(folded.text) else ()


def whole_sentence(
    source: SourceText, span: Span, lexicon: Lexicon, ambiguities: Ambiguities
) -> tuple[ast.Sentence | None, Span | None]:
    folded = folded_sentence(source, span)
    if not folded.text or len(folded.text) > LONGEST_SENTENCE:
        return None, span
    lexed = lex(folded, lexicon, "sentence")
    ambiguities.report(lexed)
    if lexed.end == len(folded.text):
        sentence = build.build_sentence(grammar.tree("sentence", lexed.tokens))
        if not isinstance(sentence, ast.Statement):
            return sentence, None
    return None, span_at(folded, lexed.furthest)


def folded_sentence(source: SourceText, span: Span) -> Folded:
    """The folded view of a sentence without its final stop."""
    end = span.end
    while end > span.start and source.text[end - 1] in "。；;，,：: \u3000":
        end -= 1
    return Folded.of(source.text[span.start : end], span.start)
