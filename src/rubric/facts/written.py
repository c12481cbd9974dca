"""A record → a facts file.

Takes a program and a record; gives the text of a facts file that reads back as the same record. Values are written exactly
in the unit of their datum; one that has no end as a decimal is refused (`ValueError`), because it could not be read back.
Never says where facts come from beyond what the record holds: `heading` is for whoever made them.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import groupby

from rubric.core.dates import day_text
from rubric.core.numbers import plain
from rubric.core.program import Column, Datum, DatumKind, Dimension, Program, Unit
from rubric.core.record import Basis, Fact, Given, Record, Value
from rubric.facts.blank import key_text, one_line

_MOST_PLACES = 12


def written_facts(program: Program, record: Record, heading: Iterable[str] = ()) -> str:
    """The whole file; `heading` are lines of comment before it."""
    lines = [f"# {one_line(line)}" for line in heading]
    lines.append(f"单位: {key_text(record.unit_name)}" if record.unit_name else "单位:")
    if program.fiscal_year is not None:
        lines.append(f"评价年度: {program.fiscal_year}")
    lines += _readings(record.readings)
    lines += _data(program, record)
    lines += _judgements(program, record)
    return "\n".join(lines) + "\n"


def brief_facts(program: Program, record: Record) -> list[str]:
    """The facts and judgements alone, one line each: short enough for a message, and a facts file when pasted."""
    data = (
        f"{key_text(datum.name)}: {_flow(datum, [(p, f) for (name, p), f in record.facts.items() if name == datum.name])}"
        for datum in program.data
        if any(name == datum.name for name, _ in record.facts)
    )
    asked = [j for j in program.judgements if j.key in record.judgements]
    judged: list[str] = []
    for indicator, group in groupby(asked, key=lambda j: j.indicator):
        given = (f"{key_text(j.label)}: {plain(record.judgements[j.key].points, _MOST_PLACES)}分" for j in group)
        judged.append(f"{key_text(indicator)}: {{{', '.join(given)}}}")
    lines = {"数据": ", ".join(data), "评判": ", ".join(judged)}
    return [f"{section}: {{{body}}}" for section, body in lines.items() if body]


def _flow(datum: Datum, facts: list[tuple[str | None, Fact]]) -> str:
    if datum.kind is DatumKind.ROWS:
        rows = facts[0][1].value
        assert isinstance(rows, tuple)
        shown = (
            ", ".join(f"{key_text(c.name)}: {_cell(c, row[c.name])}" for c in datum.columns if c.name in row)
            for row in rows
        )
        return f"[{', '.join(f'{{{row}}}' for row in shown)}]"
    if datum.parts:
        parts = (f"{key_text(part or '')}: {_value(datum, fact.value)}" for part, fact in facts)
        return f"{{{', '.join(parts)}}}"
    return _value(datum, facts[0][1].value)


def written_value(value: Fraction, unit: Unit | None) -> str:
    """`value`, in base units, exactly as a facts file says it in `unit`; ValueError where no decimal is exact."""
    if unit is not None and unit.dimension is Dimension.DATE:
        return day_text(int(value))
    scaled = value / (unit.scale if unit is not None else 1)
    text = plain(scaled, _MOST_PLACES)
    if Fraction(text) != scaled:
        raise ValueError(f"{scaled} has no end as a decimal")
    return f"{text}{unit.name}" if unit is not None else text


def _readings(readings: Mapping[str, str]) -> Iterator[str]:
    if readings:
        yield "口径:"
        yield from (f"  {key_text(name)}: {key_text(alternative)}" for name, alternative in readings.items())


def _data(program: Program, record: Record) -> Iterator[str]:
    known = [(d, [(part, fact) for (name, part), fact in record.facts.items() if name == d.name]) for d in program.data]
    if any(facts for _, facts in known):
        yield "数据:"
    for datum, facts in known:
        if not facts:
            continue
        yield f"  {key_text(datum.name)}:"
        yield from _value_lines(datum, facts)
        first = facts[0][1]
        if first.basis is not Basis.REPORTED:
            yield f"    依据: {first.basis.value}"
        if first.measures is not None:
            yield f"    口径: {key_text(first.measures)}"
        if first.source:
            yield f"    来源: {key_text(first.source)}"


def _value_lines(datum: Datum, facts: list[tuple[str | None, Fact]]) -> Iterator[str]:
    if datum.kind is DatumKind.ROWS:
        rows = facts[0][1].value
        assert isinstance(rows, tuple)
        yield "    值:" if rows else "    值: []"
        for row in rows:
            cells = [(c, row[c.name]) for c in datum.columns if row.get(c.name, "") != "" and not c.derived]
            for sign, (column, cell) in zip(("-", *" " * len(cells)), cells, strict=False):
                yield f"      {sign} {key_text(column.name)}: {_cell(column, cell)}"
    elif datum.parts:
        yield "    值:"
        for part, fact in facts:
            yield f"      {key_text(part or '')}: {_value(datum, fact.value)}"
    else:
        yield f"    值: {_value(datum, facts[0][1].value)}"


def _value(datum: Datum, value: Value) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case Fraction():
            return written_value(value, datum.unit)
        case str():
            return key_text(value)
        case tuple():
            raise AssertionError("rows are written row by row")


def _cell(column: Column, cell: Fraction | str) -> str:
    return written_value(cell, column.unit) if isinstance(cell, Fraction) else key_text(cell)


def _judgements(program: Program, record: Record) -> Iterator[str]:
    asked = [j for j in program.judgements if j.key in record.judgements]
    if asked:
        yield "评判:"
    for indicator, group in groupby(asked, key=lambda j: j.indicator):
        yield f"  {key_text(indicator)}:"
        for judgement in group:
            given: Given = record.judgements[judgement.key]
            yield f"    {key_text(judgement.label)}:"
            yield f"      得分: {plain(given.points, _MOST_PLACES)}分"
            if given.reason or given.points < judgement.high:
                yield f"      理由: {key_text(given.reason or '设定')}"
            yield f"      原文: {key_text(judgement.fingerprint)}"
