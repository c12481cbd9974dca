"""The edges of the rules of 2022, under the default readings: each threshold, a step either side, zero, full."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

import edition_2022 as edition
from rubric.evaluator.outcome import Status

Case = tuple[int, str, Mapping[str, object], Mapping[str, int], str]

PLAN, BOUGHT = "采购计划金额合计数", "实际采购金额合计数"
MOVED, BUDGET = "调整、调剂资金累计", "年初预算总额"
STEP = "超出一个百分点"
ASSETS, IN_USE = "所有固定资产总额", "实际在用固定资产总额"
ESTABLISHED, POSTS = "本年度在编人数（含工勤人员）", "核定编制数（含工勤人员）"
OTHERS = "编外人员数（含劳务派遣、直接聘用人员）"
CARS, CARS_BUDGET = "“三公”经费实际支出数", "“三公”经费预算安排数"
DAILY, DAILY_BUDGET = "日常公用经费决算数", "日常公用经费调整预算数"
NONE: Mapping[str, int] = {}


def moved(percent: str) -> Mapping[str, object]:
    return {MOVED: f"{percent}万元", BUDGET: "100万元"}


def quarters(*percents: str) -> Mapping[str, object]:
    return {"部门预算支出进度": dict(zip(("一季度", "二季度", "三季度", "四季度"), percents, strict=True))}


def petitions(received: int, answered: int, timely: int, late: int) -> Mapping[str, object]:
    return {
        "群众信访件数": f"{received}件",
        "办理回复件数": f"{answered}件",
        "及时办理回复件数": f"{timely}件",
        "超期件数": f"{late}件",
    }


# Indicator, clause, facts, readings, points of the clause.
CASES: dict[str, Case] = {
    "2 没有不符合": (2, "", {"预算编制不符合要求项数": "0项"}, NONE, "5"),
    "2 三项不符合": (2, "", {"预算编制不符合要求项数": "3项"}, NONE, "2"),
    "2 五项不符合": (2, "", {"预算编制不符合要求项数": "5项"}, NONE, "0"),
    "2 七项不符合也不倒扣": (2, "", {"预算编制不符合要求项数": "7项"}, NONE, "0"),
    "3 两项不符合": (3, "", {"未按要求编报或不符合要求的绩效目标数": "2项"}, NONE, "1"),
    "3 四项不符合": (3, "", {"未按要求编报或不符合要求的绩效目标数": "4项"}, NONE, "0"),
    "5 计划都买了": (5, "1", {PLAN: "100万元", BOUGHT: "100万元"}, NONE, "1"),
    "5 超过计划": (5, "1", {PLAN: "100万元", BOUGHT: "100.01万元"}, NONE, "0"),
    "5 没有计划却买了": (5, "1", {PLAN: "0万元", BOUGHT: "0.01万元"}, NONE, "0"),
    "5 一件没买": (5, "1", {PLAN: "100万元", BOUGHT: "0万元"}, NONE, "0"),
    "6 没有调整": (6, "2", moved("0"), NONE, "1"),
    "6 正好 10%": (6, "2", moved("10"), NONE, "1"),
    "6 10.5% 满一个百分点才扣": (6, "2", moved("10.5"), {STEP: 0}, "1"),
    "6 10.5% 不足一个按一个": (6, "2", moved("10.5"), {STEP: 1}, "0.9"),
    "6 10.5% 按比例": (6, "2", moved("10.5"), {STEP: 2}, "0.95"),
    "6 11%": (6, "2", moved("11"), NONE, "0.9"),
    "6 19.99% 满一个百分点才扣": (6, "2", moved("19.99"), {STEP: 0}, "0.1"),
    "6 19.99% 不足一个按一个": (6, "2", moved("19.99"), {STEP: 1}, "0"),
    "6 19.99% 按比例": (6, "2", moved("19.99"), {STEP: 2}, "0.001"),
    "6 20%": (6, "2", moved("20"), NONE, "0"),
    "6 远超 20%": (6, "2", moved("145.11"), NONE, "0"),
    "6 按调整后预算": (6, "2", {MOVED: "11万元", "调整后预算总额": "110万元"}, {"本单位部门预算总规模": 1}, "1"),
    "7 公开但不符合要求": (7, "1", {"部门预算公开情况": "公开但不符合要求", "预算涉密不公开": "否"}, NONE, "1"),
    "7 没有公开": (7, "2", {"部门决算公开情况": "没有公开", "决算涉密不公开": "否"}, NONE, "0"),
    "7 涉密的直接得分": (7, "2", {"决算涉密不公开": "是"}, NONE, "1.5"),
    "9 评价结果为差": (9, "2", {"被评价年度部门主管的专项资金绩效评价结果为差": "是"}, NONE, "0"),
    "11 90%": (11, "", {IN_USE: "90万元", ASSETS: "100万元"}, NONE, "1"),
    "11 89.99%": (11, "", {IN_USE: "89.99万元", ASSETS: "100万元"}, NONE, "0.7"),
    "11 75%": (11, "", {IN_USE: "75万元", ASSETS: "100万元"}, NONE, "0.7"),
    "11 74.99%": (11, "", {IN_USE: "74.99万元", ASSETS: "100万元"}, NONE, "0.4"),
    "11 60%": (11, "", {IN_USE: "60万元", ASSETS: "100万元"}, NONE, "0.4"),
    "11 59.99%": (11, "", {IN_USE: "59.99万元", ASSETS: "100万元"}, NONE, "0"),
    "12 100%": (12, "", {ESTABLISHED: "10000人", POSTS: "10000人"}, NONE, "1"),
    "12 100.01%": (12, "", {ESTABLISHED: "10001人", POSTS: "10000人"}, NONE, "0"),
    "13 4.99%": (13, "", {OTHERS: "499人", ESTABLISHED: "9501人"}, NONE, "1"),
    "13 5%": (13, "", {OTHERS: "5人", ESTABLISHED: "95人"}, NONE, "0.5"),
    "13 10%": (13, "", {OTHERS: "10人", ESTABLISHED: "90人"}, NONE, "0.5"),
    "13 10.01%": (13, "", {OTHERS: "1001人", ESTABLISHED: "8999人"}, NONE, "0"),
    "15 三公 89.99%": (15, "1", {CARS: "89.99万元", CARS_BUDGET: "100万元"}, NONE, "3"),
    "15 三公 90%": (15, "1", {CARS: "90万元", CARS_BUDGET: "100万元"}, NONE, "2"),
    "15 三公 100%": (15, "1", {CARS: "100万元", CARS_BUDGET: "100万元"}, NONE, "2"),
    "15 三公 100.01%": (15, "1", {CARS: "100.01万元", CARS_BUDGET: "100万元"}, NONE, "0"),
    "15 三公没有预算也没有支出": (15, "1", {CARS: "0万元", CARS_BUDGET: "0万元"}, NONE, "3"),
    "15 三公没有预算却有支出": (15, "1", {CARS: "1万元", CARS_BUDGET: "0万元"}, NONE, "0"),
    "15 日常 89.99%": (15, "2", {DAILY: "89.99万元", DAILY_BUDGET: "100万元"}, NONE, "3"),
    "15 日常 90%": (15, "2", {DAILY: "90万元", DAILY_BUDGET: "100万元"}, NONE, "2"),
    "15 日常 100%": (15, "2", {DAILY: "100万元", DAILY_BUDGET: "100万元"}, NONE, "2"),
    "15 日常 100.01%": (15, "2", {DAILY: "100.01万元", DAILY_BUDGET: "100万元"}, NONE, "0"),
    "15 日常没有预算也没有支出": (15, "2", {DAILY: "0万元", DAILY_BUDGET: "0万元"}, NONE, "3"),
    "15 日常没有预算却有支出": (15, "2", {DAILY: "1万元", DAILY_BUDGET: "0万元"}, NONE, "0"),
    "16 一季度超过序时进度也只得 1 分": (16, "1", quarters("40%", "60%", "80%", "100%"), NONE, "1"),
    "16 A 的平均": (16, "5", quarters("40%", "60%", "80%", "100%"), {"每个季度的执行率": 1}, "1.4"),
    "17 都按期": (17, "", {"已完成项目数": "30个", "计划完成项目总数": "30个"}, NONE, "6"),
    "17 差一个": (17, "", {"已完成项目数": "29个", "计划完成项目总数": "30个"}, NONE, "5.8"),
    "17 一个都没有": (17, "", {"已完成项目数": "0个", "计划完成项目总数": "30个"}, NONE, "0"),
    "18 都完成": (18, "", {"重点工作项数": "3项", "未完成重点工作项数": "0项"}, NONE, "8"),
    "18 一项没完成": (18, "", {"重点工作项数": "3项", "未完成重点工作项数": "1项"}, NONE, "4"),
    "18 两项没完成": (18, "", {"重点工作项数": "3项", "未完成重点工作项数": "2项"}, NONE, "0"),
    "18 三项没完成": (18, "", {"重点工作项数": "3项", "未完成重点工作项数": "3项"}, NONE, "0"),
    "20 都回复": (20, "2", petitions(21, 21, 21, 0), NONE, "1"),
    "20 20 件回复": (20, "2", petitions(21, 20, 20, 0), NONE, "0"),
    "20 都及时": (20, "3", petitions(21, 21, 21, 0), NONE, "1"),
    "20 一件不及时": (20, "3", petitions(21, 21, 20, 0), NONE, "0"),
    "20 都及时但有超期": (20, "3", petitions(21, 21, 21, 1), NONE, "0"),
    "20 没有信访件": (20, "2", petitions(0, 0, 0, 0), NONE, "1"),
    "21 95%": (21, "", {"满意度": "95%"}, NONE, "6"),
    "21 94.996% 不四舍五入": (21, "", {"满意度": "94.996%"}, NONE, "4"),
    "21 90%": (21, "", {"满意度": "90%"}, NONE, "4"),
    "21 89.99%": (21, "", {"满意度": "89.99%"}, NONE, "2"),
    "21 80%": (21, "", {"满意度": "80%"}, NONE, "2"),
    "21 79.99%": (21, "", {"满意度": "79.99%"}, NONE, "1"),
    "21 0%": (21, "", {"满意度": "0%"}, NONE, "1"),
}


@pytest.mark.parametrize("name", CASES)
def test_points_at_the_edge(name: str) -> None:
    number, path, data, readings, points = CASES[name]
    found = edition.clause(edition.scored(edition.record_of(data), readings), number, path)
    assert (found.status, found.value.point) == (Status.SCORED, Fraction(points))


@pytest.mark.parametrize(
    ("percents", "readings", "score"),
    [
        (("25%", "50%", "75%", "100%"), {}, "6.00"),
        (("25%", "50%", "75%", "100%"), {"每个季度的执行率": 1}, "5.25"),
        (("25%", "50%", "75%", "100%"), {"每个季度的执行率": 2}, "4.50"),
        (("25%", "50%", "75%", "100%"), {"全年平均执行率": 1}, "6.00"),
        (("25%", "50%", "75%", "100%"), {"全年平均执行率": 2}, "6.00"),
        (("40%", "60%", "80%", "100%"), {}, "6.00"),
        (("40%", "60%", "80%", "100%"), {"每个季度的执行率": 1}, "5.40"),
        (("0%", "0%", "0%", "0%"), {}, "0.00"),
    ],
)
def test_the_whole_execution_rate(percents: tuple[str, ...], readings: Mapping[str, int], score: str) -> None:
    outcome = edition.scored(edition.record_of(quarters(*percents)), readings)
    assert edition.indicator(outcome, 16).score == Fraction(score)


NOT_APPLICABLE: dict[str, tuple[int, str, Mapping[str, object]]] = {
    "5 没有计划也没有采购": (5, "1", {PLAN: "0万元", BOUGHT: "0万元"}),
    "6 没有预算": (6, "2", {MOVED: "0万元", BUDGET: "0万元"}),
    "11 没有固定资产": (11, "", {IN_USE: "0万元", ASSETS: "0万元"}),
    "12 没有编制": (12, "", {ESTABLISHED: "0人", POSTS: "0人"}),
    "17 没有项目": (17, "", {"已完成项目数": "0个", "计划完成项目总数": "0个"}),
    "18 没有重点工作": (18, "", {"重点工作项数": "0项", "未完成重点工作项数": "0项"}),
}


@pytest.mark.parametrize("name", NOT_APPLICABLE)
def test_what_does_not_apply_leaves_the_base(name: str) -> None:
    number, path, data = NOT_APPLICABLE[name]
    outcome = edition.scored(edition.changed(edition.case_record(), data))
    away = edition.clause(outcome, number, path).away if path else edition.indicator(outcome, number).away
    assert away == {5: 1, 6: 1, 11: 1, 12: 1, 17: 6, 18: 8}[number]
    assert outcome.points == 100 - away
    assert outcome.total is not None and outcome.total <= 100


def test_a_clause_that_does_not_apply_leaves_the_rest_of_its_indicator() -> None:
    """5 c1 without plan and purchase: 1.00 of the remaining 1.00."""
    record = edition.changed(edition.case_record(), {PLAN: "0万元", BOUGHT: "0万元"})
    found = edition.indicator(edition.scored(record), 5)
    assert (found.status, found.score, found.away) == (Status.SCORED, 1, 1)


def test_buying_over_plan_leaves_the_judged_clause() -> None:
    record = edition.changed(edition.case_record(), {PLAN: "100万元", BOUGHT: "100.01万元"})
    assert edition.indicator(edition.scored(record), 5).score == 1
    assert edition.indicator(edition.scored(record, {"本项": 1}), 5).score == 0


def test_a_finding_of_clause_4_takes_the_whole_indicator() -> None:
    record = edition.changed(edition.case_record(), {"财务违规情形": "1起"})
    assert edition.indicator(edition.scored(record), 6).score == 0


def test_a_finding_of_clause_4_needs_no_other_fact() -> None:
    found = edition.indicator(edition.scored(edition.record_of({"财务违规情形": "1起"})), 6)
    assert (found.status, found.score, found.missing) == (Status.SCORED, 0, ())


def test_secret_in_one_document_by_the_other_reading() -> None:
    data = {"预算涉密不公开": "是", "决算涉密不公开": "否", "部门决算公开情况": "没有公开"}
    record = edition.changed(edition.case_record(), data)
    assert edition.indicator(edition.scored(record), 7).score == Fraction("1.5")
    assert edition.indicator(edition.scored(record, {"直接得分": 1}), 7).score == 3


def test_no_proof_of_supervision_by_the_other_reading() -> None:
    record = edition.changed(edition.case_record(), {"无法提供开展检查监督相关证明材料": "是"})
    assert edition.indicator(edition.scored(record), 9).score == 1
    assert edition.indicator(edition.scored(record, {"得0分": 1}), 9).score == 0


def test_no_survey_is_a_missing_fact_and_not_one_point() -> None:
    found = edition.indicator(edition.scored(edition.record_of({})), 21)
    assert (found.status, found.score, found.missing) == (Status.PENDING, None, (("满意度", None),))
    assert (found.low, found.high) == (1, 6)
