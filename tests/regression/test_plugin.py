"""The pytest plugin: cases are tests, promises only where they are asked for, other projects see nothing of it."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

import rubric
import rubric.testing
from rubric.core.record import Record
from rubric.evaluator.evaluate import evaluate

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
