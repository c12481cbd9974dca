"""What a check works out of a rubric: its notes and proofs, what it can yield, its readings.

Takes a rubric's text and program; gives each, from what was kept between runs where the rubric stands in a file and is as it
was then (`keep`). Never a finding of its own.
"""

import os
from collections.abc import Callable
from typing import TypeVar

import attrs

from rubric.analysis.discretion import discretion_of
from rubric.analysis.lints import lint_notes
from rubric.analysis.study import Study, study_of
from rubric.cache import worked_out
from rubric.core.program import Program
from rubric.core.record import Record
from rubric.diagnostics.model import Diagnostic
from rubric.improving.ambiguities import Ambiguity, ambiguities_of
from rubric.proving import solver
from rubric.proving.prove import Proof, Verdict, prove
from rubric.source import SourceText

_Worked = TypeVar("_Worked")


@attrs.frozen
class Examined:
    """The notes that only a check has, and the proofs."""

    notes: tuple[Diagnostic, ...]
    proofs: tuple[Proof, ...]


@attrs.frozen
class Settling:
    """The ambiguities, each with a line that settles it for each alternative ("" where there is none)."""

    ambiguities: tuple[Ambiguity, ...]
    lines: tuple[tuple[str, ...], ...]


def examined(source: SourceText, program: Program, *, solve: bool, keep: bool) -> Examined:
    """Proofs that the solver did not settle in its time are tried again at the next run."""

    def work() -> Examined:
        return Examined(tuple(lint_notes(source, program)), prove(program, solve=solve))

    def settled(found: Examined) -> bool:
        return not any(proof.solved and proof.verdict is Verdict.UNKNOWN for proof in found.proofs)

    return _kept(source, program, Examined, work, settled, solve=solve, keep=keep)


def studied(source: SourceText, program: Program, record: Record | None, *, keep: bool) -> Study:
    """What the department's own judgements could do is worked out each time."""
    found = _kept(source, program, Study, lambda: study_of(program), _always, solve=False, keep=keep)
    return found if record is None else attrs.evolve(found, discretion=discretion_of(program, record))


def settling(source: SourceText, program: Program, *, solve: bool, keep: bool) -> Settling:
    """Kept where each has a department or is known to have none."""

    def work() -> Settling:
        found = ambiguities_of(program, solve=solve)
        return Settling(found, _lines(source, found))

    def known(found: Settling) -> bool:
        return all(one.same or one.record is not None for one in found.ambiguities)

    return _kept(source, program, Settling, work, known, solve=solve, keep=keep)


def _lines(source: SourceText, found: tuple[Ambiguity, ...]) -> tuple[tuple[str, ...], ...]:
    """The compiler is only loaded where something is left to settle."""
    if all(one.settled or one.record is None for one in found):
        return tuple(("",) * len(one.choice.alternatives) for one in found)
    from rubric.settled import settling_lines

    return tuple(settling_lines(source, one) for one in found)


def _always(found: object) -> bool:
    return True


def _kept(
    source: SourceText,
    program: Program,
    kind: type[_Worked],
    work: Callable[[], _Worked],
    sure: Callable[[_Worked], bool],
    *,
    solve: bool,
    keep: bool,
) -> _Worked:
    if not keep:
        return work()
    words = (str(program.language_version), program.status, _solver_at_hand() if solve else "")
    return worked_out(source, words, kind, work, sure)


def _solver_at_hand() -> str:
    """Changes whenever another solver is installed."""
    place = solver.place()
    return f"{place} {os.stat(place).st_mtime_ns}" if place else ""
