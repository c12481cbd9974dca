"""Where a department stands, and where it would stand with some facts otherwise.

Takes a program, a record and the readings in force; gives its outcome, and that of changed records, indicator by indicator.
Never an estimate: every number is the evaluator's.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.intervals import exactly
from rubric.core.numbers import ZERO
from rubric.core.record import Record
from rubric.core.walk import within
from rubric.evaluator.evaluate import evaluate, evaluate_indicator, setting_of
from rubric.evaluator.outcome import MissingKey, Outcome, Status
from rubric.evaluator.quantities import Setting
from rubric.evaluator.total import total_of
from rubric.improving.movable import Change, Movable, with_changes
from rubric.improving.turning import turning_values

_Tried = tuple[str, frozenset[tuple[MissingKey, Fraction | str]]]
_Points = tuple[Fraction | None, Fraction]
_Sums = tuple[Fraction, Fraction]
_Turn = tuple[str, MissingKey, Fraction, Fraction]


@attrs.frozen(eq=False)
class Standing:
    """`scores` are those of the indicators that yield points and are decided, by number; `aways` are
    the points of each that do not apply.

    `readings` are the alternatives taken. What was worked out of it is kept: one fact is moved again and again.
    """

    program: core.Program
    setting: Setting
    outcome: Outcome
    readings: Mapping[str, int]
    scores: Mapping[str, Fraction]
    aways: Mapping[str, Fraction]
    _summed: list[_Sums] = attrs.field(init=False, factory=list[_Sums])
    _read: dict[str, frozenset[MissingKey]] = attrs.field(init=False, factory=dict[str, frozenset[MissingKey]])
    _tried: dict[_Tried, _Points] = attrs.field(init=False, factory=dict[_Tried, _Points])
    _turns: dict[_Turn, tuple[Fraction, ...]] = attrs.field(init=False, factory=dict[_Turn, tuple[Fraction, ...]])

    @property
    def _sums(self) -> _Sums:
        """All scores, and all points that do not apply."""
        if not self._summed:
            self._summed.append((sum(self.scores.values(), ZERO), sum(self.aways.values(), ZERO)))
        return self._summed[0]

    def keys_of(self, indicator: core.Indicator) -> frozenset[MissingKey]:
        """The facts and judgements that an indicator asks for."""
        if indicator.id not in self._read:
            self._read[indicator.id] = frozenset(_keys_in((indicator.rule, indicator.overrides)))
        return self._read[indicator.id]

    def points_with(self, changes: tuple[Change, ...], indicator: core.Indicator, setting: Setting) -> _Points:
        """The score of one indicator and the points that do not apply, in the `setting` that has the changes."""
        asked = self.keys_of(indicator)
        mark = (indicator.id, frozenset((c.movable.key, c.to) for c in changes if c.movable.key in asked))
        if mark not in self._tried:
            outcome, _, _ = evaluate_indicator(setting, self.program, indicator)
            self._tried[mark] = (outcome.score, outcome.away)
        return self._tried[mark]

    def turns_of(
        self, indicator: core.Indicator, movable: Movable, low: Fraction, high: Fraction
    ) -> tuple[Fraction, ...]:
        """The values between two ends at which an indicator turns along one fact."""
        mark = (indicator.id, movable.key, low, high)
        if mark not in self._turns:
            self._turns[mark] = turning_values(self.setting, indicator, movable.key, low, high)
        return self._turns[mark]

    @property
    def unit(self) -> Fraction:
        """The least difference between two scores."""
        return Fraction(1, 10**self.program.scoring.places)

    def score(self, indicator: core.Indicator) -> Fraction | None:
        return self.scores.get(indicator.id)

    def total(self, gained: Fraction = ZERO, setting: Setting | None = None) -> Fraction:
        """The total with so many points gained, under the rules on the total as the facts of `setting` decide them.

        What is pending counts as 0.
        """
        earned, away = self._sums
        branches = {away: exactly(earned + gained)}
        return total_of(self.setting if setting is None else setting, self.program, [branches]).low


@attrs.frozen
class Scores:
    """What changes make of the indicators that read them: their scores by number, and the total.

    `sound` tells that each is still decided and that as many points apply as before. `total` is None where it is not sound.
    """

    scores: Mapping[str, Fraction]
    total: Fraction | None
    sound: bool


def standing_of(program: core.Program, record: Record, readings: Mapping[str, int] | None = None) -> Standing:
    setting = setting_of(program, record, readings)
    outcome = evaluate(program, record, readings)
    decided = [
        o for o in outcome.indicators if o.indicator.yields is core.Yields.POINTS and o.status is not Status.PENDING
    ]
    scores = {o.indicator.id: o.score for o in decided if o.score is not None}
    taken = {choice.name: setting.reading(choice.name) for choice in program.choices}
    return Standing(program, setting, outcome, taken, scores, {o.indicator.id: o.away for o in decided})


def touched(standing: Standing, movable: Movable) -> tuple[core.Indicator, ...]:
    """The indicators with points that read it and are decided as things stand."""
    return tuple(i for i in standing.program.indicators if i.id in standing.scores and reads(standing, i, movable))


def reads(standing: Standing, indicator: core.Indicator, movable: Movable) -> bool:
    return movable.key in standing.keys_of(indicator)


def _keys_in(nodes: object) -> Iterator[MissingKey]:
    for node in within(nodes):
        match node:
            case core.FactValue(datum=datum, part=part):
                yield datum, part
            case core.InState(datum=datum):
                yield datum, None
            case core.Judged(judgement=judgement):
                yield "／".join(judgement), None
            case _:
                pass


def moves_total(program: core.Program, movable: Movable) -> bool:
    """Whether a rule on the total asks for it."""
    return asks_for(program.scoring.overrides, movable)


def total_rules(program: core.Program) -> core.Indicator:
    """The rules on the total as an item of no points: it turns where they do."""
    span = program.indicators[0].span
    rule = core.Formula(core.Constant(ZERO), span=span)
    return core.Indicator("", "", ("", ""), ZERO, "", rule, program.scoring.overrides, span=span)


def asks_for(nodes: object, movable: Movable) -> bool:
    """Whether anything inside the nodes asks for this fact."""
    for node in within(nodes):
        match node:
            case core.FactValue(datum=datum, part=part) if (datum, part) == movable.key:
                return True
            case core.InState(datum=datum) if (datum, None) == movable.key:
                return True
            case _:
                pass
    return False


def scores_with(standing: Standing, changes: Iterable[Change], indicators: Iterable[core.Indicator]) -> Scores:
    """The scores of `indicators`, which are all that read what changes, and the total that follows."""
    changes = tuple(changes)
    record = with_changes(standing.setting, changes)
    setting = attrs.evolve(standing.setting, record=record)
    scores, sound, gained = dict[str, Fraction](), True, ZERO
    for indicator in indicators:
        score, away = standing.points_with(changes, indicator, setting)
        if score is None or away != standing.aways[indicator.id]:
            sound = False
            continue
        scores[indicator.id] = score
        gained += score - standing.scores[indicator.id]
    return Scores(scores, standing.total(gained, setting) if sound else None, sound)
