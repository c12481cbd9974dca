"""One indicator under the readings of either edition, and what the new one no longer leaves open.

Takes an alignment and a pair of indicators; gives both in one vocabulary with their readings put in, and for each reading
that is settled, the new edition against the old one in each other reading. Never a change.
"""

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.walk import choices_used, data_used
from rubric.revision.alignment import Alignment, IndicatorPair
from rubric.revision.changes import Meaning, Settled, Witness
from rubric.revision.clauses import Part
from rubric.revision.meaning import is_same, verdict_of
from rubric.revision.replaying import Replay
from rubric.revision.rewriting import under
from rubric.revision.twofold import Sides


@attrs.frozen
class Pair:
    """One indicator in both editions, in one vocabulary, under the readings each takes by itself."""

    alignment: Alignment
    pair: IndicatorPair
    old: core.Indicator
    new: core.Indicator
    sides: Sides


def pair_under(alignment: Alignment, pair: IndicatorPair, readings: dict[str, int] | None = None) -> Pair:
    """`readings` are those of the old edition, by its own names."""
    place = alignment.old.indicators.index(pair.old)
    before = {c.name: c.default for c in alignment.old_common.choices}
    before |= {alignment.names.choices[name]: index for name, index in (readings or {}).items()}
    old = under(before, alignment.old_common.indicators[place])
    new = under({c.name: c.default for c in alignment.new.choices}, pair.new)
    return Pair(alignment, pair, old, new, Sides(alignment, old, new))


def open_choices(program: core.Program, indicator: core.Indicator) -> dict[str, core.Choice]:
    """The choices that have alternatives and decide over this indicator, by name: how it reads, what its data measure."""
    choices = {c.name: c for c in program.choices}
    asked = choices_asked(program, indicator)
    return {name: choices[name] for name in asked if len(choices[name].alternatives) > 1}


def choices_asked(program: core.Program, node: core.Indicator | core.Clause) -> dict[str, None]:
    """Names of the choices that a rule reads by, and of those that say what its data measure."""
    data = {d.name: d.measures for d in program.data}
    measures = [data.get(name) for name in data_used((node.rule, node.overrides))]
    return {**choices_used((node.rule, node.overrides)), **{name: None for name in measures if name is not None}}


def choices_settled(both: Pair) -> tuple[core.Choice, ...]:
    """Choices of the old edition that the new one no longer leaves open."""
    before = open_choices(both.alignment.old, both.pair.old)
    after = open_choices(both.alignment.new, both.pair.new)
    return tuple(choice for name, choice in before.items() if name not in after)


def only_reading(both: Pair, part: Part) -> bool:
    """Whether the new edition is the old one with another default of a choice that both leave open."""
    before, after = open_choices(both.alignment.old, both.pair.old), open_choices(both.alignment.new, both.pair.new)
    taken: dict[str, int] = {}
    for name in (n for n in before if n in after and not before[n].measures):
        names = [a.name for a in before[name].alternatives]
        wanted = after[name].alternatives[after[name].default].name
        if wanted in names:
            taken[name] = names.index(wanted)
    if all(before[name].default == index for name, index in taken.items()):
        return False
    return is_same(pair_under(both.alignment, both.pair, taken).sides)


def _distance(witness: Witness) -> Fraction:
    """How far the two scores lie apart; farthest where one cannot be decided."""
    old, new = witness.old.score, witness.new.score
    return Fraction(1000) if old is None or new is None else abs(old - new)


def settled_readings(both: Pair, choice: core.Choice, prove: bool) -> Iterator[Settled]:
    """The new edition against the old one in each other reading."""
    taken = choice.alternatives[choice.default].name
    for index, alternative in enumerate(choice.alternatives):
        if index == choice.default:
            continue
        if choice.measures:
            # What the datum measures is another number, not another rule.
            yield Settled(choice.name, taken, alternative.name, Meaning.INCOMPARABLE, None)
            continue
        readings = {choice.name: index}
        other = pair_under(both.alignment, both.pair, readings)
        verdict = verdict_of(other.sides, Replay(both.alignment, both.pair, readings, prove), regions=False)
        witness = max(verdict.witnesses, key=_distance, default=None)
        yield Settled(choice.name, taken, alternative.name, verdict.meaning, witness)
