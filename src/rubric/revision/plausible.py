"""A department that looks like one.

Takes a made-up record that shows a difference; gives one that shows the same and is less odd: full points where a person
judges, rates as near to 100 % as the difference allows, in whole per cent. Never a record that shows it no longer.
"""

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.record import Record
from rubric.revision.changes import Meaning
from rubric.revision.replaying import Replay

_HUNDREDTH = Fraction(1, 100)


def more_plausible(record: Record, direction: Meaning, replay: Replay) -> Record:
    rounded = replay.accepts(record, direction, rounded=True)

    def shows(candidate: Record) -> bool:
        return replay.accepts(candidate, direction, rounded=rounded)

    for key in record.judgements:
        fuller = _in_full(record, key, replay)
        record = fuller if shows(fuller) else record
    for key in [key for key, fact in record.facts.items() if _is_low_rate(replay, key, fact.value)]:
        record = next((better for better in _rates(record, key) if shows(better)), record)
    return record


def _in_full(record: Record, key: tuple[str, str], replay: Replay) -> Record:
    """The record with one judgement at its full points, in both editions where it is the same sentence."""
    alignment = replay.alignment
    pair = next((p for p in alignment.judgements if key in (p.old, p.new)), None)
    keys = {key} if pair is None else {pair.old, pair.new}
    found = dict(record.judgements)
    names = {new: old for old, new in alignment.names.judgements.items()}
    for one in keys & found.keys():
        program = alignment.old if one in names else alignment.new
        judgement = next(j for j in program.judgements if j.key == names.get(one, one))
        found[one] = attrs.evolve(found[one], points=judgement.high)
    return attrs.evolve(record, judgements=found)


def _is_low_rate(replay: Replay, key: tuple[str, str | None], value: object) -> bool:
    datum = next((d for d in replay.alignment.new.data if d.name == key[0]), None)
    is_rate = datum is not None and datum.unit is not None and datum.unit.dimension is core.Dimension.RATE
    return is_rate and isinstance(value, Fraction) and value < 1


def _rates(record: Record, key: tuple[str, str | None]) -> Iterator[Record]:
    """From 100 % down to what it is."""
    value = record.facts[key].value
    assert isinstance(value, Fraction)
    for percent in range(100, int(value * 100), -1):
        fact = attrs.evolve(record.facts[key], value=percent * _HUNDREDTH)
        yield attrs.evolve(record, facts={**record.facts, key: fact})
