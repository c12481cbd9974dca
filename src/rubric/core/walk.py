"""Reading a core tree: what stands in it.

Takes any core value; gives its descendants, the data and the choices it uses. Never changes it.
"""

from collections.abc import Iterator
from functools import cache

import attrs

from rubric.core import program as core

# What is declared for those who ask about all departments; no score depends on it.
DECLARED = frozenset({"direction", "unchangeable", "profiles"})


def within(node: object, *, rows: bool = True) -> Iterator[object]:
    """The node and every attrs value inside it; without `rows`, nothing that is asked of single rows."""
    if isinstance(node, tuple):
        for part in node:  # pyright: ignore[reportUnknownVariableType]
            yield from within(part, rows=rows)  # pyright: ignore[reportUnknownArgumentType]
    else:
        names = fields_of(type(node))
        if names is not None:
            yield node
            if rows or not isinstance(node, core.RowAggregate | core.RowScores):
                for name in names:
                    yield from within(getattr(node, name), rows=rows)


@cache
def fields_of(kind: type) -> tuple[str, ...] | None:
    """The fields of a core class that can hold what it computes; None for any other class.

    A profile of an indicator is none of them: it is asked about, and computes nothing.
    """
    if not attrs.has(kind):
        return None
    return tuple(field.name for field in attrs.fields(kind) if field.name not in {"span", *DECLARED})


def data_used(node: object) -> dict[str, None]:
    """Names of the data that a tree reads, in order."""
    found: dict[str, None] = {}
    for inner in within(node):
        match inner:
            case (
                core.FactValue(datum=datum)
                | core.InState(datum=datum)
                | core.RowAggregate(datum=datum)
                | core.RowScores(datum=datum)
            ):
                found[datum] = None
            case _:
                pass
    return found


def choices_used(node: object) -> dict[str, None]:
    """Names of the choices that a tree asks, in order."""
    found: dict[str, None] = {}
    for inner in within(node):
        match inner:
            case core.ByReading(choice=choice) | core.ReadingIs(choice=choice):
                found[choice] = None
            case _:
                pass
    return found
