"""Units and types: what a number measures, and which operations make sense.

Takes unit words; gives `Unit` and `Type`, and the type of each operation. The table of operations is the one place that
says what may be added, divided and compared. Never a value.
"""

import re
from fractions import Fraction

import attrs

from rubric.core.program import Dimension, Unit
from rubric.syntax import ast
from rubric.syntax.dates import TIME_UNITS

MONEY_SCALES = {
    "元": Fraction(1),
    "千元": Fraction(1000),
    "万元": Fraction(10_000),
    "百万元": Fraction(1_000_000),
    "亿元": Fraction(100_000_000),
}
_NO_COUNT = ("%", "％", "‰", "日期", "分", *MONEY_SCALES)
_FIXED = {
    "%": Unit("%", Dimension.RATE, Fraction(1, 100)),
    "‰": Unit("‰", Dimension.RATE, Fraction(1, 1000)),
    "百分点": Unit("个百分点", Dimension.RATE, Fraction(1, 100)),
    "分": Unit("分", Dimension.SCORE),
    "日期": Unit("日期", Dimension.DATE),
    **dict.fromkeys(("百分比", "百分数", "百分率"), Unit("%", Dimension.RATE, Fraction(1, 100))),
    "": Unit("", Dimension.NUMBER),
    "数": Unit("", Dimension.NUMBER),
}


def unit_of(word: str) -> Unit:
    """The unit a word names. A word that is no unit of money, rate, score or date is a counter (人, 件, 学时)."""
    plain = word.strip().replace("％", "%")
    if plain in _FIXED:
        return _FIXED[plain]
    if plain in MONEY_SCALES:
        return Unit(plain, Dimension.MONEY, MONEY_SCALES[plain])
    if plain in TIME_UNITS:
        return Unit(plain.removeprefix("个"), Dimension.COUNT, TIME_UNITS[plain][1])
    return Unit("人" if plain in ("名", "位") else plain, Dimension.COUNT)


_SCALES = {"万": "万元", "亿": "亿元", "千": "千元", "百万": "百万元"}
_LOOK_ALIKE = re.compile("(?P<scale>[万亿千]|百万)[圆园员院原源缘无圓]|(?P<ten>[方完玩晚])元|(?P<yi>[忆义艺])元")
_LONG = ("百万元", "百分点", "个百分点", "百分比", "百分率", "百分数")


def unit_meant(word: str) -> str:
    """The unit that a word nearly is (`万` → 万元, `百分占` → 百分点); "" for a unit, and for a counter of its own."""
    plain = word.strip().replace("％", "%")
    if plain in _FIXED or plain in MONEY_SCALES:
        return ""
    if plain in _SCALES:
        return _SCALES[plain]
    if match := _LOOK_ALIKE.fullmatch(plain):
        return f"{match['scale']}元" if match["scale"] else "万元" if match["ten"] else "亿元"
    if plain in ("日其", "曰期", "日斯"):
        return "日期"
    near = (u for u in _LONG if len(u) == len(plain) and sum(a != b for a, b in zip(u, plain, strict=True)) == 1)
    return next(near, "")


@attrs.frozen
class Type:
    """What an expression yields. `counter` is the unit word of a count; `series` holds where the parts differ.

    `ratio` marks a bare number that is one number over another: it may be meant as a rate (本年数÷上年数×100%).
    """

    dimension: Dimension
    counter: str = ""
    series: bool = False
    ratio: bool = False

    @property
    def words(self) -> str:
        """How a message names it."""
        match self.dimension:
            case Dimension.MONEY:
                return "金额"
            case Dimension.RATE:
                return "比率"
            case Dimension.COUNT:
                return f"数量（{self.counter}）" if self.counter else "数量"
            case Dimension.SCORE:
                return "分数"
            case Dimension.DATE:
                return "日期"
            case Dimension.NUMBER:
                return "数"
            case Dimension.GRADE:
                return "等级"


NUMBER = Type(Dimension.NUMBER)
RATE = Type(Dimension.RATE)
SCORE = Type(Dimension.SCORE)
DATE = Type(Dimension.DATE)


def type_of_unit(unit: Unit) -> Type:
    return Type(unit.dimension, counter_of(unit) if unit.dimension is Dimension.COUNT else "")


def counter_of(unit: Unit) -> str:
    """What a count is counted in; times in the unit they are compared in (日 and 周 in 天, 分钟 in 小时)."""
    return TIME_UNITS[unit.name][0] if unit.name in TIME_UNITS else unit.name


def time_type(unit: str) -> Type:
    """The type of a time between two dates."""
    return Type(Dimension.COUNT, TIME_UNITS[unit][0])


def type_of_sum(left: Type, right: Type) -> Type | None:
    """Both sides measure the same; a bare number joins a rate (`1－结余率`) but no amount."""
    series = left.series or right.series
    if Dimension.DATE in (left.dimension, right.dimension):
        return None
    if left.dimension is right.dimension:
        if left.dimension is Dimension.COUNT and left.counter != right.counter:
            return None
        return attrs.evolve(left, series=series)
    for number, other in ((left, right), (right, left)):
        if number.dimension is Dimension.NUMBER and other.dimension is Dimension.RATE:
            return attrs.evolve(other, series=series)
    return None


def type_of_date_sum(operator: str, left: Type, right: Type) -> Type | None:
    """From one date to another is a number of days; a time added to a date is a date."""
    series = left.series or right.series
    match left.dimension, right.dimension:
        case (Dimension.DATE, Dimension.DATE) if operator == "-":
            return Type(Dimension.COUNT, "天", series)
        case (Dimension.DATE, Dimension.COUNT) if right.counter in ("天", "工作日", "月"):
            return attrs.evolve(left, series=series) if operator == "+" or right.counter == "天" else None
        case _:
            return type_of_sum(left, right)


def type_of_product(left: Type, right: Type) -> Type | None:
    """A rate or a bare number scales anything; two amounts do not multiply."""
    series = left.series or right.series
    if {left.dimension, right.dimension} == {Dimension.NUMBER, Dimension.RATE}:
        return Type(Dimension.NUMBER, series=series, ratio=left.ratio or right.ratio)
    for scalar, other in ((left, right), (right, left)):
        if scalar.dimension is Dimension.NUMBER:
            return attrs.evolve(other, series=series)
    for scalar, other in ((left, right), (right, left)):
        if scalar.dimension is Dimension.RATE:
            return attrs.evolve(other, series=series)
    if Dimension.SCORE in (left.dimension, right.dimension) and Dimension.COUNT in (left.dimension, right.dimension):
        return Type(Dimension.SCORE, series=series)
    return None


def type_of_quotient(left: Type, right: Type) -> Type | None:
    """Like by like is a rate; anything by a bare number or a rate keeps its kind; one count by another is a rate."""
    series = left.series or right.series
    if right.dimension is Dimension.NUMBER:
        return attrs.evolve(left, series=series, ratio=left.dimension is Dimension.NUMBER)
    if left.dimension is right.dimension:
        return Type(Dimension.RATE, series=series)
    if right.dimension is Dimension.RATE:
        return attrs.evolve(left, series=series)
    if left.dimension is Dimension.NUMBER:
        return Type(Dimension.RATE, series=series)
    return None


def scaled(body: ast.Expression) -> bool:
    """`40-100×|评标价-基准价|/基准价`: ratios that numerals make a number of points."""
    match body:
        case ast.Number(unit=unit):
            return unit == ""
        case ast.Operation(operator="+" | "-", left=left, right=right):
            return scaled(left) and scaled(right)
        case ast.Operation(operator="*", left=left, right=right):
            return scaled(left) or scaled(right)
        case ast.Operation(operator="/", left=left):
            return scaled(left)
        case _:
            return False


def counts_things(node: object) -> bool:
    """Whether a line of 数据 is a number of things or events: no rate, amount, date or score."""
    return isinstance(node, ast.DatumLine) and bool(node.unit) and node.unit.strip() not in _NO_COUNT


def comparable(left: Type, right: Type) -> bool:
    """A bare number compares only with counts, scores and bare numbers; 0 is handled by the caller."""
    if left.dimension is right.dimension:
        return (
            left.dimension is not Dimension.COUNT
            or not (left.counter and right.counter)
            or (left.counter == right.counter)
            or "名次" in (left.counter, right.counter)  # a place among so many units
        )
    if Dimension.RATE in (left.dimension, right.dimension) and (left.ratio or right.ratio):
        return True
    bare = {Dimension.NUMBER, Dimension.COUNT, Dimension.SCORE}
    return Dimension.NUMBER in (left.dimension, right.dimension) and left.dimension in bare and right.dimension in bare
