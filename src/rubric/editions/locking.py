"""Writing the lock of an edition.

Takes the rubrics of an edition as they are now; gives the lock that says so, and writes it with the locked texts. Never
decides whether an edition may be locked.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from rubric.core.program import Program
from rubric.diagnostics.model import Diagnostic
from rubric.editions.lock import LOCK, TEXTS, Accepted, Lock, described, lock_text, locked
from rubric.editions.metadata import Edition
from rubric.errors import file_exists, unwritable_file
from rubric.files import read_source, rewrite, write_new
from rubric.source import SourceText
from rubric.version import ENGINE


@attrs.frozen
class Issued:
    """One rubric of an edition, by the name of its file without the ending."""

    name: str
    source: SourceText
    program: Program


def first_lock(edition: Edition, rubrics: Sequence[Issued]) -> Lock:
    return Lock(str(edition.language_version), ENGINE, described(edition), {r.name: locked(r.program) for r in rubrics})


def lock_anew(before: Lock, edition: Edition, rubrics: Sequence[Issued], date: str, reason: str) -> Lock:
    """The lock after accepted changes: each changed, added or removed rubric is recorded with what it was before."""
    now = first_lock(edition, rubrics)
    changed = [name for name in {**before.rubrics, **now.rubrics} if before.rubrics.get(name) != now.rubrics.get(name)]
    # A changed description changes no rubric; it is recorded all the same.
    accepted = tuple(_accepted(before, name, date, reason) for name in changed or [""])
    return attrs.evolve(now, accepted=(*before.accepted, *accepted))


def _accepted(before: Lock, name: str, date: str, reason: str) -> Accepted:
    old = before.rubrics.get(name)
    digests = (old.source_sha256, old.meaning_sha256) if old is not None else ("", "")
    return Accepted(date, reason, name or "（版本说明）", *digests)


def write_first_lock(folder: Path, lock: Lock, rubrics: Sequence[Issued]) -> Diagnostic | None:
    """As `write_lock`, but over no file: texts that lie there without a lock are somebody's."""
    for issued in rubrics:
        path = folder / TEXTS / f"{issued.name}.txt"
        if path.exists() and read_source(path, issued.name).value != attrs.evolve(issued.source, name=issued.name):
            return file_exists(str(path))
    return write_lock(folder, lock, rubrics)


def write_lock(folder: Path, lock: Lock, rubrics: Sequence[Issued]) -> Diagnostic | None:
    """The locked texts, then the lock that vouches for them; the finding where writing fails."""
    texts = {r.name: r.source.text for r in rubrics}
    return write_texts(folder, texts) or _put(folder / LOCK, lock_text(lock))


def write_texts(folder: Path, texts: Mapping[str, str]) -> Diagnostic | None:
    try:
        (folder / TEXTS).mkdir(exist_ok=True)
    except OSError:
        return unwritable_file(str(folder / TEXTS))
    found = (_put(folder / TEXTS / f"{name}.txt", text) for name, text in texts.items())
    return next((finding for finding in found if finding is not None), None)


def _put(path: Path, text: str) -> Diagnostic | None:
    return rewrite(path, text) if path.exists() else write_new(path, text)
