"""Files are read as texts or refused by name, and never written over."""

from pathlib import Path

from rubric.files import read_source, write_new


def test_a_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text("甲: 1\n", encoding="utf-8")
    source = read_source(path, "甲.yaml")
    assert source.diagnostics == ()
    assert source.value is not None
    assert (source.value.name, source.value.text) == ("甲.yaml", "甲: 1\n")


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    for name in ("没有.yaml", ".", "\0"):
        source = read_source(tmp_path / name, name)
        assert source.value is None
        assert [d.code for d in source.diagnostics] == ["R1220"]


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "数据.yaml"
    assert write_new(path, "甲\n") is None
    again = write_new(path, "乙\n")
    assert again is not None
    assert again.code == "R1215"
    assert path.read_text(encoding="utf-8") == "甲\n"
    nowhere = write_new(tmp_path / "没有" / "数据.yaml", "甲\n")
    assert nowhere is not None
    assert nowhere.code == "R1221"
