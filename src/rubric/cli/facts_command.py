"""`rubric facts RUBRIC`.

Takes a rubric; prints a blank facts file, or writes it to a new file. Never writes over a file.
"""

import click

from rubric.cli.opening import opened
from rubric.cli.output import DONE, REFUSED, write_findings, write_or_save
from rubric.cli.words import Command

_HELP = """
给出一份空白的数据文件：评分表用到的每一项数据和评判，连同单位、可填的内容和用到它的条款。
"""
_EPILOG = """\
示例：
  rubric facts 2022
  rubric facts 2022 --output 数据.yaml"""


def _facts(rubric: str, output: str | None) -> int:
    table = opened(rubric)
    write_or_save(table.blank_facts(), output)
    if table.errors:
        write_findings(table.errors)
    return REFUSED if table.errors else DONE


command = Command(
    "facts",
    callback=_facts,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["rubric"], metavar="评分表"),
        click.Option(["--output"], metavar="文件", help="写入新文件；已有同名文件的不覆盖"),
    ],
)
