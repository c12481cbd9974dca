"""What is still missing, and the points that hang on it: those of the clauses that lack it, not of the whole indicator."""

from fractions import Fraction

import attrs
import pytest

import edition_2022 as edition
from rubric.core.record import Record
from rubric.evaluator.evaluate import evaluate
from rubric.evaluator.outcome import Missing

PROGRESS = "部门预算支出进度"


def _missing(record: Record) -> dict[tuple[str, str | None], Missing]:
    return {(m.fact, m.part): m for m in evaluate(edition.program(), record).missing}


@pytest.mark.parametrize(
    ("fact", "part", "stake", "clauses"),
    [
        # Of its own quarter 1 point, of the year's average 2.
        (PROGRESS, "一季度", 3, ("预算执行率 第1点", "预算执行率 第5点")),
        (PROGRESS, "四季度", 3, ("预算执行率 第4点", "预算执行率 第5点")),
        ("实际采购金额合计数", None, 1, ("政府采购执行情况 第1点",)),
        ("财务合规性／会计核算规范性", None, 1, ("财务合规性 第3点",)),
        # One finding takes all points of the indicator.
        ("财务违规情形", None, 3, ("财务合规性",)),
        ("本年度在编人数（含工勤人员）", None, 2, ("财政供养人员控制率", "编外人员控制率")),
        ("满意度", None, 5, ("公众或服务对象满意度",)),
    ],
)
def test_points_at_stake_without_any_fact(fact: str, part: str | None, stake: int, clauses: tuple[str, ...]) -> None:
    found = _missing(Record({}))[fact, part]
    assert (found.points_at_stake, found.clauses) == (stake, clauses)


def test_points_at_stake_shrink_as_facts_arrive() -> None:
    """With three quarters known the average can move by a quarter of its range only."""
    case = edition.case_record()
    last = (PROGRESS, "四季度")
    known = attrs.evolve(case, facts={key: fact for key, fact in case.facts.items() if key != last})
    found = _missing(known)
    assert found.keys() == {last}
    assert Fraction(1) < found[last].points_at_stake < 3
