"""What is still missing, and how many points hang on each of it.

Takes the outcomes of all indicators; gives one `Missing` per fact or judgement not given, the heaviest first. Never a value.

A clause that lacks a fact has its own open range at stake, not the whole indicator's: what other clauses lack moves them
alone. A fact that decides over a whole clause or indicator (否决, 豁免, 不适用) has all of its open range at stake, and its
points where it decides only whether they stay in the base.
"""

from collections.abc import Iterator
from fractions import Fraction

from rubric.core.intervals import Range
from rubric.evaluator.outcome import ClauseOutcome, IndicatorOutcome, Missing, MissingKey

ZERO = Fraction(0)


OF_TOTAL = "总分"


def missing_of(
    outcomes: list[IndicatorOutcome], of_total: tuple[tuple[MissingKey, Fraction], ...] = ()
) -> tuple[Missing, ...]:
    """Each fact once; what hangs on it in one indicator is never more than that indicator's open range.

    `of_total` are the facts that rules on the total ask for, with what hangs on them there.
    """
    stakes: dict[MissingKey, Fraction] = {}
    places: dict[MissingKey, dict[str, None]] = {}
    for outcome in outcomes:
        own: dict[MissingKey, Fraction] = {}
        for key, place, width in _lacking(outcome):
            own[key] = own.get(key, ZERO) + width
            places.setdefault(key, {})[place] = None
        for key, stake in own.items():
            stakes[key] = stakes.get(key, ZERO) + min(stake, _open(outcome))
    for key, stake in of_total:
        stakes[key] = stakes.get(key, ZERO) + stake
        places.setdefault(key, {})[OF_TOTAL] = None
    return tuple(
        Missing(fact, part, "／" in fact, tuple(places[fact, part]), stake)
        for (fact, part), stake in sorted(stakes.items(), key=lambda item: -item[1])
    )


def _open(outcome: IndicatorOutcome) -> Fraction:
    """The open range; where the score is the same either way, the points that may leave the base."""
    return outcome.high - outcome.low or outcome.indicator.points


def _lacking(outcome: IndicatorOutcome) -> Iterator[tuple[MissingKey, str, Fraction]]:
    """(fact, `指标 第n点`, open range there), in the order of the facts."""
    name = outcome.indicator.name
    clauses = tuple(_within(outcome.clauses))
    for key in outcome.missing:
        for clause in clauses:
            if key in clause.missing:
                path = clause.clause.path
                yield key, f"{name} 第{path}点" if path else name, _width(clause.value) or clause.clause.points
        if key in outcome.undecided:
            yield key, name, _open(outcome)


def _within(clauses: tuple[ClauseOutcome, ...]) -> Iterator[ClauseOutcome]:
    for clause in clauses:
        yield clause
        yield from _within(clause.children)


def _width(value: Range) -> Fraction:
    return ZERO if value.low is None or value.high is None else value.high - value.low
