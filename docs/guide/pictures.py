"""The curve of an example as a picture.

Takes a trial and the datum to draw; gives an SVG text with one curve for each reading that differs.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

import attrs

from guide.showing import Mistake
from rubric.analysis.curve import curve_of
from rubric.core import program as core
from rubric.core.numbers import exact
from rubric.core.walk import choices_used
from rubric.facts.reading import record_from_mapping
from rubric.reporting.curve_svg import curve_svg, readings_of
from rubric.trying.run import Trial

_MOST_CURVES = 4


@attrs.frozen
class Axis:
    """The datum drawn, from one value to another, as a source writes them."""

    name: str
    low: str
    high: str


def picture(axis: Axis, trial: Trial, title: str, points: str) -> str:
    """The curve of the default and of each reading the text leaves open; readings with the same curve are drawn once."""
    program = trial.program
    indicator = program.indicators[0]
    datum = program.datum(axis.name)
    start, end = (_value(program, axis, text) for text in (axis.low, axis.high))
    curves = [
        (words, curve_of(program, indicator, trial.outcome.record, datum, start, end, taken))
        for words, taken in islice(_readings(program, indicator), _MOST_CURVES)
    ]
    full = exact(points) if points.replace(".", "", 1).isdigit() else Fraction(0)
    return curve_svg(readings_of(curves), full, title)


def _readings(program: core.Program, indicator: core.Indicator) -> Iterator[tuple[str, dict[str, int]]]:
    """The default, then one kind of choice at a time taken otherwise: choices that offer the same go together."""
    used = [program.choice(name) for name in choices_used((indicator.rule, indicator.overrides))]
    open_choices = [choice for choice in used if choice.origin is core.ChoiceOrigin.DEFAULT]
    kinds: dict[tuple[str, ...], list[core.Choice]] = {}
    for choice in open_choices:
        kinds.setdefault(tuple(a.name for a in choice.alternatives), []).append(choice)
    yield "；".join(names[same[0].default] for names, same in kinds.items()), {}
    for names, same in kinds.items():
        for index, name in enumerate(names):
            if index != same[0].default:
                yield name, {choice.name: index for choice in same}


def _value(program: core.Program, axis: Axis, text: str) -> Fraction:
    record = record_from_mapping({"数据": {axis.name: text}}, program)
    fact = record.value.facts.get((axis.name, None))
    if fact is None or not isinstance(fact.value, Fraction):
        raise Mistake(f"横轴 {axis.name} 的一端 {text} 不是一个数：{[d.title for d in record.diagnostics]}")
    return fact.value
