"""Bands that leave values out, meet twice, or can never be reached.

Takes a band table with the overrides that go before it; gives what is wrong with it. Every test of the table is brought
to one quantity, so each band becomes a set of its values (`core.intervals`); the sets then are compared with all values
the quantity may take (`ranges`). Never says anything of a table whose bands test several quantities.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

import attrs

from rubric.analysis import band_errors, value_words
from rubric.analysis.clamps import deducts
from rubric.analysis.ranges import ONE, Linear, World, extent, lattice, linear, plus
from rubric.core import program as core
from rubric.core.intervals import (
    LINE,
    NOTHING,
    Interval,
    canonical,
    difference,
    gaps,
    intersection,
    on_lattice,
    outside,
    union,
)
from rubric.core.walk import within
from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText

Values = tuple[Interval, ...]


@attrs.frozen
class Subject:
    """The quantity that a table tests: `node` as written; where two things are compared, their difference (`against`)."""

    form: Linear
    node: core.Expression
    against: core.Expression | None
    unit: core.Unit | None


def check_bands(
    world: World, source: SourceText, indicator: str, table: core.BandTable, overrides: tuple[core.Override, ...]
) -> Iterator[Diagnostic]:
    """Findings about one table."""
    states = _state_sets(world, table)
    if states is not None:
        yield from _check_states(world, source, indicator, table, *states)
        return
    subject = _subject(world, table)
    if subject is None:
        return
    sets = [values_where(world, band.condition, subject.form) for band in table.bands]
    known = [values for values in sets if values is not None]
    if len(known) == len(sets):
        yield from _check_values(world, source, indicator, table, overrides, subject, known)


def narrowed_bands(
    world: World, source: SourceText, indicator: str, table: core.BandTable
) -> Iterator[tuple[core.Band, str]]:
    """Each band that meets one before it, with the condition that says what is left to it (`80%≤满意度<90%`), where it can be typed.

    The band before counts as things stand, so the condition changes no score.
    """
    subject = None if _state_sets(world, table) is not None else _subject(world, table)
    if subject is None:
        return
    sets = [values_where(world, band.condition, subject.form) for band in table.bands]
    if any(values is None for values in sets):
        return
    found = extent(world, subject.form)
    everything = Interval(found.low, found.high, found.low is not None, found.high is not None)
    steps = lattice(world, subject.form)
    words = value_words.Words(source, indicator, subject.node, subject.against, subject.unit, whole=steps is not None)
    taken: Values = NOTHING
    for band, values in zip(table.bands, sets, strict=True):
        assert values is not None
        left = _possible(difference(values, taken), everything, steps)
        met = _possible(intersection(values, taken), everything, steps)
        if met and len(left) == 1 and not isinstance(band.condition, core.Always):
            typed = words.condition(_open(left[0], everything))
            if typed:
                yield band, typed
        taken = union(taken, values)


def _possible(values: Values, everything: Interval, steps: tuple[Fraction, Fraction] | None) -> Values:
    """Those of the values that can occur."""
    inside = intersection(values, (everything,))
    return canonical(tuple(on_lattice(band, *steps) for band in inside)) if steps else inside


# --- one quantity -----------------------------------------------------------------------------------------------------


def _check_values(
    world: World,
    source: SourceText,
    indicator: str,
    table: core.BandTable,
    overrides: tuple[core.Override, ...],
    subject: Subject,
    sets: list[Values],
) -> Iterator[Diagnostic]:
    found = extent(world, subject.form)
    everything = Interval(found.low, found.high, found.low is not None, found.high is not None)
    steps = lattice(world, subject.form)

    def possible(values: Values) -> Values:
        return _possible(values, everything, steps)

    words = value_words.Words(source, indicator, subject.node, subject.against, subject.unit, whole=steps is not None)
    taken: Values = NOTHING
    for index, (band, values) in enumerate(zip(table.bands, sets, strict=True)):
        own = possible(values)
        left = possible(difference(values, taken))
        if not own:
            yield band_errors.unreachable_band(words, band, everything)
        elif not left:
            before = [b for b, other in zip(table.bands[:index], sets, strict=False) if intersection(values, other)]
            yield band_errors.covered_band(words, band, tuple(before))
        elif not isinstance(band.condition, core.Always):
            overlap = possible(intersection(values, taken))
            before = [
                b
                for b, other in zip(table.bands[:index], sets, strict=False)
                if possible(intersection(values, other)) and b.amount != band.amount and not _cuts_off(b, band)
            ]
            if overlap and before:
                yield band_errors.overlapping_bands(
                    words,
                    before[0],
                    band,
                    _open(overlap[0], everything),
                    tuple(_open(band, everything) for band in left),
                )
        taken = union(taken, values)
    if table.otherwise is not None:
        return
    for override in overrides:
        taken = union(taken, _decided(world, override.condition, subject.form))
    for gap in gaps(everything, taken):
        rest = possible((gap,))
        if rest:
            lower = [(b, v[-1]) for b, v in zip(table.bands, sets, strict=True) if v and _ends_by(v[-1], gap)]
            upper = [(b, v[0]) for b, v in zip(table.bands, sets, strict=True) if v and _starts_after(v[0], gap)]
            below = max(lower, key=lambda pair: pair[1].high or Fraction(0), default=None)
            above = min(upper, key=lambda pair: pair[1].low or Fraction(0), default=None)
            middle = _middle_of_unit(rest[0], words.unit) if len(rest) == 1 and below and above else None
            if middle is not None and below is not None and above is not None:
                yield band_errors.whole_number_bands(words, rest[0], below, above, middle)
            else:
                yield band_errors.gap_between_bands(words, _open(rest[0], everything), below, above, table)


def _cuts_off(band: core.Band, steps: core.Band) -> bool:
    """`每低1个百分点扣1分；低于85%的不得分`: a stated end of the steps, which every reader takes to go before them."""
    return isinstance(band.amount, core.Constant) and band.amount.value == 0 and deducts(steps)


def _middle_of_unit(gap: Interval, unit: core.Unit | None) -> Fraction | None:
    """The middle of a gap between two whole numbers that follow each other (89 and 90), both in a band."""
    scale = unit.scale if unit is not None else ONE
    if gap.low is None or gap.high is None or gap.low_inclusive or gap.high_inclusive:
        return None
    whole = (gap.low / scale).denominator == 1
    return (gap.low + gap.high) / 2 if whole and gap.high - gap.low == scale else None


def _open(band: Interval, everything: Interval) -> Interval:
    """`band` without an end that is only the end of all values."""
    low, high = band.low != everything.low, band.high != everything.high
    return Interval(
        band.low if low or band.low == band.high else None,
        band.high if high or band.low == band.high else None,
        band.low_inclusive and (low or band.low == band.high),
        band.high_inclusive and (high or band.low == band.high),
    )


def _ends_by(values: Interval, gap: Interval) -> bool:
    return values.high is not None and gap.low is not None and values.high <= gap.low


def _starts_after(values: Interval, gap: Interval) -> bool:
    return values.low is not None and gap.high is not None and gap.high <= values.low


def _subject(world: World, table: core.BandTable) -> Subject | None:
    """What the first test is about; a quotient goes before a comparison of its two numbers."""
    found: Subject | None = None
    for band in table.bands:
        for node in within(band.condition, rows=False):
            if isinstance(node, core.Compare):
                subject = _subject_of(world, node)
                if found is None or (subject.against is None and found.against is not None):
                    found = subject
    return found


def _subject_of(world: World, test: core.Compare) -> Subject:
    left, right = linear(world, test.left), linear(world, test.right)
    if not right.terms:
        return Subject(left, test.left, None, unit_of(world, test.left) or unit_of(world, test.right))
    if not left.terms:
        return Subject(right, test.right, None, unit_of(world, test.right) or unit_of(world, test.left))
    return Subject(plus(left, right, -ONE), test.left, test.right, unit_of(world, test.left))


def unit_of(world: World, node: core.Expression) -> core.Unit | None:
    """The unit in which a quantity is shown."""
    match node:
        case core.FactValue(datum=datum):
            return world.data[datum].unit
        case core.Named(unit=unit) if unit is not None:
            return unit
        case core.Constant(unit=unit):
            return unit if unit is not None and unit.name else None
        case _:
            return None


# --- tests as sets of values ------------------------------------------------------------------------------------------


def values_where(world: World, node: core.Condition, subject: Linear) -> Values | None:
    """The values of `subject` for which `node` holds; None where that depends on something else."""
    match node:
        case core.Compare(operator=operator, left=left, right=right):
            test = plus(linear(world, left), linear(world, right), -ONE)
            related = relate(world, test, subject)
            return None if related is None else _solve(operator, *related)
        case core.All(parts=parts):
            found = LINE
            for part in parts:
                values = values_where(world, part, subject)
                if values is None:
                    return None
                found = intersection(found, values)
            return found
        case core.Some(parts=parts):
            found = NOTHING
            for part in parts:
                values = values_where(world, part, subject)
                if values is None:
                    return None
                found = union(found, values)
            return found
        case core.Not(part=part):
            inner = values_where(world, part, subject)
            return None if inner is None else outside(inner)
        case core.ReadingIs(choice=choice, index=index):
            return None if choice not in world.readings else LINE if world.readings[choice] == index else NOTHING
        case core.Always():
            return LINE
        case core.InState() | core.CellIs():
            return None
        case _:
            assert_never(node)


def _decided(world: World, node: core.Condition, subject: Linear) -> Values:
    """Values for which `node` certainly holds."""
    if isinstance(node, core.Some):
        found = NOTHING
        for part in node.parts:
            found = union(found, _decided(world, part, subject))
        return found
    return values_where(world, node, subject) or NOTHING


def relate(world: World, test: Linear, subject: Linear) -> tuple[Fraction, Fraction] | None:
    """(α, β) with `test` of the sign of α·subject + β; None where there are none.

    Where the subject is N/D with D ≥ 0, a test of N against D is one of N/D: its sign is that of α·N + β·D.
    """
    if not test.terms:
        return Fraction(0), test.constant
    atom = next(iter(subject.terms), None)
    if atom is not None and atom in test.terms:
        alpha = test.terms[atom] / subject.terms[atom]
        rest = plus(test, subject, -alpha)
        if not rest.terms:
            return alpha, rest.constant
    match atom:
        case core.Arithmetic(operator="/", left=left, right=right) if subject == Linear({atom: ONE}):
            divisor = linear(world, right)
            low = extent(world, divisor).low
            return _combination(test, linear(world, left), divisor) if low is not None and low >= 0 else None
        case _:
            return None


def _combination(test: Linear, first: Linear, second: Linear) -> tuple[Fraction, Fraction] | None:
    """(α, β) with test = α·first + β·second."""
    forms = (first.terms, second.terms, test.terms)
    atoms = dict.fromkeys(atom for form in forms for atom in form)
    rows = [tuple(form.get(atom, Fraction(0)) for form in forms) for atom in atoms]
    rows.append((first.constant, second.constant, test.constant))
    for a1, b1, c1 in rows:
        for a2, b2, c2 in rows:
            determinant = a1 * b2 - a2 * b1
            if determinant:
                alpha, beta = (c1 * b2 - c2 * b1) / determinant, (a1 * c2 - a2 * c1) / determinant
                exact = all(alpha * a + beta * b == c for a, b, c in rows)
                return (alpha, beta) if exact else None
    return None


def _solve(operator: core.Comparator, alpha: Fraction, beta: Fraction) -> Values:
    """The values x with α·x + β < 0 (or ≤, =)."""
    if alpha == 0:
        true = beta < 0 or (beta == 0 and operator != "<") if operator != "=" else beta == 0
        return LINE if true else NOTHING
    end, inclusive = -beta / alpha, operator != "<"
    if operator == "=":
        return (Interval(end, end, True, True),)
    return (Interval(None, end, False, inclusive) if alpha > 0 else Interval(end, None, inclusive, False),)


# --- one datum with states --------------------------------------------------------------------------------------------


def _state_sets(world: World, table: core.BandTable) -> tuple[str, list[tuple[str, ...]]] | None:
    """The datum and, for each band, the states it is for; None where the bands test anything else."""
    names: set[str] = set()
    sets: list[tuple[str, ...]] = []
    for band in table.bands:
        match band.condition:
            case core.InState(datum=datum, states=states):
                names.add(datum)
                sets.append(states)
            case _:
                return None
    return (names.pop(), sets) if len(names) == 1 else None


def _check_states(
    world: World, source: SourceText, indicator: str, table: core.BandTable, name: str, sets: list[tuple[str, ...]]
) -> Iterator[Diagnostic]:
    datum = world.data[name]
    taken: dict[str, core.Band] = {}
    for band, states in zip(table.bands, sets, strict=True):
        again = [state for state in states if state in taken]
        if again and len(again) == len(states):
            yield band_errors.repeated_state(source, indicator, band, taken[again[0]], name, again)
        taken = {**dict.fromkeys(states, band), **taken}
    states = datum.states or (("是", "否") if datum.kind is core.DatumKind.BOOLEAN else ())
    left = [state for state in states if state not in taken]
    if left and table.otherwise is None:
        yield band_errors.state_without_band(source, indicator, table, datum, left)
