"""A kept program is the compiled one, and whatever is wrong with a kept file only means compiling again."""

import pickle
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

import rubric
from rubric import cache
from rubric.core.program import Program
from rubric.diagnostics.model import Checked
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

SOURCE = SourceText("示例.rubric", "指标体系：示例\n三级指标 项目完成（5分）\n  评分标准\n    按期完成的，酌情给分。\n")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("RUBRIC_CACHE", raising=False)
    return tmp_path / "rubric-lang"


def kept(folder: Path) -> list[Path]:
    return list(folder.glob("*.program"))


def test_what_is_kept_is_what_was_compiled(folder: Path) -> None:
    first = cache.compiled(SOURCE)
    assert len(kept(folder)) == 1
    again = cache.compiled(SOURCE)
    fresh = compile_rubric(SOURCE)
    assert first.value == again.value == fresh.value
    assert again.value.source_sha256 == fresh.value.source_sha256
    assert again.value.meaning_sha256 == fresh.value.meaning_sha256
    assert [d.title for d in again.diagnostics] == [d.title for d in fresh.diagnostics]


def test_another_text_or_name_is_compiled_anew(folder: Path) -> None:
    cache.compiled(SOURCE)
    cache.compiled(SourceText(SOURCE.name, SOURCE.text + "\n"))
    cache.compiled(SourceText("另一份.rubric", SOURCE.text))
    assert len(kept(folder)) == 3


@pytest.mark.parametrize("content", [b"", b"not a pickle", pickle.dumps({"value": 1})])
def test_a_damaged_file_is_replaced(folder: Path, content: bytes) -> None:
    done = cache.compiled(SOURCE)
    (path,) = kept(folder)
    path.write_bytes(content)
    assert cache.compiled(SOURCE).value == done.value
    assert path.read_bytes() != content


def test_it_can_be_switched_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUBRIC_CACHE", "off")
    cache.compiled(SOURCE)
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "文件"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.delenv("RUBRIC_CACHE", raising=False)
    assert cache.compiled(SOURCE).value == compile_rubric(SOURCE).value


def test_a_program_of_an_older_layout_is_compiled_anew(folder: Path) -> None:
    done = cache.compiled(SOURCE)
    (path,) = kept(folder)

    class Older:
        def __reduce__(self) -> tuple[object, ...]:
            return (_older, ())

    path.write_bytes(pickle.dumps(Older()))
    assert cache.compiled(SOURCE).value == done.value


def _older() -> Checked[Program]:
    older = Program.__new__(Program)
    object.__setattr__(older, "title", "旧")
    return Checked(older)


TABLE_TEXT = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：5分
三级指标 满意情况（5分）
  评分标准
    满意度≥90%的，得5分；满意度＜90%的，得3分。
  数据
    满意度：%，0%-100%
"""


def worked(folder: Path) -> list[Path]:
    return list(folder.glob("*.worked"))


def test_what_a_check_works_out_is_kept_as_it_was(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "示例.rubric"
    path.write_text(TABLE_TEXT, encoding="utf-8")
    first, again = (rubric.load(path) for _ in range(2))
    shown = [table.checked().to_dict(table.study(), table.readings_of(())) for table in (first, again)]
    assert len(worked(folder)) == 3
    anew = rubric.compile(TABLE_TEXT, str(path))
    assert shown[0] == shown[1] == anew.checked().to_dict(anew.study(), anew.readings_of(()))


def test_another_text_is_checked_anew(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "示例.rubric"
    for text, found in ((TABLE_TEXT, False), (TABLE_TEXT.replace("＜90%", "＜80%"), True)):
        path.write_text(text, encoding="utf-8")
        codes = {finding.code for finding in rubric.load(path).checked(prove=False).diagnostics}
        assert ("R0503" in codes) is found


def test_a_program_changed_by_hand_is_worked_out_anew(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "示例.rubric"
    path.write_text(TABLE_TEXT, encoding="utf-8")
    table = rubric.load(path)
    table.checked(prove=False)
    lower = attrs.evolve(table, program=attrs.evolve(table.program, points=Fraction(4)))
    assert lower.checked(prove=False).proofs is not None
    assert len(worked(folder)) == 1


def test_what_the_solver_did_not_settle_is_tried_again(folder: Path) -> None:
    tries: list[int] = []

    def work() -> Checked[int]:
        tries.append(len(tries))
        return Checked(len(tries))

    for _ in range(2):
        cache.worked_out(SOURCE, (), Checked, work, lambda found: found.value > 1)
    assert cache.worked_out(SOURCE, (), Checked, work, lambda _: True).value == 2


def test_a_damaged_file_is_worked_out_anew(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "示例.rubric"
    path.write_text(TABLE_TEXT, encoding="utf-8")
    proofs = rubric.load(path).checked(prove=False).proofs
    (kept_file,) = worked(folder)
    kept_file.write_bytes(b"not a pickle")
    assert rubric.load(path).checked(prove=False).proofs == proofs
