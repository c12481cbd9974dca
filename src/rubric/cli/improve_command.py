"""`rubric improve RUBRIC FACTS`.

Takes a rubric and a facts file; prints which facts would have to be how for a better score. Never changes a file.
"""

import click

from rubric.api import Rubric
from rubric.cli import errors
from rubric.cli.opening import opened, terminal_width
from rubric.cli.output import DONE, REFUSED, Refused, write, write_findings, write_json
from rubric.cli.words import Command, format_option, width_option
from rubric.diagnostics.model import errors_of

_HELP = """
看一个部门的哪些数据要到什么程度，得分才能提高：每个指标离下一个界限还差多少；要达到一个总分或等级，最少改哪几项数据、各改多少。

给出的每一种改法都由计分程序重算过。声明为“不可变”的数据、--fixed 的数据和逐行填列的数据不动；由人评定的分要加 --judgements
才列入。这里只算差距，数据本身要如实填报。
"""
_EPILOG = """\
示例：
  rubric improve 2022 数据.yaml                       各指标离下一个界限还差多少
  rubric improve 2022 数据.yaml --target 90           总分达到 90 分
  rubric improve 2022 数据.yaml --target 优
  rubric improve 2022 数据.yaml --target +2 --fixed 年初预算总额 --fixed 在编人数
  rubric improve 2022 --gaming                       评分表哪里差一点就差很多分"""


def _improve(
    rubric: str,
    facts: str | None,
    target: str | None,
    fixed: tuple[str, ...],
    judgements: bool,
    no_solver: bool,
    gaming: bool,
    format: str,
    width: int | None,
) -> int:
    from rubric.improving.improve import improve

    as_json = format == "json"
    table = opened(rubric, as_json=as_json)
    if gaming:
        if target is not None or no_solver:
            raise Refused([errors.beside_gaming("--target" if target is not None else "--no-solver")], as_json=as_json)
        return _gaming(table, facts, fixed, judgements, as_json, width)
    if facts is None:
        raise Refused([errors.missing_argument("数据文件", "rubric improve [选项] 评分表 数据文件")], as_json=as_json)
    record = table.read_facts(facts)
    if record.value is None:
        raise Refused(record.diagnostics, as_json=as_json)
    found = improve(table.program, record.value, target, fixed=fixed, judgements=judgements, solve=not no_solver)
    refused = errors_of((*table.diagnostics, *record.diagnostics, *found.diagnostics))
    if errors_of(found.diagnostics):
        raise Refused(found.diagnostics, as_json=as_json)
    if as_json:
        from rubric.reporting.improvement_document import improvement_document

        write_json(improvement_document(found))
    else:
        from rubric.diagnostics.render import render_all
        from rubric.reporting.improvement import improvement_text

        write(improvement_text(found, terminal_width(width)))
        if found.diagnostics:
            write("\n" + render_all(found.diagnostics))
        write_findings(refused)
    sought = target is None or found.searched is not None or found.target is not None
    return REFUSED if refused or not sought else DONE


def _gaming(
    table: Rubric, facts: str | None, fixed: tuple[str, ...], judgements: bool, as_json: bool, width: int | None
) -> int:
    """Where a small change gains most: from one department's facts, or at the edges of the table alone."""
    from rubric.improving.gaming import edges_of, edges_of_table
    from rubric.improving.improve import data_named
    from rubric.reporting.gaming import gaming_document, gaming_text

    program = table.program
    named = data_named(program, fixed)
    if named.diagnostics:
        raise Refused(named.diagnostics, as_json=as_json)
    unit, refused = None, errors_of(table.diagnostics)
    if facts is None:
        edges = edges_of_table(program, named.value, judgements=judgements)
    else:
        read = table.read_facts(facts)
        if read.value is None:
            raise Refused(read.diagnostics, as_json=as_json)
        unit, refused = read.value.unit_name, (*refused, *read.errors)
        edges = edges_of(program, read.value, named.value, judgements=judgements)
    if as_json:
        write_json(gaming_document(edges, program, unit, refused))
    else:
        write(gaming_text(edges, program, unit, terminal_width(width)))
        write_findings(refused)
    return REFUSED if refused else DONE


command = Command(
    "improve",
    callback=_improve,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["rubric"], metavar="评分表"),
        click.Argument(["facts"], metavar="数据文件", required=False),
        click.Option(["--target"], metavar="90|优|+2", help="要达到的总分、等级，或要增加的分数"),
        click.Option(
            ["--fixed"], metavar="数据", multiple=True, help="不改的数据；可写多次，写名称、简称或名称的一部分"
        ),
        click.Option(["--judgements"], is_flag=True, help="由人评定的分也列入（默认不动）"),
        click.Option(["--gaming"], is_flag=True, help="列出哪里改动小而得分多（给印发部门看；可以不写数据文件）"),
        click.Option(["--no-solver"], is_flag=True, help="不用求解器：只找改一项数据的"),
        format_option(),
        width_option(),
    ],
)
