"""Whether a mutant means the same, for all departments.

Takes a program and a mutant; gives a proof that they are equal, a department that tells them apart, or neither. Never *equal*
without a proof, and never a department that the evaluator does not confirm.

An indicator is put to the solver under every combination of its readings (`proving`); without the solver nothing is proved.
Grades are compared at every total there is, because totals are rounded: that is a proof by looking.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from itertools import islice, product

import attrs

from rubric.core import program as core
from rubric.core.record import Record
from rubric.core.walk import choices_used
from rubric.evaluator.branches import meets
from rubric.evaluator.evaluate import evaluate_indicator, setting_of
from rubric.proving.departments import Goal, find_department
from rubric.proving.encode import encode_clause, encode_indicator, encode_score
from rubric.proving.quantities import encoder_of
from rubric.proving.solver import Answer, Question, Term, available, every, negated, number, some
from rubric.proving.space import Space
from rubric.proving.views import Subject, Views
from rubric.regression.aims import ZERO, Aim, AimKind, is_standing_cap, override_aim, whole_of
from rubric.regression.mutants import Mutant
from rubric.regression.running import result_of

_MOST_READINGS = 24
_MOST_TOTALS = 200_000
_LONG, _LONGER = 2_000, 20_000


class Sameness(StrEnum):
    EQUAL = "等价"
    DIFFERENT = "不同"
    UNKNOWN = "未找到差别"


@attrs.frozen
class Compared:
    """`record` tells them apart; `total` is a total at which the grades differ; `reason` says how it is known."""

    sameness: Sameness
    reason: str
    record: Record | None = None
    total: Fraction | None = None


def compared(program: core.Program, mutant: Mutant) -> Compared:
    if mutant.program.scoring.grades != program.scoring.grades:
        return _grades_compared(program, mutant.program)
    if _moved(program, mutant.program) == {program.scoring.rounding} and available():
        return _rounding_compared(program, mutant.program)
    if not mutant.indicator:
        return Compared(Sameness.UNKNOWN, "逐个试过各种数据，没有找到差别")
    return _indicator_compared(program, mutant)


def _moved(program: core.Program, mutant: core.Program) -> set[str]:
    """The choices that are read otherwise."""
    return {c.name for c, m in zip(program.choices, mutant.choices, strict=True) if c != m}


def _rounding_compared(program: core.Program, mutant: core.Program) -> Compared:
    """Another way to round, indicator by indicator: equal where no issued score is another."""
    several = [i for i in program.indicators if isinstance(i.rule, core.Sum)]  # one clause is rounded once either way
    for indicator in several:
        for readings in _readings(program, (indicator, indicator), set()):
            answer, record = _asked(program, mutant, indicator, indicator, readings, rounded=True)
            if record is not None:
                return Compared(Sameness.DIFFERENT, f"求解器找到一个部门，「{indicator.name}」得分不同", record)
            if answer is not Answer.NO:
                return Compared(Sameness.UNKNOWN, f"求解器没有断定「{indicator.name}」的得分是否相同")
    return Compared(Sameness.EQUAL, "已证明对所有数据各指标取整后的得分相同")


def _grades_compared(program: core.Program, mutant: core.Program) -> Compared:
    step = Fraction(1, 10**program.scoring.places)
    count = int(program.points / step)
    if count > _MOST_TOTALS:
        return Compared(Sameness.UNKNOWN, "总分的取值太多，没有逐个比较")
    for place in range(count, -1, -1):
        total = place * step
        if grade_at(program, total) != grade_at(mutant, total):
            return Compared(Sameness.DIFFERENT, "等级不同", total=total)
    return Compared(Sameness.EQUAL, f"0 到 {program.points} 分的每一个总分，等级都相同（前一个等级先成立）")


def grade_at(program: core.Program, total: Fraction) -> str | None:
    """The first grade that holds at a total."""
    return next((g.name for g in program.scoring.grades if meets(g, total, total)), None)


# --- indicators -------------------------------------------------------------------------------------------------------


def _indicator_compared(program: core.Program, mutant: Mutant) -> Compared:
    moved = _moved(program, mutant.program)
    if any(program.choice(name).measures for name in moved):
        return Compared(Sameness.UNKNOWN, "口径只改变数据量的是什么，逐个试过各种数据，没有找到差别")
    if not available():
        return Compared(Sameness.UNKNOWN, "没有安装求解器（rubric-lang[prove]），只试过各种数据，没有找到差别")
    one = next(i for i in program.indicators if i.name == mutant.indicator)
    other = next(i for i in mutant.program.indicators if i.name == mutant.indicator)
    several = 0
    for readings in _readings(program, (one, other), moved):
        several += 1
        answer, record = _asked(program, mutant.program, one, other, readings)
        if answer is Answer.YES and record is not None:
            return Compared(Sameness.DIFFERENT, "求解器找到一个部门", record)
        if answer is not Answer.NO:
            return Compared(Sameness.UNKNOWN, "求解器在限时内没有断定，逐个试过各种数据，没有找到差别")
    under = f"，{several} 种口径组合下都是" if several > 1 else ""
    return Compared(Sameness.EQUAL, f"已证明对所有数据得分相同{under}")


def _readings(
    program: core.Program, indicators: tuple[core.Indicator, core.Indicator], moved: set[str]
) -> Iterator[Mapping[str, int]]:
    asked = [program.choice(name) for name in choices_used(indicators) if name not in moved]
    columns = [range(len(choice.alternatives)) for choice in asked]
    for combination in islice(product(*columns), _MOST_READINGS):
        yield {choice.name: index for choice, index in zip(asked, combination, strict=True)}


def _asked(
    program: core.Program,
    mutant: core.Program,
    one: core.Indicator,
    other: core.Indicator,
    readings: Mapping[str, int],
    *,
    rounded: bool = False,
) -> tuple[Answer, Record | None]:
    """Is there a department for which points, or what is not applicable, or whether they are defined, differ?"""
    space = Space(program.fiscal_year)
    before, after = encoder_of(program, space, readings), encoder_of(mutant, space, readings)
    encode = encode_score if rounded else encode_indicator
    left, right = encode(before, one), encode(after, other)
    ok_left, ok_right = every(left.defined), every(right.defined)
    values = some(negated(left.value == right.value), negated(left.away == right.away))
    term = some(every(ok_left, ok_right, values), every(ok_left, negated(ok_right)), every(negated(ok_left), ok_right))
    question = Question(_LONGER if rounded else _LONG)
    question.add(*space.constraints, term)
    if question.ask() is Answer.NO:
        return Answer.NO, None

    def tells_apart(record: Record) -> bool:
        return not _alike(program, mutant, one, other, record, readings)

    found = find_department(Goal(space, (term,), (before.rows,)), tells_apart)
    if found is not None:
        names = {name: program.choice(name).alternatives[index].name for name, index in readings.items()}
        return Answer.YES, attrs.evolve(found, readings=names)
    tied = question.ask(*space.tied()) if space.atoms else Answer.YES
    return (Answer.NO if tied is Answer.NO else Answer.UNKNOWN), None


def _alike(
    program: core.Program,
    mutant: core.Program,
    one: core.Indicator,
    other: core.Indicator,
    record: Record,
    readings: Mapping[str, int],
) -> bool:
    first = evaluate_indicator(setting_of(program, record, readings), program, one)[0]
    second = evaluate_indicator(setting_of(mutant, record, readings), mutant, other)[0]
    return (result_of(first), first.away) == (result_of(second), second.away)


def unreachable(program: core.Program, aim: Aim) -> str:
    """Why no department can go beyond the limit that `aim` is about; "" where that is not proved."""
    indicator = next((i for i in program.indicators if i.id == aim.indicator), None)
    if indicator is None or not available():
        return ""
    asked = [program.choice(name) for name in choices_used((indicator.rule, indicator.overrides))]
    for combination in islice(product(*(range(len(c.alternatives)) for c in asked)), _MOST_READINGS):
        readings = {choice.name: index for choice, index in zip(asked, combination, strict=True)}
        space, beyond = _beyond(Subject(program, indicator, readings), aim)
        question = Question()
        question.add(*space.constraints, some(*beyond))
        if question.ask() is not Answer.NO and question.ask(*(space.tied() if space.atoms else ())) is not Answer.NO:
            return ""
    return "已证明没有哪个部门能到这一步"


def _beyond(subject: Subject, aim: Aim) -> tuple[Space, list[Term]]:
    """Where the limit cuts something off: one that the author states, or that of the points themselves."""
    indicator = subject.indicator
    for clause in (whole_of(indicator), *core.clauses_of(indicator.rule)):
        for cap in (
            o for o in clause.overrides if is_standing_cap(o) and override_aim(indicator, clause.path, o) == aim
        ):
            encoder = encoder_of(subject.program, Space(subject.program.fiscal_year), subject.readings)
            others = tuple(o for o in clause.overrides if o is not cap)
            points = encode_clause(encoder, indicator, attrs.evolve(clause, overrides=others))
            return encoder.space, [every(points.defined, number(cap.cap or ZERO) < points.value)]
    view = Views(subject).proving
    leaves = [leaf for leaf in view.leaves if leaf.place.path == aim.path]
    above = aim.kind is AimKind.CAP
    ends = [
        (leaf, (leaf.points.value, leaf.points.raw) if above else (leaf.points.raw, leaf.points.value))
        for leaf in leaves
    ]
    return view.encoder.space, [every(leaf.decided, less < more) for leaf, (less, more) in ends]
