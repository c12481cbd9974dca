"""Where a department stands, and where it would stand with some facts otherwise.

Takes a program, a record and the readings in force; gives its outcome, and that of changed records, indicator by indicator.
Never an estimate: every number is the evaluator's.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.intervals import exactly
from rubric.core.numbers import ZERO
from rubric.core.record import Record
from rubric.core.walk import within
from rubric.evaluator.evaluate import evaluate, evaluate_indicator, setting_of
from rubric.evaluator.outcome import Outcome, Status
from rubric.evaluator.quantities import Setting
from rubric.evaluator.total import total_of
from rubric.improving.movable import Change, Movable, with_changes


@attrs.frozen(eq=False)
class Standing:
    """`scores` are those of the indicators that yield points and are decided, by number; `aways` are
    the points of each that do not apply.

    `readings` are the alternatives taken.
    """

    program: core.Program
    setting: Setting
    outcome: Outcome
    readings: Mapping[str, int]
    scores: Mapping[str, Fraction]
    aways: Mapping[str, Fraction]

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
        earned = sum(self.scores.values(), ZERO) + gained
        branches = {sum(self.aways.values(), ZERO): exactly(earned)}
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
    return tuple(i for i in standing.program.indicators if i.id in standing.scores and reads(i, movable))


def reads(indicator: core.Indicator, movable: Movable) -> bool:
    if isinstance(movable.subject, core.Judgement):
        return any(
            isinstance(node, core.Judged) and node.judgement == movable.subject.key for node in within(indicator.rule)
        )
    return asks_for((indicator.rule, indicator.overrides), movable)


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
    record = with_changes(standing.setting, changes)
    setting = attrs.evolve(standing.setting, record=record)
    scores, sound, gained = dict[str, Fraction](), True, ZERO
    for indicator in indicators:
        outcome, _, _ = evaluate_indicator(setting, standing.program, indicator)
        if outcome.score is None or outcome.away != standing.aways[indicator.id]:
            sound = False
            continue
        scores[indicator.id] = outcome.score
        gained += outcome.score - standing.scores[indicator.id]
    return Scores(scores, standing.total(gained, setting) if sound else None, sound)
