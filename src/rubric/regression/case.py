"""What a case is: facts, and what is expected of them.

Takes nothing; gives the frozen values that `reading` makes of a case file and every other module here works on.
"""

from enum import StrEnum
from fractions import Fraction

import attrs

from rubric.core.record import Record
from rubric.diagnostics.model import Diagnostic, Severity
from rubric.source import NOWHERE, SourceText, Span

TOTAL, GRADE = "总分", "等级"
LABEL = "生成数据"  # of facts that no unit reported


class Came(StrEnum):
    """In what way something is decided, as a case file writes it where it is no number."""

    SCORED = "得分"
    NOT_APPLICABLE = "不适用"
    PENDING = "待定"


@attrs.frozen
class Result:
    """What something came to. `number` is its score, in 分, rounded as the rubric says; `text` a grade, an amount."""

    came: Came
    number: Fraction | None = None
    text: str = ""


@attrs.frozen
class Expectation:
    """`of` is 总分, 等级 or the name of an indicator; `wanted` is None where the file leaves it to be recorded.

    `span` is the place of the value in the file, as it is written there.
    """

    of: str
    wanted: Result | None
    written: str = ""
    span: Span = NOWHERE


@attrs.frozen
class Case:
    """One case. `findings` are those met when it was read; a case with an error among them is not run.

    `label` says what is not real about its facts (生成数据), empty where nothing is said.
    """

    name: str
    record: Record
    expectations: tuple[Expectation, ...]
    why: str = ""
    label: str = ""
    findings: tuple[Diagnostic, ...] = ()
    span: Span = NOWHERE

    @property
    def is_whole(self) -> bool:
        """Whether it needs every indicator."""
        return any(e.of in (TOTAL, GRADE) for e in self.expectations)

    @property
    def is_readable(self) -> bool:
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


@attrs.frozen
class CaseFile:
    """The cases of one file, in order. `findings` are those about the file as a whole."""

    source: SourceText
    cases: tuple[Case, ...]
    rubric: str = ""
    label: str = ""
    findings: tuple[Diagnostic, ...] = ()
