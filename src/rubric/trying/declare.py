"""Values typed beside a clause → the data they must be.

Takes names and the values given for them; gives one declaration each: yes–no, a state, a rate, an amount, a date, a list or
a plain number. Never looks at the clause.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

import attrs

Given = str | bool | Sequence[object]


class Kind(StrEnum):
    BOOLEAN = "是／否"
    STATE = "状态"
    RATE = "%"
    MONEY = "万元"
    DATE = "日期"
    LIST = "列表"
    NUMBER = "数"


@attrs.frozen
class Declared:
    """A name with what it measures. `states` are the values met, for a state; `item` the unit of a list's items."""

    name: str
    kind: Kind
    states: tuple[str, ...] = ()
    item: str = ""

    @property
    def unit(self) -> str:
        if self.kind is Kind.LIST:
            return f"逐行填列，{COLUMN}（{self.item}）"
        return "／".join(self.states) if self.kind is Kind.STATE else self.kind.value


# The other state, where only one is given.
OTHER = "其他情况"
# The one column of a list of plain values.
COLUMN = "数值"
_NUMBER = re.compile(r"-?[\d,，]+(\.\d+)?\s*\D{0,3}")


def declare(cases: Sequence[Mapping[str, Given]]) -> tuple[Declared, ...]:
    """One declaration for each name of the cases, in the order in which the names come."""
    values: dict[str, list[Given]] = {}
    for case in cases:
        for name, value in case.items():
            values.setdefault(name, []).append(value)
    return tuple(_declared(name, given) for name, given in values.items())


def _declared(name: str, given: list[Given]) -> Declared:
    texts = [value for value in given if isinstance(value, str)]
    if any(isinstance(value, bool) for value in given):
        return Declared(name, Kind.BOOLEAN)
    if len(texts) < len(given):
        items = [str(item) for value in given if not isinstance(value, str | bool) for item in value]
        return Declared(name, Kind.LIST, item="%" if any(i.endswith("%") for i in items) else "数")
    if all(text in ("是", "否") for text in texts):
        return Declared(name, Kind.BOOLEAN)
    if all(re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text) for text in texts):
        return Declared(name, Kind.DATE)
    if any(text.rstrip().endswith(("%", "％", "‰")) for text in texts):
        return Declared(name, Kind.RATE)
    if any(text.rstrip().endswith("元") for text in texts):
        return Declared(name, Kind.MONEY)
    if all(_NUMBER.fullmatch(text) for text in texts):
        return Declared(name, Kind.NUMBER)
    states = tuple(dict.fromkeys(texts))
    return Declared(name, Kind.STATE, states if len(states) > 1 else (*states, OTHER))
