"""What a program asks for and offers: units, data, judgements, and the choices with their alternatives.

Takes nothing; gives the frozen values at the leaves of the core program. Never a rule: those are in `core.program`.
"""

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from rubric.source import NOWHERE, Span

if TYPE_CHECKING:
    from rubric.core.expressions import Expression


def span_field() -> Span:
    """Where a thing stands in the author's text; takes no part in equality."""
    return attrs.field(default=NOWHERE, kw_only=True, eq=False, repr=False)  # type: ignore[no-any-return]


class Dimension(StrEnum):
    """What kind of thing a number measures. Two numbers add or compare only within one dimension (and one counter)."""

    MONEY = "money"
    RATE = "rate"
    COUNT = "count"
    SCORE = "score"
    DATE = "date"
    NUMBER = "number"
    GRADE = "grade"


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
    """A limit on a datum: a value in base units, the name of another datum, or a quantity made of others. Inclusive."""

    value: Fraction | None
    datum: str | None = None
    quantity: "Expression | None" = None


@attrs.frozen
class Column:
    """A column of a datum that is filled in row by row: text, one of `states`, or a quantity with `unit`.

    A column `against` another holds what was reached of the target in that one, each row in its own unit. What follows of
    it, whether the target is met and how much of it is reached, stands in columns `derived` by the reader of facts.
    """

    name: str
    states: tuple[str, ...] = ()
    unit: Unit | None = None
    against: str = ""
    derived: bool = False


class Over(StrEnum):
    """What is taken over all units: the place from the greatest or the least value on, or one value of them all."""

    DOWN = "从高到低的名次"
    UP = "从低到高的名次"
    MOST = "最高值"
    LEAST = "最低值"
    MEAN = "平均值"
    COUNT = "个数"


@attrs.frozen
class OverUnits:
    """A datum that follows from one that every unit has: `of` names it, `value` is what it is for a unit.

    Equal values share a place; the places after them are left out, unless `without_gaps`. `ties_said`: the author says which.
    """

    which: Over
    of: str = ""
    without_gaps: bool = False
    ties_said: bool = attrs.field(default=False, eq=False)
    value: "Expression | None" = None


class Direction(StrEnum):
    """Which way a datum is better: RISING where more of it is, FALLING where less of it is."""

    RISING = "正向"
    FALLING = "反向"


@attrs.frozen
class Datum:
    """A fact to be supplied. `parts` are the periods of a series (empty for a single value).

    `decimals`, `low` and `high` bound the values it may take; `measures` is the choice that says what it measures
    (原值 or 净值), None where only one thing can be meant. `uses` lists `指标 第n点` for blank facts files.
    `direction` is what the author declares of it, and `unchangeable` a fact that is history or given by others: neither
    takes part in a score.
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
    over: OverUnits | None = None
    direction: Direction | None = None
    unchangeable: bool = False
    span: Span = span_field()


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
    span: Span = span_field()

    @property
    def key(self) -> tuple[str, str]:
        return (self.indicator, self.label)


@attrs.frozen
class Alternative:
    """One way to read a word, named by the plain words a clerk would use."""

    name: str
    span: Span = span_field()


class ChoiceOrigin(StrEnum):
    AUTHOR = "author"
    DEFAULT = "default"


class Doubt(StrEnum):
    """What an issued sentence leaves open where a choice is asked that no line settles: the finding that tells of it."""

    SCOPE = "管到哪里"
    TIMES = "扣一次还是次次扣"
    DOUBLING = "怎样加倍"
    HEAVIER = "代替还是另扣"
    BOUND = "管一句还是管各句"
    ORDER = "同时符合"
    REST = "否则管哪几条"
    ROUNDING = "先四舍五入还是先定等次"


@attrs.frozen
class Choice:
    """A 口径. `alternatives[default]` is taken unless a run names another.

    `origin` is DEFAULT where no line of the author settles it: then `check` reports it with the results of each.
    `measures` is True where the alternatives are labels of what a datum measures and only the facts differ.
    `doubt` says what the sentence leaves open, where a finding about it needs the results of each reading.
    """

    name: str
    alternatives: tuple[Alternative, ...]
    default: int = 0
    origin: ChoiceOrigin = ChoiceOrigin.AUTHOR
    indicator: str | None = None
    measures: bool = False
    doubt: Doubt | None = attrs.field(default=None, eq=False)
    span: Span = span_field()
