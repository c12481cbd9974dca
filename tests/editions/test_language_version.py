"""An edition is read with the meaning of the version it states, or it is refused by name."""

from pathlib import Path

import pytest

import rubric
from rubric import pipeline
from rubric.core.program import Program
from rubric.diagnostics.model import Checked
from rubric.editions.metadata import UNSTATED_VERSION, language_of, read_metadata
from rubric.language import LANGUAGE_VERSION, READ_VERSIONS
from rubric.source import SourceText

TABLE = "指标体系：示例\n评价年度：2099年\n三级指标 甲（1分）\n  评分标准\n    1. 目标明确（1分）。\n"
GOOD = "评价年度: 2099\n状态: 示例修订\n"


def described(text: str) -> SourceText:
    return SourceText("edition.yaml", text)


def edition(folder: Path, description: str) -> Path:
    (folder / "甲.rubric").write_text(TABLE, encoding="utf-8")
    (folder / "edition.yaml").write_text(description, encoding="utf-8")
    return folder / "甲.rubric"


def test_every_version_that_is_read_has_a_meaning() -> None:
    assert tuple(pipeline._MEANINGS) == READ_VERSIONS  # pyright: ignore[reportPrivateUsage]
    assert READ_VERSIONS[-1] == LANGUAGE_VERSION


@pytest.mark.parametrize("version", READ_VERSIONS)
def test_a_version_that_is_read_is_accepted_and_named_in_the_result(tmp_path: Path, version: int) -> None:
    table = rubric.load(edition(tmp_path, f"{GOOD}语言版本: {version}\n"))
    document = table.score({}).to_dict()["rubric"]
    assert isinstance(document, dict)
    assert document["language_version"] == version == table.program.language_version


def test_the_meaning_of_the_stated_version_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Had the language a second version, an edition of the first would keep the first one's meaning."""
    first = pipeline._version_1  # pyright: ignore[reportPrivateUsage]

    def second(source: SourceText) -> Checked[Program]:
        return first(SourceText(source.name, source.text.replace("甲", "新")))

    monkeypatch.setattr(pipeline, "_MEANINGS", {1: first, 2: second})
    source = SourceText("甲", TABLE)
    assert [pipeline.compile_rubric(source, version).value.indicators[0].name for version in (1, 2)] == ["甲", "新"]
    assert pipeline.compile_rubric(source, 2).value.language_version == 2


@pytest.mark.parametrize(
    ("versions", "remedy"),
    [((1,), "换用更新的 rubric 程序"), ((8, 9), "换用仍读得懂第 7 版的 rubric 程序")],
)
def test_a_version_that_is_not_read_is_refused_by_name(versions: tuple[int, ...], remedy: str) -> None:
    checked = read_metadata(described(GOOD + "语言版本: 7\n"), versions)
    assert checked.value is None
    (finding,) = checked.diagnostics
    assert finding.code == "R0830"
    assert f"第 7 版写成，本程序只读得懂第 {'、'.join(map(str, versions))} 版" in finding.title
    assert remedy in finding.remedy


def test_an_edition_that_states_none_is_of_the_first_version_for_ever() -> None:
    assert language_of(described(GOOD), (1, 2, 3)) == UNSTATED_VERSION == 1
    assert language_of(described(GOOD), (2, 3)) is None
    assert [d.code for d in read_metadata(described(GOOD), (2, 3)).diagnostics] == ["R0830"]


@pytest.mark.parametrize(
    "description",
    [
        GOOD + "语言版本: 99\n",
        GOOD + "语言版本: 二\n",
        GOOD + "语言版本: [1]\n",
        GOOD + "语言版本: 1\n语言版本: 99\n",
        "语言版本: 99\n状态: [",
    ],
)
def test_no_score_is_given_in_an_unknown_meaning(tmp_path: Path, description: str) -> None:
    path = edition(tmp_path, description)
    with pytest.raises(rubric.RubricError) as refused:
        rubric.load(path)
    assert {d.code for d in refused.value.diagnostics} <= {"R0827", "R0829", "R0830"}


def test_what_else_is_wrong_with_a_description_does_not_hide_its_rubric(tmp_path: Path) -> None:
    table = rubric.load(edition(tmp_path, "评价年度: 某年\n语言版本: 1\n"))
    assert {d.code for d in table.errors} == {"R0826", "R0827"}
