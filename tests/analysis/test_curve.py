"""The score curve is exact: its breaks, its open and closed ends, and what lies between."""

from fractions import Fraction
from itertools import pairwise

import pytest

from rubric.analysis.curve import Curve, curve_of
from rubric.core.numbers import exact, plain
from rubric.facts.reading import record_from_mapping
from rubric.pipeline import compile_rubric
from rubric.source import SourceText
from rubric.trying.run import run, understand


def _curve(clause: str, points: str, name: str, low: str, high: str, others: dict[str, str] | None = None) -> Curve:
    values = {name: high, **(others or {})}
    trial = run(understand(clause, points, [values]), values)
    datum = trial.program.datum(name)
    ends = [
        record_from_mapping({"数据": {name: text}}, trial.program).value.facts[name, None].value for text in (low, high)
    ]
    first, last = (value for value in ends if isinstance(value, Fraction))
    return curve_of(trial.program, trial.program.indicators[0], trial.outcome.record, datum, first, last)


BANDS = "回复率≥90%的，得3分；60%≤回复率<90%的，得1分；回复率<60%的，不得分。"
STEPS = "印刷费控制率不超过100%的得2分，每超出1个百分点扣0.2分，扣完为止。"


def test_a_band_holds_the_ends_its_signs_say() -> None:
    curve = _curve(BANDS, "3", "回复率", "50%", "100%")
    assert curve.breaks == tuple(
        (exact(v), exact(p)) for v, p in (("0.5", "0"), ("0.6", "1"), ("0.9", "3"), ("1", "3"))
    )
    assert [(piece.start, piece.end) for piece in curve.pieces] == [(0, 0), (1, 1), (3, 3)]


def test_whole_steps_fall_where_a_step_is_full() -> None:
    curve = _curve(STEPS, "2", "印刷费控制率", "99%", "103%")
    falls = [(value, piece.start) for (value, _), piece in zip(curve.breaks[1:], curve.pieces[1:], strict=False)]
    assert falls == [
        (exact("1"), exact("2")),
        (exact("1.01"), exact("1.8")),
        (exact("1.02"), exact("1.6")),
    ]


def test_a_cap_makes_a_kink_where_it_begins() -> None:
    curve = _curve("得分=到位资金/目标资金×4分，最高4分。", "4", "到位资金", "0万元", "200万元", {"目标资金": "80万元"})
    assert (Fraction(800_000), Fraction(4)) in curve.breaks
    assert all(not piece.between for piece in curve.pieces)


def test_a_divisor_gives_a_piece_that_is_not_straight() -> None:
    curve = _curve("得分=基准价/报价×30分，最高30分。", "30", "报价", "60万元", "200万元", {"基准价": "80万元"})
    assert any(piece.between for piece in curve.pieces)


COUNTED = """指标体系：试验
评价年度：2022年
三级指标 规范性（3分）
评分标准
发现一项不符合的扣1分，扣完为止。
数据
不符合项数：项，对应“不符合的”
"""


def test_a_count_has_points_at_whole_numbers_only() -> None:
    program = compile_rubric(SourceText("试验", COUNTED)).value
    record = record_from_mapping({"数据": {"不符合项数": "0"}}, program).value
    indicator, datum = program.indicators[0], program.datum("不符合项数")
    curve = curve_of(program, indicator, record, datum, Fraction(0), Fraction(5))
    assert [points for _, points in curve.breaks] == [3, 2, 1, 0, 0, 0]
    assert curve.pieces == ()


@pytest.mark.parametrize(("clause", "points"), [(BANDS, "3"), (STEPS.replace("印刷费控制率", "回复率"), "2")])
def test_between_its_breaks_the_curve_is_what_the_evaluator_gives(clause: str, points: str) -> None:
    curve = _curve(clause, points, "回复率", "50%", "108%")
    values = {"回复率": "50%"}
    clause_read = understand(clause, points, [values])
    for (low, _), (high, _), piece in zip(curve.breaks[:-1], curve.breaks[1:], curve.pieces, strict=True):
        for part in (1, 5, 9):
            place = low + (high - low) * part / 10
            assert piece.start is not None and piece.end is not None
            expected = piece.start + (piece.end - piece.start) * (place - low) / (high - low)
            text = f"{plain(place * 100, 8)}%"
            assert run(clause_read, {"回复率": text}).readings[0].score == expected


def test_breaks_are_in_order() -> None:
    curve = _curve(BANDS, "3", "回复率", "0%", "100%")
    assert all(a[0] < b[0] for a, b in pairwise(curve.breaks))
