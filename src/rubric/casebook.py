"""The cases that lie beside a rubric.

Takes a rubric's program and paths; gives its case files, read with the facts files that they build on. Never runs a case.

Cases lie in the folder `cases` beside the rubric. A YAML file there without 用例 or 期望 is a facts file, and no case.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from rubric.core.program import Program
from rubric.core.record import Record
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.regression.case import CaseFile

FOLDER = "cases"
_SUFFIXES = (".yaml", ".yml")


@attrs.frozen
class CaseBook:
    """The case files of one rubric, each with its path, in the order of their names."""

    files: tuple[tuple[Path, CaseFile], ...]

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Those about whole files and those of single cases."""
        return tuple(
            finding
            for _, file in self.files
            for finding in (*file.findings, *(f for case in file.cases for f in case.findings))
        )


def cases_of(program: Program, rubric: Path) -> Checked[CaseBook]:
    """The cases beside a rubric, those of other rubrics in the same folder left out."""
    return read_case_files(program, rubric.stem, case_paths(rubric))


def read_case_files(program: Program, rubric: str, paths: Iterable[Path]) -> Checked[CaseBook]:
    """The case files among `paths`; `rubric` is the name of the rubric, which a file may name as its own."""
    from rubric.files import read_source
    from rubric.regression.reading import is_case_file, names_in, read_cases

    files: list[tuple[Path, CaseFile]] = []
    findings: list[Diagnostic] = []
    for path in paths:
        source = read_source(path, shown_name(path))
        findings += source.diagnostics
        if source.value is None or not is_case_file(source.value):
            continue
        named, bases = names_in(source.value)
        if named.removesuffix(".rubric") in ("", rubric):
            files.append((path, read_cases(source.value, program, _records(program, path.parent, bases))))
    return Checked(CaseBook(tuple(files)), tuple(findings))


def case_paths(rubric: Path) -> tuple[Path, ...]:
    """Every YAML file in the folder `cases` beside a rubric."""
    try:
        found = sorted((rubric.parent / FOLDER).iterdir())
    except OSError:
        return ()
    return tuple(path for path in found if is_yaml(path))


def is_yaml(path: Path) -> bool:
    return path.suffix.lower() in _SUFFIXES and not path.name.startswith(".")


def rubrics_beside(cases: Path) -> tuple[Path, ...]:
    """The rubrics that a case file may be for: in the folder above its `cases`, else in its own."""
    folder = cases.absolute().parent
    for place in (folder.parent, folder) if folder.name == FOLDER else (folder, folder.parent):
        try:
            found = tuple(sorted(path for path in place.iterdir() if path.suffix == ".rubric"))
        except OSError:
            continue
        if found:
            return found
    return ()


def shown_name(path: Path) -> str:
    """The path as seen from where the user works, where it lies below."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _records(program: Program, folder: Path, names: Iterable[str]) -> Mapping[str, Record]:
    """The facts files that can be read, by the name the cases use; what is wrong in one leaves its fact missing."""
    from rubric.facts.reading import read_facts
    from rubric.files import read_source

    found: dict[str, Record] = {}
    for name in names:
        source = read_source(folder / name, name).value
        if source is not None:
            found[name] = read_facts(source, program).value
    return found
