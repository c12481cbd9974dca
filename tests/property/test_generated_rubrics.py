"""Generated rubrics score exactly as their oracle says, whatever their spelling, and stay within their points."""

from fractions import Fraction

from hypothesis import given, note, strategies as st

from generated import Table, tables
from rubric.core.numbers import round_half_up
from rubric.core.program import Program
from rubric.core.record import Record
from rubric.diagnostics.model import Severity
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import Status
from rubric.pipeline import compile_rubric
from rubric.source import SourceText
from strategies import parts_of, records


def compiled(table: Table) -> Program:
    """The program; every line of a generated table is understood."""
    note(table.text)
    checked = compile_rubric(SourceText("生成", table.text))
    assert [d for d in checked.diagnostics if d.severity is not Severity.NOTE] == []
    return checked.value


def expected_facts(record: Record) -> dict[tuple[str, str | None], object]:
    """Facts by name, and a judgement under 评判 and the noun its sentence begins with."""
    facts: dict[tuple[str, str | None], object] = {key: fact.value for key, fact in record.facts.items()}
    facts |= {(f"评判{label[:2]}", None): given.points for (_, label), given in record.judgements.items()}
    return facts


@given(st.data())
def test_generated_rubric_scores_as_its_oracle(data: st.DataObject) -> None:
    table = data.draw(tables())
    program = compiled(table)
    record = data.draw(records(program))
    note(str(record))
    outcome = evaluate(program, record)
    total, away = Fraction(0), Fraction(0)
    for scored, generated in zip(outcome.indicators, table.indicators, strict=True):
        earned, left = generated.expected(expected_facts(record))  # type: ignore[arg-type]
        assert (scored.exact.point, scored.away) == (earned, left)
        applicable = left < generated.points
        assert scored.status is (Status.SCORED if applicable else Status.NOT_APPLICABLE)
        total += round_half_up(earned, 2)
        away += left
    points = sum(i.points for i in table.indicators)
    assert outcome.points == points - away
    if 0 < away < points:
        total = round_half_up(total / (points - away) * points, 2)
    assert outcome.total == total


@given(st.data())
def test_generated_rubric_stays_within_its_points(data: st.DataObject) -> None:
    program = compiled(data.draw(tables()))
    complete = data.draw(records(program))
    wide, narrow = evaluate(program, data.draw(parts_of(complete))), evaluate(program, complete)
    assert 0 <= wide.total_low <= narrow.total_low <= narrow.total_high <= wide.total_high <= program.points
    for outcome, inside in zip(wide.indicators, narrow.indicators, strict=True):
        assert 0 <= outcome.low <= inside.low <= inside.high <= outcome.high <= outcome.indicator.points
