"""Two editions of one indicator over one space of facts.

Takes a pair in one vocabulary; gives terms that say where the new edition is stricter and where it is looser. Never an
answer: asking is the business of `meaning`.

Less earned is stricter, and so is more lost: for points that are not applicable leave both, and the total is what is
earned by what is earned and lost. What is not decided could be anything from nothing to full points.
"""

from collections.abc import Mapping
from fractions import Fraction

import attrs

from rubric.analysis.ranges import World
from rubric.core import program as core
from rubric.core.walk import within
from rubric.proving.departments import SLOTS
from rubric.proving.encode import Points, encode_clause, encode_indicator
from rubric.proving.quantities import Encoder, encoder_of
from rubric.proving.rows import Rows
from rubric.proving.solver import Term, choose, every, number, some
from rubric.proving.space import Space
from rubric.revision.alignment import Alignment, JudgementPair

ZERO = Fraction(0)


@attrs.frozen
class Sides:
    """One indicator in both editions, in one vocabulary and with its readings put in; `clauses` where only these differ."""

    alignment: Alignment
    old: core.Indicator
    new: core.Indicator
    clauses: tuple[core.Clause, core.Clause] | None = None


@attrs.frozen(eq=False)
class Twofold:
    """`stricter` and `looser` are about the clauses where these are given; `whole` says the same of the indicators.

    `decided` holds where both editions score the indicator, `applicable` where nothing of it is left out besides.
    """

    space: Space
    rows: Rows
    old: Encoder
    new: Encoder
    stricter: Term
    looser: Term
    whole: tuple[Term, Term]
    decided: Term
    applicable: Term


def has_rows(sides: Sides) -> bool:
    nodes = within((sides.old.rule, sides.old.overrides, sides.new.rule, sides.new.overrides))
    return any(isinstance(node, core.RowAggregate | core.RowScores) for node in nodes)


def twofold(sides: Sides, *, rows: bool) -> Twofold:
    """With `rows`, lists of a few rows, to look for departments; else what holds of any number of rows."""
    alignment = sides.alignment
    space = Space(alignment.new.fiscal_year)
    slots = SLOTS if rows else 0
    before, after = encoder_of(alignment.old_common, space, {}, slots), encoder_of(alignment.new, space, {}, slots)
    data = {**before.world.data, **after.world.data, **_joined(before.world.data, after.world.data)}
    shared = Rows(space, World(data), slots)
    before, after = attrs.evolve(before, rows=shared), attrs.evolve(after, rows=shared)
    _states(space, before.world.data, after.world.data)
    wholes = encode_indicator(before, sides.old), encode_indicator(after, sides.new)
    parts, full = wholes, (sides.old.points, sides.new.points)
    if sides.clauses is not None:
        one, other = sides.clauses
        parts = encode_clause(before, sides.old, one), encode_clause(after, sides.new, other)
        full = one.points, other.points
    _judged(space, alignment.judgements)
    whole = directions(*wholes, (sides.old.points, sides.new.points))
    stricter, looser = directions(*parts, full)
    decided = every(wholes[0].defined, wholes[1].defined)
    applicable = every(decided, wholes[0].away == number(ZERO), wholes[1].away == number(ZERO))
    return Twofold(space, shared, before, after, stricter, looser, whole, decided, applicable)


def directions(old: Points, new: Points, full: tuple[Fraction, Fraction]) -> tuple[Term, Term]:
    """Where the new is stricter, and where it is looser; `replaying.shows` says the same of a record."""
    before, after = _ends(old, full[0]), _ends(new, full[1])
    known = None
    if old.defined is not None and new.defined is not None:
        known = some(old.defined, new.defined)
    less, more = after[0] < before[1], before[0] < after[1]
    if full[0] == full[1]:
        less, more = some(less, before[2] < after[3]), some(more, after[2] < before[3])
    return every(known, less), every(known, more)


def _ends(points: Points, full: Fraction) -> tuple[Term, Term, Term, Term]:
    value, lost = points.value, number(full) - points.away - points.value
    if points.defined is None:
        return value, value, lost, lost
    nothing, all_of_it = number(ZERO), number(full)
    return (
        choose(points.defined, value, nothing),
        choose(points.defined, value, all_of_it),
        choose(points.defined, lost, nothing),
        choose(points.defined, lost, all_of_it),
    )


def _joined(old: Mapping[str, core.Datum], new: Mapping[str, core.Datum]) -> dict[str, core.Datum]:
    """Lists that both editions ask for, with the columns of both."""
    found: dict[str, core.Datum] = {}
    for name, datum in new.items():
        if datum.kind is core.DatumKind.ROWS and name in old:
            columns = {c.name for c in datum.columns}
            extra = tuple(c for c in old[name].columns if c.name not in columns)
            found[name] = attrs.evolve(datum, columns=(*datum.columns, *extra))
    return found


def _states(space: Space, old: Mapping[str, core.Datum], new: Mapping[str, core.Datum]) -> None:
    """Where the states of a datum changed, facts are those that both editions know."""
    for name, datum in new.items():
        if datum.kind is core.DatumKind.STATE and name in old and old[name].states != datum.states:
            union = (*datum.states, *(s for s in old[name].states if s not in datum.states))
            both = tuple(s for s in datum.states if s in old[name].states)
            space.constraints.append(space.in_state(attrs.evolve(datum, states=union), both))


def _judged(space: Space, pairs: tuple[JudgementPair, ...]) -> None:
    """The same sentence earns the same share of its points."""
    for pair in pairs:
        if pair.old in space.judged and pair.new in space.judged:
            old, new = space.judged[pair.old][0], space.judged[pair.new][0]
            space.constraints.append(new == old * number(pair.ratio))
