"""Whether each sentence and condition makes sense by what its expressions measure.

Takes the document and its resolution; gives a `Typing`: the type of every expression by its place, with a finding for each
operation that makes no sense. Where an operand is unknown the rest is not blamed. Never changes a tree.
"""

from collections.abc import Mapping
from itertools import pairwise

import attrs

from rubric.core.program import Dimension
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.semantics import type_errors
from rubric.semantics.days import fiscal_year
from rubric.semantics.expression_types import ExpressionTypes, Place, is_zero
from rubric.semantics.resolve import Resolution, Scope, items_of, names_in
from rubric.semantics.thresholds import threshold_of
from rubric.semantics.units import (
    Type,
    comparable,
    scaled,
)
from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.names import scored_rows


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
    scoped = [*zip(document.indicators, resolution.scopes, strict=True)]
    if document.total is not None and resolution.total is not None:
        scoped.append((document.total, resolution.total))
    for indicator, scope in scoped:
        checker = _Checker(document.source, indicator, scope, types, found, fiscal_year(document))
        checker.rows_asked = int(any(scored_rows(line) for line in indicator.data))
        cells = [case.cell for case in indicator.cases] or [indicator.cell]
        for item in (item for cell in cells for item in items_of(cell)):
            for piece in item.pieces:
                if piece.sentence is not None and piece.kind not in (ast.PieceKind.NOTE, ast.PieceKind.JUDGED):
                    checker.path = item.path
                    code = checker.fault_of(piece.sentence)
                    if code is not None:
                        refused[piece.sentence.span] = code
        checker.path, checker.rows_asked = "", 0
        for case in indicator.cases:
            code = None if case.condition is None else checker.fault_of_condition(case.condition)
            if code is not None:
                refused[case.span] = code
        for line in indicator.basis:
            code = checker.fault_of_basis(line)
            if code is not None:
                refused[line.span] = code
    return Checked(Typing(types, refused), tuple(dict.fromkeys(found)))


def type_of_quantity(
    source: SourceText,
    indicator: ast.Indicator,
    scope: Scope,
    node: ast.Expression,
    year: int | None,
    found: list[Diagnostic],
) -> Type | None:
    """The type of a quantity that stands in no sentence; None where it makes no sense, with why in `found`."""
    return _Checker(source, indicator, scope, {}, found, year).type_of(node)


class _Checker(ExpressionTypes):
    """The checks of one indicator; an inner detail of `typecheck`."""

    # --- sentences ---

    def fault_of(self, sentence: ast.Sentence) -> str | None:
        before = len(self.codes)
        self.sentence(sentence)
        return self.fault(before)

    def fault_of_condition(self, condition: ast.Condition) -> str | None:
        before = len(self.codes)
        self.condition(condition)
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
                if isinstance(condition, ast.Bare) and isinstance(condition.operand, ast.Number):
                    # that a figure is more than 0 says nothing: what it is a value of was not read
                    self.report(type_errors.no_subject(self.source, condition.span, self.indicator.name))
                if isinstance(outcome, ast.ScoreFormula):
                    self.score_formula(outcome)
                elif isinstance(outcome, ast.StepDeduction):
                    self.step(condition, outcome)
            case ast.CountDeduction(event=event):
                self.one_number(event)
            case ast.Statement(condition=condition):
                self.condition(condition)
            case ast.Interpolate() | ast.Always() | ast.Closing() | ast.Basis() | ast.RowPoints():
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
        if found.dimension is Dimension.NUMBER or (found.dimension is Dimension.RATE and scaled(formula.body)):
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
                # Of the threshold: 收入每低5%, 到位资金每超5个百分点.
                amount = bool(types) and types[0].dimension in (Dimension.MONEY, Dimension.COUNT)
                share = outcome.step.unit in ("%", "‰") or (outcome.step.unit == "百分点" and amount)
                if measured and step is not None and not (comparable(types[0], step) or share):
                    self.report(self.incomparable(outcome.span, types[0], step))
            case ast.Implied():
                pass  # told with the condition
            case ast.Joined(joint="and", parts=(*_, ast.Bare(operand=ast.Name()))) if outcome.reference is None:
                # 上年排名5位以后的，本年排名每上升1位: a step of what no sentence compares
                self.report(type_errors.no_subject(self.source, outcome.span, self.indicator.name))
            case _ if threshold_of(condition) is None:  # a step beyond nothing that is compared
                self.report(type_errors.no_subject(self.source, outcome.span, self.indicator.name))
            case _:
                pass

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
                found = self.type_of(operand)
                if isinstance(operand, ast.Name) and found is not None and found.dimension is Dimension.RATE:
                    # that a rate is more than 0 is never what is asked
                    self.report(type_errors.no_subject(self.source, operand.span, self.indicator.name))
            case ast.Implied() | ast.AnyOf() | ast.Gap() | ast.Standing() | ast.Timely():
                self.report(type_errors.no_subject(self.source, condition.span, self.indicator.name))
            case ast.Joined(parts=parts):
                for part in parts:
                    self.condition(part)
            case ast.Named(key=name):
                self.named(name)
            case ast.Placed(key=name):
                self.named(name)
                symbol = self.scope.find(name, self.path)
                ordered = symbol is not None and isinstance(symbol.node, ast.DatumLine) and len(symbol.node.states) > 2
                if not ordered:
                    self.report(type_errors.no_subject(self.source, condition.span, self.indicator.name))

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
        elif not comparable(first, second) and not (is_zero(left) or is_zero(right)):
            named = tuple(o.key for o in (left, right) if isinstance(o, ast.Name))
            told = (named, frozenset((first.words, second.words)))
            if named and told in self.told:
                self.codes.append(self.told[told])
            else:
                self.report(self.incomparable(span, first, second))
                self.told[told] = self.codes[-1]
