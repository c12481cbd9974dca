"""Several facts moved together, everything else as it is: the greatest score, and the cheapest change that reaches one.

Takes a standing and the facts that may move; gives changes found by the solver and confirmed by the evaluator. Never a change
that the evaluator scores otherwise.

All other facts are numbers here, so most programs are linear in what moves, and the solver gives the optimum itself. Where two
of the facts that move are divided by each other it is asked again and again for something better, until there is none or it
cannot tell; `sure` says which.
"""

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.analysis.ranges import World
from rubric.core import program as core
from rubric.core.walk import fields_of, within
from rubric.evaluator.evaluate import evaluate_indicator
from rubric.evaluator.quantities import evaluate_expression
from rubric.improving.movable import Best, Change, Movable, is_cumulative
from rubric.improving.standing import Standing, asks_for, reads, scores_with, touched
from rubric.proving import solver
from rubric.proving.encode import encode_score
from rubric.proving.quantities import Encoder, encode_fact
from rubric.proving.rows import Rows
from rubric.proving.solver import Answer, Model, Question, Term, number, summed
from rubric.proving.space import Number, Space

ZERO = Fraction(0)
_MOST_CLIMBS = 16
_MILLISECONDS = 1500


@attrs.frozen(eq=False)
class Joint:
    """What moves, the indicators that read any of it, and the terms: their summed scores, the summed cost."""

    standing: Standing
    moving: tuple[Movable, ...]
    indicators: tuple[core.Indicator, ...]
    space: Space
    terms: tuple[Term, ...]
    score: Term
    cost: Term

    @property
    def linear(self) -> bool:
        return not self.space.atoms

    @property
    def limits(self) -> tuple[Term, ...]:
        return (*self.space.constraints, *self.terms)

    def changes(self, model: Model) -> tuple[Change, ...] | None:
        """What the model changes; None where one of its numbers is no number on paper."""
        found: list[Change] = []
        for movable in self.moving:
            to = _value(self.space, movable, model)
            if to is None:
                return None
            if to != movable.at:
                found.append(Change(movable, to))
        return tuple(found)

    def gain(self, changes: tuple[Change, ...]) -> Fraction | None:
        """What the evaluator says the indicators gain; None where it is not sound."""
        found = scores_with(self.standing, changes, self.indicators)
        if not found.sound:
            return None
        return sum((found.scores[i.id] - self.standing.scores[i.id] for i in self.indicators), ZERO)


def can_join(standing: Standing, movable: Movable) -> bool:
    """Whether the solver can be told how scores depend on it: not through rows or days."""
    opaque = core.RowAggregate | core.RowScores | core.Elapsed | core.DayAfter
    inside = (node for i in touched(standing, movable) for node in within((i.rule, i.overrides)))
    return not any(isinstance(node, opaque) and asks_for(node, movable) for node in inside)


def joint_of(standing: Standing, moving: tuple[Movable, ...]) -> Joint:
    """The terms of all indicators that read any of `moving`; each must `can_join`."""
    encoder = _encoder(standing, moving)
    indicators = tuple(
        i for i in standing.program.indicators if i.id in standing.scores and any(reads(standing, i, m) for m in moving)
    )
    terms: list[Term] = []
    scores: list[Term] = []
    for indicator in indicators:
        points = encode_score(encoder, _without_rows(standing, indicator))
        terms += [points.away == number(standing.aways[indicator.id])]
        terms += [] if points.defined is None else [points.defined]
        scores.append(points.value)
    terms += _limits(encoder, moving)
    cost = summed([_cost(encoder.space, movable) for movable in moving])
    return Joint(standing, moving, indicators, encoder.space, tuple(terms), summed(scores), cost)


def most_gained(joint: Joint, ceiling: Fraction | None = None) -> Best:
    """The greatest sum of scores, with changes that reach it.

    No gain is above `ceiling`: that much is asked for first, which is far quicker than to look for the greatest.
    """
    before = sum((joint.standing.scores[i.id] for i in joint.indicators), ZERO)
    best = Best((), ZERO, sure=False)
    if joint.linear:
        model = None if ceiling is None else _question(joint).model(joint.score >= number(before + ceiling))
        full = None if model is None or ceiling is None else _confirmed(joint, model, ceiling)
        if full is not None:
            return attrs.evolve(full, sure=True)
        found = solver.optimum(joint.score, joint.limits, most=True, milliseconds=_MILLISECONDS)
        changes = None if found is None else joint.changes(found[1])
        if found is not None and changes is not None and joint.gain(changes) == found[0] - before:
            return Best(changes, found[0] - before, sure=True)
    question = _question(joint)
    for _ in range(_MOST_CLIMBS):
        wanted = (*joint.space.tied(), joint.score > number(before + best.gain))
        model = question.model(*wanted)
        changes = None if model is None else joint.changes(model)
        gain = None if changes is None else joint.gain(changes)
        if changes is None or gain is None or gain <= best.gain:
            return attrs.evolve(best, sure=model is None and question.ask(*wanted) is Answer.NO)
        best = Best(changes, gain, sure=False)
    return best


def cheapest(joint: Joint, need: Fraction, below: Fraction | None = None) -> Best | None:
    """The changes of least cost (under `below`) that gain at least `need`; None where none were found."""
    before = sum((joint.standing.scores[i.id] for i in joint.indicators), ZERO)
    wanted = joint.score >= number(before + need)
    if joint.linear:
        limits = (*joint.limits, wanted, *(() if below is None else (joint.cost < number(below),)))
        found = solver.optimum(joint.cost, limits, most=False, milliseconds=_MILLISECONDS)
        best = None if found is None else _confirmed(joint, found[1], need)
        if found is not None and best is not None and best.cost == found[0]:
            return attrs.evolve(best, sure=True)
    question = _question(joint)
    question.add(wanted, *joint.space.tied())
    best = None
    for _ in range(_MOST_CLIMBS):
        limit = below if best is None else best.cost
        cheaper = () if limit is None else (joint.cost < number(limit),)
        model = question.model(*cheaper)
        found = None if model is None else _confirmed(joint, model, need)
        if found is None:
            sure = model is None and question.ask(*cheaper) is Answer.NO
            return None if best is None else attrs.evolve(best, sure=sure)
        best = found
    return best


def is_cheapest(joint: Joint, need: Fraction, cost: Fraction) -> bool:
    """Whether it is proved that no changes cheaper than `cost` gain `need`."""
    before = sum((joint.standing.scores[i.id] for i in joint.indicators), ZERO)
    wanted = (joint.score >= number(before + need), joint.cost < number(cost))
    return _question(joint).ask(*joint.space.tied(), *wanted) is Answer.NO


def _question(joint: Joint) -> Question:
    question = Question(_MILLISECONDS)
    question.add(*joint.limits)
    return question


def _confirmed(joint: Joint, model: Model, need: Fraction) -> Best | None:
    changes = joint.changes(model)
    gain = None if changes is None else joint.gain(changes)
    return Best(changes, gain, sure=False) if changes is not None and gain is not None and gain >= need else None


# --- terms ------------------------------------------------------------------------------------------------------------


def _encoder(standing: Standing, moving: tuple[Movable, ...]) -> Encoder:
    """An encoder in which everything is a number but what moves."""
    space, keys = Space(), {m.key for m in moving}
    data = {d.name: d for d in standing.program.data}
    fixed: dict[tuple[str, str | None], Fraction | str] = {}
    for movable in moving:
        _place(space, movable)
    for key, fact in standing.setting.record.facts.items():
        datum = data.get(key[0])
        if datum is None or key in keys:
            continue
        value = _known(standing, datum, key[1])
        match fact.value:
            case bool():
                space.yes[key[0]] = solver.always(fact.value)
                fixed[key] = "是" if fact.value else "否"
            case str():
                space.states[key[0]] = number(Fraction(datum.states.index(fact.value)))
                space.state_names[key[0]] = list(datum.states)
                fixed[key] = fact.value
            case _:
                if value is not None:
                    space.numbers[key] = Number(key, number(value), datum)
                    fixed[key] = value
    for judgement in standing.program.judgements:
        given = standing.setting.record.judgements.get(judgement.key)
        if given is not None:
            space.judged.setdefault(judgement.key, (number(given.points), judgement))
    world = World(data, dict(standing.readings), fixed)
    return Encoder(standing.program, world, space, Rows(space, world, 0))


def _known(standing: Standing, datum: core.Datum, part: str | None) -> Fraction | None:
    if datum.kind is not core.DatumKind.QUANTITY:
        return None
    return evaluate_expression(standing.setting, core.FactValue(datum.name, part)).value.point


def _place(space: Space, movable: Movable) -> None:
    """A term for what moves, on the grid on which it is written."""
    match movable.subject:
        case core.Judgement() as judgement:
            term = number(movable.base) + solver.whole("/".join(judgement.key)) * number(movable.tick)
            space.judged[judgement.key] = (term, judgement)
            space.constraints += [term >= number(judgement.low), term <= number(judgement.high)]
        case core.Datum(kind=core.DatumKind.BOOLEAN) as datum:
            space.is_yes(datum.name)
        case core.Datum(kind=core.DatumKind.STATE) as datum:
            space.in_state(datum, datum.states)
        case core.Datum() as datum:
            name = f"{datum.name}/{movable.key[1] or ''}"
            space.numbers[movable.key] = Number(movable.key, solver.whole(name) * number(movable.tick), datum)


def _term(space: Space, movable: Movable) -> Term:
    match movable.subject:
        case core.Judgement(key=key):
            return space.judged[key][0]
        case core.Datum(kind=core.DatumKind.BOOLEAN, name=name):
            return space.yes[name]
        case core.Datum(kind=core.DatumKind.STATE, name=name):
            return space.states[name]
        case core.Datum():
            return space.numbers[movable.key].term


def _cost(space: Space, movable: Movable) -> Term:
    term, one, none = _term(space, movable), number(Fraction(1)), number(ZERO)
    match movable.subject, movable.at:
        case core.Datum(kind=core.DatumKind.BOOLEAN), str():
            return solver.choose(term, none, one) if movable.at == "是" else solver.choose(term, one, none)
        case _, str():
            return solver.choose(term == number(Fraction(movable.states.index(movable.at))), none, one)
        case _, Fraction():
            moved = term - number(movable.at)
            return solver.choose(moved >= 0, moved, -moved) * number(1 / movable.size)


def _value(space: Space, movable: Movable, model: Model) -> Fraction | str | None:
    term = _term(space, movable)
    if not movable.states:
        return model.number(term)
    if isinstance(movable.subject, core.Datum) and movable.subject.kind is core.DatumKind.BOOLEAN:
        return "是" if model.truth(term) else "否"
    place = model.number(term)
    return None if place is None else movable.states[int(place)]


def _limits(encoder: Encoder, moving: tuple[Movable, ...]) -> Iterator[Term]:
    """The bounds between what moves and the rest; numbers that add up over the periods do not fall."""
    names = {m.key[0] for m in moving}
    for datum in encoder.program.data:
        bounds = {bound.datum for bound in (datum.low, datum.high) if bound is not None}
        if datum.kind is core.DatumKind.QUANTITY and (datum.name in names or bounds & names):
            for part in datum.parts or (None,):
                if (datum.name, part) in encoder.space.numbers:
                    encode_fact(encoder, datum.name, part)
    for movable in moving:
        datum, part = movable.subject, movable.key[1]
        if not isinstance(datum, core.Datum) or part is None or not is_cumulative(datum):
            continue
        index = datum.parts.index(part)
        here = encoder.space.numbers
        for first, second in ((index - 1, index), (index, index + 1)):
            if first >= 0 and second < len(datum.parts):
                keys = (datum.name, datum.parts[first]), (datum.name, datum.parts[second])
                if all(key in here for key in keys):
                    yield here[keys[0]].term <= here[keys[1]].term


# --- rows and days ----------------------------------------------------------------------------------------------------


def _without_rows(standing: Standing, indicator: core.Indicator) -> core.Indicator:
    """The indicator with what follows from rows and days as numbers: nothing that moves stands in them."""

    def known(node: object) -> object:
        match node:
            case core.RowAggregate() | core.Elapsed() | core.DayAfter():
                value = evaluate_expression(standing.setting, node).value.point
                return node if value is None else core.Constant(value)
            case core.RowScores():
                alone = attrs.evolve(indicator, rule=node, overrides=(), unlimited=True)
                outcome, _, _ = evaluate_indicator(standing.setting, standing.program, alone)
                value = outcome.exact.point
                return node if value is None else core.Formula(core.Constant(value))
            case _:
                return None

    def rebuilt(node: object) -> object:
        if isinstance(node, tuple):
            return tuple(rebuilt(part) for part in node)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        names = fields_of(type(node))
        if names is None:
            return node
        replaced = known(node)
        if replaced is not None:
            return replaced
        parts = {name: rebuilt(getattr(node, name)) for name in names}
        changed = {name: part for name, part in parts.items() if part is not getattr(node, name)}
        return attrs.evolve(node, **changed) if changed else node  # type: ignore[misc]

    found = rebuilt(attrs.evolve(indicator))
    assert isinstance(found, core.Indicator)
    return found
