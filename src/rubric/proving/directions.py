"""Doing better never scores less; who is on schedule can have full points: what an author declares of data.

Takes a subject; gives claims. A direction (正向, 反向) is asked of two departments that differ in one datum alone: the second
stands in the same space under the name of the datum with a prime. A profile (参照) is asked of departments that meet it.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.record import Fact, Record
from rubric.core.walk import within
from rubric.evaluator.evaluate import setting_of
from rubric.evaluator.quantities import evaluate_condition
from rubric.facts.values import shown
from rubric.proving.encode import encode_indicator
from rubric.proving.obligations import Change, Claim, Obligation
from rubric.proving.quantities import encode_condition
from rubric.proving.solver import Term, every, number
from rubric.proving.views import Subject, View

_PRIME = "′"
Key = tuple[str, str | None]


def profile_claims(subject: Subject) -> Iterator[Claim]:
    """Full points are within reach of a department on schedule, or on target."""
    indicator = subject.indicator
    if not indicator.is_bounded or not indicator.points:
        return
    for profile in indicator.profiles:

        def on_profile(view: View, profile: core.Profile = profile) -> tuple[Term, ...]:
            conditions = (encode_condition(view.encoder, condition).yes for condition in profile.conditions)
            return (view.scored, *conditions)

        yield Claim(
            Obligation.PROFILE,
            "",
            True,
            lambda view, on_profile=on_profile: (*on_profile(view), view.whole.value >= number(indicator.points)),
            lambda record, profile=profile: (
                subject.score(record) == indicator.points and _on_profile(subject, record, profile)
            ),
            profile.span,
            profile.name,
            within=on_profile,
        )


def _on_profile(subject: Subject, record: Record, profile: core.Profile) -> bool:
    setting = setting_of(subject.program, record, subject.readings)
    return all(evaluate_condition(setting, condition).holds for condition in profile.conditions)


def direction_claims(subject: Subject) -> Iterator[Claim]:
    """More of what is good never scores less, nor less of what is bad."""
    data = {datum.name: datum for datum in subject.program.data}
    for key in _keys(subject.indicator):
        datum = data[key[0]]
        if datum.direction is None or datum.kind is not core.DatumKind.QUANTITY:
            continue

        def worse_for_better(view: View, key: Key = key, datum: core.Datum = datum) -> tuple[Term, ...]:
            first = view.encoder.space.number(datum, key[1])
            second = view.encoder.space.number(attrs.evolve(datum, name=datum.name + _PRIME), key[1])
            other = encode_indicator(view.encoder.with_fact(key, second), subject.indicator)
            better = first < second if datum.direction is core.Direction.RISING else second < first
            return (view.scored, every(other.defined), other.away == 0, better, other.value < view.whole.value)

        yield Claim(
            Obligation.MONOTONE,
            "",
            False,
            worse_for_better,
            lambda record, key=key: (
                (change := change_of(subject, record, key)) is not None and change.after < change.before
            ),
            datum.span,
            f"{key[1] or ''}{datum.name}",
            change=lambda record, key=key: change_of(subject, record, key),
        )


def _keys(indicator: core.Indicator) -> Mapping[Key, None]:
    """The numbers that the rule and its overrides read, each once."""
    nodes = within((indicator.rule, indicator.overrides), rows=False)
    return dict.fromkeys((node.datum, node.part) for node in nodes if isinstance(node, core.FactValue))


def change_of(subject: Subject, record: Record, key: Key) -> Change | None:
    """What was done better in the second of two departments found together, and both scores."""
    primed = record.facts.get((key[0] + _PRIME, key[1]))
    if primed is None:
        return None
    after = subject.score(attrs.evolve(record, facts={**record.facts, key: primed}))
    before = subject.score(record)
    if before is None or after is None:
        return None
    datum = next(d for d in subject.program.data if d.name == key[0])
    first, second = _number(record.facts[key]), _number(primed)
    verb = "提高" if first < second else "降低"
    return Change(datum, f"从 {shown(first, datum.unit)} {verb}到 {shown(second, datum.unit)}", before, after)


def _number(fact: Fact) -> Fraction:
    assert isinstance(fact.value, Fraction)
    return fact.value
