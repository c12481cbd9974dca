"""What one sentence says: its outcome, under its condition.

Takes nothing; gives the frozen values that `build` makes of a sentence the grammar accepts. `ast` gives them out with the
rest of the surface tree: write `ast.Comparison`.
"""

from fractions import Fraction

import attrs

from rubric.source import Span
from rubric.syntax.conditions import Condition, Standing
from rubric.syntax.terms import Expression, Name, Number, spanned

# --- outcomes and sentences -------------------------------------------------------------------------------------------


@attrs.frozen
class Award:
    """`points` None is full marks, or `share` of them. `scopes` as written (`本项`, `第1点`), empty where nothing is said.

    `spared`: nothing is taken off (不扣分, 除外). `deducted` where the points are those taken from full marks (`5%-10%的扣1分`).
    """

    points: Fraction | None
    scopes: tuple[str, ...] = ()
    direct: bool = False
    marked: bool = False
    share: Fraction | None = None
    deducted: bool = False
    spared: bool = False
    span: Span = spanned()


@attrs.frozen
class Limits:
    """What a sentence says of the bounds of what it gives: 扣完为止, 最多加2分, 最低得10分, a part of a step.

    `floor_points` are those of `扣完6分为止`; `most_of` is the verb the greatest is said of (得, 加, 扣). `most_share` is the
    greatest as a share of full points (`最高得120%`), `added_share` the greatest added as a share of the base
    (`最多加基本分的20%`), `most_off` the greatest taken where a greatest given stands beside it (`最高加2分，最多扣3分`).
    `together`: they are said of all sentences of the cell (累计, 合计, 本项). `one_level`: of several levels only the highest
    counts (同一事项就高不重复). `so_on`: 以此类推.
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
    most_share: Fraction | None = None
    most_off: Fraction | None = None
    added_share: Fraction | None = None
    together: bool = False
    one_level: bool = False
    so_on: bool = False


UNLIMITED = Limits()


@attrs.frozen
class StepDeduction:
    """`每超出一个百分点扣0.1分`; `beyond` is True for 超出, False for 低于, None for `每1%`. `words` name the step as written.

    `adds` where points are added. `每高于基准价1%` measures `subject` against `reference`, as a share of it. `off` where both
    ways count (每相差), or the way the threshold does not want (每差). `share` are the points as a share of full points.
    `timed` marks a step of time beyond a deadline, or before it (`每逾期一天`, `每提前一天`); `subject` then is the delay.
    `base` is what the steps are taken from where that is not full points (`第6名得8分，以后每降低一名扣1分`).
    """

    beyond: bool | None
    step: Number
    points: Fraction
    words: str
    adds: bool = False
    subject: "Expression | None" = None
    reference: "Expression | None" = None
    off: bool = False
    share: Fraction | None = None
    timed: bool = False
    base: Fraction | None = None
    span: Span = spanned()


@attrs.frozen
class PerCount:
    """`一项扣1分`: for every `group` of the counter.

    `share` is of the full points, where no points are named; `multiple` of the rate of the sentence before (加倍). `first` and
    `last` are the occurrences meant (首次, 第二次起). `short` where what lacks is counted (每缺1人): after a standard
    (不少于5人) that is how far the number falls short of it. `own`: its words say what is counted (每流失一个项目).
    `unsigned`: its words do not say whether points are given or taken (`2分/篇`); the rest of the cell does. `doubled` is the
    `multiple` that its points have taken up.
    """

    group: int
    counter: str
    points: Fraction
    adds: bool = False
    event: "Expression | None" = None
    share: Fraction | None = None
    multiple: int | None = None
    doubled: int | None = None
    first: int = 1
    last: int | None = None
    short: bool = False
    own: bool = False
    unsigned: bool = False
    span: Span = spanned()


@attrs.frozen
class Adjustment:
    """`未公示的，扣0.5分`: once, where the condition holds."""

    points: Fraction
    adds: bool = False
    span: Span = spanned()


@attrs.frozen
class Doubled:
    """`重复出现的，加倍扣分`, `参与的减半计分`: what the sentences before take off, or give, counts that many times."""

    times: int | Fraction
    span: Span = spanned()


@attrs.frozen
class Capped:
    """`总分最高不超过79分`: what is given stays, up to `most`."""

    most: Fraction
    scopes: tuple[str, ...] = ()
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
    most_share: Fraction | None = None
    span: Span = spanned()


@attrs.frozen
class Proportion:
    """`按比例得分`: full points times what is measured over what was to be reached, or `扣分`: less that share."""

    ratio: Expression | None
    deducts: bool
    span: Span = spanned()


Outcome = (
    Award
    | Adjustment
    | Doubled
    | Capped
    | StepDeduction
    | PerCount
    | NotApplicable
    | Graded
    | Regraded
    | Payment
    | ScoreFormula
    | Proportion
)


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

    `dependent`: 在此基础上, so the condition of the sentence before must hold too. `marginal`: 的部分, so what goes beyond the
    range of the condition is deducted by other sentences, as in a tax table.
    """

    condition: Condition
    outcome: Outcome
    limits: Limits = UNLIMITED
    implied: bool = False
    dependent: bool = False
    introduction: str = ""
    marginal: bool = False
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
    """`中间值按内插法计算`: straight lines between the thresholds named before, or between `low` and `high` alone.

    `open`: nothing is given beyond the last thresholds but what the text says (功效系数法, below the worst standard).
    """

    low: Number | None = None
    high: Number | None = None
    open: bool = False
    span: Span = spanned()


@attrs.frozen
class Closing:
    """Bounds in a sentence of their own: `最低得2分`, `执行率超过100%的按100%计`. They hold for the sentences before.

    `over` and `counted` are those of `超过100%的按100%计`, of `subject` where it is named.
    """

    limits: Limits
    subject: Name | None = None
    over: Number | None = None
    counted: Number | None = None
    span: Span = spanned()


@attrs.frozen
class Basis:
    """`以90%为目标值。`: in a sentence of its own, what those after it measure against."""

    standing: Standing
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

    events: tuple[Condition, ...]
    deductions: tuple[PerCount, ...]
    limits: Limits = UNLIMITED
    span: Span = spanned()


@attrs.frozen
class RowPoints:
    """`A类4分/篇，B类2分/篇，参与的减半计分`: the points of the rows of `datum` added, by the state of each in `column`.

    `shares` are what states of other columns leave of them. Of the rows that agree in `best_by` only the best counts.
    """

    datum: str
    column: str
    points: tuple[tuple[str, Fraction], ...]
    shares: tuple[tuple[str, tuple[tuple[str, Fraction], ...]], ...] = ()
    best_by: str | None = None
    most: Fraction | None = None
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
    ScoreFormula
    | Equation
    | Rule
    | CountDeduction
    | Otherwise
    | Always
    | Interpolate
    | Listed
    | Paired
    | RowPoints
    | Closing
    | Basis
    | Statement
)
