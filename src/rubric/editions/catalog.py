"""From the name of a rubric to its file.

Takes a name and the folder where one works; gives the file, where it comes from and what is known of its issue. Never
reads a rubric.

A name is a path (it ends in `.rubric`, or such a file exists) or an edition: `2022`, `2022/部门整体支出`. An edition is
a folder with a rubric or an `edition.yaml`. Of several the nearest counts: in a `rubrics/` folder where one works, in
one of a parent folder, in the package.
"""

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import attrs

from rubric.diagnostics.model import Checked, Diagnostic, suggestion
from rubric.editions import errors
from rubric.editions.metadata import Edition, language_of, read_metadata
from rubric.errors import folder_for_file, missing_file
from rubric.files import read_source
from rubric.language import LANGUAGE_VERSION
from rubric.locate import data_folder

SUFFIX = ".rubric"
METADATA = "edition.yaml"


class Origin(StrEnum):
    """Whose copy it is: one lying where the user works, or the one shipped with the package."""

    LOCAL = "本地"
    PACKAGED = "随附"


@attrs.frozen
class FoundRubric:
    """`name` is what messages print: the path as given, or `2022/部门整体支出.rubric`.

    `language_version` is that of the edition; the latest for a rubric without a description beside it.
    """

    path: Path
    origin: Origin
    name: str
    edition: Edition | None
    language_version: int = LANGUAGE_VERSION


@attrs.frozen
class Listed:
    """One edition that can be named, with the names of its rubrics."""

    name: str
    origin: Origin
    folder: Path
    rubrics: tuple[str, ...]


def find(name: str, start: Path) -> Checked[FoundRubric | None]:
    """The rubric that `name` means in the folder `start`; else None, with the question to answer or the reason."""
    path = start / name
    if _is_file(path):
        return _with_edition(FoundRubric(path, Origin.LOCAL, name, None))
    wanted, _, rubric = name.removesuffix(SUFFIX).partition("/")
    edition = named_edition(wanted, start)
    if edition is not None:
        return _rubric_of(edition, _plain(rubric))
    if _is_folder(path):
        paths = [f"{name.rstrip('/')}/{stem}{SUFFIX}" for stem in _rubrics_in(path)]
        return Checked(None, (_with_remedy(folder_for_file(name), paths),))
    if name.endswith(SUFFIX):
        from difflib import get_close_matches

        near = get_close_matches(path.stem, _rubrics_in(path.parent), n=1, cutoff=2 / 3)
        return Checked(None, (_with_remedy(missing_file(name), [str(Path(name).with_stem(stem)) for stem in near]),))
    known = [f"{listed.name}（{listed.origin}）" for listed in list_editions(start)]
    return Checked(None, (errors.unknown_edition(name, known),))


def list_editions(start: Path) -> tuple[Listed, ...]:
    """Every edition that can be named in `start`, by name; each once, the nearest copy."""
    nearest: dict[str, Listed] = {}
    for folder, origin in _libraries(start):
        for name in _editions_in(folder):
            nearest.setdefault(name, Listed(name, origin, folder / name, _rubrics_in(folder / name)))
    return tuple(nearest[name] for name in sorted(nearest))


def named_edition(name: str, start: Path) -> Listed | None:
    """The edition that `name` means in the folder `start`; `2022年度` means `2022`."""
    plain = _plain(name)
    return next((listed for listed in list_editions(start) if listed.name == plain), None)


def _rubric_of(edition: Listed, rubric: str) -> Checked[FoundRubric | None]:
    candidates = [name for name in edition.rubrics if rubric in ("", name)]
    if not edition.rubrics:
        return Checked(None, (errors.empty_edition(edition.name, str(edition.folder)),))
    if not candidates:
        return Checked(None, (errors.unknown_rubric(edition.name, rubric, edition.rubrics),))
    if len(candidates) > 1:
        return Checked(None, (errors.several_rubrics(edition.name, candidates),))
    chosen = candidates[0] + SUFFIX
    return _with_edition(FoundRubric(edition.folder / chosen, edition.origin, f"{edition.name}/{chosen}", None))


def _with_remedy(finding: Diagnostic, paths: list[str]) -> Diagnostic:
    return attrs.evolve(finding, hints=(suggestion(f"写成 {' 或 '.join(paths)}"),)) if paths else finding


def _with_edition(found: FoundRubric) -> Checked[FoundRubric | None]:
    """`found` with the description that lies beside it, if any.

    What is wrong with that does not hide the rubric, except where it leaves open in which version of the language the
    rubric is written: then nobody knows what it means.
    """
    path = found.path.parent / METADATA
    if not _is_file(path):
        return Checked(found)
    source = read_source(path, str(Path(found.name).with_name(METADATA)))
    if source.value is None:
        return Checked(None, source.diagnostics)
    checked = read_metadata(source.value)
    diagnostics = [*source.diagnostics, *checked.diagnostics]
    folder = found.path.absolute().parent.name
    if checked.value is not None and folder.isdecimal() and int(folder) != checked.value.fiscal_year:
        diagnostics.append(errors.other_year(source.value, folder, checked.value.fiscal_year))
    version = language_of(source.value)
    if version is None:
        return Checked(None, tuple(diagnostics))
    return Checked(attrs.evolve(found, edition=checked.value, language_version=version), tuple(diagnostics))


def _libraries(start: Path) -> Iterator[tuple[Path, Origin]]:
    """Every folder of editions, the nearest first."""
    here = start.absolute()
    for folder in (here, *here.parents):
        yield folder / "rubrics", Origin.LOCAL
    yield data_folder("rubrics"), Origin.PACKAGED


def _plain(name: str) -> str:
    """A name as folders have it: half-width, `2022年` and `2022年度` as `2022`."""
    plain = unicodedata.normalize("NFKC", name).strip()
    year = plain.removesuffix("度").removesuffix("年")
    return year if year.isdecimal() else plain


# --- folders; what may not be looked into counts as not there ---------------------------------------------------------


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except (OSError, ValueError):
        return []


def _editions_in(library: Path) -> tuple[str, ...]:
    folders = [entry for entry in _entries(library) if _is_folder(entry)]
    return tuple(folder.name for folder in folders if _rubrics_in(folder) or _is_file(folder / METADATA))


def _rubrics_in(folder: Path) -> tuple[str, ...]:
    return tuple(entry.stem for entry in _entries(folder) if entry.suffix == SUFFIX and _is_file(entry))
