"""The ledger adds up at every level, says where it does not, and bounds what judgement moves."""

from fractions import Fraction

import edition_2022 as edition
from rubric.analysis.discretion import discretion_of
from rubric.analysis.ledger import groups_of, needs_of, sums_of, unused
from rubric.core.program import ClauseKind, Program
from rubric.evaluator.evaluate import evaluate
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

HEAD = "指标体系：试验\n评价年度：2099年（2100年印发）\n总分值：10分\n"


def _program(text: str) -> Program:
    return compile_rubric(SourceText("试验.rubric", HEAD + text)).value


def test_dimensions_add_up_to_the_table() -> None:
    program = edition.program()
    groups = groups_of(program)
    assert [(group.name, group.points) for group in groups] == [("部门决策", 20), ("部门管理", 20), ("部门绩效", 60)]
    for group in groups:
        assert sum(below.points for below in group.within) == group.points
        assert sum(group.by_kind.values()) == group.points
    assert sum(group.by_kind[ClauseKind.JUDGED] for group in groups) == 50


def test_sums_agree_where_the_table_does() -> None:
    sums = sums_of(edition.program())
    assert (sums.stated, sums.indicators, sums.clauses) == (100, 100, 100)
    assert not sums.apart
    assert not sums.unknown


def test_a_total_that_the_indicators_do_not_reach_is_named() -> None:
    sums = sums_of(_program("三级指标 甲（6分）\n  评分标准\n    酌情给分。\n"))
    assert [(apart.name, apart.stated, apart.added) for apart in sums.apart] == [("", 10, 6)]


def test_each_clause_names_its_data() -> None:
    needs = {(need.indicator, need.path): need for need in needs_of(edition.program())}
    assert needs["群众信访办理情况", "3"].data == ("及时办理回复件数", "群众信访件数", "超期件数")
    assert needs["群众信访办理情况", "1"].data == ()
    assert len(needs["群众信访办理情况", "1"].judgements) == 1


def test_data_named_by_no_clause_are_unused() -> None:
    text = "三级指标 甲（10分）\n  评分标准\n    酌情给分。\n  数据\n    满意度：%\n"
    assert [datum.name for datum in unused(_program(text))] == ["满意度"]


def test_judgement_moves_the_total_by_its_own_points_under_the_best_facts() -> None:
    found = discretion_of(edition.program())
    assert found is not None
    assert (found.points, found.best.low, found.best.high) == (50, 50, 100)
    # Under the worst facts 财务合规性 and the second clause of 项目监管 are 0 whatever is judged.
    assert (found.worst.low, found.worst.high) == (1, 48)
    assert found.worst.high_grades == ("差",)


def test_the_envelope_of_given_facts_holds_the_score() -> None:
    record = edition.case_record()
    found = discretion_of(edition.program(), record)
    total = evaluate(edition.program(), record).total
    assert found is not None
    assert found.given is not None
    assert total is not None
    assert found.given.low <= total <= found.given.high
    assert found.given.high - found.given.low == Fraction(50)
    assert found.missing == 0


def test_nothing_judged_leaves_no_envelope() -> None:
    text = "三级指标 甲（10分）\n  评分标准\n    满意度≥90%的，得10分；满意度<90%的，得0分。\n  数据\n    满意度：%，0%-100%\n"
    assert discretion_of(_program(text)) is None
