"""What the cases of a rubric lack.

Takes a program and its cases; gives the coverage, the mutants that no case notices, and for each gap a case that would close it,
or why none can. Never a share that counts what cannot happen as reached.
"""

from collections.abc import Sequence

import attrs

from rubric.core import program as core
from rubric.regression.aims import Aim, AimKind
from rubric.regression.candidates import plainest_first, records_for
from rubric.regression.case import Case
from rubric.regression.choosing import case_for_mutant, case_of
from rubric.regression.coverage import Coverage, coverage_of
from rubric.regression.equivalence import Compared, Sameness, compared, unreachable
from rubric.regression.mutants import Mutant, mutants_of
from rubric.regression.noticing import unnoticed
from rubric.regression.reached import reached_by
from rubric.regression.whole_cases import whole_cases


@attrs.frozen
class Gap:
    """An aim that no case reaches, with a case that would; None where none was found."""

    aim: Aim
    case: Case | None


@attrs.frozen
class Survivor:
    """A mutant that no case notices. `case` would notice it; None where it is equal, or where nothing was found."""

    mutant: Mutant
    compared: Compared
    case: Case | None = None


@attrs.frozen
class Mutation:
    """`total` counts all mutants. A mutant that is equal for all facts cannot be noticed by any case, and counts neither way."""

    total: int
    survivors: tuple[Survivor, ...]

    @property
    def equal(self) -> int:
        return sum(s.compared.sameness is Sameness.EQUAL for s in self.survivors)

    @property
    def noticed(self) -> int:
        return self.total - len(self.survivors)

    @property
    def of(self) -> int:
        """Those that can be noticed."""
        return self.total - self.equal


def gaps(program: core.Program, cases: Sequence[Case]) -> tuple[Coverage, tuple[Gap, ...]]:
    """The coverage, with a case for each aim that is missed; what the solver proves out of reach is set apart."""
    coverage = coverage_of(program, cases)
    impossible: dict[Aim, str] = {}
    found: list[Gap] = []
    tried: dict[str, list[tuple[core.Indicator, Case, frozenset[Aim]]]] = {}
    for aim in coverage.missed:
        if aim.indicator not in tried:
            tried[aim.indicator] = _tried(program, aim.indicator)
        case = next((case for _, case, reached in tried[aim.indicator] if aim in reached), None)
        if case is None and aim.kind in (AimKind.CAP, AimKind.FLOOR):
            reason = unreachable(program, aim)
            if reason:
                impossible[aim] = reason
                continue
        found.append(Gap(aim, case))
    return attrs.evolve(coverage, impossible=impossible), tuple(found)


def _tried(program: core.Program, owner: str) -> list[tuple[core.Indicator, Case, frozenset[Aim]]]:
    """Candidates as cases with what they reach, the plainest first; for the whole table, whole cases."""
    found: list[tuple[core.Indicator, Case, frozenset[Aim]]] = []
    if not owner:
        return [(program.indicators[0], case, reached_by(program, case.record)) for case in whole_cases(program, ())]
    indicator = next(i for i in program.indicators if i.id == owner)
    names = frozenset({indicator.name})
    reached: set[Aim] = set()
    for record in plainest_first(program, records_for(program, indicator)):
        here = reached_by(program, record, names)
        if not here <= reached:
            reached |= here
            found.append((indicator, case_of(program, indicator, record, ""), here))
    return found


def mutation(program: core.Program, cases: Sequence[Case]) -> Mutation:
    """Every mutant put to the cases; the survivors compared with the rubric, and a missing case looked for."""
    mutants = tuple(mutants_of(program))
    survivors: list[Survivor] = []
    left = unnoticed(program, mutants, cases)
    overall = [mutant for mutant in left if not mutant.indicator]
    wholes = whole_cases(program, overall) if overall else ()
    for mutant in left:
        found = compared(program, mutant)
        case = None if found.sameness is Sameness.EQUAL else case_for_mutant(program, mutant, found, wholes)
        survivors.append(Survivor(mutant, found, case))
    return Mutation(len(mutants), tuple(survivors))
