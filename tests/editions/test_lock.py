"""An issued edition is held to what it was when it was locked, and a difference is shown where it stands."""

from pathlib import Path

import attrs
import pytest
from hypothesis import given, strategies as st

import rubric
from rubric.api import open_rubric
from rubric.cli import main
from rubric.diagnostics.model import Diagnostic
from rubric.editions.changed_text import changes
from rubric.editions.lock import Accepted, Lock, LockedRubric, lock_text, read_lock
from rubric.editions.verification import compare
from rubric.locate import data_folder
from rubric.source import SourceText

EDITION = "印发单位: 示例市财政局\n评价年度: 2099\n状态: 正式\n来源:\n  - 示例\n"
TABLE = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）

共用数据
  支出数：万元，不低于0
  预算数：万元，不低于支出数

三级指标 执行率（6分）
  评分标准
    得分=支出数/预算数×6分。
三级指标 满意度（4分）
  指标说明
    反映满意程度。
  评分标准
    1. 满意度≥90%的，得4分；
    2. 满意度<90%的，得1分。
  数据
    满意度：%，0%-100%
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """An edition that is issued and locked."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "rubrics" / "2099"
    place.mkdir(parents=True)
    (place / "edition.yaml").write_text(EDITION, "utf-8")
    (place / "示例.rubric").write_text(TABLE, "utf-8")
    assert main(["lock"]) == 0
    assert "2099：已锁定（评分表 1 份，指标 2 个），记在 rubrics/2099/rubric.lock" in capsys.readouterr().out
    return place


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def found(name: str = "2099") -> list[Diagnostic]:
    return [d for d in open_rubric(name, Path.cwd()).diagnostics if d.code.startswith(("R085", "R086"))]


def test_the_shipped_editions_are_as_they_were_locked() -> None:
    """2022 is issued: whatever is done to the engine or to another year, its text and its meaning stay.

    A finding here says what changed. Where a correction is meant, it is `rubric lock 2022 --accept-change` with a reason.
    """
    folder = data_folder("rubrics") / "2022"
    assert (folder / "rubric.lock").is_file()
    assert [d.title for d in open_rubric("2022", folder.parent.parent).diagnostics if d.code.startswith("R085")] == []


def test_an_unchanged_edition_gives_no_finding(folder: Path) -> None:
    assert found() == []
    assert main(["lock", "--check"]) == 0
    edit(folder / "edition.yaml", "  - 示例", "  - 来源写得更清楚")
    assert found() == []


def test_a_changed_figure_is_shown_in_its_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder / "示例.rubric", "<90%的，得1分", "<90%的，得1.5分")
    (finding,) = found()
    assert (finding.code, finding.place) == ("R0850", "2099/示例.rubric:16:18")
    assert [label.text for label in finding.labels] == ["锁定时为“1”"]
    assert "含义变了的：「满意度」；" in f"{finding.remedy}；"
    assert main(["check", "2099", "--no-prove"]) == 2
    assert main(["lock", "--check"]) == 2
    capsys.readouterr()


def test_a_change_of_words_is_told_from_a_change_of_meaning(folder: Path) -> None:
    edit(folder / "示例.rubric", "反映满意程度。", "反映公众的满意程度。")
    (finding,) = found()
    assert finding.code == "R0851"
    assert "只改了文字、含义没有变的：「满意度」" in finding.remedy
    edit(folder / "示例.rubric", "得分=支出数/预算数×6分", "得分=支出数/预算数×5分")
    (finding,) = found()
    assert finding.code == "R0850"
    assert "含义变了的：「执行率」；只改了文字、含义没有变的：「满意度」" in finding.remedy


def test_an_indicator_whose_words_stay_but_not_its_meaning_is_called_out(folder: Path) -> None:
    edit(folder / "示例.rubric", "预算数：万元，不低于支出数", "预算数：万元，不低于0")
    (finding,) = found()
    assert "「执行率」（文字没有变）" in finding.remedy


def test_added_and_removed_indicators_are_named(folder: Path) -> None:
    text = (folder / "示例.rubric").read_text("utf-8")
    added = "三级指标 制度（4分）\n  评分标准\n    1. 制度健全（4分）。\n"
    (folder / "示例.rubric").write_text(text[: text.index("三级指标 满意度")] + added, "utf-8")
    (finding,) = found()
    assert "「制度」（锁定时没有）、「满意度」（现在没有）" in finding.remedy


def test_a_changed_description_is_told_item_by_item(folder: Path) -> None:
    edit(folder / "edition.yaml", "示例市财政局", "示例区财政局")
    (finding,) = found()
    assert finding.code == "R0853"
    assert "「印发单位」锁定时为「示例市财政局」，现在为「示例区财政局」" in finding.remedy
    (folder / "edition.yaml").unlink()
    assert [d.code for d in found()] == ["R0853"]


def test_calling_it_a_draft_does_not_unlock_it(folder: Path) -> None:
    edit(folder / "edition.yaml", "正式", "草案")
    edit(folder / "示例.rubric", "<90%的，得1分", "<90%的，得2分")
    assert [d.code for d in found()] == ["R0853", "R0850"]


def test_a_rubric_put_beside_the_locked_ones_is_not_issued(folder: Path) -> None:
    (folder / "另一份.rubric").write_text(TABLE, "utf-8")
    assert [d.code for d in found("2099/另一份")] == ["R0854"]
    assert found("2099/示例") == []
    assert main(["lock", "--check"]) == 2


def test_a_score_by_a_changed_edition_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "数据.yaml").write_text("数据:\n  满意度: 80%\n", "utf-8")
    assert main(["score", "2099", str(folder / "数据.yaml")]) == 0
    edit(folder / "示例.rubric", "<90%的，得1分", "<90%的，得2分")
    assert main(["score", "2099", str(folder / "数据.yaml")]) == 2
    assert "错误[R0850]" in capsys.readouterr().err
    assert [d.code for d in rubric.load("2099").errors] == ["R0850"]


def test_another_reading_of_the_same_text_is_found() -> None:
    """The engine has changed: the text is what was locked, its meaning is not."""
    table = rubric.compile(TABLE, "2099/示例.rubric")
    program = table.program
    before = LockedRubric(program.source_sha256, "0" * 64, "0" * 64, {"执行率": "0" * 64})
    (finding,) = compare(before, table.source, program, "2099", "rubric-lang 0.0.1", lambda: None)
    assert finding.code == "R0852"
    assert "锁定时的程序是 rubric-lang 0.0.1，现在是 rubric-lang" in finding.remedy
    assert "「满意度」（锁定时没有）" in finding.remedy


def test_a_changed_edition_is_locked_anew_only_with_a_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock, kept = folder / "rubric.lock", folder / "locked" / "示例.txt"
    before = (lock.read_bytes(), kept.read_bytes())
    old = rubric.load("2099").program
    edit(folder / "示例.rubric", "<90%的，得1分", "<90%的，得2分")
    for arguments in (["lock"], ["lock", "2099"], ["lock", "--check"], ["lock", "--accept-change", "  "]):
        assert main(arguments) == 2
        assert (lock.read_bytes(), kept.read_bytes()) == before
    assert main(["lock", "2099", "--accept-change", "更正：得2分"]) == 0
    capsys.readouterr()
    assert found() == []
    assert kept.read_text("utf-8") == (folder / "示例.rubric").read_text("utf-8")
    read = read_lock(SourceText("锁", lock.read_text("utf-8"))).value
    assert read is not None
    (accepted,) = read.accepted
    assert (accepted.reason, accepted.rubric) == ("更正：得2分", "示例")
    assert (accepted.source_sha256, accepted.meaning_sha256) == (old.source_sha256, old.meaning_sha256)
    assert len(accepted.date) == 10


def test_nothing_to_accept_writes_nothing(folder: Path) -> None:
    before = (folder / "rubric.lock").read_bytes()
    assert main(["lock", "2099", "--accept-change", "没有改动"]) == 0
    assert (folder / "rubric.lock").read_bytes() == before


def test_a_lost_locked_text_is_put_back(folder: Path) -> None:
    kept = folder / "locked" / "示例.txt"
    kept.write_text("改过", "utf-8")
    assert main(["lock", "--check"]) == 2
    assert main(["lock"]) == 0
    assert kept.read_text("utf-8") == TABLE


def test_texts_of_somebody_else_are_not_written_over(folder: Path) -> None:
    (folder / "rubric.lock").unlink()
    kept = folder / "locked" / "示例.txt"
    kept.write_text("别人的", "utf-8")
    assert main(["lock", "2099"]) == 2
    assert kept.read_text("utf-8") == "别人的"


def test_line_ends_and_a_byte_order_mark_are_kept(folder: Path) -> None:
    path = folder / "示例.rubric"
    path.write_bytes(b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").encode())
    assert main(["lock", "2099", "--accept-change", "换行"]) == 0
    assert main(["lock", "--check"]) == 0


# --- laws -------------------------------------------------------------------------------------------------------------

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda name: name == name.strip())
DIGESTS = st.text("0123456789abcdef", min_size=8, max_size=8)
RUBRICS = st.builds(LockedRubric, DIGESTS, DIGESTS, DIGESTS, st.dictionaries(NAMES, DIGESTS))
LOCKS = st.builds(
    Lock,
    st.just("1"),
    NAMES,
    st.dictionaries(st.sampled_from(["印发单位", "文号"]), NAMES),
    st.dictionaries(NAMES, RUBRICS),
    st.lists(st.builds(Accepted, st.just("2099-01-31"), NAMES, NAMES, DIGESTS, DIGESTS)).map(tuple),
)


@given(LOCKS)
def test_a_lock_reads_back(lock: Lock) -> None:
    assert read_lock(SourceText("rubric.lock", lock_text(lock))).value == lock


@given(st.text())
def test_any_other_text_is_a_finding(text: str) -> None:
    read = read_lock(SourceText("rubric.lock", text))
    assert (read.value is None) == bool(read.diagnostics)


LINES = st.lists(st.sampled_from(["得4分", "得40分", "  得4分", "", "满意度≥90%的", "满意度≥9.5%的"]), max_size=6)


@given(LINES, LINES, st.sampled_from(["\n", "\r\n"]))
def test_changes_lie_in_both_texts(old: list[str], new: list[str], end: str) -> None:
    before, after = (SourceText(name, end.join(lines)) for name, lines in (("旧", old), ("新", new)))
    found_changes = changes(before, after)
    for change in found_changes:
        assert after.slice(change.span).strip() == change.after.strip()
        assert change.before in before.text
    if [line for line in old if line] != [line for line in new if line]:
        assert found_changes
    assert changes(after, attrs.evolve(after, name="又")) == ()


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("得4分", "得40分", "4", "40"),
        ("得4分", "得5分", "4", "5"),
        ("≥90%的", "≥92.5%的", "90%", "92.5%"),
        ("不得扣分", "扣分", "不得", ""),
        ("应按期", "应当按期", "", "当"),
    ],
)
def test_only_what_differs_in_a_line_is_shown(old: str, new: str, before: str, after: str) -> None:
    (change,) = changes(SourceText("旧", old), SourceText("新", new))
    assert (change.before, change.after) == (before, after)
