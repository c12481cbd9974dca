"""The surface tree: what the author wrote, sentence by sentence.

Takes nothing; gives frozen values. No parents, no types, no caches, no meaning: two readings of a word are two lines of
the author here, and `semantics` decides. Spans take no part in equality.

    Document ─┬─ headers, notes, scoring (计分办法), shared data (共用数据)
              └─ Indicator ─┬─ cell: Item ── Piece ── Sentence ── Condition, Outcome, Expression
                            ├─ data: DatumLine
                            └─ basis: BasisLine (口径)
"""

from enum import StrEnum
from fractions import Fraction
from typing import Literal

import attrs

from rubric.source import NOWHERE, SourceText, Span


def _span() -> Span:
    return attrs.field(default=NOWHERE, kw_only=True, eq=False, repr=False)  # type: ignore[no-any-return]


# --- expressions ------------------------------------------------------------------------------------------------------


@attrs.frozen
class Number:
    """A numeral with its unit as written: `` (none), `%`, `‰`, `分`, `百分点`, `万元`, `个` …"""

    value: Fraction
    unit: str = ""
    span: Span = _span()


@attrs.frozen
class Name:
    """`key` is the folded name; `declared` is False for a run of characters that only its place makes a name."""

    key: str
    declared: bool = True
    span: Span = _span()


@attrs.frozen
class Operation:
    operator: Literal["+", "-", "*", "/"]
    left: "Expression"
    right: "Expression"
    span: Span = _span()


@attrs.frozen
class Absolute:
    operand: "Expression"
    span: Span = _span()


@attrs.frozen
class Stated:
    """`序时进度 25%`: the value of a rate, or a share of an amount; its type decides."""

    name: Name
    percent: Number
    span: Span = _span()


@attrs.frozen
class Total:
    """`Σ（X）`: over the one series inside X."""

    operand: "Expression"
    span: Span = _span()


@attrs.frozen
class Mean:
    """`四个季度X的平均值`."""

    operand: Name
    span: Span = _span()


@attrs.frozen
class Aspects:
    """`〈rows〉涉及的〈column〉`: how many different values the column has."""

    rows: Name
    column: Name
    span: Span = _span()


@attrs.frozen
class Limited:
    """`X，超过100%的按100%计`."""

    body: "Expression"
    over: Number
    counted: Number
    span: Span = _span()


@attrs.frozen
class Elided:
    """The subject left out, as in `超出10%的`: that of the sentence before."""

    span: Span = _span()


Expression = Number | Name | Operation | Absolute | Stated | Total | Mean | Aspects | Limited | Elided


# --- conditions -------------------------------------------------------------------------------------------------------

Sign = Literal["<", "<=", "=", ">=", ">"]


@attrs.frozen
class Comparison:
    """`operands[i] signs[i] operands[i + 1]`, one or two signs."""

    operands: tuple[Expression, ...]
    signs: tuple[Sign, ...]
    span: Span = _span()


@attrs.frozen
class Ranged:
    """`subject` lies between two numbers; each end inclusive or not, None where the text does not say."""

    subject: Expression
    low: Number
    low_inclusive: bool | None
    high: Number
    high_inclusive: bool | None
    span: Span = _span()


@attrs.frozen
class Bare:
    """A quantity where a condition stands: it is there (more than 0)."""

    operand: Expression
    span: Span = _span()


@attrs.frozen
class Named:
    """Words that an author's line declares to be a condition."""

    key: str
    span: Span = _span()


@attrs.frozen
class Implied:
    """The condition a step leaves unsaid: beyond (or below) the threshold of the sentence before."""

    beyond: bool
    span: Span = _span()


@attrs.frozen
class Joined:
    """`and` or `or` of the parts."""

    joint: Literal["and", "or"]
    parts: tuple["Condition", ...]
    span: Span = _span()


Condition = Comparison | Ranged | Bare | Named | Implied | Joined


# --- outcomes and sentences -------------------------------------------------------------------------------------------


@attrs.frozen
class Award:
    """`points` None is full marks, or `share` of them. `scopes` as written (`本项`, `第1点`), empty where nothing is said."""

    points: Fraction | None
    scopes: tuple[str, ...] = ()
    direct: bool = False
    marked: bool = False
    share: Fraction | None = None
    span: Span = _span()


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


UNLIMITED = Limits()


@attrs.frozen
class StepDeduction:
    """`每超出一个百分点扣0.1分`; `beyond` is True for 超出, False for 低于, None for `每1%`. `words` name the step as written.

    `adds` where points are added. `每高于基准价1%` measures `subject` against `reference`, as a share of it.
    """

    beyond: bool | None
    step: Number
    points: Fraction
    words: str
    adds: bool = False
    subject: "Expression | None" = None
    reference: "Expression | None" = None
    span: Span = _span()


@attrs.frozen
class PerCount:
    """`一项扣1分`: for every `group` of the counter."""

    group: int
    counter: str
    points: Fraction
    adds: bool = False
    event: "Expression | None" = None
    span: Span = _span()


@attrs.frozen
class NotApplicable:
    scopes: tuple[str, ...] = ()
    span: Span = _span()


@attrs.frozen
class Graded:
    name: str
    span: Span = _span()


@attrs.frozen
class ScoreFormula:
    """`X得分=式`; `places` where the text rounds it (`保留2位小数`)."""

    name: str
    body: Expression
    places: int | None = None
    span: Span = _span()


Outcome = Award | StepDeduction | PerCount | NotApplicable | Graded | ScoreFormula


@attrs.frozen
class Equation:
    """`X=式`."""

    name: Name
    body: Expression
    span: Span = _span()


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
    span: Span = _span()


@attrs.frozen
class CountDeduction:
    """`发现一项不符合的扣1分`."""

    event: Expression
    deduction: PerCount
    limits: Limits = UNLIMITED
    span: Span = _span()


@attrs.frozen
class Otherwise:
    """`否则不得分`: what follows where no sentence before it holds."""

    outcome: Outcome
    span: Span = _span()


@attrs.frozen
class Interpolate:
    """`中间值按内插法计算`: straight lines between the thresholds named before."""

    span: Span = _span()


@attrs.frozen
class Statement:
    """A condition alone: no sentence of a cell, but the right side of `即`."""

    condition: Condition
    span: Span = _span()


Sentence = ScoreFormula | Equation | Rule | CountDeduction | Otherwise | Interpolate | Statement


# --- pieces, items, lines ---------------------------------------------------------------------------------------------


class PieceKind(StrEnum):
    NOTE = "注"
    DEFINITION = "定义"
    VETO = "否决"
    EXEMPTION = "豁免"
    TITLE = "标题"
    RULE = "规则"
    BASELINE = "起评"
    JUDGED = "评判"
    UNREAD = "未读懂的规则"


@attrs.frozen
class Piece:
    """One sentence of a cell with its kind (`language.md` §3).

    `points` is the `（N分）` it carries; `award` the greatest 得N分 or N of `得分=…×N分`; `deducts` whether it says 扣N分.
    `sentence` is None where the grammar refuses it; `stop` is then the first name, sign or number not understood.
    """

    kind: PieceKind
    text: str
    points: Fraction | None
    award: Fraction | None
    deducts: bool
    discretionary: bool
    sentence: Sentence | None = None
    stop: Span | None = None
    fault: str = ""  # code of the finding that says why this cannot be read
    span: Span = _span()


@attrs.frozen
class Item:
    """A numbered part of a cell; the cell itself has path ``. `path` is `1` or `1（2）`."""

    path: str
    pieces: tuple[Piece, ...]
    items: tuple["Item", ...]
    span: Span = _span()


@attrs.frozen
class Phrase:
    """Words of an issued sentence that stand for a datum, or for one of its states."""

    words: str
    state: str = ""
    span: Span = _span()


@attrs.frozen
class DatumLine:
    """A line of 数据. Texts of bounds stay as written (`low`, `high`); `places` are the items its states answer in order."""

    name: str
    unit: str = ""
    states: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    aliases: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    places: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    decimals: int | None = None
    reference: str = ""
    origin: str = ""
    filled_by: str = ""
    dash_is_zero: bool = False
    unread: tuple[Span, ...] = ()
    fault: str = ""  # code of the finding that says why this cannot be read
    span: Span = _span()


class BasisKind(StrEnum):
    """The forms of a line of 口径."""

    NOTE = "说明"
    MEANS = "指"
    HOLDS = "即"
    COUNTED = "按…计"
    ALTERNATIVES = "的备选"
    LIMITED = "限于"
    CONSTANTS = "各期数"
    DEFINITION = "定义"
    RANGE = "酌情给分"
    RULE = "规则"
    LAST_YEAR = "上年指标"
    UNREAD = "未读懂"


@attrs.frozen
class Option:
    """One reading as written. `name` is its plain words; `body` or `rules` what they compute, if they compute anything."""

    name: str
    body: Expression | None = None
    rules: tuple[Sentence, ...] = ()
    span: Span = _span()


@attrs.frozen
class BasisLine:
    """A line of 口径. `word` is what it speaks of; `options[0]` is the chosen reading, the rest stand after 备选."""

    kind: BasisKind
    word: str = ""
    options: tuple[Option, ...] = ()
    aliases: tuple[str, ...] = ()
    condition: Condition | None = None
    sentences: tuple[Sentence, ...] = ()
    constants: tuple[tuple[str, Number], ...] = ()
    scopes: tuple[str, ...] = ()
    text: str = ""
    stop: Span | None = None
    fault: str = ""  # code of the finding that says why this cannot be read
    span: Span = _span()


Terminal = Literal["QUANTITY", "CONDITION"]
Role = Literal["datum", "part", "relative", "state", "column", "definition", "constants", "word", "condition"]


@attrs.frozen
class Declared:
    """One name. `target` is what declares it; `detail` the part, relative period or state; `path` the item it holds in."""

    key: str
    terminal: Terminal
    role: Role
    target: str
    detail: str = ""
    path: str = ""
    span: Span = _span()


@attrs.frozen
class Indicator:
    """A 三级指标 with its place in the tree, its four sections and the names in force in it (shared ones first).

    `points` is None where the heading states none. `unbound` is the code about words of a 对应 that stand nowhere."""

    dimension: str
    category: str
    name: str
    points: Fraction | None
    description: str
    cell: Item
    data: tuple[DatumLine, ...]
    basis: tuple[BasisLine, ...]
    names: tuple[Declared, ...]
    dimension_points: Fraction | None = None
    unbound: str = ""
    dimension_span: Span = _span()
    name_span: Span = NOWHERE
    span: Span = _span()


@attrs.frozen
class Header:
    key: str
    value: str
    span: Span = _span()


@attrs.frozen
class Document:
    """A whole file. `scoring` are the lines of 计分办法 as (key, text); `scoring_issued` where a table states it itself."""

    source: SourceText
    headers: tuple[Header, ...]
    scoring: tuple[Header, ...]
    shared: tuple[DatumLine, ...]
    indicators: tuple[Indicator, ...]
    notes: tuple[Header, ...] = ()
    span: Span = _span()
