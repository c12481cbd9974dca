"""Rubrics between two editions: the old one with some of the edits made.

Takes a revision; gives its edits and, for any set of them, what a department scores. Never an attribution.

Each edit is one clause rewritten, or one indicator added, removed or rewritten, or one rule on the whole table. An
indicator of which several clauses are edited has a variant for each set of them. All variants stand in one program that
asks for the data of both editions, so that one record serves them all. Edits proved 等价 are left out: they move no score.
"""

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.record import Record
from rubric.evaluator.branches import Branches
from rubric.evaluator.evaluate import evaluate_indicator, setting_of
from rubric.evaluator.outcome import IndicatorOutcome, Status
from rubric.evaluator.quantities import Setting
from rubric.evaluator.total import total_of
from rubric.revision.changes import Change, Kind, Meaning, Revision
from rubric.revision.clauses import parts_of
from rubric.revision.replaying import old_record
from rubric.revision.rewriting import Names, bare, renamed

ZERO = Fraction(0)
_OVERALL = (Kind.TOTAL, Kind.ROUNDING, Kind.NOT_APPLICABLE)
_STRUCTURE = (Kind.RENAMED, Kind.MOVED)
Made = frozenset[int]


@attrs.frozen
class Edit:
    """`place` counts the edits; an empty `indicator` is the table as a whole."""

    place: int
    kind: Kind
    indicator: str
    path: str


@attrs.frozen
class Slot:
    """One indicator of the table, absent in one edition perhaps. `clauses` maps edits to (old, new) clauses; without
    clauses the one edit of `edits` puts the new indicator in the place of the old one.
    """

    name: str
    old: core.Indicator | None
    new: core.Indicator | None
    edits: tuple[int, ...] = ()
    clauses: tuple[tuple[int | None, core.Clause, core.Clause], ...] = ()


@attrs.frozen
class Between:
    """Both editions in one: `program` asks for what either asks for; `old` is the old edition in its words."""

    revision: Revision
    program: core.Program
    old: core.Program
    edits: tuple[Edit, ...]
    slots: tuple[Slot, ...]


def between(revision: Revision) -> Between:
    alignment = revision.alignment
    names = alignment.names
    old = renamed(Names(names.data, names.judgements, names.choices, {}, names.years), alignment.old)
    edits: list[Edit] = []
    slots: list[Slot] = []
    for indicator in alignment.new.indicators:
        changes = [c for c in revision.changes if c.indicator == indicator.name and _moves(c)]
        pair = revision.pair(indicator.name)
        before = old.indicators[alignment.old.indicators.index(pair.old)] if pair is not None else None
        slots.append(_slot(edits, before, indicator, changes))
    for gone in alignment.removed:
        edits.append(Edit(len(edits), Kind.REMOVED, gone.name, ""))
        place = alignment.old.indicators.index(gone)
        slots.append(Slot(gone.name, old.indicators[place], None, (edits[-1].place,)))
    for change in revision.changes:
        if not change.indicator and change.kind in _OVERALL and _moves(change):
            edits.append(Edit(len(edits), change.kind, "", ""))
    data = {d.name: d for d in (*old.data, *alignment.new.data)}
    merged = attrs.evolve(
        alignment.new,
        data=tuple(data.values()),
        choices=(*alignment.new.choices, *old.choices),
        judgements=(*alignment.new.judgements, *old.judgements),
        indicators=(*alignment.new.indicators, *old.indicators),
    )
    return Between(revision, merged, old, tuple(edits), tuple(slots))


def _moves(change: Change) -> bool:
    return change.kind not in _STRUCTURE and change.meaning is not Meaning.EQUAL


def _slot(edits: list[Edit], old: core.Indicator | None, new: core.Indicator, changes: list[Change]) -> Slot:
    if old is None:
        edits.append(Edit(len(edits), Kind.ADDED, new.name, ""))
        return Slot(new.name, None, new, (edits[-1].place,))
    if not changes:
        return Slot(new.name, old, old)
    parts = parts_of(old, new)
    paired = [(p.old, p.new) for p in parts if p.old is not None and p.new is not None]
    by_clause = len(paired) == len(parts) > 0 and bare(old.overrides) == bare(new.overrides)
    paths = {c.path: c for c in changes}
    if not by_clause or not all(path in {other.path for _, other in paired} for path in paths) or len(changes) < 2:
        edits.append(Edit(len(edits), changes[0].kind, new.name, changes[0].path if len(changes) == 1 else ""))
        return Slot(new.name, old, new, (edits[-1].place,))
    mine: list[int] = []
    clauses: list[tuple[int | None, core.Clause, core.Clause]] = []
    for one, other in paired:
        place = None
        if other.path in paths:
            place = len(edits)
            edits.append(Edit(place, paths[other.path].kind, new.name, other.path))
            mine.append(place)
        clauses.append((place, one, other))
    return Slot(new.name, old, new, tuple(mine), tuple(clauses))


def variant(slot: Slot, made: Made) -> core.Indicator | None:
    """The indicator with these edits made; None where it does not stand in the table then."""
    own = made & set(slot.edits)
    if not slot.clauses or len(own) == len(slot.edits):
        return slot.new if own or not slot.edits else slot.old
    if not own:
        return slot.old
    assert slot.old is not None
    parts = tuple(new if place in own else old for place, old, new in slot.clauses)
    return attrs.evolve(slot.old, rule=core.Sum(parts), points=sum((p.points for p in parts), ZERO))


# --- one department ---------------------------------------------------------------------------------------------------


class Department:
    """One record under all rubrics between the editions; a context object of this room, which remembers what it computed."""

    def __init__(self, plan: Between, record: Record) -> None:
        self.plan = plan
        self.record = record
        self.left_out: dict[str, IndicatorOutcome] = {}
        self._scores: dict[tuple[str, Made | None, core.ScoringMethod], tuple[IndicatorOutcome, Branches]] = {}
        self._settings: dict[core.ScoringMethod, tuple[core.Program, Setting]] = {}
        self._as_it_was: Setting | None = None
        for slot in plan.slots:
            self._look(slot)

    def _look(self, slot: Slot) -> None:
        """Leave an indicator out where any variant of it lacks facts."""
        for made in subsets(slot.edits):
            outcome = self.outcome(slot, made)
            if outcome is not None and outcome.status is Status.PENDING:
                self.left_out.setdefault(slot.name, outcome)

    def outcome(self, slot: Slot, made: Made) -> IndicatorOutcome | None:
        """None where the indicator is not in the table."""
        found = self._score(slot, made)
        return found[0] if found is not None else None

    def total(self, made: Made) -> Fraction:
        """The total of all that can be decided in every variant, after these edits."""
        program, setting = self._program(self._scoring(made))
        scores = [self._score(slot, made) for slot in self.plan.slots if slot.name not in self.left_out]
        branches = [found[1] for found in scores if found is not None]
        return total_of(setting, attrs.evolve(program, points=self._points(made)), branches).low

    def matters(self, edit: int) -> bool:
        """Whether the edit changes what some indicator gives this department; one on the whole table may always."""
        slot = next((s for s in self.plan.slots if edit in s.edits), None)
        if slot is None:
            return True
        if slot.name in self.left_out:
            return False
        others = [e for e in slot.edits if e != edit]
        return any(self._given(slot, made | {edit}) != self._given(slot, made) for made in subsets(tuple(others)))

    def _given(self, slot: Slot, made: Made) -> tuple[Branches, Fraction]:
        """What the indicator gives, and its points, by which the total is scaled where others are not applicable."""
        found, indicator = self._score(slot, made), variant(slot, made)
        branches = {} if found is None else {a: v for a, v in found[1].items() if a or v.point}
        return branches, indicator.points if indicator is not None else ZERO

    def _score(self, slot: Slot, made: Made) -> tuple[IndicatorOutcome, Branches] | None:
        indicator = variant(slot, made)
        if indicator is None or indicator.yields is not core.Yields.POINTS:
            return None
        own = made & set(slot.edits) if made else None
        key = (slot.name, own, self._scoring(made))
        if key not in self._scores:
            program, setting = self._program(key[2])
            if indicator is slot.old and not made:
                # The old edition itself, with its own calendar, whose days are no others.
                program, setting, indicator = self._old(indicator)
            outcome, branches, _ = evaluate_indicator(setting, program, indicator)
            self._scores[key] = (outcome, branches)
        return self._scores[key]

    def _old(self, indicator: core.Indicator) -> tuple[core.Program, Setting, core.Indicator]:
        program = self.plan.revision.old
        if self._as_it_was is None:
            self._as_it_was = setting_of(program, old_record(self.plan.revision.alignment, self.record))
        return program, self._as_it_was, program.indicators[self.plan.old.indicators.index(indicator)]

    def _scoring(self, made: Made) -> core.ScoringMethod:
        """The old edition's rules on the whole table, with those that are edited."""
        old, new = self.plan.old.scoring, self.plan.revision.new.scoring
        for edit in self.plan.edits:
            if edit.indicator or edit.place not in made:
                continue
            match edit.kind:
                case Kind.ROUNDING:
                    old = attrs.evolve(old, places=new.places, rounding=new.rounding)
                case Kind.NOT_APPLICABLE:
                    old = attrs.evolve(old, not_applicable=new.not_applicable)
                case _:
                    old = attrs.evolve(old, overrides=new.overrides)
        return old

    def _program(self, scoring: core.ScoringMethod) -> tuple[core.Program, Setting]:
        if scoring not in self._settings:
            program = attrs.evolve(self.plan.program, scoring=scoring)
            self._settings[scoring] = (program, setting_of(program, self.record))
        return self._settings[scoring]

    def _points(self, made: Made) -> Fraction:
        """The full points of the table with these edits, without the indicators that are left out."""
        points = self.plan.revision.old.points
        if len(made) == len(self.plan.edits):
            points = self.plan.revision.new.points
        for slot in self.plan.slots:
            before, after = _full(slot, frozenset()), _full(slot, made)
            if slot.name in self.left_out:
                points -= after if len(made) == len(self.plan.edits) else before
            elif len(made) != len(self.plan.edits):
                points += after - before
        return points


def _full(slot: Slot, made: Made) -> Fraction:
    indicator = variant(slot, made)
    return indicator.points if indicator is not None else ZERO


def subsets(edits: tuple[int, ...]) -> Iterator[Made]:
    """Every set of them, the empty one first."""
    for number in range(2 ** len(edits)):
        yield frozenset(edit for place, edit in enumerate(edits) if number >> place & 1)
