"""A year is started from an earlier one: only what speaks of the edition changes, and nothing is called issued."""

from pathlib import Path

import pytest

import rubric
from rubric.cli import main
from rubric.core.fingerprint import indicator_meanings
from rubric.editions.metadata import read_metadata
from rubric.editions.succession import draft_of
from rubric.source import SourceText

TABLE = """\
注：本表为印发文本。
指标体系：示例评分表
性质：正式
评价年度：2099年（2100年印发）
总分值：5分

一级指标 管理
三级指标 制度（2分）
  评分标准
    1. 制度健全（2分）。
    注：制度指2099年有效的制度。
  口径
    上年指标：制度建设
三级指标 满意度（3分）
  评分标准
    1. 满意度≥90%的，得3分；
    2. 满意度<90%的，得1分。
  数据
    满意度：%，0%-100%
  口径
    上年指标：满意程度
    说明：按调查结果
"""
DRAFT = """\
注：本表为 2100 年度草案，由 2099 年度评分表起草，尚未印发；未改动的文字沿用 2099 年度的。
指标体系：示例评分表
性质：草案（由 2099 年度评分表起草，尚未印发）
评价年度：2100年（2101年印发）
总分值：5分

一级指标 管理
三级指标 制度（2分）
  评分标准
    1. 制度健全（2分）。
    注：制度指2099年有效的制度。
三级指标 满意度（3分）
  评分标准
    1. 满意度≥90%的，得3分；
    2. 满意度<90%的，得1分。
  数据
    满意度：%，0%-100%
  口径
    说明：按调查结果
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "rubrics" / "2099"
    (place / "cases").mkdir(parents=True)
    (place / "edition.yaml").write_text("印发单位: 示例市财政局\n文号: 某\n评价年度: 2099\n状态: 正式\n", "utf-8")
    (place / "示例.rubric").write_text(TABLE, "utf-8")
    (place / "cases" / "甲.yaml").write_text("用例: []\n", "utf-8")
    return tmp_path / "rubrics"


def test_only_what_speaks_of_the_edition_changes() -> None:
    draft = draft_of(SourceText("示例", TABLE), 2100, 2099, 2100)
    assert draft.text == DRAFT
    assert (draft.fiscal_year, draft.issued_year) == (2100, 2101)
    assert draft.renamings == ("上年指标：制度建设", "上年指标：满意程度")
    assert draft.mentions == ((11, "注：制度指2099年有效的制度。"),)


def test_a_head_that_says_little_is_completed() -> None:
    draft = draft_of(SourceText("示例", "三级指标 甲（1分）\n  评分标准\n    1. 目标明确（1分）。\n"), 2100, 2099, None)
    head = draft.text.splitlines()[:3]
    assert head[1:] == ["性质：草案（由 2099 年度评分表起草，尚未印发）", "评价年度：2100年"]


def test_a_draft_is_written_and_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "2100年度", "--from", "2099"]) == 0
    told = capsys.readouterr().out
    assert "已起草 rubrics/2100（草案，由 2099 起草）" in told
    assert "用例 1 份" in told
    assert "11  注：制度指2099年有效的制度。" in told
    made = folder / "2100"
    assert sorted(p.name for p in made.iterdir()) == ["edition.yaml", "示例.rubric"]
    assert (made / "示例.rubric").read_text("utf-8") == DRAFT

    table, before = rubric.load("2100"), rubric.load("2099")
    assert table.errors == ()
    assert (table.program.fiscal_year, table.program.issued_year, table.program.status) == (2100, 2101, "草案")
    assert indicator_meanings(table.program) == indicator_meanings(before.program)
    edition = read_metadata(SourceText("edition.yaml", (made / "edition.yaml").read_text("utf-8"))).value
    assert edition is not None
    assert (edition.status, edition.issuer, edition.number, edition.issued_year) == ("草案", "", "", 2101)
    assert before.program.meaning_sha256[:8] in edition.sources[0]


def test_a_draft_is_never_locked_or_called_issued(folder: Path) -> None:
    assert main(["new", "2100", "--from", "2099"]) == 0
    assert main(["lock", "2100"]) == 2
    assert "草案" in rubric.load("2100").score({}).to_text().splitlines()[0]


def test_nothing_is_written_over(folder: Path) -> None:
    (folder / "2100").mkdir()
    (folder / "2100" / "自己的.txt").write_text("自己的", "utf-8")
    assert main(["new", "2100", "--from", "2099"]) == 2
    assert [p.name for p in (folder / "2100").iterdir()] == ["自己的.txt"]
    (folder / "2101").symlink_to(folder / "没有")
    assert main(["new", "2101", "--from", "2099"]) == 2
    assert sorted(p.name for p in folder.iterdir()) == ["2099", "2100", "2101"]


def test_from_a_path_into_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "我的.rubric").write_text(TABLE, "utf-8")
    assert main(["new", "2100", "--from", "我的.rubric"]) == 0
    assert (tmp_path / "rubrics" / "2100" / "我的.rubric").read_text("utf-8") == DRAFT
    assert (tmp_path / "我的.rubric").read_text("utf-8") == TABLE


def test_every_rubric_of_an_edition_is_drafted(folder: Path) -> None:
    (folder / "2099" / "另一份.rubric").write_text(TABLE, "utf-8")
    assert main(["new", "2100", "--from", "2099"]) == 0
    assert sorted(p.name for p in (folder / "2100").iterdir()) == ["edition.yaml", "另一份.rubric", "示例.rubric"]


def test_the_packaged_edition_can_be_started_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "2023", "--from", "2022"]) == 0
    table = rubric.load("2023")
    assert (table.program.fiscal_year, table.program.status) == (2023, "草案")
    assert indicator_meanings(table.program) == indicator_meanings(rubric.load("2022").program)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["2100"], "R1212"),
        (["明年", "--from", "2099"], "R1232"),
        (["2099", "--from", "2099"], "R0862"),
        (["2098", "--from", "2099"], "R0863"),
        (["2100", "--from", "2097"], "R0821"),
        (["2100", "--from", "没有.rubric"], "R1220"),
    ],
)
def test_what_cannot_be_started_is_explained(
    folder: Path, arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", *arguments]) == 2
    assert f"[{code}]" in capsys.readouterr().err
    assert [p.name for p in folder.iterdir()] == ["2099"]
