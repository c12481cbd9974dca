"""The hand-written measure of the benchmarks and the engine give the same scores."""

import sys
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

from hypothesis import assume, given

from rubric.core.record import Record
from rubric.evaluator.evaluate import evaluate
from strategies import program_2022, records

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
handwritten: Any = import_module("handwritten")
seed: Any = import_module("seed")

PROGRAM = program_2022()


def test_worked_example_gives_its_total() -> None:
    record = seed.record(PROGRAM)
    assert evaluate(PROGRAM, record).total == Fraction("92.51")
    assert handwritten.score_fraction(*seed.plain(PROGRAM, record, Fraction))["总分"] == Fraction("92.51")
    assert handwritten.score_decimal(*seed.plain(PROGRAM, record, Decimal))["总分"] == Decimal("92.51")


@given(records(PROGRAM))
def test_handwritten_rules_equal_the_engine(record: Record) -> None:
    outcome = evaluate(PROGRAM, record)
    # Where the text leaves a case open the engine says so; the hand-written rules have no word for it.
    assume(outcome.total is not None)
    scores = handwritten.score_fraction(*seed.plain(PROGRAM, record, Fraction))
    assert scores.pop("总分") == outcome.total
    assert scores == {o.indicator.name: o.score for o in outcome.indicators}
