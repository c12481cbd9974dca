"""The issued text stands in the rubric as it was issued, and what was added is less than what was issued."""

import re
import sys
from collections.abc import Iterator

import pytest

import edition_2022 as edition
from annex import Kept, Row, compare, plain, rows, sentences
from checkout import ROOT
from rubric.source import SourceText
from rubric.syntax.lines import RawIndicator, outline
from rubric.syntax.placing import content_lines

ROWS = rows(edition.ANNEX.read_text("utf-8"))
LEAST_SHARE = 9_500


def _indicators() -> dict[str, RawIndicator]:
    source = edition.source()
    names = [i.name for i in edition.program().indicators]
    return dict(zip(names, outline(source).indicators, strict=True))


def _cells() -> dict[str, str]:
    return {name: _joined(edition.source(), raw) for name, raw in _indicators().items()}


def _joined(source: SourceText, raw: RawIndicator) -> str:
    return "\n".join(source.slice(span) for span in raw.cell)


def _kept() -> Kept:
    return compare(tuple((row.name, row.standard) for row in ROWS), _cells())


def test_the_standards_are_kept_as_issued(capsys: pytest.CaptureFixture[str]) -> None:
    """Prints the share of characters kept; each departure is a line of the edition's README."""
    kept = _kept()
    share = kept.share_in_hundredths_of_a_percent
    with capsys.disabled():
        sys.stdout.write(
            f"\n附件评分标准共 {kept.sentences} 句 {kept.characters} 字，"
            f"照录 {share / 100:.2f}%，不同 {len(kept.departures)} 句\n"
        )
        sys.stdout.writelines(f"  {name}：{sentence}\n" for name, sentence in kept.departures)
    assert share >= LEAST_SHARE
    readme = plain((edition.FOLDER / "README.md").read_text("utf-8"))
    assert [sentence for _, sentence in kept.departures if sentence not in readme] == []


def test_nothing_is_added_to_the_issued_cells() -> None:
    issued = {row.name: plain(row.standard) for row in ROWS}
    added = [
        (name, sentence)
        for name, cell in _cells().items()
        for sentence in sentences(cell)
        if sentence not in issued[name]
    ]
    assert added == []


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_each_row_of_the_annex(row: Row) -> None:
    found = next(i for i in edition.program().indicators if i.name == row.name)
    assert found.path == (row.dimension, row.category)
    assert found.points * 100 == int(row.points.replace(".", ""))
    assert edition.case_record().claimed[row.name] * 100 == int(row.claimed.replace(".", ""))


def test_the_descriptions_are_kept_as_issued() -> None:
    descriptions = {i.name: i.description for i in edition.program().indicators}
    kept = compare(tuple((row.name, row.description) for row in ROWS), descriptions)
    assert len(ROWS) == 21
    assert kept.departures == ()


# --- issued lines and added lines -------------------------------------------------------------------------------------


def issued_lines() -> tuple[int, int]:
    """Lines of 评分标准 and of 指标说明; the headings with 分值 are issued too, and not counted."""
    found = _indicators().values()
    return sum(len(raw.cell) for raw in found), sum(len(raw.description) for raw in found)


def added_lines() -> tuple[int, int]:
    """Lines of 数据 and 口径 inside the indicators; and those above them: 注, 计分办法, 共用数据."""
    top = outline(edition.source())
    inside = sum(len(raw.data) + len(raw.basis) for raw in _indicators().values())
    return inside, len(top.notes) + len(top.scoring) + len(top.shared)


def _sections() -> Iterator[str]:
    """The section that each content line stands under, by reading the file line by line."""
    section = "开头"
    source = edition.source()
    for span in content_lines(source):
        line = source.slice(span)
        if re.match("[一二三]级指标 ", line):
            section = "标题"
        elif line in ("指标说明", "评分标准", "数据", "口径", "共用数据") or line.startswith("计分办法"):
            section = line[:4]
        else:
            yield "注" if line.startswith("注：") and section == "开头" else section


def test_fewer_lines_are_added_than_issued() -> None:
    """Inside the indicators less than the standards alone; in all less than what is issued."""
    assert added_lines()[0] < issued_lines()[0]
    assert sum(added_lines()) < sum(issued_lines())


def test_the_counts_agree_with_a_plain_reading() -> None:
    lines = list(_sections())
    assert (lines.count("评分标准"), lines.count("指标说明")) == issued_lines()
    assert lines.count("数据") + lines.count("口径") == added_lines()[0]
    assert sum(lines.count(section) for section in ("注", "计分办法", "共用数据")) == added_lines()[1]


def test_the_readme_states_the_counts_and_the_share() -> None:
    readme = (edition.FOLDER / "README.md").read_text("utf-8")
    kept = _kept()
    assert all(f"{count} 行" in readme for count in (*issued_lines(), *added_lines(), sum(added_lines())))
    assert f"{kept.characters} 字" in readme
    assert f"{kept.sentences} 句" in readme


def test_every_reading_is_explained_in_the_readme() -> None:
    """Each 口径 with alternatives stands in the README with the reading taken."""
    readme = plain((edition.FOLDER / "README.md").read_text("utf-8"))
    missing = [
        choice.name
        for choice in edition.program().choices
        if plain(choice.name) not in readme or plain(choice.alternatives[choice.default].name) not in readme
    ]
    assert missing == []


def test_the_sources_are_part_of_the_edition() -> None:
    assert edition.ANNEX.is_relative_to(ROOT / "rubrics" / "2022")
