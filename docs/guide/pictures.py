"""The curve of an example as a picture.

Takes trials and the datum to draw; gives an SVG text with one curve for each reading that differs, each class of unit, or
the least and the most that a person may give.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice

import attrs

from guide.showing import Mistake, Source
from rubric.analysis.curve import curve_of
from rubric.core import program as core
from rubric.core.numbers import exact
from rubric.core.record import Given
from rubric.core.walk import choices_used
from rubric.facts.reading import record_from_mapping
from rubric.reporting.curve_axes import Upwards
from rubric.reporting.curve_svg import curve_svg, readings_of
from rubric.trying.run import Trial

_MOST_CURVES = 4


@attrs.frozen
class Axis:
    """The datum drawn, from one value to another, as a source writes them.

    `of` are words with the number of a row of values each: one curve for each instead of one for each reading.
    """

    name: str
    low: str
    high: str
    of: tuple[tuple[str, int], ...] = ()


def axis_of(written: Source) -> Axis:
    of = tuple((str(one["words"]), int(one["row"])) for one in written.get("of", ()))
    return Axis(written["name"], str(written["from"]), str(written["to"]), of)


def picture(axis: Axis, trials: Sequence[Trial], title: str, points: str) -> str:
    """The curve of the default and of each reading the text leaves open; readings with the same curve are drawn once."""
    program = trials[0].program
    indicator = program.indicators[0]
    ends = _ends(program, axis)
    if axis.of:
        records = ((words, trials[row - 1].outcome.record) for words, row in axis.of)
        curves = [(words, curve_of(program, indicator, record, *ends)) for words, record in records]
    else:
        record = trials[0].outcome.record
        readings = islice(_readings(program, indicator), _MOST_CURVES)
        curves = [(words, curve_of(program, indicator, record, *ends, taken)) for words, taken in readings]
    full = exact(points) if points.replace(".", "", 1).isdigit() else Fraction(max(len(indicator.grades) - 1, 0))
    upwards = Upwards(indicator.yields.value, indicator.grades, indicator.unit)
    return curve_svg(readings_of(curves), full, title, "" if axis.of else "（默认）", upwards)


def range_picture(axis: Axis, program: core.Program, facts: Mapping[str, object], title: str) -> str:
    """What an indicator comes to where the person who judges gives most, and least; and all that lies between."""
    indicator = program.indicators[0]
    record = record_from_mapping(facts, program).value
    most, least = ({j.key: Given(at(j)) for j in program.judgements} for at in (_high, _low))
    curves = [
        (words, curve_of(program, indicator, attrs.evolve(record, judgements=given), *_ends(program, axis)))
        for words, given in (("评价人给最高分", most), ("评价人给最低分", least))
    ]
    return curve_svg(readings_of(curves), indicator.points, title, "", between=True)


def _high(judgement: core.Judgement) -> Fraction:
    return judgement.high


def _low(judgement: core.Judgement) -> Fraction:
    return judgement.low


def _ends(program: core.Program, axis: Axis) -> tuple[core.Datum, Fraction, Fraction]:
    return program.datum(axis.name), _value(program, axis, axis.low), _value(program, axis, axis.high)


def _readings(program: core.Program, indicator: core.Indicator) -> Iterator[tuple[str, dict[str, int]]]:
    """The default, then one kind of choice at a time taken otherwise: choices that offer the same go together."""
    used = [program.choice(name) for name in choices_used((indicator.rule, indicator.overrides))]
    # Before or after rounding: on a picture there is nothing to see between 89.995 and 90.
    unsettled = [choice for choice in used if choice.origin is core.ChoiceOrigin.DEFAULT]
    open_choices = [choice for choice in unsettled if choice.doubt is not core.Doubt.ROUNDING]
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
