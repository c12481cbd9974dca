"""Several units scored together: what each datum over all units is.

Takes a program and the records of all units; gives the records with the places, the greatest, least and mean values that
the program declares (`整改率排名：名次，按整改率从高到低`). Pure, and before any evaluation: each unit is then scored alone. A value
that a record states itself stays. While one unit lacks what is compared, nothing follows for any of them: a place among
some is no place among all. Never a score.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

import attrs

from rubric.core import program as core
from rubric.core.record import Basis, Fact, Record
from rubric.evaluator.evaluate import setting_of
from rubric.evaluator.quantities import evaluate_expression


def with_values_over_units(program: core.Program, records: Sequence[Record]) -> tuple[Record, ...]:
    """The records, each with the data that follow from all of them."""
    done = tuple(records)
    for datum in program.data:
        if datum.over is not None:
            done = _with_values(program, datum, datum.over, done)
    return done


def _with_values(
    program: core.Program, datum: core.Datum, over: core.OverUnits, records: tuple[Record, ...]
) -> tuple[Record, ...]:
    values = [_value(program, over, record) for record in records]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return records
    key = (datum.name, None)
    found: list[Record] = []
    for record, value in zip(records, known, strict=True):
        if key in record.facts:
            found.append(record)
            continue
        taken = _taken(over, value, known)
        note = f"由 {len(records)} 个单位{f'的「{over.of}」' if over.of else ''}得出"
        fact = Fact(taken, str(taken), Basis.REPORTED, source=note)
        found.append(attrs.evolve(record, facts={**record.facts, key: fact}))
    return tuple(found)


def _value(program: core.Program, over: core.OverUnits, record: Record) -> Fraction | None:
    """What is compared, for one unit; a count compares nothing."""
    if over.which is core.Over.COUNT:
        return Fraction(0)
    if over.value is None:
        return None
    found = evaluate_expression(setting_of(program, record), over.value)
    return None if found.undefined else found.value.point


def _taken(over: core.OverUnits, value: Fraction, values: Sequence[Fraction]) -> Fraction:
    match over.which:
        case core.Over.DOWN | core.Over.UP:
            better = [v for v in values if (v > value if over.which is core.Over.DOWN else v < value)]
            return Fraction(1 + len(set(better) if over.without_gaps else better))
        case core.Over.MOST:
            return max(values)
        case core.Over.LEAST:
            return min(values)
        case core.Over.MEAN:
            return sum(values, Fraction(0)) / len(values)
        case core.Over.COUNT:
            return Fraction(len(values))
        case _:
            assert_never(over.which)
