"""Results of cases as text and as JSON values.

Takes results; gives what `rubric test` prints: of a case that differs both values and why the score is what it is. Never
runs anything.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rubric.core.program import Program
from rubric.diagnostics.render import as_json
from rubric.regression.case import Case
from rubric.regression.recording import Change
from rubric.regression.running import CaseResult, Compared, FileResult, Verdict, written
from rubric.reporting.explain import explain_indicator
from rubric.reporting.table import pad, wrap
from rubric.source import SourceText, display_width

Json = dict[str, object]
NOTHING = "（未写）"


def case_lines(program: Program, source: SourceText, files: Sequence[FileResult], width: int) -> Iterator[str]:
    """One line for each file, below it each case that did not pass."""
    cells = max((display_width(file.file.source.name) for file in files), default=0)
    for file in files:
        label = f"（{file.file.label}）" if file.file.label else ""
        yield f"  {pad(file.file.source.name, cells)}  {summary(file.results)}{label}"
        for result in file.results:
            if result.verdict is not Verdict.PASSED:
                yield f"    {result.verdict}  {_headed(result.case)}"
                yield from difference_lines(program, source, result, width)


def difference_lines(program: Program, source: SourceText, result: CaseResult, width: int) -> Iterator[str]:
    """What differs in one case: both values, and why the score is what it is."""
    for compared in result.compared:
        if compared.verdict is not Verdict.PASSED:
            yield from _difference(program, source, compared, width)


def _headed(case: Case) -> str:
    return f"{case.name}：{case.why}" if case.why else case.name


def _difference(program: Program, source: SourceText, compared: Compared, width: int) -> Iterator[str]:
    places = program.scoring.places
    wanted = compared.expectation.wanted
    before = NOTHING if wanted is None else written(wanted, places)
    yield from wrap(
        f"{compared.expectation.of}：期望 {before}，实际 {written(compared.came, places)}", width, " " * 10, " " * 10
    )
    if (why := explanation(program, source, compared)) is not None:
        yield from wrap(why, width, " " * 10 + "因为：", " " * 16)


def explanation(program: Program, source: SourceText, compared: Compared) -> str | None:
    """Why the score came out as it did; None for a total or a grade."""
    if compared.outcome is None:
        return None
    return explain_indicator(compared.outcome, source, program.scoring.places)


def summary(results: Iterable[CaseResult]) -> str:
    """`12 个用例，全部通过`, or how many of each."""
    counts = Counter(result.verdict for result in results)
    total = sum(counts.values())
    if not total:
        return "没有用例"
    if counts[Verdict.PASSED] == total:
        return f"{total} 个用例，全部通过"
    parts = [f"{verdict} {counts[verdict]}" for verdict in Verdict if counts[verdict]]
    return f"{total} 个用例：{'，'.join(parts)}"


def change_lines(changes: Iterable[Change], width: int) -> Iterator[str]:
    for change in changes:
        yield from wrap(
            f"{change.case}　{change.of}：{change.before or NOTHING} → {change.after}", width, "    ", "      "
        )


# --- JSON -------------------------------------------------------------------------------------------------------------


def file_json(program: Program, source: SourceText, file: FileResult) -> Json:
    return {
        "file": file.file.source.name,
        "label": file.file.label or None,
        "findings": [as_json(finding) for finding in file.file.findings],
        "cases": [_case_json(program, source, result) for result in file.results],
    }


def _case_json(program: Program, source: SourceText, result: CaseResult) -> Json:
    return {
        "name": result.case.name,
        "verdict": str(result.verdict),
        "expectations": [_compared_json(program, source, compared) for compared in result.compared],
        "findings": [as_json(finding) for finding in result.case.findings],
    }


def _compared_json(program: Program, source: SourceText, compared: Compared) -> Json:
    places = program.scoring.places
    wanted = compared.expectation.wanted
    differs = compared.verdict is Verdict.DIFFERS
    return {
        "of": compared.expectation.of,
        "verdict": str(compared.verdict),
        "expected": None if wanted is None else written(wanted, places),
        "actual": written(compared.came, places),
        "explanation": explanation(program, source, compared) if differs else None,
    }
