"""The solver: Z3, and nothing of it beyond this module but opaque terms.

Takes exact numbers and terms; gives terms, answers and models with exact numbers. Numbers go in and come out as rationals;
a model whose number is irrational is no model here. Z3 is the optional extra `prove` (de Moura and Bjørner, *Z3: An
Efficient SMT Solver*, 2008); `available` says whether it is installed.
"""

import importlib
import importlib.util
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any

Term = Any
"""A term of the solver: a number or a truth value that depends on facts."""


class Answer(StrEnum):
    """Whether some facts meet the terms asserted."""

    YES = "有"
    NO = "没有"
    UNKNOWN = "未知"


@cache
def available() -> bool:
    """Whether the extra is installed; asks the file system, and loads nothing."""
    return importlib.util.find_spec("z3") is not None


def place() -> str:
    """Where the extra is installed; empty where it is not."""
    found = importlib.util.find_spec("z3")
    return "" if found is None or found.origin is None else found.origin


@cache
def _z3() -> Any:
    return importlib.import_module("z3")


# --- terms ------------------------------------------------------------------------------------------------------------


@cache
def number(value: Fraction) -> Term:
    return _z3().RealVal(f"{value.numerator}/{value.denominator}")


def real(name: str) -> Term:
    return _z3().Real(name)


def whole(name: str) -> Term:
    """A whole number, as a real term."""
    return _z3().ToReal(_z3().Int(name))


def truth(name: str) -> Term:
    return _z3().Bool(name)


def always(value: bool) -> Term:
    return _z3().BoolVal(value)


# What joins terms is made without the checks of z3's own functions: it is most of what an encoder makes, and the sorts are
# right by construction (a condition is a truth value, a choice is between two of a sort).


def choose(condition: Term, then: Term, otherwise: Term) -> Term:
    z3 = _z3()
    made = z3.Z3_mk_ite(then.ctx.ref(), condition.ast, then.ast, otherwise.ast)
    return (z3.BoolRef if isinstance(then, z3.BoolRef) else z3.ArithRef)(made, then.ctx)


def every(*parts: Term | None) -> Term:
    """All hold; `None` stands for what always holds."""
    terms = [part for part in parts if part is not None]
    return terms[0] if len(terms) == 1 else _joined(_z3().Z3_mk_and, terms) if terms else always(True)


def some(*parts: Term) -> Term:
    return parts[0] if len(parts) == 1 else _joined(_z3().Z3_mk_or, list(parts)) if parts else always(False)


def negated(part: Term) -> Term:
    z3 = _z3()
    return z3.BoolRef(z3.Z3_mk_not(part.ctx.ref(), part.ast), part.ctx)


def implied(condition: Term, then: Term) -> Term:
    z3 = _z3()
    return z3.BoolRef(z3.Z3_mk_implies(then.ctx.ref(), condition.ast, then.ast), then.ctx)


def _joined(maker: Any, terms: list[Term]) -> Term:
    z3 = _z3()
    array = (z3.Ast * len(terms))(*(term.ast for term in terms))
    return z3.BoolRef(maker(terms[0].ctx.ref(), len(terms), array), terms[0].ctx)


def summed(parts: list[Term]) -> Term:
    return parts[0] if len(parts) == 1 else _z3().Sum(*parts) if parts else number(Fraction(0))


def floor(value: Term) -> Term:
    """The greatest whole number not above `value`."""
    return _z3().ToReal(_z3().ToInt(value))


def lesser(left: Term, right: Term) -> Term:
    return choose(left <= right, left, right)


def greater(left: Term, right: Term) -> Term:
    return choose(left >= right, left, right)


def simplified(value: Term) -> Term:
    """The same in the solver's own form, so that equal sums are one term."""
    return _z3().simplify(value, som=False)


def value_of(value: Term) -> Fraction | None:
    """The number that a term is; None where it depends on facts."""
    found = _z3().simplify(value)
    return Fraction(str(found.as_fraction())) if _z3().is_rational_value(found) else None


def rounded(value: Term, places: int) -> Term:
    """Half up, ties away from zero, as `core.numbers.round_half_up`."""
    scale = number(Fraction(10**places))
    half = number(Fraction(1, 2))
    above, below = floor(value * scale + half), -floor(half - value * scale)
    return choose(value >= 0, above, below) / scale


# --- questions --------------------------------------------------------------------------------------------------------


class Question:
    """Terms asserted so far. A context object of this room: `solver` is the only module that knows what is inside."""

    def __init__(self, milliseconds: int = 2000) -> None:
        self._solver = _z3().Solver()
        self._solver.set("timeout", milliseconds)
        self._solver.set("random_seed", 7)

    def add(self, *terms: Term) -> None:
        self._solver.add(*terms)

    def ask(self, *terms: Term) -> Answer:
        """Whether facts exist that meet what was added, and `terms`, which are forgotten afterwards."""
        self._solver.push()
        try:
            self._solver.add(*terms)
            return _ANSWERS[str(self._solver.check())]
        finally:
            self._solver.pop()

    def model(self, *terms: Term) -> "Model | None":
        """Facts that meet them, or None where none exist or none were found."""
        self._solver.push()
        try:
            self._solver.add(*terms)
            return Model(self._solver.model()) if str(self._solver.check()) == "sat" else None
        finally:
            self._solver.pop()


def greatest(objective: Term, terms: Iterable[Term], milliseconds: int = 2000) -> Fraction | None:
    """The greatest value of `objective` where the terms hold, if there is one and it is taken."""
    search = _z3().Optimize()
    search.set("timeout", milliseconds)
    search.add(*terms)
    found = search.maximize(objective)
    if str(search.check()) != "sat":
        return None
    return _exact(_z3().simplify(search.upper(found)))


def _exact(value: Any) -> Fraction | None:
    """The number of a numeral, which may be of either sort; None for what is none (irrational, unbounded)."""
    if _z3().is_rational_value(value):
        return Fraction(value.as_fraction())
    return Fraction(value.as_long()) if _z3().is_int_value(value) else None


_ANSWERS = {"sat": Answer.YES, "unsat": Answer.NO, "unknown": Answer.UNKNOWN}


class Model:
    """The numbers that answer a question."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def number(self, term: Term) -> Fraction | None:
        """The exact value; None where it is irrational."""
        return _exact(self._model.eval(term, model_completion=True))

    def truth(self, term: Term) -> bool:
        return bool(_z3().is_true(self._model.eval(term, model_completion=True)))


def optimum(
    objective: Term, terms: Iterable[Term], *, most: bool, milliseconds: int = 2000
) -> "tuple[Fraction, Model] | None":
    """The greatest (or least) value of `objective` where the terms hold, with facts that have it; None where it was not found."""
    search = _z3().Optimize()
    search.set("timeout", milliseconds)
    search.add(*terms)
    found = search.maximize(objective) if most else search.minimize(objective)
    if str(search.check()) != "sat":
        return None
    value = search.upper(found) if most else search.lower(found)
    if not _z3().is_rational_value(value) and not _z3().is_int_value(value):
        return None
    exact = Fraction(value.as_fraction()) if _z3().is_rational_value(value) else Fraction(value.as_long())
    return exact, Model(search.model())
