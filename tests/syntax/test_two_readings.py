"""A name by which a sentence reads two ways is reported with that sentence; one way is never reported."""

import pytest

from rubric.source import SourceText
from rubric.syntax.parse import parse

RUBRIC = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）

一级指标 部门管理
二级指标 资金管理
三级指标 预算执行率（3分）
  评分标准
    1. {sentence}。
  数据
{data}
"""


def reported(sentence: str, *data: str) -> list[str]:
    text = RUBRIC.format(sentence=sentence, data="\n".join(f"    {name}：万元" for name in data))
    source = SourceText("示例.rubric", text)
    return [source.slice(finding.labels[0].span) for finding in parse(source).diagnostics if finding.code == "R0310"]


@pytest.mark.parametrize(
    ("sentence", "data", "expected"),
    [
        ("得分=支出/预算×3分", ["支出", "预算", "支出/预算"], ["支出/预算"]),
        ("支出-收入≥60的，得3分", ["支出", "收入", "支出-收入"], ["支出-收入"]),
        ("支出占预算的比例≥60%的，得3分", ["支出", "预算", "支出占预算的比例"], ["支出占预算的比例"]),
        ("得分=支出/预算×3分", ["支出", "预算"], []),
        ("得分=支出/预算×3分", ["支出/预算"], []),
        ("得分=「支出/预算」×3分", ["支出", "预算", "支出/预算"], []),
        ("得分=支出/预算数×3分", ["支出", "预算", "预算数"], []),
        ("支出得分=支出/预算×3分", ["支出", "预算"], []),
    ],
)
def test_only_a_sentence_that_reads_two_ways_is_reported(sentence: str, data: list[str], expected: list[str]) -> None:
    assert reported(sentence, *data) == expected
