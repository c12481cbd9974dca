"""Texts that once could not be read without a fault, each the smallest of its kind."""

import pytest

from faultless import assert_read_without_fault
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

_HEAD = "三级指标 甲（6分）\n评分标准\n"

ODD = {
    "data-line-of-signs-only": f"{_HEAD}数据\n甲数：项\n。\n",
    "basis-line-of-a-colon-only": f"{_HEAD}口径\n：\n",
    "lone-surrogate-in-data": f"{_HEAD}数据\n\ud800\n",
    "lone-surrogate-in-a-judged-line": f"{_HEAD}\ud800\n",
    "range-of-a-dot": f"{_HEAD}口径\n第2点可0-.分之间酌情给分\n",
    "reading-that-is-a-series-beside-one-that-is-none": (
        f"{_HEAD}1. 得分=甲率×6分\n甲率=Σ（进度）÷2\n数据\n进度：%，按季度填列（一季度、二季度）\n口径\n“甲率”的备选：进度\n"
    ),
    "constants-of-other-periods-than-the-series": (
        f"{_HEAD}1. 得分=Σ（进度÷序时）×6分\n数据\n进度：%，按季度填列（一季度、二季度）\n口径\n序时：三季度50%\n"
    ),
    "constants-of-periods-as-a-condition": f"{_HEAD}1. 序时的得6分\n口径\n序时：一季度50%，二季度100%\n",
    "series-as-a-condition": f"{_HEAD}1. 有进度的得6分\n数据\n进度：%，按季度填列（一季度、二季度）\n",
    "series-as-a-count": f"{_HEAD}1. 全部完成（6分）\n2. 发现一项缺件扣1分，扣完为止\n数据\n缺件：项，按季度填列（一季度、二季度）\n",
}


def test_numbers_of_full_width_bind_states_to_their_lines() -> None:
    text = (
        "指标体系：甲\n评价年度：2022年\n三级指标 落实（1分）\n评分标准\n"
        "1. 落实情况（1分），按以下标准分档计分：\n（1）做到的，得1分\n（2）没有做到的，得0分\n"
        "数据\n落实程度：全部／没有，依次对应第１点（１）（２）\n"
    )
    assert compile_rubric(SourceText("文", text)).errors == ()


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_read_without_a_fault(name: str) -> None:
    assert_read_without_fault(ODD[name])
