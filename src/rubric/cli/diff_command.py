"""`rubric diff OLD NEW`.

Takes two rubrics; prints what changed and what that means. Never scores given facts: that is `impact`.
"""

from pathlib import Path

import click

from rubric.cli.opening import opened, terminal_width
from rubric.cli.output import DONE, REFUSED, Refused, write, write_findings, write_json
from rubric.cli.words import Command, format_option, width_option

_HELP = """
比较两个年度（或两份）评分表：增删、更名、移位、分值，各条标准的文字，以及含义是等价、更严、更宽还是有严有宽。

等价由求解器对所有可能的数据证明；不等价的，列出在什么范围内得分不同，并给出一个最小的部门实例，两年的得分都由
计分程序重新算过。印发文字没有变而含义变了的（定义、数据或口径在别处改动），单独提示。
"""
_EPILOG = """\
示例：
  rubric diff 2022 2023
  rubric diff 2022 我的修订稿.rubric --html 修订.html
  rubric diff 旧.rubric 新.rubric --format json"""


def _diff(old: str, new: str, format: str, html: str | None, no_prove: bool, width: int | None) -> int:
    from rubric.api import compare

    as_json = format == "json"
    before, after = opened(old, as_json=as_json), opened(new, as_json=as_json)
    comparison = compare(before, after, prove=not no_prove)
    if html is not None:
        from rubric.files import write_new

        refused = write_new(Path(html), comparison.to_html())
        if refused is not None:
            raise Refused([refused], as_json=as_json)
    unread = (*before.errors, *after.errors)
    if as_json:
        write_json(comparison.to_dict())
    else:
        write(comparison.to_text(terminal_width(width)))
        write_findings((*unread, *comparison.diagnostics))
    return REFUSED if unread else DONE


command = Command(
    "diff",
    callback=_diff,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["old"], metavar="原评分表"),
        click.Argument(["new"], metavar="新评分表"),
        format_option(),
        click.Option(["--html"], metavar="文件", help="另写一个网页，内有两年的得分曲线；不覆盖已有的文件"),
        click.Option(["--no-prove"], is_flag=True, help="不用求解器，只列结构、文字和数据的改动"),
        width_option(),
    ],
)
