"""The edition of 2023: a revision by way of example, and said to be one everywhere."""

from fractions import Fraction

import pytest

import rubric
from checkout import ROOT
from rubric.cli import main
from rubric.core.record import Fact, Given, Record
from rubric.diagnostics.model import Severity
from rubric.proving.obligations import Obligation
from rubric.proving.prove import prove

TABLE = rubric.load(ROOT / "rubrics/2023/部门整体支出.rubric")
LAST = rubric.load(ROOT / "rubrics/2022/部门整体支出.rubric")


def test_it_is_read_without_errors_or_warnings() -> None:
    assert [d for d in TABLE.diagnostics if d.severity is not Severity.NOTE] == []


def test_a_check_finds_less_than_in_the_year_before() -> None:
    pytest.importorskip("z3")
    checked, before = TABLE.checked(), LAST.checked()
    assert len(checked.diagnostics) < len(before.diagnostics)
    assert {d.severity for d in checked.diagnostics} == {Severity.NOTE}


def test_its_points_add_up_to_100() -> None:
    assert sum(i.points for i in TABLE.program.indicators) == TABLE.program.points == 100


def test_every_result_says_that_it_is_an_example() -> None:
    result = TABLE.score({})
    assert "示例修订" in result.to_text()
    assert "示例修订" in result.to_json()
    assert "示例修订" in TABLE.checked(prove=False).to_json()


def best_record(progress: Fraction) -> Record:
    """Full marks wherever they are within reach, the quarters on schedule up to `progress`."""
    facts: dict[tuple[str, str | None], Fact] = {}
    for proof in prove(TABLE.program):
        if proof.obligation is Obligation.FULL and proof.witness is not None and proof.reading is None:
            facts = {**proof.witness.facts, **facts}
    for part, share in zip(("一季度", "二季度", "三季度", "四季度"), ("1/4", "1/2", "3/4", "1"), strict=True):
        facts["部门预算支出进度", part] = Fact(min(Fraction(share), progress), "")
    return Record(facts, {j.key: Given(j.high) for j in TABLE.program.judgements})


def test_poor_execution_caps_the_total_at_89() -> None:
    pytest.importorskip("z3")
    free, capped = (TABLE.score(best_record(Fraction(text))) for text in ("80/100", "79/100"))
    assert free.total is not None and free.total > 89
    assert (capped.total, capped.grade) == (89, "良")
    assert "89" in capped.to_text()


def test_its_cases_hold() -> None:
    assert main(["test", str(ROOT / "rubrics/2023/部门整体支出.rubric")]) == 0
