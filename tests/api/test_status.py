"""正式, 示例修订, 草案 or nothing: what the head says, else what the description beside the file says."""

from pathlib import Path

import pytest

import rubric

_BODY = "指标体系：示例\n评价年度：2099年\n{}三级指标 甲（1分）\n  评分标准\n    1. 目标明确（1分）。\n"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("", ""),
        ("状态：示例修订\n", "示例修订"),
        ("性质：示例修订\n", "示例修订"),
        ("性质：草案\n", "草案"),
        ("状态：正式\n", "正式"),
    ],
)
def test_the_status_is_what_the_head_says(line: str, status: str) -> None:
    assert rubric.compile(_BODY.format(line)).program.status == status


def test_a_file_without_a_status_is_not_called_official(tmp_path: Path) -> None:
    (tmp_path / "甲.rubric").write_text(_BODY.format(""), encoding="utf-8")
    result = rubric.load(tmp_path / "甲.rubric").score({})
    assert "【" not in result.to_text().splitlines()[0]
    described = result.to_dict()["rubric"]
    assert isinstance(described, dict)
    assert described["status"] is None


def test_the_description_beside_a_file_gives_its_status(tmp_path: Path) -> None:
    (tmp_path / "甲.rubric").write_text(_BODY.format(""), encoding="utf-8")
    (tmp_path / "edition.yaml").write_text("印发单位: 示例财政局\n评价年度: 2099\n状态: 正式\n", encoding="utf-8")
    assert rubric.load(tmp_path / "甲.rubric").program.status == "正式"
    assert rubric.load("2022").program.status == "正式"
