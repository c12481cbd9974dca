"""The cell of an indicator, read once more for each class of unit.

Takes the reader of the cell with the names in force; gives the cell as it reads for each class, or nothing where some class
is not understood (then the cell as a whole is asked). Never decides what a class is: that is `cases`.
"""

from collections.abc import Iterator

import attrs

from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.ast import Declared
from rubric.syntax.cases import split, split_by_condition
from rubric.syntax.cell import Cell
from rubric.syntax.fold import key
from rubric.syntax.lines import items
from rubric.syntax.reading import Ambiguities, condition


def read_cases(read: Cell, lines: tuple[Span, ...], declared: tuple[Declared, ...]) -> Iterator[ast.Case]:
    """One case for each class, in the order in which the cell names them."""
    classes = {n.key: n.target for n in declared if n.role == "state" and not n.path}
    quantities = frozenset(n.key for n in declared if n.terminal == "QUANTITY")
    parts: list[tuple[ast.Case, tuple[ast.Case, ...]]] = []
    split_by_class = split(read.source, lines, classes, quantities)
    for case in split_by_class or split_by_condition(read.source, lines):
        condition = ast.Named(case.words, span=case.head) if case.head and split_by_class else None
        if case.head is not None and not split_by_class:
            condition = _stated(read, case.head)
            if condition is None:
                return
        of_case = attrs.evolve(read, source=case.source, found=[], of_case=True)
        cell = _without_floor(of_case.item(items(case.source, lines)))
        one = ast.Case(condition, cell, span=case.head or cell.span)
        others = tuple(n for n in declared if n.target != classes.get(case.words)) if split_by_class else ()
        inside = tuple(read_cases(of_case, lines, others)) if others and not _is_read(cell) else ()
        parts.append((one, inside))
    known = tuple(one.condition for one, _ in parts if one.condition is not None)
    found = [case for one, inside in parts for case in (_within(one, inside, known) if inside else (one,))]
    if all(_is_read(case.cell) and _gives(case.cell) for case in found):
        yield from found


def _within(outer: ast.Case, inside: tuple[ast.Case, ...], known: tuple[ast.Condition, ...]) -> Iterator[ast.Case]:
    """`有任务的：城区按…，其他县按…；无任务的：…`: the classes of one datum under each class of another."""
    of_inside = tuple(case.condition for case in inside if case.condition is not None)
    first = outer.condition if outer.condition is not None else ast.Joined("none", known, span=outer.span)
    for case in inside:
        second = case.condition if case.condition is not None else ast.Joined("none", of_inside, span=case.span)
        yield attrs.evolve(case, condition=ast.Joined("and", (first, second), span=case.span))


def without_classes(cell: ast.Item, declared: tuple[Declared, ...]) -> ast.Item:
    """The cell, where it does not read apart for each class, with what is said of one class alone left to a person.

    `重点县：…；一般县：每漏报一次扣1分` takes nothing from 重点县: read as one cell it would.
    """
    states = {
        n.key: n.target for n in declared if n.role == "state" and not n.path and n.target not in _yes_no(declared)
    }
    heads = {_head_of(piece, states) for item in _items(cell) for piece in item.pieces} - {""}
    return _unread(cell, states) if len(heads) > 1 else cell


def _yes_no(declared: tuple[Declared, ...]) -> frozenset[str]:
    return frozenset(n.target for n in declared if n.role == "state" and n.detail in ("是", "否", "有", "无"))


def _items(item: ast.Item) -> Iterator[ast.Item]:
    yield item
    for part in item.items:
        yield from _items(part)


def _unread(item: ast.Item, states: dict[str, str]) -> ast.Item:
    pieces: list[ast.Piece] = []
    of_class = False
    for piece in item.pieces:
        of_class = bool(_head_of(piece, states)) or (of_class and piece.goes_on)
        if of_class and piece.kind is ast.PieceKind.RULE and not _asks_class(piece, states):
            piece = attrs.evolve(piece, kind=ast.PieceKind.UNREAD, sentence=None, stop=piece.span)
        pieces.append(piece)
    return attrs.evolve(item, pieces=tuple(pieces), items=tuple(_unread(part, states) for part in item.items))


def _head_of(piece: ast.Piece, states: dict[str, str]) -> str:
    """The class that the words of a sentence begin with, before a colon."""
    head, colon, _ = key(piece.text).partition(":")
    return next((state for state in states if colon and head.startswith(state) and len(head) <= len(state) + 6), "")


def _asks_class(piece: ast.Piece, states: dict[str, str]) -> bool:
    return isinstance(piece.sentence, ast.Rule) and any(name in states for name in _named(piece.sentence.condition))


def _named(condition: ast.Condition) -> Iterator[str]:
    match condition:
        case ast.Named(key=name) | ast.Placed(key=name):
            yield name
        case ast.Joined(parts=parts):
            yield from (name for part in parts for name in _named(part))
        case _:
            pass


def _stated(read: Cell, head: Span) -> ast.Condition | None:
    """The condition a block begins with, where all its names are declared."""
    found = condition(read.source, head, read.lexicons.at(""), Ambiguities(read.source, read.indicator, read.found))
    return found if found is not None and _is_stated(found) else None


def _is_stated(condition: ast.Condition) -> bool:
    """Whether a condition compares declared data with numbers, and leaves nothing out."""
    match condition:
        case ast.Comparison(operands=operands):
            return all(isinstance(o, ast.Number) or (isinstance(o, ast.Name) and o.declared) for o in operands)
        case ast.Ranged(subject=ast.Name(declared=declared)):
            return declared
        case ast.Joined(parts=parts):
            return all(_is_stated(part) for part in parts)
        case _:
            return False


def _without_floor(cell: ast.Item) -> ast.Item:
    """扣完为止 said of all classes says nothing of one that has its points in any case."""
    plain = any(isinstance(p.sentence, ast.Always) for p in cell.pieces)
    kept = tuple(p for p in cell.pieces if not (plain and isinstance(p.sentence, ast.Closing)))
    return attrs.evolve(cell, pieces=kept)


def _is_read(cell: ast.Item) -> bool:
    """Whether every sentence of a cell that gives points is understood; prose may state what is deducted from."""
    deducts = any(p.kind is ast.PieceKind.RULE and p.deducts for p in cell.pieces)
    unread = (ast.PieceKind.UNREAD, ast.PieceKind.JUDGED, *(() if deducts else (ast.PieceKind.BASELINE,)))
    return all(p.kind not in unread for p in cell.pieces) and all(_is_read(item) for item in cell.items)


def _gives(cell: ast.Item) -> bool:
    """Whether some sentence gives points; a class that is only exempt needs no reading of its own."""
    own = (p for p in cell.pieces if p.kind is ast.PieceKind.RULE and not isinstance(p.sentence, ast.Closing))
    return any(own) or any(_gives(item) for item in cell.items)
