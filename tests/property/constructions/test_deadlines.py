"""Deadlines in random spelling, against a calendar that the standard library knows.

A clause is written for a day, a time and points drawn at random; the oracle counts days with `datetime`, in a few lines.
"""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings, strategies as st

from rubric.trying.run import run, understand
from written_lists import score

_WIDE = str.maketrans("0123456789().,;", "０１２３４５６７８９（）．，；")
_NUMERALS = "零一二三四五六七八九十"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def _spelt(draw: st.DrawFn, text: str) -> str:
    return text.translate(_WIDE) if draw(st.booleans()) else text


def _day(draw: st.DrawFn, day: date) -> str:
    form = draw(st.sampled_from(("{}月{}日", "{}月{}号")))
    number = _chinese if draw(st.booleans()) else str
    return form.format(number(day.month), number(day.day))


def _score(text: str, points: int, values: dict[str, str]) -> Fraction | None:
    return run(understand(text, str(points), [values]), values).readings[0].score


@st.composite
def days_late(draw: st.DrawFn) -> tuple[str, int, dict[str, str], Fraction]:
    deadline = date(2023, draw(st.integers(3, 10)), draw(st.integers(1, 28)))
    done = deadline + timedelta(draw(st.integers(-40, 40)))
    points, rate = draw(st.integers(1, 9)), Fraction(draw(st.integers(1, 20)), 10)
    before = draw(st.sampled_from(("前", "之前", "以前", "前（含当日）", "（含）前")))
    prose = draw(st.sampled_from(("报送材料", "完成整改", "提交总结报告", "办结")))
    late = draw(st.sampled_from(("逾期", "延迟", "推迟", "迟报", "超期", "延期")))
    unit = draw(st.sampled_from(("1天", "一天", "1日", "一个自然日", "1个自然日")))
    lead = draw(st.sampled_from(("", "在", "于", "应于")))
    of = draw(st.sampled_from(("的，", "的", "，")))
    text = f"{lead}{_day(draw, deadline)}{before}{prose}{of}得{points}分，每{late}{unit}扣{float(rate)}分，扣完为止。"
    days = max(0, (done - deadline).days)
    return _spelt(draw, text), points, {"完成日期": done.isoformat()}, max(Fraction(0), points - rate * days)


@settings(max_examples=60, deadline=None)
@given(days_late())
def test_each_day_late_takes_its_points(clause: tuple[str, int, dict[str, str], Fraction]) -> None:
    text, points, values, expected = clause
    assert _score(text, points, values) == expected, text


@st.composite
def days_from_an_event(draw: st.DrawFn) -> tuple[str, int, dict[str, str], Fraction]:
    first = draw(st.integers(2, 40))
    second = first + draw(st.integers(2, 40))
    event = date(2023, draw(st.integers(1, 12)), draw(st.integers(1, 28)))
    taken = draw(st.sampled_from((0, 1, first - 1, first, first + 1, second, second + 1, second + 50)))
    since = draw(st.sampled_from(("自合同签订之日起", "自合同签订之日起，", "合同签订后", "合同签订之日起")))
    unit = draw(st.sampled_from(("日", "天", "个自然日")))
    within = draw(st.sampled_from(("内", "以内", "之内", "（含）内")))
    between = draw(st.sampled_from((f"{first + 1}-{second}{unit}", f"超过{first}{unit}不超过{second}{unit}")))
    text = f"{since}{first}{unit}{within}完成备案的得4分；{between}完成备案的得1分；超过{second}{unit}的不得分。"
    values = {"合同签订日期": event.isoformat(), "备案日期": (event + timedelta(taken)).isoformat()}
    return _spelt(draw, text), 4, values, Fraction(4 if taken <= first else 1 if taken <= second else 0)


@settings(max_examples=40, deadline=None)
@given(days_from_an_event())
def test_bands_of_days_from_an_event(clause: tuple[str, int, dict[str, str], Fraction]) -> None:
    text, points, values, expected = clause
    assert _score(text, points, values) == expected, text


@st.composite
def working_days_late(draw: st.DrawFn) -> tuple[str, int, dict[str, str], Fraction]:
    """In July and August 2023 no holiday and no make-up day falls."""
    deadline = date(2023, 7, draw(st.integers(1, 31)))
    done = deadline + timedelta(draw(st.integers(-5, 28)))
    late = draw(st.sampled_from(("逾期", "迟报", "延误")))
    unit = draw(st.sampled_from(("一个工作日", "1个工作日")))
    text = f"{_day(draw, deadline)}前（含当日）办结的得9分，每{late}{unit}扣0.5分，扣完为止。"
    days = [deadline + timedelta(n) for n in range(1, (done - deadline).days + 1)]
    count = sum(day.weekday() < 5 for day in days)
    return text, 9, {"办结日期": done.isoformat()}, max(Fraction(0), 9 - Fraction(count, 2))


@settings(max_examples=30, deadline=None)
@given(working_days_late())
def test_working_days_late(clause: tuple[str, int, dict[str, str], Fraction]) -> None:
    text, points, values, expected = clause
    assert _score(text, points, values) == expected, text


@settings(max_examples=30, deadline=None)
@given(st.dates(date(2022, 1, 1), date(2024, 12, 31)), st.integers(-40, 40), st.data())
def test_two_dates_are_compared(planned: date, late: int, data: st.DataObject) -> None:
    not_after = data.draw(st.sampled_from(("早于或等于", "不晚于", "不迟于")))
    after = data.draw(st.sampled_from(("晚于", "迟于")))
    text = f"实际验收日期{not_after}计划验收日期的，得3分；{after}计划验收日期的，得1分。"
    values = {"实际验收日期": (planned + timedelta(days=late)).isoformat(), "计划验收日期": planned.isoformat()}
    assert score(text, Fraction(3), values) == (3 if late <= 0 else 1), text
