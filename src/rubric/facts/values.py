"""Texts as the values of a datum.

Takes what is written for a datum; gives its exact value in base units, or the finding that says why it is not one.
Never guesses a unit: `88.67` for a rate and `146.29` for an amount are questions. Zero needs no unit.
"""

import re
from fractions import Fraction
from typing import NamedTuple, assert_never

from rubric.core.dates import day_number, day_text
from rubric.core.numbers import plain
from rubric.core.program import Column, Datum, DatumKind, Dimension, Unit
from rubric.diagnostics.model import Diagnostic
from rubric.facts import errors, name_errors, value_errors
from rubric.facts.names import Names
from rubric.facts.nodes import Scalar, shortened
from rubric.facts.numerals import Misplaced, Numeral, narrow, read_han_numeral, read_numeral

_MONEY = {
    "元": 1,
    "人民币元": 1,
    "千元": 10**3,
    "万元": 10**4,
    "万": 10**4,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿元": 10**8,
    "亿": 10**8,
}
_TIMES = (  # kinds of time, each counted in its own unit; no kind converts into another (天 are not 工作日, nor 24 小时)
    {"小时": Fraction(1), "个小时": Fraction(1), "分钟": Fraction(1, 60), "秒": Fraction(1, 3600)},
    {"天": Fraction(1), "日": Fraction(1), "周": Fraction(7)},
    {"月": Fraction(1), "个月": Fraction(1), "季度": Fraction(3), "年": Fraction(12)},
)
_RATES = {"%": Fraction(1, 100), "﹪": Fraction(1, 100), "‰": Fraction(1, 1000), "‱": Fraction(1, 10000)}
_RATE_WORDS = {"百分之": Fraction(1, 100), "千分之": Fraction(1, 1000), "万分之": Fraction(1, 10000)}
_TENS = {"": 1, "万": 10**4, "亿": 10**8}
_NO_COUNTERS = frozenset({*_MONEY, *_RATES, "分", "天", "日", "月", "年", "小时"})
_PERSONS = frozenset("人名位")
_DASHES = {"-", "--", "—", "——", "/", "\\", "无"}
_YES_NO = {"是": True, "否": False}
_DATES = (
    re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"),
    re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})"),
    re.compile(r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})"),
    re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"),
)
_EXAMPLES = {
    Dimension.MONEY: "146.29万元",
    Dimension.RATE: "88.67%",
    Dimension.COUNT: "30",
    Dimension.SCORE: "4.50分",
    Dimension.DATE: "2022-04-26",
    Dimension.NUMBER: "30",
}


class Amount(NamedTuple):
    """A value in base units; `quantum`, of a rate, is the unit of its last printed decimal."""

    value: Fraction
    quantum: Fraction | None = None


def read_value(text: Scalar, datum: Datum, name: str) -> Amount | bool | str | Diagnostic:
    """The value of a datum that is no rows; `name` is what a finding calls it (a part of a series, a column)."""
    match datum.kind:
        case DatumKind.QUANTITY:
            return read_quantity(text, datum.unit, name, decimals=datum.decimals, dash_is_zero=datum.dash_is_zero)
        case DatumKind.BOOLEAN:
            return _yes_or_no(text, name, datum.states)
        case DatumKind.STATE:
            return read_state(text, datum.states, name)
        case DatumKind.ROWS:
            return errors.wrong_shape(text.at, name, "逐行填列的内容")
        case _:
            assert_never(datum.kind)


def read_cell(text: Scalar, column: Column, name: str) -> Fraction | str | Diagnostic:
    """The value of one cell: a text, one of the column's states, or a quantity."""
    if column.states:
        return read_state(text, column.states, name)
    if column.unit is None:
        return text.text.strip()
    amount = read_quantity(text, column.unit, name)
    return amount.value if isinstance(amount, Amount) else amount


def read_quantity(
    text: Scalar, unit: Unit | None, name: str, *, decimals: int | None = None, dash_is_zero: bool = False
) -> Amount | Diagnostic:
    unit = unit or Unit("", Dimension.NUMBER)
    if narrow(text.text) in _DASHES:
        return Amount(Fraction(0)) if dash_is_zero else value_errors.dash(text.at, name, text.text.strip())
    if unit.dimension is Dimension.DATE:
        return _date(text, name)
    amount = _amount(text, unit, name)
    if isinstance(amount, Amount):
        allowed = 0 if decimals is None and unit.dimension is Dimension.COUNT else decimals
        if allowed is not None and (amount.value / unit.scale * 10**allowed).denominator != 1:
            return value_errors.too_fine(text.at, name, text.text.strip(), allowed, unit.name)
    return amount


def read_state(text: Scalar, states: tuple[str, ...], name: str) -> str | Diagnostic:
    names = Names((state, state) for state in states)
    written = text.text.strip()
    found = names.find(written)
    if found is not None:
        return found
    if narrow(written) in _DASHES:
        return value_errors.dash_state(text.at, name, written, states)
    return name_errors.unknown_state(text.at, name, written, names.near(written), states)


def read_points(text: Scalar) -> Fraction | None:
    """Points: `4`, `4.00`, `4.00分`."""
    numeral = read_numeral(text.text)
    return numeral.value if isinstance(numeral, Numeral) and numeral.rest in {"", "分"} else None


def shown(value: Fraction, unit: Unit | None) -> str:
    """A value in its datum's unit, as a message says it."""
    if unit is None or not unit.name:
        return plain(value)
    if unit.dimension is Dimension.DATE:
        return day_text(int(value))
    gap = "" if unit.name in _RATES else " "
    return f"{plain(value / unit.scale)}{gap}{unit.name}"


# --- numbers with units -----------------------------------------------------------------------------------------------


def _amount(text: Scalar, unit: Unit, name: str) -> Amount | Diagnostic:
    written = narrow(text.text)
    if unit.dimension is Dimension.RATE:
        in_words = _rate_in_words(written)
        if in_words is not None:
            return in_words
    if unit.name == "名次":
        written = written.removeprefix("第")
    numeral = read_numeral(written)
    if isinstance(numeral, Misplaced):
        return value_errors.misplaced_separator(text.at, name, numeral.written, numeral.first, numeral.second)
    if numeral is None or re.match(r"[0-9.,]", numeral.rest):
        return value_errors.not_a_number(text.at, name, text.text, _example(unit))
    match unit.dimension:
        case Dimension.MONEY:
            return _money(text, unit, name, numeral)
        case Dimension.RATE:
            return _rate(text, unit, name, numeral)
        case Dimension.COUNT | Dimension.SCORE | Dimension.NUMBER | Dimension.GRADE:
            return _counted(text, unit, name, numeral)
        case Dimension.DATE:
            return _date(text, name)
        case _:
            assert_never(unit.dimension)


def _money(text: Scalar, unit: Unit, name: str, numeral: Numeral) -> Amount | Diagnostic:
    if numeral.rest in _MONEY:
        return Amount(numeral.value * _MONEY[numeral.rest])
    if numeral.rest:
        return _foreign(text, unit, name, numeral)
    return Amount(Fraction(0)) if numeral.value == 0 else value_errors.bare_money(text.at, name, numeral.written)


def _rate(text: Scalar, unit: Unit, name: str, numeral: Numeral) -> Amount | Diagnostic:
    scale = unit.scale if numeral.rest == unit.name else _RATES.get(numeral.rest)
    if scale is not None and numeral.rest:
        return Amount(numeral.value * scale, scale / 10**numeral.decimals)
    if numeral.rest:
        return _foreign(text, unit, name, numeral)
    if numeral.value == 0:
        return Amount(Fraction(0))
    return value_errors.bare_rate(text.at, name, numeral.written, plain(numeral.value * 100))


def _rate_in_words(written: str) -> Amount | None:
    for word, scale in _RATE_WORDS.items():
        if written.startswith(word):
            rest = written.removeprefix(word).strip()
            numeral = read_numeral(rest)
            if isinstance(numeral, Numeral) and not numeral.rest:
                return Amount(numeral.value * scale, scale / 10**numeral.decimals)
            value = read_han_numeral(rest)
            return None if value is None else Amount(value * scale, scale / 10 ** len(rest.partition("点")[2]))
    return None


def _counted(text: Scalar, unit: Unit, name: str, numeral: Numeral) -> Amount | Diagnostic:
    for prefix, times in _TENS.items():
        counter = numeral.rest.removeprefix(prefix) if numeral.rest.startswith(prefix) else None
        if counter is not None and (counter == "" or _same_counter(counter, unit.name)):
            return Amount(numeral.value * times * unit.scale)
    for scales in _TIMES:
        if unit.name in scales and numeral.rest in scales:
            return Amount(numeral.value * scales[numeral.rest])
    return _foreign(text, unit, name, numeral)


def _same_counter(left: str, right: str) -> bool:
    return (
        left.removeprefix("个") == right
        or left == right
        or {left, right} <= _PERSONS
        or (left, right) == ("名", "名次")
    )


def _foreign(text: Scalar, unit: Unit, name: str, numeral: Numeral) -> Diagnostic:
    """What follows the number is another unit, if it is short and holds no further number or comparison."""
    if len(numeral.rest) <= 6 and not re.search(r"[0-9<>≤≥~～/至到以左右多约]", numeral.rest):
        counted = unit.dimension is Dimension.COUNT and numeral.rest not in _NO_COUNTERS and unit.name
        return value_errors.other_unit(
            text.at, name, shortened(text.text), unit.name, numeral.written if counted else "", numeral.rest
        )
    return value_errors.not_a_number(text.at, name, text.text, _example(unit))


def _example(unit: Unit) -> str:
    if unit.dimension is Dimension.MONEY or not unit.name or unit.dimension is Dimension.RATE:
        return _EXAMPLES[unit.dimension]
    return f"30{unit.name}"


# --- other kinds ------------------------------------------------------------------------------------------------------


def _yes_or_no(text: Scalar, name: str, states: tuple[str, ...]) -> bool | Diagnostic:
    """是 or 否; where the line says 有／无, these too."""
    written = text.text.strip()
    if written in states:
        return written == states[0]
    if written in _YES_NO:
        return _YES_NO[written]
    if narrow(written) in _DASHES - {"无"}:
        return value_errors.dash_state(text.at, name, written, ("是", "否"))
    return value_errors.not_yes_or_no(text.at, name, written)


def _date(text: Scalar, name: str) -> Amount | Diagnostic:
    written = narrow(text.text)
    for form in _DATES:
        match = form.fullmatch(written)
        if match:
            year, month, day = (int(number) for number in match.groups())
            number = day_number(year, month, day)
            if number is not None:
                return Amount(Fraction(number))
    return value_errors.not_a_date(text.at, name, text.text)
