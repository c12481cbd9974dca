"""The ten changes of the 2023 edition, each once and under its kind; all else is proved equal."""

from functools import cache

import pytest

from rubric.api import load
from rubric.reporting.diff_document import diff_document
from rubric.reporting.diff_page import diff_page
from rubric.reporting.revision_words import proof_words
from rubric.revision.changes import Kind, Meaning, Revision
from rubric.revision.compare import compare

pytest.importorskip("z3")

# By the numbers of the edition's own list of changes; 5 and 9 are two changes each.
CHANGES = {
    "1": (Kind.READING, "预算执行率", "5", Meaning.EQUAL),
    "2": (Kind.READING, "财务合规性", "2", Meaning.EQUAL),
    "3": (Kind.FORMULA, "项目完成及时性", "", Meaning.INCOMPARABLE),
    "4": (Kind.BANDS, "公众或服务对象满意度", "", Meaning.STRICTER),
    "5, points": (Kind.POINTS, "社会效益、经济效益、生态效益等", "", Meaning.INCOMPARABLE),
    "5, a new indicator": (Kind.ADDED, "绩效管理工作质量", "", Meaning.INCOMPARABLE),
    "6": (Kind.BANDS, "编外人员控制率", "", Meaning.LOOSER),
    "7": (Kind.READING, "政府采购执行情况", "1", Meaning.EQUAL),
    "8": (Kind.TOTAL, "", "", Meaning.STRICTER),
    "9, a name": (Kind.RENAMED, "绩效指标明确性", "", Meaning.EQUAL),
    "9, a place": (Kind.MOVED, "公众或服务对象满意度", "", Meaning.EQUAL),
    "10": (Kind.GRADES, "", "", Meaning.EQUAL),
}


@cache
def revision() -> Revision:
    return compare(load("2022").program, load("2023").program)


def test_each_change_is_reported_once_under_its_kind() -> None:
    found = [(c.kind, c.indicator, c.path, c.meaning) for c in revision().changes]
    assert sorted(found) == sorted(CHANGES.values())


def test_all_other_indicators_are_proved_equal() -> None:
    changed = {c.indicator for c in revision().changes if c.kind not in (Kind.RENAMED, Kind.MOVED)}
    assert {one.indicator for one in revision().unchanged} == {i.name for i in revision().new.indicators} - changed
    assert {one.meaning for one in revision().unchanged} == {Meaning.EQUAL}


@pytest.mark.parametrize("number", CHANGES)
def test_a_change_has_its_department_or_its_proof(number: str) -> None:
    kind, indicator, _, meaning = CHANGES[number]
    change = next(c for c in revision().changes if (c.kind, c.indicator) == (kind, indicator))
    match meaning:
        case Meaning.EQUAL:
            assert not change.verdict.witnesses
            if kind is Kind.READING:
                assert any(one.witness is not None for one in change.settled)
        case _ if kind is Kind.ADDED:
            assert change.data_added
        case _:
            for witness in change.verdict.witnesses:
                assert witness.old.score is not None
                assert witness.new.score is not None
                assert (witness.new.score < witness.old.score) == (witness.direction is Meaning.STRICTER)
            assert change.verdict.witnesses


def test_the_page_and_the_document_say_that_the_edition_is_an_example() -> None:
    assert "示例修订" in diff_page(revision())
    assert "示例修订" in str(diff_document(revision())["new"])


def test_points_that_go_to_a_new_indicator_are_traced_both_ways() -> None:
    points = next(c for c in revision().changes if c.kind is Kind.POINTS)
    added = next(c for c in revision().changes if c.kind is Kind.ADDED)
    assert ("去向", "", "新增的「绩效管理工作质量」（5 分）") in points.of
    assert ("来源", "", "由「社会效益、经济效益、生态效益等」减少的 5 分") in added.of


def test_a_proof_that_rests_on_a_likeness_of_names_says_so() -> None:
    change = next(c for c in revision().changes if c.indicator == "财务合规性")
    assert proof_words(change) == "以下述视同为前提，已证明：无论数据如何，得分都相同"
    other = next(c for c in revision().changes if c.indicator == "政府采购执行情况")
    assert proof_words(other) == "已证明：无论数据如何，得分都相同"
