"""`rubric test [RUBRIC]`.

Takes a rubric, a case file or a folder; prints which cases hold. Never writes into a file unless --record asks for it, and
then says what it changed.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from rubric.casebook import CaseBook, read_case_files
from rubric.cli.opening import terminal_width
from rubric.cli.output import DONE, FAILED_ON, REFUSED, Refused, write, write_findings, write_json
from rubric.cli.testing_paths import Tested, tested
from rubric.cli.words import Command, format_option, width_option
from rubric.diagnostics.model import Diagnostic, errors_of
from rubric.regression.running import FileResult, Verdict, run_file

if TYPE_CHECKING:
    from rubric.regression.coverage import Coverage
    from rubric.regression.lacking import Gap, Mutation

_HELP = """
运行评分表的用例：一份数据（或一个指标要用的几个数）和应得的分数，写在评分表旁边的 cases 文件夹里。

写评分表、一个用例文件或一个文件夹，不写的就是当前文件夹。不符的列出期望、实际和得分的理由，退出码为 1。
"""
_EPILOG = """\
示例：
  rubric test 2022
  rubric test rubrics/2022/cases/满意度.yaml
  rubric test 2022 --record            把不符的和留空的期望改为现在的得分，并列出改了什么
  rubric test rubrics --junit 结果.xml
  rubric test 2022 --coverage --html 覆盖.html
  rubric test 2022 --mutation          逐处改动评分表，看用例看不看得出

用例文件的样子：
  用例:
    - 名称: 满意度正好 95% 得 6 分
      数据: {满意度: 95%}
      期望: {公众或服务对象满意度: 6.00}
    - 名称: 某部门
      数据文件: 某部门.yaml
      期望: {总分: 92.51, 等级: 优}"""


@attrs.frozen
class Run:
    """One rubric with its cases and what came of them."""

    tested: Tested
    book: CaseBook
    results: tuple[FileResult, ...]
    findings: tuple[Diagnostic, ...]


def _test(
    target: str,
    record: bool,
    junit: str | None,
    coverage: bool,
    mutation: bool,
    html: str | None,
    format: str,
    width: int | None,
) -> int:
    as_json = format == "json"
    runs = [_run(one) for one in tested(target, as_json=as_json)]
    if not any(run.book.files for run in runs) and not any(run.findings for run in runs):
        from rubric.regression.errors import no_cases

        raise Refused([no_cases(target)], as_json=as_json)
    if junit is not None:
        _write_junit(runs, Path(junit), as_json)
    changed = [_record(run, as_json) for run in runs] if record else []
    cells = terminal_width(width)
    measured = [_measured(run, coverage=coverage or html is not None, mutation=mutation) for run in runs]
    if html is not None:
        _write_page(runs, measured, Path(html), as_json)
    findings = [f for run in runs for f in (*run.findings, *run.book.findings)]
    if as_json:
        write_json(_document(runs, changed, measured))
    else:
        for index, run in enumerate(runs):
            lines = _lines(run, changed[index] if record else [], cells)
            write("\n".join([*lines, *_measured_lines(run, measured[index], cells)]))
        write_findings(findings)
    if errors_of(findings):
        return REFUSED
    verdicts = {result.verdict for run in runs for file in run.results for result in file.results}
    return FAILED_ON if verdicts & {Verdict.DIFFERS, Verdict.OPEN} and not record else DONE


def _run(one: Tested) -> Run:
    book = read_case_files(one.rubric.program, one.rubric.path.stem if one.rubric.path else "", one.cases)
    results = tuple(run_file(one.rubric.program, file, one.rubric.source) for _, file in book.value.files)
    return Run(one, book.value, results, (*one.rubric.errors, *book.diagnostics))


def _lines(run: Run, changed: list[str], width: int) -> list[str]:
    from rubric.reporting.cases import case_lines, summary

    rubric = run.tested.rubric
    lines = [f"{run.tested.name}{f'（{rubric.program.status}）' if rubric.program.status else ''}"]
    if changed:
        return [*lines, *changed, ""]
    lines += case_lines(rubric.program, rubric.source, run.results, width)
    return [*lines, f"合计  {summary(result for file in run.results for result in file.results)}", ""]


def _record(run: Run, as_json: bool) -> list[str]:
    """Writes the files that change; what changed, as lines."""
    from rubric.files import rewrite
    from rubric.regression.recording import record_anew
    from rubric.reporting.cases import change_lines

    lines: list[str] = []
    for (path, file), result in zip(run.book.files, run.results, strict=True):
        recorded = record_anew(result, run.tested.rubric.program.scoring.places)
        if recorded.changes:
            finding = rewrite(path, recorded.text)
            if finding is not None:
                raise Refused([finding], as_json=as_json)
            lines += [f"  {file.source.name}：改了 {len(recorded.changes)} 处", *change_lines(recorded.changes, 100)]
    return lines or ["  没有要改的"]


@attrs.frozen
class Measured:
    """What the cases of one rubric reach and notice; None where that was not asked."""

    coverage: "tuple[Coverage, tuple[Gap, ...]] | None"
    mutation: "Mutation | None"


def _measured(run: Run, *, coverage: bool, mutation: bool) -> Measured:
    if not coverage and not mutation:
        return Measured(None, None)
    from rubric.regression.lacking import gaps, mutation as mutation_of

    program = run.tested.rubric.program
    cases = [case for _, file in run.book.files for case in file.cases]
    return Measured(gaps(program, cases) if coverage else None, mutation_of(program, cases) if mutation else None)


def _measured_lines(run: Run, measured: Measured, width: int) -> list[str]:
    if measured == Measured(None, None):
        return []
    from rubric.reporting.lacking import coverage_lines, mutation_lines

    rubric = run.tested.rubric
    lines: list[str] = []
    if measured.coverage is not None:
        lines += [*coverage_lines(*measured.coverage, width), ""]
    if measured.mutation is not None:
        lines += [*mutation_lines(rubric.program, rubric.source, measured.mutation, width), ""]
    return lines


def _write_page(runs: list[Run], measured: list[Measured], path: Path, as_json: bool) -> None:
    """One page for one rubric; of several the first, because a page is one table."""
    from rubric.files import write_new
    from rubric.reporting.coverage_page import coverage_page

    run, found = runs[0], measured[0].coverage
    assert found is not None
    labels = dict.fromkeys(file.label for _, file in run.book.files if file.label)
    finding = write_new(path, coverage_page(run.tested.rubric.source, *found, "、".join(labels)))
    if finding is not None:
        raise Refused([finding], as_json=as_json)


def _write_junit(runs: list[Run], path: Path, as_json: bool) -> None:
    """A report of an earlier run is replaced: that is what a build server expects of the option."""
    from rubric.files import rewrite, write_new
    from rubric.reporting.cases_junit import junit_xml

    text = junit_xml(
        (run.tested.name, run.tested.rubric.program, run.tested.rubric.source, file)
        for run in runs
        for file in run.results
    )
    finding = rewrite(path, text) if path.exists() else write_new(path, text)
    if finding is not None:
        raise Refused([finding], as_json=as_json)


def _document(runs: list[Run], changed: list[list[str]], measured: list[Measured]) -> dict[str, object]:
    from rubric.diagnostics.render import as_json
    from rubric.reporting.cases import file_json
    from rubric.reporting.document import rubric_json
    from rubric.reporting.lacking import coverage_json, mutation_json

    def measures(run: Run, one: Measured) -> dict[str, object]:
        rubric = run.tested.rubric
        found: dict[str, object] = {}
        if one.coverage is not None:
            found["coverage"] = coverage_json(*one.coverage)
        if one.mutation is not None:
            found["mutation"] = mutation_json(rubric.program, rubric.source, one.mutation)
        return found

    return {
        "schema_version": "1",
        "rubrics": [
            {
                "name": run.tested.name,
                "rubric": rubric_json(run.tested.rubric.program),
                "findings": [as_json(finding) for finding in run.findings],
                "files": [file_json(run.tested.rubric.program, run.tested.rubric.source, file) for file in run.results],
                **measures(run, measured[index]),
                **({"recorded": changed[index]} if changed else {}),
            }
            for index, run in enumerate(runs)
        ],
    }


command = Command(
    "test",
    callback=_test,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["target"], metavar="评分表或文件夹", required=False, default="."),
        click.Option(["--record"], is_flag=True, help="把不符的和留空的期望改为现在的得分，列出改了什么"),
        click.Option(["--junit"], metavar="文件", help="另写一份 JUnit XML"),
        click.Option(["--coverage"], is_flag=True, help="列出用例没有到过的条款、分档、口径等，附上可以补的用例"),
        click.Option(["--mutation"], is_flag=True, help="把评分表逐处改动，列出用例看不出的改动，附上缺少的用例"),
        click.Option(["--html"], metavar="文件", help="把覆盖的情形画在评分表上，写成一个新网页"),
        format_option(),
        width_option(),
    ],
)
