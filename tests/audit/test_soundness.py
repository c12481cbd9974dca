"""The audit never calls a score that can be attained 不可能, 偏高 or 偏低, and finds exactly what trying all values finds."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import attrs
import pytest
from hypothesis import assume, given, settings, strategies as st

from claims import ADJUSTMENT, MIXED, PROJECTS, SATISFACTION, STAFF, program, record_of, seed_program, verdict_on
from rubric.audit.verdicts import Verdict
from rubric.core import program as core
from rubric.core.numbers import round_half_up
from rubric.core.record import Basis, Fact, Given, Record, Value
from rubric.core.walk import data_used
from rubric.evaluator.evaluate import evaluate

EXCLUDING = {"不可能", "偏高", "偏低"}
BASES = (Basis.REPORTED, Basis.REPORTED, Basis.ASSERTED, Basis.ASSUMED, None)


def alone(indicator: core.Indicator) -> core.Program:
    return attrs.evolve(seed_program(), indicators=(indicator,))


PROGRAMS = [
    *(alone(indicator) for indicator in seed_program().indicators),
    *map(program, (SATISFACTION, PROJECTS, MIXED, ADJUSTMENT, STAFF)),
]


# --- a record and one completion of it --------------------------------------------------------------------------------

_Key = tuple[str, str | None]


def _limit(bound: core.Bound | None, values: Mapping[_Key, Value]) -> Fraction | None:
    if bound is None or bound.datum is None:
        return None if bound is None else bound.value
    other = values.get((bound.datum, None))
    return other if isinstance(other, Fraction) else None


@st.composite
def _value(draw: st.DrawFn, datum: core.Datum, values: Mapping[_Key, Value]) -> Value:
    match datum.kind:
        case core.DatumKind.BOOLEAN:
            return draw(st.booleans())
        case core.DatumKind.STATE:
            return draw(st.sampled_from(datum.states))
        case core.DatumKind.ROWS:
            return ()
        case core.DatumKind.QUANTITY:
            pass
    low, high = _limit(datum.low, values) or Fraction(0), _limit(datum.high, values)
    assert datum.unit is not None
    match datum.unit.dimension:
        case core.Dimension.RATE:
            tried = draw(
                st.fractions(0, 2, max_denominator=997) | st.sampled_from([Fraction(n, 20) for n in range(24)])
            )
        case core.Dimension.MONEY:
            tried = Fraction(draw(st.integers(0, 400) | st.integers(0, 10**9)) * 100)
        case _:
            tried = Fraction(draw(st.integers(0, 40)))
    return max(low, tried if high is None else min(tried, high))


@st.composite
def completed(draw: st.DrawFn, rubric: core.Program) -> tuple[Record, Record, dict[str, int]]:
    """What is on record, a full record that it allows, and the readings under which that is scored."""
    values: dict[_Key, Value] = {}
    before: dict[_Key, Fact] = {}
    after: dict[_Key, Fact] = {}
    names = list(data_used(rubric.indicators))
    bounds = [
        bound.datum for name in names for bound in (rubric.datum(name).high,) if bound is not None and bound.datum
    ]
    # Data that bound others come first.
    for name in dict.fromkeys([*reversed(bounds), *names]):
        datum = rubric.datum(name)
        for part in datum.parts or (None,):
            key = (name, part)
            value = values[key] = draw(_value(datum, values))
            basis = draw(st.sampled_from(BASES))
            after[key] = Fact(value, "")
            if basis is None:
                continue
            is_rate = datum.unit is not None and datum.unit.dimension is core.Dimension.RATE
            if basis is Basis.REPORTED and isinstance(value, Fraction) and is_rate:
                places = draw(st.sampled_from([2, 3, 4]))
                before[key] = Fact(round_half_up(value, places), "", basis, quantum=Fraction(1, 10**places))
            elif basis is Basis.REPORTED:
                before[key] = Fact(value, "", basis)
            else:
                other = draw(_value(datum, {}))
                before[key] = Fact(other, "", basis)
    given_points: dict[tuple[str, str], Given] = {}
    final: dict[tuple[str, str], Given] = {}
    for judgement in rubric.judgements:
        if judgement.indicator != rubric.indicators[0].name:
            continue
        marks = st.sampled_from([judgement.low, judgement.high])
        if judgement.partial:
            marks |= st.integers(0, 100).map(lambda n, j=judgement: j.low + (j.high - j.low) * n / 100)
        final[judgement.key] = Given(draw(marks))
        if draw(st.booleans()):
            given_points[judgement.key] = Given(draw(marks))
    readings = {
        name: draw(st.integers(0, len(rubric.choice(name).alternatives) - 1))
        for name in (*rubric.indicators[0].choices, rubric.scoring.rounding, rubric.scoring.not_applicable)
        if not rubric.choice(name).measures
    }
    return Record(before, given_points), Record(after, final), readings


@settings(max_examples=300)
@given(st.sampled_from(PROGRAMS).flatmap(lambda p: completed(p).map(lambda found: (p, *found))))
def test_a_completion_is_never_excluded(case: tuple[core.Program, Record, Record, dict[str, int]]) -> None:
    rubric, before, after, readings = case
    (outcome,) = evaluate(rubric, after, readings).indicators
    assume(outcome.score is not None)
    assert outcome.score is not None
    verdict = verdict_on(rubric, before, outcome.score)
    assert verdict.verdict not in EXCLUDING, (verdict.why, readings, before.facts, after.facts)


# --- small domains, all values tried ----------------------------------------------------------------------------------


def expected(attainable: set[Fraction], claim: Fraction) -> str:
    if claim in attainable:
        return "无法核验"
    if claim > max(attainable):
        return "偏高"
    return "偏低" if claim < min(attainable) else "不可能"


def agrees(verdict: Verdict, attainable: set[Fraction], claim: Fraction) -> None:
    assert verdict.verdict == expected(attainable, claim), (claim, sorted(attainable), verdict.why)
    if verdict.verdict == "不可能":
        assert verdict.below is not None and verdict.above is not None
        assert verdict.below.score == max(score for score in attainable if score < claim)
        assert verdict.above.score == min(score for score in attainable if score > claim)
    if verdict.verdict == "偏高":
        assert verdict.greatest == max(attainable)
    if verdict.verdict == "偏低":
        assert verdict.least == min(attainable)


def scores(rubric: core.Program, records: list[Record]) -> set[Fraction]:
    found = (evaluate(rubric, record).indicators[0].score for record in records)
    return {score for score in found if score is not None}


def fact(value: int, basis: Basis = Basis.REPORTED) -> Fact:
    return Fact(Fraction(value), "", basis)


CLAIMS = st.integers(-2, 620).map(lambda n: Fraction(n, 100)) | st.sampled_from([Fraction(n, 4) for n in range(26)])


@given(CLAIMS, st.integers(1, 7))
def test_one_count(claim: Fraction, planned: int) -> None:
    rubric = program(PROJECTS)
    known = fact(planned)
    attainable = scores(
        rubric, [record_of({"计划完成项目总数": known, "已完成项目数": fact(n)}) for n in range(planned + 1)]
    )
    agrees(verdict_on(rubric, record_of({"计划完成项目总数": known}), claim), attainable, claim)


# Not applicable is no score, but its other named readings give full marks or none.
TWO_COUNTS = scores(
    program(PROJECTS),
    [record_of({"计划完成项目总数": fact(m), "已完成项目数": fact(n)}) for m in range(1, 8) for n in range(m + 1)],
)


@given(CLAIMS)
def test_two_counts_of_which_one_bounds_the_other(claim: Fraction) -> None:
    record = record_of({"计划完成项目总数": fact(3, Basis.ASSERTED)})
    agrees(verdict_on(program(PROJECTS), record, claim), TWO_COUNTS, claim)


@given(CLAIMS, st.integers(0, 3))
def test_a_count_and_a_judgement(claim: Fraction, quarters: int) -> None:
    rubric = program(MIXED)
    assets = {"在用固定资产": fact(quarters * 10000), "全部固定资产": fact(40000)}
    judgement = rubric.judgements[0].key
    attainable = scores(
        rubric,
        [
            record_of({**assets, "不符合项数": fact(count)}, {judgement: Fraction(mark)})
            for count, mark in product(range(10), range(2))
        ],
    )
    agrees(verdict_on(rubric, record_of(assets), claim), attainable, claim)


@pytest.mark.parametrize("claim", ["0.99", "2.5", "6"])
def test_an_exhausted_budget_never_excludes(claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from rubric.audit import search

    monkeypatch.setattr(search.Search.__init__, "__defaults__", (3,))
    assert verdict_on(program(PROJECTS), record_of({}), claim).verdict == "无法核验"
