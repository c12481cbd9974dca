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
from rubric.syntax.conditions import (
    AnyOf as AnyOf,
    Bare as Bare,
    Comparison as Comparison,
    Condition as Condition,
    Gap as Gap,
    Implied as Implied,
    Joined as Joined,
    Named as Named,
    Placed as Placed,
    Ranged as Ranged,
    Sign as Sign,
    Standing as Standing,
    Timely as Timely,
)
from rubric.syntax.sentences import (
    UNLIMITED as UNLIMITED,
    Adjustment as Adjustment,
    Always as Always,
    Award as Award,
    Basis as Basis,
    Capped as Capped,
    Closing as Closing,
    CountDeduction as CountDeduction,
    Doubled as Doubled,
    Equation as Equation,
    Graded as Graded,
    Interpolate as Interpolate,
    Limits as Limits,
    Listed as Listed,
    NotApplicable as NotApplicable,
    Otherwise as Otherwise,
    Outcome as Outcome,
    Paired as Paired,
    Payment as Payment,
    PerCount as PerCount,
    Proportion as Proportion,
    Regraded as Regraded,
    RowPoints as RowPoints,
    Rule as Rule,
    ScoreFormula as ScoreFormula,
    Sentence as Sentence,
    Statement as Statement,
    StepDeduction as StepDeduction,
)
from rubric.syntax.terms import (
    Absolute as Absolute,
    Aggregate as Aggregate,
    Aspects as Aspects,
    Best as Best,
    Day as Day,
    Elapsed as Elapsed,
    Elided as Elided,
    Expression as Expression,
    Lateness as Lateness,
    Limited as Limited,
    Name as Name,
    Number as Number,
    Operation as Operation,
    Own as Own,
    Peers as Peers,
    Rank as Rank,
    Several as Several,
    Stated as Stated,
    Which as Which,
    spanned as spanned,
)
from rubric.syntax.titles import Yields as Yields

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
    `goes_on` where it stands in one sentence with the piece before it (`A的得1分，否则不得分`).
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
    goes_on: bool = False
    span: Span = spanned()


@attrs.frozen
class Item:
    """A numbered part of a cell; the cell itself has path ``. `path` is `1` or `1（2）`."""

    path: str
    pieces: tuple[Piece, ...]
    items: tuple["Item", ...]
    span: Span = spanned()


@attrs.frozen
class Case:
    """The cell as it reads for one class of unit; `condition` None for all the others."""

    condition: Condition | None
    cell: Item
    span: Span = spanned()


@attrs.frozen
class Phrase:
    """Words of an issued sentence that stand for a datum, or for one of its states."""

    words: str
    state: str = ""
    span: Span = spanned()


@attrs.frozen
class OverUnits:
    """`按整改率从高到低`, `取各单位得分的最高值`: a datum that follows from one that every unit has.

    `without_gaps` where the text says that after equals the next place follows at once; `ties_said` where it says how the
    places after equals go on at all.
    """

    which: Literal["down", "up", "max", "min", "mean", "count"]
    of: str = ""
    without_gaps: bool = False
    ties_said: bool = False


@attrs.frozen
class Target:
    """What follows 参照: the words that say what the datum comes to in a department on schedule, or on target."""

    words: str
    span: Span = spanned()


@attrs.frozen
class DatumLine:
    """A line of 数据. Texts of bounds stay as written (`low`, `high`); `signed`: 可为负; `places` are the items its states answer.

    `directions` has both only where the line contradicts itself; `targets` are read once names are known (`Aim`).
    `sentences_of` is the item whose sentences they answer, in order (`依次对应第1点各句`).
    """

    name: str
    unit: str = ""
    states: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    aliases: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    places: tuple[str, ...] = ()
    sentences_of: str = ""
    low: str = ""
    high: str = ""
    decimals: int | None = None
    reference: str = ""
    origin: str = ""
    filled_by: str = ""
    dash_is_zero: bool = False
    signed: bool = False
    over: OverUnits | None = None
    directions: tuple[Literal["up", "down"], ...] = ()
    targets: tuple[Target, ...] = ()
    unchangeable: bool = False
    unread: tuple[Span, ...] = ()
    fault: str = ""  # code of the finding that says why this cannot be read
    span: Span = spanned()


class BasisKind(StrEnum):
    """The forms of a line of 口径."""

    NOTE = "说明"
    MEANS = "指"
    HOLDS = "即"
    COUNTED = "按…计"
    ALTERNATIVES = "的备选"
    LIMITED = "限于"
    CONSTANTS = "各期数"
    PERIODIC = "按期计算"
    DEFINITION = "定义"
    RANGE = "酌情给分"
    BOUNDED = "封顶保底"
    RULE = "规则"
    LAST_YEAR = "上年指标"
    UNREAD = "未读懂"


@attrs.frozen
class Option:
    """One reading as written. `name` is its plain words; `body` or `rules` what they compute, if they compute anything."""

    name: str
    body: Expression | None = None
    rules: tuple[Sentence, ...] = ()
    span: Span = spanned()


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
    span: Span = spanned()


Terminal = Literal["QUANTITY", "CONDITION"]
Role = Literal[
    "datum",
    "part",
    "relative",
    "mean",
    "state",
    "column",
    "values",
    "cell",
    "rows",
    "definition",
    "constants",
    "word",
    "condition",
]


@attrs.frozen
class Selection:
    """Words that say which rows are meant: `按期完成的项目数`, `完成率达到90%的项目的支出额`.

    `condition` None: all rows. What is taken of them: how many there are, their share of all rows, or a `column`.
    """

    key: str
    datum: str
    what: Literal["count", "share", "column"]
    column: str = ""
    condition: Condition | None = None
    span: Span = spanned()


@attrs.frozen
class Declared:
    """One name. `target` is what declares it; `detail` the part, relative period, column or state; `path` the item it holds in.

    `column` is that of a state that stands in a cell of a row.
    """

    key: str
    terminal: Terminal
    role: Role
    target: str
    detail: str = ""
    path: str = ""
    column: str = ""
    span: Span = spanned()


@attrs.frozen
class Aim:
    """A target of a datum as it reads with the names of one indicator; `body` None where it is no quantity there."""

    datum: str
    words: str
    body: Expression | None
    span: Span = spanned()


@attrs.frozen
class Indicator:
    """A 三级指标 with its place in the tree, its four sections and the names in force in it (shared ones first).

    `points` is None where the heading states none. `stated` are sentences of the cell that read as lines of 口径 do (`序时进度：一季度25%，…`).
    `unbound` is the code about words of a 对应 that stand nowhere."""

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
    yields: Yields = Yields.POINTS
    unlimited: bool = False
    cases: tuple[Case, ...] = ()
    unbound: str = ""
    selections: tuple[Selection, ...] = ()
    aims: tuple[Aim, ...] = ()
    stated: tuple[BasisLine, ...] = ()
    dimension_span: Span = spanned()
    name_span: Span = NOWHERE
    span: Span = spanned()


@attrs.frozen
class Header:
    key: str
    value: str
    span: Span = spanned()


@attrs.frozen
class Document:
    """A whole file. `scoring` are the lines of 计分办法 as (key, text), an author's or those that a table states itself.

    `total` holds the rules on the total as the cell of an item of their own, None where there are none.
    """

    source: SourceText
    headers: tuple[Header, ...]
    scoring: tuple[Header, ...]
    shared: tuple[DatumLine, ...]
    indicators: tuple[Indicator, ...]
    notes: tuple[Header, ...] = ()
    total: Indicator | None = None
    span: Span = spanned()
