"""What a finding is.

Takes nothing; gives the frozen values `Diagnostic`, `Label`, `Hint` and `Checked`. Never words: each room's `errors.py`
holds one function per finding, which takes the facts of the case and gives the `Diagnostic` with its code and words.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Generic, TypeVar

import attrs

from rubric.source import SourceText, Span


class Severity(StrEnum):
    """`ERROR`: this part cannot be used. `WARNING`: it can, but look. `NOTE`: settled, listed for the reader."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@attrs.frozen
class Label:
    """A marked place with a few words under it; `source` is None where the text is not a file (a command line)."""

    source: SourceText | None
    span: Span
    text: str = ""


@attrs.frozen
class Hint:
    """`kind` is 建议 (an edit that can be typed) or 说明 (a reason)."""

    kind: str
    text: str


@attrs.frozen
class Diagnostic:
    """One finding. `title` is one line without a full stop; the first label is the place."""

    code: str
    severity: Severity
    title: str
    labels: tuple[Label, ...] = ()
    hints: tuple[Hint, ...] = ()
    indicator: str | None = None

    @property
    def place(self) -> str:
        """`file:line:column`, or the empty string."""
        for label in self.labels:
            if label.source is not None:
                line, column = label.source.position(label.span.start)
                return f"{label.source.name}:{line}:{column}"
        return ""

    @property
    def remedy(self) -> str:
        """The hints as one text."""
        return "；".join(hint.text.removesuffix("。") for hint in self.hints)


T_co = TypeVar("T_co", covariant=True)


@attrs.frozen
class Checked(Generic[T_co]):
    """A value with the findings met on the way to it."""

    value: T_co
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return errors_of(self.diagnostics)


def errors_of(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Only those with which the thing cannot be used."""
    return tuple(d for d in diagnostics if d.severity is Severity.ERROR)


def suggestion(text: str) -> Hint:
    return Hint("建议", text)


def reason(text: str) -> Hint:
    return Hint("说明", text)
