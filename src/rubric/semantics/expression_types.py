"""What each expression measures.

Takes an expression of one indicator; gives its type, with a finding for each operation that makes no sense. Where an operand
is unknown the rest is not blamed. Never a sentence: those are checked in `typecheck`, on top of this.
"""

from abc import ABC, abstractmethod

import attrs

from rubric.core.numbers import plain
from rubric.core.program import Dimension
from rubric.diagnostics.model import Diagnostic, Severity
from rubric.semantics import name_errors, type_errors
from rubric.semantics.days import day_of
from rubric.semantics.near import nearest
from rubric.semantics.periods import periods_in
from rubric.semantics.resolve import Scope, Symbol
from rubric.semantics.row_types import type_of_column, type_of_rows
from rubric.semantics.units import (
    DATE,
    RATE,
    SCORE,
    Type,
    comparable,
    time_type,
    type_of_date_sum,
    type_of_product,
    type_of_quotient,
    type_of_unit,
    unit_of,
)
from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.fold import key
from rubric.syntax.names import POINTS_NAMES

Place = tuple[Span, str]


class ExpressionTypes(ABC):
    """The types of the expressions of one indicator; `typecheck` adds its sentences and conditions.

    Expressions and conditions hold one another: rows that are meant by a condition are an expression.
    """

    def __init__(
        self,
        source: SourceText,
        indicator: ast.Indicator,
        scope: Scope,
        types: dict[Place, Type],
        found: list[Diagnostic],
        year: int | None,
    ) -> None:
        self.source = source
        self.year = year
        self.indicator = indicator
        self.scope = scope
        self.types = types
        self.found = found
        self.path = ""
        self.rows_asked = 0  # inside a condition of rows the columns are the cells of one row
        self.open: set[str] = set()
        self.codes: list[str] = []
        self.unknown: dict[str, str] = {}
        self.told: dict[tuple[tuple[str, ...], frozenset[str]], str] = {}

    def report(self, diagnostic: Diagnostic) -> None:
        self.found.append(diagnostic)
        self.codes.append(diagnostic.code if diagnostic.severity is Severity.ERROR else "")

    def fault(self, since: int) -> str | None:
        """The code of the first error since then, empty where there are only undeclared names, None where nothing is.

        A fault that another finding already tells adds its code alone.
        """
        new = self.codes[since:]
        return next((code for code in new if code), "") if new else None

    @abstractmethod
    def condition(self, condition: ast.Condition) -> None:
        """Check a condition, which may be that of rows."""

    def incomparable(self, span: Span, first: Type, second: Type) -> Diagnostic:
        return type_errors.incomparable(self.source, span, first.words, second.words, self.indicator.name)

    def type_of(self, node: ast.Expression) -> Type | None:
        found = self._type_of(node)
        if found is not None:
            self.types[(node.span, type(node).__name__)] = found
        return found

    def _type_of(self, node: ast.Expression) -> Type | None:
        match node:
            case ast.Number(unit=unit):
                return type_of_unit(unit_of(unit))
            case ast.Name():
                return self.type_of_name(node)
            case ast.Operation():
                return self.type_of_operation(node)
            case ast.Absolute(operand=operand):
                return self.type_of(operand)
            case ast.Stated(name=name, percent=percent):
                return self.type_of_stated(name, percent)
            case ast.Several(items=items):
                return self.type_of_several(node, items)
            case ast.Aggregate(operand=operand, weight=weight):
                if weight is not None:
                    self.type_of_total(weight)
                return self.type_of_total(operand)
            case ast.Aspects():
                return Type(Dimension.COUNT, "")
            case ast.Limited(body=body):
                found = self.type_of(body)
                if found is not None and found.dimension is not Dimension.RATE and not found.ratio:
                    self.report(self.incomparable(node.span, found, RATE))
                return found
            case ast.Elided() | ast.Peers() | ast.Rank() | ast.Own() | ast.Best() | ast.Lateness():
                self.report(type_errors.no_subject(self.source, node.span, self.indicator.name))
                return None
            case ast.Day():
                return self.type_of_day(node)
            case ast.Elapsed(start=start, end=end, unit=unit):
                return self.type_of_elapsed(start, end, unit, node.span)

    def type_of_day(self, node: ast.Day) -> Type | None:
        year = self.year if node.year is None else node.year
        if year is None:
            self.report(type_errors.day_without_year(self.source, node.span, node.words, self.indicator.name))
            return None
        if day_of(node, year) is None:
            self.report(type_errors.no_such_day(self.source, node.span, node.words, self.indicator.name))
            return None
        return DATE

    def type_of_elapsed(self, start: ast.Expression, end: ast.Expression, unit: str, span: Span) -> Type | None:
        first, second = self.type_of(start), self.type_of(end)
        if first is None or second is None:
            return None
        for found in (first, second):
            if found.dimension is not Dimension.DATE:
                self.report(self.incomparable(span, found, DATE))
                return None
        return attrs.evolve(time_type(unit), series=first.series or second.series)

    def type_of_several(self, node: ast.Several, items: tuple[ast.Expression, ...]) -> Type | None:
        """A series whose parts are the names; they measure the same."""
        types = [t for item in items if (t := self.type_of(item)) is not None]
        if len(types) < len(items):
            return None
        for other in types[1:]:
            if not comparable(types[0], other):
                self.report(self.incomparable(node.span, types[0], other))
                return None
        return attrs.evolve(types[0], series=True)

    def type_of_total(self, operand: ast.Expression) -> Type | None:
        asked, self.rows_asked = self.rows_asked, 0
        found = self.type_of(operand)
        self.rows_asked = asked
        if found is None:
            return None
        if not found.series:
            self.report(type_errors.total_of_one(self.source, operand.span, self.indicator.name))
        elif len(periods_in(operand, self.scope, self.path)) > 1:
            self.report(type_errors.series_alone(self.source, operand.span, self.indicator.name))
        return attrs.evolve(found, series=False)

    def type_of_operation(self, node: ast.Operation) -> Type | None:
        left, right = self.type_of(node.left), self.type_of(node.right)
        if left is None or right is None:
            return None
        self.doubt_operation(node, left, right)
        match node.operator:
            case "+" | "-":
                found = left if is_zero(node.right) else right if is_zero(node.left) else None
                found = found or type_of_date_sum(node.operator, left, right)
            case "*":
                found = type_of_product(left, right)
            case "/":
                found = type_of_quotient(left, right)
        if found is None:
            self.report(
                type_errors.senseless_operation(
                    self.source, node.span, node.operator, left.words, right.words, self.indicator.name
                )
            )
        return found

    def doubt_operation(self, node: ast.Operation, left: Type, right: Type) -> None:
        """Operations that compute but are seldom meant: `÷100%`, one rate times another."""
        rates = left.dimension is Dimension.RATE and right.dimension is Dimension.RATE
        numeral = isinstance(node.left, ast.Number) or isinstance(node.right, ast.Number)
        if (
            node.operator == "/"
            and isinstance(node.right, ast.Number)
            and (node.right.value, node.right.unit) == (100, "%")
        ):
            self.found.append(type_errors.divided_by_percent(self.source, node.right.span, self.indicator.name))
        elif node.operator == "*" and rates and not numeral:
            self.found.append(type_errors.rates_multiplied(self.source, node.span, self.indicator.name))

    def type_of_stated(self, name: ast.Name, percent: ast.Number) -> Type | None:
        found = self.type_of(name)
        if found is None:
            return None
        if found.dimension is not Dimension.RATE:
            if percent.value == 100:
                self.found.append(type_errors.whole_share(self.source, percent.span, name.key, self.indicator.name))
            return found
        symbol = self.scope.find(name.key, self.path)
        if symbol is not None and isinstance(symbol.node, ast.BasisLine) and symbol.node.constants:
            self._check_constant(symbol.node, name, percent)
        return RATE

    def _check_constant(self, line: ast.BasisLine, name: ast.Name, percent: ast.Number) -> None:
        """`序时进度 25%` in the sentence of 一季度 must be what 口径 says of 一季度."""
        start = self.source.text.rfind("\n", 0, percent.span.start) + 1
        before = key(self.source.text[start : percent.span.start])
        parts = [part for part, _ in line.constants if key(part) in before]
        values = {part: number.value for part, number in line.constants}
        allowed = {values[part] for part in parts} or set(values.values())
        if percent.value not in allowed:
            said = "、".join(f"{part}{plain(values[part])}%" for part in (parts or list(values)))
            self.report(
                type_errors.stated_differs(
                    self.source,
                    percent.span,
                    line.span,
                    name.key,
                    f"{plain(percent.value)}%",
                    said,
                    self.indicator.name,
                )
            )

    def type_of_name(self, node: ast.Name) -> Type | None:
        symbol = self.scope.find(node.key, self.path)
        if node.key in POINTS_NAMES and (symbol is None or self.rows_asked):
            return SCORE
        if symbol is None:
            self._unknown(node)
            return None
        if node.key in self.scope.circular:
            self.codes.append(self.scope.circular[node.key])
            return None
        if node.key in self.open:
            self.codes.append("")
            return None
        self.open.add(node.key)
        found = self._type_of_symbol(symbol, node)
        self.open.discard(node.key)
        if found is not None and self.rows_asked and symbol.declared.role in ("column", "values"):
            return attrs.evolve(found, series=False)
        return found

    def _type_of_symbol(self, symbol: Symbol, node: ast.Name) -> Type | None:
        role = symbol.declared.role
        match symbol.node:
            case ast.DatumLine(fault=code) | ast.BasisLine(fault=code) if code:
                self.codes.append(code)
                return None
            case ast.DatumLine() as line:
                if line.columns:
                    return type_of_rows(line, symbol.declared)
                found = type_of_unit(unit_of(line.unit)) if line.unit or not line.parts else RATE
                return attrs.evolve(found, series=bool(line.parts) and role not in ("part", "mean"))
            case ast.Selection() as selection:
                return self.type_of_selection(selection)
            case ast.BasisLine(constants=constants) if constants:
                found = type_of_unit(unit_of(constants[0][1].unit))
                return attrs.evolve(found, series=not symbol.declared.detail)
            case ast.BasisLine(options=options):
                types = [self.type_of(o.body) for o in options if o.body is not None]
                if not types:
                    self.report(
                        name_errors.word_without_quantity(self.source, symbol.node.span, node.key, self.indicator.name)
                    )
                    return None
                self._same_types(symbol.node, types)
                return types[0]
            case ast.Equation(body=body):
                found = self.type_of(body)
                if symbol.alternatives is not None and found is not None:
                    others = [self.type_of(o.body) for o in symbol.alternatives.options if o.body is not None]
                    self._same_types(symbol.alternatives, [found, *others])
                if found is not None and role == "definition" and symbol.declared.detail:
                    return attrs.evolve(found, series=False)
                return found

    def type_of_selection(self, selection: ast.Selection) -> Type | None:
        if selection.condition is not None:
            before = len(self.codes)
            self.rows_asked += 1
            self.condition(selection.condition)
            self.rows_asked -= 1
            if len(self.codes) > before:
                return None
        match selection.what:
            case "count":
                return Type(Dimension.NUMBER)
            case "share":
                return RATE
            case "column":
                column = self.scope.columns.get(key(selection.column))
                line = column.node if column is not None else None
                assert isinstance(line, ast.DatumLine)
                return type_of_column(line, selection.column)

    def _same_types(self, line: ast.BasisLine, types: list[Type | None]) -> None:
        known = [t for t in types if t is not None]
        for other in known[1:]:
            if other.dimension is not known[0].dimension:
                self.report(self.incomparable(line.span, known[0], other))
            elif other.series is not known[0].series:
                self.report(type_errors.series_alone(self.source, line.span, self.indicator.name))

    def _unknown(self, node: ast.Name) -> None:
        """Told once for each name of the indicator, and not at all where its declaration is what cannot be read."""
        known = self.unknown.get(node.key, self.scope.fault_of_unknown(node.key))
        if known is not None:
            self.codes.append(known)
            return
        # A name is no slip of the one it defines: 日常公用经费控制率=日常公用经费决算数/….
        near = nearest(node.key, (s for s in self.scope.suggestions() if s not in self.open))
        if near is not None:
            self.report(name_errors.misspelt_name(self.source, node.span, node.key, near, self.indicator.name))
        else:
            self.report(name_errors.undeclared_name(self.source, node.span, node.key, self.indicator.name))
        self.unknown[node.key] = self.codes[-1]


def is_zero(node: ast.Expression) -> bool:
    return isinstance(node, ast.Number) and node.value == 0
