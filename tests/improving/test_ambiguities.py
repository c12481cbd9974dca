"""Words that may be read in several ways: each reading's score on one case, the line that settles it, the spread over departments."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

import rubric
from rubric.cli import main
from rubric.evaluator.evaluate import evaluate
from rubric.population.departments import department, population_of
from rubric.proving import solver
from rubric.repaired import with_line

TEXT = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：8分
计分办法
  计分：各三级指标得分四舍五入，保留两位小数
  等级：6分（含）以上为优，6分以下为差
一级指标 部门绩效
二级指标 部门管理
三级指标 印刷费控制（4分）
  评分标准
    印刷费控制率不超过100%的得4分，每超出1个百分点扣0.4分，扣完为止。
  数据
    印刷费控制率：%，不低于0%
三级指标 计划报送（4分）
  评分标准
    9月20日前报送年度计划的得4分，每迟报一天扣0.5分，扣完为止。
  数据
    报送日期：日期
"""
TABLE = rubric.compile(TEXT)
WAYS = [False, pytest.param(True, marks=pytest.mark.skipif(not solver.available(), reason="needs the solver"))]


@pytest.mark.parametrize("solve", WAYS)
def test_each_reading_gives_what_the_evaluator_says(solve: bool) -> None:
    shown = [one for one in TABLE.ambiguities(solve=solve).ambiguities if one.record is not None]
    assert {"每超出1个百分点", "截止日"} <= {one.choice.name for one in shown}
    for one in shown:
        assert one.record is not None
        for index, score in enumerate(one.scores):
            outcomes = evaluate(TABLE.program, one.record, {one.choice.name: index}).indicators
            assert score == next(o.score for o in outcomes if o.indicator.name == one.indicator.name)
        assert len(set(one.scores)) > 1
        assert not one.settled


@pytest.mark.parametrize("solve", WAYS)
def test_every_line_settles_its_reading(solve: bool) -> None:
    """Pasted, it leaves the choice settled, with the score of that alternative on the case."""
    readings = TABLE.ambiguities(solve=solve)
    tried = 0
    for one, lines in zip(readings.ambiguities, readings.lines, strict=True):
        for index, line in enumerate(lines):
            source = with_line(TABLE.source, one.indicator.name, line) if line else None
            if source is None or one.record is None:
                continue
            tried += 1
            settled = rubric.compile(source.text)
            assert settled.score(one.record).indicator(one.indicator.name).score == one.scores[index], line
            again = settled.ambiguities(solve=False).ambiguities
            assert all(other.settled for other in again if other.choice.name == one.choice.name)
    assert tried >= 5


def test_the_spread_counts_departments_one_by_one() -> None:
    population = population_of(TABLE.program, 3, edges=True)
    records = [department(population, number) for number in range(1, 13)]
    readings = TABLE.readings_of(records, solve=False)
    assert (readings.departments, readings.made_up) == (12, 12)
    for spread in readings.spreads:
        moved: list[Fraction] = []
        grades = 0
        for record in records:
            one = evaluate(TABLE.program, record)
            other = evaluate(TABLE.program, record, {spread.choice.name: spread.alternative})
            assert one.total is not None
            assert other.total is not None
            moved.append(abs(one.total - other.total))
            grades += one.grade != other.grade
        found = (spread.changed, spread.most, spread.mean, spread.grades)
        assert found == (sum(size > 0 for size in moved), max(moved), sum(moved, Fraction(0)) / len(moved), grades)


MEASURED = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：4分
一级指标 部门绩效
二级指标 部门管理
三级指标 资产利用（4分）
  评分标准
    资产利用率得分=资产利用率×4分，最高4分。资产利用率=（在用资产总额/资产总额）×100%
  数据
    在用资产总额：万元，不低于0，不超过 资产总额
    资产总额：万元，不低于0
  口径
    在用资产总额按原值计；备选：净值
    资产总额为0的，本指标不适用
"""


def test_another_measure_counts_where_the_facts_give_it_too() -> None:
    """One department gives both measures, one a single measure, one does not say which: only the first can be compared."""
    table = rubric.compile(MEASURED)
    both = {"值": "90万元", "口径": "原值", "其他口径": {"净值": "50万元"}}
    facts = [
        {"数据": {"在用资产总额": used, "资产总额": "100万元"}}
        for used in (both, {"值": "80万元", "口径": "原值"}, "70万元")
    ]
    (spread,) = (one for one in table.ambiguities(facts, solve=False).spreads if one.choice.measures)
    assert (spread.departments, spread.changed, spread.most) == (1, 1, Fraction(8, 5))


def test_the_table_says_which_measures_nobody_gives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["population", "2022", "-n", "2", "-o", str(tmp_path / "部门")]) == 0
    capsys.readouterr()
    assert main(["check", "2022", "--no-prove", "--population", str(tmp_path / "部门")]) == 0
    text = capsys.readouterr().out
    assert "「实际在用固定资产总额、所有固定资产总额」说的是数据填的是哪一种数" in text


def test_a_case_has_only_what_its_indicator_asks() -> None:
    found = [one for one in TABLE.ambiguities(solve=False).ambiguities if one.record is not None]
    assert len(found) >= 2
    for one in found:
        assert one.record is not None
        assert {name for name, _ in one.record.facts} <= {"印刷费控制率", "报送日期"}
        assert len(one.record.facts) == 1


def test_the_command_reads_folders_and_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, folder, lines = tmp_path / "示例.rubric", tmp_path / "部门", tmp_path / "部门.jsonl"
    path.write_text(TEXT, encoding="utf-8")
    assert main(["population", str(path), "-n", "4", "-o", str(folder)]) == 0
    assert main(["population", str(path), "-n", "3", "--seed", "5", "-o", str(lines)]) == 0
    capsys.readouterr()
    arguments = ["check", str(path), "--no-prove", "--population", str(folder), "--population", str(lines)]
    assert main([*arguments, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["ambiguities"]
    assert (found["population"]["departments"], found["population"]["made_up"]) == (7, 7)
    assert main(arguments) == 0
    text = capsys.readouterr().out
    assert "没有写定的读法" in text
    assert "7 个部门的总分怎样变，都是生成数据" in text
    assert "在「口径」下加：“每超出1个百分点”按比例计" in text


def test_what_is_settled_is_not_asked_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "2022", "--no-prove"]) == 0
    assert "没有写定的读法" not in capsys.readouterr().out
