"""Cases run: what came out beside what was expected.

Takes a program and cases; gives for each expectation what the evaluator gives. Never another meaning than the evaluator's, and
of a case about single indicators nothing but these is evaluated.
"""

from collections.abc import Iterable
from enum import StrEnum

import attrs

from rubric.core.numbers import fixed, plain
from rubric.core.program import Indicator, Program, Yields
from rubric.core.record import Record
from rubric.evaluator.evaluate import evaluate, evaluate_indicator, setting_of
from rubric.evaluator.outcome import IndicatorOutcome, Outcome, Status
from rubric.regression.case import GRADE, TOTAL, Came, Case, CaseFile, Expectation, Result
from rubric.source import SourceText

_MOST_PLACES = 6


class Verdict(StrEnum):
    """Of a case, the worst of its expectations."""

    PASSED = "通过"
    DIFFERS = "不符"
    OPEN = "待录"
    REFUSED = "有误"


@attrs.frozen
class Compared:
    """One expectation with what came out; `outcome` is that of the indicator, None for 总分 and 等级."""

    expectation: Expectation
    came: Result
    outcome: IndicatorOutcome | None = None

    @property
    def verdict(self) -> Verdict:
        wanted = self.expectation.wanted
        if wanted is None:
            return Verdict.OPEN
        return Verdict.PASSED if wanted == self.came else Verdict.DIFFERS


@attrs.frozen
class CaseResult:
    """A case that could not be read has no `compared`."""

    case: Case
    compared: tuple[Compared, ...]

    @property
    def verdict(self) -> Verdict:
        if not self.case.is_readable:
            return Verdict.REFUSED
        found = {compared.verdict for compared in self.compared}
        return next((v for v in (Verdict.DIFFERS, Verdict.OPEN) if v in found), Verdict.PASSED)


@attrs.frozen
class FileResult:
    file: CaseFile
    results: tuple[CaseResult, ...]


def run_file(program: Program, file: CaseFile, source: SourceText | None = None) -> FileResult:
    return FileResult(file, tuple(run_case(program, case, source) for case in file.cases))


def run_case(program: Program, case: Case, source: SourceText | None = None) -> CaseResult:
    """`source` is the text of the rubric, for the places in explanations."""
    if not case.is_readable:
        return CaseResult(case, ())
    whole = evaluate(program, case.record, source=source) if case.is_whole else None
    alone = outcomes_of(program, case.record, [e.of for e in case.expectations if whole is None])
    by_name = {o.indicator.name: o for o in (whole.indicators if whole is not None else alone)}
    return CaseResult(case, tuple(_compared(program, e, whole, by_name) for e in case.expectations))


def outcomes_of(program: Program, record: Record, names: Iterable[str]) -> tuple[IndicatorOutcome, ...]:
    """The outcomes of these indicators alone, in the order of the table."""
    wanted = frozenset(names)
    setting = setting_of(program, record)
    return tuple(evaluate_indicator(setting, program, i)[0] for i in program.indicators if i.name in wanted)


def _compared(
    program: Program, expectation: Expectation, whole: Outcome | None, by_name: dict[str, IndicatorOutcome]
) -> Compared:
    if expectation.of == TOTAL:
        assert whole is not None
        return Compared(expectation, total_of(whole))
    if expectation.of == GRADE:
        assert whole is not None
        return Compared(expectation, grade_of(whole))
    outcome = by_name[expectation.of]
    return Compared(expectation, result_of(outcome), outcome)


# --- what comes out ---------------------------------------------------------------------------------------------------


def total_of(outcome: Outcome) -> Result:
    return Result(Came.PENDING) if outcome.total is None else Result(Came.SCORED, outcome.total)


def grade_of(outcome: Outcome) -> Result:
    return Result(Came.PENDING) if outcome.grade is None else Result(Came.SCORED, text=outcome.grade)


def result_of(outcome: IndicatorOutcome) -> Result:
    if outcome.status is Status.NOT_APPLICABLE:
        return Result(Came.NOT_APPLICABLE)
    if outcome.status is Status.PENDING or outcome.score is None:
        return Result(Came.PENDING)
    indicator = outcome.indicator
    match indicator.yields:
        case Yields.POINTS:
            return Result(Came.SCORED, outcome.score)
        case Yields.GRADE:
            place = max(0, min(int(outcome.score), len(indicator.grades) - 1))
            return Result(Came.SCORED, text=indicator.grades[place])
        case Yields.AMOUNT:
            return Result(Came.SCORED, text=_amount(indicator, outcome))


def _amount(indicator: Indicator, outcome: IndicatorOutcome) -> str:
    assert outcome.score is not None
    if indicator.unit is None:
        return plain(outcome.score, 2)
    return f"{plain(outcome.score / indicator.unit.scale, _MOST_PLACES)}{indicator.unit.name}"


def written(result: Result, places: int) -> str:
    """A result as a case file writes it: `4.00`, `不适用`, `优`."""
    if result.came is not Came.SCORED:
        return result.came.value
    return result.text if result.number is None else fixed(result.number, places)
