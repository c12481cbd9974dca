"""What would have to change in the facts of a department, for each indicator and for a total.

Takes a program, a record and what is wanted; gives the next thresholds of every indicator and the cheapest plans. Never a
change of a fact that is history or that the caller keeps, and never one that the evaluator does not confirm.
"""

from collections.abc import Collection, Iterator, Mapping

import attrs

from rubric.core import program as core
from rubric.core.record import Record
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.evaluator.outcome import Status
from rubric.improving import errors
from rubric.improving.lines import Rise, rises_of
from rubric.improving.movable import Movable, movables_of
from rubric.improving.search import MOST_COMPARED, Search, search
from rubric.improving.standing import Standing, moves_total, standing_of, touched
from rubric.improving.target import Target, target_of
from rubric.proving import solver


@attrs.frozen
class Kept:
    """Facts that were left alone, and why."""

    names: tuple[str, ...]
    why: str


@attrs.frozen(eq=False)
class Improvement:
    """Where a department stands, the next thresholds of each indicator, and the plans that reach the target.

    `rises` come by indicator, each fact's nearest first. `searched` is None where no target was asked for, or none could be
    looked for; the findings say why.
    """

    standing: Standing
    rises: tuple[Rise, ...]
    kept: tuple[Kept, ...]
    target: Target | None = None
    searched: Search | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def improve(
    program: core.Program,
    record: Record,
    target: str | None = None,
    *,
    readings: Mapping[str, int] | None = None,
    fixed: Collection[str] = (),
    judgements: bool = False,
    solve: bool = True,
) -> Improvement:
    """`target` is a total, a grade or `+N`; `fixed` are names of data to leave alone; without `solve` one fact at a time."""
    standing = standing_of(program, record, readings)
    named = data_named(program, fixed)
    names, unknown = named.value, named.diagnostics
    movables = movables_of(program, standing.setting, names, judgements=judgements)
    rises = tuple(_by_indicator(standing, movables))
    found = Improvement(standing, rises, tuple(_kept(standing, names, judgements)), diagnostics=tuple(unknown))
    if target is None or unknown:
        return found
    return _towards(found, movables, target, solve=solve and solver.available())


def _towards(found: Improvement, movables: tuple[Movable, ...], words: str, *, solve: bool) -> Improvement:
    standing = found.standing
    outcome = standing.outcome
    if outcome.total is None:
        missing = [f"{m.part}{m.fact}" if m.part else m.fact for m in outcome.missing]
        return attrs.evolve(found, diagnostics=(errors.still_pending(missing),))
    read = target_of(words, standing.program, outcome.total)
    if read.value is None:
        return attrs.evolve(found, diagnostics=read.diagnostics)
    target = read.value
    found = attrs.evolve(found, target=target)
    if target.reached(outcome.total):
        return attrs.evolve(found, diagnostics=(errors.already_reached(target.words, outcome.total, _places(found)),))
    movable = tuple(m for m in movables if touched(standing, m) or moves_total(standing.program, m))
    result = search(standing, movable, target.reached, solve=solve)
    notes: list[Diagnostic] = []
    if not result.plans and not solve:
        notes.append(errors.no_solver(target.words))
    elif not result.plans:
        best = result.best.total if result.best is not None else outcome.total
        notes.append(errors.out_of_reach(target.words, best, _places(found), exact=result.exact))
    elif not result.complete:
        notes.append(errors.not_all_compared(MOST_COMPARED))
    return attrs.evolve(found, searched=result, diagnostics=tuple(notes))


def _places(found: Improvement) -> int:
    return found.standing.program.scoring.places


def _by_indicator(standing: Standing, movables: tuple[Movable, ...]) -> Iterator[Rise]:
    rises = [rise for movable in movables for rise in rises_of(standing, movable)]
    for indicator in standing.program.indicators:
        yield from sorted((r for r in rises if r.indicator is indicator), key=lambda r: (r.change.cost, r.gain))


def data_named(program: core.Program, words: Collection[str]) -> Checked[frozenset[str]]:
    """The data that these names mean, with a finding for each that means none or several."""
    known = [d.name for d in program.data]
    unknown = tuple(errors.unknown_fixed(name, known) for name in words if not _names(program, name))
    return Checked(frozenset(found for name in words for found in _names(program, name)), unknown)


def _names(program: core.Program, name: str) -> tuple[str, ...]:
    """The data of that name, or of which it is another name, or the only one of whose name it is a part."""
    exact = tuple(d.name for d in program.data if name in (d.name, *d.aliases))
    if exact:
        return exact
    parts = tuple(d.name for d in program.data if name and name in d.name)
    return parts if len(parts) == 1 else ()


def _kept(standing: Standing, names: Collection[str], judgements: bool) -> Iterator[Kept]:
    data = standing.program.data
    groups = {
        "声明为不可变": [d.name for d in data if d.unchangeable],
        "--fixed 指定不改": [d.name for d in data if d.name in names and not d.unchangeable],
        "由各单位的数据比较得出": [d.name for d in data if d.over is not None],
        "逐行填列，不在逐项试算之内": [d.name for d in data if d.kind is core.DatumKind.ROWS],
    }
    pending = [o.indicator.name for o in standing.outcome.indicators if o.status is Status.PENDING]
    groups["待定的指标，补齐数据以后才能试算"] = pending
    yield from (Kept(tuple(found), why) for why, found in groups.items() if found)
    if not judgements and standing.program.judgements:
        yield Kept(("评判",), "由人评定，加 --judgements 才列入")
