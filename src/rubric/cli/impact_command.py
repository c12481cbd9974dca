"""`rubric impact OLD NEW FACTS…`.

Takes two rubrics and facts files, folders of them, or a number of departments to make up; prints whom the revision moves and
by which edits. Never writes a file but the page that was asked for.
"""

from pathlib import Path

import click

from rubric.api import Rubric, RubricError
from rubric.cli.opening import opened, terminal_width
from rubric.cli.output import DONE, REFUSED, Refused, write, write_findings, write_json
from rubric.cli.words import Command, format_option, whole_number, width_option
from rubric.diagnostics.model import Diagnostic, errors_of

_HELP = """
看一次修订对各部门的影响：谁的得分变了、变多少、等级变不变，变化由哪几处改动造成。

数据文件可以是按任何一个年度填的，两年都用得上的数据两年通用；缺数据的指标两年的总分都不含，并列出缺什么。
没有数据的，用 --population 当场生成一批部门，各处都标明“生成数据”。
"""
_EPILOG = """\
示例：
  rubric impact 2022 2023 各单位数据
  rubric impact 2022 2023 甲.yaml 乙.yaml --html 影响.html
  rubric impact 2022 2023 --population 200 --seed 7 --html 影响.html"""


def _impact(
    old: str,
    new: str,
    facts: tuple[str, ...],
    population: int | None,
    seed: int,
    format: str,
    html: str | None,
    width: int | None,
) -> int:
    from rubric.revision.errors import facts_and_population, nobody_to_look_at

    as_json = format == "json"
    before, after = opened(old, as_json=as_json), opened(new, as_json=as_json)
    if facts and population is not None:
        raise Refused([facts_and_population()], as_json=as_json)
    if not facts and population is None:
        raise Refused([nobody_to_look_at(old, new)], as_json=as_json)
    from rubric.api import impact, impact_on_population

    try:
        if population is not None:
            found = impact_on_population(before, after, population, seed)
        else:
            from rubric.files import facts_in

            found = impact(before, after, [name for given in facts for name in facts_in(given)])
    except RubricError as error:
        raise Refused(error.diagnostics, as_json=as_json) from None
    if html is not None:
        from rubric.files import write_new

        refused = write_new(Path(html), found.to_html())
        if refused is not None:
            raise Refused([refused], as_json=as_json)
    unread = _unread(before, after, found.diagnostics)
    if as_json:
        write_json(found.to_dict())
    else:
        write(found.to_text(terminal_width(width)))
        write_findings((*before.errors, *after.errors, *found.diagnostics))
    return REFUSED if unread else DONE


def _unread(before: Rubric, after: Rubric, findings: tuple[Diagnostic, ...]) -> bool:
    return bool(before.errors or after.errors or errors_of(findings))


command = Command(
    "impact",
    callback=_impact,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["old"], metavar="原评分表"),
        click.Argument(["new"], metavar="新评分表"),
        click.Argument(["facts"], metavar="数据文件…", nargs=-1),
        click.Option(
            ["--population"],
            metavar="个数",
            callback=whole_number(1, 100_000),
            help="不用数据文件，当场生成这么多个部门",
        ),
        click.Option(
            ["--seed"], metavar="种子", callback=whole_number(0, 999_999_999), default=7, help="生成用的种子，默认 7"
        ),
        format_option(),
        click.Option(["--html"], metavar="文件", help="另写一个网页，内有瀑布图；不覆盖已有的文件"),
        width_option(),
    ],
)
