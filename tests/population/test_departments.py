"""Made-up departments: admissible, the same everywhere, tied as nature ties them, and labelled."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

import edition_2022 as edition
from rubric.api import load
from rubric.cli import main
from rubric.core.program import Program
from rubric.core.record import Basis, Record
from rubric.evaluator.evaluate import evaluate
from rubric.facts.reading import read_facts
from rubric.facts.written import written_facts
from rubric.pipeline import compile_rubric
from rubric.population.departments import Population, department, population_of, tick_of
from rubric.population.draws import Draws
from rubric.source import SourceText

MANY_KINDS = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：20分
一级指标 部门管理
二级指标 资金管理
三级指标 支出进度（8分）
  评分标准
    1. 支出进度≥90%的，得8分；90%>支出进度≥60%的，得4分；支出进度<60%的，得0分。
  数据
    支出：万元
    预算：万元
    支出进度=支出/预算×100%
三级指标 计划报送（4分）
  评分标准
    9月20日前（含当日）报送年度计划的得4分，每迟报一天扣0.5分，扣完为止。
  数据
    报送日期：日期
三级指标 培训（8分）
  评分标准
    每开展一次培训得2分，最高8分。
  数据
    培训次数：次，对应“开展一次培训”
"""


def departments(program: Program, edges: bool, count: int = 40) -> Iterator[Record]:
    population = population_of(program, 7, edges=edges)
    return (department(population, number) for number in range(1, count + 1))


def programs() -> list[Program]:
    return [edition.program(), load("2023").program, compile_rubric(SourceText("示例.rubric", MANY_KINDS)).value]


@pytest.mark.parametrize("edges", [False, True])
@pytest.mark.parametrize("program", programs(), ids=["2022", "2023", "other kinds"])
def test_every_department_is_admissible_and_complete(program: Program, edges: bool) -> None:
    for record in departments(program, edges):
        read = read_facts(SourceText("数据.yaml", written_facts(program, record)), program)
        assert read.diagnostics == ()
        assert {key: fact.value for key, fact in read.value.facts.items()} == {
            key: fact.value for key, fact in record.facts.items()
        }
        outcome = evaluate(program, read.value)
        assert outcome.missing == ()
        assert 0 <= outcome.total_low <= outcome.total_high <= program.points


def test_the_numbers_are_the_same_on_every_machine() -> None:
    draws = Draws(7, 1, "甲")
    assert [draws.below(1000) for _ in range(6)] == RECORDED
    record = department(population_of(edition.program(), 7), 1)
    assert {name: str(fact.value) for (name, _), fact in record.facts.items() if name in FIRST} == FIRST


RECORDED = [862, 121, 198, 747, 865, 129]
FIRST = {
    "年初预算总额": "967000000",
    "日常公用经费决算数": "153869000",
    "满意度": "4713/5000",
    "群众信访件数": "92",
    "部门预算公开情况": "按规定公开",
}


def test_a_department_does_not_depend_on_how_many_there_are() -> None:
    population = population_of(edition.program(), 7)
    assert department(population, 3) == list(departments(edition.program(), False, 3))[2]
    assert department(population, 3) != department(population_of(edition.program(), 8), 3)


def _number(record: Record, name: str, part: str | None = None) -> Fraction:
    value = record.facts[name, part].value
    assert isinstance(value, Fraction)
    return value


@pytest.mark.parametrize("edges", [False, True])
def test_natural_ties_hold(edges: bool) -> None:
    for record in departments(edition.program(), edges, 100):
        assert _number(record, "实际在用固定资产总额") <= _number(record, "所有固定资产总额")
        petitions = [_number(record, name) for name in ("及时办理回复件数", "办理回复件数", "群众信访件数")]
        assert petitions == sorted(petitions)
        quarters = [_number(record, "部门预算支出进度", part) for part in ("一季度", "二季度", "三季度", "四季度")]
        assert quarters == sorted(quarters)
        for datum in edition.program().data:
            for part in datum.parts or (None,):
                value = record.facts[datum.name, part].value
                assert not isinstance(value, Fraction) or (value / tick_of(datum)).denominator == 1


def test_spending_lies_near_its_budget() -> None:
    records = [r for r in departments(edition.program(), False, 100) if _number(r, "日常公用经费调整预算数")]
    shares = [_number(r, "日常公用经费决算数") / _number(r, "日常公用经费调整预算数") for r in records]
    assert sum(Fraction(1, 2) <= share <= Fraction(5, 4) for share in shares) > len(shares) * Fraction(9, 10)


def test_edges_meet_every_threshold() -> None:
    met = {_number(record, "满意度") for record in departments(edition.program(), True, 150)}
    ticks = [Fraction(threshold, 100) + Fraction(tick, 10_000) for threshold in (80, 90, 95) for tick in (-1, 0, 1)]
    assert set(ticks) <= met


def test_everything_says_that_it_is_made_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["population", "2022", "-n", "3", "--seed", "7", "-o", str(tmp_path / "甲")]) == 0
    assert "生成数据" in capsys.readouterr().out
    files = sorted((tmp_path / "甲").iterdir())
    assert len(files) == 3
    for path in files:
        lines = path.read_text("utf-8").splitlines()
        assert lines[0].startswith("# 生成数据：")
        assert "（生成数据）" in lines[1]
    assert main(["score", "2022", str(tmp_path / "甲")]) == 0
    assert capsys.readouterr().out.count("（生成数据）") == 3
    record = department(population_of(edition.program(), 7), 1)
    assert {fact.basis for fact in record.facts.values()} == {Basis.ASSUMED}


def test_lines_of_json_are_facts(tmp_path: Path) -> None:
    import rubric

    path = tmp_path / "甲.jsonl"
    assert main(["population", "2022", "-n", "2", "--edges", "-o", str(path)]) == 0
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["性质"] for line in lines] == ["生成数据"] * 2
    table = rubric.load("2022")
    population: Population = population_of(table.program, 1, edges=True)
    for number, line in enumerate(lines, start=1):
        assert table.score(line).total == evaluate(table.program, department(population, number)).total


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "真.yaml").write_text("单位: 某部门\n", "utf-8")
    assert main(["population", "2022", "-n", "1", "-o", str(tmp_path)]) == 2
    assert "R1511" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["真.yaml"]
    (tmp_path / "甲.jsonl").write_text("", "utf-8")
    assert main(["population", "2022", "-n", "1", "-o", str(tmp_path / "甲.jsonl")]) == 2
    assert (tmp_path / "甲.jsonl").read_text("utf-8") == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["-n", "0", "-o", "甲"], "R1213"), (["-n", "3"], "R1212"), (["-n", "3", "-o", "甲.xlsx"], "R1512")],
)
def test_what_is_typed_wrongly_is_told(arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["population", "2022", *arguments]) == 2
    assert code in capsys.readouterr().err
