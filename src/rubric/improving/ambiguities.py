"""Every word that may be read in several ways, with what each reading gives.

Takes a program; gives for each 口径 with alternatives a department on which they differ, and over departments given how many
scores would change. Never decides which reading is right.

The department is looked for by trying, which is quick and gives figures as people have them. Where not all alternatives
differ on any that was tried, the solver looks for one on which they do, or proves that there is none. Either way the scores
shown are the evaluator's.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

import attrs

from rubric.analysis.ranges import World, world_of
from rubric.analysis.readings import asking_places, tried_case
from rubric.analysis.samples import facts_read
from rubric.audit.unknowns import labelled
from rubric.core import program as core
from rubric.core.record import Record
from rubric.core.walk import choices_used
from rubric.evaluator.evaluate import evaluate, evaluate_indicator, setting_of
from rubric.evaluator.outcome import Outcome
from rubric.proving import solver
from rubric.proving.departments import Goal, find_department
from rubric.proving.encode import Points, encode_score
from rubric.proving.quantities import encoder_of
from rubric.proving.rows import Rows
from rubric.proving.solver import Answer, Question, Term, number, some
from rubric.proving.space import Space

ZERO = Fraction(0)
Scores = tuple[Fraction | None, ...]


@attrs.frozen
class Ambiguity:
    """A choice that an indicator asks, with the score of each alternative on `record`; None where nothing applies there.

    `record` is None where no department was found on which they differ; `same` tells that there is none.
    """

    indicator: core.Indicator
    choice: core.Choice
    record: Record | None
    scores: Scores
    solved: bool = False
    same: bool = False

    @property
    def settled(self) -> bool:
        """Whether a line of the author says which alternative counts."""
        return self.choice.origin is core.ChoiceOrigin.AUTHOR

    @property
    def asked(self) -> tuple[tuple[str, str | None], ...]:
        """The facts that the reading is about."""
        return tuple(facts_read(asking_places(self.indicator, self.choice.name)))


@attrs.frozen
class Spread:
    """What another alternative of a choice makes of many departments.

    Of `departments` with a decided total either way, `changed` have another one; `mean` is the size of the change over all of them,
    `most` the greatest; `grades` is how many come to another grade.
    """

    choice: core.Choice
    alternative: int
    departments: int
    changed: int
    mean: Fraction
    most: Fraction
    grades: int


@attrs.frozen
class Readings:
    """All ambiguities of a rubric, `lines` that settle each (one for each alternative, "" where there is none), and the
    spreads over the departments of a population; `made_up` of those `departments` are generated.
    """

    ambiguities: tuple[Ambiguity, ...]
    lines: tuple[tuple[str, ...], ...]
    spreads: tuple[Spread, ...] = ()
    departments: int = 0
    made_up: int = 0


def ambiguities_of(program: core.Program, *, solve: bool = True) -> tuple[Ambiguity, ...]:
    """By indicator in the order of the table; what only says which measure a fact states is no ambiguity of the text."""
    world, solve = world_of(program), solve and solver.available()
    return tuple(
        _ambiguity(world, program, indicator, program.choice(name), solve=solve)
        for indicator in program.indicators
        if indicator.yields is core.Yields.POINTS
        for name in choices_used((indicator.rule, indicator.overrides))
        if not program.choice(name).measures
    )


def _ambiguity(
    world: World, program: core.Program, indicator: core.Indicator, choice: core.Choice, *, solve: bool
) -> Ambiguity:
    tried = tried_case(world, program, indicator, choice)
    scores = () if tried is None else _scores(program, indicator, choice, tried)
    if not solve or _apart(scores) == len(choice.alternatives):
        return Ambiguity(indicator, choice, tried, scores)
    record, same = _solved_case(program, indicator, choice)
    better = () if record is None else _scores(program, indicator, choice, record)
    if same or _apart(better) > _apart(scores):
        return Ambiguity(indicator, choice, record, better, solved=True, same=same)
    return Ambiguity(indicator, choice, tried, scores)


def _apart(scores: Scores) -> int:
    """How many different scores the alternatives give; 0 where one is not decided."""
    return 0 if None in scores else len(set(scores))


def _scores(program: core.Program, indicator: core.Indicator, choice: core.Choice, record: Record) -> Scores:
    """What each alternative gives on this record."""
    outcomes = (
        evaluate_indicator(setting_of(program, record, {choice.name: index}), program, indicator)[0]
        for index in range(len(choice.alternatives))
    )
    return tuple(outcome.score for outcome in outcomes)


# --- with the solver --------------------------------------------------------------------------------------------------


def _solved_case(program: core.Program, indicator: core.Indicator, choice: core.Choice) -> tuple[Record | None, bool]:
    """A department on which as many alternatives as can be differ; whether it is proved that there is none."""
    space, rows, points = Space(program.fiscal_year), list[Rows](), list[Points]()
    for index in range(len(choice.alternatives)):
        encoder = encoder_of(program, space, {choice.name: index}, 2)
        points.append(encode_score(encoder, indicator))
        rows.append(encoder.rows)
    defined = [one.defined for one in points if one.defined is not None]
    sound = [*defined, *(one.away == number(ZERO) for one in points)]
    apart = [one.value != other.value for one, other in combinations(points, 2)]
    first = some(*(points[0].value != other.value for other in points[1:]))

    def found(terms: Sequence[Term], least: int) -> Record | None:
        def accept(record: Record) -> bool:
            scores = _scores(program, indicator, choice, record)
            return None not in scores and len(set(scores)) >= least

        if space.question().ask(*terms) is Answer.NO:
            return None
        # Rows are encoded for each reading apart, so an indicator with rows finds its department by trying.
        return find_department(Goal(space, tuple(terms), tuple(rows[:1])), accept)

    plain = tuple(_plain(space, indicator, choice))
    every_one = len(points)
    for terms, least in (
        ([*sound, *plain, *apart], every_one),
        ([*sound, *plain, first], 2),
        ([*sound, *apart], every_one),
        ([*sound, first], 2),
    ):
        record = found(terms, least)
        if record is not None:
            return record, False
    if defined or any(one.used for one in rows):
        return None, False
    question = Question()
    question.add(*space.constraints, some(*apart))
    return None, question.ask() is Answer.NO


def _plain(space: Space, indicator: core.Indicator, choice: core.Choice) -> Iterator[Term]:
    """What the reading asks for is above 0 and rises from period to period; judgements are full."""
    asked = [key for key in facts_read(asking_places(indicator, choice.name)) if key in space.numbers]
    yield from (space.numbers[key].term > number(ZERO) for key in asked)
    for key, after in pairwise(asked):
        if key[0] == after[0]:
            yield space.numbers[key].term < space.numbers[after].term
    yield from (term == number(judgement.high) for term, judgement in space.judged.values())


# --- over departments -------------------------------------------------------------------------------------------------


def spreads_of(program: core.Program, records: Sequence[Record]) -> tuple[Spread, ...]:
    """For each choice that can change a total, each alternative that is not taken, over the same departments.

    Where a choice says what a datum measures, only departments whose facts give the other measure too can be compared.
    """
    records = [_labelled(program, record) for record in records]
    taken = [evaluate(program, record) for record in records]
    found: list[Spread] = []
    for choice in program.choices:
        for index in range(len(choice.alternatives)):
            if index != choice.default:
                others = [evaluate(program, record, {choice.name: index}) for record in records]
                found.append(_spread(choice, index, list(zip(taken, others, strict=True))))
    return tuple(found)


def _labelled(program: core.Program, record: Record) -> Record:
    """A figure that does not say what it measures is of the measure that the rubric takes, and of no other."""
    return labelled(setting_of(program, record)).record


def _spread(choice: core.Choice, index: int, pairs: list[tuple[Outcome, Outcome]]) -> Spread:
    decided = [(one, other) for one, other in pairs if one.total is not None and other.total is not None]
    moved = [abs((other.total or ZERO) - (one.total or ZERO)) for one, other in decided]
    return Spread(
        choice,
        index,
        len(decided),
        sum(size > 0 for size in moved),
        sum(moved, ZERO) / len(moved) if moved else ZERO,
        max(moved, default=ZERO),
        sum(one.grade != other.grade for one, other in decided),
    )
