"""Whole rubrics on a page of the guide: scored with facts, with one line changed at a time, or given to the commands.

Takes the parts of a source that hold rubrics; gives lines of Markdown. A rubric that does not compile without errors, or
scores otherwise than its source says, is a `Mistake`; what a command prints is what it prints.
"""

import contextlib
import io
import os
import shlex
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from guide.pictures import axis_of, range_picture
from guide.showing import PLACES, Mistake, Source, cell, shown_score, table
from rubric.api import Rubric, ScoredResult
from rubric.cli.entry import main
from rubric.core.numbers import fixed
from rubric.pipeline import compile_rubric
from rubric.source import SourceText

_HEADER = "指标体系：示例评分表\n评价年度：2099年（2100年印发）\n计分办法\n  计分：各指标得分四舍五入，保留两位小数\n"


def rubric_lines(part: Source) -> Iterator[str]:
    """The rubric as a file, then for each case its facts and the scores of the indicators."""
    text = part["rubric"].rstrip()
    yield from ("```text", *text.splitlines(), "```")
    table_of = compiled(text)
    for case in part.get("cases", ()):
        result = table_of.score(case["facts"])
        _check(text, result, case)
        yield from ("", *_facts(case["facts"]), "")
        rows = [
            (one.indicator.name, _points(result, index), result.explain(one.indicator.name))
            for index, one in enumerate(result.indicators)
        ]
        yield from table(("指标", "得分", "说明"), rows)
        if case.get("grade"):
            yield from ("", f"总分 {_total(result)}，等级 {result.grade}。")
        elif case.get("total") is not None:
            yield from ("", f"总分 {_total(result)}。")
        if case.get("note"):
            yield from ("", case["note"].strip())


def rubric_picture(part: Source, path: str) -> tuple[list[str], dict[str, str]]:
    """What the first indicator can come to as one datum moves, with what is left to a person at its least and its most."""
    axis = axis_of(part["axis"])
    program = compiled(part["rubric"].rstrip()).program
    title = f"{program.indicators[0].name}：可以得的分随{axis.name}变化"
    drawn = range_picture(axis, program, part["axis"].get("facts") or {}, title)
    return ["", f"![可以得的分随{axis.name}变化]({path})"], {path: drawn}


def compiled(text: str) -> Rubric:
    """A rubric without errors; the usual head is added where the text begins with an indicator."""
    written = text if "评价年度" in text else _HEADER + text
    source = SourceText("示例", written + "\n")
    checked = compile_rubric(source)
    if checked.errors:
        raise Mistake(f"{text}\n  {[(d.code, d.title) for d in checked.errors]}")
    return Rubric(checked.value, source, checked.diagnostics)


def _check(text: str, result: ScoredResult, case: Source) -> None:
    refused = [f"{d.code} {d.title}" for d in result.errors]
    got = {one.indicator.name: _points(result, index) for index, one in enumerate(result.indicators)}
    wanted = {name: str(score) for name, score in case["scores"].items()}
    total, grade = case.get("total"), case.get("grade")
    wrong = (total is not None and _total(result) != str(total)) or (grade is not None and result.grade != grade)
    if refused or got != wanted or wrong:
        found = f"得 {got}，总分 {_total(result)}，等级 {result.grade}；应为 {wanted}、{total}、{grade}"
        raise Mistake(f"{text}\n  {found} {refused}")


def _points(result: ScoredResult, index: int) -> str:
    one = result.indicators[index]
    return "不适用" if one.status.value == "not_applicable" else shown_score(one.score)


def _total(result: ScoredResult) -> str:
    return "待定" if result.total is None else fixed(result.total, PLACES)


def _facts(facts: Mapping[str, object]) -> Iterator[str]:
    """The facts as a facts file, without quotation marks that only YAML needs; words where nothing is filled in."""
    if not facts:
        yield "数据文件里什么都没有填："
        return
    yield "```yaml"
    yield from _nested(facts, "")
    yield "```"


def _nested(value: Mapping[str, object], indent: str) -> Iterator[str]:
    for name, inner in value.items():
        match inner:
            case Mapping():
                yield f"{indent}{name}:"
                yield from _nested(cast("Mapping[str, object]", inner), indent + "  ")
            case list():
                yield f"{indent}{name}:"
                yield from (f"{indent}  - {_flow(row)}" for row in cast("list[object]", inner))
            case _:
                yield f"{indent}{name}: {_flow(inner)}"


def _flow(value: object) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case Mapping():
            cells = cast("Mapping[str, object]", value)
            return "{" + ", ".join(f"{name}: {_flow(cell)}" for name, cell in cells.items()) + "}"
        case _:
            return str(value)


# --- forms of lines ---------------------------------------------------------------------------------------------------


def form_lines(part: Source) -> Iterator[str]:
    """`rows` of `line`, `says` and what the line stands beside: each is put at 〈〉 of a rubric and must read.

    A row may score: with `facts` the one indicator of its rubric gives `score`.
    """
    shown: list[Sequence[str]] = []
    for row in part["rows"]:
        template = row.get("in") or part["in"]
        text = template.replace("〈〉", row["line"].strip())
        table_of = compiled(text)
        unread = [f"{d.code} {d.title}" for d in table_of.diagnostics if d.code in _UNREAD]
        if unread:
            raise Mistake(f"{text}\n  {unread}")
        if "facts" in row:
            result = table_of.score(row["facts"])
            name = result.indicators[0].indicator.name
            _check(text, result, {"scores": {name: row["score"]}})
        says = row["says"] + (f"（{row['example']}）" if row.get("example") else "")
        shown.append((f"`{cell(row['line'])}`", says))
    yield from table(part.get("heads") or ("写法", "意思"), shown)


# Findings that say that a line is not understood or not used.
_UNREAD = {"R0202", "R0203", "R0204", "R0301", "R0303", "R0407", "R0408", "R0412", "R1102", "R1103"}


# --- commands ---------------------------------------------------------------------------------------------------------


def run_lines(part: Source) -> Iterator[str]:
    """`files` written to an empty folder, then each command of `run` with what it prints there."""
    with tempfile.TemporaryDirectory() as folder:
        files: Mapping[str, str] = part.get("files") or {}
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
            if name in part.get("show", ()):
                yield from (f"文件「{name}」：", "", "```text", *text.rstrip().splitlines(), "```", "")
        for command in part["run"]:
            written = command if isinstance(command, str) else command["command"]
            yield from ("```sh", written, "```", "", "```text", *_printed(written, folder), "```")
            if not isinstance(command, str) and command.get("after"):
                yield from ("", command["after"].strip())
            yield ""


def _printed(command: str, folder: str) -> Iterator[str]:
    program, *arguments = shlex.split(command)
    assert program == "rubric"
    out = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main(arguments)
    if code != 0:
        raise Mistake(f"{command}\n{out.getvalue()}")
    yield from (line.replace(folder + os.sep, "").rstrip() for line in out.getvalue().rstrip().splitlines())
