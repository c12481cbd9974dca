"""What cases reach and notice: nothing is rounded up, every gap has its case, every survivor its case or its proof."""

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

import edition_2022 as edition
from rubric.casebook import case_paths, read_case_files
from rubric.cli import main
from rubric.core import program as core
from rubric.pipeline import compile_rubric
from rubric.regression.aims import AimKind
from rubric.regression.case import Case
from rubric.regression.choosing import cases_for, chosen_cases
from rubric.regression.coverage import coverage_of, share_text
from rubric.regression.equivalence import Sameness, compared
from rubric.regression.lacking import gaps, mutation
from rubric.regression.mutants import mutants_of
from rubric.regression.noticing import unnoticed
from rubric.regression.reading import read_cases
from rubric.regression.running import Verdict, run_case, run_file
from rubric.regression.writing import written_cases
from rubric.source import SourceText

RUBRIC = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：16分
计分办法
  等级：15分（含）以上为优，15分以下为差
一级指标 部门绩效
二级指标 公平性
三级指标 服务对象满意度（6分）
  评分标准
    1. 满意度≥95%的，得6分；
    2. 90%≤满意度<95%的，得4分；
    3. 满意度<90%的，得2分。
  数据
    满意度：%，0%-100%
三级指标 监督检查（4分）
  评分标准
    1. 发现一次违规的扣2分，扣完为止；
    2. 发生重大违规的，本指标得0分。
  数据
    违规次数：次，对应“发现一次违规的”
    重大违规：是／否，对应“发生重大违规”
三级指标 制度建设（6分）
  评分标准
    1. 制度健全，酌情给分（6分）。
"""
PROGRAM = compile_rubric(SourceText("评分表.rubric", RUBRIC)).value


def _cases(text: str) -> tuple[Case, ...]:
    return read_cases(SourceText("用例.yaml", text), PROGRAM).cases


def _verdicts(program: core.Program, cases: Sequence[Case]) -> set[Verdict]:
    return {run_case(program, case).verdict for case in cases}


# --- coverage ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reached", "of", "text"),
    [(999, 1000, "99.9%"), (9999, 10000, "99.9%"), (2, 3, "66.6%"), (3, 3, "100%"), (0, 7, "0.0%")],
)
def test_a_share_is_never_rounded_up(reached: int, of: int, text: str) -> None:
    assert share_text(reached, of) == text


def test_a_case_reaches_the_band_it_falls_in_and_no_other() -> None:
    coverage = coverage_of(PROGRAM, _cases("用例:\n  - {名称: 甲, 数据: {满意度: 92%}, 期望: {01: 4}}"))
    assert [aim.words for aim in coverage.by if aim.kind is AimKind.BAND and coverage.by[aim]] == [
        "90%≤满意度<95%的，得4分"
    ]
    assert coverage.counts(AimKind.CLAUSE) == (1, 3)
    assert coverage.counts(AimKind.BAND) == (1, 5)


def test_a_veto_hides_the_deductions_behind_it() -> None:
    text = "用例:\n  - {名称: 甲, 数据: {违规次数: 1次, 重大违规: 是}, 期望: {02: 0}}"
    coverage = coverage_of(PROGRAM, _cases(text))
    assert coverage.counts(AimKind.VETO) == (1, 1)
    assert coverage.counts(AimKind.STEP) == (0, 1)
    assert coverage.counts(AimKind.FLOOR) == (0, 1)


def test_every_gap_has_a_case_that_closes_it() -> None:
    cases = _cases("用例:\n  - {名称: 甲, 数据: {满意度: 92%}, 期望: {01: 4}}")
    coverage, found = gaps(PROGRAM, cases)
    assert len(found) == len(coverage.missed) > 5
    added = [gap.case for gap in found if gap.case is not None]
    assert len(added) == len(found)
    assert coverage_of(PROGRAM, [*cases, *added]).missed == ()
    assert _verdicts(PROGRAM, added) == {Verdict.PASSED}


# --- mutants ----------------------------------------------------------------------------------------------------------


def test_every_boundary_figure_and_veto_has_its_mutants() -> None:
    changes = {(mutant.indicator, mutant.change) for mutant in mutants_of(PROGRAM)}
    wanted = {
        ("服务对象满意度", "≥ 改为 >"),
        ("服务对象满意度", "95% 改为 96%"),
        ("服务对象满意度", "95% 改为 94%"),
        ("服务对象满意度", "< 改为 ≤"),
        ("服务对象满意度", "“且”改为“或”"),
        ("监督检查", "每次扣 2 分改为 1 分"),
        ("监督检查", "去掉否决"),
        ("", "等级「优」下限 15 由含改为不含"),
    }
    assert wanted <= changes
    assert all(mutant.program != PROGRAM for mutant in mutants_of(PROGRAM))


def test_a_survivor_is_a_case_that_kills_it_or_a_proof() -> None:
    cases = _cases(
        "用例:\n  - {名称: 甲, 数据: {满意度: 96%}, 期望: {01: 6}}\n  - {名称: 乙, 数据: {满意度: 80%}, 期望: {01: 2}}"
    )
    found = mutation(PROGRAM, cases)
    assert 0 < found.noticed < found.of <= found.total
    equal = 0
    for survivor in found.survivors:
        if survivor.compared.sameness is Sameness.EQUAL:
            equal += 1
            assert survivor.compared.reason
        else:
            assert survivor.case is not None, survivor.mutant.change
            assert unnoticed(PROGRAM, [survivor.mutant], [survivor.case]) == ()
            assert run_case(PROGRAM, survivor.case).verdict is Verdict.PASSED
    assert equal == found.equal > 0


def test_a_later_band_whose_upper_end_rises_is_proved_equal() -> None:
    """The band before it takes those values first."""
    mutant = next(m for m in mutants_of(PROGRAM) if m.change == "< 改为 ≤" and m.indicator == "服务对象满意度")
    assert compared(PROGRAM, mutant).sameness is Sameness.EQUAL


# --- generated cases --------------------------------------------------------------------------------------------------


def test_generated_cases_reach_everything_and_notice_everything() -> None:
    cases = chosen_cases(PROGRAM)
    assert coverage_of(PROGRAM, cases).missed == ()
    left = unnoticed(PROGRAM, tuple(mutants_of(PROGRAM)), cases)
    assert {compared(PROGRAM, mutant).sameness for mutant in left} == {Sameness.EQUAL}
    assert len({case.name for case in cases}) == len(cases)


def test_generated_cases_lie_on_each_boundary_and_close_to_it_on_both_sides() -> None:
    cases = cases_for(PROGRAM, PROGRAM.indicators[0], ())
    met = {fact.value for case in cases for fact in case.record.facts.values()}
    around = [Fraction(figure, 100) + Fraction(tick, 10_000) for figure in (90, 95) for tick in (-1, 0, 1)]
    assert set(around) <= met


def test_written_cases_read_back_and_pass() -> None:
    cases = chosen_cases(PROGRAM)
    text = written_cases(PROGRAM, cases, ("生成数据",), "生成数据")
    file = read_cases(SourceText("用例.yaml", text), PROGRAM)
    assert file.findings == ()
    assert file.label == "生成数据"
    results = run_file(PROGRAM, file).results
    assert [result.case.name for result in results] == [case.name for case in cases]
    assert {result.verdict for result in results} == {Verdict.PASSED}


# --- commands ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases").mkdir()
    (tmp_path / "评分表.rubric").write_text(RUBRIC, "utf-8")
    (tmp_path / "cases/用例.yaml").write_text("用例:\n  - {名称: <甲>, 数据: {满意度: 92%}, 期望: {01: 4}}\n", "utf-8")
    return tmp_path


def test_the_command_writes_out_what_is_lacking(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "评分表.rubric", "--coverage", "--mutation"]) == 0
    printed = capsys.readouterr().out
    assert "没有到过的" in printed
    assert "01 服务对象满意度 分档：满意度<90%的，得2分" in printed
    assert "可以补上这个用例：" in printed
    assert "缺少这个用例：" in printed
    assert main(["test", "评分表.rubric", "--coverage", "--mutation", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)["rubrics"][0]
    assert document["coverage"]["share"] != "100%"
    assert len(document["coverage"]["missed"]) == document["coverage"]["of"] - document["coverage"]["reached"]
    assert document["mutation"]["noticed"] < document["mutation"]["of"]


def test_the_page_paints_the_table_and_escapes(folder: Path) -> None:
    assert main(["test", "评分表.rubric", "--html", "覆盖.html"]) == 0
    page = (folder / "覆盖.html").read_text("utf-8")
    assert "&lt;甲&gt;" in page
    assert "<甲>" not in page
    assert "满意度&lt;90%的，得2分" in page
    assert "［没有到］" in page
    assert "http" not in page
    assert main(["test", "评分表.rubric", "--html", "覆盖.html"]) == 2


def test_cases_are_written_to_a_new_file_only(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cases", "评分表.rubric", "-o", "cases/生成.yaml"]) == 0
    assert main(["test", "评分表.rubric"]) == 0
    assert "全部通过（生成数据）" in capsys.readouterr().out
    assert main(["cases", "评分表.rubric", "-o", "cases/生成.yaml"]) == 2
    assert "R1215" in capsys.readouterr().err
    assert main(["cases", "评分表.rubric", "--indicator", "满意度"]) == 0
    assert "制度建设" not in capsys.readouterr().out


# --- the cases of 2022 ------------------------------------------------------------------------------------------------


def _cases_of_2022() -> list[Case]:
    book = read_case_files(edition.program(), edition.RUBRIC.stem, case_paths(edition.RUBRIC))
    assert book.diagnostics == ()
    assert book.value.findings == ()
    return [case for _, file in book.value.files for case in file.cases]


def test_the_cases_of_2022_hold() -> None:
    assert _verdicts(edition.program(), _cases_of_2022()) == {Verdict.PASSED}


def test_the_cases_of_2022_reach_every_clause_band_and_reading() -> None:
    coverage, lacking = gaps(edition.program(), _cases_of_2022())
    assert lacking == ()
    reached, of = coverage.counts()
    assert reached == of
    assert coverage.counts(AimKind.CLAUSE) == (45, 45)
    assert [aim.words for aim in coverage.impossible] == ["超过分值，按分值计"]


STRIDE = 12  # 1 tries every mutant, which takes a minute; `rubric test 2022 --mutation` does the same.


def test_the_cases_of_2022_notice_every_change_that_can_be_noticed() -> None:
    """One mutant in twelve; each that no case notices is proved equal."""
    program = edition.program()
    mutants = tuple(mutants_of(program))[::STRIDE]
    for mutant in unnoticed(program, mutants, _cases_of_2022()):
        assert compared(program, mutant).sameness is Sameness.EQUAL, f"{mutant.indicator}：{mutant.change}"


def test_a_changed_figure_of_2022_is_noticed_by_its_own_cases() -> None:
    program = edition.program()
    name = "公众或服务对象满意度"
    changed = next(m for m in mutants_of(program) if m.indicator == name and "改为 96%" in m.change)
    own = [case for case in _cases_of_2022() if {e.of for e in case.expectations} == {name}]
    assert unnoticed(program, [changed], own) == ()


# --- greatest scores, and rules on the total --------------------------------------------------------------------------

CAPPED = """\
指标体系：示例评分表
评价年度：2099年（2100年印发）
总分值：8分
计分办法
  计分：各三级指标得分四舍五入，保留两位小数；总分为各三级指标得分之和
  等级：7分（含）以上为优，7分以下为差
  评分标准
    1. 支出进度低于80%的，总分最高为5分。
共用数据
  支出进度：%，0%-100%
三级指标 组织领导（3分）
  评分标准
    1. 培训组织有序，落实不到位的酌情扣分（2分）；
    2. 每发现一个问题扣0.5分，扣完为止（1分）。
  数据
    问题数：个，对应“每发现一个问题”
  口径
    第1点最高1分
三级指标 预算执行（5分）
  评分标准
    得分=支出进度×5分
"""


def _capped() -> core.Program:
    return compile_rubric(SourceText("评分表.rubric", CAPPED)).value


def _case_of(program: core.Program, text: str) -> tuple[Case, ...]:
    return read_cases(SourceText("用例.yaml", f"用例:\n  - {text}"), program).cases


def test_a_greatest_score_is_reached_where_it_cuts_something_off() -> None:
    program = _capped()
    given = "{{名称: 甲, 数据: {{问题数: 0}}, 评判: {{组织领导: {{培训组织有序: {points}}}}}, 期望: {{组织领导: 2}}}}"
    for points, reached in (("1", 0), ("2", 1)):
        coverage = coverage_of(program, _case_of(program, given.format(points=points)))
        assert coverage.counts(AimKind.CAP) == (reached, 1)


def test_a_rule_on_the_total_is_reached_where_it_cuts_the_total() -> None:
    program = _capped()
    given = "{{名称: 甲, 数据: {{问题数: 0, 支出进度: {rate}}}, 评判: {{组织领导: {{培训组织有序: 1}}}}, 期望: {{总分: 5}}}}"
    for rate, reached in (("80%", 0), ("79%", 1), ("20%", 0)):
        coverage = coverage_of(program, _case_of(program, given.format(rate=rate)))
        assert coverage.counts(AimKind.VETO) == (reached, 1)


def test_greatest_scores_and_rules_on_the_total_have_their_mutants_and_their_cases() -> None:
    program = _capped()
    changes = {(mutant.indicator, mutant.change) for mutant in mutants_of(program)}
    assert {
        ("组织领导", "封顶 1 分改为 2 分"),
        ("组织领导", "去掉封顶"),
        ("", "总分规则封顶 5 分改为 4 分"),
        ("", "总分规则80% 改为 79%"),
        ("", "总分规则< 改为 ≤"),
        ("", "去掉总分规则"),
    } <= changes
    cases = chosen_cases(program)
    assert gaps(program, cases)[1] == ()
    left = mutation(program, cases).survivors
    assert {one.compared.sameness for one in left} <= {Sameness.EQUAL}, [one.mutant.change for one in left]


def test_a_greatest_score_that_nothing_exceeds_is_said_to_be_out_of_reach() -> None:
    program = compile_rubric(SourceText("评分表.rubric", CAPPED.replace("第1点最高1分", "第1点最高2分"))).value
    coverage, missing = gaps(program, chosen_cases(program))
    assert [aim.words for aim in coverage.impossible] == ["第1点最高2分"]
    assert missing == ()
