"""A record written as a facts file reads back as the same record."""

from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from rubric.core import program as core
from rubric.core.record import Fact, Given, Record
from rubric.facts.reading import read_facts
from rubric.facts.written import brief_facts, written_facts, written_value
from rubric.source import SourceText
from strategies import program_2022, records

PROGRAM = program_2022()


def writable(record: Record) -> Record:
    """The record with every number cut to two decimals of its unit, and no empty cells."""
    facts: dict[tuple[str, str | None], Fact] = {}
    for (name, part), fact in record.facts.items():
        datum = PROGRAM.datum(name)
        step = (datum.unit.scale if datum.unit is not None else Fraction(1)) / 100
        value = fact.value
        if isinstance(value, Fraction) and datum.unit is not None and datum.unit.dimension is not core.Dimension.COUNT:
            value = step * (value // step)
        if isinstance(value, tuple):  # an empty cell is one not filled in
            value = tuple({column: cell for column, cell in row.items() if cell != ""} for row in value)
        facts[name, part] = attrs.evolve(fact, value=value)
    given = {k: Given(Fraction(int(g.points * 100), 100)) for k, g in record.judgements.items()}
    return Record(facts, given)


@given(st.data())
@settings(max_examples=30)
def test_a_written_record_reads_back(data: st.DataObject) -> None:
    record = writable(data.draw(records(PROGRAM)))
    read = read_facts(SourceText("生成.yaml", written_facts(PROGRAM, record, ["生成数据"])), PROGRAM)
    assert {k: f.value for k, f in read.value.facts.items()} == {k: f.value for k, f in record.facts.items()}
    assert {k: g.points for k, g in read.value.judgements.items()} == {
        k: g.points for k, g in record.judgements.items()
    }


@given(st.data())
@settings(max_examples=30)
def test_brief_facts_read_back(data: st.DataObject) -> None:
    record = writable(data.draw(records(PROGRAM)))
    read = read_facts(SourceText("生成.yaml", "\n".join(brief_facts(PROGRAM, record))), PROGRAM)
    assert {k: f.value for k, f in read.value.facts.items()} == {k: f.value for k, f in record.facts.items()}
    assert {k: g.points for k, g in read.value.judgements.items()} == {
        k: g.points for k, g in record.judgements.items()
    }


def test_a_number_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="no end"):
        written_value(Fraction(1, 3), None)


def test_nothing_is_written_of_an_empty_record() -> None:
    assert "数据" not in written_facts(PROGRAM, Record({}))
