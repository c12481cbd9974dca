"""What is proved holds for all facts tried; what is refuted is reproduced by the evaluator."""

import os
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from checkout import ROOT
from generated import tables
from rubric.analysis.clauses import places_of
from rubric.core import program as core
from rubric.core.record import Record
from rubric.evaluator.evaluate import evaluate
from rubric.pipeline import compile_rubric
from rubric.proving.obligations import Claim, Obligation, claims_of
from rubric.proving.prove import Proof, Verdict, prove, prove_indicator, settled
from rubric.proving.views import Subject, Views
from rubric.source import SourceText
from strategies import only, program_2022, records

pytest.importorskip("z3")

PROGRAM = program_2022()
# Facts per indicator: 5,000 for each of 21 in the profile of its own, more than 10⁵ in all.
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
FACTS, RUBRICS = (5000, 400) if THOROUGH else (15, 6)
# What does not hold of the annex, each seen by a person: (indicator, clause, obligation).
REFUTED_2022 = {
    ("财务合规性", "1", Obligation.SEPARATE),
    ("财务合规性", "", Obligation.COMPATIBLE),
    ("预算执行率", "1", Obligation.MOST),
    ("预算执行率", "2", Obligation.MOST),
    ("预算执行率", "3", Obligation.MOST),
    ("预算执行率", "4", Obligation.MOST),
    ("预算执行率", "", Obligation.MOST),
    ("公众或服务对象满意度", "", Obligation.ZERO),
}


def settled_claims(program: core.Program, indicator: core.Indicator) -> list[tuple[Subject, Claim, Proof]]:
    subject = Subject(program, indicator, {})
    views = Views(subject)
    return [(subject, claim, settled(views, claim)) for claim in claims_of(subject, tuple(places_of(indicator)))]


def test_of_the_2022_rubric_everything_else_is_proved() -> None:
    proofs = prove(PROGRAM)
    assert {proof.verdict for proof in proofs} == {Verdict.PROVED, Verdict.REFUTED}
    refuted = [proof for proof in proofs if proof.verdict is Verdict.REFUTED]
    assert {(p.indicator, p.path, p.obligation) for p in refuted if p.reading is None} == REFUTED_2022
    assert all(p.obligation is Obligation.PROFILE for p in refuted if p.reading is not None)


def test_only_the_default_reading_gives_full_points_on_schedule() -> None:
    """5.25 and 4.5 are the figures of a person's hand (25, 50, 75 and 100 % spent, each quarter on schedule)."""
    most = {p.reading: p.value for p in prove(PROGRAM) if p.obligation is Obligation.PROFILE}
    assert most == {
        None: 6,
        ("每个季度的执行率", "支出进度"): Fraction(21, 4),
        ("每个季度的执行率", "当季支出进度"): Fraction(9, 2),
    }


def test_the_readme_says_how_many_obligations_hold() -> None:
    proofs = prove(PROGRAM)
    proved = sum(proof.verdict is Verdict.PROVED for proof in proofs)
    text = (ROOT / "README.md").read_text("utf-8")
    assert f"{len(proofs)} obligations to it. {proved} are proved" in text
    assert f"{len(proofs)} 项承诺：{proved} 项" in (ROOT / "README.zh-CN.md").read_text("utf-8")


def test_without_the_caps_the_execution_rate_exceeds_its_points_and_with_them_it_does_not() -> None:
    indicator = next(i for i in PROGRAM.indicators if i.name == "预算执行率")
    proofs = {(p.obligation, p.path): p for p in prove_indicator(PROGRAM, indicator, solve=True) if p.reading is None}
    above = proofs[Obligation.MOST, ""]
    assert above.verdict is Verdict.REFUTED and above.value is not None and above.value > 6
    assert proofs[Obligation.CAPPED, ""].verdict is Verdict.PROVED


def test_without_a_solver_nothing_is_proved() -> None:
    assert Verdict.PROVED not in {proof.verdict for proof in prove(PROGRAM, solve=False)}


def test_every_witness_of_the_2022_rubric_is_reproduced() -> None:
    for indicator in PROGRAM.indicators:
        for _, claim, proof in settled_claims(PROGRAM, indicator):
            if proof.witness is not None and (proof.verdict is Verdict.PROVED) is claim.some:
                assert claim.accept(proof.witness), (indicator.name, claim.obligation, claim.path)


def test_the_least_and_the_greatest_score_are_those_of_the_witnesses() -> None:
    for proof in prove(PROGRAM):
        if proof.obligation in (Obligation.FULL, Obligation.ZERO) and proof.witness is not None and not proof.reading:
            program = only(PROGRAM, proof.indicator)
            assert evaluate(program, proof.witness).indicators[0].exact.point == proof.value


@pytest.mark.parametrize("name", [indicator.name for indicator in PROGRAM.indicators])
def test_no_facts_contradict_a_proof_on_the_2022_rubric(name: str) -> None:
    program = only(PROGRAM, name)
    claims = settled_claims(program, program.indicators[0])

    @settings(max_examples=FACTS)
    @given(records(program))
    def law(record: Record) -> None:
        assert_not_contradicted(claims, record)

    law()


@settings(max_examples=RUBRICS)
@given(st.data())
def test_no_facts_contradict_a_proof_on_generated_rubrics(data: st.DataObject) -> None:
    program = compile_rubric(SourceText("生成", data.draw(tables()).text)).value
    record = data.draw(records(program))
    for indicator in program.indicators:
        claims = settled_claims(program, indicator)
        assert_not_contradicted(claims, record)
        for _, claim, proof in claims:
            if proof.witness is not None and (proof.verdict is Verdict.PROVED) is claim.some:
                assert claim.accept(proof.witness)


def assert_not_contradicted(claims: list[tuple[Subject, Claim, Proof]], record: Record) -> None:
    """What none may do, this record does not; what none can reach, it does not; no score lies beyond the ends given."""
    for subject, claim, proof in claims:
        if proof.verdict is not Verdict.UNKNOWN and (proof.verdict is Verdict.PROVED) is not claim.some:
            assert not claim.accept(record), (claim.obligation, claim.path, record)
        score = subject.score(record) if proof.value is not None else None
        if score is not None and proof.verdict is Verdict.REFUTED and proof.value is not None:
            if claim.obligation is Obligation.FULL:
                assert score <= proof.value + Fraction(1, 100)
            elif claim.obligation is Obligation.ZERO:
                assert proof.value <= score
