"""Departments that answer a question: made-up records of facts, looked for with the solver and held against the evaluator.

Takes a goal over a space; gives the smallest record found that meets it, as people would write it: whole units and full or
no points where that will do, two decimals else, divisors at a round number. Never a record that `accept` refuses: what
the solver says of a department counts only where the evaluator says it too.
"""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import product

import attrs

from rubric.core import program as core
from rubric.core.record import Basis, Fact, Given, Record, Row, Value
from rubric.proving import solver
from rubric.proving.rows import Rows
from rubric.proving.solver import Model, Question, Term, every, negated, number, summed
from rubric.proving.space import ROUND, Fineness, Held, Space, is_day

SLOTS = 2
_SMALLER = (Fraction(1, 2), Fraction(3, 4))
_MOST_SMALLER = 6


@attrs.frozen(eq=False)
class Goal:
    """What a department must meet: `terms`, over `space`, with the rows encoded as `rows`."""

    space: Space
    terms: tuple[Term, ...]
    rows: tuple[Rows, ...] = ()


Rung = tuple[Fineness, Held]
"""How finely facts are written, and the numbers at which divisors are held."""


def rungs_of(space: Space) -> tuple[Rung, ...]:
    """From the plainest on."""
    return tuple(product(Fineness, ROUND if space.atoms else ROUND[:1]))


def find_department(
    goal: Goal, accept: Callable[[Record], bool], rungs: Iterable[Rung] | None = None, *, smallest: bool = True
) -> Record | None:
    """The first record, from the plainest on, that meets the goal and that `accept` confirms; then ever smaller ones."""
    question = goal.space.question()
    for fineness, at in rungs_of(goal.space) if rungs is None else rungs:
        terms = (*goal.terms, *goal.space.held(at), *goal.space.printable(fineness))
        model = question.model(*terms)
        if model is None:
            continue
        record = record_of(goal, model)
        if record is not None and accept(record):
            return _smaller(goal, question, terms, record, accept) if smallest else record
    return None


def _smaller(
    goal: Goal, question: Question, terms: tuple[Term, ...], record: Record, accept: Callable[[Record], bool]
) -> Record:
    """Try again below a share of the sum of all numbers but days, as long as that leads on."""
    size = summed([_size(one.term, one.datum) for one in goal.space.numbers.values() if not is_day(one.datum)])
    best = _sum_of(goal, record)
    for _ in range(_MOST_SMALLER):
        for share in _SMALLER:
            model = question.model(*terms, size <= number(best * share))
            smaller = None if model is None else record_of(goal, model)
            if smaller is not None and accept(smaller):
                record, best = smaller, _sum_of(goal, smaller)
                break
        else:
            break
    return record


def _size(term: Term, datum: core.Datum) -> Term:
    scaled = term / number(datum.unit.scale if datum.unit is not None else Fraction(1))
    return solver.choose(scaled >= 0, scaled, -scaled)


def _sum_of(goal: Goal, record: Record) -> Fraction:
    total = Fraction(0)
    for one in goal.space.numbers.values():
        value = record.facts[one.key].value
        assert isinstance(value, Fraction)
        if is_day(one.datum):
            continue
        total += abs(value) / (one.datum.unit.scale if one.datum.unit is not None else Fraction(1))
    return total


# --- models and records -----------------------------------------------------------------------------------------------


def record_of(goal: Goal, model: Model) -> Record | None:
    """The facts and judgements of a model; None where one is no rational number."""
    space, facts = goal.space, dict[tuple[str, str | None], Fact]()
    for key, one in space.numbers.items():
        value = model.number(one.term)
        if value is None:
            return None
        facts[key] = _fact(value)
    for name, term in space.yes.items():
        facts[name, None] = _fact(model.truth(term))
    for name, term in space.states.items():
        place = model.number(term)
        assert place is not None
        facts[name, None] = _fact(space.state_names[name][int(place)])
    for rows in goal.rows:
        for name in rows.used:
            found = tuple(_rows_of(rows, name, model))
            facts[name, None] = _fact(found)
    judgements: dict[tuple[str, str], Given] = {}
    for key, (term, _) in space.judged.items():
        points = model.number(term)
        if points is None:
            return None
        judgements[key] = Given(points, basis=Basis.ASSUMED)
    return Record(facts, judgements)


def _fact(value: Value) -> Fact:
    return Fact(value, "", Basis.ASSUMED)


def _rows_of(rows: Rows, name: str, model: Model) -> Iterator[Row]:
    for slot in range(rows.slots):
        if not model.truth(rows.present(name, slot)):
            return
        row: dict[str, Fraction | str] = {}
        for column in rows.world.data[name].columns:
            term = rows.cells.get((name, slot, column.name))
            if column.unit is None or column.states:
                names = rows.texts.get((name, column.name)) or [*column.states, "其他"]
                place = None if term is None else model.number(term)
                place = 0 if place is None else int(place)
                row[column.name] = names[place] if place < len(names) else f"其他{place}"
            else:
                value = None if term is None else model.number(term)
                row[column.name] = value if value is not None else Fraction(0)
        yield row


def facts_as(goal: Goal, record: Record) -> Iterator[Term]:
    """Terms that hold for this record alone, rows left out."""
    space = goal.space
    for key, one in space.numbers.items():
        value = record.facts[key].value
        assert isinstance(value, Fraction)
        yield one.term == number(value)
    for name, term in space.yes.items():
        yield term if record.facts[name, None].value is True else negated(term)
    for name, term in space.states.items():
        yield term == number(Fraction(space.state_names[name].index(str(record.facts[name, None].value))))
    for key, (term, _) in space.judged.items():
        yield term == number(record.judgements[key].points)


def rows_as(rows: Rows, record: Record) -> Iterator[Term]:
    """Terms that hold for the rows of this record alone; it has no more rows than there are places."""
    for name in rows.used:
        value = record.facts[name, None].value
        assert isinstance(value, tuple)
        for slot in range(rows.slots):
            present = rows.present(name, slot)
            yield present if slot < len(value) else negated(present)
    for (name, slot, column), term in rows.cells.items():
        value = record.facts[name, None].value
        assert isinstance(value, tuple)
        if slot < len(value):
            cell = value[slot][column]
            if isinstance(cell, Fraction):
                yield term == number(cell)
            else:
                texts = rows.texts[name, column]
                yield every(term == number(Fraction(texts.index(cell) if cell in texts else len(texts))))
