"""`rubric check RUBRIC`.

Takes a rubric; prints its ledger and all findings. Never scores anything.
"""

from collections.abc import Iterator
from pathlib import Path, PurePath

import click

from rubric.api import Rubric
from rubric.cli.opening import opened, terminal_width
from rubric.cli.output import DONE, REFUSED, Refused, write, write_findings, write_json
from rubric.cli.words import Command, format_option, width_option
from rubric.core.record import Record
from rubric.source import SourceText

_HELP = """
检查一份评分表：各指标怎样计分（计算、计数、分档认定、评判各多少分），用了哪些口径、还有哪些备选，
哪些数据没有用到，逐项证明（不超过分值、满分可得、分档无空档等）的结果，以及发现的问题。
"""
_EPILOG = """\
示例：
  rubric check 2022
  rubric check 2022 --facts 数据.yaml           评判能使这个部门的总分变动多少
  rubric check 2022 --population 各单位数据         另一种读法会改变多少部门的总分
  rubric check 2022 --sentences                每一句标准算作什么
  rubric check 我的评分表.rubric --fix            列出可以确定的修补，问过再写入
  rubric check 我的评分表.rubric --format json
  rubric check 我的评分表.rubric --format sarif > 检查.sarif"""


def _check(
    rubric: str,
    format: str,
    width: int | None,
    sentences: bool,
    no_prove: bool,
    facts: str | None,
    population: tuple[str, ...],
    fix: bool,
    yes: bool,
) -> int:
    try:
        return _checked(rubric, format, width, sentences, no_prove, facts, population, fix, yes)
    except Refused as refused:
        if format != "sarif":
            raise
        return _refused(rubric, refused)


def _refused(rubric: str, refused: Refused) -> int:
    """What was refused, as a log too: who reads the log of a run reads nothing else."""
    from rubric.reporting.sarif import sarif_log

    name = PurePath(rubric)
    outside = name.is_absolute() or ".." in name.parts
    addresses = {} if outside else {rubric: name.as_posix()}
    write_json(sarif_log(refused.diagnostics, SourceText(rubric, ""), addresses))
    return REFUSED


def _checked(
    rubric: str,
    format: str,
    width: int | None,
    sentences: bool,
    no_prove: bool,
    facts: str | None,
    population: tuple[str, ...],
    fix: bool,
    yes: bool,
) -> int:
    as_json = format == "json"
    table = opened(rubric, as_json=as_json)
    if fix or yes:
        from rubric.cli.fixing import fix as fix_it

        return fix_it(table, yes=yes and fix, prove=not no_prove, as_json=as_json, width=width)
    table = table if sentences else table.checked(prove=not no_prove)
    record = _record(table, facts, as_json) if facts is not None else None
    units = tuple(_departments(table, population, as_json))
    if as_json:
        write_json(table.to_dict(table.study(record), table.readings_of(units, solve=not no_prove)))
    elif format == "sarif":
        from rubric.reporting.sarif import sarif_log

        write_json(sarif_log(table.diagnostics, table.source, _addresses(table)))
    elif sentences:
        from rubric.reporting.ledger import sentences_text

        write(sentences_text(table.program, terminal_width(width)))
    else:
        from rubric.reporting.ledger import ledger_text

        columns = terminal_width(width)
        write(
            ledger_text(
                table.program,
                table.source,
                table.diagnostics,
                width=columns,
                origin=table.origin,
                proofs=table.proofs,
                study=table.study(record),
                readings=table.readings_of(units, solve=not no_prove),
            )
        )
    return REFUSED if table.errors else DONE


def _addresses(table: Rubric) -> dict[str, str]:
    """The address of the rubric from the folder at work; one outside of it is named by its edition, or its name alone."""
    if table.path is None:
        return {}
    try:
        address = table.path.resolve().relative_to(Path.cwd().resolve())
    except (OSError, ValueError):
        return {} if Path(table.source.name).is_absolute() else {table.source.name: table.source.name.lstrip("./")}
    return {table.source.name: address.as_posix()}


def _departments(table: Rubric, names: tuple[str, ...], as_json: bool) -> Iterator[Record]:
    """The departments in files, folders and lines of JSON; what was refused of one counts as missing, and is counted."""
    from rubric.errors import facts_refused
    from rubric.files import facts_in, read_lines

    refused, number = 0, 0
    for name in (one for given in names for one in facts_in(given)):
        lines = read_lines(name) if name.endswith(".jsonl") else None
        if lines is not None and lines.value is None:
            raise Refused(lines.diagnostics, as_json=as_json)
        for facts in (name,) if lines is None else lines.value or ():
            read = table.read_facts(facts)
            if read.value is None:
                raise Refused(read.diagnostics, as_json=as_json)
            number, refused = number + 1, refused + bool(read.errors)
            yield read.value
    if refused:
        write_findings([facts_refused(refused, number)])


def _record(table: Rubric, facts: str, as_json: bool) -> Record:
    """The facts of a department; what was refused of them is told, and counts as missing."""
    read = table.read_facts(facts)
    if read.value is None:
        raise Refused(read.diagnostics, as_json=as_json)
    write_findings(read.errors)
    return read.value


command = Command(
    "check",
    callback=_check,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["rubric"], metavar="评分表"),
        format_option(("sarif", "SARIF（2.1.0，供代码平台和编辑器标出问题）")),
        click.Option(["--sentences"], is_flag=True, help="逐句列出评分标准算作什么：规则、评判、否决、定义、注等"),
        click.Option(
            ["--no-prove"], is_flag=True, help="不作证明（求解器对所有可能的数据逐项证明，需安装 prove 附加包）"
        ),
        click.Option(["--facts"], metavar="数据文件", help="另按这个部门的数据，算出评判能使总分变动多少"),
        click.Option(
            ["--population"],
            metavar="文件夹或文件",
            multiple=True,
            help="一批部门的数据：改用另一种读法，各有多少部门的总分、等级会变；可写多次",
        ),
        click.Option(["--fix"], is_flag=True, help="列出可以确定的修补（补写封顶、保底、分档的另一端），问过再写入"),
        click.Option(["--yes"], is_flag=True, help="与 --fix 同用：不再问，直接写入"),
        width_option(),
    ],
)
