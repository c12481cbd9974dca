"""Cases: what a file says is what is checked, what differs is shown with its reason, and recording touches values alone."""

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from rubric.cli import main

RUBRIC = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：10分
计分办法
  等级：9分（含）以上为优，9分以下为差
一级指标 部门绩效
二级指标 公平性
三级指标 服务对象满意度（6分）
  评分标准
    1. 满意度≥95%的，得6分；
    2. 满意度<95%的，得2分。
  数据
    满意度：%，0%-100%
三级指标 制度建设（4分）
  评分标准
    1. 制度健全，酌情给分（4分）。
"""
CASES = """\
# 说明留着
用例:
  - 名称: 正好 95%
    数据: {满意度: 95%}
    期望: {服务对象满意度: 6.00}   # 也留着
  - 名称: 记错了
    说明: 94.99% 不到 95%
    数据: {满意度: 94.99%}
    期望: {服务对象满意度: 6}
  - 名称: 整份
    数据文件: 某部门.yaml
    数据: {满意度: 90%}
    期望: {总分: , 等级: "优", 01: 2}
"""
FACTS = "单位: 某部门\n数据: {满意度: 96%}\n评判: {制度建设: {制度健全: {得分: 3分, 理由: 缺一项}}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases").mkdir()
    for name, text in (("评分表.rubric", RUBRIC), ("cases/用例.yaml", CASES), ("cases/某部门.yaml", FACTS)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_case_that_differs_shows_both_values_and_the_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "评分表.rubric"]) == 1
    shown = capsys.readouterr().out
    assert "不符  记错了：94.99% 不到 95%" in shown
    assert "服务对象满意度：期望 6.00，实际 2.00" in shown
    assert "满意度 94.99%，在“满意度<95%的，得2分”一档" in shown
    assert "总分：期望 （未写），实际 5.00" in shown
    assert "3 个用例：通过 1，不符 2" in shown


@pytest.mark.parametrize("target", ["评分表.rubric", ".", "cases", "cases/用例.yaml", "评分表"])
def test_a_rubric_a_folder_and_a_file_name_the_same_cases(
    target: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if target == "评分表":
        (folder / "rubrics").mkdir()
        (folder / "评分表.rubric").rename(folder / "rubrics/评分表.rubric")
        (folder / "cases").rename(folder / "rubrics/cases")
        target = "rubrics"
    assert main(["test", target]) == 1
    assert "3 个用例" in capsys.readouterr().out


def test_recording_changes_the_values_and_nothing_else(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "评分表.rubric", "--record"]) == 0
    shown = capsys.readouterr().out
    assert "记错了　服务对象满意度：6 → 2.00" in shown
    assert "整份　总分：（未写） → 5.00" in shown
    wanted = CASES.replace("满意度: 6}", "满意度: 2.00}").replace('总分: , 等级: "优"', '总分: 5.00, 等级: "差"')
    assert (folder / "cases/用例.yaml").read_text("utf-8") == wanted
    assert main(["test", "评分表.rubric"]) == 0
    assert "3 个用例，全部通过" in capsys.readouterr().out


def test_nothing_is_recorded_unasked(folder: Path) -> None:
    main(["test", "评分表.rubric", "--junit", "结果.xml", "--format", "json"])
    assert (folder / "cases/用例.yaml").read_text("utf-8") == CASES


def test_a_facts_file_with_expectations_is_a_case_and_still_a_facts_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "cases/用例.yaml").unlink()
    (folder / "cases/某部门.yaml").write_text(FACTS + "期望: {总分: 9.00, 等级: 优}\n", "utf-8")
    assert main(["test", "评分表.rubric"]) == 0
    assert "1 个用例，全部通过" in capsys.readouterr().out
    assert main(["score", "评分表.rubric", "cases/某部门.yaml"]) == 0


def test_the_junit_report_counts_failures_and_names_both_values(folder: Path) -> None:
    assert main(["test", "评分表.rubric", "--junit", "结果.xml"]) == 1
    suite = ElementTree.parse(folder / "结果.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "2", "0")
    messages = [failure.get("message") for failure in suite.iter("failure")]
    assert "服务对象满意度：期望 6.00，实际 2.00" in messages


def test_the_json_document_holds_every_case(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["test", "评分表.rubric", "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    cases = document["rubrics"][0]["files"][0]["cases"]
    assert [case["verdict"] for case in cases] == ["通过", "不符", "不符"]
    assert cases[1]["expectations"][0]["actual"] == "2.00"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("用例: 一", "R1501"),
        ("用例:\n  - 一", "R1501"),
        ("用例:\n  - {名称: 甲, 数据: {满意度: 95%}, 期望: [1]}", "R1501"),
        ("用例:\n  - {名称: 甲, 数据: {满意度: 95}, 期望: {01: 6}}", "R0920"),
        ("用例:\n  - {名称: 甲, 数据: {满意度: 95%}, 期望: {01: 7}}", "R1504"),
        ("用例:\n  - {名称: 甲, 数据: {满意度: 95%}, 期望: {等级: 中}}", "R1504"),
        ("用例:\n  - {名称: 甲, 口径: {没有: 一}, 期望: {01: 6}}", "R0910"),
        ("用例:\n  - {名称: 甲, 期望: {01: 6}", "R0901"),
    ],
)
def test_what_is_wrong_in_a_case_file_is_a_finding(
    text: str, code: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "cases/用例.yaml").write_text(text, "utf-8")
    assert main(["test", "评分表.rubric"]) == 2
    assert f"错误[{code}]" in capsys.readouterr().err


def test_a_reading_of_the_case_goes_before_that_of_the_facts_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases").mkdir()
    (tmp_path / "评分表.rubric").write_text(
        RUBRIC.replace("  数据\n", "  数据\n    甲率：%\n    乙率：%\n").replace(
            "    满意度：%，0%-100%\n", "  口径\n    “满意度”按甲率计；备选：乙率\n"
        ),
        "utf-8",
    )
    (tmp_path / "cases/某.yaml").write_text("口径: {满意度: 乙率}\n数据: {甲率: 95%, 乙率: 90%}\n", "utf-8")
    (tmp_path / "cases/用例.yaml").write_text(
        "用例:\n"
        "  - {名称: 甲, 数据文件: 某.yaml, 期望: {01: 2}}\n"
        "  - {名称: 乙, 数据文件: 某.yaml, 口径: {满意度: 甲率}, 期望: {01: 6}}\n",
        "utf-8",
    )
    assert main(["test", "评分表.rubric"]) == 0, capsys.readouterr().out
