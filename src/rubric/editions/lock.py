"""The lock of an issued edition: what it was when it was locked.

Takes the text of a lock file, or programs to be locked; gives a `Lock`, and the text of one. Never compares and never writes.

The file `rubric.lock` lies in the edition's own folder, so that no other year can touch it:

    锁定格式: 1
    语言版本: 1                        the version in whose meaning the rubrics were read
    程序: rubric-lang 0.1.0            the engine that locked
    版本说明: {评价年度: "2022", …}     the items of the description, its sources left out
    评分表:
      部门整体支出:
        原文: 8be4…                    digest of the text, 64 digits
        含义: 1051…                    digest of the meaning
        公用: 77aa…                    of what stands above the indicators
        指标: {预算执行率: 0c9d…, …}     of each indicator with all it uses
    变更记录:                          locked anew, and why
      - {日期: 2026-01-31, 理由: …, 评分表: 部门整体支出, 原来的原文: …, 原来的含义: …}

The locked text itself lies beside it in `locked/部门整体支出.txt`, to show what was changed.
"""

from collections.abc import Iterator, Mapping
from typing import Any, cast

import attrs
import yaml

from rubric.core.fingerprint import indicator_meanings, shared_meaning
from rubric.core.program import Program
from rubric.diagnostics.model import Checked
from rubric.editions import lock_errors, metadata
from rubric.editions.metadata import Edition
from rubric.facts.blank import key_text
from rubric.source import SourceText, Span

LOCK = "rubric.lock"
TEXTS = "locked"
_FORMAT = "1"
_FORM, _VERSION, _ENGINE, _DESCRIPTION, _RUBRICS, _CHANGES = (
    "锁定格式",
    "语言版本",
    "程序",
    "版本说明",
    "评分表",
    "变更记录",
)
_TEXT, _MEANING, _SHARED, _INDICATORS = "原文", "含义", "公用", "指标"
_DATE, _REASON, _RUBRIC, _OLD_TEXT, _OLD_MEANING = "日期", "理由", "评分表", "原来的原文", "原来的含义"
_HEAD = """\
# 锁定记录，由 rubric lock 写入，不要手改。
# 本年度版本已经正式印发；评分表改了一个字，或者程序的读法变了，rubric check 都会在这里对出来。
# 原文、含义是校验码（SHA-256）；锁定的原文在 locked 文件夹里，用来列出改了哪里。
"""


@attrs.frozen
class LockedRubric:
    """Digests of one rubric: its text, its meaning, what stands above the indicators, and each indicator by name."""

    source_sha256: str
    meaning_sha256: str
    shared: str
    indicators: Mapping[str, str]


@attrs.frozen
class Accepted:
    """A change of an issued rubric that somebody answered for. The digests are those before it; empty for a rubric added."""

    date: str
    reason: str
    rubric: str
    source_sha256: str
    meaning_sha256: str


@attrs.frozen
class Lock:
    """`description` holds the items of the description by their names, `rubrics` the locked ones by theirs."""

    language_version: str
    engine: str
    description: Mapping[str, str]
    rubrics: Mapping[str, LockedRubric]
    accepted: tuple[Accepted, ...] = ()


def locked(program: Program) -> LockedRubric:
    return LockedRubric(
        program.source_sha256, program.meaning_sha256, shared_meaning(program), indicator_meanings(program)
    )


def described(edition: Edition) -> Mapping[str, str]:
    """What is locked of a description: all that it states of the issue. Where the text was found may be told better later."""
    items = (
        (metadata.ISSUER, edition.issuer),
        (metadata.DOCUMENT, edition.document_title),
        (metadata.NUMBER, edition.number),
        (metadata.FISCAL_YEAR, str(edition.fiscal_year)),
        (metadata.ISSUED_YEAR, "" if edition.issued_year is None else str(edition.issued_year)),
        (metadata.STATUS, edition.status.value),
        (metadata.VERSION, str(edition.language_version)),
    )
    return {name: value for name, value in items if value}


def lock_text(lock: Lock) -> str:
    """The file; read again it gives the same lock."""
    return _HEAD + "\n".join(_lines(lock)) + "\n"


def _lines(lock: Lock) -> Iterator[str]:
    yield f"{_FORM}: {_FORMAT}"
    yield f"{_VERSION}: {lock.language_version}"
    yield f"{_ENGINE}: {key_text(lock.engine)}"
    yield f"{_DESCRIPTION}:"
    yield from (f"  {name}: {key_text(value)}" for name, value in lock.description.items())
    yield f"{_RUBRICS}:"
    for name, rubric in lock.rubrics.items():
        yield f"  {key_text(name)}:"
        yield f"    {_TEXT}: {rubric.source_sha256}"
        yield f"    {_MEANING}: {rubric.meaning_sha256}"
        yield f"    {_SHARED}: {rubric.shared}"
        yield f"    {_INDICATORS}:"
        yield from (f"      {key_text(indicator)}: {digest}" for indicator, digest in rubric.indicators.items())
    if lock.accepted:
        yield f"{_CHANGES}:"
    for change in lock.accepted:
        yield f"  - {_DATE}: {change.date}"
        yield f"    {_REASON}: {key_text(change.reason)}"
        yield f"    {_RUBRIC}: {key_text(change.rubric)}"
        if change.source_sha256:
            yield f"    {_OLD_TEXT}: {change.source_sha256}"
            yield f"    {_OLD_MEANING}: {change.meaning_sha256}"


# --- reading ----------------------------------------------------------------------------------------------------------


class _NotALock(Exception):
    """The place from which a file is none; used inside this module only."""

    def __init__(self, node: Any) -> None:
        self.span = Span(node.start_mark.index, node.end_mark.index) if node is not None else Span(0, 1)
        super().__init__()


def read_lock(source: SourceText) -> Checked[Lock | None]:
    """The lock that a file holds; None with a finding for any other text, and for a lock of another format."""
    try:
        root = cast("Any", yaml.compose(source.text, Loader=yaml.BaseLoader))  # pyright: ignore[reportUnknownMemberType]
        return Checked(_lock(_table(root)))
    except _NotALock as error:
        return Checked(None, (lock_errors.unreadable_lock(source, error.span),))
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        at = mark.index if mark is not None else 0
        return Checked(None, (lock_errors.unreadable_lock(source, Span(at, at + 1)),))


def _lock(root: Mapping[str, Any]) -> Lock:
    form = root.get(_FORM)
    if _text(form) != _FORMAT:
        raise _NotALock(form)
    description = {name: _text(value) for name, value in _table(root.get(_DESCRIPTION)).items()}
    rubrics = {name: _rubric(_table(value)) for name, value in _table(root.get(_RUBRICS)).items()}
    changes = root.get(_CHANGES)
    if changes is not None and not isinstance(changes, yaml.SequenceNode):
        raise _NotALock(changes)
    accepted = tuple(_accepted(_table(item)) for item in (changes.value if changes is not None else ()))
    return Lock(_text(root.get(_VERSION)), _text(root.get(_ENGINE)), description, rubrics, accepted)


def _rubric(table: Mapping[str, Any]) -> LockedRubric:
    indicators = {name: _text(value) for name, value in _table(table.get(_INDICATORS)).items()}
    text, meaning, shared = (_text(table.get(key)) for key in (_TEXT, _MEANING, _SHARED))
    return LockedRubric(text, meaning, shared, indicators)


def _accepted(table: Mapping[str, Any]) -> Accepted:
    date, reason, rubric = (_text(table.get(key)) for key in (_DATE, _REASON, _RUBRIC))
    text, meaning = (_text(table[key]) if key in table else "" for key in (_OLD_TEXT, _OLD_MEANING))
    return Accepted(date, reason, rubric, text, meaning)


def _table(node: Any) -> Mapping[str, Any]:
    if isinstance(node, yaml.ScalarNode) and not node.value:
        return {}  # A key with nothing under it.
    if not isinstance(node, yaml.MappingNode):
        raise _NotALock(node)
    return {_text(key): value for key, value in node.value}


def _text(node: Any) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _NotALock(node)
    return str(node.value)
