"""Whether a new clause means what the old one meant.

Takes an indicator in both editions; gives the verdict: equal for all facts, or stricter, looser, both, with where they
differ and a department that shows it. Never *equal* without a proof, never a witness that the evaluator does not reproduce.

Two editions are equal where no facts make the new one stricter and none make it looser; each half is one question to the
solver. First with quotients and products as numbers of their own, of which only what is surely true is known: then *none*
is a proof. Else a department is looked for; where none is found the question is put again with every quotient tied to its
facts.
"""

from functools import partial

import attrs

from rubric.core import program as core
from rubric.core.record import Record
from rubric.core.walk import data_used, within
from rubric.proving import solver
from rubric.proving.departments import Goal, facts_as, find_department, rows_as
from rubric.proving.solver import Answer, Question, Term
from rubric.revision.changes import Ground, Meaning, Region, Verdict, Witness
from rubric.revision.plausible import more_plausible
from rubric.revision.regions import regions_of, state_term
from rubric.revision.replaying import Replay
from rubric.revision.rewriting import bare
from rubric.revision.twofold import Sides, Twofold, has_rows, twofold

NO_SOLVER = "没有用求解器，含义没有比较"
TIMED_OUT = "数据相乘、相除的关系超出求解器在限时内能断定的范围"
NOT_SHOWN = "求解器认为可能有差别，但没有找到能由计分程序重现的部门"
DIRECTIONS = (Meaning.STRICTER, Meaning.LOOSER)


@attrs.frozen
class _Half:
    """One direction: whether some facts go that way, with the department that shows it."""

    answer: Answer
    witness: Witness | None = None
    reason: str = ""


def verdict_of(sides: Sides, replay: Replay, *, regions: bool = True) -> Verdict:
    """`replay.prove` is false where the user asked for no solver: then nothing is said but of what is the same."""
    if is_same(sides):
        return Verdict(Meaning.EQUAL, Ground.SAME)
    if not (replay.prove and solver.available()):
        return Verdict(Meaning.UNKNOWN, Ground.NONE, reason=NO_SOLVER)
    proving = twofold(sides, rows=False)
    finding = twofold(sides, rows=True) if has_rows(sides) else proving
    halves = tuple(_half(proving, finding, place, replay) for place in (0, 1))
    witnesses = tuple(half.witness for half in halves if half.witness is not None)
    meaning = meaning_of(halves[0].answer, halves[1].answer)
    if meaning in (Meaning.MIXED, Meaning.UNDECIDED) and is_replaced(sides):
        meaning = Meaning.INCOMPARABLE
    reason = next((half.reason for half in halves if half.reason), "")
    if meaning is Meaning.EQUAL:
        return Verdict(meaning, Ground.PROVED)
    found: list[Region] = []
    if regions and meaning is not Meaning.INCOMPARABLE:
        for place, half in enumerate(halves):
            if half.answer is Answer.YES:
                there = regions_of(proving, place, sides)
                found += there
                witnesses = _one_for_each(witnesses, there, proving, finding, place, replay)
    unknown = any(half.answer is Answer.UNKNOWN for half in halves)
    ground = Ground.PARTLY if unknown and witnesses else Ground.NONE if unknown else Ground.WITNESSED
    return Verdict(meaning, ground, witnesses, tuple(found), reason)


def _one_for_each(
    witnesses: tuple[Witness, ...],
    regions: tuple[Region, ...],
    proving: Twofold,
    finding: Twofold,
    place: int,
    replay: Replay,
) -> tuple[Witness, ...]:
    """Where they differ in several ways, a department for each."""
    if len(regions) < 2 or finding is not proving:
        return witnesses
    found = [witness_of(finding, place, replay, (state_term(finding, r),)) for r in regions]
    others = tuple(w for w in witnesses if w.direction is not DIRECTIONS[place])
    mine = tuple(w for w in found if w is not None) or tuple(w for w in witnesses if w.direction is DIRECTIONS[place])
    return (*mine, *others) if place == 0 else (*others, *mine)


def meaning_of(stricter: Answer, looser: Answer) -> Meaning:
    """What both halves say together; a half that is not known leaves what the other one showed."""
    match stricter, looser:
        case Answer.NO, Answer.NO:
            return Meaning.EQUAL
        case Answer.YES, Answer.YES:
            return Meaning.MIXED
        case Answer.YES, Answer.NO:
            return Meaning.STRICTER
        case Answer.NO, Answer.YES:
            return Meaning.LOOSER
        case _:
            return Meaning.UNDECIDED


def is_same(sides: Sides) -> bool:
    """Whether both editions ask and compute the same, word for word of what is computed."""
    pairs = {pair.old: pair.new for pair in sides.alignment.judgements if pair.ratio == 1}
    one, other = sides.clauses or (sides.old, sides.new)
    if sides.clauses is None and sides.old.points != sides.new.points:
        return False
    return bare(_judged(one, pairs)) == bare(other) and _same_bounds(sides)


def _judged(node: core.Indicator | core.Clause, pairs: dict[tuple[str, str], tuple[str, str]]) -> object:
    from rubric.revision.rewriting import Names, renamed

    return renamed(Names({}, pairs, {}, {}), node)


def _same_bounds(sides: Sides) -> bool:
    """Facts admissible in one edition alone make no difference here, but states that one does not know would."""
    old = {d.name: d for d in sides.alignment.old_common.data}
    new = {d.name: d for d in sides.alignment.new.data}
    used = data_used((sides.new.rule, sides.new.overrides))
    return all(old[name].states == new[name].states for name in used if name in old and name in new)


def asked(indicator: core.Indicator) -> set[str | tuple[str, str]]:
    """The data and judgements that an indicator needs."""
    judged = {node.judgement for node in within(indicator.rule) if isinstance(node, core.Judged)}
    return {*data_used((indicator.rule, indicator.overrides)), *judged}


def is_replaced(sides: Sides) -> bool:
    """Whether each edition asks for something that the other does not: then neither score says anything of the other."""
    same: dict[str | tuple[str, str], str | tuple[str, str]] = {p.old: p.new for p in sides.alignment.judgements}
    old, new = asked(sides.old), asked(sides.new)
    old = {same.get(one, one) for one in old}
    return bool(old - new) and bool(new - old)


# --- one direction ----------------------------------------------------------------------------------------------------


def _half(proving: Twofold, finding: Twofold, place: int, replay: Replay) -> _Half:
    question = Question()
    question.add(*proving.space.constraints)
    wanted = proving.stricter if place == 0 else proving.looser
    if question.ask(wanted) is Answer.NO:
        return _Half(Answer.NO)
    witness = witness_of(finding, place, replay)
    if witness is not None:
        return _Half(Answer.YES, witness)
    tied = question.ask(wanted, *proving.space.tied()) if proving.space.atoms else Answer.YES
    if tied is Answer.NO:
        return _Half(Answer.NO)
    return _Half(Answer.UNKNOWN, None, TIMED_OUT if tied is Answer.UNKNOWN else NOT_SHOWN)


def witness_of(two: Twofold, place: int, replay: Replay, within: tuple[Term, ...] = ()) -> Witness | None:
    """The plainest department, among those for which `within` holds: one that both editions score in full and whose issued
    scores differ, if there is one; else one of which something is not applicable, not decided, or the same when rounded.
    """
    direction = DIRECTIONS[place]
    part = two.stricter if place == 0 else two.looser
    for besides, rounded in (((two.applicable,), True), ((two.decided,), True), ((), True), ((), False)):
        goal = Goal(two.space, (part, two.whole[place], *besides, *within), (two.rows,))
        record = find_department(goal, partial(replay.accepts, direction=direction, rounded=rounded))
        if record is not None:
            better = partial(_shows_within, replay, two, goal, within)
            return replay.witness(more_plausible(record, direction, replay, better), direction)
    return None


def _shows_within(replay: Replay, two: Twofold, goal: Goal, within: tuple[Term, ...], record: Record) -> bool:
    """Whether the terms hold for this record too."""
    if not within:
        return True
    question = Question()
    facts = (*facts_as(goal, record), *rows_as(two.rows, record))
    question.add(*two.space.constraints, *two.space.tied(), *facts, *within)
    return question.ask() is Answer.YES
