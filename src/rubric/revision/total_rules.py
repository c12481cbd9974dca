"""Rules that reach the total: what another cap does to it.

Takes the alignment of two programs; gives the change of their rules on the total, if there is one, with its meaning and a
department. Never an indicator.

A rule on the total caps it where its condition holds. Whether the new rules are stricter is asked of the conditions and of
a total that may be any number within the points; the department is looked for among those that the whole new table scores.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product

import attrs

from rubric.core import program as core
from rubric.core.record import Record
from rubric.core.walk import data_used, within
from rubric.evaluator.evaluate import evaluate
from rubric.proving import solver
from rubric.proving.departments import Goal, record_of
from rubric.proving.encode import encode_indicator
from rubric.proving.quantities import Encoder, encode_condition, encoder_of
from rubric.proving.solver import Answer, Question, Term, choose, every, lesser, number, summed
from rubric.proving.space import Fineness, Held, Space
from rubric.revision.alignment import Alignment
from rubric.revision.changes import Change, Ground, Kind, Meaning, Standing, Verdict, Witness
from rubric.revision.replaying import new_record, old_record
from rubric.revision.rewriting import bare

ZERO = Fraction(0)
_NO_SOLVER = "没有用求解器，含义没有比较"
# A difference that is plain to see is looked for first, in 分.
_PLAIN = Fraction(3)
_DIVISORS: tuple[Held, ...] = ((Fraction(1), Fraction(1)), (Fraction(100), Fraction(100)))
_DIRECTIONS = (Meaning.STRICTER, Meaning.LOOSER)


def total_changes(alignment: Alignment, *, prove: bool) -> Iterator[Change]:
    old, new = alignment.old_common.scoring.overrides, alignment.new.scoring.overrides
    if bare(old) == bare(new):
        return
    before, after = ("\n".join(o.text for o in overrides) for overrides in (old, new))
    fresh, gone = {d.name for d in alignment.fresh}, {d.name for d in alignment.gone}
    yield Change(
        Kind.TOTAL,
        "",
        "",
        _verdict(alignment, old, new, prove=prove),
        (Kind.TOTAL,),
        before,
        after,
        of=(("总分规则", before or "没有", after or "没有"),),
        data_added=tuple(name for name in data_used(new) if name in fresh),
        data_removed=tuple(name for name in data_used(old) if name in gone),
    )


def _verdict(
    alignment: Alignment, old: tuple[core.Override, ...], new: tuple[core.Override, ...], *, prove: bool
) -> Verdict:
    if not (prove and solver.available()):
        return Verdict(Meaning.UNKNOWN, Ground.NONE, reason=_NO_SOLVER)
    space = Space(alignment.new.fiscal_year)
    before, after = encoder_of(alignment.old_common, space), encoder_of(alignment.new, space)
    total = solver.real("总分")
    space.constraints += [total >= number(ZERO), total <= number(alignment.new.points)]
    reached = _capped(before, old, total), _capped(after, new, total)
    question = Question()
    question.add(*space.constraints)
    answers = (question.ask(reached[1] < reached[0]), question.ask(reached[0] < reached[1]))
    if Answer.UNKNOWN in answers:
        return Verdict(Meaning.UNDECIDED, Ground.NONE, reason="规则的条件超出求解器在限时内能断定的范围")
    witnesses: tuple[Witness, ...] = tuple(
        witness
        for direction, answer in zip(_DIRECTIONS, answers, strict=True)
        if answer is Answer.YES and (witness := _witness(alignment, old, direction)) is not None
    )
    ground = Ground.WITNESSED if len(witnesses) == answers.count(Answer.YES) else Ground.PARTLY
    reason = "" if ground is Ground.WITNESSED else "求解器断定总分可以不同，但没有找到能由计分程序重现的部门"
    match answers:
        case (Answer.NO, Answer.NO):
            return Verdict(Meaning.EQUAL, Ground.PROVED)
        case (Answer.YES, Answer.YES):
            return Verdict(Meaning.MIXED, ground, witnesses, reason=reason)
        case (Answer.YES, _):
            return Verdict(Meaning.STRICTER, ground, witnesses, reason=reason)
        case _:
            return Verdict(Meaning.LOOSER, ground, witnesses, reason=reason)


def _capped(encoder: Encoder, overrides: tuple[core.Override, ...], total: Term) -> Term:
    for override in overrides:
        holds = encode_condition(encoder, override.condition).yes
        total = choose(holds, lesser(total, number(override.cap or ZERO)), total)
    return total


def _witness(alignment: Alignment, old: tuple[core.Override, ...], direction: Meaning) -> Witness | None:
    """A department of the whole new table whose total is another under the new rules than under the old ones."""
    new = alignment.new
    as_before = attrs.evolve(
        new,
        scoring=attrs.evolve(new.scoring, overrides=old),
        data=(*new.data, *(d for d in alignment.old_common.data if d.name not in {one.name for one in new.data})),
        choices=(*new.choices, *alignment.old_common.choices),
    )
    space = Space(alignment.new.fiscal_year)
    encoder = encoder_of(as_before, space, {}, 1)
    scores = [encode_indicator(encoder, i) for i in new.indicators if i.yields is core.Yields.POINTS]
    total = summed([one.value for one in scores])
    reached = _capped(encoder, old, total), _capped(encoder, new.scoring.overrides, total)
    lost = reached[0] - reached[1] if direction is Meaning.STRICTER else reached[1] - reached[0]
    terms = (lost >= number(_PLAIN), *(every(one.defined, one.away == number(ZERO)) for one in scores))

    def totals(record: Record) -> tuple[Fraction | None, Fraction | None]:
        return evaluate(as_before, record).total, evaluate(new, record).total

    def accept(record: Record) -> bool:
        return _goes(totals(record), direction)

    record = _first(Goal(space, terms, (encoder.rows,)), accept) or _first(
        Goal(space, (lost > number(ZERO), *terms[1:]), (encoder.rows,)), accept
    )
    if record is None:
        return None
    before, after = totals(record)
    assert before is not None and after is not None
    theirs, ours = old_record(alignment, record), new_record(alignment, record)
    asked = {
        (node.datum, node.part if isinstance(node, core.FactValue) else None)
        for node in within((old, new.scoring.overrides))
        if isinstance(node, core.FactValue | core.InState)
    }
    about = Record({key: fact for key, fact in record.facts.items() if key in asked})
    return Witness(direction, theirs, ours, Standing(before, before, ZERO), Standing(after, after, ZERO), about)


def _goes(totals: tuple[Fraction | None, Fraction | None], direction: Meaning) -> bool:
    before, after = totals
    if before is None or after is None:
        return False
    return after < before if direction is Meaning.STRICTER else before < after


def _first(goal: Goal, accept: Callable[[Record], bool]) -> Record | None:
    """The first department found; over a whole table there is no time to look for a smaller one."""
    question = Question()
    question.add(*goal.space.constraints, *goal.terms)
    for fineness, at in product((Fineness.WHOLE, Fineness.HUNDREDTHS), _DIVISORS):
        model = question.model(*goal.space.held(at), *goal.space.printable(fineness))
        record = None if model is None else record_of(goal, model)
        if record is not None and accept(record):
            return record
    return None
