"""A facts file as texts in their places.

Takes nothing; gives the values that `tree` makes of a file and `mapping` of nested dicts. Never a type but text: what
`是`, `2022` or `1e3` means is decided by the datum it is filled in for.
"""

from collections.abc import Mapping
from typing import NamedTuple

from rubric.diagnostics.model import Label
from rubric.source import NOWHERE, SourceText, Span


class Spot(NamedTuple):
    """A place that a finding can point to; no source where the facts are not a file."""

    source: SourceText | None = None
    span: Span = NOWHERE

    def labels(self, words: str) -> tuple[Label, ...]:
        return () if self.source is None else (Label(self.source, self.span, words),)


class Scalar(NamedTuple):
    text: str
    at: Spot

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


class Table(NamedTuple):
    """Keys with their values, in order; no key stands twice."""

    entries: Mapping[str, "Entry"]
    at: Spot


class Listing(NamedTuple):
    items: tuple["Node", ...]
    at: Spot


class Entry(NamedTuple):
    key: Scalar
    value: "Node"


Node = Scalar | Table | Listing


def shortened(text: str, length: int = 24) -> str:
    """`text` as it is quoted in a message: one line, the end of a long one left out."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length] + "……"
