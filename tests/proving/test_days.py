"""Working days and months as terms have the values that `core.dates` counts, and departments found have dates one can write."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

import rubric
from rubric.core.dates import day_number, later, months_between, working_day_after, working_days_between
from rubric.facts.written import written_facts
from rubric.proving import days
from rubric.proving.prove import Verdict
from rubric.proving.solver import Question, Term, number
from rubric.proving.space import Space

pytest.importorskip("z3")

TEXT = """\
指标体系：示例评分表
评价年度：2022年（2023年印发）
总分值：4分
计分办法
  计分：各三级指标得分四舍五入，保留两位小数
一级指标 部门绩效
二级指标 部门管理
三级指标 计划报送（4分）
  评分标准
    9月20日前报送年度计划的得4分，每逾期{each}扣0.5分，扣完为止。
  数据
    报送日期：日期，{direction}
  口径
    “截止日”按不含当日计
{more}"""
WORKING = TEXT.format(each="一天", direction="反向", more="    “天数”按工作日计\n")
MONTHS = TEXT.format(each="一个月", direction="反向", more="")
CALENDAR = rubric.compile(WORKING).program.calendar


def day(year: int, month: int, number_: int) -> int:
    found = day_number(year, month, number_)
    assert found is not None
    return found


near = st.integers(day(2021, 11, 1), day(2024, 3, 1))
far = st.integers(1, day(9999, 12, 31))
DAYS = st.one_of(near, near, far)


def value_of(term: Term, space: Space) -> Fraction | None:
    question = Question()
    question.add(*space.constraints)
    model = question.model()
    assert model is not None
    return model.number(term)


def as_term(value: int) -> Term:
    return number(Fraction(value))


@given(DAYS, DAYS)
def test_working_days_between_two_days(start: int, end: int) -> None:
    term = days.working_days(CALENDAR, as_term(start), as_term(end))
    assert value_of(term, Space()) == working_days_between(CALENDAR, start, end)


@given(DAYS, st.integers(0, 40))
def test_the_working_day_that_comes_so_many_later(start: int, count: int) -> None:
    space = Space()
    term = days.working_day_after(space, CALENDAR, as_term(start), count)
    assert value_of(term, space) == working_day_after(CALENDAR, start, count)


@given(near, st.integers(-400, 1500))
def test_months_from_a_known_day_on(start: int, further: int) -> None:
    space, end = Space(), start + further
    value = value_of(days.months_after(space, start, as_term(end)), space)
    assert value is not None
    if start <= end < later(start, 36):
        assert value == months_between(start, end)
    else:
        assert value <= 0 if end < start else value >= 36


def test_the_calendar_has_holidays_and_worked_weekends() -> None:
    """Else the laws above would hold for weeks alone."""
    assert len(CALENDAR.holidays) > 20
    assert len(CALENDAR.workdays) > 3


@pytest.mark.parametrize("text", [WORKING, MONTHS])
def test_everything_about_a_deadline_is_proved(text: str) -> None:
    proofs = rubric.compile(text).checked().proofs or ()
    assert {proof.verdict for proof in proofs} == {Verdict.PROVED}


@pytest.mark.parametrize("text", [WORKING, MONTHS])
def test_a_direction_the_wrong_way_round_is_refuted_with_two_dates(text: str) -> None:
    found = [d for d in rubric.compile(text.replace("反向", "正向")).checked().diagnostics if d.code == "R0713"]
    assert len(found) == 1
    assert len(re.findall(r"20\d\d-\d\d-\d\d", found[0].title)) == 2


@pytest.mark.parametrize("text", [WORKING, MONTHS])
def test_every_department_found_is_a_facts_file(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    table = rubric.compile(text)
    witnesses = [proof.witness for proof in table.checked().proofs or () if proof.witness is not None]
    assert witnesses
    for witness in witnesses:
        path = tmp_path_factory.mktemp("部门") / "数据.yaml"
        path.write_text(written_facts(table.program, witness), encoding="utf-8")
        result = table.score(path)
        assert result.errors == ()
        assert result.total is not None
        assert re.search(r"20[12]\d-\d\d-\d\d", path.read_text(encoding="utf-8"))
