"""The example in `docs/examples/逐行计分`: two indicators of the annex scored from lists of projects and of own indicators."""

from fractions import Fraction
from pathlib import Path

import pytest

from rubric.core import program as core
from rubric.core.program import Column
from rubric.evaluator.evaluate import evaluate
from rubric.facts.nodes import Scalar, Spot
from rubric.facts.reading import read_facts
from rubric.facts.targets import measured
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

FOLDER = Path(__file__).parents[3] / "docs" / "examples" / "逐行计分"


def _program() -> core.Program:
    return compile_rubric(SourceText("例", (FOLDER / "部门绩效.rubric").read_text(encoding="utf-8"))).value


def _facts(text: str) -> SourceText:
    return SourceText("数据", text)


def test_the_example_is_scored_from_its_rows() -> None:
    program = _program()
    text = (FOLDER / "示例数据.yaml").read_text(encoding="utf-8")
    record = read_facts(_facts(text), program)
    outcome = evaluate(program, record.value)
    timely, own = outcome.indicators
    # 32 projects, one cancelled, two late.
    assert timely.exact.point == Fraction(29, 31) * 6
    # 3 + 3×570/600 + 3 + 3 + 3 + 4 + 2 + 3
    assert own.exact.point == Fraction(2385, 100)
    assert all(holds for _, holds in own.requirements)


def test_a_row_judged_in_part_without_its_points_is_pending() -> None:
    program = _program()
    text = (FOLDER / "示例数据.yaml").read_text(encoding="utf-8").replace("        得分: 2分\n", "")
    record = read_facts(_facts(text), program)
    own = evaluate(program, record.value).indicators[1]
    assert own.score is None
    assert (own.exact.low, own.exact.high) == (Fraction(2185, 100), Fraction(2485, 100))


@pytest.mark.parametrize(
    ("target", "reached", "met", "share"),
    [
        ("≥120 场", "126场", "是", Fraction(126, 120)),
        ("≥120 场", "90 场", "否", Fraction(3, 4)),
        ("不少于120场", "120", "是", Fraction(1)),
        ("120场以上", "60场", "否", Fraction(1, 2)),
        ("100%", "98.5%", "否", Fraction(985, 1000)),
        ("≤20万元", "25万元", "否", Fraction(4, 5)),
        ("≤20万元", "18万元", "是", Fraction(20, 18)),
        ("第三季度前完成", "2022-09-30", "是", Fraction(1)),
        ("第三季度前完成", "2022-10-01", "否", Fraction(0)),
        ("12月底前", "2022-12-31", "是", Fraction(1)),
        ("2023年3月底前完成", "2023-04-01", "否", Fraction(0)),
        ("有所提升", "达成", "是", Fraction(1)),
        ("有所提升", "未达成", "否", Fraction(0)),
        ("有所提升", "部分达成", "否", None),
    ],
)
def test_what_is_reached_of_a_target(target: str, reached: str, met: str, share: Fraction | None) -> None:
    column = Column("完成值", against="目标值")
    found = measured(column, Scalar(reached, Spot()), {"目标值": target}, 2022, "完成值")
    assert isinstance(found, dict)
    assert found["完成值达到目标值"] == met
    assert found.get("完成值占目标值的比例") == share
