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
class RowAggregate:
    """`count`, `distinct`, `sum`, `mean`, `min` or `max` over the rows of a datum (over `column` where it applies)."""

    datum: str
    which: Literal["count", "distinct", "sum", "mean", "min", "max"]
    column: str | None = None
    span: Span = span_field()


@attrs.frozen
class OneIf:
    """1 where the condition holds, else 0: a yes–no fact counted once among numbers."""

    condition: "Condition"
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
    | RowAggregate
    | OneIf
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


Condition = Compare | InState | All | Some | Not | ReadingIs | Always
