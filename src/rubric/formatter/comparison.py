"""Whether two trees say the same.

Takes two values; gives whether they differ in more than layout and the author's spelling. Places take no part. Issued text
is compared to the character, and the words of the author's own lines as names are compared: without blanks and quotation
marks, in one width, with one spelling of each sign.
"""

import re
from fractions import Fraction

import attrs

from rubric.formatter.signs import edited, signs
from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.fold import key

_ISSUED = (ast.Item, ast.Piece)
# What another line of 口径 computes stands in its fields; its text is those words as they were spelt.
_ALL_TEXT = frozenset({ast.BasisKind.NOTE, ast.BasisKind.UNREAD, ast.BasisKind.RULE})


def same_document(first: ast.Document, second: ast.Document) -> bool:
    return essence(first) == essence(second)


def essence(value: object, *, without: frozenset[str] = frozenset()) -> object:
    """What of a tree is no layout and no spelling of the author; `without` the fields of these names."""
    return _essence(value, False, without)


def _essence(value: object, issued: bool, without: frozenset[str]) -> object:
    match value:
        case Span() | SourceText():
            return None
        case str():
            return value if issued else _folded(value)
        case tuple():
            return tuple(_essence(part, issued, without) for part in value)  # pyright: ignore
        case Fraction() | int() | None:
            return value
        case _:
            assert attrs.has(type(value)), type(value)
            issued = issued or isinstance(value, _ISSUED)
            spelt = {"text"} if isinstance(value, ast.BasisLine) and value.kind not in _ALL_TEXT else set[str]()
            fields = [f.name for f in attrs.fields(type(value)) if f.name not in without and f.name not in spelt]
            return type(value), tuple((name, _essence(getattr(value, name), issued, without)) for name in fields)


def _folded(text: str) -> str:
    whole = Span(0, len(text))
    return re.sub("[xX*]", "×", re.sub("[「」]", "", key(edited(text, whole, signs(text, whole)))))
