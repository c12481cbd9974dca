"""`rubric score`, `facts` and `check` on a small table: text, JSON, exit codes."""

import json
from pathlib import Path

import pytest

from rubric.cli import main
from schema_checker import load_schema, problems

TABLE = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：10分

一级指标 部门绩效
二级指标 公平性
三级指标 公众满意度（6分）
  评分标准
    1. 满意度≥95%的，得6分；
    2. 90%≤满意度<95%的，得4分；
    3. 满意度<90%的，得1分。
  数据
    满意度：%，0%-100%
三级指标 制度执行（4分）
  评分标准
    1. 制定了管理制度（2分）；
    2. 管理制度得到执行（2分），执行不到位的酌情扣分。
"""
FACTS = """\
单位: 示例部门
数据:
  满意度: {值: 92.85%, 来源: 调查报告}
评判:
  制度执行:
    制定了管理制度: {得分: 2, 理由: 已印发}
    管理制度得到执行: {得分: 1.5, 理由: 一处未执行}
自评:
  公众满意度: 6
  制度执行: 3.5
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUBRIC_CACHE", "off")
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "示例.rubric").write_text(TABLE, encoding="utf-8")
    (tmp_path / "数据.yaml").write_text(FACTS, encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "score", "示例.rubric", "数据.yaml")
    assert (code, err) == (0, "")
    assert "示例评分表（2099 年度）" in out
    assert "被评价单位：示例部门" in out
    assert "满意度 92.85%，在“90%≤满意度<95%的，得4分”一档" in out
    assert "评判 2 点，共 3.50 分（第 2 点扣 0.5 分）" in out
    assert "总分 7.50" in out
    assert "自评 9.50，偏差 +2.00" in out


def test_one_indicator(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ("公众满意度", "1", "满意"):
        code, out, err = run(capsys, "score", "示例.rubric", "数据.yaml", "--explain", words)
        assert (code, err) == (0, "")
        assert out.startswith("01 公众满意度（6.00 分）\n")
        assert "数据：满意度 92.85%（报告数据；调查报告）" in out
    code, out, err = run(capsys, "score", "示例.rubric", "数据.yaml", "--explain", "满意率")
    assert (code, out) == (2, "")
    assert "R1216" in err


def test_json_fits_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "score", "示例.rubric", "数据.yaml", "--format", "json")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert list(problems(document, load_schema("outcome-1"))) == []
    assert (document["total"], document["claimed_total"]) == ("7.50", "9.50")
    assert [indicator["score"] for indicator in document["indicators"]] == ["4.00", "3.50"]


def test_json_of_one_indicator(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "score", "示例.rubric", "数据.yaml", "--format", "json", "--explain", "2")
    assert [indicator["name"] for indicator in json.loads(out)["indicators"]] == ["制度执行"]


def test_a_reading_for_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "score", "示例.rubric", "数据.yaml", "--reading", "计分=逐条")
    assert code == 0
    assert "本次口径：「计分」取“逐条四舍五入”" in out
    code, out, err = run(capsys, "score", "示例.rubric", "数据.yaml", "--reading", "计分=不舍入")
    assert (code, out) == (2, "")
    assert "「指标得分四舍五入」、「逐条四舍五入」" in err
    code, out, err = run(capsys, "score", "示例.rubric", "数据.yaml", "--reading", "计分")
    assert (code, out) == (2, "")
    assert "R1213" in err


def test_missing_facts_leave_a_range(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "数据.yaml").write_text("单位: 示例部门\n", encoding="utf-8")
    code, out, err = run(capsys, "score", "示例.rubric", "数据.yaml")
    assert (code, err) == (0, "")
    assert "待定：缺少「满意度」，得分在 1.00～6.00 之间" in out
    assert "总分 1.00～10.00（待定）" in out
    assert "数据和评判共 3 项，已有 0 项；下列 3 项还影响得分：" in out
    assert "自评" not in out
    assert run(capsys, "score", "示例.rubric", "数据.yaml", "--fail-on", "pending")[0] == 1
    assert run(capsys, "score", "示例.rubric", "数据.yaml", "--fail-on", "偏高、error")[0] == 0


def test_refused_facts_leave_the_rest_scored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "数据.yaml").write_text(FACTS.replace("92.85%", "92.85"), encoding="utf-8")
    code, out, err = run(capsys, "score", "示例.rubric", "数据.yaml")
    assert code == 2
    assert "待定：缺少「满意度」" in out
    assert "评判 2 点，共 3.50 分" in out
    assert err.startswith("错误[R09")
    assert "数据.yaml:3:" in err


def test_refused_input_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "score", "示例.rubric", "没有.yaml", "--format", "json")
    assert (code, err) == (2, "")
    assert [finding["code"] for finding in json.loads(out)["findings"]] == ["R1220"]
    code, out, err = run(capsys, "check", "没有.rubric", "--format", "json")
    assert (code, err) == (2, "")
    assert json.loads(out)["findings"][0]["severity"] == "error"


def test_blank_facts_are_written_once_and_can_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "facts", "示例.rubric")
    assert (code, err) == (0, "")
    assert "满意度" in out
    assert run(capsys, "facts", "示例.rubric", "--output", "新.yaml")[0] == 0
    assert (folder / "新.yaml").read_text(encoding="utf-8") == out
    code, _, err = run(capsys, "facts", "示例.rubric", "--output", "新.yaml")
    assert code == 2
    assert "R1215" in err
    assert run(capsys, "score", "示例.rubric", "新.yaml")[0] == 0


def test_the_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", "示例.rubric")
    assert (code, err) == (0, "")
    assert "计分方式：计算 6 分（60%），计数 0 分（0%），分档认定 0 分（0%），评判 4 分（40%）" in out
    code, out, err = run(capsys, "check", "示例.rubric", "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out)["points_by_kind"] == {"计算": "6", "计数": "0", "分档认定": "0", "评判": "4"}


def test_an_error_in_the_facts_is_printed_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "数据.yaml").write_text(FACTS.replace("92.85%", "92.85"), encoding="utf-8")
    _, out, err = run(capsys, "score", "示例.rubric", "数据.yaml")
    assert (out + err).count("[R0920]") == 1
    assert "错误 1 条" in out


def test_arguments_the_wrong_way_round_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "score", "数据.yaml", "示例.rubric")
    assert (code, "rubric score 示例.rubric 数据.yaml" in err) == (2, True)
