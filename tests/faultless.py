"""What holds for any text at all, one check for every test that asks it.

Takes a text; asserts that it compiles and scores without a fault, that every span lies inside it, and that every message
is plain Chinese.
"""

import re
from collections.abc import Iterator

import attrs

from rubric.core.record import Record
from rubric.diagnostics.model import Diagnostic
from rubric.diagnostics.render import render
from rubric.evaluator.evaluate import evaluate
from rubric.pipeline import compile_rubric
from rubric.source import NOWHERE, SourceText, Span

# Latin that a message may hold: what the author typed, units and codes.
_LATIN = re.compile(r"[A-Za-z]{2,}")
_OURS = re.compile(r"R\d{4}|rubric explain")
_JARGON = (
    "标识符",
    "解析",
    "非法",
    "无效",
    "节点",
    "词法",
    "语法树",
    "异常",
    "！",
    "None",
    "Fraction",
    "Traceback",
    "Error",
)


def spans_within(node: object) -> Iterator[Span]:
    if isinstance(node, Span):
        yield node
    elif isinstance(node, tuple):
        for part in node:  # pyright: ignore[reportUnknownVariableType]
            yield from spans_within(part)  # pyright: ignore[reportUnknownArgumentType]
    elif attrs.has(type(node)) and not isinstance(node, SourceText):
        for field in attrs.fields(type(node)):
            yield from spans_within(getattr(node, field.name))


def assert_inside(node: object, text: str) -> None:
    for span in spans_within(node):
        assert span == NOWHERE or 0 <= span.start <= span.end <= len(text)


def assert_plain_words(diagnostic: Diagnostic, text: str) -> None:
    """One line of Chinese; any other word is the author's own."""
    messages = (diagnostic.title, *(label.text for label in diagnostic.labels), *(h.text for h in diagnostic.hints))
    folded = text.casefold()
    for message in messages:
        for word in _LATIN.findall(_OURS.sub("", message)):
            assert word.casefold() in folded, (word, message)
        for word in _JARGON:
            assert word not in message or word in text, (word, message)
    assert re.search(r"[\u4e00-\u9fff]", diagnostic.title)
    assert not diagnostic.title.endswith("。")
    assert re.fullmatch(r"R\d{4}", diagnostic.code)


def assert_read_without_fault(text: str) -> None:
    """Compiles and scores; spans lie inside the text, and messages are plain."""
    source = SourceText("文", text)
    compiled = compile_rubric(source)
    assert_inside(compiled.value, text)
    outcome = evaluate(compiled.value, Record({}), source=source)
    for diagnostic in (*compiled.diagnostics, *outcome.diagnostics):
        assert_inside(tuple(label.span for label in diagnostic.labels), text)
        assert_plain_words(diagnostic, text)
        assert render(diagnostic)
    assert 0 <= outcome.total_low <= outcome.total_high
