"""Fingerprints: digests of what a program computes, as a whole and indicator by indicator.

Takes a program; gives SHA-256 digests in hexadecimal. Never places, layout or wording: two rubrics that compute the same
in other words have the same fingerprint.

A fingerprint outlives the engine that made it: an issued edition is locked with it, and a later engine compares. So a
field that holds its default is left out, and a class that gains a field keeps the fingerprints of all programs that do
not use it. What changes a fingerprint is a change of meaning, or a class or field renamed; neither is done in passing.
"""

import hashlib
from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from rubric.core import program as core
from rubric.core.walk import DECLARED, choices_used, data_used

_WORDS = frozenset(
    {
        "span",
        "text",
        "title",
        "notes",
        "description",
        "last_year",
        "sentences",
        "source_sha256",
        "meaning_sha256",
        "language_version",
        "origin",
        "doubt",
        "floor_said",
        # Who stands behind the text; no score depends on it.
        "status",
    }
)
_LEFT_OUT = _WORDS | DECLARED


def meaning_sha256(program: core.Program) -> str:
    """The fingerprint of all that the program computes."""
    return _digest(program)


def indicator_meanings(program: core.Program) -> Mapping[str, str]:
    """Name of an indicator → the fingerprint of its rule with the data, judgements and 口径 that it uses.

    Its number is left out: an indicator that only moves down the table means the same.
    """
    return {indicator.name: _digest(_with_all_it_uses(program, indicator)) for indicator in program.indicators}


def shared_meaning(program: core.Program) -> str:
    """The fingerprint of what stands above single indicators: years, full points, 计分办法, grades, working days."""
    counted = (program.fiscal_year, program.issued_year, program.points)
    named = (program.scoring.rounding, program.scoring.not_applicable)
    readings = tuple(choice for choice in program.choices if choice.name in named)
    return _digest((*counted, program.scoring, readings, program.calendar))


def _with_all_it_uses(program: core.Program, indicator: core.Indicator) -> tuple[object, ...]:
    judgements = tuple(j for j in program.judgements if j.indicator == indicator.name)
    data = _data_below(program, indicator)
    asked = {**choices_used(indicator), **dict.fromkeys(indicator.choices)}
    asked |= {datum.measures: None for datum in data if datum.measures is not None}
    choices = tuple(choice for choice in program.choices if choice.name in asked)
    # Where data are declared, and for which other clauses, is no part of what they are for this indicator.
    data = tuple(attrs.evolve(datum, uses=(), indicator=None) for datum in data)
    return (attrs.evolve(indicator, id=""), judgements, data, choices)


def _data_below(program: core.Program, indicator: core.Indicator) -> tuple[core.Datum, ...]:
    """The data of an indicator, with those that bound them or from which they follow."""
    known = {datum.name: datum for datum in program.data}
    found: dict[str, core.Datum] = {}
    waiting = list(data_used(indicator))
    while waiting:
        name = waiting.pop(0)
        if name in found or name not in known:
            continue
        datum = found[name] = known[name]
        bounds = (datum.low, datum.high)
        waiting += [bound.datum for bound in bounds if bound is not None and bound.datum is not None]
        if datum.over is not None:
            waiting += [datum.over.of, *data_used(datum.over)]
    return tuple(found[name] for name in sorted(found))


def _digest(node: object) -> str:
    return hashlib.sha256("".join(_canonical(node)).encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(node: object) -> Iterator[str]:
    if isinstance(node, tuple):
        yield "("
        for part in node:  # pyright: ignore[reportUnknownVariableType]
            yield from _canonical(part)  # pyright: ignore[reportUnknownArgumentType]
        yield ")"
    elif attrs.has(type(node)):
        yield type(node).__name__ + "{"
        for field in attrs.fields(type(node)):
            value = getattr(node, field.name)
            if field.name not in _LEFT_OUT and not (field.default is not attrs.NOTHING and value == field.default):
                yield field.name + ":"
                yield from _canonical(value)
        yield "}"
    elif isinstance(node, Fraction):
        yield f"{node.numerator}/{node.denominator};"
    else:
        yield f"{node!s};"
