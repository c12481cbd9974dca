"""Embedding: load, score, read the result."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

import rubric
from schema_checker import load_schema, problems

FACTS: dict[str, object] = {
    "数据": {
        "满意度": "92.85%",
        "实际采购金额合计数": "146.08万元",
        "采购计划金额合计数": "146.29万元",
        "部门预算支出进度": {"值": {"一季度": "18.14%", "二季度": "42.43%", "三季度": "61.12%", "四季度": "88.67%"}},
        "已完成项目数": "28个",
        "计划完成项目总数": "30个",
    },
    "自评": {"公众或服务对象满意度": "6.00"},
}


@pytest.fixture(scope="module")
def table() -> rubric.Rubric:
    return rubric.load("2022")


@pytest.fixture(scope="module")
def result(table: rubric.Rubric) -> rubric.ScoredResult:
    return table.score(FACTS)


@pytest.mark.parametrize(
    ("name", "score", "line"),
    [
        ("满意度", "4", "满意度 92.85%，在“90% ≤满意度<95%的, 得4分”一档"),
        (
            "16",
            "4.91",
            "第 5 点 全年平均执行率 Σ（72.56%、84.86%、81.49%、88.67%）÷4=81.90%，得 1.6379 分；其余 4 点共 3.28 分",
        ),
        ("项目完成及时性", "5.6", "28个÷30个×6分，得 5.6 分"),
    ],
)
def test_lines_of_the_real_table(result: rubric.ScoredResult, name: str, score: str, line: str) -> None:
    assert result.indicator(name).score == Fraction(score)
    assert result.explain(name) == line


def test_exact_values_and_ranges(result: rubric.ScoredResult) -> None:
    assert result.indicator("预算执行率").exact.point == Fraction(3931, 800)
    assert result.total is None
    low, high = result.total_range
    assert 0 < low < high <= 100
    assert result.missing


def test_another_reading(table: rubric.Rubric) -> None:
    other = table.score(FACTS, readings={"每个季度的执行率": "支出进度"})
    assert other.indicator("预算执行率").score == Fraction("4.33")
    with pytest.raises(rubric.RubricError) as refused:
        table.score(FACTS, readings={"每个季度的执行率": "没有这种"})
    assert [d.code for d in refused.value.diagnostics] == ["R1218"]
    assert "支出进度" in str(refused.value)


def test_the_tree_holds_facts_formula_and_reading(result: rubric.ScoredResult) -> None:
    tree = result.explain_fully("预算执行率")
    for words in (
        "「每个季度的执行率」取“支出进度÷序时进度，超过100%的按100%计”",
        "代入：(18.14%/25%)×1分 = 0.7256 分",
        "全年平均执行率 = Σ（72.56%、84.86%、81.49%、88.67%）÷4 = 81.90%",
        "合计：3931/800 = 4.91375 分",
        "四舍五入，保留 2 位小数：4.91 分",
    ):
        assert words in tree


def test_the_document_fits_the_schema(result: rubric.ScoredResult) -> None:
    assert list(problems(json.loads(result.to_json()), load_schema("outcome-1"))) == []


def test_refused_facts_are_findings_and_missing(table: rubric.Rubric) -> None:
    result = table.score({"数据": {"满意度": "92.85"}})
    assert result.errors
    assert result.indicator("满意度").score is None


def test_what_cannot_be_read_is_raised(table: rubric.Rubric, tmp_path: Path) -> None:
    with pytest.raises(rubric.RubricError, match="R1220"):
        table.score(tmp_path / "没有.yaml")
    with pytest.raises(rubric.RubricError, match="没有名为「1999」的年度版本"):
        rubric.load("1999")
    with pytest.raises(rubric.RubricError, match="R1216"):
        table.score({}).explain("没有这个指标")


def test_blank_facts_read_back_as_nothing(table: rubric.Rubric, tmp_path: Path) -> None:
    path = tmp_path / "数据.yaml"
    path.write_text(table.blank_facts(), encoding="utf-8")
    result = table.score(path)
    assert result.errors == ()
    assert not result.outcome.record.facts
