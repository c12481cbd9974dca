"""`rubric cases RUBRIC`.

Takes a rubric; prints cases that reach every part of it, or writes them to a new file. Never writes over a file, and never a case
whose expected score is not what the rubric gives now.
"""

from pathlib import Path

import click

from rubric.cli.opening import opened
from rubric.cli.output import DONE, REFUSED, Refused, write_findings, write_or_save
from rubric.cli.words import Command

_HELP = """
生成一套用例：到过评分表的每一条、每一档、每一处否决、豁免和每一种口径，正好落在每个界限上和界限的两边。

期望的分数是评分表现在给出的分数，要由人对照原文核对一遍，才算是期望。用例尽量少（每次取新到得最多的一个，不保证最少），
数取整齐的；数据是生成的，不是任何单位的真实数据。评分表大的要算一两分钟。
"""
_EPILOG = """\
示例：
  rubric cases 2022
  rubric cases 评分表.rubric -o cases/界限.yaml
  rubric cases 2022 --indicator 16"""


def _cases(rubric: str, indicator: str | None, output: str | None) -> int:
    from rubric.regression.case import LABEL
    from rubric.regression.choosing import cases_for, chosen_cases
    from rubric.regression.mutants import mutants_of
    from rubric.regression.writing import written_cases
    from rubric.selection import select_indicator

    table = opened(rubric)
    program = table.program
    if output is not None and Path(output).exists():
        from rubric.errors import file_exists

        raise Refused([file_exists(output)])
    if indicator is None:
        cases = chosen_cases(program)
    else:
        selected = select_indicator(program, indicator)
        if selected.value is None:
            raise Refused(selected.diagnostics)
        own = [mutant for mutant in mutants_of(program) if mutant.indicator == selected.value.name]
        cases = cases_for(program, selected.value, own)
    heading = (
        f"{LABEL}：按「{program.title}」生成的用例，数据不是任何单位的真实数据",
        "期望的分数是生成时评分表给出的，应对照评分标准的原文核对",
    )
    text = written_cases(program, cases, heading, LABEL)
    write_or_save(text, output, f"：{len(cases)} 个用例（{LABEL}）")
    if table.errors:
        write_findings(table.errors)
    return REFUSED if table.errors else DONE


command = Command(
    "cases",
    callback=_cases,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["rubric"], metavar="评分表"),
        click.Option(["--indicator"], metavar="指标", help="只要一个指标的用例；写名称、编号或名称的一部分"),
        click.Option(["-o", "--output"], metavar="文件", help="写入新文件；已有同名文件的不覆盖"),
    ],
)
