"""What a quantity can be, and which values a lattice or a comparison leaves."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from rubric.analysis.bands import relate
from rubric.analysis.ranges import Key, World, holds, lattice, linear, plus, range_of
from rubric.core import program as core
from rubric.core.intervals import Range

WHOLE = core.Unit("件", core.Dimension.COUNT)
MONEY = core.Unit("万元", core.Dimension.MONEY, Fraction(10_000))
ZERO = core.Bound(Fraction(0))


def _datum(name: str, high: core.Bound | None = None, unit: core.Unit = WHOLE) -> core.Datum:
    decimals = 0 if unit is WHOLE else None
    return core.Datum(name, core.DatumKind.QUANTITY, unit, decimals, ZERO, high)


DATA = (
    _datum("在编"),
    _datum("编外"),
    _datum("信访"),
    _datum("回复", core.Bound(None, "信访")),
    _datum("及时", core.Bound(None, "回复")),
    _datum("满意", core.Bound(Fraction(100))),
    _datum("支出", unit=MONEY),
    _datum("预算", unit=MONEY),
    _datum("甲", core.Bound(None, "乙")),
    _datum("乙", core.Bound(None, "甲")),
)
WORLD = World({datum.name: datum for datum in DATA})
NAMES = tuple(WORLD.data)


def fact(name: str) -> core.FactValue:
    return core.FactValue(name)


def number(value: int | str) -> core.Constant:
    return core.Constant(Fraction(value))


def over(left: core.Expression, right: core.Expression) -> core.Arithmetic:
    return core.Arithmetic("/", left, right)


def total(*items: core.Expression) -> core.Total:
    return core.Total(items)


RATIO = over(fact("编外"), total(fact("在编"), fact("编外")))
CASES: tuple[tuple[str, core.Expression, int | None, int | None], ...] = (
    ("a share of a sum", RATIO, 0, 1),
    ("the rest of a share", core.Arithmetic("-", number(1), RATIO), 0, 1),
    ("a part of its whole", over(fact("回复"), fact("信访")), 0, 1),
    ("a part of a part of a whole", over(fact("及时"), fact("信访")), 0, 1),
    ("two parts of a whole", over(total(fact("回复"), fact("及时")), fact("信访")), 0, 2),
    ("a whole over its part", over(fact("信访"), fact("回复")), 1, None),
    ("two amounts", over(fact("支出"), fact("预算")), 0, None),
    ("one amount twice", over(fact("支出"), fact("支出")), 1, 1),
    ("what is equal cancels", core.Arithmetic("-", fact("支出"), fact("支出")), 0, 0),
    ("a part less its whole", core.Arithmetic("-", fact("回复"), fact("信访")), None, 0),
    ("a bounded count", core.Arithmetic("*", number(2), fact("满意")), 0, 200),
    ("a cap", core.Extreme("min", (over(fact("支出"), fact("预算")), number(1))), 0, 1),
    ("a name", core.Named("率", RATIO), 0, 1),
    ("either reading", core.ByReading("口径", (number(3), fact("满意"))), 0, 100),
    ("a bound that goes in a circle", fact("甲"), 0, None),
    ("no divisor at all", over(fact("支出"), number(0)), None, None),
    ("steps", core.Steps(fact("满意"), number(3), core.StepMode.WHOLE), 0, 33),
    ("started steps", core.Steps(fact("满意"), number(3), core.StepMode.STARTED), 0, 34),
    ("rows", core.RowAggregate("满意", "count"), 0, None),
)


@pytest.mark.parametrize(("node", "low", "high"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_range_is_the_least_that_holds_every_value(
    node: core.Expression, low: int | None, high: int | None
) -> None:
    ends = (None if end is None else Fraction(end) for end in (low, high))
    assert range_of(WORLD, node) == Range(*ends)


def test_a_reading_taken_counts_alone() -> None:
    node = core.ByReading("口径", (number(3), fact("满意")))
    assert range_of(World(WORLD.data, {"口径": 0}), node).point == 3


def test_a_part_is_below_its_whole() -> None:
    assert holds(WORLD, core.Compare("<=", fact("回复"), fact("信访"))) is True
    assert holds(WORLD, core.Compare("<", fact("信访"), fact("及时"))) is False
    assert holds(WORLD, core.Compare("<", fact("回复"), fact("信访"))) is None


def test_counts_are_whole_and_amounts_are_not() -> None:
    assert lattice(WORLD, linear(WORLD, core.Arithmetic("-", fact("回复"), fact("信访")))) == (1, 0)
    assert lattice(WORLD, linear(WORLD, total(fact("满意"), fact("满意"), number("1/2")))) == (2, Fraction(1, 2))
    assert lattice(WORLD, linear(WORLD, fact("支出"))) is None
    assert lattice(WORLD, linear(WORLD, RATIO)) is None


def test_a_test_of_two_amounts_is_one_of_their_quotient() -> None:
    rate = linear(WORLD, over(fact("支出"), fact("预算")))
    more = plus(linear(WORLD, fact("预算")), linear(WORLD, fact("支出")), Fraction(-1))
    assert relate(WORLD, more, rate) == (-1, 1)
    assert relate(WORLD, linear(WORLD, fact("编外")), rate) is None


# --- the law: every value lies in the range ---------------------------------------------------------------------------

_leaves = st.sampled_from([fact(name) for name in NAMES[:8]]) | st.integers(-3, 9).map(number)


def _grown(inner: st.SearchStrategy[core.Expression]) -> st.SearchStrategy[core.Expression]:
    operators: st.SearchStrategy[core.Operator] = st.sampled_from(("+", "-", "*", "/"))
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return (
        st.builds(core.Arithmetic, operators, inner, inner)
        | st.builds(core.Extreme, st.sampled_from(("min", "max")), several)
        | st.builds(core.Total, several, st.booleans())
        | st.builds(core.Absolute, inner)
        | st.builds(core.Named, st.just("量"), inner)
        | st.builds(core.Steps, inner, st.integers(1, 5).map(number), st.sampled_from(core.StepMode))
    )


_expressions: st.SearchStrategy[core.Expression] = st.recursive(_leaves, _grown, max_leaves=7)
_counts = st.lists(st.integers(0, 100), min_size=8, max_size=8)


@given(_expressions, _counts)
def test_the_range_holds_every_value(node: core.Expression, counts: list[int]) -> None:
    values = dict(zip(NAMES, map(Fraction, counts), strict=False))
    values["回复"] = min(values["回复"], values["信访"])
    values["及时"] = min(values["及时"], values["回复"])
    fixed: dict[Key, Fraction | str] = {(name, None): value for name, value in values.items()}
    value = range_of(World(WORLD.data, {}, fixed), node).point
    if value is not None:
        assert value in range_of(WORLD, node)
