"""What the solver is told of a program is what the evaluator computes, at every point tried."""

import os

import pytest
from hypothesis import given, settings, strategies as st

from generated import tables
from rubric.core import program as core
from rubric.core.record import Record
from rubric.evaluator.evaluate import evaluate_indicator, setting_of
from rubric.pipeline import compile_rubric
from rubric.proving.departments import Goal, facts_as, rows_as
from rubric.proving.encode import encode_indicator
from rubric.proving.quantities import encoder_of
from rubric.proving.solver import Question, always
from rubric.proving.space import Space
from rubric.source import SourceText
from strategies import only, program_2022, readings, records

pytest.importorskip("z3")

PROGRAM = program_2022()
POINTS = 1000 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 12


def assert_same(program: core.Program, indicator: core.Indicator, record: Record, chosen: dict[str, int]) -> None:
    """The term of the indicator has, for this record, the value, the base and the definedness that the evaluator gives."""
    space = Space()
    most = max((len(f.value) for f in record.facts.values() if isinstance(f.value, tuple)), default=0)
    encoder = encoder_of(program, space, chosen, slots=max(most, 1))
    points = encode_indicator(encoder, indicator)
    goal = Goal(space, (), (encoder.rows,))
    question = Question()
    question.add(*space.constraints, *space.tied(), *facts_as(goal, record), *rows_as(encoder.rows, record))
    model = question.model()
    assert model is not None, "the record is admissible, so there is a model"
    outcome, branches, questions = evaluate_indicator(setting_of(program, record, chosen), program, indicator)
    defined = model.truth(points.defined if points.defined is not None else always(True))
    assert defined == (not questions)
    if not questions:
        assert len(branches) == 1
        assert model.number(points.value) == outcome.exact.point
        assert model.number(points.away) == next(iter(branches))


@pytest.mark.parametrize("name", [indicator.name for indicator in PROGRAM.indicators])
def test_terms_of_the_2022_rubric_have_the_evaluators_value(name: str) -> None:
    program = only(PROGRAM, name)
    indicator = program.indicators[0]

    @settings(max_examples=POINTS)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        assert_same(program, indicator, data.draw(records(program)), data.draw(readings(program)))

    law()


@settings(max_examples=POINTS)
@given(st.data())
def test_terms_of_generated_rubrics_have_the_evaluators_value(data: st.DataObject) -> None:
    program = compile_rubric(SourceText("生成", data.draw(tables()).text)).value
    record, chosen = data.draw(records(program)), data.draw(readings(program))
    for indicator in program.indicators:
        assert_same(program, indicator, record, chosen)
