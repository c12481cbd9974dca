"""How much of a department's change each edit is the cause of.

Takes a department between two editions; gives a share for each edit; the shares add up to the change exactly. Never an
estimate: Shapley's value (Shapley, *A Value for n-Person Games*, 1953) over all sets of edits, in fractions. The share of
an edit is the mean, over all orders in which the edits could be made, of what the total changes when it is made.

Edits that change nothing for the department have no share and need not be tried. Where more than `MOST_EXACT` are left,
their sets are too many, and the shares are those of one order, that of the table.
"""

from collections.abc import Callable
from fractions import Fraction
from math import factorial

import attrs

from rubric.revision.hybrids import Department, Made, subsets

MOST_EXACT = 10
ZERO = Fraction(0)


@attrs.frozen
class Attribution:
    """`shares` by the place of each edit, those without one left out. `in_order` where they are those of one order."""

    before: Fraction
    after: Fraction
    shares: tuple[tuple[int, Fraction], ...]
    in_order: bool

    @property
    def change(self) -> Fraction:
        return self.after - self.before


def attribute(department: Department) -> Attribution:
    edits = tuple(edit.place for edit in department.plan.edits)
    live = tuple(edit for edit in edits if department.matters(edit))
    before, after = department.total(frozenset()), department.total(frozenset(edits))
    # Edits without effect are made throughout, so that the whole of them is the new edition itself.
    dead = frozenset(edits) - frozenset(live)

    def value(made: Made) -> Fraction:
        return before if not made else department.total(made | dead)

    many = len(live) > MOST_EXACT
    shares = _one_order(value, live) if many else shapley(value, live)
    return Attribution(before, after, tuple((e, s) for e, s in shares.items() if s), many)


def shapley(value: Callable[[Made], Fraction], players: tuple[int, ...]) -> dict[int, Fraction]:
    """The shares of `players` in value(all) − value(none); exact, and over every set of them."""
    values = {made: value(made) for made in subsets(players)}
    count = len(players)
    shares = dict.fromkeys(players, ZERO)
    for made, worth in values.items():
        size = len(made)
        for player in players:
            if player not in made:
                weight = Fraction(factorial(size) * factorial(count - size - 1), factorial(count))
                shares[player] += weight * (values[made | {player}] - worth)
    return shares


def _one_order(value: Callable[[Made], Fraction], players: tuple[int, ...]) -> dict[int, Fraction]:
    shares: dict[int, Fraction] = {}
    made: Made = frozenset()
    for player in players:
        with_it = made | {player}
        shares[player] = value(with_it) - value(made)
        made = with_it
    return shares
