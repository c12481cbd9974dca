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
from rubric.regression.aims import Aim, AimKind
from rubric.regression.mutants import Mutant
from rubric.regression.running import result_of

_MOST_READINGS = 24
_MOST_TOTALS = 200_000


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
    if not mutant.indicator:
        return Compared(Sameness.UNKNOWN, "逐个试过各种数据，没有找到差别")
    return _indicator_compared(program, mutant)


def _grades_compared(program: core.Program, mutant: core.Program) -> Compared:
    step = Fraction(1, 10**program.scoring.places)
    count = int(program.points / step)
    if count > _MOST_TOTALS:
        return Compared(Sameness.UNKNOWN, "总分的取值太多，没有逐个比较")
    for number in range(count, -1, -1):
        total = number * step
        if grade_at(program, total) != grade_at(mutant, total):
            return Compared(Sameness.DIFFERENT, "等级不同", total=total)
    return Compared(Sameness.EQUAL, f"0 到 {program.points} 分的每一个总分，等级都相同（前一个等级先成立）")


def grade_at(program: core.Program, total: Fraction) -> str | None:
    """The first grade that holds at a total."""
    return next((g.name for g in program.scoring.grades if meets(g, total, total)), None)


# --- indicators -------------------------------------------------------------------------------------------------------


def _indicator_compared(program: core.Program, mutant: Mutant) -> Compared:
    from rubric.proving.solver import Answer, available

    moved = {c.name for c, m in zip(program.choices, mutant.program.choices, strict=True) if c != m}
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
) -> tuple[object, Record | None]:
    """Is there a department for which points, or what is not applicable, or whether they are defined, differ?"""
    from rubric.proving.departments import Goal, find_department
    from rubric.proving.encode import encode_indicator
    from rubric.proving.quantities import encoder_of
    from rubric.proving.solver import Answer, Question, every, negated, some
    from rubric.proving.space import Space

    space = Space()
    before, after = encoder_of(program, space, readings), encoder_of(mutant, space, readings)
    left, right = encode_indicator(before, one), encode_indicator(after, other)
    ok_left, ok_right = every(left.defined), every(right.defined)
    values = some(negated(left.value == right.value), negated(left.away == right.away))
    term = some(every(ok_left, ok_right, values), every(ok_left, negated(ok_right)), every(negated(ok_left), ok_right))
    question = Question()
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
    from rubric.proving.solver import Answer, Question, available, every, some
    from rubric.proving.views import Subject, Views

    indicator = next((i for i in program.indicators if i.id == aim.indicator), None)
    if indicator is None or aim.place[2] != -1 or not available():
        return ""
    asked = [program.choice(name) for name in choices_used((indicator.rule, indicator.overrides))]
    for combination in islice(product(*(range(len(c.alternatives)) for c in asked)), _MOST_READINGS):
        readings = {choice.name: index for choice, index in zip(asked, combination, strict=True)}
        view = Views(Subject(program, indicator, readings)).proving
        leaves = [leaf for leaf in view.leaves if leaf.place.path == aim.path]
        question = Question()
        question.add(
            *view.encoder.space.constraints,
            some(
                *(
                    every(
                        leaf.decided,
                        leaf.points.value < leaf.points.raw
                        if aim.kind is AimKind.CAP
                        else leaf.points.raw < leaf.points.value,
                    )
                    for leaf in leaves
                )
            ),
        )
        tied = view.encoder.space.tied() if view.encoder.space.atoms else ()
        if question.ask() is not Answer.NO and question.ask(*tied) is not Answer.NO:
            return ""
    return "已证明没有哪个部门能到这一步"
