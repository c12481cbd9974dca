"""`rubric diff` says what changed, in words and as JSON, and writes a page only where none is."""

import json
from pathlib import Path

import pytest

from rubric.cli import main
from strategies import text_2022

pytest.importorskip("z3")


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    text = text_2022().replace("满意度<80%的, 得1分", "满意度<80%的, 得0分")
    text = text.replace("总分值：100分", "性质：示例修订\n总分值：100分")
    path = tmp_path / "新.rubric"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_text_names_the_change_its_meaning_and_a_department(
    newer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", "2022", str(newer)]) == 0
    printed = capsys.readouterr().out
    for words in (
        "示例修订",
        "【分档调整】「公众或服务对象满意度」",
        "更严",
        "满意度小于 80% 时",
        "原标准得 1.00 分，新标准得 0.00 分",
    ):
        assert words in printed


def test_the_document_has_changes_and_unchanged(newer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "2022", str(newer), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    (change,) = document["changes"]
    assert {"kind", "indicator", "clause", "meaning", "witness", "text_old", "text_new"} <= change.keys()
    assert change["meaning"] == "更严"
    assert (change["witness"]["old"]["score"], change["witness"]["new"]["score"]) == ("1.00", "0.00")
    assert len(document["unchanged"]) == 20
    assert {one["meaning"] for one in document["unchanged"]} == {"等价"}


def test_a_rubric_and_itself_have_no_changes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "2022", "2022", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []
