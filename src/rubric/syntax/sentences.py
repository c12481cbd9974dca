"""What one sentence says: expressions, conditions, outcomes.

Takes nothing; gives the frozen values that `build` makes of a sentence the grammar accepts. `ast` gives them out with the
rest of the surface tree: write `ast.Comparison`.
"""

from fractions import Fraction
from typing import Literal

import attrs

from rubric.source import NOWHERE, Span


def spanned() -> Span:
    """A place in the text: keyword only, no part of equality."""
    return attrs.field(default=NOWHERE, kw_only=True, eq=False, repr=False)  # type: ignore[no-any-return]


# --- expressions ------------------------------------------------------------------------------------------------------


@attrs.frozen
class Number:
    """A numeral with its unit as written: `` (none), `%`, `‰`, `分`, `百分点`, `万元`, `个` …"""

    value: Fraction
    unit: str = ""
    span: Span = spanned()


@attrs.frozen
class Name:
    """`key` is the folded name; `declared` is False for a run of characters that only its place makes a name."""

    key: str
    declared: bool = True
    span: Span = spanned()


@attrs.frozen
class Operation:
    operator: Literal["+", "-", "*", "/"]
    left: "Expression"
    right: "Expression"
    span: Span = spanned()


@attrs.frozen
class Absolute:
    operand: "Expression"
    span: Span = spanned()


@attrs.frozen
class Stated:
    """`序时进度 25%`: the value of a rate, or a share of an amount; its type decides."""

    name: Name
    percent: Number
    span: Span = spanned()


@attrs.frozen
class Several:
    """`A、B两项`: quantities named one after the other."""

    items: tuple["Expression", ...]
    span: Span = spanned()


Which = Literal["sum", "mean", "min", "max"]


@attrs.frozen
class Aggregate:
    """`Σ（X）`, `四个季度X的平均值`, `A、B中的较高值`: one number from the values of the series, the rows or the names inside.

    `trim`: as many of the greatest and of the least values are left out; `weight`: what each value counts in a mean.
    """

    which: Which
    operand: "Expression"
    trim: int = 0
    weight: "Expression | None" = None
    span: Span = spanned()


@attrs.frozen
class Aspects:
    """`〈rows〉涉及的〈column〉`: how many different values the column has."""

    rows: Name
    column: Name
    span: Span = spanned()


@attrs.frozen
class Limited:
    """`X，超过100%的按100%计`."""

    body: "Expression"
    over: Number
    counted: Number
    span: Span = spanned()


@attrs.frozen
class Elided:
    """The subject left out, as in `超出10%的`: that of the sentence before."""

    span: Span = spanned()


@attrs.frozen
class Peers:
    """How many there are to be ranked, where `前30%` or `末位` leaves it unsaid."""

    span: Span = spanned()


@attrs.frozen
class Own:
    """The value of the unit that is scored, beside those of all units."""

    span: Span = spanned()


@attrs.frozen
class Best:
    """The least or the greatest value of all units."""

    which: Which
    span: Span = spanned()


@attrs.frozen
class Day:
    """`10月31日` in the year of evaluation, `shift` years later, or in `year`. Without `day`, the last of the month.

    `inclusive` says whether a deadline on it includes it; None where the text leaves that open.
    """

    month: int
    day: int | None
    year: int | None = None
    shift: int = 0
    words: str = ""
    inclusive: bool | None = True
    span: Span = spanned()


@attrs.frozen
class Elapsed:
    """Time from one day to another in `unit`; `counts_start` whether the first day counts (None: the text leaves it open)."""

    start: "Expression"
    end: "Expression"
    unit: str
    counts_start: bool | None = False
    words: str = ""
    span: Span = spanned()


@attrs.frozen
class Lateness:
    """`逾期`, `提前`: how far beyond the deadline of the sentences before, or how far ahead of it, in `unit`."""

    words: str
    early: bool = False
    unit: str = ""
    span: Span = spanned()


Expression = (
    Number
    | Name
    | Operation
    | Absolute
    | Stated
    | Several
    | Aggregate
    | Aspects
    | Limited
    | Elided
    | Peers
    | Own
    | Best
    | Day
    | Elapsed
    | Lateness
)


# --- conditions -------------------------------------------------------------------------------------------------------

Sign = Literal["<", "<=", "=", ">=", ">"]


@attrs.frozen
class Comparison:
    """`operands[i] signs[i] operands[i + 1]`, one or two signs."""

    operands: tuple[Expression, ...]
    signs: tuple[Sign, ...]
    span: Span = spanned()


@attrs.frozen
class Ranged:
    """`subject` lies between two numbers; each end inclusive or not, None where the text does not say."""

    subject: Expression
    low: Number
    low_inclusive: bool | None
    high: Number
    high_inclusive: bool | None
    span: Span = spanned()


@attrs.frozen
class Bare:
    """A quantity where a condition stands: it is there (more than 0)."""

    operand: Expression
    span: Span = spanned()


@attrs.frozen
class Named:
    """Words that an author's line declares to be a condition."""

    key: str
    span: Span = spanned()


@attrs.frozen
class Implied:
    """The condition a step leaves unsaid: beyond (or below) the threshold of the sentence before."""

    beyond: bool
    span: Span = spanned()


@attrs.frozen
class Joined:
    """`and` or `or` of the parts."""

    joint: Literal["and", "or"]
    parts: tuple["Condition", ...]
    span: Span = spanned()


@attrs.frozen
class Timely:
    """Something done in time: until or after `high`, from `low` to `high`, or within `time` of the event `since`.

    The time taken is compared by `time_sign`, and by `least_sign` with `least` where it must be longer than that.
    Without any of them (`按时报送`) it is done without delay. `subject` is what is done, None where no name stands there.
    `words` name the limit; `inclusive` and `counts_start` are what they say of its last and first day.
    """

    high: Day | None = None
    low: Day | None = None
    time: Number | None = None
    time_sign: Sign = "<="
    least: Number | None = None
    least_sign: Sign = ">="
    after: bool = False
    inclusive: bool | None = None
    since: Name | None = None
    counts_start: bool | None = None
    subject: Name | None = None
    words: str = ""
    span: Span = spanned()


Condition = Comparison | Ranged | Bare | Named | Implied | Joined | Timely


# --- outcomes and sentences -------------------------------------------------------------------------------------------


@attrs.frozen
class Award:
    """`points` None is full marks, or `share` of them. `scopes` as written (`本项`, `第1点`), empty where nothing is said."""

    points: Fraction | None
    scopes: tuple[str, ...] = ()
    direct: bool = False
    marked: bool = False
    share: Fraction | None = None
    span: Span = spanned()


@attrs.frozen
class Limits:
    """What a sentence says of the bounds of what it gives: 扣完为止, 最多加2分, 最低得10分, a part of a step.

    `floor_points` are those of `扣完6分为止`; `most_of` is the verb the greatest is said of (得, 加, 扣).
    """

    floor: bool = False
    floor_points: Fraction | None = None
    most: Fraction | None = None
    most_of: str = ""
    least: Fraction | None = None
    partial: str = ""
    places: int | None = None
    penalty: Fraction = Fraction(0)
    from_total: bool = False
    most_paid: "Payment | None" = None


UNLIMITED = Limits()


@attrs.frozen
class StepDeduction:
    """`每超出一个百分点扣0.1分`; `beyond` is True for 超出, False for 低于, None for `每1%`. `words` name the step as written.

    `adds` where points are added. `每高于基准价1%` measures `subject` against `reference`, as a share of it.
    `timed` marks a step of time beyond a deadline, or before it (`每逾期一天`, `每提前一天`); `subject` then is the delay.
    """

    beyond: bool | None
    step: Number
    points: Fraction
    words: str
    adds: bool = False
    subject: "Expression | None" = None
    reference: "Expression | None" = None
    timed: bool = False
    span: Span = spanned()


@attrs.frozen
class PerCount:
    """`一项扣1分`: for every `group` of the counter."""

    group: int
    counter: str
    points: Fraction
    adds: bool = False
    event: "Expression | None" = None
    span: Span = spanned()


@attrs.frozen
class NotApplicable:
    scopes: tuple[str, ...] = ()
    span: Span = spanned()


@attrs.frozen
class Graded:
    name: str
    span: Span = spanned()


@attrs.frozen
class Regraded:
    """What a fact does to a grade given otherwise: some grades `lower`, not `above` one, or only `below` one.

    All empty for 取消评优资格: the best grade alone is ruled out.
    """

    lower: int = 0
    above: str = ""
    below: str = ""
    span: Span = spanned()


@attrs.frozen
class Payment:
    """What is paid: a `share` of the money, or an `amount`; where it `cuts`, so much less than all of it.

    With a `step` the cut is made for each step. Both None: the share that the score is of 100 (按得分比例支付).
    `words` name the money, if anything does.
    """

    words: str
    share: Fraction | None = None
    amount: Number | None = None
    cuts: bool = False
    step: StepDeduction | None = None
    threshold: Number | None = None
    span: Span = spanned()


@attrs.frozen
class ScoreFormula:
    """`X得分=式`; `places`, `most`, `least` where the text rounds or bounds it (`保留2位小数`, `最高8分`).

    `taken` where the text says only how the score is taken from other values (`按得分较高的计`).
    """

    name: str
    body: Expression
    places: int | None = None
    most: Fraction | None = None
    least: Fraction | None = None
    taken: bool = False
    span: Span = spanned()


Outcome = Award | StepDeduction | PerCount | NotApplicable | Graded | Regraded | Payment | ScoreFormula


@attrs.frozen
class Equation:
    """`X=式`; `most` where the points that rest on it are bounded in the same sentence (`…×100%，最高4分`)."""

    name: Name
    body: Expression
    most: Fraction | None = None
    span: Span = spanned()


@attrs.frozen
class Rule:
    """`implied` marks a step whose condition the text leaves unsaid: it counts after every sentence that states one.

    `dependent`: 在此基础上, so the condition of the sentence before must hold too.
    """

    condition: Condition
    outcome: Outcome
    limits: Limits = UNLIMITED
    implied: bool = False
    dependent: bool = False
    introduction: str = ""
    span: Span = spanned()


@attrs.frozen
class CountDeduction:
    """`发现一项不符合的扣1分`."""

    event: Expression
    deduction: PerCount
    limits: Limits = UNLIMITED
    span: Span = spanned()


@attrs.frozen
class Otherwise:
    """`否则不得分`: what follows where no sentence before it holds."""

    outcome: Outcome
    span: Span = spanned()


@attrs.frozen
class Interpolate:
    """`中间值按内插法计算`: straight lines between the thresholds named before."""

    span: Span = spanned()


@attrs.frozen
class Listed:
    """`第1-3名的依次得15分、12分、9分`: the values from `first` on, each with its points."""

    subject: Expression
    first: int
    points: tuple[Fraction, ...]
    span: Span = spanned()


@attrs.frozen
class Paired:
    """`国家级、省级的，每次分别加2分、1分`: each event with its own points, in order."""

    events: tuple[Expression, ...]
    deductions: tuple[PerCount, ...]
    limits: Limits = UNLIMITED
    span: Span = spanned()


@attrs.frozen
class Always:
    """An outcome without a condition: `按考核得分比例支付服务费`."""

    outcome: Outcome
    limits: Limits = UNLIMITED
    span: Span = spanned()


@attrs.frozen
class Statement:
    """A condition alone: no sentence of a cell, but the right side of `即`."""

    condition: Condition
    span: Span = spanned()


Sentence = (
    ScoreFormula | Equation | Rule | CountDeduction | Otherwise | Always | Interpolate | Listed | Paired | Statement
)
