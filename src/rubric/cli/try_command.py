"""`rubric try CLAUSE NAME=VALUE…` and `rubric try --cases FILE`.

Takes a clause with its points and values, or a file of clauses with worked cases; prints what the clause gives, or how
each was understood. Never changes a character of a clause.
"""

from pathlib import Path

import click

from rubric.cli import errors
from rubric.cli.opening import terminal_width
from rubric.cli.output import DONE, FAULT, REFUSED, Refused, write, write_findings, write_json
from rubric.cli.try_input import read_clauses, read_points, read_values
from rubric.cli.words import Command, format_option, width_option
from rubric.diagnostics.model import Diagnostic, errors_of

_USAGE = 'rubric try "评分标准原文" --points 分值 名称=内容 …'
_HELP = """
拿一句评分标准和几个数当场试算：得多少分、为什么、名称各指原文的哪几个字、还可以怎样读，以及写成评分表的样子。
原文照抄，一字不改；名称和内容写成“名称=内容”，不用先写数据的说明。

内容可以是数（3）、比率（12.3%）、金额（50万元）、日期（2099-10-31）、是或否，几个数用顿号连起来（60%、80%）。

--cases 试算一个文件里的许多句：每行一句，写明分值、数据和应得的分，列出哪些算对了。

各种句式怎样写、怎样算，见项目文件夹 docs/guide 里的《评分标准怎么写》。
"""
_EPILOG = """\
示例：
  rubric try "超出10%的，超出一个百分点扣0.1分，直至1分扣完为止" --points 1 调剂比例=12.3%
  rubric try "会议费实行限额管理的，得2分；否则不得分。" --points 2 实行限额管理=是 --explain
  rubric try "满意度≥90%的，得5分；否则不得分。" --points 5 满意度=92% --rubric
  rubric try --cases 各句.jsonl --format json

--cases 的每一行：
  {"id": "1", "kind": "分档", "text": "原文", "points": "5", "cases": [{"inputs": {"满意度": "92%"}, "score": "5"}]}"""


def _try(
    clause: str | None,
    values: tuple[str, ...],
    points: str | None,
    cases: str | None,
    explain: bool,
    rubric: bool,
    format: str,
    width: int | None,
) -> int:
    as_json = format == "json"
    if cases is None:
        return _one(clause, values, points, explain, rubric, as_json, terminal_width(width))
    written = [("评分标准", clause is not None), ("--points", points is not None)]
    written += [("--explain", explain), ("--rubric", rubric)]
    if beside := [name for name, is_written in written if is_written]:
        raise Refused([errors.beside_cases(beside)], as_json=as_json)
    return _many(cases, as_json, terminal_width(width))


def _one(
    clause: str | None,
    arguments: tuple[str, ...],
    points: str | None,
    explain: bool,
    rubric: bool,
    as_json: bool,
    width: int,
) -> int:
    if clause is None or not clause.strip():
        raise Refused([errors.missing_argument("评分标准", _USAGE)], as_json=as_json)
    values = read_values(arguments)
    refused: list[Diagnostic] = [*values.diagnostics]
    if points is None:
        refused.append(errors.missing_argument("--points", _USAGE))
    elif finding := read_points(points):
        refused.append(finding)
    if points is None or refused:
        raise Refused(refused, as_json=as_json)

    from rubric.trying.report import trial_document, trial_text
    from rubric.trying.run import run, understand

    trial = run(understand(clause, points, [values.value]), values.value)
    if rubric and not as_json:
        write(trial.source.text)
    elif as_json:
        write_json(trial_document(trial, clause, values.value, full=explain))
    else:
        write("\n".join(trial_text(trial, clause, values.value, full=explain, width=width)))
    faults = errors_of(trial.diagnostics)
    if faults and not as_json:
        write_findings(faults)
    return REFUSED if faults else DONE


def _many(name: str, as_json: bool, width: int) -> int:
    from rubric.files import read_source

    source = read_source(Path(name), name)
    if source.value is None:
        raise Refused(source.diagnostics, as_json=as_json)
    clauses = read_clauses(source.value)
    if clauses.diagnostics:
        raise Refused(clauses.diagnostics, as_json=as_json)

    from rubric.trying.cases import try_clauses

    result = try_clauses(clauses.value)
    if as_json:
        write_json(result)
    else:
        from rubric.trying.totals import totals_text

        write("\n".join(totals_text(result, clauses.value, width)))
    return FAULT if any("fault" in found for found in result["clauses"]) else DONE


command = Command(
    "try",
    callback=_try,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["clause"], metavar="评分标准", required=False),
        click.Argument(["values"], metavar="名称=内容…", nargs=-1),
        click.Option(["--points"], metavar="分值", help="这句评分标准的分值，如 1"),
        click.Option(["--cases"], metavar="文件", help="试算一个文件里的各句，每行一句"),
        click.Option(["--explain"], is_flag=True, help="列出计分的全部依据"),
        click.Option(["--rubric"], is_flag=True, help="只输出写成的评分表"),
        format_option(),
        width_option(),
    ],
)
