"""`rubric check --fix`: what is certain is offered, nothing is written unasked, no score changes."""

import json
from pathlib import Path

import pytest

import rubric
from rubric.cli import main
from rubric.population.departments import department, population_of

TEXT = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
{status}总分值：15分
计分办法
  计分：各三级指标得分四舍五入，保留两位小数
一级指标 部门绩效
二级指标 部门管理
三级指标 办结情况（5分）
  评分标准
    1. 办结得分=办结率×3分
    2. 每发生一次违规扣0.5分。（2分）
  数据
    办结率：%
    违规：次，对应“违规”

三级指标 满意情况（5分）
  评分标准
    1. 满意度≥90%的，得5分；
    2. 满意度≥80%的，得3分；
    3. 满意度<80%的，得0分。
  数据
    满意度：%
  口径
    说明：以调查报告为准

三级指标 差错情况（5分）
  评分标准
    得分=（1-差错率）×5分
  数据
    差错率：%，不超过150%
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "示例.rubric"
    found.write_text(TEXT.format(status=""), encoding="utf-8")
    return found


def test_it_only_shows_where_nobody_can_answer(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    assert main(["check", str(path), "--fix", "--no-prove"]) == 0
    printed = capsys.readouterr().out
    assert path.read_bytes() == before
    for line in (
        "+    第1点最高3分",
        "+    第2点扣完为止",
        "-    2. 满意度≥80%的，得3分；",
        "+    2. 80%≤满意度<90%的，得3分；",
        "+    本指标最低0分",
    ):
        assert line in printed.splitlines()
    assert "没有写入" in printed


def test_yes_writes_and_no_score_changes(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = rubric.load(path)
    assert main(["check", str(path), "--fix", "--yes", "--no-prove"]) == 0
    assert f"已写入 {path}" in capsys.readouterr().out
    after = rubric.load(path)
    assert [d.code for d in after.checked(prove=False).diagnostics if d.code in ("R0502", "R0602", "R0702")] == []
    population = population_of(before.program, 3, edges=True)
    for number in range(1, 30):
        record = department(population, number)
        assert before.score(record).total == after.score(record).total
    assert main(["check", str(path), "--fix", "--no-prove"]) == 0
    assert "R0770" in capsys.readouterr().err


def test_the_proof_is_run_again(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("z3")
    assert main(["check", str(path), "--fix", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["written"] is False
    before, after = (document["proofs"][name] for name in ("before", "after"))
    assert after["refuted"] < before["refuted"]
    assert len(document["repairs"]) == 4


def test_what_was_issued_is_never_edited(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_text(TEXT.format(status="性质：正式\n"), encoding="utf-8")
    before = path.read_bytes()
    assert main(["check", str(path), "--fix", "--yes", "--no-prove"]) == 0
    printed = capsys.readouterr()
    assert path.read_bytes() == before
    assert "+    第1点最高3分" in printed.out
    assert "80%≤满意度<90%" not in printed.out  # a sentence of an issued text is not even proposed
    assert "R0771" in printed.err


def test_line_ends_stay(path: Path) -> None:
    path.write_bytes(TEXT.format(status="").replace("\n", "\r\n").encode())
    assert main(["check", str(path), "--fix", "--yes", "--no-prove"]) == 0
    text = path.read_bytes().decode()
    assert text.count("\n") == text.count("\r\n")
    assert "    第1点最高3分\r\n    第2点扣完为止\r\n" in text


def test_an_answer_at_a_terminal_writes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rubric.cli import fixing

    monkeypatch.setattr(fixing, "_agreed", lambda name: True)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    assert main(["check", str(path), "--fix", "--no-prove"]) == 0
    assert "第1点最高3分" in path.read_text("utf-8")
