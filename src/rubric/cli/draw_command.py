"""`rubric draw RUBRIC`.

Takes a rubric, and the facts of a department where given; writes the score curves of its indicators as SVG. Never writes over
a file without being asked.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from rubric.api import Rubric
from rubric.cli import errors
from rubric.cli.opening import opened
from rubric.cli.output import DONE, REFUSED, Refused, write, write_findings
from rubric.cli.words import Command
from rubric.core.program import Indicator
from rubric.core.record import Record

_HELP = """
把各指标的得分画成曲线（SVG 图）：得分随哪个数变、在哪里跳、哪一端含在内；给出数据文件的，标出这个部门的位置。
没有曲线的指标（由人评判的等）逐一列明。
"""
_EPILOG = """\
示例：
  rubric draw 2022 -o 曲线                                 每个指标一幅，写入文件夹「曲线」
  rubric draw 2022 -o 曲线 --facts 数据.yaml               标出这个部门的位置
  rubric draw 2022 --indicator 满意度 -o 满意度.svg         只画一个指标"""
_SUFFIX = ".svg"
# So many files in the way are named.
_LISTED = 3
# Signs that some file systems do not take in a name.
_UNSAFE = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


def _draw(rubric: str, output: str | None, indicator: str | None, facts: str | None, force: bool) -> int:
    if output is None:
        raise Refused([errors.missing_argument("-o", f"rubric draw {rubric} -o 文件夹")])
    table = opened(rubric)
    chosen = table.program.indicators if indicator is None else (_chosen(table, indicator),)
    record = _record(table, facts) if facts is not None else None
    pictures, without = _pictures(table, chosen, record)
    if not pictures and indicator is not None:
        raise Refused([errors.no_curve(*without[0])])
    target = Path(output)
    if target.suffix.lower() == _SUFFIX:
        if len(pictures) != 1:
            raise Refused([errors.several_pictures(output, len(pictures))])
        files = [(target, pictures[0][1])]
    else:
        files = [(target / f"{one.id} {one.name.translate(_UNSAFE)}{_SUFFIX}", svg) for one, svg in pictures]
    _write(files, target, force)
    for line in _told(files, without):
        write(line)
    if table.errors:
        write_findings(table.errors)
    return REFUSED if table.errors else DONE


def _chosen(table: Rubric, words: str) -> Indicator:
    from rubric.selection import select_indicator

    selected = select_indicator(table.program, words)
    if selected.value is None:
        raise Refused(selected.diagnostics)
    return selected.value


def _record(table: Rubric, facts: str) -> Record:
    """The facts of a department; what was refused of them is told, and counts as missing."""
    read = table.read_facts(facts)
    if read.value is None:
        raise Refused(read.diagnostics)
    write_findings(read.errors)
    return read.value


def _pictures(
    table: Rubric, chosen: Sequence[Indicator], record: Record | None
) -> tuple[list[tuple[Indicator, str]], list[tuple[str, str]]]:
    """Each indicator with its picture; those without a curve, each with the reason."""
    from rubric.analysis.indicator_curves import curves_of
    from rubric.analysis.ranges import world_of
    from rubric.analysis.reach_sums import reach_of_indicator
    from rubric.reporting.drawing import Heading, drawing, why_no_curve

    world = world_of(table.program)
    year = f"{table.program.fiscal_year} 年度" if table.program.fiscal_year is not None else ""
    status = f"【{table.program.status}】" if table.program.status else ""
    heading = Heading(record.unit_name or "所给数据" if record is not None else "", year + status)
    pictures: list[tuple[Indicator, str]] = []
    without: list[tuple[str, str]] = []
    for indicator in chosen:
        found = reach_of_indicator(table.program, world, indicator)
        curves = curves_of(table.program, found, record)
        if curves:
            pictures.append((indicator, drawing(indicator, curves, heading)))
        else:
            without.append((f"{indicator.id} {indicator.name}", why_no_curve(found)))
    return pictures, without


def _write(files: list[tuple[Path, str]], target: Path, force: bool) -> None:
    """All of them or none: what stands in the way is found before anything is written."""
    from rubric.errors import file_exists, unwritable_file
    from rubric.files import rewrite, write_new

    there = [path for path, _ in files if path.exists()]
    if there and not force:
        raise Refused([file_exists(str(path), "加上 --force，或换一个位置") for path in there[:_LISTED]])
    try:
        (target if target.suffix.lower() != _SUFFIX else target.parent).mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Refused([unwritable_file(str(target))]) from None
    for path, svg in files:
        finding = rewrite(path, svg) if path in there else write_new(path, svg)
        if finding is not None:
            raise Refused([finding])


def _told(files: list[tuple[Path, str]], without: list[tuple[str, str]]) -> Iterator[str]:
    yield f"已写入 {len(files)} 幅图："
    yield from (f"  {path}" for path, _ in files)
    if without:
        yield "没有得分曲线的指标："
        yield from (f"  {name}：{why}" for name, why in without)


command = Command(
    "draw",
    callback=_draw,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["rubric"], metavar="评分表"),
        click.Option(["-o", "--output"], metavar="文件.svg|文件夹", help="写入的位置；已有的文件不覆盖"),
        click.Option(["--indicator"], metavar="指标", help="只画一个指标（名称、编号或名称的一部分）"),
        click.Option(["--facts"], metavar="数据文件", help="标出这个部门的位置，其余的数也按这个部门的算"),
        click.Option(["--force"], is_flag=True, help="已有同名的图，用新的替换"),
    ],
)
