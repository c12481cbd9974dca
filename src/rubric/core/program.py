"""The core program: what a rubric means.

Takes nothing; gives the frozen trees that `semantics.lower` builds and every consumer reads. Few kinds; names resolved;
numbers exact and in base units (money in 元, a rate as a ratio, a count as itself, a score in 分). Never surface syntax.

    Program ─┬─ data: Datum …            what is fed in
             ├─ judgements: Judgement …  what a person decides
             ├─ choices: Choice …        口径, with every named alternative
             ├─ scoring: ScoringMethod   rounding, 不适用, grades
             └─ indicators: Indicator ── rule: Rule ── Clause … ── Expression, Condition

Spans point into the author's text; they take no part in equality.
"""

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from typing import Literal

import attrs

from rubric.source import NOWHERE, Span


def _span() -> Span:
    return attrs.field(default=NOWHERE, kw_only=True, eq=False, repr=False)  # type: ignore[no-any-return]


# --- units and data ---------------------------------------------------------------------------------------------------


class Dimension(StrEnum):
    """What kind of thing a number measures. Two numbers add or compare only within one dimension (and one counter)."""

    MONEY = "money"
    RATE = "rate"
    COUNT = "count"
    SCORE = "score"
    DATE = "date"
    NUMBER = "number"


@attrs.frozen
class Unit:
    """A unit as the author writes it. `scale` converts a written number to base units: 万元 → 10000, % → 1/100."""

    name: str
    dimension: Dimension
    scale: Fraction = Fraction(1)


class DatumKind(StrEnum):
    QUANTITY = "quantity"
    BOOLEAN = "boolean"
    STATE = "state"
    ROWS = "rows"


@attrs.frozen
class Bound:
    """A limit on a datum: a value in base units, or the name of another datum. Inclusive."""

    value: Fraction | None
    datum: str | None = None


@attrs.frozen
class Column:
    """A column of a datum that is filled in row by row: text, one of `states`, or a quantity with `unit`."""

    name: str
    states: tuple[str, ...] = ()
    unit: Unit | None = None


@attrs.frozen
class Datum:
    """A fact to be supplied. `parts` are the periods of a series (empty for a single value).

    `decimals`, `low` and `high` bound the values it may take; `measures` is the choice that says what it measures
    (原值 or 净值), None where only one thing can be meant. `uses` lists `指标 第n点` for blank facts files.
    """

    name: str
    kind: DatumKind
    unit: Unit | None = None
    decimals: int | None = None
    low: Bound | None = None
    high: Bound | None = None
    states: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    aliases: tuple[str, ...] = ()
    reference: str = ""
    origin: str = ""
    filled_by: str = ""
    dash_is_zero: bool = False
    measures: str | None = None
    indicator: str | None = None
    uses: tuple[str, ...] = ()
    span: Span = _span()


@attrs.frozen
class Judgement:
    """Points a person gives. `partial` is False where the text asks yes or no (a partial mark is then flagged).

    `label` is the key in a facts file; `fingerprint` ties a recorded judgement to the sentence it was made on.
    """

    indicator: str
    label: str
    path: str
    text: str
    fingerprint: str
    low: Fraction
    high: Fraction
    partial: bool
    span: Span = _span()

    @property
    def key(self) -> tuple[str, str]:
        return (self.indicator, self.label)


@attrs.frozen
class Alternative:
    """One way to read a word, named by the plain words a clerk would use."""

    name: str
    span: Span = _span()


class ChoiceOrigin(StrEnum):
    AUTHOR = "author"
    DEFAULT = "default"


@attrs.frozen
class Choice:
    """A 口径. `alternatives[default]` is taken unless a run names another.

    `origin` is DEFAULT where no line of the author settles it: then `check` reports it with the results of each.
    `measures` is True where the alternatives are labels of what a datum measures and only the facts differ.
    """

    name: str
    alternatives: tuple[Alternative, ...]
    default: int = 0
    origin: ChoiceOrigin = ChoiceOrigin.AUTHOR
    indicator: str | None = None
    measures: bool = False
    span: Span = _span()


# --- expressions and conditions ---------------------------------------------------------------------------------------

Operator = Literal["+", "-", "*", "/"]
Comparator = Literal["<", "<=", "="]


@attrs.frozen
class Constant:
    value: Fraction
    unit: Unit | None = None
    span: Span = _span()


@attrs.frozen
class FactValue:
    """A datum, or one part of a series."""

    datum: str
    part: str | None = None
    span: Span = _span()


@attrs.frozen
class Arithmetic:
    operator: Operator
    left: "Expression"
    right: "Expression"
    span: Span = _span()


@attrs.frozen
class Extreme:
    """The least (`min`) or greatest (`max`) of the items. A cap is `min`, a floor is `max`."""

    which: Literal["min", "max"]
    items: tuple["Expression", ...]
    span: Span = _span()


@attrs.frozen
class Total:
    """Σ over the items; with `mean`, divided by their number."""

    items: tuple["Expression", ...]
    mean: bool = False
    span: Span = _span()


@attrs.frozen
class Rounded:
    """Half up to `places`, where the text rounds in the middle of a formula."""

    operand: "Expression"
    places: int
    span: Span = _span()


class StepMode(StrEnum):
    """How a part of a step counts: not at all, as a whole step, or in proportion."""

    WHOLE = "满一步才计"
    STARTED = "不足一步按一步"
    LINEAR = "按比例"


@attrs.frozen
class Steps:
    """Number of steps of size `step` in `distance` (a negative distance has none)."""

    distance: "Expression"
    step: "Expression"
    mode: StepMode
    span: Span = _span()


@attrs.frozen
class Absolute:
    operand: "Expression"
    span: Span = _span()


@attrs.frozen
class ByReading:
    """The option of the alternative in force for `choice`."""

    choice: str
    options: tuple["Expression", ...]
    span: Span = _span()


@attrs.frozen
class Named:
    """A quantity that has a name in the text; shown by that name and in `unit`."""

    name: str
    body: "Expression"
    unit: Unit | None = None
    span: Span = _span()


@attrs.frozen
class RowAggregate:
    """`count`, `distinct`, `sum`, `mean`, `min` or `max` over the rows of a datum (over `column` where it applies)."""

    datum: str
    which: Literal["count", "distinct", "sum", "mean", "min", "max"]
    column: str | None = None
    span: Span = _span()


Expression = (
    Constant | FactValue | Arithmetic | Extreme | Total | Rounded | Steps | Absolute | ByReading | Named | RowAggregate
)


@attrs.frozen
class Compare:
    operator: Comparator
    left: Expression
    right: Expression
    span: Span = _span()


@attrs.frozen
class InState:
    """The datum has one of `states`; for a yes–no datum the states are 是 and 否."""

    datum: str
    states: tuple[str, ...]
    span: Span = _span()


@attrs.frozen
class All:
    parts: tuple["Condition", ...]
    span: Span = _span()


@attrs.frozen
class Some:
    parts: tuple["Condition", ...]
    span: Span = _span()


@attrs.frozen
class Not:
    part: "Condition"
    span: Span = _span()


@attrs.frozen
class ReadingIs:
    choice: str
    index: int
    span: Span = _span()


@attrs.frozen
class Always:
    span: Span = _span()


Condition = Compare | InState | All | Some | Not | ReadingIs | Always


# --- rules ------------------------------------------------------------------------------------------------------------


@attrs.frozen
class Formula:
    """The points are the value of a formula (in 分)."""

    amount: Expression
    span: Span = _span()


@attrs.frozen
class Band:
    """`text` is the sentence as issued; the band gives `amount` where `condition` holds."""

    condition: Condition
    amount: Expression
    text: str
    span: Span = _span()


@attrs.frozen
class BandTable:
    """The first band whose condition holds; where none does, `otherwise`, and without it the value is in a gap."""

    bands: tuple[Band, ...]
    otherwise: Expression | None = None
    span: Span = _span()


@attrs.frozen
class Deduction:
    """`rate` points off for each of `times`; a negative rate adds. Together at most `limit` points either way."""

    rate: Fraction
    times: Expression
    text: str
    limit: Fraction | None = None
    span: Span = _span()


@attrs.frozen
class Deductions:
    """`base` less all deductions, within [0, points]; not below `least` where the text names a lowest score.

    `floor_stated` says whether the text itself says that 0 is the floor (扣完为止).
    """

    base: Expression
    items: tuple[Deduction, ...]
    floor_stated: bool
    least: Fraction | None = None
    most: Fraction | None = None
    span: Span = _span()


@attrs.frozen
class Judged:
    """The points a person gives for `judgement` (key `(indicator, label)`)."""

    judgement: tuple[str, str]
    span: Span = _span()


@attrs.frozen
class Sum:
    """The parts are added."""

    parts: tuple["Clause", ...]
    span: Span = _span()


@attrs.frozen
class Unresolved:
    """A clause that cannot be computed because of an error in the text; always 待定. `code` is the finding's."""

    code: str
    span: Span = _span()


Rule = Formula | BandTable | Deductions | Judged | Sum | Unresolved


class OverrideKind(StrEnum):
    """In the order in which they are tried."""

    VETO = "否决"
    EXEMPTION = "豁免"
    UNDEFINED = "分母为0"
    GUARD = "适用条件"


class Effect(StrEnum):
    ZERO = "得0分"
    FULL = "得满分"
    NOT_APPLICABLE = "不适用"


@attrs.frozen
class Override:
    """When `condition` holds, `effect` takes the place of what the rules give (of this clause or this indicator).

    `penalty` is taken off beyond 0 (倒扣): the one way in which a score may be negative.
    """

    kind: OverrideKind
    condition: Condition
    effect: Effect
    text: str
    penalty: Fraction = Fraction(0)
    span: Span = _span()


class ClauseKind(StrEnum):
    """How the points of a clause are decided; the rows of the ledger."""

    COMPUTED = "计算"
    COUNTED = "计数"
    GRADED = "分档认定"
    JUDGED = "评判"


@attrs.frozen
class Clause:
    """One numbered rule. `path` is `1` or `1（2）`, empty for an unnumbered cell; `text` is as issued."""

    path: str
    title: str
    text: str
    points: Fraction
    rule: Rule
    kind: ClauseKind
    overrides: tuple[Override, ...] = ()
    span: Span = _span()


@attrs.frozen
class Requirement:
    """A requirement inside a judged sentence: checked and shown beside it, never points."""

    text: str
    condition: Condition
    span: Span = _span()


@attrs.frozen
class Indicator:
    """A 三级指标. `id` is `01`, `02` … in the order of the table; `path` is (一级, 二级)."""

    id: str
    name: str
    path: tuple[str, str]
    points: Fraction
    description: str
    rule: Rule
    overrides: tuple[Override, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    notes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    span: Span = _span()


@attrs.frozen
class GradeBand:
    """`low` ≤ or < total, then `name`; `None` is unbounded."""

    name: str
    low: Fraction | None
    low_inclusive: bool
    high: Fraction | None
    high_inclusive: bool


@attrs.frozen
class ScoringMethod:
    """计分办法. `places` are the decimals of scores; `rounding` and `not_applicable` name choices of the program."""

    places: int = 2
    rounding: str = "计分"
    not_applicable: str = "不适用"
    grades: tuple[GradeBand, ...] = ()


@attrs.frozen
class Program:
    title: str
    fiscal_year: int | None
    issued_year: int | None
    status: str
    points: Fraction
    scoring: ScoringMethod
    data: tuple[Datum, ...]
    judgements: tuple[Judgement, ...]
    choices: tuple[Choice, ...]
    indicators: tuple[Indicator, ...]
    source_sha256: str = attrs.field(default="", eq=False)
    meaning_sha256: str = attrs.field(default="", eq=False)

    def datum(self, name: str) -> Datum:
        return next(d for d in self.data if d.name == name)

    def choice(self, name: str) -> Choice:
        return next(c for c in self.choices if c.name == name)


def clauses_of(rule: Rule) -> Iterator[Clause]:
    """Every clause below `rule`, parents before children."""
    if isinstance(rule, Sum):
        for clause in rule.parts:
            yield clause
            yield from clauses_of(clause.rule)
