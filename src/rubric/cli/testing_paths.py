"""What the argument of `rubric test` means.

Takes a rubric's name, a rubric file, a case file or a folder; gives each rubric meant with the paths of its cases. Never
reads a case.
"""

from pathlib import Path

import attrs

from rubric.api import Rubric
from rubric.casebook import case_paths, is_yaml, rubrics_beside, shown_name
from rubric.cli.opening import opened
from rubric.cli.output import Refused


@attrs.frozen
class Tested:
    """`cases` are YAML files, some of which may be facts files."""

    name: str
    rubric: Rubric
    cases: tuple[Path, ...]


def tested(target: str, *, as_json: bool) -> tuple[Tested, ...]:
    """Every rubric that `target` means; refused where there is none, or where a case file has none beside it."""
    path = Path(target)
    if is_yaml(path):
        return (_of_case_file(path, as_json),)
    if path.is_dir():
        return _of_folder(path, target, as_json)
    rubric = opened(target, as_json=as_json)
    return (_with_cases(target, rubric),)


def _with_cases(name: str, rubric: Rubric) -> Tested:
    return Tested(name, rubric, () if rubric.path is None else case_paths(rubric.path))


def _of_folder(folder: Path, target: str, as_json: bool) -> tuple[Tested, ...]:
    from rubric.errors import no_rubric_in_folder
    from rubric.files import rubrics_in

    paths = rubrics_in(folder)
    if not paths:
        own = sorted(path for path in folder.iterdir() if is_yaml(path))
        beside = rubrics_beside(own[0]) if own else ()
        if len(beside) == 1:
            name = shown_name(beside[0])
            return (Tested(name, opened(str(beside[0]), as_json=as_json), tuple(own)),)
        raise Refused([no_rubric_in_folder(target)], as_json=as_json)
    found = (_with_cases(shown_name(path), opened(str(path), as_json=as_json)) for path in paths)
    return tuple(found)


def _of_case_file(path: Path, as_json: bool) -> Tested:
    from rubric.files import read_source
    from rubric.regression.errors import no_rubric_beside
    from rubric.regression.reading import names_in

    source = read_source(path, str(path))
    if source.value is None:
        raise Refused(source.diagnostics, as_json=as_json)
    beside = rubrics_beside(path)
    named = names_in(source.value)[0].removesuffix(".rubric")
    chosen = [rubric for rubric in beside if named in ("", rubric.stem)]
    if len(chosen) != 1:
        raise Refused([no_rubric_beside(str(path), [rubric.stem for rubric in chosen])], as_json=as_json)
    return Tested(shown_name(chosen[0]), opened(str(chosen[0]), as_json=as_json), (path,))
