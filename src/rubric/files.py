"""Files as texts.

Takes a path; gives the decoded text, or the finding that says why not. Never leaves a file half written.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import cast

from rubric import errors
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.encoding import UTF8_MARK
from rubric.source import SourceText


def read_source(path: Path, name: str) -> Checked[SourceText | None]:
    """The text of a file, named `name` in messages."""
    from rubric.encoding import decode

    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Checked(None, (errors.missing_file(name),))
    except IsADirectoryError:
        return Checked(None, (errors.folder_for_file(name),))
    except (OSError, ValueError):
        # ValueError: a name with a zero character.
        finding = errors.folder_for_file(name) if _is_folder(path) else errors.unreadable_file(name)
        return Checked(None, (finding,))
    return decode(raw, name)


def read_lines(name: str) -> Checked[tuple[Mapping[str, object], ...] | None]:
    """The objects of a file with one on each line, as `rubric population` writes them; the finding for a line that is none."""
    import json

    source = read_source(Path(name), name)
    if source.value is None:
        return Checked(None, source.diagnostics)
    found: list[Mapping[str, object]] = []
    for number, line in enumerate(source.value.text.splitlines(), start=1):
        if line.strip():
            try:
                value: object = json.loads(line)
            except ValueError:
                value = None
            if not isinstance(value, dict):
                return Checked(None, (errors.not_a_line(name, number),))
            found.append(cast("Mapping[str, object]", value))
    return Checked(tuple(found))


def write_new(path: Path, text: str) -> Diagnostic | None:
    """Write a file that must not exist yet; the finding where that fails."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        return errors.file_exists(str(path))
    except (OSError, ValueError):
        return errors.unwritable_file(str(path))
    return None


def write_new_folder(path: Path, texts: Mapping[str, str]) -> Diagnostic | None:
    """Make a folder that must not exist yet, with all its files or not at all; the finding where that fails."""
    import shutil
    import tempfile

    if os.path.lexists(path):
        return errors.file_exists(str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".", dir=path.parent))
    except (OSError, ValueError):
        return errors.unwritable_file(str(path))
    try:
        found = [finding for name, text in texts.items() if (finding := write_new(made / name, text)) is not None]
        if not found:
            made.chmod(0o755)
            made.rename(path)
        return next(iter(found), None)
    except OSError:
        return errors.unwritable_file(str(path))
    finally:
        if made.exists():
            shutil.rmtree(made, ignore_errors=True)


def rewrite(path: Path, text: str) -> Diagnostic | None:
    """Put `text` in the place of what the file holds, all of it or nothing; the finding where that fails.

    A byte order mark, the permissions and a link to the file stay as they are.
    """
    import tempfile

    try:
        real = path.resolve(strict=True)
        marked = real.read_bytes().startswith(UTF8_MARK)
        if not os.access(real, os.W_OK):
            return errors.unwritable_file(str(path))
        handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=real.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write((UTF8_MARK if marked else b"") + text.encode("utf-8"))
            os.chmod(name, real.stat().st_mode & 0o7777)
            os.replace(name, real)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
    except (OSError, ValueError):
        return errors.unwritable_file(str(path))
    return None


def rubrics_in(folder: Path) -> tuple[Path, ...]:
    """The rubrics below a folder, hidden folders left out, in order of their names."""
    found = (path for path in folder.rglob("*.rubric") if path.is_file())
    return tuple(sorted(p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts)))


def facts_in(name: str) -> tuple[str, ...]:
    """The facts files right in a folder, in order of their names; a name that is no folder stands for itself."""
    folder = Path(name)
    if not _is_folder(folder):
        return (name,)
    found = sorted(p for p in folder.iterdir() if p.suffix.lower() in (".yaml", ".yml") and not p.name.startswith("."))
    return tuple(str(path) for path in found) or (name,)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
