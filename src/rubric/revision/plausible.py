"""A department that looks like one.

Takes a made-up record that shows a difference; gives one that shows the same and is less odd: full points where a person
judges, rates as near to 100 % as the difference allows, in whole per cent. Never a record that shows it no longer.
"""

from collections.abc import Callable
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.record import Record
from rubric.revision.changes import Meaning
from rubric.revision.replaying import Replay


def more_plausible(
    record: Record, direction: Meaning, replay: Replay, besides: Callable[[Record], bool] = lambda _: True
) -> Record:
    """`besides` must hold too."""
    rounded = replay.accepts(record, direction, rounded=True)

    def shows(candidate: Record) -> bool:
        return replay.accepts(candidate, direction, rounded=rounded) and besides(candidate)

    for key in record.judgements:
        fuller = _in_full(record, key, replay)
        record = fuller if shows(fuller) else record
    for key in list(record.facts):
        whole = _whole(record, key, replay)
        if whole is not None:
            record = _raised(record, key, whole, shows)
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


def _whole(record: Record, key: tuple[str, str | None], replay: Replay) -> Fraction | None:
    """What a share is a share of: 1 for a rate, the datum that bounds it for a part; None where it is no share, or whole."""
    datum = next((d for d in replay.alignment.new.data if d.name == key[0]), None)
    value = record.facts[key].value
    if datum is None or datum.unit is None or not isinstance(value, Fraction):
        return None
    if datum.unit.dimension is core.Dimension.RATE:
        return Fraction(1) if value < 1 else None
    bounding = datum.high.datum if datum.high is not None else None
    whole = record.facts[bounding, None].value if bounding is not None and (bounding, None) in record.facts else None
    return whole if isinstance(whole, Fraction) and value < whole else None


def _raised(record: Record, key: tuple[str, str | None], whole: Fraction, shows: Callable[[Record], bool]) -> Record:
    """The greatest share that still shows the difference: first by twentieths, then by hundredths above the one found."""
    at = _percent(record, key, whole)
    for size in (5, 1):
        above = range(100, at, -5) if size == 5 else range(min(at + 4, 100), at, -1)
        for percent in above:
            better = _with_share(record, key, whole * percent / 100)
            if better is not None and shows(better):
                record, at = better, percent
                break
    return record


def _percent(record: Record, key: tuple[str, str | None], whole: Fraction) -> int:
    value = record.facts[key].value
    assert isinstance(value, Fraction)
    return int(value / whole * 100)


def _with_share(record: Record, key: tuple[str, str | None], value: Fraction) -> Record | None:
    """None where a count would not be whole."""
    old = record.facts[key].value
    assert isinstance(old, Fraction)
    if old.denominator == 1 and value.denominator != 1 and old > 1:
        return None
    return attrs.evolve(record, facts={**record.facts, key: attrs.evolve(record.facts[key], value=value)})
