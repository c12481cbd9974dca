"""Compiled rubrics, and what was worked out of them, kept between runs.

Takes a source; gives its program and findings, from the user's cache folder where it was compiled before (`compiled`). Takes
a source and how something is worked out of it; gives that in the same way (`worked_out`). Never a finding of its own: a folder
that cannot be read or written only means doing it again.

Why: reading a table takes longer than scoring with it, and most runs use a table that has not changed. What is kept is
found by the text, its name, the versions of language and package, the Python that wrote it and the state of the package's own files, so a change
of any of them compiles anew. The files are pickles: the folder is the user's alone, and a file of another owner is not
read. `RUBRIC_CACHE=off` switches all of this off.
"""

import hashlib
import io
import os
import pickle
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from rubric.core import program
from rubric.core.program import Program
from rubric.diagnostics.model import Checked, Diagnostic, Hint, Label
from rubric.language import LANGUAGE_VERSION
from rubric.locate import data_folder
from rubric.source import SourceText, Span
from rubric.version import __version__

_Worked = TypeVar("_Worked")
_KEPT = 32
_PROGRAM, _WORKED = ".program", ".worked"
# The rooms that take part in compiling.
_COMPILING = ("analysis", "core", "diagnostics", "semantics", "syntax")
_DATA = ((data_folder("grammar"), ".lark"), (data_folder("calendars"), ".yaml"))


def compiled(source: SourceText, language_version: int = LANGUAGE_VERSION) -> Checked[Program]:
    """As `pipeline.compile_rubric`."""
    path = _path(source, language_version)
    if path is not None:
        found = _read(path)
        if found is not None:
            return found

    from rubric.pipeline import compile_rubric

    done = compile_rubric(source, language_version)
    if path is not None:
        _write(path, done)
    return done


def worked_out(
    source: SourceText,
    words: tuple[str, ...],
    kind: type[_Worked],
    work: Callable[[], _Worked],
    sure: Callable[[_Worked], bool],
) -> _Worked:
    """What `work` gives for the source; `words` say what it depends on beside the text and the package.

    It is kept where it is `sure`: what a solver did not settle in its time, it may settle the next time.
    """
    path = _place(
        _WORKED, (kind.__name__, source.name, source.text, *words, __version__, sys.version, _whole_package())
    )
    if path is not None:
        found = _loaded(path)
        if isinstance(found, kind) and _is_whole(found):
            return found
    done = work()
    if path is not None and sure(done):
        _write(path, done)
    return done


def _path(source: SourceText, language_version: int) -> Path | None:
    parts = (source.name, source.text, str(language_version), __version__, sys.version, _state_of_package(), _layout())
    return _place(_PROGRAM, parts)


def _place(suffix: str, parts: tuple[str, ...]) -> Path | None:
    if os.environ.get("RUBRIC_CACHE", "").lower() in ("off", "0"):
        return None
    folder = _folder()
    if folder is None:
        return None
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return folder / f"{digest}{suffix}"


def _folder() -> Path | None:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "rubric-lang"
    except RuntimeError:
        # No home folder is known.
        return None


def _state_of_package() -> str:
    """Changes whenever a file changes that takes part in compiling."""
    package = Path(__file__).parent
    return _states([(package, ".py"), *((package / room, ".py") for room in _COMPILING), *_DATA])


@cache
def _whole_package() -> str:
    """The same of every file; once for a process, which runs what it loaded and not what became of it since."""
    package = Path(__file__).parent
    rooms = sorted(Path(entry) for entry in os.scandir(package) if entry.is_dir())
    return _states([(package, ".py"), *((room, ".py") for room in rooms), *_DATA])


def _states(folders: list[tuple[Path, str]]) -> str:
    states: list[str] = []
    for folder, suffix in folders:
        for entry in os.scandir(folder):
            if entry.name.endswith(suffix):
                stat = entry.stat()
                states.append(f"{folder.name} {entry.name} {stat.st_mtime_ns} {stat.st_size}")
    return "\n".join(sorted(states))


def _layout() -> str:
    """The fields of the classes in this process: it may have been started before the files were changed."""
    names = (getattr(program, name) for name in program.__all__)
    kinds = [kind for kind in (*names, Diagnostic, Label, Hint, SourceText, Span) if isinstance(kind, type)]
    return "\n".join(f"{kind.__name__} {_fields(kind)}" for kind in kinds)


def _fields(kind: type) -> tuple[str, ...]:
    return tuple(getattr(kind, "__match_args__", ()))


def _is_whole(value: object) -> bool:
    """Whether the object has all fields of its class."""
    return all(hasattr(value, field) for field in _fields(type(value)))


def _read(path: Path) -> Checked[Program] | None:
    found = _loaded(path)
    try:
        if isinstance(found, Checked) and isinstance(found.value, Program):  # pyright: ignore[reportUnknownMemberType]
            parts = (found.value, *found.value.indicators, *found.value.data, *found.value.choices, *found.diagnostics)
            return Checked(found.value, found.diagnostics) if all(map(_is_whole, parts)) else None
    except AttributeError:
        # Written when the classes had other fields.
        return None
    return None


def _loaded(path: Path) -> object:
    """What the file holds; None where it is another user's, or cannot be read."""
    try:
        with path.open("rb") as stream:
            if hasattr(os, "getuid") and os.fstat(stream.fileno()).st_uid != os.getuid():
                return None
            return pickle.load(stream)
    except Exception:  # noqa: BLE001 - whatever is wrong with a kept file, doing it again is right
        return None


class _Pickler(pickle.Pickler):
    def reducer_override(self, obj: object) -> Any:
        """A mapping that cannot be changed is kept as its contents; all else as pickle does."""
        if isinstance(obj, MappingProxyType):
            return _unchangeable, (dict(obj),)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        return NotImplemented


def _unchangeable(contents: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(contents)


def _write(path: Path, done: object) -> None:
    from tempfile import NamedTemporaryFile

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = io.BytesIO()
        _Pickler(content, pickle.HIGHEST_PROTOCOL).dump(done)
        with NamedTemporaryFile(dir=path.parent, delete=False) as stream:
            stream.write(content.getbuffer())
        os.replace(stream.name, path)
        _forget_oldest(path.parent, path.suffix)
    except (OSError, pickle.PicklingError):
        return


def _forget_oldest(folder: Path, suffix: str) -> None:
    kept = sorted(folder.glob(f"*{suffix}"), key=lambda file: file.stat().st_mtime)
    for file in kept[:-_KEPT]:
        file.unlink(missing_ok=True)
