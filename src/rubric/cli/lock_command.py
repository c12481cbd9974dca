"""`rubric lock [EDITION…]`.

Takes editions; records in a file beside each what it was when it was issued. Never locks a changed edition anew without
being told to, with a reason; with --check never writes.
"""

from pathlib import Path

import attrs
import click

from rubric.api import open_rubric
from rubric.cli import edition_errors
from rubric.cli.output import DONE, FAILED_ON, REFUSED, Refused, write, write_findings
from rubric.cli.words import Command
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.editions import lock_errors
from rubric.editions.catalog import FoundRubric, Listed, Origin, find, list_editions, named_edition
from rubric.editions.lock import LOCK, TEXTS, Lock, read_lock
from rubric.editions.locking import Issued, first_lock, lock_anew, write_first_lock, write_lock, write_texts
from rubric.editions.metadata import Edition, EditionStatus
from rubric.editions.verification import kept_text, lock_findings
from rubric.files import read_source

_HELP = """
锁定已正式印发的年度版本：记下评分表的原文、含义和语言版本的校验码，写在年度版本的文件夹里（rubric.lock）。

锁定以后，评分表改动一个字，或者程序的读法变了，rubric check 和 rubric score 都会指出改了哪里、哪些指标的含义变了。
不写年度版本的，锁定自己的 rubrics 文件夹中所有正式印发的。已经锁定又有改动的，不重新锁定。
"""
_EPILOG = """\
示例：
  rubric lock 2022
  rubric lock --check                                  只核对，不写入；有改动的退出码为 2，没有锁定的为 1
  rubric lock 2022 --accept-change 印发单位更正了第16项指标的公式"""


@attrs.frozen
class _Opened:
    """One edition with its rubrics, and the findings about it and its lock."""

    listed: Listed
    edition: Edition
    rubrics: tuple[Issued, ...]
    lock: Lock | None
    findings: tuple[Diagnostic, ...]


def _lock(editions: tuple[str, ...], check: bool, accept_change: str | None) -> int:
    if accept_change is not None and check:
        raise Refused([edition_errors.accepting_while_checking()])
    if accept_change is not None and not accept_change.strip():
        raise Refused([edition_errors.no_reason()])
    opened = [_open(listed) for listed in _listed(editions)]
    codes = [_lock_one(one, check, None if accept_change is None else accept_change.strip()) for one in opened]
    return max(codes, default=DONE)


def _listed(names: tuple[str, ...]) -> list[Listed]:
    """Those named; else all of the user's own that are issued or locked."""
    from rubric.editions.errors import unknown_edition

    start = Path.cwd()
    every = list_editions(start)
    if not names:
        own = [e for e in every if e.origin is Origin.LOCAL and ((e.folder / LOCK).is_file() or _is_issued(e))]
        if not own:
            raise Refused([lock_errors.nothing_issued()])
        return own
    found = [(name, named_edition(name, start)) for name in names]
    known = [f"{edition.name}（{edition.origin}）" for edition in every]
    if unknown := [unknown_edition(name, known) for name, edition in found if edition is None]:
        raise Refused(unknown)
    listed = [edition for _, edition in found if edition is not None]
    if foreign := [lock_errors.not_yours(e.name) for e in listed if e.origin is not Origin.LOCAL]:
        raise Refused(foreign)
    return listed


def _is_issued(listed: Listed) -> bool:
    found = _first(listed).value
    return found is not None and found.edition is not None and found.edition.status is EditionStatus.OFFICIAL


def _first(listed: Listed) -> Checked[FoundRubric | None]:
    return find(f"{listed.name}/{listed.rubrics[0]}" if listed.rubrics else listed.name, Path.cwd())


def _open(listed: Listed) -> _Opened:
    found = _first(listed)
    if found.value is None:
        raise Refused(found.diagnostics)
    edition = found.value.edition
    if edition is None or edition.status is not EditionStatus.OFFICIAL:
        status = "" if edition is None else edition.status.value
        raise Refused([*found.diagnostics, lock_errors.not_issued(listed.name, status)])

    path = listed.folder / LOCK
    lock = None
    if path.is_file():
        source = read_source(path, f"{listed.name}/{LOCK}")
        read = read_lock(source.value) if source.value is not None else None
        if read is None or read.value is None:
            raise Refused((*source.diagnostics, *(read.diagnostics if read is not None else ())))
        lock = read.value

    rubrics: list[Issued] = []
    findings: list[Diagnostic] = []
    for name in listed.rubrics:
        place = find(f"{listed.name}/{name}", Path.cwd()).value
        table = open_rubric(f"{listed.name}/{name}", Path.cwd())
        if place is None or table.value is None:
            raise Refused(table.diagnostics)
        rubrics.append(Issued(name, table.value.source, table.value.program))
        if lock is not None:
            findings += lock_findings(place, table.value.source, table.value.program)
    if lock is not None:
        findings += [lock_errors.locked_rubric_gone(n, listed.name) for n in lock.rubrics if n not in listed.rubrics]
    # Each rubric tells of the one description.
    return _Opened(listed, edition, tuple(rubrics), lock, tuple(dict.fromkeys(findings)))


def _lock_one(opened: _Opened, check: bool, reason: str | None) -> int:
    name, folder, lock = opened.listed.name, opened.listed.folder, opened.lock
    count = f"评分表 {len(opened.rubrics)} 份，指标 {sum(len(r.program.indicators) for r in opened.rubrics)} 个"
    if lock is None:
        if check:
            write(f"{name}：已正式印发，还没有锁定（{count}）")
            return FAILED_ON
        _written(write_first_lock(folder, first_lock(opened.edition, opened.rubrics), opened.rubrics))
        write(f"{name}：已锁定（{count}），记在 {shown(folder / LOCK)}")
        return DONE
    if not opened.findings:
        return _unchanged(opened, lock, check, count)
    if reason is None:
        write(f"{name}：与锁定时不同" + ("" if check else "，没有重新锁定"))
        write_findings(opened.findings)
        return REFUSED
    from datetime import date

    _written(
        write_lock(
            folder, lock_anew(lock, opened.edition, opened.rubrics, f"{date.today():%Y-%m-%d}", reason), opened.rubrics
        )
    )
    write(f"{name}：已按改动后的重新锁定（{count}），理由记在 {shown(folder / LOCK)}")
    write("\n".join(f"  {finding.title}" for finding in opened.findings))
    return DONE


def _unchanged(opened: _Opened, lock: Lock, check: bool, count: str) -> int:
    """Nothing differs; a locked text that got lost is put back, because it is the rubric's own."""
    name, folder = opened.listed.name, opened.listed.folder
    lost = [r for r in opened.rubrics if kept_text(folder, r.name, lock.rubrics[r.name]) is None]
    if lost and check:
        write_findings(lock_errors.text_not_kept(f"{name}/{TEXTS}/{r.name}.txt", name) for r in lost)
        return REFUSED
    if lost:
        _written(write_texts(folder, {r.name: r.source.text for r in lost}))
        write(f"{name}：与锁定时相同（{count}），补上了锁定的原文")
        return DONE
    write(f"{name}：与锁定时相同（{count}）")
    return DONE


def shown(path: Path) -> str:
    """As one would type it where one works."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _written(finding: Diagnostic | None) -> None:
    if finding is not None:
        raise Refused([finding])


command = Command(
    "lock",
    callback=_lock,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["editions"], metavar="[年度版本…]", nargs=-1),
        click.Option(["--check"], is_flag=True, help="只核对，不写入"),
        click.Option(["--accept-change"], metavar="理由", help="承认已有的改动，按改动后的重新锁定，并记下理由"),
    ],
)
