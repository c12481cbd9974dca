"""`rubric fmt`: what is written, what is only told, what is refused; the exit codes."""

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from rubric.cli import main
from rubric.formatter.document import format_document
from rubric.syntax import ast

LOOSE = "指标体系: 示例\n三级指标：会议管理（2分）\n评分标准\n会议费实行限额管理（2分）。\n"
HOUSE = "指标体系：示例\n\n三级指标 会议管理（2分）\n  评分标准\n    会议费实行限额管理（2分）。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "甲.rubric").write_text(LOOSE, "utf-8")
    (tmp_path / "下级").mkdir()
    (tmp_path / "下级" / "乙.rubric").write_text(HOUSE, "utf-8")
    (tmp_path / "下级" / "说明.txt").write_text("不是评分表", "utf-8")
    return tmp_path


def test_a_file_is_laid_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "甲.rubric"]) == 0
    assert (folder / "甲.rubric").read_text("utf-8") == HOUSE
    assert capsys.readouterr().out == "已排版：甲.rubric\n1 个文件已排版\n"
    assert main(["fmt", "甲.rubric"]) == 0
    assert capsys.readouterr().out == "1 个文件无需改动\n"
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_a_folder_is_all_its_rubrics(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", ".", "甲.rubric"]) == 0
    assert capsys.readouterr().out == "已排版：甲.rubric\n1 个文件已排版，1 个文件无需改动\n"


def test_check_writes_nothing_and_names_the_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", ".", "--check"]) == 1
    assert capsys.readouterr().out == "需要排版：甲.rubric\n1 个文件需要排版，1 个文件无需改动\n"
    assert (folder / "甲.rubric").read_text("utf-8") == LOOSE
    assert main(["fmt", "下级", "--check"]) == 0


def test_diff_writes_nothing_and_can_be_applied(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    crlf = LOOSE.replace("\n", "\r\n").removesuffix("\r\n").encode()
    (folder / "甲.rubric").write_bytes(crlf)
    assert main(["fmt", "甲.rubric", "--diff"]) == 0
    assert (folder / "甲.rubric").read_bytes() == crlf
    diff = capfdbinary.readouterr().out
    assert b"-\xe4" in diff and b"\\ No newline at end of file" in diff
    assert main(["fmt", "甲.rubric", "--diff", "--check"]) == 1


def test_standard_input_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for arguments, printed, code in (([], HOUSE, 0), (["--check"], "需要排版：标准输入\n1 个文件需要排版\n", 1)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LOOSE.encode())))
        assert main(["fmt", "-", *arguments]) == code
        assert capfdbinary.readouterr().out.decode() == printed


def test_mark_line_ends_permissions_and_links_stay(folder: Path) -> None:
    path, link = folder / "丙.rubric", folder / "链.rubric"
    path.write_bytes(b"\xef\xbb\xbf" + LOOSE.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    link.symlink_to(path)
    assert main(["fmt", "链.rubric"]) == 0
    assert path.read_bytes() == b"\xef\xbb\xbf" + HOUSE.replace("\n", "\r\n").encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert link.is_symlink()


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("无", None, "没有找到文件「无」"),
        ("记录.rubric", "甲：乙\n丙：丁\n".encode(), "没有排版：里面没有三级指标"),
        ("旧.rubric", LOOSE.encode("gb18030"), "编码，应为 UTF-8"),
    ],
)
def test_what_is_no_rubric_is_refused_and_the_others_are_laid_out(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, raw: bytes | None, words: str
) -> None:
    if raw is not None:
        (folder / name).write_bytes(raw)
    assert main(["fmt", name, "甲.rubric"]) == 2
    assert words in capsys.readouterr().err
    assert (folder / "甲.rubric").read_text("utf-8") == HOUSE
    if raw is not None:
        assert (folder / name).read_bytes() == raw


def test_a_file_whose_meaning_would_change_stays(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layout is asked to lose a line: the text read again says so."""

    def losing(document: ast.Document) -> str:
        return format_document(document).replace("限额", "")

    monkeypatch.setattr("rubric.formatted.format_document", losing)
    assert main(["fmt", "甲.rubric"]) == 2
    assert "排好以后意思会变" in capsys.readouterr().err
    assert (folder / "甲.rubric").read_text("utf-8") == LOOSE


@pytest.mark.skipif(os.name != "posix", reason="permissions of folders")
def test_a_folder_that_cannot_be_written_leaves_the_file_whole(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "replace", refused)
        assert main(["fmt", "甲.rubric"]) == 2
    assert "写不进去" in capsys.readouterr().err
    assert (folder / "甲.rubric").read_text("utf-8") == LOOSE
    assert sorted(path.name for path in folder.iterdir()) == ["下级", "甲.rubric"]


def test_the_shipped_rubrics_are_laid_out() -> None:
    from checkout import ROOT

    run = subprocess.run(
        [sys.executable, "-m", "rubric", "fmt", str(ROOT / "rubrics"), "--check"], capture_output=True, check=False
    )
    assert run.returncode == 0, run.stdout.decode()
