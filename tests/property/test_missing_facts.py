"""Missing facts: the interval of what is still possible holds every completion, and shrinks as facts arrive."""

from hypothesis import given, strategies as st

from rubric.core.record import Record
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import Outcome, Status
from strategies import parts_of, program_2022, readings, records

PROGRAM = program_2022()


def assert_encloses(wider: Outcome, narrower: Outcome) -> None:
    """`wider` knows fewer facts: each of its intervals holds that of `narrower`."""
    for wide, narrow in zip(wider.indicators, narrower.indicators, strict=True):
        assert wide.low <= narrow.low and narrow.high <= wide.high
        if wide.status is not Status.PENDING:
            assert (wide.status, wide.score) == (narrow.status, narrow.score)
        assert set(narrow.missing) <= set(wide.missing)
    assert wider.total_low <= narrower.total_low
    assert narrower.total_high <= wider.total_high
    assert set(narrower.grades) <= set(wider.grades)


@given(st.data())
def test_interval_contains_every_completion(data: st.DataObject) -> None:
    complete = data.draw(records(PROGRAM))
    known = data.draw(parts_of(complete))
    chosen = data.draw(readings(PROGRAM))
    assert_encloses(evaluate(PROGRAM, known, chosen), evaluate(PROGRAM, complete, chosen))


@given(st.data())
def test_fewer_facts_give_a_wider_interval(data: st.DataObject) -> None:
    known = data.draw(parts_of(data.draw(records(PROGRAM))))
    less = data.draw(parts_of(known))
    chosen = data.draw(readings(PROGRAM))
    assert_encloses(evaluate(PROGRAM, less, chosen), evaluate(PROGRAM, known, chosen))


@given(st.data())
def test_one_missing_fact_is_enclosed(data: st.DataObject) -> None:
    """With everything else known nothing widens the interval by accident."""
    complete = data.draw(records(PROGRAM))
    key = data.draw(st.sampled_from(sorted(complete.facts, key=str)))
    known = Record({k: f for k, f in complete.facts.items() if k != key}, complete.judgements)
    chosen = data.draw(readings(PROGRAM))
    assert_encloses(evaluate(PROGRAM, known, chosen), evaluate(PROGRAM, complete, chosen))


@given(st.data())
def test_no_fact_weighs_more_than_its_indicators_leave_open(data: st.DataObject) -> None:
    outcome = evaluate(PROGRAM, data.draw(parts_of(data.draw(records(PROGRAM)))), data.draw(readings(PROGRAM)))
    assert {(m.fact, m.part) for m in outcome.missing} == {key for i in outcome.indicators for key in i.missing}
    for missing in outcome.missing:
        lacking = [i for i in outcome.indicators if (missing.fact, missing.part) in i.missing]
        assert 0 < missing.points_at_stake <= sum(i.high - i.low or i.indicator.points for i in lacking)
        assert {place.partition(" 第")[0] for place in missing.clauses} == {i.indicator.name for i in lacking}


@given(readings(PROGRAM))
def test_no_facts_leave_everything_open(chosen: dict[str, int]) -> None:
    outcome = evaluate(PROGRAM, Record({}), chosen)
    assert outcome.total is None
    assert outcome.total_low <= 1 and outcome.total_high == PROGRAM.points
    assert all(i.status is Status.PENDING and i.missing for i in outcome.indicators)
