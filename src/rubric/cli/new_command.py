"""`rubric new YEAR --from RUBRIC`.

Takes a year and an earlier rubric; writes a draft of the year's edition into the user's own `rubrics` folder. Never writes
over anything, and never calls a draft issued.
"""

from pathlib import Path
from unicodedata import normalize

import attrs
import click

from rubric.api import Rubric, open_rubric
from rubric.cli import edition_errors, errors
from rubric.cli.lock_command import shown
from rubric.cli.output import DONE, Refused, write
from rubric.cli.words import Command
from rubric.diagnostics.model import errors_of
from rubric.editions.succession import Draft, draft_of, edition_text
from rubric.reporting.table import wrap

_HELP = """
为新的一年起草年度版本：在自己的 rubrics 文件夹里，由往年的评分表复制一份，评价年度和印发年份顺延，性质写为草案。

评分标准的文字一字不动。往年的用例不带过来，因为其中的期望得分是按往年的标准定的。已有的文件不覆盖。
"""
_EPILOG = """\
示例：
  rubric new 2024 --from 2023
  rubric new 2024 --from 2023/部门整体支出
  rubric new 2024 --from 我的评分表.rubric"""
_WIDTH = 96


@attrs.frozen
class _Drafted:
    name: str
    rubric: Rubric
    draft: Draft
    differing: tuple[str, ...]


def _new(year: str, source: str | None) -> int:
    written, year = year, normalize("NFKC", year).strip().removesuffix("度").removesuffix("年")
    if source is None:
        raise Refused([errors.missing_argument("--from 评分表", "rubric new 2024 --from 2023")])
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise Refused([edition_errors.not_a_year(written)])
    rubrics = _rubrics(source)
    folder = _library() / year
    if folder.exists() or folder.is_symlink():
        from rubric.editions.succession_errors import year_exists

        raise Refused([year_exists(year, shown(folder))])
    drafted = [_drafted(name, rubric, int(year)) for name, rubric in rubrics]
    origins = [
        f"由 {r.source.name} 起草，其原文校验码 {r.program.source_sha256[:8]}，含义 {r.program.meaning_sha256[:8]}"
        for _, r in rubrics
    ]
    _written(folder, drafted, edition_text(drafted[0].draft, drafted[0].rubric.program.language_version, origins))
    write("\n".join(_told(drafted, folder, source)))
    return DONE


def _rubrics(source: str) -> list[tuple[str, Rubric]]:
    """Every rubric of an edition, or the one that is named; by the names of their files."""
    from rubric.editions.catalog import named_edition

    start = Path.cwd()
    edition = None if (start / source).is_file() else named_edition(source, start)
    names = [source] if edition is None else [f"{edition.name}/{name}" for name in edition.rubrics] or [source]
    opened = [open_rubric(name, start) for name in names]
    if refused := [d for one in opened if one.value is None for d in one.diagnostics]:
        raise Refused(refused)
    return [(one.value.path.stem, one.value) for one in opened if one.value is not None and one.value.path is not None]


def _library() -> Path:
    """The nearest `rubrics` folder, where one works or above; else one to be made here."""
    here = Path.cwd()
    return next((f / "rubrics" for f in (here, *here.parents) if (f / "rubrics").is_dir()), here / "rubrics")


def _drafted(name: str, rubric: Rubric, year: int) -> _Drafted:
    from rubric.core.fingerprint import indicator_meanings
    from rubric.editions.succession_errors import no_year, not_later
    from rubric.pipeline import compile_rubric
    from rubric.source import SourceText

    program = rubric.program
    if program.fiscal_year is None:
        raise Refused([no_year(rubric.source.name)])
    if year <= program.fiscal_year:
        raise Refused([not_later(year, rubric.source.name, program.fiscal_year)])
    draft = draft_of(rubric.source, year, program.fiscal_year, program.issued_year)
    now = compile_rubric(SourceText(name, draft.text), program.language_version).value
    before = indicator_meanings(program)
    # Deadlines follow the year; an author should know which.
    return _Drafted(name, rubric, draft, tuple(n for n, m in indicator_meanings(now).items() if before.get(n) != m))


def _written(folder: Path, drafted: list[_Drafted], description: str) -> None:
    from rubric.editions.catalog import METADATA, SUFFIX
    from rubric.files import write_new_folder

    texts = {f"{one.name}{SUFFIX}": one.draft.text for one in drafted}
    finding = write_new_folder(folder, {METADATA: description, **texts})
    if finding is not None:
        raise Refused([finding])


def _told(drafted: list[_Drafted], folder: Path, source: str) -> list[str]:
    year = folder.name
    lines = [f"已起草 {shown(folder)}（草案，由 {source} 起草）"]
    for one in drafted:
        before = one.rubric.program
        changed = [f"评价年度 {before.fiscal_year} 改为 {one.draft.fiscal_year}"]
        if one.draft.issued_year is not None:
            changed.append(f"印发年份 {before.issued_year} 改为 {one.draft.issued_year}（推算的，印发后核对）")
        changed.append("性质写为草案，开头的注换成草案的说明")
        if one.draft.renamings:
            changed.append(f"去掉“上年指标” {len(one.draft.renamings)} 行（与上年同名的指标自动对应）")
        lines += wrap(f"{one.name}.rubric：{'；'.join(changed)}", _WIDTH, "  ", "    ")
        if one.differing:
            names = "、".join(f"「{name}」" for name in one.differing)
            lines += wrap(f"其余一字未动；期限等随年度变了的指标：{names}", _WIDTH, "    ", "    ")
        else:
            lines.append("    其余一字未动，各指标的含义与上年相同")
        if number := len(errors_of(one.rubric.diagnostics)):
            lines.append(f"    往年的评分表有错误 {number} 条，一并带了过来，见 rubric check {source}")
    lines.append("  edition.yaml：印发单位、文件名称、文号印发后填写")
    lines += _left(drafted[0].rubric)
    for one in drafted:
        if one.draft.mentions:
            lines += ["", f"{one.name}.rubric 中还写着年份，请逐行核对："]
            lines += [line for n, text in one.draft.mentions for line in wrap(text, _WIDTH, f"  {n:>4}  ", " " * 8)]
    return [
        *lines,
        "",
        f"下一步：修改评分表；rubric check {year}；rubric diff {source} {year}；印发后 rubric lock {year}",
    ]


def _left(rubric: Rubric) -> list[str]:
    """What lies beside the earlier rubric and was not taken over."""
    assert rubric.path is not None
    cases = sorted(p.name for p in (rubric.path.parent / "cases").glob("*.yaml"))
    left = [f"用例 {len(cases)} 份（其中的期望得分是按往年的标准定的，数据可以另存后再用）"] if cases else []
    left += ["来源材料（sources）"] if (rubric.path.parent / "sources").is_dir() else []
    return wrap(f"没有带过来：{'；'.join(left)}", _WIDTH, "  ", "    ") if left else []


command = Command(
    "new",
    callback=_new,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["year"], metavar="年度"),
        click.Option(["--from", "source"], metavar="评分表", help="由哪一年的（或哪一份）评分表起草"),
    ],
)
