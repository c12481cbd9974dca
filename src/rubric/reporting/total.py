"""What the rules on the total did to it, in words.

Takes an outcome; gives a line for each rule, and the same as JSON values. Never computes: all of it stands in the trace.
"""

from collections.abc import Iterator
from fractions import Fraction

from rubric.core.numbers import fixed
from rubric.core.program import Override
from rubric.evaluator.outcome import Outcome, Step, StepKind
from rubric.reporting.explain import quoted
from rubric.reporting.formula import named_value, values_below
from rubric.source import SourceText

_HOLDS = {True: "符合", False: "不符合", None: "是否符合待定"}


def total_lines(outcome: Outcome, source: SourceText, *, every: bool = False) -> Iterator[str]:
    """A line for each rule that cut the total, or may do so; `every` rule, also those that do not hold."""
    places = outcome.program.scoring.places
    for rule, step, cut in _rules(outcome):
        if not every and not cut and step.holds is not None:
            continue
        facts = "，".join(dict.fromkeys(named_value(value, source) for value in values_below(step)))
        told = f"总分：{facts}，" if facts else "总分："
        most = fixed(rule.cap or Fraction(0), places)
        effect = f"按 {most} 分封顶，封顶前 {_before(outcome)} 分" if cut else f"最高 {most} 分"
        if step.holds is None:
            yield f"{told}{_HOLDS[None]}{quoted(step.text)}（符合的，{effect}）"
        elif step.holds:
            yield f"{told}符合{quoted(step.text)}，{effect if cut else '未超过，不影响总分'}"
        else:
            yield f"{told}不符合{quoted(step.text)}，不封顶"


def total_json(outcome: Outcome) -> list[dict[str, object]]:
    """The rules on the total, in order: the sentence, the cap, whether it holds (null: undecided), whether it cut."""
    places = outcome.program.scoring.places
    return [
        {"text": step.text, "most": fixed(rule.cap or Fraction(0), places), "holds": step.holds, "applied": cut}
        for rule, step, cut in _rules(outcome)
    ]


def total_before(outcome: Outcome) -> str | None:
    """The total before the rules on it, or its range; None where there are none."""
    return _before(outcome) if outcome.steps else None


def _before(outcome: Outcome) -> str:
    places = outcome.program.scoring.places
    value = next(step.value for step in outcome.steps if step.kind is StepKind.QUANTITY)
    assert value is not None and value.low is not None and value.high is not None
    low, high = fixed(value.low, places), fixed(value.high, places)
    return low if value.point is not None else f"{low}～{high}"


def _rules(outcome: Outcome) -> Iterator[tuple[Override, Step, bool]]:
    """Each rule with its step, and whether it cut the total."""
    steps = [step for step in outcome.steps if step.kind is StepKind.VETO]
    cuts = {step.span for step in outcome.steps if step.kind is StepKind.CAP}
    for rule, step in zip(outcome.program.scoring.overrides, steps, strict=False):
        yield rule, step, rule.span in cuts
