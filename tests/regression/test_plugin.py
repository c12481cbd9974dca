"""The pytest plugin: cases are tests, promises only where they are asked for, other projects see nothing of it."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import rubric
import rubric.testing
from rubric.core.record import Record
from rubric.evaluator.evaluate import evaluate
from rubric.testing.bettering import Bettered, Directed, bettered, directed, scores_no_less

RUBRIC = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：6分
一级指标 部门绩效
二级指标 公平性
三级指标 服务对象满意度（6分）
  评分标准
    1. 满意度≥95%的，得6分；
    2. 满意度<95%的，得2分。
  数据
    满意度：%，0%-100%
"""
CASES = """\
用例:
  - {名称: 正好 95%, 数据: {满意度: 95%}, 期望: {服务对象满意度: 6.00}}
  - {名称: 差一点, 数据: {满意度: 94.99%}, 期望: {服务对象满意度: 6.00}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "表/cases").mkdir(parents=True)
    (tmp_path / "表/评分表.rubric").write_text(RUBRIC, "utf-8")
    (tmp_path / "表/cases/用例.yaml").write_text(CASES, "utf-8")
    (tmp_path / "表/cases/某部门.yaml").write_text("数据: {满意度: 95%}\n", "utf-8")
    (tmp_path / "别的/cases").mkdir(parents=True)
    (tmp_path / "别的/cases/甲.yaml").write_text("用例: 与评分表无关\n", "utf-8")
    return tmp_path


def _pytest(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "rubric.pytest_plugin", *arguments]
    run = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=120)
    return run.stdout + run.stderr


def test_each_case_beside_a_rubric_is_a_test(project: Path) -> None:
    printed = _pytest(project, "-v")
    assert "1 failed, 1 passed" in printed
    assert "用例不符：差一点" in printed
    assert "服务对象满意度：期望 6.00，实际 2.00" in printed
    assert "满意度 94.99%，在“满意度<95%的，得2分”一档" in printed


def test_promises_are_tested_where_they_are_asked_for(project: Path) -> None:
    assert "2 passed" not in _pytest(project, "-q", "表/评分表.rubric")
    assert "3 passed" in _pytest(project, "-q", "表/评分表.rubric", "--rubric-promises")
    (project / "pytest.ini").write_text("[pytest]\nrubric_promises = true\n", "utf-8")
    assert "1 failed, 4 passed" in _pytest(project, "-q")


BACKWARDS = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：6分
三级指标 政府采购执行率（6分）
  评分标准
    得分=实际采购金额/采购计划金额×6分
    实际采购金额大于采购计划金额的，本指标得0分。
    采购计划金额为0的，本指标不适用。
  数据
    实际采购金额：万元，正向
    采购计划金额：万元
"""


def test_a_better_department_that_scores_less_is_shrunk_to_one_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "表.rubric").write_text(BACKWARDS, "utf-8")
    printed = _pytest(tmp_path, "表.rubric", "--rubric-promises")
    assert "1 failed, 3 passed" in printed
    assert (
        "性质不成立：政府采购执行率：实际采购金额提高，得分不降\n"
        "「政府采购执行率」：实际采购金额从 1 万元提高到 2 万元，得分从 6 分降到 0 分，与声明的正向不符\n"
        "从这个部门看起：\n"
        "数据: {实际采购金额: 1万元, 采购计划金额: 1万元}\n"
    ) in printed


def test_a_better_department_that_scores_no_less_keeps_the_promise(tmp_path: Path) -> None:
    (tmp_path / "表.rubric").write_text(RUBRIC.replace("0%-100%", "0%-100%，正向"), "utf-8")
    assert "4 passed" in _pytest(tmp_path, "表.rubric", "--rubric-promises")


@pytest.mark.parametrize("year", ["2022", "2023"])
def test_each_direction_of_an_edition_is_a_promise(year: str) -> None:
    table = rubric.load(year)
    promised = list(directed(table.program))
    assert {one.datum.name for one in promised} == {d.name for d in table.program.data if d.direction is not None}
    for one in promised:
        _holds(table, one)


def _holds(table: rubric.Rubric, one: Directed) -> None:
    @given(bettered(table, one))
    @settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def better(pair: Bettered) -> None:
        scores_no_less(table, one, pair)

    better()


def test_the_plugin_itself_imports_nothing_of_the_package() -> None:
    code = (
        "import sys, rubric.pytest_plugin; "
        "print([m for m in sys.modules if m in ('lark', 'hypothesis', 'rubric.api', 'rubric.regression')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.strip() == "[]"


TABLE = rubric.compile(RUBRIC)


@given(rubric.testing.records(TABLE))
@settings(max_examples=40)
def test_records_are_complete_and_admissible(record: Record) -> None:
    outcome = evaluate(TABLE.program, record)
    assert outcome.missing == ()
    assert outcome.total in (2, 6)


@given(rubric.testing.facts(TABLE, edges=True), st.booleans())
@settings(max_examples=20)
def test_facts_are_what_a_facts_file_holds(facts: dict[str, object], again: bool) -> None:
    result = TABLE.score(facts)
    assert result.total in (2, 6)
    assert [finding for finding in result.errors if finding.code.startswith("R09")] == []


@given(rubric.testing.readings(rubric.load("2022")))
@settings(max_examples=10)
def test_readings_are_those_of_the_rubric(readings: dict[str, str]) -> None:
    table = rubric.load("2022")
    for name, alternative in readings.items():
        assert alternative in [a.name for a in table.program.choice(name).alternatives]
