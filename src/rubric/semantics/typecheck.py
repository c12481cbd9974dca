"""What each expression measures, and whether its operations make sense.

Takes the document and its resolution; gives a `Typing`: the type of every expression by its place, with a finding for each
operation that makes no sense. Where an operand is unknown the rest is not blamed. Never changes a tree.
"""

from collections.abc import Mapping
from itertools import pairwise

import attrs

from rubric.core.numbers import plain
from rubric.core.program import Dimension
from rubric.diagnostics.model import Checked, Diagnostic, Severity
from rubric.semantics import name_errors, type_errors
from rubric.semantics.days import day_of, fiscal_year
from rubric.semantics.near import nearest
from rubric.semantics.periods import periods_in
from rubric.semantics.resolve import Resolution, Scope, Symbol, items_of, names_in
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


@attrs.frozen
class Typing:
    """`types` by place and class of expression.

    `refused` holds the sentences that cannot be computed, with the code of the error; an empty code where the only fault
    is a name that no line declares (the sentence is then asked as a judgement).
    """

    types: Mapping[Place, Type]
    refused: Mapping[Span, str]

    def of(self, node: ast.Expression) -> Type | None:
        return self.types.get((node.span, type(node).__name__))


def typecheck(document: ast.Document, resolution: Resolution) -> Checked[Typing]:
    """Type every sentence of every indicator."""
    found: list[Diagnostic] = []
    types: dict[Place, Type] = {}
    refused: dict[Span, str] = {}
    for indicator, scope in zip(document.indicators, resolution.scopes, strict=True):
        checker = _Checker(document.source, indicator, scope, types, found, fiscal_year(document))
        for item in items_of(indicator.cell):
            for piece in item.pieces:
                if piece.sentence is not None and piece.kind not in (ast.PieceKind.NOTE, ast.PieceKind.JUDGED):
                    checker.path = item.path
                    code = checker.fault_of(piece.sentence)
                    if code is not None:
                        refused[piece.sentence.span] = code
        checker.path = ""
        for line in indicator.basis:
            code = checker.fault_of_basis(line)
            if code is not None:
                refused[line.span] = code
    return Checked(Typing(types, refused), tuple(dict.fromkeys(found)))


def type_of_rows(line: ast.DatumLine, declared: ast.Declared) -> Type:
    """What a name of rows measures: one of their columns, else the one column of quantities; always one for each row."""
    if declared.detail:
        return type_of_column(line, declared.detail)
    unit = unit_of_rows(line)
    return attrs.evolve(type_of_unit(unit_of(unit)), series=True) if unit else Type(Dimension.COUNT, "行", series=True)


def type_of_column(line: ast.DatumLine, name: str) -> Type:
    inside = next((inside for column, inside in line.columns if column == name), ())
    unit = unit_of(inside[0]) if len(inside) == 1 else unit_of("行")
    return attrs.evolve(type_of_unit(unit), series=True)


def unit_of_rows(line: ast.DatumLine) -> str:
    """The unit of the one column of quantities, empty where there is none or several."""
    units = [inside[0] for _, inside in line.columns if len(inside) == 1]
    return units[0] if len(units) == 1 else ""


class _Checker:
    """The checks of one indicator; an inner detail of `typecheck`."""

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

    # --- sentences ---

    def fault_of(self, sentence: ast.Sentence) -> str | None:
        before = len(self.codes)
        self.sentence(sentence)
        return self.fault(before)

    def sentence(self, sentence: ast.Sentence) -> None:
        match sentence:
            case ast.Equation(name=name, body=body):
                self.open.add(name.key)
                self.type_of(body)
                self.open.discard(name.key)
            case ast.ScoreFormula():
                self.score_formula(sentence)
            case ast.Rule(condition=condition, outcome=outcome):
                self.condition(condition)
                if isinstance(outcome, ast.ScoreFormula):
                    self.score_formula(outcome)
                elif isinstance(outcome, ast.StepDeduction):
                    self.step(condition, outcome)
            case ast.CountDeduction(event=event):
                self.one_number(event)
            case ast.Statement(condition=condition):
                self.condition(condition)
            case ast.Interpolate() | ast.Always() | ast.Closing():
                pass
            case ast.Paired(events=events, deductions=deductions):
                if len(events) != len(deductions):
                    found = type_errors.lists_differ(
                        self.source, sentence.span, len(events), len(deductions), self.indicator.name
                    )
                    self.report(found)
                for event in events:
                    self.condition(event)
            case ast.Listed(subject=subject):
                self.type_of(subject)
            case ast.Otherwise(outcome=outcome):
                if isinstance(outcome, ast.ScoreFormula):
                    self.score_formula(outcome)

    def fault_of_basis(self, line: ast.BasisLine) -> str | None:
        before = len(self.codes)
        for option in line.options:
            if option.body is not None:
                self.type_of(option.body)
            for rule in option.rules:
                self.sentence(rule)
        if line.condition is not None:
            self.condition(line.condition)
        for sentence in line.sentences:
            self.sentence(sentence)
        return self.fault(before)

    def score_formula(self, formula: ast.ScoreFormula) -> None:
        found = self.type_of(formula.body)
        if found is None:
            return
        if found.dimension is Dimension.NUMBER:
            if not self.plain_data(formula.body):  # a doubt, and no fault: the sentence is computed all the same
                self.found.append(type_errors.points_without_unit(self.source, formula.body.span, self.indicator.name))
        elif found.dimension is not Dimension.SCORE:
            self.report(
                type_errors.formula_without_points(self.source, formula.body.span, found.words, self.indicator.name)
            )
        elif found.series:
            self.report(type_errors.series_alone(self.source, formula.body.span, self.indicator.name))

    def plain_data(self, body: ast.Expression) -> bool:
        """`季度平均得分×70%`: a score made of plain numbers that data give; numerals alone do not make one."""
        names = [n for n in names_in(body) if isinstance(n, ast.Name)]
        types = [self.types.get((n.span, "Name")) for n in names]
        return any(t is not None and t.dimension is Dimension.NUMBER for t in types)

    def step(self, condition: ast.Condition, outcome: ast.StepDeduction) -> None:
        match condition:
            case ast.Comparison(operands=operands):
                if outcome.timed and outcome.subject is not None:
                    operands = (outcome.subject,)
                types = [t for o in operands if not isinstance(o, ast.Number) and (t := self.type_of(o)) is not None]
                step = self.type_of(outcome.step)
                measured = types and step is not None and outcome.reference is None
                share = outcome.step.unit in ("%", "‰")  # of the threshold: 收入每低5%
                if measured and step is not None and not (comparable(types[0], step) or share):
                    self.report(self._incomparable(outcome.span, types[0], step))
            case ast.Implied():
                pass  # told with the condition
            case _:  # a step beyond nothing that is compared
                self.report(type_errors.no_subject(self.source, outcome.span, self.indicator.name))

    # --- conditions ---

    def condition(self, condition: ast.Condition) -> None:
        match condition:
            case ast.Comparison(operands=operands):
                bare = self.bare_numbers(operands)
                for left, right in () if bare else pairwise(operands):
                    self.compare(left, right, condition.span)
            case ast.Ranged(subject=subject, low=low, high=high):
                self.compare(subject, low, condition.span)
                self.compare(subject, high, condition.span)
            case ast.Bare(operand=operand):
                self.one_number(operand)
            case ast.Implied() | ast.AnyOf() | ast.Gap() | ast.Timely():
                self.report(type_errors.no_subject(self.source, condition.span, self.indicator.name))
            case ast.Joined(parts=parts):
                for part in parts:
                    self.condition(part)
            case ast.Named(key=name):
                self.named(name)

    def named(self, name: str) -> None:
        symbol = self.scope.find(name, self.path)
        if name in self.scope.circular:
            self.codes.append(self.scope.circular[name])
        elif symbol is not None and isinstance(symbol.node, ast.DatumLine | ast.BasisLine) and symbol.node.fault:
            self.codes.append(symbol.node.fault)
        elif symbol is not None and isinstance(symbol.node, ast.BasisLine) and symbol.node.condition is not None:
            self.condition(symbol.node.condition)

    def one_number(self, operand: ast.Expression) -> None:
        found = self.type_of(operand)
        if found is not None and found.series:
            self.report(type_errors.series_alone(self.source, operand.span, self.indicator.name))
        elif found is not None and found.dimension is Dimension.RATE and isinstance(operand, ast.Stated):
            self.found.append(type_errors.reached_not_said(self.source, operand.span, self.indicator.name))

    def bare_numbers(self, operands: tuple[ast.Expression, ...]) -> bool:
        """Whether a rate or an amount is compared with numbers that lack their unit; they are told together."""
        bare = tuple(o for o in operands if isinstance(o, ast.Number) and not o.unit and o.value != 0)
        others = [t for o in operands if not isinstance(o, ast.Number) and (t := self.type_of(o)) is not None]
        if not bare or not others or others[0].dimension not in (Dimension.RATE, Dimension.MONEY):
            return False
        spans = tuple(number.span for number in bare)
        self.report(type_errors.number_without_unit(self.source, spans, others[0].words, self.indicator.name))
        return True

    def compare(self, left: ast.Expression, right: ast.Expression, span: Span) -> None:
        if isinstance(left, ast.Elided) or isinstance(right, ast.Elided):
            self.report(type_errors.no_subject(self.source, span, self.indicator.name))
            return
        first, second = self.type_of(left), self.type_of(right)
        if first is None or second is None:
            return
        if first.series or second.series:
            self.report(type_errors.series_alone(self.source, span, self.indicator.name))
        elif not comparable(first, second) and not (_zero(left) or _zero(right)):
            named = tuple(o.key for o in (left, right) if isinstance(o, ast.Name))
            told = (named, frozenset((first.words, second.words)))
            if named and told in self.told:
                self.codes.append(self.told[told])
            else:
                self.report(self._incomparable(span, first, second))
                self.told[told] = self.codes[-1]

    def _incomparable(self, span: Span, first: Type, second: Type) -> Diagnostic:
        return type_errors.incomparable(self.source, span, first.words, second.words, self.indicator.name)

    # --- expressions ---

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
                if found is not None and found.dimension is not Dimension.RATE:
                    self.report(self._incomparable(node.span, found, RATE))
                return found
            case ast.Elided() | ast.Peers() | ast.Own() | ast.Best() | ast.Lateness():
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
                self.report(self._incomparable(span, found, DATE))
                return None
        return attrs.evolve(time_type(unit), series=first.series or second.series)

    def type_of_several(self, node: ast.Several, items: tuple[ast.Expression, ...]) -> Type | None:
        """A series whose parts are the names; they measure the same."""
        types = [t for item in items if (t := self.type_of(item)) is not None]
        if len(types) < len(items):
            return None
        for other in types[1:]:
            if not comparable(types[0], other):
                self.report(self._incomparable(node.span, types[0], other))
                return None
        return attrs.evolve(types[0], series=True)

    def type_of_total(self, operand: ast.Expression) -> Type | None:
        found = self.type_of(operand)
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
                found = left if _zero(node.right) else right if _zero(node.left) else None
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
        if symbol is None and node.key in POINTS_NAMES:
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
                self.report(self._incomparable(line.span, known[0], other))
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


def _zero(node: ast.Expression) -> bool:
    return isinstance(node, ast.Number) and node.value == 0
