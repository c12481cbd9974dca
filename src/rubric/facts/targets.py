"""What a row reached of its own target: `≥120 场` beside `126 场`, `第三季度前完成` beside a date, `有所提升` beside 达成.

Takes the text of a target and of what was reached; gives the cells that follow: whether the target is met, and the share
of it that is reached, exactly. A target with a number is compared in its unit; one with a time against the day it was
done; any other is judged by a person as 达成, 部分达成 or 未达成. What 部分达成 is worth stands in the 得分 of the row; without
it the share is not known. Never guesses what a target means: a target of words that hold no number is one of quality.

A period before 前 counts in whole: 第三季度前 is by the end of the third quarter.
"""

import re
from fractions import Fraction

from rubric.core.dates import day_number
from rubric.core.program import Column, Dimension, Unit
from rubric.diagnostics.model import Diagnostic
from rubric.facts import value_errors as errors
from rubric.facts.nodes import Scalar
from rubric.facts.numerals import Numeral, narrow, read_numeral
from rubric.facts.values import Amount, read_quantity, read_state
from rubric.syntax.derived_columns import met_column, reached_column

Cells = dict[str, Fraction | str]
STATES = ("达成", "部分达成", "未达成")
_SIGNS = {
    "≥": r"≥|>=|≧|不低于|不少于|不小于|大于等于|至少|达到",
    ">": r">|大于|高于|超过|多于",
    "≤": r"≤|<=|≦|不高于|不超过|不大于|不多于|小于等于|至多|控制在",
    "<": r"<|小于|低于|少于|不足",
    "=": r"=|等于",
}
_TARGET = re.compile(
    "(?P<sign>"
    + "|".join(f"(?:{words})" for words in _SIGNS.values())
    + r")?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d\s]{0,6}?)"
    r"\s*(?P<after>\((?:含|不含)\)|(?:及?以上|及?以内|以下)(?:\(含\)|\(不含\))?)?"
)
_AFTER = {
    "以上": "≥",
    "及以上": "≥",
    "以内": "≤",
    "及以内": "≤",
    "以下": "<",
    "及以下": "≤",
    "以下(含)": "≤",
    "以上(不含)": ">",
}
_ENDS = {
    "一": (3, 31),
    "二": (6, 30),
    "三": (9, 30),
    "四": (12, 31),
    "1": (3, 31),
    "2": (6, 30),
    "3": (9, 30),
    "4": (12, 31),
}
_DONE = r"(?:之?前|以前|内|底前|末前|底|末)?(?:全部|基本)?(?:完成|办结|建成|上线|到位|开展|实施)?"
_QUARTER = re.compile(rf"(?:(?P<year>\d{{4}})年)?第?(?P<quarter>[一二三四1-4])季度{_DONE}")
_MONTH = re.compile(rf"(?:(?P<year>\d{{4}})年)?(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})[日号])?{_DONE}")
_YEAR = re.compile(rf"(?:(?P<year>\d{{4}})年)?(?P<half>上半年|年底|年末|年内|年中|全年){_DONE}")


def measured(column: Column, reached: Scalar, row: Cells, year: int | None, name: str) -> Cells | Diagnostic:
    """The cells of a row that follow from what was reached; none where the row has no target yet."""
    target = narrow(str(row.get(column.against, ""))).replace(" ", "")
    if not target:
        return {column.name: reached.text.strip()}
    deadline = _deadline(target, year)
    if deadline is not None:
        done = read_quantity(reached, Unit("日期", Dimension.DATE), name)
        if isinstance(done, Diagnostic):
            return done
        return _cells(column, reached, done.value <= deadline, Fraction(int(done.value <= deadline)))
    number = _TARGET.fullmatch(target)
    if number is not None:
        return _of_number(column, reached, number, name)
    state = read_state(reached, STATES, name)
    if isinstance(state, Diagnostic):
        return state
    share = {"达成": Fraction(1), "未达成": Fraction(0)}.get(state)
    given, points = row.get("得分"), row.get("分值")
    if state != "达成" and isinstance(given, Fraction) and isinstance(points, Fraction) and points > 0:
        share = given / points
    return _cells(column, reached, state == "达成", share)


def _cells(column: Column, reached: Scalar, met: bool, share: Fraction | None) -> Cells:
    cells: Cells = {column.name: reached.text.strip(), met_column(column.name, column.against): "是" if met else "否"}
    if share is not None:
        cells[reached_column(column.name, column.against)] = share
    return cells


def _of_number(column: Column, reached: Scalar, target: re.Match[str], name: str) -> Cells | Diagnostic:
    """A number against a number, in the unit of the target. Where less is better the share is the other way round."""
    wanted, unit = Fraction(target["number"].replace(",", "")), target["unit"]
    written = read_numeral(narrow(reached.text))
    if not isinstance(written, Numeral):
        return errors.not_a_number(reached.at, name, reached.text, f"{target['number']}{unit}")
    if unit in ("%", "‰"):
        amount = read_quantity(reached, Unit("%", Dimension.RATE, Fraction(1, 100)), name)
        if not isinstance(amount, Amount):
            return amount
        value, wanted = amount.value, wanted / (100 if unit == "%" else 1000)
    elif written.rest.strip() in ("", unit):
        value = written.value
    else:
        return errors.other_unit(reached.at, name, reached.text.strip(), unit, "", written.rest)
    sign = _sign(target)
    match sign:
        case "≥" | ">":
            met = value > wanted if sign == ">" else value >= wanted
            share = value / wanted if wanted else Fraction(1)
        case "≤" | "<":
            met = value < wanted if sign == "<" else value <= wanted
            share = wanted / value if value else Fraction(1)
        case _:
            met = value == wanted
            share = min(value, wanted) / max(value, wanted) if value and wanted else Fraction(int(met))
    return _cells(column, reached, met, share)


def _sign(target: re.Match[str]) -> str:
    """The sign as written before or after; a bare number is to be reached."""
    if target["after"]:
        return _AFTER.get(target["after"], "≥")
    written = target["sign"] or ""
    return next((sign for sign, words in _SIGNS.items() if re.fullmatch(words, written)), "≥")


def _deadline(target: str, year: int | None) -> Fraction | None:
    """The last day on which the target is still met."""
    quarter, month, whole = (p.fullmatch(target) for p in (_QUARTER, _MONTH, _YEAR))
    match = quarter or month or whole
    if match is None:
        return None
    of = int(match["year"]) if match["year"] else year
    if of is None:
        return None
    if quarter:
        end = _ENDS[quarter["quarter"]]
    elif month:
        last = next((d for d in (31, 30, 29, 28) if day_number(of, int(month["month"]), d) is not None), 28)
        end = (int(month["month"]), int(month["day"]) if month["day"] else last)
    else:
        end = (6, 30) if whole and whole["half"] in ("上半年", "年中") else (12, 31)
    found = day_number(of, *end)
    return None if found is None else Fraction(found)
