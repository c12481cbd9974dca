"""Files as texts.

Takes a path; gives the decoded text, or the finding that says why not. Never writes over a file.
"""

from pathlib import Path

from rubric import errors
from rubric.diagnostics.model import Checked, Diagnostic
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


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
