"""`rubric impact` scores facts of one year under both, says what moved whom, and labels what is made up."""

import json
from pathlib import Path

import pytest

from checkout import ROOT
from rubric.cli import main
from strategies import text_2022

CASE = ROOT / "rubrics/2022/cases/罗湖区委组织部.yaml"


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    text = text_2022().replace("（25分）", "（20分）").replace("分值合计25分", "分值合计20分")
    text = text.replace("绩效指标明确（7分）", "绩效指标明确（12分）").replace("相对应（2分）；", "相对应（7分）；")
    path = tmp_path / "新.rubric"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_reported_department_is_scored_under_both(newer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["impact", "2022", str(newer), str(CASE), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    (one,) = document["departments"]
    assert one["old"]["rounded"] == "92.51"
    assert one["change"]["exact"] == "0"
    assert {share["share"]["rounded"] for share in one["shares"]} == {"-5.00", "5.00"}
    assert document["generated"] is None


def test_made_up_departments_are_labelled(newer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "影响.html"
    assert main(["impact", "2022", str(newer), "--population", "5", "--html", str(page)]) == 0
    assert "生成数据" in capsys.readouterr().out
    html = page.read_text("utf-8")
    assert "生成数据，不是任何单位的真实数据" in html
    assert "<svg" in html
    assert main(["impact", "2022", str(newer), "--population", "5", "--html", str(page)]) == 2
    assert "R1215" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"), [([], "R1610"), ([str(CASE), "--population", "3"], "R1611"), (["没有.yaml"], "R1220")]
)
def test_what_cannot_be_looked_at_is_refused(
    arguments: list[str], code: str, newer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["impact", "2022", str(newer), *arguments]) == 2
    assert f"错误[{code}]" in capsys.readouterr().err
