"""Whether cases notice a mutant.

Takes cases and mutants; gives the mutants that no case notices. A case notices a change when anything that it expects comes out
otherwise than before. Never whether the expectation was right: that is for `running` to say.
"""

from collections.abc import Iterable, Sequence

import attrs

from rubric.core import program as core
from rubric.core.record import Record
from rubric.evaluator.evaluate import evaluate, evaluate_indicator, setting_of
from rubric.regression.case import GRADE, TOTAL, Case, Result
from rubric.regression.mutants import Mutant
from rubric.regression.running import grade_of, result_of, total_of

PENDING_WHOLE = (TOTAL, GRADE)


@attrs.frozen
class Probe:
    """What a case looks at, and what it sees in the rubric as it is."""

    name: str
    record: Record
    looks_at: frozenset[str]
    seen: dict[str, Result]


def probe_of(program: core.Program, case: Case) -> Probe:
    looks_at = frozenset(e.of for e in case.expectations)
    return Probe(case.name, case.record, looks_at, look(program, case.record, looks_at))


def look(program: core.Program, record: Record, names: frozenset[str]) -> dict[str, Result]:
    """The results of these indicators, and of 总分 and 等级 where they are among the names."""
    found: dict[str, Result] = {}
    if names & {TOTAL, GRADE}:
        whole = evaluate(program, record)
        found = {TOTAL: total_of(whole), GRADE: grade_of(whole)}
        found |= {o.indicator.name: result_of(o) for o in whole.indicators}
    else:
        setting = setting_of(program, record)
        for indicator in program.indicators:
            if indicator.name in names:
                found[indicator.name] = result_of(evaluate_indicator(setting, program, indicator)[0])
    return {name: found[name] for name in sorted(names)}


def notices(probe: Probe, mutant: Mutant, before: core.Program) -> bool:
    """Only the changed indicator is evaluated where that decides."""
    if mutant.indicator:
        if mutant.indicator not in probe.looks_at and not probe.looks_at & {TOTAL, GRADE}:
            return False
        if mutant.indicator in probe.looks_at:
            alone = frozenset({mutant.indicator})
            if look(mutant.program, probe.record, alone)[mutant.indicator] != probe.seen[mutant.indicator]:
                return True
        if not probe.looks_at & {TOTAL, GRADE} or _alike(mutant, before, probe.record):
            return False
    return look(mutant.program, probe.record, probe.looks_at) != probe.seen


def _alike(mutant: Mutant, before: core.Program, record: Record) -> bool:
    """Whether the changed indicator gives the same, so that nothing over it can differ."""
    found: list[tuple[object, ...]] = []
    for program in (before, mutant.program):
        indicator = next(i for i in program.indicators if i.name == mutant.indicator)
        outcome, branches, _ = evaluate_indicator(setting_of(program, record), program, indicator)
        found.append((outcome.status, outcome.score, outcome.away, tuple(branches.items())))
    return found[0] == found[1]


def unnoticed(program: core.Program, mutants: Iterable[Mutant], cases: Sequence[Case]) -> tuple[Mutant, ...]:
    """The mutants that none of the cases notices."""
    probes = [probe_of(program, case) for case in cases if case.is_readable]
    probes.sort(key=lambda probe: bool(probe.looks_at & {TOTAL, GRADE}))  # the quick ones first
    return tuple(m for m in mutants if not any(notices(probe, m, program) for probe in probes))
