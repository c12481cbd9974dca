"""Departments that a change over the whole table moves: how to round, what becomes of points that are not applicable.

Takes the alignment of two programs and the new one as it would be without the change; gives what is proved of the totals and
a department for each direction. Never an indicator's own change: all are scored by the new edition, before and after.

Departments are looked for among whole records in which one indicator after the other has its odd facts: points that are
rounded, points that are not applicable. What is not found is not excluded.
"""

from collections.abc import Iterable
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.record import Record
from rubric.core.walk import data_used
from rubric.evaluator.evaluate import (
    AS_FULL,
    AS_ZERO,
    RESCALED,
    WITHIN_INDICATOR,
)
from rubric.proving import solver
from rubric.proving.solver import Answer, Question, Term, every, number
from rubric.regression.near_totals import NearTotals
from rubric.regression.whole_cases import full_record, lessened, odd_facts, with_odd
from rubric.revision.alignment import Alignment
from rubric.revision.changes import Ground, Meaning, Standing, Verdict, Witness
from rubric.revision.meaning import DIRECTIONS, NO_SOLVER, meaning_of
from rubric.revision.replaying import new_record, old_record

ZERO = Fraction(0)
_NOT_FOUND = "没有找到{}的部门，也没有证明没有"
_SAYS = {Meaning.STRICTER: "总分更低", Meaning.LOOSER: "总分更高"}


def rounding_verdict(alignment: Alignment, *, prove: bool) -> Verdict:
    """Another way to round, or other places: it may take and give."""
    if not prove:
        return Verdict(Meaning.UNKNOWN, Ground.NONE, reason=NO_SOLVER)
    old = alignment.old_common.scoring
    before = _as_before(alignment, places=old.places, rounding=old.rounding)
    full = full_record(alignment.new)
    found = () if full is None else _moved(alignment, before, full, alignment.new.indicators, DIRECTIONS)
    return _verdict((Answer.UNKNOWN, Answer.UNKNOWN), found)


def not_applicable_verdict(alignment: Alignment, *, prove: bool) -> Verdict:
    """Other points for what is not applicable."""
    if not (prove and solver.available()):
        return Verdict(Meaning.UNKNOWN, Ground.NONE, reason=NO_SOLVER)
    old, new = alignment.old_common, alignment.new
    before = _as_before(alignment, not_applicable=old.scoring.not_applicable)
    answers = _answers(_reading(old), _reading(new))
    wanted = tuple(d for d, answer in zip(DIRECTIONS, answers, strict=True) if answer is not Answer.NO)
    leaving = [i for i in new.indicators if _may_leave(i)]
    if not leaving:
        return Verdict(Meaning.EQUAL, Ground.SAME)
    full = full_record(new)
    found = () if full is None else _moved(alignment, before, lessened(new, full), leaving, wanted)
    return _verdict(answers, found)


def _as_before(alignment: Alignment, **scoring: object) -> core.Program:
    """The new edition with this of the old one's 计分办法."""
    new = alignment.new
    choices = (*new.choices, *alignment.old_common.choices)
    return attrs.evolve(new, scoring=attrs.evolve(new.scoring, **scoring), choices=choices)


def _reading(program: core.Program) -> int:
    name = program.scoring.not_applicable
    return next((c.default for c in program.choices if c.name == name), RESCALED)


def _may_leave(indicator: core.Indicator) -> bool:
    clauses = (o for c in core.clauses_of(indicator.rule) for o in c.overrides)
    return any(o.effect is core.Effect.NOT_APPLICABLE for o in (*indicator.overrides, *clauses))


def _verdict(answers: tuple[Answer, ...], found: tuple[Witness, ...]) -> Verdict:
    """What is proved not to be is not; what has a department is."""
    shown = {witness.direction for witness in found}
    both = [Answer.YES if d in shown else a for d, a in zip(DIRECTIONS, answers, strict=True)]
    left = [d for d, answer in zip(DIRECTIONS, both, strict=True) if answer is Answer.UNKNOWN]
    meaning = meaning_of(both[0], both[1])
    if not left:
        return Verdict(meaning, Ground.WITNESSED if found else Ground.PROVED, found)
    reason = _NOT_FOUND.format("、".join(_SAYS[d] for d in left))
    return Verdict(meaning, Ground.PARTLY if found else Ground.NONE, found, reason=reason)


# --- what is proved of points that are not applicable -----------------------------------------------------------------


def _answers(old: int, new: int) -> tuple[Answer, ...]:
    """Whether some total is less under the new reading, and whether some is more; before rounding, which keeps the order.

    `earned` points of a table of which `away` points are not applicable. Scaled up inside each indicator they come to
    something from what is earned to what is earned with all that is away.
    """
    points, earned, away = solver.real("分值"), solver.real("得分"), solver.real("不适用")
    question = Question()
    zero = number(ZERO)
    question.add(points > zero, zero <= earned, zero < away, away < points, earned <= points - away)
    before, after = _total(old, points, earned, away, "原"), _total(new, points, earned, away, "新")
    question.add(*before[1], *after[1])
    return question.ask(after[0] < before[0]), question.ask(before[0] < after[0])


def _total(reading: int, points: Term, earned: Term, away: Term, name: str) -> tuple[Term, tuple[Term, ...]]:
    total = solver.real(f"总分{name}")
    match reading:
        case _ if reading == AS_FULL:
            return total, (total == earned + away,)
        case _ if reading == AS_ZERO:
            return total, (total == earned,)
        case _ if reading == WITHIN_INDICATOR:
            return total, (every(earned <= total, total <= earned + away),)
        case _:
            return total, (total * (points - away) == earned * points,)


# --- departments ------------------------------------------------------------------------------------------------------


def _moved(
    alignment: Alignment,
    before: core.Program,
    base: Record,
    indicators: Iterable[core.Indicator],
    wanted: tuple[Meaning, ...],
) -> tuple[Witness, ...]:
    """The first department for each direction wanted; what of it matters are the facts of its odd indicator."""
    new, found = alignment.new, dict[Meaning, Witness]()
    near = NearTotals(before, base), NearTotals(new, base)
    for indicator, odd in odd_facts(new, indicators):
        record = with_odd(new, base, odd)
        if len(found) == len(wanted):
            break
        old_total, total = (each.total(record) for each in near)
        if old_total is None or total is None or old_total == total:
            continue
        direction = Meaning.STRICTER if total < old_total else Meaning.LOOSER
        if direction in wanted and direction not in found:
            standings = Standing(old_total, old_total, ZERO), Standing(total, total, ZERO)
            theirs, ours = old_record(alignment, record), new_record(alignment, record)
            about = _about(new, indicator, record)
            found[direction] = Witness(direction, theirs, ours, *standings, about=about)
    return tuple(found[direction] for direction in wanted if direction in found)


def _about(new: core.Program, indicator: core.Indicator, record: Record) -> Record:
    used = data_used((indicator.rule, indicator.overrides))
    own = {j.key: j.high for j in new.judgements if j.indicator == indicator.name}
    return Record(
        {key: fact for key, fact in record.facts.items() if key[0] in used},
        {key: given for key, given in record.judgements.items() if key in own and given.points < own[key]},
    )
