"""What an evaluation gives.

Takes nothing; gives the frozen values the evaluator fills: scores with their exact values, and the trace that says why.
Never words for people: `reporting` makes them from the trace and the author's own text.
"""

from enum import StrEnum
from fractions import Fraction

import attrs

from rubric.core.intervals import Range
from rubric.core.program import Clause, Indicator, Program, Unit
from rubric.core.record import Record
from rubric.diagnostics.model import Diagnostic
from rubric.source import NOWHERE, Span

# A datum and its part, or `指标／评判` and None.
MissingKey = tuple[str, str | None]
NONE_MISSING: frozenset[MissingKey] = frozenset()


class Status(StrEnum):
    SCORED = "scored"
    PENDING = "pending"
    NOT_APPLICABLE = "not_applicable"


class StepKind(StrEnum):
    """What one line of a trace is about."""

    FACT = "fact"
    QUANTITY = "quantity"
    READING = "reading"
    JUDGEMENT = "judgement"
    BAND = "band"
    GAP = "gap"
    FORMULA = "formula"
    BASE = "base"
    DEDUCTION = "deduction"
    STEPS = "steps"
    VETO = "veto"
    EXEMPTION = "exemption"
    UNDEFINED = "undefined"
    GUARD = "guard"
    CAP = "cap"
    FLOOR = "floor"
    ROUNDING = "rounding"
    UNRESOLVED = "unresolved"


@attrs.frozen
class Step:
    """One step of a trace.

    `label` names the thing (a datum, a quantity, a choice, a judgement); `text` is the sentence or words as issued;
    `value` is its range in base units (a single point when all facts are known), `holds` the truth of a condition
    (None: undecided). `span` is where the thing stands in the rubric: the leaf steps (`FACT`, `QUANTITY`) of a formula
    mark where their numbers go in its text.
    """

    kind: StepKind
    label: str = ""
    text: str = ""
    value: Range | None = None
    unit: Unit | None = None
    holds: bool | None = None
    state: str = ""
    children: tuple["Step", ...] = ()
    span: Span = NOWHERE


@attrs.frozen
class ClauseOutcome:
    """`value` is within [0, points] unless the text says otherwise; `away` are points not applicable, taken out of the base.

    `missing` is what it lacks itself while it is pending; what the clauses below it lack stands there.
    """

    clause: Clause
    status: Status
    value: Range
    away: Fraction
    steps: tuple[Step, ...]
    children: tuple["ClauseOutcome", ...] = ()
    missing: frozenset[MissingKey] = NONE_MISSING


@attrs.frozen
class Missing:
    """A fact or judgement not given; `clauses` lack it, and `points_at_stake` are the points still open there."""

    fact: str
    part: str | None
    is_judgement: bool
    clauses: tuple[str, ...]
    points_at_stake: Fraction


@attrs.frozen
class IndicatorOutcome:
    """`exact` is before rounding; `score` is None when pending or not applicable; `low` and `high` are rounded bounds;
    an item without a greatest value (`Indicator.is_bounded`) that is pending has its least as both.

    `away` are the points not applicable; `readings` pairs each choice of this indicator with the alternative taken.
    `missing` is all that it lacks; `undecided` that which decides over all of it at once, and not over one clause.
    """

    indicator: Indicator
    status: Status
    exact: Range
    score: Fraction | None
    low: Fraction
    high: Fraction
    away: Fraction
    clauses: tuple[ClauseOutcome, ...]
    steps: tuple[Step, ...]
    readings: tuple[tuple[str, str], ...]
    requirements: tuple[tuple[str, bool | None], ...]
    missing: tuple[MissingKey, ...]
    undecided: frozenset[MissingKey] = NONE_MISSING


@attrs.frozen
class Outcome:
    """`total` is None when an indicator is pending; `points` is the base after what is not applicable has left it.

    `steps` tell what the rules on the total did to it: the total before them, each rule, and a CAP for each that cut it.
    """

    program: Program
    record: Record
    indicators: tuple[IndicatorOutcome, ...]
    total: Fraction | None
    total_low: Fraction
    total_high: Fraction
    points: Fraction
    grade: str | None
    grades: tuple[str, ...]
    missing: tuple[Missing, ...]
    diagnostics: tuple[Diagnostic, ...]
    steps: tuple[Step, ...] = ()
