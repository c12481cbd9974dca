"""`rubric fmt FILE…`.

Takes files, folders, or `-` for the standard input; lays out what the author added. Never writes a file whose meaning
would change, nor any with --check or --diff.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import click

from rubric.cli.output import DONE, FAILED_ON, REFUSED, write, write_findings
from rubric.cli.unified import unified, write_raw
from rubric.cli.words import Command
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.source import SourceText

_STDIN = "-"
_STDIN_NAME = "标准输入"
_HELP = """
把评分表排成统一的样子：缩进、空行，以及自己加的数据、口径、计分办法几行的写法（标点用全角，状态之间用“／”，
又称写成简称，不少于写成不低于，数据的各部分按固定次序）。

印发的指标说明、评分标准、指标名称和注一字不动，只动缩进；“#”开头的注释都保留，空行分的组也保留。
写进文件之前重新读一遍，读出来的内容和算法与原文完全相同才写；有问题的行原样不动。
换行符用文件里多数的那一种，文件开头的 BOM 有则保留、没有不加。
"""
_EPILOG = """\
示例：
  rubric fmt 我的评分表.rubric
  rubric fmt rubrics --check                   只列出需要排版的文件，有则退出码为 1
  rubric fmt 我的评分表.rubric --diff            只看会改哪些行
  rubric fmt - < 草稿.rubric                    从标准输入读，排好的输出到标准输出"""


@attrs.frozen
class _Laid:
    """A text with what it becomes; `path` None for the standard input."""

    path: Path | None
    source: SourceText
    text: str

    @property
    def changes(self) -> bool:
        return self.text != self.source.text


def _fmt(names: tuple[str, ...], check: bool, diff: bool) -> int:
    laid: list[_Laid] = []
    refused: list[Diagnostic] = []
    for found in _texts(names):
        refused += found.diagnostics
        laid += [found.value] if found.value is not None else []
    for one in laid:
        if diff:
            write_raw(unified(one.source.text, one.text, one.source.name))
        elif one.path is None and not check:
            write_raw(one.text)
        elif one.changes and not check:
            assert one.path is not None
            refused += _rewritten(one.path, one.text)
    told = [one for one in laid if check or one.path is not None]
    if told and not diff:
        write(_summary(told, check))
    write_findings(refused)
    if refused:
        return REFUSED
    return FAILED_ON if check and any(one.changes for one in laid) else DONE


def _texts(names: tuple[str, ...]) -> Iterator[Checked[_Laid | None]]:
    """What each name stands for, laid out; a file that is named twice is taken once."""
    from rubric import errors
    from rubric.files import read_source, rubrics_in

    seen: set[Path] = set()
    for name in names:
        if name == _STDIN:
            yield _laid(None, _standard_input())
            continue
        path = Path(name)
        paths = rubrics_in(path) if path.is_dir() else (path,)
        if not paths:
            yield Checked(None, (errors.no_rubric_in_folder(name),))
        for one in paths:
            if one.resolve() not in seen:
                seen.add(one.resolve())
                yield _laid(one, read_source(one, str(one)))


def _laid(path: Path | None, read: Checked[SourceText | None]) -> Checked[_Laid | None]:
    from rubric.formatted import formatted

    if read.value is None:
        return Checked(None, read.diagnostics)
    result = formatted(read.value)
    laid = _Laid(path, read.value, result.value) if result.value is not None else None
    return Checked(laid, result.diagnostics)


def _standard_input() -> Checked[SourceText | None]:
    from rubric.encoding import decode

    return decode(sys.stdin.buffer.read(), _STDIN_NAME)


def _rewritten(path: Path, text: str) -> list[Diagnostic]:
    from rubric.files import rewrite

    finding = rewrite(path, text)
    return [finding] if finding is not None else []


def _summary(laid: list[_Laid], check: bool) -> str:
    changing = [one for one in laid if one.changes]
    did = "需要排版" if check else "已排版"
    lines = [f"{did}：{one.source.name}" for one in changing]
    kept = len(laid) - len(changing)
    counts = [f"{len(changing)} 个文件{did}"] * bool(changing) + [f"{kept} 个文件无需改动"] * bool(kept)
    return "\n".join([*lines, "，".join(counts)])


command = Command(
    "fmt",
    callback=_fmt,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["names"], metavar="文件…", nargs=-1, required=True),
        click.Option(["--check"], is_flag=True, help="不写文件，列出需要排版的文件；有则退出码为 1"),
        click.Option(["--diff"], is_flag=True, help="不写文件，输出会改的各行"),
    ],
)
