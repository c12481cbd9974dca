"""The name of a rubric leads to its file, or to a finding that says what to write instead."""

from pathlib import Path

import pytest

from rubric.editions import EditionStatus, Origin, find, list_editions
from rubric.editions.metadata import read_metadata
from rubric.locate import data_folder
from rubric.source import SourceText


def write(folder: Path, *names: str, text: str = "") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def codes(name: str, start: Path) -> list[str]:
    return [diagnostic.code for diagnostic in find(name, start).diagnostics]


def test_a_path_is_taken_as_it_is_given(tmp_path: Path) -> None:
    write(tmp_path, "表/教学.rubric")
    found = find("表/教学.rubric", tmp_path).value
    assert found is not None
    assert (found.path, found.origin, found.name) == (tmp_path / "表/教学.rubric", Origin.LOCAL, "表/教学.rubric")


@pytest.mark.parametrize("name", ["2099", "２０９９", "2099年", "2099年度", "2099/教学", "2099/教学.rubric"])
def test_an_edition_is_found_from_below(tmp_path: Path, name: str) -> None:
    write(tmp_path, "rubrics/2099/教学.rubric")
    (tmp_path / "甲/乙").mkdir(parents=True)
    found = find(name, tmp_path / "甲/乙").value
    assert found is not None
    assert (found.path, found.name) == (tmp_path / "rubrics/2099/教学.rubric", "2099/教学.rubric")


def test_a_local_edition_goes_before_the_packaged_one(tmp_path: Path) -> None:
    write(tmp_path, "rubrics/2022/本地.rubric")
    found = find("2022", tmp_path).value
    assert found is not None
    assert found.origin is Origin.LOCAL


def test_a_local_folder_of_facts_does_not_hide_the_packaged_edition(tmp_path: Path) -> None:
    write(tmp_path, "rubrics/2022/cases/甲.yaml")
    listed = {edition.name: edition for edition in list_editions(tmp_path)}
    assert listed["2022"].origin is Origin.PACKAGED
    assert listed["2022"].folder == data_folder("rubrics") / "2022"


def test_several_rubrics_are_asked_about(tmp_path: Path) -> None:
    write(tmp_path, "rubrics/2099/教学.rubric", "rubrics/2099/科研.rubric")
    checked = find("2099", tmp_path)
    assert checked.value is None
    assert [diagnostic.code for diagnostic in checked.diagnostics] == ["R0822"]
    assert "2099/教学 或 2099/科研" in checked.diagnostics[0].remedy


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("2098", "R0821"),
        ("", "R1220"),
        ("..", "R1220"),
        ("../rubrics", "R0821"),
        ("2099/../2099", "R0823"),
        ("甲\0乙", "R0821"),
        ("2099/数学", "R0823"),
        ("没有.rubric", "R1220"),
        ("rubrics/2099", "R1220"),
    ],
)
def test_what_is_not_found_is_explained(tmp_path: Path, name: str, code: str) -> None:
    write(tmp_path, "rubrics/2099/教学.rubric")
    assert codes(name, tmp_path) == [code]


def test_an_unknown_edition_lists_the_known_ones(tmp_path: Path) -> None:
    write(tmp_path, "rubrics/2099/教学.rubric")
    (diagnostic,) = find("2098", tmp_path).diagnostics
    assert "2022（随附）、2023（随附）、2099（本地）" in diagnostic.remedy


def test_a_missing_file_suggests_its_neighbour(tmp_path: Path) -> None:
    write(tmp_path, "表/部门整体支出.rubric")
    (diagnostic,) = find("表/部门整体支岀.rubric", tmp_path).diagnostics
    assert "表/部门整体支出.rubric" in diagnostic.remedy


def test_a_wrong_description_does_not_hide_the_rubric(tmp_path: Path) -> None:
    write(tmp_path, "rubrics/2099/教学.rubric")
    write(tmp_path, "rubrics/2099/edition.yaml", text="状态: 定稿")
    checked = find("2099", tmp_path)
    assert checked.value is not None
    assert checked.value.edition is None
    assert [diagnostic.code for diagnostic in checked.diagnostics] == ["R0827", "R0826"]


def test_the_shipped_edition_states_its_issue() -> None:
    path = data_folder("rubrics") / "2022" / "edition.yaml"
    checked = read_metadata(SourceText("2022/edition.yaml", path.read_text("utf-8")))
    assert checked.diagnostics == ()
    assert checked.value is not None
    assert checked.value.issuer == "深圳市罗湖区财政局"
    assert checked.value.number == "罗财函〔2023〕232号"
    assert (checked.value.fiscal_year, checked.value.issued_year) == (2022, 2023)
    assert checked.value.status is EditionStatus.OFFICIAL


GOOD = "评价年度: 2099\n状态: 示例修订\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD, []),
        ("\ufeff" + GOOD, []),
        (GOOD.replace("\n", "\r\n"), []),
        (GOOD + "文号:\n", []),
        (GOOD + "文号: 2023-01-01\n", []),
        (GOOD + "文好: 某\n", ["R0825"]),
        (GOOD + "状态: 正式\n", ["R0829"]),
        ("评价年度: 2099\n状态: 正式\n", ["R0826"]),
        ("评价年度: 99\n状态: 正式\n印发单位: 某\n", ["R0827"]),
        (GOOD + "语言版本: 2\n", ["R0830"]),
        (GOOD + "语言版本: 1.0\n", ["R0827"]),
        (GOOD + "来源: 报告\n", ["R0827"]),
        (GOOD + "来源: [报告, [附件]]\n", ["R0827"]),
        (GOOD + "? [a]\n: b\n", ["R0825"]),
        ("", ["R0829"]),
        ("- 2099\n", ["R0829"]),
        ("评价年度: [", ["R0829"]),
        ("评价年度: \x01", ["R0829"]),
        ("[" * 5000, ["R0829"]),
        ("评价年度: &a [x]\n状态: *b\n", ["R0829"]),
    ],
)
def test_a_description_is_read_without_guessing(text: str, expected: list[str]) -> None:
    checked = read_metadata(SourceText("edition.yaml", text))
    assert [diagnostic.code for diagnostic in checked.diagnostics] == expected
    assert (checked.value is None) == bool(expected)
