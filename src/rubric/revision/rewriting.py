"""Core trees rewritten: other names for what they ask, readings put in, words left out.

Takes a tree; gives another of the same kind. Never changes what it computes, but for the names of what it asks.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar, cast

import attrs

from rubric.core import program as core
from rubric.core.dates import later

Node = TypeVar("Node")
Step = Callable[[Any], Any]

_WORDS = frozenset({"text", "title", "notes", "description", "origin", "kind_of"})


def rewritten(node: Node, step: Step) -> Node:
    """`step` applied to every value of the tree, those inside first. What it leaves as it is, is kept and not copied."""
    return _rewritten(node, step)


def _rewritten(node: Any, step: Step) -> Any:
    if isinstance(node, tuple):
        return _rewritten_parts(cast("tuple[Any, ...]", node), step)
    names = _fields(type(node))  # pyright: ignore[reportUnknownArgumentType]
    if names is None:
        return node
    changed: dict[str, Any] = {}
    for name in names:
        value = getattr(node, name)
        new = _rewritten(value, step)
        if new is not value:
            changed[name] = new
    return step(attrs.evolve(node, **changed) if changed else node)


def _rewritten_parts(node: tuple[Any, ...], step: Step) -> tuple[Any, ...]:
    parts = tuple(_rewritten(part, step) for part in node)
    return node if all(a is b for a, b in zip(parts, node, strict=True)) else parts


@cache
def _fields(kind: type) -> tuple[str, ...] | None:
    """The fields of a core class that may hold core values."""
    if not attrs.has(kind) or not kind.__module__.startswith("rubric.core"):
        return None
    return tuple(field.name for field in attrs.fields(kind) if field.name != "span")


# --- readings ---------------------------------------------------------------------------------------------------------


def under(readings: Mapping[str, int], node: Node) -> Node:
    """The tree with these readings put in; what belongs to another reading falls away."""

    def step(inner: Any) -> Any:
        match inner:
            case core.ByReading(choice=choice, options=options) if choice in readings:
                return options[readings[choice]]
            case core.ReadingIs(choice=choice, index=index) if choice in readings:
                return core.Always() if readings[choice] == index else core.Not(core.Always())
            case core.All(parts=parts):
                return _all(parts)
            case core.Indicator(overrides=overrides) | core.Clause(overrides=overrides) if any(
                _never(o.condition) for o in overrides
            ):
                kept = tuple(o for o in overrides if not _never(o.condition))
                return attrs.evolve(inner, overrides=kept)
            case _:
                return inner

    return rewritten(node, step)


def _all(parts: tuple[core.Condition, ...]) -> core.Condition:
    if any(_never(part) for part in parts):
        return core.Not(core.Always())
    kept = tuple(part for part in parts if not isinstance(part, core.Always))
    return core.All(kept) if len(kept) > 1 else kept[0] if kept else core.Always()


def _never(condition: core.Condition) -> bool:
    return isinstance(condition, core.Not) and isinstance(condition.part, core.Always)


# --- what is computed, without words ----------------------------------------------------------------------------------


def bare(node: Node) -> Node:
    """The tree without the words, names and units that take no part in what it computes: equal trees compute the same."""

    def step(inner: Any) -> Any:
        match inner:
            case core.Named(body=body):
                return body
            case core.Constant(unit=unit) if unit is not None:
                return core.Constant(inner.value)
            case core.Band() | core.Deduction() | core.Override() | core.Requirement():
                return attrs.evolve(inner, text="")
            case core.Clause():
                return attrs.evolve(inner, text="", title="", path="", kind=core.ClauseKind.COMPUTED)
            case core.Indicator():
                return attrs.evolve(
                    inner, id="", name="", path=("", ""), description="", notes=(), choices=(), requirements=()
                )
            case core.Deductions():
                return attrs.evolve(inner, floor_stated=False)
            case _:
                return inner

    return rewritten(node, step)


# --- names ------------------------------------------------------------------------------------------------------------


@attrs.frozen
class Names:
    """Other names for data, judgements and choices; `quantities` stand in the place of single data.

    Days are those of `years` later: a deadline on 20 September is the same one in every year.
    """

    data: Mapping[str, str]
    judgements: Mapping[tuple[str, str], tuple[str, str]]
    choices: Mapping[str, str]
    quantities: Mapping[str, core.Expression]
    years: int = 0


def renamed(names: Names, node: Node) -> Node:
    """The tree with other names for what it asks."""

    def step(inner: Any) -> Any:
        match inner:
            case core.FactValue(datum=datum) if datum in names.quantities:
                return names.quantities[datum]
            case core.Constant(value=value, unit=unit) if names.years and is_date(unit):
                return attrs.evolve(inner, value=moved(value, names.years))
            case core.Datum() | core.Indicator() | core.Choice() | core.ScoringMethod():
                return _declared(names, inner)
            case core.Bound(datum=datum) if datum in names.quantities:
                return core.Bound(None)
            case core.Judgement():
                indicator, label = names.judgements.get(inner.key, inner.key)
                return attrs.evolve(inner, indicator=indicator, label=label)
            case core.Judged(judgement=judgement):
                return attrs.evolve(inner, judgement=names.judgements.get(judgement, judgement))
            case core.ByReading(choice=choice) | core.ReadingIs(choice=choice):
                return attrs.evolve(inner, choice=names.choices.get(choice, choice))
            case (
                core.FactValue(datum=datum)
                | core.InState(datum=datum)
                | core.Cell(datum=datum)
                | core.CellIs(datum=datum)
                | core.RowAggregate(datum=datum)
                | core.RowScores(datum=datum)
                | core.Bound(datum=datum)
            ) if datum is not None and datum in names.data:
                return attrs.evolve(inner, datum=names.data[datum])
            case _:
                return inner

    return rewritten(node, step)


def is_date(unit: core.Unit | None) -> bool:
    return unit is not None and unit.dimension is core.Dimension.DATE


def moved(day: Fraction, years: int) -> Fraction:
    """The same day so many years later; 29 February is the 28th where there is none."""
    return Fraction(later(int(day), 12 * years)) if day.denominator == 1 and day >= 1 else day


def _moved_bound(bound: core.Bound | None, years: int) -> core.Bound | None:
    if bound is None or bound.value is None:
        return bound
    return attrs.evolve(bound, value=moved(bound.value, years))


def _declared(names: Names, node: Any) -> Any:
    match node:
        case core.Datum(name=name, measures=measures):
            other = names.choices.get(measures, measures) if measures is not None else None
            if names.years and is_date(node.unit):
                low, high = _moved_bound(node.low, names.years), _moved_bound(node.high, names.years)
                node = attrs.evolve(node, low=low, high=high)
            return attrs.evolve(node, name=names.data.get(name, name), measures=other)
        case core.Indicator(choices=choices):
            return attrs.evolve(node, choices=tuple(names.choices.get(c, c) for c in choices))
        case core.Choice(name=name):
            return attrs.evolve(node, name=names.choices.get(name, name))
        case core.ScoringMethod():
            return attrs.evolve(
                node,
                rounding=names.choices.get(node.rounding, node.rounding),
                not_applicable=names.choices.get(node.not_applicable, node.not_applicable),
            )
        case _:
            return node
