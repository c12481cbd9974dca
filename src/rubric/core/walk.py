"""Reading a core tree: what stands in it, and the fingerprint of its meaning.

Takes any core value; gives its descendants, the data it uses, a digest that ignores places and wording. Never changes it.
"""

import hashlib
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import attrs

from rubric.core import program as core

_WORDS = frozenset(
    {"span", "text", "title", "notes", "description", "sentences", "source_sha256", "meaning_sha256", "origin"}
)
# What is declared for those who ask about all departments; no score depends on it.
_DECLARED = frozenset({"direction", "unchangeable", "profiles"})


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
    return tuple(field.name for field in attrs.fields(kind) if field.name not in {"span", *_DECLARED})


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


def meaning_sha256(program: core.Program) -> str:
    """A digest of what the program computes: equal for rubrics that differ only in places, layout and wording."""
    return hashlib.sha256("".join(_canonical(program)).encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(node: object) -> Iterator[str]:
    if isinstance(node, tuple):
        yield "("
        for part in node:  # pyright: ignore[reportUnknownVariableType]
            yield from _canonical(part)  # pyright: ignore[reportUnknownArgumentType]
        yield ")"
    elif attrs.has(type(node)):
        yield type(node).__name__ + "{"
        for field in attrs.fields(type(node)):
            if field.name not in _WORDS | _DECLARED:
                yield field.name + ":"
                yield from _canonical(getattr(node, field.name))
        yield "}"
    elif isinstance(node, Fraction):
        yield f"{node.numerator}/{node.denominator};"
    else:
        yield f"{node!s};"
