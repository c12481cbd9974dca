"""The order in which bands are tried, where one lies wholly inside another.

Takes bands in the order of the text; gives them so that a band comes before every band that holds all its values and
more, where it gives more points: `≥60%得1分；≥80%得3分` gives 3 points for 90 %, since otherwise the second sentence would say
nothing. Bands that only overlap keep their order. Never changes a band.
"""

from collections.abc import Sequence
from fractions import Fraction

from rubric.core import program as core
from rubric.core.intervals import Interval, intersect


def inner_first(bands: Sequence[core.Band]) -> tuple[core.Band, ...]:
    """Stable but for bands inside others."""
    ordered: list[core.Band] = []
    for band in bands:
        place = next((i for i, other in enumerate(ordered) if _inside(band, other)), len(ordered))
        ordered.insert(place, band)
    return tuple(ordered)


def _inside(band: core.Band, other: core.Band) -> bool:
    """Whether `other` holds everything `band` does, and more, of one and the same quantity, and gives less for it.

    Where the wider band gives more, the narrower one is a slip: the first line counts, and the finding says it is of no use.
    """
    match band.amount, other.amount:
        case core.Constant(value=own), core.Constant(value=given) if own <= given:
            return False
        case _:
            pass
    inner, outer = values_of(band.condition), values_of(other.condition)
    if inner is None or outer is None or inner[0] != outer[0] or inner[1] == outer[1]:
        return False
    return intersect(inner[1], outer[1]) == inner[1]


def values_of(condition: core.Condition) -> tuple[core.Expression, Interval] | None:
    """The quantity and its values, for a comparison with numbers; None for anything else."""
    match condition:
        case core.Compare(operator=operator, left=core.Constant(value=value), right=quantity):
            return quantity, _from(value, operator)
        case core.Compare(operator=operator, left=quantity, right=core.Constant(value=value)):
            return quantity, _to(value, operator)
        case core.All(parts=parts):
            found = [values_of(part) for part in parts]
            known = [f for f in found if f is not None]
            if len(known) < len(found) or len({quantity for quantity, _ in known}) != 1:
                return None
            whole = Interval()
            for _, values in known:
                whole = intersect(whole, values)
            return known[0][0], whole
        case _:
            return None


def _from(value: Fraction, operator: core.Comparator) -> Interval:
    match operator:
        case "<":
            return Interval(value, None, False, False)
        case "<=":
            return Interval(value, None, True, False)
        case "=":
            return Interval(value, value, True, True)


def _to(value: Fraction, operator: core.Comparator) -> Interval:
    match operator:
        case "<":
            return Interval(None, value, False, False)
        case "<=":
            return Interval(None, value, False, True)
        case "=":
            return Interval(value, value, True, True)
