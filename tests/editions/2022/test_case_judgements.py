"""The judgements of the case were made on the sentences as they stand: a changed sentence is noticed."""

import pytest

import edition_2022 as edition
from rubric.facts.reading import read_facts
from rubric.pipeline import compile_rubric
from rubric.source import SourceText


def test_every_judgement_carries_the_current_fingerprint() -> None:
    current = {judgement.key: judgement.fingerprint for judgement in edition.program().judgements}
    recorded = {key: given.fingerprint for key, given in edition.case_record().judgements.items()}
    assert recorded == current


@pytest.mark.parametrize(
    ("before", "after"),
    [("会计核算规范性（1 分）", "会计核算规范性、真实性（1 分）"), ("资产处置规范", "资产处置规范、及时")],
)
def test_a_judgement_on_another_sentence_is_not_taken(before: str, after: str) -> None:
    text = edition.source().text
    assert text.count(before) == 1, before
    program = compile_rubric(SourceText("改动.rubric", text.replace(before, after))).value
    read = read_facts(edition.read(edition.CASE), program)
    assert len(read.value.judgements) == len(edition.case_record().judgements) - 1
    assert {d.code for d in read.diagnostics} & {"R0909", "R0934"}
