"""A facts file → texts in their places.

Takes the text of a facts file; gives its tables, lists and texts, each with its span, and what cannot be read. Never a
YAML type: every value is the text that stands there.

The file is read event by event, not through YAML's own composer: an alias is met before it is expanded, a key that
stands twice before it is overwritten, and a file of ten thousand brackets before anything recurses into it.
"""

import re
from collections.abc import Iterator

import yaml

from rubric.diagnostics.model import Checked, Diagnostic
from rubric.facts import errors, value_errors
from rubric.facts.nodes import Entry, Listing, Node, Scalar, Spot, Table
from rubric.source import SourceText, Span
from rubric.syntax.fold import key

try:
    from yaml import CBaseLoader as Loader
except ImportError:
    from yaml import BaseLoader as Loader

DEEPEST = 12
MOST_NODES = 200_000
_LONG_KEY = 200

# What YAML takes for text; anything else is a control character or half of one.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# `20,089.17万元` between braces is cut at the comma: what follows becomes a key without a value.
_CUT_NUMBER = re.compile(r"[0-9]{3}(?![0-9])")


def read_tree(source: SourceText) -> Checked[Node | None]:
    """The file's outermost value; None where the text cannot be read to its end."""
    unprintable = _UNPRINTABLE.search(source.text)
    if unprintable:
        return Checked(None, (errors.unprintable(Spot(source, Span(*unprintable.span()))),))
    reader = _Reader(source)
    try:
        node = reader.document()
    except _Refused as refused:
        return Checked(None, (*reader.findings, refused.finding))
    except yaml.MarkedYAMLError as error:
        return Checked(None, (*reader.findings, _unreadable(source, error)))
    return Checked(node, tuple(reader.findings))


class _Refused(Exception):
    """Ends the reading of a file that is refused as a whole; does not leave this module."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.title)
        self.finding = finding


class _Reader:
    """Holds what is met on the way: the events still to come, the number of nodes, the findings."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        # A byte order mark inside the text is skipped by YAML without being counted.
        self.skipped = 1 if source.text.startswith("\ufeff") else 0
        self.events: Iterator[yaml.Event] = yaml.parse(  # pyright: ignore[reportUnknownMemberType]
            source.text[self.skipped :], Loader=Loader
        )
        self.findings: list[Diagnostic] = []
        self.nodes = 0

    def document(self) -> Node | None:
        found: list[Node] = []
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and found:
                raise _Refused(errors.second_document(self.spot(event)))
            if isinstance(event, yaml.NodeEvent):
                found.append(self.node(event, 1))
        return found[0] if found else None

    def node(self, event: yaml.Event, depth: int) -> Node:
        at = self.spot(event)
        self.nodes += 1
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(errors.alias(at))
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise _Refused(errors.alias(at))
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            raise _Refused(errors.tag(at))
        if depth > DEEPEST:
            raise _Refused(errors.too_deep(at, DEEPEST))
        if self.nodes > MOST_NODES:
            raise _Refused(errors.too_many(at, MOST_NODES))
        if isinstance(event, yaml.MappingStartEvent):
            return self.table(event, at, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.listing(at, depth)
        assert isinstance(event, yaml.ScalarEvent)
        return Scalar(event.value, at)

    def listing(self, at: Spot, depth: int) -> Listing:
        items: list[Node] = []
        event = next(self.events)
        while not isinstance(event, yaml.SequenceEndEvent):
            items.append(self.node(event, depth + 1))
            event = next(self.events)
        return Listing(tuple(items), self.until(at, event))

    def table(self, start: yaml.MappingStartEvent, at: Spot, depth: int) -> Table:
        entries: list[Entry] = []
        event = next(self.events)
        while not isinstance(event, yaml.MappingEndEvent):
            name = self.node(event, depth + 1)
            if not isinstance(name, Scalar):
                raise _Refused(errors.unreadable(name.at, "「：」前面应是名称"))
            entries.append(Entry(name, self.node(next(self.events), depth + 1)))
            event = next(self.events)
        kept = self.once(self.uncut(entries) if start.flow_style else entries)
        return Table({entry.key.text: entry for entry in kept}, self.until(at, event))

    def uncut(self, entries: list[Entry]) -> list[Entry]:
        """Without the numbers that a thousands separator cut in two."""
        cut = {
            index
            for index, (name, value) in enumerate(entries)
            if index and isinstance(value, Scalar) and not value.text and _CUT_NUMBER.match(name.text)
        }
        for index in sorted(cut):
            before = entries[index - 1].value
            if isinstance(before, Scalar):
                self.findings.append(
                    value_errors.cut_number(entries[index].key.at, before.text, entries[index].key.text)
                )
        return [entry for index, entry in enumerate(entries) if index not in cut and index + 1 not in cut]

    def once(self, entries: list[Entry]) -> list[Entry]:
        """Without the keys that stand twice: which of the two is meant cannot be known."""
        first: dict[str, Entry] = {}
        doubled: set[str] = set()
        for entry in entries:
            name = entry.key.text
            name = key(name) if len(name) <= _LONG_KEY else name
            if name in first:
                doubled.add(name)
                self.findings.append(errors.written_twice(entry.key.at, entry.key.text, first[name].key.at))
            first.setdefault(name, entry)
        return [entry for name, entry in first.items() if name not in doubled]

    def spot(self, event: yaml.Event) -> Spot:
        start, end = event.start_mark.index + self.skipped, event.end_mark.index + self.skipped
        return Spot(self.source, Span(start, max(start, end)))

    def until(self, at: Spot, event: yaml.Event) -> Spot:
        """From `at` to the last character before the end of `event`."""
        end = min(event.end_mark.index + self.skipped, len(self.source.text))
        while end > at.span.end and self.source.text[end - 1].isspace():
            end -= 1
        return Spot(self.source, Span(at.span.start, max(end, at.span.end)))


# --- what cannot be read ----------------------------------------------------------------------------------------------

_DASH_VALUE = re.compile(r"\s*([^:#]+):\s+-+\s*(?:#.*)?")
_FULL_COLON = re.compile(r"[^:\s][^:]*：")
_NARROW_COLON = re.compile(r"[^\s:{\[,]+:[^\s/]")
_REFERENCE = re.compile(r":\s+[&*]")
_SIGN_FIRST = re.compile(r":\s+[>|%@`&*!]")


def _unreadable(source: SourceText, error: yaml.MarkedYAMLError) -> Diagnostic:
    """The likeliest cause, from the line where the reading stopped and the one before it."""
    mark = error.problem_mark or error.context_mark
    offset = min(mark.index if mark is not None else 0, len(source.text))
    line = source.line_of(offset)
    for number in (line, line - 1):
        text = source.line_text(number) if number >= 0 else ""
        cause = _cause(text)
        if cause is not None:
            start = source.line_starts[number] + len(text) - len(text.lstrip())
            at = Spot(source, Span(start, max(start, source.line_starts[number] + len(text.rstrip()))))
            if cause:
                return value_errors.dash_alone(at, cause)
            # YAML's own references have ASCII names only; any other stops its reader.
            return errors.alias(at) if _REFERENCE.search(text[:1000]) else errors.unreadable(at, *_remedy(text))
    at = Spot(source, Span(offset, min(offset + 1, len(source.text))))
    opened = error.context_mark
    if opened is not None and source.text[opened.index : opened.index + 1] in ("[", "{", "'", '"'):
        sign = source.text[opened.index]
        return errors.unclosed(Spot(source, Span(opened.index, opened.index + 1)), sign)
    remedy = "同一级的各行左边对齐，下一级多空两格；内容中有特殊符号的，用双引号括起来"
    return errors.unreadable(at, "从这里起读不通", remedy)


def _cause(text: str) -> str | None:
    """The name before a lone dash; the empty string for a cause that `_remedy` knows; None for neither."""
    text = text[:1000]
    dash = _DASH_VALUE.fullmatch(text)
    if dash:
        return dash[1].strip()
    return "" if _remedy(text)[0] else None


def _remedy(text: str) -> tuple[str, str]:
    text = text[:1000]
    if "\t" in text[: len(text) - len(text.lstrip())]:
        return "行首有制表符", "行首用空格，不用制表符"
    if _FULL_COLON.match(text.strip()) and ": " not in text:
        return "名称后面是全角冒号", "名称后面用半角冒号，再空一格，如 年初预算总额: 100万元"
    if _NARROW_COLON.match(text.strip()) and ": " not in text:
        return "冒号后面没有空格", "冒号后面空一格，如 年初预算总额: 100万元"
    if _SIGN_FIRST.search(text):
        return "内容的第一个字是特殊符号", "用双引号把内容括起来"
    if text.count(": ") > 1 and "{" not in text:
        return "一行里有两个冒号", "内容中有冒号和空格的，用双引号把内容括起来"
    return "", ""
