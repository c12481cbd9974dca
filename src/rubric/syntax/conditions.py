"""What a sentence asks: conditions.

Takes nothing; gives the frozen values that `build_conditions` makes. `ast` gives them out with the rest of the surface tree:
write `ast.Comparison`.
"""

from typing import Literal

import attrs

from rubric.source import Span
from rubric.syntax.terms import Day, Expression, Name, Number, spanned

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
class Placed:
    """`优于Ⅲ类`, `良好及以上`: a datum in a state `better` than the named one, or worse, as its line orders them from the best."""

    key: str
    better: bool
    inclusive: bool
    span: Span = spanned()


@attrs.frozen
class Implied:
    """The condition a step leaves unsaid: beyond (or below, or None: off) the threshold of the sentence before."""

    beyond: bool | None
    span: Span = spanned()


@attrs.frozen
class Gap:
    """`低于平均值3个百分点以内`: on one side of `reference`, and nearer to it than `margin` (farther, where not `near`).

    Without a reference, or a side, it is that of the sentence before. A margin in % is a share of an amount, and of a rate the points.
    """

    subject: Expression
    reference: Expression | None
    beyond: bool | None
    margin: Number
    near: bool
    inclusive: bool = True
    span: Span = spanned()


@attrs.frozen
class Standing:
    """`完成率以100%为基准`: the number that later sentences measure `subject` against."""

    subject: Expression
    standard: Number
    span: Span = spanned()


@attrs.frozen
class Joined:
    """`and` or `or` of the parts; `list` of parts joined by 、, before the outcome says which of the two is meant; `none`: no part holds."""

    joint: Literal["and", "or", "list", "none"]
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


@attrs.frozen
class AnyOf:
    """`有下列情形之一`: one of the parts below, as they are read one by one."""

    span: Span = spanned()


Condition = Comparison | Ranged | Gap | Standing | Bare | Named | Placed | Implied | Joined | AnyOf | Timely
