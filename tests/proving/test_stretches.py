"""Where bands leave a gap in several quantities, the line that is offered closes it there."""

import re

import pytest

import rubric

pytest.importorskip("z3")

HEAD = """\
指标体系：示例评分表
评价年度：2022年（2023年印发）
总分值：4分
计分办法
  计分：各三级指标得分四舍五入，保留两位小数
一级指标 部门绩效
二级指标 部门管理
三级指标 综合情况（4分）
  评分标准
"""
RATES = "  数据\n    完成率：%，不低于0%\n    合格率：%，不低于-100%\n"
COUNTED = "  数据\n    问题数：起\n    完成率：%，0%-100%\n"
CASES = {
    "两个比率": (["完成率≥90%且合格率≥90%的，得4分", "完成率<60%且合格率<60%的，得1分"], RATES),
    "比率可以为负、可以超过百分之百": (["完成率≤100%且合格率≥0%的，得4分", "完成率>100%且合格率<0%的，得1分"], RATES),
    "件数与比率": (["问题数=0且完成率≥90%的，得4分", "问题数≥1且完成率≥90%的，得2分", "完成率<85%的，得0分"], COUNTED),
    "两个数相比": (
        ["完成数≥计划数的，得4分", "完成数<计划数且完成数≥10的，得2分"],
        "  数据\n    完成数：个\n    计划数：个\n",
    ),
}
MOST_LINES = 8


def titles(bands: list[str], data: str) -> dict[str, str]:
    text = HEAD + "".join(f"    {number}. {band}；\n" for number, band in enumerate(bands, start=1)) + data
    return {d.code: f"{d.title}\n{d.hints[0].text}" for d in rubric.compile(text).checked().diagnostics}


@pytest.mark.parametrize("name", CASES)
def test_the_lines_offered_close_every_gap_and_overlap_with_nothing(name: str) -> None:
    bands, data = CASES[name]
    lines = list(bands)
    for _ in range(MOST_LINES):
        found = titles(lines, data)
        assert "R0719" not in found
        if "R0716" not in found and "R0503" not in found:
            break
        offered = re.search(r"补上一档，如「(.*?)」", found.get("R0716", found.get("R0503", "")))
        assert offered is not None, found
        lines.append(offered[1])
    else:
        raise AssertionError(lines)
    assert len(lines) > len(bands)


def test_an_overlap_in_two_rates_is_named() -> None:
    found = titles(["完成率≥90%或合格率≥90%的，得4分", "完成率<90%或合格率<90%的，得2分"], RATES)
    assert (
        "完成率≥90%且合格率<90%的部门同时符合两档" in found["R0719"] or "完成率<90%且合格率≥90%的部门" in found["R0719"]
    )


def test_no_line_is_offered_for_a_state() -> None:
    data = "  数据\n    完成率：%，0%-100%\n    是否验收：是／否，对应“已经验收”\n"
    found = titles(["已经验收且完成率≥90%的，得4分", "完成率<60%的，得0分"], data)
    assert "补上这种情形得几分" in found["R0716"]
