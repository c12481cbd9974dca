"""The core program: what a rubric means.

Takes nothing; gives the frozen trees that `semantics.lower` builds and every consumer reads. Few kinds; names resolved;
numbers exact and in base units (money in 元, a rate as a ratio, a count as itself, a score in 分). Never surface syntax.

    Program ─┬─ data: Datum …            what is fed in
             ├─ judgements: Judgement …  what a person decides
             ├─ choices: Choice …        口径, with every named alternative
             ├─ scoring: ScoringMethod   rounding, 不适用, grades
             └─ indicators: Indicator ── rule: Rule ── Clause … ── Expression, Condition

Data are in `core.data`, expressions and conditions in `core.expressions`; this module gives them all, as `core.Datum`.
Spans point into the author's text; they take no part in equality.
"""

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction

import attrs

from rubric.core.data import (
    Alternative,
    Bound,
    Choice,
    ChoiceOrigin,
    Column,
    Datum,
    DatumKind,
    Dimension,
    Direction,
    Doubt,
    Judgement,
    Over,
    OverUnits,
    Unit,
    span_field,
)
from rubric.core.dates import Calendar
from rubric.core.expressions import (
    Absolute,
    All,
    Always,
    Arithmetic,
    ByReading,
    Cell,
    CellIs,
    Comparator,
    Compare,
    Condition,
    Constant,
    DayAfter,
    Elapsed,
    Expression,
    Extreme,
    FactValue,
    InState,
    Named,
    Not,
    OneIf,
    Operator,
    ReadingIs,
    Rounded,
    RowAggregate,
    Some,
    StepMode,
    Steps,
    TimeMeasure,
    Total,
)
from rubric.language import LANGUAGE_VERSION
from rubric.source import NOWHERE, Span

__all__ = [
    "Absolute",
    "All",
    "Alternative",
    "Always",
    "Arithmetic",
    "Band",
    "BandTable",
    "Bound",
    "ByReading",
    "Cell",
    "CellIs",
    "Choice",
    "ChoiceOrigin",
    "Clause",
    "ClauseKind",
    "Column",
    "Comparator",
    "Compare",
    "Condition",
    "Constant",
    "Datum",
    "DatumKind",
    "DayAfter",
    "Deduction",
    "Deductions",
    "Dimension",
    "Direction",
    "Doubt",
    "Effect",
    "Elapsed",
    "Expression",
    "Extreme",
    "FactValue",
    "Formula",
    "GradeBand",
    "InState",
    "Indicator",
    "Judged",
    "Judgement",
    "Named",
    "Not",
    "OneIf",
    "Operator",
    "Over",
    "OverUnits",
    "Override",
    "OverrideKind",
    "Profile",
    "Program",
    "ReadingIs",
    "Requirement",
    "Rounded",
    "RowAggregate",
    "RowScores",
    "Rule",
    "ScoringMethod",
    "Sentence",
    "Some",
    "StepMode",
    "Steps",
    "Sum",
    "TimeMeasure",
    "Total",
    "Unit",
    "Unresolved",
    "Yields",
    "clauses_of",
]


@attrs.frozen
class Formula:
    """The points are the value of a formula (in 分)."""

    amount: Expression
    span: Span = span_field()


@attrs.frozen
class Band:
    """`text` is the sentence as issued; the band gives `amount` where `condition` holds.

    `floor_said`: a sentence of the table says how far a deduction goes (扣完为止); no score depends on it.
    """

    condition: Condition
    amount: Expression
    text: str
    floor_said: bool = attrs.field(default=False, eq=False)
    span: Span = span_field()


@attrs.frozen
class BandTable:
    """The first band whose condition holds; where none does, `otherwise`, and without it the value is in a gap."""

    bands: tuple[Band, ...]
    otherwise: Expression | None = None
    span: Span = span_field()


@attrs.frozen
class Deduction:
    """`rate` points off for each of `times`; a negative rate adds. Together at most `limit` points either way."""

    rate: Fraction
    times: Expression
    text: str
    limit: Fraction | None = None
    span: Span = span_field()


@attrs.frozen
class Deductions:
    """`base` less all deductions, within [0, points]; not below `least` where the text names a lowest score.

    A negative `least` lets the score fall below 0, as far as it says (加减分相抵，最多扣3分).
    `floor_stated` says whether the text itself says that 0 is the floor (扣完为止).
    """

    base: Expression
    items: tuple[Deduction, ...]
    floor_stated: bool
    least: Fraction | None = None
    most: Fraction | None = None
    span: Span = span_field()


@attrs.frozen
class Judged:
    """The points a person gives for `judgement` (key `(indicator, label)`)."""

    judgement: tuple[str, str]
    span: Span = span_field()


@attrs.frozen
class Sum:
    """The parts are added."""

    parts: tuple["Clause", ...]
    span: Span = span_field()


@attrs.frozen
class Unresolved:
    """A clause that cannot be computed because of an error in the text; always 待定. `code` is the finding's."""

    code: str
    span: Span = span_field()


@attrs.frozen
class RowScores:
    """Each row of a datum scored by `rule`, as a share of `points` of that row, and added.

    `rule` gives full marks as 1: a department's own list of indicators, each with its points, is scored by one sentence.
    """

    datum: str
    points: Expression
    rule: "Rule"
    span: Span = span_field()


Rule = Formula | BandTable | Deductions | Judged | Sum | RowScores | Unresolved


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
    CAPPED = "封顶"


@attrs.frozen
class Override:
    """When `condition` holds, `effect` takes the place of what the rules give (of this clause or this indicator).

    `penalty` is taken off beyond 0 (倒扣). Where the effect is CAPPED the rules still count, up to `cap`.
    """

    kind: OverrideKind
    condition: Condition
    effect: Effect
    text: str
    penalty: Fraction = Fraction(0)
    cap: Fraction | None = None
    span: Span = span_field()


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
    span: Span = span_field()


@attrs.frozen
class Requirement:
    """A requirement inside a judged sentence: checked and shown beside it, never points."""

    text: str
    condition: Condition
    span: Span = span_field()


@attrs.frozen
class Profile:
    """A department on schedule, or on target, as the author declares it: facts for which every condition holds.

    `name` is what the lines of 数据 write after 参照 (序时进度, 年度目标). One condition for each datum, or each of its parts:
    that it equals what the name stands for. It bears on no score.
    """

    name: str
    conditions: tuple[Condition, ...]
    span: Span = span_field()


class Yields(StrEnum):
    """What an indicator comes to. Only points enter the total."""

    POINTS = "得分"
    GRADE = "等级"
    AMOUNT = "金额"


@attrs.frozen
class Indicator:
    """A 三级指标. `id` is `01`, `02` … in the order of the table; `path` is (一级, 二级).

    What it `yields` is a number in any case, so that every rule serves all three: points; the place of a grade among
    `grades`, the worst first, from 0; or an amount in 元, shown in `unit`. `unlimited` marks points without a maximum.
    `last_year` is the name it had in the rubric of the year before, where the author says so; it changes no meaning.
    """

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
    yields: Yields = Yields.POINTS
    grades: tuple[str, ...] = ()
    unit: Unit | None = None
    unlimited: bool = False
    profiles: tuple[Profile, ...] = ()
    last_year: str = ""
    span: Span = span_field()

    @property
    def is_bounded(self) -> bool:
        """Whether what it yields has a greatest value: full points, or the best grade."""
        return not self.unlimited and self.yields is not Yields.AMOUNT


@attrs.frozen
class GradeBand:
    """`low` ≤ or < total, then `name`; `None` is unbounded. `span` holds its words in the line 等级."""

    name: str
    low: Fraction | None
    low_inclusive: bool
    high: Fraction | None
    high_inclusive: bool
    span: Span = span_field()


@attrs.frozen
class ScoringMethod:
    """计分办法. `places` are the decimals of scores; `rounding` and `not_applicable` name choices of the program.

    `overrides` reach the total: after what is not applicable has been scaled, before the grade (先折算，再封顶，后定等级).
    """

    places: int = 2
    rounding: str = "计分"
    not_applicable: str = "不适用"
    grades: tuple[GradeBand, ...] = ()
    overrides: tuple[Override, ...] = ()


@attrs.frozen
class Sentence:
    """An issued sentence with the kind it was given (注, 定义, 否决, 豁免, 标题, 规则, 起评, 评判, 未读懂的规则)."""

    indicator: str
    path: str
    kind: str
    text: str
    span: Span = NOWHERE


@attrs.frozen
class Program:
    """What a table means. `calendar` holds the working days, where a rule counts in them; `sentences` list its issued text with the kind of each sentence; they take no part in meaning, nor do the digests and the version of the language it was read in."""

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
    sentences: tuple[Sentence, ...] = attrs.field(default=(), eq=False)
    source_sha256: str = attrs.field(default="", eq=False)
    meaning_sha256: str = attrs.field(default="", eq=False)
    language_version: int = attrs.field(default=LANGUAGE_VERSION, eq=False)
    calendar: Calendar = Calendar()

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
