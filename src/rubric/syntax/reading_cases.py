"""The cell of an indicator, read once more for each class of unit.

Takes the reader of the cell with the names in force; gives the cell as it reads for each class, or nothing where some class
is not understood (then the cell as a whole is asked). Never decides what a class is: that is `cases`.
"""

from collections.abc import Iterator

import attrs

from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.ast import Declared
from rubric.syntax.cases import split
from rubric.syntax.cell import Cell
from rubric.syntax.lines import items


def read_cases(read: Cell, lines: tuple[Span, ...], declared: tuple[Declared, ...]) -> Iterator[ast.Case]:
    """One case for each class, in the order in which the cell names them."""
    classes = {n.key: n.target for n in declared if n.role == "state" and not n.path}
    quantities = frozenset(n.key for n in declared if n.terminal == "QUANTITY")
    found: list[ast.Case] = []
    for case in split(read.source, lines, classes, quantities):
        condition = None if case.head is None else ast.Named(case.words, span=case.head)
        of_case = attrs.evolve(read, source=case.source, found=[], of_case=True)
        cell = _without_floor(of_case.item(items(case.source, lines)))
        found.append(ast.Case(condition, cell, span=case.head or cell.span))
    if all(_is_read(case.cell) and _gives(case.cell) for case in found):
        yield from found


def _without_floor(cell: ast.Item) -> ast.Item:
    """扣完为止 said of all classes says nothing of one that has its points in any case."""
    plain = any(isinstance(p.sentence, ast.Always) for p in cell.pieces)
    kept = tuple(p for p in cell.pieces if not (plain and isinstance(p.sentence, ast.Closing)))
    return attrs.evolve(cell, pieces=kept)


def _is_read(cell: ast.Item) -> bool:
    """Whether every sentence of a cell that gives points is understood."""
    unread = (ast.PieceKind.UNREAD, ast.PieceKind.JUDGED, ast.PieceKind.BASELINE)
    return all(p.kind not in unread for p in cell.pieces) and all(_is_read(item) for item in cell.items)


def _gives(cell: ast.Item) -> bool:
    """Whether some sentence gives points; a class that is only exempt needs no reading of its own."""
    own = (p for p in cell.pieces if p.kind is ast.PieceKind.RULE and not isinstance(p.sentence, ast.Closing))
    return any(own) or any(_gives(item) for item in cell.items)
