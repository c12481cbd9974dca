"""Each flaw is caught with its own code, and the same rubric without it gives nothing."""

from pathlib import Path
from typing import Any

import pytest
import yaml

import rubric

pytest.importorskip("z3")

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "broken.yaml").read_text("utf-8"))
METHOD = (
    "计分：各三级指标得分四舍五入，保留两位小数",
    "不适用：不适用的指标（点）不参评，总分=参评指标得分之和÷参评指标分值之和×100，四舍五入，保留两位小数",
)


def text_of(case: dict[str, Any], which: str) -> str:
    """A whole table around the lines of a case."""
    lines = case[which]
    table = [
        "指标体系：示例评分表",
        "评价年度：2022年（2023年印发）",
        f"总分值：{case['分值']}分",
        "计分办法",
        *(f"  {line}" for line in lines.get("计分办法", METHOD)),
        "一级指标 部门绩效",
        "二级指标 部门管理",
        f"三级指标 事项办理（{case['分值']}分）",
        "  评分标准",
        *(f"    {line}" for line in lines["标准"]),
    ]
    for section in ("数据", "口径"):
        if section in lines:
            table += [f"  {section}", *(f"    {line}" for line in lines[section])]
    return "\n".join(table) + "\n"


def codes_of(text: str) -> set[str]:
    return {finding.code for finding in rubric.compile(text).checked().diagnostics}


def test_there_is_a_flaw_for_every_obligation() -> None:
    assert len(CASES) >= 40
    assert len({case["名称"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["名称"])
def test_a_flaw_is_caught_with_its_code(case: dict[str, Any]) -> None:
    assert codes_of(text_of(case, "有误")) - set(case.get("伴随", ())) == {case["代码"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["名称"])
def test_the_twin_without_the_flaw_gives_nothing(case: dict[str, Any]) -> None:
    assert codes_of(text_of(case, "改正")) == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["名称"])
def test_every_department_that_is_shown_can_be_pasted_as_a_facts_file(case: dict[str, Any], tmp_path: Path) -> None:
    table = rubric.compile(text_of(case, "有误"))
    of_the_rubric = {finding.code for finding in table.errors}
    for finding in table.checked().diagnostics:
        for hint in finding.hints:
            _, shown, facts = hint.text.partition("可贴作数据文件）：")
            if shown:
                path = tmp_path / "数据.yaml"
                path.write_text("\n".join(facts.split("；")) + "\n", encoding="utf-8")
                assert {error.code for error in table.score(path).errors} <= of_the_rubric, facts
