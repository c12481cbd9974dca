"""An edition against its lock.

Takes a found rubric with its text and program; gives the findings where it is no longer what was locked. Never writes.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rubric.core.fingerprint import indicator_meanings, shared_meaning
from rubric.core.program import Program
from rubric.diagnostics.model import Diagnostic, Label
from rubric.editions import lock_errors as errors
from rubric.editions.catalog import METADATA, FoundRubric, Origin
from rubric.editions.changed_text import Change, changes
from rubric.editions.lock import LOCK, TEXTS, Lock, LockedRubric, described, read_lock
from rubric.editions.metadata import EditionStatus
from rubric.files import read_source
from rubric.source import SourceText
from rubric.version import ENGINE

_SHOWN = 5
_SHARED = "公用部分（年度、总分值、计分办法、等级）"
_UNUSED = "没有指标用到的数据或口径"
_HEAD = "文件开头"


def lock_findings(found: FoundRubric, source: SourceText, program: Program) -> tuple[Diagnostic, ...]:
    """What differs from the lock beside the rubric; a note where an issued edition of the user's own has none."""
    folder = found.path.parent
    if not (folder / LOCK).is_file():
        issued = found.edition is not None and found.edition.status is EditionStatus.OFFICIAL
        return (errors.not_locked(folder.name),) if issued and found.origin is Origin.LOCAL else ()
    read = read_source(folder / LOCK, str(Path(found.name).with_name(LOCK)))
    lock = read_lock(read.value) if read.value is not None else None
    if lock is None or lock.value is None:
        return (*read.diagnostics, *(lock.diagnostics if lock is not None else ()))
    name = found.path.stem
    edition = folder.absolute().name
    differs = _description(lock.value, found, edition)
    rubric = lock.value.rubrics.get(name)
    if rubric is None:
        return (*differs, errors.not_in_lock(source, edition, tuple(lock.value.rubrics)))
    return (
        *differs,
        *compare(rubric, source, program, edition, lock.value.engine, lambda: kept_text(folder, name, rubric)),
    )


def kept_text(folder: Path, name: str, rubric: LockedRubric) -> SourceText | None:
    """The text that was locked; None where it is gone, or is another."""
    from hashlib import sha256

    source = read_source(folder / TEXTS / f"{name}.txt", name).value
    if source is None:
        return None
    digest = sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    return source if digest == rubric.source_sha256 else None


def compare(
    rubric: LockedRubric,
    source: SourceText,
    program: Program,
    edition: str,
    locked_by: str,
    kept: Callable[[], SourceText | None],
) -> tuple[Diagnostic, ...]:
    """One rubric against what was locked of it. `kept` gives the locked text, which is asked for only where it is needed."""
    same_meaning = program.meaning_sha256 == rubric.meaning_sha256
    if program.source_sha256 == rubric.source_sha256:
        if same_meaning:
            return ()
        return (errors.read_otherwise(source, changed_parts(rubric, program), locked_by, ENGINE, edition),)
    before = kept()
    changed = () if before is None else changes(before, source)
    touched = _touched(program, changed)
    labels = tuple(_label(source, change) for change in changed[:_SHOWN])
    more = "锁定的原文不在，不能列出改了哪里" if before is None else _more(len(changed) - _SHOWN)
    if same_meaning:
        return (errors.changed_words(source, labels, touched, more, edition),)
    meant = changed_parts(rubric, program)
    reworded = tuple(part for part in touched if part not in meant and not (part == _HEAD and _SHARED in meant))
    # A change of meaning where no word was changed is the dangerous one: something that the indicator uses was.
    told = tuple(f"{part}（文字没有变）" if part.endswith("」") and part not in touched else part for part in meant)
    return (errors.changed_meaning(source, labels, told if before is not None else meant, reworded, more, edition),)


def changed_parts(rubric: LockedRubric, program: Program) -> tuple[str, ...]:
    """The parts with another meaning than the locked ones, as they are told to people."""
    now = indicator_meanings(program)
    parts = [
        f"「{name}」" if name in rubric.indicators else f"「{name}」（锁定时没有）"
        for name, digest in now.items()
        if rubric.indicators.get(name) != digest
    ]
    parts += [f"「{name}」（现在没有）" for name in rubric.indicators if name not in now]
    if shared_meaning(program) != rubric.shared:
        parts.append(_SHARED)
    return tuple(parts) or (_UNUSED,)


def _touched(program: Program, changed: Sequence[Change]) -> tuple[str, ...]:
    """The indicators in whose text something was changed, and the head of the file."""
    found: dict[str, None] = {}
    for change in changed:
        before = [i for i in program.indicators if i.span.start <= change.span.start]
        found[f"「{max(before, key=lambda i: i.span.start).name}」" if before else _HEAD] = None
    return tuple(found)


def _label(source: SourceText, change: Change) -> Label:
    if not (change.before + change.after).strip():
        return Label(source, change.span, "空格与锁定时不同")
    if not change.before:
        return Label(source, change.span, "锁定时没有")
    return Label(source, change.span, f"{'锁定时为' if change.after else '这里删去了'}“{change.before}”")


def _more(number: int) -> str:
    return f"另有 {number} 处改动没有列出" if number > 0 else ""


def _description(lock: Lock, found: FoundRubric, edition: str) -> tuple[Diagnostic, ...]:
    path = found.path.parent / METADATA
    source = read_source(path, str(Path(found.name).with_name(METADATA))).value
    if source is not None and found.edition is None:
        # A description that cannot be read has its own finding.
        return ()
    now: Mapping[str, str] = {} if found.edition is None else described(found.edition)
    names = dict.fromkeys((*lock.description, *now))
    items = [(n, lock.description.get(n, ""), now.get(n, "")) for n in names if lock.description.get(n) != now.get(n)]
    return (errors.changed_description(source, items, edition),) if items else ()
