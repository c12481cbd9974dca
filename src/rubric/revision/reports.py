"""Facts filled in for one year, for both editions.

Takes what reading a facts file gave under either edition; gives the departments with their facts for both, and what both
refused. Never reads a file.
"""

from collections.abc import Iterable, Sequence

import attrs

from rubric.core import program as core
from rubric.core.record import Record
from rubric.diagnostics.model import Checked, Diagnostic
from rubric.evaluator.group import with_values_over_units
from rubric.facts.errors import is_of_other_year
from rubric.revision.impact import Named
from rubric.revision.rewriting import is_date


@attrs.frozen
class Read:
    """One facts file as read under either edition; `name` is what to call a department that has no name in it."""

    name: str
    old: Checked[Record | None]
    new: Checked[Record | None]


def refused(reads: Iterable[Read]) -> tuple[Diagnostic, ...]:
    """Why files could not be read at all."""
    return tuple(d for read in reads if read.old.value is None or read.new.value is None for d in read.old.diagnostics)


def departments_of(old: core.Program, new: core.Program, reads: Sequence[Read]) -> Checked[tuple[Named, ...]]:
    """Every department of the files that could be read, with what follows from all of them for each."""
    before = [_own_days(old, read.old) for read in reads]
    after = [_own_days(new, read.new) for read in reads]
    olds, news = with_values_over_units(old, before), with_values_over_units(new, after)
    named = [Named(one.unit_name or r.name, one, other) for r, one, other in zip(reads, olds, news, strict=True)]
    return Checked(tuple(named), tuple(d for read in reads for d in _of_both(read)))


def _own_days(program: core.Program, read: Checked[Record | None]) -> Record:
    """What was filled in for the other year holds the days of that year; they are none of this one's."""
    assert read.value is not None
    if not any(is_of_other_year(finding) for finding in read.diagnostics):
        return read.value
    days = {d.name for d in program.data if is_date(d.unit)}
    facts = {key: fact for key, fact in read.value.facts.items() if key[0] not in days}
    return attrs.evolve(read.value, facts=facts)


def _of_both(read: Read) -> Iterable[Diagnostic]:
    """What only one edition refuses is a datum of the other year; what both refuse is wrong."""
    also = {(d.code, d.place) for d in read.new.diagnostics}
    return (d for d in read.old.diagnostics if (d.code, d.place) in also)
