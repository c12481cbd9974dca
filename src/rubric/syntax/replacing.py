"""Something in the place of some nodes of a surface tree.

Takes a tree and what to put in the place of a node; gives the tree, the same object where nothing is replaced. What is put in is
not looked into. Never decides what is replaced.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import attrs

from rubric.source import Span

_Tree = TypeVar("_Tree")


def replaced(node: _Tree, of: Callable[[object], object | None]) -> _Tree:
    """`node` with `of(n)` in the place of every node `n` below it for which that is not None."""
    found = of(node)
    if found is not None:
        return cast("_Tree", found)
    if isinstance(node, tuple):
        members = cast("tuple[object, ...]", node)
        return cast("_Tree", tuple(replaced(member, of) for member in members))
    if not attrs.has(type(node)) or isinstance(node, Span):
        return node
    changed: dict[str, object] = {}
    for field in attrs.fields(type(node)):
        before = getattr(node, field.name)
        after = replaced(before, of)
        if after is not before and after != before:
            changed[field.name] = after
    return attrs.evolve(node, **changed) if changed else node  # pyright: ignore[reportArgumentType, reportCallIssue]
