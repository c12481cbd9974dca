"""Nested mappings → texts without places.

Takes what a program passes instead of a file: mappings, sequences, text, True and False, whole numbers, Decimal,
Fraction; gives the same values that `tree` makes of a file. Never a binary number, which is not what was meant.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import assert_never, cast

from rubric.core.numbers import plain
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.facts import errors
from rubric.facts.nodes import Entry, Listing, Node, Scalar, Spot, Table
from rubric.facts.tree import DEEPEST

_NOWHERE = Spot()
_PLACES = 40


def tree_of_mapping(mapping: Mapping[str, object]) -> Checked[Node]:
    findings: list[Diagnostic] = []
    return Checked(_node(mapping, "数据", 1, findings), tuple(findings))


def canonical(node: Node) -> str:
    """One text for facts of the same content, in whatever order their keys stand: what a digest is taken of."""
    return json.dumps(_content(node), ensure_ascii=False, sort_keys=True)


def _content(node: Node) -> object:
    match node:
        case Scalar():
            return node.text
        case Listing():
            return [_content(item) for item in node.items]
        case Table():
            return {key: _content(entry.value) for key, entry in node.entries.items()}
        case _:
            assert_never(node)


def _node(value: object, name: str, depth: int, findings: list[Diagnostic]) -> Node:
    if depth > DEEPEST:
        findings.append(errors.too_deep(_NOWHERE, DEEPEST))
        return Scalar("", _NOWHERE)
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value)
        entries = (
            Entry(Scalar(str(key), _NOWHERE), _node(inner, str(key), depth + 1, findings))
            for key, inner in items.items()
        )
        return Table({entry.key.text: entry for entry in entries}, _NOWHERE)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        rows = cast("Sequence[object]", value)
        return Listing(tuple(_node(row, name, depth + 1, findings) for row in rows), _NOWHERE)
    text = _text(value)
    if text is None:
        findings.append(errors.binary_number(_NOWHERE, name) if _is_binary(value) else _other(name))
    return Scalar(text or "", _NOWHERE)


def _text(value: object) -> str | None:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "是" if value else "否"
        case int():
            return str(value) if value.bit_length() < 128 else None
        case Decimal():
            # Infinity and NaN have no digits to read, and an exponent in the thousands is no fact.
            return f"{value:f}" if value.is_finite() and abs(value.adjusted()) <= _PLACES else None
        case Fraction():
            decimal = plain(value, _PLACES)
            return decimal if Fraction(decimal) == value else None
        case _:
            return None


def _is_binary(value: object) -> bool:
    return type(value).__module__ in {"builtins", "numpy"} and type(value).__name__.startswith("float")


def _other(name: str) -> Diagnostic:
    return errors.wrong_shape(_NOWHERE, name, "文字、是否或有限位小数的数")
