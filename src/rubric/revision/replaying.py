"""A department of one vocabulary, scored under both editions as they are.

Takes a record in the common vocabulary; gives the records of either edition and what its evaluator says. Never the solver.
"""

from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.record import Basis, Fact, Given, Record
from rubric.evaluator.evaluate import evaluate_indicator, setting_of
from rubric.evaluator.quantities import evaluate_expression
from rubric.revision.alignment import Alignment, IndicatorPair
from rubric.revision.changes import Meaning, Standing, Witness
from rubric.revision.rewriting import is_date, moved

ZERO = Fraction(0)


def new_record(alignment: Alignment, record: Record) -> Record:
    """What the new edition asks of the department."""
    known = {d.name for d in alignment.new.data}
    keys = {j.key for j in alignment.new.judgements}
    return Record(
        {key: fact for key, fact in record.facts.items() if key[0] in known},
        {key: given for key, given in record.judgements.items() if key in keys},
        {name: taken for name, taken in record.readings.items() if name in {c.name for c in alignment.new.choices}},
    )


def old_record(alignment: Alignment, record: Record) -> Record:
    """What the old edition asks of it; a datum that the new text computes has the value computed."""
    facts: dict[tuple[str, str | None], Fact] = {}
    setting = setting_of(alignment.new, record)
    for datum in alignment.old.data:
        quantity = alignment.names.quantities.get(datum.name)
        if quantity is not None and (alignment.names.data[datum.name], None) not in record.facts:
            value = evaluate_expression(setting, quantity).value.point
            if value is not None:
                facts[datum.name, None] = Fact(value, "", Basis.ASSUMED)
            continue
        for part in datum.parts or (None,):
            fact = record.facts.get((alignment.names.data[datum.name], part))
            if fact is not None:
                facts[datum.name, part] = in_other_year(datum, fact, -alignment.names.years)
    judgements: dict[tuple[str, str], Given] = {}
    linked = {pair.old: pair for pair in alignment.judgements}
    for judgement in alignment.old.judgements:
        key = alignment.names.judgements[judgement.key]
        given = record.judgements.get(key)
        if given is None and key in linked and linked[key].new in record.judgements:
            found = record.judgements[linked[key].new]
            given = attrs.evolve(found, points=found.points / linked[key].ratio)
        if given is not None:
            judgements[judgement.key] = given
    taken = {name: record.readings[to] for name, to in alignment.names.choices.items() if to in record.readings}
    return Record(facts, judgements, taken)


def in_other_year(datum: core.Datum, fact: Fact, years: int) -> Fact:
    """The same day of a year so much later; any other fact as it is."""
    if years and is_date(datum.unit) and isinstance(fact.value, Fraction):
        return attrs.evolve(fact, value=moved(fact.value, years))
    return fact


def standing_of(program: core.Program, indicator: core.Indicator, record: Record, readings: dict[str, int]) -> Standing:
    outcome, branches, questions = evaluate_indicator(setting_of(program, record, readings), program, indicator)
    if questions or len(branches) != 1 or outcome.exact.point is None:
        return Standing(None, None, ZERO)
    away, value = next(iter(branches.items()))
    return Standing(value.point, outcome.exact.point, away)


def shows(
    old: Standing, new: Standing, points: tuple[Fraction, Fraction], direction: Meaning, *, rounded: bool
) -> bool:
    """Whether the new edition is stricter (looser) here: less earned, or more lost, than under the old one.

    What cannot be decided could be anything from nothing to full points. Points of different fullness compare by what is
    earned alone.
    """
    if old.exact is None and new.exact is None:
        return False
    before, after = _ends(old, points[0], rounded), _ends(new, points[1], rounded)
    same = points[0] == points[1]
    if direction is Meaning.STRICTER:
        return after[0] < before[1] or (same and before[2] < after[3])
    return before[0] < after[1] or (same and after[2] < before[3])


def _ends(one: Standing, points: Fraction, rounded: bool) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """Least and greatest points earned, least and greatest points lost."""
    value = one.score if rounded else one.exact
    if value is None:
        return ZERO, points, ZERO, points
    lost = points - one.away - value
    return value, value, lost, lost


@attrs.frozen
class Replay:
    """How witnesses of one pair of indicators are held against the evaluator; `readings` are those of the old edition."""

    alignment: Alignment
    pair: IndicatorPair
    readings: dict[str, int] = attrs.field(factory=dict[str, int])
    prove: bool = True

    @property
    def points(self) -> tuple[Fraction, Fraction]:
        return self.pair.old.points, self.pair.new.points

    def witness(self, record: Record, direction: Meaning) -> Witness:
        alignment, pair = self.alignment, self.pair
        before, after = old_record(alignment, record), new_record(alignment, record)
        return Witness(
            direction,
            before,
            after,
            standing_of(alignment.old, pair.old, before, self.readings),
            standing_of(alignment.new, pair.new, after, {}),
        )

    def accepts(self, record: Record, direction: Meaning, *, rounded: bool) -> bool:
        found = self.witness(record, direction)
        return shows(found.old, found.new, self.points, direction, rounded=rounded)
