"""Whom a revision moves, by how much, and by which of its edits.

Takes a revision and departments, each with its facts under either edition; gives both totals and grades of each, and the
share of every edit. Never a file. What a department lacks for one edition leaves that indicator out of both totals, and is
listed.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.record import Fact, Given, Record
from rubric.evaluator.branches import meets
from rubric.evaluator.evaluate import setting_of
from rubric.evaluator.outcome import MissingKey
from rubric.evaluator.quantities import evaluate_expression
from rubric.revision.alignment import Alignment
from rubric.revision.attribution import Attribution, attribute
from rubric.revision.changes import Revision
from rubric.revision.hybrids import Between, Department, Edit, between
from rubric.revision.replaying import in_other_year

ZERO = Fraction(0)


@attrs.frozen
class Named:
    """A department by its name, with what it reports for either edition, each in that edition's own words."""

    name: str
    old: Record
    new: Record


@attrs.frozen
class LeftOut:
    """An indicator that cannot be scored under both editions; `missing` are the facts that it lacks."""

    indicator: str
    missing: tuple[MissingKey, ...]


@attrs.frozen
class Moved:
    """One department. The totals are over the indicators that both editions decide; grades only where nothing is left out."""

    name: str
    attribution: Attribution
    old_grade: str | None
    new_grade: str | None
    left_out: tuple[LeftOut, ...]

    @property
    def change(self) -> Fraction:
        return self.attribution.change

    @property
    def is_whole(self) -> bool:
        return not self.left_out


@attrs.frozen
class Impact:
    """`generated` says that the departments are made up."""

    revision: Revision
    edits: tuple[Edit, ...]
    departments: tuple[Moved, ...]
    generated: bool = False


def impact(revision: Revision, departments: Iterable[Named], *, generated: bool = False) -> Impact:
    plan = between(revision)
    moved = tuple(_moved(plan, one.name, in_common(revision.alignment, one.old, one.new)) for one in departments)
    return Impact(revision, plan.edits, moved, generated)


def impact_of_records(revision: Revision, records: Sequence[tuple[str, Record]]) -> Impact:
    """The same for made-up departments, whose records hold the facts of both editions in the common vocabulary.

    What follows from the new edition's facts is taken from these, not drawn a second time.
    """
    plan, alignment = between(revision), revision.alignment
    follow = {alignment.names.data[name] for name in alignment.names.quantities}
    linked = {pair.old for pair in alignment.judgements}
    moved: list[Moved] = []
    for name, record in records:
        facts = {key: fact for key, fact in record.facts.items() if key[0] not in follow}
        judgements = {key: given for key, given in record.judgements.items() if key not in linked}
        moved.append(_moved(plan, name, _completed(alignment, Record(facts, judgements, record.readings))))
    return Impact(revision, plan.edits, tuple(moved), True)


def _moved(plan: Between, name: str, record: Record) -> Moved:
    department = Department(plan, record)
    found = attribute(department)
    left_out = tuple(LeftOut(indicator, o.missing) for indicator, o in department.left_out.items())
    old, new = plan.revision.old, plan.revision.new
    return Moved(
        name,
        found,
        None if left_out else grade_of(old, found.before),
        None if left_out else grade_of(new, found.after),
        left_out,
    )


def grade_of(program: core.Program, total: Fraction) -> str | None:
    return next((g.name for g in program.scoring.grades if meets(g, total, total)), None)


# --- one record for both editions -------------------------------------------------------------------------------------


def in_common(alignment: Alignment, old: Record, new: Record) -> Record:
    """What a department reports for either edition, in the common vocabulary.

    What both editions ask holds for both, though it was read for one of them. A datum of the old edition that the new text
    computes is what it comes to, where it is not reported itself; points for the same sentence are the same share of it.
    """
    facts: dict[tuple[str, str | None], Fact] = {}
    known = {d.name for d in alignment.old.data}
    for (name, part), fact in old.facts.items():
        if name not in known:
            continue
        datum = alignment.old.datum(name)
        facts[alignment.names.data[name], part] = in_other_year(datum, fact, alignment.names.years)
    facts |= new.facts
    judgements: dict[tuple[str, str], Given] = {
        alignment.names.judgements.get(key, key): given for key, given in old.judgements.items()
    }
    judgements |= new.judgements
    readings = _readings(alignment, old.readings, new.readings)
    return _completed(alignment, Record(facts, judgements, readings))


def _completed(alignment: Alignment, record: Record) -> Record:
    """The record with what follows: points for the same sentence, data that the new text computes."""
    judgements = dict(record.judgements)
    for pair in alignment.judgements:
        if pair.new not in judgements and pair.old in judgements:
            given = judgements[pair.old]
            judgements[pair.new] = attrs.evolve(given, points=given.points * pair.ratio)
        elif pair.old not in judgements and pair.new in judgements:
            given = judgements[pair.new]
            judgements[pair.old] = attrs.evolve(given, points=given.points / pair.ratio)
    record = attrs.evolve(record, judgements=judgements)
    return attrs.evolve(record, facts={**record.facts, **_computed(alignment, record)})


def _readings(alignment: Alignment, old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    return {alignment.names.choices.get(name, name): taken for name, taken in old.items()} | dict(new)


def _computed(alignment: Alignment, record: Record) -> dict[tuple[str, str | None], Fact]:
    setting = setting_of(alignment.new, record)
    found: dict[tuple[str, str | None], Fact] = {}
    for name, quantity in alignment.names.quantities.items():
        key = (alignment.names.data[name], None)
        value = evaluate_expression(setting, quantity)
        if key not in record.facts and not value.missing and value.value.point is not None:
            found[key] = Fact(value.value.point, "", note="由新标准的数据算出")
    return found
