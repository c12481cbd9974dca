"""How much of a rubric its cases reach.

Takes a program and cases; gives each aim with the cases that reach it. Never a rounded share: 999 of 1000 are not 100 %.
"""

from collections.abc import Iterable, Mapping

import attrs

from rubric.core.program import Program
from rubric.regression.aims import Aim, AimKind, aims_of
from rubric.regression.case import Case
from rubric.regression.reached import reached_by


@attrs.frozen
class Coverage:
    """`by` has every aim, in the order of the table, with the names of the cases that reach it.

    `impossible` are aims that no department can reach, each with the reason; they count neither way.
    """

    program: Program
    by: Mapping[Aim, tuple[str, ...]]
    impossible: Mapping[Aim, str] = attrs.field(factory=dict[Aim, str])

    @property
    def aims(self) -> tuple[Aim, ...]:
        """Those that count."""
        return tuple(aim for aim in self.by if aim not in self.impossible)

    @property
    def missed(self) -> tuple[Aim, ...]:
        return tuple(aim for aim in self.aims if not self.by[aim])

    def counts(self, *kinds: AimKind) -> tuple[int, int]:
        """How many aims of these kinds (all without any) are reached, and how many there are."""
        of = [aim for aim in self.aims if not kinds or aim.kind in kinds]
        return sum(bool(self.by[aim]) for aim in of), len(of)


def coverage_of(program: Program, cases: Iterable[Case]) -> Coverage:
    """What the cases reach of which the facts can be read; a case reaches only what it expects something of."""
    by: dict[Aim, list[str]] = {aim: [] for aim in aims_of(program)}
    for case in cases:
        if case.is_readable:
            for aim in reached_by(program, case.record, names_of(case)):
                if aim in by:
                    by[aim].append(case.name)
    return Coverage(program, {aim: tuple(names) for aim, names in by.items()})


def names_of(case: Case) -> frozenset[str] | None:
    """The indicators that a case is about; None for all."""
    return None if case.is_whole else frozenset(e.of for e in case.expectations)


def share_text(reached: int, of: int) -> str:
    """`100%` for all and nothing else; one decimal, cut off."""
    if reached == of:
        return "100%"
    tenths = 1000 * reached // of
    return f"{tenths // 10}.{tenths % 10}%"
