"""Values typed beside a clause → the data they must be.

Takes names and the values given for them; gives one declaration each: yes–no, a state, a rate, an amount, a date, a list or
a plain number. Never looks at the clause.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import cast

import attrs

Row = Mapping[str, str | bool | None]
Given = str | bool | Mapping[str, str | bool] | Sequence[object]


class Kind(StrEnum):
    BOOLEAN = "是／否"
    STATE = "状态"
    RATE = "%"
    MONEY = "万元"
    DATE = "日期"
    LIST = "列表"
    ROWS = "各行"
    SERIES = "各期"
    NUMBER = "数"
    TIME = "时间"


@attrs.frozen
class Declared:
    """A name with what it measures. `states` are the values met, for a state; `item` the unit of a list's items,
    or of numbers that carry one (5分).

    `columns` are those of rows, each with the unit or the states of its cells; `parts` the periods of a series; `signed`
    where a value met is negative; `whole` where the name counts things (件数, 人次) and every value met is whole.
    """

    name: str
    kind: Kind
    states: tuple[str, ...] = ()
    item: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    parts: tuple[str, ...] = ()
    signed: bool = False
    whole: bool = False

    @property
    def unit(self) -> str:
        return self._unit + ("，可为负" if self.signed else "") + ("，整数" if self.whole else "")

    @property
    def _unit(self) -> str:
        match self.kind:
            case Kind.LIST:
                return f"逐行填列，{COLUMN}（{self.item}）"
            case Kind.ROWS:
                return "逐行填列，" + "、".join(
                    f"{name}（{inside}）" if inside else name for name, inside in self.columns
                )
            case Kind.SERIES:
                return f"{self.item}，按期填列（{'、'.join(self.parts)}）"
            case Kind.STATE:
                return "／".join(self.states)
            case Kind.TIME:
                return self.item
            case Kind.NUMBER:
                return self.item or self.kind.value
            case _:
                return self.kind.value


# The other state, where only one is given.
OTHER = "其他情况"
# The one column of a list of plain values.
COLUMN = "数值"
_NUMBER = re.compile(r"-?[\d,，]+(\.\d+)?\s*\D{0,4}")
# What counts things one by one.
_COUNT_NAME = re.compile(
    "[节项处次起例件宗笔条人户座块台个份篇场家名类盏盒种批套本只页株部组支门间栋张封位轮题]数$|人次$|批次$|次数$"
)
# Columns that hold what a row is called, and no state.
_CALLED = re.compile(
    r".*(名称|姓名|编号|序号|备注|说明)|名|项目|单位|指标|事项|部门|内容|任务|成果|课题|论文|作品|案例|经验|活动|赛事|荣誉"
)


def declare(cases: Sequence[Mapping[str, Given]]) -> tuple[Declared, ...]:
    """One declaration for each name of the cases, in the order in which the names come."""
    values: dict[str, list[Given]] = {}
    for case in cases:
        for name, value in case.items():
            values.setdefault(name, []).append(value)
    return tuple(_declared(name, given) for name, given in values.items())


_PERIOD = re.compile(
    r"(?P<part>第?[一二三四1-4]季度|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|上半年|下半年|第[一二三四五六]次|评委[一二三四五六七])(?P<name>.{2,})"
)


def series_of(declared: tuple[Declared, ...], text: str) -> tuple[Declared, ...]:
    """Names of several periods as one series, unless the clause names each period itself."""
    groups: dict[tuple[str, Kind], list[str]] = {}
    for one in declared:
        match = _PERIOD.fullmatch(one.name)
        if match and one.kind in (Kind.NUMBER, Kind.RATE, Kind.MONEY) and one.name not in text:
            groups.setdefault((match["name"], one.kind), []).append(match["part"])
    found: list[Declared] = []
    for one in declared:
        match = _PERIOD.fullmatch(one.name)
        parts = groups.get((match["name"], one.kind), []) if match else []
        if match is None or len(parts) < 2 or one.name in text:
            found.append(one)
        elif match["part"] == parts[0]:
            unit = "数" if one.kind is Kind.NUMBER else one.kind.value
            found.append(Declared(match["name"], Kind.SERIES, item=unit, parts=tuple(parts)))
    return tuple(found)


def _declared(name: str, given: list[Given]) -> Declared:
    tables = [value for value in given if isinstance(value, Mapping)]
    lists = [value for value in given if not isinstance(value, str | bool | Mapping)]
    if tables:
        parts = dict.fromkeys(part for table in tables for part in table)
        inside = _item([cell for table in tables for cell in table.values()])
        return Declared(name, Kind.SERIES, item=inside, parts=tuple(parts))
    if lists:
        return _of_rows(name, [item for value in lists for item in value])
    return _single(name, [value for value in given if isinstance(value, str | bool)])


def _of_rows(name: str, items: list[object]) -> Declared:
    rows = [cast("Row", item) for item in items if isinstance(item, Mapping)]
    if not rows:
        return Declared(name, Kind.LIST, item=_item([i for i in items if isinstance(i, str | bool)]))
    cells: dict[str, list[str | bool]] = {}
    for row in rows:
        for column, cell in row.items():
            found = cells.setdefault(column, [])
            if cell is not None and cell != "":
                found.append(cell)
    return Declared(name, Kind.ROWS, columns=tuple((column, _inside(column, found)) for column, found in cells.items()))


def _inside(column: str, cells: list[str | bool]) -> str:
    """What the brackets of a column hold: a unit, its states, or nothing for a text."""
    found = _single(column, cells) if cells else Declared(column, Kind.STATE)
    if found.kind is Kind.STATE and (_CALLED.fullmatch(column) or not cells):
        return ""
    return found.unit


def _item(cells: Sequence[str | bool]) -> str:
    """The unit of items that are all of one kind."""
    kinds = (Kind.RATE, Kind.MONEY, Kind.DATE)
    found = _single("", list(cells)).kind if cells else Kind.NUMBER
    return found.value if found in kinds else Kind.NUMBER.value


def _single(name: str, given: list[str | bool]) -> Declared:
    texts = [value for value in given if isinstance(value, str)]
    if any(isinstance(value, bool) for value in given):
        return Declared(name, Kind.BOOLEAN)
    if all(text in ("是", "否") for text in texts):
        return Declared(name, Kind.BOOLEAN)
    if all(re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text) for text in texts):
        return Declared(name, Kind.DATE)
    signed = any(re.match(r"\s*[-－−]", text) for text in texts)
    if any(text.rstrip().endswith(("%", "％", "‰")) for text in texts):
        return Declared(name, Kind.RATE, signed=signed)
    if any(text.rstrip().endswith("元") for text in texts):
        return Declared(name, Kind.MONEY, signed=signed)
    if all(_NUMBER.fullmatch(text) for text in texts):
        whole = bool(_COUNT_NAME.search(name)) and all(re.fullmatch(r"\d+", text.strip()) for text in texts)
        scored = any(re.fullmatch(r"[-－−]?[\d.]+分", text.strip()) for text in texts)
        return Declared(name, Kind.NUMBER, item="分" if scored else "", signed=signed, whole=whole)
    states = tuple(dict.fromkeys(texts))
    return Declared(name, Kind.STATE, states if len(states) > 1 else (*states, OTHER))
