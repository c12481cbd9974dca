"""The departments that a question is about: one term for each fact, and what is admissible.

Takes data and judgements of programs; gives the terms of their facts, shared by all that is encoded over one space, with
the constraints that bounds, states and whole numbers set. Never a rule: those are in `encode`.

A quotient or a product of facts is not linear, and a solver that must multiply unknown numbers often does not answer. So
each stands for itself as an *atom*, with what is surely true of it: its range, its order against the figures in the text
(q ≤ c exactly where a ≤ c·b, for b > 0) and against atoms of the same divisor. What follows from these is true of all
facts. Whether facts really exist is asked with the atoms tied to them: divisors held at a round number, where everything
is linear again (`held`), or in full (`tied`).
"""

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction

import attrs

from rubric.analysis.ranges import Key
from rubric.core import program as core
from rubric.core.dates import day_number
from rubric.core.intervals import Range
from rubric.proving import solver
from rubric.proving.solver import Question, Term, every, implied, number, some

ZERO, ONE = Fraction(0), Fraction(1)
RATE_SCALE = Fraction(1, 100)
_MOST_FIGURES = 24
Held = tuple[Fraction, Fraction]
"""The numbers at which divisors are held, in the unit of their data: every other one at the first, the rest at the second."""
_LEVEL = tuple((Fraction(value), Fraction(value)) for value in (100, 1000, 10, 1, 12))
ROUND: tuple[Held, ...] = (*_LEVEL, (Fraction(100), Fraction(200)), (Fraction(200), Fraction(100)))
"""All at one round number; at last unlike each other, for what divides and is divided."""


@attrs.frozen(eq=False)
class Atom:
    """`term` stands for `left` ÷ `right`, or `left` × `right`. `scale` is the unit of `right`, `ends` its extremes."""

    operator: core.Operator
    term: Term
    left: Term
    right: Term
    scale: Fraction
    ends: tuple[Fraction, ...] = ()


@attrs.frozen(eq=False)
class Number:
    """The term of one fact that is a number, and the datum it is of."""

    key: Key
    term: Term
    datum: core.Datum


class Space:
    """A context object of this room; made by whoever asks, filled by `encode`. `year` is that which dates are looked for in."""

    def __init__(self, year: int | None = None) -> None:
        self.year = year
        self.numbers: dict[Key, Number] = {}
        self.states: dict[str, Term] = {}
        self.yes: dict[str, Term] = {}
        self.judged: dict[tuple[str, str], tuple[Term, core.Judgement]] = {}
        self.state_names: dict[str, list[str]] = {}
        self.atoms: list[Atom] = []
        self.constraints: list[Term] = []
        self.figures: dict[Fraction, None] = {}
        self.noted: dict[int, object] = {}
        self.free = 0
        self._atoms: dict[tuple[str, int, int], Atom] = {}
        self._said: set[int] = set()
        self._printable: dict[tuple[Fineness, int, int], tuple[Term, ...]] = {}
        self._held: dict[tuple[Held, int], tuple[Term, ...]] = {}
        self._question: Question | None = None
        self._asked = 0

    def question(self) -> Question:
        """One question about all facts that are admissible, kept for what is asked next."""
        self._question = self._question or Question()
        self._question.add(*self.constraints[self._asked :])
        self._asked = len(self.constraints)
        return self._question

    # --- facts ---

    def number(self, datum: core.Datum, part: str | None) -> Term:
        """The term of a number; whole steps where the datum has decimals."""
        key = (datum.name, part)
        if key not in self.numbers:
            step = step_of(datum)
            name = f"{datum.name}/{part or ''}"
            term = solver.real(name) if step is None else solver.whole(name) * number(step)
            self.numbers[key] = Number(key, term, datum)
            if is_day(datum):
                self.keep_writable(term)
        return self.numbers[key].term

    def keep_writable(self, day: Term) -> None:
        """A day that the calendar has."""
        self.constraints += [day >= number(_FIRST_DAY), day <= number(_LAST_DAY)]

    def say_once(self, constraint: Term) -> None:
        """A constraint that every reading of a fact repeats."""
        if constraint.get_id() not in self._said:
            self._said.add(constraint.get_id())
            self.constraints.append(constraint)

    def is_yes(self, name: str) -> Term:
        return self.yes.setdefault(name, solver.truth(name))

    def in_state(self, datum: core.Datum, states: tuple[str, ...]) -> Term:
        """Whether the datum has one of `states`."""
        if datum.name not in self.states:
            self.states[datum.name] = solver.whole(f"{datum.name}#")
            self.state_names[datum.name] = list(datum.states)
            places = range(len(datum.states))
            self.constraints.append(some(*(self.states[datum.name] == place for place in places)))
        names = self.state_names[datum.name]
        places = [names.index(state) for state in states if state in names]
        return some(*(self.states[datum.name] == p for p in places)) if places else solver.always(False)

    def judgement(self, judgement: core.Judgement) -> Term:
        if judgement.key not in self.judged:
            term = solver.real(f"评判/{judgement.indicator}/{judgement.label}")
            self.judged[judgement.key] = (term, judgement)
            self.constraints += [term >= number(judgement.low), term <= number(judgement.high)]
        return self.judged[judgement.key][0]

    def fresh(self, within: Range, *, whole: bool = False) -> Term:
        """A number of which only its range is known."""
        self.free += 1
        term = solver.whole(f"~{self.free}") if whole else solver.real(f"~{self.free}")
        self._within(term, within)
        return term

    def fresh_day(self) -> Term:
        """A day that is fixed by what is said of it."""
        return self.fresh(Range(None, None), whole=True)

    def _within(self, term: Term, within: Range, given: Term | None = None) -> None:
        ends = [term >= number(within.low)] if within.low is not None else []
        ends += [term <= number(within.high)] if within.high is not None else []
        self.constraints += [end if given is None else implied(given, end) for end in ends]

    # --- atoms ---

    def atom(
        self,
        operator: core.Operator,
        left: Term,
        right: Term,
        within: Range,
        scale: Fraction,
        ends: tuple[Fraction, ...] = (),
    ) -> Term:
        """The quotient or product of two terms that are no numbers."""
        left, right = solver.simplified(left), solver.simplified(right)
        mark = (operator, left.get_id(), right.get_id())
        if mark in self._atoms:
            return self._atoms[mark].term
        self.free += 1
        found = Atom(operator, solver.real(f"~{self.free}"), left, right, scale, ends)
        self._atoms[mark] = found
        if operator == "/":
            self._within(found.term, within, right != number(ZERO))
            self._lemmas_of_quotient(found)
        else:
            self._within(found.term, within)
        self.atoms.append(found)
        return found.term

    def _lemmas_of_quotient(self, atom: Atom) -> None:
        above = atom.right > number(ZERO)
        self.constraints.append(implied(atom.right == number(ZERO), atom.term == number(ZERO)))
        for figure in (ZERO, ONE, *list(self.figures)[:_MOST_FIGURES]):
            c = number(figure)
            self.constraints.append(
                implied(
                    above,
                    every(
                        (atom.term <= c) == (atom.left <= c * atom.right),
                        (atom.term >= c) == (atom.left >= c * atom.right),
                    ),
                )
            )
        for other in self.atoms:
            if other.operator != "/":
                continue
            if other.right.eq(atom.right):
                self.constraints.append(implied(above, (atom.term <= other.term) == (atom.left <= other.left)))
                self.constraints.append(implied(above, (atom.term >= other.term) == (atom.left >= other.left)))
            elif other.left.eq(atom.left):
                both = every(above, other.right > number(ZERO), atom.left >= number(ZERO))
                self.constraints.append(implied(every(both, atom.right <= other.right), atom.term >= other.term))
                self.constraints.append(implied(every(both, atom.right >= other.right), atom.term <= other.term))

    # --- facts that really exist ---

    def tied(self) -> Iterator[Term]:
        """What makes every atom the number it stands for; not linear."""
        for atom in self.atoms:
            if atom.operator == "/":
                yield implied(atom.right != number(ZERO), atom.term * atom.right == atom.left)
            else:
                yield atom.term == atom.left * atom.right

    def held(self, at: Held) -> tuple[Term, ...]:
        """The same with each divisor 0 or at a number `at` of its units, and each factor at an end or there: linear."""
        mark = (at, len(self.atoms))
        if mark not in self._held:
            self._held[mark] = tuple(self._held_at(at))
        return self._held[mark]

    def _held_at(self, at: Held) -> Iterator[Term]:
        places = {term: place for place, term in enumerate(dict.fromkeys(atom.right.get_id() for atom in self.atoms))}
        for atom in self.atoms:
            here = at[places[atom.right.get_id()] % 2] * atom.scale
            if atom.operator == "/":
                # What is divided by a quotient: that follows from numbers which are held themselves.
                values = (here, ONE, Fraction(1, 2), Fraction(2)) if atom.scale == RATE_SCALE else (here,)
                ways = (
                    every(atom.right == number(value), atom.term * number(value) == atom.left)
                    for value in dict.fromkeys(values)
                )
                yield some(atom.right == number(ZERO), *ways)
            else:
                values = [number(value) for value in dict.fromkeys((ZERO, ONE, *atom.ends, here))]
                yield some(*(every(atom.right == value, atom.term == atom.left * value) for value in values))

    def printable(self, fineness: "Fineness") -> tuple[Term, ...]:
        """Facts as people write them, from whole units and full points to two decimals; at last of any size."""
        mark = (fineness, len(self.numbers), len(self.judged))
        if mark not in self._printable:
            self._printable[mark] = tuple(self._printed(fineness))
        return self._printable[mark]

    def _printed(self, fineness: "Fineness") -> Iterator[Term]:
        coarse = fineness is Fineness.WHOLE
        for index, one in enumerate(self.numbers.values()):
            scale = one.datum.unit.scale if one.datum.unit is not None else ONE
            if step_of(one.datum) is None:
                yield one.term == solver.whole(f"#{index}") * number(scale if coarse else scale / 100)
            if is_day(one.datum):
                first, last = self._days() if fineness is not Fineness.ANY_SIZE else (_FIRST_DAY, _LAST_DAY)
                yield every(one.term >= number(first), one.term <= number(last))
            elif fineness is not Fineness.ANY_SIZE:
                rate = one.datum.unit is not None and one.datum.unit.dimension is core.Dimension.RATE
                most = scale * (200 if rate else 10_000)
                yield every(one.term <= number(most), one.term >= number(-most))
        for index, (term, judgement) in enumerate(self.judged.values()):
            step = judgement.high - judgement.low if coarse else Fraction(1, 100)
            yield term == number(judgement.low) + solver.whole(f"#评判{index}") * number(step or ONE)

    def _days(self) -> tuple[Fraction, Fraction]:
        """The days that a file of this year speaks of: from the year before it to the end of the second after."""
        year = self.year if self.year is not None and 1 < self.year < _LAST_YEAR - 2 else 2020
        return _first_of(year - 1), _first_of(year + 3) - 1


def _first_of(year: int) -> Fraction:
    return Fraction(day_number(year, 1, 1) or 1)


_LAST_YEAR = 9999
_FIRST_DAY, _LAST_DAY = Fraction(1), _first_of(_LAST_YEAR + 1) - 1
"""The days that can be written."""


def is_day(datum: core.Datum) -> bool:
    return datum.unit is not None and datum.unit.dimension is core.Dimension.DATE


class Fineness(Enum):
    """How plainly facts are to be written; tried in this order."""

    WHOLE = "整数"
    HUNDREDTHS = "两位小数"
    ANY_SIZE = "不限大小"


def step_of(datum: core.Datum) -> Fraction | None:
    """Between neighbouring values of a datum; None where any number may stand."""
    unit = datum.unit
    if unit is None:
        return None if datum.decimals is None else Fraction(1, 10**datum.decimals)
    if datum.decimals is not None:
        return unit.scale / 10**datum.decimals
    return unit.scale if unit.dimension in (core.Dimension.COUNT, core.Dimension.DATE) else None
