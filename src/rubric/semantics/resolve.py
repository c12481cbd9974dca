"""Which declaration each name means.

Takes the `ast.Document`; gives a `Resolution`: for each indicator its symbols by folded name, with names that hold only
in one item apart, and what is wrong with the declarations (twice declared, in a circle). Never a type.

Words bind to facts in three ways and in no other: the declared name stands in the text; a 对应, 指 or 即 line ties words to
it; `rubric try` aligns names where nothing is declared.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from rubric.diagnostics.model import Checked, Diagnostic
from rubric.semantics import name_errors
from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.ast import Declared
from rubric.syntax.fold import key

_Node = TypeVar("_Node", ast.BasisLine, ast.Equation)
_BRACKETS = re.compile(r"[()\[\]【】]")


@attrs.frozen
class Symbol:
    """A bound name. `node` is what declares it; `alternatives` are further readings of a definition (`的备选`)."""

    declared: Declared
    node: ast.DatumLine | ast.BasisLine | ast.Equation | ast.Selection
    alternatives: ast.BasisLine | None = None


@attrs.frozen
class Scope:
    """The names of one indicator. `local` holds names that are in force only in the item of that path.

    `circular` maps names defined in a circle, `unread` names whose definition cannot be read, to the finding's code;
    `broken` does so for the text of 数据 lines that cannot be read; `unbound` is the code about 对应 words found nowhere.
    """

    symbols: Mapping[str, Symbol]
    local: Mapping[str, Mapping[str, Symbol]]
    columns: Mapping[str, Symbol]
    circular: Mapping[str, str] = attrs.field(factory=dict[str, str])
    unread: Mapping[str, str] = attrs.field(factory=dict[str, str])
    broken: Mapping[str, str] = attrs.field(factory=dict[str, str])
    unbound: str = ""

    def find(self, name: str, path: str = "") -> Symbol | None:
        return self.local.get(path, {}).get(name) or self.symbols.get(name) or self.columns.get(name)

    def fault_of_unknown(self, name: str) -> str | None:
        """The code of the finding that already tells why no line declares `name`; None without one."""
        if name in self.unread:
            return self.unread[name]
        bare = _BRACKETS.sub("", name)
        broken = (code for text, code in self.broken.items() if text.startswith(bare) or text in bare)
        return next(broken, self.unbound or None)

    def suggestions(self) -> tuple[str, ...]:
        return tuple(self.symbols)


@attrs.frozen
class Resolution:
    """Scopes in the order of the document's indicators; `total` is that of the rules on the total."""

    scopes: tuple[Scope, ...]
    total: Scope | None = None


def resolve(document: ast.Document) -> Checked[Resolution]:
    """Bind every declared name of every indicator."""
    found: list[Diagnostic] = []
    scopes: list[Scope] = []
    homes: dict[str, tuple[ast.DatumLine, ast.Indicator | None]] = {}
    for line in document.shared:
        if key(line.name) in homes:
            found.append(name_errors.declared_twice(document.source, line, homes[key(line.name)][0], None, ""))
        homes.setdefault(key(line.name), (line, None))
    for indicator in document.indicators:
        scope = _scope(document, indicator, found)
        scopes.append(_with_circles(document.source, indicator, scope, found))
        for line in indicator.data:
            if key(line.name) in homes:
                first, home = homes[key(line.name)]
                other = home.name if home else None
                found.append(name_errors.declared_twice(document.source, line, first, other, indicator.name))
            homes.setdefault(key(line.name), (line, indicator))
    found.extend(_duplicates(document.source, document.indicators))
    total = _scope(_with_all_data(document), document.total, found) if document.total is not None else None
    return Checked(Resolution(tuple(scopes), total), tuple(found))


def _with_all_data(document: ast.Document) -> ast.Document:
    """For the rules on the total, which may speak of the data of any indicator."""
    return attrs.evolve(document, shared=(*document.shared, *(d for i in document.indicators for d in i.data)))


def _scope(document: ast.Document, indicator: ast.Indicator, found: list[Diagnostic]) -> Scope:
    data = {line.name: line for line in (*document.shared, *indicator.data)}
    words = [line for line in (*indicator.basis, *indicator.stated) if line.kind is not ast.BasisKind.ALTERNATIVES]
    alternatives = {key(b.word): b for b in indicator.basis if b.kind is ast.BasisKind.ALTERNATIVES}
    equations = list(equations_of(indicator))
    symbols: dict[str, Symbol] = {}
    local: dict[str, dict[str, Symbol]] = {}
    columns: dict[str, Symbol] = {}
    unread: dict[str, str] = {}
    selections = {selection.key: selection for selection in indicator.selections}
    for name in indicator.names:
        node = selections.get(name.key) if name.role == "rows" else _node(name, data, words, equations)
        if node is None:
            unread.update((name.key, piece.fault) for piece in _unread(indicator.cell, name))
            continue
        symbol = Symbol(name, node, alternatives.get(name.key))
        if name.path:
            local.setdefault(name.path, {})[name.key] = symbol
        elif name.role in ("column", "cell"):
            columns.setdefault(name.key, symbol)
        elif name.key not in symbols:
            symbols[name.key] = symbol
        elif _differ(symbols[name.key], symbol):
            found.append(
                name_errors.two_meanings(
                    document.source, name.span, symbols[name.key].declared.span, name.key, indicator.name
                )
            )
    broken = {_BRACKETS.sub("", key(line.name)): line.fault for line in data.values() if line.fault}
    broken |= {_BRACKETS.sub("", key(line.text[:60])): line.fault for line in indicator.basis if line.fault}
    return Scope(symbols, local, columns, unread=unread, broken=broken, unbound=indicator.unbound)


def _unread(cell: ast.Item, name: Declared) -> Iterator[ast.Piece]:
    """The sentence that should define `name` and cannot be read."""
    for item in items_of(cell):
        for piece in item.pieces:
            inside = piece.span.start <= name.span.start < piece.span.end
            if inside and name.role == "definition" and piece.kind is ast.PieceKind.UNREAD:
                yield piece


def _node(
    name: Declared,
    data: Mapping[str, ast.DatumLine],
    words: list[ast.BasisLine],
    equations: list[ast.Equation],
) -> ast.DatumLine | ast.BasisLine | ast.Equation | None:
    match name.role:
        case "datum" | "part" | "relative" | "mean" | "state" | "column" | "values" | "cell":
            return data.get(name.target)
        case "rows":
            return None
        case "definition":
            wanted = (key(name.target),) if name.detail else (name.key, key(name.target))
            found = [e for e in equations if e.name.key in wanted]
            return _declaring(found, name.span) or _declaring([w for w in words if w.word == name.target], name.span)
        case "constants" | "word" | "condition":
            return _declaring([w for w in words if w.word == name.target], name.span)


def _declaring(nodes: Sequence[_Node], span: Span) -> _Node | None:
    """The one in which `span` lies, else the last."""
    return next((n for n in nodes if n.span.start <= span.start < n.span.end), nodes[-1] if nodes else None)


def _differ(first: Symbol, second: Symbol) -> bool:
    """Two declarations of one name that do not mean the same. A definition of a datum's name is only a gloss."""
    if first.node == second.node:
        return first.declared.detail != second.declared.detail
    glosses = {"datum", "part", "definition", "relative"}
    if first.declared.role in ("datum", "part", "relative") and second.declared.role == "definition":
        return False
    return not (first.declared.role in glosses and second.declared.role == "relative")


def equations_of(indicator: ast.Indicator) -> Iterator[ast.Equation]:
    """`X=式` of the cell and of the author's lines."""
    for item in items_of(indicator.cell):
        for piece in item.pieces:
            if isinstance(piece.sentence, ast.Equation):
                yield piece.sentence
    for line in indicator.basis:
        for sentence in line.sentences:
            if isinstance(sentence, ast.Equation):
                yield sentence


def items_of(item: ast.Item) -> Iterator[ast.Item]:
    """The item and all below it."""
    yield item
    for part in item.items:
        yield from items_of(part)


# --- circles ----------------------------------------------------------------------------------------------------------


def names_in(node: object) -> Iterator[ast.Name | ast.Named]:
    """Every name in a surface expression, condition or sentence."""
    if isinstance(node, ast.Name | ast.Named):
        yield node
    elif isinstance(node, tuple):
        for part in node:  # pyright: ignore[reportUnknownVariableType]
            yield from names_in(part)  # pyright: ignore[reportUnknownArgumentType]
    elif attrs.has(type(node)):
        for field in attrs.fields(type(node)):
            if field.name != "span":
                yield from names_in(getattr(node, field.name))


def bodies_of(symbol: Symbol) -> tuple[object, ...]:
    """The expressions and conditions a defined name stands for."""
    extra = tuple(o.body for o in symbol.alternatives.options) if symbol.alternatives else ()
    match symbol.node:
        case ast.Equation(body=body):
            return (body, *extra)
        case ast.BasisLine(condition=condition, options=options):
            return (condition, *(o.body for o in options), *extra)
        case ast.Selection(condition=condition):
            return (condition,)
        case _:
            return ()


def _with_circles(source: SourceText, indicator: ast.Indicator, scope: Scope, found: list[Diagnostic]) -> Scope:
    """Definitions that lead back to themselves: each circle found once, named from its first member on."""
    done: set[str] = set()
    circular: dict[str, str] = {}
    for start in scope.symbols:
        while circle := _circle(start, scope, (), done):
            finding = name_errors.circular(source, scope.symbols[circle[0]].declared.span, circle, indicator.name)
            found.append(finding)
            circular |= dict.fromkeys(circle, finding.code)
            done.update(circle)
        done.add(start)
    return attrs.evolve(scope, circular=circular)


def _circle(name: str, scope: Scope, path: tuple[str, ...], done: set[str]) -> tuple[str, ...]:
    if name in path:
        return path[path.index(name) :]
    symbol = scope.symbols.get(name)
    if symbol is None or name in done:
        return ()
    for body in bodies_of(symbol):
        for inner in names_in(body):
            circle = _circle(inner.key, scope, (*path, name), done)
            if circle:
                return circle
    return ()


def _duplicates(source: SourceText, indicators: tuple[ast.Indicator, ...]) -> Iterator[Diagnostic]:
    seen: dict[str, ast.Indicator] = {}
    for indicator in indicators:
        if indicator.name in seen:
            yield name_errors.indicator_twice(source, indicator, seen[indicator.name])
        seen.setdefault(indicator.name, indicator)
