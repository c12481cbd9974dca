"""`rubric list` (also `rubric editions`).

Takes nothing; prints the editions that can be named where one works. Never reads a rubric.
"""

from pathlib import Path

from rubric.cli.output import DONE, write
from rubric.cli.words import Command

_HELP = """
列出可用的年度版本和其中的评分表。本地的 rubrics 文件夹先于随附的一份。
"""
_EPILOG = """\
示例：
  rubric list"""


def _list() -> int:
    from rubric.editions import list_editions
    from rubric.reporting.table import table

    editions = list_editions(Path.cwd())
    if not editions:
        write("还没有年度版本：当前文件夹及其上级文件夹中没有 rubrics 文件夹")
        return DONE
    rows = [("年度版本", "来源", "评分表")]
    rows += [(edition.name, str(edition.origin), "、".join(edition.rubrics)) for edition in editions]
    write("\n".join(table(rows, ["left", "left", "left"])))
    return DONE


command = Command("list", callback=_list, help=_HELP, epilog=_EPILOG)
