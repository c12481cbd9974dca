"""The verdicts on the 21 claimed scores of the report, line by line."""

from fractions import Fraction

import attrs
import pytest

from claims import seed_program, seed_record
from rubric.audit.verdicts import Verdict, audit, cross_check
from rubric.evaluator.evaluate import evaluate

# Number, claimed, computed, verdict.
TABLE = """
01 4.00 4.00 无法核验
02 5.00 5.00 无法核验
03 3.00 3.00 无法核验
04 7.00 7.00 无法核验
05 2.00 2.00 一致
06 2.00 2.00 一致
07 3.00 3.00 一致
08 2.00 2.00 无法核验
09 1.00 1.00 无法核验
10 2.00 2.00 无法核验
11 1.00 1.00 一致
12 1.00 1.00 一致
13 0.00 0.00 无法核验
14 3.00 3.00 无法核验
15 6.00 6.00 一致
16 5.38 4.91 偏高
17 5.50 5.60 不可能
18 8.00 8.00 无法核验
19 25.00 25.00 无法核验
20 3.00 3.00 一致
21 6.00 4.00 偏高
"""
ROWS = [tuple(line.split()) for line in TABLE.split("\n") if line]

# A claim that another named reading gives, and the words that name it.
OTHER_READINGS = [
    ("16", "4.33", "「每个季度的执行率」取“支出进度”"),
    ("16", "3.72", "「每个季度的执行率」取“当季支出进度”"),
    ("16", "5.05", "「全年平均执行率」取“四季度支出进度”"),
    ("16", "4.96", "「全年平均执行率」取“四个季度支出进度的平均值÷四个季度序时进度的平均值”"),
    ("16", "4.92", "「计分」取“逐条四舍五入”"),
]
WHY = {
    "16": "5.38：各种口径最高 5.05；即使第 5 点得满分 2 分，也只有 5.28",
    "17": "5.50 不是 n/30×6 能得到的：27 个得 5.40，28 个得 5.60",
    "21": "满意度 92.85% 在“90%≤满意度<95%的，得4分”一档，得 4.00，自评 6.00 多 2.00",
}


def verdicts(**claims: str) -> dict[str, Verdict]:
    """By number; `claims` (`n16="4.33"`) replace those of the report."""
    program, record = seed_program(), seed_record()
    names = {indicator.id: indicator.name for indicator in program.indicators}
    changed = {names[key[1:]]: Fraction(claim) for key, claim in claims.items()}
    record = attrs.evolve(record, claimed={**record.claimed, **changed})
    return {verdict.id: verdict for verdict in audit(evaluate(program, record))}


REPORT = verdicts()


@pytest.mark.parametrize(("number", "claimed", "computed", "verdict"), ROWS, ids=[row[0] for row in ROWS])
def test_every_line_has_its_verdict(number: str, claimed: str, computed: str, verdict: str) -> None:
    found = REPORT[number]
    assert (found.verdict, found.claimed, found.computed) == (verdict, Fraction(claimed), Fraction(computed))


@pytest.mark.parametrize("number", WHY)
def test_the_reason_is_in_numbers(number: str) -> None:
    assert REPORT[number].why[0] == WHY[number]


def test_the_scores_beside_an_impossible_one_are_named() -> None:
    found = REPORT["17"]
    assert found.below is not None and found.above is not None
    assert (found.below.score, *found.below.values) == (Fraction("5.40"), "「已完成项目数」27 个")
    assert (found.above.score, *found.above.values) == (Fraction("5.60"), "「已完成项目数」28 个")
    assert (found.least, found.greatest) == (0, 6)


@pytest.mark.parametrize(("number", "claim", "reading"), OTHER_READINGS)
def test_a_score_under_another_reading_names_it(number: str, claim: str, reading: str) -> None:
    found = verdicts(**{f"n{number}": claim})[number]
    assert (found.verdict, found.reading) == ("另一口径下一致", reading)


def test_findings_are_one_for_each_line_that_does_not_agree() -> None:
    codes = {number: [d.code for d in found.diagnostics] for number, found in REPORT.items()}
    assert {number for number, found in codes.items() if not found} == {"05", "06", "07", "11", "12", "15", "20"}
    assert [codes[number] for number in ("16", "17", "21")] == [["R1301"], ["R1303"], ["R1301"]]


def test_what_an_unverifiable_line_rests_on_is_named() -> None:
    assert "「编外人员数（含劳务派遣、直接聘用人员）」是假定的" in REPORT["13"].why[0]
    assert "「未完成重点工作项数」只有自述" in REPORT["18"].why[0]
    assert REPORT["09"].why[0].endswith("第 1、2 点由人评判；第 2 点的评判是假定的")
    assert REPORT["13"].why[-1] == "得分可在 0.00～1.00 之间"


def test_claims_are_complete_and_add_up() -> None:
    outcome = evaluate(seed_program(), seed_record())
    assert cross_check(outcome) == ()
    stated = attrs.evolve(seed_record(), claimed_total=Fraction("94.88"))
    assert cross_check(evaluate(seed_program(), stated)) == ()
    wrong = attrs.evolve(seed_record(), claimed_total=Fraction("94.98"))
    assert [d.code for d in cross_check(evaluate(seed_program(), wrong))] == ["R1310"]


# Claims other than those of the report: an alternative without a value leaves its data open.
OTHER_CLAIMS = [
    ("18", "5.00", "不可能"),
    ("18", "4.00", "无法核验"),
    ("15", "5.00", "无法核验"),
    ("15", "4.00", "不可能"),
    ("11", "0.40", "无法核验"),
    ("11", "0.50", "不可能"),
    ("06", "1.95", "无法核验"),
    ("02", "2.50", "不可能"),
]


@pytest.mark.parametrize(("number", "claim", "verdict"), OTHER_CLAIMS)
def test_another_claim_has_its_verdict(number: str, claim: str, verdict: str) -> None:
    assert verdicts(**{f"n{number}": claim})[number].verdict == verdict


def test_an_alternative_without_a_value_is_named() -> None:
    why = verdicts(n15="5.00")["15"].why
    assert "没有写明「“三公”经费预算安排数」按“年初预算数”的数" in why[0]
    assert why[1] == "例如「“三公”经费预算安排数」取“年初预算数”、「“三公”经费预算安排数」29.36 万元时，得 5.00"


def test_examples_are_numbers_that_a_person_would_write() -> None:
    assert verdicts(n06="1.95")["06"].why[1] == "例如第 1 点 0.97 分、第 3 点 0.98 分时，得 1.95"
    assert "「所有固定资产总额」1.4 万元、「实际在用固定资产总额」1 万元时得 0.40" in verdicts(n11="0.50")["11"].why[0]


def test_a_reading_that_changes_nothing_is_not_named() -> None:
    assert "计分" not in verdicts(n20="2.50")["20"].why[0]
    assert "不适用" not in verdicts(n18="5.00")["18"].why[0]
