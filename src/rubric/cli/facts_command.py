"""`rubric facts RUBRIC`.

Takes a rubric; prints a blank facts file, or writes it to a new file. Never writes over a file.
"""

from pathlib import Path

import click

from rubric.cli.opening import opened
from rubric.cli.output import DONE, REFUSED, Refused, write, write_findings
from rubric.cli.words import Command

_HELP = """
给出一份空白的数据文件：评分表用到的每一项数据和评判，连同单位、可填的内容和用到它的条款。
"""
_EPILOG = """\
示例：
  rubric facts 2022
  rubric facts 2022 --output 数据.yaml"""


def _facts(rubric: str, output: str | None) -> int:
    from rubric.files import write_new

    table = opened(rubric)
    text = table.blank_facts()
    if output is None:
        write(text)
    else:
        finding = write_new(Path(output), text)
        if finding is not None:
            raise Refused([finding])
        write(f"已写入 {output}")
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
