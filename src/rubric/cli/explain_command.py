"""`rubric explain CODE`.

Takes the code of a finding; prints its page. Never needs a rubric.
"""

import click

from rubric.cli import errors
from rubric.cli.output import DONE, Refused, write
from rubric.cli.words import Command

_HELP = """
说明一个编号是什么问题：为什么要管，错误和修正的示例。

各种句式怎样写、怎样算，见项目文件夹 docs/guide 里的《评分标准怎么写》。
"""
_EPILOG = """\
示例：
  rubric explain R0901"""


def _explain(code: str) -> int:
    from rubric.diagnostics.explain import load_page, nearest_code

    page = load_page(code)
    if page is None:
        near = nearest_code(code)
        page = load_page(near) if near is not None and _same(code, near) else None
        if page is None:
            raise Refused([errors.unknown_code(code, near)])
    write(page.text)
    return DONE


def _same(code: str, near: str) -> bool:
    """Whether the code differs from the one found in case, width and a missing R only."""
    from unicodedata import normalize

    written = normalize("NFKC", code).strip().upper().removeprefix("R")
    return written.isdecimal() and f"R{written:0>4}" == near


command = Command(
    "explain",
    callback=_explain,
    help=_HELP,
    epilog=_EPILOG,
    params=[click.Argument(["code"], metavar="编号")],
)
