"""A day of one year is the same day of the next."""

from fractions import Fraction

import pytest

from rubric.core import program as core
from rubric.core.dates import day_number
from rubric.core.record import Fact, Record
from rubric.pipeline import compile_rubric
from rubric.revision.changes import Ground, Meaning
from rubric.revision.compare import compare
from rubric.revision.impact import Named, impact
from rubric.source import SourceText

pytest.importorskip("z3")

TEXT = """\
指标体系：示例评分表
评价年度：{year}年（{after}年印发）
三级指标 计划报送（4分）
  评分标准
    9月{day}日前（含当日）报送年度计划的得4分，每迟报一个工作日扣0.5分，扣完为止。
  数据
    报送日期：日期
"""


def edition(year: int, day: int = 20) -> core.Program:
    text = TEXT.format(year=year, after=year + 1, day=day)
    return compile_rubric(SourceText("评分表", text)).value


def test_the_same_deadline_of_another_year_is_no_change() -> None:
    assert compare(edition(2022), edition(2023)).is_empty


def test_a_later_deadline_is_a_change_with_a_department() -> None:
    (change,) = compare(edition(2022), edition(2023, 30)).changes
    assert (change.meaning, change.verdict.ground) == (Meaning.LOOSER, Ground.WITNESSED)
    (witness,) = change.verdict.witnesses
    assert witness.old.score is not None
    assert witness.new.score is not None
    assert witness.old.score < witness.new.score


def test_facts_of_one_year_are_held_against_the_same_day_of_the_other() -> None:
    day = day_number(2022, 9, 23)
    assert day is not None
    record = Record({("报送日期", None): Fact(Fraction(day), "2022-09-23")})
    revision = compare(edition(2022), edition(2023, 30))
    (one,) = impact(revision, [Named("甲", record, Record({}))]).departments
    assert (one.attribution.before, one.attribution.after) == (Fraction(5, 2), Fraction(4))
