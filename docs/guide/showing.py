"""How facts and scores stand on a page of the guide.

Takes values as a source writes them and results of the engine; gives short Chinese text for table cells and quotes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, cast

from rubric.core.numbers import plain
from rubric.trying.declare import Given

PLACES = 2

Source = Mapping[str, Any]
Values = Mapping[str, Given]


class Mistake(Exception):
    """A source says what the program does not do."""


def shown_values(values: Values) -> str:
    return "，".join(f"{name} {_value(value)}" for name, value in values.items())


def _value(value: object) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case Mapping():
            return f"（{_cells(cast('Mapping[str, object]', value))}）"
        case list():
            return "、".join(_row(item) for item in cast("list[object]", value))
        case _:
            return str(value)


def _row(item: object) -> str:
    """A row by its cells; where the first is what the row is called, it stands before the brackets."""
    if not isinstance(item, Mapping):
        return _value(item)
    cells = cast("Mapping[str, object]", item)
    called = next(iter(cells))
    first = cells[called]
    if isinstance(first, str) and not first[:1].isdigit() and len(cells) > 1:
        return f"{first}（{_cells({name: cell for name, cell in cells.items() if name != called})}）"
    return f"（{_cells(cells)}）"


def _cells(cells: Mapping[str, object]) -> str:
    return "，".join(f"{name} {_value(cell)}" for name, cell in cells.items())


def shown_score(score: Fraction | None) -> str:
    return "待定" if score is None else plain(score, PLACES)


def cell(text: str) -> str:
    """A text as one cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ").strip()


def quoted(text: str) -> Iterator[str]:
    """A block quote; a table of the clause stays as it is written."""
    if "|" in text and "---" in text:
        yield from ("```text", *text.splitlines(), "```")
        return
    for index, line in enumerate(text.splitlines()):
        yield from ([">"] if index else [])
        yield f"> {line}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|---" * len(heads) + "|"
    for row in rows:
        yield "| " + " | ".join(cell(one) for one in row) + " |"
