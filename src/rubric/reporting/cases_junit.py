"""Results of cases as JUnit XML, the form that build servers read.

Takes results; gives the text of one `testsuites` element: a suite for each file, a failure with both values and the reason,
an error for a case that could not be read. Never a time: that a case is slow is no property of a rubric.
"""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from rubric.core.program import Program
from rubric.diagnostics.render import render_all
from rubric.regression.running import CaseResult, FileResult, Verdict, written
from rubric.reporting.cases import NOTHING, explanation
from rubric.source import SourceText

# What XML 1.0 has no form for.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(results: Iterable[tuple[str, Program, SourceText, FileResult]]) -> str:
    """`results` are files with the name of their rubric, its program and its text."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="rubric test">']
    for rubric, program, source, file in results:
        lines += _suite(rubric, program, source, file)
    return "\n".join([*lines, "</testsuites>", ""])


def _suite(rubric: str, program: Program, source: SourceText, file: FileResult) -> Iterator[str]:
    broken = list(file.file.findings)
    verdicts = [result.verdict for result in file.results]
    failures = sum(v in (Verdict.DIFFERS, Verdict.OPEN) for v in verdicts)
    errors = sum(v is Verdict.REFUSED for v in verdicts) + bool(broken)
    yield (
        f"  <testsuite name={_attribute(file.file.source.name)} tests={_attribute(str(len(verdicts) + bool(broken)))}"
        f" failures={_attribute(str(failures))} errors={_attribute(str(errors))}>"
    )
    if broken:
        yield f'    <testcase classname={_attribute(rubric)} name="读取">'
        yield f'      <error message="文件有误">{_text(render_all(broken))}</error>'
        yield "    </testcase>"
    for result in file.results:
        yield f"    <testcase classname={_attribute(rubric)} name={_attribute(result.case.name)}>"
        yield from _outcome(program, source, result)
        yield "    </testcase>"
    yield "  </testsuite>"


def _outcome(program: Program, source: SourceText, result: CaseResult) -> Iterator[str]:
    if result.verdict is Verdict.REFUSED:
        yield f'      <error message="用例有误">{_text(render_all(result.case.findings))}</error>'
        return
    for compared in result.compared:
        if compared.verdict is not Verdict.PASSED:
            wanted = compared.expectation.wanted
            before = NOTHING if wanted is None else written(wanted, program.scoring.places)
            after = written(compared.came, program.scoring.places)
            message = f"{compared.expectation.of}：期望 {before}，实际 {after}"
            why = explanation(program, source, compared) or ""
            yield f"      <failure message={_attribute(message)}>{_text(why)}</failure>"


def _text(text: str) -> str:
    return escape(_UNPRINTABLE.sub("�", text))


def _attribute(text: str) -> str:
    return quoteattr(_UNPRINTABLE.sub("�", " ".join(text.split())))
