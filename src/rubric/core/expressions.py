"""How numbers are made and what is asked of them: expressions and conditions.

Takes nothing; gives two unions of frozen trees, `Expression` and `Condition`. Never points: those are in `core.program`.
"""

from enum import StrEnum
from fractions import Fraction
from typing import Literal

import attrs

from rubric.core.data import Unit, span_field
from rubric.source import Span

Operator = Literal["+", "-", "*", "/"]
Comparator = Literal["<", "<=", "="]


@attrs.frozen
class Constant:
    value: Fraction
    unit: Unit | None = None
    span: Span = span_field()


@attrs.frozen
class FactValue:
    """A datum, or one part of a series."""

    datum: str
    part: str | None = None
    span: Span = span_field()


@attrs.frozen
class Arithmetic:
    operator: Operator
    left: "Expression"
    right: "Expression"
    span: Span = span_field()


@attrs.frozen
class Extreme:
    """The least (`min`) or greatest (`max`) of the items. A cap is `min`, a floor is `max`."""

    which: Literal["min", "max"]
    items: tuple["Expression", ...]
    span: Span = span_field()


@attrs.frozen
class Total:
    """Σ over the items; with `mean`, divided by their number."""

    items: tuple["Expression", ...]
    mean: bool = False
    span: Span = span_field()


@attrs.frozen
class Rounded:
    """Half up to `places`, where the text rounds in the middle of a formula."""

    operand: "Expression"
    places: int
    span: Span = span_field()


class StepMode(StrEnum):
    """How a part of a step counts: not at all, as a whole step, in proportion, or as the nearer whole step (half up)."""

    WHOLE = "满一步才计"
    STARTED = "不足一步按一步"
    LINEAR = "按比例"
    NEAREST = "四舍五入"


@attrs.frozen
class Steps:
    """Number of steps of size `step` in `distance` (a negative distance has none)."""

    distance: "Expression"
    step: "Expression"
    mode: StepMode
    span: Span = span_field()


@attrs.frozen
class Absolute:
    operand: "Expression"
    span: Span = span_field()


@attrs.frozen
class ByReading:
    """The option of the alternative in force for `choice`."""

    choice: str
    options: tuple["Expression", ...]
    span: Span = span_field()


@attrs.frozen
class Named:
    """A quantity that has a name in the text; shown by that name and in `unit`."""

    name: str
    body: "Expression"
    unit: Unit | None = None
    span: Span = span_field()


@attrs.frozen
class Cell:
    """The number in a column of the row at hand. Stands only inside an aggregate over the rows of `datum`."""

    datum: str
    column: str
    span: Span = span_field()


@attrs.frozen
class RowAggregate:
    """`which` of `operand`, taken for each row of a datum for which `where` holds.

    `count` has no operand; `distinct` counts the different contents of the one cell that is its operand. `trim` leaves out
    that many of the greatest and as many of the least values (去掉一个最高分、一个最低分). With `best_by`, of the rows that
    agree in that column only the greatest value counts (同一事项就高不重复). A share or a weighted mean is a quotient of two
    aggregates, and no construct of its own. Over no row a mean, a least and a greatest value are undefined.
    """

    datum: str
    which: Literal["count", "distinct", "sum", "mean", "min", "max"]
    operand: "Expression | None" = None
    where: "Condition | None" = None
    trim: int = 0
    best_by: str | None = None
    span: Span = span_field()


@attrs.frozen
class OneIf:
    """1 where the condition holds, else 0: a yes–no fact counted once among numbers."""

    condition: "Condition"
    span: Span = span_field()


class TimeMeasure(StrEnum):
    """What the time between two days is counted in. Calendar days are their difference, and need no measure."""

    WORKING_DAYS = "工作日"
    MONTHS = "月"


@attrs.frozen
class Elapsed:
    """Time from the day `start` to the day `end`: the working days after `start` up to `end`, or months with their part.

    Negative where `end` comes first. Working days are those of the program's calendar.
    """

    start: "Expression"
    end: "Expression"
    measure: TimeMeasure
    span: Span = span_field()


@attrs.frozen
class DayAfter:
    """The day `number` months or working days after `day`: where a time limit ends."""

    day: "Expression"
    number: int
    measure: TimeMeasure
    span: Span = span_field()


Expression = (
    Constant
    | FactValue
    | Arithmetic
    | Extreme
    | Total
    | Rounded
    | Steps
    | Absolute
    | ByReading
    | Named
    | Cell
    | RowAggregate
    | OneIf
    | Elapsed
    | DayAfter
)


@attrs.frozen
class Compare:
    operator: Comparator
    left: Expression
    right: Expression
    span: Span = span_field()


@attrs.frozen
class InState:
    """The datum has one of `states`; for a yes–no datum the states are 是 and 否."""

    datum: str
    states: tuple[str, ...]
    span: Span = span_field()


@attrs.frozen
class CellIs:
    """The cell in a column of the row at hand holds one of `texts`. Stands only inside an aggregate over rows."""

    datum: str
    column: str
    texts: tuple[str, ...]
    span: Span = span_field()


@attrs.frozen
class All:
    parts: tuple["Condition", ...]
    span: Span = span_field()


@attrs.frozen
class Some:
    parts: tuple["Condition", ...]
    span: Span = span_field()


@attrs.frozen
class Not:
    part: "Condition"
    span: Span = span_field()


@attrs.frozen
class ReadingIs:
    choice: str
    index: int
    span: Span = span_field()


@attrs.frozen
class Always:
    span: Span = span_field()


Condition = Compare | InState | CellIs | All | Some | Not | ReadingIs | Always
