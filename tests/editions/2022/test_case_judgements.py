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
    [("支出凭证不符合规定", "支出凭证不完整"), ("处置收入及时足额上缴", "处置收入足额上缴")],
)
def test_a_judgement_on_another_sentence_is_not_taken(before: str, after: str) -> None:
    text = edition.source().text
    assert text.count(before) == 1, before
    program = compile_rubric(SourceText("改动.rubric", text.replace(before, after))).value
    read = read_facts(edition.read(edition.CASE), program)
    assert len(read.value.judgements) == len(edition.case_record().judgements) - 1
    assert [d.code for d in read.errors] == []
    assert "R0934" in {d.code for d in read.diagnostics}
