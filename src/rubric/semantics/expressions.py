"""Surface expressions and conditions → core ones.

Takes an expression with the scope and types of its indicator, and the part (period) it is asked for; gives the core
expression in base units. Called only for sentences that typecheck accepted.
"""

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from typing import assert_never, cast

import attrs

from rubric.core import program as core
from rubric.semantics.days import day_of
from rubric.semantics.ellipsis import completed
from rubric.semantics.resolve import Scope, Symbol, bodies_of, names_in
from rubric.semantics.units import unit_of
from rubric.source import Span
from rubric.syntax import ast
from rubric.syntax.dates import TIME_UNITS
from rubric.syntax.fold import key
from rubric.syntax.names import POINTS_NAMES, number_columns

# The two states of a line 有／无, as those of the yes–no fact that they are.
_YES_NO = {"有": "是", "无": "否"}
_COMPARATORS: dict[ast.Sign, tuple[core.Comparator, bool]] = {
    "<": ("<", False),
    "<=": ("<=", False),
    "=": ("=", False),
    ">": ("<", True),
    ">=": ("<=", True),
}


class DeadlineWord(StrEnum):
    """What the words of a deadline may leave open; the names of the choices."""

    LAST_DAY = "截止日"
    FIRST_DAY = "起算日"
    DAYS = "天数"


def counted_later(unit: str) -> core.TimeMeasure | None:
    """How days are counted on from a date where a sum does not do."""
    kind, _ = TIME_UNITS.get(unit, ("", Fraction(1)))
    if kind == "工作日":
        return core.TimeMeasure.WORKING_DAYS
    return core.TimeMeasure.MONTHS if kind == "月" else None


@attrs.frozen
class Lowering:
    """What lowering an indicator's expressions needs. `choice_of` gives the name of the 口径 about a word."""

    scope: Scope
    choice_of: Callable[[str], str]
    path: str = ""
    points: Fraction = Fraction(0)
    of_row: bool = False  # the sentences speak of one row, whose full points are 1
    year: int = 0
    deadline_choice: Callable[[DeadlineWord, Span, str], str] = lambda word, span, words: word.value

    def at(self, path: str, points: Fraction | None = None) -> "Lowering":
        """For the sentences of an item, whose full points are `points`."""
        return attrs.evolve(self, path=path, points=self.points if points is None else points)

    # --- expressions ---

    def expression(self, node: ast.Expression, part: str | None = None) -> core.Expression:
        span = node.span
        match node:
            case ast.Number(value=value, unit=unit):
                written = unit_of(unit)
                return core.Constant(value * written.scale, written, span=span)
            case ast.Name(key=name):
                return self.name(name, part, node)
            case ast.Operation("+", left, ast.Number(value, unit)) if counted_later(unit) and self.is_date(left):
                # Three months after a date, or five working days: no plain sum.
                return self.day_after(left, value, unit, part, node)
            case ast.Operation(operator=operator, left=left, right=right):
                return core.Arithmetic(operator, self.expression(left, part), self.expression(right, part), span=span)
            case ast.Absolute(operand=operand):
                return core.Absolute(self.expression(operand, part), span=span)
            case ast.Stated(name=name, percent=percent):
                return self.stated(name, percent, part)
            case ast.Several():
                raise AssertionError("typecheck refuses several values that nothing makes one")
            case ast.Aggregate():
                return self.aggregate(node)
            case ast.Aspects(rows=rows, column=column):
                return self.aspects(rows, column)
            case ast.Limited(body=body, over=over, counted=counted):
                return self.limited(self.expression(body, part), over, counted, node)
            case ast.Day():
                return self.day(node)
            case ast.Elapsed():
                return self.elapsed(node, part)
            case ast.Elided() | ast.Peers() | ast.Rank() | ast.Own() | ast.Best() | ast.Lateness():
                raise AssertionError("typecheck refuses a subject left out")
            case _:
                assert_never(node)

    def day(self, node: ast.Day) -> core.Expression:
        """A day of the year; a deadline that does not say whether it includes its day asks for a reading."""
        number = day_of(node, self.year)
        assert number is not None, "typecheck refuses a day that the calendar has not"
        days = [core.Constant(Fraction(number - before), unit_of("日期"), span=node.span) for before in (0, 1)]
        if node.inclusive is not None:
            return days[0 if node.inclusive else 1]
        choice = self.deadline_choice(DeadlineWord.LAST_DAY, node.span, node.words)
        return core.ByReading(choice, tuple(days), span=node.span)

    def elapsed(self, node: ast.Elapsed, part: str | None) -> core.Expression:
        """Months or working days as they are; days that the text leaves open as calendar days or working days."""
        start, end = self.expression(node.start, part), self.expression(node.end, part)
        kind, _ = TIME_UNITS[node.unit]
        working = core.Elapsed(start, end, core.TimeMeasure.WORKING_DAYS, span=node.span)
        found: core.Expression
        match kind:
            case "月":
                found = core.Elapsed(start, end, core.TimeMeasure.MONTHS, span=node.span)
            case "工作日":
                found = working
            case _:
                found = core.Arithmetic("-", end, start)
                if node.unit in ("天", "日"):
                    choice = self.deadline_choice(DeadlineWord.DAYS, node.span, node.unit)
                    found = core.ByReading(choice, (found, working), span=node.span)
        if kind != "月" and node.counts_start is not False:
            counted = core.Arithmetic("+", found, core.Constant(Fraction(1), unit_of(node.unit)), span=node.span)
            if node.counts_start:
                found = counted
            else:
                choice = self.deadline_choice(DeadlineWord.FIRST_DAY, node.span, node.words)
                found = core.ByReading(choice, (found, counted), span=node.span)
        return core.Named(f"间隔{kind}数" if kind != "天" else "间隔天数", found, unit_of(kind), span=node.span)

    def day_after(
        self, day: ast.Expression, value: Fraction, unit: str, part: str | None, node: ast.Operation
    ) -> core.Expression:
        measure = counted_later(unit)
        assert measure is not None
        number = value * TIME_UNITS[unit][1]
        return core.DayAfter(self.expression(day, part), int(number), measure, span=node.span)

    def is_date(self, node: ast.Expression) -> bool:
        match node:
            case ast.Day():
                return True
            case ast.Name():
                return self._dimension(node) is core.Dimension.DATE
            case _:
                return False

    def limited(
        self, body: core.Expression, over: ast.Number, counted: ast.Number, node: ast.Limited
    ) -> core.Expression:
        """`超过100%的按100%计` is a cap; another pair of numbers is no cap and typecheck says so."""
        cap = core.Constant(min(over.value, counted.value) / 100, unit_of("%"), span=counted.span)
        return core.Extreme("min", (body, cap), span=node.span)

    def stated(self, name: ast.Name, percent: ast.Number, part: str | None) -> core.Expression:
        rate = core.Constant(percent.value * unit_of(percent.unit).scale, unit_of(percent.unit), span=percent.span)
        if self._dimension(name) is core.Dimension.RATE:
            return core.Named(name.key, rate, unit_of("%"), span=name.span.to(percent.span))
        return core.Arithmetic("*", self.expression(name, part), rate, span=name.span.to(percent.span))

    def _dimension(self, name: ast.Name) -> core.Dimension:
        symbol = self.scope.find(name.key, self.path)
        match symbol.node if symbol else None:
            case ast.DatumLine(unit=unit):
                return unit_of(unit).dimension
            case ast.BasisLine(options=(ast.Option(body=ast.Name() as inner), *_)):
                return self._dimension(inner)
            case _:
                return core.Dimension.RATE

    # --- aggregates ---

    def aggregate(self, node: ast.Aggregate) -> core.Expression:
        """Over the rows inside, else over the names or the parts of the series inside."""
        rows = self.rows(node.operand)
        if rows is None:
            items = node.operand.items if isinstance(node.operand, ast.Several) else None
            values = self.parts(node.operand) if items is None else tuple(self.expression(i) for i in items)
            return _of_items(node, values)
        datum, selection = rows
        where = self.selected(selection)
        operand = self.expression(node.operand)
        if node.weight is None:
            return core.RowAggregate(datum, node.which, operand, where, node.trim, span=node.span)
        weight = self.expression(node.weight)
        weighed = core.Arithmetic("*", operand, weight, span=node.span)
        above = core.RowAggregate(datum, "sum", weighed, where, span=node.span)
        return core.Arithmetic(
            "/", above, core.RowAggregate(datum, "sum", weight, where, span=node.span), span=node.span
        )

    def rows(self, node: ast.Expression) -> tuple[str, ast.Selection | None] | None:
        """The datum of rows that an expression speaks of, and which of its rows."""
        for name in names_in(node):
            symbol = self.scope.find(name.key, self.path)
            match symbol.node if symbol else None:
                case ast.DatumLine(columns=columns) as line if columns:
                    return line.name, None
                case ast.Selection(what="column") as selection:
                    return selection.datum, selection
                case ast.BasisLine() | ast.Equation():
                    assert symbol is not None
                    inside = [self.rows(b) for b in bodies_of(symbol) if isinstance(b, ast.Name)]
                    if inside and inside[0] is not None:
                        return inside[0]
                case _:
                    pass
        return None

    def selected(self, selection: ast.Selection | None) -> core.Condition | None:
        if selection is None or selection.condition is None:
            return None
        return self.condition(selection.condition)

    def selection(self, node: ast.Selection, span: Span) -> core.Expression:
        """How many rows, their share, or the cell of a column in the row at hand."""
        where = self.selected(node)
        match node.what:
            case "count":
                return core.RowAggregate(node.datum, "count", where=where, span=span)
            case "share":
                some = core.RowAggregate(node.datum, "count", where=where, span=span)
                return core.Arithmetic("/", some, core.RowAggregate(node.datum, "count", span=span), span=span)
            case "column":
                return core.Cell(node.datum, node.column, span=span)

    def parts(self, node: ast.Expression) -> tuple[core.Expression, ...]:
        """The expression once for every part of the one series inside it."""
        return tuple(self.expression(node, part) for part in self.series_parts(node))

    def series_parts(self, node: object) -> tuple[str, ...]:
        seen: set[str] = set()

        def find(inner: object) -> tuple[str, ...]:
            match inner:
                case ast.Name(key=name):
                    if name in seen:
                        return ()
                    seen.add(name)
                    return self._parts_of_symbol(self.scope.find(name, self.path), find)
                case tuple():
                    members = cast("tuple[object, ...]", inner)
                    return next((p for member in members if (p := find(member))), ())
                case _ if attrs.has(type(inner)):
                    fields = attrs.fields(type(inner))
                    return next((p for f in fields if f.name != "span" and (p := find(getattr(inner, f.name)))), ())
                case _:
                    return ()

        return find(node)

    def _parts_of_symbol(self, symbol: Symbol | None, find: Callable[[object], tuple[str, ...]]) -> tuple[str, ...]:
        match symbol.node if symbol else None:
            case ast.DatumLine(parts=parts):
                return parts if symbol and symbol.declared.role != "part" else ()
            case ast.BasisLine(constants=constants) if constants:
                return tuple(p for p, _ in constants)
            case ast.BasisLine(options=options):
                return find(tuple(o.body for o in options))
            case ast.Equation(body=body):
                return () if symbol and symbol.declared.detail else find(body)
            case ast.Selection():
                return ()
            case None:
                return ()

    def name(self, name: str, part: str | None, node: ast.Name) -> core.Expression:
        symbol = self.scope.find(name, self.path)
        if name in POINTS_NAMES and (symbol is None or self.of_row):
            return core.Constant(self.points, unit_of("分"), span=node.span)
        assert symbol is not None, name
        match symbol.node:
            case ast.DatumLine() as line:
                return self.datum(symbol, line, part, node)
            case ast.Selection() as selection:
                return self.selection(selection, node.span)
            case ast.BasisLine(constants=constants) if constants:
                wanted = symbol.declared.detail or part
                number = next(n for p, n in constants if p == wanted)
                value = core.Constant(number.value * unit_of(number.unit).scale, unit_of(number.unit), span=node.span)
                return core.Named(name, value, unit_of(number.unit), span=node.span)
            case ast.BasisLine(options=options):
                bodies = tuple(self.expression(o.body, part) for o in options if o.body is not None)
                return core.Named(
                    name, self._by_reading(symbol.node.word, bodies, node), self._unit(bodies[0]), span=node.span
                )
            case ast.Equation(body=body):
                part = symbol.declared.detail or part
                bodies = [self.expression(body, part)]
                if symbol.alternatives is not None:
                    bodies += [self.expression(o.body, part) for o in symbol.alternatives.options if o.body is not None]
                whole = self._by_reading(symbol.alternatives.word if symbol.alternatives else name, tuple(bodies), node)
                return core.Named(name, whole, self._unit(bodies[0]), span=node.span)

    def _by_reading(self, word: str, bodies: tuple[core.Expression, ...], node: ast.Name) -> core.Expression:
        if len(bodies) == 1:
            return bodies[0]
        return core.ByReading(self.choice_of(word), bodies, span=node.span)

    def _unit(self, body: core.Expression) -> core.Unit | None:
        """The unit a named quantity is shown in: that of its amounts, % where amounts are divided."""
        match body:
            case core.FactValue(datum=datum):
                symbol = self.scope.find(key(datum))
                return unit_of(symbol.node.unit) if symbol and isinstance(symbol.node, ast.DatumLine) else None
            case core.Constant(unit=unit) | core.Named(unit=unit):
                return unit
            case core.Arithmetic(operator="/", left=left, right=right):
                units = (self._unit(left), self._unit(right))
                number = units[1] is None or units[1].dimension is core.Dimension.NUMBER
                return units[0] if number else unit_of("%")
            case core.Arithmetic(left=left, right=right):
                found = self._unit(left)
                return self._unit(right) if found is None or found.dimension is core.Dimension.RATE else found
            case core.Extreme(items=items) | core.Total(items=items) | core.ByReading(options=items):
                return self._unit(items[0])
            case core.Absolute(operand=operand) | core.Rounded(operand=operand):
                return self._unit(operand)
            case core.Elapsed(measure=measure):
                return unit_of(measure.value)
            case core.DayAfter():
                return unit_of("日期")
            case core.Steps() | core.Cell() | core.RowAggregate() | core.OneIf():
                return None

    def datum(self, symbol: Symbol, line: ast.DatumLine, part: str | None, node: ast.Name) -> core.Expression:
        role, detail = symbol.declared.role, symbol.declared.detail
        if line.columns:
            column = detail or number_columns(line)[0]
            return core.Cell(line.name, column, span=node.span)
        if not line.parts:
            return core.FactValue(line.name, span=node.span)
        if role == "part":
            return core.FactValue(line.name, detail, span=node.span)
        if role == "mean":
            values = tuple(core.FactValue(line.name, p, span=node.span) for p in line.parts)
            return core.Named(
                node.key, core.Total(values, mean=True, span=node.span), unit_of(line.unit), span=node.span
            )
        assert part is not None, "typecheck refuses a series without its part"
        if role == "relative" and detail == "上":
            position = line.parts.index(part)
            if position == 0:
                return core.Constant(Fraction(0), unit_of(line.unit), span=node.span)
            return core.FactValue(line.name, line.parts[position - 1], span=node.span)
        return core.FactValue(line.name, part, span=node.span)

    def aspects(self, rows: ast.Name, column: ast.Name) -> core.Expression:
        datum = self.scope.find(rows.key)
        field = self.scope.find(column.key)
        assert datum is not None and field is not None
        name = datum.declared.target
        cell = core.Cell(name, field.declared.detail, span=column.span)
        return core.RowAggregate(name, "distinct", cell, span=rows.span.to(column.span))

    # --- conditions ---

    def placed(self, node: ast.Placed) -> core.Condition:
        """The states on one side of the named one, as the line of the datum orders them: the best first."""
        symbol = self.scope.find(node.key)
        assert symbol is not None and isinstance(symbol.node, ast.DatumLine), node.key
        states = symbol.node.states
        at = states.index(symbol.declared.detail)
        chosen = states[: at + node.inclusive] if node.better else states[at + (not node.inclusive) :]
        return core.InState(symbol.declared.target, chosen, span=node.span)

    def condition(self, node: ast.Condition) -> core.Condition:
        span = node.span
        match node:
            case ast.Comparison(operands=operands, signs=signs):
                lowered = [self.expression(o) for o in operands]
                tests = [
                    self.compare(sign, left, right, node)
                    for sign, left, right in zip(signs, lowered, lowered[1:], strict=False)
                ]
                return tests[0] if len(tests) == 1 else core.All(tuple(tests), span=span)
            case ast.Ranged():
                return self.ranged(node)
            case ast.Bare(operand=ast.Stated(name=name, percent=percent)) if (
                self._dimension(name) is core.Dimension.RATE
            ):
                return core.Compare("<=", self.expression(percent), self.expression(name), span=span)
            case ast.Bare(operand=operand):
                zero = core.Constant(Fraction(0), span=span)
                return core.Compare("<", zero, self.expression(operand), span=span)
            case ast.Named(key=name):
                return self.named(name, node)
            case ast.Placed():
                return self.placed(node)
            case ast.Implied() | ast.AnyOf() | ast.Gap() | ast.Standing() | ast.Timely():
                raise AssertionError("typecheck refuses what has no threshold, no date, no parts")
            case ast.Joined(joint=joint, parts=parts):
                done = tuple(self.condition(p) for p in parts)
                if joint == "none":
                    return core.Not(core.Some(done, span=span), span=span)
                return core.All(done, span=span) if joint == "and" else core.Some(done, span=span)
            case _:
                assert_never(node)

    def compare(
        self, sign: ast.Sign, left: core.Expression, right: core.Expression, node: ast.Condition
    ) -> core.Condition:
        comparator, swapped = _COMPARATORS[sign]
        first, second = (right, left) if swapped else (left, right)
        return core.Compare(comparator, first, second, span=node.span)

    def ranged(self, node: ast.Ranged) -> core.Condition:
        """Without （含） on either end the lower end is in and the upper end is out, so that bands meet once."""
        subject, low, high = (self.expression(n) for n in (node.subject, node.low, node.high))
        low_in = node.low_inclusive if node.low_inclusive is not None else node.high_inclusive is not True
        high_in = node.high_inclusive if node.high_inclusive is not None else False
        above = core.Compare("<=" if low_in else "<", low, subject, span=node.span)
        below = core.Compare("<=" if high_in else "<", subject, high, span=node.span)
        return core.All((above, below), span=node.span)

    def named(self, name: str, node: ast.Named) -> core.Condition:
        symbol = self.scope.find(name, self.path)
        assert symbol is not None, name
        match symbol.node:
            case ast.BasisLine(condition=condition) if condition is not None:
                return self.condition(completed(condition, self.scope))
            case ast.DatumLine(name=datum) if symbol.declared.role == "cell":
                return core.CellIs(datum, symbol.declared.column, (symbol.declared.detail,), span=node.span)
            case ast.DatumLine(name=datum, states=states):
                told = symbol.declared.detail
                state = _YES_NO[told] if states == tuple(_YES_NO) else told
                return core.InState(datum, (state,), span=node.span)
            case _:
                raise AssertionError(name)


def _of_items(node: ast.Aggregate, items: tuple[core.Expression, ...]) -> core.Expression:
    """Over values that stand one by one; the greatest and the least are taken off a sum where the text leaves them out."""
    span = node.span
    if node.which in ("min", "max"):
        return core.Extreme("max" if node.which == "max" else "min", items, span=span)
    total = core.Total(items, mean=node.which == "mean" and not node.trim, span=span)
    if not node.trim:
        return total
    ends = core.Total((core.Extreme("max", items, span=span), core.Extreme("min", items, span=span)), span=span)
    rest = core.Arithmetic("-", total, ends, span=span)
    if node.which == "sum":
        return rest
    return core.Arithmetic("/", rest, core.Constant(Fraction(len(items) - 2), span=span), span=span)
