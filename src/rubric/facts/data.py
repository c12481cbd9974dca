"""The section 数据: facts with their sources.

Takes the section and the program; gives the facts by datum and part, and what was refused. A refused fact is missing,
the others stay. Never a fact out of its range, and never one that measures something else than the run asks for.

Without 依据 a fact with 来源 is 报告数据, one without is 自述.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

import attrs

from rubric.core.program import Bound, Column, Datum, DatumKind, Named, Program
from rubric.core.record import Basis, Fact, Record, Row, Value
from rubric.diagnostics.model import Diagnostic
from rubric.evaluator.evaluate import setting_of
from rubric.evaluator.quantities import evaluate_expression
from rubric.facts import errors, name_errors, value_errors
from rubric.facts.choices import alternative, in_force
from rubric.facts.names import Names
from rubric.facts.nodes import Entry, Listing, Node, Scalar, Spot, Table
from rubric.facts.targets import measured
from rubric.facts.values import Amount, read_cell, read_quantity, read_value, shown
from rubric.source import Span

FIELDS = ("值", "来源", "依据", "原名", "佐证", "备注", "口径", "其他口径")

_Place = tuple[str, str | None]
_Target = tuple[Datum, str | None]
_Facts = dict[_Place, Fact]
_NO_FIELDS: Mapping[str, Entry] = {}
_EMPTY = Scalar("", Spot())


class Data(NamedTuple):
    """`unfounded` are the data that state neither 来源 nor 依据."""

    facts: Mapping[_Place, Fact]
    unfounded: frozenset[str]
    findings: list[Diagnostic]


def read_data(section: Table, program: Program, readings: Mapping[str, str]) -> Data:
    names = Names(
        ((datum.name, (datum, None)) for datum in program.data),
        (short for datum in program.data for short in _short(datum)),
    )
    facts: _Facts = {}
    findings: list[Diagnostic] = []
    first: dict[_Place, Spot] = {}
    unfounded: set[str] = set()
    for key, value in section.entries.values():
        target = names.find(key.text)
        if target is None:
            findings.append(name_errors.unknown_datum(key.at, key.text, names.near(key.text)))
            continue
        reader = _Reader(target[0], program, readings, findings)
        for place, fact in reader.read(target[1], key, value):
            if not reader.founded:
                unfounded.add(place[0])
            if place in first:
                findings.append(errors.written_twice(key.at, _full_name(*place), first[place]))
                facts.pop(place, None)
            else:
                first[place] = key.at
                facts[place] = fact
    source = section.at.source
    beyond = {place: finding for place in facts for finding in _beyond(place, facts, program, Spot(source))}
    kept = {place: fact for place, fact in facts.items() if place not in beyond}
    return Data(kept, frozenset(unfounded), [*findings, *beyond.values()])


def _short(datum: Datum) -> Iterator[tuple[str, _Target]]:
    """The other names a key may have: 简称, 即, 又称, and a period before the name."""
    for alias in datum.aliases:
        yield alias, (datum, None)
    for name in (datum.name, *datum.aliases):
        for part in datum.parts:
            yield part + name, (datum, part)


def _full_name(datum: str, part: str | None) -> str:
    return (part or "") + datum


class _Reader:
    """Reads what is written for one datum. Collects findings; a value that has one is left out."""

    def __init__(self, datum: Datum, program: Program, readings: Mapping[str, str], findings: list[Diagnostic]) -> None:
        self.datum = datum
        self.program = program
        self.readings = readings
        self.findings = findings
        self.founded = True

    def read(self, part: str | None, key: Scalar, node: Node) -> list[tuple[_Place, Fact]]:
        fields, value = self.parted(node, part)
        self.unknown_fields(fields)
        values = self.values(part, value)
        common = self.described(key, fields) if values else None
        if common is None:
            return []
        return [
            (
                (self.datum.name, read.part),
                attrs.evolve(common, value=read.value, written=read.written, quantum=read.quantum, span=read.span),
            )
            for read in values
        ]

    def parted(self, node: Node, part: str | None) -> tuple[Mapping[str, Entry], Node]:
        """The fields beside the value and the value; the short form has no fields."""
        if not isinstance(node, Table) or self.only_parts(node, part):
            return _NO_FIELDS, node
        value = node.entries.get("值")
        return node.entries, value.value if value is not None else _EMPTY

    def only_parts(self, table: Table, part: str | None) -> bool:
        """Whether the periods of a series stand without 值 above them."""
        return (
            bool(self.datum.parts) and part is None and bool(table.entries) and not table.entries.keys() & set(FIELDS)
        )

    def unknown_fields(self, fields: Mapping[str, Entry]) -> None:
        names = Names((field, field) for field in FIELDS)
        for key, _ in fields.values():
            if key.text not in FIELDS:
                near = names.near(key.text)
                self.findings.append(
                    name_errors.unknown_field(key.at, f"「{self.datum.name}」", key.text, near, FIELDS)
                )

    # --- values -------------------------------------------------------------------------------------------------------

    def values(self, part: str | None, node: Node) -> list["_Read"]:
        name = self.datum.name
        if isinstance(node, Scalar) and node.is_empty:
            return []
        if self.datum.kind is DatumKind.ROWS:
            return self.rows(node)
        if self.datum.parts and part is None:
            return self.series(node)
        if not isinstance(node, Scalar):
            self.findings.append(errors.wrong_shape(node.at, name, "一个值", f"{name}: ……"))
            return []
        return self.single(part, node)

    def single(self, part: str | None, text: Scalar) -> list["_Read"]:
        value = read_value(text, self.datum, _full_name(self.datum.name, part))
        if isinstance(value, Diagnostic):
            self.findings.append(value)
            return []
        quantum = value.quantum if isinstance(value, Amount) else None
        plain = value.value if isinstance(value, Amount) else value
        return [_Read(part, plain, text.text.strip(), quantum, text.at.span)]

    def series(self, node: Node) -> list["_Read"]:
        name, parts = self.datum.name, self.datum.parts
        if not isinstance(node, Table):
            example = "{" + "，".join(f"{part}: ……" for part in parts[:2]).replace("，", ", ") + "}"
            self.findings.append(errors.wrong_shape(node.at, name, "各期的数", example))
            return []
        names = Names((part, part) for part in parts)
        found: list[_Read] = []
        for key, value in node.entries.values():
            part = names.find(key.text)
            if part is None:
                self.findings.append(name_errors.unknown_part(key.at, name, key.text, names.near(key.text), parts))
            elif not isinstance(value, Scalar):
                self.findings.append(errors.wrong_shape(value.at, part + name, "一个值", f"{part}: ……"))
            elif not value.is_empty:
                found += self.single(part, value)
        return found

    def rows(self, node: Node) -> list["_Read"]:
        if not isinstance(node, Listing):
            self.findings.append(errors.wrong_shape(node.at, self.datum.name, "逐行填列的内容", "每行以「- 」开头"))
            return []
        before = len(self.findings)
        rows = tuple(self.row(number, item) for number, item in enumerate(node.items, start=1))
        if len(self.findings) > before:
            return []
        return [_Read(None, rows, f"{len(rows)} 行", None, node.at.span)]

    def row(self, number: int, item: Node) -> Row:
        name = f"{self.datum.name}第 {number} 行"
        if not isinstance(item, Table):
            self.findings.append(errors.wrong_shape(item.at, name, "各列的内容", "列名: 内容"))
            return {}
        columns = Names((column.name, column) for column in self.datum.columns if not column.derived)
        reached: list[tuple[Column, Scalar]] = []
        row: dict[str, Fraction | str] = {}
        for key, value in item.entries.values():
            column = columns.find(key.text)
            if column is None:
                near = columns.near(key.text)
                self.findings.append(name_errors.unknown_column(key.at, self.datum.name, key.text, near, columns.known))
            elif not isinstance(value, Scalar):
                self.findings.append(errors.wrong_shape(value.at, f"{name}的{column.name}", "一个值"))
            elif not value.is_empty and column.against:
                reached.append((column, value))
            elif not value.is_empty:
                cell = read_cell(value, column, f"{name}的{column.name}")
                if isinstance(cell, Diagnostic):
                    self.findings.append(cell)
                else:
                    row[column.name] = cell
        for column, value in reached:
            found = measured(column, value, row, self.program.fiscal_year, f"{name}的{column.name}")
            if isinstance(found, Diagnostic):
                self.findings.append(found)
            else:
                row |= found
        return row

    # --- what stands beside the value ---------------------------------------------------------------------------------

    def described(self, key: Scalar, fields: Mapping[str, Entry]) -> Fact | None:
        """Source, basis and label, the value still to be put in; None where they keep the fact from being used."""
        basis = self.basis(fields)
        label = self.label(fields)
        others = self.others(fields)
        if basis is None or isinstance(label, Diagnostic) or not self.agrees(key, fields, label, others):
            if isinstance(label, Diagnostic):
                self.findings.append(label)
            return None
        return Fact(
            value="",
            written="",
            basis=basis,
            source=self.text(fields, "来源"),
            evidence=self.text(fields, "佐证"),
            note=self.text(fields, "备注"),
            original_name=self.text(fields, "原名"),
            measures=label,
            others=others,
        )

    def text(self, fields: Mapping[str, Entry], field: str) -> str:
        entry = fields.get(field)
        if entry is None:
            return ""
        if not isinstance(entry.value, Scalar):
            self.findings.append(errors.wrong_shape(entry.value.at, field, "一段文字"))
            return ""
        return entry.value.text.strip()

    def basis(self, fields: Mapping[str, Entry]) -> Basis | None:
        written = self.text(fields, "依据")
        if not written:
            self.founded = bool(self.text(fields, "来源"))
            return Basis.REPORTED if self.founded else Basis.ASSERTED
        if written in set(Basis):
            return Basis(written)
        at = fields["依据"].value.at
        self.findings.append(name_errors.unknown_basis(at, self.datum.name, written, [basis.value for basis in Basis]))
        return None

    def label(self, fields: Mapping[str, Entry]) -> str | Diagnostic | None:
        """What the fact says it measures."""
        entry = fields.get("口径")
        if entry is None or not isinstance(entry.value, Scalar) or not self.text(fields, "口径"):
            return None
        if self.datum.measures is None:
            self.findings.append(name_errors.no_choice(entry.key.at, self.datum.name))
            return None
        return alternative(self.program.choice(self.datum.measures), entry.value)

    def others(self, fields: Mapping[str, Entry]) -> Mapping[str, Fraction]:
        """Values under other alternatives; one that cannot be read is left out."""
        entry = fields.get("其他口径")
        if entry is None or (isinstance(entry.value, Scalar) and entry.value.is_empty):
            return {}
        if self.datum.measures is None:
            self.findings.append(name_errors.no_choice(entry.key.at, self.datum.name))
            return {}
        if not isinstance(entry.value, Table):
            self.findings.append(errors.wrong_shape(entry.value.at, "其他口径", "各种取法的数", "{取法: 100万元}"))
            return {}
        choice = self.program.choice(self.datum.measures)
        found: dict[str, Fraction] = {}
        for key, value in entry.value.entries.values():
            label = alternative(choice, key)
            if isinstance(label, Diagnostic):
                self.findings.append(label)
            elif not isinstance(value, Scalar):
                self.findings.append(errors.wrong_shape(value.at, label, "一个值"))
            elif not value.is_empty:
                amount = self.other_amount(label, value)
                if isinstance(amount, Amount):
                    found[label] = amount.value
                else:
                    self.findings.append(amount)
        return found

    def other_amount(self, label: str, value: Scalar) -> Amount | Diagnostic:
        datum, name = self.datum, f"{self.datum.name}（{label}）"
        amount = read_quantity(value, datum.unit, name, decimals=datum.decimals, dash_is_zero=datum.dash_is_zero)
        low = datum.low.value if datum.low is not None else None
        if isinstance(amount, Amount) and low is not None and amount.value < low:
            rule = f"不低于 {shown(low, datum.unit)}"
            return value_errors.out_of_range(value.at, name, shown(amount.value, datum.unit), rule)
        return amount

    def agrees(
        self, key: Scalar, fields: Mapping[str, Entry], label: str | Diagnostic | None, others: Mapping[str, Fraction]
    ) -> bool:
        """Whether the fact has a value for the alternative in force."""
        if self.datum.measures is None or isinstance(label, Diagnostic):
            return True
        choice = self.program.choice(self.datum.measures)
        wanted = in_force(choice, self.readings)
        if label is None:
            self.findings.append(name_errors.label_taken(key.at, self.datum.name, wanted))
        elif label != wanted and wanted not in others:
            at = fields["口径"].value.at
            self.findings.append(name_errors.other_label(at, self.datum.name, label, wanted, choice.name))
            return False
        return True


class _Read(NamedTuple):
    """A value that stands in the file, of one part or of the whole datum."""

    part: str | None
    value: Value
    written: str
    quantum: Fraction | None
    span: Span


# --- bounds -----------------------------------------------------------------------------------------------------------


def _beyond(place: _Place, facts: _Facts, program: Program, nowhere: Spot) -> Iterator[Diagnostic]:
    """The bound that a fact breaks, at most one."""
    fact, datum = facts[place], program.datum(place[0])
    if not isinstance(fact.value, Fraction):
        return
    for words, bound, is_low in (("不低于", datum.low, True), ("不超过", datum.high, False)):
        limit, other = _limit(bound, place, facts, program)
        if limit is None or (limit <= fact.value if is_low else fact.value <= limit):
            continue
        if other is not None and _differ(other.measures, fact.measures):
            continue
        of = bound.datum if bound is not None else None
        of = bound.quantity.name if bound is not None and isinstance(bound.quantity, Named) else of
        named = f"「{of}」的 " if of is not None else ""
        rule = f"{words}{named}{shown(limit, datum.unit)}" if named else f"{words} {shown(limit, datum.unit)}"
        at = Spot(nowhere.source, fact.span)
        second = Spot(nowhere.source, other.span) if other is not None else None
        yield value_errors.out_of_range(at, _full_name(*place), shown(fact.value, datum.unit), rule, second)
        return


def _differ(first: str | None, second: str | None) -> bool:
    """Whether two facts say that they measure different things; one that says nothing is bound like any other."""
    return first is not None and second is not None and first != second


def _limit(bound: Bound | None, place: _Place, facts: _Facts, program: Program) -> tuple[Fraction | None, Fact | None]:
    if bound is not None and bound.quantity is not None:
        quantity = evaluate_expression(setting_of(program, Record(facts)), bound.quantity)
        return (None if quantity.missing else quantity.value.point), None
    if bound is None or bound.datum is None:
        return (None if bound is None else bound.value), None
    other = facts.get((bound.datum, place[1]), facts.get((bound.datum, None)))
    if other is None or not isinstance(other.value, Fraction):
        return None, None
    return other.value, other
