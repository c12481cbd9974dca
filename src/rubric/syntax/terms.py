"""What a sentence computes with: numbers, names, and what is made of them.

Takes nothing; gives the frozen values that `build_quantities` makes. `ast` gives them out with the rest of the surface
tree: write `ast.Name`.
"""

from fractions import Fraction
from typing import Literal

import attrs

from rubric.source import NOWHERE, Span


def spanned() -> Span:
    """A place in the text: keyword only, no part of equality."""
    return attrs.field(default=NOWHERE, kw_only=True, eq=False, repr=False)  # type: ignore[no-any-return]


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
class Rank:
    """The place of the unit among all, where `第1至3名` does not name it."""

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
    | Rank
    | Own
    | Best
    | Day
    | Elapsed
    | Lateness
)
