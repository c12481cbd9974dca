"""The real report of FY2022, recomputed by hand beforehand: each of its 21 lines, its totals, and what would change them.

The numbers were worked out with exact fractions from the report and the annex alone, before there was an engine.
"""

from collections.abc import Mapping
from fractions import Fraction

import pytest

import edition_2022 as edition
from rubric.core.numbers import fixed

# Indicator: points, claimed, scored.
LINES = (
    ("预算编制合理性", "5.00", "4.00", "4.00"),
    ("预算编制规范性", "5.00", "5.00", "5.00"),
    ("绩效目标完整性", "3.00", "3.00", "3.00"),
    ("绩效指标明确", "7.00", "7.00", "7.00"),
    ("政府采购执行情况", "2.00", "2.00", "2.00"),
    ("财务合规性", "3.00", "2.00", "2.00"),
    ("预决算信息公开", "3.00", "3.00", "3.00"),
    ("项目实施程序", "2.00", "2.00", "2.00"),
    ("项目监管", "2.00", "1.00", "1.00"),
    ("资产管理安全性", "2.00", "2.00", "2.00"),
    ("固定资产利用率", "1.00", "1.00", "1.00"),
    ("财政供养人员控制率", "1.00", "1.00", "1.00"),
    ("编外人员控制率", "1.00", "0.00", "0.00"),
    ("管理制度健全性", "3.00", "3.00", "3.00"),
    ("公用经费控制率", "6.00", "6.00", "6.00"),
    ("预算执行率", "6.00", "5.38", "4.91"),
    ("项目完成及时性", "6.00", "5.50", "5.60"),
    ("重点工作完成情况", "8.00", "8.00", "8.00"),
    ("社会效益、经济效益、生态效益等", "25.00", "25.00", "25.00"),
    ("群众信访办理情况", "3.00", "3.00", "3.00"),
    ("公众或服务对象满意度", "6.00", "6.00", "4.00"),
)

DIMENSIONS = {"部门决策": ("19.00", "19.00"), "部门管理": ("17.00", "17.00"), "部门绩效": ("58.88", "56.51")}

# Exact values before rounding.
EXACT = {5: "29237/14629", 16: "3931/800", 17: "28/5"}

A, C, D, E = {"每个季度的执行率": 1}, {"每个季度的执行率": 2}, {"全年平均执行率": 1}, {"全年平均执行率": 2}
STAFF = "编外人员数（含劳务派遣、直接聘用人员）"
ON_TIME = {"已完成项目数": "30个"}
EIGHT_PERSONS = {STAFF: "8人"}
SATISFIED = {"满意度": "98%"}
CAR = {"“三公”经费实际支出数": "45.36万元", "“三公”经费预算安排数": "49.2万元"}
STRICT = {**CAR, "未完成重点工作项数": "1项"}
SUPERVISED = {("项目监管", "各主管部门"): "1"}
NOT_ALLOWED = {("预算编制合理性", "功能分类"): "0"}

Points = Mapping[tuple[str, str], str]
Scenario = tuple[Mapping[str, object], Points, Mapping[str, int], str, str]

SCENARIOS: dict[str, Scenario] = {
    "E1 本例": ({}, {}, {}, "92.51", "优"),
    "E2 口径 A 支出进度": ({}, {}, A, "91.93", "优"),
    "E3 口径 C 当季支出进度": ({}, {}, C, "91.32", "优"),
    "E4 口径 D 年末支出进度": ({}, {}, D, "92.65", "优"),
    "E5 逐条四舍五入": ({}, {}, {"计分": 1}, "92.52", "优"),
    "E7 30 个项目都按期完成": (ON_TIME, {}, {}, "92.91", "优"),
    "E8 编外 8 人": (EIGHT_PERSONS, {}, {}, "93.01", "优"),
    "E9 项目监管得满分": ({}, SUPERVISED, {}, "93.51", "优"),
    "E10 满意度 98%": (SATISFIED, {}, {}, "94.51", "优"),
    "E12 待定的都从宽": (ON_TIME | EIGHT_PERSONS, SUPERVISED, {}, "94.41", "优"),
    "E12 待定的都从宽，口径 D": (ON_TIME | EIGHT_PERSONS, SUPERVISED, D, "94.55", "优"),
    "E12 待定的都从宽，编外 3 人": (ON_TIME | {STAFF: "3人"}, SUPERVISED, {}, "94.91", "优"),
    "E12 待定的都从宽，编外 3 人，口径 D": (ON_TIME | {STAFF: "3人"}, SUPERVISED, D, "95.05", "优"),
    "E13 从严": (STRICT, NOT_ALLOWED, {}, "86.51", "良"),
    "E14 从严，口径 A": (STRICT, NOT_ALLOWED, A, "85.93", "良"),
}


@pytest.mark.parametrize(("number", "line"), list(enumerate(LINES, 1)), ids=[line[0] for line in LINES])
def test_each_line_of_the_report(number: int, line: tuple[str, str, str, str]) -> None:
    name, points, claimed, score = line
    record = edition.case_record()
    outcome = edition.indicator(edition.scored(record), number)
    assert outcome.score is not None
    assert (outcome.indicator.name, fixed(outcome.indicator.points, 2)) == (name, points)
    assert fixed(record.claimed[name], 2) == claimed
    assert fixed(outcome.score, 2) == score


@pytest.mark.parametrize("number", EXACT)
def test_exact_values_before_rounding(number: int) -> None:
    assert edition.indicator(edition.scored(edition.case_record()), number).exact.point == Fraction(EXACT[number])


def test_the_total_is_the_sum_of_the_rounded_lines() -> None:
    outcome = edition.scored(edition.case_record())
    scores = [o.score for o in outcome.indicators if o.score is not None]
    assert outcome.total == sum(scores) == Fraction("92.51")
    assert sum(Fraction(line[3]) for line in LINES) == Fraction("92.51")
    assert sum(Fraction(line[2]) for line in LINES) == sum(edition.case_record().claimed.values()) == Fraction("94.88")
    assert (outcome.points, outcome.grade) == (100, "优")


def test_the_exact_total_before_rounding() -> None:
    """E1: 1082690119/11703200 = 92.512…"""
    points = [o.exact.point for o in edition.scored(edition.case_record()).indicators]
    assert sum(p for p in points if p is not None) == Fraction(1082690119, 11703200)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_each_dimension(dimension: str) -> None:
    record = edition.case_record()
    inside = [o for o in edition.scored(record).indicators if o.indicator.path[0] == dimension]
    scores = sum((o.score for o in inside if o.score is not None), Fraction(0))
    claimed = sum((record.claimed[o.indicator.name] for o in inside), Fraction(0))
    assert (fixed(claimed, 2), fixed(scores, 2)) == DIMENSIONS[dimension]


@pytest.mark.parametrize("name", SCENARIOS)
def test_totals_by_scenario(name: str) -> None:
    data, points, readings, total, grade = SCENARIOS[name]
    outcome = edition.scored(edition.changed(edition.case_record(), data, points), readings)
    assert outcome.total is not None
    assert (fixed(outcome.total, 2), outcome.grade) == (total, grade)


@pytest.mark.parametrize(
    ("readings", "exact", "score"),
    [
        (A, "129829/30000", "4.33"),
        ({}, "3931/800", "4.91"),
        (C, "223151/60000", "3.72"),
        (D, "151477/30000", "5.05"),
        (E, "", "4.96"),
    ],
    ids=["A", "B", "C", "D", "E"],
)
def test_readings_of_the_average_execution_rate(readings: Mapping[str, int], exact: str, score: str) -> None:
    outcome = edition.indicator(edition.scored(edition.case_record(), readings), 16)
    assert outcome.exact.point is not None
    assert fixed(outcome.exact.point, 2) == score
    assert not exact or outcome.exact.point == Fraction(exact)


def test_rounding_clause_by_clause_moves_the_execution_rate_only() -> None:
    """5 stays 2.00 and 16 becomes 4.92."""
    outcome = edition.scored(edition.case_record(), {"计分": 1})
    scores = {n: edition.indicator(outcome, n).score for n in (5, 16)}
    assert scores == {5: Fraction(2), 16: Fraction("4.92")}
    once = edition.scored(edition.case_record())
    others = [n for n in range(1, 22) if edition.indicator(outcome, n).score != edition.indicator(once, n).score]
    assert others == [16]


@pytest.mark.parametrize(("completed", "score"), [("30", "6.00"), ("29", "5.80"), ("28", "5.60"), ("27", "5.40")])
def test_no_whole_number_of_30_projects_gives_5_50(completed: str, score: str) -> None:
    record = edition.changed(edition.case_record(), {"已完成项目数": f"{completed}个"})
    found = edition.indicator(edition.scored(record), 17).score
    assert found == Fraction(score)
    assert found != Fraction("5.50")


@pytest.mark.parametrize(("persons", "score"), [(3, "1.00"), (4, "0.50"), (8, "0.50"), (9, "0.00"), (39, "0.00")])
def test_off_establishment_staff_of_the_report(persons: int, score: str) -> None:
    record = edition.changed(edition.case_record(), {STAFF: f"{persons}人"})
    assert edition.indicator(edition.scored(record), 13).score == Fraction(score)


@pytest.mark.parametrize(
    ("amount", "base"),
    [("11893.17", "20089.17"), ("12521.33", "20089.17"), ("14234.15", "20089.17"), ("11893.17", "8196")],
)
@pytest.mark.parametrize("step", [0, 1, 2])
def test_adjustments_of_the_report_give_nothing_under_every_reading(amount: str, base: str, step: int) -> None:
    data = {"调整、调剂资金累计": f"{amount}万元", "年初预算总额": f"{base}万元"}
    outcome = edition.scored(edition.changed(edition.case_record(), data), {"超出一个百分点": step})
    assert edition.clause(outcome, 6, "2").value.point == 0
    assert edition.indicator(outcome, 6).score == 2


@pytest.mark.parametrize(
    ("cost", "budget", "score"),
    [
        ("0", "31.2", "6.00"),
        ("3.84", "31.2", "5.00"),
        ("3.85", "31.2", "3.00"),
        ("16.91", "49.2", "6.00"),
        ("16.92", "49.2", "5.00"),
        ("18", "49.2", "5.00"),
    ],
)
def test_the_car_that_was_bought(cost: str, budget: str, score: str) -> None:
    spent = fixed(Fraction("27.36") + Fraction(cost), 2)
    data = {"“三公”经费实际支出数": f"{spent}万元", "“三公”经费预算安排数": f"{budget}万元"}
    outcome = edition.scored(edition.changed(edition.case_record(), data))
    assert edition.indicator(outcome, 15).score == Fraction(score)


@pytest.mark.parametrize(("established", "score"), [("75", "1.00"), ("83", "0.00")])
def test_staff_on_the_establishment(established: str, score: str) -> None:
    record = edition.changed(edition.case_record(), {"本年度在编人数（含工勤人员）": f"{established}人"})
    assert edition.indicator(edition.scored(record), 12).score == Fraction(score)
