"""Cases → a case file.

Takes cases; gives the text of a case file that reads back as the same cases, one value on a line only where there are many. What is
not real about the facts stands at the head, and is repeated in every output. Never a value that is not exact.
"""

from collections.abc import Iterable, Iterator, Sequence

from rubric.core import program as core
from rubric.core.numbers import plain
from rubric.core.record import Fact, Record
from rubric.facts.blank import key_text, one_line
from rubric.facts.written import written_value
from rubric.regression.case import Case

_MOST_INLINE = 100
_PLACES = 12


def written_cases(program: core.Program, cases: Sequence[Case], heading: Iterable[str] = (), label: str = "") -> str:
    """The whole file; `heading` are lines of comment before it, `label` says what is not real (生成数据)."""
    lines = [f"# {one_line(line)}" for line in heading]
    if label:
        lines.append(f"性质: {key_text(label)}")
    lines.append("用例:")
    for case in cases:
        lines += written_case(program, case)
    return "\n".join(lines) + "\n"


def written_case(program: core.Program, case: Case) -> list[str]:
    """One item of the list."""
    lines = [f"  - 名称: {key_text(one_line(case.name))}"]
    if case.why:
        lines.append(f"    说明: {key_text(one_line(case.why))}")
    lines += _table("口径", [(key_text(n), key_text(a)) for n, a in case.record.readings.items()])
    lines += _data(program, case.record)
    lines += _judgements(program, case.record)
    return [*lines, *_table("期望", [(key_text(e.of), e.written) for e in case.expectations])]


def _table(name: str, entries: Sequence[tuple[str, str]]) -> Iterator[str]:
    """On one line where it is short."""
    if not entries:
        return
    line = f"    {name}: {{{', '.join(f'{key}: {value}' for key, value in entries)}}}"
    if len(line) <= _MOST_INLINE:
        yield line
        return
    yield f"    {name}:"
    yield from (f"      {key}: {value}" for key, value in entries)


def _data(program: core.Program, record: Record) -> Iterator[str]:
    entries: list[tuple[str, str]] = []
    rows: list[str] = []
    for datum in program.data:
        facts = [(part, fact) for (name, part), fact in record.facts.items() if name == datum.name]
        if not facts:
            continue
        if datum.kind is core.DatumKind.ROWS:
            rows += _rows(datum, facts[0][1])
            continue
        if datum.parts:
            value = "{" + ", ".join(f"{key_text(part or '')}: {_value(datum, fact)}" for part, fact in facts) + "}"
        else:
            value = _value(datum, facts[0][1])
        first = facts[0][1]
        if first.measures is not None:  # also the default one: a case holds when the default is changed
            value = f"{{值: {value}, 口径: {key_text(first.measures)}}}"
        entries.append((key_text(datum.name), value))
    if rows:
        yield "    数据:"
        yield from (f"      {key}: {value}" for key, value in entries)
        yield from rows
    else:
        yield from _table("数据", entries)


def _value(datum: core.Datum, fact: Fact) -> str:
    value = fact.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return key_text(value)
    assert not isinstance(value, tuple)
    return written_value(value, datum.unit)


def _rows(datum: core.Datum, fact: Fact) -> Iterator[str]:
    rows = fact.value
    assert isinstance(rows, tuple)
    yield f"      {key_text(datum.name)}:{'' if rows else ' []'}"
    for row in rows:
        cells = [(c, row[c.name]) for c in datum.columns if row.get(c.name, "") != "" and not c.derived]
        inner = ", ".join(
            f"{key_text(c.name)}: {key_text(cell) if isinstance(cell, str) else written_value(cell, c.unit)}"
            for c, cell in cells
        )
        yield f"        - {{{inner}}}"


def _judgements(program: core.Program, record: Record) -> Iterator[str]:
    asked = [j for j in program.judgements if j.key in record.judgements]
    if not asked:
        return
    yield "    评判:"
    for indicator in dict.fromkeys(j.indicator for j in asked):
        given = [(j, record.judgements[j.key]) for j in asked if j.indicator == indicator]
        yield f"      {key_text(indicator)}:"
        yield from (f"        {key_text(j.label)}: {plain(g.points, _PLACES)}分" for j, g in given)
