"""One department: loading the 2022 rubric and scoring once, beside the same rules written by hand.

Run: python benchmarks/single.py. All competitors score the same facts, in one process and in turn.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import measuring

# isort: split
import handwritten
import seed

from rubric.core.numbers import fixed
from rubric.evaluator.evaluate import evaluate
from rubric.pipeline import compile_rubric
from rubric.reporting.explain import explain_indicator
from rubric.source import SourceText

ROUNDS = 15


def main() -> None:
    path = measuring.ROOT / "rubrics/2022/部门整体支出.rubric"
    source = SourceText("2022", path.read_text(encoding="utf-8"))
    program = compile_rubric(source).value
    record = seed.record(program)
    in_decimals, in_fractions = (seed.plain(program, record, kind) for kind in (Decimal, Fraction))

    def explained() -> list[str]:
        outcome = evaluate(program, record)
        return [explain_indicator(indicator, source, program.scoring.places) for indicator in outcome.indicators]

    runs: dict[str, Callable[[], object]] = {
        "by hand, Decimal": lambda: handwritten.score_decimal(*in_decimals),
        "by hand, Fraction": lambda: handwritten.score_fraction(*in_fractions),
        "engine, scores with their trace": lambda: evaluate(program, record),
        "engine, and the lines that explain them": explained,
        "engine, compiling the rubric": lambda: compile_rubric(source),
    }
    totals = {
        Fraction(handwritten.score_decimal(*in_decimals)["总分"]),
        handwritten.score_fraction(*in_fractions)["总分"],
        evaluate(program, record).total,
    }
    assert len(totals) == 1, totals
    found = measuring.medians(runs, ROUNDS)
    decimal, fraction = found["by hand, Decimal"], found["by hand, Fraction"]
    rows = [[n, measuring.milliseconds(t), f"{t / decimal:.1f}", f"{t / fraction:.1f}"] for n, t in found.items()]
    print(f"total of each: {fixed(totals.pop() or Fraction(0), 2)}; medians of {ROUNDS} rounds")
    print(measuring.table(["", "ms", "x Decimal", "x Fraction"], rows))


if __name__ == "__main__":
    main()
