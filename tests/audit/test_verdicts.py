"""Each verdict on small rubrics, with what makes it so."""

from fractions import Fraction

import pytest

from claims import (
    ADJUSTMENT,
    MIXED,
    PROJECTS,
    SATISFACTION,
    STAFF,
    asserted,
    assumed,
    program,
    record_of,
    reported,
    verdict_on,
)

CENT_OF_PERCENT, PERCENT = Fraction(1, 10000), Fraction(1, 100)
NO_FACTS = record_of({})
JUDGED = ("综合管理", "制定了管理制度")


def rate(text: str) -> Fraction:
    return Fraction(text) / 100


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [("4", "一致"), ("6", "偏高"), ("4.01", "偏高"), ("3.99", "偏低"), ("1", "偏低"), ("9", "偏高")],
)
def test_a_reported_rate_decides_its_band(claim: str, verdict: str) -> None:
    record = record_of({"满意度": reported(rate("92.85"), CENT_OF_PERCENT)})
    assert verdict_on(program(SATISFACTION), record, claim).verdict == verdict


@pytest.mark.parametrize(
    ("printed", "quantum", "claim", "verdict"),
    [
        # 95% to the percent may be 94.5%: then 4 points.
        ("95", PERCENT, "6", "一致"),
        ("95", PERCENT, "4", "无法核验"),
        ("95", PERCENT, "2", "偏低"),
        ("95", PERCENT, "5", "不可能"),
        # 94% to the percent is below 94.5%, and never 95%.
        ("94", PERCENT, "6", "偏高"),
        # 94.5% in steps of one percent of a percent reaches up to 94.505%, not to 95%.
        ("94.5", CENT_OF_PERCENT, "6", "偏高"),
        # The end of the half-open interval is exactly 95%, and is not reached.
        ("94.5", PERCENT, "6", "偏高"),
        ("95.5", PERCENT, "4", "偏低"),
        # 100% cannot be exceeded.
        ("100", PERCENT, "6", "一致"),
    ],
)
def test_a_rate_printed_rounded_is_an_interval(printed: str, quantum: Fraction, claim: str, verdict: str) -> None:
    record = record_of({"满意度": reported(rate(printed), quantum)})
    assert verdict_on(program(SATISFACTION), record, claim).verdict == verdict


@pytest.mark.parametrize(
    ("claim", "verdict"), [("6", "无法核验"), ("1", "无法核验"), ("5", "不可能"), ("0.5", "偏低"), ("6.01", "偏高")]
)
def test_a_missing_rate_leaves_the_bands_and_nothing_between(claim: str, verdict: str) -> None:
    found = verdict_on(program(SATISFACTION), NO_FACTS, claim)
    assert found.verdict == verdict
    if claim == "5":
        assert found.below is not None and found.above is not None
        assert (found.below.score, found.above.score) == (4, 6)


@pytest.mark.parametrize(("claim", "verdict"), [("0.5", "无法核验"), ("0", "无法核验"), ("0.7", "不可能")])
def test_a_count_without_limit_is_searched_to_its_end(claim: str, verdict: str) -> None:
    record = record_of({"在编人数": reported(Fraction(75)), "编外人员数": assumed(Fraction(31))})
    assert verdict_on(program(STAFF), record, claim).verdict == verdict


def test_a_score_that_needs_an_assumed_or_asserted_fact_is_not_consistent() -> None:
    planned = reported(Fraction(7))
    for done, verdict in (
        (reported(Fraction(7)), "一致"),
        (assumed(Fraction(7)), "无法核验"),
        (asserted(Fraction(7)), "无法核验"),
    ):
        record = record_of({"已完成项目数": done, "计划完成项目总数": planned})
        assert verdict_on(program(PROJECTS), record, "6").verdict == verdict


def test_the_other_reading_is_named_both_ways() -> None:
    record = record_of(
        {
            "调整资金累计": reported(Fraction(1500000)),
            "年初预算总额": reported(Fraction(10000000)),
            "调整后预算总额": reported(Fraction(20000000)),
        }
    )
    rubric = program(ADJUSTMENT)
    found = verdict_on(rubric, record, "6")
    assert (found.verdict, found.computed) == ("另一口径下一致", 0)
    assert found.reading == "「本单位部门预算总规模」取“调整后预算总额”"
    # With that reading for the run the claim agrees, and 0 is what the rubric's own reading gives.
    taken = {"本单位部门预算总规模": 1}
    assert verdict_on(rubric, record, "6", taken).verdict == "一致"
    assert verdict_on(rubric, record, "0", taken).reading == "「本单位部门预算总规模」取“年初预算总额”"
    assert verdict_on(rubric, record, "3").verdict == "不可能"


def test_judgements_vary_even_where_they_are_given() -> None:
    record = record_of(
        {
            "不符合项数": reported(Fraction(1)),
            "在用固定资产": reported(Fraction(500000)),
            "全部固定资产": reported(Fraction(1000000)),
        },
        {JUDGED: Fraction(1)},
    )
    rubric = program(MIXED)
    expected = {"4.5": "一致", "3.5": "无法核验", "4": "不可能", "4.51": "偏高", "3.49": "偏低"}
    assert {claim: verdict_on(rubric, record, claim).verdict for claim in expected} == expected
    impossible = verdict_on(rubric, record, "4")
    assert impossible.why == ("4.00 不在可能的得分之中：第 1 点 0 分时得 3.50，第 1 点 1 分时得 4.50",)


def test_not_applicable_has_no_score_to_agree_with() -> None:
    record = record_of({"计划完成项目总数": reported(Fraction(0)), "已完成项目数": reported(Fraction(0))})
    full = verdict_on(program(PROJECTS), record, "6")
    assert (full.verdict, full.reading) == ("另一口径下一致", "「不适用」取“得满分”")
    assert verdict_on(program(PROJECTS), record, "3").verdict == "不可能"


def test_a_claim_finer_than_the_rubric_rounds_is_impossible() -> None:
    found = verdict_on(program(PROJECTS), record_of({"计划完成项目总数": reported(Fraction(7))}), "5.143")
    assert found.verdict == "不可能"
    assert found.why[0].startswith("5.143 不是 n/7×6 能得到的：6 个得 5.14，")


def test_a_claim_on_what_is_not_applicable_is_not_called_pending() -> None:
    record = record_of({"计划完成项目总数": reported(Fraction(0)), "已完成项目数": reported(Fraction(0))})
    found = verdict_on(program(PROJECTS), record, "3")
    said = [*found.why, *(label.text for d in found.diagnostics for label in d.labels)]
    assert not any("待定" in text for text in said)
